/*
 * decode.c - character sets of text files: UTF-8, UTF-16 with a byte order mark, GB18030.
 *
 * Chinese text that is not UTF-8 is nearly always GBK or GB18030, and GB18030 covers GBK and
 * GB2312.  A UTF-8 file with one damaged byte must not be taken for GB18030, though: such a
 * file still holds many well-formed three-byte sequences, which GBK text hardly ever does.
 */
#include "parsers/shared/decode.h"

#include "base/error.h"

#include <errno.h>
#include <string.h>

/* Well-formed multi-byte sequences for each broken place, from which bytes are plainly UTF-8. */
#define PLAINLY_UTF8_RATIO 8

/* How far into a page its <meta charset> is looked for. */
#define CHARSET_LOOK 4096

typedef struct {
    const char *bytes;
    gsize length;
    const char *charset;
} Mark;

static const Mark MARKS[] = {
    {"\xEF\xBB\xBF", 3, "UTF-8"},
    {"\xFF\xFE", 2, "UTF-16LE"},
    {"\xFE\xFF", 2, "UTF-16BE"},
};

static const Mark *find_mark(const char *bytes, gsize length)
{
    for (guint i = 0; i < G_N_ELEMENTS(MARKS); i++) {
        if (length >= MARKS[i].length && memcmp(bytes, MARKS[i].bytes, MARKS[i].length) == 0)
            return &MARKS[i];
    }
    return NULL;
}

typedef struct {
    gsize good, han, broken; /* sequences; `han`: of the good ones those of three bytes and more */
} Utf8Count;

static Utf8Count count_utf8(const char *bytes, gsize length)
{
    Utf8Count count = {0};
    for (const char *p = bytes, *end = bytes + length; p < end;) {
        if ((guchar)*p < 0x80) {
            p++;
            continue;
        }
        gunichar c = g_utf8_get_char_validated(p, end - p);
        bool is_good = c != (gunichar)-1 && c != (gunichar)-2;
        count.good += is_good;
        count.han += is_good && c >= 0x800;
        count.broken += !is_good;
        p = is_good ? g_utf8_next_char(p) : p + 1;
    }
    return count;
}

/* Whether broken UTF-8 is still UTF-8: many good sequences for each broken place. */
static bool is_plainly_utf8(const char *bytes, gsize length)
{
    Utf8Count count = count_utf8(bytes, length);
    return count.good > PLAINLY_UTF8_RATIO * count.broken;
}

/*
 * Decodes by iconv; a byte that begins no character becomes U+FFFD and the next one is tried.
 * Returns false for an unknown character set.
 */
static bool decode_as(const char *bytes, gsize length, const char *charset, ZpDecoded *out)
{
    GIConv converter = g_iconv_open("UTF-8", charset);
    if (converter == (GIConv)-1)
        return false;
    GString *text = g_string_sized_new(length + length / 2 + 16);
    gchar *in = (gchar *)bytes;
    gsize left = length, replaced = 0;
    char buffer[4096];
    while (left) {
        gchar *to = buffer;
        gsize room = sizeof buffer;
        gsize done = g_iconv(converter, &in, &left, &to, &room);
        g_string_append_len(text, buffer, to - buffer);
        if (done != (gsize)-1 || errno == E2BIG)
            continue;
        g_string_append(text, "\xEF\xBF\xBD");
        replaced++;
        in++;
        left--;
    }
    g_iconv_close(converter);
    *out = (ZpDecoded){.length = text->len, .replaced = replaced, .charset = charset};
    out->text = out->owned = g_string_free(text, FALSE);
    return true;
}

static void decode_utf8(const char *bytes, gsize length, gsize offset, bool is_valid,
                        ZpDecoded *out)
{
    *out = (ZpDecoded){.offset = offset, .charset = "UTF-8", .same_bytes = is_valid};
    out->owned = is_valid ? NULL : zp_text_valid(bytes, length, &out->replaced);
    out->text = is_valid ? bytes : out->owned;
    out->length = is_valid ? length : strlen(out->text);
}

static guint16 unit_at(const guchar *bytes, bool big_endian)
{
    return big_endian ? (guint16)(bytes[0] << 8 | bytes[1]) : (guint16)(bytes[1] << 8 | bytes[0]);
}

/* One character from 16-bit units; 0 for a lone surrogate or NUL.  GLib's conversion would stop there. */
static gunichar utf16_char(const guchar *bytes, gsize length, bool big_endian, gsize *used)
{
    guint16 unit = unit_at(bytes, big_endian);
    *used = 2;
    if (unit < 0xD800 || unit > 0xDFFF)
        return unit;
    if (unit > 0xDBFF || length < 4)
        return 0;
    guint16 low = unit_at(bytes + 2, big_endian);
    if (low < 0xDC00 || low > 0xDFFF)
        return 0;
    *used = 4;
    return 0x10000 + ((gunichar)(unit - 0xD800) << 10) + (low - 0xDC00);
}

static void decode_utf16(const char *bytes, gsize length, const char *charset, ZpDecoded *out)
{
    bool big_endian = strcmp(charset, "UTF-16BE") == 0;
    GString *text = g_string_sized_new(length + length / 2);
    gsize replaced = length % 2;
    for (gsize i = 0, used; i + 1 < length; i += used) {
        gunichar c = utf16_char((const guchar *)bytes + i, length - i, big_endian, &used);
        replaced += c == 0;
        g_string_append_unichar(text, c ? c : 0xFFFD);
    }
    *out = (ZpDecoded){.length = text->len, .replaced = replaced, .charset = charset};
    out->text = out->owned = g_string_free(text, FALSE);
}

