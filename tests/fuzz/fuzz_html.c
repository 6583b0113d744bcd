/*
 * fuzz_html.c - any bytes as a web page, through parser and recogniser; the grid must be sound.
 */
#include "parsers/html.h"
#include "recognise/recognise.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Cells come in order and lie inside their table. */
static void expect_sound(const ZpTable *table)
{
    guint32 row = 0;
    for (guint i = 0; i < table->cells->len; i++) {
        const ZpCell *cell = &g_array_index(table->cells, ZpCell, i);
        g_assert_cmpuint(cell->row, >=, row);
        g_assert_cmpuint(cell->row + cell->row_span, <=, table->n_rows);
        g_assert_cmpuint(cell->col + cell->col_span, <=, table->n_cols);
        row = cell->row;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ZpRulebook *rulebook;
    if (!rulebook)
        rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
    g_autoptr(ZpDocument) document = zp_html_parser.read(bytes, NULL, NULL);
    for (guint i = 0; document && i < document->tables->len; i++)
        expect_sound(g_ptr_array_index(document->tables, i));
    if (document)
        g_ptr_array_unref(zp_recognise(rulebook, document, NULL));
    return 0;
}
