/*
 * beside.h - what stands beside the text or the cells of an Office file and is not read: headers,
 * footers, notes, comments.
 */
#pragma once

#include "model/grid.h"
#include "parsers/ooxml/package.h"

/* One kind of part. */
typedef struct {
    const char *relation; /* the last word of its relationships' type */
    const char *zh, *en;  /* what messages call its text */
} ZpBesideKind;

/**
 * zp_beside_parts: note the text of each part of some kinds that @source leads to, once a part.
 * @kinds: up to one without a relation
 * @at: where the notes stand
 */
void zp_beside_parts(ZpPackage *package, const char *source, const ZpBesideKind *kinds,
                     const ZpPlace *at, ZpDocument *document);

/** zp_beside_note: note a text, unless it is a page's number and nothing else. */
void zp_beside_note(const ZpBesideKind *kind, const char *text, gsize length, const ZpPlace *at,
                    ZpDocument *document);
