/*
 * private.h - what the files of the reader of old Excel workbooks share.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/xls/biff.h"
#include "parsers/xlsx/cell.h"
#include "parsers/xlsx/drawing.h"

/* The records that begin and end a part of the stream. */
#define ZP_BIFF_BOF 0x0809
#define ZP_BIFF_EOF 0x000A

/* What BOF says a sheet of cells is. */
#define ZP_BIFF_SHEET 0x0010

/* A sheet, as the workbook lists it. */
typedef struct {
    char *title;
    guint32 start; /* of its part of the stream */
    bool is_hidden, is_cells;
} ZpXlsSheetRow;

/* The workbook's own part of the stream. */
typedef struct {
    const guint8 *bytes; /* the whole stream */
    gsize size;
    ZpWorkbook workbook;
    GArray *strings;   /* of ZpXlsxString: those of the workbook, then those that stand in cells */
    GArray *sheets;    /* of ZpXlsSheetRow, in their order */
    GArray *fonts;     /* of ZpXlsxFont */
    GHashTable *codes; /* number → code of a number format */
    guint damaged;     /* records that do not hold what they must */
} ZpXlsBook;

/**
 * zp_xls_book_open: read the workbook's part.
 * @limits: (nullable)
 * @error: ZP_ERROR_ENCRYPTED; ZP_ERROR_KIND for a stream older than Excel 97's; ZP_ERROR_LIMIT
 *
 * Returns: (nullable) NULL with @error.
 */
ZpXlsBook *zp_xls_book_open(const guint8 *bytes, gsize size, const ZpLimits *limits,
                            GError **error);
void zp_xls_book_free(ZpXlsBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpXlsBook, zp_xls_book_free)

/**
 * zp_xls_font: a font by the first ten bytes of its record.
 */
ZpXlsxFont zp_xls_font(const guint8 *data);

/**
 * zp_xls_number: a binary number as decimal digits, all that it takes to tell it from its neighbours.
 */
void zp_xls_number(const guint8 *at, GString *out);

/**
 * zp_xls_sheet: one sheet as the next table of the document.
 * @end: where the next part of the stream begins
 * @error: must not be NULL
 */
bool zp_xls_sheet(ZpXlsBook *book, const ZpXlsSheetRow *row, gsize end, GError **error);

/**
 * zp_xls_stream_read: a workbook by its stream.
 * @limits: (nullable)
 */
ZpDocument *zp_xls_stream_read(GBytes *stream, const ZpLimits *limits, GError **error);

/* The formats that hang on conditions, on their way. */
typedef struct {
    ZpXlsxConditions *conditions; /* (nullable) made with the first */
    GArray *ranges;               /* of ZpXlsxRange: of the formats that follow */
} ZpXlsConditions;

/**
 * zp_xls_condition_ranges, _add: the two records of a conditional format: where it holds, then each condition with what it
 * changes; @is_new: as Excel 2007 writes what the older ones have no words for.
 *
 * Returns: false when damaged.
 */
bool zp_xls_condition_ranges(ZpXlsConditions *conditions, const ZpBiff *biff, bool is_new);
bool zp_xls_condition_add(ZpXlsConditions *conditions, ZpXlsBook *book, const ZpBiff *biff,
                          bool is_new);

/* A box with text, a picture or a chart. */
typedef struct {
    ZpXlsxAnchor at;
    guint kind; /* as OBJ has it */
    char *text; /* (nullable) of a box */
} ZpXlsBox;

/* What is drawn on a sheet, on its way. */
typedef struct {
    ZpXlsxAnchor at; /* of the object under way */
    guint kind;      /* its kind, as OBJ has it */
    GArray *boxes;   /* of ZpXlsBox */
    GString *comments;
} ZpXlsDrawn;

/**
 * zp_xls_drawn_anchor, _object, _text: the records of what is drawn: where it stands, what it is, what it says.
 */
void zp_xls_drawn_anchor(ZpXlsDrawn *drawn, const ZpBiff *biff);
void zp_xls_drawn_object(ZpXlsDrawn *drawn, const ZpBiff *biff);
void zp_xls_drawn_text(ZpXlsDrawn *drawn, ZpBiff *biff);

void zp_xls_drawn_init(ZpXlsDrawn *drawn);
void zp_xls_drawn_clear(ZpXlsDrawn *drawn);

/**
 * zp_xls_drawn_emit: the texts as lines behind the sheet's table; the rest is said.
 */
void zp_xls_drawn_emit(ZpXlsDrawn *drawn, ZpDocument *document, const ZpXlsxLay *lay,
                       GError **error);
