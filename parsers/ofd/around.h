/*
 * around.h - what an OFD holds beside its pages: annotations, attachments, tags, signatures.
 *
 * None of it is a page's content, so none of it is read as a cell; it is named in notes.
 */
#pragma once

#include "model/grid.h"
#include "parsers/ofd/document.h"

/**
 * around_want: the parts with the annotations of each page.
 * @names: (element-type char*) they are added
 */
void around_want(const ZpPackage *package, const OfdDocument *document, GPtrArray *names);

/**
 * around_note: notes on a document's annotations, attachments and tags.
 * @first: the number of its first page
 * @limits: (nullable)
 */
void around_note(const ZpPackage *package, const OfdDocument *document, ZpDocument *out,
                 guint first, const ZpLimits *limits);

/** around_note_signatures: one note when the file is signed. */
void around_note_signatures(const ZpPackage *package, const OfdFile *file, ZpDocument *out);
