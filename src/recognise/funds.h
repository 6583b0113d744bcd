/*
 * funds.h - what the files of the funds block share.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/builder.h"

/**
 * fund_token_in: the first unused cell of a row in a column; NULL: none.
 */
Token *fund_token_in(const Builder *builder, const Line *line, const Columns *columns,
                     const Column *column, int shift);

/**
 * fund_label_token: the cell that names a row; NULL: none.
 */
Token *fund_label_token(const Builder *builder, const Line *line, const Columns *columns,
                        int shift);

/**
 * funds_settle_names: where the merge of the block's label over the sources is lost, its column is the names'.
 * (funds_names.c)
 * @rows: (element-type guint) numbers of the rows' lines
 */
void funds_settle_names(const Builder *builder, const GArray *rows, Columns *columns);

/**
 * funds_are_of_tasks: whether a block below a header says what tasks cost, another one whence the money came.
 */
bool funds_are_of_tasks(const Builder *builder, guint header, const Columns *columns);

/**
 * funds_take_tasks: their rows, to `extra`: each figure under the names of its row and column.
 */
void funds_take_tasks(Builder *builder, const GArray *rows, const Columns *columns);

/**
 * funds_are_paired: whether a row has a label and its figure below the heads of the funds.  (funds_paired.c)
 * @header: (nullable)
 */
bool funds_are_paired(const Builder *builder, const Line *header, const Line *line);

/**
 * builder_take_paired: take such a row.
 */
void builder_take_paired(Builder *builder, const Line *header, const Line *line);
