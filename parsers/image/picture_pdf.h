/*
 * picture_pdf.h - a picture as a PDF.
 *
 * Layer: parsers.
 */
#pragma once

#include <glib.h>

/**
 * picture_to_pdf: all pages of a picture's file, their pixels as they are; the same bytes every time.
 *
 * Returns: (transfer full) (nullable) NULL: it cannot be made
 */
GBytes *picture_to_pdf(GBytes *bytes);
