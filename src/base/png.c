/*
 * png.c - | signature | length IHDR … crc | length IDAT … crc | … | 0 IEND crc |
 */
#include "base/png.h"

#include <string.h>

#define SIGNATURE "\x89PNG\r\n\x1a\n"
/* Of a chunk: its length, its kind, its sum. */
#define FRAME 12u
/* Of the first chunk: width, height and five bytes of how. */
#define HEAD 13u

static guint32 big(const guint8 *at)
{
    return (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 | at[3];
}

bool zp_png_look(GBytes *bytes, guint32 most, guint32 *width, guint32 *height)
{
    gsize size = 0, at = sizeof SIGNATURE - 1;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    if (size < at + FRAME + HEAD || memcmp(data, SIGNATURE, at) != 0 ||
        memcmp(data + at + 4, "IHDR", 4) != 0 || big(data + at) != HEAD)
        return false;
    *width = big(data + at + 8);
    *height = big(data + at + 12);
    if (!*width || !*height || *width > most || *height > most)
        return false;
    while (size - at >= FRAME && big(data + at) <= size - at - FRAME) {
        bool is_end = memcmp(data + at + 4, "IEND", 4) == 0;
        at += FRAME + big(data + at);
        if (is_end)
            return at == size;
    }
    return false;
}
