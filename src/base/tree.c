/*
 * tree.c - libyaml's events as an array of nodes, and the checks that libyaml leaves to its user.
 *
 * Libyaml hands on keys that stand twice, takes a list where a mapping is meant and stops after
 * the first document of a stream; a file that says less than its author thinks must not pass, so
 * each of these is an error here.  It takes quadratic time over deep nesting, and an alias in an
 * alias in an alias multiplies: both have a limit.
 *
 *     a: [1, 2]      MAP(5 nodes, 2 entries)  TEXT a  LIST(3 nodes, 2 entries)  TEXT 1  TEXT 2
 */
#include "base/tree.h"

#include "base/limits.h"
#include "base/nearest.h"

#include <stdarg.h>
#include <string.h>
#include <yaml.h>

struct ZpTree {
    char *name; /* how the file is called in messages */
    ZpErrorCode code;
    guint32 n_nodes;
    const ZpNode *nodes;
    const char *texts;
    GBytes *packed;    /* (nullable) holds both, */
    GArray *own_nodes; /* (nullable) or these do */
    GString *own_texts;
};

/* --- reading --- */

typedef struct {
    ZpTree *tree;
    GHashTable *anchors; /* name -> place of the node + 1 */
    guint32 open[ZP_LIMIT_TREE_DEPTH];
    guint depth;
    GError **error;
} Reading;

static bool fail_at(const ZpTree *tree, gsize line, GError **error, const char *zh, const char *en)
{
    zp_error_set(error, tree->code, "%s:%u: %s%.0s", "%s:%u: %.0s%s", tree->name, (guint)line, zh,
                 en);
    return false;
}

static gsize line_of(GBytes *bytes, const yaml_parser_t *parser)
{
    if (parser->error != YAML_READER_ERROR)
        return parser->problem_mark.line + 1;
    gsize size, line = 1;
    const char *data = g_bytes_get_data(bytes, &size);
    for (gsize k = 0; k < MIN(size, parser->problem_offset); k++)
        line += data[k] == '\n';
    return line;
}

static bool fail_syntax(const ZpTree *tree, GBytes *bytes, const yaml_parser_t *parser,
                        GError **error)
{
    const char *problem = parser->problem ? parser->problem : "?";
    zp_error_set(error, tree->code, "%s:%u: YAML 语法错误：%s", "%s:%u: wrong YAML: %s", tree->name,
                 (guint)line_of(bytes, parser), problem);
    return false;
}

static ZpNode *node_at(const Reading *reading, guint32 place)
{
    return &g_array_index(reading->tree->own_nodes, ZpNode, place);
}

/* Room for so many nodes more, which are an entry of what is open. */
static bool make_room(Reading *reading, guint32 count, gsize line)
{
    GArray *nodes = reading->tree->own_nodes;
    if (count > ZP_LIMIT_TREE_NODES - nodes->len)
        return fail_at(reading->tree, line, reading->error, "节点太多（ZP_LIMIT_TREE_NODES）",
                       "too many nodes (ZP_LIMIT_TREE_NODES)");
    if (reading->depth > 0)
        node_at(reading, reading->open[reading->depth - 1])->count++;
    return true;
}

static void remember(Reading *reading, const yaml_char_t *anchor)
{
    if (anchor)
        g_hash_table_insert(reading->anchors, g_strdup((const char *)anchor),
                            GUINT_TO_POINTER(reading->tree->own_nodes->len + 1));
}

static bool add_text(Reading *reading, const yaml_event_t *event, gsize line)
{
    ZpTree *tree = reading->tree;
    const ZpNode node = {ZP_NODE_TEXT, (guint32)line, 1, (guint32)event->data.scalar.length,
                         (guint32)tree->own_texts->len};
    if (!make_room(reading, 1, line))
        return false;
    remember(reading, event->data.scalar.anchor);
    g_array_append_val(tree->own_nodes, node);
    g_string_append_len(tree->own_texts, (const char *)event->data.scalar.value,
                        (gssize)event->data.scalar.length);
    g_string_append_c(tree->own_texts, '\0');
    return true;
}

static bool open_node(Reading *reading, ZpNodeKind kind, const yaml_char_t *anchor, gsize line)
{
    ZpTree *tree = reading->tree;
    const ZpNode node = {kind, (guint32)line, 0, 0, 0};
    if (reading->depth == ZP_LIMIT_TREE_DEPTH) {
        zp_error_set(reading->error, tree->code, "%s:%u: 嵌套超过 %u 层（ZP_LIMIT_TREE_DEPTH）",
                     "%s:%u: nested deeper than %u (ZP_LIMIT_TREE_DEPTH)", tree->name, (guint)line,
                     ZP_LIMIT_TREE_DEPTH);
        return false;
    }
    if (!make_room(reading, 1, line))
        return false;
    remember(reading, anchor);
    reading->open[reading->depth++] = tree->own_nodes->len;
    g_array_append_val(tree->own_nodes, node);
    return true;
}

