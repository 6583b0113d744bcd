/*
 * ruling.h - the rules that a picture shows, and its ink without them.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/image/page.h"
#include "parsers/print/marks.h"

/**
 * ruling_find: take the rules out of a picture's ink and grey.
 *
 * Returns: (transfer full) them in points of the level page.
 */
Marks *ruling_find(Picture *picture);
