/*
 * test_office_parts.c - parts of Word and Excel files that no program writes: what stands inside what it should
 * not, notes that are cut, more columns than there may be.
 */
#include "base/error.h"
#include "base/limits.h"
#include "grid_text.h"
#include "parsers/docx/private.h"
#include "parsers/xlsx/private.h"
#include "table.h"

#include <criterion/criterion.h>
#include <string.h>

#define WORD  "xmlns=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define SHEET "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

static ZpDocument *read_sheet(const char *inside, GError **error)
{
    g_autofree char *text =
        g_strdup_printf("<worksheet " SHEET "><sheetData>%s</sheetData></worksheet>", inside);
    g_autoptr(GBytes) part = g_bytes_new(text, strlen(text));
    g_autoptr(ZpDocument) document = zp_document_new_within(NULL);
    g_autoptr(GArray) strings = zp_xlsx_strings(NULL, "strings", NULL);
    g_autoptr(ZpXlsxStyles) styles = zp_xlsx_styles_new(NULL, "styles", NULL, "theme", NULL);
    ZpWorkbook workbook = {.document = document, .strings = strings, .styles = styles};
    g_auto(ZpXlsxLay) lay = {0};
    zp_xlsx_lay_init(&lay);
    return zp_xlsx_sheet(&workbook, part, "sheet", "表", &lay, error) ? g_steal_pointer(&document)
                                                                      : NULL;
}

static ZpDocument *read_word(const char *body, GError **error)
{
    g_autofree char *text = g_strdup_printf("<document " WORD "><body>%s</body></document>", body);
    g_autoptr(GBytes) part = g_bytes_new(text, strlen(text));
    g_autoptr(ZpDocument) document = zp_document_new_within(NULL);
    g_autoptr(ZpDocxStyles) styles = zp_docx_styles_new(NULL, "styles", NULL, "theme", NULL);
    g_autoptr(ZpDocxLists) lists = zp_docx_lists_new(NULL, "numbering", NULL);
    return zp_docx_body(document, styles, lists, part, "document", error)
               ? g_steal_pointer(&document)
               : NULL;
}

#define CELL(more, text) "<c" more " t=\"inlineStr\"><is><t>" text "</t></is></c>"

/* Cells of the sheet, and how many losses. */
static const struct {
    const char *name, *sheet, *grid;
    guint n_losses;
} SHEETS[] = {
    {"rows and cells that say no place",
     "<row>" CELL("", "a") CELL("", "b") "</row><row>" CELL("", "c") "</row>",
     "#0.0=a;0.1=b;1.0=c;", 0},
    {"a row inside a cell",
     "<row r=\"1\"><c r=\"A1\"><row r=\"9\"/><v>1</v></c>" CELL("", "b") "</row>", "#0.0=1;0.1=b;",
     1},
    {"a row with cells inside a cell",
     "<row r=\"1\"><c r=\"A1\"><v>1</v><row r=\"2\">" CELL("", "x") "</row></c></row>", "#0.0=1;",
     1},
    {"a cell inside a cell", "<row r=\"2\"><c>" CELL("", "x") "<v>1</v></c></row>", "#1.0=1;", 1},
    {"a row inside a row",
     "<row r=\"1\"><row r=\"5\">" CELL("", "x") "</row>" CELL("", "a") "</row>", "#0.0=a;", 1},
    {"a cell in no row", CELL("", "x") CELL(" r=\"B2\"", "y") "<row>" CELL("", "a") "</row>",
     "#0.0=a;", 1},
    {"row 0", "<row r=\"0\">" CELL("", "x") "</row><row>" CELL(" r=\"A0\"", "a") "</row>", "#", 1},
    {"a value in no cell", "<v>1</v><row><v>2</v><t>x</t>" CELL("", "a") "</row>", "#0.0=a;", 0},
    {"the last row and one behind it",
     "<row r=\"1048576\">" CELL("", "a") "</row><row>" CELL("", "b") "</row>", "#1048575.0=a;", 0},
    {"a merged range that ends before it begins",
     "<row>" CELL("", "a") "</row><mergeCell ref=\"B2:A1\"/><mergeCell ref=\"A0:B0\"/>"
                           "<mergeCell ref=\"A1\"/><mergeCell ref=\":\"/>",
     "#0.0=a;", 0},
    {"columns from 0, from the last to the first",
     "<col min=\"0\" max=\"4\" hidden=\"1\"/><col min=\"9\" max=\"1\" hidden=\"1\"/>"
     "<col min=\"4294967295\" max=\"4294967295\" hidden=\"1\"/><row>" CELL("", "a") "</row>",
     "#0.0=a;", 0},
};

TableRows(office_parts, sheets)
{
    static size_t indexes[G_N_ELEMENTS(SHEETS)];
    for (size_t k = 0; k < G_N_ELEMENTS(SHEETS); k++)
        indexes[k] = k;
    return cr_make_param_array(size_t, indexes, G_N_ELEMENTS(SHEETS));
}

