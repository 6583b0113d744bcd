/*
 * private.h - what the files of the Excel reader share.
 */
#pragma once

#include "model/grid.h"
#include "parsers/ooxml/package.h"
#include "parsers/xlsx/format.h"
#include "parsers/xlsx/lay.h"
#include "parsers/xlsx/rich.h"

/* What a style makes of its cells. */
typedef struct {
    ZpNumberFormat *format; /* (nullable) NULL: General */
    ZpXlsxFont font;
    guint32 ground;    /* ooxml/colour.h; ZP_COLOUR_UNSAID: the sheet's white */
    ZpXlsxSight sight; /* of the font on that ground */
} ZpXlsxStyle;

/* What a conditional format changes. */
typedef struct {
    ZpNumberFormat *format; /* (nullable) */
    ZpXlsxFont font;
    guint32 ground; /* ooxml/colour.h; ZP_COLOUR_UNSAID: as it was */
} ZpXlsxChange;

typedef struct {
    GArray *styles;     /* of ZpXlsxStyle, by the index that cells refer to */
    GArray *changes;    /* of ZpXlsxChange, by the index that conditional formats refer to */
    GHashTable *hiding; /* names of table styles that may give a text the colour of its ground */
    ZpXlsxColours colours;
} ZpXlsxStyles;

/* A worksheet, as the workbook lists it. */
typedef struct {
    char *title;
    const char *part; /* (nullable) NULL: the relationship leads nowhere */
    bool is_hidden;
} ZpXlsxSheetRow;

/* The workbook's own part. */
typedef struct {
    ZpPackage *package;
    const char *name; /* (nullable) of that part */
    GArray *sheets;   /* of ZpXlsxSheetRow; the table of each has the number of its place */
    guint others;     /* sheets that are none of cells: charts, dialogs, macros */
    bool is_1904, is_computed_anew, is_workbook;
} ZpXlsxBook;

/**
 * zp_xlsx_book_load: read the workbook's part and unpack all that it refers to.
 * @book: filled, to be cleared in any case
 */
bool zp_xlsx_book_load(ZpPackage *package, ZpXlsxBook *book, GError **error);
void zp_xlsx_book_clear(ZpXlsxBook *book);

/* What the sheets of a workbook have in common. */
typedef struct {
    ZpDocument *document;
    GArray *strings; /* of ZpXlsxString: the shared ones */
    ZpXlsxStyles *styles;
    bool is_1904;
    bool is_computed_anew; /* formulas are to be, whenever it is opened */
} ZpWorkbook;

/* Places of a list that a note names. */
#define ZP_XLSX_LISTED_MAX 20

/* Places of one sheet that have something in common, from 0; further ones are only counted. */
typedef struct {
    struct {
        guint32 row, col;
        const char *text; /* (nullable) (unowned) what stands there */
    } places[ZP_XLSX_LISTED_MAX];
    guint count;
    guint32 last_row; /* of the one added last */
} ZpXlsxList;

/* What the reading of a sheet leaves to be said. */
typedef struct {
    ZpXlsxList unseen[ZP_XLSX_N_SIGHTS]; /* what is not read because a person does not see it */
    ZpXlsxList conditional;              /* how it is shown hangs on a condition not worked out */
    ZpXlsxList in_lists;   /* of the sheet's colour, in a list that may shade it: read */
    ZpXlsxList list_hides; /* in a list whose style may hide it: read */
    ZpXlsxList pictures;   /* in cells */
    ZpXlsxList uncomputed; /* formulas without a stored result */
    ZpXlsxList astray;     /* references to strings that are not there */
    ZpXlsxList misplaced;  /* rows and cells inside each other, cells of no row */
    guint formulas;        /* with a stored result */
    bool shows_formulas;   /* and not what they result in */
} ZpXlsxRemarks;

/**
 * zp_xlsx_strings: the part of shared strings.
 * @part: (nullable)
 *
 * Returns: of ZpXlsxString; NULL with @error when damaged.
 */
GArray *zp_xlsx_strings(GBytes *part, const char *name, GError **error);

/**
 * zp_xlsx_styles_new: the part of styles.
 * @part: (nullable)
 * @theme: (nullable) the part of the theme, kept
 *
 * Returns: NULL with @error when the part of styles is damaged.
 */
ZpXlsxStyles *zp_xlsx_styles_new(GBytes *part, const char *name, GBytes *theme,
                                 const char *theme_name, GError **error);
void zp_xlsx_styles_free(ZpXlsxStyles *styles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpXlsxStyles, zp_xlsx_styles_free)

/**
 * zp_xlsx_change_ground: the ground that the fill of a change makes: there the back colour is the one that
 * a solid fill shows.
 */
guint32 zp_xlsx_change_ground(const ZpXlsxFill *fill, ZpXlsxColours *colours);

/**
 * zp_xlsx_lay_emit: the cells into the table; what is not seen into the remarks.
 * @error: as zp_document_add_cell
 */
bool zp_xlsx_lay_emit(const ZpWorkbook *workbook, ZpXlsxLay *lay, ZpTable *table,
                      ZpXlsxRemarks *remarks, GError **error);

/**
 * zp_xlsx_sheet: one worksheet as the next table of the document.
 * @title: the sheet's name, for notes
 * @lay: its lists, and whether it is hidden; the caller clears it, also in case of an error
 * @error: must not be NULL; as zp_xml_parse and zp_document_add_cell
 */
bool zp_xlsx_sheet(const ZpWorkbook *workbook, GBytes *part, const char *name, const char *title,
                   ZpXlsxLay *lay, GError **error);

/** zp_xlsx_append_text: a string of a sheet; `_x000D_` and the like are the character they name. */
void zp_xlsx_append_text(GString *out, const char *text, gsize length);

/** zp_xlsx_list_add, _text: one more place, and the text that stands there; it must live on. */
void zp_xlsx_list_add(ZpXlsxList *list, guint32 row, guint32 col);
void zp_xlsx_list_text(ZpXlsxList *list, guint32 row, guint32 col, const char *text);

/** zp_xlsx_remark: say all of it: what could not be read as losses, the rest as notes. */
void zp_xlsx_remark(const ZpWorkbook *workbook, const char *title, const ZpXlsxRemarks *remarks);
