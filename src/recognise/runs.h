/*
 * runs.h - rows and columns of a table that has no rules.
 *
 * What column-aligned text and ruleless PDF tables share: words with their places.  One way through:
 *
 *     runs.c          runs of text → words and lines
 *     runs_heads.c    the headers of the form's blocks (funds, goals, indicators)
 *     runs_columns.c  the words of a block's lines → its columns
 *     runs_prose.c    the same for the two columns of the goals
 *     runs_rows.c     the lines of a block → its rows
 *     runs_levels.c   labels that stand beside several rows → the rows that each spans
 *     runs_pairs.c    labels with their values beside them, above and below the blocks
 *     runs_table.c    words → cells of a table
 *     runs_blocks.c   cuts the lines into blocks and calls the others
 *
 * Lengths are in em: the width of a Han character.  Heights are in lines.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/arrange.h"
#include "recognise/columns.h"

/* A piece of a run between spaces. */
typedef struct {
    const ZpCell *run;
    const char *text; /* into the run's */
    guint32 length;
    float x0, x1;
    guint32 line;  /* index in Runs.lines */
    bool joins;    /* only a space stands between it and the word before */
    bool is_out;   /* it went into a cell already */
    bool is_level; /* a whole label of a level */
    guint64 parts; /* ZP_LABEL_BITs: it is a label of these kinds, or a piece of one */
} Word;

typedef struct {
    guint first, count; /* words */
    float y;            /* its middle; lines of the next page go on below */
    guint32 page;       /* from 1, 0: none; text has columns of its own on every page */
    gint32 ruled_row;   /* the row between drawn rules that it stands in; -1: none drawn */
    bool is_furniture;  /* a page number or the like */
    bool is_title;      /* a form's title */
    bool is_year;       /* a year and nothing else */
} WordLine;

typedef struct {
    const ZpLabels *labels;
    GArray *words;  /* of Word */
    GArray *lines;  /* of WordLine */
    GArray *rules;  /* of float: where vertical rules stand, in em */
    guint32 number; /* of the first table */
    gint32 n_ruled; /* rows between drawn rules so far */
    bool in_points; /* boxes are places on a page */
    GString *scratch;
} Runs;

Runs *runs_new(const ZpLabels *labels);
void runs_free(Runs *runs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Runs, runs_free)

/**
 * runs_add_table: the words of a table without rules, below those already there.
 */
void runs_add_table(Runs *runs, const ZpTable *table);

/**
 * runs_rebuild: append tables with rows and columns.  Every word ends in one cell.  (runs_blocks.c)
 */
void runs_rebuild(Runs *runs, Arranged *arranged);

static inline Word *runs_word(const Runs *runs, guint k)
{
    return &g_array_index(runs->words, Word, k);
}

static inline const WordLine *runs_line(const Runs *runs, guint k)
{
    return &g_array_index(runs->lines, WordLine, k);
}

/**
 * words_join: the text of words of one cell, in their order.
 * @words: (element-type Word*)
 *
 * Between lines nothing comes where a Han character or a cut number stands on either side.
 */
void words_join(const GPtrArray *words, GString *out);

/**
 * words_match: the label that words make together.
 */
bool words_match(const Runs *runs, const GPtrArray *words, ZpLabelMatch *match);

/**
 * label_parts: the kinds (ZP_LABEL_BITs) of labels that a text is, or is a piece of; 产出指标(50分) is
 * one, and (元) on a line of its own a piece of the funds block's.
 */
guint64 label_parts(const ZpLabels *labels, const char *text, gsize length);

/**
 * words_sort: by line, then x: reading order.
 */
void words_sort(GPtrArray *words);

/**
 * line_match: the label that a line's words from the k-th on make: the longest of up to four
 * words with single spaces between.
 *
 * Returns: how many words; 0 when they make none of @kinds.
 */
guint line_match(const Runs *runs, const WordLine *line, guint k, guint64 kinds,
                 ZpLabelMatch *match);

/* Which header a block has. */
typedef enum {
    RUN_HEAD_FUNDS,
    RUN_HEAD_GOALS,
    RUN_HEAD_INDICATORS,
    RUN_HEAD_COUNT,
} RunHeadKind;

/* One column of a header: its words and what they name. */
typedef struct {
    GPtrArray *words; /* of Word*, owned */
    const char *text; /* (nullable) the label, when its characters came out of order */
    Role role;
    float x0, x1;
    bool is_block;  /* the block's own label, or a piece of it */
    bool is_parent; /* stands over the three columns of the target */
} HeadCell;

typedef struct {
    RunHeadKind kind;
    guint first, end; /* lines */
    GArray *cells;    /* of HeadCell, from left to right */
} RunHead;

void run_head_free(RunHead *head);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RunHead, run_head_free)

/**
 * run_head_find: the header whose main line is @line.
 * @least: the first line that it may reach up to
 *
 * Returns: (nullable)
 */
RunHead *run_head_find(const Runs *runs, guint line, guint least);

/* A column of a block. */
typedef struct {
    Role role;
    float x0, x1;   /* where its texts stand, as far as is known */
    float widest;   /* width of its full lines */
    bool is_fixed;  /* between drawn rules */
    HeadCell *head; /* (nullable) */
} RunColumn;

#define RUN_COLUMNS_MAX 24

/* Words of one line that stand in one column with single spaces between them. */
typedef struct {
    guint first, count; /* words */
    guint32 line;
    guint column;
    float x0, x1;
} Piece;

/* A block under work. */
typedef struct {
    const Runs *runs;
    RunHeadKind kind;
    guint first, end; /* its lines, header not among them */
    guint n_columns;
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
 * run_block_place_total: the same for the total row alone, by the columns of the rows above it.
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

/* Lines of one row. */
typedef struct {
    guint first, end;
} RunRow;

/* A label of one or more pieces in a column. */
typedef struct {
    GPtrArray *words; /* of Word*, owned */
    guint first, end; /* lines that it reaches over */
    const ZpLabelEntry *entry; /* (nullable) */
    guint first_row, n_rows; /* the rows beside it */
} RunLabel;

/**
 * run_block_labels: the labels in a column: its pieces, those that make one label taken together.
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
 * run_block_span: decide which rows each label of a column stands beside.
 * @labels: (element-type RunLabel)
 * @inner: (nullable) (element-type RunLabel) the labels of the column right of it
 */
void run_block_span(const RunBlock *block, const GArray *rows, GArray *labels, const GArray *inner);

/* The tables under way. */
typedef struct {
    Runs *runs;
    Arranged *arranged;
    ZpTable *table; /* (nullable) */
    guint32 row;    /* of the table */
    guint32 n_rows; /* of all tables with cells */
} RunTables;

/**
 * run_tables_row: begin the next row of a table of cells.
 */
void run_tables_row(RunTables *tables);

/**
 * run_tables_cell: a cell of the row under way; its words are taken.
 * @words: (element-type Word*) sorted here; none: no cell
 * @text: (nullable) what the cell says instead
 */
void run_tables_cell(RunTables *tables, guint col, guint n_cols, guint n_rows, GPtrArray *words,
                     const char *text);

/**
 * run_tables_line: a line of text around the tables; only its words that are not taken yet.
 */
void run_tables_line(RunTables *tables, guint line);

/**
 * run_tables_pairs: lines [first, end) of labels with their values beside them.  (runs_pairs.c)
 */
void run_tables_pairs(RunTables *tables, guint first, guint end);
