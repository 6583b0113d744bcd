/*
 * yaml.c - a tree into structs, by tables of fields.
 *
 * The struct stands in a block behind what it is made of, so that whoever has it can free it all:
 *
 *     Rows { tree, blocks } | the struct of the file
 */
#include "rulebook/yaml.h"

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/tree.h"
#include "resources.h"

#include <gio/gio.h>
#include <string.h>

/* The texts of the structs are the tree's; `blocks` are their lists. */
typedef struct {
    ZpTree *tree;
    GPtrArray *blocks;
    max_align_t rows[];
} Rows;

static const ZpField BOTH_FIELDS[] = {
    ZP_FIELD(ZpBoth, zh, "zh", TEXT, ZP_MUST),
    ZP_FIELD(ZpBoth, en, "en", TEXT, ZP_MUST),
    ZP_FIELDS_END,
};
const ZpMould ZP_BOTH_MOULD = {sizeof(ZpBoth), BOTH_FIELDS};

/* A list or a struct of its own. */
static void *block_new(Rows *rows, gsize size)
{
    void *block = g_malloc0(MAX(size, 1));
    g_ptr_array_add(rows->blocks, block);
    return block;
}

static bool read_row(Rows *rows, const ZpNode *node, const ZpMould *mould, void *row,
                     GError **error);

static bool read_text(const Rows *rows, const ZpNode *node, bool may_be_empty, char **text,
                      GError **error)
{
    if (node->kind == ZP_NODE_TEXT && node->count == 0 && may_be_empty)
        *text = (char *)zp_node_text(rows->tree, node);
    else
        *text = (char *)zp_tree_text(rows->tree, node, error);
    return *text != NULL;
}

static bool read_word(const Rows *rows, const ZpNode *node, const ZpWord *words, int *value,
                      GError **error)
{
    const char *text = zp_tree_text(rows->tree, node, error);
    if (!text)
        return false;
    for (; words->word; words++) {
        if (strcmp(words->word, text) == 0) {
            *value = words->value;
            return true;
        }
    }
    return zp_tree_fail(rows->tree, node, error, "这里不能是 %s", "%s cannot stand here", text);
}

static bool read_int(const Rows *rows, const ZpNode *node, int *value, GError **error)
{
    gint64 number;
    const char *text = zp_tree_text(rows->tree, node, error);
    if (!text)
        return false;
    if (!g_ascii_string_to_signed(text, 10, G_MININT, G_MAXINT, &number, NULL))
        return zp_tree_fail(rows->tree, node, error, "应为整数，不能是 %s",
                            "a whole number, not %s", text);
    *value = (int)number;
    return true;
}

static bool read_bool(const Rows *rows, const ZpNode *node, bool *value, GError **error)
{
    static const ZpWord WORDS[] = {{"true", true}, {"false", false}, {NULL, 0}};
    int number = 0;
    bool done = read_word(rows, node, WORDS, &number, error);
    *value = number;
    return done;
}

static bool is_list(const Rows *rows, const ZpNode *node, guint least, GError **error)
{
    if (node->kind != ZP_NODE_LIST)
        return zp_tree_fail(rows->tree, node, error, "这里应当是列表", "expected a list here");
    return node->count >= least || zp_tree_fail(rows->tree, node, error, "列表至少要有 %u 项",
                                                "a list of at least %u", least);
}

static bool read_bits(const Rows *rows, const ZpNode *node, const ZpWord *words, guint *bits,
                      GError **error)
{
    if (!is_list(rows, node, 0, error))
        return false;
    const ZpNode *entry = zp_node_first(node);
    for (guint32 k = 0; k < node->count; k++, entry = zp_node_next(entry)) {
        int value;
        if (!read_word(rows, entry, words, &value, error))
            return false;
        *bits |= (guint)value;
    }
    return true;
}

