/*
 * linear_cells.c - lines of text into cells in reading order, and those into tables.
 *
 * Blank cells show as blank lines where a converter kept them: with one blank line between any two
 * cells, three mean a blank cell.  They count when all gaps are so.
 */
#include "recognise/linear_cells.h"

#include <string.h>

/* A line that is cut into cells holds so much, and so many labels. */
#define LONG_LINE_BYTES  300
#define LONG_LINE_LABELS 6
/* Bytes of a line that are looked at for them: prose of megabytes holds no form. */
#define LONG_LINE_LOOK 4096
/* Words that make one label. */
#define LABEL_WORDS_MAX 4
/* A label is found inside a text without spaces when both are so long. */
#define LONG_WORD_BYTES       90
#define INNER_LABEL_BYTES_MIN 9
#define INNER_LABEL_BYTES_MAX 60
/* Numbers between a level and the next one: its weight, the row's number. */
#define NUMBERS_MAX 2
/* Cells of one form; blank lines beyond are no cells. */
#define BLANKS_MAX 40

/* ……: the template's place for more rows. */
static bool is_ellipsis(const char *text, gsize length)
{
    const char *p = text;
    while (p < text + length && g_utf8_get_char(p) == 0x2026)
        p = g_utf8_next_char(p);
    return length && p == text + length;
}

static void read_cell(const ZpLabels *labels, LinearCell *cell)
{
    g_autoptr(GString) folded = g_string_new(NULL);
    if (!zp_labels_match(labels, cell->cell.text, cell->cell.length, &cell->label) &&
        !cell->is_piece)
        zp_labels_compose(labels, cell->cell.text, cell->cell.length, &cell->label);
    zp_text_append_folded(folded, cell->cell.text, cell->cell.length);
    cell->is_heading = zp_labels_is_heading(labels, folded->str, folded->len) ||
                       zp_labels_is_furniture(labels, folded->str, folded->len);
    cell->is_title = zp_labels_is_title(labels, folded->str, folded->len);
    zp_labels_year(labels, folded->str, folded->len, &cell->is_year);
    cell->is_grade = zp_labels_is_grade(labels, folded->str, folded->len);
    cell->shape = cell->label.entry ? shape_of_label(&cell->label)
                                    : shape_of_text(cell->cell.text, cell->cell.length);
    /* A zero stands in any column of figures, as a dash does. */
    if (cell->shape == SHAPE_SMALL && strspn(cell->cell.text, "0.") >= cell->cell.length)
        cell->shape = SHAPE_DASH;
    /* It stands where a name does, and is no figure that is not there. */
    cell->is_ellipsis = is_ellipsis(cell->cell.text, cell->cell.length);
    if (cell->is_ellipsis)
        cell->shape = SHAPE_TEXT;
}

static void add_cell(GArray *cells, const ZpLabels *labels, const ZpCell *line, const char *text,
                     gsize length)
{
    LinearCell cell = {.cell = *line, .is_piece = length && length < line->length};
    cell.cell.text = text;
    cell.cell.length = (guint32)length;
    cell.cell.row_span = cell.cell.col_span = 1;
    cell.cell.byte_start = cell.cell.byte_end = 0;
    if (line->byte_start < line->byte_end && text >= line->text) {
        cell.cell.byte_start = line->byte_start + (guint32)(text - line->text);
        cell.cell.byte_end = cell.cell.byte_start + (guint32)length;
    }
    if (length)
        read_cell(labels, &cell);
    g_array_append_val(cells, cell);
}

static bool is_year(const ZpLabels *labels, const char *text, gsize length)
{
    bool alone;
    g_autoptr(GString) folded = g_string_new(NULL);
    zp_text_append_folded(folded, text, length);
    return zp_labels_year(labels, folded->str, folded->len, &alone) && alone;
}

/* A label that may stand in the middle of other text. */
static bool is_inner(const ZpLabels *labels, const char *text, gsize length, ZpLabelMatch *match)
{
    return zp_labels_match(labels, text, length, match) && !match->value_offset &&
           !match->entry->is_whole;
}

/* The end of the words from `text` on that make one label or year together; NULL when they make none. */
static const char *label_end(const ZpLabels *labels, const char *text, const char *end)
{
    const char *best = NULL, *p = text;
    for (guint n = 0; n < LABEL_WORDS_MAX && p < end; n++) {
        ZpLabelMatch match;
        while (p < end && zp_char_is_space(g_utf8_get_char(p)))
            p = g_utf8_next_char(p);
        while (p < end && !zp_char_is_space(g_utf8_get_char(p)))
            p = g_utf8_next_char(p);
        if (is_year(labels, text, (gsize)(p - text)) ||
            is_inner(labels, text, (gsize)(p - text), &match))
            best = p;
    }
    return best;
}

