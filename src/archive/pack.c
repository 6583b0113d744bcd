/*
 * pack.c - one zstd frame a value, with its checksum.
 *
 * Level 7 makes web pages of some ten kilobytes as small as gzip does, which level 3 does not; 9 takes twice the time for
 * nothing.
 */
#include "archive/pack.h"

#include <zstd.h>

#define LEVEL 7

struct ZpPacker {
    ZSTD_CCtx *context;
};

ZpPacker *zp_packer_new(void)
{
    ZpPacker *packer = g_new0(ZpPacker, 1);
    packer->context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(packer->context, ZSTD_c_compressionLevel, LEVEL);
    ZSTD_CCtx_setParameter(packer->context, ZSTD_c_checksumFlag, 1);
    return packer;
}

void zp_packer_free(ZpPacker *packer)
{
    if (packer)
        ZSTD_freeCCtx(packer->context);
    g_free(packer);
}

GBytes *zp_pack(ZpPacker *packer, gconstpointer data, gsize size)
{
    gsize room = ZSTD_compressBound(size);
    char *packed = g_malloc(room);
    gsize length = ZSTD_compress2(packer->context, packed, room, data ? data : "", size);
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
