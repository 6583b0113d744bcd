/*
 * guessed.c - what a layout that was guessed from blank space says of itself.
 *
 * Where only blank space parts the columns, or each cell is a line, a wrong column shows in what came of it: figures of
 * two columns in one cell, a level called 35, a row without a name, rows left over as lines of text, and what odd.c knows.
 * Where one cell of a row is odd, all of the row are in doubt: one cell too many or too few moves all behind it.  Where a
 * format says its cells there are none of these doubts: the form itself is odd then, and the rules say so.
 */
#include "recognise/guessed.h"

#include "recognise/odd.h"

#include <string.h>

/* The lines between two rows of one block at the most. */
#define CAPTION_LINES 3

/* Whether a place was in doubt before anybody looked at what came of it. */
static bool is_doubted(const ZpForm *form, const ZpPlace *at)
{
    for (guint k = 0; k < form->unread->len; k++) {
        const ZpPlace *other = &((const ZpUnread *)g_ptr_array_index(form->unread, k))->text.at;
        if (other->page == at->page && other->table == at->table && other->row == at->row &&
            other->col == at->col && other->line == at->line)
            return true;
    }
    return false;
}

static void doubt(Builder *builder, const char *text, const ZpPlace *at)
{
    if (is_doubted(builder->form, at))
        return;
    const ZpText where = {.text = text, .at = *at};
    add_unread_text(builder, &where, ZP_LOSS_DOUBTFUL_PLACE, NULL);
    builder->form->reading.doubtful++;
}

/* Two figures with a blank between, where a cell has one: 85% 9; a date is one. */
static bool is_pile(const char *text)
{
    if (is_blank(text) || !strchr(text, ' '))
        return false;
    guint n_figures = 0;
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (char **word = words; *word; word++) {
        bool goes_on = word[1] && (g_str_has_suffix(*word, "年") || g_str_has_suffix(*word, "月"));
        if ((**word && !has_digit(*word)) || goes_on)
            return false;
        n_figures += shape_is_figure(shape_of_text(*word, strlen(*word)));
    }
    return n_figures > 0;
}

static void doubt_piles(Builder *builder, gconstpointer row, const ZpColumn *columns)
{
    for (const ZpColumn *column = columns; column->name; column++) {
        const ZpValue *value = zp_column_value(row, column);
        if (is_pile(value->text))
            doubt(builder, value->text, &value->at);
    }
}

/* A level that is called by a figure, which is its weight or another row's value. */
static void doubt_levels(Builder *builder, const ZpIndicator *row)
{
    const ZpText *const levels[] = {&row->level1, &row->level2, &row->level3};
    for (gsize k = 0; k < G_N_ELEMENTS(levels); k++) {
        const char *text = levels[k]->text;
        Shape shape = is_blank(text) ? SHAPE_TEXT : shape_of_text(text, strlen(text));
        if (shape == SHAPE_SMALL || shape == SHAPE_BIG || shape == SHAPE_PERCENT)
            doubt(builder, text, &levels[k]->at);
    }
}

/* A row with figures of its own, but without a name. */
static void doubt_nameless(Builder *builder, const ZpIndicator *row)
{
    const ZpValue *const figures[] = {&row->weight, &row->score, &row->target, &row->actual};
    if (!is_blank(row->level3.text) || row->is_empty || row->part_of >= 0)
        return;
    for (gsize k = 0; k < G_N_ELEMENTS(figures); k++) {
        if (!is_blank(figures[k]->text))
            doubt(builder, figures[k]->text, &figures[k]->at);
    }
}

static void doubt_text(Builder *builder, const ZpText *text)
{
    if (!is_blank(text->text))
        doubt(builder, text->text, &text->at);
}

static void doubt_cells(Builder *builder, gconstpointer row, const ZpColumn *columns)
{
    for (const ZpColumn *column = columns; column->name; column++) {
        const ZpValue *value = zp_column_value(row, column);
        if (!is_blank(value->text))
            doubt(builder, value->text, &value->at);
    }
}

static void doubt_fund(Builder *builder, guint k)
{
    const ZpFund *fund = zp_form_fund(builder->form, k);
    doubt_piles(builder, fund, ZP_FUND_COLUMNS);
    if (!is_odd_fund(builder->form, k))
        return;
    doubt_text(builder, &fund->label);
    doubt_cells(builder, fund, ZP_FUND_COLUMNS);
}

static bool is_row_in_doubt(const ZpForm *form, guint k)
{
    const ZpIndicator *row = zp_form_indicator(form, k);
    return is_doubted(form, &row->level3.at) || is_doubted(form, &row->target.at) ||
           is_doubted(form, &row->level1.at);
}

/*
 * Where each cell has a line of its own and blank ones are lost, the caption behind a block's last row reads like that
 * row's reason, and so does the name of a row that could not be laid.
 */
