/*
 * tree.c - the page tree, node by node.
 *
 *     /Pages ─┬─ /Page              a kid with /Type /Page, or without /Kids, is a page, any other dictionary
 *             └─ /Pages ─┬─ /Page   a node; a kid that is a node above it is passed by; /Resources, /MediaBox,
 *                        └─ …       /CropBox and /Rotate hold for all pages below
 *
 * /Count is not asked: what is there counts.
 *
 * Source: ISO 32000-1, 7.7.3.
 */
#include "parsers/pdf/tree.h"

#include "base/limits.h"

#include <stdbool.h>

/* A node or a page by its object; id 0: none of its own. */
typedef struct {
    int id, generation;
    guint above; /* its node's index and one; 0: the root */
} Node;

/* A node whose kids are being gone through. */
typedef struct {
    qpdf_oh kids;
    int next, count;
    guint node; /* its index */
} Open;

typedef struct {
    qpdf_data qpdf;
    PageTree *tree;
    GArray *open; /* of Open, from the root to the node under way */
    guint depth_max, pages_max;
} TreeWalk;

guint page_tree_depth(const ZpLimits *limits)
{
    return zp_limits_depth(limits, ZP_LIMIT_PDF_TREE);
}

guint page_tree_pages(const ZpLimits *limits)
{
    return (guint)zp_limits_get(limits, ZP_BOUND_PAGES);
}

static const Node *node_at(const PageTree *tree, guint k)
{
    return &g_array_index(tree->nodes, Node, k);
}

static bool is_page(qpdf_data qpdf, qpdf_oh kid)
{
    return qpdf_oh_is_name_and_equals(qpdf, qpdf_oh_get_key(qpdf, kid, "/Type"), "/Page") ||
           !qpdf_oh_has_key(qpdf, kid, "/Kids");
}

/* Whether an object is the node under way or one above it. */
static bool is_above(const TreeWalk *walk, int id)
{
    for (guint k = 0; k < walk->open->len; k++) {
        if (node_at(walk->tree, g_array_index(walk->open, Open, k).node)->id == id)
            return true;
    }
    return false;
}

static void open_node(TreeWalk *walk, qpdf_oh node, guint index)
{
    qpdf_oh kids = qpdf_oh_get_key(walk->qpdf, node, "/Kids");
    bool is_list = qpdf_oh_is_array(walk->qpdf, kids);
    Open open = {.kids = kids,
                 .count = is_list ? qpdf_oh_get_array_n_items(walk->qpdf, kids) : 0,
                 .node = index};
    g_array_append_val(walk->open, open);
}

static void take_kid(TreeWalk *walk, qpdf_oh kid, guint above)
{
    PageTree *tree = walk->tree;
    bool is_own = qpdf_oh_is_indirect(walk->qpdf, kid);
    Node node = {.id = is_own ? qpdf_oh_get_object_id(walk->qpdf, kid) : 0,
                 .generation = is_own ? qpdf_oh_get_generation(walk->qpdf, kid) : 0,
                 .above = above + 1};
    guint index = tree->nodes->len;
    if (is_own && is_above(walk, node.id)) {
        tree->state = PAGE_TREE_ROUND;
        return;
    }
    if (is_own && !qpdf_oh_is_dictionary(walk->qpdf, kid))
        return;
    g_array_append_val(tree->nodes, node);
    if (!is_own || is_page(walk->qpdf, kid)) {
        g_array_append_val(tree->pages, index);
        if (tree->pages->len > walk->pages_max)
            tree->state = PAGE_TREE_MANY_PAGES;
    } else if (walk->open->len >= walk->depth_max) {
        tree->state = PAGE_TREE_TOO_DEEP;
    } else {
        open_node(walk, kid, index);
    }
}

static void walk_tree(TreeWalk *walk)
{
    PageTree *tree = walk->tree;
    guint n_kids = 0;
    while (walk->open->len && tree->state < PAGE_TREE_TOO_DEEP) {
        Open *open = &g_array_index(walk->open, Open, walk->open->len - 1);
        if (open->next >= open->count) {
            g_array_set_size(walk->open, walk->open->len - 1);
            continue;
        }
        if (n_kids++ >= ZP_LIMIT_PDF_NODES) {
            tree->state = PAGE_TREE_TOO_LARGE;
            return;
        }
        qpdf_oh kid = qpdf_oh_get_array_item(walk->qpdf, open->kids, open->next++);
        take_kid(walk, kid, open->node);
    }
}

PageTree page_tree_read(qpdf_data qpdf, const ZpLimits *limits)
{
    PageTree tree = {.nodes = g_array_new(FALSE, FALSE, sizeof(Node)),
                     .pages = g_array_new(FALSE, FALSE, sizeof(guint))};
    TreeWalk walk = {.qpdf = qpdf,
                     .tree = &tree,
                     .open = g_array_new(FALSE, FALSE, sizeof(Open)),
                     .depth_max = page_tree_depth(limits),
                     .pages_max = page_tree_pages(limits)};
    qpdf_oh root = qpdf_get_root(qpdf);
    if (qpdf_oh_is_dictionary(qpdf, root)) {
        qpdf_oh pages = qpdf_oh_get_key(qpdf, root, "/Pages");
        if (qpdf_oh_is_indirect(qpdf, pages) && qpdf_oh_is_dictionary(qpdf, pages)) {
            Node node = {.id = qpdf_oh_get_object_id(qpdf, pages),
                         .generation = qpdf_oh_get_generation(qpdf, pages)};
            g_array_append_val(tree.nodes, node);
            open_node(&walk, pages, 0);
        }
    }
    walk_tree(&walk);
    g_array_unref(walk.open);
    return tree;
}

void page_tree_clear(PageTree *tree)
{
    g_clear_pointer(&tree->nodes, g_array_unref);
    g_clear_pointer(&tree->pages, g_array_unref);
}

static qpdf_oh object_of(const Node *node, qpdf_data qpdf)
{
    return node->id ? qpdf_get_object_by_id(qpdf, node->id, node->generation)
                    : qpdf_oh_new_null(qpdf);
}

qpdf_oh page_tree_page(const PageTree *tree, qpdf_data qpdf, guint k)
{
    return object_of(node_at(tree, g_array_index(tree->pages, guint, k)), qpdf);
}

qpdf_oh page_tree_key(const PageTree *tree, qpdf_data qpdf, guint k, const char *key)
{
    for (guint index = g_array_index(tree->pages, guint, k) + 1; index > 0;) {
        const Node *node = node_at(tree, index - 1);
        qpdf_oh object = object_of(node, qpdf);
        if (qpdf_oh_is_dictionary(qpdf, object) && qpdf_oh_has_key(qpdf, object, key))
            return qpdf_oh_get_key(qpdf, object, key);
        index = node->above;
    }
    return qpdf_oh_new_null(qpdf);
}
