/*
 * look_words.h - whether a form that the indexes name has the words that are searched, and where.
 */
#pragma once

#include "archive/db.h"

/* Column of a question in which a form's JSON stands. */
#define ZP_LOOK_DATA 9

typedef struct {
    const GPtrArray *words;
    guint found; /* bit k: word k stands somewhere */
    char *where, *excerpt;
} ZpSeeking;

/**
 * zp_look_has_words: look for all of them; a form that is damaged is shown without a place: that it has the words is not known.
 * @seeking: its words; where the first one stands, and what is around it, are the caller's
 */
bool zp_look_has_words(sqlite3_stmt *statement, ZpSeeking *seeking);
