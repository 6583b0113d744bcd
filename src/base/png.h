/*
 * png.h - whether bytes are one whole PNG of a size that can be shown.
 *
 * For pictures that a worker made and that only pass through: nothing here draws.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/**
 * zp_png_look: a PNG's chunks from its signature to its end, and no byte behind.
 * @most: pixels of a side
 * @width, @height: (out)
 */
bool zp_png_look(GBytes *bytes, guint32 most, guint32 *width, guint32 *height);
