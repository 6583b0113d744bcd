/*
 * docx_word.h - the state of reading a Word text; docx_body.c owns it, docx_run.c and docx_field.c
 * take part.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/docx_names.h"
#include "parsers/docx_private.h"

typedef struct {
    bool is_hidden;    /* by its style */
    bool is_joined;    /* its mark is deleted */
    guint list, level; /* it is numbered; 0: it is not */
} ZpDocxParagraph;

typedef struct {
    bool is_hidden;
    const char *font; /* (nullable) (static) a symbol font */
} ZpDocxRun;

typedef struct {
    ZpDocument *document;
    GHashTable *styles; /* id → ZpDocxStyle */
    ZpDocxLists *lists;
    GPtrArray *open;         /* of ZpDocxTable, the innermost last */
    ZpDocxFlow around;       /* the line around the tables under way */
    ZpTable *lines;          /* (nullable) where such lines go */
    GArray *paragraphs;      /* of ZpDocxParagraph that are open: text boxes stand inside others */
    GArray *runs;            /* of ZpDocxRun that are open */
    GArray *fields;          /* of fields that are open (docx_field.c) */
    GArray *alternatives;    /* of bool: whether a branch of each was taken */
    guint instructions;      /* open fields that have not come to their result */
    guint deleted, inserted; /* open tracked changes */
    guint skipped;           /* tables beyond ZP_LIMIT_NESTED_TABLES that are open */
    bool in_paragraph_properties, in_row_properties;
    bool in_text, is_deleted_text, in_instruction;
    bool is_word, has_text, has_picture;
    GError **error;
} ZpDocxWord;

/**
 * zp_docx_innermost: the table whose content is under way.
 *
 * Returns: (nullable)
 */
ZpDocxTable *zp_docx_innermost(const ZpDocxWord *word);

/**
 * zp_docx_place: the cell under way; all zero around the tables.
 */
ZpPlace zp_docx_place(const ZpDocxWord *word);

/**
 * zp_docx_run: the run under way.
 *
 * Returns: (nullable) NULL between runs.
 */
ZpDocxRun *zp_docx_run(const ZpDocxWord *word);

/**
 * zp_docx_add_text: text that the document shows here, unless it is deleted, hidden or a field's
 * instruction.
 */
void zp_docx_add_text(ZpDocxWord *word, const char *text, gsize length);

/**
 * zp_docx_run_start, _end, _characters: the events of what stands inside paragraphs.
 */
void zp_docx_run_start(ZpDocxWord *word, Token token, const ZpXmlAttributes *attributes);
void zp_docx_run_end(ZpDocxWord *word, Token token);
void zp_docx_run_characters(gpointer word, const char *text, gsize length);

/**
 * zp_docx_fields_new, _forget: the stack of open fields; close all that are open.
 */
GArray *zp_docx_fields_new(void);
void zp_docx_fields_forget(ZpDocxWord *word);

/**
 * zp_docx_field_start: w:fldChar and what describes a form field inside it.
 */
void zp_docx_field_start(ZpDocxWord *word, Token token, const ZpXmlAttributes *attributes);

/**
 * zp_docx_field_instruction: a piece of the instruction of the field under way.
 */
void zp_docx_field_instruction(ZpDocxWord *word, const char *text, gsize length);
