/*
 * runs_scatter.c - rows of text whose columns stand below each other.
 *
 *     质量指标 安全测评通过
 *             软件测评通过
 *                         =100% 100%
 *                         =100% 100%
 *                                     4
 *                                     4
 *
 * Programs that lay text out by its places put columns below each other when a label in the middle of two lines
 * holds both together.  As many lines for every column, and all columns once, are rows: what stands in them goes to the
 * lines of the names, which come first.
 */
#include "recognise/runs_block.h"

/* Rows that are scattered together. */
#define SCATTER_ROWS_MAX 8
/* Columns that so large a share of the rows have a figure in may not lack here. */
#define FILLED_MIN 0.7F

static bool is_of_levels(const RunBlock *block, guint column)
{
    Role role = block->columns[column].role;
    return role == ROLE_BLOCK || role == ROLE_LEVEL1 || role == ROLE_LEVEL2;
}

/* The bits of the columns that a line has one piece in, labels of levels apart; 0: it is no line of such rows. */
static guint32 columns_of(const RunBlock *block, guint line)
{
    guint32 columns = 0;
    for (guint k = block->starts[line]; k < block->starts[line + 1]; k++) {
        guint c = block_piece(block, k)->column;
        if (is_of_levels(block, c))
            continue;
        if (columns >> c & 1)
            return 0;
        columns |= 1u << c;
    }
    return columns;
}

/* The columns that every row has something in; 0: not known. */
static guint32 needed_columns(const RunBlock *block)
{
    guint32 needed = 0;
    for (guint c = 0; c < block->n_columns; c++)
        needed |= block->columns[c].filled >= FILLED_MIN ? 1u << c : 0;
    guint name = run_block_column(block, ROLE_LEVEL3);
    return needed && name < RUN_COLUMNS_MAX ? needed | 1u << name : 0;
}

/* Whether the lines [first, first + n) have something in the same columns. */
static bool are_alike(const RunBlock *block, guint first, guint n)
{
    guint32 columns = columns_of(block, first);
    for (guint i = 1; columns && i < n; i++) {
        if (columns_of(block, first + i) != columns)
            return false;
    }
    return columns != 0;
}

/* The line behind @n scattered rows that begin at a line; that line when there are none. */
static guint scattered_end(const RunBlock *block, guint first, guint end, guint n, guint32 needed)
{
    guint32 seen = 0, names = columns_of(block, first);
    /* The names come first; and rows that have all they need are not scattered. */
    if (!(names >> run_block_column(block, ROLE_LEVEL3) & 1) || (names & needed) == needed)
        return first;
    for (guint i = first; i + n <= end && are_alike(block, i, n); i += n) {
        guint32 columns = columns_of(block, i);
        if (seen & columns)
            break;
        seen |= columns;
        if ((seen & needed) == needed)
            return i + n;
    }
    return first;
}

static gint by_line(gconstpointer a, gconstpointer b)
{
    const Piece *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

/* A label that is alone in its column beside @n lines stands in their middle. */
static void hold_lines(RunBlock *block, guint from, guint to, guint n)
{
    Piece *label[RUN_COLUMNS_MAX] = {NULL};
    bool is_one[RUN_COLUMNS_MAX] = {false};
    for (guint k = from; k < to; k++) {
        Piece *piece = block_piece(block, k);
        is_one[piece->column] = !label[piece->column];
        label[piece->column] = piece;
    }
    for (guint c = 0; c < block->n_columns; c++) {
        if (!is_one[c] || !is_of_levels(block, c))
            continue;
        label[c]->line = block_piece(block, from)->line;
        label[c]->n_below = n - 1;
    }
}

/* Moves what stands in the lines [first, end) to the first n of them. */
static void gather(RunBlock *block, guint first, guint end, guint n)
{
    guint from = block->starts[first], to = block->starts[end];
    for (guint i = first; i < end; i++) {
        for (guint k = block->starts[i]; k < block->starts[i + 1]; k++)
            block_piece(block, k)->line = block->first + first + (i - first) % n;
    }
    hold_lines(block, from, to, n);
    qsort(&g_array_index(block->pieces, Piece, from), to - from, sizeof(Piece), by_line);
    for (guint i = first, k = from; i < end; i++) {
        block->starts[i] = k;
        while (k < to && block_piece(block, k)->line == block->first + i)
            k++;
    }
}

void run_block_gather(RunBlock *block, guint first, guint end)
{
    guint32 needed = needed_columns(block);
    for (guint i = first - block->first; needed && i < end - block->first; i++) {
        for (guint n = SCATTER_ROWS_MAX; n > 1; n--) {
            guint behind = scattered_end(block, i, end - block->first, n, needed);
            if (behind == i)
                continue;
            gather(block, i, behind, n);
            i = behind - 1;
            break;
        }
    }
}
