/*
 * lay.h - the cells of a sheet on their way into its table: what is hidden, merged or covered.
 */
#pragma once

#include "base/limits.h"
#include "parsers/xlsx/look.h"

#define ZP_XLSX_ROWS_MAX 1048576
#define ZP_XLSX_COLS_MAX 16384

/* Rows and columns from 0, the last ones included. */
typedef struct {
    guint32 row, col, last_row, last_col;
    const char *text; /* (nullable) of its first cell, when that has come; of a list, its style */
} ZpXlsxRange;

typedef struct {
    guint32 row, col;
    const char *text;
    guint32 length;
    ZpXlsxSight sight;            /* of its own look */
    guint32 byte_start, byte_end; /* of the part: its content and its end tag (cells.c) */
} ZpXlsxCell;

typedef struct {
    GArray *cells;       /* of ZpXlsxCell, as they come */
    GArray *merges;      /* of ZpXlsxRange */
    GArray *hidden_rows; /* of guint32, as they come */
    bool col_is_hidden[ZP_LIMIT_COLUMNS];
    const GArray
        *lists; /* (nullable) of ZpXlsxRange: tables of lists, whose text is their style's name */
    bool sheet_is_hidden;
} ZpXlsxLay;

void zp_xlsx_lay_init(ZpXlsxLay *lay);
void zp_xlsx_lay_clear(ZpXlsxLay *lay);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ZpXlsxLay, zp_xlsx_lay_clear)

/**
 * zp_xlsx_lay_hide_columns: whether columns are hidden; those behind @last - 1 are left as they are.
 */
void zp_xlsx_lay_hide_columns(ZpXlsxLay *lay, guint32 first, guint32 last, bool is_hidden);

/**
 * zp_xlsx_lay_hides: ZP_XLSX_SHEET_HIDDEN, _ROW_HIDDEN or _COLUMN_HIDDEN where all of a range is, once the cells were emitted;
 * else ZP_XLSX_SEEN.
 */
ZpXlsxSight zp_xlsx_lay_hides(const ZpXlsxLay *lay, const ZpXlsxRange *range);

/** zp_xlsx_range_parse: `A1:I9` or `A1`; false when it is none. */
bool zp_xlsx_range_parse(const char *text, gsize length, ZpXlsxRange *range);

/**
 * zp_xlsx_place_parse: the reference at *p, as `$A$1`; *p ends behind it.
 *
 * Returns: false, row and column untouched, when it is none or beyond the sheet.
 */
bool zp_xlsx_place_parse(const char **p, const char *end, guint32 *row, guint32 *col);
