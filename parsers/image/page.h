/*
 * page.h - a picture's bytes into a level page of ink.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/image/level.h"

#include <leptonica/allheaders.h>

/* A page as it is read: level, grey with a white ground, and its ink. */
typedef struct {
    PIX *grey;                     /* 8 bits */
    PIX *ink;                      /* 1 bit */
    float dpi;                     /* of the picture, or what it must be for a sheet of its shape */
    float em;                      /* pixels: the height of a character */
    Level level;                   /* what was taken out */
    int turned;                    /* quarter turns clockwise that were taken out */
    float file_width, file_height; /* pixels, as it lies in the file */
    float file_dpi;
} Picture;

void picture_clear(Picture *picture);

/* What a file's head says. */
typedef enum {
    PICTURE_WELL,
    PICTURE_DAMAGED,
    PICTURE_LARGE,
    PICTURE_BLANK,
    PICTURE_COARSE
} PictureState;

/**
 * picture_count: the pages of a file; 0: damaged.
 */
guint picture_count(const guint8 *data, gsize size);

/**
 * picture_decode: one page, after its head's sizes were found within the limits.
 * @out: (out): any depth
 * @dpi: (out): 0 where the file does not say
 */
PictureState picture_decode(const guint8 *data, gsize size, guint page, PIX **out, float *dpi);

/**
 * picture_dpi: what its file says, or what it must be for a sheet of its shape.
 */
float picture_dpi(PIX *pix, float dpi);

/**
 * picture_prepare: grey without its ground, level.
 * @pix: (transfer none)
 * @turns: quarter turns clockwise to put it upright
 */
PictureState picture_prepare(Picture *picture, PIX *pix, float dpi, int turns);

/**
 * picture_to_file: how the level page lies in its file.
 */
void picture_to_file(const Picture *picture, SheetPlace *place);
