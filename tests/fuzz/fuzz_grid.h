/*
 * fuzz_grid.h - what must hold of every document that a parser makes, whatever the bytes.
 */
#pragma once

#include "model/grid.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Cells come in order, lie inside their table, hold valid text, and stand inside the original. */
static inline void expect_sound(const ZpTable *table, size_t size)
{
    guint32 row = 0;
    for (guint i = 0; i < table->cells->len; i++) {
        const ZpCell *cell = &g_array_index(table->cells, ZpCell, i);
        g_assert_cmpuint(cell->row, >=, row);
        g_assert_cmpuint(cell->row + cell->row_span, <=, table->n_rows);
        g_assert_cmpuint(cell->col + cell->col_span, <=, table->n_cols);
        g_assert_true(g_utf8_validate(cell->text, cell->length, NULL));
        g_assert_cmpuint(cell->byte_start, <=, cell->byte_end);
        g_assert_cmpuint(cell->byte_end, <=, 2 * size); /* as UTF-8 */
        row = cell->row;
    }
}

/* What is said of a document goes to the parent, which takes valid text only. */
static inline void expect_sound_losses(const GPtrArray *losses)
{
    for (guint k = 0; k < losses->len; k++) {
        const ZpLoss *loss = g_ptr_array_index(losses, k);
        g_assert_true(g_utf8_validate(loss->zh, -1, NULL));
        g_assert_true(g_utf8_validate(loss->en, -1, NULL));
    }
}

static inline void expect_sound_document(const ZpDocument *document, size_t size)
{
    guint32 n_cells = 0;
    for (guint i = 0; i < document->tables->len; i++) {
        const ZpTable *table = g_ptr_array_index(document->tables, i);
        expect_sound(table, size);
        n_cells += table->cells->len;
    }
    g_assert_cmpuint(n_cells, ==, document->n_cells);
    expect_sound_losses(document->losses);
    expect_sound_losses(document->notes);
}

/*
 * Of formats that say each text once: the cells together hold no more than the file, so that none took in
 * what is another's.  Bytes that are no UTF-8 grow when they are decoded, by three at most.
 */
static inline void expect_no_more_than(const ZpDocument *document, const uint8_t *data, size_t size)
{
    size_t held = 0;
    for (guint i = 0; i < document->tables->len; i++) {
        const ZpTable *table = g_ptr_array_index(document->tables, i);
        for (guint k = 0; k < table->cells->len; k++)
            held += g_array_index(table->cells, ZpCell, k).length;
    }
    bool is_utf8 = g_utf8_validate_len((const char *)data, size, NULL);
    g_assert_cmpuint(held, <=, is_utf8 ? size : 3 * size);
}
