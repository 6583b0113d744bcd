/*
 * compat.h - mark-up of later versions: which of it a program shows (mc:AlternateContent, mc:Ignorable).
 *
 * For xml.c only.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct ZpXmlCompat ZpXmlCompat;
struct _xmlDict; /* of libxml2 */

/* What becomes of an element. */
typedef enum {
    ZP_COMPAT_SHOWN,   /* an element like any other */
    ZP_COMPAT_PASSED,  /* it only holds others: it means nothing itself */
    ZP_COMPAT_SKIPPED, /* left out with all it holds */
} ZpCompatFate;

/* An element as libxml2's SAX2 tells it. */
typedef struct {
    const unsigned char *name,
        *uri; /* interned in the parser's dictionary; uri NULL: in no namespace */
    int n_spaces;
    const unsigned char **spaces; /* pairs of prefix and namespace that it declares */
    int count;
    const unsigned char **raw; /* attributes, five pointers each */
    guint depth;               /* from 1 */
} ZpCompatElement;

/**
 * zp_compat_new: at the beginning of a part.
 * @dict: the parser's dictionary of names
 */
ZpXmlCompat *zp_compat_new(struct _xmlDict *dict);
void zp_compat_free(ZpXmlCompat *compat);

/** zp_compat_start: an element begins; called for all that are not inside a skipped one. */
ZpCompatFate zp_compat_start(ZpXmlCompat *compat, const ZpCompatElement *element);

/** zp_compat_inner: an element begins inside a skipped one. */
void zp_compat_inner(ZpXmlCompat *compat, const unsigned char *name);

/**
 * zp_compat_end: an element ends, also a skipped one.
 *
 * Returns: (nullable) (transfer full) what was left out and differs from what is shown instead.
 */
GString *zp_compat_end(ZpXmlCompat *compat, guint depth);

/** zp_compat_characters: text, also inside skipped elements. */
void zp_compat_characters(ZpXmlCompat *compat, const char *text, gsize length, bool is_skipped);

/**
 * zp_compat_is_listening: whether anything of that must be called for ends, inner elements and text:
 * false in most parts all the time.
 */
bool zp_compat_is_listening(const ZpXmlCompat *compat);
