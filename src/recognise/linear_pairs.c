/*
 * linear_pairs.c - cells in reading order between the blocks: labels with their values.
 *
 *     项目名称 <LF> 机关服务费 <LF> 立项依据 <LF> 市政府第12次常务会议纪要 <LF> 主管部门 <LF> …
 *
 * What follows a label is its value.  Texts behind that which no spelling knows, up to the next label, are labels with
 * their values in turn where they are even; else what belongs to what is in doubt.
 */
#include "recognise/linear_cells.h"

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

static const guint64 FUND_FIGURES =
    BIT(INITIAL) | BIT(BUDGET) | BIT(EXECUTED) | BIT(RATE) | BIT(WEIGHT) | BIT(SCORE);
static const guint64 GOALS = BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL);

/* A longer text is no label. */
#define LABEL_BYTES_MAX 60

static const LinearCell *at(const GArray *cells, guint k)
{
    return linear_at(cells, k);
}

static bool is_label(const LinearCell *cell)
{
    return zp_label_has(&cell->label, LINEAR_PAIR_LABELS | GOALS | BIT(GOALS_BLOCK));
}

/* A line that begins or parts blocks, and is no value. */
static bool is_line(const LinearCell *cell)
{
    return cell->is_title || cell->is_heading;
}

/* 年初预算数 120.00: figures of the funds beside their own labels. */
static bool is_fund_pair(const GArray *cells, guint k, guint end)
{
    return k + 1 < end && zp_label_has(&at(cells, k)->label, FUND_FIGURES) &&
           !at(cells, k)->label.value_offset && !linear_is_blank(at(cells, k + 1)) &&
           shape_is_figure(at(cells, k + 1)->shape);
}

/* 填报科室：财务科: bytes of a label that no spelling knows, its colon with it; 0: no value follows. */
static gsize inner_label(const LinearCell *cell)
{
    const char *text = cell->cell.text, *end = text + cell->cell.length;
    for (const char *p = text; p < end && p < text + LABEL_BYTES_MAX; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == ':' || c == 0xFF1A)
            return p > text && g_utf8_next_char(p) < end ? (gsize)(g_utf8_next_char(p) - text) : 0;
    }
    return 0;
}

/* Whether the k-th cell cannot be a value of what stands before it. */
static bool ends_run(const GArray *cells, guint k, guint end)
{
    const LinearCell *cell = at(cells, k);
    return is_label(cell) || is_line(cell) || linear_is_total(cells, k) ||
           is_fund_pair(cells, k, end) || (!linear_is_blank(cell) && inner_label(cell));
}

/* Whether the k-th cell is the value of the label before it: a text of a goal may begin 目标1：. */
static bool is_value(const GArray *cells, guint k, guint end)
{
    return k < end && !is_label(at(cells, k)) && !is_line(at(cells, k));
}

/* A sentence is no label of its own. */
static bool is_sentence(const LinearCell *cell)
{
    return g_strstr_len(cell->cell.text, cell->cell.length, "。") != NULL;
}

static guint past_blanks(const GArray *cells, guint k, guint end)
{
    while (k < end && linear_is_blank(at(cells, k)))
        k++;
    return k;
}

/* The value of a label whose cell spanned the blank places from the k-th on: a sentence, or the only text up to the
 * next label.  k when that is not it. */
static guint far_value(const GArray *cells, guint k, guint end)
{
    guint value = past_blanks(cells, k, end);
    if (!is_value(cells, value, end))
        return k;
    guint next = past_blanks(cells, value + 1, end);
    bool is_only = value > k + 1 && next < end && is_label(at(cells, next));
    return is_only || is_sentence(at(cells, value)) ? value : k;
}

/* A label and its value in a row, from column @col on. */
static guint write_pair(LinearTables *tables, const GArray *cells, guint k, guint end, guint col)
{
    linear_cell(tables, col, at(cells, k++));
    guint value = far_value(cells, k, end);
    if (!is_value(cells, value, end))
        return k;
    /* It may be a label itself, and the blank places the value that is not there. */
    bool is_doubted = value > k && !is_sentence(at(cells, value));
    (is_doubted ? linear_doubt : linear_cell)(tables, col + 1, at(cells, value));
    return value + 1;
}

