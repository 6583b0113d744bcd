/*
 * test_decimal_properties.c - the decimal against GMP's rationals.
 *
 * Many thousands of pairs from a fixed seed, of every magnitude up to the limits: each operation
 * must give exactly what the rational gives, and false exactly when that does not fit.  Pairs
 * are not only random: equal values of different scale, neighbours, opposites, and quotients that
 * lie on half a unit are made on purpose, since chance would hardly meet them.
 */
#include "base/decimal.h"
#include "table.h"

#include <criterion/criterion.h>
#include <gmp.h>
#include <string.h>

#define SEED     20220630u
#define CASES    150000
#define AT_LEAST 2000 /* how often each outcome must have been met */

typedef struct {
    ZpDecimal a, b;
    int places;
    ZpRounding mode;
} Case;

typedef struct {
    const char *name;
    bool (*perform)(const Case *this, ZpDecimal *out);
    /* The exact result; false when there is none whatever the size. */
    bool (*exact)(const Case *this, const mpq_t a, const mpq_t b, mpq_t out);
    int (*scale)(const Case *this);
} Operation;

/* a and b as GMP sees them; a decimal's value is coefficient / 10^scale. */

static void load_integer(mpz_t out, __int128 number)
{
    unsigned __int128 magnitude = (unsigned __int128)number;
    if (number < 0)
        magnitude = -magnitude;
    guint64 words[2] = {(guint64)magnitude, (guint64)(magnitude >> 64)};
    mpz_import(out, 2, -1, sizeof words[0], 0, 0, words);
    if (number < 0)
        mpz_neg(out, out);
}

static void load(mpq_t out, ZpDecimal number)
{
    load_integer(mpq_numref(out), number.coefficient);
    mpz_ui_pow_ui(mpq_denref(out), 10, (unsigned long)number.scale);
    mpq_canonicalize(out);
}

/* value * 10^scale as an integer, rounded by the mode's definition. */
static void round_exactly(mpz_t out, const mpq_t value, int scale, ZpRounding mode)
{
    mpz_t power, remainder;
    mpz_inits(power, remainder, NULL);
    mpz_ui_pow_ui(power, 10, (unsigned long)scale);
    mpz_mul(power, power, mpq_numref(value));
    int sign = mpz_sgn(power);
    mpz_abs(power, power);
    mpz_fdiv_qr(out, remainder, power, mpq_denref(value));
    bool is_exact = mpz_sgn(remainder) == 0;
    mpz_mul_ui(remainder, remainder, 2);
    int half = mpz_cmp(remainder, mpq_denref(value));
    bool up = (mode == ZP_ROUND_UP && !is_exact) || (mode == ZP_ROUND_HALF_UP && half >= 0) ||
              (mode == ZP_ROUND_HALF_EVEN && (half > 0 || (half == 0 && mpz_odd_p(out))));
    if (up)
        mpz_add_ui(out, out, 1);
    if (sign < 0)
        mpz_neg(out, out);
    mpz_clears(power, remainder, NULL);
}

/* The operations. */

static bool perform_add(const Case *this, ZpDecimal *out)
{
    return zp_decimal_add(this->a, this->b, out);
}

static bool perform_subtract(const Case *this, ZpDecimal *out)
{
    return zp_decimal_subtract(this->a, this->b, out);
}

static bool perform_multiply(const Case *this, ZpDecimal *out)
{
    return zp_decimal_multiply(this->a, this->b, out);
}

static bool perform_divide(const Case *this, ZpDecimal *out)
{
    return zp_decimal_divide(this->a, this->b, this->places, this->mode, out);
}

static bool perform_round(const Case *this, ZpDecimal *out)
{
    return zp_decimal_round(this->a, this->places, this->mode, out);
}

static bool exact_add(const Case *this, const mpq_t a, const mpq_t b, mpq_t out)
{
    (void)this;
    mpq_add(out, a, b);
    return true;
}

static bool exact_subtract(const Case *this, const mpq_t a, const mpq_t b, mpq_t out)
{
    (void)this;
    mpq_sub(out, a, b);
    return true;
}

static bool exact_multiply(const Case *this, const mpq_t a, const mpq_t b, mpq_t out)
{
    (void)this;
    mpq_mul(out, a, b);
    return true;
}

static bool exact_divide(const Case *this, const mpq_t a, const mpq_t b, mpq_t out)
{
    (void)this;
    if (mpq_sgn(b) == 0)
        return false;
    mpq_div(out, a, b);
    return true;
}

static bool exact_round(const Case *this, const mpq_t a, const mpq_t b, mpq_t out)
{
    (void)this;
    (void)b;
    mpq_set(out, a);
    return true;
}

static int larger_scale(const Case *this)
{
    return MAX(this->a.scale, this->b.scale);
}

static int sum_of_scales(const Case *this)
{
    return this->a.scale + this->b.scale;
}

static int asked_places(const Case *this)
{
    return this->places;
}

