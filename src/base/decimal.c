/*
 * decimal.c - exact decimal numbers on a 128-bit coefficient.
 *
 * A decimal is coefficient / 10^scale with |coefficient| < 10^36.  Unsigned 128 bits reach
 * 3.4 * 10^38, so two digits are to spare, and every step below is arranged to need no more:
 *
 *   add       the operand of smaller scale is scaled up; if it then passes 2 * 10^36 no sum
 *             with a number below 10^36 can come back under the limit
 *   divide    quotient of the integers first, then one decimal digit a step from the
 *             remainder (remainder * 10 < 10^37); what is left over decides the rounding, so
 *             the true quotient is rounded once
 *   compare   scaling up past 10^36 already says which one is larger
 *
 * Signs are taken off first and put back last; all rounding is of magnitudes.
 */
#include "base/decimal.h"

#include <string.h>

typedef unsigned __int128 U128;

/* How what was cut off compares with half a unit of the last digit kept. */
typedef enum {
    REST_NONE,
    REST_BELOW_HALF,
    REST_HALF,
    REST_ABOVE_HALF,
} Rest;

#define POWER_TABLE_MAX 18
static const guint64 POWERS[POWER_TABLE_MAX + 1] = {
    1u,
    10u,
    100u,
    1000u,
    10000u,
    100000u,
    1000000u,
    10000000u,
    100000000u,
    1000000000u,
    10000000000u,
    100000000000u,
    1000000000000u,
    10000000000000u,
    100000000000000u,
    1000000000000000u,
    10000000000000000u,
    100000000000000000u,
    1000000000000000000u,
};

/* 10^exponent for 0 .. 36. */
static U128 power_of_ten(int exponent)
{
    if (exponent <= POWER_TABLE_MAX)
        return POWERS[exponent];
    return (U128)POWERS[POWER_TABLE_MAX] * POWERS[exponent - POWER_TABLE_MAX];
}

/* The first magnitude that does not fit. */
static U128 magnitude_end(void)
{
    return power_of_ten(ZP_DECIMAL_DIGITS_MAX);
}

static U128 magnitude_of(ZpDecimal number)
{
    return number.coefficient < 0 ? -(U128)number.coefficient : (U128)number.coefficient;
}

static bool is_place_count(int places)
{
    return places >= 0 && places <= ZP_DECIMAL_SCALE_MAX;
}

/* Store sign and magnitude if the magnitude fits. */
static bool store(bool negative, U128 magnitude, int scale, ZpDecimal *out)
{
    if (magnitude >= magnitude_end())
        return false;
    out->coefficient = negative ? -(__int128)magnitude : (__int128)magnitude;
    out->scale = scale;
    return true;
}

/* *magnitude *= 10^steps unless that passes limit (at most 2 * 10^36); steps is 0 .. 30. */
static bool scale_up(U128 *magnitude, int steps, U128 limit)
{
    if (steps == 0)
        return *magnitude <= limit;
    /* 2^64 * 10^18 is below 2^124, so small numbers need no division to know. */
    bool is_small = *magnitude <= G_MAXUINT64 && steps <= POWER_TABLE_MAX;
    if (!is_small && *magnitude > limit / power_of_ten(steps))
        return false;
    U128 scaled = *magnitude * power_of_ten(steps);
    if (scaled > limit)
        return false;
    *magnitude = scaled;
    return true;
}

static Rest rest_of(U128 remainder, U128 divisor)
{
    if (remainder == 0)
        return REST_NONE;
    U128 other = divisor - remainder;
    if (remainder == other)
        return REST_HALF;
    return remainder < other ? REST_BELOW_HALF : REST_ABOVE_HALF;
}

