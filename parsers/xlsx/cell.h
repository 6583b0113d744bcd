/*
 * cell.h - what one cell of a sheet shows; the state of reading a sheet, which sheet.c owns.
 */
#pragma once

#include "parsers/xlsx/private.h"

/* A sheet on its way, and the cell under way. */
typedef struct {
    const ZpWorkbook *workbook;
    ZpXlsxLay *lay;
    ZpXlsxRemarks remarks;
    ZpXlsxRich rich;              /* of the cell: `is` */
    ZpXlsxConditions *conditions; /* (nullable) */
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
