/*
 * mark.h - an original with marks: notes where its cells stand, every other byte as it was.
 *
 *     text, Markdown   a block of notes at the end
 *     HTML             the texts of the cells marked, the notes at the end of the page
 *     PDF              highlights with notes, saved behind the original's bytes
 *     DOCX, XLSX       comments; every part that holds none of it as it was
 *     OFD              annotations of its own kind
 */
#pragma once

#include "parsers/parser.h"

/**
 * zp_mark: the document with marks.
 * @format: the name of the parser that read it
 * @error: ZP_ERROR_KIND where the format bears none, or it is signed and not forced; else as reading it
 */
GBytes *zp_mark(const char *format, GBytes *input, const ZpMarks *marks,
                const ZpReadOptions *options, GError **error);

/**
 * zp_mark_set_signed: the error of a signed document that is not to be marked.
 *
 * Returns: NULL
 */
GBytes *zp_mark_set_signed(GError **error);

/* The formats: as zp_mark. */
GBytes *zp_mark_text(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options,
                     GError **error);
GBytes *zp_mark_markdown(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options,
                         GError **error);
GBytes *zp_mark_html(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options,
                     GError **error);
GBytes *zp_mark_pdf(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options,
                    GError **error);
GBytes *zp_mark_docx(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options,
                     GError **error);
GBytes *zp_mark_xlsx(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options,
                     GError **error);
GBytes *zp_mark_ofd(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options,
                    GError **error);