static bool rounds_up(U128 quotient, Rest rest, ZpRounding mode)
{
    switch (mode) {
    case ZP_ROUND_HALF_UP:
        return rest >= REST_HALF;
    case ZP_ROUND_UP:
        return rest != REST_NONE;
    case ZP_ROUND_HALF_EVEN:
        return rest == REST_ABOVE_HALF || (rest == REST_HALF && quotient % 2 == 1);
    case ZP_ROUND_DOWN:
        break;
    }
    return false;
}

ZpDecimal zp_decimal_from_int(gint64 number)
{
    return (ZpDecimal){.coefficient = number, .scale = 0};
}

/* Append digits to a magnitude; false when there is none, a stranger, or no room. */
static bool read_digits(const char *text, size_t length, U128 *magnitude)
{
    U128 sum = *magnitude;
    for (size_t k = 0; k < length; k++) {
        if (!g_ascii_isdigit(text[k]))
            return false;
        sum = sum * 10 + (U128)(text[k] - '0');
        if (sum >= magnitude_end())
            return false;
    }
    *magnitude = sum;
    return length > 0;
}

bool zp_decimal_parse(const char *text, size_t length, ZpDecimal *out)
{
    bool negative = length > 0 && text[0] == '-';
    if (length > 0 && (text[0] == '-' || text[0] == '+')) {
        text++;
        length--;
    }
    if (length == 0)
        return false;
    const char *point = memchr(text, '.', length);
    size_t whole = point ? (size_t)(point - text) : length;
    size_t places = point ? length - whole - 1 : 0;
    U128 magnitude = 0;
    if (places > ZP_DECIMAL_SCALE_MAX || !read_digits(text, whole, &magnitude))
        return false;
    if (point && !read_digits(point + 1, places, &magnitude))
        return false;
    return store(negative, magnitude, (int)places, out);
}

/* Write the decimal digits of part so that they end at `end`; returns where they begin. */
static char *write_digits(char *end, guint64 part)
{
    for (; part != 0; part /= 10)
        *--end = (char)('0' + part % 10);
    return end;
}

/* The digits of a magnitude, ending at `end`, at least `width` of them. */
static char *write_magnitude(char *end, U128 magnitude, int width)
{
    char *first = end;
    if (magnitude > G_MAXUINT64) {
        U128 unit = POWERS[POWER_TABLE_MAX];
        char *middle = end - POWER_TABLE_MAX;
        first = write_digits(end, (guint64)(magnitude % unit));
        while (first > middle)
            *--first = '0';
        magnitude /= unit;
    }
    first = write_digits(first, (guint64)magnitude);
    while (end - first < width)
        *--first = '0';
    return first;
}

char *zp_decimal_print(ZpDecimal number, char buffer[ZP_DECIMAL_TEXT_MAX])
{
    char digits[ZP_DECIMAL_TEXT_MAX];
    char *end = digits + sizeof digits;
    const char *first = write_magnitude(end, magnitude_of(number), number.scale + 1);
    size_t whole = (size_t)(end - first) - (size_t)number.scale;
    char *to = buffer;
    if (number.coefficient < 0)
        *to++ = '-';
    memcpy(to, first, whole);
    to += whole;
    if (number.scale > 0) {
        *to++ = '.';
        memcpy(to, first + whole, (size_t)number.scale);
        to += number.scale;
    }
    *to = '\0';
    return buffer;
}

bool zp_decimal_add(ZpDecimal a, ZpDecimal b, ZpDecimal *out)
{
    int scale = MAX(a.scale, b.scale);
    U128 ma = magnitude_of(a), mb = magnitude_of(b);
    if (!scale_up(&ma, scale - a.scale, 2 * magnitude_end()) ||
        !scale_up(&mb, scale - b.scale, 2 * magnitude_end()))
        return false;
    __int128 sum = (a.coefficient < 0 ? -(__int128)ma : (__int128)ma) +
                   (b.coefficient < 0 ? -(__int128)mb : (__int128)mb);
    return store(sum < 0, sum < 0 ? -(U128)sum : (U128)sum, scale, out);
}

