/*
 * page.c - decode, take the ground and seals out, make level.
 *
 *     bytes ─▶ head ─▶ pixels ─▶ grey (a red seal vanishes in the red channel) ─▶ desk and ground made white
 *           ─▶ threshold ─▶ how its rules lie ─▶ made level ─▶ ink, height of a character
 */
#include "parsers/image/page.h"

#include "base/limits.h"
#include "parsers/image/surround.h"

#include <math.h>
#include <string.h>

/* Of pixels: so many that are red make a seal. */
#define RED_SHARE 0.0005f
/* How much redder than green and blue a pixel of a seal is. */
#define RED_LEAD 40
/* Inches of a sheet's long side (A4). */
#define SHEET_INCHES 11.69f
/* Sensible resolutions. */
#define DPI_LEAST 50.0f
#define DPI_MOST  1300.0f
/* Pixels of a character beyond which a picture is made smaller: the recogniser sees 48. */
#define EM_MOST 64.0f
/* The coarsest character that can be read. */
#define EM_LEAST 11.0f
/* What the ground is made; how far from ink to ground a faint part of ink may lie; how much faint ink alone, of all. */
#define GROUND      230
#define FAINT       0.45f
#define FAINT_ALONE 0.1f

void picture_clear(Picture *picture)
{
    pixDestroy(&picture->grey);
    pixDestroy(&picture->ink);
}

static bool is_tiff(const guint8 *data, gsize size)
{
    return size > 8 && (memcmp(data, "II*\0", 4) == 0 || memcmp(data, "MM\0*", 4) == 0);
}

guint picture_count(const guint8 *data, gsize size)
{
    if (!is_tiff(data, size))
        return 1;
    FILE *file = fmemopen((void *)data, size, "rb");
    l_int32 n = 0;
    if (!file)
        return 0;
    if (tiffGetCount(file, &n) != 0)
        n = 0;
    fclose(file);
    return (guint)MAX(n, 0);
}

static bool read_head(const guint8 *data, gsize size, guint page, l_int32 *width, l_int32 *height)
{
    l_int32 format, bits, samples, has_map;
    if (is_tiff(data, size))
        return readHeaderMemTiff(data, size, (l_int32)page, width, height, &bits, &samples, NULL,
                                 NULL, NULL) == 0;
    return pixReadHeaderMem(data, size, &format, width, height, &bits, &samples, &has_map) == 0;
}

PictureState picture_decode(const guint8 *data, gsize size, guint page, PIX **out, float *dpi)
{
    l_int32 width = 0, height = 0;
    setMsgSeverity(L_SEVERITY_NONE);
    if (!read_head(data, size, page, &width, &height) || width < 1 || height < 1)
        return PICTURE_DAMAGED;
    if (width > (l_int32)ZP_LIMIT_IMAGE_SIDE || height > (l_int32)ZP_LIMIT_IMAGE_SIDE ||
        (guint64)width * (guint64)height > ZP_LIMIT_IMAGE_PIXELS)
        return PICTURE_LARGE;
    PIX *pix =
        is_tiff(data, size) ? pixReadMemTiff(data, size, (l_int32)page) : pixReadMem(data, size);
    if (!pix)
        return PICTURE_DAMAGED;
    *dpi = (float)pixGetXRes(pix);
    *out = pix;
    return PICTURE_WELL;
}

/* Whether enough pixels are red; looked at in steps. */
static bool has_seal(PIX *rgb)
{
    guint n = 0, n_red = 0;
    l_int32 width = pixGetWidth(rgb), height = pixGetHeight(rgb);
    for (l_int32 y = 0; y < height; y += 3) {
        for (l_int32 x = 0; x < width; x += 3) {
            l_int32 r, g, b;
            pixGetRGBPixel(rgb, x, y, &r, &g, &b);
            n++;
            n_red += r - g > RED_LEAD && r - b > RED_LEAD;
        }
    }
    return (float)n_red > RED_SHARE * (float)n;
}

static PIX *grey_of(PIX *pix)
{
    PIX *plain = pixRemoveColormap(pix, REMOVE_CMAP_BASED_ON_SRC);
    PIX *grey = NULL;
    if (plain && pixGetDepth(plain) == 32)
        grey = has_seal(plain) ? pixGetRGBComponent(plain, COLOR_RED)
                               : pixConvertRGBToLuminance(plain);
    else if (plain)
        grey = pixConvertTo8(plain, FALSE);
    pixDestroy(&plain);
    return grey;
}

/* The ground as white; a picture of one bit has it already. */
static PIX *whiten(PIX *grey, bool is_one_bit)
{
    PIX *white = NULL;
    if (!is_one_bit && pixGetWidth(grey) > 100 && pixGetHeight(grey) > 100)
        white = pixBackgroundNorm(grey, NULL, NULL, 24, 24, 80, 60, GROUND, 2, 2);
    return white ? white : pixClone(grey);
}

/* One threshold for the page, Otsu's, kept between what ink and ground may be. */
static l_int32 find_level(PIX *grey)
{
    PIX *levels = NULL;
    l_uint32 value = 0;
    if (pixOtsuAdaptiveThreshold(grey, MAX(pixGetWidth(grey), 16), MAX(pixGetHeight(grey), 16), 0,
                                 0, 0.1f, &levels, NULL) == 0 &&
        levels)
        pixGetPixel(levels, 0, 0, &value);
    pixDestroy(&levels);
    return value ? CLAMP((l_int32)value, 110, 190) : 150;
}

