/*
 * sheet_private.h - what the files of the style sheet reader share.
 */
#pragma once

#include "parsers/html/sheet.h"

/* One condition of a compound selector: `td`, `.x`, `#y`, `[hidden]`, `:nth-child(2n+1)`. */
typedef enum {
    ZP_SIMPLE_TYPE,
    ZP_SIMPLE_CLASS,
    ZP_SIMPLE_ID,
    ZP_SIMPLE_ATTRIBUTE,
    ZP_SIMPLE_NTH,
    ZP_SIMPLE_NEVER,   /* :hover: not on a page at rest */
    ZP_SIMPLE_PERHAPS, /* not understood */
} ZpSimpleKind;

typedef struct {
    guint8 kind;
    bool is_negated;
    char test;          /* of an attribute: '\0' there, '=', '~', '|', '^', '$', '*' */
    const char *name;   /* type, class, id or attribute */
    const char *value;  /* of an attribute */
    gint32 step, first; /* :nth-child(step n + first) */
} ZpSimple;

/* The conditions of one element, and how it stands to the one before it in the selector. */
typedef struct {
    guint from, count; /* in `simples` */
    char combinator;   /* ' ', '>', '+', '~' to the compound on its left; '\0': it is the first */
} ZpCompound;

typedef enum {
    ZP_PART_ELEMENT,
    ZP_PART_BEFORE,
    ZP_PART_AFTER,
    ZP_PART_NONE, /* ::placeholder and others: no text of the page */
} ZpPart;

typedef struct {
    guint from, count; /* in `compounds`, left to right */
    guint weight;      /* specificity: ids, classes, types */
    guint block;       /* in `blocks` */
    guint order;
    guint8 part;
    bool is_perhaps, is_said;
    const char *text;
} ZpSelector;

typedef struct {
    guint from, count; /* in `values` */
    bool hides, paints;
} ZpBlock;

struct ZpHtmlSheet {
    GStringChunk *strings;
    GArray *simples, *compounds, *selectors, *blocks, *values;
    GHashTable
        *index;  /* "#id", ".class" or "type" of a selector's last compound → GArray of guint */
    GArray *any; /* of guint: selectors without such a key */
    gsize bytes;
    guint64 steps;
    bool is_unsure;
    const char *limit;
    GArray *found; /* of guint: what the last of a type, id and class is asked for, in order */
    ZpHtmlWho found_for;
};

/** zp_sheet_add_selectors: read a list of selectors for a block. */
void zp_sheet_add_selectors(ZpHtmlSheet *sheet, const char *text, gsize length, guint block);
