/*
 * odd.c - what in a form speaks against the way in which its cells were laid over columns.
 *
 *     年度资金总额 | 886.09 | 862.09 | | 679,600.00      a rate that is money
 *     受益群众满意率 | =85%                                a target where what was reached stands
 *     … | 联系方式                                         a caption for a reason
 *
 * Each is looked for by itself; that a text says so is no proof, but where the layout is a guess it is reason to doubt.
 */
#include "recognise/odd.h"

#include <string.h>

/* Fewer characters may be a word for no value. */
#define WORDS_CHARS 3

/* Of a caption at the least. */
#define CAPTION_CHARS 4

/* Rows called by figures, from which on none is sure. */
#define BROKEN_ROWS 2

/* Of each of two labels in one. */
#define GLUED_CHARS 4

static Shape shape_of(const char *text)
{
    return is_blank(text) ? SHAPE_DASH : shape_of_text(text, strlen(text));
}

static bool is_over_hundred(const char *text)
{
    ZpDecimal number;
    Shape shape = shape_of(text);
    return shape == SHAPE_BIG ||
           (shape == SHAPE_SMALL && zp_decimal_parse(text, strlen(text), &number) &&
            zp_decimal_compare(number, zp_decimal_from_int(100)) > 0);
}

/* Words of several characters, where only a figure, a dash or 无 stands. */
static bool is_words(const char *text)
{
    return !is_blank(text) && !has_digit(text) && shape_of(text) == SHAPE_TEXT &&
           g_utf8_strlen(text, -1) >= WORDS_CHARS;
}

/* Money that is a share, or a weight or score that is money. */
static bool has_figure_of_other_column(const ZpForm *form, guint k)
{
    const ZpFund *fund = zp_form_fund(form, k);
    return shape_of(fund->initial.text) == SHAPE_PERCENT ||
           shape_of(fund->budget.text) == SHAPE_PERCENT ||
           shape_of(fund->executed.text) == SHAPE_PERCENT || is_over_hundred(fund->weight.text) ||
           is_over_hundred(fund->score.text) || shape_of(fund->rate.text) == SHAPE_BIG;
}

static bool has_words_for_figures(const ZpForm *form, guint k)
{
    bool found = false;
    for (const ZpColumn *column = ZP_FUND_COLUMNS; column->name; column++)
        found |= is_words(zp_column_value(zp_form_fund(form, k), column)->text);
    return found;
}

/* Labels with their values have no row's name; they come in twos: budget and execution, weight and score. */
static bool is_nameless_part(const ZpForm *form, guint k)
{
    const ZpFund *fund = zp_form_fund(form, k);
    if (!is_blank(fund->label.text))
        return false;
    return k > 0 || is_blank(fund->budget.text) != is_blank(fund->executed.text) ||
           is_blank(fund->weight.text) != is_blank(fund->score.text);
}

static bool is_blank_fund(const ZpFund *fund)
{
    bool found = false;
    for (const ZpColumn *column = ZP_FUND_COLUMNS; column->name; column++)
        found |= !is_blank(zp_column_value(fund, column)->text);
    return !found;
}

/* A name that another row has too: without figures it is a caption, and two totals are those of two tables. */
static bool is_named_twice(const ZpForm *form, guint k)
{
    const ZpFund *fund = zp_form_fund(form, k);
    for (guint i = 0; i < form->funds->len; i++) {
        const ZpFund *other = zp_form_fund(form, i);
        bool is_same =
            !is_blank(fund->label.text) && g_strcmp0(fund->label.text, other->label.text) == 0;
        if (i != k && is_same && is_blank_fund(fund))
            return true;
        if (i < k && fund->source == ZP_SOURCE_TOTAL && other->source == ZP_SOURCE_TOTAL)
            return true;
    }
    return false;
}

static bool (*const ODD_FUNDS[])(const ZpForm *, guint) = {
    has_figure_of_other_column,
    has_words_for_figures,
    is_nameless_part,
    is_named_twice,
};

bool is_odd_fund(const ZpForm *form, guint k)
{
    bool is_odd = false;
    for (gsize i = 0; i < G_N_ELEMENTS(ODD_FUNDS) && !is_odd; i++)
        is_odd = ODD_FUNDS[i](form, k);
    return is_odd;
}

