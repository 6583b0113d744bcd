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
} ZpWorkbook;

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
