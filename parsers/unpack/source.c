/*
 * source.c - an archive's bytes for libarchive, and what tells an archive.
 *
 * A zip is an archive unless it is a package: that has its list of types, its relationships, the root of an OFD or the
 * kind's name in a fixed place (ECMA-376 part 2, GB/T 33190, OpenDocument part 3), wherever its parts may stand.
 */
#include "parsers/kinds.h"
#include "parsers/mail/letter.h"
#include "parsers/unpack/private.h"

#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes that tell an archive: a tar says so last, at 257. */
#define HEAD 512u
/* Entries that are looked at to tell a package from an archive; those that tell stand in front. */
#define LOOKED_AT 5000u
#define CHUNK     ZP_PACKED_CHUNK

static la_ssize_t read_source(Archive *archive, void *data, const void **bytes)
{
    ZpPackedSource *source = data;
    gssize n;
    do
        n = pread(source->fd, source->chunk, CHUNK, source->at);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        archive_set_error(archive, errno, "read");
    *bytes = source->chunk;
    source->at += MAX(n, 0);
    return n;
}

static la_int64_t skip_source(Archive *archive, void *data, la_int64_t bytes)
{
    ZpPackedSource *source = data;
    (void)archive;
    la_int64_t skipped = CLAMP(bytes, 0, source->size - source->at);
    source->at += skipped;
    return skipped;
}

static la_int64_t seek_source(Archive *archive, void *data, la_int64_t offset, int whence)
{
    ZpPackedSource *source = data;
    (void)archive;
    goffset from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? source->at : source->size;
    if (offset < -from || offset > source->size - from)
        return ARCHIVE_FATAL;
    source->at = from + offset;
    return source->at;
}

bool zp_packed_source_open(ZpPackedSource *source, int fd)
{
    struct stat about;
    source->fd = fd;
    source->bytes = NULL;
    source->at = 0;
    if (fstat(fd, &about) != 0)
        return false;
    source->size = about.st_size;
    return true;
}

int zp_packed_archive_open(Archive *archive, ZpPackedSource *source)
{
    source->at = 0;
    if (source->bytes)
        return archive_read_open_memory(archive, g_bytes_get_data(source->bytes, NULL),
                                        g_bytes_get_size(source->bytes));
    archive_read_set_callback_data(archive, source);
    archive_read_set_read_callback(archive, read_source);
    archive_read_set_skip_callback(archive, skip_source);
    archive_read_set_seek_callback(archive, seek_source);
    return archive_read_open1(archive);
}

/* The first bytes of a source. */
static GBytes *head_of(const ZpPackedSource *source, gsize length)
{
    if (source->bytes)
        return g_bytes_new_from_bytes(source->bytes, 0,
                                      MIN(g_bytes_get_size(source->bytes), length));
    guint8 *data = g_malloc(length);
    gssize n = pread(source->fd, data, length, 0);
    return g_bytes_new_take(data, (gsize)MAX(n, 0));
}

GBytes *zp_packed_source_bytes(const ZpPackedSource *source, guint64 limit)
{
    if (source->bytes)
        return g_bytes_ref(source->bytes);
    if ((guint64)source->size > limit)
        return NULL;
    gsize size = (gsize)source->size, have = 0;
    guint8 *data = g_malloc(size + 1);
    while (have < size) {
        gssize n = pread(source->fd, data + have, size - have, (goffset)have);
        if (n <= 0 && !(n < 0 && errno == EINTR))
            break;
        have += (gsize)MAX(n, 0);
    }
    return g_bytes_new_take(data, have);
}

/* More is looked at only where the first line may be one of a letter's. */
static bool is_letter(const ZpPackedSource *source, GBytes *head)
{
    static const gsize NAME_WITHIN = 80;
    gsize size = 0;
    const char *data = g_bytes_get_data(head, &size);
    if (size == 0 || !g_ascii_isalpha(*data) ||
        (!memchr(data, ':', MIN(size, NAME_WITHIN)) && strncmp(data, "From ", MIN(size, 5)) != 0))
        return false;
    g_autoptr(GBytes) more = head_of(source, ZP_LETTER_HEAD);
    return zp_letter_is(more);
}

