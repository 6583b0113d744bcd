/*
 * sheet.h - a workbook (.xlsx) written row by row, every cell of a document as text or as a sure number.
 *
 * Rows of several sheets may be written in turns; none of them stays in memory.  A sheet that is full goes on
 * in a further one of the same name and head.  It knows no form and no finding.
 */
#pragma once

#include "model/value.h"

#include <gio/gio.h>

typedef struct ZpBook ZpBook;
typedef struct ZpSheet ZpSheet;

/* How the cells of a column look. */
typedef enum {
    ZP_LOOK_PLAIN,
    ZP_LOOK_WRAPPED,  /* prose */
    ZP_LOOK_REVIEW,   /* for a person to fill in */
    ZP_LOOK_SEVERITY, /* coloured by the words of a severity */
    ZP_LOOK_NONZERO,  /* coloured where its number is not 0 */
} ZpLook;

typedef struct {
    const char *zh, *en;
    int width; /* in characters */
    ZpLook look;
} ZpSheetColumn;

typedef struct {
    const char *zh, *en;
    const ZpSheetColumn *columns; /* ends with zh NULL */
} ZpSheetPlan;

typedef struct {
    ZpLang lang;
    guint rows, links; /* of one sheet; 0: ZP_LIMIT_SHEET_ROWS, ZP_LIMIT_SHEET_LINKS */
} ZpBookOptions;

/**
 * zp_book_new: an empty workbook; zp_book_free: without a file.
 * @error: ZP_ERROR_OUTPUT: no temporary file
 */
ZpBook *zp_book_new(const ZpBookOptions *options, GError **error);
void zp_book_free(ZpBook *book);

/**
 * zp_book_add: a sheet with its head, in the order of the calls.
 *
 * Returns: (transfer none)
 */
ZpSheet *zp_book_add(ZpBook *book, const ZpSheetPlan *plan);

/**
 * zp_book_finish: make the file and hand its bytes over; the book can then only be freed.
 * @error: ZP_ERROR_OUTPUT
 */
bool zp_book_finish(ZpBook *book, GOutputStream *stream, GError **error);

/* Figures that stayed text because a number of a workbook would change them, and texts cut to its length. */
guint64 zp_book_long_figures(const ZpBook *book);
guint64 zp_book_cut_texts(const ZpBook *book);

/** zp_sheet_row: begin the next row; each call below fills its next cell. */
void zp_sheet_row(ZpSheet *sheet);

/* NULL and "" leave the cell empty; any other text is never a formula, a link or a number. */
void zp_sheet_text(ZpSheet *sheet, const char *text);
void zp_sheet_skip(ZpSheet *sheet);

/* 0 leaves the cell empty where @is_place: places count from 1. */
void zp_sheet_count(ZpSheet *sheet, guint64 count);
void zp_sheet_place(ZpSheet *sheet, guint place);

/**
 * zp_sheet_figure_cell: a printed figure as a number that looks as printed; as text where it is none.
 * @value: (nullable) as of zp_sheet_figure()
 */
void zp_sheet_figure_cell(ZpSheet *sheet, const char *text, const ZpValue *value);

/**
 * zp_sheet_link: a text that opens a file.
 * @link: (nullable) of zp_link_append(); NULL: the text alone
 */
void zp_sheet_link(ZpSheet *sheet, const char *text, const char *link);

/**
 * zp_sheet_picture: a picture that its cell is made high enough for; before any other call of its row's end.
 * @png: (nullable) found sound (base/png.h); NULL leaves the cell empty
 * @width, @height: its pixels
 */
void zp_sheet_picture(ZpSheet *sheet, GBytes *png, guint width, guint height);

/** zp_sheet_remarks: what the cells of this row so far could not hold as it is printed. */
void zp_sheet_remarks(ZpSheet *sheet);
