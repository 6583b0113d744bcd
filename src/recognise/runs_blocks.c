/*
 * runs_blocks.c - the lines of a table without rules, block by block.
 *
 *     title, year, labels with values     pairs
 *     header of the funds, its rows       a block
 *     header of the goals, its texts      a block of one row
 *     header of the indicators, its rows  a block, up to the total row
 *     labels with values, notes           pairs
 */
#include "recognise/runs_block.h"
#include "recognise/runs_table.h"
#include "recognise/runs_total.h"

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* Lines of a label that is broken, and how far apart its pieces begin, in em. */
#define STACK_LINES 4
#define STACK_SLACK 1.1F

static const guint64 TAIL_LABELS = BIT(PROJECT) | BIT(DEPARTMENT) | BIT(UNIT) | BIT(CURRENCY) |
                                   BIT(HEADLINE) | BIT(YEAR) | BIT(EXTRA) | BIT(GOALS_BLOCK) |
                                   BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL);
static const guint64 BLOCK_KINDS[RUN_HEAD_COUNT] = {BIT(FUNDS_BLOCK), BIT(GOALS_BLOCK),
                                                    BIT(INDICATORS_BLOCK)};

/* What may follow a block in pieces. */
static const guint64 STACK_KINDS[RUN_HEAD_COUNT] = {
    [RUN_HEAD_FUNDS] = BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL), [RUN_HEAD_INDICATORS] = BIT(EXTRA)};

static void head_free(gpointer data)
{
    run_head_free(data);
}

/* All headers, from top to bottom. */
static GPtrArray *find_heads(const Runs *runs)
{
    GPtrArray *heads = g_ptr_array_new_with_free_func(head_free);
    guint least = 0;
    for (guint i = 0; i < runs->lines->len; i++) {
        RunHead *head = run_head_find(runs, i, least);
        if (!head)
            continue;
        g_ptr_array_add(heads, head);
        least = head->end;
        i = least - 1;
    }
    return heads;
}

static bool begins_with(const Runs *runs, guint index, guint64 kinds)
{
    ZpLabelMatch match;
    const WordLine *line = runs_line(runs, index);
    /* 年度 绩效目标 is no year. */
    return line->count && line_match(runs, line, 0, G_MAXUINT64, &match) > 0 &&
           zp_label_has(&match, kinds);
}

/* Whether a label of some kinds, broken over lines, begins at the left edge. */
static bool begins_stack(const Runs *runs, guint index, guint end, guint64 kinds)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    const Word *first = NULL;
    for (guint i = index; i < MIN(end, index + STACK_LINES); i++) {
        ZpLabelMatch match;
        const WordLine *line = runs_line(runs, i);
        Word *word = line->count ? runs_word(runs, line->first) : NULL;
        first = i == index ? word : first;
        if (!word || (i == index && !(word->parts & kinds)))
            return false;
        if (!word_is_below(first, word, STACK_SLACK) || !(word->parts & kinds))
            continue;
        g_ptr_array_add(words, word);
        if (words->len > 1 && words_match(runs, words, &match) && zp_label_has(&match, kinds))
            return true;
    }
    return false;
}

/* The line of the total row in [first, end); @end when there is none. */
static guint find_total(const Runs *runs, guint first, guint end)
{
    while (first < end && !begins_with(runs, first, BIT(TOTAL)))
        first++;
    return first;
}

/* Whether a line is one text. */
static bool is_one_text(const Runs *runs, const WordLine *line)
{
    return line->count &&
           runs_word(runs, line->first)->run == runs_word(runs, line->first + line->count - 1)->run;
}

/*
 *               推进某事，       the line above a label of the foot is its value's, when it stands right of it
 *     预期目标
 *               完成某事。
 */
static guint value_above(const Runs *runs, const RunHead *head, guint label)
{
    const Word *own = runs_word(runs, runs_line(runs, label)->first);
    while (label > head->end + 1) {
        const WordLine *above = runs_line(runs, label - 1);
        const Word *first = above->count ? runs_word(runs, above->first) : NULL;
        if (!first || !is_one_text(runs, above) || first->shape != SHAPE_TEXT || first->parts ||
            first->x0 <= own->x1)
            break;
        label--;
    }
    return label;
}

/* Where the rows of a block end: at the next title, or at a label of the form's head or foot. */
static guint block_end(const Runs *runs, const RunHead *head, guint end)
{
    guint64 tail = TAIL_LABELS & ~BLOCK_KINDS[head->kind];
    for (guint i = head->end; i < end; i++) {
        if (runs_line(runs, i)->is_title)
            return i;
        if (head->kind == RUN_HEAD_GOALS || i == head->end)
            continue;
        if (begins_with(runs, i, tail) || begins_stack(runs, i, end, STACK_KINDS[head->kind]))
            return head->kind == RUN_HEAD_FUNDS ? value_above(runs, head, i) : i;
    }
    return end;
}

