/*
 * mark.h - what is to be marked in a document, and where.
 *
 * Made of findings by src/output, put into the original by the parser of its format.
 */
#pragma once

#include "model/grid.h"

typedef enum {
    ZP_MARK_NOTE,
    ZP_MARK_WARNING,
    ZP_MARK_ERROR,
    ZP_MARK_TONE_COUNT,
} ZpMarkTone;

/* One place of the document and all that is said of it. */
typedef struct {
    ZpPlace at;
    ZpMarkTone tone; /* the worst of them */
    char *where;     /* the place in words */
    char *text;      /* a line a finding; nothing in it that nobody sees */
} ZpMark;

typedef struct {
    GPtrArray *marks; /* of ZpMark, in the document's order */
    char *heading;    /* over a list of them */
    char *author;
    gint64 time;        /* of the marks: seconds since 1970 */
    bool force;         /* also a signed document */
    const char *sha256; /* (nullable) (unowned) of the document that the places are of */
    int scratch;        /* a file in memory that a library may write to; -1: none */
} ZpMarks;

ZpMarks *zp_marks_new(void);
void zp_marks_free(ZpMarks *marks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpMarks, zp_marks_free)

/**
 * zp_marks_add: say something of a place; what is said of one place is one mark.
 * @where, @text: copied
 */
void zp_marks_add(ZpMarks *marks, const ZpPlace *at, ZpMarkTone tone, const char *where,
                  const char *text);
