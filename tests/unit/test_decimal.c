/*
 * test_decimal.c - the decimal by example: what is read, printed, rounded, and refused.
 */
#include "base/decimal.h"
#include "table.h"

#include <criterion/criterion.h>
#include <string.h>

#define NINES_36 "999999999999999999999999999999999999"
#define ZEROS_30 "000000000000000000000000000000"

/* Each row of a table is one case. */
#define ROWS_OF(table, name)                                                                       \
    TableRows(decimal, name)                                                                       \
    {                                                                                              \
        static size_t rows[G_N_ELEMENTS(table)];                                                   \
        for (size_t k = 0; k < G_N_ELEMENTS(table); k++)                                           \
            rows[k] = k;                                                                           \
        return cr_make_param_array(size_t, rows, G_N_ELEMENTS(table));                             \
    }                                                                                              \
    TableTest(size_t *row, decimal, name)

static ZpDecimal decimal(const char *text)
{
    ZpDecimal number = {0, 0};
    cr_assert(zp_decimal_parse(text, strlen(text), &number), "test data: %s", text);
    return number;
}

/* What an operation gave, as the tables write it: NULL for false. */
static void check(bool ok, ZpDecimal got, const char *want, const char *what)
{
    char text[ZP_DECIMAL_TEXT_MAX];
    cr_assert_eq(ok, want != NULL, "%s: %s", what, ok ? "should be refused" : "refused");
    if (want)
        cr_assert_str_eq(zp_decimal_print(got, text), want, "%s: %s, not %s", what, text, want);
}

static const struct {
    const char *text, *printed; /* NULL: no number */
} PARSES[] = {
    {"0", "0"},
    {"100.00", "100.00"},
    {"558822.6", "558822.6"},
    {"+7", "7"},
    {"-0.5", "-0.5"},
    {"-0", "0"},
    {"-0.00", "0.00"},
    {"007.50", "7.50"},
    {"18446744073709551616", "18446744073709551616"}, /* 2^64 */
    {"1000000000000000000.5", "1000000000000000000.5"},
    {NINES_36, NINES_36},
    {"-" NINES_36, "-" NINES_36},
    {"1" NINES_36, NULL},
    {"340282366920938463463374607431768211457", NULL},                 /* 2^128 + 1 */
    {"3402823669209384634633746074317682114560000000000000001", NULL}, /* wraps more than once */
    {"0000" NINES_36, NINES_36},                     /* leading zeros are not significant */
    {"1000000000000000000000000000000000000", NULL}, /* 10^36 */
    {"0." ZEROS_30, "0." ZEROS_30},
    {"0." ZEROS_30 "0", NULL},
    {"123456." ZEROS_30, "123456." ZEROS_30},
    {"1234567." ZEROS_30, NULL},
    {"", NULL},
    {"+", NULL},
    {"-", NULL},
    {".", NULL},
    {"1.", NULL},
    {".5", NULL},
    {"+-1", NULL},
    {"--1", NULL},
    {"1-", NULL},
    {"1.2.3", NULL},
    {"1,000", NULL},
    {"7,00.0,77", NULL},
    {" 1", NULL},
    {"1 ", NULL},
    {"1e5", NULL},
    {"0x10", NULL},
    {"５", NULL},
    {"—", NULL},
    {"inf", NULL},
    {"nan", NULL},
};

ROWS_OF(PARSES, parse)
{
    const char *text = PARSES[*row].text;
    ZpDecimal number = {-77, -7};
    bool ok = zp_decimal_parse(text, strlen(text), &number);
    check(ok, number, PARSES[*row].printed, text);
    if (!ok)
        cr_assert(number.coefficient == -77 && number.scale == -7, "output touched");
}

Test(decimal, parse_stops_at_the_length_given)
{
    ZpDecimal number;
    cr_assert(zp_decimal_parse("12.75元", 4, &number));
    check(true, number, "12.7", "first four bytes");
    cr_assert_not(zp_decimal_parse("1\0002", 3, &number));
}

typedef struct {
    const char *a, *b;
    int places;
    ZpRounding mode;
    const char *want; /* NULL: refused */
} Quotient;

