/*
 * grid.h - a document as printed: tables of cells with their place, and the lines around them.
 *
 * What every parser makes and the recogniser reads.  A cell holds its text as the source has
 * it (line ends kept, nothing cleaned, mark-up that is printed as text still there) and where
 * it stands.  The grid knows no label, no number and no form.
 *
 * Rows and columns count from 0 here and from 1 in output; table, page and line from 1, 0: none.
 */
#pragma once

#include "base/bounds.h"
#include "base/text.h"
#include "model/loss.h"
#include "model/ocr.h"
#include "model/place.h"

#include <glib.h>
#include <stdbool.h>

/* A further cell of a text that was put together from several (R02), in the order of its cells. */
typedef struct {
    const char *text; /* the field's, by its address */
    ZpPlace rest;
} ZpJoin;

typedef struct {
    const char *text;             /* valid UTF-8, owned by the document; "" when blank */
    guint32 length;               /* bytes of text */
    guint32 row, col;             /* top left corner, from 0 */
    guint16 row_span, col_span;   /* at least 1 */
    guint32 line, page;           /* from 1, 0: none */
    guint32 byte_start, byte_end; /* as of ZpPlace */
    ZpBox box;                    /* of the text, not of the cell's frame */
    const ZpPlace
        *printed; /* (nullable) where it stands as printed, when row and column no longer say so */
    const ZpOcr *ocr;            /* (nullable) of a picture */
    bool open_above, open_below; /* no rule closes it there: a page break cuts the cell */
    bool is_joined;              /* made of parts that a page break had cut */
    bool is_repeated;            /* of a header row that is printed again on a later page */
    bool is_doubtful;            /* a rebuilt table's: it may as well stand in another column */
} ZpCell;

typedef enum {
    ZP_TABLE_CELLS, /* a table: rows of cells */
    ZP_TABLE_LINES, /* lines of text around the tables, one cell a row; has no number */
    ZP_TABLE_RUNS,  /* a table without rules: texts with places, whose columns nobody drew */
} ZpTableKind;

/*
 * In ZP_TABLE_RUNS a "cell" is one run of text: `row` its line from 0, `col` its ordinal in the
 * line, `box` its place.  Where the source has pages a box is in points; in column-aligned text x
 * counts half-width characters and y lines.  Only the recogniser can say which column a run is of.
 * Half-ruled tables are of this kind too: `x` and `y` then hold the rules that are there (columns
 * or rows, from the table's first edge to its last), and are NULL where there is none.
 */

typedef struct {
    ZpTableKind kind;
    guint32 number;         /* from 1 in document order; 0 for lines */
    guint32 n_rows, n_cols; /* with spans counted */
    GArray *cells;          /* of ZpCell, by row, then column, of their top left corners */
    const char *title;      /* (nullable) of a sheet, as its tab says */
    guint32 row_base; /* rows of the same printed table that stand in tables before this one */
    bool has_spans;   /* the source can say spans: a blank cell is then really blank */
    bool is_rebuilt;  /* its columns were chosen by the form's labels: no row is shifted */
    bool is_apart;    /* lines that the source sets apart from its tables: no rows are among them */
    /* What only a drawn table has: */
    guint32 page;  /* from 1; 0: the source has no pages */
    GArray *x, *y; /* (nullable) of float, rising: where its n_cols + 1 and n_rows + 1 rules run */
    bool open_top, open_bottom; /* its side rules run on over the page's edge: a row is cut there */
} ZpTable;

/* Something of the source that could not be read. */
typedef struct {
    ZpLossKind kind;
    ZpPlace at;
    char *zh, *en; /* what was lost, a clause in each language */
} ZpLoss;

/* A loss or a note at a table that may as well be a page's menu or frame. */
typedef struct {
    ZpLoss loss;
    bool is_note;
    guint n_more; /* further ones at its table, beyond ZP_LIMIT_NOTES */
} ZpAside;
typedef struct {
    GPtrArray *tables; /* of ZpTable, both kinds, in document order */
    GPtrArray *losses; /* of ZpLoss */
    GPtrArray *notes;  /* of ZpLoss: left out as the source asks (deleted, hidden), or read though
                          hidden: a D05 that is a note, and no loss */
    guint n_notes_more, n_counted; /* further ones beyond ZP_LIMIT_NOTES; losses by _add_counted */
    GPtrArray *asides;             /* of ZpAside: what counts only where a form uses its table */
    GPtrArray *ocrs;               /* of ZpOcr, that cells point to */
    GArray *pictured;              /* of ZpPictured */
    guint n_crops;                 /* pieces of pictures that are kept */
    const char *engine;            /* (nullable) what read them; owned by the document */
    bool needs_pictures;           /* pages that could be read from pictures, were it loaded */
    GStringChunk *strings;
    guint32 n_cells;  /* over all tables, for ZP_LIMIT_CELLS */
    guint32 n_tables; /* of kind ZP_TABLE_CELLS */
    ZpLimits limits;  /* what the user set */
    GArray *lines;    /* (nullable) of ZpSeenLine, where somebody asked */
    GArray *origins;  /* (nullable) of ZpCellOrigin (model/origin.h), where somebody asked */
} ZpDocument;

