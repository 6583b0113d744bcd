/*
 * goals.c - the year's goals: what was expected and what was done.
 *
 *     年度总体目标 | 预期目标 | 年中调整目标 | 实际完成情况     a header, the texts below it
 *                  | 全年…   | 全年…        | 保障…
 *     项目年度目标 | 全年… | 年度目标完成情况 | 保障…          or each label with its text beside it
 *
 * A text cut by a page break goes on in a row below; it belongs to the column it stands in.  What stands under a head
 * that is neither of the two goes to `extra`.
 */
#include "recognise/evidence.h"
#include "recognise/features.h"

#include <string.h>

#define BIT(kind) LABEL_BIT(kind)

static const guint64 GOAL_LABELS =
    BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL) | BIT(GOALS_BLOCK) | BIT(INDICATORS_BLOCK);

/* Columns of a goals header; what stands beyond is left to be said. */
#define GOAL_COLUMNS_MAX 8

typedef enum { GOAL_EXPECTED, GOAL_ACTUAL, GOAL_OTHER } GoalKind;

typedef struct {
    GoalKind kind;
    guint32 col;
    Token *head;
} GoalColumn;

typedef struct {
    bool has_columns;
    guint32 expected, actual; /* columns of the header's labels; G_MAXUINT32: not there */
    GoalColumn columns[GOAL_COLUMNS_MAX];
    guint n;
} GoalColumns;

/* A goal whose label stands there without a text is blank; without a label it is absent. */
static void meet(ZpText *goal)
{
    if (!goal->text)
        goal->text = "";
}

static void add_column(GoalColumns *columns, GoalKind kind, guint32 col, Token *head)
{
    if (columns->n < GOAL_COLUMNS_MAX)
        columns->columns[columns->n++] = (GoalColumn){kind, col, head};
}

/* 总体目标 is a block's label, too: where a head of the expected goal stands behind it, it is the block's. */
static void drop_block_label(GoalColumns *columns)
{
    for (guint i = 0; i + 1 < columns->n; i++) {
        bool is_again = columns->columns[i].kind == GOAL_EXPECTED &&
                        columns->columns[i + 1].kind == GOAL_EXPECTED;
        if (!is_again)
            continue;
        memmove(columns->columns + i, columns->columns + i + 1,
                (columns->n - i - 1) * sizeof *columns->columns);
        columns->n--;
        i--;
    }
}

/* The goals' own label: beside the texts, in front of their heads. */
static bool is_side(const Builder *builder, const Line *line, const Slot *slot)
{
    const Line *below = line + 1;
    const Token *token = slot_token(builder->lines, slot);
    if (zp_label_has(&token->label, BIT(GOAL_ACTUAL)) || slot != line_slot(builder->lines, line, 0))
        return false;
    return below >= lines_at(builder->lines, builder->end - 1) || below->table != line->table ||
           line_slot(builder->lines, below, 0)->token == slot->token ||
           line_slot(builder->lines, below, 0)->col >= slot->end;
}

/* A head that nobody knows, directly in front of what was done, is what was expected. */
static void infer_expected(Builder *builder, GoalColumns *columns)
{
    for (guint i = 1; i < columns->n && columns->expected == G_MAXUINT32; i++) {
        GoalColumn *left = &columns->columns[i - 1];
        if (columns->columns[i].kind != GOAL_ACTUAL || left->kind != GOAL_OTHER)
            continue;
        left->kind = GOAL_EXPECTED;
        columns->expected = left->col;
        left->head->is_used = true;
        left->head->label.how = ZP_LABEL_INFERRED;
        evidence_note(builder, left->head, "/goals/expected");
    }
}

/* 全年实际完成 behind what was expected is what was done. */
static void infer_actual(Builder *builder, GoalColumns *columns)
{
    for (guint i = 1; i < columns->n && columns->actual == G_MAXUINT32; i++) {
        GoalColumn *column = &columns->columns[i];
        if (column->kind != GOAL_OTHER || columns->expected == G_MAXUINT32 ||
            !token_says_done(column->head))
            continue;
        column->kind = GOAL_ACTUAL;
        columns->actual = column->col;
        column->head->is_used = true;
        column->head->label.how = ZP_LABEL_INFERRED;
        evidence_note(builder, column->head, "/goals/actual");
    }
}

static bool has_head(const Builder *builder, const Line *line, guint64 kinds)
{
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(builder->lines, line, i);
        if (zp_label_has(&slot_token(builder->lines, slot)->label, kinds) &&
            !is_side(builder, line, slot))
            return true;
    }
    return false;
}

