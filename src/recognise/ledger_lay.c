/*
 * ledger_lay.c - a list of projects whose columns nobody drew.
 *
 *     序号        项目名称          预算单位         预算执行情况（万元）       自评得分
 *                                                 预算数     执行数    执行率
 *      1     农村道路养护项目（   县交通运输局   1,263.68   1,200.50   95.00%      98
 *                 二期）
 *
 * The heads say where the columns are: a piece of text is of the column that it lies under most.  Heads below
 * each other are one head of two lines, or, where several stand below one, columns under a common head.  A line
 * with figures is a row; one without goes on with a row beside it that has text in the same columns, and where
 * it might be either row's that is said (D05).
 */
#include "recognise/ledger_lay.h"

#include "recognise/ledger_head.h"

#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)
/* Columns of a list at most; one with more is no list of projects. */
#define COLUMNS_MAX 40
/* Lines of its header: two of heads, one of them broken. */
#define HEAD_LINES_MAX 4

static const guint64 FIGURES = BIT(INITIAL) | BIT(BUDGET) | BIT(EXECUTED) | BIT(RATE) |
                               BIT(HEADLINE) | BIT(TOTAL) | BIT(SCORE);

/* A line of pieces. */
typedef struct {
    guint first, count; /* cells of the table */
    guint32 row;
} RunLine;

typedef struct {
    float x0, x1;
    GString *text;    /* of the head */
    int parent;       /* head over several columns that it stands under; -1: none */
    bool has_figures; /* by its head */
    bool is_name;
    const ZpCell *head; /* its first piece */
} RunColumn;

typedef struct {
    const ZpLabels *labels;
    Arranged *arranged; /* (nullable) where the table is made */
    const ZpTable *runs;
    GArray *cells;              /* of ZpCell: the pieces, in one measure */
    GArray *lines;              /* of RunLine */
    guint head_first, head_end; /* lines of the header */
    RunColumn columns[COLUMNS_MAX];
    guint n_columns;
    const ZpCell *parents[COLUMNS_MAX];
    guint n_parents;
    ZpTable *table; /* (nullable) that is made */
} Lay;

static const ZpCell *piece(const Lay *lay, const RunLine *line, guint k)
{
    return &g_array_index(lay->cells, ZpCell, line->first + k);
}

static const RunLine *line_of(const Lay *lay, guint k)
{
    return &g_array_index(lay->lines, RunLine, k);
}

static void find_lines(Lay *lay)
{
    for (guint k = 0; k < lay->cells->len; k++) {
        const ZpCell *cell = &g_array_index(lay->cells, ZpCell, k);
        RunLine *last =
            lay->lines->len ? &g_array_index(lay->lines, RunLine, lay->lines->len - 1) : NULL;
        if (last && last->row == cell->row) {
            last->count++;
            continue;
        }
        const RunLine line = {k, 1, cell->row};
        g_array_append_val(lay->lines, line);
    }
}

static bool read_label(const Lay *lay, const ZpCell *cell, ZpLabelMatch *label)
{
    const ZpLabels *labels = lay->labels;
    return (zp_labels_match(labels, cell->text, cell->length, label) ||
            zp_labels_compose(labels, cell->text, cell->length, label)) &&
           !label->value_offset;
}

static bool is_bare_figure(const ZpCell *cell)
{
    Shape shape = shape_of_text(cell->text, cell->length);
    return shape >= SHAPE_DASH && shape <= SHAPE_PERCENT;
}

/* Heads and nothing else; @is_name: 项目名称 among them. */
static bool is_head_line(const Lay *lay, const RunLine *line, bool *is_name, guint *n_figures)
{
    guint n_labels = 0;
    *is_name = false;
    for (guint k = 0; k < line->count; k++) {
        const ZpCell *cell = piece(lay, line, k);
        ZpLabelMatch label;
        if (is_bare_figure(cell))
            return false;
        if (!read_label(lay, cell, &label))
            continue;
        n_labels++;
        *is_name |= zp_label_has(&label, BIT(PROJECT));
        *n_figures += zp_label_has(&label, FIGURES);
    }
    /* Most of them are known. */
    return 2 * n_labels >= line->count;
}

