/*
 * page.h - one page: its glyphs and rules into tables and text of the document.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/pdf/content.h"
#include "parsers/pdf/glyphs.h"
#include "parsers/pdf/lattice.h"

/* A page under way. */
typedef struct {
    ZpDocument *document;
    guint32 number;      /* from 1 */
    float width, height; /* with its text upright */
    Turn turn;
    GArray *glyphs;      /* of Glyph */
    guint n_unmapped;    /* of them */
    GPtrArray *lattices; /* of Lattice, from top to bottom */
    GArray *level;       /* of float: y of level rules that are no lattice's */
    GArray *upright;     /* of float: x of upright ones */
    bool was_runs;       /* the page before was a table without rules */
} Page;

/**
 * page_init, page_clear: a page with its glyphs.
 * @number: from 1
 * @error: ZP_ERROR_LIMIT naming ZP_LIMIT_PDF_GLYPHS
 */
bool page_init(Page *page, ZpDocument *document, guint32 number, PopplerPage *poppler,
               GError **error);
void page_clear(Page *page);

/**
 * page_read: add a page's tables and text to the document.
 * @drawing: (nullable) its rules; NULL when they cannot be read
 */
bool page_read(Page *page, const PageDrawing *drawing, GError **error);

/**
 * page_fill: which cell each glyph stands in.  (fill.c)
 */
void page_fill(Page *page);

/**
 * page_add_lattice: the k-th lattice as a table, with its texts.  (fill.c)
 */
bool page_add_lattice(Page *page, guint k, GError **error);

/**
 * page_add_flow: text between two heights that is in no cell, as lines or as runs.  (flow.c)
 */
bool page_add_flow(Page *page, float from, float to, GError **error);

/**
 * page_place: a place on the page for losses.
 */
ZpPlace page_place(const Page *page);
