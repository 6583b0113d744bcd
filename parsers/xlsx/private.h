/*
 * private.h - what the files of the Excel reader share.
 */
#pragma once

#include "model/grid.h"
#include "parsers/ooxml/package.h"
#include "parsers/xlsx/format.h"
#include "parsers/xlsx/lay.h"
#include "parsers/xlsx/number.h"
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

/* The conditional formats of a sheet. */
typedef struct ZpXlsxConditions ZpXlsxConditions;

/* What they make of one cell. */
typedef struct {
    const ZpNumberFormat *format; /* (nullable) instead of its own */
    ZpXlsxSight sight;            /* of its own look and theirs */
    bool may_format, may_hide;    /* by a condition that is not worked out */
} ZpXlsxCondition;

/* How a cell's number is compared. */
typedef enum {
    ZP_XLSX_LESS,
    ZP_XLSX_AT_MOST,
    ZP_XLSX_EQUAL,
    ZP_XLSX_UNEQUAL,
    ZP_XLSX_AT_LEAST,
    ZP_XLSX_MORE,
    ZP_XLSX_BETWEEN,
    ZP_XLSX_OUTSIDE,
    ZP_XLSX_UNKNOWN, /* by a condition that is not worked out */
} ZpXlsxRelation;

/**
 * zp_xlsx_conditions_new: none yet.
 */
ZpXlsxConditions *zp_xlsx_conditions_new(ZpXlsxStyles *styles);

/**
 * zp_xlsx_conditions_add: one more, behind those that are there; the first that holds is the only one.
 * @ranges: of ZpXlsxRange
 * @limits: what numbers are compared with; of one comparison only the first
 * @change: its format is theirs from now on
 */
void zp_xlsx_conditions_add(ZpXlsxConditions *conditions, const GArray *ranges,
                            ZpXlsxRelation relation, const ZpXlsxNumber limits[2],
                            ZpXlsxChange *change);

/**
 * zp_xlsx_conditions_read: the conditional formats of a sheet's part.
 *
 * Returns: (nullable) NULL: there are none that matter.
 */
ZpXlsxConditions *zp_xlsx_conditions_read(const ZpWorkbook *workbook, GBytes *part,
                                          const char *name);
void zp_xlsx_conditions_free(ZpXlsxConditions *conditions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpXlsxConditions, zp_xlsx_conditions_free)

/**
 * zp_xlsx_conditions_find: what they make of a cell.
 * @text, @length: its stored number; what is none is a text
 * @style: its own
 */
ZpXlsxCondition zp_xlsx_conditions_find(const ZpXlsxConditions *conditions, guint32 row,
                                        guint32 col, const char *text, gsize length,
                                        const ZpXlsxStyle *style);

/**
 * zp_xlsx_sheet: one worksheet as the next table of the document.
 * @title: the sheet's name, for notes
 * @lists: (nullable) of ZpXlsxRange: its tables of lists, with the names of their styles
 * @is_hidden: the sheet itself is hidden
 * @error: must not be NULL; as zp_xml_parse and zp_document_add_cell
 */
bool zp_xlsx_sheet(const ZpWorkbook *workbook, GBytes *part, const char *name, const char *title,
                   const GArray *lists, bool is_hidden, GError **error);

/** zp_xlsx_append_text: a string of a sheet; `_x000D_` and the like are the character they name. */
void zp_xlsx_append_text(GString *out, const char *text, gsize length);

/** zp_xlsx_list_add, _text: one more place, and the text that stands there; it must live on. */
void zp_xlsx_list_add(ZpXlsxList *list, guint32 row, guint32 col);
void zp_xlsx_list_text(ZpXlsxList *list, guint32 row, guint32 col, const char *text);

/** zp_xlsx_remark: say all of it: what could not be read as losses, the rest as notes. */
void zp_xlsx_remark(const ZpWorkbook *workbook, const char *title, const ZpXlsxRemarks *remarks);

/* What is drawn on a sheet, on its way. */
typedef struct {
    ZpDocument *document;
    const ZpTable *sheet;   /* (nullable) whose it is */
    ZpTable *lines;         /* (nullable) made with the first line of text */
    guint32 from[2], to[2]; /* column and row of the corners of the anchor under way */
    bool is_said;           /* of the anchor under way: that it lies over cells */
    ZpXlsxList pictures, charts, over;
} ZpXlsxDrawn;

/**
 * zp_xlsx_remark_drawn: say what is drawn on a sheet: pictures, charts, text boxes over its cells.
 */
void zp_xlsx_remark_drawn(const ZpXlsxDrawn *drawn);

/**
 * zp_xlsx_drawn_begin: of the sheet that is the document's last table.
 */
ZpXlsxDrawn zp_xlsx_drawn_begin(ZpDocument *document);

/**
 * zp_xlsx_drawn_line: a paragraph of the box that is anchored at `from` and `to`.
 */
void zp_xlsx_drawn_line(ZpXlsxDrawn *drawn, const char *text, gsize length, GError **error);

/**
 * zp_xlsx_drawing: the texts of a sheet's text boxes as lines behind its table.
 * @error: must not be NULL; as zp_xml_parse and zp_document_add_cell
 */
bool zp_xlsx_drawing(ZpDocument *document, GBytes *part, const char *name, GError **error);
