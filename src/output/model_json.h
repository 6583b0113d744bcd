/*
 * model_json.h - the model as JSON in the contract's shape (docs/formats.md).
 *
 * What there is of every form is emitted (emit.h); a tree is for what there is once.  Figures are strings, so no number of a form ever
 * passes through binary floating point; only boxes are JSON reals.
 *
 * Layer: output.
 */
#pragma once

#include "output/emit.h"
#include "output/writer.h"

#include <jansson.h>

/**
 * zp_json_put: set a key of an object; takes @value.
 */
void zp_json_put(json_t *object, const char *key, json_t *value);

/**
 * zp_json_text: a string, or null for NULL; bytes that are no UTF-8 become U+FFFD.
 */
json_t *zp_json_text(const char *text);

/**
 * zp_json_visible: a string for people: control and bidirectional characters escaped.
 */
json_t *zp_json_visible(const char *text);

/**
 * zp_json_path: put `path`, and `path_bytes` (hex) when its bytes are no UTF-8.
 */
void zp_json_path(json_t *object, const char *path);

/**
 * zp_json_place: `at`: page, table, row, col, line, bbox, each null when there is none.
 */
json_t *zp_json_place(const ZpPlace *at);

/**
 * zp_emit_path, _place: the same, into what is being written.
 */
void zp_emit_path(ZpEmitter *emitter, const char *path);
void zp_emit_place(ZpEmitter *emitter, const char *key, const ZpPlace *at);

/**
 * zp_emit_number_or_null: null where it is not there.
 */
void zp_emit_number_or_null(ZpEmitter *emitter, const char *key, bool is_there, gint64 number);

/**
 * zp_emit_value: V; null where the template has no such column.
 */
void zp_emit_value(ZpEmitter *emitter, const char *key, const ZpValue *value);

/**
 * zp_emit_reading: `reading`: how many labels were understood by what, and the doubtful places.
 */
void zp_emit_reading(ZpEmitter *emitter, const ZpReading *reading);

/* How a form is wanted; all zero: in canonical shape, Chinese. */
typedef struct {
    ZpLang lang;     /* of the repairs' `detail` */
    bool texts_only; /* of a value only what is printed: the rest is two thirds of a form's bytes */
    /* (nullable) an entry of `repairs` */
    void (*put_repair)(ZpEmitter *emitter, const ZpForm *form, const ZpRepair *repair);
} ZpFormShape;

/**
 * zp_emit_form: the keys of a form; the caller opens and closes its object.
 */
void zp_emit_form(ZpEmitter *emitter, const ZpForm *form, const ZpFormShape *shape);

/**
 * zp_json_print: append a value's JSON, on one line, and free it.
 */
bool zp_json_print(GString *out, json_t *value, GError **error);

/**
 * zp_emit_other: further columns of an indicator, by their heads; equal ones get a number.
 * @other: of ZpExtra
 */
void zp_emit_other(ZpEmitter *emitter, const char *key, const GPtrArray *other);