TableTest(size_t *index, office_parts, sheets)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpDocument) document = read_sheet(SHEETS[*index].sheet, &error);
    cr_assert(document, "%s: %s", SHEETS[*index].name, error ? error->message : "");
    g_autofree char *grid = print_grid(document);
    cr_expect_str_eq(grid, SHEETS[*index].grid, "%s: got %s", SHEETS[*index].name, grid);
    cr_expect_eq(document->losses->len, SHEETS[*index].n_losses, "%s: %u losses",
                 SHEETS[*index].name, document->losses->len);
}

/* `before` ASCII characters, then Han ones: a cut falls on each byte of a character. */
static char *mixed_text(guint before, guint han)
{
    GString *text = g_string_new(NULL);
    for (guint k = 0; k < before; k++)
        g_string_append_c(text, 'a');
    for (guint k = 0; k < han; k++)
        g_string_append(text, "删");
    return g_string_free(text, FALSE);
}

static void expect_quote(const ZpDocument *document, const char *text)
{
    cr_assert_eq(document->notes->len, 1);
    const ZpLoss *note = g_ptr_array_index(document->notes, 0);
    cr_expect(g_utf8_validate(note->zh, -1, NULL) && g_utf8_validate(note->en, -1, NULL),
              "%zu bytes", strlen(text));
    cr_expect_null(strstr(note->zh, "\xEF\xBF\xBD"));
    cr_expect_eq(strstr(note->zh, "…") != NULL, strlen(text) > 300, "%zu bytes", strlen(text));
}

Test(office_parts, quotes_are_cut_between_characters)
{
    for (guint before = 0; before < 4; before++) {
        for (guint han = 95; han < 105; han++) {
            g_autofree char *text = mixed_text(before, han);
            g_autofree char *body =
                g_strdup_printf("<p><del><r><delText>%s</delText></r></del></p>", text);
            g_autofree char *cells = g_strdup_printf(
                "<row r=\"1\">" CELL("", "a") CELL("", "%s") "</row><mergeCell ref=\"A1:B1\"/>",
                text);
            g_autoptr(GError) error = NULL;
            g_autoptr(ZpDocument) word = read_word(body, &error);
            g_autoptr(ZpDocument) sheet = read_sheet(cells, &error);
            cr_assert(word && sheet);
            expect_quote(word, text);
            expect_quote(sheet, text);
        }
    }
}

Test(office_parts, cells_merged_to_the_left_have_a_last_column)
{
    g_autoptr(GString) body = g_string_new("<tbl><tr><tc><p><r><t>a</t></r></p></tc>");
    for (guint k = 0; k < ZP_LIMIT_COLUMNS; k++)
        g_string_append(body, "<tc><tcPr><hMerge val=\"continue\"/></tcPr><p/></tc>");
    g_string_append(body, "</tr></tbl>");
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpDocument) document = read_word(body->str, &error);
    cr_assert_null(document);
    cr_expect(strstr(error->message, "ZP_LIMIT_COLUMNS"), "%s", error->message);
}

/* Whatever stands inside what: no crash, and cells in order inside their tables. */
Test(office_parts, word_elements_in_any_order)
{
    static const char *const BODIES[] = {
        "<tr><tc><p/></tc></tr>",
        "<tc><p><r><t>a</t></r></p></tc>",
        "<tbl><tc><p><r><t>a</t></r></p></tc></tbl>",
        "<tbl><tr><tc><tc><p><r><t>a</t></r></p></tc><p><r><t>b</t></r></p></tc></tr></tbl>",
        "<tbl><tr><tc><tr><tc><p><r><t>a</t></r></p></tc></tr></tc></tr></tbl>",
        "<tbl><tr><tr><tc><p/></tc></tr></tr></tbl>",
        "<p><tbl><tr><tc><p/></tc></tr></tbl></p>",
        "<r><t>a</t></r><t>b</t><del><ins><del><r><delText>c</delText></r></del></ins></del>",
        "<tbl><tr><trPr><gridBefore val=\"4294967295\"/></trPr><tc><p/></tc></tr></tbl>",
        "<tbl><tr><tc><tcPr><gridSpan val=\"4294967295\"/></tcPr><p/></tc><tc><p/></tc></tr></tbl>",
        "<tbl><tr><tc><tcPr><gridSpan val=\"0\"/><vMerge/></tcPr><p/></tc></tr><tr><tc><tcPr>"
        "<vMerge/><hMerge/></tcPr><p/></tc></tr></tbl>",
    };
    for (guint k = 0; k < G_N_ELEMENTS(BODIES); k++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(ZpDocument) document = read_word(BODIES[k], &error);
        cr_expect((document != NULL) == (error == NULL), "%s", BODIES[k]);
        for (guint t = 0; document && t < document->tables->len; t++) {
            const ZpTable *table = g_ptr_array_index(document->tables, t);
            for (guint i = 0; i < table->cells->len; i++) {
                const ZpCell *cell = &g_array_index(table->cells, ZpCell, i);
                cr_expect(cell->row + cell->row_span <= table->n_rows &&
                              cell->col + cell->col_span <= table->n_cols,
                          "%s", BODIES[k]);
            }
        }
    }
}
