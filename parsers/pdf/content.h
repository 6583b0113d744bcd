/*
 * content.h - a page's drawing operators, read with qpdf.
 *
 * qpdf gives the decoded streams and the resources; nothing is drawn, no glyph and no picture is
 * loaded, so it costs little beside the text.
 */
#pragma once

#include "parsers/pdf/font.h"
#include "parsers/pdf/tree.h"
#include "parsers/print/drawing.h"

#include <qpdf/qpdf-c.h>

/* A document opened for its drawing. */
typedef struct {
    qpdf_data qpdf;
    PageTree tree;          /* its pages */
    GHashTable *fitting;    /* objects whose streams are known to fit (unpack.h) */
    guint depth_max;        /* form XObjects inside each other: ZP_LIMIT_PDF_DEPTH or less */
    bool is_xfa;            /* a dynamic XFA form: its pages hold only a notice */
    bool needs_appearances; /* viewers draw fields by their values */
    GHashTable *fonts;      /* of Font, by object number */
    GHashTable *off;        /* (nullable) object numbers of layers that are off */
} DrawingFile;

/**
 * drawing_open: read the structure of a document.
 * @password: (nullable)
 * @limits: (nullable) of pages and depth; that one was reached is in the tree's state
 * @is_locked: set when the password does not open it
 *
 * Returns: (nullable) NULL when qpdf cannot read it: the page texts are then all there is.
 */
DrawingFile *drawing_open(GBytes *input, const char *password, const ZpLimits *limits,
                          bool *is_locked);
void drawing_close(DrawingFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DrawingFile, drawing_close)

/**
 * drawing_read_page: walk one page.
 * @page: from 0
 * @drawing: filled; its marks and text are the caller's to free
 *
 * Returns: false when the page cannot be read.
 */
bool drawing_read_page(DrawingFile *file, guint page, PageDrawing *drawing);