bool zp_decimal_subtract(ZpDecimal a, ZpDecimal b, ZpDecimal *out)
{
    b.coefficient = -b.coefficient;
    return zp_decimal_add(a, b, out);
}

bool zp_decimal_multiply(ZpDecimal a, ZpDecimal b, ZpDecimal *out)
{
    U128 ma = magnitude_of(a), mb = magnitude_of(b);
    if (!is_place_count(a.scale + b.scale))
        return false;
    bool is_small = ma <= G_MAXUINT64 && mb <= G_MAXUINT64;
    if (!is_small && mb != 0 && ma > (magnitude_end() - 1) / mb)
        return false;
    return store((a.coefficient < 0) != (b.coefficient < 0), ma * mb, a.scale + b.scale, out);
}

/* a * 10^steps / b as an integer and what is left over; false past the limit. */
static bool divide_upwards(U128 a, U128 b, int steps, U128 *quotient, Rest *rest)
{
    U128 scaled = a;
    if (steps <= ZP_DECIMAL_SCALE_MAX && scale_up(&scaled, steps, 2 * magnitude_end())) {
        *quotient = scaled / b;
        *rest = rest_of(scaled - *quotient * b, b);
        return true;
    }
    U128 q = a / b, remainder = a % b;
    for (; steps > 0; steps--) {
        U128 digit = remainder * 10 / b;
        remainder = remainder * 10 - digit * b;
        q = q * 10 + digit;
        if (q >= magnitude_end())
            return false;
    }
    *quotient = q;
    *rest = rest_of(remainder, b);
    return true;
}

/* a / (b * 10^steps) as an integer and what is left over, steps being 0 .. 30. */
static void divide_downwards(U128 a, U128 b, int steps, U128 *quotient, Rest *rest)
{
    /* A divisor past 2 * 10^36 is more than twice any a. */
    if (!scale_up(&b, steps, 2 * magnitude_end())) {
        *quotient = 0;
        *rest = a == 0 ? REST_NONE : REST_BELOW_HALF;
        return;
    }
    *quotient = a / b;
    *rest = rest_of(a % b, b);
}

bool zp_decimal_divide(ZpDecimal a, ZpDecimal b, int places, ZpRounding mode, ZpDecimal *out)
{
    if (b.coefficient == 0 || !is_place_count(places))
        return false;
    int steps = places + b.scale - a.scale;
    U128 quotient;
    Rest rest;
    if (steps < 0)
        divide_downwards(magnitude_of(a), magnitude_of(b), -steps, &quotient, &rest);
    else if (!divide_upwards(magnitude_of(a), magnitude_of(b), steps, &quotient, &rest))
        return false;
    if (rounds_up(quotient, rest, mode))
        quotient++;
    return store((a.coefficient < 0) != (b.coefficient < 0), quotient, places, out);
}

bool zp_decimal_round(ZpDecimal number, int places, ZpRounding mode, ZpDecimal *out)
{
    if (places == number.scale) {
        *out = number;
        return true;
    }
    return zp_decimal_divide(number, zp_decimal_from_int(1), places, mode, out);
}

int zp_decimal_compare(ZpDecimal a, ZpDecimal b)
{
    if (a.scale == b.scale)
        return (a.coefficient > b.coefficient) - (a.coefficient < b.coefficient);
    int sa = zp_decimal_sign(a), sb = zp_decimal_sign(b);
    if (sa != sb)
        return sa < sb ? -1 : 1;
    U128 ma = magnitude_of(a), mb = magnitude_of(b);
    int scale = MAX(a.scale, b.scale);
    if (!scale_up(&ma, scale - a.scale, magnitude_end()))
        return sa;
    if (!scale_up(&mb, scale - b.scale, magnitude_end()))
        return -sa;
    return ma == mb ? 0 : (ma > mb ? sa : -sa);
}

int zp_decimal_sign(ZpDecimal number)
{
    return (number.coefficient > 0) - (number.coefficient < 0);
}