static const Quotient QUOTIENTS[] = {
    {"55882260", "560000", 2, ZP_ROUND_HALF_UP, "99.79"},
    {"1", "3", 4, ZP_ROUND_HALF_UP, "0.3333"},
    {"2", "3", 4, ZP_ROUND_HALF_UP, "0.6667"},
    {"2", "3", 4, ZP_ROUND_DOWN, "0.6666"},
    {"1", "3", 4, ZP_ROUND_UP, "0.3334"},
    {"1", "8", 2, ZP_ROUND_HALF_UP, "0.13"},
    {"1", "8", 2, ZP_ROUND_HALF_EVEN, "0.12"},
    {"3", "8", 2, ZP_ROUND_HALF_EVEN, "0.38"},
    {"-1", "8", 2, ZP_ROUND_HALF_UP, "-0.13"},
    {"-1", "8", 2, ZP_ROUND_HALF_EVEN, "-0.12"},
    {"-1", "3", 2, ZP_ROUND_UP, "-0.34"},
    {"-1", "3", 2, ZP_ROUND_DOWN, "-0.33"},
    {"1", "-3", 2, ZP_ROUND_DOWN, "-0.33"},
    {"-1", "-3", 2, ZP_ROUND_DOWN, "0.33"},
    {"-1", "1000", 2, ZP_ROUND_DOWN, "0.00"}, /* no minus before zero */
    {"0.00", "5", 2, ZP_ROUND_UP, "0.00"},
    {"1.00", "0.5", 0, ZP_ROUND_HALF_UP, "2"},
    {"5", "0", 2, ZP_ROUND_HALF_UP, NULL},
    {"0", "0.00", 2, ZP_ROUND_HALF_UP, NULL},
    {"1", "3", -1, ZP_ROUND_HALF_UP, NULL},
    {"1", "3", 31, ZP_ROUND_HALF_UP, NULL},
    {"1", "3", 30, ZP_ROUND_HALF_UP, "0.333333333333333333333333333333"},
    /* Rounding digit after digit would carry all the way to 0.5. */
    {"0.4499999999999999999999999999", "1", 1, ZP_ROUND_HALF_UP, "0.4"},
    {NINES_36, "1", 0, ZP_ROUND_UP, NINES_36},
    {NINES_36, "1", 1, ZP_ROUND_DOWN, NULL},
    {NINES_36, "0.1", 0, ZP_ROUND_DOWN, NULL},
    {NINES_36, "10", 0, ZP_ROUND_DOWN, "99999999999999999999999999999999999"},
    {"1", NINES_36, 30, ZP_ROUND_UP, "0.000000000000000000000000000001"},
    {"0.000000000000000000000000000001", NINES_36, 0, ZP_ROUND_UP, "1"},
    {"0.000000000000000000000000000001", NINES_36, 0, ZP_ROUND_HALF_UP, "0"},
};

ROWS_OF(QUOTIENTS, divide)
{
    const Quotient *q = &QUOTIENTS[*row];
    ZpDecimal out = {0, 0};
    g_autofree char *what = g_strdup_printf("%s / %s to %d", q->a, q->b, q->places);
    check(zp_decimal_divide(decimal(q->a), decimal(q->b), q->places, q->mode, &out), out, q->want,
          what);
}

static const struct {
    const char *number;
    int places;
    const char *half_up, *up, *down, *half_even;
} ROUNDS[] = {
    {"88.8108", 2, "88.81", "88.82", "88.81", "88.81"}, /* rates of the seed forms */
    {"99.9113", 2, "99.91", "99.92", "99.91", "99.91"},
    {"9.995", 2, "10.00", "10.00", "9.99", "10.00"},
    {"9.985", 2, "9.99", "9.99", "9.98", "9.98"},
    {"-9.985", 2, "-9.99", "-9.99", "-9.98", "-9.98"},
    {"0.5", 0, "1", "1", "0", "0"},
    {"1.5", 0, "2", "2", "1", "2"},
    {"-0.4", 0, "0", "-1", "0", "0"},
    {"2.5000", 0, "3", "3", "2", "2"},
    {"2.5001", 0, "3", "3", "2", "3"},
    {"7", 2, "7.00", "7.00", "7.00", "7.00"}, /* padded */
    {"7.10", 2, "7.10", "7.10", "7.10", "7.10"},
    {NINES_36, 1, NULL, NULL, NULL, NULL},
    {"99999999999999999999999999999999999.9", 0, "100000000000000000000000000000000000",
     "100000000000000000000000000000000000", "99999999999999999999999999999999999",
     "100000000000000000000000000000000000"},
    {"1.5", -1, NULL, NULL, NULL, NULL},
    {"1.5", 31, NULL, NULL, NULL, NULL},
};

