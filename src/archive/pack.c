/*
 * pack.c - one zstd frame a value, with its checksum.
 *
 * Level 9 makes web pages of some ten kilobytes as small as gzip does, which level 3 does not.
 */
#include "archive/pack.h"

#include <zstd.h>

#define LEVEL 9

GBytes *zp_pack(gconstpointer data, gsize size)
{
    gsize room = ZSTD_compressBound(size);
    char *packed = g_malloc(room);
    ZSTD_CCtx *context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, LEVEL);
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    gsize length = ZSTD_compress2(context, packed, room, data ? data : "", size);
    ZSTD_freeCCtx(context);
    if (!ZSTD_isError(length) && length < size)
        return g_bytes_new_take(g_realloc(packed, length), length);
    g_free(packed);
    return NULL;
}

GBytes *zp_unpack(gconstpointer data, gsize size, gsize most)
{
    unsigned long long room = ZSTD_getFrameContentSize(data, size);
    if (room == ZSTD_CONTENTSIZE_ERROR || room == ZSTD_CONTENTSIZE_UNKNOWN || room > most)
        return NULL;
    char *bytes = g_malloc((gsize)room + 1);
    gsize length = ZSTD_decompress(bytes, (gsize)room, data, size);
    if (!ZSTD_isError(length) && length == room)
        return g_bytes_new_take(bytes, length);
    g_free(bytes);
    return NULL;
}
