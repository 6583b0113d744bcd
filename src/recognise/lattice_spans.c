/*
 * lattice_spans.c - labels left of the rows → the rows that each stands beside.
 *
 *                数量指标    培训人数     ≥30人
 *     产出指标               培训次数     ≥2次        数量指标 stands in the middle of two rows or
 *                质量指标    合格率       ≥95%        at the first one; 产出指标 in that of all three
 *
 * A label stands in the middle of its rows (or at the top of them), each row has one label of a column,
 * and those of an outer column begin where one of the inner column does.  The cheapest way to
 * deal the rows out is taken; a label that may as well begin elsewhere is in doubt.
 */
#include "recognise/lattice_lines.h"

#include <string.h>

/* Heads of the levels' columns: they stand in the header alone. */
static const guint64 LEVEL_HEADS =
    ZP_LABEL_BIT(ZP_LABEL_LEVEL1_HEAD) | ZP_LABEL_BIT(ZP_LABEL_LEVEL2_HEAD);

/* Rows of one label, and pieces of one. */
#define SPAN_ROWS_MAX    120
#define LABEL_PIECES_MAX 12

/* Lines, and rows, that a label may stand beside its place. */
#define PLACE_SLACK 2.6F
#define PLACE_ROWS  8

static const float COST_OFF = 2;       /* a line that a label stands beside its place */
static const float COST_ROUND = 0.35F; /* a half line on the side where others do not stand */
static const float COST_GAP = 2.5F;    /* a row without a label */
static const float COST_NEST = 2;      /* a label that begins inside one of the inner column */
static const float COST_HOME = 0.6F;   /* a level 2 under a level 1 that it does not belong to */
static const float COST_TOTAL = 1;     /* a level's label beside the total row */
static const float COST_BROKEN = 3;    /* a label, cut in two, or two taken for one */
static const float COST_STRANGE =
    0.1F; /* one line that is no known label: two that are one come first */
static const float COST_UNKNOWN = 0.5F;    /* several lines, together no known label */
static const float COST_HOLE = 2;          /* a line between two of a label */
static const float COST_WHOLE_HOLE = 0.2F; /* the same, of a label that is known */
static const float COST_DOUBT = 0.3F;      /* a way that costs no more than that is as good */
static const float NEXT_LINE = 1.1F;       /* lines no further apart have none between them */
static const float BREAK_OFF = 0.2F; /* what the place of a label weighs whose rows a page parts */
static const float NONE = 1e9F;

/* A column under work. */
typedef struct {
    const Lattice *lattice;
    const LatticeBand *band;
    const GPtrArray *pieces; /* of LatticePiece*, from top to bottom */
    const bool *begins;      /* (nullable) by row: a label of the column read before begins there */
    const guint *n_begins;   /* how many of them before a row */
    bool is_upright;         /* nothing but an upright label beside labels with values */
    bool is_outer;           /* that column stands right of this one */
    bool is_block;           /* the block's own label stands there, and is one */
    guint column, n_rows;
    const ZpLabelEntry **others;  /* by row: the label of a level that was read before */
    const ZpLabelEntry **entries; /* as joins: what label so many pieces are */
    float *
        joins; /* pieces × LABEL_PIECES_MAX: the cost of a label of so many pieces; < 0: not known */
} Span;

static const LatticeRow *row_at(const Span *span, guint k)
{
    return &g_array_index(span->band->rows, LatticeRow, k);
}

static const LatticePiece *piece_at(const Span *span, guint k)
{
    return span->pieces->pdata[k];
}

static bool is_label(const Span *span, guint first, guint count, const ZpLabelEntry **entry)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    ZpLabelMatch label;
    for (guint k = 0; k < count; k++) {
        const LatticePiece *piece = piece_at(span, first + k);
        for (guint i = 0; i < piece->count; i++)
            g_ptr_array_add(words, runs_word(span->lattice->runs, piece->first + i));
    }
    bool is_one = words_match(span->lattice->runs, words, &label);
    if (entry)
        *entry = is_one ? label.entry : NULL;
    return is_one;
}

/* A weight is no part of a label above it. */
static float cost_of_figure(const LatticePiece *above, const LatticePiece *piece)
{
    return is_figure(piece) != is_figure(above) ? COST_BROKEN : 0;
}