static bool overlaps(float a0, float a1, float b0, float b1)
{
    return MIN(a1, b1) > MAX(a0, b0);
}

static bool is_bracket(const ZpCell *cell)
{
    return g_str_has_prefix(cell->text, "(") || g_str_has_prefix(cell->text, "（");
}

/* 万元 in brackets below its head, or heads. */
static bool is_head_rest(const Lay *lay, const RunLine *line)
{
    for (guint k = 0; k < line->count; k++) {
        if (!is_bracket(piece(lay, line, k)))
            return false;
    }
    return true;
}

/* The lines of the only header; false: there is none, or a form's label besides. */
static bool find_head(Lay *lay)
{
    bool is_found = false, is_name = false;
    for (guint k = 0; k < lay->lines->len; k++) {
        guint n_figures = 0;
        if (!is_head_line(lay, line_of(lay, k), &is_name, &n_figures) || !is_name)
            continue;
        if (is_found)
            return false;
        is_found = true;
        lay->head_first = k;
        guint n_above = 0;
        if (k > 0 && line_of(lay, k - 1)->count > 0 &&
            is_head_line(lay, line_of(lay, k - 1), &is_name, &n_above) &&
            line_of(lay, k - 1)->count > 1)
            lay->head_first--;
        n_figures += n_above;
        for (lay->head_end = k + 1; lay->head_end < MIN(lay->lines->len, k + HEAD_LINES_MAX);
             lay->head_end++) {
            const RunLine *below = line_of(lay, lay->head_end);
            bool is_rest = is_head_rest(lay, below);
            if (!is_rest && (below->count < 2 || !is_head_line(lay, below, &is_name, &n_figures)))
                break;
        }
        if (n_figures < 2)
            return false;
        k = lay->head_end - 1;
    }
    return is_found;
}

static guint count_below(const Lay *lay, guint line, const ZpCell *cell)
{
    guint n = 0;
    for (guint k = line + 1; k < lay->head_end; k++) {
        const RunLine *below = line_of(lay, k);
        guint here = 0;
        for (guint i = 0; i < below->count; i++)
            here += overlaps(cell->box.x0, cell->box.x1, piece(lay, below, i)->box.x0,
                             piece(lay, below, i)->box.x1);
        n = MAX(n, here);
    }
    return n;
}

static bool add_head(Lay *lay, guint line, const ZpCell *cell)
{
    if (count_below(lay, line, cell) > 1) {
        if (lay->n_parents < COLUMNS_MAX)
            lay->parents[lay->n_parents++] = cell;
        return true;
    }
    for (guint c = 0; c < lay->n_columns; c++) {
        RunColumn *column = &lay->columns[c];
        if (!overlaps(cell->box.x0, cell->box.x1, column->x0, column->x1))
            continue;
        g_string_append_len(column->text, cell->text, cell->length);
        column->x0 = MIN(column->x0, cell->box.x0);
        column->x1 = MAX(column->x1, cell->box.x1);
        return true;
    }
    if (lay->n_columns == COLUMNS_MAX)
        return false;
    lay->columns[lay->n_columns++] = (RunColumn){.x0 = cell->box.x0,
                                                 .x1 = cell->box.x1,
                                                 .text = g_string_new_len(cell->text, cell->length),
                                                 .parent = -1,
                                                 .head = cell};
    return true;
}

static int compare_columns(const void *a, const void *b)
{
    const RunColumn *one = a, *other = b;
    return (one->x0 > other->x0) - (one->x0 < other->x0);
}

