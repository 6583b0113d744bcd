/*
 * runs.c - text in runs: a walk over tags, and how two texts are laid side by side.
 *
 *     old   培 训 _ | 对 象        the blank goes, each other character stays in the run where it stood
 *     new   培 训     对 象
 *
 *     old   8 . 8 8 | 4 %          no such alignment: what both begin and end with stays, and what is new goes
 *     new   8 . 8 8   1 %          into the run where the difference begins
 *
 * The stretch was found well-formed by libxml2 before; still nothing is taken for granted, and whatever is not
 * plain text in plain runs makes it one that is not written.
 */
#include "parsers/ooxml/runs.h"

#include "base/text.h"
#include "parsers/shared/markup.h"

#include <stdbool.h>
#include <string.h>

/* One run's text. */
typedef struct {
    gsize tag_end;    /* of its start tag: where `>` stands */
    gsize start, end; /* of what it holds, as XML; equal for <t/> */
    bool is_empty_tag, keeps_blanks;
    guint line;
    gsize from; /* of its text in the whole */
} Piece;

struct ZpRuns {
    const char *xml;
    gsize length;
    GArray *pieces; /* of Piece */
    GString *text;
};

/* The walk. */
typedef struct {
    const char *xml, *at, *end;
    const ZpRunsName *names;
    ZpRuns *runs;
    guint line;    /* under way */
    guint depth;   /* of open elements */
    guint passing; /* depth of the element that says nothing; 0: none */
    guint texting; /* depth of the element with text; 0: none */
} Walk;

void zp_runs_free(ZpRuns *runs)
{
    if (!runs)
        return;
    g_array_unref(runs->pieces);
    g_string_free(runs->text, TRUE);
    g_free(runs);
}

const char *zp_runs_text(const ZpRuns *runs)
{
    return runs->text->str;
}

/* --- reading --- */

/* The local name of the tag whose name begins at @name. */
static const ZpRunsName *find_name(const Walk *walk, const char *name, const char *end)
{
    const char *over = name;
    while (over < end && !strchr(" \t\r\n/>", *over))
        over++;
    const char *colon = memchr(name, ':', (gsize)(over - name));
    const char *local = colon ? colon + 1 : name;
    gsize length = (gsize)(over - local);
    for (const ZpRunsName *row = walk->names; row->name; row++) {
        if (strlen(row->name) == length && memcmp(row->name, local, length) == 0)
            return row;
    }
    return NULL;
}

/* The `>` that ends a tag: one in an attribute's value ends nothing. */
static const char *tag_end(const char *at, const char *end)
{
    for (char quote = '\0'; at < end; at++) {
        if (quote)
            quote = *at == quote ? '\0' : quote;
        else if (*at == '"' || *at == '\'')
            quote = *at;
        else if (*at == '>')
            return at;
    }
    return NULL;
}

static void start_piece(Walk *walk, const char *tag, const char *close, bool is_empty)
{
    gsize at = (gsize)(close - walk->xml);
    Piece piece = {.tag_end = at,
                   .start = at + 1,
                   .end = at + 1,
                   .is_empty_tag = is_empty,
                   .keeps_blanks = g_strstr_len(tag, close - tag, "preserve") != NULL,
                   .line = walk->line,
                   .from = walk->runs->text->len};
    g_array_append_val(walk->runs->pieces, piece);
}

static bool start_tag(Walk *walk, const char *close)
{
    const char *tag = walk->at + 1;
    bool is_empty = close > tag && close[-1] == '/';
    const ZpRunsName *row = walk->passing ? NULL : find_name(walk, tag, close);
    walk->at = close + 1;
    if (!walk->passing && (!row || walk->texting))
        return false;
    if (row && row->kind == ZP_RUNS_LINE)
        walk->line++;
    if (row && row->kind == ZP_RUNS_TEXT)
        start_piece(walk, tag, close, is_empty);
    if (is_empty)
        return true;
    walk->depth++;
    if (row && row->kind == ZP_RUNS_TEXT)
        walk->texting = walk->depth;
    else if (row && row->kind == ZP_RUNS_PASS)
        walk->passing = walk->depth;
    return true;
}

static bool end_tag(Walk *walk, const char *close)
{
    if (!walk->depth)
        return false;
    if (walk->texting == walk->depth) {
        GArray *pieces = walk->runs->pieces;
        g_array_index(pieces, Piece, pieces->len - 1).end = (gsize)(walk->at - walk->xml);
        walk->texting = 0;
    }
    if (walk->passing == walk->depth)
        walk->passing = 0;
    walk->depth--;
    walk->at = close + 1;
    return true;
}