/* The words of a column in lines [first, end). */
static void column_words(const RunBlock *block, guint column, guint first, guint end,
                         GPtrArray *words)
{
    g_ptr_array_set_size(words, 0);
    for (guint k = block->starts[first - block->first]; k < block->starts[end - block->first];
         k++) {
        const Piece *piece = block_piece(block, k);
        for (guint w = 0; piece->column == column && w < piece->count; w++)
            g_ptr_array_add(words, runs_word(block->runs, piece->first + w));
    }
}

/* The block's own label: its pieces in the header and beside the rows. */
static void write_block_label(RunTables *tables, const RunBlock *block, const RunHead *head,
                              guint n_rows)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    if (block->end > block->first)
        column_words(block, 0, block->first, block->end, words);
    for (guint k = 0; k < head->cells->len; k++) {
        const HeadCell *cell = &g_array_index(head->cells, HeadCell, k);
        for (guint w = 0; cell->is_block && w < cell->words->len; w++)
            g_ptr_array_add(words, cell->words->pdata[w]);
    }
    run_tables_cell(tables, 0, 1, n_rows + 1, words, NULL);
}

/* The head over the target's three columns, which gives the header a second line. */
static HeadCell *find_parent(const RunHead *head)
{
    for (guint k = 0; k < head->cells->len; k++) {
        HeadCell *cell = &g_array_index(head->cells, HeadCell, k);
        if (cell->is_parent)
            return cell;
    }
    return NULL;
}

/* One of the target's three columns. */
static bool is_target_part(Role role)
{
    return role == ROLE_COMPARATOR || role == ROLE_TARGET_VALUE || role == ROLE_TARGET_UNIT;
}

/* The header in two lines: the head over the target's columns, and below it theirs. */
static void write_two_heads(RunTables *tables, const RunBlock *block, HeadCell *parent)
{
    guint first = RUN_COLUMNS_MAX, n = 0;
    for (guint c = 0; c < block->n_columns; c++) {
        if (!is_target_part(block->columns[c].role))
            continue;
        first = MIN(first, c);
        n++;
    }
    for (guint c = 0; c < block->n_columns; c++) {
        HeadCell *cell = block->columns[c].head;
        if (c == first)
            run_tables_cell(tables, c, n, 1, parent->words, parent->text);
        if (cell && !is_target_part(block->columns[c].role))
            run_tables_cell(tables, c, 1, 2, cell->words, cell->text);
    }
    run_tables_row(tables);
    for (guint c = first; c < first + n; c++) {
        HeadCell *cell = block->columns[c].head;
        if (cell && is_target_part(block->columns[c].role))
            run_tables_cell(tables, c, 1, 1, cell->words, cell->text);
    }
}

static void write_head(RunTables *tables, const RunBlock *block, const RunHead *head, guint n_rows)
{
    HeadCell *parent = find_parent(head);
    run_tables_row(tables);
    write_block_label(tables, block, head, n_rows + (parent ? 1 : 0));
    if (parent) {
        write_two_heads(tables, block, parent);
        return;
    }
    for (guint c = 0; c < block->n_columns; c++) {
        HeadCell *cell = block->columns[c].head;
        if (cell)
            run_tables_cell(tables, c, 1, 1, cell->words, cell->text);
    }
}

/* Page numbers that stand among the lines of a row. */
static void write_furniture(RunTables *tables, const RunRow *row)
{
    for (guint i = row->first; i < row->end; i++) {
        const WordLine *line = runs_line(tables->runs, i);
        g_autoptr(GPtrArray) words = g_ptr_array_new();
        if (!line->is_furniture)
            continue;
        for (guint k = 0; k < line->count; k++)
            g_ptr_array_add(words, runs_word(tables->runs, line->first + k));
        run_tables_row(tables);
        run_tables_cell(tables, 0, 1, 1, words, NULL);
    }
}

/* The labels of a column, each at its first row. */
static void write_labels(RunTables *tables, const GArray *labels, guint column, guint row)
{
    for (guint k = 0; k < labels->len; k++) {
        RunLabel *label = &g_array_index(labels, RunLabel, k);
        if (label->first_row == row && label->n_rows)
            run_tables_cell(tables, column, 1, label->n_rows, label->words, NULL);
    }
}

static void write_cells(RunTables *tables, const RunBlock *block, const RunRow *row, guint from)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (guint c = from; c < block->n_columns; c++) {
        column_words(block, c, row->first, row->end, words);
        run_tables_cell(tables, c, 1, 1, words, NULL);
    }
}

