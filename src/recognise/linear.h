/*
 * linear.h - forms whose cells follow each other without any layout: one cell a line, or all of
 * them in one line.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/arrange.h"

/**
 * linear_arrange: append tables for lines of text that hold a form cell by cell.
 * @lines: (element-type ZpCell*) lines of text, one behind the other
 *
 * Returns: false when they hold none; then nothing was appended.
 *
 * Every text of the lines ends in a cell.  Figures of a row that may stand in more than one way are
 * put beside the row's columns, where nothing takes them: they are reported, not guessed.
 */
bool linear_arrange(Arranged *arranged, const GPtrArray *lines);
