/*
 * unpack.h - whether what a page refers to unpacks to more than it may.
 *
 * A flate stream may hold a thousand times its size, two of them inside each other a million times, and
 * Poppler reads on until the time is up.  So a page's streams are asked before Poppler is.
 */
#pragma once

#include <glib.h>
#include <qpdf/qpdf-c.h>
#include <stdbool.h>

/**
 * unpack_fits: whether a stream unpacks to no more than ZP_LIMIT_PDF_CONTENT_BYTES.
 * @known: streams that do, by their objects; this one is added
 */
bool unpack_fits(qpdf_data qpdf, qpdf_oh stream, GHashTable *known);

/**
 * unpack_resources_fit: whether all that text is drawn with does: form XObjects and soft masks, with their
 * resources, fonts and character maps.
 *
 * What lies deeper than ZP_LIMIT_PDF_TREE does not fit.
 */
bool unpack_resources_fit(qpdf_data qpdf, qpdf_oh resources, GHashTable *known);
