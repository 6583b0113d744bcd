/*
 * labels_private.h - what labels.c loads, and label_match.c, label_grammar.c and label_near.c compare with.
 *
 * Only these include it.
 */
#pragma once

#include "rulebook/labels_schema.h"

/* A longer cell is prose, unless a label and a colon stand at its beginning. */
#define LABEL_BYTES_MAX 120

typedef struct {
    const char *id;
    ZpPattern *title; /* (nullable) */
    const char *currency;
    GArray *has, *lacks; /* of guint: ZpLabelEntry.index */
    guint blocks;
} Template;

/* A row of the grammar: what a text that its pattern fits is. */
typedef struct {
    ZpPattern *pattern;
    ZpLabelEntry *entry;
} Composition;

struct ZpLabels {
    LabelsFile *file;
    GHashTable *entries; /* folded spelling → ZpLabelEntry */
    GPtrArray *owned;    /* the entries */
    GHashTable *pieces;  /* folded piece of a spelling → guint64 kinds; filled on first need */
    GPtrArray *homes;    /* of char **, views on file->labels[].homes */
    GPtrArray *titles, *furniture, *headings, *placeholders, *sources; /* of ZpPattern */
    ZpPattern *year, *weight, *markup;
    GHashTable *grades;  /* folded → folded */
    GArray *templates;   /* of Template */
    GArray *grammar;     /* of Composition, in the file's order */
    ZpPattern *composed; /* any of them */
    GStringChunk *strings;
    GString *scratch; /* folded text of the look-up under way; one thread a rulebook */
};

/**
 * labels_load_grammar: fill `grammar` and `composed` from the file.
 * @error: ZP_ERROR_DATA for a {name} that no part has
 */
bool labels_load_grammar(ZpLabels *labels, const char *name, GError **error);

/**
 * labels_compose: the row of the grammar that a whole folded text fits.
 *
 * Returns: (nullable)
 */
const ZpLabelEntry *labels_compose(const ZpLabels *labels, const GString *folded);

/**
 * labels_near: the spelling of one of the kinds that a folded text is one character away from.
 *
 * Returns: (nullable) NULL also where the spellings that are so near mean different things.
 */
const ZpLabelEntry *labels_near(const ZpLabels *labels, guint64 kinds, const GString *folded);