static Archive *new_zip(void)
{
    Archive *archive = archive_read_new();
    archive_read_support_format_zip(archive);
    return archive;
}

static Archive *new_solid(void)
{
    Archive *archive = archive_read_new();
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_7zip(archive);
    archive_read_support_format_rar(archive);
    archive_read_support_format_rar5(archive);
    archive_read_support_format_raw(archive);
    return archive;
}

Archive *zp_packed_archive_new(ZpPacked packed)
{
    return packed == ZP_PACKED_APART ? new_zip() : new_solid();
}

/* What only a package has, also one that lost the part which says so; of a mimetype it is the first entry. */
static bool is_of_package(const char *name, guint number)
{
    static const char *const PARTS[] = {
        "[Content_Types].xml",   "_rels/.rels",       "OFD.xml",           "word/document.xml",
        "xl/workbook.xml",       "docProps/app.xml",  "docProps/core.xml", "Encryptions.xml",
        "META-INF/manifest.xml", "Doc_0/Document.xml"};
    if (number == 0 && strcmp(name, "mimetype") == 0)
        return true;
    for (gsize k = 0; k < G_N_ELEMENTS(PARTS); k++) {
        if (g_ascii_strcasecmp(name, PARTS[k]) == 0)
            return true;
    }
    return false;
}

/* A zip without a name that makes it a package; one that nothing can be read of is no archive either. */
static bool is_plain_zip(ZpPackedSource *source)
{
    g_autoptr(Archive) archive = new_zip();
    struct archive_entry *entry;
    int status = zp_packed_archive_open(archive, source);
    guint n = 0;
    for (; status == ARCHIVE_OK && n < LOOKED_AT; n++) {
        status = archive_read_next_header(archive, &entry);
        if (status == ARCHIVE_WARN)
            status = ARCHIVE_OK;
        g_autofree char *name = status == ARCHIVE_OK ? zp_entry_plain_name(entry) : NULL;
        if (name && is_of_package(name, n))
            return false;
    }
    return n > 1 || status == ARCHIVE_EOF || status == ARCHIVE_OK;
}

/* The name in the local header that a zip begins with: packages begin with a part that tells. */
static bool begins_as_package(GBytes *head)
{
    static const gsize NAME_AT = 30, LENGTH_AT = 26;
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(head, &size);
    if (size < NAME_AT || memcmp(data, "PK\3\4", 4) != 0)
        return false;
    gsize length = data[LENGTH_AT] | (gsize)data[LENGTH_AT + 1] << 8;
    if (size < NAME_AT + length)
        return false;
    g_autofree char *name = g_strndup((const char *)data + NAME_AT, length);
    return is_of_package(name, 0);
}

static bool is_zip(GBytes *head)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(head, &size);
    return size >= 4 && (memcmp(data, "PK\3\4", 4) == 0 || memcmp(data, "PK\5\6", 4) == 0);
}

ZpPacked zp_packed_source_look(ZpPackedSource *source)
{
    static const char *const SOLID[] = {"gzip", "bzip2", "xz", "zstd", "7z", "rar", "tar"};
    g_autoptr(GBytes) head = head_of(source, HEAD);
    if (is_zip(head))
        return !begins_as_package(head) && is_plain_zip(source) ? ZP_PACKED_APART : ZP_PACKED_NOT;
    const ZpKind *kind = zp_kind_of(head);
    for (gsize k = 0; kind && k < G_N_ELEMENTS(SOLID); k++) {
        if (strcmp(kind->id, SOLID[k]) == 0)
            return ZP_PACKED_SOLID;
    }
    return is_letter(source, head) ? ZP_PACKED_LETTER : ZP_PACKED_NOT;
}
