/*
 * runs_looks.h - what words of a table without rules look like, and how well that suits a column.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/runs_block.h"

/* A piece of a line as it may be. */
typedef struct {
    const Word *first;
    guint count;
    Shape shape;     /* of all of it */
    bool is_prose;   /* a word of it is no figure */
    bool is_several; /* a sign or a second figure begins another cell */
    guint64 parts;   /* label kinds that all of it is a piece of */
    float x0, x1;
} Looks;

/**
 * looks_of: words [first, first + count) of one run taken together.
 */
Looks looks_of(const RunBlock *block, guint first, guint count);

/**
 * looks_fit: how well a piece stands in a column: the sum of its words.
 *
 * A number inside prose is no figure of its own, and two words that are one figure together (=365 天)
 * stand as that.  Returns: about -6 … 4 a word.
 */
float looks_fit(const Looks *looks, Role role);

/**
 * looks_date_mark: whether a text begins with 年, 月 or 日.
 */
bool looks_date_mark(const char *text, gsize length);

/**
 * looks_divide: what it costs to divide two words with one space between: nothing behind a piece of a
 * label, which fills its cell, or between two figures.
 */
float looks_divide(const Word *left, const Word *right);

/**
 * looks_level: a word of two characters or more that is a label of a level or a piece of one.
 */
bool looks_level(const Word *word);
