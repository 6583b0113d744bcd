/*
 * look.h - how the text of an element looks: whether a person sees it, and as what.
 *
 * Computed from the look of the element around it, its own attributes and the declarations that a
 * style sheet or its `style` give it; there is no layout, so what only a layout can say (a box that
 * covers another) is not known and hides nothing.
 */
#pragma once

#include "parsers/html/css.h"
#include "parsers/html/tags.h"

/* Why a text is not seen. */
typedef enum {
    ZP_UNSEEN_NOT,
    ZP_UNSEEN_SILENT, /* it is no text of the page: scripts, its title; nobody is told */
    ZP_UNSEEN_DISPLAY,
    ZP_UNSEEN_ATTRIBUTE,
    ZP_UNSEEN_CLOSED,
    ZP_UNSEEN_TEMPLATE,
    ZP_UNSEEN_VISIBILITY,
    ZP_UNSEEN_OPACITY,
    ZP_UNSEEN_SIZE,
    ZP_UNSEEN_COLOUR,
    ZP_UNSEEN_PLACE,
    ZP_UNSEEN_BOX,
    ZP_UNSEEN_REASONS,
} ZpUnseen;

typedef struct {
    gint32 font;      /* hundredths of a pixel */
    guint32 colour;   /* 0xRRGGBBAA */
    guint32 ground;   /* 0xRRGGBB00 */
    guint8 why;       /* ZpUnseen of it and all within, whatever they say themselves */
    guint8 invisible; /* ZpUnseen of visibility, which an element within may undo */
    guint8 out;       /* ZpUnseen of an indent far away: of blocks and the lines in them */
    gint8 raised;     /* 1: above the line, -1: below it */
    bool is_gone;     /* it takes no room */
    bool is_indented; /* text-indent as inherited */
    bool knows_ground, knows_colour;
    bool is_struck, is_inserted;
    bool is_unstruck;       /* meant as deleted, but shown like any text */
    bool is_rtl, is_turned; /* its characters are shown from right to left */
    bool is_box;            /* has a width and a height of its own */
} ZpHtmlLook;

/* An element as far as its look goes. */
typedef struct {
    const char *name;
    ZpHtmlTag tag;
    const char *const *attributes; /* (nullable) names and values by turns, ends with NULL */
} ZpHtmlElement;

/** zp_html_look_root: the look of a page. */
ZpHtmlLook zp_html_look_root(void);

/**
 * zp_html_look_says: whether an element may look other than what is around it, were there no style
 * sheet: cheap, and true too often.
 */
bool zp_html_look_says(const ZpHtmlElement *element);

/**
 * zp_html_look_of: the look of an element.
 * @parent: the look of the one around it
 * @values: (element-type ZpCssValue) what style sheets and `style` give it, the strongest last
 */
ZpHtmlLook zp_html_look_of(const ZpHtmlLook *parent, const ZpHtmlElement *element,
                           const GArray *values);

/** zp_html_look_plain: the look of an element that nothing is said of, over its parent's. */
void zp_html_look_plain(ZpHtmlLook *look, const ZpHtmlElement *element);

/** zp_html_look_unseen: why text right inside an element is not seen. */
ZpUnseen zp_html_look_unseen(const ZpHtmlLook *look);

/** zp_html_look_strong: put important declarations behind the others, each in their order. */
void zp_html_look_strong(GArray *values);
