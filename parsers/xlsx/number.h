/*
 * number.h - a decimal as digits and a point, of any size: what format codes work on.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Digits that Excel keeps. */
#define ZP_XLSX_DIGITS 15
/* Places of the point that are not plain nonsense; a double has no more. */
#define ZP_XLSX_POINT_MAX 400

/* 0.d1d2d3… × 10^point; no leading and no final zeros; count 0 is zero. */
typedef struct {
    bool is_negative;
    int count, point;
    char digits[ZP_XLSX_DIGITS + 1]; /* '0'…'9' */
} ZpXlsxNumber;

/** zp_xlsx_number_parse: `-12.5E-3`, rounded to ZP_XLSX_DIGITS digits, half away from zero. */
bool zp_xlsx_number_parse(const char *text, gsize length, ZpXlsxNumber *out);

/** zp_xlsx_number_round: to @places digits after the point, half away from zero. */
void zp_xlsx_number_round(ZpXlsxNumber *number, int places);

/**
 * zp_xlsx_number_general: as a cell of format General: plain, with an exponent from 10^21 on and
 * below 10^-9.
 */
void zp_xlsx_number_general(const ZpXlsxNumber *number, GString *out);

/** zp_xlsx_number_compare: below, at or above 0 as @a is less than, equal to or more than @b. */
int zp_xlsx_number_compare(const ZpXlsxNumber *a, const ZpXlsxNumber *b);

/** zp_xlsx_number_digit: the digit of weight 10^@weight. */
char zp_xlsx_number_digit(const ZpXlsxNumber *number, int weight);