static const Operation OPERATIONS[] = {
    {"add", perform_add, exact_add, larger_scale},
    {"subtract", perform_subtract, exact_subtract, larger_scale},
    {"multiply", perform_multiply, exact_multiply, sum_of_scales},
    {"divide", perform_divide, exact_divide, asked_places},
    {"round", perform_round, exact_round, asked_places},
};

/* Making the pairs. */

static __int128 power_of_ten(int exponent)
{
    __int128 power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

static __int128 random_digits(GRand *rand, int count)
{
    __int128 number = 0;
    while (count-- > 0)
        number = number * 10 + g_rand_int_range(rand, 0, 10);
    return number;
}

static __int128 random_coefficient(GRand *rand)
{
    int digits = g_rand_int_range(rand, 0, ZP_DECIMAL_DIGITS_MAX + 1);
    switch (g_rand_int_range(rand, 0, 5)) {
    case 0: /* all nines: the next one is a digit longer */
        return power_of_ten(digits) - 1;
    case 1: /* a power of ten that still fits */
        return power_of_ten(MIN(digits, ZP_DECIMAL_DIGITS_MAX - 1));
    case 2: /* few digits, many zeros */
        return random_digits(rand, digits / 4) * power_of_ten(digits - digits / 4);
    default:
        return random_digits(rand, digits);
    }
}

static ZpDecimal random_decimal(GRand *rand)
{
    ZpDecimal number = {random_coefficient(rand),
                        g_rand_int_range(rand, 0, ZP_DECIMAL_SCALE_MAX + 1)};
    if (g_rand_boolean(rand))
        number.coefficient = -number.coefficient;
    return number;
}

/* b a neighbour of a, its opposite, or the same value at another scale. */
static void make_related(GRand *rand, Case *this)
{
    __int128 limit = power_of_ten(ZP_DECIMAL_DIGITS_MAX);
    this->b = this->a;
    int shift = g_rand_int_range(rand, 0, 31 - this->a.scale);
    __int128 size = this->a.coefficient < 0 ? -this->a.coefficient : this->a.coefficient;
    if (size < limit / power_of_ten(shift)) {
        this->b.coefficient *= power_of_ten(shift);
        this->b.scale += shift;
    }
    __int128 moved = this->b.coefficient + g_rand_int_range(rand, -1, 2);
    if (moved < limit && moved > -limit)
        this->b.coefficient = moved;
    if (g_rand_boolean(rand))
        this->b.coefficient = -this->b.coefficient;
}

/* At b's scale a lies between the limit and twice the limit, b just below it on the other side. */
static void make_borderline(GRand *rand, Case *this)
{
    __int128 limit = power_of_ten(ZP_DECIMAL_DIGITS_MAX);
    int shift = g_rand_int_range(rand, 1, ZP_DECIMAL_SCALE_MAX + 1);
    __int128 start = power_of_ten(ZP_DECIMAL_DIGITS_MAX - shift);
    this->a = (ZpDecimal){start + random_digits(rand, ZP_DECIMAL_DIGITS_MAX - shift), 0};
    this->b = (ZpDecimal){-(limit - 1 - random_digits(rand, g_rand_int_range(rand, 0, 36))), shift};
    if (g_rand_boolean(rand)) {
        this->a.coefficient = -this->a.coefficient;
        this->b.coefficient = -this->b.coefficient;
    }
}

/* a / b, and a alone, exactly half a unit of the digit asked for. */
static void make_tie(GRand *rand, Case *this)
{
    __int128 odd = 2 * random_digits(rand, g_rand_int_range(rand, 0, 17)) + 1;
    __int128 half = 1 + random_digits(rand, g_rand_int_range(rand, 0, 17));
    this->places = g_rand_int_range(rand, 0, ZP_DECIMAL_SCALE_MAX);
    if (g_rand_boolean(rand)) {
        this->a = (ZpDecimal){odd * 5, this->places + 1};
        return;
    }
    int extra = g_rand_int_range(rand, 0, ZP_DECIMAL_SCALE_MAX + 1 - this->places);
    this->a = (ZpDecimal){odd * half, this->places + extra};
    this->b = (ZpDecimal){2 * half, extra};
    if (g_rand_boolean(rand))
        this->a.coefficient = -this->a.coefficient;
}

static Case random_case(GRand *rand)
{
    Case this = {random_decimal(rand), random_decimal(rand), 0, 0};
    this.places = g_rand_int_range(rand, -1, ZP_DECIMAL_SCALE_MAX + 2);
    this.mode = (ZpRounding)g_rand_int_range(rand, 0, 4);
    switch (g_rand_int_range(rand, 0, 6)) {
    case 0:
        make_related(rand, &this);
        break;
    case 1:
        make_tie(rand, &this);
        break;
    case 2:
        make_borderline(rand, &this);
        break;
    }
    return this;
}

/* Judging. */

static void fail(const char *what, const Case *this, const char *why)
{
    char a[ZP_DECIMAL_TEXT_MAX], b[ZP_DECIMAL_TEXT_MAX];
    cr_assert_fail("%s(%s, %s) to %d places, mode %d: %s", what, zp_decimal_print(this->a, a),
                   zp_decimal_print(this->b, b), this->places, (int)this->mode, why);
}

/* Does the exact result fit, and which integer is its coefficient then? */
static bool expect(const Operation *operation, const Case *this, mpz_t coefficient)
{
    mpq_t a, b, result;
    mpq_inits(a, b, result, NULL);
    load(a, this->a);
    load(b, this->b);
    int scale = operation->scale(this);
    bool fits = scale >= 0 && scale <= ZP_DECIMAL_SCALE_MAX && operation->exact(this, a, b, result);
    if (fits) {
        round_exactly(coefficient, result, scale, this->mode);
        fits = mpz_sizeinbase(coefficient, 10) <= ZP_DECIMAL_DIGITS_MAX + 1;
        mpz_t limit;
        mpz_init(limit);
        mpz_ui_pow_ui(limit, 10, ZP_DECIMAL_DIGITS_MAX);
        fits = fits && mpz_cmpabs(coefficient, limit) < 0;
        mpz_clear(limit);
    }
    mpq_clears(a, b, result, NULL);
    return fits;
}

/* Run one case; returns whether the result fits. */
static bool judge(const Operation *operation, const Case *this)
{
    mpz_t want, got;
    mpz_inits(want, got, NULL);
    ZpDecimal out = {-77, -7};
    bool fits = expect(operation, this, want);
    if (operation->perform(this, &out) != fits)
        fail(operation->name, this, fits ? "fits, but false" : "does not fit, but true");
    load_integer(got, out.coefficient);
    if (fits && (mpz_cmp(got, want) != 0 || out.scale != operation->scale(this)))
        fail(operation->name, this, "wrong value or scale");
    if (!fits && (out.coefficient != -77 || out.scale != -7))
        fail(operation->name, this, "output touched on failure");
    mpz_clears(want, got, NULL);
    return fits;
}

TableRows(decimal_properties, operation)
{
    static size_t rows[G_N_ELEMENTS(OPERATIONS)];
    for (size_t k = 0; k < G_N_ELEMENTS(OPERATIONS); k++)
        rows[k] = k;
    return cr_make_param_array(size_t, rows, G_N_ELEMENTS(OPERATIONS));
}

TableTest(size_t *row, decimal_properties, operation)
{
    const Operation *operation = &OPERATIONS[*row];
    g_autoptr(GRand) rand = g_rand_new_with_seed(SEED + (guint32)*row);
    int outcomes[2] = {0, 0};
    for (int k = 0; k < CASES; k++) {
        Case this = random_case(rand);
        outcomes[judge(operation, &this)]++;
    }
    cr_assert_gt(outcomes[true], AT_LEAST, "%s: too few results that fit", operation->name);
    cr_assert_gt(outcomes[false], AT_LEAST, "%s: too few overflows", operation->name);
}

Test(decimal_properties, compare)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(SEED);
    int outcomes[3] = {0, 0, 0};
    mpq_t a, b;
    mpq_inits(a, b, NULL);
    for (int k = 0; k < CASES; k++) {
        Case this = random_case(rand);
        load(a, this.a);
        load(b, this.b);
        int order = mpq_cmp(a, b);
        int want = (order > 0) - (order < 0);
        int got = zp_decimal_compare(this.a, this.b);
        if (want != (got > 0) - (got < 0))
            fail("compare", &this, "wrong order");
        if (zp_decimal_sign(this.a) != mpq_sgn(a))
            fail("sign", &this, "wrong sign");
        outcomes[want + 1]++;
    }
    mpq_clears(a, b, NULL);
    for (int k = 0; k < 3; k++)
        cr_assert_gt(outcomes[k], AT_LEAST, "too few pairs of order %d", k - 1);
}

