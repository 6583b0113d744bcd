/*
 * shared.c - the strings that sheets refer to by number; what stands in them: rich.c.
 *
 *     <sst><si>…</si><si>…</si></sst>       0, 1, …
 */
#include "base/error.h"
#include "base/limits.h"
#include "parsers/ooxml/xml.h"
#include "parsers/xlsx/private.h"

enum { ITEM = 1 };

typedef struct {
    GArray *strings;
    ZpXlsxRich rich;
    GError **error;
} StringReader;

static bool start_string(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    StringReader *reader = data;
    if (token != ITEM)
        return zp_xlsx_rich_start(&reader->rich, token, attributes);
    zp_xlsx_rich_begin(&reader->rich);
    return true;
}

static void end_string(gpointer data, guint token)
{
    StringReader *reader = data;
    ZpXlsxString string;
    if (token != ITEM) {
        zp_xlsx_rich_end(&reader->rich, token);
        return;
    }
    zp_xlsx_rich_string(&reader->rich, &string);
    g_array_append_val(reader->strings, string);
}

static void string_text(gpointer data, const char *text, gsize length)
{
    StringReader *reader = data;
    ZpXlsxRich *rich = &reader->rich;
    if (!rich->in_text)
        return;
    g_string_append_len(rich->raw, text, (gssize)length);
    if (rich->raw->len + rich->text->len > ZP_LIMIT_CELL_BYTES && reader->error && !*reader->error)
        zp_error_set(reader->error, ZP_ERROR_LIMIT,
                     "超过 ZP_LIMIT_CELL_BYTES（一个单元格 %u 字节）的上限",
                     "over ZP_LIMIT_CELL_BYTES (%u bytes in a cell)", ZP_LIMIT_CELL_BYTES);
}

GArray *zp_xlsx_strings(GBytes *part, const char *name, GError **error)
{
    static const ZpXmlName NAMES[] = {{ZP_XML_SHEET, "si", ITEM}, ZP_XLSX_RICH_NAMES, {0}};
    static const ZpXmlHandler HANDLER = {
        .names = NAMES, .start = start_string, .end = end_string, .text = string_text};
    g_autoptr(GArray) strings = g_array_new(FALSE, FALSE, sizeof(ZpXlsxString));
    StringReader reader = {.strings = strings, .error = error};
    g_array_set_clear_func(strings, zp_xlsx_string_clear);
    zp_xlsx_rich_init(&reader.rich);
    bool done = !part || zp_xml_parse(part, name, &HANDLER, &reader, error);
    zp_xlsx_rich_clear(&reader.rich);
    return done ? g_steal_pointer(&strings) : NULL;
}
