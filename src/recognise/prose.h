/*
 * prose.h - blocks of prose beside a label of their own.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/builder.h"

/**
 * prose_side: the line whose first cell is the label of a block that stands beside this line, too.
 *
 * Returns: G_MAXUINT where none does.
 */
guint prose_side(const Builder *builder, guint index);

/**
 * prose_begins: whether the first cell of a line is such a label: it names none of a form's fields, and reaches below.
 */
bool prose_begins(const Builder *builder, guint index);

/**
 * prose_count_side: the number of cells in front of a row that are the label of its block, or copies of it.
 * @side: the line of the label
 */
guint prose_count_side(const Builder *builder, guint side, Token *const *items, guint n);

/**
 * prose_take: take a row of a block of prose, or its heads, into `extra`.
 * @items: the row's cells beside the block's label
 *
 * Returns: false where it is none.
 */
bool prose_take(Builder *builder, guint index, guint side, Token **items, guint n);
