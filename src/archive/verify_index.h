/*
 * verify_index.h - whether the search indexes say what the forms say.
 */
#pragma once

#include "archive/db.h"

/**
 * zp_verify_indexes: both indexes against the texts of all forms.
 * @documents: a set of gint64: those whose texts an index does not have as they are; added to
 * @is_sound: set: false where an index cannot be read to its end, or has a form that is not there
 * @error: only where the forms cannot be listed, or there is no memory for the comparison
 */
bool zp_verify_indexes(ZpArchive *archive, GHashTable *documents, bool *is_sound, GError **error);