static bool read_tag(Walk *walk)
{
    if (walk->end - walk->at < 3)
        return false;
    if (walk->at[1] == '!' || walk->at[1] == '?') {
        /* A comment or an instruction, which says nothing; a CDATA section is left to whoever made it. */
        bool is_comment = g_str_has_prefix(walk->at, "<!--");
        if (walk->texting || (!is_comment && walk->at[1] != '?'))
            return false;
        const char *over =
            g_strstr_len(walk->at + 2, walk->end - walk->at - 2, is_comment ? "-->" : "?>");
        walk->at = over ? over + (is_comment ? 3 : 2) : NULL;
        return over != NULL;
    }
    const char *close = tag_end(walk->at + 1, walk->end);
    if (!close)
        return false;
    return walk->at[1] == '/' ? end_tag(walk, close) : start_tag(walk, close);
}

/* &lt; or &#x2265;; *at ends behind it.  0: none that is known. */
static gunichar read_reference(const char **at, const char *end)
{
    static const struct {
        const char *name;
        gunichar c;
    } NAMES[] = {{"lt;", '<'}, {"gt;", '>'}, {"amp;", '&'}, {"quot;", '"'}, {"apos;", '\''}};
    const char *name = *at + 1, *over = memchr(name, ';', (gsize)(end - name));
    for (gsize k = 0; over && k < G_N_ELEMENTS(NAMES); k++) {
        gsize length = strlen(NAMES[k].name);
        if ((gsize)(over + 1 - name) == length && memcmp(name, NAMES[k].name, length) == 0) {
            *at = over + 1;
            return NAMES[k].c;
        }
    }
    if (!over || *name != '#')
        return 0;
    bool is_hex = name[1] == 'x';
    char *stop;
    guint64 c = g_ascii_strtoull(name + (is_hex ? 2 : 1), &stop, is_hex ? 16 : 10);
    *at = over + 1;
    return stop == over && c <= 0x10FFFF && g_unichar_validate((gunichar)c) ? (gunichar)c : 0;
}

/* What stands between tags: text, or nothing but white space. */
static bool read_text(Walk *walk)
{
    const char *over = memchr(walk->at, '<', (gsize)(walk->end - walk->at));
    const char *end = over ? over : walk->end;
    if (walk->passing) {
        walk->at = end;
        return true;
    }
    while (walk->at < end) {
        if (!walk->texting && !g_ascii_isspace(*walk->at))
            return false;
        if (*walk->at != '&') {
            if (walk->texting)
                g_string_append_c(walk->runs->text, *walk->at);
            walk->at++;
            continue;
        }
        gunichar c = read_reference(&walk->at, end);
        if (!c)
            return false;
        g_string_append_unichar(walk->runs->text, c);
    }
    return true;
}

/* The text of a piece ends where the next one's begins. */
static gsize text_end(const ZpRuns *runs, guint k)
{
    return k + 1 < runs->pieces->len ? g_array_index(runs->pieces, Piece, k + 1).from
                                     : runs->text->len;
}

/* Whether all that can be seen stands in one line. */
static bool is_one_line(const ZpRuns *runs)
{
    guint line = 0;
    for (guint k = 0; k < runs->pieces->len; k++) {
        const Piece *piece = &g_array_index(runs->pieces, Piece, k);
        if (zp_text_is_blank(runs->text->str + piece->from, text_end(runs, k) - piece->from))
            continue;
        if (line && line != piece->line + 1)
            return false;
        line = piece->line + 1;
    }
    return !strchr(runs->text->str, '\n');
}

ZpRuns *zp_runs_new(const char *xml, gsize length, const ZpRunsName *names)
{
    g_autoptr(ZpRuns) runs = g_new0(ZpRuns, 1);
    runs->xml = xml;
    runs->length = length;
    runs->pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    runs->text = g_string_new(NULL);
    Walk walk = {.xml = xml, .at = xml, .end = xml + length, .names = names, .runs = runs};
    while (walk.at < walk.end) {
        if (!(*walk.at == '<' ? read_tag(&walk) : read_text(&walk)))
            return NULL;
    }
    bool is_whole = !walk.depth && g_utf8_validate(runs->text->str, (gssize)runs->text->len, NULL);
    return is_whole && is_one_line(runs) ? g_steal_pointer(&runs) : NULL;
}

/* --- writing --- */

/* Where a new text differs: in place of the bytes from @start to @end of the old one. */
typedef struct {
    gsize start, end;
    const char *text;
    gsize length;
} Change;

static gsize char_bytes(const char *at)
{
    return (gsize)(g_utf8_next_char(at) - at);
}

