/*
 * biff.h - the records of an Excel stream, and the strings in them.
 *
 *     id      length  data             a record; ids and all other numbers with the low byte first
 *     FC 00   20 20   …                a long one goes on in records of its own kind,
 *     3C 00   05 00   …                each 3C 00 (CONTINUE)
 *
 * Knows bytes and letters; nothing of sheets.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/xlsx/rich.h"

/* A stream, and the record of it under way. */
typedef struct {
    const guint8 *bytes;
    gsize next, end; /* where the next record begins; behind the last byte that may be read */
    guint id, length;
    const guint8 *data;
    bool is_cut; /* a record reached beyond the end */
} ZpBiff;

/**
 * zp_biff_next: go to the next record.
 *
 * Returns: false at the end, and where a record is cut.
 */
bool zp_biff_next(ZpBiff *biff);

/** zp_biff_16, _32: a number. */
guint zp_biff_16(const guint8 *at);
guint32 zp_biff_32(const guint8 *at);

/* Where the reading of a record's data stands; it goes on through the records that continue it. */
typedef struct {
    ZpBiff *biff;
    const guint8 *at, *end;
    bool is_cut; /* more was asked for than is there */
} ZpBiffCursor;

/**
 * zp_biff_cursor: at a byte of the record under way, at its end at most.
 */
ZpBiffCursor zp_biff_cursor(ZpBiff *biff, guint offset);

/** zp_biff_take_8, _16, _32: the next number; 0 where there is none. */
guint zp_biff_take_8(ZpBiffCursor *cursor);
guint zp_biff_take_16(ZpBiffCursor *cursor);
guint32 zp_biff_take_32(ZpBiffCursor *cursor);

/**
 * zp_biff_characters: @count characters behind a byte that says how wide they are.
 */
void zp_biff_characters(ZpBiffCursor *cursor, guint count, GString *out);

/**
 * zp_biff_string: a string with all that may belong to it: runs with fonts of their own, and how it is read aloud.
 * @count_bytes: of the number of its characters: 2, of a sheet's name 1
 * @fonts: (nullable) of ZpXlsxFont, which runs refer to
 * @out: its parts are the caller's
 */
void zp_biff_string(ZpBiffCursor *cursor, guint count_bytes, const GArray *fonts,
                    ZpXlsxString *out);