/* The entries of a list, each as large as its kind. */
static bool read_list(Rows *rows, const ZpNode *node, const ZpField *field, void *row,
                      GError **error)
{
    gsize size = field->kind == ZP_FIELD_ROWS    ? field->row->size
                 : field->kind == ZP_FIELD_TEXTS ? sizeof(char *)
                                                 : sizeof(int);
    if (!is_list(rows, node, field->least, error))
        return false;
    char *list = block_new(rows, size * node->count);
    const ZpNode *entry = zp_node_first(node);
    for (guint32 k = 0; k < node->count; k++, entry = zp_node_next(entry)) {
        void *at = list + size * k;
        if (field->kind == ZP_FIELD_ROWS    ? !read_row(rows, entry, field->row, at, error)
            : field->kind == ZP_FIELD_TEXTS ? !read_text(rows, entry, false, at, error)
                                            : !read_word(rows, entry, field->words, at, error))
            return false;
    }
    *(void **)((char *)row + field->offset) = list;
    *(unsigned *)((char *)row + field->count) = node->count;
    return true;
}

static bool read_field(Rows *rows, const ZpNode *node, const ZpField *field, void *row,
                       GError **error)
{
    void *member = (char *)row + field->offset;
    switch (field->kind) {
    case ZP_FIELD_TEXT:
    case ZP_FIELD_ANY:
        return read_text(rows, node, field->kind == ZP_FIELD_ANY, member, error);
    case ZP_FIELD_INT:
        return read_int(rows, node, member, error);
    case ZP_FIELD_BOOL:
        return read_bool(rows, node, member, error);
    case ZP_FIELD_WORD:
        return read_word(rows, node, field->words, member, error);
    case ZP_FIELD_WORD_P:
        *(int **)member = block_new(rows, sizeof(int));
        return read_word(rows, node, field->words, *(int **)member, error);
    case ZP_FIELD_BITS:
        return read_bits(rows, node, field->words, member, error);
    case ZP_FIELD_ROW:
        return read_row(rows, node, field->row, member, error);
    case ZP_FIELD_ROW_P:
        *(void **)member = block_new(rows, field->row->size);
        return read_row(rows, node, field->row, *(void **)member, error);
    case ZP_FIELD_TEXTS:
    case ZP_FIELD_WORDS:
    case ZP_FIELD_ROWS:
        break;
    }
    return read_list(rows, node, field, row, error);
}

static int find_field(const ZpField *fields, const char *key)
{
    for (int k = 0; fields[k].key; k++) {
        if (strcmp(fields[k].key, key) == 0)
            return k;
    }
    return -1;
}

static bool has_all(const Rows *rows, const ZpNode *node, const ZpField *fields, guint64 seen,
                    GError **error)
{
    for (int k = 0; fields[k].key; k++) {
        if (!fields[k].is_optional && !(seen >> k & 1))
            return zp_tree_fail(rows->tree, node, error, "缺少字段：%s", "%s is missing",
                                fields[k].key);
    }
    return true;
}

static bool read_row(Rows *rows, const ZpNode *node, const ZpMould *mould, void *row,
                     GError **error)
{
    guint64 seen = 0;
    if (node->kind != ZP_NODE_MAP)
        return zp_tree_fail(rows->tree, node, error, "这里应当是“键: 值”",
                            "expected `key: value` here");
    const ZpNode *name = zp_node_first(node);
    for (guint32 k = 0; k < node->count; k += 2) {
        const ZpNode *value = zp_node_next(name);
        const char *key = zp_node_text(rows->tree, name);
        int field = find_field(mould->fields, key);
        if (field < 0)
            return zp_tree_fail(rows->tree, name, error, "不认识的键：%s", "unknown key: %s", key);
        if (seen >> field & 1)
            return zp_tree_fail(rows->tree, name, error, "键重复：%s", "the key %s stands twice",
                                key);
        seen |= (guint64)1 << field;
        if (!read_field(rows, value, &mould->fields[field], row, error))
            return false;
        name = zp_node_next(value);
    }
    return has_all(rows, node, mould->fields, seen, error);
}

/* What is compiled in under a folder: "rules" the text, "packed" its tree. */
static GBytes *compiled_in(const char *folder, const char *name)
{
    g_autofree char *path = g_strconcat("/ziping/", folder, "/", name, NULL);
    return g_resource_lookup_data(zp_rulebook_get_resource(), path, 0, NULL);
}

GBytes *zp_rulebook_packed(const char *name)
{
    return compiled_in("packed", name);
}

