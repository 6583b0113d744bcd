/*
 * apart.h - one piece of work on a document in a process of its own, shut in as a worker is.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct {
    void (*prepare)(gpointer data);   /* (nullable) there, before it is shut in */
    GVariant *(*work)(gpointer data); /* in that process; what it returns is handed back */
    gpointer data;
    const GVariantType *type; /* of what it returns */
    bool is_shut_in;
    guint64 memory_bytes; /* that it may map beyond what is mapped now */
    guint seconds;        /* of processor time; by the clock ten times as long */
    gsize most;           /* bytes of what it returns */
} ZpApart;

/**
 * zp_apart_run: have it done.
 * @error: ZP_ERROR_IO when the process cannot be started, ends badly, takes too long or says too much
 *
 * Returns: (transfer full) of the type, in normal form whatever the process said; free with g_variant_unref.
 */
GVariant *zp_apart_run(const ZpApart *apart, GError **error);
