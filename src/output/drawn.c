/*
 * drawn.c - the order of a drawn form: head, what no field takes, funds, goals, indicators, total.
 *
 *     项目名称 | 机关服务费
 *     其他需要说明事项 | 无
 *     项目资金（元） |              | 年初预算数 | …
 *                    | 年度资金总额 | 700000.00  | …
 *     年度总体目标 | 预期目标 | 实际完成情况
 *                  | …        | …
 *     绩效指标 | 一级指标 | 二级指标 | …
 *     总分     |          |          | …
 */
#include "output/drawn_private.h"

#include <string.h>

static void draw_pair(Drawing *drawing, const char *label, const char *text, const ZpValue *value)
{
    drawing_row(drawing);
    drawing_add(drawing, ZP_DRAWN_ROW_HEAD, label, NULL);
    drawing_add(drawing, ZP_DRAWN_CELL, text, value);
}

static bool has_year(const Drawing *drawing, const char *text)
{
    g_autoptr(GString) folded = g_string_new(NULL);
    zp_text_append_folded(folded, text, strlen(text));
    return zp_labels_year(drawing->labels, folded->str, folded->len, NULL) == drawing->form->year;
}

static void draw_head(Drawing *drawing)
{
    const ZpForm *form = drawing->form;
    const struct {
        ZpWord word;
        const ZpText *text;
    } FIELDS[] = {{ZP_WORD_PROJECT, &form->project},
                  {ZP_WORD_DEPARTMENT, &form->department},
                  {ZP_WORD_UNIT, &form->unit}};
    drawing->drawn->title = form->title.text;
    if (form->year && !(form->title.text && has_year(drawing, form->title.text)))
        drawing->drawn->year = drawing_format(drawing, "（%d年度）", form->year);
    for (gsize k = 0; k < G_N_ELEMENTS(FIELDS); k++) {
        if (FIELDS[k].text->text)
            draw_pair(drawing, drawing->words.words[FIELDS[k].word], FIELDS[k].text->text, NULL);
    }
    if (form->headline.text)
        draw_pair(drawing, drawing->words.words[ZP_WORD_HEADLINE], form->headline.text,
                  &form->headline);
    if (form->currency_unit.text && form->funds->len == 0)
        draw_pair(drawing, "金额单位", form->currency_unit.text, NULL);
}

static void draw_goals(Drawing *drawing)
{
    const struct {
        ZpWord word;
        const ZpText *text;
    } GOALS[] = {{ZP_WORD_EXPECTED, &drawing->form->goal_expected},
                 {ZP_WORD_DONE, &drawing->form->goal_actual}};
    if (!(drawing->form->blocks & ZP_BLOCK_GOALS))
        return;
    drawing_row(drawing);
    drawing_add(drawing, ZP_DRAWN_ROW_HEAD, drawing->words.words[ZP_WORD_GOALS], NULL);
    for (gsize k = 0; k < G_N_ELEMENTS(GOALS); k++) {
        if (GOALS[k].text->text)
            drawing_add(drawing, ZP_DRAWN_COL_HEAD, drawing->words.words[GOALS[k].word], NULL);
    }
    drawing_row(drawing);
    drawing_below(drawing, "");
    for (gsize k = 0; k < G_N_ELEMENTS(GOALS); k++) {
        if (GOALS[k].text->text)
            drawing_add(drawing, ZP_DRAWN_CELL, GOALS[k].text->text, NULL);
    }
}

/* --- what no field takes --- */

/* "专款专用 存在问题" behind "专款专用": the text under one more head; NULL: a label of its own. */
static const char *head_of(const ZpExtra *extra, const ZpExtra *first)
{
    const char *label = first->label.text ? first->label.text : "";
    const char *head = g_str_has_prefix(extra->label.text ? extra->label.text : "", label)
                           ? extra->label.text + strlen(label)
                           : "";
    return *label && *head == ' ' ? head + 1 : NULL;
}

/* How many extras from @k on are texts of one row of prose. */
static guint count_prose(const GPtrArray *extras, guint k)
{
    guint n = 1;
    while (k + n < extras->len && head_of(extras->pdata[k + n], extras->pdata[k]))
        n++;
    return n;
}

