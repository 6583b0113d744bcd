/*
 * verify.h - whether an archive is still what it was.
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
    char *faults;        /* what SQLite says of the file, a line each; NULL: it finds no fault */
    bool is_index_sound; /* the search indexes can be read, and have no form that is not there */
} ZpVerified;

void zp_verified_clear(ZpVerified *verified);

/**
 * zp_verify: every original against its SHA-256, every document's rows against their digest, the search indexes against
 * the texts, the file by SQLite.
 * @listing: a row for each document that is damaged: its number, SHA-256, first name, original, data, search; ended
 * @error: only where the documents cannot even be listed
 */
bool zp_verify(ZpArchive *archive, ZpListing *listing, ZpVerified *verified, GError **error);

/** zp_verify_original: one original. */
ZpFixity zp_verify_original(ZpArchive *archive, gint64 id, const char *sha256);

/**
 * zp_verify_name: the first name of a document, for people.
 *
 * Returns: (transfer full) (nullable)
 */
char *zp_verify_name(ZpArchive *archive, gint64 id);
