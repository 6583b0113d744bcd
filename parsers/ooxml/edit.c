/*
 * edit.c - the changed package is a new zip: entry by entry of the old one, its own bytes or the changed
 * ones, in the same order and under the same names; parts that are new come last.
 */
#include "parsers/ooxml/edit.h"

#include "base/error.h"
#include "parsers/ooxml/package_private.h"
#include "parsers/ooxml/xml.h"

#include <archive.h>
#include <archive_entry.h>
#include <libxml/parser.h>
#include <locale.h>
#include <string.h>

#define CONTENT_TYPES "[content_types].xml" /* as zp_package_name has it */
/* 1980-01-01, the first day of a zip. */
#define NO_TIME 315532800

static void free_tree(gpointer tree)
{
    xmlFreeDoc(tree);
}

ZpEdit *zp_edit_new(ZpPackage *package)
{
    ZpEdit *edit = g_new0(ZpEdit, 1);
    edit->package = package;
    edit->trees = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_tree);
    edit->bytes =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    edit->added = g_ptr_array_new_with_free_func(g_free);
    return edit;
}

void zp_edit_free(ZpEdit *edit)
{
    if (!edit)
        return;
    g_hash_table_unref(edit->trees);
    g_hash_table_unref(edit->bytes);
    g_ptr_array_unref(edit->added);
    g_free(edit);
}

/* Well-formed, without a document type, no deeper than a part may be: only then a tree is built of it. */
static xmlDoc *parse(GBytes *part, const char *name, GError **error)
{
    static const ZpXmlName NAMES[] = {{0}};
    static const ZpXmlHandler HANDLER = {.names = NAMES};
    gsize size;
    const char *text = g_bytes_get_data(part, &size);
    if (!zp_xml_parse(part, name, &HANDLER, NULL, error))
        return NULL;
    xmlDoc *tree =
        xmlReadMemory(text, (int)size, NULL, NULL,
                      XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!tree)
        zp_error_set(error, ZP_ERROR_DAMAGED, "部件 %s 已损坏", "the part %s is damaged", name);
    return tree;
}

static void note_added(ZpEdit *edit, const char *name)
{
    if (!zp_package_has(edit->package, name) &&
        !g_ptr_array_find_with_equal_func(edit->added, name, g_str_equal, NULL))
        g_ptr_array_add(edit->added, g_strdup(name));
}

xmlDoc *zp_edit_tree(ZpEdit *edit, const char *name, const char *otherwise, GError **error)
{
    name = zp_package_find(edit->package, name);
    xmlDoc *tree = g_hash_table_lookup(edit->trees, name);
    if (tree)
        return tree;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_ptr_array_add(names, (gpointer)name);
    if (!zp_package_load(edit->package, names, error))
        return NULL;
    GBytes *part = zp_package_part(edit->package, name);
    g_autoptr(GBytes) begun =
        !part && otherwise ? g_bytes_new_static(otherwise, strlen(otherwise)) : NULL;
    if (!part && !begun)
        part = zp_package_require(edit->package, name, error);
    tree = part || begun ? parse(part ? part : begun, name, error) : NULL;
    if (!tree)
        return NULL;
    g_hash_table_insert(edit->trees, g_strdup(name), tree);
    note_added(edit, name);
    return tree;
}

void zp_edit_bytes(ZpEdit *edit, const char *name, GBytes *bytes)
{
    g_hash_table_insert(edit->bytes, g_strdup(name), g_bytes_ref(bytes));
    note_added(edit, name);
}

static bool is_taken(const ZpEdit *edit, const char *name)
{
    return zp_package_has(edit->package, name) ||
           g_ptr_array_find_with_equal_func(edit->added, name, g_str_equal, NULL);
}

char *zp_edit_free_name(const ZpEdit *edit, const char *format)
{
    g_auto(GStrv) halves = g_strsplit(format, "%s", 2);
    char *name = g_strconcat(halves[0], halves[1], NULL);
    for (guint n = 1; is_taken(edit, name); n++) {
        g_free(name);
        name = g_strdup_printf("%s%u%s", halves[0], n, halves[1]);
    }
    return name;
}

/* word/document.xml → word/_rels/document.xml.rels */
static char *relations_of(const char *source)
{
    const char *slash = strrchr(source, '/');
    int folder = slash ? (int)(slash + 1 - source) : 0;
    return g_strdup_printf("%.*s_rels/%s.rels", folder, source, source + folder);
}

