/*
 * private.h - what the files of the Word reader share.
 */
#pragma once

#include "model/grid.h"
#include "model/origin.h"
#include "parsers/docx/list.h"
#include "parsers/docx/look.h"
#include "parsers/ooxml/package.h"

/* What is not read as the text of a cell or line, and is said instead. */
typedef enum {
    ZP_DOCX_SAID_DELETED,  /* tracked deletions */
    ZP_DOCX_SAID_INSERTED, /* read all the same: the part that is a tracked insertion */
    ZP_DOCX_SAID_HIDDEN,   /* formatted as hidden, or under a vertical merge */
    ZP_DOCX_SAID_STRUCK,
    ZP_DOCX_SAID_PALE, /* of its ground's colour */
    ZP_DOCX_SAID_TINY,
    ZP_DOCX_SAID_ROW,      /* in a hidden row */
    ZP_DOCX_SAID_FOREIGN,  /* in mark-up that no program shows */
    ZP_DOCX_SAID_REVERSED, /* shown from right to left */
    ZP_DOCX_SAID_FLOATING, /* in a text box that lies over the cell */
    ZP_DOCX_SAID_OPEN,     /* behind the beginning of a field that has no end */
    ZP_DOCX_SAID_MARK,     /* note marks */
    ZP_DOCX_N_SAID,
} ZpDocxSaying;

/* Text on its way into a cell or a line. */
typedef struct {
    GString *shown;
    GString *leading; /* raised, with nothing before it: a note mark when other text follows */
    GString *said[ZP_DOCX_N_SAID];
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
    bool is_hidden, row_is_hidden;     /* the row that the table stands in; the one under way */
    guint32 ground;                    /* of the cell under way (ooxml/colour.h) */
    char *style;                       /* (nullable) id of the table's style */
    GString *hidden;                   /* what the cells of a hidden row hold */
    guint32 byte_start, byte_end; /* of the cell under way: its content and its end tag (cells.c) */
    guint left;                   /* the row's last cell, by its index in the table + 1; 0: none */
    guint element;                /* of the part: the cell under way (ZpCellOrigin) */
};

void zp_docx_flow_init(ZpDocxFlow *flow);
void zp_docx_flow_clear(ZpDocxFlow *flow);

/**
 * zp_docx_flow_settle: the text is complete: what was raised at its beginning is a mark, or all of it.
 */
void zp_docx_flow_settle(ZpDocxFlow *flow);

/** zp_docx_flow_note: note what of a flow is not shown, or was changed, and empty it. */
void zp_docx_flow_note(ZpDocxFlow *flow, ZpDocument *document, const ZpPlace *at);

ZpDocxTable *zp_docx_table_new(ZpDocument *document);
void zp_docx_table_free(gpointer table);

/** zp_docx_table_row, _row_end: a row begins; it ends. */
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
    ZpDocxLook look;
    guint list, level; /* of a numbered list; 0: none */
} ZpDocxStyle;

typedef struct {
    GHashTable *by_id;     /* id → ZpDocxStyle, of those that say any of it */
    ZpDocxLook defaults;   /* what holds where no style says otherwise */
    ZpDocxStyle paragraph; /* of paragraphs that name no style */
    bool is_plain;         /* none of them says any of it */
    GHashTable *grounds;   /* id → grounds of a table style, of those that were asked for */
    ZpTheme theme;
    GBytes *part; /* (nullable) */
    const char *name;
} ZpDocxStyles;

/**
 * zp_docx_styles_new: what styles say.
 * @part: (nullable) the part of styles, kept
 * @theme: (nullable) the part of the theme, kept
 *
 * Returns: NULL with @error when the part of styles is damaged.
 */
ZpDocxStyles *zp_docx_styles_new(GBytes *part, const char *name, GBytes *theme,
                                 const char *theme_name, GError **error);
void zp_docx_styles_free(ZpDocxStyles *styles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpDocxStyles, zp_docx_styles_free)

/**
 * zp_docx_styles_ground: whether a table style shades cells so that a text of @colour may be seen there: the
 * rows and columns that it shades are not worked out.
 */
bool zp_docx_styles_ground(ZpDocxStyles *styles, const char *id, guint32 colour);

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
 * @lists: counted on
 * @error: must not be NULL; as zp_xml_parse and zp_document_add_cell
 */
bool zp_docx_body(ZpDocument *document, ZpDocxStyles *styles, ZpDocxLists *lists, GBytes *part,
                  const char *name, GError **error);