static bool find_columns(Lay *lay)
{
    guint n_figures = 0, n_names = 0;
    for (guint k = lay->head_first; k < lay->head_end; k++) {
        for (guint i = 0; i < line_of(lay, k)->count; i++) {
            if (!add_head(lay, k, piece(lay, line_of(lay, k), i)))
                return false;
        }
    }
    qsort(lay->columns, lay->n_columns, sizeof(RunColumn), compare_columns);
    for (guint c = 0; c < lay->n_columns; c++) {
        RunColumn *column = &lay->columns[c];
        ZpLabelMatch label;
        const ZpCell head = {.text = column->text->str, .length = (guint32)column->text->len};
        bool is_label = read_label(lay, &head, &label);
        column->has_figures = is_label && zp_label_has(&label, FIGURES);
        column->is_name = is_label && zp_label_has(&label, BIT(PROJECT));
        n_figures += column->has_figures;
        n_names += column->is_name;
        for (guint p = 0; p < lay->n_parents; p++) {
            if (overlaps(column->x0, column->x1, lay->parents[p]->box.x0, lay->parents[p]->box.x1))
                column->parent = (int)p;
        }
    }
    return n_figures >= 2 && n_names == 1;
}

/* The column that a piece lies under most, or is nearest to. */
static guint column_of(const Lay *lay, const ZpCell *cell)
{
    guint best = 0;
    float most = -G_MAXFLOAT;
    for (guint c = 0; c < lay->n_columns; c++) {
        const RunColumn *column = &lay->columns[c];
        float shared = MIN(cell->box.x1, column->x1) - MAX(cell->box.x0, column->x0);
        if (shared > most) {
            most = shared;
            best = c;
        }
    }
    return best;
}

/* It lies under no part of its head. */
static bool is_stray(const Lay *lay, const ZpCell *cell, guint c)
{
    return !overlaps(cell->box.x0, cell->box.x1, lay->columns[c].x0, lay->columns[c].x1);
}

static bool is_row(const Lay *lay, const RunLine *line)
{
    bool has_figure = false, has_text = false;
    for (guint k = 0; k < line->count; k++) {
        const ZpCell *cell = piece(lay, line, k);
        bool under = lay->columns[column_of(lay, cell)].has_figures;
        has_figure |= under && is_bare_figure(cell);
        has_text |= !under && !is_bare_figure(cell);
    }
    return has_figure && has_text;
}

static void add_cell(Lay *lay, guint32 row, guint col, guint cols, guint rows, const ZpCell *from,
                     const char *text, gsize length)
{
    ZpCell cell = *from;
    cell.text = g_string_chunk_insert_len(lay->arranged->strings, text, (gssize)length);
    cell.length = (guint32)length;
    cell.row = row;
    cell.col = col;
    cell.col_span = (guint16)cols;
    cell.row_span = (guint16)rows;
    if (!lay->runs->page) { /* its box counts characters */
        cell.box = (ZpBox){0};
        cell.page = 0;
    }
    if (length != from->length)
        cell.byte_start = cell.byte_end = 0;
    g_array_append_val(lay->table->cells, cell);
    lay->table->n_rows = MAX(lay->table->n_rows, row + rows);
    lay->table->n_cols = lay->n_columns;
}

static void add_heads(Lay *lay)
{
    guint rows = lay->n_parents ? 2 : 1;
    for (guint c = 0; c < lay->n_columns; c++) {
        const RunColumn *column = &lay->columns[c];
        guint end = c + 1;
        if (column->parent < 0) {
            add_cell(lay, 0, c, 1, rows, column->head, column->text->str, column->text->len);
            continue;
        }
        while (end < lay->n_columns && lay->columns[end].parent == column->parent)
            end++;
        const ZpCell *parent = lay->parents[column->parent];
        add_cell(lay, 0, c, end - c, 1, parent, parent->text, parent->length);
        c = end - 1;
    }
    for (guint c = 0; c < lay->n_columns; c++) {
        const RunColumn *column = &lay->columns[c];
        if (column->parent >= 0)
            add_cell(lay, 1, c, 1, 1, column->head, column->text->str, column->text->len);
    }
}

/* Whether the row has text in every column that the line has. */
static bool may_go_on(const Lay *lay, const RunLine *line, const RunLine *row)
{
    for (guint k = 0; k < line->count; k++) {
        guint c = column_of(lay, piece(lay, line, k));
        bool has = false;
        for (guint i = 0; i < row->count; i++)
            has |= column_of(lay, piece(lay, row, i)) == c;
        if (!has || lay->columns[c].has_figures)
            return false;
    }
    return true;
}

