/*
 * xls.h - the Excel workbooks of 1997 to 2003, and those of WPS (.et), read by themselves.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/parser.h"

extern const ZpParser zp_xls_parser;

/**
 * zp_xls_is: whether the bytes are a container that holds a workbook, of these years or older.
 * @input: the whole file
 */
bool zp_xls_is(GBytes *input);

/**
 * zp_xls_needs_office: whether such a workbook is older, or encrypted, so that only an office program can read it.
 */
bool zp_xls_needs_office(GBytes *input);
