/*
 * surround.h - what a sheet lies on.
 *
 * Layer: parsers.
 */
#pragma once

#include <leptonica/allheaders.h>

/**
 * surround_clear: the dark desk around a photographed sheet, the dark edges of a scan, become paper.
 * @grey: 8 bits
 */
void surround_clear(PIX *grey);
