/*
 * indicators.c - the indicator block: a header of one or two lines, a row an indicator.
 *
 * A row is laid over the columns (columns.c), then read by role.  A row that has only text in
 * columns of prose goes on where the row above was cut.  A 其中 row belongs to the indicator
 * above it; a row of the blank template is kept and marked as empty.
 */
#include "recognise/evidence.h"
#include "recognise/indicator_heads.h"

#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* The tokens of one row by role. */
typedef struct {
    const Line *line;
    int shift, shift_above; /* of the row, and of the last one that was taken */
    Token *by_role[ROLE_COUNT];
} Row;

static const struct {
    Role role;
    size_t offset;
    const char *name;
} FIGURES[] = {
    {ROLE_ACTUAL, G_STRUCT_OFFSET(ZpIndicator, actual), "actual"},
    {ROLE_WEIGHT, G_STRUCT_OFFSET(ZpIndicator, weight), "weight"},
    {ROLE_SCORE, G_STRUCT_OFFSET(ZpIndicator, score), "score"},
};

/* What a column's head names, for its repair. */
static const struct {
    Role role;
    const char *name;
} HEAD_FIELDS[] = {
    {ROLE_LEVEL1, "level1"},      {ROLE_LEVEL2, "level2"},       {ROLE_LEVEL3, "level3"},
    {ROLE_TARGET, "target"},      {ROLE_TARGET_VALUE, "target"}, {ROLE_COMPARATOR, "target"},
    {ROLE_TARGET_UNIT, "target"}, {ROLE_ACTUAL, "actual"},       {ROLE_WEIGHT, "weight"},
    {ROLE_SCORE, "score"},        {ROLE_REASON, "reason"},
};

static void read_heads(Builder *builder, const Columns *columns)
{
    for (guint i = 0; i < columns->len; i++) {
        Token *head = g_array_index(columns, Column, i).head;
        mark_seen(builder, head);
        if (zp_label_has(&head->label, BIT(INDICATORS_BLOCK)))
            heads_take_block_label(builder, head);
    }
    ZpForm *form = builder->form;
    for (guint i = 0; i < G_N_ELEMENTS(HEAD_FIELDS); i++) {
        const Column *column = columns_find(columns, HEAD_FIELDS[i].role);
        if (column)
            evidence_note(builder, column->head, "/indicators/%u/%s", form->indicators->len,
                          HEAD_FIELDS[i].name);
    }
    form->has_reason_column |= columns_find(columns, ROLE_REASON) != NULL;
    form->has_weight_column |= columns_find(columns, ROLE_WEIGHT) != NULL;
    form->has_score_column |= columns_find(columns, ROLE_SCORE) != NULL;
}

static void read_row(Builder *builder, const Line *line, const Columns *columns, int shift,
                     Row *row)
{
    *row = (Row){.line = line, .shift = shift};
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(builder->lines, line, i);
        Token *token = slot_token(builder->lines, slot);
        const Column *column = columns_at(columns, slot->col, shift);
        /* One reason may be merged over the rows that it is for. */
        bool reaches =
            column && (column->role == ROLE_LEVEL1 || column->role == ROLE_REASON ||
                       column->role == ROLE_LEVEL2 || column->role == ROLE_LEVEL1_WEIGHT ||
                       column->role == ROLE_LEVEL2_WEIGHT);
        bool is_name = column && column->role == ROLE_LEVEL2 && slot->begins;
        if (heads_is_block_label(token) && !is_name &&
            (!column || column->role <= ROLE_BLOCK || reaches)) {
            heads_take_block_label(builder, token);
            continue;
        }
        if (column && (slot->begins || reaches) && !row->by_role[column->role])
            row->by_role[column->role] = token;
    }
}

static bool is_prose(const Token *token)
{
    return !token || token->shape == SHAPE_TEXT;
}

