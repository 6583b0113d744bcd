/*
 * drawn_indicators.c - the indicators of a drawn form, and its total.
 *
 * A target stands in one cell, or in the template's three: ≥ | 20 | 户.  A weight that its label bore goes back
 * there: 产出指标（50分）.
 */
#include "output/drawn_private.h"

#include <string.h>

/* In the order in which they are drawn. */
static const struct {
    ZpWord word;
    bool is_value; /* a ZpValue, else a ZpText */
    size_t offset;
} COLUMNS[] = {
    {ZP_WORD_LEVEL1, false, G_STRUCT_OFFSET(ZpIndicator, level1)},
    {ZP_WORD_LEVEL1_WEIGHT, true, G_STRUCT_OFFSET(ZpIndicator, level1_weight)},
    {ZP_WORD_LEVEL2, false, G_STRUCT_OFFSET(ZpIndicator, level2)},
    {ZP_WORD_LEVEL2_WEIGHT, true, G_STRUCT_OFFSET(ZpIndicator, level2_weight)},
    {ZP_WORD_LEVEL3, false, G_STRUCT_OFFSET(ZpIndicator, level3)},
    {ZP_WORD_COMPARATOR, true, G_STRUCT_OFFSET(ZpIndicator, target)},
    {ZP_WORD_TARGET, true, G_STRUCT_OFFSET(ZpIndicator, target)},
    {ZP_WORD_TARGET_UNIT, true, G_STRUCT_OFFSET(ZpIndicator, target)},
    {ZP_WORD_ACTUAL, true, G_STRUCT_OFFSET(ZpIndicator, actual)},
    {ZP_WORD_WEIGHT, true, G_STRUCT_OFFSET(ZpIndicator, weight)},
    {ZP_WORD_SCORE, true, G_STRUCT_OFFSET(ZpIndicator, score)},
    {ZP_WORD_REASON, false, G_STRUCT_OFFSET(ZpIndicator, reason)},
};

enum { SCORE_COLUMN = 10 };
G_STATIC_ASSERT(SCORE_COLUMN == G_N_ELEMENTS(COLUMNS) - 2);

/* A further column of the rows: the @ordinal-th of its label. */
typedef struct {
    const char *label;
    guint ordinal;
} OtherColumn;

/* The indicators under way: which columns they have. */
typedef struct {
    Drawing *drawing;
    bool has[G_N_ELEMENTS(COLUMNS)];
    GArray *others; /* of OtherColumn */
} Table;

static const ZpValue *value_of(const ZpIndicator *row, gsize column)
{
    return COLUMNS[column].is_value ? (const ZpValue *)((const char *)row + COLUMNS[column].offset)
                                    : NULL;
}

static const char *text_of(const ZpIndicator *row, gsize column)
{
    const ZpValue *value = value_of(row, column);
    return value ? value->text
                 : ((const ZpText *)(gconstpointer)((const char *)row + COLUMNS[column].offset))
                       ->text;
}

/* "50分" goes back into its label; any other weight of a level stood in a column of its own. */
static bool is_in_label(const ZpValue *weight)
{
    return !weight->text || g_str_has_suffix(weight->text, "分");
}

static bool has_column(const Drawing *drawing, gsize column)
{
    ZpWord word = COLUMNS[column].word;
    bool is_weight = word == ZP_WORD_LEVEL1_WEIGHT || word == ZP_WORD_LEVEL2_WEIGHT;
    if (!drawing->words.words[word])
        return false;
    for (guint k = 0; k < drawing->form->indicators->len; k++) {
        const ZpIndicator *row = zp_form_indicator(drawing->form, k);
        if (is_weight ? !is_in_label(value_of(row, column)) : text_of(row, column) != NULL)
            return true;
    }
    return false;
}

static const ZpExtra *other_of(const ZpIndicator *row, const OtherColumn *column)
{
    guint ordinal = 0;
    for (guint i = 0; row->other && i < row->other->len; i++) {
        const ZpExtra *extra = row->other->pdata[i];
        const char *label = extra->label.text ? extra->label.text : "";
        if (strcmp(label, column->label) == 0 && ordinal++ == column->ordinal)
            return extra;
    }
    return NULL;
}

static bool has_other(const GArray *others, const OtherColumn *column)
{
    for (guint i = 0; i < others->len; i++) {
        const OtherColumn *known = &g_array_index(others, OtherColumn, i);
        if (known->ordinal == column->ordinal && strcmp(known->label, column->label) == 0)
            return true;
    }
    return false;
}

static void find_others(Table *table)
{
    const GPtrArray *rows = table->drawing->form->indicators;
    for (guint k = 0; k < rows->len; k++) {
        const GPtrArray *other = zp_form_indicator(table->drawing->form, k)->other;
        for (guint i = 0; other && i < other->len; i++) {
            const ZpExtra *extra = other->pdata[i];
            OtherColumn column = {extra->label.text ? extra->label.text : "", 0};
            for (guint before = 0; before < i; before++)
                column.ordinal += g_strcmp0(((const ZpExtra *)other->pdata[before])->label.text,
                                            column.label) == 0;
            if (!has_other(table->others, &column))
                g_array_append_val(table->others, column);
        }
    }
}

