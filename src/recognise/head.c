/*
 * head.c - title, year and the labels with values beside them, in a form's head and foot.
 *
 *     主管部门 | 某局 | | 实施单位 | 某中心 |          known labels, each with what follows it
 *     自评得分 | 98 | 财政审核评分 |                  a label whose value is blank
 *     部门：某中心 | | 公开14表                       label and value in one cell
 *     工作难点 | 无                                  an unknown label: goes to `extra`
 */
#include "recognise/features.h"
#include "recognise/prose.h"

#include <string.h>

#define BIT(kind) LABEL_BIT(kind)

/* A longer text without a colon is no label. */
#define UNKNOWN_LABEL_BYTES_MAX 60

void builder_take_currency(Builder *builder, const Token *token)
{
    if (!token->label.currency || builder->form->currency_unit.text)
        return;
    builder->form->currency_unit = (ZpText){
        .text = token->label.currency,
        .at = zp_cell_place(token->table, token->cell),
    };
}

/* Money units stand behind 单位 too: "单位：万元" is a currency, not a unit. */
static const char *currency_in(const char *text)
{
    static const char *const UNITS[] = {"元", "万元", "亿元"};
    if (g_str_has_prefix(text, "人民币"))
        text += strlen("人民币");
    for (guint i = 0; i < G_N_ELEMENTS(UNITS); i++) {
        const char *behind = text + strlen(UNITS[i]);
        if (g_str_has_prefix(text, UNITS[i]) &&
            (!*behind || strcmp(behind, ")") == 0 || strcmp(behind, "）") == 0))
            return UNITS[i];
    }
    return NULL;
}

/* The currency at the end of a text, 自评表（2022年度）单位：万元; @begin is set to where its label begins. */
static const char *currency_behind(const char *text, gsize *begin)
{
    static const char *const LABELS[] = {"单位：", "单位:"};
    static const char *const KINDS[] = {"金额", "货币", "资金"};
    for (guint i = 0; i < G_N_ELEMENTS(LABELS); i++) {
        const char *label = g_strrstr(text, LABELS[i]);
        const char *unit = label ? currency_in(label + strlen(LABELS[i])) : NULL;
        if (!unit)
            continue;
        *begin = (gsize)(label - text);
        for (guint k = 0; k < G_N_ELEMENTS(KINDS); k++) {
            gsize length = strlen(KINDS[k]);
            if (*begin >= length && memcmp(text + *begin - length, KINDS[k], length) == 0)
                *begin -= length;
        }
        return unit;
    }
    return NULL;
}

static void take_currency_behind(Builder *builder, const Token *token)
{
    gsize begin;
    g_autofree char *text = g_strndup(token->text, token->length);
    const char *unit = currency_behind(text, &begin);
    if (unit && !builder->form->currency_unit.text)
        builder->form->currency_unit =
            (ZpText){.text = unit, .at = zp_cell_place(token->table, token->cell)};
}

static void take_year(Builder *builder, Token *token)
{
    token_fold(token, builder->scratch);
    int year = zp_labels_year(builder->labels, builder->scratch->str, builder->scratch->len, NULL);
    token->is_used = true;
    take_currency_behind(builder, token);
    if (!year || builder->form->year)
        return;
    builder->form->year = year;
    builder->form->year_at = zp_cell_place(token->table, token->cell);
}

/* Without a bracket that opens at the end, and blanks before it. */
static gsize without_opening(const char *text, gsize end)
{
    while (end && (g_ascii_isspace(text[end - 1]) || text[end - 1] == '('))
        end--;
    gsize wide = strlen("（");
    return end > wide && memcmp(text + end - wide, "（", wide) == 0 ? end - wide : end;
}

/* Without the currency that stands behind a title; one in a bracket that follows directly is a part of the title. */
static gsize without_currency(const Token *token)
{
    gsize begin;
    g_autofree char *text = g_strndup(token->text, token->length);
    if (!currency_behind(text, &begin) || !begin)
        return token->length;
    gsize end = without_opening(text, begin);
    bool is_bracket = end < begin && !g_ascii_isspace(text[begin - 1]);
    return is_bracket && !g_ascii_isspace(text[end]) ? token->length : end;
}

