/*
 * list.h - the numbers that Word puts before the paragraphs of lists.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct ZpDocxLists ZpDocxLists;

/**
 * zp_docx_lists_new: the lists of the part of numberings.
 * @part: (nullable) NULL: there are none
 *
 * Returns: NULL with @error when the part is damaged.
 */
ZpDocxLists *zp_docx_lists_new(GBytes *part, const char *name, GError **error);
void zp_docx_lists_free(ZpDocxLists *lists);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpDocxLists, zp_docx_lists_free)

/**
 * zp_docx_lists_next: the next paragraph of a list: count on, and append what stands before it.
 * @list, @level: as w:numId and w:ilvl say
 *
 * Nothing is appended for a list that is not there.
 */
void zp_docx_lists_next(ZpDocxLists *lists, guint list, guint level, GString *out);

/**
 * zp_docx_counter: a number as a list shows it.
 * @format: as w:numFmt says: "decimal", "chineseCounting", "upperRoman"; one that is not known is decimal
 */
void zp_docx_counter(GString *out, const char *format, guint number);
