/*
 * join_seam.c - closing the break between two parts of a table.
 *
 *     产出指标 | 质量指标 | 故障解决率 | 100% | 遇突发事件需及时      last row of the one page
 *     ──────────────────────────────────────────
 *              |          |            |      | 到现场解决            first row of the next
 *     效益指标 | …
 *
 * Where both edges are open (no rule at the break, as Chromium and WeasyPrint print), the two cells
 * are one.  LibreOffice and Word close both edges; then the upper row goes on when the lower one
 * has text only where the upper has some, no figure and no label of its own, and lacks what a row
 * has; a label goes on when only both halves together are one.
 */
#include "recognise/join.h"

#include <string.h>

/* A figure is short and begins with a digit, a sign or a comparator. */
#define FIGURE_BYTES 24
/* A shorter text that stands in another may do so by chance. */
#define AGAIN_BYTES 12

/* A cell of the part's first row and the one above it, in the table's last row. */
typedef struct {
    ZpCell *upper; /* (nullable) NULL: none has just its columns */
    ZpCell *lower;
} Pair;

static bool is_blank(const ZpCell *cell)
{
    return zp_text_is_blank(cell->text, cell->length);
}

static bool is_figure(const ZpCell *cell)
{
    g_autoptr(GString) folded = g_string_new(NULL);
    if (is_blank(cell) || cell->length > FIGURE_BYTES)
        return false;
    zp_text_append_folded(folded, cell->text, cell->length);
    gunichar first = g_utf8_get_char(folded->str);
    return g_unichar_isdigit(first) || g_utf8_strchr("≥≧≤≦><=═-—+", -1, first);
}

static bool is_label(const Join *join, const char *text, gsize length)
{
    ZpLabelMatch match;
    return zp_labels_match(join->arranged->labels, text, length, &match);
}

static bool is_placeholder(const Join *join, const ZpCell *cell)
{
    g_autoptr(GString) folded = g_string_new(NULL);
    zp_text_append_folded(folded, cell->text, cell->length);
    return zp_labels_is_placeholder(join->arranged->labels, folded->str, folded->len);
}

static bool is_number_part(gunichar c)
{
    return g_unichar_isdigit(c) || c == '.' || c == ',' || c == '%' || c == 0xFF05;
}

/* What stands between the two halves of a text, as between the lines of one cell. */
static const char *between(const ZpCell *upper, const ZpCell *lower)
{
    const char *end = g_utf8_find_prev_char(upper->text, upper->text + upper->length);
    gunichar last = end ? g_utf8_get_char(end) : ' ', next = g_utf8_get_char(lower->text);
    bool is_han = zp_char_is_cjk(last) || zp_char_is_cjk(next);
    return is_han || (is_number_part(last) && is_number_part(next)) ? "" : "\n";
}

/* A spreadsheet prints the text of a merged cell on each of its pages, as much as has room there. */
static bool is_again(const ZpCell *a, const ZpCell *b)
{
    const ZpCell *longer = a->length >= b->length ? a : b, *shorter = longer == a ? b : a;
    return shorter->length >= AGAIN_BYTES && 2 * shorter->length >= longer->length &&
           memmem(longer->text, longer->length, shorter->text, shorter->length);
}

/* The text of both halves, in the scratch. */
static void read_both(Join *join, const Pair *pair)
{
    g_string_truncate(join->scratch, 0);
    if (is_again(pair->upper, pair->lower)) {
        const ZpCell *longer =
            pair->upper->length >= pair->lower->length ? pair->upper : pair->lower;
        g_string_append_len(join->scratch, longer->text, longer->length);
        return;
    }
    g_string_append_len(join->scratch, pair->upper->text, pair->upper->length);
    if (!is_blank(pair->upper) && !is_blank(pair->lower))
        g_string_append(join->scratch, between(pair->upper, pair->lower));
    g_string_append_len(join->scratch, pair->lower->text, pair->lower->length);
}

/* One half may be a label as well (主管 and 部门), but not both. */
static bool makes_label(Join *join, const Pair *pair)
{
    if (is_blank(pair->upper) || is_blank(pair->lower))
        return false;
    read_both(join, pair);
    return is_label(join, join->scratch->str, join->scratch->len) &&
           !(is_label(join, pair->upper->text, pair->upper->length) &&
             is_label(join, pair->lower->text, pair->lower->length));
}

static bool is_open(const Pair *pair)
{
    return pair->upper && pair->upper->open_below && pair->lower->open_above;
}

/* Whether a cell of both parts is one although rows begin at the break. */
static bool goes_on(Join *join, const Pair *pair)
{
    if (!pair->upper)
        return false;
    if (is_open(pair) || makes_label(join, pair))
        return true;
    bool spans = pair->upper->row_span > 1 || pair->lower->row_span > 1;
    return spans && is_blank(pair->lower) && !is_blank(pair->upper) &&
           is_label(join, pair->upper->text, pair->upper->length);
}

/* What the pairs of two rows say about whether they are one. */
typedef struct {
    guint n_pairs, n_open;
    guint n_lone;    /* cells of the lower row without one above */
    guint n_texts;   /* lower cells with text */
    guint n_lacking; /* blank lower cells below text, in the row alone */
    guint n_labels;  /* labels that two halves make */
    guint n_against; /* lower cells that begin something: a figure, a label, below nothing */
} Seam;

