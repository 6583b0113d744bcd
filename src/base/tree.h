/*
 * tree.h - a YAML file as a tree whose every node knows its line.
 *
 * What the rulebook, the profiles and the settings have in common: a mistake is told with its line,
 * also one that only shows when the whole has been read.  The files that are compiled in are trees
 * already when the program is built (zp_tree_pack), so a start reads no YAML at all.  This file
 * knows no key.
 */
#pragma once

#include "base/error.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum {
    ZP_NODE_TEXT,
    ZP_NODE_LIST,
    ZP_NODE_MAP,
} ZpNodeKind;

/* What is below a node stands right behind it, an entry behind the other; a mapping's are key, value, key, … */
typedef struct {
    guint32 kind;  /* ZpNodeKind */
    guint32 line;  /* from 1 */
    guint32 nodes; /* itself and all below it */
    guint32 count; /* of a text its bytes, else its entries; a mapping has two for each key */
    guint32 text;  /* where a text begins among the texts */
} ZpNode;

typedef struct ZpTree ZpTree;

/**
 * zp_tree_load, _free: read one YAML document.
 * @name: how the file is called in messages
 * @code: of the errors made by this file's functions: ZP_ERROR_USAGE, ZP_ERROR_DATA
 * @error: "FILE:LINE: …": wrong syntax, a second document, lists and mappings deeper than
 * ZP_LIMIT_TREE_DEPTH, more than ZP_LIMIT_TREE_NODES nodes (an alias counts as what it repeats)
 *
 * Returns: (transfer full) an empty file is an empty tree, whose root is NULL.
 */
ZpTree *zp_tree_load(GBytes *bytes, const char *name, ZpErrorCode code, GError **error);
void zp_tree_free(ZpTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpTree, zp_tree_free)

/**
 * zp_tree_pack, _unpack: a tree as bytes that this machine's program reads without a copy.
 * @packed: (transfer none) kept by the tree; of zp_tree_pack and trusted
 */
GBytes *zp_tree_pack(const ZpTree *tree);
ZpTree *zp_tree_unpack(GBytes *packed, const char *name, ZpErrorCode code);

/** zp_tree_root: the top; NULL for an empty file. */
const ZpNode *zp_tree_root(const ZpTree *tree);

/**
 * zp_node_first, _next: the first entry of a list or mapping; what stands behind a node at its
 * level.  Only as often as there are entries.
 */
const ZpNode *zp_node_first(const ZpNode *node);
const ZpNode *zp_node_next(const ZpNode *node);

/** zp_node_text: a text's bytes, which end with a NUL; "" for a list or mapping. */
const char *zp_node_text(const ZpTree *tree, const ZpNode *node);

/**
 * zp_tree_find_quoted: the first text that a message has in double quotes.
 *
 * Returns: (nullable)
 */
const ZpNode *zp_tree_find_quoted(const ZpTree *tree, const char *message);

/**
 * zp_tree_fail: set "FILE:LINE: …" and return false.
 * @zh, @en: printf formats with the same arguments in the same order
 */
bool zp_tree_fail(const ZpTree *tree, const ZpNode *node, GError **error, const char *zh,
                  const char *en, ...) __attribute__((format(printf, 4, 6), format(printf, 5, 6)));

/* What to do with the value of a key; @target is whatever the caller of zp_tree_map fills. */
typedef struct ZpTreeKey ZpTreeKey;
struct ZpTreeKey {
    const char *name; /* ends with NULL */
    bool (*read)(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value, gpointer target,
                 GError **error);
    size_t offset; /* for `read`: where in the target */
};

/** zp_tree_map: go over a mapping; a key that is not in @keys or stands twice is an error. */
bool zp_tree_map(const ZpTree *tree, const ZpNode *node, const ZpTreeKey *keys, gpointer target,
                 GError **error);

/**
 * zp_tree_list: go over a list; anything else is an error.
 * @item: called for each entry
 */
bool zp_tree_list(const ZpTree *tree, const ZpNode *node,
                  bool (*item)(const ZpTree *tree, const ZpNode *node, gpointer target,
                               GError **error),
                  gpointer target, GError **error);

/** zp_tree_text: the text of a node; NULL with an error for anything else, and for an empty one. */
const char *zp_tree_text(const ZpTree *tree, const ZpNode *node, GError **error);
