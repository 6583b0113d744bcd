/*
 * runtime.h - ONNX Runtime through its table of functions, without its header.
 *
 * Layer: parsers.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct Runtime Runtime;

/**
 * runtime_open: load the library and a model; everything that cannot be opened once a sandbox is closed.
 * @error: ZP_ERROR_IO
 */
Runtime *runtime_open(const char *library, const char *model, GError **error);
void runtime_close(Runtime *runtime);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Runtime, runtime_close)

/* What a model made of a picture: n_steps rows of n_classes shares. */
typedef struct {
    gint64 n_steps, n_classes;
    const float *shares;
    gpointer value; /* that they belong to */
} RuntimeOutput;

/**
 * runtime_run: one picture of 1 × 3 × @height × @width.
 *
 * Returns: false where the model failed (which a sound one does not); else free with runtime_output_clear.
 */
bool runtime_run(Runtime *runtime, const float *pixels, gint64 height, gint64 width,
                 RuntimeOutput *output);
void runtime_output_clear(const Runtime *runtime, RuntimeOutput *output);

/**
 * runtime_version: of the library.
 */
const char *runtime_version(const Runtime *runtime);
