/*
 * annotate.h - copies of the inputs with their findings marked.
 */
#pragma once

#include "cli/session.h"

/* What marking the files of a run needs, and how it went. */
typedef struct {
    const ZpSession *session;
    const char *folder; /* (nullable) where copies go, under the names of the inputs */
    const char *place;  /* (nullable) where the folder will stand in the end; NULL: it stays */
    const char *copy;   /* (nullable) the one copy */
    char *last;         /* (nullable) the copy that was made last, where it will stand */
    GHashTable *taken;  /* names in the folder, in lower case */
    guint n_done, n_failed;
    bool is_broken; /* something could not be written */
} ZpAnnotating;

/**
 * zp_annotate_is_free: whether the place for the copies is: a folder that is not there or empty, a file that is
 * not there; says what is wrong.
 */
bool zp_annotate_is_free(const ZpArguments *arguments, const char *folder, const char *copy);

/**
 * zp_annotate_mark: as ZpRunOptions.on_mark: mark one input into the folder; says what went wrong.
 * @data: ZpAnnotating
 */
const char *zp_annotate_mark(const ZpResult *result, gpointer data);
