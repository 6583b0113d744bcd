/*
 * verify.h - whether an archive is still what it was.
 *
 * Layer: archive.
 */
#pragma once

#include "archive/listing.h"
#include "archive/store.h"

/* How a document is. */
typedef enum {
    ZP_FIXITY_OK,
    ZP_FIXITY_DAMAGED, /* it cannot be read, or is not what its digest says */
    ZP_FIXITY_NONE,    /* no original was kept */
} ZpFixity;

/* What verify has seen. */
typedef struct {
    guint64 n_documents, n_originals, n_damaged; /* documents with any damage */
    bool is_whole;                               /* SQLite finds no fault in the file */
} ZpVerified;

/**
 * zp_verify: every original against its SHA-256, every document's rows against their digest, the file by SQLite.
 * @listing: a row for each document that is damaged: its number, SHA-256, first name, original, data; ended
 * @error: only where the documents cannot even be listed
 */
bool zp_verify(ZpArchive *archive, ZpListing *listing, ZpVerified *verified, GError **error);

/**
 * zp_verify_original: one original.
 */
ZpFixity zp_verify_original(ZpArchive *archive, gint64 id, const char *sha256);
