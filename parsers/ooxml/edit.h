/*
 * edit.h - a package with some parts changed and some added; every other part byte for byte as it was.
 *
 * Unlike the readers' events a part to be changed is a tree (libxml2).
 */
#pragma once

#include "parsers/ooxml/package.h"

#include <libxml/tree.h>

/* A part that a relationship leads to, or an element's name, in the namespaces of the package in hand. */
#define ZP_RELATIONS_STRICT "http://purl.oclc.org/ooxml/officeDocument/relationships"
#define ZP_RELATIONS        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

typedef struct {
    ZpPackage *package;
    GHashTable *trees; /* name of a part → xmlDoc, of those that may be changed */
    GHashTable *bytes; /* name of a part → GBytes, of those that are replaced as bytes */
    GPtrArray *added;  /* of char *: names of the parts of both that the package lacks, in order */
} ZpEdit;

/**
 * zp_edit_new: nothing changed yet.
 * @package: (transfer none)
 */
ZpEdit *zp_edit_new(ZpPackage *package);
void zp_edit_free(ZpEdit *edit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpEdit, zp_edit_free)

/**
 * zp_edit_tree: a part as a tree that may be changed; a part that is not there begins as @otherwise.
 * @name: as the package has it (zp_package_name)
 * @otherwise: (nullable) NULL: the part must be there
 * @error: ZP_ERROR_DAMAGED, ZP_ERROR_LIMIT
 *
 * Returns: (nullable) (transfer none)
 */
xmlDoc *zp_edit_tree(ZpEdit *edit, const char *name, const char *otherwise, GError **error);

/** zp_edit_bytes: have a part, there or not, hold these bytes. */
void zp_edit_bytes(ZpEdit *edit, const char *name, GBytes *bytes);

/**
 * zp_edit_free_name: a name that no part has: "word/comments%s.xml" with nothing, 1, 2, … in it.
 */
char *zp_edit_free_name(const ZpEdit *edit, const char *format);

/**
 * zp_edit_relate: have a part lead to another.
 * @type: the last word of the relationship's type
 * @is_strict: the package uses the strict namespaces
 *
 * Returns: (nullable) (transfer full) its id; NULL with @error
 */
char *zp_edit_relate(ZpEdit *edit, const char *source, const char *target, const char *type,
                     bool is_strict, GError **error);

/**
 * zp_edit_declare: say what kind of content a part has, or all parts of a suffix that nothing else is said of.
 */
bool zp_edit_declare(ZpEdit *edit, const char *name, const char *content_type, GError **error);
bool zp_edit_declare_suffix(ZpEdit *edit, const char *suffix, const char *content_type,
                            GError **error);

/** zp_edit_finish: the package with all changes. */
GBytes *zp_edit_finish(ZpEdit *edit, GError **error);

/* --- trees --- */

/**
 * zp_element_is, _child, _next: an element by its local name; the first such child; the next element in document
 * order below @top.
 */
bool zp_element_is(const xmlNode *node, const char *name);
xmlNode *zp_element_child(const xmlNode *node, const char *name);
xmlNode *zp_element_next(xmlNode *node, const xmlNode *top);

/**
 * zp_element_get, _set: an attribute by its local name, in the element's namespace or none; set in @space.
 *
 * _get Returns: (nullable) (transfer full)
 */
char *zp_element_get(const xmlNode *node, const char *name);
void zp_element_set(xmlNode *node, xmlNs *space, const char *name, const char *value);

/**
 * zp_element_add: a new last child; @text is no mark-up.
 * @text: (nullable)
 */
xmlNode *zp_element_add(xmlNode *parent, xmlNs *space, const char *name, const char *text);

/**
 * zp_element_place: put a new child before the first of some elements, or last.
 * @before: local names, ends with NULL
 */
void zp_element_place(xmlNode *parent, xmlNode *child, const char *const *before);
