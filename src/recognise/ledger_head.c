/*
 * ledger_head.c - the header of a list of projects.
 *
 *     序号 | 项目名称 | 预算单位 |  预算执行情况（万元）  |      得分
 *          |          |          | 预算数 | 执行数 | 执行率 | 执行 | 产出 | … | 总分
 *
 * A form has 项目名称 too, but its value beside it and the figures' heads in rows below.  Here the heads stand
 * in the rows that the cell 项目名称 reaches down (or the ones below it are blank), and values only under them.
 * A head that covers several columns gives way to the heads below it.
 */
#include "recognise/ledger_head.h"

#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* What no project is called: names of a form's blocks, and the head itself. */
static const guint64 OF_FORMS = BIT(PROJECT) | BIT(FUNDS_BLOCK) | BIT(GOALS_BLOCK) |
                                BIT(INDICATORS_BLOCK) | BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL) |
                                BIT(LEVEL1_HEAD) | BIT(LEVEL3_HEAD) | BIT(LEVEL1) | BIT(LEVEL2);

/* What a head's label makes of its column; of several heads of a role the first row here that fits wins. */
static const struct {
    guint64 kinds;
    LedgerRole role;
    int rank;
} ROLES[] = {
    {BIT(PROJECT), LEDGER_PROJECT, 1}, {BIT(INITIAL), LEDGER_INITIAL, 1},
    {BIT(BUDGET), LEDGER_BUDGET, 2},   {BIT(EXECUTED), LEDGER_EXECUTED, 2},
    {BIT(RATE), LEDGER_RATE, 1},       {BIT(HEADLINE), LEDGER_SCORE, 3},
    {BIT(TOTAL), LEDGER_SCORE, 2},     {BIT(SCORE), LEDGER_SCORE, 1},
    {BIT(UNIT), LEDGER_UNIT, 2},       {BIT(DEPARTMENT), LEDGER_UNIT, 1},
};

static bool find_role(const ZpLabelMatch *label, LedgerRole *role, int *rank)
{
    if (!label->entry || label->value_offset)
        return false;
    for (gsize k = 0; k < G_N_ELEMENTS(ROLES); k++) {
        if (!zp_label_has(label, ROLES[k].kinds))
            continue;
        *role = ROLES[k].role;
        *rank = ROLES[k].rank - label->entry->is_weak;
        return true;
    }
    return false;
}

/* The head of a list's name column. */
static const Slot *find_project(const Lines *lines, const Line *line)
{
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(lines, line, i);
        const ZpLabelMatch *label = &slot_token(lines, slot)->label;
        if (slot->begins && zp_label_has(label, BIT(PROJECT)) && !label->value_offset)
            return slot;
    }
    return NULL;
}

/* A line below the first one that still belongs to the header. */
static bool goes_on(const Lines *lines, const Line *line, const Line *first, const Slot *project)
{
    const Token *token = slot_token(lines, project);
    guint n_labels = 0;
    if (line->table != first->table)
        return false;
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(lines, line, i);
        const Token *below = slot_token(lines, slot);
        if (slot->begins && (shape_is_figure(below->shape) ||
                             (slot->col < project->end && slot->end > project->col)))
            return false;
        n_labels += slot->begins && below->label.entry;
    }
    /* One label alone is a heading: 一、市本级. */
    return n_labels > 1 || line->row < first->row + token->cell->row_span;
}

/* Whether heads in the lines below the slot's stand under it. */
static bool has_heads_below(const Lines *lines, const Slot *slot, guint from, guint end)
{
    for (guint k = from; k < end; k++) {
        const Line *line = lines_at(lines, k);
        for (guint i = 0; i < line->count; i++) {
            const Slot *below = line_slot(lines, line, i);
            if (below->begins && below->col < slot->end && below->end > slot->col)
                return true;
        }
    }
    return false;
}

