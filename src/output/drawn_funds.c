/*
 * drawn_funds.c - the funds block of a drawn form.
 *
 *     项目资金（万元） |              | 年初预算数 | 全年预算数 | …     a row a source, as most templates have it
 *     项目资金（万元） | 中央 | 省级 | 合计 | 全年执行数 | …            or a column a source
 *     全年预算数（万元） | 120 | 全年执行数 | 118                       or figures beside their names
 *
 * A column is drawn where a row of the form has it: a column that no row has was not printed, and a blank one
 * was.
 */
#include "output/drawn_private.h"

#include <string.h>

static const struct {
    ZpWord word;
    size_t offset;
} FUND_COLUMNS[] = {
    {ZP_WORD_INITIAL, G_STRUCT_OFFSET(ZpFund, initial)},
    {ZP_WORD_BUDGET, G_STRUCT_OFFSET(ZpFund, budget)},
    {ZP_WORD_EXECUTED, G_STRUCT_OFFSET(ZpFund, executed)},
    {ZP_WORD_WEIGHT, G_STRUCT_OFFSET(ZpFund, weight)},
    {ZP_WORD_RATE, G_STRUCT_OFFSET(ZpFund, rate)},
    {ZP_WORD_SCORE, G_STRUCT_OFFSET(ZpFund, score)},
};

static const ZpValue *fund_value(const ZpFund *fund, gsize column)
{
    return (const ZpValue *)((const char *)fund + FUND_COLUMNS[column].offset);
}

/* Whether some row of the funds block has a column. */
static bool has_fund_column(const ZpForm *form, gsize column)
{
    for (guint k = 0; k < form->funds->len; k++) {
        if (fund_value(zp_form_fund(form, k), column)->text)
            return true;
    }
    return false;
}

static bool has_fund_reason(const ZpForm *form)
{
    for (guint k = 0; k < form->funds->len; k++) {
        if (zp_form_fund(form, k)->reason.text)
            return true;
    }
    return false;
}

/* Has the budget alone, where others have more: a source with a column of its own instead of a row. */
static bool is_bare(const ZpFund *fund)
{
    for (gsize c = 0; c < G_N_ELEMENTS(FUND_COLUMNS); c++) {
        if ((FUND_COLUMNS[c].word == ZP_WORD_BUDGET) != (fund_value(fund, c)->text != NULL))
            return false;
    }
    return !fund->reason.text;
}

/* "年度资金总额 资金到位情况": the label of a funds row and a column's head. */
GArray *drawing_take_others(const ZpForm *form, GPtrArray *extras)
{
    GArray *others = g_array_new(FALSE, FALSE, sizeof(FundOther));
    for (guint i = 0; i < extras->len;) {
        const ZpExtra *extra = extras->pdata[i];
        FundOther other = {.text = extra->value.text};
        for (guint k = 0; !other.head && k < form->funds->len; k++) {
            const char *label = zp_form_fund(form, k)->label.text;
            gsize length = label ? strlen(label) : 0;
            if (!length || !extra->label.text || strncmp(extra->label.text, label, length) != 0 ||
                extra->label.text[length] != ' ')
                continue;
            other.row = k;
            other.head = extra->label.text + length + 1;
        }
        if (other.head) {
            g_array_append_val(others, other);
            g_ptr_array_remove_index(extras, i);
        } else {
            i++;
        }
    }
    return others;
}

static GPtrArray *fund_heads(const GArray *others)
{
    GPtrArray *heads = g_ptr_array_new();
    for (guint i = 0; i < others->len; i++) {
        const char *head = g_array_index(others, FundOther, i).head;
        if (!g_ptr_array_find_with_equal_func(heads, head, g_str_equal, NULL))
            g_ptr_array_add(heads, (gpointer)head);
    }
    return heads;
}

static const char *fund_other(const GArray *others, guint row, const char *head)
{
    for (guint i = 0; i < others->len; i++) {
        const FundOther *other = &g_array_index(others, FundOther, i);
        if (other->row == row && strcmp(other->head, head) == 0)
            return other->text;
    }
    return "";
}

