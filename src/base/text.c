/*
 * text.c - white space, folding and escaping of UTF-8 text.
 *
 * Cleaning and folding run on every cell, so both copy bytes and look at a character only
 * where its first byte can begin something that matters:
 *
 *     white space    09..0D, 20, C2 (85, A0), E1 9A 80, E2 80/81, E3 80 80, EF BB BF
 *     full width     EF BC/BD              radicals   E2 BA/BB, E2 BC..BF
 *
 *     traditional    E4..E9
 *
 * Han characters begin with E4..E9: only folding looks at them.  Every look is bounded by the length
 * given; bytes that are no UTF-8 are copied, never read past.
 */
#include "base/text.h"

#include "base/fold_table.h"

#include <string.h>

typedef struct {
    gunichar first, last;
} Range;

/* Characters that print nothing or turn the reading order: never sent to a terminal. */
static const Range HIDDEN[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x00AD, 0x00AD}, {0x034F, 0x034F},
    {0x061C, 0x061C}, {0x180B, 0x180F}, {0x200B, 0x200F}, {0x2028, 0x202E},
    {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF},
};

/* White space with a width, and white space that cannot be seen at all. */
static const Range SPACES[] = {
    {0x0009, 0x000D}, {0x0020, 0x0020}, {0x0085, 0x0085}, {0x00A0, 0x00A0}, {0x1680, 0x1680},
    {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
};
static const Range INVISIBLE[] = {{0x200B, 0x200D}, {0x2060, 0x2060}, {0xFEFF, 0xFEFF}};

static const Range CJK[] = {
    {0x2E80, 0x2FFF}, {0x3001, 0x9FFF}, {0xF900, 0xFAFF}, {0xFF01, 0xFFEF}, {0x20000, 0x3FFFF},
};

static bool is_in(gunichar c, const Range *ranges, gsize n_ranges)
{
    for (gsize k = 0; k < n_ranges && c >= ranges[k].first; k++) {
        if (c <= ranges[k].last)
            return true;
    }
    return false;
}

#define IS_IN(c, ranges) is_in((c), (ranges), G_N_ELEMENTS(ranges))

bool zp_char_is_space(gunichar c)
{
    return IS_IN(c, SPACES) || IS_IN(c, INVISIBLE);
}

bool zp_char_is_cjk(gunichar c)
{
    return IS_IN(c, CJK);
}

/* What a byte can begin. */
enum {
    BYTE_PLAIN, /* nothing that matters, also the later bytes of a character */
    BYTE_SPACE, /* ASCII white space */
    BYTE_LOOK,  /* perhaps white space of two or three bytes */
};

static const guint8 BYTE_KINDS[256] = {
    ['\t'] = BYTE_SPACE, ['\n'] = BYTE_SPACE, ['\v'] = BYTE_SPACE, ['\f'] = BYTE_SPACE,
    ['\r'] = BYTE_SPACE, [' '] = BYTE_SPACE,  [0xC2] = BYTE_LOOK,  [0xE1] = BYTE_LOOK,
    [0xE2] = BYTE_LOOK,  [0xE3] = BYTE_LOOK,  [0xEF] = BYTE_LOOK,
};

/* The character at p, or (gunichar)-1 or -2 where the bytes are none; p < end. */
static gunichar char_at(const char *p, const char *end)
{
    const guchar *b = (const guchar *)p;
    if (b[0] < 0x80)
        return b[0];
    /* The usual three bytes by hand; E0 and ED have combinations that are no characters. */
    bool is_usual = b[0] > 0xE0 && b[0] < 0xF0 && b[0] != 0xED && end - p >= 3;
    if (is_usual && (b[1] & 0xC0) == 0x80 && (b[2] & 0xC0) == 0x80)
        return (gunichar)(b[0] & 0x0F) << 12 | (gunichar)(b[1] & 0x3F) << 6 | (b[2] & 0x3F);
    return g_utf8_get_char_validated(p, end - p);
}

/* Bytes of the white space character at p, 0 when it is none; notes one that has a width. */
static inline gsize space_length(const char *p, const char *end, bool *has_width)
{
    guint8 kind = BYTE_KINDS[(guchar)*p];
    if (kind == BYTE_PLAIN)
        return 0;
    if (kind == BYTE_SPACE) {
        *has_width = true;
        return 1;
    }
    gunichar c = char_at(p, end);
    if (c > 0x3000 && c != 0xFEFF)
        return 0;
    bool is_wide = IS_IN(c, SPACES);
    *has_width |= is_wide;
    return is_wide || IS_IN(c, INVISIBLE) ? (gsize)g_unichar_to_utf8(c, NULL) : 0;
}

/* The end of the white space that begins at p. */
static const char *skip_space(const char *p, const char *end, bool *has_width)
{
    while (p < end) {
        gsize length = space_length(p, end, has_width);
        if (length == 0)
            break;
        p += length;
    }
    return p;
}

/* The end of the text without white space that begins at p. */
static const char *skip_text(const char *p, const char *end)
{
    bool has_width = false;
    while (p < end && space_length(p, end, &has_width) == 0)
        p++;
    return p;
}

/* The last character before p, not before start; start < p. */
static gunichar char_before(const char *p, const char *start)
{
    const char *end = p;
    do {
        p--;
    } while (p > start && end - p < 4 && ((guchar)*p & 0xC0) == 0x80);
    return char_at(p, end);
}

/* Unicode P*: GLib's own g_unichar_ispunct takes symbols (≥, =, +) for punctuation too. */
static bool is_punctuation(gunichar c)
{
    const guint kinds = 1u << G_UNICODE_CONNECT_PUNCTUATION | 1u << G_UNICODE_DASH_PUNCTUATION |
                        1u << G_UNICODE_OPEN_PUNCTUATION | 1u << G_UNICODE_CLOSE_PUNCTUATION |
                        1u << G_UNICODE_INITIAL_PUNCTUATION | 1u << G_UNICODE_FINAL_PUNCTUATION |
                        1u << G_UNICODE_OTHER_PUNCTUATION;
    return (kinds >> g_unichar_type(c)) & 1u;
}

/* Does white space beside this character go when the other side is such a one too? */
static bool is_tight(gunichar c)
{
    if (c > 0x10FFFF)
        return false;
    return zp_char_is_cjk(c) || is_punctuation(c);
}

/* Is the white space between two texts to be kept, as one space? */
static bool keeps_space(const char *before, const char *start, const char *after, const char *end)
{
    return !is_tight(char_before(before, start)) || !is_tight(char_at(after, end));
}

void zp_text_append_clean(GString *out, const char *text, gsize length)
{
    /* The result is never longer: a kept space stands for at least one byte. */
    gsize before = out->len;
    g_string_set_size(out, before + length);
    char *to = out->str + before;
    const char *end = text + length;
    bool has_width = false;
    const char *p = skip_space(text, end, &has_width);
    while (p < end) {
        const char *start = p;
        p = skip_text(p, end);
        memcpy(to, start, (gsize)(p - start));
        to += p - start;
        const char *stop = p;
        has_width = false;
        p = skip_space(p, end, &has_width);
        if (p < end && has_width && keeps_space(stop, start, p, end))
            *to++ = ' ';
    }
    g_string_truncate(out, (gsize)(to - out->str));
}

static gunichar lower(gunichar c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* The folded form of a character of more than one byte. */
static gunichar fold(gunichar c)
{
    if (c >= ZP_RADICAL_FIRST && c <= ZP_RADICAL_LAST && ZP_RADICALS[c - ZP_RADICAL_FIRST] != 0)
        return ZP_RADICALS[c - ZP_RADICAL_FIRST];
    return c >= 0xFF01 && c <= 0xFF5E ? lower(c - (0xFF01 - '!')) : c;
}

/* Fold the character at *p, which begins with a byte that is not plain; returns the new end. */
static char *fold_one(const char **p, const char *end, char *to)
{
    bool has_width = false;
    gsize space = space_length(*p, end, &has_width);
    if (space > 0) {
        *p += space;
        return to;
    }
    guchar byte = (guchar) * *p;
    gunichar c = byte == 0xE2 || byte == 0xEF ? char_at(*p, end) : G_MAXUINT32;
    if (c > 0x10FFFF) { /* nothing to fold: copy the byte, the rest of its character follows */
        *to = *(*p)++;
        return to + 1;
    }
    *p += 3;
    return to + g_unichar_to_utf8(fold(c), to);
}

/* Patterns compiled to machine code load so many bytes at once and may look past the end of a text. */
#define READ_AHEAD 16

const char *zp_text_simplified(const char *text)
{
    const guchar *b = (const guchar *)text;
    guint group = (b[0] - ZP_TRADITIONAL_LEAD) * 64u + (b[1] & 0x3Fu);
    if (group >= ZP_TRADITIONAL_GROUPS)
        return NULL;
    for (guint k = ZP_TRADITIONAL_START[group]; k < ZP_TRADITIONAL_START[group + 1]; k++) {
        const char *pair = ZP_TRADITIONAL + 6u * k;
        if (pair[2] == text[2])
            return pair + 3;
    }
    return NULL;
}

/* Whether a Han character of three bytes may begin here. */
static bool may_be_han(const char *p, const char *end)
{
    return (guchar)*p >= ZP_TRADITIONAL_LEAD && (guchar)*p < ZP_TRADITIONAL_LEAD + 6 &&
           end - p >= 3;
}

void zp_text_append_folded(GString *out, const char *text, gsize length)
{
    /* Some radicals of three bytes become characters of four. */
    gsize before = out->len;
    g_string_set_size(out, before + length + length / 3 + 1 + READ_AHEAD);
    char *to = out->str + before;
    for (const char *p = text, *end = text + length; p < end;) {
        const char *simplified = may_be_han(p, end) ? zp_text_simplified(p) : NULL;
        if (simplified) {
            to = mempcpy(to, simplified, 3);
            p += 3;
        } else if (BYTE_KINDS[(guchar)*p] == BYTE_PLAIN)
            *to++ = (char)lower((guchar)*p++);
        else
            to = fold_one(&p, end, to);
    }
    memset(to, 0, READ_AHEAD);
    g_string_truncate(out, (gsize)(to - out->str));
}

/* Whether p points at white space; *width is its bytes. */
static bool space_at(const char *p, gsize *width)
{
    guchar byte = (guchar)*p;
    /* ASCII that shows, and the lead bytes of most Han characters */
    if ((byte > ' ' && byte < 0x7F) || (byte >= 0xE4 && byte <= 0xE9))
        return false;
    *width = (gsize)(g_utf8_next_char(p) - p);
    return zp_char_is_space(g_utf8_get_char(p));
}

void zp_text_trim(const char **start, const char **end)
{
    gsize width;
    while (*start < *end && space_at(*start, &width))
        *start += width;
    while (*start < *end) {
        const char *last = g_utf8_prev_char(*end);
        if (!space_at(last, &width))
            break;
        *end = last;
    }
}

bool zp_text_is_blank(const char *text, gsize length)
{
    bool has_width = false;
    return skip_space(text, text + length, &has_width) == text + length;
}

void zp_text_append_visible(GString *out, const char *text, gsize length)
{
    const char *end = text + length, *run = text;
    while (text < end) {
        guchar byte = (guchar)*text;
        if (byte >= 0x20 && byte < 0x7F) {
            text++;
            continue;
        }
        gunichar c = char_at(text, end);
        gsize bytes = c > 0x10FFFF ? 1 : (gsize)g_unichar_to_utf8(c, NULL);
        if (c > 0x10FFFF || IS_IN(c, HIDDEN)) {
            g_string_append_len(out, run, text - run);
            /* What stands for a byte that is no UTF-8, or for a character that does not show. */
            if (c > 0x10FFFF)
                g_string_append_printf(out, "\\x%02X", (guchar)*text);
            else
                g_string_append_printf(out, "\\u{%04X}", c);
            run = text + bytes;
        }
        text += bytes;
    }
    g_string_append_len(out, run, end - run);
}

char *zp_text_valid(const char *bytes, gsize length, gsize *replaced)
{
    const char *end = bytes + length, *stop;
    gsize count = 0;
    GString *out = g_string_sized_new(length);
    while (!g_utf8_validate_len(bytes, (gsize)(end - bytes), &stop)) {
        g_string_append_len(out, bytes, stop - bytes);
        g_string_append(out, "\xEF\xBF\xBD");
        bytes = stop + 1;
        count++;
    }
    g_string_append_len(out, bytes, end - bytes);
    if (replaced)
        *replaced = count;
    return g_string_free(out, FALSE);
}

gsize zp_text_cut(const char *text, gsize length, gsize most)
{
    if (length <= most)
        return length;
    /* The byte behind the cut goes on with a character: then all of that is left out. */
    while (most > 0 && ((guchar)text[most] & 0xC0) == 0x80)
        most--;
    return most;
}

void zp_text_append_quote(GString *out, const char *text, gsize length, gsize most)
{
    gsize kept = zp_text_cut(text, length, most);
    zp_text_append_clean(out, text, kept);
    if (kept < length)
        g_string_append(out, "…");
}

gsize zp_text_columns(const char *text)
{
    gsize columns = 0;
    for (; *text; text = g_utf8_next_char(text)) {
        if ((guchar)*text < 0x80) {
            columns++;
            continue;
        }
        gunichar c = g_utf8_get_char(text);
        if (!g_unichar_iszerowidth(c))
            columns += g_unichar_iswide(c) ? 2 : 1;
    }
    return columns;
}

ZpLang zp_lang_from_environment(void)
{
    static const char *const NAMES[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (gsize k = 0; k < G_N_ELEMENTS(NAMES); k++) {
        const char *value = g_getenv(NAMES[k]);
        if (value && *value)
            return g_str_has_prefix(value, "zh") ? ZP_LANG_ZH : ZP_LANG_EN;
    }
    return ZP_LANG_EN;
}

const char *zp_lang_pick(ZpLang lang, const char *zh, const char *en)
{
    return lang == ZP_LANG_ZH ? zh : en;
}
