/*
 * cells.h - what the writers of cells of Word and Excel files share.
 */
#pragma once

#include "parsers/ooxml/package.h"
#include "parsers/ooxml/runs.h"
#include "parsers/parser.h"

/* Where an element stands in a part. */
typedef struct {
    gsize tag;   /* its `<` */
    gsize inner; /* behind the `>` of its start tag */
    gsize close; /* the `<` of its end tag */
    gsize end;   /* behind that */
} ZpOoxmlRange;

/**
 * zp_ooxml_range: the element that a cell's place is of.
 * @at: `byte_start` behind its name and attributes, `byte_end` behind its end tag
 * @name: local name that it must have
 *
 * Returns: false when the part does not bear the place out, or the element is empty.
 */
bool zp_ooxml_range(const char *xml, gsize size, const ZpPlace *at, const char *name,
                    ZpOoxmlRange *range);

/* A part whose bytes edits may change. */
typedef struct {
    const char *name, *xml;
    gsize size;
} ZpPartText;

/**
 * zp_ooxml_save: for ZpCellWriter.save.
 * @parts: by the `part` of edits
 */
GBytes *zp_ooxml_save(GBytes *input, const ZpPartText *parts, guint n_parts, const GArray *edits,
                      GError **error);

/**
 * zp_ooxml_remark: for ZpCellWriter.remark: signatures, macros.
 * @main: the part with the text or the workbook
 */
void zp_ooxml_remark(const ZpPackage *package, const char *main, const GArray *edits,
                     void (*say)(const ZpCellSaying *saying, gpointer data), gpointer data);

/* The cell holds more than text in one line, or what it holds is not to be found again. */
extern const ZpCellSaying ZP_CELL_NO_PLAIN_TEXT;
