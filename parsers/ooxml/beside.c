/*
 * beside.c - a person sees them around the page or in its margin, and may read a figure there; none is
 * a form's field, so each part is named once, with the beginning of its text.
 *
 *     word/document.xml → header1.xml   市财政局专用表 编号 2023-07        noted
 *                       → footer1.xml   第 1 页 共 3 页                    a page's number: of no interest
 *
 * What the text of a drawing of old says (a watermark) counts, too.  Such a part is not needed: one that is
 * damaged is a loss that is said, and the document is read all the same.
 */
#include "parsers/ooxml/beside.h"

#include "base/limits.h"
#include "base/text.h"
#include "parsers/ooxml/xml.h"

/* Bytes of a text that a note quotes. */
#define QUOTE_BYTES 300
/* A number of more is no page's. */
#define PAGE_DIGITS_MAX 4

enum { TEXT = 1, WORD_ART, BREAK, BLOCK };

typedef struct {
    GString *text;
    bool in_text;
} Reader;

static bool start(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    Reader *reader = data;
    reader->in_text = token == TEXT;
    if (token == WORD_ART) {
        g_autofree char *words = zp_xml_dup(attributes, "string");
        g_string_append(reader->text, words ? words : "");
    }
    if (token != TEXT)
        g_string_append_c(reader->text, ' ');
    return true;
}

static void end(gpointer data, guint token)
{
    Reader *reader = data;
    reader->in_text = false;
    if (token == BLOCK)
        g_string_append_c(reader->text, ' ');
}

static void take(gpointer data, const char *text, gsize length)
{
    Reader *reader = data;
    if (reader->in_text && reader->text->len <= ZP_LIMIT_CELL_BYTES)
        g_string_append_len(reader->text, text, (gssize)length);
}

/* `- 3 -`, 第3页 共8页, Page 3 of 8, or nothing. */
static bool is_page_number(const char *text, gsize length)
{
    static const char *const WORDS[] = {"",     "第页",   "第页共页", "共页第页",
                                        "page", "pageof", "p",        NULL};
    static const char MARKS[] = " \t\n-–—－/／|·•~～,，()（）[]【】";
    g_autoptr(GString) letters = g_string_new(NULL);
    guint digits = 0; /* together */
    for (const char *p = text; p < text + length && letters->len < 32; p = g_utf8_next_char(p)) {
        gunichar c = g_unichar_tolower(g_utf8_get_char(p));
        if (g_unichar_isalpha(c))
            g_string_append_unichar(letters, c);
        else if (!g_unichar_isdigit(c) && !g_utf8_strchr(MARKS, -1, c))
            return false;
        digits = g_unichar_isdigit(c) ? digits + 1 : 0;
        if (digits > PAGE_DIGITS_MAX)
            return false;
    }
    return g_strv_contains(WORDS, letters->str);
}

void zp_beside_note(const ZpBesideKind *kind, const char *text, gsize length, const ZpPlace *at,
                    ZpDocument *document)
{
    if (is_page_number(text, length))
        return;
    g_autoptr(GString) quote = g_string_new(NULL);
    zp_text_append_quote(quote, text, length, QUOTE_BYTES);
    g_autofree char *zh = g_strdup_printf("%s没有读取：“%s”", kind->zh, quote->str);
    g_autofree char *en = g_strdup_printf("%s was not read: \"%s\"", kind->en, quote->str);
    zp_document_add_note(document, ZP_LOSS_UNPLACED_TEXT, at, zh, en);
}

/* @said: of what was noted already: each section may have a header of its own that says the same */
static void note_part(const ZpPackage *package, const char *name, const ZpBesideKind *kind,
                      const ZpPlace *at, GHashTable *said, ZpDocument *document)
{
    static const ZpXmlName NAMES[] = {
        {ZP_XML_WORD, "t", TEXT},         {ZP_XML_SHEET, "t", TEXT},
        {ZP_XML_DRAWING, "t", TEXT},      {ZP_XML_VECTOR, "textpath", WORD_ART},
        {ZP_XML_WORD, "tab", BREAK},      {ZP_XML_WORD, "br", BREAK},
        {ZP_XML_WORD, "p", BLOCK},        {ZP_XML_DRAWING, "p", BLOCK},
        {ZP_XML_SHEET, "comment", BLOCK}, {0}};
    static const ZpXmlHandler HANDLER = {.names = NAMES, .start = start, .end = end, .text = take};
    GBytes *part = zp_package_part(package, name);
    g_autoptr(GString) text = g_string_new(NULL);
    Reader reader = {.text = text};
    if (part && zp_xml_parse_within(part, name, &HANDLER, &reader, &document->limits, NULL)) {
        if (g_hash_table_add(said, g_strconcat(kind->relation, text->str, NULL)))
            zp_beside_note(kind, text->str, text->len, at, document);
        return;
    }
    g_autofree char *zh = g_strdup_printf("%s无法读取（部件 %s 缺失或损坏）", kind->zh, name);
    g_autofree char *en =
        g_strdup_printf("%s cannot be read (the part %s is missing or damaged)", kind->en, name);
    zp_document_add_note(document, ZP_LOSS_LOST_CONTENT, at, zh, en);
}

void zp_beside_parts(ZpPackage *package, const char *source, const ZpBesideKind *kinds,
                     const ZpPlace *at, ZpDocument *document)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new(), of = g_ptr_array_new();
    for (const ZpBesideKind *kind = kinds; kind->relation; kind++) {
        guint next = 0;
        const char *name;
        while ((name = zp_package_next_related(package, source, kind->relation, &next))) {
            if (g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
                continue;
            g_ptr_array_add(names, (gpointer)name);
            g_ptr_array_add(of, (gpointer)kind);
        }
    }
    if (!names->len)
        return;
    g_autoptr(GHashTable) said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    zp_package_load(package, names, NULL); /* what is not there then is said */
    for (guint k = 0; k < names->len; k++)
        note_part(package, g_ptr_array_index(names, k), g_ptr_array_index(of, k), at, said,
                  document);
}
