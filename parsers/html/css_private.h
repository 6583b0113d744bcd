/*
 * css_private.h - what the two files of the CSS reader share.
 */
#pragma once

#include "parsers/html/css.h"

/* How a property's value is read. */
typedef enum {
    ZP_CSS_READ_WORD,
    ZP_CSS_READ_LENGTH,
    ZP_CSS_READ_COLOUR,
    ZP_CSS_READ_GROUND,
    ZP_CSS_READ_FONT,
    ZP_CSS_READ_DECORATION,
    ZP_CSS_READ_CLIP,
    ZP_CSS_READ_TRANSFORM,
    ZP_CSS_READ_CONTENT,
    ZP_CSS_READ_MARGIN,
    ZP_CSS_READ_INSET,
    ZP_CSS_READ_SHARE,
    ZP_CSS_READ_PICTURE,
} ZpCssReading;

/**
 * zp_css_read: read a value.
 * @text: in lower case and without white space at its ends; it is written to
 * @strings: where the text of ZP_CSS_READ_CONTENT is kept
 * @value: its property is set
 *
 * Returns: whether it is one.
 */
bool zp_css_read(ZpCssReading reading, char *text, GStringChunk *strings, ZpCssValue *value);
