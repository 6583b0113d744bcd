/*
 * sheet.h - the style sheets that a page holds, and what they say of an element.
 *
 * Selectors of type, class, id, attribute, place among brothers (:nth-child, :first-child), :not() of one of
 * these, lists, and the combinators ` `, `>` and `+`.  A selector that holds more (:last-child, `~`, :has) fits
 * "perhaps" where all of it that is understood does: it hides nothing, and zp_html_sheet_match says so.
 * @media is asked for a screen of usual size; rules within other at-rules are left out.
 *
 * Bounds: ZP_LIMIT_STYLE_BYTES of style sheets, ZP_LIMIT_STYLE_RULES selectors, ZP_LIMIT_STYLE_STEPS comparisons
 * of a page; past the last one no further element is compared.
 *
 * Source: Selectors 3; CSS 2.2, 6.4 (cascade); Media Queries 3.
 */
#pragma once

#include "parsers/html/look.h"

typedef struct ZpHtmlSheet ZpHtmlSheet;

/* An element among others; texts are owned by the sheet or by libxml2. */
typedef struct {
    const char *name, *id, *classes; /* (nullable) id, classes; name "" : there is none */
    guint number;                    /* among its brothers, from 1 */
} ZpHtmlWho;

/* The open elements around one, the innermost last, as far as selectors ask. */
typedef struct {
    ZpHtmlWho who, brother; /* the one before it */
} ZpHtmlKin;

ZpHtmlSheet *zp_html_sheet_new(void);
void zp_html_sheet_free(ZpHtmlSheet *sheet);

/**
 * zp_html_sheet_add: read the text of a <style>.
 * @media: (nullable) its attribute
 */
void zp_html_sheet_add(ZpHtmlSheet *sheet, const char *text, gsize length, const char *media);

/** zp_html_sheet_is_empty: whether no rule of it matters. */
bool zp_html_sheet_is_empty(const ZpHtmlSheet *sheet);

/**
 * zp_html_sheet_is_full: whether a limit was passed, so that rules or elements were left out.
 *
 * Returns: (nullable) static, the limit's name.
 */
const char *zp_html_sheet_limit(const ZpHtmlSheet *sheet);

/** zp_html_sheet_set_unsure: the page names a style sheet that is not there. */
void zp_html_sheet_set_unsure(ZpHtmlSheet *sheet);

/**
 * zp_html_sheet_is_unsure: whether it may give grounds that are not known (@import, an at-rule that was left
 * out).
 */
bool zp_html_sheet_is_unsure(const ZpHtmlSheet *sheet);

/** zp_html_sheet_keep: the beginning of an id or a list of classes, kept as long as the sheet. */
const char *zp_html_sheet_keep(ZpHtmlSheet *sheet, const char *text);

/* What a sheet says of one element; the arrays are of ZpCssValue, the strongest rule last. */
typedef struct {
    GArray *own, *before, *after; /* of the element, its ::before and its ::after */
    bool may_paint;               /* a selector that fits perhaps gives colours */
    const char *may_hide; /* (nullable) such a one that would hide it, said for the first time */
} ZpHtmlRuled;

/**
 * zp_html_sheet_match: append what the rules for an element say.
 * @kin: (array length=depth) the open elements, the element itself last
 * @element: its attributes
 */
void zp_html_sheet_match(ZpHtmlSheet *sheet, const ZpHtmlKin *kin, guint depth,
                         const ZpHtmlElement *element, ZpHtmlRuled *ruled);
