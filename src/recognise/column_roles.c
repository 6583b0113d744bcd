/*
 * column_roles.c - what the columns of a header are, beside each other.
 *
 * A head alone names a role (columns.c); here the columns of one header settle what only the others can say:
 * sources of money with columns of their own, weights of sections, a target in three cells, two heads that claim
 * one role, and a column that can only be the one that is missing.
 */
#include "recognise/columns.h"

#include "recognise/features.h"

#include <string.h>

/* Rows that say whether a column holds the rows' names. */
#define NAMED_ROWS 2

/*
 * A header may name the sources themselves, with the year's figures of all of them behind:
 *
 *     项目资金 | 中央 | 省地 | 本级 | 其他 | 合计 | 执行数 | 执行率
 */
static void settle_sources(Columns *columns)
{
    bool has_budget = columns_find(columns, ROLE_BUDGET) != NULL;
    for (guint i = 0; i < columns->len; i++) {
        Column *column = &g_array_index(columns, Column, i);
        /* At the table's edge it is the block's own label: 上年结转资金 | 资金类别 | 预算数 | 执行数. */
        if (i == 0 || column->role != ROLE_OTHER ||
            !zp_label_has(&column->head->label, ZP_LABEL_BIT(ZP_LABEL_FUND_ROW)))
            continue;
        if (column->head->label.entry->source != ZP_SOURCE_TOTAL)
            column->role = ROLE_SOURCE;
        else if (!has_budget)
            column->role = ROLE_BUDGET;
    }
}

/* Whether the only weights are merged over the very rows that the levels left of them are: they are the sections'. */
static bool is_merged_alike(const Columns *columns, const Lines *lines, guint line, guint end)
{
    const Column *weight = columns_find(columns, ROLE_WEIGHT);
    for (guint i = line; weight && i < end; i++) {
        const Line *row = lines_at(lines, i);
        for (guint k = 1; k < row->count; k++) {
            const Slot *slot = line_slot(lines, row, k), *left = slot - 1;
            guint span = slot_token(lines, slot)->cell->row_span;
            if (slot->begins && slot->col == weight->col && span > 1 && left->begins &&
                slot_token(lines, left)->cell->row_span == span)
                return true;
        }
    }
    return false;
}

/* The same where merges are lost: a weight stands in the rows that the level beside it has a label in, and in no others. */
static bool are_blank_alike(const Columns *columns, const Lines *lines, guint line, guint end)
{
    guint n_blank = 0, n_both = 0;
    const Column *weight = columns_find(columns, ROLE_WEIGHT);
    const Column *level = columns_find(columns, ROLE_LEVEL1);
    if (!weight || !level || level->end != weight->col || line >= end)
        return false;
    const ZpTable *table = lines_at(lines, line)->table;
    for (guint i = line; i < end && lines_at(lines, i)->table == table; i++) {
        const Line *row = lines_at(lines, i);
        bool has_weight = false, has_level = false;
        for (guint k = 0; k < row->count; k++) {
            const Slot *slot = line_slot(lines, row, k);
            has_weight |= slot->col == weight->col;
            has_level |= slot->col == level->col;
        }
        if (has_weight != has_level || row->count < 2)
            return n_blank && n_both;
        n_blank += !has_weight;
        n_both += has_weight;
    }
    return n_blank && n_both;
}

/* Weights of sections have no head of their own: 一级指标 | 权重 | 二级指标 | 权重 | 三级指标 | 权重. */
static void settle_level_weights(Columns *columns, const Lines *lines, guint line, guint end)
{
    static const Role LEVELS[][2] = {{ROLE_LEVEL1, ROLE_LEVEL1_WEIGHT},
                                     {ROLE_LEVEL2, ROLE_LEVEL2_WEIGHT}};
    guint n = 0;
    for (guint i = 0; i < columns->len; i++)
        n += g_array_index(columns, Column, i).role == ROLE_WEIGHT;
    for (guint i = 1; i < columns->len && (n > 1 || is_merged_alike(columns, lines, line, end) ||
                                           are_blank_alike(columns, lines, line, end));
         i++) {
        Column *column = &g_array_index(columns, Column, i);
        for (guint k = 0; k < G_N_ELEMENTS(LEVELS) && column->role == ROLE_WEIGHT; k++) {
            if (column[-1].role == LEVELS[k][0]) {
                column->role = LEVELS[k][1];
                n--;
            }
        }
    }
}