/* A row that only goes on with the prose of the row above it. */
static bool goes_on(const Builder *builder, const Row *row)
{
    Token *const *cells = row->by_role;
    if (!builder->form->indicators->len || (row->shift && row->shift != row->shift_above))
        return false;
    if (cells[ROLE_LEVEL1] || cells[ROLE_LEVEL2] || cells[ROLE_WEIGHT] || cells[ROLE_SCORE])
        return false;
    if (!is_prose(cells[ROLE_TARGET]) || !is_prose(cells[ROLE_ACTUAL]) ||
        !is_prose(cells[ROLE_LEVEL3]))
        return false;
    if (cells[ROLE_LEVEL3])
        return row->line->after_break && !cells[ROLE_TARGET] && !cells[ROLE_ACTUAL];
    return cells[ROLE_TARGET] || cells[ROLE_ACTUAL] || cells[ROLE_REASON];
}

static void append_cell(Builder *builder, const char **text, Token *token, const char *name)
{
    guint k = builder->form->indicators->len - 1;
    if (!token || !*text)
        return;
    append_text(builder, text, token);
    ZpPlace at = zp_cell_place(token->table, token->cell);
    add_repair(builder, "R02", &at, "截断的单元格已接上", "a cut cell was joined again",
               "/indicators/%u/%s", k, name);
}

static void append_row(Builder *builder, const Row *row)
{
    ZpIndicator *last = zp_form_indicator(builder->form, builder->form->indicators->len - 1);
    append_cell(builder, &last->level3.text, row->by_role[ROLE_LEVEL3], "level3");
    append_cell(builder, &last->target.text, row->by_role[ROLE_TARGET], "target");
    append_cell(builder, &last->actual.text, row->by_role[ROLE_ACTUAL], "actual");
    append_cell(builder, &last->reason.text, row->by_role[ROLE_REASON], "reason");
}

/* A target printed in three cells: their texts joined, at the place of the number. */
static ZpValue take_parts(Builder *builder, const Row *row, const Columns *columns, guint k)
{
    ZpOcr *ocr = NULL;
    static const Role PARTS[] = {ROLE_COMPARATOR, ROLE_TARGET_VALUE, ROLE_TARGET_UNIT};
    g_autoptr(GString) joined = g_string_new(NULL);
    ZpPlace at = {0};
    bool has_place = false;
    for (guint i = 0; i < G_N_ELEMENTS(PARTS); i++) {
        const Column *column = columns_find(columns, PARTS[i]);
        Token *token = row->by_role[PARTS[i]];
        if (!column || (!token && PARTS[i] != ROLE_TARGET_VALUE))
            continue;
        ZpValue part = take_value(builder, token, row->line, (gint64)column->col + row->shift,
                                  "/indicators/%u/target", k);
        g_string_append(joined, part.text);
        if (part.ocr && (!ocr || part.ocr->state == ZP_OCR_DOUBTFUL))
            ocr = part.ocr;
        if (PARTS[i] == ROLE_TARGET_VALUE || (!has_place && token))
            at = part.at;
        has_place = true;
    }
    return (ZpValue){
        .text = g_string_chunk_insert(builder->form->strings, joined->str),
        .at = at,
        .ocr = ocr,
    };
}

static ZpValue take_target(Builder *builder, const Row *row, const Columns *columns, guint k)
{
    const Column *column = columns_find(columns, ROLE_TARGET);
    if (column)
        return take_value(builder, row->by_role[ROLE_TARGET], row->line,
                          (gint64)column->col + row->shift, "/indicators/%u/target", k);
    if (columns_find(columns, ROLE_TARGET_VALUE))
        return take_parts(builder, row, columns, k);
    return (ZpValue){0};
}

/* Columns that no field takes. */
static void take_others(Builder *builder, const Row *row, const Columns *columns,
                        ZpIndicator *indicator, guint k)
{
    for (guint i = 0; i < row->line->count; i++) {
        const Slot *slot = line_slot(builder->lines, row->line, i);
        Token *token = slot_token(builder->lines, slot);
        const Column *column = columns_at(columns, slot->col, row->shift);
        if (!slot->begins || token->is_used || !column || column->role != ROLE_OTHER)
            continue;
        ZpExtra *other = zp_indicator_add_other(indicator);
        other->label = take_text(builder, column->head, "/indicators/%u/other", k);
        other->value = take_value(builder, token, row->line, slot->col, "/indicators/%u/other", k);
    }
}

