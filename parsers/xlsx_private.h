/*
 * xlsx_private.h - what the files of the Excel reader share.
 *
 * Layer: parsers.
 */
#pragma once

#include "model/grid.h"
#include "parsers/ooxml_package.h"
#include "parsers/xlsx_format.h"

/* What the sheets of a workbook have in common. */
typedef struct {
    ZpDocument *document;
    GPtrArray *strings; /* the shared strings, as char * */
    GPtrArray *formats; /* of ZpNumberFormat (nullable), by the style index of a cell */
    bool is_1904;
    bool is_computed_anew; /* formulas are to be, whenever it is opened */
} ZpWorkbook;

/* Places of a list that a note names. */
#define ZP_XLSX_LISTED_MAX 20

/* Places of one sheet that have something in common, from 0; further ones are only counted. */
typedef struct {
    struct {
        guint32 row, col;
    } places[ZP_XLSX_LISTED_MAX];
    guint count;
    guint32 last_row; /* of the one added last */
} ZpXlsxList;

/* What the reading of a sheet leaves to be said. */
typedef struct {
    ZpXlsxList hidden_rows, hidden_cols; /* places whose row or column alone counts */
    ZpXlsxList uncomputed;               /* formulas without a stored result */
    ZpXlsxList astray;                   /* references to strings that are not there */
    ZpXlsxList masked;                   /* what a number format shows nothing of */
    ZpXlsxList misplaced;                /* rows and cells inside each other, cells of no row */
    guint formulas;                      /* with a stored result */
    bool is_hidden;                      /* the sheet itself, and something is in it */
} ZpXlsxRemarks;

/**
 * zp_xlsx_strings: the part of shared strings.
 * @part: (nullable)
 *
 * Returns: of char *; readings above characters are left out.  NULL with @error when damaged.
 */
GPtrArray *zp_xlsx_strings(GBytes *part, const char *name, GError **error);

/**
 * zp_xlsx_formats: the number formats of a part of styles, by the index that cells refer to.
 * @part: (nullable)
 *
 * Returns: of ZpNumberFormat, NULL where it is General.  NULL with @error when damaged.
 */
GPtrArray *zp_xlsx_formats(GBytes *part, const char *name, GError **error);

/**
 * zp_xlsx_sheet: one worksheet as the next table of the document.
 * @title: the sheet's name, for notes
 * @is_hidden: the sheet itself is hidden
 * @error: must not be NULL; as zp_xml_parse and zp_document_add_cell
 */
bool zp_xlsx_sheet(const ZpWorkbook *workbook, GBytes *part, const char *name, const char *title,
                   bool is_hidden, GError **error);

/**
 * zp_xlsx_append_text: a string of a sheet; `_x000D_` and the like are the character they name.
 */
void zp_xlsx_append_text(GString *out, const char *text, gsize length);

/**
 * zp_xlsx_list_add: one more place.
 */
void zp_xlsx_list_add(ZpXlsxList *list, guint32 row, guint32 col);

/**
 * zp_xlsx_remark: say all of it: what could not be read as losses, the rest as notes.
 */
void zp_xlsx_remark(const ZpWorkbook *workbook, const char *title, const ZpXlsxRemarks *remarks);

/**
 * zp_xlsx_remark_covered: note a text that lies under a merged cell; @row, @col from 0.
 */
void zp_xlsx_remark_covered(const ZpWorkbook *workbook, const char *title, guint32 row, guint32 col,
                            const char *text);

/**
 * zp_xlsx_drawing: the texts of a sheet's text boxes as lines behind its table.
 * @error: must not be NULL; as zp_xml_parse and zp_document_add_cell
 */
bool zp_xlsx_drawing(ZpDocument *document, GBytes *part, const char *name, GError **error);
