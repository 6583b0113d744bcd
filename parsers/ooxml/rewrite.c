/*
 * rewrite.c - a zip with some entries replaced in place.
 *
 *     head | bytes   head | bytes   …   directory            end
 *                    └ replaced ┘       where each head is   where the directory is
 *
 * No library that Debian 12 has copies the other entries with their heads, fields and gaps as they are
 * (libarchive packs anew, libzip writes heads anew), and a copy whose every other byte is the original's is what
 * can be signed for.  So the bytes are copied, the replaced entry is packed with zlib, and the places in the
 * directory are moved along.
 *
 * Source: PKWARE APPNOTE 6.3, 4.3.
 */
#include "parsers/ooxml/rewrite.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/ooxml/package.h"

#include <stdbool.h>
#include <string.h>
#include <zlib.h>

/* Bytes of the fixed parts of records, and what they begin with. */
#define HEAD_BYTES  30
#define ROW_BYTES   46
#define END_BYTES   22
#define HEAD_SIGN   0x04034b50u
#define ROW_SIGN    0x02014b50u
#define END_SIGN    0x06054b50u
#define AFTER_SIGN  0x08074b50u /* of the sizes behind an entry, where they have one */
#define COMMENT_MAX 65535u

#define FLAG_ENCRYPTED 1u
#define FLAG_AFTER     8u /* sizes stand behind the entry, not in its head */

enum { STORED = 0, DEFLATED = 8 };

/* A row of the directory. */
typedef struct {
    gsize row;             /* where it stands */
    gsize head, data, end; /* of its entry: where its head, its bytes and what follows begin */
    guint method;
    const ZpNewPart *part; /* (nullable) to be put in its place */
} Entry;

typedef struct {
    const guint8 *bytes;
    gsize size;
    gsize directory, end; /* where they begin */
    GArray *entries;      /* of Entry, by place */
} Zip;

static guint read2(const guint8 *at)
{
    return (guint)at[0] | (guint)at[1] << 8;
}

static guint32 read4(const guint8 *at)
{
    return (guint32)read2(at) | (guint32)read2(at + 2) << 16;
}

static void write2(guint8 *at, guint value)
{
    at[0] = (guint8)value;
    at[1] = (guint8)(value >> 8);
}

static void write4(guint8 *at, guint32 value)
{
    write2(at, value & 0xFFFF);
    write2(at + 2, value >> 16);
}

/* The end record is the last one whose comment reaches just to the end of the file. */
static bool find_end(Zip *zip)
{
    for (gsize back = END_BYTES; back <= MIN(zip->size, (gsize)END_BYTES + COMMENT_MAX); back++) {
        const guint8 *at = zip->bytes + zip->size - back;
        if (read4(at) != END_SIGN || read2(at + 20) != back - END_BYTES)
            continue;
        zip->end = zip->size - back;
        zip->directory = read4(at + 16);
        bool is_one_file =
            read2(at + 4) == 0 && read2(at + 6) == 0 && read2(at + 8) == read2(at + 10);
        return is_one_file && zip->directory < zip->end &&
               read4(at + 12) <= zip->end - zip->directory;
    }
    return false;
}

/* Where the entry's bytes are; false where the head is not what the row says. */
static bool find_data(const Zip *zip, Entry *entry)
{
    const guint8 *row = zip->bytes + entry->row, *head = zip->bytes + entry->head;
    gsize packed = read4(row + 20);
    if (entry->head + HEAD_BYTES > zip->directory || read4(head) != HEAD_SIGN)
        return false;
    entry->data = entry->head + HEAD_BYTES + read2(head + 26) + read2(head + 28);
    entry->end = entry->data + packed;
    if (entry->data > zip->directory || packed > zip->directory - entry->data)
        return false;
    if (read2(head + 6) & FLAG_AFTER) {
        bool has_sign =
            entry->end + 16 <= zip->directory && read4(zip->bytes + entry->end) == AFTER_SIGN;
        entry->end += has_sign ? 16 : 12;
    }
    return entry->end <= zip->directory;
}

static const ZpNewPart *find_part(const Zip *zip, const guint8 *row, const GArray *parts)
{
    g_autofree char *raw = g_strndup((const char *)row + ROW_BYTES, read2(row + 28));
    g_autofree char *name = g_utf8_validate(raw, -1, NULL) ? zp_package_name("", raw) : NULL;
    (void)zip;
    for (guint k = 0; name && k < parts->len; k++) {
        const ZpNewPart *part = &g_array_index(parts, ZpNewPart, k);
        if (strcmp(part->name, name) == 0)
            return part;
    }
    return NULL;
}

static int compare_entries(gconstpointer a, gconstpointer b)
{
    const Entry *one = a, *other = b;
    return one->head < other->head ? -1 : one->head > other->head;
}

/* The rows of the directory; those to be replaced must be sound, others are only moved. */
static bool list_entries(Zip *zip, const GArray *parts)
{
    guint n = read2(zip->bytes + zip->end + 10), n_found = 0;
    gsize at = zip->directory;
    for (guint k = 0; k < n && k < ZP_LIMIT_PACKAGE_ENTRIES; k++) {
        const guint8 *row = zip->bytes + at;
        if (at + ROW_BYTES > zip->end || read4(row) != ROW_SIGN)
            return false;
        gsize length = ROW_BYTES + (gsize)read2(row + 28) + read2(row + 30) + read2(row + 32);
        if (length > zip->end - at)
            return false;
        Entry entry = {.row = at,
                       .head = read4(row + 42),
                       .method = read2(row + 10),
                       .part = find_part(zip, row, parts)};
        bool is_known = entry.method == STORED || entry.method == DEFLATED;
        if (entry.part && (!is_known || read2(row + 8) & FLAG_ENCRYPTED || !find_data(zip, &entry)))
            return false;
        n_found += entry.part != NULL;
        g_array_append_val(zip->entries, entry);
        at += length;
    }
    g_array_sort(zip->entries, compare_entries);
    return n_found == parts->len && zip->entries->len == n;
}

