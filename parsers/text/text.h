/*
 * text.h - the parser of separated text: a row a line, cells by tabs or `|`.
 */
#pragma once

#include "parsers/parser.h"

extern const ZpParser zp_text_parser;
extern const ZpCellWriter zp_text_cells; /* cells.c */
