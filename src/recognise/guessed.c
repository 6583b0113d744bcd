/*
 * guessed.c - what a layout that was guessed from blank space says of itself.
 *
 * Where only blank space parts the columns, a wrong column shows in what came of it: figures of two columns in one
 * cell, a level called 35, a row without a name, rows left over as lines of text.  Where a format says its cells there are none of these
 * doubts: the form itself is odd then, and the rules say so.
 */
#include "recognise/guessed.h"

#include <stddef.h>
#include <string.h>

static const size_t INDICATOR_FIGURES[] = {
    offsetof(ZpIndicator, weight),
    offsetof(ZpIndicator, score),
    offsetof(ZpIndicator, target),
    offsetof(ZpIndicator, actual),
};

static const size_t FUND_FIGURES[] = {
    offsetof(ZpFund, initial), offsetof(ZpFund, budget), offsetof(ZpFund, executed),
    offsetof(ZpFund, weight),  offsetof(ZpFund, rate),   offsetof(ZpFund, score),
};

static const ZpValue *value_at(gconstpointer row, size_t offset)
{
    return (const ZpValue *)((const char *)row + offset);
}

static bool is_blank(const char *text)
{
    return !text || !*text;
}

/* Whether a place was in doubt before anybody looked at what came of it. */
static bool is_doubted(const ZpForm *form, const ZpPlace *at)
{
    for (guint k = 0; k < form->unread->len; k++) {
        const ZpPlace *other = &((const ZpUnread *)g_ptr_array_index(form->unread, k))->text.at;
        if (other->table == at->table && other->row == at->row && other->col == at->col)
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

static bool has_digit(const char *word)
{
    return word[strcspn(word, "0123456789")] != '\0';
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

static void doubt_piles(Builder *builder, gconstpointer row, const size_t *offsets, gsize n)
{
    for (gsize k = 0; k < n; k++) {
        const ZpValue *value = value_at(row, offsets[k]);
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

/* Those behind the form's tables are else no part of it, and nothing is said of them. */
static void doubt_rows_left(Builder *builder)
{
    bool is_behind = false;
    for (guint i = builder->begin; i < builder->end; i++) {
        const Line *line = lines_at(builder->lines, i);
        Token *token;
        is_behind |= line->table->is_rebuilt;
        if (is_behind && line_is_text(line) && builder_meaning(builder, i) == LINE_OUTSIDE &&
            line_tokens(builder->lines, line, &token, 1) && is_row(token))
            add_unread(builder, token, ZP_LOSS_UNPLACED_TEXT, NULL);
    }
}

void builder_doubt_guesses(Builder *builder)
{
    const ZpForm *form = builder->form;
    if (!is_guessed(builder))
        return;
    for (guint k = 0; k < form->funds->len; k++)
        doubt_piles(builder, zp_form_fund(form, k), FUND_FIGURES, G_N_ELEMENTS(FUND_FIGURES));
    for (guint k = 0; k < form->indicators->len; k++) {
        const ZpIndicator *row = zp_form_indicator(form, k);
        doubt_piles(builder, row, INDICATOR_FIGURES, G_N_ELEMENTS(INDICATOR_FIGURES));
        doubt_levels(builder, row);
        doubt_nameless(builder, row);
    }
    const ZpValue *const totals[] = {&form->total_weight, &form->total_score};
    for (gsize k = 0; k < G_N_ELEMENTS(totals); k++) {
        if (is_pile(totals[k]->text))
            doubt(builder, totals[k]->text, &totals[k]->at);
    }
    doubt_rows_left(builder);
}
