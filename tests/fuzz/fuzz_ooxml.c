/*
 * fuzz_ooxml.c - any bytes as a Word and as an Excel file, and as the text of either; the grid must be sound.
 *
 * A mutated zip seldom unpacks, so what begins like XML goes straight to the readers of the parts, and
 * anything else to the number formats too.
 */
#include "fuzz_grid.h"
#include "parsers/docx/docx.h"
#include "parsers/docx/private.h"
#include "parsers/xlsx/drawing.h"
#include "parsers/xlsx/xlsx.h"
#include "recognise/recognise.h"

static void recognise(const ZpDocument *document)
{
    static ZpRulebook *rulebook;
    if (!rulebook)
        rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(GPtrArray) forms = NULL;
    if (!document)
        return;
    expect_sound_document(document, G_MAXUINT32 / 2); /* places are of its parts, unpacked */
    forms = zp_recognise(rulebook, document, NULL);
}

static void read_word_text(GBytes *bytes)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpDocument) document = zp_document_new_within(NULL);
    g_autoptr(ZpDocxStyles) styles = zp_docx_styles_new(bytes, "styles", bytes, "theme", NULL);
    g_autoptr(ZpDocxLists) lists = zp_docx_lists_new(bytes, "numbering", NULL);
    if (styles && lists && zp_docx_body(document, styles, lists, bytes, "document", &error))
        recognise(document);
}

static void read_sheet(GBytes *bytes)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpDocument) document = zp_document_new_within(NULL);
    g_autoptr(GArray) strings = zp_xlsx_strings(bytes, "strings", NULL);
    g_autoptr(ZpXlsxStyles) styles = zp_xlsx_styles_new(bytes, "styles", bytes, "theme", NULL);
    ZpWorkbook workbook = {.document = document, .strings = strings, .styles = styles};
    g_auto(ZpXlsxLay) lay = {0};
    zp_xlsx_lay_init(&lay);
    if (strings && styles && zp_xlsx_sheet(&workbook, bytes, "sheet", "表", &lay, &error) &&
        zp_xlsx_drawing(document, &lay, bytes, "drawing", &error))
        recognise(document);
}

static void show_number(const char *text)
{
    ZpNumberFormat *format = zp_number_format_new(text);
    g_autoptr(GString) out = g_string_new(NULL);
    zp_number_format_apply(format, "-44895.987654321", 16, false, out);
    zp_number_format_apply(format, "0.99789750000000005", 19, true, out);
    zp_number_format_text(format, "次", out);
    zp_number_format_free(format);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
    g_autofree char *text = g_strndup((const char *)data, size);
    if (size && data[0] == '<') {
        read_word_text(bytes);
        read_sheet(bytes);
        return 0;
    }
    g_autoptr(ZpDocument) word = zp_docx_parser.read(bytes, NULL, NULL);
    g_autoptr(ZpDocument) workbook = zp_xlsx_parser.read(bytes, NULL, NULL);
    recognise(word);
    recognise(workbook);
    show_number(text);
    return 0;
}