static bool is_placeholder(const Builder *builder, const Token *token)
{
    if (!token)
        return true;
    token_fold(token, builder->scratch);
    return zp_labels_is_placeholder(builder->labels, builder->scratch->str, builder->scratch->len);
}

static bool is_blank_value(const ZpValue *value)
{
    return !value->text || !*value->text;
}

static int parent_of(const Builder *builder, const Token *name)
{
    if (!name || !name->label.is_part) {
        if (!name)
            return -1;
        token_fold(name, builder->scratch);
        if (!g_str_has_prefix(builder->scratch->str, "其中"))
            return -1;
    }
    for (guint k = builder->form->indicators->len - 1; k-- > 0;) {
        if (zp_form_indicator(builder->form, k)->part_of < 0)
            return (int)k;
    }
    return -1;
}

/* A weight of a section goes on down to the next one, as the section's label does. */
static void take_section_weights(Builder *builder, const Row *row, const Columns *columns)
{
    LevelCells *levels = &g_array_index(builder->levels, LevelCells, builder->levels->len - 1);
    Token *level1 = row->by_role[ROLE_LEVEL1_WEIGHT], *level2 = row->by_role[ROLE_LEVEL2_WEIGHT];
    levels->level1_weight = level1 ? level1 : builder->held_level1_weight;
    levels->level2_weight = level2 ? level2 : builder->held_level2_weight;
    builder->held_level1_weight = builder->held_level2_weight = NULL;
    builder->has_level1_weights |= columns_find(columns, ROLE_LEVEL1_WEIGHT) != NULL;
    builder->has_level2_weights |= columns_find(columns, ROLE_LEVEL2_WEIGHT) != NULL;
}

/* The row has no score of its own: one cell, begun above, is its whole section's, as the weight is. */
static bool is_in_section(const Builder *builder, const Row *row, const Columns *columns,
                          const Column *column)
{
    if (column->role != ROLE_SCORE || columns_find(columns, ROLE_WEIGHT) ||
        (!columns_find(columns, ROLE_LEVEL1_WEIGHT) && !columns_find(columns, ROLE_LEVEL2_WEIGHT)))
        return false;
    for (guint i = 0; i < row->line->count; i++) {
        const Slot *slot = line_slot(builder->lines, row->line, i);
        if (slot->col == column->col && !slot->begins)
            return true;
    }
    return false;
}

static void take_indicator(Builder *builder, const Row *row, const Columns *columns)
{
    guint k = builder->form->indicators->len;
    Token *name = row->by_role[ROLE_LEVEL3];
    Token *level1 = row->by_role[ROLE_LEVEL1], *level2 = row->by_role[ROLE_LEVEL2];
    LevelCells levels = {.level1 = level1 ? level1 : builder->held_level1,
                         .level2 = level2 ? level2 : builder->held_level2,
                         .is_shifted = row->shift != 0,
                         .is_single = !columns_find(columns, ROLE_LEVEL1)};
    /* 数量 | 时效 | 效益: one column for the levels of every kind. */
    if (levels.is_single && level2 && level2->shape == SHAPE_LEVEL1) {
        levels.level1 = level2;
        levels.level2 = NULL;
    }
    builder->held_level1 = builder->held_level2 = NULL;
    g_array_append_val(builder->levels, levels);
    ZpIndicator *indicator = zp_form_add_indicator(builder->form);
    indicator->block = builder->block;
    indicator->part_of = parent_of(builder, name);
    bool placeholder = is_placeholder(builder, name);
    indicator->level3 = take_text(builder, name, "/indicators/%u/level3", k);
    indicator->target = take_target(builder, row, columns, k);
    take_section_weights(builder, row, columns);
    for (guint i = 0; i < G_N_ELEMENTS(FIGURES); i++) {
        const Column *column = columns_find(columns, FIGURES[i].role);
        if (column && !is_in_section(builder, row, columns, column))
            *(ZpValue *)((char *)indicator + FIGURES[i].offset) = take_value(
                builder, row->by_role[FIGURES[i].role], row->line, (gint64)column->col + row->shift,
                "/indicators/%u/%s", k, FIGURES[i].name);
    }
    if (columns_find(columns, ROLE_REASON)) {
        indicator->reason =
            take_text(builder, row->by_role[ROLE_REASON], "/indicators/%u/reason", k);
        if (!row->by_role[ROLE_REASON])
            indicator->reason.at =
                place_in_line(row->line, builder->lines,
                              (gint64)columns_find(columns, ROLE_REASON)->col + row->shift);
    }
    if (!indicator->level3.at.line && !name)
        indicator->level3.at = place_in_line(row->line, builder->lines, 0);
    take_others(builder, row, columns, indicator, k);
    indicator->is_empty = placeholder && is_blank_value(&indicator->target) &&
                          is_blank_value(&indicator->actual) && is_blank_value(&indicator->score);
    use_copies(builder, row->line, columns, row->shift);
    note_shift(builder, row->line, row->shift, "/indicators/%u", k);
}

