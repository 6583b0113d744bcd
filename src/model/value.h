/*
 * value.h - what one cell of a form says: its text, and the number, range or date in it.
 *
 * The recogniser fills text and place, the normaliser the rest; `text` is never rewritten.
 */
#pragma once

#include "base/decimal.h"
#include "model/grid.h"

/* How a target is compared: the `op` of the contract. */
typedef enum {
    ZP_OP_NONE,
    ZP_OP_EQ,
    ZP_OP_GE,
    ZP_OP_LE,
    ZP_OP_GT,
    ZP_OP_LT,
    ZP_OP_RANGE,
    ZP_OP_COUNT,
} ZpOp;

/* An approximation: 余 and 多 mean "and a little more"; 近, 约 and 左右 do not say which way. */
typedef enum {
    ZP_APPROX_NONE,
    ZP_APPROX_MORE,
    ZP_APPROX_ABOUT,
} ZpApprox;

/* A calendar date: month 0 is "a year alone", day 0 is "a month"; year 0 is "no date". */
typedef struct {
    int year, month, day;
} ZpDate;

/* A cell that may hold a figure.  Texts are owned by the form. */
typedef struct {
    const char *text;  /* cleaned, never rewritten; NULL: the template has no such column */
    ZpPlace at;        /* where the cell stands */
    bool has_value;    /* `value` is a number */
    bool has_upper;    /* `upper` is one too: a range */
    bool is_malformed; /* digits and separators that form no number (F09) */
    ZpOp op;
    ZpApprox approx;
    ZpDate date;
    ZpDecimal value, upper;
    ZpOcr *ocr;       /* (nullable) of a picture; owned by the form */
    const char *unit; /* as printed after the number, "%" for every percent sign; NULL: none */
} ZpValue;

/* A text with its place; text is NULL where the form has no such field, "" where it is blank. */
typedef struct {
    const char *text;
    ZpPlace at;
    ZpOcr *ocr; /* (nullable) of a picture; owned by the form */
} ZpText;