/*
 * Where a title ends that has its year or the currency behind it in the same cell: on a line of its own, or set off by a
 * blank.  A bracket that follows the title directly is printed as a part of it.
 */
static gsize title_end(const Builder *builder, const Token *token)
{
    bool alone;
    gsize end = without_currency(token);
    for (gsize i = end; i-- > 1;) {
        /* 自评表2023年度: a break between the two is lost. */
        bool is_glued = i > strlen("表") && token->text[i] != '(' &&
                        !g_str_has_prefix(token->text + i, "（") &&
                        memcmp(token->text + i - strlen("表"), "表", strlen("表")) == 0;
        if (!g_ascii_isspace(token->text[i]) && !is_glued)
            continue;
        g_string_truncate(builder->scratch, 0);
        zp_text_append_folded(builder->scratch, token->text + i, end - i);
        if (zp_labels_year(builder->labels, builder->scratch->str, builder->scratch->len, &alone) &&
            alone)
            return without_opening(token->text, i);
    }
    return end;
}

static void take_title(Builder *builder, Token *token)
{
    take_year(builder, token);
    if (builder->form->title.text)
        return;
    if (token->had_markup) {
        ZpPlace at = zp_cell_place(token->table, token->cell);
        add_repair(builder, "R04", &at, "去掉了标题里当作文字印出的标记",
                   "mark-up printed as text was taken out of the title", "/title");
    }
    builder->form->title = take_part(builder, token, 0, title_end(builder, token));
}

static void add_extra(Builder *builder, ZpText label, const ZpValue *value)
{
    ZpExtra *extra = zp_form_add_extra(builder->form);
    extra->label = label;
    extra->value = *value;
}

/* Puts an extra where it would stand if it had been one from the beginning. */
static void insert_extra(Builder *builder, guint position, ZpText label, const ZpValue *value)
{
    GPtrArray *extras = builder->form->extra;
    add_extra(builder, label, value);
    gpointer last = g_ptr_array_steal_index(extras, extras->len - 1);
    g_ptr_array_insert(extras, (gint)position, last);
}

/* Gives a field the better of two values (rank in labels.yaml); the other one goes to `extra`. */
static void take_ranked(Builder *builder, ZpText *field, Ranked *held, const Token *label,
                        ZpText label_text, const ZpValue *value)
{
    int rank = label->label.entry->rank;
    if (field->text && rank <= held->rank) {
        add_extra(builder, label_text, value);
        return;
    }
    if (field->text) {
        ZpValue old = {.text = field->text, .at = field->at};
        insert_extra(builder, held->position, held->label, &old);
    }
    *field = (ZpText){.text = value->text, .at = value->at};
    *held = (Ranked){.rank = rank, .label = label_text, .position = builder->form->extra->len};
}

static void take_currency_value(Builder *builder, const ZpValue *value)
{
    const char *unit = currency_in(value->text);
    if (unit && !builder->form->currency_unit.text)
        builder->form->currency_unit = (ZpText){.text = unit, .at = value->at};
}

/* A value that is a year and nothing else: 2019, 2019年, 二〇一九年度. */
static int year_in(const Builder *builder, const char *text)
{
    bool alone;
    char *behind;
    guint64 year = g_ascii_strtoull(text, &behind, 10);
    if (!*behind && behind - text == 4)
        return year >= 1900 && year < 2100 ? (int)year : 0;
    g_string_truncate(builder->scratch, 0);
    zp_text_append_folded(builder->scratch, text, strlen(text));
    year = (guint64)zp_labels_year(builder->labels, builder->scratch->str, builder->scratch->len,
                                   &alone);
    return alone ? (int)year : 0;
}

