/*
 * runs_levels.c - labels that stand beside several rows: which rows each spans.
 *
 *              数量指标  调研次数        row 0
 *     产出指标 质量指标  参加人数        row 1      a label is centred beside its rows,
 *              时效指标  完成时间        row 2
 *     效益指标 社会效益  好评率          row 3      or stands at their top
 *
 * Labels follow each other without gaps, so they cut the rows into stretches; the cheapest cut wins:
 * labels far from the middle (or the top) of their rows cost, and so do a label of the inner level
 * that is divided between two outer ones, or that belongs under another one (homes in labels.yaml).
 */
#include "recognise/runs_block.h"

#include "recognise/costs.h"

#include <string.h>

/* Rows of one label, and of a block whose labels are placed together. */
#define RUN_SPAN_MAX      60
#define RUN_SPAN_ROWS_MAX 1000

/* Blank space above and below a row's text, in lines. */
#define ROW_PADDING 0.5F

/* Where labels stand beside their rows. */
typedef enum {
    IN_MIDDLE,
    AT_TOP,
    IN_FIRST, /* in the middle of the first row: vertical merges that a program does not draw */
    STAND_COUNT,
} Stand;

typedef struct {
    const RunBlock *block;
    const GArray *rows;   /* of RunRow */
    const GArray *labels; /* of RunLabel */
    const GArray *inner;  /* (nullable) of RunLabel */
    float *tops;          /* height of each row's top, and of the last one's bottom */
    guint *texts;         /* each row's first line of text */
    guint *own_rows;      /* the row of each label's first line */
    bool *beside;         /* whether that row's own texts stand in that line, too */
    float *middles;       /* height of each label's middle */
    guint *inner_from;    /* by row: the first inner label that reaches to it or below */
    Stand stand;
} Spanner;

static const RunRow *row_at(const Spanner *spanner, guint k)
{
    return &g_array_index(spanner->rows, RunRow, k);
}

static RunLabel *label_at(const GArray *labels, guint k)
{
    return &g_array_index(labels, RunLabel, k);
}

/* How many lines of its own the longest cell of a row has: text puts lines of two cells between each other. */
static float height_of(const RunBlock *block, const RunRow *row)
{
    guint pieces[RUN_COLUMNS_MAX] = {0}, most = 1;
    for (guint k = block->starts[row->first - block->first];
         k < block->starts[row->end - block->first]; k++) {
        Role role = block->columns[block_piece(block, k)->column].role;
        if (role == ROLE_BLOCK || role == ROLE_LEVEL1)
            continue;
        guint n = ++pieces[block_piece(block, k)->column];
        most = MAX(most, n);
    }
    return (float)most + ROW_PADDING;
}

/* The height of each row's top; on a page as it is printed, in text as it must have been. */
static float *tops_of(const RunBlock *block, const GArray *rows)
{
    float *tops = g_new(float, rows->len + 1);
    float top = 0;
    for (guint k = 0; k < rows->len; k++) {
        const RunRow *row = &g_array_index(rows, RunRow, k);
        tops[k] = top;
        if (!block->runs->in_points)
            top += height_of(block, row);
        else if (k + 1 < rows->len)
            top =
                (runs_line(block->runs, row->end - 1)->y + runs_line(block->runs, row->end)->y) / 2;
        if (k == 0 && block->runs->in_points)
            tops[0] = runs_line(block->runs, row->first)->y - ROW_PADDING;
    }
    tops[rows->len] = top;
    if (block->runs->in_points)
        tops[rows->len] = runs_line(block->runs, block->end - 1)->y + ROW_PADDING;
    return tops;
}

static bool has_text(const RunBlock *block, guint line)
{
    for (guint k = block->starts[line - block->first]; k < block->starts[line + 1 - block->first];
         k++) {
        Role role = block->columns[block_piece(block, k)->column].role;
        if (role != ROLE_BLOCK && role != ROLE_LEVEL1 && role != ROLE_LEVEL2)
            return true;
    }
    return false;
}

/* The lines of a row between its first and its last text; all of them when there is none. */
static RunRow text_lines(const Spanner *spanner, const RunRow *row)
{
    RunRow lines = *row;
    while (lines.first < lines.end && !has_text(spanner->block, lines.first))
        lines.first++;
    while (lines.end > lines.first && !has_text(spanner->block, lines.end - 1))
        lines.end--;
    return lines.first < lines.end ? lines : *row;
}

