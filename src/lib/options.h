/*
 * options.h - the options of the library: JSON objects, checked whole before anything is done.
 */
#pragma once

#include "base/bounds.h"
#include "base/error.h"
#include "model/finding.h"
#include "parsers/image/image.h"

#include <jansson.h>

/* Of a handle.  Texts are in `json`. */
typedef struct {
    json_t *json;
    guint workers;
    bool require_sandbox;
    const char *worker, *rules, *profile; /* (nullable) */
    bool has_ocr;
    ZpOcrMode ocr;
} ZpHandleOptions;

/* Of a call. */
typedef struct {
    json_t *json;
    ZpLang lang;
    const char *from, *password, *config, *select, *ignore; /* (nullable) */
    ZpSeverity show;
    bool repairs, statistics, office;
    ZpLimits limits;
    guint64 answer_bytes; /* at most ZP_LIMIT_ANSWER_BYTES */
} ZpCallOptions;

/**
 * zp_handle_options_read, zp_call_options_read: from JSON.
 * @text: (nullable) NULL: none
 * @check: of a check, else of a conversion
 * @options: to be cleared in any case
 * @error: ZP_ERROR_USAGE
 */
bool zp_handle_options_read(const char *text, ZpHandleOptions *options, GError **error);
bool zp_call_options_read(const char *text, bool check, ZpCallOptions *options, GError **error);

void zp_handle_options_clear(ZpHandleOptions *options);
void zp_call_options_clear(ZpCallOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ZpHandleOptions, zp_handle_options_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ZpCallOptions, zp_call_options_clear)