static void set_year(Builder *builder, const ZpValue *value)
{
    builder->form->year = year_in(builder, value->text);
    builder->form->year_at = value->at;
}

static bool is_figure(const char *text)
{
    Shape shape = shape_of_text(text, strlen(text));
    return shape >= SHAPE_SMALL && shape <= SHAPE_COMPARED;
}

/* 年度目标：加装电梯20部。 A goal behind its label, where no block has it. */
static void take_goal(Builder *builder, const Token *label, ZpText label_text, ZpText text)
{
    ZpForm *form = builder->form;
    bool is_actual = zp_label_has(&label->label, BIT(GOAL_ACTUAL));
    ZpText *goal = is_actual ? &form->goal_actual : &form->goal_expected;
    bool has_block = false;
    for (guint i = builder->begin; i < builder->end && !has_block; i++) {
        LineMeaning meaning = builder_meaning(builder, i);
        has_block = meaning == LINE_GOAL_HEAD || meaning == LINE_GOAL_PAIRS;
    }
    if (goal->text || has_block) {
        add_extra(builder, label_text,
                  &(ZpValue){.text = text.text, .at = text.at, .ocr = text.ocr});
        return;
    }
    *goal = text;
    form->blocks |= ZP_BLOCK_GOALS;
}

/* Gives a known label's value to its field; what no field takes goes to `extra`. */
static void assign(Builder *builder, Token *label, ZpText label_text, const ZpValue *value)
{
    ZpForm *form = builder->form;
    const ZpLabelMatch *match = &label->label;
    ZpText text = {.text = value->text, .at = value->at};
    if (zp_label_has(match, BIT(PROJECT)) && !form->project.text)
        form->project = text;
    else if (zp_label_has(match, BIT(YEAR)) && !form->year && year_in(builder, value->text))
        set_year(builder, value);
    else if (zp_label_has(match, BIT(CURRENCY)) && currency_in(value->text))
        take_currency_value(builder, value);
    else if (zp_label_has(match, BIT(DEPARTMENT)))
        take_ranked(builder, &form->department, &builder->held_department, label, label_text,
                    value);
    else if (zp_label_has(match, BIT(UNIT)))
        take_ranked(builder, &form->unit, &builder->held_unit, label, label_text, value);
    else if (zp_label_has(match, BIT(HEADLINE)) && !form->headline.text)
        form->headline = *value;
    else if (zp_label_has(match, GOAL_HEADS | BIT(GOALS_BLOCK)) && match->value_offset)
        take_goal(builder, label, label_text, text);
    else if (!is_figure(value->text) || !builder_take_fund_value(builder, label, value))
        add_extra(builder, label_text, value);
}

/* A label's own text, without colon. */
ZpText builder_label_text(Builder *builder, Token *token)
{
    gsize end = token->label.value_offset ? token->label.value_offset : token->length;
    ZpText text = take_part(builder, token, 0, end);
    return without_colon(builder, text);
}

static bool is_label(const Token *token)
{
    return zp_label_has(&token->label, PAIR_LABELS);
}

/* An unknown text that stands where a label would: short, no sentence, with a value or a blank place behind it. */
static bool may_be_label(const Token *token, const Token *next, const Line *line)
{
    if (token->length > UNKNOWN_LABEL_BYTES_MAX || token->shape != SHAPE_TEXT ||
        g_strstr_len(token->text, token->length, "。"))
        return token->label.entry != NULL;
    if (next)
        return !is_label(next);
    return !line_is_text(line) && token->cell->col + token->cell->col_span < line->table->n_cols;
}

/* Where the next label with its value begins in a text: behind a blank; the text's length: nowhere. */
static gsize next_inline(const Builder *builder, const Token *token, ZpLabelMatch *match)
{
    const char *end = token->text + token->length;
    const char *at = token->text + token->label.value_offset;
    for (const char *next; at < end; at = next) {
        next = g_utf8_next_char(at);
        if (!g_unichar_isspace(g_utf8_get_char(at)) || next >= end ||
            g_unichar_isspace(g_utf8_get_char(next)))
            continue;
        gsize rest = (gsize)(end - next);
        if ((zp_labels_match(builder->labels, next, rest, match) ||
             zp_labels_compose(builder->labels, next, rest, match)) &&
            match->value_offset)
            return (gsize)(next - token->text);
    }
    return token->length;
}

