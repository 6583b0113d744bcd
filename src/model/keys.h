/*
 * keys.h - what of a form the rules between forms (X01…X03, X07) compare: a fixed record of digests.
 *
 * A form itself is gone before the next file is read, so these 76 bytes stand for it.  They hold
 * no pointer and can be handed from one process to another as they are.
 */
#pragma once

#include <glib.h>

/* Bytes of a digest: the beginning of a SHA-256. */
#define ZP_KEY_BYTES 16

/* What a form has: bits of ZpFormKeys.has. */
typedef enum {
    ZP_KEY_IDENTITY = 1 << 0, /* year, unit and project */
    ZP_KEY_FIGURES = 1 << 1,  /* a figure at least */
    ZP_KEY_PROJECT = 1 << 2,
    ZP_KEY_GOALS = 1 << 3,  /* 实际完成情况, long enough to be compared */
    ZP_KEY_GROUP = 1 << 4,  /* year and unit */
    ZP_KEY_SCORED = 1 << 5, /* a total score */
    ZP_KEY_FULL = 1 << 6,   /* and it is all of the total weight */
} ZpKey;

typedef struct {
    guint8 identity[ZP_KEY_BYTES]; /* of year, unit and project */
    guint8 funds[6];               /* of the figures of a block, in the form's order */
    guint8 indicators[6];          /* likewise */
    guint8 total[4];               /* likewise */
    guint8 goals[ZP_KEY_BYTES];    /* of 实际完成情况, without white space and width */
    guint8 project[8];
    guint32 goal_chars;   /* characters of 实际完成情况 */
    guint8 has;           /* ZpKey bits */
    guint8 severities[3]; /* ZpSeverity of X01, X02 and X03 by the form's profile */
    guint8 group[8];      /* of year and unit */
    guint8 severity_full; /* ZpSeverity of X07, likewise */
    guint8 unused[3];     /* 0: the record goes from process to process as it is */
} ZpFormKeys;

G_STATIC_ASSERT(sizeof(ZpFormKeys) == 76);
