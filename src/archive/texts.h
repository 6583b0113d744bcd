/*
 * texts.h - every text of a form, for the search.
 */
#pragma once

#include <glib.h>

#include <stdbool.h>

/**
 * zp_texts_each: every text of a form in canonical shape: names, labels, cells, prose; no program's word.
 * @json: a form's, as zp_emit_form made it
 *
 * Returns: false where it is no JSON; what was read until there has been told
 */
bool zp_texts_each(const char *json, gsize size,
                   void (*on_text)(const char *pointer, const char *text, gpointer data),
                   gpointer data);

/**
 * zp_texts_folded: all of them folded, each once, a line each.
 *
 * Returns: (transfer full) (nullable) NULL where it is no JSON
 */
char *zp_texts_folded(const char *json, gsize size);

/**
 * zp_texts_grams: the characters of such lines and the pairs of neighbours, each once, with blanks between.
 *
 * Returns: (transfer full)
 */
char *zp_texts_grams(const char *lines);
