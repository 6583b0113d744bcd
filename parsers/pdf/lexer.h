/*
 * lexer.h - the tokens of a page's content stream.
 *
 * Only what drawing needs: numbers, names and operators.  Strings, arrays and dictionaries are
 * stepped over; a string counts its bytes, because text operators say how much they show.
 *
 * Layer: parsers.
 */
#pragma once

#include <glib.h>

typedef enum {
    CONTENT_END,
    CONTENT_NUMBER,
    CONTENT_NAME,
    CONTENT_STRING,
    CONTENT_OPERATOR,
} ContentKind;

typedef struct {
    const char *at, *end; /* what is left */
    /* The last token: */
    double number;    /* of CONTENT_NUMBER */
    const char *text; /* of CONTENT_NAME (without its slash) and CONTENT_OPERATOR; not terminated */
    guint length;     /* bytes of text; of CONTENT_STRING, the bytes it stands for */
} ContentLexer;

/**
 * content_next: read the next token.
 *
 * Never reads past the end; a token that is none is stepped over.
 */
ContentKind content_next(ContentLexer *lexer);

/**
 * content_skip_image: behind BI, step over an inline image and its EI.
 */
void content_skip_image(ContentLexer *lexer);
