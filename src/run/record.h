/*
 * record.h - what became of one input, as bytes: the one format that workers, journal, cache and
 * shards share.
 *
 * A worker makes it of what it read; the parent, which never parses, writes all its outputs from
 * it and judges the rules between forms by the keys in it.  Whoever reads a record takes it
 * as hostile: a worker may have been taken over by the document it read.  What zp_record_read and
 * zp_record_is_sound let through is as sound as what the recogniser and the rules make: indexes lead
 * somewhere, texts are UTF-8, figures and severities are in their bounds, names are known, every form
 * has its verdict, and all of it takes no more memory than its bytes are good for.
 *
 *     | ZP_RECORD_VERSION | outcome | format | … | forms | report |
 */
#pragma once

#include "model/finding.h"
#include "model/ledger.h"
#include "parsers/own.h"
#include "rulebook/rulebook.h"

/* Raised whenever the bytes of a record mean something else. */
#define ZP_RECORD_VERSION 12

/* What a worker says of an input. */
typedef enum {
    ZP_OUTCOME_READ,         /* its forms, or why there are none */
    ZP_OUTCOME_SKIPPED,      /* found in a folder, and of no kind that is read */
    ZP_OUTCOME_NEEDS_PDF,    /* this worker has not loaded the PDF module */
    ZP_OUTCOME_NEEDS_IMAGE,  /* this worker has not loaded the module that reads pictures */
    ZP_OUTCOME_NEEDS_OFFICE, /* this worker may not start an office program */
    ZP_OUTCOME_ARCHIVE,      /* its entries are files of their own */
    ZP_OUTCOME_UNPACKED,     /* of an archive: all its entries were had */
    ZP_OUTCOME_COUNT,
} ZpOutcome;

typedef struct {
    ZpOutcome outcome;
    const ZpKind
        *kind;     /* (nullable) static: of a file that was passed over, or a report of our own */
    bool is_aside; /* not written: nobody named the file, it was found in a folder */
    const char *sha256; /* (nullable) NULL when the bytes were not read, or nobody asked */
    const char *format; /* (nullable) the parser's name */
    ZpRule rule;        /* D01 to D03 with an error */
    GError *error;      /* (nullable) why there are no forms */
    bool is_partial;    /* a D04 or D05 says what was lost */
    bool has_scans;     /* pages without a text layer */
    GPtrArray *forms;   /* of ZpForm; empty with an error */
    ZpLedger *ledger; /* (nullable) of the input that --ledger names, whether it has forms or not */
    ZpReport *report;
    GBytes *content; /* (nullable) of a file in an archive, where it is wanted */
    GBytes *bytes;   /* (nullable) what the texts of a record that was read point into */
    char *kept;      /* (nullable) owned: a digest that was made for it */
    guint n_more;    /* owners beside the first */
} ZpRecord;

/**
 * zp_record_new: nothing known: no forms, an empty report, rule D01.  _ref: one more owner; _free: one less, and the
 * last one frees it.
 */
ZpRecord *zp_record_new(void);
ZpRecord *zp_record_ref(ZpRecord *record);
void zp_record_free(ZpRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpRecord, zp_record_free)

/**
 * zp_record_set_digest: the sha256 of the input.
 * @digest: (transfer full)
 */
void zp_record_set_digest(ZpRecord *record, char *digest);

/**
 * zp_record_write: the record as bytes.
 *
 * Returns: (transfer full)
 */
GBytes *zp_record_write(ZpRecord *record);

/**
 * zp_record_read: a record from bytes that nobody vouches for; see zp_record_is_sound.
 *
 * It takes at most ZP_LIMIT_RECORD_GROWTH times the bytes in memory.
 *
 * Returns: (nullable) NULL when they are no record of this version; it keeps @bytes.
 */
ZpRecord *zp_record_read(GBytes *bytes);

/**
 * zp_record_is_sound: whether a record that was read can be the answer of a worker; no other is shown to
 * a writer.
 * @check: of `check`, else of `convert`
 */
bool zp_record_is_sound(const ZpRecord *record, const ZpRulebook *rulebook, bool check);
