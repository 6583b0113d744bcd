/*
 * rates.h - the execution rate and score of the funds block, for F01, F02, F10, F11 and the
 * recomputed score.
 *
 * Only rules/ includes it.
 */
#pragma once

#include "rules/context.h"

/* Whether there is an exact rate. */
typedef enum {
    ZP_RATE_EXACT,
    ZP_RATE_MALFORMED, /* an amount is malformed (F09) */
    ZP_RATE_MISSING,   /* no such column, a blank, or a budget not above 0 */
} ZpRateState;

/**
 * zp_fund_rate: executed / budget of one row.
 * @percent: set on ZP_RATE_EXACT: the rate in percent, unrounded
 * @why: (nullable) set otherwise
 */
ZpRateState zp_fund_rate(const ZpFundFacts *fund, ZpFraction *percent, const ZpReason **why);

/**
 * zp_fund_rate_reach: the lowest and highest rate in percent that figures within half a unit
 * of the last printed decimal of both amounts give.
 *
 * Returns: false when both are whole figures, or the digits do not suffice.
 */
bool zp_fund_rate_reach(const ZpFundFacts *fund, ZpFraction *low, ZpFraction *high);

/* How a stated rate agrees with the figures. */
typedef struct {
    bool is_stated;      /* a rate is printed and there is an exact one */
    bool agrees;         /* exactly, or by a habit */
    const char *habit;   /* (nullable) static */
    bool is_ratio;       /* 1 stands for 100% */
    const ZpReason *why; /* (nullable) why nothing can be said */
    ZpDecimal expected;  /* percent, at the decimals printed */
} ZpRateJudgement;

/** zp_fund_rate_judge: F01 for one row. */
void zp_fund_rate_judge(const ZpFund *fund, const ZpFundFacts *facts, ZpRateJudgement *out);

/**
 * zp_rates_count: the stated rates of a form, and which of them rounding up or down gives; a rate
 * that only half-up rounding or another habit gives fits neither.
 */
void zp_rates_count(ZpRateCounts *counts, const ZpForm *form, const ZpFundFacts *facts);

/**
 * zp_fund_is_part: whether the row's amount of a column counts in the sum that the total row prints; of a form with
 * a total row.
 */
bool zp_fund_is_part(const ZpContext *context, guint row, guint column);

/** zp_form_execution_cell: the cell that prints the weight of the scored funds row. */
const ZpValue *zp_form_execution_cell(const ZpForm *form, const ZpFund *total);

/**
 * zp_form_execution_weight: the weight of the scored funds row, or funds_weight where the row
 * prints none.
 *
 * Returns: the state of the cell it is in; @weight is set on ZP_CELL_NUMBER.
 */
ZpCellState zp_form_execution_weight(const ZpForm *form, const ZpFund *total, ZpDecimal *weight);

/**
 * zp_execution_weight_cause: the finding that this weight is the matter of.
 *
 * Returns: (nullable) NULL: none.
 */
const ZpReason *zp_execution_weight_cause(const ZpFacts *facts, const ZpForm *form,
                                          const ZpFund *total);

/** zp_funds_have_reason: the funds block gives a reason somewhere, in whichever row. */
bool zp_funds_have_reason(const ZpContext *context);