/* Rows with the level labels that span them. */
static void write_rows(RunTables *tables, const RunBlock *block, const GArray *rows)
{
    guint columns[] = {run_block_column(block, ROLE_LEVEL1), run_block_column(block, ROLE_LEVEL2)};
    GArray *labels[G_N_ELEMENTS(columns)] = {NULL};
    for (guint i = G_N_ELEMENTS(columns); i-- > 0;) {
        if (columns[i] == RUN_COLUMNS_MAX)
            continue;
        labels[i] = run_block_labels(block, columns[i]);
        run_block_span(block, rows, labels[i], i == 0 ? labels[1] : NULL);
    }
    for (guint r = 0; r < rows->len; r++) {
        const RunRow *row = &g_array_index(rows, RunRow, r);
        g_autoptr(GPtrArray) words = g_ptr_array_new();
        run_tables_row(tables);
        for (guint c = 1; c < block->n_columns; c++) {
            guint level = c == columns[0] ? 0 : c == columns[1] ? 1 : 2;
            if (level < 2) {
                write_labels(tables, labels[level], c, r);
                continue;
            }
            column_words(block, c, row->first, row->end, words);
            run_tables_cell(tables, c, 1, 1, words, NULL);
        }
        write_furniture(tables, row);
    }
    for (guint i = 0; i < G_N_ELEMENTS(labels); i++)
        g_clear_pointer(&labels[i], g_array_unref);
}

static void place_block(RunBlock *block)
{
    if (block->kind == RUN_HEAD_GOALS)
        run_block_place_prose(block);
    else
        run_block_place(block);
}

/* The texts of the goals are one row. */
static void write_goals(RunTables *tables, const RunBlock *block, const RunHead *head)
{
    RunRow row = {block->first, block->end};
    bool has_row = row.end > row.first;
    write_head(tables, block, head, has_row);
    if (!has_row)
        return;
    run_tables_row(tables);
    write_cells(tables, block, &row, 1);
    write_furniture(tables, &row);
}

static void write_block(RunTables *tables, const RunBlock *block, const RunHead *head)
{
    if (head->kind == RUN_HEAD_GOALS) {
        write_goals(tables, block, head);
        return;
    }
    g_autoptr(GArray) rows = run_block_rows(block);
    run_block_settle_doubts(block, rows);
    write_head(tables, block, head, rows->len);
    write_rows(tables, block, rows);
}

/* Lets a line begin behind its first words; returns how it was. */
static WordLine cut_words(Runs *runs, guint line, guint n)
{
    WordLine *at = &g_array_index(runs->lines, WordLine, line), before = *at;
    at->first += n;
    at->count -= n;
    return before;
}

/* The total row lies over the columns of the indicators; its label stands left of them.  Returns the line behind it. */
static guint write_total(RunTables *tables, const RunHead *head, const RunBlock *rows, guint line,
                         guint end)
{
    RunBlock block;
    RunRow row = {line, run_total_end(tables->runs, line, end)};
    Runs *runs = tables->runs;
    ZpLabelMatch match;
    guint n = line_match(runs, runs_line(runs, line), 0, BIT(TOTAL), &match);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (guint k = 0; k < n; k++)
        g_ptr_array_add(words, runs_word(runs, runs_line(runs, line)->first + k));
    WordLine whole = cut_words(runs, line, n);
    run_block_init(&block, runs, head, line, row.end);
    run_block_place_total(&block, rows);
    run_tables_row(tables);
    run_tables_cell(tables, 0, 1, 1, words, NULL);
    write_cells(tables, &block, &row, 0);
    run_block_clear(&block);
    g_array_index(runs->lines, WordLine, line) = whole;
    return row.end;
}

/* A header with its rows.  Returns the line behind them. */
static guint write_headed(RunTables *tables, const RunHead *head, guint next)
{
    RunBlock block;
    guint end = block_end(tables->runs, head, next), total = end;
    if (head->kind == RUN_HEAD_INDICATORS)
        total = find_total(tables->runs, head->end, end);
    run_block_init(&block, tables->runs, head, head->end, total);
    place_block(&block);
    write_block(tables, &block, head);
    if (total < end)
        end = write_total(tables, head, &block, total, end);
    run_block_clear(&block);
    return end;
}

/* Labels with values from a line on; the total row may stand among them, behind the notes. */
static void write_pairs(RunTables *tables, const RunHead *above, guint first, guint end)
{
    guint total = end;
    if (above && above->kind == RUN_HEAD_INDICATORS)
        total = find_total(tables->runs, first, end);
    run_tables_pairs(tables, first, total);
    if (total < end)
        run_tables_pairs(tables, write_total(tables, above, NULL, total, end), end);
}

bool runs_rebuild(Runs *runs, Arranged *arranged)
{
    RunTables tables = {.runs = runs, .arranged = arranged};
    g_autoptr(GPtrArray) heads = find_heads(runs);
    const RunHead *above = NULL;
    guint line = 0;
    for (guint k = 0; k <= heads->len; k++) {
        const RunHead *head = k < heads->len ? g_ptr_array_index(heads, k) : NULL;
        const RunHead *next = k + 1 < heads->len ? g_ptr_array_index(heads, k + 1) : NULL;
        guint end = head ? head->first : runs->lines->len;
        write_pairs(&tables, above, line, end);
        if (head)
            line = write_headed(&tables, head, next ? next->first : runs->lines->len);
        above = head;
    }
    return !tables.n_torn;
}
