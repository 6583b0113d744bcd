/*
 * css_length.c - lengths of CSS: a number and its unit, in hundredths and whole numbers.
 */
#include "parsers/html/css.h"

#include <string.h>

/* Numbers beyond are this: nothing on a screen is as large. */
#define NUMBER_MAX 10000000

/* Units of length: what one of them is, in hundredths of the kind. */
static const struct {
    const char *unit;
    guint8 kind;
    gint32 number;
} UNITS[] = {
    {"px", ZP_CSS_PX, 100},    {"em", ZP_CSS_EM, 100},   {"%", ZP_CSS_PERCENT, 100},
    {"pt", ZP_CSS_PX, 133},    {"rem", ZP_CSS_PX, 1600}, {"cm", ZP_CSS_PX, 3780},
    {"mm", ZP_CSS_PX, 378},    {"in", ZP_CSS_PX, 9600},  {"pc", ZP_CSS_PX, 1600},
    {"ex", ZP_CSS_EM, 50},     {"ch", ZP_CSS_EM, 50},    {"q", ZP_CSS_PX, 95},
    {"vw", ZP_CSS_PX, 1280},   {"vh", ZP_CSS_PX, 720},   {"vmin", ZP_CSS_PX, 720},
    {"vmax", ZP_CSS_PX, 1280}, {"lh", ZP_CSS_EM, 120},   {"ic", ZP_CSS_EM, 100},
    {"", ZP_CSS_PX, 100},      {"deg", ZP_CSS_PX, 100},
};

/* Hundredths of the number that begins the text; NULL where none does. */
static const char *read_number(const char *p, const char *end, gint64 *out)
{
    gint64 number = 0;
    gint32 places = 0, exponent = 0;
    bool is_negative = p < end && *p == '-', has_point = false, has_digit = false;
    p += p < end && (*p == '-' || *p == '+');
    for (; p < end && (g_ascii_isdigit(*p) || (*p == '.' && !has_point)); p++) {
        has_digit |= *p != '.';
        has_point |= *p == '.';
        if (*p == '.' || number > NUMBER_MAX || places > 4)
            continue;
        number = number * 10 + (*p - '0');
        places += has_point;
    }
    if (!has_digit)
        return NULL;
    const char *power = p + 1;
    bool is_minus = power < end && *power == '-';
    power += power < end && (*power == '-' || *power == '+');
    if (p < end && (*p == 'e' || *p == 'E') && power < end && g_ascii_isdigit(*power)) {
        for (p = power; p < end && g_ascii_isdigit(*p); p++)
            exponent = MIN(exponent * 10 + (*p - '0'), 20);
        exponent = is_minus ? -exponent : exponent;
    }
    for (exponent += 2 - places; exponent > 0 && number < (gint64)NUMBER_MAX * 100; exponent--)
        number *= 10;
    for (; exponent < 0; exponent++)
        number /= 10;
    number = MIN(number, (gint64)NUMBER_MAX * 100);
    *out = is_negative ? -number : number;
    return p;
}

bool zp_css_length(const char *text, gsize length, ZpCssKind *kind, gint32 *number)
{
    const char *end = text + length;
    gint64 hundredths;
    const char *unit = read_number(text, end, &hundredths);
    if (!unit)
        return false;
    for (guint i = 0; i < G_N_ELEMENTS(UNITS); i++) {
        gsize bytes = strlen(UNITS[i].unit);
        if ((gsize)(end - unit) != bytes || g_ascii_strncasecmp(unit, UNITS[i].unit, bytes) != 0)
            continue;
        gint64 whole = hundredths * UNITS[i].number / 100;
        *kind = UNITS[i].kind;
        *number = (gint32)CLAMP(whole, -NUMBER_MAX * 100ll, NUMBER_MAX * 100ll);
        return true;
    }
    return false;
}
