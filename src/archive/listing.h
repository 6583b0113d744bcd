/*
 * listing.h - rows of named columns as a table for people, JSON, NDJSON or CSV.
 */
#pragma once

#include "archive/db.h"

#include <gio/gio.h>

typedef enum {
    ZP_LISTING_TABLE,
    ZP_LISTING_JSON,
    ZP_LISTING_NDJSON,
    ZP_LISTING_CSV,
    ZP_LISTING_COUNT,
} ZpListingFormat;

typedef struct ZpListing ZpListing;

/** zp_listing_format: by name; false when there is none. */
bool zp_listing_format(const char *name, ZpListingFormat *format);

/**
 * zp_listing_new: begin.
 * @out: rows go there; for a table all of them at the end
 * @is_raw: csv without the ' before what a spreadsheet would run
 */
ZpListing *zp_listing_new(GOutputStream *out, ZpListingFormat format, bool is_raw);
void zp_listing_free(ZpListing *listing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpListing, zp_listing_free)

/** zp_listing_column: name the next column; all of them before the first row. */
void zp_listing_column(ZpListing *listing, const char *name);

/**
 * zp_listing_text, _number, _value: the next cell of the row: a text (NULL: nothing), a whole number, a column of a statement.
 */
void zp_listing_text(ZpListing *listing, const char *text);
void zp_listing_number(ZpListing *listing, gint64 number);
void zp_listing_value(ZpListing *listing, sqlite3_stmt *statement, int column);

/**
 * zp_listing_next, _end: the row is complete; all are.
 * @error: ZP_ERROR_OUTPUT
 */
bool zp_listing_next(ZpListing *listing, GError **error);
bool zp_listing_end(ZpListing *listing, GError **error);

/** zp_listing_query: all columns and rows of a statement, from begin to end. */
bool zp_listing_query(ZpListing *listing, ZpArchive *archive, sqlite3_stmt *statement,
                      GError **error);

/** zp_listing_rows: so many are complete. */
guint64 zp_listing_rows(const ZpListing *listing);