static void close_node(Reading *reading)
{
    guint32 place = reading->open[--reading->depth];
    node_at(reading, place)->nodes = reading->tree->own_nodes->len - place;
}

/* What an alias stands for, once more. */
static bool repeat(Reading *reading, const yaml_char_t *anchor, gsize line)
{
    GArray *nodes = reading->tree->own_nodes;
    guint place = GPOINTER_TO_UINT(g_hash_table_lookup(reading->anchors, anchor));
    guint32 count = place ? node_at(reading, place - 1)->nodes : 0;
    if (count == 0)
        return fail_at(reading->tree, line, reading->error, "别名指向还没有写完的内容",
                       "an alias of what is not there, or not yet at its end");
    if (!make_room(reading, count, line))
        return false;
    g_array_set_size(nodes, nodes->len + count);
    memcpy(node_at(reading, nodes->len - count), node_at(reading, place - 1),
           count * sizeof(ZpNode));
    return true;
}

static bool take_event(Reading *reading, const yaml_event_t *event)
{
    const ZpTree *tree = reading->tree;
    gsize line = event->start_mark.line + 1;
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return tree->own_nodes->len == 0 ||
               fail_at(tree, line, reading->error, "文件里不止一个 YAML 文档",
                       "more than one YAML document");
    case YAML_SCALAR_EVENT:
        return add_text(reading, event, line);
    case YAML_SEQUENCE_START_EVENT:
        return open_node(reading, ZP_NODE_LIST, event->data.sequence_start.anchor, line);
    case YAML_MAPPING_START_EVENT:
        return open_node(reading, ZP_NODE_MAP, event->data.mapping_start.anchor, line);
    case YAML_ALIAS_EVENT:
        return repeat(reading, event->data.alias.anchor, line);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_node(reading);
        return true;
    default:
        return true;
    }
}

static bool read_events(Reading *reading, GBytes *bytes, yaml_parser_t *parser)
{
    for (bool is_over = false; !is_over;) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event))
            return fail_syntax(reading->tree, bytes, parser, reading->error);
        bool is_taken = take_event(reading, &event);
        is_over = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        if (!is_taken)
            return false;
    }
    return true;
}

static ZpTree *tree_new(const char *name, ZpErrorCode code)
{
    ZpTree *tree = g_new0(ZpTree, 1);
    tree->name = g_strdup(name);
    tree->code = code;
    return tree;
}

ZpTree *zp_tree_load(GBytes *bytes, const char *name, ZpErrorCode code, GError **error)
{
    g_autoptr(ZpTree) tree = tree_new(name, code);
    g_autoptr(GHashTable) anchors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Reading reading = {.tree = tree, .anchors = anchors, .error = error};
    yaml_parser_t parser;
    gsize size;
    const unsigned char *data = g_bytes_get_data(bytes, &size);
    tree->own_nodes = g_array_new(FALSE, FALSE, sizeof(ZpNode));
    tree->own_texts = g_string_new(NULL);
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, size > 0 ? data : (const unsigned char *)"", size);
    bool done = read_events(&reading, bytes, &parser);
    yaml_parser_delete(&parser);
    tree->n_nodes = tree->own_nodes->len;
    tree->nodes = (const ZpNode *)(void *)tree->own_nodes->data;
    tree->texts = tree->own_texts->str;
    return done ? g_steal_pointer(&tree) : NULL;
}

void zp_tree_free(ZpTree *tree)
{
    if (!tree)
        return;
    g_clear_pointer(&tree->packed, g_bytes_unref);
    g_clear_pointer(&tree->own_nodes, g_array_unref);
    if (tree->own_texts)
        g_string_free(tree->own_texts, TRUE);
    g_free(tree->name);
    g_free(tree);
}

/* --- packed: how many nodes, the nodes, the texts --- */

GBytes *zp_tree_pack(const ZpTree *tree)
{
    GByteArray *out = g_byte_array_new();
    g_byte_array_append(out, (const guint8 *)&tree->n_nodes, sizeof tree->n_nodes);
    g_byte_array_append(out, (const guint8 *)tree->nodes, tree->n_nodes * (guint)sizeof(ZpNode));
    g_byte_array_append(out, (const guint8 *)tree->texts, (guint)tree->own_texts->len);
    return g_byte_array_free_to_bytes(out);
}

ZpTree *zp_tree_unpack(GBytes *packed, const char *name, ZpErrorCode code)
{
    ZpTree *tree = tree_new(name, code);
    const char *data = g_bytes_get_data(packed, NULL);
    tree->packed = g_bytes_ref(packed);
    memcpy(&tree->n_nodes, data, sizeof tree->n_nodes);
    tree->nodes = (const ZpNode *)(const void *)(data + sizeof tree->n_nodes);
    tree->texts = data + sizeof tree->n_nodes + tree->n_nodes * sizeof(ZpNode);
    return tree;
}

/* --- looking --- */

const ZpNode *zp_tree_root(const ZpTree *tree)
{
    return tree->n_nodes > 0 ? tree->nodes : NULL;
}

const ZpNode *zp_node_first(const ZpNode *node)
{
    return node + 1;
}