/* The slot that covers a column; NULL: none does. */
static const Slot *slot_over(const Lines *lines, const Line *row, guint32 col)
{
    for (guint k = 0; k < row->count; k++) {
        const Slot *slot = line_slot(lines, row, k);
        if (slot->col <= col && slot->end > col)
            return slot;
    }
    return NULL;
}

/* Whether the cells of a column, some of several rows, are merged as those of another are, row by row. */
static bool are_merged_alike(const Column *column, const Column *level, const Lines *lines,
                             guint line, guint end)
{
    guint n_merged = 0;
    const ZpTable *table = lines_at(lines, line)->table;
    for (guint i = line; i < end && lines_at(lines, i)->table == table; i++) {
        const Slot *slot = slot_over(lines, lines_at(lines, i), column->col);
        const Slot *of = slot_over(lines, lines_at(lines, i), level->col);
        if (!slot || !slot->begins || (of && of->begins && of->col < level->col))
            continue; /* below a merged cell, or beside the label of the total */
        guint span = slot_token(lines, slot)->cell->row_span;
        if (!of || !of->begins || slot_token(lines, of)->cell->row_span != span)
            return false;
        n_merged += span > 1;
    }
    return n_merged > 0;
}

/* The only weights stand apart from the levels, but are merged over the very rows of each section: they are the sections'. */
static void settle_section_weights(Columns *columns, const Lines *lines, guint line, guint end)
{
    static const Role LEVELS[][2] = {{ROLE_LEVEL1, ROLE_LEVEL1_WEIGHT},
                                     {ROLE_LEVEL2, ROLE_LEVEL2_WEIGHT}};
    Column *weight = (Column *)columns_find(columns, ROLE_WEIGHT);
    for (guint k = 0; k < G_N_ELEMENTS(LEVELS) && weight && line < end; k++) {
        const Column *level = columns_find(columns, LEVELS[k][0]);
        if (!level || !lines_at(lines, line)->table->has_spans ||
            !are_merged_alike(weight, level, lines, line, end))
            continue;
        weight->role = LEVELS[k][1];
        return;
    }
}

/* How sure a head is of its role: a listed spelling before a composed one, that before a weak one. */
static int sureness(const Column *column)
{
    const ZpLabelMatch *label = &column->head->label;
    return label->entry->is_weak ? 0 : label->how == ZP_LABEL_LISTED ? 2 : 1;
}

/* The year in a head (2022年预算数); 0: none. */
static guint year_of(const Column *column)
{
    static const char *const MARK = "年";
    const char *text = column->head->text;
    const char *mark = g_strstr_len(text, column->head->length, MARK);
    return mark && mark - text >= 4 ? (guint)g_ascii_strtoull(mark - 4, NULL, 10) : 0;
}

/* A head without a year is of the form's; where that is not known, of none. */
static guint year_meant(const Column *column, guint year)
{
    guint own = year_of(column);
    return own ? own : year;
}

/* Whether a head is nearer to the form's year, and its own words say so where both mean it; the later one, if that is unknown. */
static bool is_of_year(const Column *column, const Column *other, guint year)
{
    if (!year)
        return year_of(column) > year_of(other);
    bool is_meant = year_meant(column, year) == year, is_other = year_meant(other, year) == year;
    return is_meant != is_other ? is_meant : year_of(column) > year_of(other);
}

/* 预算数 | 调整数 | 调整后预算数: of two budgets the changed one is the year's, and the plain one in front of it the first. */
static void settle_changed(Columns *columns)
{
    static const char *const CHANGED = "调整", *const AFTER = "调整后";
    Column *plain = NULL;
    for (guint i = 0; i < columns->len; i++) {
        Column *column = &g_array_index(columns, Column, i);
        if (column->role != ROLE_BUDGET || !column->head)
            continue;
        bool is_after = g_strstr_len(column->head->text, column->head->length, AFTER) != NULL;
        if (!g_strstr_len(column->head->text, column->head->length, CHANGED)) {
            plain = column;
        } else if (plain && is_after) {
            plain->role = columns_find(columns, ROLE_INITIAL) ? ROLE_OTHER : ROLE_INITIAL;
            return;
        }
    }
}