/* 总体目标 | 实施期目标 | 年度目标: a block's label among the heads is what was expected where no other head is. */
static void read_header(Builder *builder, const Line *line, GoalColumns *columns)
{
    *columns = (GoalColumns){.has_columns = true, .expected = G_MAXUINT32, .actual = G_MAXUINT32};
    bool has_expected = has_head(builder, line, BIT(GOAL_EXPECTED));
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(builder->lines, line, i);
        Token *token = slot_token(builder->lines, slot);
        if (!zp_label_has(&token->label, GOAL_LABELS)) {
            if (slot->begins && !is_side(builder, line, slot))
                add_column(columns, GOAL_OTHER, slot->col, token);
            continue;
        }
        token->is_used = true;
        mark_seen(builder, token);
        evidence_note(builder, token,
                      zp_label_has(&token->label, BIT(GOAL_ACTUAL)) ? "/goals/actual"
                                                                    : "/goals/expected");
        if (is_side(builder, line, slot))
            continue;
        if (zp_label_has(&token->label, BIT(GOAL_ACTUAL))) {
            columns->actual = slot->col;
            add_column(columns, GOAL_ACTUAL, slot->col, token);
        } else if (zp_label_has(&token->label, BIT(GOAL_EXPECTED)) ||
                   (!has_expected && slot->begins)) {
            columns->expected = slot->col;
            add_column(columns, GOAL_EXPECTED, slot->col, token);
        }
    }
    drop_block_label(columns);
    infer_expected(builder, columns);
    infer_actual(builder, columns);
    if (columns->expected != G_MAXUINT32)
        meet(&builder->form->goal_expected);
    if (columns->actual != G_MAXUINT32)
        meet(&builder->form->goal_actual);
}

static void join(Builder *builder, ZpText *goal, Token *token, const char *pointer)
{
    if (!goal->text || !*goal->text) {
        *goal = take_text(builder, token, "%s", pointer);
        return;
    }
    append_text(builder, &goal->text, token);
    ZpPlace at = zp_cell_place(token->table, token->cell);
    add_repair(builder, "R02", &at, "分开的单元格已接上", "a cell in parts was joined again", "%s",
               pointer);
}

/* The column that a text stands in: as many texts as columns are one of each; NULL: there is no header. */
static const GoalColumn *column_of(const GoalColumns *columns, const Token *token, guint k, guint n)
{
    const GoalColumn *found = columns->n ? columns->columns : NULL;
    if (n == columns->n)
        return &columns->columns[k];
    for (guint i = 0; i < columns->n; i++) {
        if (token->cell->col >= columns->columns[i].col)
            found = &columns->columns[i];
    }
    return found;
}

/* Two texts in a row, of a header with two columns or none, are one of each. */
static GoalKind kind_of(const GoalColumns *columns, const Token *token, guint k, guint n)
{
    const GoalColumn *column = column_of(columns, token, k, n);
    bool is_last_expected = columns->n == 2 && columns->columns[1].kind == GOAL_EXPECTED;
    if (n == 2 && columns->n <= 2 && !is_last_expected)
        return k ? GOAL_ACTUAL : GOAL_EXPECTED;
    return column ? column->kind : GOAL_EXPECTED;
}

static bool is_behind(const GoalColumns *columns, const Token *token)
{
    return columns->actual != G_MAXUINT32 && token->cell->col >= columns->actual;
}

/* A copy of the text to its left, under the same header: a merged cell filled by a converter. */
static bool is_copy(const GoalColumns *columns, const Token *left, const Token *token)
{
    return left && columns->has_columns && tokens_alike(left, token) &&
           is_behind(columns, left) == is_behind(columns, token);
}

/* Whether a lone text begins under one of the header's labels, or there is no header. */
static bool stands_under(const GoalColumns *columns, const Token *token)
{
    for (guint i = 0; i < columns->n; i++) {
        if (token->cell->col == columns->columns[i].col)
            return true;
    }
    return !columns->has_columns;
}

/* 年度目标完成 | 各项补助已发放: below what was expected, a goals' label that speaks of what was done is of that. */
static bool take_done_row(Builder *builder, const Line *line, const GoalColumns *columns)
{
    Token *items[LINE_TOKENS_MAX];
    const ZpForm *form = builder->form;
    bool is_open = !columns->has_columns && form->goal_expected.text && *form->goal_expected.text &&
                   !form->goal_actual.text;
    if (!is_open || line_items(builder->lines, line, 0, items) != 2 ||
        zp_label_has(&items[1]->label, GOAL_LABELS) || !token_says_done(items[0]))
        return false;
    line_use_repeated(builder->lines, line);
    items[0]->is_used = true;
    items[0]->label.how = ZP_LABEL_INFERRED;
    evidence_note(builder, items[0], "/goals/actual");
    join(builder, &builder->form->goal_actual, items[1], "/goals/actual");
    return true;
}