/* 全年预算数：120万元: a figure's or a goal's name is a label in front of a colon, too. */
static void name_figure(Builder *builder, Token *token)
{
    ZpLabelMatch match;
    static const guint64 NAMES = FUND_HEADS | GOAL_HEADS | BIT(GOALS_BLOCK);
    guint32 offset = token->label.value_offset;
    if ((zp_labels_match(builder->labels, token->text, offset, &match) ||
         zp_labels_compose(builder->labels, token->text, offset, &match)) &&
        zp_label_has(&match, NAMES)) {
        token->label = match;
        token->label.value_offset = offset;
    }
}

/* 完成情况：… behind 年度目标：… */
static bool is_done_behind(const Builder *builder, const Token *token, const char *value)
{
    Token label = *token;
    label.length = token->label.value_offset;
    return builder->form->goal_expected.text && !builder->form->goal_actual.text &&
           !is_figure(value) && token_says_done(&label);
}

/* 填报单位：某局 填报日期：2023年2月10日 单位：万元 */
static void take_inline(Builder *builder, Token *token)
{
    const Token whole = *token;
    for (gsize begin = 0; begin < whole.length;) {
        ZpLabelMatch next;
        gsize end = next_inline(builder, token, &next);
        ZpText label = builder_label_text(builder, token);
        ZpText text = take_part(builder, token, token->label.value_offset, end);
        ZpValue value = {.text = text.text, .at = text.at};
        if (!token->label.entry)
            name_figure(builder, token);
        if (token->label.entry)
            assign(builder, token, label, &value);
        else if (is_done_behind(builder, token, value.text))
            builder->form->goal_actual = text;
        else
            add_extra(builder, label, &value);
        begin += end;
        token->text += end;
        token->length -= (guint32)end;
        token->label = next;
    }
    token->text = whole.text;
    token->length = whole.length;
    token->label = whole.label;
}

/* The line's cells; copies beside them are used up with them. */
static guint take_items(Builder *builder, const Line *line, Token **items)
{
    line_use_repeated(builder->lines, line);
    return line_items(builder->lines, line, 0, items);
}

void builder_take_beside(Builder *builder, Token *label, Token *beside, const Line *line)
{
    builder_take_currency(builder, label);
    ZpText text = builder_label_text(builder, label);
    ZpValue value = take_value(builder, beside, line, label->cell->col + label->cell->col_span,
                               "/extra/%u", builder->form->extra->len);
    if (label->label.entry)
        assign(builder, label, text, &value);
    else if (!builder->form->year && g_strstr_len(text.text, -1, "年") &&
             year_in(builder, value.text))
        set_year(builder, &value);
    else
        add_extra(builder, text, &value);
}

/* A label and what follows it; returns how many tokens that took. */
static guint take_pair(Builder *builder, const Line *line, Token **tokens, guint n)
{
    Token *next = n > 1 && !is_label(tokens[1]) ? tokens[1] : NULL;
    builder_take_beside(builder, tokens[0], next, line);
    return next ? 2 : 1;
}

/* A colon behind a text that no list knows as a label: 业务处室：综合处. */
void builder_find_inline(Token *token)
{
    static const char *const STOPS[] = {"，", "。", "；", ",", ";", "://"};
    if (token->label.entry || token->label.value_offset || token->shape != SHAPE_TEXT)
        return;
    const char *end = token->text + token->length;
    for (const char *at = token->text; at < end; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        gsize length = (gsize)(at - token->text);
        if (c != ':' && c != 0xFF1A)
            continue;
        for (guint i = 0; i < G_N_ELEMENTS(STOPS); i++) {
            const char *stop = g_strstr_len(token->text, (gssize)length + 3, STOPS[i]);
            if (stop && stop <= at)
                return;
        }
        const char *value = g_utf8_next_char(at);
        if (length && length <= UNKNOWN_LABEL_BYTES_MAX && !g_ascii_isdigit(at[-1]) &&
            value < end && !zp_text_is_blank(value, (gsize)(end - value)))
            token->label.value_offset = (guint32)(value - token->text);
        return;
    }
}

