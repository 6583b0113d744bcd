/*
 * column_sums.c - a column of the funds that the form's own figures explain.
 *
 *     资金 | 来源 | 预算 | 支出 | 占比          占比 is spending over budget in every row: the rate
 *          | 中央 | 200  | 150  | 75%
 *          | 省级 | 100  | 90   | 90%
 *
 * Sums confirm what a head may be; no figure is made of them.  Of two columns that would do, none is taken.
 */
#include "recognise/columns.h"

#include "base/decimal.h"

#include <string.h>

/* Places that a share of 1 has: with fewer any figure would do. */
#define SHARE_SCALE 2
/* Rows of which all must agree; what stands below is not needed to tell. */
#define SUM_ROWS 16
/* A figure that is longer is none. */
#define FIGURE_BYTES_MAX 40

/* A plain figure: grouped or not, with or without a percent sign. */
static bool read_figure(const Token *token, ZpDecimal *out, bool *is_percent)
{
    char plain[FIGURE_BYTES_MAX];
    gsize n = 0;
    const char *end = token->text + token->length;
    *is_percent = false;
    for (const char *at = token->text; at < end; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c == '%' || c == 0xFF05)
            *is_percent = true;
        else if (c < 0x80 && strchr("+-.0123456789", (int)c) && n + 1 < sizeof plain)
            plain[n++] = (char)c;
        else if (c != ',' && !g_unichar_isspace(c))
            return false;
    }
    return zp_decimal_parse(plain, n, out);
}

static const Token *figure_at(const Lines *lines, const Line *line, const Column *column)
{
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(lines, line, i);
        if (slot->begins && slot->col >= column->col && slot->col < column->end)
            return slot_token(lines, slot);
    }
    return NULL;
}

/* Whether a rate is spending over budget, however it was rounded; in per cent or as a share. */
static bool is_quotient(ZpDecimal executed, ZpDecimal budget, ZpDecimal rate, bool is_percent)
{
    ZpDecimal hundredfold, low, high;
    if (zp_decimal_sign(rate) <= 0)
        return false;
    for (int round = is_percent || rate.scale < SHARE_SCALE; round < 2; round++) {
        ZpDecimal factor = zp_decimal_from_int(round ? 100 : 1);
        if (zp_decimal_multiply(executed, factor, &hundredfold) &&
            zp_decimal_divide(hundredfold, budget, rate.scale, ZP_ROUND_DOWN, &low) &&
            zp_decimal_divide(hundredfold, budget, rate.scale, ZP_ROUND_UP, &high) &&
            zp_decimal_compare(low, rate) <= 0 && zp_decimal_compare(rate, high) <= 0)
            return true;
    }
    return false;
}

/* Whether the three columns agree in every row that has a figure in each; none at all is no agreement. */
static bool agree(const Lines *lines, const GArray *rows, const Column *budget,
                  const Column *executed, const Column *rate)
{
    guint n = 0;
    const Column *columns[] = {budget, executed, rate};
    for (guint i = 0; i < rows->len && i < SUM_ROWS; i++) {
        ZpDecimal figures[3];
        bool is_percent = false, has_all = true;
        for (guint k = 0; k < G_N_ELEMENTS(columns) && has_all; k++) {
            const Token *token =
                figure_at(lines, lines_at(lines, g_array_index(rows, guint, i)), columns[k]);
            has_all = token && read_figure(token, &figures[k], &is_percent);
        }
        if (!has_all || zp_decimal_sign(figures[0]) == 0 || zp_decimal_sign(figures[1]) == 0)
            continue;
        if (!is_quotient(figures[1], figures[0], figures[2], is_percent))
            return false;
        /* A bare 1 where all was spent may as well be a row's number. */
        n += is_percent || zp_decimal_compare(figures[0], figures[1]) != 0;
    }
    return n > 0;
}

