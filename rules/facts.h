/*
 * facts.h - what several rules ask of a form, worked out once.
 *
 * For every indicator: was the target met, and what score follows when it was missed.  For
 * every funds row: its amounts in one unit.  Where a thing cannot be said, the reason is kept
 * with it, so that each rule that depends on it gives the same one.  Facts judge nothing.
 *
 * Layer: rules; only rules/ includes it.
 */
#pragma once

#include "rulebook/rulebook.h"

/* Why something cannot be said, in both languages; always static. */
typedef struct {
    const char *zh, *en;
} ZpReason;

extern const ZpReason ZP_WHY_MALFORMED;      /* a figure it needs is no number (F09) */
extern const ZpReason ZP_WHY_OVERFLOW;       /* too many digits for exact arithmetic */
extern const ZpReason ZP_WHY_WEIGHT_MISSING; /* W04, C01 */
extern const ZpReason ZP_WHY_SCORE_MISSING;
extern const ZpReason ZP_WHY_AMOUNT_MISSING;
extern const ZpReason ZP_WHY_PARTIAL; /* D04 */

/* What a cell that should hold one number holds. */
typedef enum {
    ZP_CELL_ABSENT,    /* the template has no such column */
    ZP_CELL_BLANK,     /* the cell is there and empty */
    ZP_CELL_DASH,      /* text that is no number: —, /, a word */
    ZP_CELL_MALFORMED, /* F09 */
    ZP_CELL_NUMBER,
} ZpCellState;

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

typedef enum {
    ZP_MET_YES,
    ZP_MET_NO,
    ZP_MET_UNSAID,
} ZpMet;

/* Which way is better; unsaid for = and no sign in cost and time indicators, and the like. */
typedef enum {
    ZP_DIRECTION_POSITIVE,
    ZP_DIRECTION_REVERSE,
    ZP_DIRECTION_UNSAID,
} ZpDirection;

/* The reverse formulas are two: linear and quotient. */
#define ZP_EXPECTED_MAX 2

typedef struct {
    bool is_scored; /* neither a template's empty row nor a 其中 row */
    const ZpValue *score; /* in points of the weight: 得分, or 折算得分 where 得分 is out of 100 */
    bool is_reason_blank; /* also where there is no such cell */
    ZpMet met;
    const ZpReason *why;      /* of ZP_MET_UNSAID */
    ZpDirection direction;    /* of comparable figures */
    bool is_comparable;       /* target and actual are single numbers in one unit */
    ZpDecimal target, actual; /* then: scaled to one unit */
    guint n_expected;         /* expected scores of a missed target; 0: none can be said */
    ZpFraction expected[ZP_EXPECTED_MAX]; /* where both are accepted, the linear one first */
    const ZpReason *why_expected;         /* of ZP_MET_NO with n_expected 0 */
    int twin;                             /* an earlier row of the same names; -1: none */
} ZpIndicatorFacts;

typedef enum {
    ZP_MONEY_INITIAL,
    ZP_MONEY_BUDGET,
    ZP_MONEY_EXECUTED,
    ZP_MONEY_COUNT,
} ZpMoneyColumn;

/* An amount of the funds block, all of them in one unit. */
typedef struct {
    ZpCellState state;
    const ZpReason *why; /* of ZP_CELL_MALFORMED */
    ZpDecimal amount;    /* of ZP_CELL_NUMBER */
    ZpDecimal slack;     /* half a unit of its last printed place; 0 for a whole figure */
} ZpAmount;

typedef struct {
    ZpAmount money[ZP_MONEY_COUNT];
} ZpFundFacts;

typedef struct {
    ZpIndicatorFacts *indicators;         /* one a row of the form */
    ZpFundFacts *funds;                   /* one a row of the form */
    bool is_scored_by_points;             /* scores are points of their weights, not out of 100 */
    int total;                            /* index of the total funds row; -1: none */
    const ZpProfile *profile;             /* what the form is judged by */
    bool is_fixed;                        /* the profile's weights hold for the form's template */
    ZpDecimal grade_from[ZP_GRADE_COUNT]; /* limits that the form prints, else the profile's */
    bool has_printed_grades;              /* the former */
} ZpFacts;

/**
 * zp_facts_fill, _clear: work the facts of a form out.
 */
void zp_facts_fill(ZpFacts *facts, const ZpRulebook *rulebook, const ZpForm *form);
void zp_facts_clear(ZpFacts *facts);

/**
 * zp_weighted_cell: the row's cell in a column of scores times weight (折算得分).
 *
 * Returns: (nullable) NULL: the form has no such column.
 */
const ZpValue *zp_weighted_cell(const ZpLexicon *lexicon, const ZpIndicator *row);

/**
 * zp_grade_of: the grade that a total earns, as an index into the profile's.
 */
guint zp_grade_of(const ZpFacts *facts, ZpDecimal total);

/**
 * zp_cell_state: what a cell holds.
 */
ZpCellState zp_cell_state(const ZpValue *value);

/**
 * zp_text_is_empty: NULL or "".
 */
static inline bool zp_text_is_empty(const char *text)
{
    return !text || !*text;
}

/**
 * zp_fraction_round: rounded once.
 *
 * Returns: false when the digits do not suffice.
 */
bool zp_fraction_round(ZpFraction fraction, int places, ZpRounding mode, ZpDecimal *out);

/**
 * zp_fraction_gives: whether a printed figure is the fraction rounded to @places.
 */
ZpAnswer zp_fraction_gives(ZpFraction fraction, int places, ZpRounding mode, ZpDecimal printed);

/**
 * zp_fraction_is_score: whether a printed score is the fraction by one of the roundings that
 * scores are given with: half up, up or down to 2 decimals, or half up to the 0 or 1 decimals
 * that are printed.
 */
ZpAnswer zp_fraction_is_score(ZpFraction fraction, ZpDecimal printed);

/**
 * zp_amounts_scale: fill the amounts of every funds row in one unit.
 *
 * A cell's own 元, 万元 or 亿元 goes before the header's; a cell without one has the header's, or
 * where the header has none either, the first one that stands in a cell.
 */
void zp_amounts_scale(ZpFundFacts *funds, const ZpRulebook *rulebook, const ZpForm *form);

/**
 * zp_target_judge: fill met, direction, the comparable figures and their reason.
 * @indicator: not an empty row
 */
void zp_target_judge(ZpIndicatorFacts *facts, const ZpLexicon *lexicon,
                     const ZpIndicator *indicator);

/**
 * zp_score_expect: fill the expected scores of a missed target.
 * @weight: a number above 0
 * @reverse: the formulas of a missed ≤ target that are accepted
 */
void zp_score_expect(ZpIndicatorFacts *facts, ZpDecimal weight, ZpReverse reverse);