static bool is_comparison(const char *text)
{
    static const char *const SIGNS[] = {"≥", "≤", "＞", "＜", ">", "<", "=", "＝"};
    for (gsize k = 0; k < G_N_ELEMENTS(SIGNS); k++) {
        if (!is_blank(text) && g_str_has_prefix(text, SIGNS[k]))
            return true;
    }
    return false;
}

/* 受益群众满意率 | =85%: the target stands where what was reached does. */
static bool is_target_in_actual(const OddRows *odd, const ZpIndicator *row)
{
    (void)odd;
    return is_comparison(row->actual.text) && !is_comparison(row->target.text);
}

/* 95%97: two figures in one. */
static bool is_glued(const char *text)
{
    const char *percent = is_blank(text) ? NULL : strchr(text, '%');
    return percent && g_ascii_isdigit(percent[1]);
}

static bool has_glued_figures(const OddRows *odd, const ZpIndicator *row)
{
    (void)odd;
    return is_glued(row->target.text) || is_glued(row->actual.text) || is_glued(row->weight.text) ||
           is_glued(row->score.text);
}

/* Whether a text stands in another row than this one. */
static bool is_elsewhere(GHashTable *rows, const char *text, guint row)
{
    guint first = is_words(text) ? GPOINTER_TO_UINT(g_hash_table_lookup(rows, text)) : 0;
    return first && first != row + 1;
}

/* The reason or the name is what other rows have in another column. */
static bool is_of_other_column(const OddRows *odd, const ZpIndicator *row)
{
    return is_elsewhere(odd->others, row->level3.text, odd->row) ||
           is_elsewhere(odd->others, row->reason.text, odd->row) ||
           is_elsewhere(odd->names, row->reason.text, odd->row);
}

static bool has_no_values(const ZpIndicator *row)
{
    bool found = false;
    for (const ZpColumn *column = ZP_INDICATOR_COLUMNS; column->name; column++)
        found |= !is_blank(zp_column_value(row, column)->text);
    return !found;
}

/* A name with nothing behind it, where the other rows have values: a caption or a piece of a name. */
static bool is_name_alone(const OddRows *odd, const ZpIndicator *row)
{
    return !row->is_empty && !is_blank(row->level3.text) && has_no_values(row) &&
           odd->n_without_values * 2 < odd->form->indicators->len;
}

/* Several rows that are called by figures are what was left when the others took cells that are not theirs. */
static bool is_broken(const OddRows *odd, const ZpIndicator *row)
{
    (void)row;
    return odd->n_broken >= BROKEN_ROWS;
}

/* Behind the heads of another table, which were laid like a row: 科目名称 | 预算数 | 支出数. */
static bool is_foreign(const OddRows *odd, const ZpIndicator *row)
{
    (void)row;
    return odd->row >= odd->foreign;
}

static bool (*const ODD_INDICATORS[])(const OddRows *, const ZpIndicator *) = {
    is_target_in_actual, has_glued_figures, is_of_other_column,
    is_name_alone,       is_broken,         is_foreign,
};

/* Whether a value is the head of amounts. */
static bool has_head_for_value(const ZpLabels *labels, const ZpIndicator *row)
{
    static const guint64 AMOUNTS = ZP_LABEL_BIT(ZP_LABEL_INITIAL) | ZP_LABEL_BIT(ZP_LABEL_BUDGET) |
                                   ZP_LABEL_BIT(ZP_LABEL_EXECUTED);
    for (const ZpColumn *column = ZP_INDICATOR_COLUMNS; column->name; column++) {
        ZpLabelMatch match;
        const char *text = zp_column_value(row, column)->text;
        if (is_words(text) &&
            (zp_labels_match(labels, text, strlen(text), &match) ||
             zp_labels_compose(labels, text, strlen(text), &match)) &&
            !match.value_offset && zp_label_has(&match, AMOUNTS))
            return true;
    }
    return false;
}

static bool has_figure_for_level(const ZpIndicator *row)
{
    Shape shape = shape_of(row->level1.text);
    return shape == SHAPE_SMALL || shape == SHAPE_BIG || shape == SHAPE_PERCENT ||
           shape == SHAPE_COMPARED || is_comparison(row->level1.text);
}

