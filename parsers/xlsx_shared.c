/*
 * xlsx_shared.c - what sheets refer to by number: strings and number formats.
 *
 *     <si><t>年度</t></si>                       a plain string
 *     <si><r><t>年</t></r><r><t>度</t></r></si>   runs of it; rPh is a reading, not text
 *     cellXfs/xf[s]/@numFmtId → numFmts/numFmt/@formatCode, or a code that is built in
 */
#include "base/error.h"
#include "base/limits.h"
#include "parsers/ooxml_xml.h"
#include "parsers/xlsx_private.h"

#include <string.h>

/* Length of `_x000D_`. */
#define ESCAPE_BYTES 7

/* The character that `_xHHHH_` at p stands for; 0: it is none. */
static gunichar escaped(const char *p, const char *end)
{
    if (end - p < ESCAPE_BYTES || p[1] != 'x' || p[ESCAPE_BYTES - 1] != '_')
        return 0;
    gunichar c = 0;
    for (int i = 2; i < ESCAPE_BYTES - 1; i++) {
        if (!g_ascii_isxdigit(p[i]))
            return 0;
        c = c * 16 + (gunichar)g_ascii_xdigit_value(p[i]);
    }
    return g_unichar_validate(c) ? c : 0;
}

void zp_xlsx_append_text(GString *out, const char *text, gsize length)
{
    const char *end = text + length;
    while (text < end) {
        const char *mark = memchr(text, '_', (gsize)(end - text));
        gunichar c = mark ? escaped(mark, end) : 0;
        const char *stop = mark ? mark + !c : end;
        g_string_append_len(out, text, stop - text);
        if (c)
            g_string_append_unichar(out, c);
        text = c ? mark + ESCAPE_BYTES : stop;
    }
}

enum { ITEM = 1, TEXT, READING };

typedef struct {
    GPtrArray *strings;
    GString *text;
    bool in_text;
    GError **error;
} StringReader;

static bool start_string(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    StringReader *reader = data;
    (void)attributes;
    if (token == ITEM)
        g_string_truncate(reader->text, 0);
    reader->in_text |= token == TEXT;
    return token != READING;
}

static void end_string(gpointer data, guint token)
{
    StringReader *reader = data;
    if (token == TEXT)
        reader->in_text = false;
    if (token != ITEM)
        return;
    g_autoptr(GString) text = g_string_sized_new(reader->text->len);
    zp_xlsx_append_text(text, reader->text->str, reader->text->len);
    g_ptr_array_add(reader->strings, g_string_free(g_steal_pointer(&text), FALSE));
}

static void string_text(gpointer data, const char *text, gsize length)
{
    StringReader *reader = data;
    if (!reader->in_text)
        return;
    g_string_append_len(reader->text, text, (gssize)length);
    if (reader->text->len > ZP_LIMIT_CELL_BYTES && reader->error && !*reader->error)
        zp_error_set(reader->error, ZP_ERROR_LIMIT,
                     "超过 ZP_LIMIT_CELL_BYTES（一个单元格 %u 字节）的上限",
                     "over ZP_LIMIT_CELL_BYTES (%u bytes in a cell)", ZP_LIMIT_CELL_BYTES);
}

GPtrArray *zp_xlsx_strings(GBytes *part, const char *name, GError **error)
{
    static const ZpXmlName NAMES[] = {
        {ZP_XML_SHEET, "si", ITEM}, {ZP_XML_SHEET, "t", TEXT}, {ZP_XML_SHEET, "rPh", READING}, {0}};
    static const ZpXmlHandler HANDLER = {NAMES, start_string, end_string, string_text};
    g_autoptr(GPtrArray) strings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) text = g_string_new(NULL);
    StringReader reader = {.strings = strings, .text = text, .error = error};
    if (part && !zp_xml_parse(part, name, &HANDLER, &reader, error))
        return NULL;
    return g_steal_pointer(&strings);
}

enum { FORMAT = 1, CELL_STYLES, STYLE };

typedef struct {
    GHashTable *codes; /* id → code */
    GPtrArray *formats;
    bool in_cell_styles;
} StyleReader;

static void add_style(StyleReader *reader, guint id)
{
    const char *code = g_hash_table_lookup(reader->codes, GUINT_TO_POINTER(id));
    if (!code)
        code = zp_number_format_builtin(id);
    g_ptr_array_add(reader->formats, code ? zp_number_format_new(code) : NULL);
}

static bool start_style(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    StyleReader *reader = data;
    if (token == CELL_STYLES)
        reader->in_cell_styles = true;
    else if (token == STYLE && reader->in_cell_styles)
        add_style(reader, zp_xml_number(attributes, "numFmtId", 0));
    else if (token == FORMAT) {
        char *code = zp_xml_dup(attributes, "formatCode");
        g_hash_table_insert(reader->codes,
                            GUINT_TO_POINTER(zp_xml_number(attributes, "numFmtId", 0)),
                            code ? code : g_strdup("General"));
    }
    return true;
}

static void end_style(gpointer data, guint token)
{
    StyleReader *reader = data;
    if (token == CELL_STYLES)
        reader->in_cell_styles = false;
}

static void format_free(gpointer format)
{
    zp_number_format_free(format);
}

GPtrArray *zp_xlsx_formats(GBytes *part, const char *name, GError **error)
{
    static const ZpXmlName NAMES[] = {{ZP_XML_SHEET, "numFmt", FORMAT},
                                      {ZP_XML_SHEET, "cellXfs", CELL_STYLES},
                                      {ZP_XML_SHEET, "xf", STYLE},
                                      {0}};
    static const ZpXmlHandler HANDLER = {NAMES, start_style, end_style, NULL};
    g_autoptr(GHashTable) codes = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    g_autoptr(GPtrArray) formats = g_ptr_array_new_with_free_func(format_free);
    StyleReader reader = {.codes = codes, .formats = formats};
    if (part && !zp_xml_parse(part, name, &HANDLER, &reader, error))
        return NULL;
    return g_steal_pointer(&formats);
}
