/*
 * classify.c - what each line of a form is.
 *
 * A form runs through its blocks in one direction: head, funds, goals, indicators, tail.  A
 * line's labels decide first; a line without any belongs to the block under way.
 */
#include "recognise/evidence.h"
#include "recognise/extent.h"
#include "recognise/features.h"
#include "recognise/funds.h"
#include "recognise/indicator_heads.h"

#include <string.h>

#define BIT(kind) LABEL_BIT(kind)

static const guint64 BLOCKS = BIT(FUNDS_BLOCK) | BIT(GOALS_BLOCK) | BIT(INDICATORS_BLOCK);

typedef enum { IN_HEAD, IN_FUNDS, IN_GOALS, IN_INDICATORS, IN_TAIL } State;

/* The way through a form. */
typedef struct {
    State state;
    Extent extent; /* of the block under way */
    bool has_goals, has_actual;
    bool are_fund_pairs; /* the year's figures stand beside their labels */
    bool are_turned;     /* the sources of money have columns */
    bool are_pairs;      /* the goals stand beside their labels */
    bool is_new_table;   /* this line begins one */
} Way;

/* A title or a year line, before anything else of the form. */
static LineMeaning title_or_year(const Builder *builder, const Line *line)
{
    bool alone;
    const Token *token = line_title(builder->lines, line);
    if (!token)
        return LINE_PAIRS;
    token_fold(token, builder->scratch);
    const char *folded = builder->scratch->str;
    gsize length = builder->scratch->len;
    int year = zp_labels_year(builder->labels, folded, length, &alone);
    if (year && alone)
        return LINE_YEAR;
    if (zp_labels_is_title(builder->labels, folded, length))
        return LINE_TITLE;
    g_autoptr(GString) without = g_string_new(NULL);
    if (!year)
        return LINE_PAIRS;
    /* A title and its year in one cell, whatever stands between them. */
    for (const char *cut = folded; (cut = strstr(cut, "自评")) != NULL; cut += 3) {
        const char *behind = cut + strlen("自评");
        if (g_str_has_prefix(behind, "表"))
            behind += strlen("表");
        g_string_truncate(without, 0);
        g_string_append_len(without, folded, behind - folded);
        if (zp_labels_is_title(builder->labels, without->str, without->len))
            return LINE_TITLE;
    }
    return LINE_PAIRS;
}

static bool has_plain_text(const Features *features)
{
    for (guint i = 0; i < features->n; i++) {
        if (!features->tokens[i]->label.entry)
            return true;
    }
    return false;
}

/*
 * Whether the line below has texts alone, each below a cell of this line: the cells are heads then, whatever they say.
 *
 *     年度绩效目标 | 绩效目标内容   | 目标完成情况 | 未完成原因
 *                  | 培训50人次     | 培训40人次   | 疫情影响
 */
static bool has_goals_below(const Builder *builder, const Line *line)
{
    guint n = 0;
    const Line *below = line + 1;
    if (line >= lines_at(builder->lines, builder->end - 1) || below->table != line->table)
        return false;
    for (guint i = 0; i < below->count; i++) {
        const Slot *slot = line_slot(builder->lines, below, i);
        const Token *token = slot_token(builder->lines, slot);
        bool is_below = false;
        if (!slot->begins)
            continue;
        for (guint k = 0; k < line->count && !is_below; k++) {
            const Slot *head = line_slot(builder->lines, line, k);
            is_below = head->begins && head->col == slot->col;
        }
        if (!is_below || token->label.entry ||
            (token->shape != SHAPE_TEXT && !shape_is_figure(token->shape)))
            return false;
        n += token->shape == SHAPE_TEXT;
    }
    return n >= 2;
}

/* A header of the goals block has labels only, or the texts below it; else each label has its text beside it. */
static LineMeaning goal_line(const Builder *builder, const Line *line, const Features *features)
{
    return has_plain_text(features) && !has_goals_below(builder, line) ? LINE_GOAL_PAIRS
                                                                       : LINE_GOAL_HEAD;
}

/* The block that a line without telling labels belongs to. */
static LineMeaning line_of_state(State state, const Line *line)
{
    static const LineMeaning MEANINGS[] = {
        [IN_HEAD] = LINE_PAIRS,           [IN_FUNDS] = LINE_FUND, [IN_GOALS] = LINE_GOAL,
        [IN_INDICATORS] = LINE_INDICATOR, [IN_TAIL] = LINE_PAIRS,
    };
    if (line_is_text(line) && state != IN_HEAD && state != IN_TAIL)
        return LINE_LOOSE;
    return MEANINGS[state];
}

