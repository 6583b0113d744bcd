/*
 * look.h - how a text of a Word document looks, as far as it decides whether it can be seen.
 */
#pragma once

#include "parsers/docx/names.h"
#include "parsers/ooxml/colour.h"

/* What a property says: nothing, that it is not so, that it is so. */
typedef enum {
    ZP_DOCX_UNSAID,
    ZP_DOCX_OFF,
    ZP_DOCX_ON,
} ZpDocxSaid;

/* Zero: nothing is said. */
typedef struct {
    guint8 vanish, strike, double_strike; /* ZpDocxSaid */
    guint8 raised;                        /* ZpDocxSaid: a superscript or a subscript */
    guint8 clear;                         /* ZpDocxSaid: its letters are not filled */
    guint8 in_fill;                       /* while the properties of its fill are read */
    guint16 size;                         /* in half points */
    guint16 scale;                        /* of its width, in percent */
    guint16 line;                         /* exact height of its lines, in twentieths of a point */
    guint32 colour, ground;               /* ooxml/colour.h */
} ZpDocxLook;

/* Why a text is no value. */
typedef enum {
    ZP_DOCX_SEEN,
    ZP_DOCX_HIDDEN,
    ZP_DOCX_STRUCK,
    ZP_DOCX_TINY,
    ZP_DOCX_PALE, /* perhaps: its ground decides */
} ZpDocxSight;

/** zp_docx_look_read: one property of a run, or a paragraph's spacing or shading. */
void zp_docx_look_read(ZpDocxLook *look, Token token, const ZpXmlAttributes *attributes,
                       ZpTheme *theme);

/** zp_docx_look_under: fill in what a look does not say itself from the one that it is based on. */
void zp_docx_look_under(ZpDocxLook *look, const ZpDocxLook *base);

/**
 * zp_docx_look_combine: what two styles make together: of toggles that both say none is left (17.7.3), of
 * the rest @over wins.
 */
ZpDocxLook zp_docx_look_combine(const ZpDocxLook *over, const ZpDocxLook *under);

/** zp_docx_look_sight: what can be seen of a text that looks so, its ground left aside. */
ZpDocxSight zp_docx_look_sight(const ZpDocxLook *look);