/* GMP's digits with the point put in. */
static void print_exactly(ZpDecimal number, GString *out)
{
    mpz_t digits;
    mpz_init(digits);
    load_integer(digits, number.coefficient);
    mpz_abs(digits, digits);
    char *text = mpz_get_str(NULL, 10, digits);
    g_string_assign(out, text);
    while (out->len <= (gsize)number.scale)
        g_string_prepend_c(out, '0');
    if (number.scale > 0)
        g_string_insert_c(out, (gssize)out->len - number.scale, '.');
    if (number.coefficient < 0)
        g_string_prepend_c(out, '-');
    free(text);
    mpz_clear(digits);
}

Test(decimal_properties, print_and_parse)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(SEED);
    g_autoptr(GString) want = g_string_new(NULL);
    for (int k = 0; k < CASES; k++) {
        ZpDecimal number = random_decimal(rand), again = {-77, -7};
        char text[ZP_DECIMAL_TEXT_MAX];
        print_exactly(number, want);
        if (!g_str_equal(zp_decimal_print(number, text), want->str))
            cr_assert_fail("printed %s, not %s", text, want->str);
        if (!zp_decimal_parse(text, strlen(text), &again) ||
            again.coefficient != number.coefficient || again.scale != number.scale)
            cr_assert_fail("%s does not read back", text);
    }
}
