/*
 * ocr.h - what is known of a text beside its characters when it was read from a picture.
 */
#pragma once

#include "model/place.h"

#include <glib.h>

typedef struct ZpOcr ZpOcr;

/* How a text of a picture was read. */
typedef enum {
    ZP_OCR_READ,      /* grammar and shapes bear it out */
    ZP_OCR_DOUBTFUL,  /* it may as well be something else */
    ZP_OCR_CONFIRMED, /* independent figures agree with it */
    ZP_OCR_CORRECTED, /* by a person */
    ZP_OCR_COUNT,
} ZpOcrState;

#define ZP_OCR_OTHERS 6
#define ZP_OCR_BY     4
struct ZpOcr {
    ZpOcrState state;
    guint8 confidence; /* hundredths */
    guint8 n_others, n_by;
    const char *others[ZP_OCR_OTHERS]; /* further readings, likeliest first */
    const char *by[ZP_OCR_BY];         /* codes of the rules that confirm it */
    GBytes *crop;                      /* (nullable) PNG: where a doubtful one stands, level */
    /* (nullable) of a corrected one: what was read, who corrected it, when (as said) */
    const char *was, *who, *when;
};

/** zp_ocr_copy: a copy whose texts are in @strings. */
ZpOcr *zp_ocr_copy(const ZpOcr *ocr, GStringChunk *strings);
void zp_ocr_free(ZpOcr *ocr);

/** zp_ocr_name: the contract's spelling: "read", "doubtful", … */
const char *zp_ocr_name(ZpOcrState state);

/* A page that was read from a picture. */
typedef struct {
    guint32 page;
    guint32 dpi, turned; /* turned: degrees clockwise that it was turned upright */
    gint32 skew;         /* hundredths of a degree */
} ZpPictured;

/* A line of a picture as it was read, and where it runs, however it is turned, on the page as it lies in its file. */
typedef struct {
    guint32 page;
    const char *text; /* owned by the document */
    ZpBox foot;       /* x0, y0 to x1, y1: from the beginning to the end of its lower edge */
    ZpBox rise;       /* x0, y0 to x1, y1: from that beginning to its upper edge */
} ZpSeenLine;
