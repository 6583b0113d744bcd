/*
 * image.h - pictures: scans and photographs of forms.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/parser.h"
#include "parsers/print/pages.h"

extern const ZpParser zp_image_parser;

/* Which pages are read from their pictures. */
typedef enum {
    ZP_OCR_NEVER,
    ZP_OCR_AUTO,   /* those without text that is seen */
    ZP_OCR_ALWAYS, /* all that a picture covers most of */
} ZpOcrMode;

/**
 * zp_image_set_mode: before any worker is started; until then pictures are of a kind that no parser reads.
 *
 * Returns: false where the module or what scripts/ocr.sh fetches is not there, so that nothing is read.
 */
bool zp_image_set_mode(ZpOcrMode mode);

/**
 * zp_image_is_wanted: whether pictures are to be read and can be; zp_image_mode: and which.
 */
bool zp_image_is_wanted(void);
ZpOcrMode zp_image_mode(void);

/**
 * zp_image_load: open the module, the runtime and the model; a worker does so before its sandbox closes.
 */
bool zp_image_load(GError **error);

/**
 * zp_image_is_loaded: whether a page can be read from its picture here and now.
 */
bool zp_image_is_loaded(void);

/**
 * zp_image_folder: where the runtime and the model are.
 * @missing: (out) (nullable): a file that is not there
 *
 * Returns: (nullable) (transfer full)
 */
char *zp_image_folder(char **missing);
char *zp_image_module_path(void);

/**
 * zp_image_to_pdf: a picture as a PDF, a page a picture, its pixels as they are.
 * @error: ZP_ERROR_OUTPUT; as zp_image_load
 */
GBytes *zp_image_to_pdf(GBytes *input, GError **error);

/* How a page of pixels was read. */
typedef enum { ZP_PICTURE_READ, ZP_PICTURE_UNREAD, ZP_PICTURE_NOTHING } ZpPictureOutcome;

/* Pixels of a page of a document: grey, or 0xRRGGBB of four bytes, as Cairo has them. */
typedef struct {
    const guint8 *bytes;
    guint width, height, stride, samples;
    float dpi;
} ZpPixels;

/**
 * zp_image_read_page: a page of another format from its picture, into the document.
 * @number: of the page
 *
 * A page that is too coarse is named in a loss (ZP_LOSS_NO_TEXT_LAYER), and so is one too large.
 */
bool zp_image_read_page(ZpDocument *document, guint32 number, const ZpPixels *pixels,
                        GError **error);

/**
 * zp_image_read_part: the same from the file of a picture.
 * @at: where the page has it, in points: its width tells how fine it is
 */
bool zp_image_read_part(ZpDocument *document, guint32 number, GBytes *picture, const ZpBox *at,
                        GError **error);
