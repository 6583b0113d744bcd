/*
 * total.c - the total row: weight, score and grade.
 *
 *     总分 |  |  |  |  |  | 100 | 95.98 | 优
 */
#include "recognise/evidence.h"
#include "recognise/features.h"

/* 总分 | 100 | 95.98 | 优 */
#define APART_COLUMNS 4

static Token *token_of_role(const Builder *builder, const Line *line, const Columns *columns,
                            Role role, int shift)
{
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(builder->lines, line, i);
        Token *token = slot_token(builder->lines, slot);
        const Column *column = columns_at(columns, slot->col, shift);
        if (slot->begins && column && column->role == role && shape_is_figure(token->shape))
            return token;
    }
    return NULL;
}

static bool is_grade(const Builder *builder, const Token *token)
{
    token_fold(token, builder->scratch);
    return zp_labels_is_grade(builder->labels, builder->scratch->str, builder->scratch->len);
}

static ZpValue take_figure(Builder *builder, const Line *line, const Columns *columns, Role role,
                           int shift)
{
    const Column *column = columns_find(columns, role);
    const char *name = role == ROLE_SCORE ? "score" : "weight";
    if (!column)
        return (ZpValue){0};
    Token *token = token_of_role(builder, line, columns, role, shift);
    return take_value(builder, token, line, (gint64)column->col + shift, "/total/%s", name);
}

/* Without the indicators' header: the last figure is the score, one before it the weight. */
static void take_by_order(Builder *builder, const Line *line, Token **figures, guint n)
{
    ZpForm *form = builder->form;
    if (n == 0 || n > 2)
        return;
    form->total_score = take_value(builder, figures[n - 1], line, 0, "/total/score");
    if (n == 2)
        form->total_weight = take_value(builder, figures[0], line, 0, "/total/weight");
}

/* Sums under heads that no field takes: 复核得分. */
static void take_others(Builder *builder, const Line *line, const Columns *columns, int shift)
{
    Token *tokens[LINE_TOKENS_MAX];
    guint n = line_tokens(builder->lines, line, tokens, LINE_TOKENS_MAX);
    for (guint i = 1; i < n; i++) {
        const Column *column = columns_at(columns, tokens[i]->cell->col, shift);
        if (column &&
            (column->role == ROLE_OTHER || column->role == ROLE_LEVEL1_WEIGHT ||
             column->role == ROLE_LEVEL2_WEIGHT) &&
            column->head && !tokens[i]->is_used && shape_is_figure(tokens[i]->shape))
            take_extra(builder, tokens[0], column->head, tokens[i]);
    }
}

/*
 * 总分 | 100 | 95.98 | 优 in cells side by side, the first figure where the rows have names: the row is not laid on their
 * columns, as in a sheet whose total is a small table of its own.
 */
static bool stand_beside_label(const Builder *builder, const Line *line, const Columns *columns,
                               Token **figures)
{
    const Slot *label = line_slot(builder->lines, line, 0);
    const Column *column = columns_at(columns, figures[0]->cell->col, 0);
    bool is_name = column && column->role >= ROLE_LEVEL1 && column->role <= ROLE_LEVEL3;
    return is_name && label->end == figures[0]->cell->col &&
           figures[0]->cell->col + 1 == figures[1]->cell->col;
}

/*
 * 总分 | 100 | 95.98, its blank cells lost: as many figures as the rows have columns of weights and scores are one of each, where
 * they do not stand in them.  Their shift; 0: they stand there, or are others.
 */
static int lost_blanks(const Builder *builder, const Line *line, const Columns *columns,
                       Role weights, Token **figures, guint n)
{
    const Column *weight = columns_find(columns, weights),
                 *score = columns_find(columns, ROLE_SCORE);
    bool is_beside = n == 2 && stand_beside_label(builder, line, columns, figures);
    if ((line->table->has_spans && !is_beside) || n != 2 || !weight || !score)
        return 0;
    const Column *first = weight->col < score->col ? weight : score;
    if (is_beside)
        return (int)figures[0]->cell->col - (int)first->col;
    bool is_there = token_of_role(builder, line, columns, weights, 0) ||
                    token_of_role(builder, line, columns, ROLE_SCORE, 0);
    return is_there ? 0 : (int)figures[0]->cell->col - (int)first->col;
}

/* The column of the weights: where sections alone have them, theirs are summed, the innermost. */
static Role role_of_weights(const Columns *columns)
{
    static const Role WEIGHTS[] = {ROLE_WEIGHT, ROLE_LEVEL2_WEIGHT, ROLE_LEVEL1_WEIGHT};
    guint k = 0;
    while (k + 1 < G_N_ELEMENTS(WEIGHTS) && !columns_find(columns, WEIGHTS[k]))
        k++;
    return WEIGHTS[k];
}

/*
 * 自评得分 | 99: one cell over the columns of the weight and the score, as the format says or as copies that begin left of
 * both show.  It is the score, and no cell is the weight's.
 */