/* Whether two columns are weights and the scores of them: none above its weight, most of them full. */
static bool are_scores(const Lines *lines, const GArray *rows, const Column *weight,
                       const Column *score)
{
    guint n = 0, n_full = 0;
    const Column *columns[] = {weight, score};
    for (guint i = 0; i < rows->len && i < SUM_ROWS; i++) {
        ZpDecimal figures[2];
        bool ignored;
        const Line *line = lines_at(lines, g_array_index(rows, guint, i));
        guint n_texts = 0, n_figures = 0;
        for (guint k = 0; k < G_N_ELEMENTS(columns); k++) {
            const Token *token = figure_at(lines, line, columns[k]);
            n_texts += token != NULL;
            n_figures += token && read_figure(token, &figures[k], &ignored);
        }
        if (n_figures < n_texts)
            return false;
        if (n_figures < G_N_ELEMENTS(columns))
            continue;
        int order = zp_decimal_compare(figures[1], figures[0]);
        if (order > 0)
            return false;
        n++;
        n_full += order == 0;
    }
    return n >= 2 && 2 * n_full >= n;
}

void columns_settle_scores(Columns *columns, const Lines *lines, const GArray *rows)
{
    const Column *weight = columns_find(columns, ROLE_WEIGHT);
    const Column *score = columns_find(columns, ROLE_SCORE);
    Column *found = NULL;
    for (guint i = 0; i < columns->len && !weight != !score; i++) {
        Column *column = &g_array_index(columns, Column, i);
        if (column->role != ROLE_OTHER || !column->head || column->head->label.entry ||
            !are_scores(lines, rows, weight ? weight : column, weight ? column : score))
            continue;
        if (found)
            return;
        found = column;
    }
    if (!found)
        return;
    found->role = weight ? ROLE_SCORE : ROLE_WEIGHT;
    found->head->label.how = ZP_LABEL_INFERRED;
}

/*
 * 预算调整数 says by how much a budget was changed, or what it is since: the former where money was spent of a
 * budget of nothing or less.
 */
static void drop_adjustment(Columns *columns, const Lines *lines, const GArray *rows)
{
    Column *budget = (Column *)columns_find(columns, ROLE_BUDGET);
    const Column *executed = columns_find(columns, ROLE_EXECUTED);
    if (!budget || !executed || !budget->head ||
        !(g_strstr_len(budget->head->text, budget->head->length, "调整数") ||
          g_strstr_len(budget->head->text, budget->head->length, "调整金额")))
        return;
    for (guint i = 0; i < rows->len && i < SUM_ROWS; i++) {
        bool ignored;
        ZpDecimal change, spent;
        const Line *line = lines_at(lines, g_array_index(rows, guint, i));
        const Token *tokens[] = {figure_at(lines, line, budget), figure_at(lines, line, executed)};
        if (tokens[0] && tokens[1] && read_figure(tokens[0], &change, &ignored) &&
            read_figure(tokens[1], &spent, &ignored) && zp_decimal_sign(change) <= 0 &&
            zp_decimal_sign(spent) > 0) {
            budget->role = ROLE_OTHER;
            return;
        }
    }
}

void columns_settle_sums(Columns *columns, const Lines *lines, const GArray *rows)
{
    static const Role ROLES[] = {ROLE_BUDGET, ROLE_EXECUTED, ROLE_RATE};
    const Column *known[G_N_ELEMENTS(ROLES)];
    guint n_known = 0, missing = 0;
    drop_adjustment(columns, lines, rows);
    for (guint k = 0; k < G_N_ELEMENTS(ROLES); k++) {
        known[k] = columns_find(columns, ROLES[k]);
        n_known += known[k] != NULL;
        missing = known[k] ? missing : k;
    }
    if (n_known + 1 != G_N_ELEMENTS(ROLES))
        return;
    Column *found = NULL;
    for (guint i = 0; i < columns->len; i++) {
        Column *column = &g_array_index(columns, Column, i);
        if (column->role != ROLE_OTHER || !column->head)
            continue;
        known[missing] = column;
        if (!agree(lines, rows, known[0], known[1], known[2]))
            continue;
        if (found)
            return;
        found = column;
    }
    if (!found)
        return;
    found->role = ROLES[missing];
    found->head->label.how = ZP_LABEL_INFERRED;
}
