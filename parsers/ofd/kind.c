/*
 * kind.c - whether a zip is an OFD, by the list of its entries.
 *
 * OFD.xml need not come first, and a document attached to an OFD brings names of its own into the bytes; only the
 * list at the end of a zip says which entries are the package's.
 */
#include "parsers/ofd/ofd.h"

#include "base/limits.h"

#include <string.h>

/* Of the record at the end: its size, and where the size of the list stands; a comment may follow. */
#define END_SIZE   22u
#define LIST_SIZE  12u
#define END_WITHIN (END_SIZE + 65535u)
/* Of an entry of the list. */
#define ENTRY_SIZE  46u
#define NAME_LENGTH 28u

static guint16 two_bytes(const guint8 *at)
{
    return (guint16)(at[0] | at[1] << 8);
}

static guint32 four_bytes(const guint8 *at)
{
    return two_bytes(at) | (guint32)two_bytes(at + 2) << 16;
}

/* The record at the end; NULL: none. */
static const guint8 *find_end(const guint8 *data, gsize size)
{
    for (gsize back = END_SIZE; back <= MIN(size, END_WITHIN); back++) {
        if (memcmp(data + size - back, "PK\5\6", 4) == 0)
            return data + size - back;
    }
    return NULL;
}

static bool is_name(const guint8 *name, gsize length, const char *other)
{
    return length == strlen(other) && g_ascii_strncasecmp((const char *)name, other, length) == 0;
}

bool zp_ofd_is(GBytes *input)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(input, &size);
    bool is_ofd = false;
    if (size < END_SIZE || memcmp(data, "PK", 2) != 0)
        return false;
    const guint8 *end = find_end(data, size);
    gsize list = end ? four_bytes(end + LIST_SIZE) : 0;
    if (!end || list > (gsize)(end - data))
        return false;
    const guint8 *at = end - list;
    for (guint n = 0; n < ZP_LIMIT_PACKAGE_ENTRIES && (gsize)(end - at) >= ENTRY_SIZE; n++) {
        gsize length = two_bytes(at + NAME_LENGTH);
        gsize whole =
            ENTRY_SIZE + length + two_bytes(at + NAME_LENGTH + 2) + two_bytes(at + NAME_LENGTH + 4);
        if (memcmp(at, "PK\1\2", 4) != 0 || whole > (gsize)(end - at))
            break;
        const guint8 *name = at + ENTRY_SIZE;
        if (is_name(name, length, "[Content_Types].xml"))
            return false;
        is_ofd |= is_name(name, length, "OFD.xml") || is_name(name, length, "Encryptions.xml");
        at += whole;
    }
    return is_ofd;
}
