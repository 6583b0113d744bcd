/*
 * linear.c - cells in reading order, without rows and columns.
 *
 *     年初预算数 <LF> 全年预算数 <LF> 全年执行数 <LF> 分值 …      a header: labels one after the other
 *     年度资金总额 <LF> 700000.00 <LF> 560000.00 <LF> …           its rows
 *
 * as a page's text is copied: blank lines may stand between, and blank cells may be blank lines or be
 * lost.  A run of labels is a header; what follows, up to the next header, is laid over its columns,
 * each cell right of the one before it or at the beginning of a new row: the way in which all cells look
 * best in their columns and the least is skipped.  Where every row has as many cells as the others, blank
 * ones and copies counted, the rows are just that.
 */
#include "recognise/linear.h"

#include "recognise/linear_cells.h"

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

static const guint64 HEADS = BIT(INITIAL) | BIT(BUDGET) | BIT(EXECUTED) | BIT(RATE) |
                             BIT(LEVEL1_HEAD) | BIT(LEVEL2_HEAD) | BIT(LEVEL3_HEAD) | BIT(TARGET) |
                             BIT(ACTUAL) | BIT(WEIGHT) | BIT(SCORE) | BIT(REASON) |
                             BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL);
static const guint64 BLOCKS = BIT(FUNDS_BLOCK) | BIT(GOALS_BLOCK) | BIT(INDICATORS_BLOCK);

/* Labels of headers that a form has at the least. */
#define HEAD_LABELS_MIN 5

/* What is written, and from what. */
typedef struct {
    LinearTables tables;
    const GArray *cells;
    bool has_blanks;
} Writer;

/* Whether the first n texts are sentences and the next one is none: another block's label ends them. */
static bool are_sentences(const GArray *texts, guint n)
{
    for (guint k = 0; k < texts->len && k <= n; k++) {
        const LinearCell *cell = linear_at(texts, k);
        if ((g_strstr_len(cell->cell.text, cell->cell.length, "。") != NULL) != (k < n))
            return false;
    }
    return n > 0 && texts->len > n;
}

static bool is_actual(const LinearCell *cell)
{
    return zp_label_has(&cell->label, BIT(GOAL_ACTUAL));
}

/* Whether another head than the first says what was done; else its words name the block, too: 完成情况 | 计划目标 | 完成情况. */
static bool has_actual(const GArray *cells, const LinearHeader *header)
{
    const LinearCell *side = linear_at(cells, header->first);
    for (guint k = header->first + 1; k < header->end; k++) {
        if (is_actual(linear_at(cells, k)) && !linear_is_copy(linear_at(cells, k), side))
            return true;
    }
    return false;
}

/* As many texts as heads stand beneath them, or the first head is the block's own label; else they cannot be told apart. */
static guint write_goals(Writer *writer, const LinearHeader *header)
{
    LinearTables *tables = &writer->tables;
    const LinearCell *side = linear_at(writer->cells, header->first);
    bool is_head = is_actual(side) && !has_actual(writer->cells, header);
    g_autoptr(GArray) labels =
        linear_texts(tables, writer->cells, header->first + 1, header->end, is_head ? NULL : side);
    g_autoptr(GArray) texts = linear_texts(tables, writer->cells, header->body, header->stop, side);
    guint heads = 0, col = 1;
    g_array_prepend_val(labels, *side);
    for (guint k = 0; k < labels->len; k++)
        heads += !zp_label_has(&linear_at(labels, k)->label,
                               BLOCKS & ~(BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL)));
    bool has_side = heads > 2 && (heads == texts->len + 1 || are_sentences(texts, heads - 1));
    guint seats = heads - has_side;
    bool is_known = texts->len == heads || has_side || heads == 0 || are_sentences(texts, seats);
    linear_row(tables);
    for (guint k = 0; k < labels->len; k++) {
        const LinearCell *cell = linear_at(labels, k);
        bool is_block = zp_label_has(&cell->label, BLOCKS) &&
                        !zp_label_has(&cell->label, BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL));
        linear_cell(tables, k == 0 && (is_block || has_side) ? 0 : col++, cell);
    }
    linear_row(tables);
    col = is_known ? 1 : col + 1;
    guint n = is_known && seats ? MIN(seats, texts->len) : texts->len;
    for (guint k = 0; k < n; k++)
        linear_cell(tables, col++, linear_at(texts, k));
    /* What follows the texts is none of them, but of the form. */
    for (guint k = n; k < texts->len; k++) {
        linear_row(tables);
        linear_doubt(tables, col + 1, linear_at(texts, k));
    }
    return header->stop;
}

