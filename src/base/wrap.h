/*
 * wrap.h - lines broken to a terminal's width.
 */
#pragma once

#include <glib.h>

/**
 * zp_text_wrap: break the lines of a text that are wider than a terminal.
 * @out: every line from byte @from on; escape sequences of colour (ESC [ … m) take no column
 * @width: columns; 0: nothing is broken
 * @hang: columns of blanks that a continued line begins with
 *
 * A line breaks at a blank, which goes, or between two characters of which one is CJK: never within a
 * figure or between a figure and its unit, never in front of a closing mark nor behind an opening
 * one.  What cannot be broken stays whole and runs over the width.
 */
void zp_text_wrap(GString *out, gsize from, guint width, guint hang);

/**
 * zp_text_clip: cut a text without line ends to so many columns, the last one `…` where it is cut.
 */
void zp_text_clip(GString *out, gsize from, guint columns);
