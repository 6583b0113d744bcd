/*
 * labels_private.h - what labels.c loads and label_match.c compares with.
 *
 * Layer: rulebook; only these two include it.
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

struct ZpLabels {
    LabelsFile *file;
    GHashTable *entries; /* folded spelling → ZpLabelEntry */
    GPtrArray *owned;    /* the entries */
    GHashTable *pieces;  /* folded piece of a spelling → guint64 kinds; filled on first need */
    GPtrArray *homes;    /* of char **, views on file->labels[].homes */
    GPtrArray *titles, *furniture, *headings, *placeholders, *sources; /* of ZpPattern */
    ZpPattern *year, *weight, *markup;
    GHashTable *grades; /* folded → folded */
    GArray *templates;  /* of Template */
    GStringChunk *strings;
    GString *scratch; /* folded text of the look-up under way; one thread a rulebook */
};
