/*
 * facts.h - what several rules ask of a form, worked out once.
 *
 * For every indicator: was the target met, and what score follows when it was missed.  For
 * every funds row: its amounts in one unit.  Where a thing cannot be said, the reason is kept
 * with it, so that each rule that depends on it gives the same one.  A cell that is itself the
 * matter of a finding (causes.c) makes what depends on it not evaluable: one cause, one finding.
 *
 * Only rules/ includes it.
 */
#pragma once

#include "rulebook/rulebook.h"
#include "rules/fraction.h"

/* Why something cannot be said, in both languages; static, or owned by the facts. */
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
    ZP_CELL_DASH,      /* a dash or slash, or a reason that says nothing; in targets any words */
    ZP_CELL_MALFORMED, /* F09, F12, D05: it holds something, but nothing that can be used */
    ZP_CELL_NUMBER,
} ZpCellState;

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

/* Cells of a row that C01 or W04 finds blank: bits of ZpIndicatorFacts.blanks. */
typedef enum {
    ZP_BLANK_NAME = 1 << 0,
    ZP_BLANK_TARGET = 1 << 1,
    ZP_BLANK_ACTUAL = 1 << 2,
    ZP_BLANK_SCORE = 1 << 3,
    ZP_BLANK_WEIGHT = 1 << 4, /* W04; the others C01 */
} ZpBlank;

/* Bits of ZpFacts.lost. */
#define ZP_LOST_MAX 13

typedef struct {
    bool is_scored; /* counts in sums and score rules: no empty row, no part, no parent whose parts
                       count */
    guint blanks;   /* ZpBlank bits */
    const ZpValue *score; /* in points of the weight: 得分, or 折算得分 where 得分 is out of 100 */
    bool is_reason_blank; /* also where there is no such cell */
    ZpMet met;
    const ZpReason *why;      /* of ZP_MET_UNSAID */
    const ZpReason *cause;    /* (nullable) the finding that makes it unsaid */
    ZpDirection direction;    /* of comparable figures */
    bool is_comparable;       /* target and actual are single numbers in one unit */
    bool is_share;            /* a bare 0.85 against a %, read as 85% */
    ZpDecimal target, actual; /* of comparable figures: scaled to one unit */
    guint n_expected;         /* expected scores of a missed target; 0: none can be said */
    ZpFraction expected[ZP_EXPECTED_MAX]; /* where both are accepted, the linear one first */
    guint n_curves;                       /* the same by every formula there is */
    ZpFraction curves[ZP_EXPECTED_MAX];
    const ZpReason *why_expected; /* of ZP_MET_NO with n_expected 0 */
    int twin;                     /* an earlier row of the same names; -1: none */
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
    const ZpReason *why; /* (nullable) why it cannot be used: of ZP_CELL_MALFORMED, and of a blank
                            that is the matter of C01 */
    ZpDecimal amount;    /* of ZP_CELL_NUMBER */
    ZpDecimal slack;     /* half a unit of its last printed place; 0 for a whole figure */
} ZpAmount;

typedef struct {
    ZpAmount money[ZP_MONEY_COUNT];
    const ZpReason *why_no_rate; /* (nullable) why the two do not give the rate */
} ZpFundFacts;

typedef struct {
    ZpIndicatorFacts *indicators;         /* one a row of the form */
    ZpFundFacts *funds;                   /* one a row of the form */
    bool is_scored_by_points;             /* scores are points of their weights, not out of 100 */
    int total;                            /* index of the total funds row; -1: none */
    bool lacks_budget;                    /* F03 fires */
    bool is_scored_for_nothing;           /* F13 fires */
    const ZpProfile *profile;             /* what the form is judged by */
    bool is_fixed;                        /* the profile's weights hold for the form's template */
    ZpDecimal grade_from[ZP_GRADE_COUNT]; /* limits that the form prints, else the profile's */
    bool has_printed_grades;              /* the former */
    guint lost; /* bits of what may stand under a head that was not understood (heads.c) */
    ZpReason lost_why[ZP_LOST_MAX]; /* by bit */
    GHashTable *causes;    /* (nullable) cell (ZpValue, ZpText) → ZpReason: the finding there */
    GStringChunk *strings; /* (nullable) of the reasons' texts */
} ZpFacts;

/** zp_facts_fill, _clear: work the facts of a form out. */
void zp_facts_fill(ZpFacts *facts, const ZpRulebook *rulebook, const ZpForm *form);
void zp_facts_clear(ZpFacts *facts);

/** zp_facts_keep: a copy of the text that lives as long as the facts. */
const char *zp_facts_keep(ZpFacts *facts, const char *text);

/** zp_figure_state: what a money, weight or score cell holds; below 0 (F12) it is as malformed. */
ZpCellState zp_figure_state(const ZpValue *value);

/**
 * zp_weighted_cell: the row's cell in a column of scores times weight (折算得分).
 *
 * Returns: (nullable) NULL: the form has no such column.
 */
const ZpValue *zp_weighted_cell(const ZpLexicon *lexicon, const ZpIndicator *row);

/** zp_grade_of: the grade that a total earns, as an index into the profile's. */
guint zp_grade_of(const ZpFacts *facts, ZpDecimal total);

/** zp_cell_state: what a cell holds. */
ZpCellState zp_cell_state(const ZpValue *value);

/** zp_text_is_empty: NULL or "". */
static inline bool zp_text_is_empty(const char *text)
{
    return !text || !*text;
}

/** zp_text_is_dash: a text of dashes and slashes alone, in whatever form; "" is none. */
bool zp_text_is_dash(const char *text);

/**
 * zp_amounts_scale: fill the amounts of every funds row in one unit.
 *
 * A cell's own 元, 万元 or 亿元 goes before the header's; a cell without one has the header's, or
 * where the header has none either, the first one that stands in a cell.
 */
void zp_amounts_scale(ZpFacts *facts, const ZpRulebook *rulebook, const ZpForm *form);

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
