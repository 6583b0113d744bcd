/*
 * columns.h - which column of a block means what, and how each row lies over the columns.
 *
 * Columns come from a block's header by its labels.  A row whose merged cells were lost lies
 * one or more columns to the left or right of them; the shifts of all rows of a block are
 * chosen together, by what each cell looks like, with a price for every change between rows.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/lines.h"

typedef enum {
    ROLE_NONE, /* outside the block's columns */
    ROLE_BLOCK,
    ROLE_LABEL,  /* of a funds row */
    ROLE_SOURCE, /* a source of money with a column of its own: its budget */
    ROLE_INITIAL,
    ROLE_BUDGET,
    ROLE_EXECUTED,
    ROLE_RATE,
    ROLE_LEVEL1,
    ROLE_LEVEL2,
    ROLE_LEVEL3,
    ROLE_TARGET,
    ROLE_COMPARATOR,
    ROLE_TARGET_VALUE,
    ROLE_TARGET_UNIT,
    ROLE_ACTUAL,
    ROLE_WEIGHT,
    ROLE_LEVEL1_WEIGHT, /* of the section that level 1 begins */
    ROLE_LEVEL2_WEIGHT,
    ROLE_SCORE,
    ROLE_REASON,
    ROLE_OTHER,
    ROLE_COUNT,
} Role;

typedef struct {
    Role role;
    guint32 col, end;
    Token *head; /* (nullable) the header cell */
} Column;

typedef GArray Columns; /* of Column, by col */

/* Which block the columns are of. */
typedef enum {
    BLOCK_FUNDS,
    BLOCK_INDICATORS,
    BLOCK_TOTAL, /* the total row lies over the indicators' columns, but has no targets */
} BlockKind;

/* Rows lie at most this far beside their columns. */
#define SHIFT_MAX 3

/**
 * role_of_label: the column that a header's label names; ROLE_OTHER for a label of none.
 */
Role role_of_label(const ZpLabelMatch *label);

/**
 * role_fit: how well a shape stands in a column, -4 … 4.
 */
int role_fit(Role role, Shape shape);

/**
 * columns_of_funds, columns_of_indicators: read a header line; marks its tokens as used.
 * @header: the line's number
 * @has_second: the header has a second line
 * @end: the number behind the form's last line: what stands below may say what a column is
 * @year: the form's; 0: it is not known
 */
Columns *columns_of_funds(const Lines *lines, const Line *header, int year);
Columns *columns_of_indicators(const Lines *lines, guint header, bool has_second, guint end,
                               int year);

/**
 * columns_count_figures: how many of the first cells below a column are figures, less how many are none.
 */
int columns_count_figures(const Lines *lines, const Line *header, const Column *column);

/**
 * columns_settle_funds, columns_settle_indicators: what the heads of one header say of each other.
 * (column_roles.c)
 * @line, @end: the lines below the header
 */
void columns_settle_funds(Columns *columns, const Lines *lines, const Line *header, int year);
void columns_settle_indicators(Columns *columns, const Lines *lines, guint line, guint end,
                               int year);

/**
 * columns_settle_sums: the column of the funds that its figures explain: budget, spending or rate by the other two.
 * (column_sums.c)
 * @rows: (element-type guint) numbers of the rows' lines
 */
void columns_settle_sums(Columns *columns, const Lines *lines, const GArray *rows);

/**
 * columns_settle_scores: the column of the indicators that can only be the scores to their weights, or the reverse.
 * (column_sums.c)
 */
void columns_settle_scores(Columns *columns, const Lines *lines, const GArray *rows);

/**
 * columns_divide_otherwise: whether the form's own letters say that its rate is not spending over the year's budget.
 * (letters.c)
 */
bool columns_divide_otherwise(const Columns *columns);

/**
 * columns_have_parts: whether the target stands in several cells: sign, number, unit.
 */
bool columns_have_parts(const Columns *columns);

/**
 * columns_find: the column with a role.
 *
 * Returns: (nullable)
 */
const Column *columns_find(const Columns *columns, Role role);

/**
 * columns_at: the column that a cell beginning at @col of a row with @shift belongs to.
 *
 * Returns: (nullable) NULL outside the columns.
 */
const Column *columns_at(const Columns *columns, guint32 col, int shift);

/**
 * columns_align: choose the shift of every row of a block.
 * @rows: (element-type guint) indexes of lines
 * @shifts: set, one a row
 */
void columns_align(const Lines *lines, const Columns *columns, BlockKind kind, const GArray *rows,
                   gint8 *shifts);