static void take_column(LedgerHead *head, const Lines *lines, guint line, const Slot *slot)
{
    LedgerRole role;
    int rank;
    const Token *token = slot_token(lines, slot);
    if (!find_role(&token->label, &role, &rank))
        return;
    LedgerColumn *column = &head->columns[role];
    bool is_first = column->col == column->end;
    if (!is_first && rank <= column->rank) {
        column->n_equal += rank == column->rank;
        return;
    }
    *column = (LedgerColumn){.col = slot->col,
                             .end = slot->end,
                             .rank = rank,
                             .currency = token->label.currency,
                             .line = line,
                             .head = slot->token};
}

static bool is_there(const LedgerHead *head, LedgerRole role)
{
    return head->columns[role].col < head->columns[role].end;
}

/* Heads beside each other; a form's 项目名称 has a value beside it, and so has each label that follows. */
static bool are_heads(const Lines *lines, const Line *line)
{
    guint n_labels = 0, n_others = 0;
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(lines, line, i);
        const Token *token = slot_token(lines, slot);
        bool is_label = token->label.entry && !token->label.value_offset;
        if (shape_is_figure(token->shape))
            return false;
        n_labels += is_label;
        n_others += !is_label;
    }
    return n_labels >= 3 && 3 * n_others <= n_labels;
}

bool ledger_head_at(const Lines *lines, guint line, guint end, LedgerHead *head)
{
    const Line *first = lines_at(lines, line);
    const Slot *project = find_project(lines, first);
    if (!project || line_is_text(first) || !are_heads(lines, first))
        return false;
    LedgerHead found = {.table = first->table, .n_lines = 1};
    while (found.n_lines < LEDGER_HEAD_LINES && line + found.n_lines < end &&
           goes_on(lines, lines_at(lines, line + found.n_lines), first, project))
        found.n_lines++;
    for (guint k = line; k < line + found.n_lines; k++) {
        const Line *row = lines_at(lines, k);
        for (guint i = 0; i < row->count; i++) {
            const Slot *slot = line_slot(lines, row, i);
            if (slot->begins && !has_heads_below(lines, slot, k + 1, line + found.n_lines))
                take_column(&found, lines, k, slot);
        }
    }
    guint n_figures = 0;
    for (LedgerRole role = LEDGER_BUDGET; role <= LEDGER_INITIAL; role++)
        n_figures += is_there(&found, role);
    if (n_figures < 2 || !is_there(&found, LEDGER_PROJECT))
        return false;
    *head = found;
    return true;
}

Token *ledger_token_of(const Lines *lines, const Line *line, const LedgerColumn *column)
{
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(lines, line, i);
        if (slot->col < column->end && slot->end > column->col)
            return slot_token(lines, slot);
    }
    return NULL;
}

bool ledger_is_name(const Token *token)
{
    bool is_bare = shape_is_figure(token->shape) && token->shape != SHAPE_QUANTITY; /* 3号楼改造 */
    return !is_bare && !token->label.value_offset && !zp_label_has(&token->label, OF_FORMS);
}

bool ledger_is_row(const Lines *lines, const Line *line, const LedgerHead *head)
{
    const Token *project = ledger_token_of(lines, line, &head->columns[LEDGER_PROJECT]);
    if (!project || !ledger_is_name(project))
        return false;
    for (LedgerRole role = LEDGER_BUDGET; role <= LEDGER_SCORE; role++) {
        const Token *token =
            is_there(head, role) ? ledger_token_of(lines, line, &head->columns[role]) : NULL;
        if (token && token != project && shape_is_figure(token->shape))
            return true;
    }
    return false;
}

bool ledger_starts_at(const Lines *lines, guint line, guint end, LedgerHead *head)
{
    if (!ledger_head_at(lines, line, end, head))
        return false;
    for (guint k = line + head->n_lines; k < MIN(end, line + LEDGER_LOOK_LINES); k++) {
        Token *tokens[2];
        const Line *below = lines_at(lines, k);
        if (below->table != head->table)
            return false;
        if (ledger_is_row(lines, below, head))
            return true;
        if (line_tokens(lines, below, tokens, 2) > 1 &&
            ledger_token_of(lines, below, &head->columns[LEDGER_PROJECT]))
            return false;
    }
    return false;
}