static void look_at_pair(Join *join, const Pair *pair, Seam *seam)
{
    const ZpCell *upper = pair->upper, *lower = pair->lower;
    if (!upper) {
        seam->n_lone++;
        return;
    }
    seam->n_pairs++;
    seam->n_open += is_open(pair) ? 1 : 0;
    if (is_blank(lower)) {
        bool is_single = upper->row_span == 1 && lower->row_span == 1;
        seam->n_lacking += is_single && !is_blank(upper) ? 1 : 0;
        return;
    }
    seam->n_texts++;
    if (makes_label(join, pair)) {
        seam->n_labels++;
        return;
    }
    if (is_blank(upper) || is_figure(lower) || is_placeholder(join, lower) ||
        is_label(join, upper->text, upper->length) || is_label(join, lower->text, lower->length))
        seam->n_against++;
}

static bool is_one_row(const Seam *seam)
{
    if (seam->n_pairs && seam->n_open == seam->n_pairs)
        return !seam->n_lone;
    return !seam->n_lone && !seam->n_against && seam->n_texts &&
           (seam->n_lacking || seam->n_labels);
}

/* The table's cell that reaches into its last row and has just these columns. */
static ZpCell *cell_above(const ZpTable *table, const ZpCell *lower)
{
    for (guint k = table->cells->len; k-- > 0;) {
        ZpCell *cell = &g_array_index(table->cells, ZpCell, k);
        if (cell->row + cell->row_span == table->n_rows && cell->col == lower->col &&
            cell->col_span == lower->col_span)
            return cell;
    }
    return NULL;
}

/* One cell of the two; the printed place stays that of the first half with text. */
static void merge(Join *join, const Pair *pair, guint rows)
{
    ZpCell *upper = pair->upper, *lower = pair->lower;
    bool both = !is_blank(upper) && !is_blank(lower) && !is_again(upper, lower);
    read_both(join, pair);
    if (is_blank(upper)) {
        upper->printed = lower->printed;
        upper->page = lower->page;
        upper->box = lower->box;
    }
    upper->text = g_string_chunk_insert_len(join->arranged->strings, join->scratch->str,
                                            (gssize)join->scratch->len);
    upper->length = (guint32)join->scratch->len;
    upper->row_span = (guint16)MIN(upper->row_span + rows, G_MAXUINT16);
    upper->open_below = lower->open_below;
    upper->is_joined |= both || lower->is_joined;
    if (lower->ocr && (!upper->ocr || lower->ocr->state == ZP_OCR_DOUBTFUL))
        upper->ocr = lower->ocr;
}

/* The cells of the part over the columns of the table. */
static void place_part(Join *join, const ZpTable *part)
{
    g_autofree guint32 *columns = join_columns(join, part);
    for (guint k = 0; k < part->cells->len; k++) {
        ZpCell *cell = &g_array_index(part->cells, ZpCell, k);
        guint32 end = MIN(cell->col + cell->col_span, part->x->len - 1);
        guint32 first = columns[cell->col];
        cell->col_span = (guint16)MAX(columns[end] - first, 1);
        cell->col = first;
    }
}

static gint by_place(gconstpointer a, gconstpointer b, gpointer data)
{
    (void)data;
    const ZpCell *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return x->col < y->col ? -1 : x->col > y->col;
}

void join_sort(GArray *cells, guint32 below)
{
    guint k = cells->len;
    while (k > 0 && g_array_index(cells, ZpCell, k - 1).row >= below)
        k--;
    g_qsort_with_data(cells->data + k * sizeof(ZpCell), (gint)(cells->len - k), sizeof(ZpCell),
                      by_place, NULL);
}

/* The cells of the part's first row with those above them. */
static GArray *first_pairs(const Join *join, const ZpTable *part)
{
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    for (guint k = 0; k < part->cells->len; k++) {
        ZpCell *lower = &g_array_index(part->cells, ZpCell, k);
        if (lower->row > 0)
            break;
        Pair pair = {cell_above(join->table, lower), lower};
        g_array_append_val(pairs, pair);
    }
    return pairs;
}

/* Marks a lower cell that went into the one above: it covers nothing any more. */
static void take_away(ZpCell *cell)
{
    cell->row_span = 0;
}

static void append_rest(Join *join, const ZpTable *part, guint32 below)
{
    for (guint k = 0; k < part->cells->len; k++) {
        ZpCell cell = g_array_index(part->cells, ZpCell, k);
        if (!cell.row_span)
            continue;
        cell.row += below;
        g_array_append_val(join->table->cells, cell);
    }
}

void join_part(Join *join, const ZpTable *part)
{
    place_part(join, part);
    ZpTable *table = join->table;
    g_autoptr(GArray) pairs = first_pairs(join, part);
    Seam seam = {0};
    for (guint k = 0; k < pairs->len; k++)
        look_at_pair(join, &g_array_index(pairs, Pair, k), &seam);
    bool one_row = is_one_row(&seam);
    for (guint k = 0; k < pairs->len; k++) {
        const Pair *pair = &g_array_index(pairs, Pair, k);
        if (!one_row && !goes_on(join, pair))
            continue;
        merge(join, pair, pair->lower->row_span - (one_row ? 1u : 0u));
        take_away(pair->lower);
    }
    guint32 below = table->n_rows - (one_row ? 1 : 0);
    append_rest(join, part, below);
    table->n_rows = below + part->n_rows;
    table->open_bottom = part->open_bottom;
    join_sort(table->cells, below);
}
