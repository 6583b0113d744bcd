/*
 * model_json.h - the model as JSON values in the contract's shape (docs/formats.md).
 *
 * Shared by the writers json and ndjson.  Figures are strings, so no number of a form ever
 * passes through binary floating point; only boxes are JSON reals.
 */
#pragma once

#include "output/writer.h"

#include <jansson.h>

/** zp_json_put: set a key of an object; takes @value. */
void zp_json_put(json_t *object, const char *key, json_t *value);

/** zp_json_text: a string, or null for NULL; bytes that are no UTF-8 become U+FFFD. */
json_t *zp_json_text(const char *text);

/** zp_json_visible: a string for people: control and bidirectional characters escaped. */
json_t *zp_json_visible(const char *text);

/** zp_json_path: put `path`, and `path_bytes` (hex) when its bytes are no UTF-8. */
void zp_json_path(json_t *object, const char *path);

/** zp_json_place: `at`: page, table, row, col, line, bbox, each null when there is none. */
json_t *zp_json_place(const ZpPlace *at);

/** zp_json_value: V; null where the template has no such column. */
json_t *zp_json_value(const ZpValue *value);

/** zp_json_reading: `reading`: how many labels were understood by what, and the doubtful places. */
json_t *zp_json_reading(const ZpReading *reading);

/**
 * zp_json_form: a form in canonical shape, appended to the keys of @object.
 * @lang: of the repairs' `detail`
 */
void zp_json_form(json_t *object, const ZpForm *form, ZpLang lang);

/** zp_json_print: append a value's JSON, on one line, and free it. */
bool zp_json_print(GString *out, json_t *value, GError **error);

/**
 * zp_json_other: further columns of an indicator, by their heads; equal ones get a number.
 * @other: of ZpExtra
 */
json_t *zp_json_other(const GPtrArray *other);
