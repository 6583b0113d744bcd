/*
 * test_text_parser.c - separated text into grids: every way a line can be written.
 */
#include "base/error.h"
#include "base/limits.h"
#include "parsers/text/text.h"
#include "table.h"

#include <criterion/criterion.h>
#include <string.h>

/* A grid printed as one line: tables by "#", rows by "/", cells as col=text. */
static char *print_grid(const ZpDocument *document)
{
    GString *out = g_string_new(NULL);
    for (guint t = 0; t < document->tables->len; t++) {
        const ZpTable *table = g_ptr_array_index(document->tables, t);
        g_string_append(out, table->kind == ZP_TABLE_LINES ? "~" : "#");
        guint32 row = 0;
        for (guint i = 0; i < table->cells->len; i++) {
            const ZpCell *cell = &g_array_index(table->cells, ZpCell, i);
            for (; row < cell->row; row++)
                g_string_append_c(out, '/');
            g_string_append_printf(out, "%u=%s;", cell->col, cell->text);
        }
    }
    return g_string_free(out, FALSE);
}

typedef struct {
    const char *name, *input;
    gssize length; /* -1: strlen */
    const char *grid;
} Case;

static const Case CASES[] = {
    {"tabs", "a\tb\nc\td\n", -1, "#0=a;1=b;/0=c;1=d;"},
    {"blank cells are places", "\t\ta\t\tb\t\n", -1, "#2=a;4=b;"},
    {"ragged rows", "a\nb\tc\td\ne\tf\n", -1, "~0=a;#0=b;1=c;2=d;/0=e;1=f;"},
    {"blank line ends the table", "a\tb\n\nc\td\n", -1, "#0=a;1=b;#0=c;1=d;"},
    {"a row of blank cells counts", "a\tb\n\t\t\nc\td\n", -1, "#0=a;1=b;//0=c;1=d;"},
    {"bars", "a|b\nc | d\n", -1, "#0=a;1=b;/0=c;1=d;"},
    {"bars with a frame", "| a | b |\n|---|:-:|\n| | d |\n", -1, "#0=a;1=b;/1=d;"},
    {"a bar that is no frame", "a | b\n| c\n", -1, "#0=a;1=b;/1=c;"},
    {"escaped bar", "| a\\|b | c |\n", -1, "#0=a|b;1=c;"},
    {"a tab wins over a bar", "a|b\tc\n", -1, "#0=a|b;1=c;"},
    {"line ends", "a\tb\r\nc\td\re\tf\n", -1, "#0=a;1=b;/0=c;1=d;/0=e;1=f;"},
    {"form feed ends the table", "a\tb\f\nc\td\n", -1, "#0=a;1=b;#0=c;1=d;"},
    {"no line end at the end", "a\tb", -1, "#0=a;1=b;"},
    {"quoted line end", "\"a\nb\"\tc\nd\te\n", -1, "#0=a\nb;1=c;/0=d;1=e;"},
    {"quoted quote", "x\t\"a\"\"b\"\tc\n", -1, "#0=x;1=a\"b;2=c;"},
    {"quotes in prose stay", "x\t\"a\"b\tc\n", -1, "#0=x;1=\"a\"b;2=c;"},
    {"a quote that never closes", "x\t\"a\tc\n", -1, "#0=x;1=\"a;2=c;"},
    {"ideographic space is blank", "a\t\xE3\x80\x80\tb\n", -1, "#0=a;2=b;"},
    {"byte order mark",
     "\xEF\xBB\xBF"
     "a\tb\n",
     -1, "#0=a;1=b;"},
    {"UTF-16LE",
     "\xFF\xFE"
     "a\0\t\0\x4E\x4F\n\0",
     10, "#0=a;1=\xE4\xBD\x8E;"},
    {"UTF-16BE", "\xFE\xFF\0a\0\t\x4F\x4E\0\n", 10, "#0=a;1=\xE4\xBD\x8E;"},
    {"UTF-16 with a lone surrogate",
     "\xFF\xFE\x00\xD8"
     "a\0",
     6,
     "~0=\xEF\xBF\xBD"
     "a;"},
    {"GB18030", "\xCF\xEE\xC4\xBF\tb\n", -1, "#0=项目;1=b;"},
    {"one broken byte in GB18030", "\xCF\xEE\xFF\xC4\xBF\tb\n", -1, "#0=项\xEF\xBF\xBD目;1=b;"},
    {"one broken byte in UTF-8", "项目名称资金情况\t\xFF\n", -1,
     "#0=项目名称资金情况;1=\xEF\xBF\xBD;"},
    {"neither UTF-8 nor GB18030", "a\t\x81\n", -1, "#0=a;1=\xEF\xBF\xBD;"},
    {"empty", "", 0, ""},
    {"only tabs", "\t\t\t\n\t\t\n", -1, "#"},
};

