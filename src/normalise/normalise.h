/*
 * normalise.h - a cell's text as a value: number, comparator, range, unit, date, approximation.
 *
 * All it knows of spellings are the patterns of rules/normalise.yaml, tried in their order.
 * It never guesses: what is no single number stays without one, what is malformed is said to
 * be so.  It does not judge (rules/ does).
 */
#pragma once

#include "model/ledger.h"
#include "rulebook/rulebook.h"

/**
 * zp_normalise_value: fill op, value, upper, date, unit, approx and is_malformed from text.
 * @value: its `text` is cleaned text; NULL and "" stay as they are
 * @kind: ZP_KIND_FIGURE: the whole cell is one number, percent or money; ZP_KIND_TARGET: anything
 * @year: the form's year for dates without one; 0: unknown, such a date is then none
 * @strings: where the unit is kept
 */
void zp_normalise_value(const ZpRulebook *rulebook, ZpValue *value, ZpValueKind kind, int year,
                        GStringChunk *strings);

/**
 * zp_normalise_by_patterns: the same without the short way for plain numbers; a test holds both
 * against each other.
 */
void zp_normalise_by_patterns(const ZpRulebook *rulebook, ZpValue *value, ZpValueKind kind,
                              int year, GStringChunk *strings);

/** zp_normalise_form: every value of a form. */
void zp_normalise_form(const ZpRulebook *rulebook, ZpForm *form);

/** zp_normalise_ledger: every figure of a ledger; names of projects and units stay texts. */
void zp_normalise_ledger(const ZpRulebook *rulebook, ZpLedger *ledger);
