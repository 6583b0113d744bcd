/*
 * figure.h - the grammar of a figure as it is printed.
 *
 * Layer: parsers.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/**
 * figure_is_sound: whether a text may be a figure: a sign, groups of three or none, no leading zero, few
 * decimals, a percent sign at the end only; a lone sign or dash is one.
 */
bool figure_is_sound(const char *text);
