/*
 * causes.h - one cause, one finding: the cells that are themselves the matter of a finding.
 *
 * What would be computed from such a cell is not evaluable, for a reason that names the finding and
 * the cell.  Entered once while the facts are worked out (facts.c), asked for by every rule.
 *
 * Only rules/ includes it.
 */
#pragma once

#include "rules/facts.h"

/**
 * zp_causes_of_figures: enter every cell that is itself the matter of F09, F12 or D05.
 *
 * zp_causes_of_blanks: enter the cells that C01 and W04 find blank, once `blanks` and the funds are
 * known.
 */
void zp_causes_of_figures(ZpFacts *facts, const ZpForm *form);
void zp_causes_of_blanks(ZpFacts *facts, const ZpForm *form);

/**
 * zp_cause_of: the finding that a cell is the matter of, as a reason.
 * @cell: a ZpValue or ZpText of the form
 *
 * Returns: (nullable) (transfer none) NULL: none.
 */
const ZpReason *zp_cause_of(const ZpFacts *facts, gconstpointer cell);

/**
 * zp_is_in_doubt: whether a cell's text may as well stand in another column or row (D05).
 * @text: (nullable) of the cell
 */
bool zp_is_in_doubt(const ZpForm *form, const char *text, const ZpPlace *at);

/** zp_facts_find_blanks: which cells of a row C01 and W04 find blank; needs is_scored. */
void zp_facts_find_blanks(ZpFacts *facts, const ZpForm *form, guint row);

/**
 * zp_score_gap: why the score of a row that is scored cannot be used.
 *
 * Returns: (nullable) NULL: it is a number, or the row prints no weight, so that none is due.
 */
const ZpReason *zp_score_gap(const ZpFacts *facts, const ZpForm *form, guint row);

/** zp_funds_judge_total: fill lacks_budget and is_scored_for_nothing; needs the amounts. */
void zp_funds_judge_total(ZpFacts *facts, const ZpForm *form);

/** zp_funds_blank: whether C01 finds the total row's budget or execution blank. */
bool zp_funds_blank(const ZpFacts *facts, const ZpForm *form, ZpMoneyColumn column);
