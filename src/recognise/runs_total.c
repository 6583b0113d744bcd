/*
 * runs_total.c - which lines the total row has, in text whose cells break figures.
 */
#include "recognise/runs_total.h"

#include "recognise/runs_block.h"

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* Bytes of the rest of a figure in the total row. */
#define TOTAL_REST_BYTES 2
/* How far from the place below the figure it stands: the label left of that counts half; in em. */
#define TOTAL_SLACK 3.0F

/* Whether a line only has the rest of figures of the total row: 100.0 | 0. */
static bool goes_on_total(const Runs *runs, guint total, guint line)
{
    const WordLine *at = runs_line(runs, line), *above = runs_line(runs, total);
    if (!at->count || at->is_furniture || MAX(at->count, above->count) > RUN_COLUMNS_MAX)
        return false;
    for (guint k = 0; k < at->count; k++) {
        const Word *word = runs_word(runs, at->first + k);
        bool has_above = false;
        for (guint i = 0; i < above->count && !has_above; i++) {
            const Word *other = runs_word(runs, above->first + i);
            has_above = other->shape == SHAPE_SMALL && word_is_below(other, word, TOTAL_SLACK);
        }
        bool is_rest = word->shape == SHAPE_SMALL || word->shape == SHAPE_DASH;
        if (!has_above || !is_rest || word->length > TOTAL_REST_BYTES)
            return false;
    }
    return true;
}

guint run_total_end(const Runs *runs, guint first, guint end)
{
    guint line = first + 1;
    while (line < end && goes_on_total(runs, first, line))
        line++;
    return line;
}