static bool has_id(const xmlNode *root, const char *id)
{
    for (const xmlNode *node = root->children; node; node = node->next) {
        g_autofree char *own = node->type == XML_ELEMENT_NODE ? zp_element_get(node, "Id") : NULL;
        if (own && strcmp(own, id) == 0)
            return true;
    }
    return false;
}

char *zp_edit_relate(ZpEdit *edit, const char *source, const char *target, const char *type,
                     bool is_strict, GError **error)
{
    static const char EMPTY[] = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
                                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/"
                                "2006/relationships\"/>";
    g_autofree char *name = relations_of(source);
    xmlDoc *tree = zp_edit_tree(edit, name, EMPTY, error);
    if (!tree)
        return NULL;
    xmlNode *root = xmlDocGetRootElement(tree);
    char *id = g_strdup("rIdZiping");
    for (guint n = 1; has_id(root, id); n++) {
        g_free(id);
        id = g_strdup_printf("rIdZiping%u", n);
    }
    g_autofree char *full =
        g_strconcat(is_strict ? ZP_RELATIONS_STRICT : ZP_RELATIONS, "/", type, NULL);
    g_autofree char *path = g_strconcat("/", target, NULL);
    xmlNode *node = zp_element_add(root, root->ns, "Relationship", NULL);
    zp_element_set(node, NULL, "Id", id);
    zp_element_set(node, NULL, "Type", full);
    zp_element_set(node, NULL, "Target", path);
    return id;
}

static xmlNode *types_of(ZpEdit *edit, GError **error)
{
    xmlDoc *tree = zp_edit_tree(edit, CONTENT_TYPES, NULL, error);
    return tree ? xmlDocGetRootElement(tree) : NULL;
}

bool zp_edit_declare(ZpEdit *edit, const char *name, const char *content_type, GError **error)
{
    xmlNode *root = types_of(edit, error);
    if (!root)
        return false;
    g_autofree char *path = g_strconcat("/", name, NULL);
    xmlNode *node = zp_element_add(root, root->ns, "Override", NULL);
    zp_element_set(node, NULL, "PartName", path);
    zp_element_set(node, NULL, "ContentType", content_type);
    return true;
}

bool zp_edit_declare_suffix(ZpEdit *edit, const char *suffix, const char *content_type,
                            GError **error)
{
    xmlNode *root = types_of(edit, error);
    for (xmlNode *node = root ? root->children : NULL; node; node = node->next) {
        g_autofree char *known =
            zp_element_is(node, "Default") ? zp_element_get(node, "Extension") : NULL;
        if (known && g_ascii_strcasecmp(known, suffix) == 0)
            return true;
    }
    if (!root)
        return false;
    xmlNode *node = xmlNewNode(root->ns, (const xmlChar *)"Default");
    zp_element_set(node, NULL, "Extension", suffix);
    zp_element_set(node, NULL, "ContentType", content_type);
    zp_element_place(root, node, (const char *const[]){"Override", NULL});
    return true;
}

/* --- the new zip --- */

typedef struct {
    ZpEdit *edit;
    struct archive *out;
    GByteArray *bytes;
} Writer;

static la_ssize_t append(struct archive *out, void *data, const void *bytes, size_t size)
{
    (void)out;
    g_byte_array_append(data, bytes, (guint)size);
    return (la_ssize_t)size;
}

/* The bytes of a part as it is to be; NULL: as it was. */
static GBytes *changed_part(const ZpEdit *edit, const char *name)
{
    GBytes *bytes = g_hash_table_lookup(edit->bytes, name);
    xmlDoc *tree = g_hash_table_lookup(edit->trees, name);
    if (bytes)
        return g_bytes_ref(bytes);
    if (!tree)
        return NULL;
    xmlChar *text = NULL;
    int size = 0;
    xmlDocDumpMemory(tree, &text, &size);
    return g_bytes_new_with_free_func(text, (gsize)size, xmlFree, text);
}

static bool set_unwritable(GError **error)
{
    zp_error_set(error, ZP_ERROR_OUTPUT, "压缩包无法写出", "the package cannot be written");
    return false;
}

/* @path: as the zip has it.  A name that is no UTF-8 is written as it is, without being called UTF-8. */
static bool write_entry(const Writer *writer, const char *path, time_t time, bool is_folder,
                        GBytes *part, GError **error)
{
    gsize size;
    const void *data = g_bytes_get_data(part, &size);
    struct archive_entry *entry = archive_entry_new();
    locale_t plain =
        g_utf8_validate(path, -1, NULL) ? (locale_t)0 : newlocale(LC_CTYPE_MASK, "C", (locale_t)0);
    locale_t before = plain ? uselocale(plain) : (locale_t)0;
    archive_entry_set_pathname(entry, path);
    archive_entry_set_size(entry, is_folder ? 0 : (la_int64_t)size);
    archive_entry_set_filetype(entry, is_folder ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry, is_folder ? 0755 : 0644);
    archive_entry_set_mtime(entry, time, 0);
    bool done =
        archive_write_header(writer->out, entry) == ARCHIVE_OK &&
        (is_folder || size == 0 || archive_write_data(writer->out, data, size) == (la_ssize_t)size);
    if (plain) {
        uselocale(before);
        freelocale(plain);
    }
    archive_entry_free(entry);
    return done || set_unwritable(error);
}

