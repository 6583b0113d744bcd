/*
 * runs_seed.c - where the columns of a page of text are, before its words are placed.
 *
 * The header says it roughly: it has other widths than what stands below it, and on a further page the columns
 * stand elsewhere.  Rows that have a figure for every column of values say it better, and so do the labels of
 * levels, which stand below each other.
 */
#include "recognise/runs_cut.h"

/* How far apart the middles of two levels' labels are at least. */
#define LEVEL_GAP 3.0F
#define UNMOVED   G_MAXFLOAT

/* One text that may be a level's label. */
typedef struct {
    float x0, x1;
} LevelPlace;

static gint by_middle(gconstpointer a, gconstpointer b)
{
    const LevelPlace *x = a, *y = b;
    float middle_x = x->x0 + x->x1, middle_y = y->x0 + y->x1;
    return middle_x < middle_y ? -1 : middle_x > middle_y;
}

/* The places of texts among the first words of lines that may be levels' labels, from left to right. */
static GArray *level_places(const RunBlock *block, guint first, guint end)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(LevelPlace));
    for (; first < end; first++) {
        const WordLine *line = runs_line(block->runs, first);
        for (guint k = 0; k < MIN(line->count, 3); k++) {
            const Word *word = runs_word(block->runs, line->first + k);
            LevelPlace place = {word->x0, word->x1};
            if (looks_level(word))
                g_array_append_val(places, place);
        }
    }
    g_array_sort(places, by_middle);
    return places;
}

/*
 * Where the levels' labels stand on a further page of text, which has columns of its own: the leftmost
 * ones below each other are level 1, the next ones level 2.
 */
static void seek_levels(RunBlock *block, guint first, guint end)
{
    guint columns[] = {run_block_column(block, ROLE_LEVEL1), run_block_column(block, ROLE_LEVEL2)};
    g_autoptr(GArray) places = level_places(block, first, end);
    LevelPlace found[G_N_ELEMENTS(columns)];
    guint n = 0;
    if (columns[0] == RUN_COLUMNS_MAX || columns[1] == RUN_COLUMNS_MAX)
        return;
    for (guint k = 0; k < places->len; k++) {
        const LevelPlace *place = &g_array_index(places, LevelPlace, k);
        if (n && place->x0 + place->x1 - found[n - 1].x0 - found[n - 1].x1 < 2 * LEVEL_GAP) {
            found[n - 1].x1 = MAX(found[n - 1].x1, place->x1);
            continue;
        }
        if (n == G_N_ELEMENTS(found))
            break;
        found[n++] = *place;
    }
    for (guint i = 0; n == G_N_ELEMENTS(found) && i < n; i++) {
        block->columns[columns[i]].x0 = found[i].x0;
        block->columns[columns[i]].x1 = found[i].x1;
    }
}

bool role_has_value(Role role)
{
    return role == ROLE_INITIAL || role == ROLE_BUDGET || role == ROLE_EXECUTED ||
           role == ROLE_RATE || role == ROLE_SOURCE || role == ROLE_TARGET || role == ROLE_ACTUAL ||
           role == ROLE_COMPARATOR || role == ROLE_TARGET_VALUE || role == ROLE_WEIGHT ||
           role == ROLE_SCORE;
}

/* The columns of values. */
static guint value_columns(const RunBlock *block, guint *columns)
{
    guint n = 0;
    for (guint c = 0; c < block->n_columns; c++) {
        if (role_has_value(block->columns[c].role))
            columns[n++] = c;
    }
    return n;
}

/* The figures of a line, when it has as many as there are columns of values and each suits its own. */
static bool match_figures(const RunBlock *block, const WordLine *line, const guint *columns,
                          guint n, guint *found)
{
    guint k = 0;
    for (guint w = 0; w < line->count; w++) {
        Looks looks = looks_of(block, line->first + w, 1);
        if (!shape_is_figure(looks.shape))
            continue;
        if (k == n ||
            (looks.shape != SHAPE_DASH && looks_fit(&looks, block->columns[columns[k]].role) <= 0))
            return false;
        found[k++] = line->first + w;
    }
    return k == n;
}

/* The columns without values move with the column of values beside them. */
static void move_others(RunBlock *block, const float *moved)
{
    for (guint c = 0; c < block->n_columns; c++) {
        guint beside = RUN_COLUMNS_MAX;
        for (guint k = 0; k < block->n_columns; k++) {
            guint distance = k > c ? k - c : c - k;
            if (moved[k] != UNMOVED &&
                (beside == RUN_COLUMNS_MAX || distance < (beside > c ? beside - c : c - beside)))
                beside = k;
        }
        if (beside == RUN_COLUMNS_MAX || moved[c] != UNMOVED)
            continue;
        block->columns[c].x0 += moved[beside];
        block->columns[c].x1 += moved[beside];
    }
}

/* Rows with a figure for every column of values say where these are. */
static bool seed_columns(RunBlock *block, guint first, guint end)
{
    guint columns[RUN_COLUMNS_MAX], found[RUN_COLUMNS_MAX], n = value_columns(block, columns);
    float moved[RUN_COLUMNS_MAX];
    bool is_seeded = false;
    for (guint c = 0; c < block->n_columns; c++)
        moved[c] = UNMOVED;
    for (guint i = first; n > 1 && i < end; i++) {
        const WordLine *line = runs_line(block->runs, i);
        if (line->is_furniture || !match_figures(block, line, columns, n, found))
            continue;
        for (guint k = 0; k < n; k++) {
            RunColumn *column = &block->columns[columns[k]];
            const Word *word = runs_word(block->runs, found[k]);
            if (!is_seeded)
                moved[columns[k]] = (word->x0 + word->x1 - column->x0 - column->x1) / 2;
            column->x0 = is_seeded ? MIN(column->x0, word->x0) : word->x0;
            column->x1 = is_seeded ? MAX(column->x1, word->x1) : word->x1;
        }
        is_seeded = true;
    }
    if (is_seeded && first > block->first)
        move_others(block, moved);
    return is_seeded;
}

bool run_block_seed(RunBlock *block, guint first, guint end)
{
    bool is_seeded = seed_columns(block, first, end);
    if (first > block->first)
        seek_levels(block, first, end);
    return is_seeded;
}
