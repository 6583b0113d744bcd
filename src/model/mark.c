/*
 * mark.c - marks, one a place.
 */
#include "model/mark.h"

#include <string.h>

static void free_mark(gpointer data)
{
    ZpMark *mark = data;
    g_free(mark->where);
    g_free(mark->text);
    g_free(mark);
}

ZpMarks *zp_marks_new(void)
{
    ZpMarks *marks = g_new0(ZpMarks, 1);
    marks->marks = g_ptr_array_new_with_free_func(free_mark);
    marks->scratch = -1;
    return marks;
}

void zp_marks_free(ZpMarks *marks)
{
    if (!marks)
        return;
    g_ptr_array_unref(marks->marks);
    g_free(marks->heading);
    g_free(marks->author);
    g_free(marks);
}

static bool is_same_box(const ZpBox *a, const ZpBox *b)
{
    return a->x0 == b->x0 && a->y0 == b->y0 && a->x1 == b->x1 && a->y1 == b->y1;
}

static bool is_same_place(const ZpPlace *a, const ZpPlace *b)
{
    return a->page == b->page && a->table == b->table && a->row == b->row && a->col == b->col &&
           a->line == b->line && a->byte_start == b->byte_start && a->byte_end == b->byte_end &&
           is_same_box(&a->box, &b->box);
}

void zp_marks_add(ZpMarks *marks, const ZpPlace *at, ZpMarkTone tone, const char *where,
                  const char *text)
{
    for (guint k = 0; k < marks->marks->len; k++) {
        ZpMark *mark = g_ptr_array_index(marks->marks, k);
        if (!is_same_place(&mark->at, at) || strcmp(mark->where, where) != 0)
            continue;
        char *longer = g_strdup_printf("%s\n%s", mark->text, text);
        g_free(mark->text);
        mark->text = longer;
        mark->tone = MAX(mark->tone, tone);
        return;
    }
    ZpMark *mark = g_new0(ZpMark, 1);
    *mark = (ZpMark){.at = *at, .tone = tone, .where = g_strdup(where), .text = g_strdup(text)};
    g_ptr_array_add(marks->marks, mark);
}
