/*
 * copies.h - merged cells that a converter filled with copies of their text.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/lines.h"

/**
 * copies_merge: take the copies among a row's labels as one cell, side by side and below the same label.
 * @first: number of the row's first slot; its slots are the last ones
 */
void copies_merge(Lines *lines, guint first);
