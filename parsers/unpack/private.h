/*
 * private.h - an archive's bytes, and the names of its entries; for unpack*.c alone.
 */
#pragma once

#include "parsers/unpack/unpack.h"

#include <archive.h>
#include <glib.h>

typedef struct archive Archive;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Archive, archive_read_free)

#define ZP_PACKED_CHUNK (64u * 1024)

/* Where an archive's bytes are. */
typedef struct {
    int fd;        /* with bytes NULL */
    GBytes *bytes; /* (nullable) not owned */
    goffset at, size;
    guint8 chunk[ZP_PACKED_CHUNK];
} ZpPackedSource;

/** zp_packed_source_open: the bytes of a descriptor, whose offset stays where it is. */
bool zp_packed_source_open(ZpPackedSource *source, int fd);

/** zp_packed_source_look: whether the bytes are an archive's. */
ZpPacked zp_packed_source_look(ZpPackedSource *source);

/**
 * zp_packed_source_bytes: all of it, in memory.
 * @limit: its size at most
 *
 * Returns: (nullable) (transfer full) NULL where there is more, or it cannot be read.
 */
GBytes *zp_packed_source_bytes(const ZpPackedSource *source, guint64 limit);

/**
 * zp_packed_archive_new, _open: libarchive's reader for such an archive, and its beginning.
 *
 * Returns: (transfer full); ARCHIVE_OK, or what archive_read_open1 says
 */
Archive *zp_packed_archive_new(ZpPacked packed);
int zp_packed_archive_open(Archive *archive, ZpPackedSource *source);

struct archive_entry;

typedef struct ZpEntryNames ZpEntryNames; /* those of one archive that were given out */

ZpEntryNames *zp_entry_names_new(void);
void zp_entry_names_free(ZpEntryNames *names);

/**
 * zp_entry_plain_name: an entry's name without `.`, `..`, a root and empty steps, in whatever characters.
 *
 * Returns: (transfer full) UTF-8 where it is UTF-8 or GB18030, else its bytes; "" for none
 */
char *zp_entry_plain_name(struct archive_entry *entry);

/** zp_entry_names_take: the same behind @prefix, and with a number when it was given out before. */
char *zp_entry_names_take(ZpEntryNames *names, const char *prefix, struct archive_entry *entry);

/** zp_entry_names_clean: likewise, of a name in whatever characters. */
char *zp_entry_names_clean(ZpEntryNames *names, const char *prefix, const char *raw);

/** zp_entry_names_add: likewise, of a name that is known. */
char *zp_entry_names_add(ZpEntryNames *names, const char *prefix, const char *name);

/** zp_entry_bare_name: `表.txt` of `folder/表.txt.gz`, `表.tar` of `表.tgz`. */
char *zp_entry_bare_name(const char *path);