/* Bytes of the sign that a target begins with, and of the unit that it ends with; the number is between. */
static void cut_target(const Table *table, const ZpValue *target, gsize *sign, gsize *unit)
{
    static const char SIGNS[] = "≥≤≧≦=＝═<>＜＞";
    const char *const *words = table->drawing->words.words;
    const char *text = target->text ? target->text : "";
    *sign = *unit = 0;
    while (words[ZP_WORD_COMPARATOR] && text[*sign] &&
           g_utf8_strchr(SIGNS, -1, g_utf8_get_char(text + *sign)))
        *sign = (gsize)(g_utf8_next_char(text + *sign) - text);
    if (words[ZP_WORD_TARGET_UNIT] && target->unit && *target->unit &&
        g_str_has_suffix(text + *sign, target->unit))
        *unit = strlen(target->unit);
}

static const char *target_part(const Table *table, const ZpValue *target, ZpWord word)
{
    gsize sign, unit;
    cut_target(table, target, &sign, &unit);
    gsize from = word == ZP_WORD_COMPARATOR ? 0 : sign, end = strlen(target->text) - unit;
    if (word == ZP_WORD_COMPARATOR)
        end = sign;
    if (word == ZP_WORD_TARGET_UNIT) {
        from = end;
        end += unit;
    }
    return drawing_format(table->drawing, "%.*s", (int)(end - from), target->text + from);
}

static const char *with_weight(const Table *table, const char *label, const ZpValue *weight,
                               gsize column)
{
    return weight->text && !table->has[column]
               ? drawing_format(table->drawing, "%s（%s）", label ? label : "", weight->text)
               : label;
}

/* The text of a cell; @value (nullable) is set where it may be a figure. */
static const char *cell_of(const Table *table, const ZpIndicator *row, gsize column,
                           const ZpValue **value)
{
    const ZpLabelEntry *own = table->drawing->words.level1;
    const char *text = text_of(row, column);
    *value = value_of(row, column);
    switch (COLUMNS[column].word) {
    case ZP_WORD_LEVEL1:
        if (own && own->level1 && g_strcmp0(own->level1, text) == 0)
            text = own->text;
        return with_weight(table, text, &row->level1_weight, column + 1);
    case ZP_WORD_LEVEL2:
        return with_weight(table, text, &row->level2_weight, column + 1);
    case ZP_WORD_COMPARATOR:
    case ZP_WORD_TARGET:
    case ZP_WORD_TARGET_UNIT:
        if (!table->drawing->words.words[ZP_WORD_COMPARATOR] &&
            !table->drawing->words.words[ZP_WORD_TARGET_UNIT])
            return text;
        *value = NULL;
        return text ? target_part(table, &row->target, COLUMNS[column].word) : "";
    default:
        return text;
    }
}

static bool is_level(gsize column)
{
    ZpWord word = COLUMNS[column].word;
    return word == ZP_WORD_LEVEL1 || word == ZP_WORD_LEVEL2 || word == ZP_WORD_LEVEL3;
}

/* Whether a level's cell goes on from the row above: the same text, under the same level above it. */
static bool goes_on(const Table *table, const ZpIndicator *row, const ZpIndicator *above,
                    gsize column)
{
    for (gsize c = 0; above && c <= column; c++) {
        const ZpValue *unused;
        const char *text = table->has[c] ? cell_of(table, row, c, &unused) : NULL;
        if (table->has[c] &&
            (!text || !*text || g_strcmp0(text, cell_of(table, above, c, &unused)) != 0))
            return false;
    }
    return above != NULL;
}

static void draw_row(const Table *table, const ZpIndicator *row, const ZpIndicator *above)
{
    Drawing *drawing = table->drawing;
    drawing_row(drawing);
    drawing_below(drawing, "");
    for (gsize c = 0; c < G_N_ELEMENTS(COLUMNS); c++) {
        const ZpValue *value;
        const char *text = table->has[c] ? cell_of(table, row, c, &value) : NULL;
        if (!table->has[c])
            continue;
        if (COLUMNS[c].word != ZP_WORD_LEVEL3 && is_level(c) && goes_on(table, row, above, c))
            drawing_below(drawing, text);
        else
            drawing_add(drawing, is_level(c) ? ZP_DRAWN_ROW_HEAD : ZP_DRAWN_CELL, text, value);
    }
    for (guint i = 0; i < table->others->len; i++) {
        const ZpExtra *extra = other_of(row, &g_array_index(table->others, OtherColumn, i));
        drawing_add(drawing, ZP_DRAWN_CELL, extra ? extra->value.text : "",
                    extra ? &extra->value : NULL);
    }
}