/* 五、存在问题、原因及下一步整改措施 */
static bool is_numbered(const Token *token)
{
    static const char *const NUMBERS[] = {"一", "二", "三", "四", "五",
                                          "六", "七", "八", "九", "十"};
    for (guint i = 0; i < G_N_ELEMENTS(NUMBERS); i++) {
        gsize length = strlen(NUMBERS[i]);
        if (token->length > length && memcmp(token->text, NUMBERS[i], length) == 0 &&
            g_str_has_prefix(token->text + length, "、"))
            return token->length <= 2 * UNKNOWN_LABEL_BYTES_MAX;
    }
    return false;
}

/* The text of a label that stands alone in its row: the one alone in the row below. */
static Token *text_below(const Builder *builder, guint index, const Token *label)
{
    Token *below[LINE_TOKENS_MAX];
    const Line *line = lines_at(builder->lines, index);
    if ((!zp_label_has(&label->label, BIT(FOOT)) && !is_numbered(label)) || line_is_text(line) ||
        index + 1 >= builder->end || line[1].table != line->table ||
        builder_meaning(builder, index + 1) != LINE_PAIRS ||
        line_items(builder->lines, line + 1, 0, below) != 1 || below[0]->label.entry)
        return NULL;
    return below[0];
}

/* The labels of a line from its token @first on, with their values. */
static void take_pairs_from(Builder *builder, guint index, guint first)
{
    Token *items[LINE_TOKENS_MAX];
    const Line *line = lines_at(builder->lines, index);
    guint side = prose_side(builder, index);
    bool has_side = prose_begins(builder, index);
    guint n = take_items(builder, line, items);
    if (has_side && n >= 3)
        side = index;
    if (side != G_MAXUINT && !first) {
        first = prose_count_side(builder, side, items, n);
        for (guint i = 0; i < first; i++)
            items[i]->is_used = true;
    }
    if (side != G_MAXUINT && first < n &&
        prose_take(builder, index, side, items + first, n - first))
        return;
    Token *text = n == 1 && !first ? text_below(builder, index, items[0]) : NULL;
    if (text) {
        items[n++] = text;
        take_items(builder, line + 1, (Token *[LINE_TOKENS_MAX]){0});
    }
    for (guint i = first; i < n;) {
        Token *token = items[i];
        if (token->is_used) { /* with its label in the row above */
            i++;
            continue;
        }
        builder_find_inline(token);
        if (i + 1 < n && zp_label_has(&token->label, BIT(FUNDS_BLOCK)) &&
            zp_label_has(&items[i + 1]->label, FUND_HEADS)) {
            builder_take_funds_label(builder, line);
            i++;
        } else if (token->label.value_offset) {
            take_inline(builder, token);
            i++;
        } else if (is_furniture(builder, token)) {
            drop_furniture(builder, token);
            i++;
        } else if (is_label(token) || may_be_label(token, i + 1 < n ? items[i + 1] : NULL, line)) {
            i += take_pair(builder, line, items + i, n - i);
        } else {
            i++;
        }
    }
}

void builder_take_pairs(Builder *builder, guint line)
{
    take_pairs_from(builder, line, 0);
}

void builder_take_head(Builder *builder, guint line)
{
    Token *token = line_title(builder->lines, lines_at(builder->lines, line));
    if (!token)
        return;
    if (builder_meaning(builder, line) == LINE_TITLE)
        take_title(builder, token);
    else
        take_year(builder, token);
    take_pairs_from(builder, line, 1);
}
