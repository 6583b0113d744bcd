/*
 * glyphs.h - the characters of a page with their places, and reading order.
 *
 * White space is not kept: where words and lines end follows from the gaps.
 */
#pragma once

#include "base/span.h"
#include "model/grid.h"
#include "parsers/print/turn.h"

typedef struct {
    ZpBox box; /* in points from the page's top left corner, turned upright */
    gunichar c;
    float em;      /* about the size of its font */
    bool follows;  /* it goes on with the one before, no white space between */
    Turn turn;     /* the way it runs; once the page is upright, beside the page's other text */
    gint32 table;  /* index among the page's lattices; -1: around them */
    gint32 cell;   /* index in that lattice */
    guint reading; /* of a picture: index in the page's readings, from 1; 0: none */
} Glyph;

/**
 * glyph_is_unmapped: whether a character has no meaning: a control character, one of private use, U+FFFD.
 */
static inline bool glyph_is_unmapped(gunichar c)
{
    return c == 0xFFFD || g_unichar_iscntrl(c) || g_unichar_type(c) == G_UNICODE_PRIVATE_USE;
}

/**
 * glyph_lines: sort glyphs into lines, top to bottom, each from left to right.
 * @glyphs: (element-type Glyph*) put in order
 * @drift: how far off a line's middle a glyph may stand, in em
 *
 * Returns: (element-type guint) by line, the index behind its last glyph.
 */
GArray *glyph_lines(GPtrArray *glyphs, float drift);

/** glyphs_span: some of the glyphs, those first…end. */
static inline ZpSpan glyphs_span(const GPtrArray *glyphs, gsize first, gsize end)
{
    return zp_span(first, end, glyphs->len);
}

/** glyphs_append: the text of some of a line's glyphs, words set apart by one space. */
void glyphs_append(GString *out, const GPtrArray *glyphs, ZpSpan some);

/**
 * glyphs_text: the text of a cell: its lines joined where they were only wrapped.
 * @glyphs: (element-type Glyph*) put in reading order, also of vertical writing
 * @width: of the cell
 */
void glyphs_text(GString *out, GPtrArray *glyphs, float width);

/** glyphs_box: the box around some glyphs; of none, an empty one. */
ZpBox glyphs_box(const GPtrArray *glyphs, ZpSpan some);

static inline const Glyph *glyph_at(const GPtrArray *glyphs, gsize k)
{
    return g_ptr_array_index(glyphs, k);
}
