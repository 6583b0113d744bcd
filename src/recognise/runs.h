/*
 * runs.h - rows and columns of a table that has no rules.
 *
 * What column-aligned text and ruleless PDF tables share: words with their places.  One way through:
 *
 *     runs.c          runs of text → words and lines
 *     runs_heads.c    the headers of the form's blocks (funds, goals, indicators)
 *                     (…_settle.c, …_strays.c: their roles, and pieces that stand apart)
 *     runs_looks.c    what words look like, and how well that suits a column
 *     runs_cut.c      a line's words → pieces, each of one column, and which are in doubt
 *     runs_seed.c     where the columns of a page of text are to begin with
 *     runs_columns.c  the words of a block's lines → its columns
 *     runs_scatter.c  rows whose columns stand below each other
 *     runs_prose.c    the same for the two columns of the goals
 *     runs_labels.c   labels of several lines
 *     runs_rows.c     the lines of a block → its rows
 *     runs_cells.c    what goes on in the line below
 *     runs_bands.c    the cheapest way to cut them, and what is in doubt
 *     runs_doubts.c   which doubts about columns the rows refute
 *     runs_levels.c   labels that stand beside several rows → the rows that each spans
 *     runs_total.c    the lines of the total row
 *     runs_pairs.c    labels with their values beside them, above and below the blocks (…_find.c: the labels)
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
    guint32 line;   /* index in Runs.lines */
    Shape shape;    /* as words_shape says */
    bool joins;     /* only a space stands between it and the word before */
    bool is_out;    /* it went into a cell already */
    bool is_level;  /* a whole label of a level */
    bool is_unsure; /* it may as well stand in the row above or below */
    guint32 others; /* bits of columns that it may as well stand in */
    guint64 parts;  /* ZP_LABEL_BITs: it is a label of these kinds, or a piece of one */
} Word;

typedef struct {
    guint first, count; /* words */
    float y;            /* its middle; lines of the next page go on below */
    guint32 page;       /* from 1, 0: none; text has columns of its own on every page */
    gint32 ruled_row;   /* the row between drawn rules that it stands in; -1: none drawn */
    bool is_furniture;  /* a page number, a headline between blocks or the like */
    bool is_title;      /* a form's title */
    bool is_year;       /* a year and nothing else */
} WordLine;

/* How a table counts: its em, the pitch of its lines, whether a run's box counts characters. */
typedef struct {
    float em, pitch;
    bool in_characters;
} RunScale;

typedef struct {
    const ZpLabels *labels;
    RunScale scale; /* of the first table */
    GArray *words;  /* of Word */
    GArray *lines;  /* of WordLine */
    GArray *rules;  /* of float: where vertical rules stand, in em */
    guint32 number; /* of the first table */
    gint32 n_ruled; /* rows between drawn rules so far */
    bool in_points; /* boxes are places on a page */
    GString *scratch;
    GHashTable *matches; /* text of words → ZpLabelMatch: the same are asked for again and again */
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
 *
 * Returns: whether each cell holds texts of one column, as far as their places say.
 */
bool runs_rebuild(Runs *runs, Arranged *arranged);

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
 * words_shape: what the text of a cell without rules looks like: as shape_of_text, but a zero is like
 * a dash, and a date or a sentence's end is text.
 */
Shape words_shape(const char *text, gsize length);

/**
 * words_sort: by line, then x: reading order.
 */
void words_sort(GPtrArray *words);

/**
 * word_is_below: whether a word begins below another, or has its middle below its, up to @slack em.
 */
bool word_is_below(const Word *first, const Word *word, float slack);

/**
 * line_match: the label that a line's words from the k-th on make: the longest of up to four
 * words with single spaces between.
 *
 * Returns: how many words; 0 when they make none of @kinds.
 */
guint line_match(const Runs *runs, const WordLine *line, guint k, guint64 kinds,
                 ZpLabelMatch *match);
