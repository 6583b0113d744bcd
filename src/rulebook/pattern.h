/*
 * pattern.h - a PCRE2 pattern of a data file, compiled on first use.
 *
 * UTF and UCP on, JIT for the much used, ZP_LIMIT_MATCH_STEPS and ZP_LIMIT_JIT_STACK set, so no
 * pattern and no text can run away.  Group names are how a data file says what it found.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct ZpPattern ZpPattern;

/**
 * zp_pattern_new: keep a pattern; nothing is compiled yet.
 * @source: PCRE2 text; copied
 * @origin: "labels.yaml: furniture" or the like, for the error message; copied
 */
ZpPattern *zp_pattern_new(const char *source, const char *origin);
void zp_pattern_free(ZpPattern *pattern);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpPattern, zp_pattern_free)

/**
 * zp_pattern_compile: compile now (zp_rulebook_open does it for a foreign --rules DIR).
 * @error: ZP_ERROR_DATA with the origin, the pattern in double quotes and the place in it
 */
bool zp_pattern_compile(ZpPattern *pattern, GError **error);

/* What a match found; the text is not copied and must outlive it. */
typedef struct {
    ZpPattern *pattern;
    const char *text;
    gsize start, end; /* of the whole match, in bytes */
} ZpMatch;

/**
 * zp_pattern_match: search @text from byte @from on.
 * @text, @length: valid UTF-8 (not checked again)
 *
 * Returns: false when nothing matches, also when a limit stopped the search.  The groups of
 * @match can be asked for until the same pattern is matched again.
 */
bool zp_pattern_match(ZpPattern *pattern, const char *text, gsize length, gsize from,
                      ZpMatch *match);

/**
 * zp_match_group: the text of a named group.
 * @length: set to its bytes, 0 when it took no part in the match or there is no such group
 *
 * Returns: (transfer none) pointer into the matched text; NULL when it took no part.
 */
const char *zp_match_group(const ZpMatch *match, const char *name, gsize *length);

/**
 * zp_pattern_group: the number of a named group, for those who ask often.
 *
 * Returns: from 1; 0 when there is no such group, or the pattern does not compile.
 */
int zp_pattern_group(ZpPattern *pattern, const char *name);

/** zp_match_group_number: as zp_match_group, by number; 0 is "no such group". */
const char *zp_match_group_number(const ZpMatch *match, int number, gsize *length);
