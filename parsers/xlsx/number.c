/*
 * number.c - decimals by their digits.
 */
#include "parsers/xlsx/number.h"

#include <string.h>

/* Exponents between which General writes no exponent. */
#define PLAIN_MAX 20
#define PLAIN_MIN (-9)

static void trim(ZpXlsxNumber *number)
{
    while (number->count > 0 && number->digits[number->count - 1] == '0')
        number->count--;
    if (number->count == 0) {
        number->point = 0;
        number->is_negative = false;
    }
}

/* Keep the first @count digits; @up: what follows is a half or more. */
static void cut(ZpXlsxNumber *number, int count, bool up)
{
    number->count = count;
    int k = count - 1;
    for (; up && k >= 0; k--) {
        if (number->digits[k] != '9') {
            number->digits[k]++;
            up = false;
            break;
        }
        number->digits[k] = '0';
    }
    if (up) { /* 999 became 1000 */
        number->digits[0] = '1';
        number->count = 1;
        number->point++;
    }
    trim(number);
}

void zp_xlsx_number_round(ZpXlsxNumber *number, int places)
{
    int keep = number->point + places;
    if (keep >= number->count)
        return;
    if (keep < 0) {
        number->count = 0;
        trim(number);
        return;
    }
    cut(number, keep, number->digits[keep] >= '5');
}

/* One more significant digit; `seen` counts those before it. */
static void add_digit(ZpXlsxNumber *number, char digit, int seen, bool *up)
{
    if (seen < ZP_XLSX_DIGITS)
        number->digits[number->count++] = digit;
    else if (seen == ZP_XLSX_DIGITS)
        *up = digit >= '5';
}

/* The digits and the point; returns the end of what was read. */
static const char *parse_digits(const char *p, const char *end, ZpXlsxNumber *out, bool *up,
                                bool *any)
{
    int seen = 0;
    bool point = false;
    for (; p < end; p++) {
        if (*p == '.' && !point) {
            point = true;
            continue;
        }
        if (!g_ascii_isdigit(*p))
            break;
        *any = true;
        if (seen == 0 && *p == '0') {
            out->point -= point;
            continue;
        }
        out->point += !point;
        add_digit(out, *p, seen, up);
        seen = MIN(seen + 1, ZP_XLSX_DIGITS + 1);
    }
    return p;
}

static bool parse_exponent(const char *p, const char *end, ZpXlsxNumber *out)
{
    if (p == end)
        return true;
    if (*p != 'E' && *p != 'e')
        return false;
    bool is_negative = ++p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+'))
        p++;
    int exponent = 0;
    if (p == end)
        return false;
    for (; p < end; p++) {
        if (!g_ascii_isdigit(*p))
            return false;
        exponent = MIN(exponent * 10 + (*p - '0'), 2 * ZP_XLSX_POINT_MAX);
    }
    out->point += is_negative ? -exponent : exponent;
    return true;
}

bool zp_xlsx_number_parse(const char *text, gsize length, ZpXlsxNumber *out)
{
    const char *p = text, *end = text + length;
    bool any = false, up = false;
    *out = (ZpXlsxNumber){0};
    if (length > 2 * ZP_XLSX_POINT_MAX)
        return false;
    while (p < end && g_ascii_isspace(*p))
        p++;
    while (end > p && g_ascii_isspace(end[-1]))
        end--;
    if (p < end && (*p == '-' || *p == '+'))
        out->is_negative = *p++ == '-';
    p = parse_digits(p, end, out, &up, &any);
    if (!any || !parse_exponent(p, end, out))
        return false;
    if (up)
        cut(out, out->count, true);
    trim(out);
    return ABS(out->point) <= ZP_XLSX_POINT_MAX;
}

/* Of what is left without the signs; zero has no digits. */
static int compare_sizes(const ZpXlsxNumber *a, const ZpXlsxNumber *b)
{
    if (!a->count || !b->count)
        return (a->count > 0) - (b->count > 0);
    if (a->point != b->point)
        return a->point < b->point ? -1 : 1;
    int order = memcmp(a->digits, b->digits, (gsize)MIN(a->count, b->count));
    return order ? order : a->count - b->count;
}

int zp_xlsx_number_compare(const ZpXlsxNumber *a, const ZpXlsxNumber *b)
{
    if (a->is_negative != b->is_negative)
        return a->is_negative ? -1 : 1;
    return a->is_negative ? compare_sizes(b, a) : compare_sizes(a, b);
}

char zp_xlsx_number_digit(const ZpXlsxNumber *number, int weight)
{
    int k = number->point - 1 - weight;
    return k >= 0 && k < number->count ? number->digits[k] : '0';
}

static void append_plain(const ZpXlsxNumber *number, GString *out)
{
    for (int weight = MAX(number->point - 1, 0); weight >= 0; weight--)
        g_string_append_c(out, zp_xlsx_number_digit(number, weight));
    if (number->count <= number->point)
        return;
    g_string_append_c(out, '.');
    for (int weight = -1; weight >= number->point - number->count; weight--)
        g_string_append_c(out, zp_xlsx_number_digit(number, weight));
}

void zp_xlsx_number_general(const ZpXlsxNumber *number, GString *out)
{
    int exponent = number->point - 1;
    if (number->is_negative)
        g_string_append_c(out, '-');
    if (number->count == 0 || (exponent <= PLAIN_MAX && exponent >= PLAIN_MIN)) {
        append_plain(number, out);
        return;
    }
    ZpXlsxNumber mantissa = *number;
    mantissa.point = 1;
    append_plain(&mantissa, out);
    g_string_append_printf(out, "E%c%02d", exponent < 0 ? '-' : '+', ABS(exponent));
}