/* A level's own label, or the template's …… in its place. */
static bool is_level(const Token *token)
{
    return token && token->shape != SHAPE_TEXT;
}

/* Text in a column of levels or reasons alone, with no row to go on with, is no indicator. */
static bool is_indicator(const Row *row)
{
    static const Role ROLES[] = {ROLE_LEVEL3,       ROLE_TARGET, ROLE_ACTUAL,
                                 ROLE_TARGET_VALUE, ROLE_WEIGHT, ROLE_SCORE};
    for (guint i = 0; i < G_N_ELEMENTS(ROLES); i++) {
        if (row->by_role[ROLES[i]])
            return true;
    }
    return is_level(row->by_role[ROLE_LEVEL1]) || is_level(row->by_role[ROLE_LEVEL2]) ||
           (row->by_role[ROLE_LEVEL1] && row->by_role[ROLE_LEVEL2]);
}

/* The head of another block of indicators, with another block between. */
static bool is_next_head(const Builder *builder, guint line)
{
    return builder_meaning(builder, line) == LINE_INDICATOR_HEAD;
}

static GArray *indicator_lines(const Builder *builder, guint from)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = from; i < builder->end && !is_next_head(builder, i); i++) {
        if (builder_meaning(builder, i) == LINE_INDICATOR)
            g_array_append_val(rows, i);
    }
    return rows;
}

/* A line of text that follows a row directly goes on with its last cell when that is the reason. */
static void take_loose(Builder *builder, const Line *line)
{
    Token *token, *tokens[LINE_TOKENS_MAX];
    guint n = builder->form->indicators->len;
    if (!n || !line_tokens(builder->lines, line, &token, 1))
        return;
    ZpIndicator *last = zp_form_indicator(builder->form, n - 1);
    const Line *above = line - 1;
    guint n_above = line_tokens(builder->lines, above, tokens, LINE_TOKENS_MAX);
    if (!last->reason.text || !*last->reason.text || !n_above ||
        tokens[n_above - 1]->cell->line + 1 != token->cell->line ||
        tokens[n_above - 1]->cell->line != last->reason.at.line)
        return;
    append_cell(builder, &last->reason.text, token, "reason");
}

/*
 * Where the levels have no columns, rows of their own name them:
 *
 *     一、产出指标   |         |        | 50 | 48
 *     （一）数量指标 |
 *     防治面积       | 10万亩  | 9.6万亩 | 50 | 48
 */
static bool is_section(const Row *row, const Columns *columns)
{
    const Token *name = row->by_role[ROLE_LEVEL3];
    return name && name->shape >= SHAPE_LEVEL1 && name->shape <= SHAPE_LEVEL12 &&
           !columns_find(columns, ROLE_LEVEL1) && !columns_find(columns, ROLE_LEVEL2) &&
           !row->by_role[ROLE_TARGET] && !row->by_role[ROLE_ACTUAL] &&
           !row->by_role[ROLE_TARGET_VALUE];
}

