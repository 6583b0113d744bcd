/*
 * runs_block.h - one block of a table without rules under work: its columns, its pieces of text, its
 * rows, its labels beside rows.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/runs_heads.h"

/* A column of a block. */
typedef struct {
    Role role;
    float x0, x1;   /* where its texts stand, as far as is known */
    float widest;   /* width of its full lines */
    float filled;   /* share of the lines with figures that have one in it */
    bool is_fixed;  /* between drawn rules */
    HeadCell *head; /* (nullable) */
} RunColumn;

#define RUN_COLUMNS_MAX 24

/* Words of one line that stand in one column with single spaces between them. */
typedef struct {
    guint first, count; /* words */
    guint32 line;
    guint column;
    guint n_below; /* lines below its own that it is known to stand beside, too */
    float x0, x1;
    float width; /* as printed: in text, a narrow character is half as wide as it counts */
} Piece;

/* A block under work. */
typedef struct {
    const Runs *runs;
    RunHeadKind kind;
    guint first, end; /* its lines, header not among them */
    guint n_columns;
    bool is_flush; /* no room is left of the header for the block's own label */
    RunColumn columns[RUN_COLUMNS_MAX];
    GArray *pieces; /* of Piece, by line, then x */
    guint *starts;  /* index of the first piece of each line, and one behind the last */
} RunBlock;

static inline Piece *block_piece(const RunBlock *block, guint k)
{
    return &g_array_index(block->pieces, Piece, k);
}

/* The text of a piece: its words stand in one run. */
static inline const char *piece_text(const RunBlock *block, const Piece *piece, gsize *length)
{
    const Word *first = runs_word(block->runs, piece->first);
    const Word *last = runs_word(block->runs, piece->first + piece->count - 1);
    *length = (gsize)(last->text + last->length - first->text);
    return first->text;
}

/**
 * run_block_init: the columns of a block by its header; lines [first, end) are its rows.
 */
void run_block_init(RunBlock *block, const Runs *runs, const RunHead *head, guint first, guint end);
void run_block_clear(RunBlock *block);

/**
 * run_block_column: the index of the column with a role; RUN_COLUMNS_MAX when there is none.
 */
guint run_block_column(const RunBlock *block, Role role);

/**
 * run_block_place: cut every line into pieces and give each its column.
 */
void run_block_place(RunBlock *block);

/**
 * run_block_place_total: the same for the total row alone, by the columns of the rows above it; its further lines have
 * the rest of what stands above them.
 * @rows: (nullable)
 */
void run_block_place_total(RunBlock *block, const RunBlock *rows);

/**
 * run_block_place_prose: the same for the two columns of the goals.  (runs_prose.c)
 */
void run_block_place_prose(RunBlock *block);

/**
 * run_block_add: add a piece to the line under way.
 */
void run_block_add(RunBlock *block, guint32 line, guint first, guint count, guint column);

/**
 * run_block_gather: put rows together whose columns text has below each other.  (runs_scatter.c)
 * @first, @end: the page's lines, placed
 */
void run_block_gather(RunBlock *block, guint first, guint end);

/* Lines of one row. */
typedef struct {
    guint first, end;
} RunRow;

/* A label of one or more pieces in a column. */
typedef struct {
    GPtrArray *words;          /* of Word*, owned */
    guint first, end;          /* lines that it reaches over */
    const ZpLabelEntry *entry; /* (nullable) */
    guint first_row, n_rows;   /* the rows beside it */
} RunLabel;

/* Lines between two lines of one text. */
#define RUN_TEXT_PITCH_MAX 2.3F

/**
 * run_block_is_full: whether a piece is about as wide as its column, so that its text may go on below.
 */
bool run_block_is_full(const RunBlock *block, const Piece *piece);

/**
 * run_block_labels: the labels in a column: its pieces, those that make one label taken together.  (runs_labels.c)
 *
 * Returns: (transfer full) (element-type RunLabel) in order of lines
 */
GArray *run_block_labels(const RunBlock *block, guint column);

/**
 * run_block_rows: cut the block's lines into rows.
 *
 * Returns: (transfer full) (element-type RunRow)
 */
GArray *run_block_rows(const RunBlock *block);

/**
 * run_block_settle_doubts: take away the doubts about words (Word.others) that a row refutes.
 */
void run_block_settle_doubts(const RunBlock *block, const GArray *rows);

/**
 * run_block_span: decide which rows each label of a column stands beside.
 * @labels: (element-type RunLabel)
 * @inner: (nullable) (element-type RunLabel) the labels of the column right of it
 */
void run_block_span(const RunBlock *block, const GArray *rows, GArray *labels, const GArray *inner);

/**
 * role_has_value: whether a row has a figure, or a value in words, in a column of the role.  (runs_seed.c)
 */
bool role_has_value(Role role);
