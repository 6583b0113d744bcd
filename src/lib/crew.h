/*
 * crew.h - the worker programs of a handle: started when needed, each with one call at a time.
 */
#pragma once

#include "lib/link.h"

typedef struct ZpCrew ZpCrew;

/**
 * zp_crew_new: start the first, so that what is wrong is known.
 * @most: at once, from 1
 * @program: (nullable) its path; NULL: the one that came with the library
 * @options: (nullable) of the handle, JSON
 * @error: ZP_ERROR_IO, ZP_ERROR_STARVED, and what the worker program says of the options
 */
ZpCrew *zp_crew_new(guint most, const char *program, const char *options, GError **error);

/** zp_crew_free: let them go, and wait for them; no call is under way. */
void zp_crew_free(ZpCrew *crew);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpCrew, zp_crew_free)

/**
 * zp_crew_call: hand a frame to one of them, once one has time; from any thread.
 * @error: ZP_ERROR_IO, and what the worker program says
 *
 * Returns: (transfer full) the text of the result.
 */
char *zp_crew_call(ZpCrew *crew, const ZpFrame *frame, GError **error);

/** zp_crew_layers: what shuts its workers in, as a JSON list. */
const char *zp_crew_layers(const ZpCrew *crew);
