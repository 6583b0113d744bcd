/*
 * known.h - findings that were there before: of a baseline, or of an earlier report.
 *
 * Findings are told apart by their fingerprint, which knows no position and no figure, and
 * counted: two alike in the baseline cover two, a third is new.
 */
#pragma once

#include "rulebook/rulebook.h"

typedef struct ZpKnown ZpKnown;

/* One finding that was there before. */
typedef struct {
    ZpRule rule;
    ZpSeverity severity;
    guint count, left; /* how often; how often not yet seen again */
    char *fingerprint;
    char *path, *project, *field; /* (nullable) for people */
    char *message;                /* (nullable) of a report */
} ZpKnownFinding;

/** zp_known_new, _free: nothing is known. */
ZpKnown *zp_known_new(void);
void zp_known_free(ZpKnown *known);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpKnown, zp_known_free)

/**
 * zp_known_read_baseline, _read_report: a file of `ziping baseline write`, of `ziping check
 * --format json`.
 * @error: ZP_ERROR_USAGE with the file's name and the place
 */
ZpKnown *zp_known_read_baseline(const char *path, GError **error);
ZpKnown *zp_known_read_report(const char *path, GError **error);

/** zp_known_add: count a finding; one about an input that could not be read is left out. */
void zp_known_add(ZpKnown *known, const char *path, const GPtrArray *forms,
                  const ZpFinding *finding);

/**
 * zp_known_take: whether a finding was there before; each counts once.
 * @is_strict: one that has become graver was not
 */
bool zp_known_take(ZpKnown *known, const ZpFinding *finding, bool is_strict);

/**
 * zp_known_findings: all of them.
 *
 * Returns: (transfer none) of ZpKnownFinding; `left` > 0 means gone.
 */
const GPtrArray *zp_known_findings(const ZpKnown *known);

/**
 * zp_known_forget_gone: keep only what was taken, as often as it was.
 *
 * Returns: how many were forgotten.
 */
guint zp_known_forget_gone(ZpKnown *known);

/** zp_known_print: the baseline file: a finding a line, sorted. */
void zp_known_print(const ZpKnown *known, GString *out);