TableRows(text, grid)
{
    static size_t indexes[G_N_ELEMENTS(CASES)];
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
        indexes[i] = i;
    return cr_make_param_array(size_t, indexes, G_N_ELEMENTS(CASES));
}

TableTest(size_t *index, text, grid)
{
    const Case *row = &CASES[*index];
    gsize length = row->length < 0 ? strlen(row->input) : (gsize)row->length;
    g_autoptr(GBytes) bytes = g_bytes_new(row->input, length);
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpDocument) document = zp_text_parser.read(bytes, NULL, &error);
    cr_assert_not_null(document, "%s: %s", row->name, error ? error->message : "");
    g_autofree char *grid = print_grid(document);
    cr_expect_str_eq(grid, row->grid, "%s: got %s", row->name, grid);
}

Test(text, places)
{
    static const char INPUT[] = "\xEF\xBB\xBF"
                                "a\n\n x\t\"b\nc\"\t d \n";
    g_autoptr(GBytes) bytes = g_bytes_new_static(INPUT, sizeof INPUT - 1);
    g_autoptr(ZpDocument) document = zp_text_parser.read(bytes, NULL, NULL);
    const ZpTable *table = g_ptr_array_index(document->tables, 1);
    const ZpCell *last = &g_array_index(table->cells, ZpCell, 2);
    cr_expect_eq(table->number, 1u, "lines around have no number");
    cr_expect_str_eq(last->text, "d");
    cr_expect_eq(last->line, 4u);
    cr_expect(memcmp(INPUT + last->byte_start, "d", 1) == 0);
    cr_expect_eq(last->byte_end - last->byte_start, 1u);
    ZpPlace at = zp_cell_place(table, last);
    cr_expect_eq(at.row, 1u);
    cr_expect_eq(at.col, 3u);
}

Test(text, lost_bytes_are_noted)
{
    static const char INPUT[] = "项目名称资金情况\t\xFF\n";
    g_autoptr(GBytes) bytes = g_bytes_new_static(INPUT, sizeof INPUT - 1);
    g_autoptr(ZpDocument) document = zp_text_parser.read(bytes, NULL, NULL);
    cr_expect_eq(document->losses->len, 1u);
}

Test(text, nul_bytes)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static("a\0b", 3);
    g_autoptr(GError) error = NULL;
    cr_expect_null(zp_text_parser.read(bytes, NULL, &error));
    cr_expect(g_error_matches(error, ZP_ERROR, ZP_ERROR_DAMAGED));
}

/* A line with one more column than ZP_LIMIT_COLUMNS allows, and a cell over ZP_LIMIT_CELL_BYTES. */
static void expect_limit(GString *input, const char *name)
{
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(input);
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpDocument) document = zp_text_parser.read(bytes, NULL, &error);
    cr_assert_null(document);
    cr_expect(g_error_matches(error, ZP_ERROR, ZP_ERROR_LIMIT));
    cr_expect(strstr(error->message, name), "%s", error->message);
}

Test(text, limit_columns)
{
    GString *input = g_string_new(NULL);
    for (guint i = 0; i < ZP_LIMIT_COLUMNS; i++)
        g_string_append_c(input, '\t');
    g_string_append(input, "x\n");
    expect_limit(input, "ZP_LIMIT_COLUMNS");
}

Test(text, limit_cell_bytes)
{
    GString *input = g_string_new("a\t");
    g_string_set_size(input, ZP_LIMIT_CELL_BYTES + 3);
    memset(input->str + 2, 'x', ZP_LIMIT_CELL_BYTES + 1);
    expect_limit(input, "ZP_LIMIT_CELL_BYTES");
}

Test(text, limit_cells)
{
    GString *input = g_string_new(NULL);
    for (guint i = 0; i < ZP_LIMIT_CELLS / 4 + 1; i++)
        g_string_append(input, "1\t2\t3\t4\n");
    expect_limit(input, "ZP_LIMIT_CELLS");
}