/* Whether each of several pieces stands in the line below the one before. */
static bool stand_close(const Span *span, guint first, guint count)
{
    for (guint k = 1; k < count; k++) {
        if (piece_at(span, first + k)->y - piece_at(span, first + k - 1)->y > NEXT_LINE)
            return false;
    }
    return true;
}

/* The cost of taking pieces for one label. */
static float join_cost(const Span *span, guint first, guint count)
{
    float cost = 0;
    int open = 0;
    for (guint k = 0; k < count; k++)
        open += lattice_open_brackets(span->lattice, piece_at(span, first + k));
    cost += open ? COST_BROKEN : 0;
    if (count == 1)
        return cost + (is_label(span, first, 1, NULL) ? 0 : COST_STRANGE);
    if (span->lattice->runs->in_points) {
        if (!lattice_is_chain(span->pieces, first, count))
            return NONE;
        if (span->lattice->is_padded &&
            piece_at(span, first)->page == piece_at(span, first + count - 1)->page)
            return 0;
    }
    bool is_whole = is_label(span, first, count, NULL), is_each = true;
    for (guint k = 0; k < count; k++) {
        is_each &= is_label(span, first + k, 1, NULL);
        if (k && piece_at(span, first + k)->is_pair)
            return COST_BROKEN * (float)(count - 1);
    }
    /* What stands on two pages is one label only where nothing else can be. */
    if (!is_whole && span->lattice->runs->in_points)
        cost += COST_BROKEN;
    /* 产出 far above 成本指标 is no 产出成本指标. */
    if (is_each)
        return cost +
               (is_whole && stand_close(span, first, count) ? 0 : COST_BROKEN * (float)(count - 1));
    for (guint k = 1; k < count; k++) {
        const LatticePiece *above = piece_at(span, first + k - 1),
                           *piece = piece_at(span, first + k);
        cost += is_whole ? 0 : cost_of_figure(above, piece);
        cost += is_whole ? 0 : lattice_goes_on(span->lattice, span->band, above, piece) / 2;
        cost += (is_whole ? COST_WHOLE_HOLE : COST_HOLE) * MAX(piece->y - above->y - 1, 0);
    }
    return cost + (is_whole ? 0 : COST_UNKNOWN);
}

static float label_cost(const Span *span, guint first, guint count)
{
    float *kept = &span->joins[first * LABEL_PIECES_MAX + count - 1];
    if (*kept < 0) {
        *kept = join_cost(span, first, count);
        is_label(span, first, count, &span->entries[first * LABEL_PIECES_MAX + count - 1]);
    }
    return *kept;
}

static bool is_home(const ZpLabelEntry *level2, const ZpLabelEntry *level1)
{
    if (!(level2->kinds & ZP_LABEL_BIT(ZP_LABEL_LEVEL2)) || !level2->homes ||
        !(level1->kinds & ZP_LABEL_BIT(ZP_LABEL_LEVEL1)) || !level1->level1)
        return true;
    return g_strv_contains(level2->homes, level1->level1);
}

/* Rows [first, end) whose label of the level read before does not belong to this one. */
static float home_cost(const Span *span, const ZpLabelEntry *entry, guint first, guint end)
{
    guint n = 0;
    for (guint k = first; entry && k < end; k++) {
        const ZpLabelEntry *other = span->others[k];
        bool is_new = k == first || other != span->others[k - 1];
        n += other && is_new && !(span->is_outer ? is_home(other, entry) : is_home(entry, other));
    }
    return COST_HOME * (float)n;
}

/* Whether rows stand on two pages: where their middle is nobody knows. */
static bool has_break(const Span *span, guint first, guint end)
{
    return span->lattice->runs->in_points &&
           lattice_has_break(span->lattice, row_at(span, first)->first,
                             row_at(span, end - 1)->end - 1);
}

/* The cost of a label's place beside rows [first, end). */
static float place_cost(const Span *span, guint piece, guint count, guint first, guint end)
{
    const Lattice *lattice = span->lattice;
    float top = piece_at(span, piece)->y;
    float bottom = piece_at(span, piece + count - 1)->y;
    float y0 = row_at(span, first)->y0;
    float y1 = row_at(span, end - 1)->y1;
    if (!first && end > 1 && (piece_at(span, piece)->kinds & LEVEL_HEADS))
        return NONE;
    if (lattice->is_top)
        return COST_OFF * lattice->off * ABS(top - y0) +
               home_cost(span, span->entries[piece * LABEL_PIECES_MAX + count - 1], first, end);
    float off = (top + bottom - y0 - y1) / 2;
    float cost = COST_OFF * (has_break(span, first, end) ? BREAK_OFF : lattice->off) *
                 MAX(ABS(off) - lattice->slack, 0);
    cost += home_cost(span, span->entries[piece * LABEL_PIECES_MAX + count - 1], first, end);
    return cost + (off * lattice->odd < 0 ? COST_ROUND : 0);
}

