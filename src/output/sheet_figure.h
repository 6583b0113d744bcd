/*
 * sheet_figure.h - which printed figures a cell of a workbook can hold as a number, and how it shows them.
 *
 * A workbook's number is a binary one of 15 sure digits.  A figure becomes one only where that is enough
 * to get it back exactly; else it stays the text that is printed.
 */
#pragma once

#include "model/value.h"

/* Bytes of a number format: grouping, places, a unit and brackets. */
#define ZP_SHEET_FORMAT_MAX 160

typedef enum {
    ZP_SHEET_TEXT,     /* no figure */
    ZP_SHEET_NUMBER,   /* `number` and `format` are set */
    ZP_SHEET_TOO_LONG, /* a figure of more digits than a workbook's number holds */
} ZpSheetKind;

typedef struct {
    char number[ZP_DECIMAL_TEXT_MAX]; /* "0.8882": plain, of 15 significant digits at most */
    char format[ZP_SHEET_FORMAT_MAX]; /* "0.00%": shows it as it is printed */
} ZpSheetFigure;

/**
 * zp_sheet_figure: what becomes of a printed figure: "1,263.00", "88.82%", "(1)", "10分".
 * @text: as printed
 * @value: (nullable) how it was read: it decides what is a number; without it the text alone does
 * @out: set only on ZP_SHEET_NUMBER
 */
ZpSheetKind zp_sheet_figure(const char *text, const ZpValue *value, ZpSheetFigure *out);