/* The header's row, and a second one for the parts of its target. */
static void write_header(Writer *writer, const LinearHeader *header, const LinearColumns *columns)
{
    guint behind = columns->part + columns->parts;
    linear_row(&writer->tables);
    for (guint c = 0; c < columns->n; c++) {
        if (columns->parts && c == columns->part)
            linear_span(&writer->tables, c, columns->parts, columns->over);
        else if ((c < columns->part || c >= behind) && columns->heads[c])
            linear_cell(&writer->tables, c, columns->heads[c]);
    }
    if (columns->parts)
        linear_row(&writer->tables);
    for (guint c = columns->part; c < behind; c++)
        linear_cell(&writer->tables, c, columns->heads[c]);
    if (header->body > header->end)
        linear_row(&writer->tables);
    for (guint k = header->end; k < header->body; k++)
        linear_cell(&writer->tables, k - header->end, linear_at(writer->cells, k));
}

/* A header with its rows, and the total row behind them.  Returns the cell behind them. */
static guint write_block(Writer *writer, const GArray *headers, guint i, LinearColumns *columns)
{
    const LinearHeader *header = &g_array_index(headers, LinearHeader, i);
    guint end = header->stop;
    linear_columns(columns, writer->cells, header);
    if (header->kind == LINEAR_GOALS)
        return write_goals(writer, header);
    if (header->width) {
        end = linear_grid_end(writer->cells, headers, i);
        linear_write_grid(&writer->tables, writer->cells, header->first, end, header);
        linear_grid_columns(columns, writer->cells, header);
        return end;
    }
    write_header(writer, header, columns);
    end =
        linear_lay(&writer->tables, writer->cells, header->body, end, columns, writer->has_blanks);
    while (end < header->stop + LINEAR_COLUMNS_MAX && end + 1 < writer->cells->len &&
           end >= header->stop &&
           linear_is_copy(linear_at(writer->cells, end), linear_at(writer->cells, header->first)))
        end++;
    if (header->kind == LINEAR_INDICATORS && end >= header->stop &&
        linear_is_total(writer->cells, end))
        end = linear_write_total(&writer->tables, writer->cells, columns, end, writer->cells->len);
    return end;
}

/* Whether a form's headers may be among the lines: a quick look before all is read. */
static bool may_hold_form(const ZpLabels *labels, const GPtrArray *lines)
{
    guint found = 0;
    for (guint k = 0; k < lines->len && found < HEAD_LABELS_MIN; k++) {
        const ZpCell *line = g_ptr_array_index(lines, k);
        ZpLabelMatch match;
        if (linear_is_long(labels, line))
            return true;
        found += (zp_labels_match(labels, line->text, line->length, &match) ||
                  zp_labels_compose(labels, line->text, line->length, &match)) &&
                 zp_label_has(&match, HEADS);
    }
    return found >= HEAD_LABELS_MIN;
}

bool linear_arrange(Arranged *arranged, const GPtrArray *lines)
{
    bool has_blanks;
    if (!may_hold_form(arranged->labels, lines))
        return false;
    g_autoptr(GArray) cells = linear_cells(arranged, lines, &has_blanks);
    g_autoptr(GArray) headers = linear_headers(arranged->labels, cells);
    LinearColumns columns = {0}, indicators = {0};
    Writer writer = {.tables = {.arranged = arranged, .has_copies = linear_has_copies(cells)},
                     .cells = cells,
                     .has_blanks = has_blanks};
    guint k = 0;
    /* The indicators' heads are a form by themselves: funds and goals may be labels with their values. */
    if (!headers->len ||
        (headers->len == 1 && g_array_index(headers, LinearHeader, 0).kind != LINEAR_INDICATORS))
        return false;
    for (guint i = 0; i < headers->len; i++) {
        const LinearHeader *header = &g_array_index(headers, LinearHeader, i);
        if (header->first < k)
            continue; /* rows of one width went on over it */
        guint begin = linear_grid_begin(cells, header, k);
        linear_write_pairs(&writer.tables, cells, k, begin, indicators.n ? &indicators : NULL);
        if (begin < header->first)
            linear_write_grid(&writer.tables, cells, begin, header->first, header);
        k = write_block(&writer, headers, i, &columns);
        if (header->kind == LINEAR_INDICATORS)
            indicators = columns;
    }
    linear_write_pairs(&writer.tables, cells, k, cells->len, indicators.n ? &indicators : NULL);
    return true;
}
