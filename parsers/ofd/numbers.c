/*
 * numbers.c - digits into places, a repeated step only as often as it is asked for.
 */
#include "parsers/ofd/numbers.h"

#include <math.h>

/* No page has places beyond this. */
#define FAR 1e9
/* Powers of ten that matter for a place. */
#define EXPONENT 30

static bool is_apart(char c)
{
    return g_ascii_isspace(c) || c == ',';
}

static const char *skip_apart(const char *at)
{
    while (is_apart(*at))
        at++;
    return at;
}

/* The digits from @at, with how many there were. */
static const char *take_digits(const char *at, double *value, guint *n)
{
    for (*n = 0; g_ascii_isdigit(*at); at++, ++*n)
        *value = *value < FAR * FAR ? *value * 10 + (*at - '0') : *value;
    return at;
}

/* "e-3" behind a number; anything else is left. */
static const char *take_exponent(const char *at, double *value)
{
    const char *digits = at + 1;
    bool is_down = *at && *digits == '-';
    double power = 0;
    guint n;
    if (*at != 'e' && *at != 'E')
        return at;
    if (*digits == '-' || *digits == '+')
        digits++;
    const char *end = take_digits(digits, &power, &n);
    if (!n)
        return at;
    *value *= pow(10, (is_down ? -1 : 1) * MIN(power, EXPONENT));
    return end;
}

bool ofd_number(const char **from, double *number)
{
    const char *at = skip_apart(*from);
    bool is_less = *at == '-';
    double value = 0, part = 0;
    guint n, n_part = 0;
    if (*at == '-' || *at == '+')
        at++;
    at = take_digits(at, &value, &n);
    if (*at == '.') {
        const char *point = at + 1;
        double scale = 1;
        at = point;
        for (; g_ascii_isdigit(*at); at++, n_part++) {
            scale /= 10;
            part += scale * (*at - '0');
        }
    }
    if (!n && !n_part)
        return false;
    value += part;
    *from = take_exponent(at, &value);
    *number = CLAMP(is_less ? -value : value, -FAR, FAR);
    return true;
}

guint ofd_numbers(const char *text, double *numbers, guint n)
{
    guint k = 0;
    while (text && k < n && ofd_number(&text, &numbers[k]))
        k++;
    return k;
}

OfdSteps ofd_steps(const char *text)
{
    OfdSteps steps = {.at = text ? text : ""};
    const char *at = skip_apart(steps.at);
    steps.has_any = *at != '\0';
    return steps;
}

/* The next entry of the list; false at its end, or where it is no list any more. */
static bool take_entry(OfdSteps *steps)
{
    const char *at = skip_apart(steps->at);
    double count = 1, value;
    if (*at == 'g' || *at == 'G') {
        at++;
        if (!ofd_number(&at, &count))
            return false;
    }
    if (!ofd_number(&at, &value))
        return false;
    steps->at = at;
    steps->left = (guint)CLAMP(count, 0, FAR);
    steps->value = value;
    return true;
}

double ofd_step(OfdSteps *steps)
{
    while (!steps->left) {
        if (take_entry(steps))
            continue;
        steps->at = "";
        return steps->value;
    }
    steps->left--;
    return steps->value;
}