/* Whether nothing stands in a column from a line on. */
static bool is_blank_below(const Column *column, const Lines *lines, guint line, guint end)
{
    for (; line < end; line++) {
        const Line *row = lines_at(lines, line);
        for (guint k = 0; k < row->count; k++) {
            const Slot *slot = line_slot(lines, row, k);
            if (slot->col >= column->col && slot->col < column->end &&
                slot_token(lines, slot)->length)
                return false;
        }
    }
    return true;
}

/*
 *     计算符号 | 绩效目标值 | 目标值 | 计量单位      a head over the others that a print put among them
 *     ≥        |            | 4258   | 批次
 *
 * Of two columns with one role one that is blank in every row is a head without a column.
 */
static void settle_blanks(Columns *columns, const Lines *lines, guint line, guint end)
{
    for (guint i = 0; i < columns->len; i++) {
        Column *column = &g_array_index(columns, Column, i);
        bool is_double = false;
        for (guint k = 0; k < columns->len && column->head; k++) {
            const Column *other = &g_array_index(columns, Column, k);
            is_double |= k != i && other->head && other->role == column->role &&
                         year_of(other) == year_of(column) &&
                         !is_blank_below(other, lines, line, end);
        }
        if (is_double && column->role >= ROLE_INITIAL && column->role < ROLE_OTHER &&
            is_blank_below(column, lines, line, end))
            column->role = ROLE_OTHER;
    }
}

/* Of several columns with one role the form's year's, then the surest is it, the first of equals; the others keep their label. */
static void settle_doubles(Columns *columns, guint year)
{
    for (guint i = 0; i < columns->len; i++) {
        Column *column = &g_array_index(columns, Column, i);
        if (column->role < ROLE_INITIAL || column->role >= ROLE_OTHER || !column->head)
            continue;
        for (guint k = i + 1; k < columns->len; k++) {
            Column *other = &g_array_index(columns, Column, k);
            if (other->role != column->role || !other->head)
                continue;
            bool is_surer = year_of(other) != year_of(column) ? is_of_year(other, column, year)
                                                              : sureness(other) > sureness(column);
            *(is_surer ? &column->role : &other->role) = ROLE_OTHER;
            if (is_surer)
                break;
        }
    }
}

/*
 * What was done may stand under a head that elsewhere is a goal's or a block's (实际完成情况, 指标完成情况): behind
 * the block's own column, and without a surer one, it can be nothing else.
 */
static void settle_actual(Columns *columns)
{
    static const guint64 DONE = ZP_LABEL_BIT(ZP_LABEL_GOAL_ACTUAL);
    static const guint64 BLOCKS = ZP_LABEL_BIT(ZP_LABEL_INDICATORS_BLOCK) |
                                  ZP_LABEL_BIT(ZP_LABEL_GOALS_BLOCK) |
                                  ZP_LABEL_BIT(ZP_LABEL_OTHER_COLUMN);
    if (columns_find(columns, ROLE_ACTUAL))
        return;
    for (int round = 0; round < 3; round++) {
        for (guint i = 1; i < columns->len; i++) {
            Column *column = &g_array_index(columns, Column, i);
            /* 目标 | 完成: directly behind the target. */
            bool is_behind = column[-1].role == ROLE_TARGET || column[-1].role == ROLE_TARGET_UNIT;
            if (round == 2 && column->role == ROLE_OTHER && column->head && is_behind &&
                !column->head->label.entry && token_says_done(column->head)) {
                column->role = ROLE_ACTUAL;
                column->head->label.how = ZP_LABEL_INFERRED;
                return;
            }
            /* 财政审核完成值 is composed of others' words. */
            bool is_others =
                column->head && column->head->label.how == ZP_LABEL_COMPOSED &&
                zp_label_has(&column->head->label, ZP_LABEL_BIT(ZP_LABEL_OTHER_COLUMN));
            if (round == 2 || !column->head || is_others ||
                !zp_label_has(&column->head->label, round ? BLOCKS : DONE) ||
                (round && !g_strstr_len(column->head->text, column->head->length, "完成")))
                continue;
            column->role = ROLE_ACTUAL;
            if (round)
                column->head->label.how = ZP_LABEL_INFERRED;
            return;
        }
    }
}

