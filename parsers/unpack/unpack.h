/*
 * unpack.h - the files inside an archive, one after the other, each whole in memory.
 *
 *     a.zip ─┬─ 甲单位/自评表.docx         part 1·0
 *            ├─ 乙单位.zip ─┬─ 自评表.xlsx  part 2·1    乙单位.zip!/自评表.xlsx
 *            │              └─ 说明.txt     part 2·2    乙单位.zip!/说明.txt
 *            └─ 丙单位/自评表.pdf           part 3·0
 *
 * Nothing is written anywhere, so a name leads nowhere: it is cleaned so that it can be shown and told from
 * the others, no more.  An archive inside is opened in its place, as far as ZP_LIMIT_ARCHIVE_DEPTH.  What is in a file
 * is the parsers' to say: an Office package, which is a zip, too, is a file and no archive.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* What a file is, by its content. */
typedef enum {
    ZP_PACKED_NOT,
    ZP_PACKED_SOLID,  /* read from its beginning: tar, 7z, rar, one compressed file */
    ZP_PACKED_APART,  /* each entry by itself: zip */
    ZP_PACKED_LETTER, /* a mail or a saved web page: its body and what is attached */
} ZpPacked;

/* What is to be done with an entry, asked before a byte of it is unpacked. */
typedef enum {
    ZP_UNPACK_TAKE,
    ZP_UNPACK_PASS,  /* a name that no document has: it is only counted */
    ZP_UNPACK_LEAVE, /* not this run's */
} ZpUnpackChoice;

/* What the archive says of an entry before a byte of it is unpacked. */
typedef struct {
    const char *name;
    guint64 part;  /* grows; of an outermost entry more than of all that is in the one before it */
    guint64 size;  /* as it says, which may be a lie; 0: it does not say */
    bool is_inner; /* in an archive in the archive */
} ZpUnpackEntry;

/* Who wants the entries.  A call that returns false ends it all. */
typedef struct {
    ZpUnpackChoice (*choose)(const ZpUnpackEntry *entry, gpointer data);
    /* the most bytes that a file of this name may have; "" is what is unpacked itself */
    guint64 (*limit)(const char *name, gpointer data);
    /* from here on whatever happens is this entry's doing; @part grows */
    bool (*begin)(const char *name, guint64 part, gpointer data);
    /* the file that began last, or why it cannot be had */
    bool (*file)(GBytes *bytes, const GError *why, gpointer data);
    /* nothing to read: a link, a device, or what was to be passed over */
    bool (*passed)(const char *name, guint64 part, bool is_link, gpointer data);
    /* (nullable) a letter is met and the module for it was not loaded (parsers/mail/letter.h): it ends there */
    void (*letter)(gpointer data);
    gpointer data;
} ZpUnpackCalls;

/** zp_unpack_prepare: load what may not be loaded once the process is shut in. */
void zp_unpack_prepare(void);

/**
 * zp_unpack_look: whether a file is an archive.
 * @fd: can be read at any place; its offset stays where it is
 */
ZpPacked zp_unpack_look(int fd);

/**
 * zp_unpack_all: call for every entry, in the archive's order.
 * @fd: likewise
 * @path: for the name of what is in a file that is only compressed
 * @after: the part to go on behind; 0: from the beginning
 * @error: ZP_ERROR_DAMAGED, _ENCRYPTED, or _LIMIT naming the limit: what is wrong with the archive itself, after the
 * entries that could be had; not set when a call ended it
 *
 * Returns: whether the end was reached.
 */
bool zp_unpack_all(int fd, const char *path, guint64 after, const ZpUnpackCalls *calls,
                   GError **error);
