/*
 * wire.c - numbers and texts as bytes, and back.
 */
#include "run/wire.h"

#include "base/limits.h"

#include <math.h>
#include <string.h>

typedef unsigned __int128 Wide;

/* Bits of a byte that carry the number. */
#define BITS 7
#define MORE 0x80u
/* Memory that a block takes beyond its bytes, and one that an array's place takes, as both grow. */
#define BLOCK_BYTES 32u
#define PLACE_BYTES 16u
/* What the smallest record may take. */
#define LEAST_BYTES (64u * 1024)

ZpWire zp_wire_over(GBytes *bytes)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    return (ZpWire){.next = data,
                    .end = size ? data + size : data,
                    .left = size * ZP_LIMIT_RECORD_GROWTH + LEAST_BYTES,
                    .is_bad = size == 0};
}

static void write_wide(ZpWire *wire, Wide number)
{
    if (number < MORE) { /* most numbers are of one byte */
        g_string_append_c(wire->out, (char)number);
        return;
    }
    guint8 bytes[(sizeof number * 8 + BITS - 1) / BITS];
    guint n = 0;
    for (; number >= MORE; number >>= BITS)
        bytes[n++] = (guint8)((number & (MORE - 1)) | MORE);
    bytes[n++] = (guint8)number;
    g_string_append_len(wire->out, (const char *)bytes, n);
}

static Wide fail(ZpWire *wire)
{
    wire->is_bad = true;
    return 0;
}

static Wide read_wide(ZpWire *wire)
{
    Wide number = 0;
    /* Most numbers are of one byte. */
    if (wire->next < wire->end && *wire->next < MORE && !wire->is_bad)
        return *wire->next++;
    for (guint shift = 0; !wire->is_bad && wire->next < wire->end && shift < 126; shift += BITS) {
        guint8 byte = *wire->next++;
        number |= (Wide)(byte & (MORE - 1)) << shift;
        if (byte < MORE)
            return number;
    }
    return fail(wire);
}

/* Memory is about to be taken for what was read. */
static bool take(ZpWire *wire, gsize size)
{
    if (wire->out)
        return true;
    if (wire->is_bad || size > wire->left)
        return fail(wire) != 0;
    wire->left -= size;
    return true;
}

guint64 zp_wire_number(ZpWire *wire, guint64 number, guint64 most)
{
    if (wire->out) {
        write_wide(wire, number);
        return number;
    }
    Wide read = read_wide(wire);
    return (guint64)(read <= most ? read : fail(wire));
}

int zp_wire_index(ZpWire *wire, int index, guint count)
{
    return (int)zp_wire_number(wire, (guint64)(index + 1), count) - 1;
}

bool zp_wire_flag(ZpWire *wire, bool flag)
{
    return zp_wire_number(wire, flag, 1) == 1;
}

guint zp_wire_count(ZpWire *wire, guint count)
{
    gsize left = wire->out ? 0 : (gsize)(wire->end - wire->next);
    return (guint)zp_wire_number(wire, count, MIN(left, (gsize)G_MAXINT));
}

guint zp_wire_rows(ZpWire *wire, guint count, guint most, gsize size)
{
    count = zp_wire_count(wire, count);
    wire->is_bad |= !wire->out && count > most;
    return take(wire, count * (size + BLOCK_BYTES + PLACE_BYTES)) ? count : 0;
}

static void write_text(ZpWire *wire, const char *text)
{
    gsize length = text ? strlen(text) : 0;
    write_wide(wire, text ? length + 1 : 0);
    if (text)
        g_string_append_len(wire->out, text, (gssize)length + 1);
}

static const char *read_text(ZpWire *wire)
{
    gsize left = (gsize)(wire->end - wire->next);
    Wide size = read_wide(wire);
    if (size == 0)
        return NULL;
    left = (gsize)(wire->end - wire->next);
    const char *text = (const char *)wire->next;
    if (size > left || text[size - 1] != '\0' ||
        !g_utf8_validate_len(text, (gsize)size - 1, NULL)) {
        fail(wire);
        return NULL;
    }
    wire->next += (gsize)size;
    return text;
}

void zp_wire_text(ZpWire *wire, const char **text)
{
    if (wire->out)
        write_text(wire, *text);
    else
        *text = read_text(wire);
    if (!wire->seen || !take(wire, PLACE_BYTES))
        return;
    if (wire->places && !g_hash_table_contains(wire->places, *text))
        g_hash_table_insert(wire->places, (gpointer)*text, GUINT_TO_POINTER(wire->seen->len));
    g_ptr_array_add(wire->seen, (gpointer)*text);
}

