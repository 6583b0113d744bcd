/*
 * kind.h - which reader an Office package is for when the names of its parts do not say.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/**
 * zp_ooxml_is_workbook: whether the package's main part is an Excel workbook.
 * @input: the whole file
 *
 * Returns: false for a damaged package, too: its reader then says what is wrong.
 */
bool zp_ooxml_is_workbook(GBytes *input);
