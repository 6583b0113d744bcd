/*
 * runs_bands.c - the cheapest way to cut a block's lines into bands, each a row, and where that is in doubt.
 */
#include "recognise/runs_bands.h"

#include "recognise/costs.h"

/* Lines of a block in which doubts are sought. */
#define DOUBT_LINES_MAX 2000

/* Ways to cut the first lines, or the last ones, into bands. */
typedef struct {
    float *best;  /* [k] of the lines before k, cheapest */
    float *rest;  /* [k] of the lines from k on */
    guint *from;  /* [k] where the last band before k begins */
    float *bands; /* (nullable) [i * RUN_BAND_LINES_MAX + k - i] of the band of lines i…k */
} Bands;

static void bands_clear(Bands *bands)
{
    g_free(bands->best);
    g_free(bands->rest);
    g_free(bands->from);
    g_free(bands->bands);
}

/* The cheapest bands of the lines. */
static void cut_bands(const RunCutter *cutter, Bands *bands)
{
    float some[RUN_BAND_LINES_MAX];
    bands->best = g_new(float, cutter->n + 1);
    bands->from = g_new0(guint, cutter->n + 1);
    if (cutter->n <= DOUBT_LINES_MAX)
        bands->bands = g_new(float, (gsize)cutter->n *RUN_BAND_LINES_MAX + 1);
    for (guint k = 1; k <= cutter->n; k++)
        bands->best[k] = G_MAXFLOAT;
    bands->best[0] = 0;
    for (guint i = 0; i < cutter->n; i++) {
        float *prices = bands->bands ? bands->bands + (gsize)i * RUN_BAND_LINES_MAX : some;
        run_band_prices(cutter, i, prices);
        for (guint k = i; k < MIN(cutter->n, i + RUN_BAND_LINES_MAX); k++) {
            float sum = bands->best[i] + prices[k - i];
            if (sum >= bands->best[k + 1])
                continue;
            bands->best[k + 1] = sum;
            bands->from[k + 1] = i;
        }
    }
}

static GArray *rows_of(const RunCutter *cutter, const Bands *bands)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(RunRow));
    for (guint end = cutter->n; end > 0; end = bands->from[end]) {
        RunRow row = {cutter->block->first + bands->from[end], cutter->block->first + end};
        g_array_prepend_val(rows, row);
    }
    return rows;
}

static void cut_rest(const RunCutter *cutter, Bands *bands)
{
    bands->rest = g_new(float, cutter->n + 1);
    bands->rest[cutter->n] = 0;
    for (guint i = cutter->n; i-- > 0;) {
        bands->rest[i] = G_MAXFLOAT;
        for (guint k = i; k < MIN(cutter->n, i + RUN_BAND_LINES_MAX); k++)
            bands->rest[i] =
                MIN(bands->rest[i],
                    bands->bands[(gsize)i * RUN_BAND_LINES_MAX + k - i] + bands->rest[k + 1]);
    }
}

/* The cheapest way with two lines in one band. */
static float price_together(const RunCutter *cutter, const Bands *bands, guint above, guint line)
{
    float least = G_MAXFLOAT;
    for (guint i = above + 1; i-- > 0 && line - i < RUN_BAND_LINES_MAX;) {
        for (guint k = line; k < MIN(cutter->n, i + RUN_BAND_LINES_MAX); k++)
            least =
                MIN(least, bands->best[i] + bands->bands[(gsize)i * RUN_BAND_LINES_MAX + k - i] +
                               bands->rest[k + 1]);
    }
    return least;
}

/* The cheapest way with a cut between two lines. */
static float price_apart(const Bands *bands, guint above, guint line)
{
    float least = G_MAXFLOAT;
    for (guint k = above + 1; k <= line; k++)
        least = MIN(least, bands->best[k] + bands->rest[k]);
    return least;
}

/* A line may belong to another row than it was put into; its first text says so for all of them. */
static void doubt_line(const RunCutter *cutter, guint line)
{
    const RunBlock *block = cutter->block;
    for (guint k = block->starts[line]; k < block->starts[line + 1]; k++) {
        const Piece *piece = block_piece(block, k);
        Role role = block->columns[piece->column].role;
        if (role == ROLE_BLOCK || role == ROLE_LEVEL1 || role == ROLE_LEVEL2)
            continue;
        runs_word(block->runs, piece->first)->is_unsure = true;
        return;
    }
}

/* Lines of texts that may as well be cut from the one above, or not. */
static void doubt_rows(const RunCutter *cutter, Bands *bands)
{
    guint first = cutter->block->first, above = G_MAXUINT;
    if (!bands->bands)
        return;
    cut_rest(cutter, bands);
    for (guint line = 0; line < cutter->n; line++) {
        if (!run_lines_have_texts(cutter->block, first + line, first + line + 1))
            continue;
        if (above != G_MAXUINT && line - above < RUN_BAND_LINES_MAX) {
            float together = price_together(cutter, bands, above, line);
            float apart = price_apart(bands, above, line);
            if (ABS(together - apart) < ROW_DOUBT_MARGIN)
                doubt_line(cutter, line);
        }
        above = line;
    }
}

GArray *run_bands_cheapest(RunCutter *cutter)
{
    Bands centred = {0}, at_top = {0};
    cut_bands(cutter, &centred);
    cutter->at_top = true;
    cut_bands(cutter, &at_top);
    cutter->at_top = at_top.best[cutter->n] + TOP_PRICE < centred.best[cutter->n];
    Bands *best = cutter->at_top ? &at_top : &centred;
    GArray *rows = rows_of(cutter, best);
    doubt_rows(cutter, best);
    bands_clear(&centred);
    bands_clear(&at_top);
    return rows;
}
