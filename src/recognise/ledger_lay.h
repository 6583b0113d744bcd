/*
 * ledger_lay.h - a list of projects in columns of spaces (or in a PDF without rules) as a table.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/arrange.h"

/**
 * ledger_is_list: whether a table without rules is a list of projects, and no form besides.
 */
bool ledger_is_list(const ZpLabels *labels, const ZpTable *runs);

/**
 * ledger_lay: append what such a table holds, as lines of text and a table of cells.
 */
void ledger_lay(Arranged *arranged, const ZpTable *runs);
