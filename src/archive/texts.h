/*
 * texts.h - every text of a form, for the search.
 */
#pragma once

#include <glib.h>
#include <jansson.h>

/**
 * zp_texts_each: every text of a form in canonical shape: names, labels, cells, prose; no program's word.
 * @form: as zp_json_form made it
 */
void zp_texts_each(json_t *form,
                   void (*on_text)(const char *pointer, const char *text, gpointer data),
                   gpointer data);

/**
 * zp_texts_folded: all of them folded, each once, a line each.
 *
 * Returns: (transfer full)
 */
char *zp_texts_folded(json_t *form);

/**
 * zp_texts_grams: the characters of such lines and the pairs of neighbours, each once, with blanks between.
 *
 * Returns: (transfer full)
 */
char *zp_texts_grams(const char *lines);