/* The tree of compiled-in bytes is there already; a file of --rules may have the same name, never the same place. */
static ZpTree *tree_of(GBytes *bytes, const char *name, GError **error)
{
    g_autoptr(GBytes) text = compiled_in("rules", name);
    bool is_ours = text && g_bytes_get_data(text, NULL) == g_bytes_get_data(bytes, NULL);
    g_autoptr(GBytes) packed = is_ours ? zp_rulebook_packed(name) : NULL;
    return packed ? zp_tree_unpack(packed, name, ZP_ERROR_DATA)
                  : zp_tree_load(bytes, name, ZP_ERROR_DATA, error);
}

void *zp_yaml_load(GBytes *bytes, const char *name, const ZpMould *mould, GError **error)
{
    ZpTree *tree = tree_of(bytes, name, error);
    if (!tree)
        return NULL;
    Rows *rows = g_malloc0(sizeof *rows + mould->size);
    rows->tree = tree;
    rows->blocks = g_ptr_array_new_with_free_func(g_free);
    const ZpNode *root = zp_tree_root(tree);
    if (!root)
        zp_error_set(error, ZP_ERROR_DATA, "%s:1: 文件是空的", "%s:1: the file is empty", name);
    if (root && read_row(rows, root, mould, rows->rows, error))
        return rows->rows;
    zp_yaml_free(rows->rows);
    return NULL;
}

void zp_yaml_free(void *data)
{
    if (!data)
        return;
    Rows *rows = (Rows *)(void *)((char *)data - offsetof(Rows, rows));
    g_ptr_array_unref(rows->blocks);
    zp_tree_free(rows->tree);
    g_free(rows);
}

/* "labels.yaml: …" with the line put in; what does not begin so stays. */
static char *with_line(const char *message, const char *name, unsigned line)
{
    const char *rest = message + strlen(name);
    rest = g_str_has_prefix(rest, "：") ? rest + strlen("：") : rest + 1;
    return g_strdup_printf("%s:%u: %s", name, line, rest + strspn(rest, " "));
}

/* Whether the message is about the file and names no line yet. */
static bool lacks_line(const char *message, const char *name)
{
    if (!g_str_has_prefix(message, name))
        return false;
    const char *rest = message + strlen(name);
    return g_str_has_prefix(rest, "：") || (*rest == ':' && !g_ascii_isdigit(rest[1]));
}

void zp_yaml_locate(GError **error, GBytes *bytes, const char *name)
{
    if (!error || !*error || !lacks_line(zp_error_text(*error, ZP_LANG_EN), name) ||
        !lacks_line(zp_error_text(*error, ZP_LANG_ZH), name))
        return;
    g_autoptr(ZpTree) tree = tree_of(bytes, name, NULL);
    const ZpNode *found =
        tree ? zp_tree_find_quoted(tree, zp_error_text(*error, ZP_LANG_EN)) : NULL;
    if (!found)
        return;
    g_autofree char *zh = with_line(zp_error_text(*error, ZP_LANG_ZH), name, found->line);
    g_autofree char *en = with_line(zp_error_text(*error, ZP_LANG_EN), name, found->line);
    g_clear_error(error);
    zp_error_set(error, ZP_ERROR_DATA, "%s%.0s", "%.0s%s", zh, en);
}

GBytes *zp_rulebook_bytes(const char *directory, const char *name, GError **error)
{
    if (!directory) {
        GBytes *bytes = compiled_in("rules", name);
        if (!bytes)
            zp_error_set(error, ZP_ERROR_DATA, "%s: 程序里没有这个数据文件",
                         "%s: no such data file in the program", name);
        return bytes;
    }
    g_autofree char *path = g_build_filename(directory, name, NULL);
    g_autofree char *shown = g_filename_display_name(path);
    ZpFileReason why;
    GBytes *bytes = zp_file_read(path, ZP_LIMIT_DATA_BYTES, &why);
    if (!bytes && why.zh)
        zp_error_set(error, ZP_ERROR_DATA, "%s: 不能读：%s%.0s", "%s: cannot be read: %.0s%s",
                     shown, why.zh, why.en);
    else if (!bytes)
        zp_error_set(error, ZP_ERROR_DATA, "%s: 大于 %u 字节 (ZP_LIMIT_DATA_BYTES)",
                     "%s: over %u bytes (ZP_LIMIT_DATA_BYTES)", shown, ZP_LIMIT_DATA_BYTES);
    return bytes;
}
