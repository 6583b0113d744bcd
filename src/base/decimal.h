/*
 * decimal.h - exact decimal numbers.
 *
 * Every figure of a form (money, weight, score, rate, target) is one of these, so that no
 * sum or quotient ever meets binary floating point.  A decimal is coefficient / 10^scale
 * and keeps the scale it was printed with: "100.00" stays 100.00.  It knows nothing of
 * units, percent signs or grouping commas (src/normalise does).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* |coefficient| < 10^36 (119 bits): one more digit still fits while dividing. */
#define ZP_DECIMAL_DIGITS_MAX 36
/* 0 <= scale <= this. */
#define ZP_DECIMAL_SCALE_MAX 30
/* Bytes that hold any printed decimal with its sign, point and final NUL. */
#define ZP_DECIMAL_TEXT_MAX 72

typedef struct {
    __int128 coefficient;
    int scale; /* digits after the point, from 0 */
} ZpDecimal;

typedef enum {
    ZP_ROUND_HALF_UP,   /* half away from zero */
    ZP_ROUND_UP,        /* away from zero */
    ZP_ROUND_DOWN,      /* towards zero: cut */
    ZP_ROUND_HALF_EVEN, /* half to the even neighbour */
} ZpRounding;

/** zp_decimal_from_int: an integer as a decimal of scale 0. */
ZpDecimal zp_decimal_from_int(gint64 number);

/**
 * zp_decimal_parse: read one plain number.
 * @text, @length: the bytes; ASCII digits with at most one leading sign and one point
 * @out: set only on success; its scale is the count of digits after the point
 *
 * Returns: false for anything that is not exactly `[+-]?digits[.digits]`, also for "", ".",
 * "1." and ".5", and for a number of more than ZP_DECIMAL_DIGITS_MAX significant digits or
 * ZP_DECIMAL_SCALE_MAX places.
 */
bool zp_decimal_parse(const char *text, size_t length, ZpDecimal *out);

/**
 * zp_decimal_print: write a decimal with exactly its scale's digits, no grouping, no exponent.
 * @buffer: at least ZP_DECIMAL_TEXT_MAX bytes
 *
 * Returns: @buffer.  Zero has no sign; "-0.5" has its leading zero.
 */
char *zp_decimal_print(ZpDecimal number, char buffer[ZP_DECIMAL_TEXT_MAX]);

/**
 * zp_decimal_add, _subtract, _multiply: exact results; the scale is the larger one (add,
 * subtract) or the sum of both (multiply).
 *
 * Returns: false, @out untouched, when the exact result does not fit; never wraps.
 */
bool zp_decimal_add(ZpDecimal a, ZpDecimal b, ZpDecimal *out);
bool zp_decimal_subtract(ZpDecimal a, ZpDecimal b, ZpDecimal *out);
bool zp_decimal_multiply(ZpDecimal a, ZpDecimal b, ZpDecimal *out);

/**
 * zp_decimal_divide: a / b rounded once to @places digits after the point.
 *
 * Returns: false, @out untouched, when b is zero, @places is out of range or the result does
 * not fit.  The result's scale is @places.
 */
bool zp_decimal_divide(ZpDecimal a, ZpDecimal b, int places, ZpRounding mode, ZpDecimal *out);

/**
 * zp_decimal_round: rounded to @places digits; more places than it has pads with zeros.
 *
 * Returns: false, @out untouched, when the result does not fit or @places is out of range.
 */
bool zp_decimal_round(ZpDecimal number, int places, ZpRounding mode, ZpDecimal *out);

/**
 * zp_decimal_compare: by value, so 1.0 equals 1.00; never overflows.
 *
 * Returns: below 0, 0 or above 0, as strcmp does.
 */
int zp_decimal_compare(ZpDecimal a, ZpDecimal b);

/** zp_decimal_sign: -1, 0 or 1. */
int zp_decimal_sign(ZpDecimal number);
