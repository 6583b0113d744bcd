/*
 * pages.h - the pages of a document one after the other, and what goes over from one to the next.
 */
#pragma once

#include "parsers/print/page.h"

typedef struct {
    ZpDocument *document;
    bool was_runs;
    bool
        is_all_pictures; /* pages that a picture covers are read from it, whatever text they have */
    GArray *before;      /* (nullable) of Glyph: the page before */
    GArray *cut;         /* of CutText of the page before, which this one may show */
} Pages;

Pages pages_begin(ZpDocument *document);
void pages_clear(Pages *pages);

/**
 * pages_add: add the next page's tables and text to the document, and say what of it is not seen or not there.
 * @drawing: (nullable) what it draws; NULL when that cannot be read
 */
bool pages_add(Pages *pages, Page *page, PageDrawing *drawing, GError **error);

/** pages_end: no page comes any more. */
void pages_end(Pages *pages);