static void doubt_captions(Builder *builder)
{
    const ZpForm *form = builder->form;
    for (guint k = 0; k < form->indicators->len; k++) {
        const ZpText *reason = &zp_form_indicator(form, k)->reason;
        if ((k + 1 == form->indicators->len || is_row_in_doubt(form, k + 1)) &&
            is_odd_reason(form, reason))
            doubt_text(builder, reason);
    }
    for (guint k = 0; k < form->funds->len; k++) {
        const ZpText *reason = &zp_form_fund(form, k)->reason;
        bool is_last = k + 1 == form->funds->len ||
                       zp_form_fund(form, k + 1)->label.at.line > reason->at.line + CAPTION_LINES;
        if (is_last && is_odd_reason(form, reason))
            doubt_text(builder, reason);
    }
}

static void doubt_indicator(Builder *builder, OddRows *odd, guint k)
{
    const ZpIndicator *row = zp_form_indicator(builder->form, k);
    doubt_piles(builder, row, ZP_INDICATOR_COLUMNS);
    doubt_levels(builder, row);
    doubt_nameless(builder, row);
    if (!is_odd_indicator(odd, k))
        return;
    doubt_text(builder, &row->level2);
    doubt_text(builder, &row->level3);
    doubt_cells(builder, row, ZP_INDICATOR_COLUMNS);
    doubt_text(builder, &row->reason);
}

static void doubt_goals(Builder *builder)
{
    if (!are_odd_goals(builder->form))
        return;
    doubt_text(builder, &builder->form->goal_expected);
    doubt_text(builder, &builder->form->goal_actual);
}

/* 实施单位 is blank, but 主管部门 may hold two names; a label that is two. */
static void doubt_head(Builder *builder)
{
    const ZpForm *form = builder->form;
    if (form->unit.text && !*form->unit.text && !is_blank(form->department.text))
        doubt_text(builder, &form->department);
    for (guint k = 0; k < form->extra->len; k++) {
        const ZpExtra *extra = g_ptr_array_index(form->extra, k);
        if (is_blank(extra->label.text) || !is_odd_label(builder->labels, extra->label.text))
            continue;
        doubt_text(builder, &extra->label);
        if (!is_blank(extra->value.text))
            doubt(builder, extra->value.text, &extra->value.at);
    }
}

/* A line whose words stand apart as cells do, none of them a label with its value: a row that no table took. */
static bool is_row(const Token *token)
{
    guint n = 0;
    g_autofree char *text = g_strndup(token->text, token->length);
    if (strpbrk(text, ":") || strstr(text, "：") || g_str_has_prefix(text, "注"))
        return false;
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (char **word = words; *word; word++)
        n += **word != '\0';
    return n >= 2;
}

static bool is_guessed(const Builder *builder)
{
    for (guint i = builder->begin; i < builder->end; i++) {
        if (lines_at(builder->lines, i)->table->is_rebuilt)
            return true;
    }
    return false;
}

/* Whether a row of the form, no header, is the next thing below a line of text: that is then the rest of a cell. */
static bool is_above_row(const Builder *builder, guint line)
{
    static const LineMeaning ROWS[] = {LINE_PAIRS, LINE_FUND, LINE_GOAL, LINE_INDICATOR,
                                       LINE_TOTAL};
    while (line < builder->end && line_is_text(lines_at(builder->lines, line)))
        line++;
    bool is_row = false;
    for (gsize k = 0; line < builder->end && k < G_N_ELEMENTS(ROWS); k++)
        is_row |= builder_meaning(builder, line) == ROWS[k];
    return is_row;
}

/* Texts that no table took: else they are no part of the form, and nothing is said of them. */
static void doubt_rows_left(Builder *builder)
{
    bool is_behind = false;
    for (guint i = builder->begin; i < builder->end; i++) {
        const Line *line = lines_at(builder->lines, i);
        Token *token;
        is_behind |= line->table->is_rebuilt;
        if (is_behind && line_is_text(line) && builder_meaning(builder, i) == LINE_OUTSIDE &&
            line_tokens(builder->lines, line, &token, 1) && !token->is_used &&
            (is_row(token) || is_above_row(builder, i)))
            add_unread(builder, token, ZP_LOSS_UNPLACED_TEXT, NULL);
    }
}

void builder_doubt_guesses(Builder *builder)
{
    const ZpForm *form = builder->form;
    if (!is_guessed(builder))
        return;
    for (guint k = 0; k < form->funds->len; k++)
        doubt_fund(builder, k);
    doubt_goals(builder);
    OddRows odd;
    odd_rows_init(&odd, form, builder->labels);
    for (guint k = 0; k < form->indicators->len; k++)
        doubt_indicator(builder, &odd, k);
    odd_rows_clear(&odd);
    doubt_captions(builder);
    doubt_head(builder);
    const ZpValue *const totals[] = {&form->total_weight, &form->total_score};
    for (gsize k = 0; k < G_N_ELEMENTS(totals); k++) {
        if (is_pile(totals[k]->text))
            doubt(builder, totals[k]->text, &totals[k]->at);
    }
    doubt_rows_left(builder);
}
