/*
 * test_aligned.c - text in columns of spaces: which lines stand in columns, and where their runs are.
 */
#include "model/grid.h"
#include "parsers/text/text.h"
#include "table.h"

#include <criterion/criterion.h>
#include <string.h>

typedef struct {
    const char *text;
    const char *want; /* a table a line: ~ lines, # cells, = runs as line:from-to of each */
} Row;

static const Row ROWS[] = {
    {"a  b  c\nd  e\nf  g\n", "=1:0-1 1:3-4 1:6-7 2:0-1 2:3-4 3:0-1 3:3-4"},
    /* One space stands inside a run; an ideographic space ends it and is two places wide. */
    {"a b  c  d\ne　f\ng  h\n", "=1:0-3 1:5-6 1:8-9 2:0-1 2:3-4 3:0-1 3:3-4"},
    /* Han characters that take two places each: what stands below each other decides. */
    {"项目  数  分\n项目  abc  d\nabcd  数  分\nab    cd  ef\n",
     "=1:0-4 1:6-8 1:10-12 2:0-4 2:6-9 2:11-12 3:0-4 3:6-8 3:10-12 4:0-2 4:6-8 4:10-12"},
    /* Too few lines with columns, or none with three, are lines of text. */
    {"a  b  c\nd  e\nf\n", "~"},
    {"a  b\nc  d\ne  f\n", "~"},
    {"财政支出。 公开。\n第二段\n", "~"},
    /* A tab makes a table of cells; what follows it may still stand in columns. */
    {"a\tb\nc  d  e\nf  g\nh  i\n", "#=2:0-1 2:3-4 2:6-7 3:0-1 3:3-4 4:0-1 4:3-4"},
};

static void describe(const ZpDocument *document, GString *out)
{
    static const char MARKS[] = {
        [ZP_TABLE_CELLS] = '#', [ZP_TABLE_LINES] = '~', [ZP_TABLE_RUNS] = '='};
    for (guint i = 0; i < document->tables->len; i++) {
        const ZpTable *table = g_ptr_array_index(document->tables, i);
        g_string_append_c(out, MARKS[table->kind]);
        for (guint k = 0; table->kind == ZP_TABLE_RUNS && k < table->cells->len; k++) {
            const ZpCell *cell = &g_array_index(table->cells, ZpCell, k);
            g_string_append_printf(out, "%s%u:%d-%d", k ? " " : "", cell->line, (int)cell->box.x0,
                                   (int)cell->box.x1);
        }
    }
}

TableRows(aligned, rows)
{
    static size_t indexes[G_N_ELEMENTS(ROWS)];
    for (size_t i = 0; i < G_N_ELEMENTS(ROWS); i++)
        indexes[i] = i;
    return cr_make_param_array(size_t, indexes, G_N_ELEMENTS(ROWS));
}

TableTest(size_t *index, aligned, rows)
{
    const Row *row = &ROWS[*index];
    g_autoptr(GBytes) bytes = g_bytes_new_static(row->text, strlen(row->text));
    g_autoptr(ZpDocument) document = zp_text_parser.read(bytes, NULL, NULL);
    g_autoptr(GString) got = g_string_new(NULL);
    describe(document, got);
    cr_assert_str_eq(got->str, row->want, "row %zu: %s", *index, got->str);
}

/* Every run says its bytes in the original. */
Test(aligned, bytes_of_runs)
{
    static const char TEXT[] = "\xef\xbb\xbf项目  数  分\na  b\nc  d\n";
    g_autoptr(GBytes) bytes = g_bytes_new_static(TEXT, strlen(TEXT));
    g_autoptr(ZpDocument) document = zp_text_parser.read(bytes, NULL, NULL);
    const ZpTable *table = g_ptr_array_index(document->tables, 0);
    for (guint k = 0; k < table->cells->len; k++) {
        const ZpCell *cell = &g_array_index(table->cells, ZpCell, k);
        cr_assert_eq(cell->byte_end - cell->byte_start, cell->length);
        cr_assert_eq(memcmp(TEXT + cell->byte_start, cell->text, cell->length), 0);
    }
}
