/*
 * typed_private.h - what typed.c and typed_escape.c share.
 */
#pragma once

#include "parsers/shared/typed.h"

#include <glib.h>

/* How a terminal was told to show what follows. */
typedef struct {
    gint32 colour, ground; /* 0xRRGGBB; -1: the terminal's own, which nobody knows */
    bool is_hidden, is_struck;
} TypedLook;

typedef enum {
    TYPED_NOTHING, /* no escape sequence, or one that is not known: its characters are text */
    TYPED_LOOK,    /* it changes the look, or nothing that is seen */
    TYPED_STRING,  /* a title or the like, which is not shown */
    TYPED_ERASE,   /* of the rest of the line */
    TYPED_MOVE,    /* what follows may stand anywhere */
} TypedEscape;

/**
 * zp_typed_escape: tell the escape sequence at @p, which ESC or U+009B begins.
 * @end: of its line
 * @behind: set to its end; not for TYPED_NOTHING
 * @text, @length: set for TYPED_STRING
 */
TypedEscape zp_typed_escape(const char *p, const char *end, TypedLook *look, const char **behind,
                            const char **text, gsize *length);

/** zp_typed_is_lost: whether a text of that look is of its ground's colour. */
bool zp_typed_is_lost(const TypedLook *look);
