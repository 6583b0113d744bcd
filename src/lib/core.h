/*
 * core.h - one call of the library: a document or a path through a run into JSON.
 *
 * The same in the calling process and in a worker program (service.h), which has workers of its own.
 */
#pragma once

#include "lib/options.h"
#include "rulebook/rulebook.h"

typedef struct {
    bool check;          /* check; else convert */
    bool here;           /* this process reads; else workers of its own, one at a time */
    const char *name;    /* a path, or what the bytes are called */
    int fd;              /* of the bytes, from their beginning; -1: a path */
    const char *options; /* (nullable) JSON */
} ZpCall;

/**
 * zp_core_open: the rules that a handle works with.
 * @error: ZP_ERROR_DATA
 */
ZpRulebook *zp_core_open(const ZpHandleOptions *options, GError **error);

/**
 * zp_core_call: read and write.
 * @call: its descriptor is closed
 * @error: ZP_ERROR_USAGE, ZP_ERROR_IO, ZP_ERROR_STARVED, or ZP_ERROR_LIMIT naming ZP_LIMIT_ANSWER_BYTES
 *
 * Returns: (transfer full) JSON of the schema ziping/check/1 or ziping/convert/1.
 */
char *zp_core_call(const ZpRulebook *rulebook, const ZpCall *call, GError **error);

/**
 * zp_core_page: the page of a rule.
 * @rule: a code or a name
 * @error: ZP_ERROR_USAGE
 */
char *zp_core_page(const ZpRulebook *rulebook, const char *rule, ZpLang lang, GError **error);
