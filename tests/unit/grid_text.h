/*
 * grid_text.h - a document's tables and lines as one line of text, to compare in tests.
 *
 * Tables by "#", lines by "~"; a cell is row.col[+rows.cols]=text; line ends in texts are blanks.
 */
#pragma once

#include "model/grid.h"

static inline void print_cell(GString *out, const ZpCell *cell)
{
    g_autoptr(GString) text = g_string_new(NULL);
    zp_text_append_clean(text, cell->text, cell->length);
    g_string_append_printf(out, "%u.%u", cell->row, cell->col);
    if (cell->row_span > 1 || cell->col_span > 1)
        g_string_append_printf(out, "+%u.%u", cell->row_span, cell->col_span);
    g_string_append_printf(out, "=%s;", text->str);
}

static inline char *print_grid(const ZpDocument *document)
{
    GString *out = g_string_new(NULL);
    for (guint t = 0; t < document->tables->len; t++) {
        const ZpTable *table = g_ptr_array_index(document->tables, t);
        g_string_append(out, table->kind == ZP_TABLE_LINES ? "~" : "#");
        for (guint i = 0; i < table->cells->len; i++)
            print_cell(out, &g_array_index(table->cells, ZpCell, i));
    }
    return g_string_free(out, FALSE);
}