/* The total row has no labels of levels; what an upright label does not stand beside needs none. */
static float gap_cost(const Span *span, guint row)
{
    if (span->is_upright &&
        (row_at(span, row)->end <= piece_at(span, 0)->line ||
         row_at(span, row)->first > piece_at(span, span->pieces->len - 1)->line))
        return 0;
    return row + 1 == span->n_rows && span->band->total ? 0 : COST_GAP;
}

/* What it costs that a label stands beside rows [first, end), for the labels of the column that was read before. */
static float nest_cost(const Span *span, guint first, guint end)
{
    float cost = 0;
    if (span->band->total && span->column && end == span->n_rows)
        cost += COST_TOTAL;
    if (span->is_block && first)
        cost += COST_BROKEN;
    if (!span->begins)
        return cost;
    if (span->is_outer)
        return cost + (span->begins[first] ? 0 : COST_NEST) +
               (end == span->n_rows || span->begins[end] ? 0 : COST_NEST);
    return cost + COST_NEST * (float)(span->n_begins[end] - span->n_begins[first + 1]);
}

/* Best ways so far: `before` up to a piece and a row, and where the last step came from. */
typedef struct {
    float cost;
    guint16 pieces, rows; /* of the last step; no piece: a row without a label */
} Step;

static Step *step_at(GArray *steps, const Span *span, guint piece, guint row)
{
    return &g_array_index(steps, Step, piece * (span->n_rows + 1) + row);
}

static void offer(Step *step, float cost, guint pieces, guint rows)
{
    if (cost < step->cost)
        *step = (Step){cost, (guint16)pieces, (guint16)rows};
}

/* The rows at which a label may end that begins at @row: those whose middle is near it. */
static void find_ends(const Span *span, guint piece, guint count, guint row, guint *first,
                      guint *last)
{
    const Lattice *lattice = span->lattice;
    float top = piece_at(span, piece)->y;
    float bottom = piece_at(span, piece + count - 1)->y;
    float y0 = row_at(span, row)->y0;
    *first = row + 1;
    *last = MIN(span->n_rows, row + SPAN_ROWS_MAX);
    if (lattice->is_top) {
        *last = ABS(top - y0) <= PLACE_SLACK ? *last : row;
        return;
    }
    float target = top + bottom - y0;
    guint least = row, most = span->n_rows;
    while (least < most) {
        guint middle = (least + most) / 2;
        if (row_at(span, middle)->y1 < target - PLACE_SLACK)
            least = middle + 1;
        else
            most = middle;
    }
    *first = least + 1;
    guint end = least;
    while (end < span->n_rows && end - least < PLACE_ROWS &&
           row_at(span, end)->y1 <= target + PLACE_SLACK)
        end++;
    *last = MIN(end, *last);
}

/* Whether a label may begin at a row: not below its text, and not above the label before. */
static bool may_begin(const Span *span, guint piece, guint row)
{
    float y = row_at(span, row)->y0;
    if (piece && y < piece_at(span, piece - 1)->y - PLACE_SLACK)
        return false;
    return piece == span->pieces->len || y <= piece_at(span, piece)->y + PLACE_SLACK;
}

/* All steps from a piece and a row. */
static void step_on(GArray *steps, const Span *span, guint piece, guint row)
{
    float cost = step_at(steps, span, piece, row)->cost;
    if (cost >= NONE || row >= span->n_rows || !may_begin(span, piece, row))
        return;
    offer(step_at(steps, span, piece, row + 1), cost + gap_cost(span, row), 0, 1);
    for (guint n = 1; n <= LABEL_PIECES_MAX && piece + n <= span->pieces->len; n++) {
        float own = label_cost(span, piece, n);
        guint end, last;
        for (find_ends(span, piece, n, row, &end, &last); end <= last; end++) {
            float all =
                cost + own + place_cost(span, piece, n, row, end) + nest_cost(span, row, end);
            offer(step_at(steps, span, piece + n, end), all, n, end - row);
        }
    }
}