static l_int32 count_ink(PIX *ink)
{
    l_int32 n = 0;
    pixCountPixels(ink, &n, NULL);
    return n;
}

/*
 * Ink, with its fainter parts: thin strokes of a light face break at one threshold.  What is faint and touches
 * no ink is the page's back or dirt; where there is much of it, the faint parts are not to be trusted.
 */
static PIX *threshold(PIX *grey)
{
    l_int32 level = find_level(grey);
    PIX *ink = pixThresholdToBinary(grey, level);
    PIX *faint = pixThresholdToBinary(grey, level + (l_int32)(FAINT * (float)(GROUND - level)));
    PIX *whole = ink && faint ? pixSeedfillBinary(NULL, ink, faint, 8) : NULL;
    bool is_sure = whole && (float)(count_ink(faint) - count_ink(whole)) <
                                FAINT_ALONE * (float)MAX(count_ink(ink), 1);
    pixDestroy(&faint);
    if (is_sure)
        pixDestroy(&ink);
    else
        pixDestroy(&whole);
    return is_sure ? whole : ink;
}

static int by_float(gconstpointer a, gconstpointer b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

/* The height of a character: the 80th of 100 about square pieces of ink, by size. */
static float measure_em(PIX *ink, float dpi)
{
    BOXA *boxes = pixConnCompBB(ink, 8);
    g_autoptr(GArray) sizes = g_array_new(FALSE, FALSE, sizeof(float));
    l_int32 n = boxes ? boxaGetCount(boxes) : 0;
    float least = MAX(6.0f, dpi * 0.05f), most = MAX(40.0f, dpi * 0.32f);
    for (l_int32 k = 0; k < n; k++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(boxes, k, &x, &y, &w, &h);
        float size = (float)MAX(w, h);
        if (size >= least && size <= most && w < 1.5 * h && h < 1.5 * w)
            g_array_append_val(sizes, size);
    }
    boxaDestroy(&boxes);
    if (sizes->len < 8)
        return 0;
    g_array_sort(sizes, by_float);
    return g_array_index(sizes, float, sizes->len * 4 / 5);
}

static float sensible_dpi(float dpi, l_int32 width, l_int32 height)
{
    float by_sheet = (float)MAX(width, height) / SHEET_INCHES;
    /* A resolution that makes the sheet far larger or smaller than any is a program's habit (72, 96). */
    if (dpi < DPI_LEAST || dpi > DPI_MOST || dpi < by_sheet / 2.5f || dpi > by_sheet * 2.5f)
        return by_sheet;
    return dpi;
}

static bool make_level(Picture *picture)
{
    picture->ink = threshold(picture->grey);
    float em = picture->ink ? measure_em(picture->ink, picture->dpi) : 0;
    if (em <= 0 || !level_find(picture->ink, em, &picture->level)) {
        level_keep(&picture->level, pixGetWidth(picture->grey), pixGetHeight(picture->grey));
        picture->em = em;
        return picture->ink != NULL;
    }
    PIX *level = level_apply(picture->grey, &picture->level);
    if (!level)
        return false;
    pixDestroy(&picture->grey);
    pixDestroy(&picture->ink);
    picture->grey = level;
    picture->ink = threshold(level);
    picture->em = picture->ink ? measure_em(picture->ink, picture->dpi) : 0;
    return picture->ink != NULL;
}

static PIX *turn(PIX *grey, int turns)
{
    return turns ? pixRotateOrth(grey, turns) : pixClone(grey);
}

/* A picture finer than is needed is made smaller. */
static void make_smaller(Picture *picture)
{
    float factor = EM_MOST * 0.7f / picture->em;
    PIX *small = pixScaleAreaMap(picture->grey, factor, factor);
    if (!small)
        return;
    pixDestroy(&picture->grey);
    pixDestroy(&picture->ink);
    picture->grey = small;
    picture->ink = threshold(small);
    picture->dpi *= factor;
    picture->em *= factor;
    level_shrink(&picture->level, factor);
}

float picture_dpi(PIX *pix, float dpi)
{
    return sensible_dpi(dpi, pixGetWidth(pix), pixGetHeight(pix));
}

PictureState picture_prepare(Picture *picture, PIX *pix, float dpi, int turns)
{
    *picture = (Picture){.turned = turns};
    dpi = sensible_dpi(dpi, pixGetWidth(pix), pixGetHeight(pix));
    picture->dpi = picture->file_dpi = dpi;
    picture->file_width = (float)pixGetWidth(pix);
    picture->file_height = (float)pixGetHeight(pix);
    PIX *grey = grey_of(pix);
    PIX *upright = grey ? turn(grey, turns) : NULL;
    pixDestroy(&grey);
    if (!upright)
        return PICTURE_DAMAGED;
    if (pixGetDepth(pix) > 1)
        surround_clear(upright);
    picture->grey = whiten(upright, pixGetDepth(pix) == 1);
    pixDestroy(&upright);
    if (!make_level(picture))
        return PICTURE_DAMAGED;
    if (picture->em > EM_MOST)
        make_smaller(picture);
    if (picture->em <= 0)
        return PICTURE_BLANK;
    return picture->em < EM_LEAST ? PICTURE_COARSE : PICTURE_WELL;
}

void picture_to_file(const Picture *picture, SheetPlace *place)
{
    *place = (SheetPlace){.level = picture->level,
                          .dpi = picture->dpi,
                          .file_dpi = picture->file_dpi,
                          .turned = picture->turned,
                          .width = picture->file_width,
                          .height = picture->file_height};
}