static void take_section(Builder *builder, const Row *row, const Columns *columns)
{
    Token *name = row->by_role[ROLE_LEVEL3];
    bool is_bracketed = *name->text == '(' || g_str_has_prefix(name->text, "（");
    bool is_level1 = name->shape != SHAPE_LEVEL2 && !is_bracketed;
    name->is_used = true;
    *(is_level1 ? &builder->held_level1 : &builder->held_level2) = name;
    if (is_level1)
        builder->held_level2 = NULL;
    *(is_level1 ? &builder->held_level1_weight : &builder->held_level2_weight) =
        row->by_role[ROLE_WEIGHT];
    const Column *score = columns_find(columns, ROLE_SCORE);
    if (score && row->by_role[ROLE_SCORE])
        take_extra(builder, name, score->head, row->by_role[ROLE_SCORE]);
}

static void take_row(Builder *builder, const Line *line, const Columns *columns, int shift,
                     int *shift_above)
{
    Row row;
    read_row(builder, line, columns, shift, &row);
    row.shift_above = *shift_above;
    if (is_section(&row, columns))
        take_section(builder, &row, columns);
    else if (goes_on(builder, &row))
        append_row(builder, &row);
    else if (is_indicator(&row))
        take_indicator(builder, &row, columns);
    else
        return;
    *shift_above = shift;
}

/* The sum of a section: its figures go to `extra`, its level to the rows below. */
static void take_subtotal(Builder *builder, const Line *line, const Columns *columns)
{
    Token *sum = NULL;
    static const guint64 SUMS = BIT(SUBTOTAL) | BIT(TOTAL);
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(builder->lines, line, i);
        Token *token = slot_token(builder->lines, slot);
        const Column *column = columns_at(columns, slot->col, 0);
        if (!slot->begins)
            continue;
        if (zp_label_has(&token->label, SUMS)) {
            sum = token;
            token->is_used = true;
        } else if (column && column->role == ROLE_LEVEL1) {
            builder->held_level1 = token;
        } else if (column && column->role == ROLE_LEVEL2) {
            builder->held_level2 = token;
        } else if (column && column->head && sum) {
            take_extra(builder, sum, column->head, token);
        }
    }
}

/* What stands between the rows: a header again, the total row, a line of text. */
static void take_other_line(Builder *builder, guint i, LineMeaning meaning, const Columns *columns)
{
    const Line *line = lines_at(builder->lines, i);
    if (meaning == LINE_INDICATOR_HEAD_AGAIN)
        heads_drop_repeated(builder, line);
    else if (meaning == LINE_SUBTOTAL)
        take_subtotal(builder, line, columns);
    else if (meaning == LINE_TOTAL)
        builder_take_total(builder, i, columns);
    else if (meaning == LINE_LOOSE)
        take_loose(builder, line);
}

void builder_take_indicators(Builder *builder, guint line)
{
    guint from;
    g_autoptr(GArray) columns = heads_read(builder, line, &from);
    g_autoptr(GArray) rows = indicator_lines(builder, from);
    columns_settle_scores(columns, builder->lines, rows);
    read_heads(builder, columns);
    g_autofree gint8 *shifts = g_new0(gint8, rows->len + 1);
    columns_align(builder->lines, columns, BLOCK_INDICATORS, rows, shifts);
    int shift_above = 0;
    for (guint i = from, next = 0; i < builder->end && !is_next_head(builder, i); i++) {
        LineMeaning meaning = builder_meaning(builder, i);
        if (meaning == LINE_INDICATOR)
            take_row(builder, lines_at(builder->lines, i), columns, shifts[next++], &shift_above);
        else
            take_other_line(builder, i, meaning, columns);
    }
    evidence_name_unknown(builder, columns, rows, BLOCK_INDICATORS);
    if (builder->form->indicators->len)
        builder->form->blocks |= ZP_BLOCK_INDICATORS;
}
