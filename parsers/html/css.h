/*
 * css.h - declarations of CSS, as far as they decide whether a person sees a text.
 *
 * `display: none; color: #fff !important`: names and values become numbers here; what they mean for an
 * element is look.h's, to which elements a style sheet gives them sheet.h's.
 *
 * A declaration that a browser would not understand is dropped, as browsers do; one that only this
 * reader does not understand (calc(), var()) counts as ZP_CSS_OTHER, which hides nothing.
 *
 * Source: CSS 2.2, 4.1.8 and 8 to 17; CSS Color 4, CSS Values 4.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef enum {
    ZP_CSS_BIDI,
    ZP_CSS_BOTTOM,
    ZP_CSS_CLIP,
    ZP_CSS_COLOUR,
    ZP_CSS_CONTENT,
    ZP_CSS_CONTENT_VISIBILITY,
    ZP_CSS_DIRECTION,
    ZP_CSS_DISPLAY,
    ZP_CSS_FILL,
    ZP_CSS_FONT_SIZE,
    ZP_CSS_GROUND,
    ZP_CSS_HEIGHT,
    ZP_CSS_LEFT,
    ZP_CSS_MARGIN_LEFT,
    ZP_CSS_MARGIN_TOP,
    ZP_CSS_MAX_HEIGHT,
    ZP_CSS_MAX_WIDTH,
    ZP_CSS_OPACITY,
    ZP_CSS_OVERFLOW,
    ZP_CSS_PICTURE, /* of the ground */
    ZP_CSS_POSITION,
    ZP_CSS_RIGHT,
    ZP_CSS_STRIKE,
    ZP_CSS_TEXT_INDENT,
    ZP_CSS_TOP,
    ZP_CSS_TRANSFORM,
    ZP_CSS_VERTICAL,
    ZP_CSS_VISIBILITY,
    ZP_CSS_WIDTH,
    ZP_CSS_PROPERTIES,
} ZpCssProperty;

/* What a value says. */
typedef enum {
    ZP_CSS_OTHER, /* nothing that hides */
    ZP_CSS_NONE,
    ZP_CSS_INHERIT,
    ZP_CSS_HIDDEN,
    ZP_CSS_COLLAPSE,
    ZP_CSS_VISIBLE,
    ZP_CSS_BOX,    /* display: a box with a width and a height of its own */
    ZP_CSS_INLINE, /* display */
    ZP_CSS_AWAY,   /* position: absolute or fixed; transform: far away or nothing left */
    ZP_CSS_MOVED,  /* position: relative, sticky */
    ZP_CSS_LINE_THROUGH,
    ZP_CSS_SUPER,
    ZP_CSS_SUB,
    ZP_CSS_RTL,
    ZP_CSS_OVERRIDE,
    ZP_CSS_PAINTED, /* a colour, in `colour` */
    ZP_CSS_PX,      /* a length: `number` hundredths of a pixel, of an em, or of the whole */
    ZP_CSS_EM,
    ZP_CSS_PERCENT,
    ZP_CSS_TEXT,      /* content: `text` */
    ZP_CSS_ATTRIBUTE, /* content: the value of the attribute `text` */
} ZpCssKind;

typedef struct {
    guint8 property, kind; /* ZpCssProperty, ZpCssKind */
    bool is_important;
    gint32 number;
    guint32 colour;   /* 0xRRGGBBAA */
    const char *text; /* (nullable) owned by the chunk */
} ZpCssValue;

/**
 * zp_css_parse_block: the declarations of a block or a style attribute.
 * @strings: where the texts of `content` are kept
 * @values: (element-type ZpCssValue) they are appended, in their order
 */
void zp_css_parse_block(const char *text, gsize length, GStringChunk *strings, GArray *values);

/**
 * zp_css_colour: a colour as CSS or an attribute (`white`, `#fff`, `FFFFFF` when @is_attribute) spells it.
 *
 * Returns: whether it is one; @out is untouched otherwise.
 */
bool zp_css_colour(const char *text, gsize length, bool is_attribute, guint32 *out);

/** zp_css_length: a number with a unit, hundredths; `px` is the unit of one without. */
bool zp_css_length(const char *text, gsize length, ZpCssKind *kind, gint32 *number);

/** zp_css_end: the first of two characters outside strings, brackets and comments, or the end. */
const char *zp_css_end(const char *p, const char *end, char a, char b);

/** zp_css_skip_blank: behind white space and comments. */
const char *zp_css_skip_blank(const char *p, const char *end);
