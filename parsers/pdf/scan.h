/*
 * scan.h - a page that is a picture.
 */
#pragma once

#include "model/grid.h"

#include <poppler.h>

/** scan_read: draw a page at its pictures' own resolution and read it (parsers/image/image.h). */
bool scan_read(PopplerPage *page, ZpDocument *document, guint number, GError **error);
