/*
 * figure.c - [≥≤><=- or >= <=] digits in groups of three or without, [. decimals] [%]
 */
#include "parsers/image/figure.h"

#include <string.h>

/* Decimals, digits before them, at most. */
#define DECIMALS 6
#define DIGITS   15

static const char *after_sign(const char *text)
{
    static const char *const SIGNS[] = {"≥", "≤", ">", "<", "=", "-"};
    for (gsize k = 0; k < G_N_ELEMENTS(SIGNS); k++) {
        if (!g_str_has_prefix(text, SIGNS[k]))
            continue;
        text += strlen(SIGNS[k]);
        return k < 4 && *text == '=' ? text + 1 : text; /* >= is typed for ≥ */
    }
    return text;
}

static guint count_digits(const char *text)
{
    return (guint)strspn(text, "0123456789");
}

/* 2022.12.31 */
static bool is_date(const char *p)
{
    guint parts = 0;
    while (count_digits(p) && count_digits(p) <= 4 && parts < 3) {
        p += count_digits(p);
        parts++;
        if (*p == '.' && parts < 3)
            p++;
    }
    return parts == 3 && *p == '\0';
}

/* One figure, without what may stand before or behind a dash. */
static bool is_one(const char *text)
{
    const char *p = after_sign(text);
    if (!*p || strcmp(p, "%") == 0) /* a cell may be wrapped before its sign */
        return *text != '\0';
    guint n = count_digits(p);
    if (n == 0 || n > DIGITS || (*p == '0' && n > 1))
        return false;
    bool is_zero = *p == '0';
    const char *groups = p + n;
    if (*groups == ',' && (n > 3 || is_zero))
        return false;
    while (*groups == ',') {
        if (count_digits(groups + 1) != 3)
            return false;
        groups += 4;
    }
    if (*groups == '.') {
        n = count_digits(groups + 1);
        if (n == 0 || n > DECIMALS)
            return false;
        groups += 1 + n;
    }
    if (*groups == '%')
        groups++;
    return *groups == '\0';
}

bool figure_is_sound(const char *text)
{
    const char *dash = *text ? strchr(text + 1, '-') : NULL;
    if (is_date(text))
        return true;
    if (!dash || !dash[1])
        return !dash && is_one(text);
    /* A range, or a day. */
    g_autofree char *from = g_strndup(text, (gsize)(dash - text));
    return count_digits(after_sign(from)) && is_one(from) && figure_is_sound(dash + 1);
}
