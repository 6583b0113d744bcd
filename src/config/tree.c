/*
 * tree.c - libyaml's document with the checks that libyaml leaves to its user.
 *
 * Libyaml hands on keys that stand twice, takes a list where a mapping is meant and stops after
 * the first document of a stream; a configuration that says less than its author thinks must not
 * pass, so each of these is an error here.
 */
#include "config/tree.h"

#include "base/error.h"
#include "base/limits.h"

#include <stdarg.h>
#include <string.h>

static guint line_of(GBytes *bytes, const yaml_parser_t *parser)
{
    if (parser->error != YAML_READER_ERROR)
        return (guint)parser->problem_mark.line + 1;
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    guint line = 1;
    for (gsize k = 0; k < MIN(size, parser->problem_offset); k++)
        line += data[k] == '\n';
    return line;
}

static void set_syntax_error(GError **error, const char *name, GBytes *bytes,
                             const yaml_parser_t *parser)
{
    zp_error_set(error, ZP_ERROR_USAGE, "%s:%u: YAML 语法错误：%s", "%s:%u: wrong YAML: %s", name,
                 line_of(bytes, parser), parser->problem ? parser->problem : "?");
}

/* Whether the stream is over behind the first document. */
static bool is_single(yaml_parser_t *parser, GBytes *bytes, const char *name, GError **error)
{
    yaml_document_t second;
    if (!yaml_parser_load(parser, &second)) {
        set_syntax_error(error, name, bytes, parser);
        return false;
    }
    const yaml_node_t *root = yaml_document_get_root_node(&second);
    guint line = root ? zp_tree_line(root) : 0;
    yaml_document_delete(&second);
    if (line > 0)
        zp_error_set(error, ZP_ERROR_USAGE, "%s:%u: 文件里不止一个 YAML 文档",
                     "%s:%u: more than one YAML document", name, line);
    return line == 0;
}

static void begin(yaml_parser_t *parser, GBytes *bytes)
{
    gsize size;
    const unsigned char *data = g_bytes_get_data(bytes, &size);
    yaml_parser_initialize(parser);
    yaml_parser_set_input_string(parser, size > 0 ? data : (const unsigned char *)"", size);
}

/* How an event changes the depth. */
static int step_of(yaml_event_type_t type)
{
    if (type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT)
        return 1;
    return type == YAML_SEQUENCE_END_EVENT || type == YAML_MAPPING_END_EVENT ? -1 : 0;
}

/* The line where the nesting gets too deep; 0: nowhere, or the syntax is wrong before that. */
static guint too_deep(GBytes *bytes)
{
    yaml_parser_t parser;
    int depth = 0;
    guint line = 0;
    begin(&parser, bytes);
    for (bool is_over = false; !is_over;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event))
            break;
        depth += step_of(event.type);
        if (depth > (int)ZP_LIMIT_CONFIG_DEPTH)
            line = (guint)event.start_mark.line + 1;
        is_over = line > 0 || event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return line;
}

static bool parse(ZpTree *tree, GBytes *bytes, GError **error)
{
    yaml_parser_t parser;
    guint deep = too_deep(bytes);
    if (deep > 0) {
        zp_error_set(error, ZP_ERROR_USAGE, "%s:%u: 嵌套超过 %u 层（ZP_LIMIT_CONFIG_DEPTH）",
                     "%s:%u: nested deeper than %u (ZP_LIMIT_CONFIG_DEPTH)", tree->name, deep,
                     ZP_LIMIT_CONFIG_DEPTH);
        return false;
    }
    begin(&parser, bytes);
    bool done = yaml_parser_load(&parser, &tree->document);
    if (!done)
        set_syntax_error(error, tree->name, bytes, &parser);
    else if (zp_tree_root(tree))
        done = is_single(&parser, bytes, tree->name, error);
    yaml_parser_delete(&parser);
    return done;
}

ZpTree *zp_tree_load(GBytes *bytes, const char *name, GError **error)
{
    g_autoptr(ZpTree) tree = g_new0(ZpTree, 1);
    tree->name = g_strdup(name);
    return parse(tree, bytes, error) ? g_steal_pointer(&tree) : NULL;
}