/* Whether the entries that are replaced overlap no other. */
static bool are_apart(const Zip *zip)
{
    for (guint k = 0; k + 1 < zip->entries->len; k++) {
        const Entry *entry = &g_array_index(zip->entries, Entry, k), *next = entry + 1;
        if (entry->part && entry->end > next->head)
            return false;
        if (next->part && entry->head == next->head)
            return false;
    }
    return true;
}

static GByteArray *deflate_bytes(GBytes *bytes)
{
    gsize size = 0;
    gconstpointer data = g_bytes_get_data(bytes, &size);
    z_stream stream = {0};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    GByteArray *out = g_byte_array_new();
    g_byte_array_set_size(out, (guint)deflateBound(&stream, size));
    stream.next_in = (Bytef *)data; /* zlib does not write there */
    stream.avail_in = (uInt)size;
    stream.next_out = out->data;
    stream.avail_out = out->len;
    bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    g_byte_array_set_size(out, (guint)stream.total_out);
    deflateEnd(&stream);
    return done ? out : (g_byte_array_unref(out), NULL);
}

/* What the directory and the head say of the new bytes. */
static void write_sizes(guint8 *at, GBytes *bytes, gsize packed)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    write4(at, (guint32)crc32(crc32(0, NULL, 0), data, (uInt)size));
    write4(at + 4, (guint32)packed);
    write4(at + 8, (guint32)size);
}

/* The entry with its head: that of before but for sizes, which now stand in it. */
static bool append_entry(GByteArray *out, const Zip *zip, const Entry *entry, gsize *packed_size)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(entry->part->bytes, &size);
    g_autoptr(GByteArray) packed =
        entry->method == DEFLATED ? deflate_bytes(entry->part->bytes) : NULL;
    if (entry->method == DEFLATED && !packed)
        return false;
    *packed_size = packed ? packed->len : size;
    gsize at = out->len;
    g_byte_array_append(out, zip->bytes + entry->head, (guint)(entry->data - entry->head));
    write2(out->data + at + 6, read2(out->data + at + 6) & ~FLAG_AFTER);
    write_sizes(out->data + at + 14, entry->part->bytes, *packed_size);
    g_byte_array_append(out, packed ? packed->data : data, (guint)*packed_size);
    return true;
}

/* Rows are moved when the entries stand: each says where its head now is. */
static GByteArray *write_zip(const Zip *zip)
{
    g_autoptr(GByteArray) out = g_byte_array_new();
    g_autoptr(GByteArray) tail = g_byte_array_new(); /* the directory and what follows */
    g_byte_array_append(tail, zip->bytes + zip->directory, (guint)(zip->size - zip->directory));
    gsize from = 0;
    gint64 moved = 0; /* by which what follows stands further back */
    for (guint k = 0; k < zip->entries->len; k++) {
        const Entry *entry = &g_array_index(zip->entries, Entry, k);
        guint8 *row = tail->data + (entry->row - zip->directory);
        write4(row + 42, (guint32)((gint64)entry->head + moved));
        if (!entry->part)
            continue;
        gsize packed = 0;
        g_byte_array_append(out, zip->bytes + from, (guint)(entry->head - from));
        if (!append_entry(out, zip, entry, &packed))
            return NULL;
        from = entry->end;
        moved = (gint64)out->len - (gint64)from;
        write2(row + 8, read2(row + 8) & ~FLAG_AFTER);
        write_sizes(row + 16, entry->part->bytes, packed);
    }
    g_byte_array_append(out, zip->bytes + from, (guint)(zip->directory - from));
    write4(tail->data + (zip->end - zip->directory) + 16, out->len);
    g_byte_array_append(out, tail->data, tail->len);
    return g_steal_pointer(&out);
}

GBytes *zp_ooxml_rewrite(GBytes *package, const GArray *parts, GError **error)
{
    Zip zip = {.entries = g_array_new(FALSE, FALSE, sizeof(Entry))};
    g_autoptr(GArray) entries = zip.entries;
    zip.bytes = g_bytes_get_data(package, &zip.size);
    /* Sizes that the 32 bits of a record cannot say are those of Zip64; none of them is read either. */
    bool is_sound = zip.size >= END_BYTES && zip.size <= ZP_LIMIT_PACKAGE_BYTES && find_end(&zip) &&
                    list_entries(&zip, parts) && are_apart(&zip);
    g_autoptr(GByteArray) out = is_sound ? write_zip(&zip) : NULL;
    if (!out) {
        zp_error_set(
            error, ZP_ERROR_OUTPUT,
            "这个压缩包的目录不寻常，改不了其中一个部件而不动别的；请用原来的软件另存后再改",
            "the directory of this zip is unusual, so that no part can be changed with the "
            "others as they are; save the file anew with the program it is from");
        return NULL;
    }
    return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}
