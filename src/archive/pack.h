/*
 * pack.h - bytes made smaller (zstd), and back.
 */
#pragma once

#include <glib.h>

/* What packs: making one costs more than packing a small form. */
typedef struct ZpPacker ZpPacker;

ZpPacker *zp_packer_new(void);
void zp_packer_free(ZpPacker *packer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpPacker, zp_packer_free)

/**
 * zp_pack: bytes as one zstd frame that says its size.
 *
 * Returns: (transfer full) (nullable) NULL when it would not be smaller
 */
GBytes *zp_pack(ZpPacker *packer, gconstpointer data, gsize size);

/**
 * zp_pack_original: the same, as small as gzip's at least.
 */
GBytes *zp_pack_original(ZpPacker *packer, gconstpointer data, gsize size);

/**
 * zp_unpack: back again.
 * @most: bytes that it may become
 *
 * Returns: (transfer full) (nullable) NULL when it is no such frame, or is larger
 */
GBytes *zp_unpack(gconstpointer data, gsize size, gsize most);
