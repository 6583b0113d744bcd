/*
 * held.h - what a configuration did to a run, as every report tells it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct {
    char *file;      /* as shown */
    bool is_trusted; /* else it stands beside documents, and only what raises severities counts */
    GPtrArray *off;  /* of const char *: codes of rules that it turns off somewhere */
    GPtrArray *lowered;   /* of const char *: likewise, made milder */
    GPtrArray *held_back; /* of const char *: codes and keys of what does not count */
    guint64 suppressed;   /* findings */
} ZpHeld;

ZpHeld *zp_held_new(const char *file, bool is_trusted);
void zp_held_free(ZpHeld *held);

/**
 * zp_held_text: one line of it for people: "configuration a/.ziping.yaml: off C06 F10; 2 findings suppressed".
 *
 * Returns: (transfer full)
 */
char *zp_held_text(const ZpHeld *held, bool zh);
