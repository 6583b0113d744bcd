/*
 * recognise.c - crop a line with its margins, 48 pixels high, and run the model.
 *
 * The margins decide much: a crop cut at the ink is squeezed too large, and a dash becomes a stroke of anything.
 */
#include "parsers/image/recognise.h"

#include "base/limits.h"

#include <math.h>
#include <string.h>

/* What the model takes: its height; its width a multiple of this. */
#define HEIGHT 48
#define STEP   8
/* In em: the least height of a crop; above and below; at the sides. */
#define LEAST_HEIGHT 1.15f
#define MARGIN_Y     0.15f
#define MARGIN_X     0.25f

/* The line's pixels, white around them: neighbours' ink is not in it. */
static PIX *crop(PIX *grey, const LineBox *line, float em, l_int32 *left)
{
    l_int32 width = line->x1 - line->x0, height = line->y1 - line->y0;
    l_int32 high = (l_int32)lroundf(MAX((float)height, LEAST_HEIGHT * em) + 2 * MARGIN_Y * em);
    l_int32 side = (l_int32)lroundf(MARGIN_X * em);
    PIX *out = pixCreate(width + 2 * side, high, 8);
    if (!out)
        return NULL;
    pixSetAll(out);
    /* A pixel of blur around the ink belongs to it. */
    l_int32 x = MAX(line->x0 - 2, 0), y = MAX(line->y0 - 2, 0);
    l_int32 right = MIN(line->x1 + 2, pixGetWidth(grey)),
            below = MIN(line->y1 + 2, pixGetHeight(grey));
    pixRasterop(out, side - (line->x0 - x), (high - height) / 2 - (line->y0 - y), right - x,
                below - y, PIX_SRC, grey, x, y);
    *left = line->x0 - side;
    return out;
}

static PIX *scale(PIX *pix)
{
    float factor = (float)HEIGHT / (float)pixGetHeight(pix);
    l_int32 width = (l_int32)lroundf((float)pixGetWidth(pix) * factor);
    PIX *out =
        factor < 0.7f ? pixScaleAreaMap(pix, factor, factor) : pixScaleGrayLI(pix, factor, factor);
    (void)width;
    return out;
}

/* Three equal planes, white as 1, black as -1. */
static float *fill_pixels(PIX *pix, l_int32 width)
{
    gsize plane = (gsize)HEIGHT * (gsize)width;
    float *pixels = g_new(float, 3 * plane);
    l_int32 w = MIN(pixGetWidth(pix), width), h = MIN(pixGetHeight(pix), HEIGHT);
    for (gsize k = 0; k < plane; k++)
        pixels[k] = 1;
    for (l_int32 y = 0; y < h; y++) {
        const l_uint32 *row = pixGetData(pix) + (gsize)y * (gsize)pixGetWpl(pix);
        for (l_int32 x = 0; x < w; x++)
            pixels[(gsize)y * (gsize)width + (gsize)x] =
                ((float)GET_DATA_BYTE(row, x) / 255 - 0.5f) / 0.5f;
    }
    memcpy(pixels + plane, pixels, plane * sizeof *pixels);
    memcpy(pixels + 2 * plane, pixels, plane * sizeof *pixels);
    return pixels;
}

bool recognise_line(const Recogniser *recogniser, PIX *grey, const LineBox *line, float em,
                    Seen *seen)
{
    l_int32 left = 0;
    *seen = (Seen){0};
    PIX *part = crop(grey, line, em, &left);
    PIX *small = part ? scale(part) : NULL;
    bool done = false;
    if (small) {
        l_int32 width = (pixGetWidth(small) + STEP - 1) / STEP * STEP;
        width = CLAMP(width, 2 * STEP, (l_int32)ZP_LIMIT_IMAGE_WIDTH);
        g_autofree float *pixels = fill_pixels(small, width);
        done = runtime_run(recogniser->runtime, pixels, HEIGHT, width, &seen->output) &&
               seen->output.n_classes == (gint64)recogniser->alphabet.n && seen->output.n_steps > 0;
        seen->x0 = (float)left;
        seen->step =
            done ? (float)width / (float)seen->output.n_steps * (float)pixGetHeight(part) / HEIGHT
                 : 0;
    }
    pixDestroy(&part);
    pixDestroy(&small);
    if (!done)
        recognise_clear(recogniser, seen);
    return done;
}

void recognise_clear(const Recogniser *recogniser, Seen *seen)
{
    runtime_output_clear(recogniser->runtime, &seen->output);
}
