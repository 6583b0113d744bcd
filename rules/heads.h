/*
 * heads.h - one cause, one finding: columns and rows that are there, but whose head or label nobody understood.
 *
 * The cells of such a column are in no field, so a rule finds its column missing and would pass it over, or blame
 * what is left: weights that no longer add up to 100.  What depends on it is not evaluable, because of that head.
 *
 * Only rules/ includes it.
 */
#pragma once

#include "rules/context.h"

/**
 * zp_heads_look: which columns of the form may stand under a head that was not understood; entered into the facts.
 */
void zp_heads_look(ZpFacts *facts, const ZpRulebook *rulebook, const ZpForm *form);

/**
 * zp_heads_lost_names: why no indicator has a name, where they may stand under a head that was not understood.
 *
 * Returns: (nullable) (transfer none) NULL: a row without a name has none.
 */
const ZpReason *zp_heads_lost_names(const ZpFacts *facts);

/**
 * zp_heads_forbid: whether the rule of the context cannot be judged at its place for that reason.
 * @spot: set to where the rule points, when it cannot
 *
 * Returns: (nullable) (transfer none) why; NULL: nothing stands in its way.
 */
const ZpReason *zp_heads_forbid(const ZpContext *context, ZpSpot *spot);
