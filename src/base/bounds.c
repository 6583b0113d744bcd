/*
 * bounds.c - the table of the limits that a user may set, and their figures as text.
 */
#include "base/bounds.h"

#include "base/limits.h"

#include <string.h>

const ZpBoundRow ZP_BOUNDS[ZP_BOUND_COUNT] = {
#define ZP_BOUND(bound, option, value, size, key, otherwise, most, zh, en)                         \
    {option, key, #otherwise, size, otherwise, most},
#include "base/bounds.def"
#undef ZP_BOUND
};

/* What may stand behind a size, the greatest last. */
static const struct {
    char letter;
    int shift;
} UNITS[] = {{'K', 10}, {'M', 20}, {'G', 30}};

guint64 zp_limits_get(const ZpLimits *limits, ZpBound bound)
{
    return limits && limits->most[bound] ? limits->most[bound] : ZP_BOUNDS[bound].otherwise;
}

guint zp_limits_depth(const ZpLimits *limits, guint own)
{
    return (guint)MIN(zp_limits_get(limits, ZP_BOUND_DEPTH), own);
}

static int shift_of(char letter)
{
    for (gsize k = 0; k < G_N_ELEMENTS(UNITS); k++) {
        if (g_ascii_toupper(letter) == UNITS[k].letter)
            return UNITS[k].shift;
    }
    return 0;
}

bool zp_bound_parse(ZpBound bound, const char *text, guint64 *value)
{
    gsize length = strlen(text);
    int shift = ZP_BOUNDS[bound].is_size && length > 1 ? shift_of(text[length - 1]) : 0;
    g_autofree char *digits = g_strndup(text, length - (shift > 0));
    guint64 figure;
    if (!g_ascii_string_to_unsigned(digits, 10, 1, ZP_BOUNDS[bound].most >> shift, &figure, NULL))
        return false;
    *value = figure << shift;
    return true;
}

char *zp_bound_format(ZpBound bound, guint64 value)
{
    for (gsize k = G_N_ELEMENTS(UNITS); ZP_BOUNDS[bound].is_size && k-- > 0;) {
        if (value % (G_GUINT64_CONSTANT(1) << UNITS[k].shift) == 0)
            return g_strdup_printf("%" G_GUINT64_FORMAT "%c", value >> UNITS[k].shift,
                                   UNITS[k].letter);
    }
    return g_strdup_printf("%" G_GUINT64_FORMAT, value);
}