static GArray *walk(const Span *span)
{
    guint n = (span->pieces->len + 1) * (span->n_rows + 1);
    GArray *steps = g_array_sized_new(FALSE, TRUE, sizeof(Step), n);
    g_array_set_size(steps, n);
    for (guint k = 0; k < n; k++)
        g_array_index(steps, Step, k).cost = NONE;
    g_array_index(steps, Step, 0).cost = 0;
    for (guint piece = 0; piece <= span->pieces->len; piece++) {
        for (guint row = 0; row < span->n_rows; row++)
            step_on(steps, span, piece, row);
    }
    return steps;
}

/* From a piece and a row to the end: the least cost, by the steps backwards. */
static float *walk_back(const Span *span)
{
    guint wide = span->n_rows + 1, n = (span->pieces->len + 1) * wide;
    float *rest = g_new(float, n);
    for (guint k = 0; k < n; k++)
        rest[k] = NONE;
    rest[n - 1] = 0;
    for (guint piece = span->pieces->len + 1; piece-- > 0;) {
        for (guint row = span->n_rows; row-- > 0;) {
            float *best = &rest[piece * wide + row];
            if (!may_begin(span, piece, row))
                continue;
            *best = MIN(*best, rest[piece * wide + row + 1] + gap_cost(span, row));
            for (guint c = 1; c <= LABEL_PIECES_MAX && piece + c <= span->pieces->len; c++) {
                float own = label_cost(span, piece, c);
                guint end, last;
                for (find_ends(span, piece, c, row, &end, &last); end <= last; end++)
                    *best =
                        MIN(*best, own + place_cost(span, piece, c, row, end) +
                                       nest_cost(span, row, end) + rest[(piece + c) * wide + end]);
            }
        }
    }
    return rest;
}

/* Whether the label of a piece may begin at another row as well. */
static bool is_unsure(const Span *span, GArray *steps, const float *rest, guint piece, guint row,
                      float best)
{
    for (guint other = 0; other < span->n_rows; other++) {
        float cost =
            step_at(steps, span, piece, other)->cost + rest[piece * (span->n_rows + 1) + other];
        /* A row without a label in front of it is no other beginning. */
        bool is_gap =
            piece < span->pieces->len && !step_at(steps, span, piece, other)->pieces && other;
        if (other != row && !is_gap && cost <= best + COST_DOUBT)
            return true;
    }
    return false;
}

/* One character, or some below each other, that are no label known. */
static bool is_scrap(const Span *span, guint piece, guint count)
{
    const ZpLabelEntry *entry = span->entries[piece * LABEL_PIECES_MAX + count - 1];
    bool is_upright = true;
    for (guint k = 0; k < count; k++)
        is_upright &= piece_at(span, piece + k)->is_character;
    return is_upright && !entry;
}

static void take_labels(const Span *span, GArray *steps, const float *rest)
{
    guint piece = span->pieces->len, row = span->n_rows;
    float best = step_at(steps, span, piece, row)->cost;
    bool unsure_end = false;
    while (row) {
        const Step *step = step_at(steps, span, piece, row);
        LatticeLabel label = {
            .column = span->column, .first_row = row - step->rows, .n_rows = step->rows};
        row -= step->rows;
        piece -= step->pieces;
        if (!step->pieces)
            continue;
        bool unsure = row && is_unsure(span, steps, rest, piece, row, best);
        label.first = piece_at(span, piece)->line;
        label.end = piece_at(span, piece + step->pieces - 1)->line + 1;
        label.has_hole =
            lattice_y(span->lattice, label.end - 1) - lattice_y(span->lattice, label.first) >
            (float)step->pieces - 0.5F;
        label.is_unsure = (unsure || unsure_end) && span->band->columns[span->column].has_head;
        label.is_unsure |= is_scrap(span, piece, step->pieces) ||
                           (span->band->columns[span->column].has_head &&
                            has_break(span, label.first_row, label.first_row + label.n_rows));
        unsure_end = unsure;
        g_array_append_val(span->band->labels, label);
    }
}

