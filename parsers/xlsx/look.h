/*
 * look.h - how a text of a sheet looks, as far as it decides whether it can be seen.
 */
#pragma once

#include "parsers/ooxml/colour.h"
#include "parsers/ooxml/xml.h"

/* A colour as it is written: of the theme, of a palette that comes later in the part, or itself. */
typedef struct {
    guint8 kind; /* 0: not said */
    guint8 index;
    gint16 tint; /* of 1,000: towards white, below 0 towards black */
    guint32 plain;
} ZpXlsxColour;

typedef struct {
    ZpXlsxColour colour;
    bool is_struck, is_raised, is_tiny;
} ZpXlsxFont;

/* Colours that numbers stand for. */
typedef struct {
    ZpTheme theme;
    GArray *palette; /* of guint32: what the workbook has instead of the usual one; may be empty */
} ZpXlsxColours;

/* Why a cell, or a part of its text, is no value. */
typedef enum {
    ZP_XLSX_SEEN,
    ZP_XLSX_SHEET_HIDDEN,
    ZP_XLSX_ROW_HIDDEN,
    ZP_XLSX_COLUMN_HIDDEN,
    ZP_XLSX_STRUCK,
    ZP_XLSX_PALE,
    ZP_XLSX_TINY,
    ZP_XLSX_MASKED,   /* by its number format */
    ZP_XLSX_REVERSED, /* by a character that turns the order */
    ZP_XLSX_COVERED,  /* by a merged cell, or by another of the same place */
    ZP_XLSX_MARK,     /* a raised note mark */
    ZP_XLSX_FOREIGN,  /* in mark-up that no program shows */
    ZP_XLSX_N_SIGHTS,
} ZpXlsxSight;

/* The elements of a font, in styles and in runs of a string. */
enum {
    ZP_XLSX_FONT_COLOUR = 1000,
    ZP_XLSX_FONT_STRIKE,
    ZP_XLSX_FONT_RAISED,
    ZP_XLSX_FONT_SIZE,
};
#define ZP_XLSX_FONT_NAMES                                                                         \
    {ZP_XML_SHEET, "color", ZP_XLSX_FONT_COLOUR}, {ZP_XML_SHEET, "strike", ZP_XLSX_FONT_STRIKE},   \
        {ZP_XML_SHEET, "vertAlign", ZP_XLSX_FONT_RAISED},                                          \
    {                                                                                              \
        ZP_XML_SHEET, "sz", ZP_XLSX_FONT_SIZE                                                      \
    }

/* A fill as it is written; a pattern of two colours is no ground that could be known. */
typedef struct {
    ZpXlsxColour front, back;
    bool is_solid, is_mixed, is_said;
} ZpXlsxFill;

/* The elements of a fill. */
enum {
    ZP_XLSX_FILL_PATTERN = 1100,
    ZP_XLSX_FILL_GRADIENT,
    ZP_XLSX_FILL_FRONT,
    ZP_XLSX_FILL_BACK,
};
#define ZP_XLSX_FILL_NAMES                                                                         \
    {ZP_XML_SHEET, "patternFill", ZP_XLSX_FILL_PATTERN},                                           \
        {ZP_XML_SHEET, "gradientFill", ZP_XLSX_FILL_GRADIENT},                                     \
        {ZP_XML_SHEET, "fgColor", ZP_XLSX_FILL_FRONT},                                             \
    {                                                                                              \
        ZP_XML_SHEET, "bgColor", ZP_XLSX_FILL_BACK                                                 \
    }

/** zp_xlsx_fill_read: one property of a fill. */
void zp_xlsx_fill_read(ZpXlsxFill *fill, guint token, const ZpXmlAttributes *attributes);

/** zp_xlsx_colour_numbered: the colour that a number format numbers from 1: [Color2]. */
ZpXlsxColour zp_xlsx_colour_numbered(guint number);

/**
 * zp_xlsx_colour_indexed: the colour of the palette; from 256 on the one that nobody set.
 */
ZpXlsxColour zp_xlsx_colour_indexed(guint index);

/**
 * zp_xlsx_colour: the colour itself (ooxml/colour.h).
 */
guint32 zp_xlsx_colour(ZpXlsxColours *colours, const ZpXlsxColour *colour);

/** zp_xlsx_font_read: one property of a font; other tokens say nothing. */
void zp_xlsx_font_read(ZpXlsxFont *font, guint token, const ZpXmlAttributes *attributes);

/**
 * zp_xlsx_font_sight: what can be seen of a text in a font.
 * @ground: of its cell; ZP_COLOUR_UNSAID: the sheet's white
 */
ZpXlsxSight zp_xlsx_font_sight(const ZpXlsxFont *font, ZpXlsxColours *colours, guint32 ground);

/**
 * zp_xlsx_parts: a decimal attribute in parts of @scale, cut: 0.75 of 1,000 is 750; @otherwise when it is not there.
 */
gint zp_xlsx_parts(const ZpXmlAttributes *attributes, const char *name, gint scale, gint otherwise);