ROWS_OF(ROUNDS, round)
{
    const char *wants[] = {
        [ZP_ROUND_HALF_UP] = ROUNDS[*row].half_up,
        [ZP_ROUND_UP] = ROUNDS[*row].up,
        [ZP_ROUND_DOWN] = ROUNDS[*row].down,
        [ZP_ROUND_HALF_EVEN] = ROUNDS[*row].half_even,
    };
    for (int mode = 0; mode < (int)G_N_ELEMENTS(wants); mode++) {
        ZpDecimal out = {0, 0};
        bool ok = zp_decimal_round(decimal(ROUNDS[*row].number), ROUNDS[*row].places,
                                   (ZpRounding)mode, &out);
        check(ok, out, wants[mode], ROUNDS[*row].number);
    }
}

static const struct {
    const char *a, *b, *sum, *difference, *product; /* NULL: refused */
} SUMS[] = {
    {"0.1", "0.2", "0.3", "-0.1", "0.02"},
    {"700000.00", "558822.6", "1258822.60", "141177.40", "391175820000.000"},
    {"1", "1.00", "2.00", "0.00", "1.00"},
    {NINES_36, "1", NULL, "999999999999999999999999999999999998", NINES_36},
    {NINES_36, "-1", "999999999999999999999999999999999998", NULL, "-" NINES_36},
    {NINES_36, "0.1", NULL, NULL, "99999999999999999999999999999999999.9"},
    {"1000000", "-0." ZEROS_30, NULL, NULL, "0." ZEROS_30},
    {"1000000", "-0.000000000000000000000000000001", "999999.999999999999999999999999999999", NULL,
     "-0.000000000000000000000001000000"},
    /* Scaled up, the first one passes the limit; their sum does not. */
    {"1000001", "-999999.999999999999999999999999999999", "1.000000000000000000000000000001", NULL,
     NULL},
    {"1000000000000000000", "1000000000000000000", "2000000000000000000", "0", NULL},
    {"1000000000000000000", "999999999999999999", "1999999999999999999", "1",
     "999999999999999999000000000000000000"},
    {"0.0000000000000001", "0.000000000000001", "0.0000000000000011", "-0.0000000000000009", NULL},
    {"0.000000000000001", "0.000000000000001", "0.000000000000002", "0.000000000000000",
     "0.000000000000000000000000000001"},
};

ROWS_OF(SUMS, add_subtract_multiply)
{
    ZpDecimal a = decimal(SUMS[*row].a), b = decimal(SUMS[*row].b), out = {0, 0};
    check(zp_decimal_add(a, b, &out), out, SUMS[*row].sum, "sum");
    check(zp_decimal_subtract(a, b, &out), out, SUMS[*row].difference, "difference");
    check(zp_decimal_multiply(a, b, &out), out, SUMS[*row].product, "product");
}

static const struct {
    const char *a, *b;
    int order, sign;
} ORDERS[] = {
    {"1.0", "1.00", 0, 1},
    {"0", "-0.00", 0, 0},
    {"99.79", "99.8", -1, 1},
    {"-1", "1.5", -1, -1},
    {"-1.5", "-1", -1, -1},
    {"0.0", "-3", 1, 0},
    {NINES_36, "0." ZEROS_30, 1, 1},
    {"-" NINES_36, "-0.000000000000000000000000000001", -1, -1},
    {NINES_36, "999999.999999999999999999999999999999", 1, 1},
};

ROWS_OF(ORDERS, compare)
{
    ZpDecimal a = decimal(ORDERS[*row].a), b = decimal(ORDERS[*row].b);
    cr_assert_eq(zp_decimal_compare(a, b), ORDERS[*row].order);
    cr_assert_eq(zp_decimal_compare(b, a), -ORDERS[*row].order);
    cr_assert_eq(zp_decimal_sign(a), ORDERS[*row].sign);
}

Test(decimal, from_int)
{
    check(true, zp_decimal_from_int(G_MININT64), "-9223372036854775808", "G_MININT64");
    check(true, zp_decimal_from_int(G_MAXINT64), "9223372036854775807", "G_MAXINT64");
    check(true, zp_decimal_from_int(0), "0", "0");
}
