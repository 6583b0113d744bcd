/*
 * recognise.h - a document's cells as forms, every field still text with its place.
 *
 * Finds each form, maps labels to fields by meaning and never by position, repairs what page
 * breaks and lost merges broke and lists each repair.  It knows no format: a parser's grid is
 * all it sees.  It reads no number (src/normalise) and judges nothing (rules/).
 *
 * Layer: recognise.
 */
#pragma once

#include "model/ledger.h"
#include "rulebook/rulebook.h"

/**
 * zp_recognise: the forms of a document, in document order.
 * @error: ZP_ERROR_LIMIT naming ZP_LIMIT_FORMS
 *
 * Returns: (transfer full) (element-type ZpForm) empty when there is none; NULL with @error.
 */
GPtrArray *zp_recognise(const ZpRulebook *rulebook, const ZpDocument *document, GError **error);

/**
 * zp_recognise_ledger: the lists of projects (汇总表) of a document as one ledger.
 * @error: ZP_ERROR_LIMIT naming ZP_LIMIT_LEDGER_ROWS
 *
 * Returns: (transfer full) without rows when there is none; NULL with @error.
 */
ZpLedger *zp_recognise_ledger(const ZpRulebook *rulebook, const ZpDocument *document,
                              GError **error);
