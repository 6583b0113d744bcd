/*
 * word.h - the state of reading a Word text; body.c owns it, run.c and field.c
 * take part.
 */
#pragma once

#include "parsers/docx/names.h"
#include "parsers/docx/private.h"

typedef struct {
    ZpDocxLook look;   /* by its style and its own shading and spacing */
    bool is_plain;     /* nothing in it can hide text */
    bool is_joined;    /* its mark is deleted or hidden */
    guint list, level; /* it is numbered; 0: it is not */
} ZpDocxParagraph;

typedef struct {
    ZpDocxLook look;          /* its own */
    const ZpDocxStyle *style; /* (nullable) */
    bool is_plain;            /* neither says anything */
    const char *font;         /* (nullable) (static) a symbol font */
} ZpDocxRun;

typedef struct {
    ZpDocument *document;
    ZpDocxStyles *styles;
    ZpDocxLists *lists;
    GPtrArray *open;         /* of ZpDocxTable, the innermost last */
    ZpDocxFlow around;       /* the line around the tables under way */
    ZpTable *lines;          /* (nullable) where such lines go */
    GArray *paragraphs;      /* of ZpDocxParagraph that are open: text boxes stand inside others */
    GArray *runs;            /* of ZpDocxRun that are open */
    GArray *fields;          /* of fields that are open (field.c) */
    guint instructions;      /* open fields that have not come to their result */
    guint deleted, inserted; /* open tracked changes */
    guint skipped;           /* tables beyond ZP_LIMIT_NESTED_TABLES that are open */
    guint orders,
        reversed; /* open w:bdo; the one from which on it is from right to left, 0: none */
    guint boxes;  /* open text boxes */
    guint drawings, floating; /* open drawings; the one from which on they float, 0: none */
    guint unseen;             /* the open drawing from which on they are hidden, 0: none */
    guint floating_cells;     /* tables that were open there */
    guint pictures;           /* around the tables */
    bool in_paragraph_properties, in_row_properties, in_cell_properties, in_table_properties;
    bool in_run_properties;
    bool in_text, is_deleted_text, in_instruction;
    bool is_word, has_text, has_picture, in_object;
    guint32 byte; /* of the part, where the reader stands; 0: not known */
    GError **error;
} ZpDocxWord;

/**
 * zp_docx_innermost: the table whose content is under way.
 *
 * Returns: (nullable)
 */
ZpDocxTable *zp_docx_innermost(const ZpDocxWord *word);

/** zp_docx_place: the cell under way; all zero around the tables. */
ZpPlace zp_docx_place(const ZpDocxWord *word);

/**
 * zp_docx_run: the run under way.
 *
 * Returns: (nullable) NULL between runs.
 */
ZpDocxRun *zp_docx_run(const ZpDocxWord *word);

/**
 * zp_docx_paragraph: the paragraph under way.
 *
 * Returns: (nullable)
 */
ZpDocxParagraph *zp_docx_paragraph(const ZpDocxWord *word);

/** zp_docx_flow: where text goes now: the cell under way, or the line around the tables. */
ZpDocxFlow *zp_docx_flow(ZpDocxWord *word);

/**
 * zp_docx_is_deleted, _is_hidden: tracked changes have taken out what stands here; the paragraph's numbers are
 * not shown.
 */
bool zp_docx_is_deleted(const ZpDocxWord *word);
bool zp_docx_is_hidden(const ZpDocxWord *word);

/** zp_docx_say: text that is not read here; the limit of a cell holds for it too. */
void zp_docx_say(ZpDocxWord *word, ZpDocxSaying saying, const char *text, gsize length);

/** zp_docx_look_start: a paragraph begins, or names its style (NULL: none). */
void zp_docx_look_start(const ZpDocxWord *word, ZpDocxParagraph *paragraph,
                        const ZpDocxStyle *style);

/** zp_docx_property: a property that says how text looks, wherever it stands. */
void zp_docx_property(ZpDocxWord *word, Token token, const ZpXmlAttributes *attributes);

/** zp_docx_add_text: text that the document shows here, unless it is deleted or hidden. */
void zp_docx_add_text(ZpDocxWord *word, const char *text, gsize length);

/** zp_docx_run_start, _end, _characters: the events of what stands inside paragraphs. */
void zp_docx_run_start(ZpDocxWord *word, Token token, const ZpXmlAttributes *attributes);
void zp_docx_run_end(ZpDocxWord *word, Token token);
void zp_docx_run_characters(gpointer word, const char *text, gsize length);

/**
 * zp_docx_beside_start, _end: what stands in the text and is none: drawings, pictures, embedded files,
 * references to notes (beside.c).
 */
void zp_docx_beside_start(ZpDocxWord *word, Token token, const ZpXmlAttributes *attributes);
void zp_docx_beside_end(ZpDocxWord *word, Token token);

/** zp_docx_beside_note: say at the end what of it is said once. */
void zp_docx_beside_note(ZpDocxWord *word);

/** zp_docx_fields_new, _forget: the stack of open fields; close all that are open. */
GArray *zp_docx_fields_new(void);
void zp_docx_fields_forget(ZpDocxWord *word);

/** zp_docx_field_start: w:fldChar and what describes a form field inside it. */
void zp_docx_field_start(ZpDocxWord *word, Token token, const ZpXmlAttributes *attributes);

/** zp_docx_field_instruction: a piece of the instruction of the field under way. */
void zp_docx_field_instruction(ZpDocxWord *word, const char *text, gsize length);

/**
 * zp_docx_field_take: text of a run; inside a field that has not come to its result nothing shows it.
 */
void zp_docx_field_take(ZpDocxWord *word, const char *text, gsize length);

/** zp_docx_field_end: a w:fldSimple ends. */
void zp_docx_field_end(ZpDocxWord *word);
