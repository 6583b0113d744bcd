/*
 * ocr.h - what is known of a text beside its characters when it was read from a picture.
 *
 * Layer: model.
 */
#pragma once

#include <glib.h>

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
typedef struct {
    ZpOcrState state;
    guint8 confidence; /* hundredths */
    guint8 n_others, n_by;
    const char *others[ZP_OCR_OTHERS]; /* further readings, likeliest first */
    const char *by[ZP_OCR_BY];         /* codes of the rules that confirm it */
} ZpOcr;

/* A page that was read from a picture. */
typedef struct {
    guint32 page;
    guint32 dpi, turned; /* turned: degrees clockwise that it was turned upright */
    gint32 skew;         /* hundredths of a degree */
} ZpPictured;
