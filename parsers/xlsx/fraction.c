/*
 * fraction.c - numbers shown as fractions.
 *
 *     # ?/?     3.5 → 3 1/2      the best fraction whose denominator has one digit
 *     ?/?       3.5 → 7/2        no place for the whole
 *     0/100    0.25 → 25/100     this denominator and no other
 *
 * The number is digits over a power of ten, so its best fraction is found among the convergents of
 * its continued fraction and the last one between them, in whole numbers.
 */
#include "parsers/xlsx/format_private.h"

/* Digits of a denominator; places behind the point that a gint64 has room for. */
#define DENOMINATOR_DIGITS 9
#define PLACES_MAX         18

typedef struct {
    gint64 top, bottom;
} Fraction;

static gint64 power_of_ten(int exponent)
{
    gint64 power = 1;
    for (; exponent > 0; exponent--)
        power *= 10;
    return power;
}

/* |a - b| as a fraction's top over their common bottom, which both sides of a comparison share. */
static __int128 distance(const Fraction *a, const Fraction *b, gint64 scale)
{
    __int128 difference = (__int128)a->top * b->bottom - (__int128)b->top * a->bottom;
    return (difference < 0 ? -difference : difference) * scale;
}

/* The fraction nearest to @exact whose bottom is at most @max. */
static Fraction nearest(const Fraction *exact, gint64 max)
{
    Fraction before = {0, 1}, last = {1, 0};
    gint64 n = exact->top, d = exact->bottom;
    while (d) {
        gint64 whole = n / d, rest = n % d;
        if (last.bottom && whole > (max - before.bottom) / last.bottom) {
            gint64 part = (max - before.bottom) / last.bottom;
            Fraction between = {before.top + part * last.top, before.bottom + part * last.bottom};
            bool is_nearer =
                distance(&between, exact, last.bottom) < distance(&last, exact, between.bottom);
            return is_nearer ? between : last;
        }
        Fraction next = {before.top + whole * last.top, before.bottom + whole * last.bottom};
        before = last;
        last = next;
        n = d;
        d = rest;
    }
    return last;
}

static Fraction shown_as(const Section *section, const Fraction *exact)
{
    if (section->denominator) {
        __int128 top = (__int128)exact->top * section->denominator;
        __int128 rounded = (2 * top + exact->bottom) / (2 * (__int128)exact->bottom);
        return (Fraction){(gint64)rounded, section->denominator};
    }
    int digits = 0;
    for (guint i = section->parts->len; i > 0; i--) {
        const Part *part = &g_array_index(section->parts, Part, i - 1);
        if (part->kind == PART_SLASH)
            break;
        digits += part->kind == PART_DIGIT;
    }
    return nearest(exact, power_of_ten(CLAMP(digits, 1, DENOMINATOR_DIGITS)) - 1);
}

static void append(GString *out, gint64 number)
{
    g_string_append_printf(out, "%" G_GINT64_FORMAT, number);
}

/* The first placeholder of each of the three groups stands for all of it. */
static void put_parts(const Section *section, gint64 whole, const Fraction *rest, GString *out)
{
    bool has_rest = rest->top || !section->whole_digits;
    bool has_begun = false;
    int digit = 0;
    for (guint i = 0; i < section->parts->len; i++) {
        const Part *part = &g_array_index(section->parts, Part, i);
        if (part->kind == PART_LITERAL)
            g_string_append(out, part->text);
        else if (part->kind == PART_DIGIT && digit++ < section->whole_digits) {
            if (digit == 1 && (whole || part->letter == '0' || !rest->top))
                append(out, whole);
        } else if (part->kind == PART_DIGIT && has_rest && !has_begun) {
            append(out, rest->top);
            has_begun = true;
        } else if (part->kind == PART_SLASH && has_rest) {
            g_string_append_c(out, '/');
            append(out, rest->bottom);
        }
    }
}

bool zp_xlsx_fraction_append(const Section *section, const ZpXlsxNumber *number, GString *out)
{
    Fraction exact;
    gint64 whole = 0;
    /* The number without its sign. */
    int places = MAX(number->count - number->point, 0);
    if (places > PLACES_MAX || number->point > ZP_XLSX_DIGITS)
        return false;
    exact.top = 0;
    for (int weight = MAX(number->point, 0) - 1; weight >= -places; weight--)
        exact.top = exact.top * 10 + (zp_xlsx_number_digit(number, weight) - '0');
    exact.bottom = power_of_ten(places);
    if (section->whole_digits) {
        whole = exact.top / exact.bottom;
        exact.top %= exact.bottom;
    }
    Fraction rest = shown_as(section, &exact);
    if (section->whole_digits && rest.top >= rest.bottom) { /* 0.99 as ?/? is 1 */
        whole++;
        rest.top = 0;
    }
    put_parts(section, whole, &rest, out);
    return true;
}
