/*
 * rows.h - a form and what the rules say of it, as rows; and gone again.
 */
#pragma once

#include "archive/db.h"
#include "rulebook/rulebook.h"

#include <jansson.h>

/**
 * zp_rows_form: a form with its funds, indicators, repairs and texts.
 * @id: 0, or the number that it is to have; set
 */
bool zp_rows_form(ZpArchive *archive, gint64 document, const ZpForm *form, const ZpVerdict *verdict,
                  gint64 *id, GError **error);

/**
 * zp_rows_report: findings and what could not be judged.
 * @forms: of gint64, the ids of the document's forms
 */
bool zp_rows_report(ZpArchive *archive, const ZpRulebook *rulebook, gint64 document,
                    const GArray *forms, const ZpReport *report, GError **error);

/**
 * zp_rows_finding: one finding.
 * @forms: as above, by finding->form
 */
bool zp_rows_finding(ZpArchive *archive, const ZpRulebook *rulebook, gint64 document,
                     const GArray *forms, const ZpFinding *finding, GError **error);

/** zp_rows_remove: all that zp_rows_form and zp_rows_report made of a document. */
bool zp_rows_remove(ZpArchive *archive, gint64 document, GError **error);

/**
 * zp_rows_pack: a form's JSON as its column holds it.
 *
 * Returns: (transfer full)
 */
GBytes *zp_rows_pack(ZpArchive *archive, const char *json, gsize size);

/**
 * zp_rows_index: the texts of a form into the search, when the transaction is committed.
 */
bool zp_rows_index(ZpArchive *archive, gint64 id, const char *json, gsize size, GError **error);

/**
 * zp_rows_text: the text of the JSON in a column.
 *
 * Returns: (transfer full) (nullable) NULL when it is damaged
 */
GBytes *zp_rows_text(sqlite3_stmt *statement, int column);

/**
 * zp_rows_unpack: the JSON in a column.
 *
 * Returns: (transfer full) (nullable) NULL when it is damaged
 */
json_t *zp_rows_unpack(sqlite3_stmt *statement, int column);

/**
 * zp_rows_key: a name as names are compared: folded; "" for none.
 *
 * Returns: (transfer full)
 */
char *zp_rows_key(const char *name);