/* The label of a value beside it, first in its line, outside the rows of a block. */
static bool begins_pairs(const Features *features, State state)
{
    const Token *first = features->tokens[0];
    if (!zp_label_has(&first->label, PAIR_LABELS))
        return false;
    if (state == IN_INDICATORS)
        return features->n_figures < 2;
    return state != IN_FUNDS || !zp_label_has(&first->label, BIT(FUND_ROW));
}

static bool is_total(const Builder *builder, const Line *line, const Features *features,
                     const Way *way)
{
    bool has_row;
    State state = way->state;
    /* 100 | 合计: the weights, or numbers of the rows, may stand in front. */
    bool has_front = features->n > 1 && shape_is_figure(features->tokens[0]->shape);
    const Token *first = features->tokens[has_front];
    /* 自评总分 below the indicators is their sum where no other row is, above them the head's score. */
    if (state == IN_INDICATORS && features->n_figures &&
        zp_label_has(&first->label, BIT(HEADLINE)) && !first->label.value_offset)
        return !features_total_below(builder, line, &has_row);
    /* A misprinted 总分 has nothing but figures behind it. */
    if (state == IN_INDICATORS && features->n_figures && features->n_figures <= 2 &&
        features->n == features->n_figures + 1)
        evidence_mend(builder->labels, features->tokens[0], BIT(TOTAL));
    if (!zp_label_has(&first->label, BIT(TOTAL)))
        return false;
    return state == IN_INDICATORS || ((state != IN_TAIL || features->n_figures) &&
                                      !zp_label_has(&first->label, BIT(FUND_ROW)));
}

/* The sum of a section: 小计, or 合计 with another one at the end; its level may stand beside it. */
static bool is_subtotal(const Builder *builder, const Line *line, const Features *features,
                        const Way *way)
{
    bool is_sum = false, has_row;
    if (way->state != IN_INDICATORS || !features->n_figures)
        return false;
    for (guint i = 0; i < features->n; i++) {
        const Token *token = features->tokens[i];
        if (zp_label_has(&token->label, BIT(SUBTOTAL)))
            is_sum = true;
        else if (!is_sum && zp_label_has(&token->label, BIT(TOTAL)))
            is_sum = features_total_below(builder, line, &has_row) && has_row;
        else if (!shape_is_figure(token->shape) && (is_sum || token->shape < SHAPE_LEVEL1))
            return false;
    }
    return is_sum;
}

/* A label of the foot with its text, below the indicators or the goals. */
static bool is_foot(const Features *features, State state)
{
    return (state == IN_INDICATORS || state == IN_GOALS) && features->n == 2 &&
           !features->n_figures && zp_label_has(&features->tokens[0]->label, BIT(FOOT));
}

/* A label of the foot in a row of its own, with its text in the row below. */
static bool is_foot_head(const Builder *builder, const Line *line, const Features *features,
                         State state)
{
    Token *below[LINE_TOKENS_MAX];
    if (state < IN_GOALS || features->n != 1 || line_is_text(line) ||
        !zp_label_has(&features->tokens[0]->label, BIT(FOOT)) ||
        line >= lines_at(builder->lines, builder->end - 1) || line[1].table != line->table)
        return false;
    guint n = line_items(builder->lines, line + 1, 0, below);
    return n == 1 && !below[0]->label.entry && below[0]->shape == SHAPE_TEXT;
}

/* Labels of goals in a row that is none of the block under way: two, or one in front of its text. */
static bool are_goals(const Builder *builder, const Line *line, const Features *features,
                      const Way *way)
{
    bool has_goals = way->has_goals;
    const ZpLabelMatch *first = &features->tokens[0]->label;
    Token *items[LINE_TOKENS_MAX];
    guint n = line_items(builder->lines, line, 0, items); /* without copies */
    if (features->n_figures || n < 2)
        return false;
    return features->n_goal_labels >= 2 ||
           (has_goals && !way->has_actual && n == 2 &&
            (zp_label_has(first, BIT(GOAL_ACTUAL)) || token_says_done(features->tokens[0]))) ||
           (!has_goals && (features_is_goal_beside(builder, line) ||
                           (n == 2 && zp_label_has(first, GOAL_HEADS)) ||
                           (zp_label_has(first, BIT(GOALS_BLOCK)) &&
                            zp_label_has(&features->tokens[1]->label, GOAL_HEADS))));
}

