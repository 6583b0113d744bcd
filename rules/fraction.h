/*
 * fraction.h - quotients that are rounded once, when they are compared with a printed figure.
 *
 * Only rules/ includes it.
 */
#pragma once

#include "base/decimal.h"

#include <stdbool.h>

/* A quotient that is rounded only when it is compared. */
typedef struct {
    ZpDecimal over, under; /* under is above 0 */
} ZpFraction;

/* The answer of a comparison that may need more digits than there are. */
typedef enum {
    ZP_ANSWER_NO,
    ZP_ANSWER_YES,
    ZP_ANSWER_OVERFLOW,
} ZpAnswer;

/**
 * zp_fraction_round: rounded once.
 *
 * Returns: false when the digits do not suffice.
 */
bool zp_fraction_round(ZpFraction fraction, int places, ZpRounding mode, ZpDecimal *out);

/** zp_fraction_gives: whether a printed figure is the fraction rounded to @places. */
ZpAnswer zp_fraction_gives(ZpFraction fraction, int places, ZpRounding mode, ZpDecimal printed);

/**
 * zp_fraction_is_score: whether a printed score is the fraction by one of the roundings that
 * scores are given with: half up, up or down to 2 decimals, or half up to the 0 or 1 decimals
 * that are printed.
 */
ZpAnswer zp_fraction_is_score(ZpFraction fraction, ZpDecimal printed);
