/*
 * xlsx.h - Excel workbooks (SpreadsheetML, ECMA-376 part 1), transitional and strict.
 */
#pragma once

#include "parsers/parser.h"

extern const ZpParser zp_xlsx_parser;
extern const ZpCellWriter zp_xlsx_cells; /* cells.c */
