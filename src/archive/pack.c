/*
 * pack.c - one zstd frame a value, with its checksum.
 *
 * A form at level 5 is as small as at 9.  An original is to be no larger than gzip makes it: what is large is so at level 7, a
 * web page of some kilobytes at 12, a text of a few hundred lines at 13.
 */
#include "archive/pack.h"

#include <zstd.h>

#define FORM_LEVEL 5

/* Bytes of an original up to which it is packed at a level. */
static const struct {
    gsize most;
    int level;
} LEVELS[] = {{4 * 1024, 13}, {64 * 1024, 12}, {G_MAXSIZE, 7}};

struct ZpPacker {
    ZSTD_CCtx *context;
};

ZpPacker *zp_packer_new(void)
{
    ZpPacker *packer = g_new0(ZpPacker, 1);
    packer->context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(packer->context, ZSTD_c_checksumFlag, 1);
    return packer;
}

void zp_packer_free(ZpPacker *packer)
{
    if (packer)
        ZSTD_freeCCtx(packer->context);
    g_free(packer);
}

static GBytes *pack_at(ZpPacker *packer, int level, gconstpointer data, gsize size)
{
    ZSTD_CCtx_setParameter(packer->context, ZSTD_c_compressionLevel, level);
    gsize room = ZSTD_compressBound(size);
    char *packed = g_malloc(room);
    gsize length = ZSTD_compress2(packer->context, packed, room, data ? data : "", size);
    if (!ZSTD_isError(length) && length < size)
        return g_bytes_new_take(g_realloc(packed, length), length);
    g_free(packed);
    return NULL;
}

GBytes *zp_pack(ZpPacker *packer, gconstpointer data, gsize size)
{
    return pack_at(packer, FORM_LEVEL, data, size);
}

GBytes *zp_pack_original(ZpPacker *packer, gconstpointer data, gsize size)
{
    gsize k = 0;
    while (size > LEVELS[k].most)
        k++;
    return pack_at(packer, LEVELS[k].level, data, size);
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
