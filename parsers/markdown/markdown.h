/*
 * markdown.h - the parser of Markdown, GitHub's and Pandoc's.
 */
#pragma once

#include "parsers/parser.h"

extern const ZpParser zp_markdown_parser;
extern const ZpCellWriter zp_markdown_cells; /* cells.c */