/* A goals label opens its block once; in the tail or under the indicators more must say so. */
static bool begins_goals(const Builder *builder, const Line *line, const Features *features,
                         const Way *way)
{
    if (way->state > IN_GOALS ||
        (way->state == IN_GOALS && way->are_pairs && !way->has_actual && !features->n_goal_labels))
        return are_goals(builder, line, features, way);
    return features->n_goal_labels ||
           (way->state < IN_GOALS && (zp_label_has(&features->tokens[0]->label, BIT(GOALS_BLOCK)) ||
                                      features_is_goal_beside(builder, line)));
}

/* 二、预算执行情况: a headline between the form's blocks. */
static bool is_heading(const Builder *builder, const Token *token)
{
    token_fold(token, builder->scratch);
    return zp_labels_is_heading(builder->labels, builder->scratch->str, builder->scratch->len);
}

/* A row of one figure of every source: its name is the first cell that is no label of a block. */
static bool line_is_turned(const Builder *builder, const Line *line)
{
    Token *items[LINE_TOKENS_MAX];
    guint n = line_items(builder->lines, line, 0, items);
    bool has_side = n && zp_label_has(&items[0]->label, BIT(FUNDS_BLOCK));
    return n > has_side && zp_label_has(&items[has_side]->label, FUND_HEADS | SCORE_HEADS);
}

static bool has_actual_goal(const Features *features)
{
    for (guint i = 0; i < features->n; i++) {
        bool may_say = i + 1 < features->n && i % 2 == 0;
        if (zp_label_has(&features->tokens[i]->label, BIT(GOAL_ACTUAL)) ||
            (may_say && token_says_done(features->tokens[i])))
            return true;
    }
    return false;
}

/* The block that a header begins. */
static void begin_block(const Builder *builder, Way *way, const Line *header, State state)
{
    static const struct {
        guint64 names, values, needed;
    } HEADS[] = {
        [IN_FUNDS] = {0, FUND_HEADS},
        [IN_GOALS] = {BIT(GOAL_EXPECTED), 0},
        [IN_INDICATORS] = {BIT(LEVEL1_HEAD) | BIT(LEVEL2_HEAD) | BIT(LEVEL3_HEAD), 0,
                           BIT(TARGET) | BIT(ACTUAL)},
    };
    way->are_fund_pairs = false;
    way->extent = extent_begin(builder->lines, header, HEADS[state].names, HEADS[state].values,
                               HEADS[state].needed);
    way->state = state;
}

/* What a row is that is none of the block under way: a goal beside its label, or some other label with its value. */
static LineMeaning leave_block(const Builder *builder, const Line *line, Way *way,
                               const Features *features, RowPlace place)
{
    if (features->n_goal_labels && !way->has_goals && way->state != IN_GOALS) {
        *way = (Way){.state = IN_GOALS,
                     .has_goals = true,
                     .has_actual = has_actual_goal(features),
                     .are_pairs = true};
        return goal_line(builder, line, features);
    }
    if (place == ROW_BEHIND)
        way->state = IN_TAIL;
    return LINE_PAIRS;
}

/*
 * Below goals beside their labels a row with texts of its own is no goal; and a table goes on with the one before it only
 * where it has as many columns, and no goal does.
 */
static RowPlace place_of(const Builder *builder, const Way *way, const Line *line,
                         const Features *features)
{
    const Line *header = way->extent.header;
    /* Where a header is a table of its own, as blank lines between the rows of a text make it, so is every row. */
    bool is_elsewhere = way->is_new_table && header && header->table->n_rows > 1;
    if (is_elsewhere && features->n >= 2 &&
        (way->state == IN_GOALS ||
         (!features->n_figures && header->table->n_cols != line->table->n_cols)))
        return ROW_BEHIND;
    if (way->state == IN_GOALS && way->are_pairs)
        return features->n >= 2 && !line->table->is_rebuilt && !line->after_break ? ROW_BEHIND
                                                                                  : ROW_INSIDE;
    return way->state == IN_HEAD || way->state == IN_TAIL
               ? ROW_INSIDE
               : extent_place(&way->extent, builder->lines, line);
}

