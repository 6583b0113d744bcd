/*
 * emit.h - JSON written as it goes, without a tree of it.
 *
 * What is printed for every form and finding goes this way: making, printing and freeing a tree of a form costs more than
 * everything else that is done to print it.  The bytes are jansson's.  What is printed once a run may be a tree
 * (model_json.h).
 *
 * Layer: output.
 */
#pragma once

#include <glib.h>

#include <stdbool.h>

typedef struct {
    GString *out;
    bool is_compact; /* no blank behind comma and colon */
    bool has_entry;  /* set once something stands in the innermost object or list */
} ZpEmitter;

/**
 * zp_emit_open, _close: an object ('{', '}') or a list ('[', ']').
 * @key: (nullable) in a list, and outside of everything
 */
void zp_emit_open(ZpEmitter *emitter, const char *key, char bracket);
void zp_emit_close(ZpEmitter *emitter, char bracket);

/**
 * zp_emit_text: a string, or null for NULL; bytes that are no UTF-8 become U+FFFD.
 */
void zp_emit_text(ZpEmitter *emitter, const char *key, const char *text);

/**
 * zp_emit_number, _word: a whole number; null, true, false or a number as it is to stand there.
 */
void zp_emit_number(ZpEmitter *emitter, const char *key, gint64 number);
void zp_emit_word(ZpEmitter *emitter, const char *key, const char *word);
