/*
 * characters.h - the characters of a page with their places, as Poppler gives them.
 */
#pragma once

#include "parsers/print/glyphs.h"

#include <poppler.h>

/**
 * characters_read: the characters of a page but white space.
 * @n_unmapped: set to how many have no meaning; they are kept
 *
 * Returns: (element-type Glyph) NULL past ZP_LIMIT_PAGE_GLYPHS.
 */
GArray *characters_read(PopplerPage *page, guint *n_unmapped);
