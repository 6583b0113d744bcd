/*
 * tree.h - which pages a document has, found with a bound.
 *
 * qpdf's own walk over the page tree calls itself for every node, so a deep tree, or one whose /Kids lead
 * back to itself, ends the process.  This one keeps its place in a list of limited length.
 */
#pragma once

#include "base/bounds.h"

#include <qpdf/qpdf-c.h>

typedef enum {
    PAGE_TREE_SOUND,
    PAGE_TREE_ROUND,      /* a node leads back to one above it; that way was not taken */
    PAGE_TREE_TOO_DEEP,   /* past ZP_LIMIT_PDF_TREE */
    PAGE_TREE_TOO_LARGE,  /* past ZP_LIMIT_PDF_NODES */
    PAGE_TREE_MANY_PAGES, /* past ZP_LIMIT_PAGES */
} PageTreeState;

typedef struct {
    GArray *nodes; /* of nodes, each behind the one it hangs on */
    GArray *pages; /* of guint: which nodes are pages, in their order */
    PageTreeState state;
} PageTree;

/**
 * page_tree_read: walk the tree, in the order and by the rules of Poppler, so that pages have the same numbers.
 * @limits: (nullable) of pages, and of what may be inside each other
 *
 * Pages found before a limit stay in the list.  The tree is the caller's to clear.
 */
PageTree page_tree_read(qpdf_data qpdf, const ZpLimits *limits);
void page_tree_clear(PageTree *tree);

/**
 * page_tree_depth, _pages: the limits that hold.
 * @limits: (nullable)
 */
guint page_tree_depth(const ZpLimits *limits);
guint page_tree_pages(const ZpLimits *limits);

/** page_tree_page: the dictionary of the k-th page; null where it is no object of its own. */
qpdf_oh page_tree_page(const PageTree *tree, qpdf_data qpdf, guint k);

/** page_tree_key: a key of the k-th page, or of the nearest node above it that has it. */
qpdf_oh page_tree_key(const PageTree *tree, qpdf_data qpdf, guint k, const char *key);
