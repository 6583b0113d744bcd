/*
 * ledger_compare.c - a form's figure against the ledger's.
 *
 * Money is compared in the larger of the two units.  A figure that is only printed with fewer places differs
 * by rounding, and not at all where the units differ, as 万元 cannot say 元.  Where one side prints no unit,
 * only what is the same or different in every unit is judged.
 */
#include "run/ledger_compare.h"

#include <string.h>

/* The power of ten of a figure's unit of money; -1: it prints none. */
static int power_of(const ZpLexicon *lexicon, const ZpValue *value, const char *usual)
{
    const char *unit = value->unit && *value->unit ? value->unit : usual;
    int power = 0;
    const char *base = unit && *unit ? zp_lexicon_unit(lexicon, unit, &power) : NULL;
    return base && (strcmp(base, "元") == 0 || (!*base && power > 0)) ? power : -1;
}

static bool rounds_to(ZpDecimal one, ZpDecimal other, ZpRounding mode)
{
    bool is_finer = one.scale > other.scale;
    ZpDecimal fine = is_finer ? one : other, coarse = is_finer ? other : one;
    ZpDecimal rounded;
    return fine.scale > coarse.scale && zp_decimal_round(fine, coarse.scale, mode, &rounded) &&
           zp_decimal_compare(rounded, coarse) == 0;
}

static ZpAgreement compare(ZpDecimal one, ZpDecimal other)
{
    if (zp_decimal_compare(one, other) == 0)
        return ZP_AGREES;
    if (rounds_to(one, other, ZP_ROUND_HALF_UP))
        return ZP_AGREES_ROUNDED;
    if (rounds_to(one, other, ZP_ROUND_UP))
        return ZP_AGREES_ROUNDED_UP;
    return rounds_to(one, other, ZP_ROUND_DOWN) ? ZP_AGREES_ROUNDED_DOWN : ZP_AGREES_NOT;
}

/* @power, @other_power: of ten, of the units */
static ZpAgreement compare_scaled(ZpDecimal one, int power, ZpDecimal other, int other_power)
{
    int most = MAX(power, other_power);
    one.scale += most - power;
    other.scale += most - other_power;
    if (one.scale > ZP_DECIMAL_SCALE_MAX || other.scale > ZP_DECIMAL_SCALE_MAX)
        return ZP_AGREES_UNKNOWN;
    ZpAgreement found = compare(one, other);
    return found == ZP_AGREES_ROUNDED && power != other_power ? ZP_AGREES : found;
}

static ZpAgreement compare_money(const ZpValue *stated, int power, const ZpValue *listed,
                                 int listed_power)
{
    static const int POWERS[] = {0, 4, 8};
    if ((power < 0) == (listed_power < 0))
        return compare_scaled(stated->value, MAX(power, 0), listed->value, MAX(listed_power, 0));
    ZpAgreement plain = compare(stated->value, listed->value);
    if (plain == ZP_AGREES)
        return ZP_AGREES;
    for (gsize k = 0; k < G_N_ELEMENTS(POWERS); k++) {
        if (compare_scaled(stated->value, power < 0 ? POWERS[k] : power, listed->value,
                           listed_power < 0 ? POWERS[k] : listed_power) != ZP_AGREES_NOT)
            return ZP_AGREES_UNKNOWN;
    }
    return ZP_AGREES_NOT;
}

static bool is_percent(const ZpValue *value)
{
    return value->unit && strcmp(value->unit, "%") == 0;
}

/* 0.88 stands for 88% where the other side prints %. */
static ZpAgreement compare_rates(const ZpValue *stated, const ZpValue *listed)
{
    ZpDecimal one = stated->value, other = listed->value;
    const ZpDecimal hundred = zp_decimal_from_int(100), whole = zp_decimal_from_int(1);
    ZpDecimal *bare = is_percent(stated) == is_percent(listed) ? NULL
                      : is_percent(stated)                     ? &other
                                                               : &one;
    if (compare(one, other) == ZP_AGREES || !bare || zp_decimal_compare(*bare, whole) > 0)
        return compare(one, other);
    int scale = MAX(bare->scale - 2, 0);
    if (!zp_decimal_multiply(*bare, hundred, bare) ||
        !zp_decimal_round(*bare, scale, ZP_ROUND_HALF_UP, bare))
        return ZP_AGREES_UNKNOWN;
    return compare(one, other);
}

ZpAgreement zp_ledger_compare(const ZpLexicon *lexicon, ZpNature nature, const ZpAmountOf *stated,
                              const ZpAmountOf *listed)
{
    if (nature == ZP_OF_RATE)
        return compare_rates(stated->value, listed->value);
    if (nature == ZP_OF_SCORE)
        return compare(stated->value->value, listed->value->value);
    return compare_money(stated->value, power_of(lexicon, stated->value, stated->unit),
                         listed->value, power_of(lexicon, listed->value, listed->unit));
}
