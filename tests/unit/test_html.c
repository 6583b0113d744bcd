/*
 * test_html.c - web pages into grids: spans, nesting, missing end tags, hidden text, character sets.
 */
#include "base/error.h"
#include "base/limits.h"
#include "grid_text.h"
#include "parsers/html.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

typedef struct {
    const char *name, *input, *grid;
} Case;

static const Case CASES[] = {
    {"plain", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
     "#0.0=a;0.1=b;1.0=c;1.1=d;"},
    {"spans",
     "<table><tr><td rowspan=2>a</td><td "
     "colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
     "#0.0+2.1=a;0.1+1.2=b;1.1=c;1.2=d;"},
    {"span 0 runs to the end",
     "<table><tr><td rowspan=0>a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr></table>",
     "#0.0+3.1=a;0.1=b;1.1=c;2.1=d;"},
    {"a row span ends with its group",
     "<table><tbody><tr><td "
     "rowspan=9>a</td><td>b</td></tr></tbody><tbody><tr><td>c</td></tr></tbody></table>",
     "#0.0=a;0.1=b;1.0=c;"},
    {"an overlong row span",
     "<table><tr><td rowspan=50>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
     "#0.0+2.1=a;0.1=b;1.1=c;"},
    {"malformed spans",
     "<table><tr><td colspan=\"2;\">a</td><td colspan=\"x\">b</td><td colspan=0>c</td><td "
     "colspan=-2>d</td></tr></table>",
     "#0.0+1.2=a;0.2=b;0.3=c;0.4=d;"},
    {"missing end tags", "<table><tr><td>a<td>b<tr><td>c<td>d</table>",
     "#0.0=a;0.1=b;1.0=c;1.1=d;"},
    {"capitals", "<TABLE><TR><TD ROWSPAN=2>a</TD><TD>b</TD></TR><TR><TD>c</TD></TR></TABLE>",
     "#0.0+2.1=a;0.1=b;1.1=c;"},
    {"a table in a cell",
     "<table><tr><td>x<table><tr><td>a</td><td>b</td></tr></table>y</td><td>z</td></tr></table>",
     "#0.0=xy;0.1=z;#0.0=a;0.1=b;"},
    {"Word",
     "<table><tr><td><p class=MsoNormal><span "
     "style='x'>项目<o:p></o:p></span></p><p>名称</p></td><td>甲</td></tr></table>",
     "#0.0=项目名称;0.1=甲;"},
    {"breaks", "<table><tr><td>a<br>b</td><td>c<p>d</td></tr></table>", "#0.0=a b;0.1=c d;"},
    {"entities", "<table><tr><td>&nbsp;</td><td>&lt;5&#27425;&ge;</td></tr></table>",
     "#0.0=;0.1=<5次≥;"},
    {"hidden text",
     "<table><tr><td>a<script>1</script><style>2</style><span hidden>3</span><i style=\"display : "
     "none\">4</i></td></tr></table>",
     "#0.0=a;"},
    {"text around", "<p>甲</p><div>乙<b>丙</b></div><table><tr><td>a</td></tr></table>丁",
     "~0.0=甲;1.0=乙丙;#0.0=a;~0.0=丁;"},
    {"a caption stands before its table",
     "<table><caption>题</caption><tr><td>a</td></tr></table>乙", "~0.0=题;#0.0=a;~0.0=乙;"},
    {"no rows", "<table><td>a</td><td>b</td></table>", "#0.0=a;0.1=b;"},
    {"a colspan of 1e9", "<table><tr><td colspan=1000000000>a</td></tr></table>", "#0.0+1.1000=a;"},
    {"no tags at all", "a b", "~0.0=a b;"},
    {"gb2312 with a GB18030 character",
     "<meta "
     "charset=gb2312><table><tr><td>\x82\x30\x81\x30\xCF\xEE</td><td>\xC4\xBF</td></tr></table>",
     "#0.0=\xE3\x92\xA3项;0.1=目;"},
    {"a bad byte in gbk loses nothing behind it",
     "<meta charset=gbk><table><tr><td>\xCF\xEE\xFF</td><td>\xC4\xBF</td></tr></table>",
     "#0.0=项\xEF\xBF\xBD;0.1=目;"},
    {"a bad byte loses nothing behind it",
     "<meta charset=utf-8><table><tr><td>项\xFF</td><td>目</td></tr></table>",
     "#0.0=项\xEF\xBF\xBD;0.1=目;"},
};

ParameterizedTestParameters(html, grid)
{
    static size_t indexes[G_N_ELEMENTS(CASES)];
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
        indexes[i] = i;
    return cr_make_param_array(size_t, indexes, G_N_ELEMENTS(CASES));
}

ParameterizedTest(size_t *index, html, grid)
{
    const Case *row = &CASES[*index];
    g_autoptr(GBytes) bytes = g_bytes_new_static(row->input, strlen(row->input));
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpDocument) document = zp_html_parser.read(bytes, NULL, &error);
    cr_assert_not_null(document, "%s: %s", row->name, error ? error->message : "");
    g_autofree char *grid = print_grid(document);
    cr_expect_str_eq(grid, row->grid, "%s: got %s", row->name, grid);
}

