/*
 * tree.h - a YAML file as a tree whose every node knows its line.
 *
 * The data files under rules/ are loaded by libcyaml (rulebook/yaml.h), which forgets the lines
 * once a file is read.  A configuration must be able to say for each setting where it was made
 * (`--show-config`) and for each mistake where it stands, so it is read from libyaml's own nodes.
 * This file knows no setting.
 *
 * Layer: config.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <yaml.h>

typedef struct {
    yaml_document_t document;
    char *name; /* how the file is called in messages */
} ZpTree;

/**
 * zp_tree_load, _free: read one YAML document.
 * @name: how the file is called in messages
 * @error: ZP_ERROR_USAGE, "FILE:LINE: …": syntax, a second document, no mapping at the top
 *
 * Returns: (transfer full) an empty file is an empty tree, whose root is NULL.
 */
ZpTree *zp_tree_load(GBytes *bytes, const char *name, GError **error);
void zp_tree_free(ZpTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpTree, zp_tree_free)

/**
 * zp_tree_root: the mapping at the top; NULL for an empty file.
 */
yaml_node_t *zp_tree_root(ZpTree *tree);

/**
 * zp_tree_line: the line of a node, from 1.
 */
guint zp_tree_line(const yaml_node_t *node);

/**
 * zp_tree_fail: set "FILE:LINE: …" and return false.
 * @zh, @en: printf formats with the same arguments in the same order
 */
bool zp_tree_fail(const ZpTree *tree, const yaml_node_t *node, GError **error, const char *zh,
                  const char *en, ...) __attribute__((format(printf, 4, 6), format(printf, 5, 6)));

/* What to do with the value of a key; @target is whatever the caller of zp_tree_map fills. */
typedef struct ZpTreeKey ZpTreeKey;
struct ZpTreeKey {
    const char *name; /* ends with NULL */
    bool (*read)(ZpTree *tree, const ZpTreeKey *key, yaml_node_t *value, gpointer target,
                 GError **error);
    size_t offset; /* for `read`: where in the target */
};

/**
 * zp_tree_map: go over a mapping; a key that is not in @keys or stands twice is an error.
 */
bool zp_tree_map(ZpTree *tree, yaml_node_t *node, const ZpTreeKey *keys, gpointer target,
                 GError **error);

/**
 * zp_tree_list: go over a list; anything else is an error.
 * @item: called for each entry
 */
bool zp_tree_list(ZpTree *tree, yaml_node_t *node,
                  bool (*item)(ZpTree *tree, yaml_node_t *node, gpointer target, GError **error),
                  gpointer target, GError **error);

/**
 * zp_tree_text: the text of a scalar; NULL with an error for anything else, and for an empty one.
 */
const char *zp_tree_text(ZpTree *tree, yaml_node_t *node, GError **error);
