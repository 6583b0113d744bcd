/*
 * cell.h - what one cell of a sheet shows; the state of reading a sheet, which sheet.c owns.
 */
#pragma once

#include "parsers/xlsx/conditional.h"

/* Hundredths of a point, and of a character's width: rows and columns that show nothing. */
#define ZP_XLSX_HEIGHT_MIN 200
#define ZP_XLSX_WIDTH_MIN  25

/* A sheet on its way, and the cell under way. */
typedef struct {
    const ZpWorkbook *workbook;
    ZpXlsxLay *lay;
    ZpXlsxRemarks remarks;
    ZpXlsxRich rich;              /* of the cell: `is` */
    ZpXlsxConditions *conditions; /* (nullable) freed with it */
    GString *value, *shown, *stored;
    GString *page_text; /* the header or footer under way */
    ZpXlsxSight sight;  /* of the cell */
    /* From 0, so that nothing is ever taken off them: the cell under way or read last, and what follows. */
    guint32 row, col, next_row, next_col;
    guint style;
    char type[12];    /* of the cell: its `t` */
    bool has_picture; /* the cell holds a picture, and its value says that it cannot be shown */
    bool has_value, has_formula, has_text; /* the cell: `v`, `f`; text that is not blank */
    bool in_row, in_cell, in_value, in_data, in_page_text, is_worksheet;
    bool shows_no_zero, rows_are_flat; /* zeros are not shown; rows have no height of their own */
    guint32 byte, cell_byte; /* of the part: where the reader stands, where the cell began */
    GError **error;
} ZpXlsxSheet;

/** zp_xlsx_cell_say: a text of the cell that is not shown, or not as it is stored. */
void zp_xlsx_cell_say(ZpXlsxSheet *sheet, ZpXlsxSight sight, const char *text, gsize length);

/** zp_xlsx_cell_show: what the cell shows into `shown`, whether it can be seen into `sight`. */
void zp_xlsx_cell_show(ZpXlsxSheet *sheet);

/**
 * zp_xlsx_cell_begin, _end: a cell at `row` and `col`; its value is written into `value` between the two.
 * @type, @length: (nullable) as TYPES of cell.c lists them; 0: a number
 *
 * _end puts what it shows into the sheet's cells, and what it does not show into the remarks.
 */
void zp_xlsx_cell_begin(ZpXlsxSheet *sheet, guint style, const char *type, gsize length);
void zp_xlsx_cell_end(ZpXlsxSheet *sheet);

/**
 * zp_xlsx_page_text: say what a header or footer of the printed page says.
 * @text: with its codes for a page's number, a date, a font: &P, &"宋体,常规"
 */
void zp_xlsx_page_text(const ZpXlsxSheet *sheet, const char *text, bool is_header);

/**
 * zp_xlsx_sheet_begin: a sheet that is to be read, as the next table of the document.
 * @lay: what is known of it beforehand; the rest is initialised
 * @error: must not be NULL; set as soon as a limit is passed
 */
ZpTable *zp_xlsx_sheet_begin(ZpXlsxSheet *sheet, ZpXlsxLay *lay, const ZpWorkbook *workbook,
                             const char *title, GError **error);

/**
 * zp_xlsx_sheet_lay: its cells into its table, and all that is to be said of it.
 */
bool zp_xlsx_sheet_lay(ZpXlsxSheet *sheet, ZpTable *table);
void zp_xlsx_sheet_clear(ZpXlsxSheet *sheet);
