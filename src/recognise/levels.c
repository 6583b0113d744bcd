/*
 * levels.c - level-1 and level-2 labels: printed, inherited from above, or inferred.
 *
 * A merged cell whose span is lost leaves blanks below its label: they inherit.  Two things
 * break that, both seen where a page break cut the table: a row that lost its first cell, and a
 * level-1 label that is printed below its first row.  Then the level-2 label says where it
 * belongs (homes in labels.yaml), and the inference is listed (R05).
 */
#include "recognise/evidence.h"

#include <string.h>

/* A level's name under way. */
typedef struct {
    ZpText name;
    ZpValue weight;
} Level;

static bool is_home(const ZpLabelEntry *level2, const char *level1)
{
    if (!level2 || !level2->homes)
        return true;
    for (const char *const *home = level2->homes; *home; home++) {
        if (strcmp(*home, level1) == 0)
            return true;
    }
    return false;
}

/* The text of a level's label without the weight in it. */
static Level take_level(Builder *builder, Token *token, bool is_level1, guint k)
{
    const ZpLabelMatch *label = &token->label;
    if (evidence_mend(builder->labels, token,
                      ZP_LABEL_BIT(is_level1 ? ZP_LABEL_LEVEL1 : ZP_LABEL_LEVEL2)))
        evidence_note(builder, token, is_level1 ? "/indicators/%u/level1" : "/indicators/%u/level2",
                      k);
    Level level = {.name = take_part(builder, token, 0, label->core_length)};
    if (label->weight) {
        gsize start = (gsize)(label->weight - token->text);
        ZpText weight = take_part(builder, token, start, start + label->weight_length);
        level.weight = (ZpValue){.text = weight.text, .at = weight.at, .ocr = weight.ocr};
    }
    if (is_level1 && label->entry && label->entry->level1)
        level.name.text = g_string_chunk_insert_const(builder->form->strings, label->entry->level1);
    return level;
}

static ZpValue take_weight(Builder *builder, Token *token)
{
    ZpText text = take_part(builder, token, 0, token->length);
    return (ZpValue){.text = text.text, .at = text.at, .ocr = text.ocr};
}

static const char *level1_of(const Token *token)
{
    return token->label.entry ? token->label.entry->level1 : NULL;
}

/* The next level-1 label printed below row k. */
static const char *next_level1(const Builder *builder, guint k)
{
    for (guint i = k + 1; i < builder->levels->len; i++) {
        const LevelCells *cells = &g_array_index(builder->levels, LevelCells, i);
        if (cells->level1)
            return level1_of(cells->level1);
    }
    return NULL;
}

/* The level 1 that row k's level 2 asks for, when the one above cannot be it; NULL: inherit. */
static const char *infer_level1(const Builder *builder, guint k, const char *above, bool has_level1)
{
    const LevelCells *cells = &g_array_index(builder->levels, LevelCells, k);
    const ZpLabelEntry *level2 = cells->level2 ? cells->level2->label.entry : NULL;
    if (!level2 || !level2->homes || strcmp(level2->homes[0], above) == 0 ||
        (has_level1 && !cells->is_single && is_home(level2, above)))
        return NULL;
    const char *next = next_level1(builder, k);
    if (next && is_home(level2, next))
        return next;
    return cells->is_shifted || cells->is_single || !*above || !has_level1 ? level2->homes[0]
                                                                           : NULL;
}

static void set_inferred(Builder *builder, guint k, const char *name, Level *level1)
{
    const LevelCells *cells = &g_array_index(builder->levels, LevelCells, k);
    *level1 = (Level){0};
    level1->name.text = g_string_chunk_insert_const(builder->form->strings, name);
    level1->name.at = zp_cell_place(cells->level2->table, cells->level2->cell);
    g_autofree char *zh = g_strdup_printf("没有印出的一级指标，按二级指标推断为“%s”", name);
    g_autofree char *en =
        g_strdup_printf("level 1 is not printed here; its level 2 belongs under %s", name);
    add_repair(builder, "R05", &level1->name.at, zh, en, "/indicators/%u/level1", k);
}

static void settle_row(Builder *builder, guint k, bool has_level1, Level *level1, Level *level2)
{
    const LevelCells *cells = &g_array_index(builder->levels, LevelCells, k);
    const char *above = level1->name.text ? level1->name.text : "";
    if (cells->level1) {
        Level printed = take_level(builder, cells->level1, true, k);
        note_joined(builder, cells->level1, "/indicators/%u/level1", k);
        bool changes = strcmp(printed.name.text, above) != 0;
        if (changes || printed.weight.text)
            *level1 = printed;
        if (changes)
            *level2 = (Level){0};
    } else {
        const char *inferred = infer_level1(builder, k, above, has_level1);
        if (inferred)
            set_inferred(builder, k, inferred, level1);
    }
    if (cells->level2) {
        *level2 = take_level(builder, cells->level2, false, k);
        note_joined(builder, cells->level2, "/indicators/%u/level2", k);
    }
    if (cells->level1_weight)
        level1->weight = take_weight(builder, cells->level1_weight);
    if (cells->level2_weight)
        level2->weight = take_weight(builder, cells->level2_weight);
    ZpIndicator *indicator = zp_form_indicator(builder->form, k);
    indicator->level1 = level1->name;
    indicator->level2 = level2->name;
    indicator->level1_weight = level1->weight;
    indicator->level2_weight = level2->weight;
}

/* A section whose label with its weight is printed below its first row has it from there on up. */
static void spread_weights(ZpForm *form)
{
    for (guint k = form->indicators->len; k-- > 1;) {
        const ZpIndicator *below = zp_form_indicator(form, k);
        ZpIndicator *row = zp_form_indicator(form, k - 1);
        if (below->level1_weight.text && !row->level1_weight.text &&
            strcmp(below->level1.text, row->level1.text) == 0)
            row->level1_weight = below->level1_weight;
    }
}

/* Level columns that the template has are blank, not absent. */
static void settle_blank(ZpForm *form)
{
    for (guint k = 0; k < form->indicators->len; k++) {
        ZpIndicator *row = zp_form_indicator(form, k);
        if (!row->level1.text)
            row->level1.text = "";
        if (!row->level2.text)
            row->level2.text = "";
    }
}

void builder_settle_levels(Builder *builder)
{
    Level level1 = {0}, level2 = {0};
    bool has_level1 = false;
    for (guint k = 0; k < builder->levels->len; k++)
        has_level1 |= g_array_index(builder->levels, LevelCells, k).level1 != NULL;
    for (guint k = 0; k < builder->form->indicators->len; k++)
        settle_row(builder, k, has_level1, &level1, &level2);
    settle_blank(builder->form);
    spread_weights(builder->form);
}
