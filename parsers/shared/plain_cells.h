/*
 * plain_cells.h - cells of originals that are one text: text, Markdown, web pages.
 *
 * What a cell's bytes stand for is the format's to say (ZpCellDialect); where the bytes are, which character
 * set they are in and what fits into a column is the same for all.
 */
#pragma once

#include "parsers/parser.h"

/* How a format writes the text of a cell. */
typedef struct {
    const char *(*declared)(
        GBytes *input); /* (nullable) the character set that the original says */
    char *(*decode)(
        const char *bytes);            /* NULL: they hold more than text (tags, unknown entities) */
    char *(*encode)(const char *text); /* NULL: no cell can hold the text */
    bool has_tags; /* cells stand between tags, not between bars, tabs and blanks */
} ZpCellDialect;

/**
 * zp_plain_open: for ZpCellWriter.open.
 * @dialect: static
 * @error: ZP_ERROR_DAMAGED where bytes are no characters, so that no place is sure
 */
ZpOriginal *zp_plain_open(GBytes *input, const ZpCellDialect *dialect, GError **error);

/** ZP_PLAIN_CELLS: the other calls of a ZpCellWriter. */
#define ZP_PLAIN_CELLS                                                                             \
    .close = zp_plain_close, .decode = zp_plain_decode, .encode = zp_plain_encode,                 \
    .find_copy = zp_plain_find_copy, .save = zp_plain_save
void zp_plain_close(ZpOriginal *original);
char *zp_plain_decode(const ZpOriginal *original, const ZpPlace *at);
bool zp_plain_encode(const ZpOriginal *original, const ZpPlace *at, const char *text,
                     ZpCellEdit *edit, const ZpCellSaying **why);
bool zp_plain_find_copy(const ZpOriginal *original, const ZpPlace *at, ZpPlace *copy);
GBytes *zp_plain_save(const ZpOriginal *original, const GArray *edits, GError **error);