/* Neither marked nor UTF-8: GB18030, unless that leaves more places unread than UTF-8 would. */
static void decode_unmarked(const char *bytes, gsize length, ZpDecoded *out)
{
    ZpDecoded utf8;
    decode_utf8(bytes, length, 0, false, &utf8);
    *out = (ZpDecoded){0}; /* a system may lack the converter */
    if (!decode_as(bytes, length, "GB18030", out) || out->replaced >= utf8.replaced) {
        zp_decoded_clear(out);
        *out = utf8;
        return;
    }
    zp_decoded_clear(&utf8);
}

static bool decode_forced(const char *bytes, gsize length, const char *charset, ZpDecoded *out,
                          GError **error)
{
    if (g_ascii_strcasecmp(charset, "UTF-8") == 0) {
        decode_utf8(bytes, length, 0, g_utf8_validate_len(bytes, length, NULL), out);
        return true;
    }
    if (decode_as(bytes, length, charset, out))
        return true;
    zp_error_set(error, ZP_ERROR_USAGE, "不能按字符集 %s 解码", "cannot be decoded as %s", charset);
    return false;
}

/* The name in `charset=…` of a <meta> in the page's beginning; NULL when it names none. */
static char *declared_charset(const char *bytes, gsize length)
{
    g_autofree char *head = g_ascii_strdown(bytes, (gssize)MIN(length, CHARSET_LOOK));
    for (const char *meta = head; (meta = strstr(meta, "<meta")) != NULL; meta++) {
        const char *found = g_strstr_len(meta, (gssize)strcspn(meta, ">"), "charset");
        if (!found)
            continue;
        found += strlen("charset");
        found += strspn(found, " \t=\"'");
        gsize name = strspn(found, "abcdefghijklmnopqrstuvwxyz0123456789-_.:");
        return name ? g_strndup(found, name) : NULL;
    }
    return NULL;
}

/* GB2312 and its kin are read as GB18030, which holds them all. */
static const char *real_charset(const char *declared)
{
    static const char *const CHINESE[] = {"gb2312", "gbk",   "gb_2312",   "gb_2312-80", "gb18030",
                                          "x-gbk",  "cp936", "gb2312-80", "csgb2312"};
    for (guint i = 0; declared && i < G_N_ELEMENTS(CHINESE); i++) {
        if (strcmp(declared, CHINESE[i]) == 0)
            return "GB18030";
    }
    return NULL;
}

/*
 * A page that was saved anew as UTF-8 often keeps its old <meta>.  GBK text is hardly ever also good
 * UTF-8 of three bytes a character; of two bytes (联通) it may be.
 */
const char *zp_decode_declared(GBytes *input)
{
    gsize length;
    const char *bytes = g_bytes_get_data(input, &length);
    if (!length || find_mark(bytes, length))
        return NULL;
    g_autofree char *declared = declared_charset(bytes, length);
    const char *charset = real_charset(declared);
    if (!charset)
        return NULL;
    Utf8Count count = count_utf8(bytes, length);
    return count.han > PLAINLY_UTF8_RATIO * count.broken ? NULL : charset;
}

static bool decode(GBytes *input, const char *charset, ZpDecoded *out, GError **error)
{
    gsize length;
    const char *bytes = g_bytes_get_data(input, &length);
    if (!bytes)
        bytes = "";
    if (charset)
        return decode_forced(bytes, length, charset, out, error);
    const Mark *mark = find_mark(bytes, length);
    gsize offset = mark ? mark->length : 0;
    if (mark && strcmp(mark->charset, "UTF-8") != 0) {
        decode_utf16(bytes + offset, length - offset, mark->charset, out);
        return true;
    }
    bytes += offset;
    length -= offset;
    if (memchr(bytes, '\0', length)) {
        zp_error_set(error, ZP_ERROR_DAMAGED,
                     "文本里有 NUL 字节；如果是 UTF-16，请带上字节序标记（BOM）",
                     "NUL bytes in text; if it is UTF-16, give it a byte order mark");
        return false;
    }
    bool is_valid = g_utf8_validate_len(bytes, length, NULL);
    if (mark || is_valid || is_plainly_utf8(bytes, length))
        decode_utf8(bytes, length, offset, is_valid, out);
    else
        decode_unmarked(bytes, length, out);
    return true;
}

bool zp_decode(GBytes *input, const char *charset, ZpDecoded *out, GError **error)
{
    bool done = decode(input, charset, out, error);
    if (done)
        out->is_whole = out->same_bytes || !out->replaced;
    return done;
}

void zp_decoded_clear(ZpDecoded *decoded)
{
    g_clear_pointer(&decoded->owned, g_free);
    decoded->text = NULL;
}

void zp_decoded_note(const ZpDecoded *decoded, ZpDocument *document)
{
    if (!decoded->replaced)
        return;
    g_autofree char *zh = g_strdup_printf("%" G_GSIZE_FORMAT " 处字节不是 %s 字符，读作 U+FFFD",
                                          decoded->replaced, decoded->charset);
    g_autofree char *en = g_strdup_printf(
        decoded->replaced == 1
            ? "bytes at %" G_GSIZE_FORMAT " place are no %s character and were read as U+FFFD"
            : "bytes at %" G_GSIZE_FORMAT " places are no %s characters and were read as U+FFFD",
        decoded->replaced, decoded->charset);
    zp_document_add_loss(document, ZP_LOSS_UNDECODABLE, &(ZpPlace){0}, zh, en);
}