/* A label and its value in one cell. */
static void write_inline(LinearTables *tables, const LinearCell *cell)
{
    gsize length = cell->label.value_offset ? 0 : inner_label(cell);
    LinearCell label = *cell, value = *cell;
    linear_row(tables);
    if (!length) {
        linear_cell(tables, 0, cell);
        return;
    }
    label.cell.length = (guint32)length;
    value.cell.text += length;
    value.cell.length -= (guint32)length;
    if (cell->cell.byte_end > cell->cell.byte_start) {
        label.cell.byte_end = cell->cell.byte_start + (guint32)length;
        value.cell.byte_start = label.cell.byte_end;
    }
    linear_cell(tables, 0, &label);
    linear_cell(tables, 1, &value);
}

/* 年度总体目标 预期目标 … 实际完成情况 …: the goals' own label stands left of the first pair. */
static guint write_goal_pair(LinearTables *tables, const GArray *cells, guint k, guint end)
{
    bool has_side = k + 1 < end && zp_label_has(&at(cells, k + 1)->label, GOALS);
    linear_row(tables);
    if (has_side)
        linear_cell(tables, 0, at(cells, k++));
    return write_pair(tables, cells, k, end, 1);
}

/* Texts [k, end) without a known label: labels with their values, when there are two for each.  Below
   the indicators (@is_head: above them) other tables may stand. */
static void write_unknown(LinearTables *tables, const GArray *cells, guint k, guint end,
                          bool is_head)
{
    bool is_even = (end - k) % 2 == 0;
    for (guint i = k; i < end && is_even; i += 2)
        is_even = !linear_is_blank(at(cells, i)) && at(cells, i)->shape == SHAPE_TEXT &&
                  at(cells, i)->cell.length <= LABEL_BYTES_MAX && !at(cells, i)->is_piece;
    for (guint i = k; i < end; i++) {
        bool begins = !is_even || (i - k) % 2 == 0;
        if (begins && !linear_is_blank(at(cells, i)))
            linear_row(tables);
        if (!linear_is_blank(at(cells, i)))
            (is_even && (is_head || end - k == 2) ? linear_cell : linear_doubt)(
                tables, is_even ? (i - k) % 2 : 1, at(cells, i));
    }
}

/* Pieces of a line: a label and all up to the next one are a row; other texts are lines around. */
static guint write_pieces(LinearTables *tables, const GArray *cells, guint k, guint end)
{
    if (!zp_label_has(&at(cells, k)->label, LINEAR_PAIR_LABELS)) {
        linear_line(tables, at(cells, k));
        return k + 1;
    }
    linear_row(tables);
    linear_cell(tables, 0, at(cells, k++));
    for (guint col = 1; k < end; col++) {
        if (zp_label_has(&at(cells, k)->label, LINEAR_PAIR_LABELS) || at(cells, k)->is_title)
            break;
        linear_cell(tables, col, at(cells, k++));
    }
    return k;
}

static bool is_repeated(const GArray *cells, guint k)
{
    return !linear_is_blank(at(cells, k)) && linear_is_copy(at(cells, k), at(cells, k - 1));
}

bool linear_has_copies(const GArray *cells)
{
    for (guint k = 1; k < cells->len; k++) {
        if (is_repeated(cells, k) && (is_label(at(cells, k)) || at(cells, k)->is_title))
            return true;
    }
    return false;
}

GArray *linear_texts(const LinearTables *tables, const GArray *cells, guint k, guint end,
                     const LinearCell *side)
{
    GArray *texts = g_array_new(FALSE, FALSE, sizeof(LinearCell));
    for (guint i = k; i < end; i++) {
        bool is_copy = (tables->has_copies && i > k && is_repeated(cells, i)) ||
                       (side && linear_is_copy(at(cells, i), side));
        if (!linear_is_blank(at(cells, i)) && !is_copy)
            g_array_append_val(texts, *at(cells, i));
    }
    return texts;
}

