/*
 * arrange.h - a document's tables made ready for reading row by row.
 *
 * What a format could not say is worked out here from the form's labels: rows and columns of tables
 * without rules (ZP_TABLE_RUNS), tables that go on over pages.  What needs nothing passes through
 * unchanged, without a copy.
 *
 * Layer: recognise.
 */
#pragma once

#include "rulebook/rulebook.h"

/* A document as the recogniser reads it. */
typedef struct {
    const ZpLabels *labels;
    GPtrArray *tables; /* (element-type ZpTable) in document order, not owned */
    GPtrArray *owned;  /* those of them that were made here */
    GStringChunk *strings;
    GPtrArray
        *places; /* (element-type ZpPlace) of cells that no longer stand where they are printed */
} Arranged;

/**
 * arranged_new: @document must live longer.
 */
Arranged *arranged_new(const ZpLabels *labels, const ZpDocument *document);
void arranged_free(Arranged *arranged);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Arranged, arranged_free)

/**
 * arranged_own_table: a table made here that is not read as it is.
 */
ZpTable *arranged_own_table(Arranged *arranged, ZpTableKind kind, guint32 number);

/**
 * arranged_add_table: append a table made here.
 * @number: of the table in the document; 0 for lines
 */
ZpTable *arranged_add_table(Arranged *arranged, ZpTableKind kind, guint32 number);