/* 年初目标 is an indicator's target where nothing else is. */
static void settle_goal(Columns *columns)
{
    static const guint64 GOALS =
        ZP_LABEL_BIT(ZP_LABEL_GOAL_EXPECTED) | ZP_LABEL_BIT(ZP_LABEL_GOALS_BLOCK);
    if (columns_find(columns, ROLE_TARGET) || columns_find(columns, ROLE_TARGET_VALUE))
        return;
    for (guint i = 1; i < columns->len; i++) {
        Column *column = &g_array_index(columns, Column, i);
        if (!column->head || column->role != ROLE_OTHER ||
            !zp_label_has(&column->head->label, GOALS))
            continue;
        column->role = ROLE_TARGET;
        column->head->label.how = ZP_LABEL_INFERRED;
        return;
    }
}

/* 指标性质 is a target's sign (≥, 定性); where its cells say 定量 or 正向, too, it is a kind of indicator. */
static bool is_kind_column(const Lines *lines, const Column *column, guint line, guint end)
{
    static const char *const WORDS[] = {"定量", "正向", "反向", "逆向", "负向"};
    for (guint i = line; i < end; i++) {
        const Line *row = lines_at(lines, i);
        for (guint k = 0; k < row->count; k++) {
            const Slot *slot = line_slot(lines, row, k);
            const Token *token = slot_token(lines, slot);
            for (guint w = 0; w < G_N_ELEMENTS(WORDS); w++) {
                if (slot->col >= column->col && slot->col < column->end &&
                    g_strstr_len(token->text, token->length, WORDS[w]))
                    return true;
            }
        }
    }
    return false;
}

static void settle_kind(Columns *columns, const Lines *lines, guint line, guint end)
{
    for (guint i = 0; i < columns->len; i++) {
        Column *column = &g_array_index(columns, Column, i);
        if (column->role == ROLE_COMPARATOR && is_kind_column(lines, column, line, end))
            column->role = ROLE_OTHER;
    }
}

/* What the cells below a column are: every one a level, most of them of which. */
static Role level_of_cells(const Lines *lines, const Column *column, guint line, guint end)
{
    guint n_level1 = 0, n_level2 = 0;
    for (guint i = line; i < end; i++) {
        const Line *row = lines_at(lines, i);
        for (guint k = 0; k < row->count; k++) {
            const Slot *slot = line_slot(lines, row, k);
            const Token *token = slot_token(lines, slot);
            if (!slot->begins || slot->col < column->col || slot->col >= column->end)
                continue;
            n_level1 += token->shape == SHAPE_LEVEL1;
            n_level2 += token->shape == SHAPE_LEVEL2;
            if (token->shape < SHAPE_LEVEL1 && !token->label.entry)
                return ROLE_OTHER;
        }
    }
    return n_level1 + n_level2 < 2 ? ROLE_OTHER : n_level1 > n_level2 ? ROLE_LEVEL1 : ROLE_LEVEL2;
}

/* Whether the first rows below a column have a text of their own in it. */
static bool has_text_in_each(const Lines *lines, const Column *column, guint line, guint end)
{
    guint n = 0;
    for (guint i = line; i < end && n < NAMED_ROWS; i++) {
        const Line *row = lines_at(lines, i);
        bool has_text = false;
        for (guint k = 0; k < row->count && !has_text; k++) {
            const Slot *slot = line_slot(lines, row, k);
            has_text = slot->begins && slot->col == column->col &&
                       slot_token(lines, slot)->shape == SHAPE_TEXT &&
                       !slot_token(lines, slot)->label.entry;
        }
        if (!has_text)
            return false;
        n++;
    }
    return n > 0;
}

