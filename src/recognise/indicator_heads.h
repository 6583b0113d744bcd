/*
 * indicator_heads.h - the header of a block of indicators, and its label.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/builder.h"

/**
 * heads_read: the columns of the header at a line.
 * @behind: set to the line behind the header, which may have two
 */
Columns *heads_read(Builder *builder, guint line, guint *behind);

/**
 * heads_divide: whether the cells of a line divide heads of the line above it further.
 */
bool heads_divide(const Builder *builder, const Line *at);

/**
 * heads_drop_repeated: a header that is printed again below a page break, or that of the next target block.
 */
void heads_drop_repeated(Builder *builder, const Line *line);

/**
 * heads_is_block_label, heads_take_block_label: the block's own label, which may number it.
 */
bool heads_is_block_label(const Token *token);
void heads_take_block_label(Builder *builder, Token *token);
