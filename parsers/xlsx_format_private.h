/*
 * xlsx_format_private.h - a format code in its parts.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/xlsx_format.h"

#define ZP_FORMAT_SECTIONS 4

typedef enum {
    PART_LITERAL,
    PART_DIGIT,   /* 0 # ? */
    PART_POINT,   /* . */
    PART_PERCENT, /* % */
    PART_EXPONENT,
    PART_GENERAL,
    PART_TEXT,    /* @ */
    PART_DATE,    /* a run of one letter: yyyy, m, dd, h, s */
    PART_ELAPSED, /* [h], [m], [s] */
    PART_HALF,    /* AM/PM, 上午/下午 */
} PartKind;

typedef struct {
    PartKind kind;
    char letter; /* the placeholder, or the date's letter in lower case; an exponent's sign */
    int count;   /* of letters; of an exponent's digits */
    bool is_minute;
    char *text; /* (nullable) of a literal */
} Part;

typedef struct {
    GArray *parts;                                   /* of Part */
    int integer_digits, places, percents, thousands; /* thousands: commas behind the digits */
    bool is_grouped, is_date, has_text, is_known;
} Section;

struct ZpNumberFormat {
    Section sections[ZP_FORMAT_SECTIONS];
    int count;
};