/* 指标类型 heads the levels where its cells say 数量指标, 社会效益指标 and no other head is theirs. */
static void settle_levels(Columns *columns, const Lines *lines, guint line, guint end)
{
    const Column *names = columns_find(columns, ROLE_LEVEL3);
    if (!names || columns_find(columns, ROLE_LEVEL1) || columns_find(columns, ROLE_LEVEL2))
        return;
    guint32 until = names->col;
    for (guint i = 0; i < columns->len; i++) {
        Column *column = &g_array_index(columns, Column, i);
        if (column->role != ROLE_OTHER || column->col >= until)
            continue;
        column->role = level_of_cells(lines, column, line, end);
        if (column->role != ROLE_OTHER)
            column->head->label.how = ZP_LABEL_INFERRED;
    }
}

/* 绩效指标 names the block, or, in front of the values and without another head of names, the rows. */
static void settle_names(Columns *columns, const Lines *lines, guint line, guint end)
{
    if (columns_find(columns, ROLE_LEVEL3))
        return;
    for (guint i = columns->len; i-- > 0;) {
        Column *column = &g_array_index(columns, Column, i);
        if (column->role != ROLE_BLOCK || !column->head ||
            !has_text_in_each(lines, column, line, end))
            continue;
        if (columns_find(columns, ROLE_LEVEL3)) {
            column->role = ROLE_OTHER; /* 绩效目标 | 绩效指标: the goal that a row is for */
            continue;
        }
        column->role = ROLE_LEVEL3;
        column->head->label.how = ZP_LABEL_INFERRED;
    }
}

bool columns_have_parts(const Columns *columns)
{
    return columns_find(columns, ROLE_COMPARATOR) || columns_find(columns, ROLE_TARGET_UNIT);
}

/* 指标值 beside 指标性质 or 度量单位 is a part of the target; alone it is the target. */
static void settle_target(Columns *columns)
{
    Role role = columns_have_parts(columns) ? ROLE_TARGET_VALUE : ROLE_TARGET;
    for (guint i = 0; i < columns->len; i++) {
        Column *column = &g_array_index(columns, Column, i);
        if (column->role == ROLE_TARGET || column->role == ROLE_TARGET_VALUE)
            column->role = role;
    }
}

/* 预算执行 names the block, too: behind a budget, and without a surer head, it is what was spent. */
static void settle_executed(Columns *columns)
{
    if (columns_find(columns, ROLE_EXECUTED))
        return;
    for (guint i = 1; i < columns->len; i++) {
        Column *column = &g_array_index(columns, Column, i);
        bool is_behind = column[-1].role == ROLE_BUDGET || column[-1].role == ROLE_INITIAL;
        if (column->role != ROLE_BLOCK || !is_behind ||
            !(g_strstr_len(column->head->text, column->head->length, "执行") ||
              g_strstr_len(column->head->text, column->head->length, "支出")))
            continue;
        column->role = ROLE_EXECUTED;
        column->head->label.how = ZP_LABEL_INFERRED;
        return;
    }
}

/* 年度预算数 names a block, too: beside another label, or over figures, it is the figure that its parts say. */
static void settle_figures(Columns *columns, const Lines *lines, const Line *header)
{
    for (guint i = 0; i < columns->len; i++) {
        Column *column = &g_array_index(columns, Column, i);
        if (column->role != ROLE_BLOCK || !column->head ||
            (i == 0 && columns_count_figures(lines, header, column) <= 0))
            continue;
        ZpLabelMatch label = pair_label(lines->labels, column->head);
        Role role = role_of_label(&label);
        if (role < ROLE_INITIAL || role > ROLE_RATE || columns_find(columns, role))
            continue;
        column->role = role;
        column->head->label = label;
    }
}

void columns_settle_funds(Columns *columns, const Lines *lines, const Line *header, int year)
{
    settle_figures(columns, lines, header);
    settle_executed(columns);
    settle_sources(columns);
    settle_changed(columns);
    settle_doubles(columns, (guint)year);
}

void columns_settle_indicators(Columns *columns, const Lines *lines, guint line, guint end,
                               int year)
{
    settle_level_weights(columns, lines, line, end);
    settle_section_weights(columns, lines, line, end);
    settle_names(columns, lines, line, end);
    settle_levels(columns, lines, line, end);
    settle_goal(columns);
    settle_actual(columns);
    settle_kind(columns, lines, line, end);
    settle_target(columns);
    settle_blanks(columns, lines, line, end);
    settle_doubles(columns, (guint)year);
}