/**
 * zp_document_new_within: a document without a table.
 * @limits: (nullable) copied; NULL: nothing is set
 */
ZpDocument *zp_document_new_within(const ZpLimits *limits);
void zp_document_free(ZpDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpDocument, zp_document_free)

/**
 * zp_document_add_table: append an empty table; a real one gets the next number.
 *
 * Returns: (transfer none) owned by the document.
 */
ZpTable *zp_document_add_table(ZpDocument *document, ZpTableKind kind);

/** zp_document_drop_table: take back the table that was added last, with its cells. */
void zp_document_drop_table(ZpDocument *document);

/**
 * zp_document_add_cell: append a cell to a table and count it.
 * @cell: copied; its text is copied into the document; cells come in order of row, then column
 * @error: ZP_ERROR_LIMIT naming ZP_LIMIT_CELLS, ZP_LIMIT_COLUMNS or ZP_LIMIT_CELL_BYTES
 */
bool zp_document_add_cell(ZpDocument *document, ZpTable *table, const ZpCell *cell, GError **error);

/** zp_document_keep_ocr: a copy of how a text was read, owned by the document. */
const ZpOcr *zp_document_keep_ocr(ZpDocument *document, const ZpOcr *ocr);

/**
 * zp_document_set_full: the error of more cells than the document may have.
 *
 * Returns: false.
 */
bool zp_document_set_full(const ZpDocument *document, GError **error);

/**
 * zp_document_add_loss, _add_counted: say that something of the source is lost or in doubt (D05, or D03); _add_counted
 * where a file may hold any number of them: from ZP_LIMIT_NOTES on they are only counted, as notes are.
 * zp_document_add_note: say what was left out as the source asks, or read though hidden, where
 * nothing that a person sees is lost or in doubt.
 * @zh, @en: a clause in each language, copied
 */
void zp_document_add_loss(ZpDocument *document, ZpLossKind kind, const ZpPlace *at, const char *zh,
                          const char *en);
void zp_document_add_counted(ZpDocument *document, ZpLossKind kind, const ZpPlace *at,
                             const char *zh, const char *en);
void zp_document_add_note(ZpDocument *document, ZpLossKind kind, const ZpPlace *at, const char *zh,
                          const char *en);

/** zp_document_drop_loss: take back the loss that was added last. */
void zp_document_drop_loss(ZpDocument *document);

/**
 * zp_document_add_aside, _settle_asides: note what counts only where a form uses its table (@is_note: as
 * zp_document_add_note, else as _add_loss); make it count where @used, by a table's number, says so.
 */
void zp_document_add_aside(ZpDocument *document, bool is_note, ZpLossKind kind, const ZpPlace *at,
                           const char *zh, const char *en);
void zp_document_settle_asides(ZpDocument *document, const bool *used);

/** zp_cell_place: where a cell stands, in output's counting. */
ZpPlace zp_cell_place(const ZpTable *table, const ZpCell *cell);

/*
 * A walk over a table row by row that also yields the cells whose row span reaches down
 * into the row.
 */
typedef struct {
    const ZpTable *table;
    guint32 row;     /* the row that `cells` describes */
    guint next;      /* index of the first cell not yet taken */
    GPtrArray *open; /* cells whose span covers the row, by column */
    /* The walk's own: the first row in which an open cell is over; whether _next was called. */
    guint32 first_end;
    bool has_begun;
} ZpRowWalk;

/**
 * zp_row_walk_start, _next, _clear: begin before row 0; step; end.
 *
 * _next Returns: false past the last row; else `walk->open` holds const ZpCell * that cover
 * walk->row in order of column; a cell with cell->row < walk->row began higher up.
 */
void zp_row_walk_start(ZpRowWalk *walk, const ZpTable *table);
bool zp_row_walk_next(ZpRowWalk *walk);
void zp_row_walk_clear(ZpRowWalk *walk);
