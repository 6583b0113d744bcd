/*
 * context.h - what a rule is given, and the four ways it may answer.
 *
 * A rule function looks at one place (a funds row, an indicator) or at the whole form, and
 * gives one answer a place: passed, failed, not applicable, not evaluable.  Passing is the
 * common case and costs a counter; a JSON Pointer is written only for the other answers that
 * are listed.
 *
 * Only rules/ includes it.
 */
#pragma once

#include "rules/causes.h"

typedef struct {
    const ZpRulebook *rulebook;
    const ZpForm *form;
    const ZpFacts *facts;
    ZpReport *report;
    ZpChecks *checks; /* of the form */
    ZpChecks *tally;  /* (nullable) by rule */
    ZpRule rule;
    guint place;        /* index of the row, for FUND, TOTAL and INDICATOR rules */
    const bool *silent; /* (nullable) by rule: not asked */
} ZpContext;

/* A place of the form, as yet without its pointer: block, row and column. */
typedef struct {
    const char *block;  /* "/indicators", or a whole pointer like "/total/score" */
    int row;            /* -1: no row */
    const char *column; /* (nullable) */
    const ZpPlace *at;  /* (nullable) where it is printed; the form's own place where unknown */
} ZpSpot;

/** zp_spot_field, _fund, _indicator: name a place.  @column NULL: the row itself. */
static inline ZpSpot zp_spot_field(const char *pointer, const ZpPlace *at)
{
    return (ZpSpot){.block = pointer, .row = -1, .at = at};
}

static inline ZpSpot zp_spot_fund(guint row, const char *column, const ZpPlace *at)
{
    return (ZpSpot){.block = "/funds", .row = (int)row, .column = column, .at = at};
}

static inline ZpSpot zp_spot_indicator(guint row, const char *column, const ZpPlace *at)
{
    return (ZpSpot){.block = "/indicators", .row = (int)row, .column = column, .at = at};
}

/** zp_answer_pass, _not_applicable: count one place. */
void zp_answer_pass(ZpContext *context);
void zp_answer_not_applicable(ZpContext *context);

/** zp_answer_cannot: one place whose check cannot be made, listed with its reason. */
void zp_answer_cannot(ZpContext *context, ZpSpot spot, const ZpReason *why);

/**
 * zp_answer_fail: one place that fails.
 * @stated: (nullable) what is printed there
 * @expected: (nullable) what follows from the rest; both are copied
 *
 * Returns: (transfer none) the finding, for arguments and a habit.
 */
ZpFinding *zp_answer_fail(ZpContext *context, ZpSeverity severity, ZpSpot spot, const char *stated,
                          const char *expected);

/**
 * zp_finding_habit: a difference that only this rounding habit explains; picks its message.
 * @habit: static
 */
void zp_finding_habit(ZpFinding *finding, const char *habit);

/** zp_finding_figure: add a number to the message, as printed exactly. */
void zp_finding_figure(ZpFinding *finding, const char *name, ZpDecimal figure);

/**
 * zp_finding_text, _name: add a text that is the same in both languages; a blank one is said to be blank, of a
 * row's name that there is none.
 */
void zp_finding_text(ZpFinding *finding, const char *name, const char *text);
void zp_finding_name(ZpFinding *finding, const char *name, const char *text);

/* Every rule of the catalogue: zp_check_<check>(). */
#define ZP_RULE(code, name, severity, scope, check) void zp_check_##check(ZpContext *context);
#include "rulebook/catalogue.def"
#undef ZP_RULE
