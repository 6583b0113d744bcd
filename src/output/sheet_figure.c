/*
 * sheet_figure.c - a printed figure into digits and a number format that prints it again.
 *
 *     text        number     format            (ECMA-376, 18.8.31)
 *     1,263.00    1263.00    #,##0.00
 *     88.82%      0.8882     0.00%
 *     (1)         -1         0;(0)
 *     10分        10         0"分"
 *
 * Widths are folded first (１００％).  Anything else that was read as one number is shown plainly at its own
 * precision; a comparator, a range or prose stays text.
 */
#include "output/sheet_figure.h"

#include <string.h>

/* Every decimal of so many significant digits comes back from a binary number of 53 bits. */
#define SURE_DIGITS 15

/* What may stand behind a figure and goes into its format: a closed list, for a format is code. */
static const struct {
    const char *printed, *format;
    int shift; /* places that the number is smaller than what is printed */
} UNITS[] = {
    {"%", "%", 2},           {"分", "\"分\"", 0}, {"万元", "\"万元\"", 0},
    {"亿元", "\"亿元\"", 0}, {"元", "\"元\"", 0},
};

/* A figure taken apart. */
typedef struct {
    ZpDecimal number;
    bool has_brackets, has_groups;
    const char *unit; /* of a number format */
    int shift;
} Printed;

static char *folded(const char *text)
{
    char *narrow = g_utf8_normalize(text, -1, G_NORMALIZE_NFKC);
    return narrow ? g_strstrip(narrow) : NULL;
}

/* Take a unit, and brackets, off the ends. */
static void take_ends(char *text, Printed *printed)
{
    gsize length = strlen(text);
    printed->has_brackets = length > 2 && text[0] == '(' && text[length - 1] == ')';
    if (printed->has_brackets) {
        text[length - 1] = '\0';
        text[0] = '-';
    }
    for (gsize k = 0; k < G_N_ELEMENTS(UNITS); k++) {
        if (!g_str_has_suffix(text, UNITS[k].printed))
            continue;
        text[strlen(text) - strlen(UNITS[k].printed)] = '\0';
        printed->unit = UNITS[k].format;
        printed->shift = UNITS[k].shift;
        return;
    }
}

/* "1,234,567.8": take the commas out; false where they do not part thousands, or a zero leads. */
static bool take_groups(char *text, bool *has_groups)
{
    const char *point = strchr(text, '.');
    const char *end = point ? point : text + strlen(text);
    char *to = text;
    *has_groups = strchr(text, ',') != NULL;
    for (const char *from = text; *from; from++) {
        if (*from != ',') {
            *to++ = *from;
            continue;
        }
        if (from >= end || (end - from) % 4 != 0 || from == text || !g_ascii_isdigit(from[-1]))
            return false;
    }
    *to = '\0';
    const char *digits = text + (*text == '-');
    gsize whole = strcspn(digits, ".");
    return (!*has_groups || whole > 3) && (whole < 2 || *digits != '0');
}

/* The text is the figure and nothing else. */
static bool take_apart(const char *text, Printed *printed)
{
    g_autofree char *rest = folded(text);
    *printed = (Printed){.unit = ""};
    if (!rest)
        return false;
    take_ends(rest, printed);
    return *rest != '+' && take_groups(rest, &printed->has_groups) &&
           zp_decimal_parse(rest, strlen(rest), &printed->number);
}

static bool is_one_number(const ZpValue *value)
{
    return value->has_value && !value->has_upper && !value->approx && !value->date.year &&
           (value->op == ZP_OP_NONE || value->op == ZP_OP_EQ);
}

/* Significant digits: without zeros at either end. */
static int count_digits(ZpDecimal number)
{
    unsigned __int128 rest = number.coefficient < 0 ? -(unsigned __int128)number.coefficient
                                                    : (unsigned __int128)number.coefficient;
    int digits = 0;
    while (rest > 0 && rest % 10 == 0)
        rest /= 10;
    for (; rest > 0; rest /= 10)
        digits++;
    return digits;
}

static void append_body(GString *out, const Printed *printed)
{
    g_string_append(out, printed->has_groups ? "#,##0" : "0");
    for (int k = 0; k < printed->number.scale; k++)
        g_string_append(out, k == 0 ? ".0" : "0");
    g_string_append(out, printed->unit);
}

ZpSheetKind zp_sheet_figure(const char *text, const ZpValue *value, ZpSheetFigure *out)
{
    Printed printed;
    if (value && !is_one_number(value))
        return ZP_SHEET_TEXT;
    bool is_printed = take_apart(text, &printed);
    if (!value && !is_printed)
        return ZP_SHEET_TEXT;
    bool is_same = value && is_printed && zp_decimal_compare(printed.number, value->value) == 0;
    if (value && !is_same && value->unit)
        return ZP_SHEET_TEXT; /* 3万 is no 3 */
    if (value && !is_same)
        printed = (Printed){.number = value->value, .unit = ""};
    ZpDecimal number = printed.number;
    if (count_digits(number) > SURE_DIGITS || number.scale + printed.shift > ZP_DECIMAL_SCALE_MAX)
        return ZP_SHEET_TOO_LONG;
    number.scale += printed.shift;
    zp_decimal_print(number, out->number);
    g_autoptr(GString) format = g_string_new(NULL);
    append_body(format, &printed);
    if (printed.has_brackets) {
        g_string_append(format, ";(");
        append_body(format, &printed);
        g_string_append_c(format, ')');
    }
    g_strlcpy(out->format, format->str, sizeof out->format);
    return ZP_SHEET_NUMBER;
}
