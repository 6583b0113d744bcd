/*
 * drawn_cells.c - rows and cells of a table under way.
 */
#include "output/drawn_private.h"

void drawing_row(Drawing *drawing)
{
    drawing->row = g_array_new(FALSE, TRUE, sizeof(ZpDrawnCell));
    g_ptr_array_add(drawing->drawn->rows, drawing->row);
}

ZpDrawnCell *drawing_add(Drawing *drawing, ZpDrawnKind kind, const char *text, const ZpValue *value)
{
    const ZpDrawnCell cell = {kind, text ? text : "", value, 1, 1, false};
    g_array_append_val(drawing->row, cell);
    return &g_array_index(drawing->row, ZpDrawnCell, drawing->row->len - 1);
}

void drawing_below(Drawing *drawing, const char *text)
{
    guint col = drawing->row->len;
    ZpDrawnCell *cell = drawing_add(drawing, ZP_DRAWN_ROW_HEAD, text, NULL);
    cell->is_covered = true;
    const GPtrArray *rows = drawing->drawn->rows;
    for (guint i = rows->len - 1; i-- > 0;) {
        ZpDrawnCell *above = &g_array_index((GArray *)rows->pdata[i], ZpDrawnCell, col);
        if (above->is_covered)
            continue;
        above->rows++;
        return;
    }
}

const char *drawing_format(Drawing *drawing, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return g_string_chunk_insert(drawing->drawn->strings, text);
}