static void draw_fund_rows(Drawing *drawing, const GArray *others)
{
    const ZpForm *form = drawing->form;
    g_autoptr(GPtrArray) heads = fund_heads(others);
    drawing_add(drawing, ZP_DRAWN_COL_HEAD, drawing->words.words[ZP_WORD_SOURCE], NULL);
    for (gsize c = 0; c < G_N_ELEMENTS(FUND_COLUMNS); c++) {
        if (has_fund_column(form, c))
            drawing_add(drawing, ZP_DRAWN_COL_HEAD, drawing->words.words[FUND_COLUMNS[c].word],
                        NULL);
    }
    if (has_fund_reason(form))
        drawing_add(drawing, ZP_DRAWN_COL_HEAD, drawing->words.words[ZP_WORD_REASON], NULL);
    for (guint i = 0; i < heads->len; i++)
        drawing_add(drawing, ZP_DRAWN_COL_HEAD, heads->pdata[i], NULL);
    for (guint k = 0; k < form->funds->len; k++) {
        const ZpFund *fund = zp_form_fund(form, k);
        drawing_row(drawing);
        drawing_below(drawing, "");
        drawing_add(drawing, ZP_DRAWN_ROW_HEAD, fund->label.text, NULL);
        for (gsize c = 0; c < G_N_ELEMENTS(FUND_COLUMNS); c++) {
            if (has_fund_column(form, c))
                drawing_add(drawing, ZP_DRAWN_CELL, fund_value(fund, c)->text, fund_value(fund, c));
        }
        if (has_fund_reason(form))
            drawing_add(drawing, ZP_DRAWN_CELL, fund->reason.text, NULL);
        for (guint i = 0; i < heads->len; i++)
            drawing_add(drawing, ZP_DRAWN_CELL, fund_other(others, k, heads->pdata[i]), NULL);
    }
}

/* One row whose columns are the sources; the row that has all figures is the last of them. */
static void draw_fund_columns(Drawing *drawing, const ZpFund *whole)
{
    const GPtrArray *funds = drawing->form->funds;
    for (guint k = 0; k < funds->len; k++)
        drawing_add(drawing, ZP_DRAWN_COL_HEAD, zp_form_fund(drawing->form, k)->label.text, NULL);
    for (gsize c = 0; c < G_N_ELEMENTS(FUND_COLUMNS); c++) {
        if (FUND_COLUMNS[c].word != ZP_WORD_BUDGET && fund_value(whole, c)->text)
            drawing_add(drawing, ZP_DRAWN_COL_HEAD, drawing->words.words[FUND_COLUMNS[c].word],
                        NULL);
    }
    drawing_row(drawing);
    drawing_below(drawing, "");
    for (guint k = 0; k < funds->len; k++) {
        const ZpFund *fund = zp_form_fund(drawing->form, k);
        drawing_add(drawing, ZP_DRAWN_CELL, fund->budget.text, &fund->budget);
    }
    for (gsize c = 0; c < G_N_ELEMENTS(FUND_COLUMNS); c++) {
        if (FUND_COLUMNS[c].word != ZP_WORD_BUDGET && fund_value(whole, c)->text)
            drawing_add(drawing, ZP_DRAWN_CELL, fund_value(whole, c)->text, fund_value(whole, c));
    }
}

void draw_funds(Drawing *drawing, const GArray *others)
{
    const ZpForm *form = drawing->form;
    guint n_bare = 0;
    if (form->funds->len == 0)
        return;
    const ZpFund *last = zp_form_fund(form, form->funds->len - 1);
    if (form->funds->len == 1 && !(last->label.text && *last->label.text)) {
        /* A total without a label was printed as figures beside their names. */
        drawing_row(drawing);
        for (gsize c = 0; c < G_N_ELEMENTS(FUND_COLUMNS); c++) {
            if (!fund_value(last, c)->text)
                continue;
            const char *word = drawing->words.words[FUND_COLUMNS[c].word];
            if (drawing->row->len == 0 && drawing->form->currency_unit.text)
                word = drawing_format(drawing, "%s（%s）", word, drawing->form->currency_unit.text);
            drawing_add(drawing, ZP_DRAWN_ROW_HEAD, word, NULL);
            drawing_add(drawing, ZP_DRAWN_CELL, fund_value(last, c)->text, fund_value(last, c));
        }
        return;
    }
    for (guint k = 0; k < form->funds->len; k++)
        n_bare += is_bare(zp_form_fund(form, k));
    /* 项目资金（万元）（20分） */
    g_autoptr(GString) label = g_string_new(drawing->words.words[ZP_WORD_FUNDS]);
    if (form->currency_unit.text)
        g_string_append_printf(label, "（%s）", form->currency_unit.text);
    if (form->funds_weight.text)
        g_string_append_printf(label, "（%s）", form->funds_weight.text);
    drawing_row(drawing);
    drawing_add(drawing, ZP_DRAWN_ROW_HEAD, drawing_format(drawing, "%s", label->str), NULL);
    if (n_bare == form->funds->len - 1 && n_bare > 0 && !is_bare(last) && others->len == 0)
        draw_fund_columns(drawing, last);
    else
        draw_fund_rows(drawing, others);
}
