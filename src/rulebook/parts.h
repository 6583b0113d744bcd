/*
 * parts.h - named pieces that patterns are put together from: {before}, {suffix}.
 *
 * A piece is the alternation of a word list or a pattern of its own, which may use the pieces
 * before it.  It knows nothing of what they match.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct ZpParts ZpParts;

/**
 * zp_parts_new: no pieces yet.
 * @name: the file's name in messages
 */
ZpParts *zp_parts_new(const char *name);
void zp_parts_free(ZpParts *parts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpParts, zp_parts_free)

/**
 * zp_parts_add_words: a piece that matches any of some words, the longest first.
 * @group: (nullable) the name of the group that it is; NULL: no group
 * @words: of char *; taken as they are, not as patterns; their order changes
 */
void zp_parts_add_words(ZpParts *parts, const char *name, const char *group, GPtrArray *words);

/**
 * zp_parts_add: a piece that is a pattern, already expanded; it is put in as one unit, so that
 * {name}? and {name}{2} mean the whole of it.
 */
void zp_parts_add(ZpParts *parts, const char *name, const char *pattern);

/**
 * zp_parts_expand: a pattern with the pieces put in.
 * @error: ZP_ERROR_DATA for an unknown {name}, with the pattern in double quotes
 *
 * Returns: (transfer full); {3}, {1,2} and \p{L} stay.
 */
char *zp_parts_expand(const ZpParts *parts, const char *pattern, GError **error);