/* Changes of white space alone: every other character of both texts in the same order.  False: there are others. */
static bool list_blanks(const char *old, const char *text, GArray *changes)
{
    const char *o = old, *t = text;
    while (*o || *t) {
        gsize length = *o ? char_bytes(o) : 0;
        if (*o && strncmp(o, t, length) == 0) {
            o += length;
            t += length;
        } else if (*o && zp_char_is_space(g_utf8_get_char(o))) {
            Change change = {(gsize)(o - old), (gsize)(o - old) + length, "", 0};
            g_array_append_val(changes, change);
            o += length;
        } else if (*t && zp_char_is_space(g_utf8_get_char(t))) {
            Change change = {(gsize)(o - old), (gsize)(o - old), t, char_bytes(t)};
            g_array_append_val(changes, change);
            t += change.length;
        } else {
            return false;
        }
    }
    return true;
}

/* The piece that takes what a change puts in: where its first byte stood, else the one before. */
static guint taker_of(const ZpRuns *runs, const Change *change)
{
    for (guint k = 0; k < runs->pieces->len; k++) {
        gsize end = text_end(runs, k);
        if (change->start < end || (change->start == end && change->start == change->end))
            return k;
    }
    return runs->pieces->len - 1;
}

/* The new text of a piece. */
static char *text_of(const ZpRuns *runs, const GArray *changes, guint k)
{
    gsize at = g_array_index(runs->pieces, Piece, k).from, end = text_end(runs, k);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < changes->len; i++) {
        const Change *change = &g_array_index(changes, Change, i);
        if (change->start > at && at < end)
            g_string_append_len(out, runs->text->str + at, (gssize)(MIN(change->start, end) - at));
        at = MAX(at, MIN(change->start, end));
        if (taker_of(runs, change) == k)
            g_string_append_len(out, change->text, (gssize)change->length);
        at = MAX(at, MIN(change->end, end));
    }
    if (at < end)
        g_string_append_len(out, runs->text->str + at, (gssize)(end - at));
    return g_string_free(out, FALSE);
}

static bool is_same(const ZpRuns *runs, guint k, const char *text)
{
    gsize from = g_array_index(runs->pieces, Piece, k).from, length = text_end(runs, k) - from;
    return strlen(text) == length && memcmp(runs->text->str + from, text, length) == 0;
}

static bool has_edge_blanks(const char *text)
{
    return *text && (g_ascii_isspace(*text) || g_ascii_isspace(text[strlen(text) - 1]));
}

/* The stretch up to the end of a piece's text; @from: what is written already. */
static void append_piece(GString *out, const ZpRuns *runs, const Piece *piece, const char *text,
                         gsize from)
{
    gsize tag = piece->is_empty_tag ? piece->tag_end - 1 : piece->tag_end; /* before `/>` or `>` */
    g_string_append_len(out, runs->xml + from, (gssize)(tag - from));
    if (has_edge_blanks(text) && !piece->keeps_blanks)
        g_string_append(out, " xml:space=\"preserve\"");
    g_string_append_len(out, ">", 1);
    zp_markup_append(out, text);
    if (!piece->is_empty_tag)
        return;
    /* <t/> becomes <t>…</t>, with the name as it is. */
    const char *name = g_strrstr_len(runs->xml, (gssize)tag, "<") + 1;
    gsize length = strcspn(name, " \t\r\n/>");
    g_string_append_printf(out, "</%.*s>", (int)length, name);
}

/* XML has no characters below blank but three. */
static bool fits_xml(const char *text)
{
    for (; *text; text++) {
        if ((guchar)*text < ' ' && !strchr("\t\r\n", *text))
            return false;
    }
    return true;
}

char *zp_runs_write(const ZpRuns *runs, const char *text)
{
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(Change));
    gsize from = 0;
    if (!runs->pieces->len || !fits_xml(text))
        return NULL;
    if (!list_blanks(runs->text->str, text, changes)) {
        /* What both texts begin with, and what they end with, stays. */
        const char *old = runs->text->str;
        gsize start = 0, n = strlen(old), m = strlen(text);
        while (old[start] && strncmp(old + start, text + start, char_bytes(old + start)) == 0)
            start += char_bytes(old + start);
        while (n > start && m > start && old[n - 1] == text[m - 1])
            n--, m--;
        while (n < strlen(old) && ((guchar)old[n] & 0xC0) == 0x80) /* within a character */
            n++, m++;
        Change change = (Change){start, n, text + start, m - start};
        g_array_set_size(changes, 0);
        g_array_append_val(changes, change);
    }
    g_autoptr(GString) out = g_string_sized_new(runs->length);
    for (guint k = 0; k < runs->pieces->len; k++) {
        const Piece *piece = &g_array_index(runs->pieces, Piece, k);
        g_autofree char *after = text_of(runs, changes, k);
        if (is_same(runs, k, after))
            continue;
        append_piece(out, runs, piece, after, from);
        from = piece->end;
    }
    g_string_append_len(out, runs->xml + from, (gssize)(runs->length - from));
    return g_string_free(g_steal_pointer(&out), FALSE);
}
