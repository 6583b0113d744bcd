/*
 * html.h - the parser of web pages.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/parser.h"

extern const ZpParser zp_html_parser;
