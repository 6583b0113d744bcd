/*
 * look.h - what is in an archive: a list, a search, somebody's own question.
 */
#pragma once

#include "archive/db.h"
#include "archive/listing.h"
#include "base/decimal.h"

/* Words of one search. */
#define ZP_LOOK_WORDS 30

/* What forms are asked for; what is not set does not count. */
typedef struct {
    char **words;                           /* (nullable) all of them are in its texts */
    gint64 year_from, year_to;              /* 0: any */
    const char *department, *unit, *level2; /* (nullable) parts of these names */
    char **rules;       /* (nullable) one of them fired: codes, or how they begin */
    const char *status; /* (nullable) ok, partial; error, warning, note: the worst finding; clean */
    bool has_least, has_most;
    gint64 least_fen, most_fen; /* the total budget */
    guint64 limit;              /* rows; 0: all */
} ZpLook;

/** zp_look_is_status: whether a word is one of ZpLook.status. */
bool zp_look_is_status(const char *word);

/**
 * zp_look_list: the forms asked for, by year, unit and project; with words, by number, and each with where the first word stands.
 * @has_more: set: the limit has cut the rows off
 */
bool zp_look_list(ZpArchive *archive, const ZpLook *look, ZpListing *listing, bool *has_more,
                  GError **error);

/**
 * zp_look_query: a question in SQL that only reads.
 * @error: ZP_ERROR_USAGE with SQLite's words when it is none
 */
bool zp_look_query(ZpArchive *archive, const char *sql, ZpListing *listing, GError **error);
