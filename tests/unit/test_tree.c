/*
 * test_tree.c - YAML as a tree of nodes: what is read, what is refused and in which line, and that
 * a packed tree is the same.
 */
#include "base/limits.h"
#include "base/tree.h"
#include "rulebook/yaml.h"
#include "table.h"

#include <criterion/criterion.h>
#include <string.h>

static ZpTree *load(const char *text, GError **error)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    return zp_tree_load(bytes, "a.yaml", ZP_ERROR_DATA, error);
}

/* A node and what is below it, on a line: {a@1 [1@1 2@1]} */
static const ZpNode *draw(const ZpTree *tree, const ZpNode *node, GString *out)
{
    static const char *const ENDS[] = {
        [ZP_NODE_TEXT] = "", [ZP_NODE_LIST] = "[]", [ZP_NODE_MAP] = "{}"};
    const char *ends = ENDS[node->kind];
    const ZpNode *behind = zp_node_next(node), *entry = zp_node_first(node);
    if (node->kind == ZP_NODE_TEXT) {
        g_string_append_printf(out, "%s@%u", zp_node_text(tree, node), node->line);
        return behind;
    }
    g_string_append_c(out, ends[0]);
    for (guint32 k = 0; k < node->count; k++) {
        g_string_append(out, k > 0 ? " " : "");
        entry = draw(tree, entry, out);
    }
    cr_assert_eq(entry, behind, "a node's size is not that of its entries");
    g_string_append_c(out, ends[1]);
    return behind;
}

static const struct {
    const char *yaml, *drawn; /* (nullable) NULL: refused, */
    const char *says;         /* with this */
} CASES[] = {
    {"a: 1\nb: [x, 'y z']\n", "{a@1 1@1 b@2 [x@2 y z@2]}", NULL},
    {"# only a remark\n", "", NULL},
    {"- {k: v}\n- []\n- ''\n", "[{k@1 v@1} [] @3]", NULL},
    {"a: &x [1, 2]\nb: *x\n", "{a@1 [1@1 2@1] b@2 [1@1 2@1]}", NULL},
    {"a: &x [1, *x]\n", NULL, "a.yaml:1: an alias of what is not there, or not yet at its end"},
    {"a: *x\n", NULL, "a.yaml:1: an alias of what is not there, or not yet at its end"},
    {"a: 1\n---\nb: 2\n", NULL, "a.yaml:2: more than one YAML document"},
    {"a: [1,\n", NULL, "a.yaml:2: wrong YAML: "},
    {"a: 1\nb: \x01\n", NULL, "a.yaml:2: wrong YAML: "},
    {"[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]\n", NULL,
     "a.yaml:1: nested deeper than 16 (ZP_LIMIT_TREE_DEPTH)"},
};

TableRows(tree, cases)
{
    static size_t rows[G_N_ELEMENTS(CASES)];
    for (size_t k = 0; k < G_N_ELEMENTS(CASES); k++)
        rows[k] = k;
    return cr_make_param_array(size_t, rows, G_N_ELEMENTS(CASES));
}

TableTest(size_t *row, tree, cases)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpTree) tree = load(CASES[*row].yaml, &error);
    if (!CASES[*row].drawn) {
        cr_assert_null(tree, "%s", CASES[*row].yaml);
        cr_assert(g_str_has_prefix(zp_error_text(error, ZP_LANG_EN), CASES[*row].says), "%s",
                  zp_error_text(error, ZP_LANG_EN));
        return;
    }
    g_autoptr(GString) out = g_string_new(NULL);
    cr_assert_not_null(tree, "%s", CASES[*row].yaml);
    if (zp_tree_root(tree))
        draw(tree, zp_tree_root(tree), out);
    cr_assert_str_eq(out->str, CASES[*row].drawn, "%s", out->str);
}

/* Ten lists of ten of the one before: a thousand million nodes in three hundred bytes. */
Test(tree, aliases_have_an_end)
{
    g_autoptr(GString) text = g_string_new("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int k = 1; k < 9; k++)
        g_string_append_printf(text, "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n",
                               k, k, k - 1, k - 1, k - 1, k - 1, k - 1, k - 1, k - 1, k - 1);
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpTree) tree = load(text->str, &error);
    cr_assert_null(tree);
    cr_assert_not_null(strstr(zp_error_text(error, ZP_LANG_EN), "ZP_LIMIT_TREE_NODES"));
}

Test(tree, finds_what_a_message_quotes)
{
    g_autoptr(ZpTree) tree = load("a: b\nc: [d, e e]\n", NULL);
    const ZpNode *found = zp_tree_find_quoted(tree, "x: \"e e\" is wrong");
    cr_assert(found && found->line == 2);
    cr_assert_null(zp_tree_find_quoted(tree, "x: e e is wrong"));
}

/* What the build packed is what the text says. */
Test(tree, packed_is_the_same)
{
    static const char *const NAMES[] = {"labels.yaml", "normalise.yaml", "catalogue.yaml",
                                        "profiles/default.yaml", "profiles/hubei.yaml"};
    for (size_t k = 0; k < G_N_ELEMENTS(NAMES); k++) {
        g_autoptr(GBytes) text = zp_rulebook_bytes(NULL, NAMES[k], NULL);
        g_autoptr(ZpTree) tree = zp_tree_load(text, NAMES[k], ZP_ERROR_DATA, NULL);
        g_autoptr(GBytes) packed = zp_tree_pack(tree), built = zp_rulebook_packed(NAMES[k]);
        cr_assert(built && g_bytes_equal(packed, built), "%s", NAMES[k]);
        g_autoptr(ZpTree) again = zp_tree_unpack(packed, NAMES[k], ZP_ERROR_DATA);
        g_autoptr(GString) one = g_string_new(NULL), other = g_string_new(NULL);
        draw(tree, zp_tree_root(tree), one);
        draw(again, zp_tree_root(again), other);
        cr_assert_str_eq(one->str, other->str, "%s", NAMES[k]);
    }
}