/* The labels of a level's column by row, for the next one; a column of weights has none. */
static void remember_entries(const Span *span, guint n)
{
    static const guint64 LEVELS = ZP_LABEL_BIT(ZP_LABEL_LEVEL1) | ZP_LABEL_BIT(ZP_LABEL_LEVEL2);
    bool has_level = false;
    for (guint k = 0; k < LABEL_PIECES_MAX * span->pieces->len; k++)
        has_level |= span->entries[k] && (span->entries[k]->kinds & LEVELS);
    for (guint piece = 0; has_level && n < span->band->labels->len; n++) {
        const LatticeLabel *label = &g_array_index(span->band->labels, LatticeLabel, n);
        for (piece = 0; piece_at(span, piece)->line != label->first;)
            piece++;
        guint count = 1;
        while (piece + count < span->pieces->len &&
               piece_at(span, piece + count)->line < label->end)
            count++;
        const ZpLabelEntry *entry = span->entries[piece * LABEL_PIECES_MAX + count - 1];
        for (guint row = 0; row < label->n_rows; row++)
            span->others[label->first_row + row] = entry;
    }
}

/* Reads a column; @begins: the boundaries of the column read before, then those of this one. */
static float span_column(const Lattice *lattice, LatticeBand *band, guint column, bool *begins,
                         const ZpLabelEntry **others, bool has_other, bool is_outer)
{
    g_autoptr(GPtrArray) pieces = g_ptr_array_new();
    for (guint line = band->first; line < band->end - (band->total != 0); line++) {
        LatticePiece *piece = lattice_at(lattice, band, line, column);
        if (piece)
            g_ptr_array_add(pieces, piece);
    }
    Span span = {.lattice = lattice,
                 .band = band,
                 .pieces = pieces,
                 .begins = has_other ? begins : NULL,
                 .is_outer = is_outer,
                 .column = column,
                 .n_rows = band->rows->len};
    span.is_block = lattice_is_block_column(lattice, band, column);
    span.is_upright = pieces->len && band->head_end == band->first;
    for (guint k = 0; k < pieces->len; k++)
        span.is_upright &= piece_at(&span, k)->is_character;
    g_autofree guint *n_begins = g_new0(guint, span.n_rows + 2);
    for (guint k = 0; k < span.n_rows; k++)
        n_begins[k + 1] = n_begins[k] + begins[k];
    span.n_begins = n_begins;
    g_autofree float *joins = g_new(float, (gsize)LABEL_PIECES_MAX *MAX(pieces->len, 1));
    for (guint k = 0; k < LABEL_PIECES_MAX * pieces->len; k++)
        joins[k] = -1;
    span.joins = joins;
    g_autofree const ZpLabelEntry **entries =
        g_new0(const ZpLabelEntry *, (gsize)LABEL_PIECES_MAX *MAX(pieces->len, 1));
    span.entries = entries;
    span.others = others;
    g_autoptr(GArray) steps = walk(&span);
    g_autofree float *rest = walk_back(&span);
    float cost = step_at(steps, &span, pieces->len, span.n_rows)->cost;
    if (cost >= NONE)
        return cost;
    guint n = band->labels->len;
    take_labels(&span, steps, rest);
    memset(begins, 0, span.n_rows * sizeof *begins);
    remember_entries(&span, n);
    for (; n < band->labels->len; n++) {
        const LatticeLabel *label = &g_array_index(band->labels, LatticeLabel, n);
        begins[label->first_row] = true;
        if (label->first_row + label->n_rows < span.n_rows)
            begins[label->first_row + label->n_rows] = true;
    }
    return cost;
}

/* The columns from the rows outwards, or from the edge inwards. */
static float span_columns(const Lattice *lattice, LatticeBand *band, bool is_outward)
{
    float cost = 0;
    g_autofree bool *begins = g_new0(bool, band->rows->len + 1);
    g_autofree const ZpLabelEntry **others = g_new0(const ZpLabelEntry *, band->rows->len + 1);
    g_clear_pointer(&band->labels, g_array_unref);
    band->labels = g_array_new(FALSE, FALSE, sizeof(LatticeLabel));
    for (guint k = 0; k < band->n_spanning; k++)
        cost += span_column(lattice, band, is_outward ? band->n_spanning - 1 - k : k, begins,
                            others, k > 0, is_outward);
    return cost;
}

float lattice_span(const Lattice *lattice, LatticeBand *band)
{
    float outward = span_columns(lattice, band, true);
    GArray *labels = g_array_ref(band->labels);
    float inward = span_columns(lattice, band, false);
    if (inward <= outward) {
        g_array_unref(labels);
        return inward;
    }
    g_array_unref(band->labels);
    band->labels = labels;
    return outward;
}