static GArray *without_copies(const LinearTables *tables, const GArray *cells, guint k, guint end)
{
    GArray *once = g_array_new(FALSE, FALSE, sizeof(LinearCell));
    for (guint i = k; i < end; i++) {
        if (i == k || !tables->has_copies || !is_repeated(cells, i))
            g_array_append_val(once, *at(cells, i));
    }
    return once;
}

void linear_write_pairs(LinearTables *tables, const GArray *all, guint k, guint end,
                        const LinearColumns *columns)
{
    g_autoptr(GArray) cells = without_copies(tables, all, k, end);
    k = 0;
    end = cells->len;
    bool has_label = columns != NULL, in_goals = false;
    while (k < end) {
        const LinearCell *cell = at(cells, k);
        bool is_goal = zp_label_has(&cell->label, GOALS) ||
                       (zp_label_has(&cell->label, BIT(GOALS_BLOCK)) && k + 1 < end &&
                        zp_label_has(&at(cells, k + 1)->label, GOALS));
        if (cell->is_piece && !cell->is_title) {
            k = write_pieces(tables, cells, k, end);
        } else if (columns && linear_is_total(cells, k)) {
            k = linear_write_total(tables, cells, columns, k, end);
        } else if (is_line(cell) || linear_is_blank(cell) || (cell->is_year && inner_label(cell))) {
            linear_line(tables, cell);
            k++;
        } else if (is_goal && !cell->label.value_offset) {
            k = write_goal_pair(tables, cells, k, end);
            in_goals = true;
        } else if (cell->label.value_offset || inner_label(cell)) {
            write_inline(tables, cell);
            has_label = true;
            in_goals = false;
            k++;
        } else if (is_label(cell) || is_fund_pair(cells, k, end)) {
            linear_row(tables);
            k = write_pair(tables, cells, k, end, 0);
            has_label = true;
            in_goals = false;
        } else {
            guint stop = k + 1;
            while (stop < end && !ends_run(cells, stop, end) && !is_line(at(cells, stop)))
                stop++;
            /* Above the first label it is text around; behind the goals it must not go on with them. */
            if (has_label && !in_goals)
                write_unknown(tables, cells, k, stop, !columns);
            for (; k < stop; k++) {
                if (!has_label || in_goals)
                    linear_line(tables, at(cells, k));
            }
        }
    }
}

guint linear_write_total(LinearTables *tables, const GArray *cells, const LinearColumns *columns,
                         guint k, guint stop)
{
    guint weight = linear_column(columns, ROLE_WEIGHT), score = linear_column(columns, ROLE_SCORE);
    guint end = k + 1, figures = 0;
    while (end < stop &&
           (linear_is_blank(at(cells, end)) || shape_is_figure(at(cells, end)->shape) ||
            at(cells, end)->is_grade || linear_is_copy(at(cells, end), at(cells, k)))) {
        figures += !linear_is_blank(at(cells, end)) && shape_is_figure(at(cells, end)->shape);
        end++;
    }
    bool both = weight < LINEAR_COLUMNS_MAX && score < LINEAR_COLUMNS_MAX;
    guint next = !both && weight == LINEAR_COLUMNS_MAX ? score : weight;
    if (both && score < weight)
        next = score;
    linear_row(tables);
    linear_cell(tables, 0, at(cells, k));
    for (guint i = k + 1; i < end; i++) {
        if (linear_is_blank(at(cells, i)) || linear_is_copy(at(cells, i), at(cells, k)))
            continue;
        bool is_known = at(cells, i)->is_grade || figures == (both ? 2u : 1u);
        linear_cell(tables, is_known && next < LINEAR_COLUMNS_MAX ? next : columns->n,
                    at(cells, i));
        next = !both                        ? columns->n + 1
               : next == MIN(weight, score) ? MAX(weight, score)
                                            : columns->n + 1;
    }
    return end;
}