static bool has_same_heads(const GPtrArray *extras, guint a, guint b, guint n)
{
    for (guint i = 1; i < n; i++) {
        if (strcmp(head_of(extras->pdata[a + i], extras->pdata[a]),
                   head_of(extras->pdata[b + i], extras->pdata[b])) != 0)
            return false;
    }
    return true;
}

/* Rows of prose under the same heads; returns how many extras they took. */
static guint draw_prose(Drawing *drawing, const GPtrArray *extras, guint first, guint n)
{
    guint k = first;
    drawing_row(drawing);
    drawing_add(drawing, ZP_DRAWN_ROW_HEAD, "分项说明", NULL);
    drawing_add(drawing, ZP_DRAWN_COL_HEAD, "内容", NULL);
    drawing_add(drawing, ZP_DRAWN_COL_HEAD, "情况说明", NULL);
    for (guint i = 1; i < n; i++)
        drawing_add(drawing, ZP_DRAWN_COL_HEAD, head_of(extras->pdata[k + i], extras->pdata[k]),
                    NULL);
    for (; k < extras->len && count_prose(extras, k) == n && has_same_heads(extras, first, k, n);
         k += n) {
        const ZpExtra *label = extras->pdata[k];
        drawing_row(drawing);
        drawing_below(drawing, "");
        drawing_add(drawing, ZP_DRAWN_ROW_HEAD, label->label.text, NULL);
        for (guint i = 0; i < n; i++)
            drawing_add(drawing, ZP_DRAWN_CELL, ((const ZpExtra *)extras->pdata[k + i])->value.text,
                        NULL);
    }
    return k - first;
}

/* Every row as wide as the table: the last cells that are no covered ones share what is left. */
static void stretch(ZpDrawn *drawn)
{
    for (guint i = 0; i < drawn->rows->len; i++) {
        const GArray *row = drawn->rows->pdata[i];
        guint width = 0;
        for (guint k = 0; k < row->len; k++)
            width += g_array_index(row, ZpDrawnCell, k).cols;
        drawn->n_cols = MAX(drawn->n_cols, width);
    }
    for (guint i = 0; i < drawn->rows->len; i++) {
        const GArray *row = drawn->rows->pdata[i];
        guint width = 0, sharing = row->len == 3 ? 2 : 1; /* the goals share */
        for (guint k = 0; k < row->len; k++)
            width += g_array_index(row, ZpDrawnCell, k).cols;
        guint left = drawn->n_cols - width;
        for (guint k = 0; row->len && k < sharing; k++) {
            guint part = left / (sharing - k);
            g_array_index(row, ZpDrawnCell, row->len - sharing + k).cols += part;
            left -= part;
        }
    }
}

static void free_row(gpointer row)
{
    g_array_unref(row);
}

ZpDrawn *zp_drawn_new(const ZpForm *form, const ZpLabels *labels)
{
    ZpDrawn *drawn = g_new0(ZpDrawn, 1);
    drawn->rows = g_ptr_array_new_with_free_func(free_row);
    drawn->strings = g_string_chunk_new(1024);
    Drawing drawing = {.drawn = drawn, .form = form, .labels = labels};
    zp_words_choose(&drawing.words, labels, form);
    g_autoptr(GPtrArray) extras = g_ptr_array_new();
    for (guint k = 0; k < form->extra->len; k++)
        g_ptr_array_add(extras, form->extra->pdata[k]);
    g_autoptr(GArray) others = drawing_take_others(form, extras);
    draw_head(&drawing);
    /* Not at the foot, where the next form, if it has no title, would begin with them. */
    for (guint k = 0; k < extras->len;) {
        const ZpExtra *extra = extras->pdata[k];
        guint n = count_prose(extras, k);
        if (n > 1) {
            k += draw_prose(&drawing, extras, k, n);
            continue;
        }
        draw_pair(&drawing, extra->label.text, extra->value.text, NULL);
        k++;
    }
    draw_funds(&drawing, others);
    draw_goals(&drawing);
    draw_indicators(&drawing);

    stretch(drawn);
    return drawn;
}

void zp_drawn_free(ZpDrawn *drawn)
{
    if (!drawn)
        return;
    g_ptr_array_unref(drawn->rows);
    g_string_chunk_free(drawn->strings);
    g_free(drawn);
}
