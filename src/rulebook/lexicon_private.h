/*
 * lexicon_private.h - what lexicon.c loads and lexicon_words.c looks up.
 *
 * Only these two include it.
 */
#pragma once

#include "rulebook/lexicon_schema.h"

/* No listed reason, and no name with a bracket to take off, is longer; others need no folding. */
#define FOLDED_BYTES_MAX 200

struct ZpLexicon {
    LexiconFile *file;
    GBytes *bytes; /* for the lines of late errors */
    char *name;
    GArray *ops, *approximations; /* of Word, lexicon.c */
    GPtrArray *part_patterns;     /* of ZpPattern: each part alone, only to find its mistakes */
    GArray *shapes;               /* of ZpShape */
    GHashTable *blank_reasons, *rate_indicators, *weighted_scores; /* folded */
    GPtrArray *placeholders, *grade_limits;                        /* of ZpPattern */
    GStringChunk *strings;
};
