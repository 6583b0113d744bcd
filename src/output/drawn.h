/*
 * drawn.h - a form drawn again: the rows and cells of a clean table, made of the canonical data.
 *
 * What the printed form lost or broke is whole here: every row has its cells, merges are true ones.  Read back,
 * the table gives the same data; only places and repairs differ.  It knows no format.
 */
#pragma once

#include "model/form.h"
#include "rulebook/labels.h"

typedef enum {
    ZP_DRAWN_CELL,
    ZP_DRAWN_ROW_HEAD, /* names what stands beside it */
    ZP_DRAWN_COL_HEAD, /* names what stands below it */
} ZpDrawnKind;

typedef struct {
    ZpDrawnKind kind;
    const char *text; /* never NULL; of a covered cell what a table without merges repeats there */
    const ZpValue *value; /* (nullable) where the text may be a figure */
    guint rows, cols;     /* how far it spans */
    bool is_covered;      /* by the cell above */
} ZpDrawnCell;

typedef struct {
    GPtrArray *rows; /* of GArray of ZpDrawnCell */
    guint n_cols;
    const char *title, *year; /* (nullable) above the table; the year where the title says none */
    GStringChunk *strings;
} ZpDrawn;

/** zp_drawn_new: @form as a table; it borrows the form's texts. */
ZpDrawn *zp_drawn_new(const ZpForm *form, const ZpLabels *labels);
void zp_drawn_free(ZpDrawn *drawn);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpDrawn, zp_drawn_free)