/* 一、市本级 and labels with values begin no name's second line. */
static bool is_apart(const Lay *lay, const RunLine *line)
{
    const ZpCell *first = piece(lay, line, 0);
    const char *text = first->text;
    ZpLabelMatch label;
    bool has_value =
        zp_labels_match(lay->labels, text, first->length, &label) && label.value_offset;
    if (g_str_has_prefix(text, "（"))
        text += strlen("（");
    gsize digits = 0;
    while (g_utf8_strchr("一二三四五六七八九十", -1, g_utf8_get_char(text))) {
        digits++;
        text = g_utf8_next_char(text);
    }
    return has_value || (digits && (g_str_has_prefix(text, "、") || g_str_has_prefix(text, "）")));
}

/* Where each line goes: a row of its own (itself), or the line of the row that it goes on with; @is_unsure. */
static guint owner_of(const Lay *lay, guint k, bool *is_unsure)
{
    const RunLine *line = line_of(lay, k);
    *is_unsure = false;
    if (is_row(lay, line) || is_apart(lay, line))
        return k;
    bool before = k > lay->head_end && is_row(lay, line_of(lay, k - 1)) &&
                  line->row == line_of(lay, k - 1)->row + 1 &&
                  may_go_on(lay, line, line_of(lay, k - 1));
    bool behind = k + 1 < lay->lines->len && is_row(lay, line_of(lay, k + 1)) &&
                  line->row + 1 == line_of(lay, k + 1)->row &&
                  may_go_on(lay, line, line_of(lay, k + 1));
    *is_unsure = before && behind;
    return before ? k - 1 : behind ? k + 1 : k;
}

/* One row: its own pieces, with those of the lines beside it that go on with it. */
static void add_row(Lay *lay, guint k, guint32 row)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint c = 0; c < lay->n_columns; c++) {
        const ZpCell *first = NULL;
        bool is_doubtful = false;
        g_string_truncate(text, 0);
        for (guint i = MAX(k, lay->head_end + 1) - 1; i <= MIN(k + 1, lay->lines->len - 1); i++) {
            bool is_unsure;
            if (i < lay->head_end || owner_of(lay, i, &is_unsure) != k)
                continue;
            for (guint p = 0; p < line_of(lay, i)->count; p++) {
                const ZpCell *cell = piece(lay, line_of(lay, i), p);
                if (column_of(lay, cell) != c)
                    continue;
                is_doubtful |= is_stray(lay, cell, c) || (p && column_of(lay, cell - 1) == c);
                first = first && i != k ? first : cell;
                g_string_append_printf(text, "%s%.*s", text->len ? "\n" : "", (int)cell->length,
                                       cell->text);
                is_doubtful |= is_unsure;
            }
        }
        if (!first)
            continue;
        add_cell(lay, row, c, 1, 1, first, text->str, text->len);
        g_array_index(lay->table->cells, ZpCell, lay->table->cells->len - 1).is_doubtful |=
            is_doubtful;
    }
}

static void add_text(Lay *lay, guint from, guint end)
{
    if (from >= end)
        return;
    ZpTable *lines = arranged_add_table(lay->arranged, ZP_TABLE_LINES, 0);
    for (guint k = from; k < end; k++) {
        for (guint i = 0; i < line_of(lay, k)->count; i++) {
            ZpCell cell = *piece(lay, line_of(lay, k), i);
            cell.page = lay->runs->page ? cell.page : 0;
            cell.box = lay->runs->page ? cell.box : (ZpBox){0};
            cell.row = lines->n_rows++;
            cell.col = 0;
            cell.row_span = cell.col_span = 1;
            g_array_append_val(lines->cells, cell);
        }
    }
    lines->n_cols = 1;
}

static void add_table(Lay *lay)
{
    add_text(lay, 0, lay->head_first);
    lay->table = arranged_add_table(lay->arranged, ZP_TABLE_CELLS, lay->runs->number);
    lay->table->has_spans = lay->table->is_rebuilt = true;
    lay->table->page = lay->runs->page;
    add_heads(lay);
    guint32 row = lay->table->n_rows;
    for (guint k = lay->head_end; k < lay->lines->len; k++) {
        bool is_unsure;
        if (owner_of(lay, k, &is_unsure) == k)
            add_row(lay, k, row++);
    }
}

