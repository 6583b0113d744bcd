/*
 * store.h - documents into an archive, and out of it.
 */
#pragma once

#include "archive/db.h"
#include "output/writer.h"

#include <jansson.h>

/* A document as it is stored. */
typedef struct {
    const ZpResult *result; /* without an error, with its sha256 */
    GBytes *original;       /* its bytes */
    bool keeps_original;
    bool is_nameless;  /* the caller names it */
    bool is_encrypted; /* the bytes are; what was read of them is not */
    const char *now;   /* UTC: 2026-11-30T12:00:00Z */
} ZpDeposit;

/**
 * zp_store_find: a document by its content.
 *
 * Returns: its id; 0 when it is not there
 */
gint64 zp_store_find(ZpArchive *archive, const char *sha256);

/** zp_store_has_size: whether a document of so many bytes is there. */
bool zp_store_has_size(ZpArchive *archive, gsize size);

/**
 * zp_store_name: the document came under this name, too.
 * @path: any bytes
 * @is_new: set
 */
bool zp_store_name(ZpArchive *archive, gint64 document, const char *path, const char *now,
                   bool *is_new, GError **error);

/**
 * zp_store_add: a document that is not there yet, inside of a transaction.
 * @id: set
 */
bool zp_store_add(ZpArchive *archive, const ZpRulebook *rulebook, const ZpDeposit *deposit,
                  gint64 *id, GError **error);

/**
 * zp_store_replace: what is read of a document now instead of what was read then; the former findings, and
 * the forms where they differ, stay as `former`.
 * @differs: set: whether anything is not as it was
 */
bool zp_store_replace(ZpArchive *archive, const ZpRulebook *rulebook, gint64 id,
                      const ZpDeposit *deposit, bool *differs, GError **error);

/**
 * zp_store_digest: SHA-256 over all that is stored of a document and follows from its bytes, program and rules.
 *
 * Returns: (transfer full) (nullable)
 */
char *zp_store_digest(ZpArchive *archive, gint64 id, GError **error);

/**
 * zp_store_original: the bytes of a document.
 *
 * Returns: (transfer full) (nullable) NULL with ZP_ERROR_DAMAGED, or without an error when they were not kept
 */
GBytes *zp_store_original(ZpArchive *archive, gint64 id, GError **error);

/** zp_store_put_original: keep the bytes of a document. */
bool zp_store_put_original(ZpArchive *archive, gint64 id, GBytes *original, GError **error);

/**
 * zp_store_form: a form in canonical shape, with the repairs' details in @lang.
 *
 * Returns: (transfer full) (nullable) NULL with ZP_ERROR_DAMAGED
 */
json_t *zp_store_form(ZpArchive *archive, gint64 form, ZpLang lang, GError **error);
