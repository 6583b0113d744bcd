/*
 * wire.h - numbers and texts as bytes, and back: the alphabet that records are written in.
 *
 * One pass over a structure serves both ways: every function writes its argument, or replaces it
 * by what was read.  So the two ways cannot drift apart, and a record has no second description.
 *
 *     number   7 bits a byte, low ones first, the top bit says "more follow"
 *     text     its length + 1 (0: NULL), its bytes, a NUL
 *
 * Reading trusts nothing: a number over its bound, a text that is no UTF-8 or that has no end, more
 * memory than the bytes are good for (ZP_LIMIT_RECORD_GROWTH) and the end of the bytes make the wire
 * bad; from then on all that is read is 0 and NULL.
 */
#pragma once

#include "base/decimal.h"

#include <glib.h>
#include <stdbool.h>

typedef struct {
    GString *out;             /* (nullable) bytes written to; NULL: reading */
    const guint8 *next, *end; /* what is still to be read */
    GPtrArray *seen;          /* (nullable) every text passed, where some are shared */
    GHashTable *places;       /* (nullable) writing: where each stands among them */
    gsize left;               /* reading: bytes of memory that what is read may still take */
    bool is_bad;
} ZpWire;

/** zp_wire_over: a wire to read from bytes, which must outlive it. */
ZpWire zp_wire_over(GBytes *bytes);

/**
 * zp_wire_number: a number from 0 to @most.
 *
 * Returns: @number when writing, else the number read.
 */
guint64 zp_wire_number(ZpWire *wire, guint64 number, guint64 most);

/** zp_wire_index: a number from -1 to @count - 1. */
int zp_wire_index(ZpWire *wire, int index, guint count);

/** zp_wire_flag: true or false. */
bool zp_wire_flag(ZpWire *wire, bool flag);

/**
 * zp_wire_count: how many bytes follow.
 * @count: when writing
 *
 * A count over the bytes left makes the wire bad.
 */
guint zp_wire_count(ZpWire *wire, guint count);

/**
 * zp_wire_rows: how many rows follow, each of which takes a byte at least.
 * @count: when writing
 * @most: rows
 * @size: bytes of memory that a row takes, with all that it always has; they count before one is made
 */
guint zp_wire_rows(ZpWire *wire, guint count, guint most, gsize size);

/** zp_wire_text: a text or NULL; what is read points into the bytes of the wire. */
void zp_wire_text(ZpWire *wire, const char **text);

/** zp_wire_needed: the same; NULL makes the wire bad. */
void zp_wire_needed(ZpWire *wire, const char **text);

/** zp_wire_owned, _owned_needed: the same, but what is read is a copy, for g_free. */
void zp_wire_owned(ZpWire *wire, char **text);
void zp_wire_owned_needed(ZpWire *wire, char **text);

/**
 * zp_wire_shared: a text that may be one of those passed before, which it then is again, not a copy.
 *
 * Needs `seen`, and `places` when writing.
 */
void zp_wire_shared(ZpWire *wire, const char **text);

/**
 * zp_wire_path, zp_wire_paths: bytes that are no text, without a NUL; a list of such, of char *.
 *
 * What is read is a copy, for g_free; never NULL.
 */
void zp_wire_path(ZpWire *wire, char **path);
void zp_wire_paths(ZpWire *wire, GPtrArray *paths);

/** zp_wire_bytes: @size bytes as they are. */
void zp_wire_bytes(ZpWire *wire, gpointer bytes, gsize size);

/** zp_wire_block: a block of bytes or NULL; what is read is for g_bytes_unref. */
void zp_wire_block(ZpWire *wire, GBytes **block, gsize most);

/** zp_wire_decimal: a figure, within the bounds of base/decimal.h. */
void zp_wire_decimal(ZpWire *wire, ZpDecimal *number);

/** zp_wire_float: a finite coordinate. */
void zp_wire_float(ZpWire *wire, float *number);
