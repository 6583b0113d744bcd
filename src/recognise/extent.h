/*
 * extent.h - which rows below the header of a block are the block's, as the grid itself says.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/builder.h"

typedef struct {
    guint32 col, end;
} ExtentColumn;

/* What a header says of the rows below it. */
typedef struct {
    const Line *header;     /* (nullable) NULL: no block is under way, or its grid says nothing */
    guint side;             /* number of the token of the block's own label beside its rows */
    guint32 side_end;       /* the column behind that label; 0: there is none */
    guint32 first;          /* the first column beside that label */
    guint32 names;          /* the column behind the rows' names; G_MAXUINT32: unknown */
    ExtentColumn needed[2]; /* columns of which each row has one */
    guint n_needed;
} Extent;

typedef enum {
    ROW_INSIDE, /* or the grid does not say */
    ROW_ACROSS, /* its cells lie across the header's: this row is no row of the block */
    ROW_BEHIND, /* the label of something else stands where the block's stood: the block is over */
} RowPlace;

/**
 * extent_begin: the extent of the block that @header heads.
 * @names: kinds of label that head the rows' names: values begin behind the last of them
 * @values: where none of them is there: values begin at the first label of these kinds
 * @needed: kinds of label below which each row has a value
 */
Extent extent_begin(const Lines *lines, const Line *header, guint64 names, guint64 values,
                    guint64 needed);

/**
 * extent_place: where a line below the header stands to its block.
 */
RowPlace extent_place(const Extent *extent, const Lines *lines, const Line *line);