static guint losses_of(const char *input)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(input, strlen(input));
    g_autoptr(ZpDocument) document = zp_html_parser.read(bytes, NULL, NULL);
    return document->losses->len;
}

Test(html, eaten_text_is_reported)
{
    cr_expect_eq(losses_of("<table><tr><td>完成a<b及以上</td></tr></table>"), 1u);
    cr_expect_eq(losses_of("<table><tr><td>a<bcd 5</td></tr></table>"), 1u);
    cr_expect_eq(losses_of("<table><tr><td><b>甲</b><I>乙</I><u >丙</u></td></tr></table>"), 0u);
    cr_expect_eq(losses_of("<table><tr><td>&lt;5次 <5次</td></tr></table>"), 0u);
    cr_expect_eq(
        losses_of("<table><tr><td><st1:place w:st=\"on\">甲</st1:place></td></tr></table>"), 0u);
}

/* Deep nesting around a table, in elements and in tables. */
static char *nested(const char *tag, guint depth, const char *inside)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < depth; i++)
        g_string_append_printf(text, "<%s>", tag);
    g_string_append(text, inside);
    return g_string_free(text, FALSE);
}

Test(html, depth)
{
    static const char *const TAGS[] = {"font", "div", "b"};
    for (guint i = 0; i < G_N_ELEMENTS(TAGS); i++) {
        g_autofree char *text = nested(TAGS[i], 3000, "<table><tr><td>a</td></tr></table>");
        g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
        g_autoptr(ZpDocument) document = zp_html_parser.read(bytes, NULL, NULL);
        g_autofree char *grid = print_grid(document);
        cr_expect_str_eq(grid, "#0.0=a;", "%s", TAGS[i]);
    }
}

Test(html, nested_tables_have_a_limit)
{
    g_autofree char *text = nested("table><tr><td", ZP_LIMIT_NESTED_TABLES + 10, "a");
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
    g_autoptr(ZpDocument) document = zp_html_parser.read(bytes, NULL, NULL);
    cr_expect_eq(document->n_tables, ZP_LIMIT_NESTED_TABLES);
    cr_expect_eq(document->losses->len, 1u);
}

Test(html, a_long_text_is_an_error)
{
    g_autoptr(GString) text = g_string_new("<table><tr><td>");
    for (guint i = 0; i < ZP_LIMIT_CELL_BYTES / 8 + 1; i++)
        g_string_append(text, "12345678");
    g_autoptr(GBytes) bytes = g_bytes_new_static(text->str, text->len);
    g_autoptr(GError) error = NULL;
    cr_expect_null(zp_html_parser.read(bytes, NULL, &error));
    cr_expect(g_error_matches(error, ZP_ERROR, ZP_ERROR_LIMIT));
}

/* The bytes of the first cell's text in the file. */
static char *bytes_of_first_cell(const char *input)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(input, strlen(input));
    g_autoptr(ZpDocument) document = zp_html_parser.read(bytes, NULL, NULL);
    const ZpTable *table = g_ptr_array_index(document->tables, 0);
    const ZpCell *cell = &g_array_index(table->cells, ZpCell, 0);
    return g_strndup(input + cell->byte_start, cell->byte_end - cell->byte_start);
}

Test(html, cells_say_their_bytes)
{
    static const struct {
        const char *input, *bytes;
    } ROWS[] = {
        {"<table><tr><td>甲乙</td></tr></table>", "甲乙"},
        {"<table><tr><td width=1 >\n  甲\n</td></tr></table>", "甲"},
        {"<table><tr><td/>\n<td>甲", ""},
        {"<table><tr><td><p><b>甲</b>乙<o:p></o:p></p></td></tr></table>", "甲</b>乙"},
        {"<table><tr><td>&ge;5&#27425;</td><td>x</td></tr></table>", "&ge;5&#27425;"},
        {"<table><tr><td><!-- x -->甲<br>乙<td>x", "甲<br>乙"},
        {"\xEF\xBB\xBF<p>\r\n<table><tr><td>\r\n甲\r\n乙\r\n</table>", "甲\r\n乙"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        g_autofree char *got = bytes_of_first_cell(ROWS[i].input);
        cr_expect_str_eq(got, ROWS[i].bytes, "%s: got %s", ROWS[i].input, got);
    }
}

/* libxml2 hands long texts on in pieces. */
Test(html, bytes_of_long_texts)
{
    for (guint length = 990; length < 1010; length++) {
        g_autoptr(GString) text = g_string_new("<table><tr><td>");
        for (guint i = 0; i < length; i++)
            g_string_append(text, "甲");
        for (guint i = 0; i < length % 3; i++)
            g_string_append_c(text, 'x');
        gsize end = text->len;
        g_string_append(text, "</table>");
        g_autofree char *got = bytes_of_first_cell(text->str);
        cr_expect_eq(strlen(got), end - strlen("<table><tr><td>"), "%u: %zu", length, strlen(got));
    }
}