void zp_wire_needed(ZpWire *wire, const char **text)
{
    zp_wire_text(wire, text);
    if (!*text) {
        *text = "";
        wire->is_bad = true;
    }
}

static char *copy_text(ZpWire *wire, const char *text)
{
    return text && take(wire, strlen(text) + BLOCK_BYTES) ? g_strdup(text) : NULL;
}

void zp_wire_owned(ZpWire *wire, char **text)
{
    if (wire->out)
        write_text(wire, *text);
    else
        *text = copy_text(wire, read_text(wire));
}

void zp_wire_owned_needed(ZpWire *wire, char **text)
{
    zp_wire_owned(wire, text);
    if (!*text) {
        *text = g_strdup("");
        wire->is_bad = true;
    }
}

void zp_wire_shared(ZpWire *wire, const char **text)
{
    gpointer place = NULL;
    bool is_again = wire->out && g_hash_table_lookup_extended(wire->places, *text, NULL, &place);
    guint index = is_again ? GPOINTER_TO_UINT(place) : wire->seen->len;
    index = (guint)zp_wire_number(wire, index, wire->seen->len);
    if (index == wire->seen->len)
        zp_wire_text(wire, text);
    else
        *text = g_ptr_array_index(wire->seen, index);
}

void zp_wire_bytes(ZpWire *wire, gpointer bytes, gsize size)
{
    if (wire->out) {
        g_string_append_len(wire->out, bytes, (gssize)size);
    } else if (wire->is_bad || (gsize)(wire->end - wire->next) < size) {
        memset(bytes, 0, size);
        fail(wire);
    } else {
        memcpy(bytes, wire->next, size);
        wire->next += size;
    }
}

void zp_wire_block(ZpWire *wire, GBytes **block, gsize most)
{
    gsize size = 0;
    gconstpointer data = wire->out && *block ? g_bytes_get_data(*block, &size) : NULL;
    gsize n = (gsize)zp_wire_number(wire, *block ? size + 1 : 0, most + 1);
    if (wire->out) {
        g_string_append_len(wire->out, data, (gssize)size);
    } else if (n > 0 && (gsize)(wire->end - wire->next) >= n - 1 && take(wire, n)) {
        *block = g_bytes_new(wire->next, n - 1);
        wire->next += n - 1;
    } else if (n > 0) {
        fail(wire);
    }
}

static Wide power_of_ten(guint exponent)
{
    Wide power = 1;
    for (guint k = 0; k < exponent; k++)
        power *= 10;
    return power;
}

void zp_wire_decimal(ZpWire *wire, ZpDecimal *number)
{
    bool is_negative = zp_wire_flag(wire, number->coefficient < 0);
    number->scale = (int)zp_wire_number(wire, (guint64)number->scale, ZP_DECIMAL_SCALE_MAX);
    if (wire->out) {
        write_wide(wire, (Wide)(is_negative ? -number->coefficient : number->coefficient));
        return;
    }
    Wide size = read_wide(wire);
    if (size >= power_of_ten(ZP_DECIMAL_DIGITS_MAX))
        size = fail(wire);
    number->coefficient = is_negative ? -(__int128)size : (__int128)size;
}

void zp_wire_float(ZpWire *wire, float *number)
{
    zp_wire_bytes(wire, number, sizeof *number);
    if (!isfinite(*number)) {
        *number = 0;
        wire->is_bad = true;
    }
}

void zp_wire_path(ZpWire *wire, char **path)
{
    guint size = zp_wire_count(wire, wire->out ? (guint)strlen(*path) : 0);
    if (!wire->out)
        *path = g_malloc0(size + 1);
    zp_wire_bytes(wire, *path, size);
    wire->is_bad |= strlen(*path) != size;
}

void zp_wire_paths(ZpWire *wire, GPtrArray *paths)
{
    guint count = zp_wire_rows(wire, paths->len, G_MAXINT, 0);
    for (guint k = 0; k < count && !wire->is_bad; k++) {
        char *path = wire->out ? g_ptr_array_index(paths, k) : NULL;
        zp_wire_path(wire, &path);
        if (!wire->out)
            g_ptr_array_add(paths, path);
    }
}
