/*
 * check.h - runs the catalogue over one form.
 *
 * Every rule answers at every place of its scope with passed, failed, not applicable (the
 * template has no such thing) or not evaluable (with the reason); what was skipped is never
 * counted as passed.  Rules know the form only: no format, no output.
 */
#pragma once

#include "rulebook/rulebook.h"

/**
 * zp_check_form, _but: all checks of one form, or all but the silent ones.
 * @silent: (nullable) ZP_RULE_COUNT entries: rules that are not asked; NULL: those that the form's
 * profile turns off
 * @report: findings and unevaluated checks are appended, one verdict and one record of keys
 * @tally: (nullable) how each rule ended, indexed by ZpRule, for tests; ZP_RULE_COUNT entries
 */
void zp_check_form_but(const ZpRulebook *rulebook, const ZpForm *form, const bool *silent,
                       ZpReport *report, ZpChecks *tally);
void zp_check_form(const ZpRulebook *rulebook, const ZpForm *form, ZpReport *report,
                   ZpChecks *tally);

/**
 * zp_check_file: a finding about a file itself: D01, D02.
 * @zh, @en: (nullable) what was wrong, for the message's {detail}
 */
void zp_check_file(const ZpRulebook *rulebook, ZpRule rule, const char *zh, const char *en,
                   ZpReport *report);

/**
 * zp_check_losses: findings for what a parser could not read: D03 for pages without a text layer, else D05.
 */
void zp_check_losses(const ZpDocument *document, ZpReport *report);

/** zp_check_repairs: the R notes of a form as findings (`check --repairs`). */
void zp_check_repairs(const ZpForm *form, ZpReport *report);

/** zp_check_knows_habit: whether a rule ever says so of a finding. */
bool zp_check_knows_habit(const char *habit);

/**
 * zp_check_seal: give every finding its fingerprint that has none yet.
 *
 * Once when a file is checked, and again when the rules between forms have added theirs: equal
 * findings of one rule must be sealed together.
 * @path: the file's name stands for project, unit and year where a finding is about the file
 */
void zp_check_seal(const char *path, const GPtrArray *forms, ZpReport *report);
