/*
 * decode.h - bytes of a text file as UTF-8.
 */
#pragma once

#include "model/grid.h"

/* Decoded text, and how its bytes relate to the original's. */
typedef struct {
    const char *text; /* valid UTF-8, not NUL-terminated; the input's own bytes where it is UTF-8 */
    gsize length;
    char *owned;     /* (nullable) what text is when it is not the input's */
    gsize offset;    /* of text[0] in the original: the byte order mark */
    bool same_bytes; /* text is the original's bytes from `offset` on */
    bool
        is_whole; /* every byte is a character: places in text are of use (parsers/shared/recode.h) */
    gsize replaced;      /* U+FFFD put in for bytes that are no character */
    const char *charset; /* static: "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030" */
} ZpDecoded;

/**
 * zp_decode: find the character set and decode.
 * @charset: (nullable) forced
 * @out: filled on success; clear with zp_decoded_clear
 * @error: ZP_ERROR_DAMAGED for NUL bytes without a UTF-16 byte order mark; ZP_ERROR_USAGE for an
 * unknown @charset
 *
 * By byte order mark; else UTF-8 when valid; else GB18030 when valid, unless the bytes are plainly
 * UTF-8 with a few broken places; else UTF-8 with U+FFFD.
 */
bool zp_decode(GBytes *input, const char *charset, ZpDecoded *out, GError **error);
/**
 * zp_decode_declared: the character set that a page's <meta> names, where it must be obeyed.
 *
 * Returns: (nullable) static: "GB18030" for gb2312, gbk and their kin, which it holds all of; NULL
 * for any other and for none, and where a byte order mark or the bytes themselves say that it is UTF-8.
 */
const char *zp_decode_declared(GBytes *input);

/** zp_decoded_note: note the bytes that were no characters as a loss of the document. */
void zp_decoded_note(const ZpDecoded *decoded, ZpDocument *document);

void zp_decoded_clear(ZpDecoded *decoded);
