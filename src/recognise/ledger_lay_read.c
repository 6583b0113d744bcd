/*
 * ledger_lay_read.c - which lines are the header of a list that nobody drew, and where its columns are.
 */
#include "recognise/ledger_lay_parts.h"

#include <stdlib.h>
#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)
/* Lines of its header: two of heads, one of them broken. */
#define HEAD_LINES_MAX 4

static const guint64 FIGURES = BIT(INITIAL) | BIT(BUDGET) | BIT(EXECUTED) | BIT(RATE) |
                               BIT(HEADLINE) | BIT(TOTAL) | BIT(SCORE);

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
    guint n_labels = 0, n_figure_heads = *n_figures;
    *is_name = false;
    for (guint k = 0; k < line->count; k++) {
        const ZpCell *cell = lay_piece(lay, line, k);
        ZpLabelMatch label;
        if (is_bare_figure(cell))
            return false;
        if (!read_label(lay, cell, &label))
            continue;
        n_labels++;
        *is_name |= zp_label_has(&label, BIT(PROJECT));
        *n_figures += zp_label_has(&label, FIGURES);
    }
    /* Most of them are known; a form's 项目名称 has a value beside it, as each label that follows has. */
    bool is_head = *is_name ? n_labels >= 3 && 3 * (line->count - n_labels) <= n_labels
                            : 2 * n_labels >= line->count;
    *n_figures = is_head ? *n_figures : n_figure_heads;
    return is_head;
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
        if (!is_bracket(lay_piece(lay, line, k)))
            return false;
    }
    return true;
}

/* A line of a form's goals or indicators. */
static bool has_form_label(const Lay *lay, const RunLine *line)
{
    static const guint64 OF_FORMS = BIT(GOALS_BLOCK) | BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL) |
                                    BIT(INDICATORS_BLOCK) | BIT(LEVEL1_HEAD) | BIT(LEVEL2_HEAD) |
                                    BIT(LEVEL3_HEAD);
    for (guint k = 0; k < line->count; k++) {
        ZpLabelMatch label;
        const ZpCell *cell = lay_piece(lay, line, k);
        if (!is_bare_figure(cell) && read_label(lay, cell, &label) &&
            zp_label_has(&label, OF_FORMS))
            return true;
    }
    return false;
}

/* The lines of the only header; false: there is none, or a form's label besides. */
static bool find_head(Lay *lay)
{
    bool is_found = false, is_name = false;
    /* Asked first: most texts in columns are forms, and no further label of theirs is looked up. */
    for (guint k = 0; k < lay->lines->len; k++) {
        if (has_form_label(lay, lay_line(lay, k)))
            return false;
    }
    for (guint k = 0; k < lay->lines->len; k++) {
        guint n_figures = 0;
        if (!is_head_line(lay, lay_line(lay, k), &is_name, &n_figures) || !is_name)
            continue;
        if (is_found)
            return false;
        is_found = true;
        lay->head_first = k;
        guint n_above = 0;
        if (k > 0 && lay_line(lay, k - 1)->count > 0 &&
            is_head_line(lay, lay_line(lay, k - 1), &is_name, &n_above) &&
            lay_line(lay, k - 1)->count > 1)
            lay->head_first--;
        n_figures += n_above;
        for (lay->head_end = k + 1; lay->head_end < MIN(lay->lines->len, k + HEAD_LINES_MAX);
             lay->head_end++) {
            const RunLine *below = lay_line(lay, lay->head_end);
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
        const RunLine *below = lay_line(lay, k);
        guint here = 0;
        for (guint i = 0; i < below->count; i++)
            here += overlaps(cell->box.x0, cell->box.x1, lay_piece(lay, below, i)->box.x0,
                             lay_piece(lay, below, i)->box.x1);
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
        for (guint i = 0; i < lay_line(lay, k)->count; i++) {
            if (!add_head(lay, k, lay_piece(lay, lay_line(lay, k), i)))
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
guint lay_column(const Lay *lay, const ZpCell *cell)
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
bool lay_is_stray(const Lay *lay, const ZpCell *cell, guint c)
{
    return !overlaps(cell->box.x0, cell->box.x1, lay->columns[c].x0, lay->columns[c].x1);
}

bool lay_is_row(const Lay *lay, const RunLine *line)
{
    bool has_figure = false, has_text = false;
    for (guint k = 0; k < line->count; k++) {
        const ZpCell *cell = lay_piece(lay, line, k);
        bool under = lay->columns[lay_column(lay, cell)].has_figures;
        has_figure |= under && is_bare_figure(cell);
        has_text |= !under && !is_bare_figure(cell);
    }
    return has_figure && has_text;
}

static bool has_rows(const Lay *lay)
{
    for (guint k = lay->head_end; k < lay->lines->len; k++) {
        if (lay_is_row(lay, lay_line(lay, k)))
            return true;
    }
    return false;
}

/* Pieces that lie under no head, or two in a row under one. */
static guint count_strays(const Lay *lay)
{
    guint n = 0;
    for (guint k = lay->head_end; k < lay->lines->len; k++) {
        const RunLine *line = lay_line(lay, k);
        guint last = G_MAXUINT;
        for (guint i = 0; lay_is_row(lay, line) && i < line->count; i++) {
            guint c = lay_column(lay, lay_piece(lay, line, i));
            n += c == last || lay_is_stray(lay, lay_piece(lay, line, i), c);
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

void lay_clear(Lay *lay)
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
bool lay_read(Lay *lay)
{
    bool is_list = read_measured(lay, false);
    guint strays = is_list ? count_strays(lay) : G_MAXUINT;
    /* No text without 项目名称 is a list in any measure. */
    if (lay->runs->page || !strays || lay->head_end == 0)
        return is_list;
    lay_clear(lay);
    bool is_other = read_measured(lay, true);
    if (is_other && count_strays(lay) < strays)
        return true;
    lay_clear(lay);
    return read_measured(lay, false);
}
