/*
 * scored.h - an indicator with weight and score, as the S rules of indicators ask for it.
 *
 * Only rules/ includes it.
 */
#pragma once

#include "rules/context.h"

/* One indicator with both figures. */
typedef struct {
    guint row;
    const ZpIndicator *indicator;
    const ZpIndicatorFacts *facts;
    ZpDecimal weight, score;
    int order; /* of score against weight, as zp_decimal_compare */
    ZpSpot spot;
} ZpScored;

/** zp_scored_row: the indicator that the rule is at; its figures count only where it is ready. */
ZpScored zp_scored_row(const ZpContext *context);

/** zp_scored_is_asked: the form has weights and scores, and this row is one that is scored. */
bool zp_scored_is_asked(const ZpContext *context, const ZpScored *scored);

/**
 * zp_scored_is_ready: answers where the row is not scored or a figure is missing.
 *
 * Returns: the rule goes on.
 */
bool zp_scored_is_ready(ZpContext *context, const ZpScored *scored);

/**
 * zp_scored_fail: a finding with the figures of the row: {name} {target} {actual} {weight}
 * {score}, and {a} and {t}, the bare figures of actual value and target.
 */
ZpFinding *zp_scored_fail(ZpContext *context, const ZpScored *scored, ZpSeverity severity,
                          const char *expected);

/** zp_scored_add_reason: {left}: that the reason is blank, or reads 无 and the like. */
void zp_scored_add_reason(ZpFinding *finding, const ZpIndicator *row);

/* The words that qualitative indicators are answered with. */
typedef enum {
    ZP_BAND_NONE,    /* another answer */
    ZP_BAND_REACHED, /* 达成年度指标 */
    ZP_BAND_PARTLY,  /* 部分达成年度指标并具有一定效果 */
    ZP_BAND_MISSED,  /* 未达成年度指标且效果较差 */
} ZpBand;

/** zp_band_of: which band an actual value names. */
ZpBand zp_band_of(const ZpValue *actual);
