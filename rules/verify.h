/*
 * verify.h - figures of a picture that the form's own arithmetic bears out.
 *
 * What was read from a picture may be misread, but hardly so that a sum over many cells still holds.  Where one
 * does, exactly, its members are `confirmed`, by the code of the rule that asks for it.  Nothing is changed here but
 * what is said of a reading: where a sum does not hold, the form may be wrong, and that is for the rules.
 */
#pragma once

#include "rulebook/rulebook.h"

/**
 * zp_verify_form: confirm what can be; a normalised form, before it is checked.
 *
 * At most one member of a sum may be in doubt, and it then no longer is.  Two equal cells are no sum: a total of
 * one part, a full score of its weight, 100% of equal amounts confirm nothing.
 */
void zp_verify_form(const ZpRulebook *rulebook, ZpForm *form);
