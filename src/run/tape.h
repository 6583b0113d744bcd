/*
 * tape.h - records one behind the other in a file: what journals and shards are.
 *
 *     magic | frame: head | frame: entry | frame: entry | … | frame: end
 *
 *     frame   | size | CRC-32 of the payload | payload |
 *     head    what the run was: version, key, shard, inputs
 *     entry   number of the input, its part, its path, its stamp, its record (record.h)
 *     end     how many files were passed over unread; a tape without it is not complete
 *
 * A tape that a dying process left is good up to its last whole frame.  Numbers of the frame and
 * places in records are as the machine has them; a tape of another kind of machine has no magic.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/stat.h>

/* What the run was that made a tape; those that do not agree cannot be put together. */
typedef struct {
    char *key;         /* digest of all that decides what a record holds */
    char *program;     /* version and rules */
    GPtrArray *words;  /* of char *: its options, as whoever made it packs them */
    bool check;        /* of `check`, else of `convert` */
    guint shard, of;   /* --shard I/N, from 1; 0/0: the whole run */
    GPtrArray *inputs; /* of char *: as given, any bytes */
} ZpTapeHead;

ZpTapeHead *zp_tape_head_new(void);
void zp_tape_head_free(ZpTapeHead *head);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpTapeHead, zp_tape_head_free)

/* By what a file is known to be the one of an earlier run; all zero: it was not there. */
typedef struct {
    guint64 size, changed_ns, inode;
} ZpStamp;

/** zp_stamp_of: the stamp of what is at a path now. */
ZpStamp zp_stamp_of(const char *path);

/* One input. */
typedef struct {
    guint64 number, part; /* of the input; of an entry in it, else 0 */
    char *path;           /* any bytes */
    bool is_named;        /* on the command line, not found in a folder or an archive */
    guint64 passed;       /* entries of the archive before it that were no files to read */
    ZpStamp stamp;        /* of the archive, where it is an entry of one */
    GBytes *record;
} ZpTapeEntry;

void zp_tape_entry_free(ZpTapeEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpTapeEntry, zp_tape_entry_free)

/**
 * zp_tape_begin, _entry, _end: the bytes of a tape's parts, in their order.
 *
 * Returns: (transfer full)
 */
GBytes *zp_tape_begin(const ZpTapeHead *head);
GBytes *zp_tape_entry(const ZpTapeEntry *entry);
GBytes *zp_tape_end(guint64 skipped);

typedef struct ZpTape ZpTape; /* one that is read */

/**
 * zp_tape_open: read a tape's head.
 * @fd: (transfer full)
 * @name: for messages
 * @error: ZP_ERROR_DAMAGED when this is no tape of this version, ZP_ERROR_IO
 */
ZpTape *zp_tape_open(int fd, const char *name, GError **error);
void zp_tape_free(ZpTape *tape);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpTape, zp_tape_free)

const ZpTapeHead *zp_tape_head(const ZpTape *tape);

/** zp_tape_take_head: likewise, and it is the caller's; the tape has none any more. */
ZpTapeHead *zp_tape_take_head(ZpTape *tape);

/**
 * zp_tape_next: the next entry.
 *
 * Returns: (transfer full) (nullable) NULL at the end, or where the tape is torn: see zp_tape_is_complete.
 */
ZpTapeEntry *zp_tape_next(ZpTape *tape);

/**
 * zp_tape_is_complete: whether the end was reached.
 * @skipped: (nullable) files that the run passed over unread
 */
bool zp_tape_is_complete(const ZpTape *tape, guint64 *skipped);

/** zp_tape_good_until: the offset behind the last frame that was read. */
guint64 zp_tape_good_until(const ZpTape *tape);