static bool copy_entry(ZpPackage *package, struct archive *archive, struct archive_entry *entry,
                       const char *name, gpointer data, GError **error)
{
    const Writer *writer = data;
    const char *path = archive_entry_pathname(entry);
    bool is_folder = archive_entry_filetype(entry) == AE_IFDIR;
    g_autoptr(GBytes) changed = changed_part(writer->edit, name);
    g_autoptr(GBytes) part = is_folder ? g_bytes_new_static("", 0)
                             : changed ? g_bytes_ref(changed)
                                       : package_unpack(package, archive, entry, error);
    time_t time = archive_entry_mtime_is_set(entry) ? archive_entry_mtime(entry) : NO_TIME;
    return part && path && write_entry(writer, path, time, is_folder, part, error);
}

static bool write_all(const Writer *writer, GError **error)
{
    if (!package_each_entry(writer->edit->package, copy_entry, (gpointer)writer, error))
        return false;
    for (guint k = 0; k < writer->edit->added->len; k++) {
        const char *name = writer->edit->added->pdata[k];
        g_autoptr(GBytes) part = changed_part(writer->edit, name);
        if (!write_entry(writer, name, NO_TIME, false, part, error))
            return false;
    }
    return true;
}

GBytes *zp_edit_finish(ZpEdit *edit, GError **error)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    Writer writer = {edit, archive_write_new(), bytes};
    bool done = archive_write_set_format_zip(writer.out) == ARCHIVE_OK &&
                archive_write_set_bytes_in_last_block(writer.out, 1) == ARCHIVE_OK &&
                archive_write_open(writer.out, bytes, NULL, append, NULL) == ARCHIVE_OK;
    done = done ? write_all(&writer, error) : set_unwritable(error);
    if (archive_write_close(writer.out) != ARCHIVE_OK && done)
        done = set_unwritable(error);
    archive_write_free(writer.out);
    return done ? g_byte_array_free_to_bytes(g_steal_pointer(&bytes)) : NULL;
}

/* --- trees --- */

bool zp_element_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

xmlNode *zp_element_child(const xmlNode *node, const char *name)
{
    for (xmlNode *child = node->children; child; child = child->next) {
        if (zp_element_is(child, name))
            return child;
    }
    return NULL;
}

xmlNode *zp_element_next(xmlNode *node, const xmlNode *top)
{
    do {
        if (node->type == XML_ELEMENT_NODE && node->children)
            node = node->children;
        else {
            while (node != top && !node->next)
                node = node->parent;
            if (node == top)
                return NULL;
            node = node->next;
        }
    } while (node->type != XML_ELEMENT_NODE);
    return node;
}

char *zp_element_get(const xmlNode *node, const char *name)
{
    for (xmlAttr *own = node->properties; own; own = own->next) {
        if (strcmp((const char *)own->name, name) != 0 ||
            (own->ns && node->ns &&
             strcmp((const char *)own->ns->href, (const char *)node->ns->href) != 0))
            continue;
        xmlChar *value = xmlNodeListGetString(node->doc, own->children, 1);
        char *copy = g_strdup(value ? (const char *)value : "");
        xmlFree(value);
        return copy;
    }
    return NULL;
}

void zp_element_set(xmlNode *node, xmlNs *space, const char *name, const char *value)
{
    xmlSetNsProp(node, space, (const xmlChar *)name, (const xmlChar *)value);
}

xmlNode *zp_element_add(xmlNode *parent, xmlNs *space, const char *name, const char *text)
{
    return xmlNewTextChild(parent, space, (const xmlChar *)name, (const xmlChar *)text);
}

void zp_element_place(xmlNode *parent, xmlNode *child, const char *const *before)
{
    for (xmlNode *next = parent->children; next; next = next->next) {
        if (next->type == XML_ELEMENT_NODE && g_strv_contains(before, (const char *)next->name)) {
            xmlAddPrevSibling(next, child);
            return;
        }
    }
    xmlAddChild(parent, child);
}