/* The longest label that a text without spaces begins with, in bytes; 0: none. */
static gsize inner_label(const ZpLabels *labels, const char *text, const char *end)
{
    gsize best = 0, most = MIN((gsize)(end - text), INNER_LABEL_BYTES_MAX);
    for (const char *p = text; p < text + most;) {
        ZpLabelMatch match;
        p = g_utf8_next_char(p);
        gsize length = (gsize)(p - text);
        if (length >= INNER_LABEL_BYTES_MIN && length <= most &&
            is_inner(labels, text, length, &match) &&
            strlen(match.entry->text) >= INNER_LABEL_BYTES_MIN)
            best = length;
    }
    return best;
}

/* Cuts a word at the labels in it: 项目名称机关服务费主管部门… */
static void cut_word(GArray *cells, const ZpLabels *labels, const ZpCell *line, const char *word,
                     const char *end)
{
    const char *text = word;
    for (const char *p = word; p < end;) {
        gsize length = inner_label(labels, p, end);
        if (!length) {
            p = g_utf8_next_char(p);
            continue;
        }
        if (p > text)
            add_cell(cells, labels, line, text, (gsize)(p - text));
        add_cell(cells, labels, line, p, length);
        text = p += length;
    }
    if (end > text)
        add_cell(cells, labels, line, text, (gsize)(end - text));
}

/* Cuts a line at its spaces; words that are one label stay together. */
static void cut_line(GArray *cells, const ZpLabels *labels, const ZpCell *line)
{
    const char *p = line->text, *end = line->text + line->length;
    while (p < end) {
        if (zp_char_is_space(g_utf8_get_char(p))) {
            p = g_utf8_next_char(p);
            continue;
        }
        const char *stop = label_end(labels, p, end);
        if (stop) {
            add_cell(cells, labels, line, p, (gsize)(stop - p));
            p = stop;
            continue;
        }
        const char *word = p;
        while (p < end && !zp_char_is_space(g_utf8_get_char(p)))
            p = g_utf8_next_char(p);
        if (p - word >= LONG_WORD_BYTES)
            cut_word(cells, labels, line, word, p);
        else
            add_cell(cells, labels, line, word, (gsize)(p - word));
    }
}

bool linear_is_long(const ZpLabels *labels, const ZpCell *line)
{
    const char *end = line->text + line->length;
    const char *last = line->text + MIN(line->length, LONG_LINE_LOOK);
    guint found = 0;
    if (line->length < LONG_LINE_BYTES)
        return false;
    for (const char *p = line->text; p < last && found < LONG_LINE_LABELS;) {
        gsize length = inner_label(labels, p, end);
        found += length > 0;
        p = length ? p + length : g_utf8_next_char(p);
    }
    return found >= LONG_LINE_LABELS;
}

/* 专项资金绩效自评表（2021年度）金额单位:万元: bytes of the title; 0: the line is not both. */
static gsize title_before_unit(const ZpLabels *labels, const ZpCell *line)
{
    g_autoptr(GString) folded = g_string_new(NULL);
    const char *end = line->text + line->length;
    if (line->length >= LONG_LINE_BYTES || !g_strstr_len(line->text, line->length, "自评"))
        return 0;
    for (const char *p = line->text; p < end; p = g_utf8_next_char(p)) {
        ZpLabelMatch match;
        if (p == line->text || !zp_labels_match(labels, p, (gsize)(end - p), &match) ||
            !zp_label_has(&match, ZP_LABEL_BIT(ZP_LABEL_CURRENCY)) || !match.value_offset)
            continue;
        zp_text_append_folded(folded, line->text, (gsize)(p - line->text));
        return zp_labels_is_title(labels, folded->str, folded->len) ? (gsize)(p - line->text) : 0;
    }
    return 0;
}

static void add_line(GArray *cells, const ZpLabels *labels, const ZpCell *line)
{
    gsize title = title_before_unit(labels, line);
    if (linear_is_long(labels, line)) {
        cut_line(cells, labels, line);
        return;
    }
    if (title)
        add_cell(cells, labels, line, line->text, title);
    add_cell(cells, labels, line, line->text + title, line->length - title);
    if (title) {
        for (guint i = cells->len - 2; i < cells->len; i++)
            g_array_index(cells, LinearCell, i).is_piece = false;
    }
}

static const ZpCell *line_at(const GPtrArray *lines, guint k)
{
    return g_ptr_array_index(lines, k);
}