static Token *figure_over_both(const Builder *builder, const Line *line, const Columns *columns)
{
    const Column *weight = columns_find(columns, role_of_weights(columns)),
                 *score = columns_find(columns, ROLE_SCORE);
    if (!weight || !score)
        return NULL;
    guint32 first = MIN(weight->col, score->col), last = MAX(weight->col, score->col);
    for (guint i = 0, k; i < line->count; i = k) {
        const Slot *slot = line_slot(builder->lines, line, i), *end = slot;
        for (k = i + 1; k < line->count && slot_repeats(builder->lines, end + 1); k++)
            end++;
        bool is_one = end == slot || slot->col < first;
        if (is_one && slot->col <= first && end->end > last &&
            shape_is_figure(slot_token(builder->lines, slot)->shape))
            return slot_token(builder->lines, slot);
    }
    return NULL;
}

static void take_by_columns(Builder *builder, guint index, const Columns *columns, Token **figures,
                            guint n)
{
    gint8 shift;
    const Line *line = lines_at(builder->lines, index);
    g_autoptr(GArray) row = g_array_new(FALSE, FALSE, sizeof(guint));
    g_array_append_val(row, index);
    columns_align(builder->lines, columns, BLOCK_TOTAL, row, &shift);
    Role weights = role_of_weights(columns);
    int lost = lost_blanks(builder, line, columns, weights, figures, n);
    if (lost) {
        bool is_weight_first =
            columns_find(columns, weights)->col < columns_find(columns, ROLE_SCORE)->col;
        builder->form->total_weight =
            take_value(builder, figures[!is_weight_first], line, 0, "/total/weight");
        builder->form->total_score =
            take_value(builder, figures[is_weight_first], line, 0, "/total/score");
        note_shift(builder, line, lost, "/total");
        return;
    }
    builder->form->total_weight = take_figure(builder, line, columns, weights, shift);
    builder->form->total_score = take_figure(builder, line, columns, ROLE_SCORE, shift);
    use_copies(builder, line, columns, shift);
    take_others(builder, line, columns, shift);
    note_shift(builder, line, shift, "/total");
}

/* Whether the row is a narrower table of its own: it has no columns of the indicators. */
static bool is_apart(const Line *line, const Columns *columns)
{
    const Column *last = &g_array_index(columns, Column, columns->len - 1);
    return last->head && line->table != last->head->table && !line->table->is_rebuilt &&
           line->table->n_rows == 1 && line->table->n_cols <= APART_COLUMNS &&
           line->table->n_cols < last->end;
}

/*
 * A score that stands alone in its row but under no score column is still the total.  Left of the weights it may lie over
 * them, or their blank is lost with the others: no cell is known to be theirs.
 */
static void take_lone_score(Builder *builder, const Columns *columns, Token **figures, guint n,
                            const Line *line)
{
    ZpForm *form = builder->form;
    bool blank = form->total_score.text && !*form->total_score.text;
    bool no_weight = !form->total_weight.text || !*form->total_weight.text;
    const Column *weight = columns_find(columns, role_of_weights(columns));
    if (n != 1 || !blank || !no_weight)
        return;
    form->total_score = take_value(builder, figures[0], line, 0, "/total/score");
    if (weight && figures[0]->cell->col < weight->col)
        form->total_weight = (ZpValue){0};
}

void builder_take_total(Builder *builder, guint index, const Columns *columns)
{
    Token *tokens[LINE_TOKENS_MAX], *figures[LINE_TOKENS_MAX];
    const Line *line = lines_at(builder->lines, index);
    guint n_figures = 0, n = line_tokens(builder->lines, line, tokens, LINE_TOKENS_MAX);
    if (builder->form->blocks & ZP_BLOCK_TOTAL)
        return;
    builder->form->blocks |= ZP_BLOCK_TOTAL;
    if (n)
        evidence_note(builder, tokens[0], "/total");
    for (guint i = 0; i < n; i++) {
        if (shape_is_figure(tokens[i]->shape))
            figures[n_figures++] = tokens[i];
        else if (zp_label_has(&tokens[i]->label,
                              ZP_LABEL_BIT(ZP_LABEL_TOTAL) | ZP_LABEL_BIT(ZP_LABEL_HEADLINE)))
            take_text(builder, tokens[i], "/total");
        else if (is_grade(builder, tokens[i]) && !builder->form->total_grade.text)
            builder->form->total_grade = take_text(builder, tokens[i], "/total/grade");
    }
    Token *over = columns ? figure_over_both(builder, line, columns) : NULL;
    if (over) {
        take_by_order(builder, line, &over, 1);
        line_use_repeated(builder->lines, line);
    } else if (columns && !is_apart(line, columns)) {
        take_by_columns(builder, index, columns, figures, n_figures);
        take_lone_score(builder, columns, figures, n_figures, line);
    } else {
        take_by_order(builder, line, figures, n_figures);
    }
}