/* Figures of the funds beside their labels; 自评得分 | 99 alone is among them only below others: else it is the form's. */
static bool are_fund_pairs(const Builder *builder, const Line *line, const Features *features,
                           const Way *way)
{
    bool is_theirs =
        way->state == IN_FUNDS &&
        (way->are_fund_pairs || !zp_label_has(&features->tokens[0]->label, BIT(HEADLINE)));
    return (features->n_fund_heads || is_theirs) && features_are_pairs(builder, line);
}

static LineMeaning classify_line(const Builder *builder, const Line *line, Way *way)
{
    Features features;
    State *state = &way->state;
    features_read(builder, line, &features);
    if (line_is_repeated(builder->lines, line))
        return LINE_REPEATED;
    if (features.n == 1 && is_furniture(builder, features.tokens[0]))
        return LINE_FURNITURE;
    if (features.n == 1 && *state != IN_TAIL && is_heading(builder, features.tokens[0]))
        return LINE_HEADING;
    if (*state == IN_HEAD) {
        LineMeaning meaning = title_or_year(builder, line);
        if (meaning != LINE_PAIRS)
            return meaning;
    }
    if (*state != IN_HEAD && features_are_index(builder, &features))
        return LINE_INDEX;
    bool divides = *state == IN_INDICATORS && way->extent.header &&
                   way->extent.header + 1 == line && !features.n_figures &&
                   line->table == way->extent.header->table && heads_divide(builder, line);
    if (divides)
        return LINE_INDICATOR_HEAD_AGAIN;
    if (features_head_indicators(&features)) {
        bool again = *state == IN_INDICATORS;
        Extent before = way->extent;
        begin_block(builder, way, line, IN_INDICATORS);
        if (again && way->extent.names == G_MAXUINT32) /* a second line of the header */
            way->extent = before;
        return again ? LINE_INDICATOR_HEAD_AGAIN : LINE_INDICATOR_HEAD;
    }
    if (*state == IN_FUNDS && funds_are_paired(builder, way->extent.header, line))
        return LINE_FUND;
    if (are_fund_pairs(builder, line, &features, way)) {
        *way = (Way){.state = IN_FUNDS,
                     .has_goals = way->has_goals,
                     .has_actual = way->has_actual,
                     .are_fund_pairs = true};
        return LINE_FUND_PAIRS;
    }
    if (way->are_fund_pairs && *state == IN_FUNDS && features_are_part_pairs(builder, line))
        return LINE_FUND_PAIRS;
    if (way->are_turned && line_is_turned(builder, line))
        return LINE_FUND_TURNED;
    way->are_turned = *state <= IN_GOALS && features_head_sources(builder, line);
    if (way->are_turned) {
        way->state = IN_FUNDS;
        way->extent = (Extent){0};
        return LINE_FUND_SOURCES;
    }
    if (*state <= IN_FUNDS && features_have_pairs(builder, line))
        return LINE_PAIRS;
    if (features.n_fund_heads >= 2 &&
        (*state <= IN_FUNDS || features_head_funds(builder, &features, line))) {
        begin_block(builder, way, line, IN_FUNDS);
        return LINE_FUND_HEAD;
    }
    if (is_subtotal(builder, line, &features, way))
        return LINE_SUBTOTAL;
    if (is_total(builder, line, &features, way)) {
        *state = IN_TAIL;
        return LINE_TOTAL;
    }
    if (begins_goals(builder, line, &features, way)) {
        LineMeaning meaning = goal_line(builder, line, &features);
        begin_block(builder, way, line, IN_GOALS);
        way->has_goals = true;
        way->has_actual |= has_actual_goal(&features);
        way->are_pairs = meaning == LINE_GOAL_PAIRS;
        return meaning;
    }
    if (features.n == 1 && !features.tokens[0]->label.value_offset &&
        zp_label_has(&features.tokens[0]->label, BLOCKS))
        return LINE_HEADING;
    if (is_foot_head(builder, line, &features, *state)) {
        *state = IN_TAIL;
        return LINE_PAIRS;
    }
    if (begins_pairs(&features, *state) || is_foot(&features, *state)) {
        /* A label with its value below the indicators ends them, unless their rows go on. */
        *state = *state == IN_INDICATORS ? IN_TAIL : *state;
        return LINE_PAIRS;
    }
    RowPlace place = place_of(builder, way, line, &features);
    if (place == ROW_INSIDE && *state == IN_FUNDS && way->are_fund_pairs && !line_is_text(line))
        return LINE_PAIRS; /* no header says what its cells were */
    return place == ROW_INSIDE ? line_of_state(*state, line)
                               : leave_block(builder, line, way, &features, place);
}

