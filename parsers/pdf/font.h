/*
 * font.h - what a font says of its codes: how wide each is and which characters it stands for.
 *
 * No glyph is loaded.  Where a code stands on the page follows from the widths, what it says from
 * /ToUnicode, a predefined character map or the encoding.
 */
#pragma once

#include <glib.h>
#include <qpdf/qpdf-c.h>
#include <stdbool.h>

/* Characters that one code may stand for; further ones are dropped. */
#define FONT_CHARS 3

typedef struct Font Font;

/* One code of a string. */
typedef struct {
    float width;            /* in em, along the line */
    gunichar c[FONT_CHARS]; /* 0: none, or no more */
    bool is_space;          /* the single byte 32, which word spacing widens */
} FontCode;

/**
 * font_read: a font from its dictionary.
 * @fitting: streams that are known to fit (unpack.h)
 */
Font *font_read(qpdf_data qpdf, qpdf_oh dictionary, GHashTable *fitting);
void font_free(Font *font);

/**
 * font_next: take the next code from a string.
 * @font: (nullable) NULL: one byte a code, of unknown meaning
 *
 * Returns: false at the end.
 */
bool font_next(const Font *font, const guint8 **at, const guint8 *end, FontCode *code);

/** font_is_vertical, font_is_type3: writing from top to bottom; glyphs that are drawings. */
bool font_is_vertical(const Font *font);
bool font_is_type3(const Font *font);

/**
 * font_em: the height of its em, in units of the font size; negative where glyphs stand head down.
 */
float font_em(const Font *font);
