/*
 * report_json.h - what the rules say as JSON in the contract's shape.
 *
 * Shared by the writers json and ndjson of `check`.
 */
#pragma once

#include "output/model_json.h"

/** zp_json_file_head: path, sha256, format, status and error of one input. */
json_t *zp_json_file_head(const ZpResult *result, ZpLang lang);

/**
 * zp_emit_checked_form: what `check` prints of a form: names, recomputed and checks.
 */
void zp_emit_checked_form(ZpEmitter *emitter, const char *key, const ZpForm *form,
                          const ZpVerdict *verdict);

/**
 * zp_emit_finding, _unevaluated: an entry of `findings` and of `not_evaluable`.
 */
void zp_emit_finding(ZpEmitter *emitter, const ZpRulebook *rulebook, const ZpFinding *finding,
                     ZpLang lang);
void zp_emit_unevaluated(ZpEmitter *emitter, const ZpUnevaluated *unevaluated, ZpLang lang);

/** zp_json_summary: the totals of a run. */
json_t *zp_json_summary(const ZpSummary *summary);

/** zp_json_statistics: how often each rule that fired did, a list of code, name and count. */
json_t *zp_json_statistics(const ZpSummary *summary);

/** zp_json_gone: a finding of the earlier report that is no more. */
json_t *zp_json_gone(const ZpGone *gone);