/* An unknown label with its value in a line directly below one of a known label: 是否跨年项目：否 */
static bool is_among_pairs(const Builder *builder, guint line)
{
    Token *token, *first;
    const Line *at = lines_at(builder->lines, line);
    if (line == builder->begin || line_tokens(builder->lines, at, &token, 1) != 1)
        return false;
    builder_find_inline(token);
    for (guint i = line; token->label.value_offset && i-- > builder->begin;) {
        const Line *above = lines_at(builder->lines, i);
        if (!line_is_text(above) || above[1].after_break ||
            builder_meaning(builder, i) != LINE_PAIRS ||
            line_tokens(builder->lines, above, &first, 1) != 1)
            return false;
        if (zp_label_has(&first->label, PAIR_LABELS))
            return true;
    }
    return false;
}

/* Lines of text in the head count only with a label; those behind the form's last table never do. */
static void settle_text_lines(Builder *builder)
{
    bool behind = true;
    for (guint i = builder->end; i-- > builder->begin;) {
        const Line *line = lines_at(builder->lines, i);
        guint8 *meaning = &builder->meanings[i - builder->begin];
        if (!line_is_text(line)) {
            behind = behind && *meaning == LINE_OUTSIDE;
            continue;
        }
        Token *first;
        line_tokens(builder->lines, line, &first, 1);
        bool has_label = zp_label_has(&first->label, PAIR_LABELS);
        if (*meaning == LINE_PAIRS && !has_label && !is_among_pairs(builder, i))
            *meaning = LINE_OUTSIDE;
        if (behind && (*meaning == LINE_LOOSE || *meaning == LINE_FURNITURE))
            *meaning = LINE_OUTSIDE;
    }
}

/*
 * Whether the table that begins is the form's: its first one always.  One that says nothing goes on with the table before
 * it where that has as many columns, until the total row.
 */
static bool is_of_form(TableSort sort, const Line *line, const ZpTable *before, bool has_total)
{
    if (!before || sort >= TABLE_LABELLED ||
        (sort == TABLE_PLAIN && !line->table->has_spans && !has_total))
        return true; /* in text a blank line parts tables, which says nothing */
    return (sort == TABLE_PLAIN || !line->table->has_spans) && !has_total &&
           before->n_cols == line->table->n_cols;
}

/* Behind the total row a line of text counts where it is the label of a block directly above its table. */
static bool is_label_above(const Builder *builder, guint line, const guint8 *sorts)
{
    Token *token;
    return line + 1 < builder->end && sorts[line + 1 - builder->begin] == TABLE_HEADED &&
           line_tokens(builder->lines, lines_at(builder->lines, line), &token, 1) &&
           zp_label_has(&token->label, BLOCKS);
}

void builder_classify(Builder *builder)
{
    Way way = {.state = IN_HEAD};
    bool has_total = false, is_foreign = false;
    const ZpTable *of_form = NULL;
    g_autofree guint8 *sorts = tables_sort(builder);
    for (guint i = builder->begin; i < builder->end; i++) {
        const Line *line = lines_at(builder->lines, i);
        LineMeaning meaning = LINE_OUTSIDE;
        TableSort sort = (TableSort)sorts[i - builder->begin];
        if (sort != TABLE_NONE) {
            is_foreign = !is_of_form(sort, line, of_form, has_total);
            way.is_new_table = !is_foreign && of_form && !line->table->is_rebuilt;
            of_form = is_foreign ? of_form : line->table;
        }
        if (line_is_text(line) ? !has_total || is_label_above(builder, i, sorts) : !is_foreign)
            meaning = classify_line(builder, line, &way);
        else if (sort == TABLE_ASIDE)
            meaning = LINE_LOOSE; /* what begins here is not read, which is said */
        has_total |= meaning == LINE_TOTAL;
        way.is_new_table &= line_is_text(line);
        builder->meanings[i - builder->begin] = (guint8)meaning;
    }
    settle_text_lines(builder);
}
