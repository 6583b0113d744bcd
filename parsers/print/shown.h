/*
 * shown.h - why a text that is shown is not seen, as far as that can be said at once.
 */
#pragma once

#include "parsers/print/drawn.h"
#include "parsers/print/painter.h"

/* What of a text's letters is painted. */
typedef struct {
    bool fills, strokes;
} Inked;

/**
 * shown_is_invisible: whether text in this state is drawn without a colour, or with one that lets all through.
 */
bool shown_is_invisible(const PaintState *state, Inked inked);

/**
 * shown_is_tiny: whether text is too small to be read.
 * @em: its smaller side on the page, in points
 */
bool shown_is_tiny(const Drawn *drawn, double em);

/**
 * shown_end: make the glyphs since @first one string, and ask each what the string cannot answer as a whole.
 */
void shown_end(Painter *painter, Drawn *drawn, Inked inked, guint first);
