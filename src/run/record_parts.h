/*
 * record_parts.h - the parts of a record; for record*.c alone.
 *
 * Each passes one structure over the wire, to or from (wire.h).
 */
#pragma once

#include "model/finding.h"
#include "model/ledger.h"
#include "run/wire.h"

/** zp_record_pass_place: where something stands. */
void zp_record_pass_place(ZpWire *wire, ZpPlace *at);

/**
 * zp_record_pass_form: one form, but for its index, which is its place in the file.
 * @form: when reading, as zp_form_new made it
 */
void zp_record_pass_form(ZpWire *wire, ZpForm *form);

/**
 * zp_record_pass_ledger: a list of projects.
 * @ledger: when reading, as zp_ledger_new made it
 */
void zp_record_pass_ledger(ZpWire *wire, ZpLedger *ledger);

/**
 * zp_record_pass_report: what was found; rows about forms lead to one of @forms.
 * @report: when reading, as zp_report_new made it
 */
void zp_record_pass_report(ZpWire *wire, const GPtrArray *forms, ZpReport *report);
