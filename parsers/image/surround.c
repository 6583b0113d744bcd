/*
 * surround.c - the desk, the lid: what is dark at a picture's edges is painted as the paper beside it.
 *
 * A small picture of the grounds alone is made (text is closed away).  Light fades over a sheet and hands throw
 * shadows, but paper is never half as bright as the paper a little way off; a desk is.
 */
#include "parsers/image/surround.h"

#include <glib.h>

/* Pixels of the small picture's longer side; what is closed away, how far paper is looked for, what is blurred. */
#define SMALL  400
#define CLOSED 9
#define WINDOW 81
#define EDGE   5
/* Of the brightness of the paper nearby. */
#define DARK 0.5f

/* The grounds: text is smaller than what is closed. */
static PIX *find_grounds(PIX *grey, l_int32 factor)
{
    PIX *small = pixScaleAreaMap(grey, 1.0f / (float)factor, 1.0f / (float)factor);
    PIX *closed = small ? pixCloseGray(small, CLOSED, CLOSED) : NULL;
    pixDestroy(&small);
    return closed;
}

/* What is dark against the brightest nearby, and hangs together with the picture's edge. */
static PIX *find_dark(PIX *grounds)
{
    PIX *brightest = pixDilateGray(grounds, WINDOW, WINDOW);
    l_int32 width = pixGetWidth(grounds), height = pixGetHeight(grounds);
    PIX *dark = pixCreate(width, height, 1), *edges = NULL, *wide = NULL;
    for (l_int32 y = 0; brightest && dark && y < height; y++) {
        for (l_int32 x = 0; x < width; x++) {
            l_uint32 here = 0, there = 0;
            pixGetPixel(grounds, x, y, &here);
            pixGetPixel(brightest, x, y, &there);
            if ((float)here < DARK * (float)there)
                pixSetPixel(dark, x, y, 1);
        }
    }
    if (dark)
        edges = pixExtractBorderConnComps(dark, 8);
    if (edges)
        wide = pixDilateBrick(NULL, edges, EDGE, EDGE);
    pixDestroy(&brightest);
    pixDestroy(&dark);
    pixDestroy(&edges);
    return wide;
}

void surround_clear(PIX *grey)
{
    l_int32 factor = MAX(pixGetWidth(grey), pixGetHeight(grey)) / SMALL;
    PIX *grounds = factor > 1 ? find_grounds(grey, factor) : NULL;
    PIX *dark = grounds ? find_dark(grounds) : NULL;
    l_int32 is_none = 1;
    if (dark && pixZero(dark, &is_none) == 0 && !is_none) {
        pixSetMasked(grounds, dark, 0);
        pixFillMapHoles(grounds, pixGetWidth(grounds), pixGetHeight(grounds), L_FILL_BLACK);
        PIX *paper = pixScaleBySampling(grounds, (l_float32)factor, (l_float32)factor);
        PIX *mask = pixExpandReplicate(dark, factor);
        if (paper && mask)
            pixCombineMasked(grey, paper, mask);
        pixDestroy(&paper);
        pixDestroy(&mask);
    }
    pixDestroy(&grounds);
    pixDestroy(&dark);
}