/* The row that a line is in. */
static guint row_of(const Spanner *spanner, guint line)
{
    guint from = 0, end = spanner->rows->len - 1;
    while (from < end) {
        guint middle = (from + end) / 2;
        if (row_at(spanner, middle)->end <= line)
            from = middle + 1;
        else
            end = middle;
    }
    return from;
}

/* The height of a line in the counting of the tops. */
static float height_at(const Spanner *spanner, guint line)
{
    if (spanner->block->runs->in_points)
        return runs_line(spanner->block->runs, line)->y;
    guint r = row_of(spanner, line);
    const RunRow *row = row_at(spanner, r);
    float share = ((float)(line - row->first) + 0.5F) / (float)(row->end - row->first);
    return spanner->tops[r] + share * (spanner->tops[r + 1] - spanner->tops[r]);
}

/* The height of a label's middle; one between the texts of two rows is at their border. */
static float middle_of(const Spanner *spanner, const RunLabel *label)
{
    guint r = row_of(spanner, label->first);
    RunRow lines = text_lines(spanner, row_at(spanner, r));
    if (!spanner->block->runs->in_points && label->end <= lines.first)
        return spanner->tops[r];
    if (!spanner->block->runs->in_points && label->first >= lines.end &&
        label->end <= row_at(spanner, r)->end)
        return spanner->tops[r + 1];
    return (height_at(spanner, label->first) + height_at(spanner, label->end - 1)) / 2;
}

/* How far below the top of a row a label begins. */
static float below_top(const Spanner *spanner, const RunLabel *label, guint row)
{
    if (spanner->block->runs->in_points)
        return ABS(height_at(spanner, label->first) - spanner->tops[row] - ROW_PADDING);
    return ABS((float)label->first - (float)spanner->texts[row]);
}

static bool is_home(const ZpLabelEntry *inner, const ZpLabelEntry *outer)
{
    if (!inner || !inner->homes || !outer || !outer->level1)
        return true;
    for (const char *const *home = inner->homes; *home; home++) {
        if (strcmp(*home, outer->level1) == 0)
            return true;
    }
    return false;
}

/* What the labels of the inner level say against an outer one beside rows [from, to). */
static float price_of_inner(const Spanner *spanner, const RunLabel *label, guint from, guint to)
{
    float price = 0;
    for (guint k = spanner->inner ? spanner->inner_from[from] : 0;
         spanner->inner && k < spanner->inner->len; k++) {
        const RunLabel *inner = label_at(spanner->inner, k);
        guint first = inner->first_row, end = first + inner->n_rows;
        if (first >= to)
            break;
        if (end <= from)
            continue;
        price += first < from || end > to ? DIVIDE_PRICE / 2 : 0;
        price += is_home(inner->entry, label->entry) ? 0 : FOREIGN_PRICE;
    }
    return price;
}

/* What it costs that label k has the rows [from, to). */
static float price_of_span(const Spanner *spanner, guint k, guint from, guint to)
{
    const RunLabel *label = label_at(spanner->labels, k);
    guint last = spanner->stand == IN_FIRST ? from + 1 : to;
    float off = spanner->stand == AT_TOP
                    ? below_top(spanner, label, from)
                    : ABS(spanner->middles[k] - (spanner->tops[from] + spanner->tops[last]) / 2);
    guint own = spanner->own_rows[k];
    bool is_apart = spanner->beside[k] && (own < from || own >= to);
    return off + (is_apart ? APART_PRICE : 0) + price_of_inner(spanner, label, from, to);
}

/* The cheapest cuts of the rows before each label: [label][row]. */
typedef struct {
    float *before; /* labels before k have the rows before r */
    guint *from;   /* the first row of label k - 1 in the cheapest cut before r */
    guint width;
} Spans;

static void spans_clear(Spans *spans)
{
    g_free(spans->before);
    g_free(spans->from);
}

/* The first row that a label whose rows end before @to may have. */
static guint least_from(guint to)
{
    return to > RUN_SPAN_MAX ? to - RUN_SPAN_MAX : 0;
}

/* Whether a label may stand beside rows that end before @to: no label is farther from its rows than it may have. */
static bool is_in_reach(const Spanner *spanner, guint k, guint to)
{
    guint own = spanner->own_rows[k];
    return to + RUN_SPAN_MAX > own && to <= own + RUN_SPAN_MAX + 1;
}