static bool has_rows(const Lay *lay)
{
    for (guint k = lay->head_end; k < lay->lines->len; k++) {
        if (is_row(lay, line_of(lay, k)))
            return true;
    }
    return false;
}

/* Pieces that lie under no head, or two in a row under one. */
static guint count_strays(const Lay *lay)
{
    guint n = 0;
    for (guint k = lay->head_end; k < lay->lines->len; k++) {
        const RunLine *line = line_of(lay, k);
        guint last = G_MAXUINT;
        for (guint i = 0; is_row(lay, line) && i < line->count; i++) {
            guint c = column_of(lay, piece(lay, line, i));
            n += c == last || is_stray(lay, piece(lay, line, i), c);
            last = c;
        }
    }
    return n;
}

static guint count_wide(const ZpCell *cell)
{
    guint n = 0;
    for (const char *p = cell->text; p < cell->text + cell->length; p = g_utf8_next_char(p))
        n += g_unichar_iswide(g_utf8_get_char(p)) ? 1 : 0;
    return n;
}

/* 1 where Han characters were counted as one place, -1 where as two. */
static float sign_of(const ZpTable *runs)
{
    for (guint k = 0; k < runs->cells->len; k++) {
        const ZpCell *cell = &g_array_index(runs->cells, ZpCell, k);
        guint wide = count_wide(cell), all = (guint)g_utf8_strlen(cell->text, cell->length);
        if (wide)
            return cell->box.x1 - cell->box.x0 < (float)(all + wide) ? 1 : -1;
    }
    return 1;
}

/* Text counts a Han character as one place or as two, and what it counted cannot always be told: both are tried. */
static GArray *copy_cells(const ZpTable *runs, bool other_measure)
{
    GArray *cells = g_array_sized_new(FALSE, FALSE, sizeof(ZpCell), runs->cells->len);
    guint before = 0;
    float sign = other_measure ? sign_of(runs) : 0;
    g_array_append_vals(cells, runs->cells->data, runs->cells->len);
    for (guint k = 0; other_measure && k < cells->len; k++) {
        ZpCell *cell = &g_array_index(cells, ZpCell, k);
        before = k && g_array_index(cells, ZpCell, k - 1).row == cell->row ? before : 0;
        cell->box.x0 += sign * (float)before;
        before += count_wide(cell);
        cell->box.x1 += sign * (float)before;
    }
    return cells;
}

static void clear(Lay *lay)
{
    g_array_unref(lay->lines);
    g_array_unref(lay->cells);
    for (guint c = 0; c < lay->n_columns; c++)
        g_string_free(lay->columns[c].text, TRUE);
    lay->n_columns = lay->n_parents = 0;
}

static bool read_measured(Lay *lay, bool other_measure)
{
    lay->cells = copy_cells(lay->runs, other_measure);
    lay->lines = g_array_new(FALSE, FALSE, sizeof(RunLine));
    find_lines(lay);
    return find_head(lay) && find_columns(lay) && has_rows(lay);
}

/* In the measure in which fewer pieces lie beside their columns. */
static bool read_list(Lay *lay)
{
    bool is_list = read_measured(lay, false);
    guint strays = is_list ? count_strays(lay) : G_MAXUINT;
    /* No text without 项目名称 is a list in any measure. */
    if (lay->runs->page || !strays || lay->head_end == 0)
        return is_list;
    clear(lay);
    bool is_other = read_measured(lay, true);
    if (is_other && count_strays(lay) < strays)
        return true;
    clear(lay);
    return read_measured(lay, false);
}

bool ledger_is_list(const ZpLabels *labels, const ZpTable *runs)
{
    Lay lay = {.labels = labels, .runs = runs};
    bool is_list = read_list(&lay);
    clear(&lay);
    return is_list;
}

void ledger_lay(Arranged *arranged, const ZpTable *runs)
{
    Lay lay = {.labels = arranged->labels, .arranged = arranged, .runs = runs};
    if (read_list(&lay))
        add_table(&lay);
    clear(&lay);
}
