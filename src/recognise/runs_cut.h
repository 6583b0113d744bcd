/*
 * runs_cut.h - how a line of a block is cut into pieces, each of one column.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/runs_looks.h"

/* Words of a line that are placed one by one; what stands behind goes to the column of the last one. */
#define LINE_WORDS_MAX 64

/* How a line is to be cut. */
typedef struct {
    float price;      /* of an em of distance */
    bool is_total;    /* the total row: no target, no name */
    bool seeks_doubt; /* say which words may stand elsewhere */
} CutWay;

/* The cut of one line: best[k][c], the best way to place k words, the last one in column c. */
typedef struct {
    float best[LINE_WORDS_MAX + 1][RUN_COLUMNS_MAX];
    guint8 from[LINE_WORDS_MAX + 1][RUN_COLUMNS_MAX];   /* first word of the last piece */
    guint8 column[LINE_WORDS_MAX + 1][RUN_COLUMNS_MAX]; /* of the piece before it */
    guint n;                                            /* words */
    CutWay way;
    struct {
        guint32 line; /* and one; 0: none yet */
        float x0, x1;
    } above[RUN_COLUMNS_MAX]; /* the last piece of each column in the lines before */
} LineCut;

/**
 * run_cut_line: the best way to cut a line.
 * @cut: `way` set by the caller; the rest is set here
 */
void run_cut_line(const RunBlock *block, const WordLine *line, LineCut *cut);

/**
 * run_line_has_figures: whether a line has enough figures to be a row's own, not the rest of its texts.
 */
bool run_line_has_figures(const RunBlock *block, const WordLine *line);

/**
 * run_cut_words: how many words the piece [k, end) has: where the words that are placed end within a run, all of that.
 */
guint run_cut_words(const Runs *runs, const WordLine *line, const LineCut *cut, guint k, guint end);

/**
 * run_cut_doubts: mark the words of a cut line that may as well stand in another column.
 * @pieces: what the line was cut into
 */
void run_cut_doubts(const RunBlock *block, const WordLine *line, const LineCut *cut,
                    const Piece *pieces, guint n_pieces);

/**
 * run_block_seed: where the columns are on a page of text, by its rows of figures and its labels of levels.
 * (runs_seed.c)
 * @first, @end: the page's lines
 *
 * Returns: whether rows of figures say it.
 */
bool run_block_seed(RunBlock *block, guint first, guint end);