static void span_before(const Spanner *spanner, Spans *spans)
{
    guint n = spanner->rows->len, m = spanner->labels->len, width = n + 1;
    spans->width = width;
    spans->before = g_new(float, (gsize)(m + 1) * width);
    spans->from = g_new0(guint, (gsize)(m + 1) * width);
    for (guint r = 0; r <= n; r++)
        spans->before[r] = UNLABEL_PRICE * (float)r;
    for (guint k = 1; k <= m; k++) {
        float *row = spans->before + (gsize)k * width, *before = row - width;
        for (guint to = 0; to <= n; to++) {
            row[to] = G_MAXFLOAT;
            if (!is_in_reach(spanner, k - 1, to))
                continue;
            for (guint r = least_from(to); r < to; r++) {
                if (before[r] >= row[to])
                    continue;
                float price = before[r] + price_of_span(spanner, k - 1, r, to);
                if (price >= row[to])
                    continue;
                row[to] = price;
                spans->from[(gsize)k * width + to] = r;
            }
        }
    }
}

/* Gives each label its rows. */
static void keep_spans(const Spanner *spanner, const Spans *spans)
{
    for (guint k = spanner->labels->len, to = spanner->rows->len; k > 0; k--) {
        RunLabel *label = label_at(spanner->labels, k - 1);
        label->first_row = spans->from[(gsize)k * spans->width + to];
        label->n_rows = to - label->first_row;
        to = label->first_row;
    }
}

static float price_of(const Spanner *spanner, const Spans *spans)
{
    return spans->before[(gsize)spanner->labels->len * spans->width + spanner->rows->len];
}

/* The price of the cheapest cut of the rows; gives them to the labels when @keep. */
static float span_rows(const Spanner *spanner, bool keep)
{
    Spans spans = {0};
    span_before(spanner, &spans);
    float price = price_of(spanner, &spans);
    if (keep)
        keep_spans(spanner, &spans);
    spans_clear(&spans);
    return price;
}

/* More labels than rows, or too many: each stands beside the row of its first line. */
static void span_one_by_one(const Spanner *spanner)
{
    guint r = 0;
    for (guint k = 0; k < spanner->labels->len; k++) {
        RunLabel *label = label_at(spanner->labels, k);
        while (r + 1 < spanner->rows->len && row_at(spanner, r)->end <= label->first)
            r++;
        label->first_row = r;
        label->n_rows = 1;
    }
}

/* What is asked of rows and labels again and again. */
static void measure(Spanner *spanner)
{
    guint n = spanner->rows->len, m = spanner->labels->len;
    spanner->tops = tops_of(spanner->block, spanner->rows);
    spanner->texts = g_new(guint, n);
    spanner->inner_from = g_new0(guint, n);
    spanner->own_rows = g_new(guint, m);
    spanner->beside = g_new(bool, m);
    spanner->middles = g_new(float, m);
    for (guint r = 0, k = 0; r < n; r++) {
        spanner->texts[r] = text_lines(spanner, row_at(spanner, r)).first;
        while (spanner->inner && k < spanner->inner->len &&
               label_at(spanner->inner, k)->first_row + label_at(spanner->inner, k)->n_rows <= r)
            k++;
        spanner->inner_from[r] = k;
    }
    for (guint k = 0; k < m; k++) {
        spanner->own_rows[k] = row_of(spanner, label_at(spanner->labels, k)->first);
        spanner->beside[k] = has_text(spanner->block, label_at(spanner->labels, k)->first);
        spanner->middles[k] = middle_of(spanner, label_at(spanner->labels, k));
    }
}

static void spanner_clear(Spanner *spanner)
{
    g_free(spanner->tops);
    g_free(spanner->texts);
    g_free(spanner->inner_from);
    g_free(spanner->own_rows);
    g_free(spanner->beside);
    g_free(spanner->middles);
}

void run_block_span(const RunBlock *block, const GArray *rows, GArray *labels, const GArray *inner)
{
    Spanner spanner = {.block = block, .rows = rows, .labels = labels, .inner = inner};
    if (!labels->len || !rows->len)
        return;
    if (labels->len > rows->len || rows->len > RUN_SPAN_ROWS_MAX) {
        span_one_by_one(&spanner);
        return;
    }
    measure(&spanner);
    float least = G_MAXFLOAT;
    Stand best = IN_MIDDLE;
    for (guint stand = 0; stand < STAND_COUNT; stand++) {
        spanner.stand = (Stand)stand;
        float price = span_rows(&spanner, false);
        best = price < least ? (Stand)stand : best;
        least = MIN(price, least);
    }
    spanner.stand = best;
    span_rows(&spanner, true);
    spanner_clear(&spanner);
}
