/*
 * typed_escape.c - escape sequences of terminals: which of them hide, strike out or move.
 *
 *     ESC [ 31 ; 8 m        looks: 8 conceals, 9 strikes out, 30-37, 90-97 and 38 colour the text,
 *                           40-47, 100-107 and 48 its ground, 0 and none undo all
 *     ESC [ K               erases to the end of the line, where nothing stands yet
 *     ESC [ 5 C   ESC M     the cursor moves, or what was written goes
 *     ESC ] 0 ; title BEL   a string for the terminal itself
 *
 * Source: ECMA-48, 5th edition, 5.4, 8.3.117 (SGR); xterm's control sequences; colours are xterm's.
 */
#include "base/text.h"
#include "parsers/shared/typed_private.h"

#include <string.h>

#define ESCAPE '\x1B'
#define BELL   '\x07'
/* Parameters of one sequence that are looked at, and the longest sequence that is one. */
#define PARAMETERS_MAX 32
#define SEQUENCE_MAX   256
/* A tenth of a part of a colour: less than that apart nobody sees. */
#define COLOUR_NEAR (255 / 10)

static gint32 palette(guint number)
{
    static const gint32 BASE[] = {
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    };
    static const gint32 STEPS[] = {0, 95, 135, 175, 215, 255};
    if (number < G_N_ELEMENTS(BASE))
        return BASE[number];
    if (number >= 256)
        return -1;
    if (number >= 232)
        return (gint32)(8 + 10 * (number - 232)) * 0x010101;
    number -= 16;
    return STEPS[number / 36] << 16 | STEPS[number / 6 % 6] << 8 | STEPS[number % 6];
}

/* The colour behind 38 or 48; @k is left at the last of its parameters. */
static gint32 long_colour(const guint *parameters, guint n, guint *k)
{
    guint left = n - *k - 1;
    const guint *at = parameters + *k + 1;
    if (left >= 2 && at[0] == 5) {
        *k += 2;
        return palette(at[1]);
    }
    if (left < 4 || at[0] != 2) {
        *k = n;
        return -1;
    }
    *k += 4;
    return (gint32)(MIN(at[1], 255) << 16 | MIN(at[2], 255) << 8 | MIN(at[3], 255));
}

static void set_look(TypedLook *look, const guint *parameters, guint n)
{
    for (guint k = 0; k < n; k++) {
        guint p = parameters[k];
        if (p == 0)
            *look = (TypedLook){.colour = -1, .ground = -1};
        else if (p == 8 || p == 28)
            look->is_hidden = p == 8;
        else if (p == 9 || p == 29)
            look->is_struck = p == 9;
        else if (p == 38)
            look->colour = long_colour(parameters, n, &k);
        else if (p == 48)
            look->ground = long_colour(parameters, n, &k);
        else if ((p >= 30 && p <= 37) || (p >= 90 && p <= 97))
            look->colour = palette(p < 90 ? p - 30 : p - 82);
        else if ((p >= 40 && p <= 47) || (p >= 100 && p <= 107))
            look->ground = palette(p < 100 ? p - 40 : p - 92);
        else if (p == 39)
            look->colour = -1;
        else if (p == 49)
            look->ground = -1;
    }
}

/* Numbers between `;` or `:`; one that is missing is 0. */
static guint read_parameters(const char *p, const char *end, guint *parameters)
{
    guint n = 1;
    parameters[0] = 0;
    for (; p < end; p++) {
        if (*p == ';' || *p == ':') {
            if (n == PARAMETERS_MAX)
                break;
            parameters[n++] = 0;
        } else if (g_ascii_isdigit(*p)) {
            parameters[n - 1] = MIN(parameters[n - 1] * 10 + (guint)(*p - '0'), 1000);
        }
    }
    return n;
}

static TypedEscape control_sequence(const char *p, const char *end, TypedLook *look,
                                    const char **behind)
{
    guint parameters[PARAMETERS_MAX];
    const char *from = p, *stop = end - p > SEQUENCE_MAX ? p + SEQUENCE_MAX : end;
    while (p < stop && *p >= 0x30 && *p <= 0x3F)
        p++;
    bool is_own = p > from && strchr("<=>?", *from) != NULL;
    guint n = read_parameters(from, p, parameters);
    bool has_middle = p < stop && *p >= 0x20 && *p <= 0x2F;
    while (p < stop && *p >= 0x20 && *p <= 0x2F)
        p++;
    if (p >= stop || *p < 0x40 || *p > 0x7E)
        return TYPED_NOTHING;
    *behind = p + 1;
    if (has_middle || is_own)
        return strchr("JK", *p) ? TYPED_MOVE : TYPED_LOOK;
    if (*p == 'm')
        set_look(look, parameters, n);
    else if (*p == 'K')
        return parameters[0] ? TYPED_MOVE : TYPED_ERASE;
    return strchr("mhlnctq", *p) ? TYPED_LOOK : TYPED_MOVE;
}

/* A string up to BEL or ESC \. */
static TypedEscape string_sequence(const char *p, const char *end, const char **behind,
                                   const char **text, gsize *length)
{
    static const char LINK[] = "8;";
    for (const char *q = p; q < end; q++) {
        bool is_closed = *q == ESCAPE && q + 1 < end && q[1] == '\\';
        if (*q != BELL && !is_closed)
            continue;
        *text = p;
        *length = (gsize)(q - p);
        *behind = q + 1 + is_closed;
        bool is_link = *length >= strlen(LINK) && memcmp(p, LINK, strlen(LINK)) == 0;
        return is_link || zp_text_is_blank(p, *length) ? TYPED_LOOK : TYPED_STRING;
    }
    return TYPED_NOTHING;
}

TypedEscape zp_typed_escape(const char *p, const char *end, TypedLook *look, const char **behind,
                            const char **text, gsize *length)
{
    if (*p != ESCAPE)
        return control_sequence(p + 2, end, look, behind); /* U+009B has two bytes */
    if (end - p < 2)
        return TYPED_NOTHING;
    char kind = p[1];
    if (kind == '[')
        return control_sequence(p + 2, end, look, behind);
    if (strchr("]PX^_", kind))
        return string_sequence(p + 2, end, behind, text, length);
    bool is_long = strchr(" #%()*+-./", kind) != NULL;
    if (is_long && (end - p < 3 || p[2] < 0x20 || p[2] > 0x7E))
        return TYPED_NOTHING;
    if (!is_long && (kind < 0x30 || kind > 0x7E))
        return TYPED_NOTHING;
    *behind = p + 2 + is_long;
    return strchr("()*+-./ %=>\\", kind) ? TYPED_LOOK : TYPED_MOVE;
}

bool zp_typed_is_lost(const TypedLook *look)
{
    if (look->colour < 0 || look->ground < 0)
        return false;
    for (guint shift = 0; shift < 24; shift += 8) {
        gint32 apart = (look->colour >> shift & 0xFF) - (look->ground >> shift & 0xFF);
        if (ABS(apart) > COLOUR_NEAR)
            return false;
    }
    return true;
}