/* Blank lines between two cells without a blank one between; 0 or 1.  *counts: gaps follow that. */
static guint usual_gap(const GPtrArray *lines, bool *counts)
{
    guint least = 1;
    *counts = false;
    for (guint k = 1; k < lines->len; k++) {
        guint32 above = line_at(lines, k - 1)->line, line = line_at(lines, k)->line;
        if (!above || line <= above)
            return 0;
        least = MIN(least, line - above - 1);
    }
    for (guint k = 1; k < lines->len; k++) {
        guint gap = line_at(lines, k)->line - line_at(lines, k - 1)->line - 1;
        if ((gap - least) % (least + 1) != 0)
            return least;
        *counts |= gap > least;
    }
    return least;
}

static bool is_satisfaction(const LinearCell *cell)
{
    return !linear_is_blank(cell) &&
           g_strstr_len(cell->cell.text, cell->cell.length, "满意") != NULL;
}

/* The next cell past numbers: a level's weight, a row's number. */
static guint past_numbers(const GArray *cells, guint k)
{
    guint end = MIN(cells->len, k + 1 + NUMBERS_MAX);
    for (k++; k < end && linear_at(cells, k)->shape == SHAPE_SMALL; k++)
        ;
    return k;
}

/* 满意度 受益群众满意度 社会公众满意度 ≥85%: of three names one behind the other, the second is a level whatever it says. */
static void find_levels(GArray *cells)
{
    for (guint k = 0; k < cells->len; k++) {
        LinearCell *level1 = &g_array_index(cells, LinearCell, k);
        guint inner = past_numbers(cells, k), name = past_numbers(cells, inner);
        if (!zp_label_has(&level1->label, ZP_LABEL_BIT(ZP_LABEL_LEVEL1)) ||
            !is_satisfaction(level1) || name >= cells->len ||
            !is_satisfaction(linear_at(cells, inner)) || !is_satisfaction(linear_at(cells, name)))
            continue;
        level1->shape = SHAPE_LEVEL1;
        g_array_index(cells, LinearCell, inner).shape = SHAPE_LEVEL2;
    }
}

GArray *linear_cells(Arranged *arranged, const GPtrArray *lines, bool *has_blanks)
{
    GArray *cells = g_array_new(FALSE, FALSE, sizeof(LinearCell));
    guint usual = usual_gap(lines, has_blanks);
    for (guint k = 0; k < lines->len; k++) {
        const ZpCell *line = line_at(lines, k);
        guint gap = k ? line->line - line_at(lines, k - 1)->line - 1 : 0;
        guint blanks = *has_blanks && k ? (gap - usual) / (usual + 1) : 0;
        for (guint i = 0; i < MIN(blanks, BLANKS_MAX); i++)
            add_cell(cells, arranged->labels, line, line->text, 0);
        add_line(cells, arranged->labels, line);
    }
    find_levels(cells);
    return cells;
}

bool linear_is_copy(const LinearCell *cell, const LinearCell *other)
{
    return cell->cell.length == other->cell.length &&
           memcmp(cell->cell.text, other->cell.text, cell->cell.length) == 0;
}

static ZpTable *table_of(LinearTables *tables, ZpTableKind kind)
{
    if (tables->table && tables->table->kind == kind)
        return tables->table;
    tables->table = arranged_add_table(tables->arranged, kind, 0);
    tables->table->has_spans = tables->table->is_rebuilt = kind == ZP_TABLE_CELLS;
    tables->row = 0;
    return tables->table;
}

static ZpCell *append(ZpTable *table, const LinearCell *linear, guint32 row, guint32 col,
                      guint32 span)
{
    ZpCell cell = linear->cell;
    cell.row = row;
    cell.col = col;
    cell.col_span = span;
    g_array_append_val(table->cells, cell);
    table->n_rows = MAX(table->n_rows, row + 1);
    table->n_cols = MAX(table->n_cols, col + span);
    return &g_array_index(table->cells, ZpCell, table->cells->len - 1);
}

void linear_row(LinearTables *tables)
{
    bool goes_on = tables->table && tables->table->kind == ZP_TABLE_CELLS;
    table_of(tables, ZP_TABLE_CELLS);
    tables->row = goes_on ? tables->row + 1 : 0;
}

void linear_cell(LinearTables *tables, guint col, const LinearCell *cell)
{
    linear_span(tables, col, 1, cell);
}

void linear_span(LinearTables *tables, guint col, guint n, const LinearCell *cell)
{
    if (!linear_is_blank(cell))
        append(tables->table, cell, tables->row, col, n);
}

void linear_doubt(LinearTables *tables, guint col, const LinearCell *cell)
{
    if (!linear_is_blank(cell))
        append(tables->table, cell, tables->row, col, 1)->is_doubtful = true;
}

void linear_line(LinearTables *tables, const LinearCell *cell)
{
    if (linear_is_blank(cell))
        return;
    ZpTable *table = table_of(tables, ZP_TABLE_LINES);
    append(table, cell, table->n_rows, 0, 1);
}