static void take_row(Builder *builder, const Line *line, const GoalColumns *columns)
{
    Token *tokens[LINE_TOKENS_MAX], *texts[LINE_TOKENS_MAX];
    guint n_texts = 0, n = line_tokens(builder->lines, line, tokens, LINE_TOKENS_MAX);
    for (guint i = 0; i < n; i++) {
        if (zp_label_has(&tokens[i]->label, GOAL_LABELS)) {
            tokens[i]->is_used = true;
            mark_seen(builder, tokens[i]);
        } else if (is_copy(columns, n_texts ? texts[n_texts - 1] : NULL, tokens[i])) {
            tokens[i]->is_used = true;
        } else {
            texts[n_texts++] = tokens[i];
        }
    }
    if (n_texts == 1 && !line->after_break && !stands_under(columns, texts[0]))
        return;
    for (guint i = 0; i < n_texts && n_texts <= MAX(columns->n, 2); i++) {
        GoalKind kind = kind_of(columns, texts[i], i, n_texts);
        if (kind == GOAL_OTHER)
            take_extra(builder, NULL, column_of(columns, texts[i], i, n_texts)->head, texts[i]);
        else if (kind == GOAL_ACTUAL)
            join(builder, &builder->form->goal_actual, texts[i], "/goals/actual");
        else
            join(builder, &builder->form->goal_expected, texts[i], "/goals/expected");
    }
}

/* Labels with their texts beside them. */
static void take_goal_pairs(Builder *builder, const Line *line)
{
    Token *tokens[LINE_TOKENS_MAX];
    ZpForm *form = builder->form;
    guint n = line_tokens(builder->lines, line, tokens, LINE_TOKENS_MAX);
    bool actual = false, has_text = false;
    bool has_expected =
        form->goal_expected.text && *form->goal_expected.text; /* in the row above */
    for (guint i = 0; i < n; i++) {
        if (i && tokens_alike(tokens[i - 1], tokens[i])) {
            tokens[i]->is_used = true; /* a copy that filled a merged cell */
            continue;
        }
        /* 目标信息 | 预期目标 | …: a label of the block that nobody knows. */
        if (!i && n > 2 && tokens[0]->cell->col == 0 && !tokens[0]->label.entry &&
            zp_label_has(&tokens[1]->label, BIT(GOAL_EXPECTED))) {
            tokens[0]->is_used = true;
            continue;
        }
        /* 总体目标 | 建成1条 | 实际完成 | 已建成; a block's own label stands in front of another one. */
        bool is_block = zp_label_has(&tokens[i]->label, BIT(GOALS_BLOCK));
        bool is_done = (has_text || is_block || (!i && has_expected)) && i + 1 < n &&
                       !zp_label_has(&tokens[i + 1]->label, GOAL_LABELS) &&
                       token_says_done(tokens[i]);
        if (!is_done && !zp_label_has(&tokens[i]->label, GOAL_LABELS)) {
            join(builder, actual ? &form->goal_actual : &form->goal_expected, tokens[i],
                 actual ? "/goals/actual" : "/goals/expected");
            has_text = true;
            continue;
        }
        tokens[i]->is_used = true;
        mark_seen(builder, tokens[i]);
        actual = is_done || zp_label_has(&tokens[i]->label, BIT(GOAL_ACTUAL));
        meet(actual ? &form->goal_actual : &form->goal_expected);
        if (is_done) {
            tokens[i]->label.how = ZP_LABEL_INFERRED;
            evidence_note(builder, tokens[i], "/goals/actual");
        }
    }
}

void builder_take_goals(Builder *builder)
{
    GoalColumns columns = {0};
    for (guint i = builder->begin; i < builder->end; i++) {
        const Line *line = lines_at(builder->lines, i);
        LineMeaning meaning = builder_meaning(builder, i);
        if (meaning == LINE_GOAL_HEAD)
            read_header(builder, line, &columns);
        else if (meaning == LINE_GOAL_PAIRS)
            take_goal_pairs(builder, line);
        else if (meaning == LINE_GOAL && !take_done_row(builder, line, &columns))
            take_row(builder, line, &columns);
        else if (meaning != LINE_GOAL)
            continue;
        builder->form->blocks |= ZP_BLOCK_GOALS;
    }
}
