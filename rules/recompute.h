/*
 * recompute.h - the form scored again from its own figures.
 *
 * Only rules/ includes it.
 */
#pragma once

#include "rules/facts.h"

/**
 * zp_form_recompute: fill the `recomputed` of a verdict.
 *
 * The funds score is weight times exact rate at 2 decimals; an indicator has its full weight
 * when met, its expected score at 2 decimals when missed, and else its stated score, which is
 * then listed as assumed.  Source: docs/formats.md, recomputed.
 */
void zp_form_recompute(ZpRecomputed *recomputed, const ZpForm *form, const ZpFacts *facts);
