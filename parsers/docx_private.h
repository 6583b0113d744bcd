/*
 * docx_private.h - what the files of the Word reader share.
 *
 * Layer: parsers.
 */
#pragma once

#include "model/grid.h"
#include "parsers/docx_list.h"
#include "parsers/ooxml_package.h"

/* Text on its way into a cell or a line: what is shown, and what is said in a note instead. */
typedef struct {
    GString *shown;
    GString *inserted; /* of what is shown, the part that is a tracked insertion */
    GString *deleted;  /* tracked deletions */
    GString *hidden;   /* formatted as hidden, or under a vertical merge */
} ZpDocxFlow;

/* One table that is open. */
typedef struct ZpDocxTable ZpDocxTable;

/* How a cell takes part in a vertical merge. */
typedef enum {
    ZP_DOCX_SINGLE,
    ZP_DOCX_RESTART,
    ZP_DOCX_CONTINUE,
} ZpDocxMerge;

struct ZpDocxTable {
    ZpDocument *document;
    ZpTable *table;
    ZpDocxFlow flow;  /* of the cell under way */
    GArray *merges;   /* by column: the vertical merge that may go on there */
    guint32 row, col; /* under way, from 0; the next grid column */
    bool in_cell;
    /* of the cell under way: */
    guint span;
    ZpDocxMerge merge;
    bool continues_left;               /* merged into the cell before it */
    bool is_deleted, row_is_deleted;   /* tracked: as accepted, they are not there */
    bool is_inserted, row_is_inserted; /* tracked: all of their text is */
    guint left; /* the row's last cell, by its index in the table + 1; 0: none */
};

void zp_docx_flow_init(ZpDocxFlow *flow);
void zp_docx_flow_clear(ZpDocxFlow *flow);

/**
 * zp_docx_flow_note: note what of a flow is not shown, or was changed, and empty it.
 */
void zp_docx_flow_note(ZpDocxFlow *flow, ZpDocument *document, const ZpPlace *at);

ZpDocxTable *zp_docx_table_new(ZpDocument *document);
void zp_docx_table_free(gpointer table);

/**
 * zp_docx_table_row, _row_end: a row begins; it ends.
 */
void zp_docx_table_row(ZpDocxTable *table);
void zp_docx_table_row_end(ZpDocxTable *table);

/**
 * zp_docx_table_cell, _cell_end: a cell begins; it ends and goes into the grid.
 * @error: as zp_document_add_cell
 */
void zp_docx_table_cell(ZpDocxTable *table);
bool zp_docx_table_cell_end(ZpDocxTable *table, GError **error);

/* What a style says of its paragraphs or runs, also by what it is based on. */
typedef struct {
    bool is_hidden;
    guint list, level; /* of a numbered list; 0: none */
} ZpDocxStyle;

/**
 * zp_docx_styles: the styles that say any of it.
 * @part: (nullable) the part of styles
 *
 * Returns: id → ZpDocxStyle, with "" for paragraphs without a style; NULL with @error when the part is
 * damaged.
 */
GHashTable *zp_docx_styles(GBytes *part, const char *name, GError **error);

/**
 * zp_docx_symbol_font: a font's name if it is one of symbols.
 * @font: (nullable)
 *
 * Returns: (nullable) (static) its name in lower case, as zp_docx_symbol takes it.
 */
const char *zp_docx_symbol_font(const char *font);

/**
 * zp_docx_symbol: the character that a font's symbol stands for.
 * @font: (nullable) in any case
 * @code: as w:sym says it: below 256 and from U+F000 on a place in the font
 *
 * Returns: 0 when it is not known.
 */
gunichar zp_docx_symbol(const char *font, guint code);

/**
 * zp_docx_body: the part with the text into tables and lines.
 * @styles: as zp_docx_styles gives
 * @lists: counted on
 * @error: must not be NULL; as zp_xml_parse and zp_document_add_cell
 */
bool zp_docx_body(ZpDocument *document, GHashTable *styles, ZpDocxLists *lists, GBytes *part,
                  const char *name, GError **error);
