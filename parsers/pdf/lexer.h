/*
 * lexer.h - the tokens of a page's content stream.
 *
 * Numbers, names, strings and operators; the brackets of arrays where somebody asks for them.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef enum {
    CONTENT_END,
    CONTENT_NUMBER,
    CONTENT_NAME,
    CONTENT_STRING,
    CONTENT_OPERATOR,
    CONTENT_OPEN, /* [ and ], only when asked for */
    CONTENT_CLOSE,
} ContentKind;

typedef struct {
    const char *at, *end; /* what is left */
    bool brackets;        /* whether [ and ] are tokens */
    /* The last token: */
    double number;    /* of CONTENT_NUMBER */
    const char *text; /* of CONTENT_NAME (without its slash), CONTENT_OPERATOR and, as it is written
                         between its brackets, CONTENT_STRING; not terminated */
    guint length;     /* bytes of text */
    bool is_hex;      /* of CONTENT_STRING */
} ContentLexer;

/**
 * content_next: read the next token.
 *
 * Never reads past the end; a token that is none is stepped over.
 */
ContentKind content_next(ContentLexer *lexer);

/** content_append_string: the bytes that the last token, a CONTENT_STRING, stands for. */
void content_append_string(GByteArray *out, const ContentLexer *lexer);

/** content_skip_image: behind BI, step over an inline image and its EI. */
void content_skip_image(ContentLexer *lexer);