void zp_tree_free(ZpTree *tree)
{
    if (!tree)
        return;
    yaml_document_delete(&tree->document);
    g_free(tree->name);
    g_free(tree);
}

yaml_node_t *zp_tree_root(ZpTree *tree)
{
    return yaml_document_get_root_node(&tree->document);
}

guint zp_tree_line(const yaml_node_t *node)
{
    return (guint)node->start_mark.line + 1;
}

bool zp_tree_fail(const ZpTree *tree, const yaml_node_t *node, GError **error, const char *zh,
                  const char *en, ...)
{
    va_list arguments, again;
    va_start(arguments, en);
    va_copy(again, arguments);
    g_autofree char *in_zh = g_strdup_vprintf(zh, arguments);
    g_autofree char *in_en = g_strdup_vprintf(en, again);
    va_end(again);
    va_end(arguments);
    zp_error_set(error, ZP_ERROR_USAGE, "%s:%u: %s%.0s", "%s:%u: %.0s%s", tree->name,
                 zp_tree_line(node), in_zh, in_en);
    return false;
}

static const ZpTreeKey *find_key(const ZpTreeKey *keys, const char *name)
{
    for (; keys->name; keys++) {
        if (strcmp(keys->name, name) == 0)
            return keys;
    }
    return NULL;
}

/* The names of all keys, for a message. */
static char *list_keys(const ZpTreeKey *keys)
{
    GString *out = g_string_new(NULL);
    for (const ZpTreeKey *key = keys; key->name; key++)
        g_string_append_printf(out, "%s%s", key > keys ? ", " : "", key->name);
    return g_string_free(out, FALSE);
}

bool zp_tree_map(ZpTree *tree, yaml_node_t *node, const ZpTreeKey *keys, gpointer target,
                 GError **error)
{
    if (node->type != YAML_MAPPING_NODE)
        return zp_tree_fail(tree, node, error, "这里应当是“键: 值”", "expected `key: value` here");
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top; pair++) {
        yaml_node_t *name = yaml_document_get_node(&tree->document, pair->key);
        yaml_node_t *value = yaml_document_get_node(&tree->document, pair->value);
        const char *text = zp_tree_text(tree, name, error);
        if (!text)
            return false;
        const ZpTreeKey *key = find_key(keys, text);
        if (!key) {
            g_autofree char *known = list_keys(keys);
            return zp_tree_fail(tree, name, error, "不认识的键 %s；可以用：%s",
                                "unknown key %s; there is: %s", text, known);
        }
        if (!g_hash_table_add(seen, (gpointer)key->name))
            return zp_tree_fail(tree, name, error, "键 %s 重复", "the key %s stands twice", text);
        if (!key->read(tree, key, value, target, error))
            return false;
    }
    return true;
}

bool zp_tree_list(ZpTree *tree, yaml_node_t *node,
                  bool (*item)(ZpTree *tree, yaml_node_t *node, gpointer target, GError **error),
                  gpointer target, GError **error)
{
    if (node->type != YAML_SEQUENCE_NODE)
        return zp_tree_fail(tree, node, error, "这里应当是列表，如 [F01, S]",
                            "expected a list here, like [F01, S]");
    for (yaml_node_item_t *k = node->data.sequence.items.start; k < node->data.sequence.items.top;
         k++) {
        if (!item(tree, yaml_document_get_node(&tree->document, *k), target, error))
            return false;
    }
    return true;
}

const char *zp_tree_text(ZpTree *tree, yaml_node_t *node, GError **error)
{
    if (node->type != YAML_SCALAR_NODE) {
        zp_tree_fail(tree, node, error, "这里应当是一个词或数", "expected a word or a number here");
        return NULL;
    }
    const char *text = (const char *)node->data.scalar.value;
    if (strlen(text) != node->data.scalar.length || node->data.scalar.length == 0) {
        zp_tree_fail(tree, node, error, "这里的值是空的", "an empty value here");
        return NULL;
    }
    return text;
}