const ZpNode *zp_node_next(const ZpNode *node)
{
    return node + node->nodes;
}

const char *zp_node_text(const ZpTree *tree, const ZpNode *node)
{
    return node->kind == ZP_NODE_TEXT ? tree->texts + node->text : "";
}

static bool is_quoted(const char *message, const char *text, gsize length)
{
    for (const char *at = strchr(message, '"'); at; at = strchr(at + 1, '"')) {
        if (strncmp(at + 1, text, length) == 0 && at[1 + length] == '"')
            return length > 0;
    }
    return false;
}

const ZpNode *zp_tree_find_quoted(const ZpTree *tree, const char *message)
{
    for (guint32 k = 0; k < tree->n_nodes; k++) {
        const ZpNode *node = &tree->nodes[k];
        if (node->kind == ZP_NODE_TEXT && is_quoted(message, zp_node_text(tree, node), node->count))
            return node;
    }
    return NULL;
}

bool zp_tree_fail(const ZpTree *tree, const ZpNode *node, GError **error, const char *zh,
                  const char *en, ...)
{
    va_list arguments, again;
    va_start(arguments, en);
    va_copy(again, arguments);
    g_autofree char *in_zh = g_strdup_vprintf(zh, arguments);
    g_autofree char *in_en = g_strdup_vprintf(en, again);
    va_end(again);
    va_end(arguments);
    return fail_at(tree, node->line, error, in_zh, in_en);
}

static const ZpTreeKey *find_key(const ZpTreeKey *keys, const char *name)
{
    for (; keys->name; keys++) {
        if (strcmp(keys->name, name) == 0)
            return keys;
    }
    return NULL;
}

/* The names of the keys, for a message: all rules would be no help. */
static char *list_keys(const ZpTreeKey *keys)
{
    enum { MOST = 20 };
    const ZpTreeKey *key = keys;
    GString *out = g_string_new(NULL);
    for (; key->name && key < keys + MOST; key++)
        g_string_append_printf(out, "%s%s", key > keys ? ", " : "", key->name);
    g_string_append(out, key->name ? ", …" : "");
    return g_string_free(out, FALSE);
}

/* Where the key is near to one that there is, the others are no help. */
static bool fail_unknown(const ZpTree *tree, const ZpNode *node, const ZpTreeKey *keys,
                         const char *word, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const ZpTreeKey *key = keys; key->name; key++)
        g_ptr_array_add(names, (gpointer)key->name);
    g_ptr_array_add(names, NULL);
    if (zp_meant(word, (const char *const *)names->pdata))
        return zp_tree_fail(tree, node, error, "不认识的键 %s", "unknown key %s", word) ||
               zp_error_meant(error, word, (const char *const *)names->pdata);
    g_autofree char *known = list_keys(keys);
    return zp_tree_fail(tree, node, error, "不认识的键 %s；可以用：%s",
                        "unknown key %s; there is: %s", word, known);
}

bool zp_tree_map(const ZpTree *tree, const ZpNode *node, const ZpTreeKey *keys, gpointer target,
                 GError **error)
{
    if (node->kind != ZP_NODE_MAP)
        return zp_tree_fail(tree, node, error, "这里应当是“键: 值”", "expected `key: value` here");
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    const ZpNode *name = zp_node_first(node);
    for (guint32 k = 0; k < node->count; k += 2) {
        const ZpNode *value = zp_node_next(name);
        const char *text = zp_tree_text(tree, name, error);
        if (!text)
            return false;
        const ZpTreeKey *key = find_key(keys, text);
        if (!key) {
            return fail_unknown(tree, name, keys, text, error);
        }
        if (!g_hash_table_add(seen, (gpointer)key->name))
            return zp_tree_fail(tree, name, error, "键 %s 重复", "the key %s stands twice", text);
        if (!key->read(tree, key, value, target, error))
            return false;
        name = zp_node_next(value);
    }
    return true;
}

bool zp_tree_list(const ZpTree *tree, const ZpNode *node,
                  bool (*item)(const ZpTree *tree, const ZpNode *node, gpointer target,
                               GError **error),
                  gpointer target, GError **error)
{
    if (node->kind != ZP_NODE_LIST)
        return zp_tree_fail(tree, node, error, "这里应当是列表，如 [F01, S]",
                            "expected a list here, like [F01, S]");
    const ZpNode *entry = zp_node_first(node);
    for (guint32 k = 0; k < node->count; k++, entry = zp_node_next(entry)) {
        if (!item(tree, entry, target, error))
            return false;
    }
    return true;
}

const char *zp_tree_text(const ZpTree *tree, const ZpNode *node, GError **error)
{
    const char *text = zp_node_text(tree, node);
    if (node->kind != ZP_NODE_TEXT)
        zp_tree_fail(tree, node, error, "这里应当是一个词或数", "expected a word or a number here");
    else if (strlen(text) != node->count || node->count == 0)
        zp_tree_fail(tree, node, error, "这里的值是空的", "an empty value here");
    else
        return text;
    return NULL;
}