static void draw_header(const Table *table, int block)
{
    Drawing *drawing = table->drawing;
    drawing_row(drawing);
    drawing_add(drawing, ZP_DRAWN_ROW_HEAD,
                block ? drawing_format(drawing, "年度绩效目标%d", block)
                      : drawing->words.words[ZP_WORD_INDICATORS],
                NULL);
    for (gsize c = 0; c < G_N_ELEMENTS(COLUMNS); c++) {
        if (table->has[c])
            drawing_add(drawing, ZP_DRAWN_COL_HEAD, drawing->words.words[COLUMNS[c].word], NULL);
    }
    for (guint i = 0; i < table->others->len; i++)
        drawing_add(drawing, ZP_DRAWN_COL_HEAD, g_array_index(table->others, OtherColumn, i).label,
                    NULL);
}

/* Where sections alone have weights, the total is of theirs: the innermost. */
static ZpWord total_weights(const Table *table)
{
    ZpWord found = ZP_WORD_WEIGHT;
    for (gsize c = 0; c < G_N_ELEMENTS(COLUMNS); c++) {
        ZpWord word = COLUMNS[c].word;
        bool is_weight = word == ZP_WORD_LEVEL1_WEIGHT || word == ZP_WORD_LEVEL2_WEIGHT ||
                         word == ZP_WORD_WEIGHT;
        found = is_weight && table->has[c] ? word : found;
    }
    return found;
}

/* The columns up to the score's, where one of them is of the weights; 0: there is none. */
static guint columns_over(const Table *table, ZpWord weights)
{
    guint n = 0;
    bool has_weight = false;
    for (gsize c = 0; c <= SCORE_COLUMN; c++) {
        n += table->has[c];
        has_weight |= table->has[c] && COLUMNS[c].word == weights;
    }
    return table->has[SCORE_COLUMN] && has_weight ? n : 0;
}

/*
 * The total under its columns; a score that has none stands last in the row, and a grade behind all.  A score without a
 * weight lies over the column of the weights, which would be blank else.
 */
static void draw_total(const Table *table)
{
    Drawing *drawing = table->drawing;
    const ZpForm *form = drawing->form;
    const ZpValue *score = form->total_score.text ? &form->total_score : NULL;
    ZpWord weights = total_weights(table);
    if (!(form->blocks & ZP_BLOCK_TOTAL))
        return;
    drawing_row(drawing);
    drawing_add(drawing, ZP_DRAWN_ROW_HEAD, drawing->words.words[ZP_WORD_TOTAL], NULL);
    guint over = columns_over(table, weights);
    bool is_over = over && score && !form->total_weight.text;
    if (is_over)
        drawing_add(drawing, ZP_DRAWN_CELL, score->text, score)->cols = over;
    score = is_over ? NULL : score;
    for (gsize c = is_over ? SCORE_COLUMN + 1 : 0; c < G_N_ELEMENTS(COLUMNS); c++) {
        ZpWord word = COLUMNS[c].word;
        const ZpValue *value = word == weights         ? &form->total_weight
                               : word == ZP_WORD_SCORE ? score
                                                       : NULL;
        if (table->has[c])
            drawing_add(drawing, ZP_DRAWN_CELL, value ? value->text : "", value);
        if (table->has[c] && word == ZP_WORD_SCORE)
            score = NULL;
    }
    for (guint i = 0; i < table->others->len; i++)
        drawing_add(drawing, ZP_DRAWN_CELL, "", NULL);
    ZpDrawnCell *last = &g_array_index(drawing->row, ZpDrawnCell, drawing->row->len - 1);
    if (score && (last->kind != ZP_DRAWN_CELL || *last->text))
        last = drawing_add(drawing, ZP_DRAWN_CELL, "", NULL);
    if (score) {
        last->text = score->text;
        last->value = score;
    }
    if (form->total_grade.text && (last->kind != ZP_DRAWN_CELL || *last->text))
        last = drawing_add(drawing, ZP_DRAWN_CELL, "", NULL);
    if (form->total_grade.text)
        last->text = form->total_grade.text;
}

static int block_of(const ZpForm *form, guint k)
{
    return k < form->indicators->len ? zp_form_indicator(form, k)->block : -1;
}

void draw_indicators(Drawing *drawing)
{
    const ZpForm *form = drawing->form;
    g_autoptr(GArray) others = g_array_new(FALSE, FALSE, sizeof(OtherColumn));
    Table table = {.drawing = drawing, .others = others};
    for (gsize c = 0; c < G_N_ELEMENTS(COLUMNS); c++)
        table.has[c] = has_column(drawing, c);
    find_others(&table);
    for (guint k = 0; k < form->indicators->len; k++) {
        bool is_first = k == 0 || block_of(form, k) != block_of(form, k - 1);
        if (is_first)
            draw_header(&table, block_of(form, k));
        draw_row(&table, zp_form_indicator(form, k),
                 is_first ? NULL : zp_form_indicator(form, k - 1));
    }
    draw_total(&table);
}
