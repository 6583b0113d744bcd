/*
 * colour.h - colours of Office files, and whether one can be told from its ground.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A colour is ZP_COLOUR_SAID with red, green and blue, or one of the others. */
#define ZP_COLOUR_UNSAID  0u
#define ZP_COLOUR_SAID    0x01000000u
#define ZP_COLOUR_AUTO    0x02000000u /* the program's choice, which can be seen on any ground */
#define ZP_COLOUR_UNKNOWN 0x03000000u /* a pattern, a picture, a part that is not there */
#define ZP_COLOUR_WHITE   (ZP_COLOUR_SAID | 0xFFFFFFu)
#define ZP_COLOUR_BLACK   ZP_COLOUR_SAID

/* Colours of a theme, in the order that Excel counts them. */
typedef enum {
    ZP_THEME_LIGHT_1,
    ZP_THEME_DARK_1,
    ZP_THEME_LIGHT_2,
    ZP_THEME_DARK_2,
    ZP_THEME_ACCENT_1, /* to 6 */
    ZP_THEME_LINK = ZP_THEME_ACCENT_1 + 6,
    ZP_THEME_LINK_SEEN,
    ZP_THEME_COLOURS,
} ZpThemeColour;

typedef struct {
    GBytes *part; /* (nullable) read when a colour is asked for the first time */
    const char *name;
    bool is_read;
    guint32 colours[ZP_THEME_COLOURS];
} ZpTheme;

/** zp_theme_colour: a colour of a theme; ZP_COLOUR_UNKNOWN where the theme does not say it. */
guint32 zp_theme_colour(ZpTheme *theme, guint which);

/**
 * zp_colour_parse: RRGGBB or AARRGGBB in hexadecimal digits; ZP_COLOUR_UNSAID for anything else.
 */
guint32 zp_colour_parse(const char *text, gsize length);

/**
 * zp_colour_towards: a colour mixed with white (or black).
 * @parts: of 1,000, how much of the other there is in it
 */
guint32 zp_colour_towards(guint32 colour, bool white, guint parts);

/** zp_colour_is_lost: whether a text of one colour cannot be told from a ground of the other. */
bool zp_colour_is_lost(guint32 colour, guint32 ground);
