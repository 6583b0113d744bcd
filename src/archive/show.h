/*
 * show.h - one form or document of an archive, for people, programs and browsers.
 */
#pragma once

#include "archive/db.h"
#include "base/text.h"

#include <jansson.h>

/**
 * zp_show_find: what a user names: the number of a form, or at least six digits of a document's SHA-256.
 * @form: set: its number; 0: all forms of the document
 * @document: set
 * @error: ZP_ERROR_USAGE when there is none, or more than one
 */
bool zp_show_find(ZpArchive *archive, const char *name, gint64 *form, gint64 *document,
                  GError **error);

/**
 * zp_show_object: all that is stored of a document, or of one of its forms.
 * @form: its number; 0: all forms
 *
 * Returns: (transfer full) (nullable)
 */
json_t *zp_show_object(ZpArchive *archive, gint64 document, gint64 form, ZpLang lang,
                       GError **error);

/** zp_show_text, _html: such an object for a terminal, and as a page without scripts. */
void zp_show_text(GString *out, json_t *object, ZpLang lang);
void zp_show_html(GString *out, json_t *object, ZpLang lang);
