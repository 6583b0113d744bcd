/*
 * across.h - the rules between the forms of a run: X01, X02 and X03.
 *
 * Every form is compared with those before it by its keys (model/keys.h) and remembered.  What is
 * kept is at most ZP_ACROSS_BYTES a form, and each path once.
 */
#pragma once

#include "model/finding.h"

typedef struct ZpAcross ZpAcross;

ZpAcross *zp_across_new(void);
void zp_across_free(ZpAcross *across);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpAcross, zp_across_free)

/**
 * zp_across_add: judge the forms of one file, in input order.
 * @path: of the file, for the findings of later ones; copied
 * @forms: of ZpForm, for places only
 * @is_alone: the file's form is the only one of the run: the rules between forms are not applicable to it
 * @report: its keys are read; findings and unevaluated checks are added, a form's behind the
 * others of that form, and counted in its verdict
 */
void zp_across_add(ZpAcross *across, const char *path, const GPtrArray *forms, ZpReport *report,
                   bool is_alone);
