/*
 * format_private.h - a format code in its parts.
 */
#pragma once

#include "parsers/xlsx/format.h"
#include "parsers/xlsx/number.h"

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
    PART_SLASH,   /* of a fraction, between its digits */
} PartKind;

/* `[>=100]`: which numbers a section is for. */
typedef enum {
    CONDITION_NONE,
    CONDITION_LESS,
    CONDITION_AT_MOST,
    CONDITION_EQUAL,
    CONDITION_UNEQUAL,
    CONDITION_AT_LEAST,
    CONDITION_MORE,
} ConditionKind;

typedef struct {
    ConditionKind kind;
    ZpXlsxNumber limit;
} Condition;

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
    int whole_digits,
        denominator; /* of a fraction: placeholders before it; a fixed denominator, or 0 */
    bool is_grouped, is_date, is_fraction, has_text, is_known;
    bool has_bracket; /* a colour, a language: alone it shows numbers as General */
    guint colour;     /* its own, numbered from 1 as the file format does; 0: none */
    Condition condition;
} Section;

struct ZpNumberFormat {
    Section sections[ZP_FORMAT_SECTIONS];
    int count;
    bool has_colour; /* a section has */
};

/**
 * zp_xlsx_fraction_append: a number by a section with a slash, `# ?/?` or `0/100`.
 *
 * The denominator is the best one of as many digits as the section has for it.  Nothing is
 * appended, and false returned, when the number has more digits than can be taken.
 */
bool zp_xlsx_fraction_append(const Section *section, const ZpXlsxNumber *number, GString *out);
