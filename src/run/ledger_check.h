/*
 * ledger_check.h - the rules between forms and a ledger: X08 and X09.
 *
 * The ledger is read before the first form.  Each form is compared with its row when its turn comes; at
 * the end the ledger is a file of its own, where the findings about missing forms and missing rows stand.
 */
#pragma once

#include "run/record.h"

typedef struct ZpLedgerCheck ZpLedgerCheck;

/**
 * zp_ledger_check_new: what was read of the ledger.
 * @record: (transfer full) its error says why there is none, if so: then nothing of the forms can be said
 */
ZpLedgerCheck *zp_ledger_check_new(const ZpRulebook *rulebook, const char *path, ZpRecord *record);
void zp_ledger_check_free(ZpLedgerCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpLedgerCheck, zp_ledger_check_free)

/**
 * zp_ledger_check_forms: judge the forms of one file by their rows (X08).
 * @report: findings and unevaluated checks are added, and counted in the verdicts
 */
void zp_ledger_check_forms(ZpLedgerCheck *check, const char *path, const GPtrArray *forms,
                           ZpReport *report);

/**
 * zp_ledger_check_end: the ledger's own record, with what is missing on either side (X09).
 *
 * Returns: (transfer none)
 */
ZpRecord *zp_ledger_check_end(ZpLedgerCheck *check);
