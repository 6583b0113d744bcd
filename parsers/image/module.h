/*
 * module.h - what the program, and the PDF module, ask of the module that reads pictures.
 *
 * Leptonica and ONNX Runtime are loaded with it, for the first picture only.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/image/level.h"
#include "parsers/print/page.h"

/* The symbol that the module exports. */
#define ZP_IMAGE_MODULE_SYMBOL "zp_image_module"

typedef enum {
    IMAGE_READ,
    IMAGE_DAMAGED,
    IMAGE_LARGE,  /* over ZP_LIMIT_IMAGE_PIXELS or _SIDE */
    IMAGE_BLANK,  /* no text in it */
    IMAGE_COARSE, /* its characters are too small, or too dirty, to be read */
} ImageState;

/* One page of a picture, read. */
typedef struct {
    float width, height; /* points, level and upright */
    GArray *glyphs;      /* of Glyph */
    GPtrArray *readings; /* of PageReading */
    Marks *marks;
    SheetPlace place;
    ZpPictured pictured;
    struct Pix *picture; /* grey, level and upright */
    float dpi;           /* of it */
} ImagePage;

typedef struct {
    const char *version; /* of the program it was built with */
    /* Load the runtime and the model of a folder: before a sandbox closes. */
    bool (*load)(const char *folder, GError **error);
    /* What reads: engine and version; known once it is loaded. */
    const char *(*engine)(void);
    guint (*count)(GBytes *bytes);
    /* @width: points that it takes; 0: as its file says */
    ImageState (*read)(GBytes *bytes, guint page, float width, ImagePage *out);
    /* The same of pixels: grey, one byte each, or four: 0xRRGGBB in the machine's order, as Cairo has them. */
    ImageState (*read_pixels)(const guint8 *pixels, guint width, guint height, guint stride,
                              guint samples, float dpi, ImagePage *out);
    void (*clear)(ImagePage *page);
    /* A piece of a page, in its points, as PNG; NULL where there is none; of ImagePage. */
    GBytes *(*crop)(const void *page, const ZpBox *box);
    /* A point of a page, in its points, to where it lies in its file; of ImagePage. */
    void (*place)(const void *page, float *x, float *y);
    /* All pages of a picture's file as a PDF; NULL: it cannot be made. */
    GBytes *(*to_pdf)(GBytes *bytes);
} ZpImageModule;

extern const ZpImageModule zp_image_module;