/* Remembers in which row a text stands; that of the first one and, where there are several, of none. */
static void note_text(GHashTable *rows, const char *text, guint row)
{
    if (!is_words(text))
        return;
    guint first = GPOINTER_TO_UINT(g_hash_table_lookup(rows, text));
    guint now = first && first != row + 1 ? G_MAXUINT : row + 1;
    g_hash_table_insert(rows, (gpointer)text, GUINT_TO_POINTER(now));
}

void odd_rows_init(OddRows *odd, const ZpForm *form, const ZpLabels *labels)
{
    *odd = (OddRows){
        .form = form,
        .foreign = G_MAXUINT,
        .others = g_hash_table_new(g_str_hash, g_str_equal),
        .names = g_hash_table_new(g_str_hash, g_str_equal),
    };
    for (guint k = 0; k < form->indicators->len; k++) {
        const ZpIndicator *row = zp_form_indicator(form, k);
        odd->n_without_values += has_no_values(row);
        odd->n_broken += has_figure_for_level(row);
        if (odd->foreign == G_MAXUINT && has_head_for_value(labels, row))
            odd->foreign = k;
        note_text(odd->names, row->level3.text, k);
        for (guint i = 0; row->other && i < row->other->len; i++)
            note_text(odd->others, ((const ZpExtra *)g_ptr_array_index(row->other, i))->value.text,
                      k);
    }
}

void odd_rows_clear(OddRows *odd)
{
    g_hash_table_unref(odd->others);
    g_hash_table_unref(odd->names);
}

bool is_odd_indicator(OddRows *odd, guint k)
{
    bool is_odd = false;
    odd->row = k;
    for (gsize i = 0; i < G_N_ELEMENTS(ODD_INDICATORS) && !is_odd; i++)
        is_odd = ODD_INDICATORS[i](odd, zp_form_indicator(odd->form, k));
    return is_odd;
}

static bool ends_a_sentence(const char *text)
{
    static const char *const ENDS[] = {"。", "；", "！", ";", "."};
    for (gsize k = 0; k < G_N_ELEMENTS(ENDS); k++) {
        if (g_str_has_suffix(text, ENDS[k]))
            return true;
    }
    return false;
}

bool is_odd_reason(const ZpForm *form, const ZpText *reason)
{
    guint n = 0;
    if (!is_words(reason->text) || reason->at.table || ends_a_sentence(reason->text) ||
        strstr(reason->text, "，") || g_utf8_strlen(reason->text, -1) < CAPTION_CHARS)
        return false;
    for (guint k = 0; k < form->indicators->len; k++)
        n += g_strcmp0(zp_form_indicator(form, k)->reason.text, reason->text) == 0;
    for (guint k = 0; k < form->funds->len; k++)
        n += g_strcmp0(zp_form_fund(form, k)->reason.text, reason->text) == 0;
    return n == 1;
}

static bool has_inner_end(const char *text)
{
    const char *end = is_blank(text) ? NULL : strstr(text, "。");
    return end && end[strlen("。")] != '\0';
}

/* A text that ends in the middle of a sentence, where it or the one beside it has several: a piece of it stands there. */
static bool is_cut(const char *text, const char *beside)
{
    return !is_blank(text) && !ends_a_sentence(text) &&
           (has_inner_end(text) || has_inner_end(beside));
}

bool are_odd_goals(const ZpForm *form)
{
    const ZpText *expected = &form->goal_expected, *actual = &form->goal_actual;
    bool is_lost = is_blank(expected->text) && !is_blank(actual->text);
    return is_lost || is_cut(expected->text, actual->text) || is_cut(actual->text, expected->text);
}

bool is_odd_label(const ZpLabels *labels, const char *text)
{
    ZpLabelMatch match;
    glong n = g_utf8_strlen(text, -1);
    if (strchr(text, ' ') || zp_labels_match(labels, text, strlen(text), &match) ||
        zp_labels_compose(labels, text, strlen(text), &match))
        return false;
    for (glong k = GLUED_CHARS; k + GLUED_CHARS <= n; k++) {
        const char *end = g_utf8_offset_to_pointer(text, k);
        if (zp_labels_match(labels, end, strlen(end), &match))
            return true;
    }
    return false;
}
