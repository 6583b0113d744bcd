/*
 * head_lines.h - heads that are cut over two rows of cells.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/arrange.h"

/**
 * head_lines_join: a table with such heads put together in the upper of their cells.
 *
 * Returns: (transfer none) the table itself where there are none.
 */
ZpTable *head_lines_join(Arranged *arranged, ZpTable *table);
