/*
 * amounts.c - the amounts of the funds block in one unit.
 *
 * Most forms print the unit once, in the header; some print it in every cell (620.82万元), some
 * in a few.  All amounts are brought to the smallest unit that occurs, so that nothing but a
 * power of ten is ever multiplied in, and so that half a unit of a figure's last printed place
 * stays exact.
 */
#include "rules/causes.h"

#include <string.h>

static const size_t MONEY_OFFSETS[ZP_MONEY_COUNT] = {
    [ZP_MONEY_INITIAL] = offsetof(ZpFund, initial),
    [ZP_MONEY_BUDGET] = offsetof(ZpFund, budget),
    [ZP_MONEY_EXECUTED] = offsetof(ZpFund, executed),
};

static const ZpValue *money_of(const ZpFund *fund, guint column)
{
    return (const ZpValue *)((const char *)fund + MONEY_OFFSETS[column]);
}

/* The power of ten of a money unit; -1 for none and for a unit that is no money. */
static int money_power(const ZpLexicon *lexicon, const char *unit)
{
    if (zp_text_is_empty(unit))
        return -1;
    int power = 0;
    const char *base = zp_lexicon_unit(lexicon, unit, &power);
    bool is_money = strcmp(base, "元") == 0 || (!*base && power > 0); /* 620万 */
    return is_money ? power : -1;
}

/* The powers of ten that a form's amounts are printed in. */
typedef struct {
    int usual; /* of a cell without a unit */
    int smallest;
} Powers;

static Powers find_powers(const ZpLexicon *lexicon, const ZpForm *form)
{
    Powers powers = {money_power(lexicon, form->currency_unit.text), -1};
    bool has_bare = false;
    for (guint k = 0; k < form->funds->len; k++) {
        for (guint column = 0; column < ZP_MONEY_COUNT; column++) {
            const ZpValue *value = money_of(zp_form_fund(form, k), column);
            int power = value->has_value ? money_power(lexicon, value->unit) : -1;
            has_bare |= value->has_value && power < 0;
            if (power >= 0 && (powers.smallest < 0 || power < powers.smallest))
                powers.smallest = power;
            if (power >= 0 && powers.usual < 0)
                powers.usual = power;
        }
    }
    powers.usual = MAX(powers.usual, 0);
    if (powers.smallest < 0 || (has_bare && powers.usual < powers.smallest))
        powers.smallest = powers.usual;
    return powers;
}

static bool shift(ZpDecimal *number, int steps)
{
    static const gint64 TENS[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
    return steps == 0 || zp_decimal_multiply(*number, zp_decimal_from_int(TENS[steps]), number);
}

static void fill_amount(const ZpFacts *facts, ZpAmount *amount, const ZpLexicon *lexicon,
                        const ZpValue *value, const Powers *powers)
{
    amount->state = zp_figure_state(value);
    amount->why = zp_cause_of(facts, value);
    if (amount->why)
        amount->state = ZP_CELL_MALFORMED;
    if (amount->state != ZP_CELL_NUMBER)
        return;
    int power = money_power(lexicon, value->unit);
    int steps = CLAMP((power < 0 ? powers->usual : power) - powers->smallest, 0, 8);
    bool has_places = value->value.scale > 0 && value->value.scale < ZP_DECIMAL_SCALE_MAX;
    amount->amount = value->value;
    amount->slack = has_places ? (ZpDecimal){5, value->value.scale + 1} : zp_decimal_from_int(0);
    if (shift(&amount->amount, steps) && shift(&amount->slack, steps))
        return;
    amount->state = ZP_CELL_MALFORMED;
    amount->why = &ZP_WHY_OVERFLOW;
}

void zp_amounts_scale(ZpFacts *facts, const ZpRulebook *rulebook, const ZpForm *form)
{
    const ZpLexicon *lexicon = zp_rulebook_lexicon(rulebook);
    Powers powers = find_powers(lexicon, form);
    for (guint k = 0; k < form->funds->len; k++)
        for (guint column = 0; column < ZP_MONEY_COUNT; column++)
            fill_amount(facts, &facts->funds[k].money[column], lexicon,
                        money_of(zp_form_fund(form, k), column), &powers);
}
