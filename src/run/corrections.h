/*
 * corrections.h - what a person says is printed where a scan was in doubt: --corrections.
 *
 * A correction names its document by SHA-256, a form of it and a field by JSON Pointer, so it can fit no other
 * document.  Its file is a stranger's: it is read in a process of its own, and what that says is looked through
 * again here.  Only what was read from a picture can be corrected; a printed text is what it is.
 *
 *     xlsx, csv   a row with the heads of the sheet of `ziping review`; forms from 1; who and when as in the row above
 *     json        {"schema": "ziping/corrections/1", "corrections": [{"sha256", "form" (from 0), "pointer",
 *                  "text", "by", "when"}]}
 *
 * A text of √, ✓ or ok is "as it was read", 空 or blank "nothing is printed"; an empty one is no correction.
 */
#pragma once

#include "model/form.h"

typedef struct {
    char *sha256; /* of the document */
    guint form;   /* from 0 */
    char *pointer;
    char *text;
    char *who, *when;
} ZpCorrection;

typedef struct ZpCorrections ZpCorrections;

/* Texts that stand for something: no field has them. */
#define ZP_CORRECTION_AS_READ "\xe2\x88\x9a" /* √ */
#define ZP_CORRECTION_BLANK   "\xe7\xa9\xba" /* 空 */

/**
 * zp_corrections_read: the corrections of a file.
 * @error: ZP_ERROR_USAGE, saying which row, where it is no such file, lacks a name, or says two things of one place;
 * ZP_ERROR_LIMIT; ZP_ERROR_IO
 */
ZpCorrections *zp_corrections_read(const char *path, bool is_shut_in, GError **error);
void zp_corrections_free(ZpCorrections *corrections);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpCorrections, zp_corrections_free)

/**
 * zp_corrections_parse: those of bytes, of ZpCorrection, unchecked but for their shape; what the process of its own
 * does.  (corrections_parse.c)
 * @error: ZP_ERROR_USAGE, ZP_ERROR_LIMIT, or as the workbook's parser
 */
GPtrArray *zp_corrections_parse(GBytes *bytes, GError **error);
void zp_correction_free(ZpCorrection *correction);

/**
 * zp_corrections_new: of what was parsed, looked through.
 * @list: of ZpCorrection; (transfer none)
 * @digest: of the file: it is part of a run's key
 * @error: as zp_corrections_read
 */
ZpCorrections *zp_corrections_new(const GPtrArray *list, const char *digest, GError **error);

/** zp_corrections_digest: of the file that they are from. */
const char *zp_corrections_digest(const ZpCorrections *corrections);

/**
 * zp_corrections_apply: put them into the forms of a document, which are then to be normalised.
 * @sha256: (nullable) of the document
 * @error: ZP_ERROR_USAGE where one leads nowhere, or to what was not read from a picture
 */
bool zp_corrections_apply(const ZpCorrections *corrections, const char *sha256,
                          const GPtrArray *forms, GError **error);

/**
 * zp_corrections_note: a document of the run; _left: how many corrections are of none that was noted.
 */
void zp_corrections_note(ZpCorrections *corrections, const char *sha256);
guint zp_corrections_left(const ZpCorrections *corrections, guint *all);
