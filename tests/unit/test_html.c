/*
 * test_html.c - web pages into grids: spans, nesting, missing end tags, hidden text, character sets.
 */
#include "base/error.h"
#include "base/limits.h"
#include "grid_text.h"
#include "parsers/html/html.h"
#include "parsers/html/tags.h"
#include "table.h"

#include <criterion/criterion.h>
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
     "#0.0=;0.1=z;~0.0=x;#0.0=a;0.1=b;~0.0=y;"},
    {"a table of one cell in a cell is its text",
     "<table><tr><td>x<table><tr><td>a</td></tr></table>y</td><td>z</td></tr></table>",
     "#0.0=x a y;0.1=z;"},
    {"an empty table in a cell", "<table><tr><td>x<table></table></td><td>z</td></tr></table>",
     "#0.0=x;0.1=z;"},
    {"titles above tables in a frame's cell",
     "<table><tr><td>甲<br>乙<table><tr><td>a<td>b</table>丙<p>丁</p><table><tr><td>c<td>d</"
     "table>戊</table>",
     "#0.0=;~0.0=甲;1.0=乙;#0.0=a;0.1=b;~0.0=丙;1.0=丁;#0.0=c;0.1=d;~0.0=戊;"},
    {"frames in frames",
     "<table><tr><td><table><tr><td>甲<table><tr><td>a<td>b</table></table></table>",
     "#0.0=;#0.0=;~0.0=甲;#0.0=a;0.1=b;"},
    {"a table in a form's cell leaves the cell's text where it is",
     "<table><tr><td>1<td>2<td>3<td>4<td>5<td>6<td>7<td>8<tr><td>甲<table><tr><td>a<td>b</"
     "table>乙</table>",
     "#0.0=1;0.1=2;0.2=3;0.3=4;0.4=5;0.5=6;0.6=7;0.7=8;1.0=甲乙;#0.0=a;0.1=b;"},
    {"rows without a table", "甲<tr><td>a<td>b<tr><td>c</tr><p>乙<table><tr><td>d</table>",
     "~0.0=甲;#0.0=a;0.1=b;1.0=c;~0.0=乙;#0.0=d;"},
    {"overlapping spans", "<table><tr><td>a<td rowspan=2>b<tr><td colspan=2>c<td>d</table>",
     "#0.0=a;0.1+2.1=b;1.0+1.2=c;1.2=d;"},
    {"conditions of Office",
     "<table><tr><td><![if !x]>a<![endif]><td><!--[if x]>b<![endif]-->c</table>", "#0.0=a;0.1=c;"},
    {"a style in capitals",
     "<table><tr><td>a<p STYLE='COLOR:red; DISPLAY:NONE'>b</p>c<i "
     "style=visibility:hidden>d</i></table>",
     "#0.0=ac;"},
    {"fonts that are never closed",
     "<table><tr><td><font>a<td><font><b>b</i></td></b><td/><td>c</font></table>",
     "#0.0=a;0.1=b;0.2=;0.3=c;"},
    {"elements closed as in XML",
     "<table><tr><td>a<span/>b<br/>c<img src=x /></td><td>d</td></tr></table>", "#0.0=ab c;0.1=d;"},
    {"a stale meta over UTF-8", "<meta charset=gb2312><table><tr><td>项目名称</table>",
     "#0.0=项目名称;"},
    {"a byte order mark over a meta", "\xEF\xBB\xBF<meta charset=gbk><table><tr><td>é</table>",
     "#0.0=é;"},
    {"GBK that could be UTF-8", "<meta charset=GB_2312-80><table><tr><td>\xC1\xAA\xCD\xA8</table>",
     "#0.0=联通;"},
    {"the meta and not what stands before it",
     "<script charset=utf-8></script><META http-equiv=Content-Type content='text/html; "
     "charset=gbk'><table><tr><td>\xC1\xAA\xCD\xA8</table>",
     "#0.0=联通;"},
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
    {"fields that were filled in",
     "<table><tr><td><input value='甲'><td><input type=TEXT value=95%>%<td><input type=checkbox "
     "value=x>乙"
     "<td><select><option>a<option selected>b<option>c</select><td><textarea>丙</textarea></table>",
     "#0.0=甲;0.1=95%%;0.2=☐乙;0.3=b;0.4=丙;"},
    {"text around", "<p>甲</p><div>乙<b>丙</b></div><table><tr><td>a</td></tr></table>丁",
     "~0.0=甲;1.0=乙丙;#0.0=a;~0.0=丁;"},
    {"a caption stands before its table",
     "<table><caption>题</caption><tr><td>a</td></tr></table>乙", "~0.0=题;#0.0=a;~0.0=乙;"},
    {"no rows", "<table><td>a</td><td>b</td></table>", "#0.0=a;0.1=b;"},
    {"a colspan of 1e9", "<table><tr><td colspan=1000000000>a</td></tr></table>", "#0.0+1.500=a;"},
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

TableRows(html, grid)
{
    static size_t indexes[G_N_ELEMENTS(CASES)];
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
        indexes[i] = i;
    return cr_make_param_array(size_t, indexes, G_N_ELEMENTS(CASES));
}

TableTest(size_t *index, html, grid)
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
    cr_expect_eq(
        losses_of("<table><tr><td><ucapcontent>甲</ucapcontent><my-x a=1>乙</my-x></table>"), 0u);
    cr_expect_eq(losses_of("<table><tr><td>x<y且z>w</td></tr></table>"), 1u);
    cr_expect_eq(losses_of("<table><tr><td>a<b 5</td><td>x</td></tr></table>"), 1u);
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

static void expect_limit(const char *text, guint n_tables, const char *limit)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
    g_autoptr(ZpDocument) document = zp_html_parser.read(bytes, NULL, NULL);
    cr_expect_eq(document->n_tables, n_tables, "%u", document->n_tables);
    cr_assert_eq(document->losses->len, 1u);
    const ZpLoss *loss = g_ptr_array_index(document->losses, 0);
    cr_expect(strstr(loss->en, limit), "%s", loss->en);
}

Test(html, nested_tables_have_a_limit)
{
    g_autofree char *text = nested("table><tr><td>x<td", ZP_LIMIT_NESTED_TABLES + 10, "a");
    expect_limit(text, ZP_LIMIT_NESTED_TABLES, "ZP_LIMIT_NESTED_TABLES");
}

Test(html, open_elements_have_a_limit)
{
    g_autofree char *text =
        nested("div", ZP_LIMIT_OPEN_ELEMENTS + 10, "<table><tr><td>a<td>b<tr><td>c</table></div>");
    expect_limit(text, 1, "ZP_LIMIT_OPEN_ELEMENTS");
}

/* libxml2 ends at a tag of more than 10 MB. */
Test(html, what_is_not_parsed_is_said)
{
    g_autoptr(GString) text = g_string_new("<table><tr><td>a</table><p title='");
    for (guint i = 0; i < 11 * 1024 * 1024 / 8; i++)
        g_string_append(text, "12345678");
    g_string_append(text, "'><table><tr><td>b</table>");
    g_autoptr(GBytes) bytes = g_bytes_new_static(text->str, text->len);
    g_autoptr(ZpDocument) document = zp_html_parser.read(bytes, NULL, NULL);
    cr_expect(document->n_tables == 2 || document->losses->len == 1, "%u tables, %u losses",
              document->n_tables, document->losses->len);
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

/* Each is found in the table of elements, which is searched by halves. */
Test(html, elements)
{
    static const struct {
        const char *names;
        ZpHtmlTag tag;
    } ROWS[] = {
        {"address article aside blockquote body caption center dd div dl dt fieldset footer form",
         ZP_HTML_BLOCK},
        {"h1 h2 h3 h4 h5 h6 header li main nav ol p pre section ul", ZP_HTML_BLOCK},
        {"head noscript script style template title xml", ZP_HTML_SILENT},
        {"tbody tfoot thead", ZP_HTML_GROUP},
        {"td th", ZP_HTML_CELL},
        {"br hr", ZP_HTML_BREAK},
        {"table", ZP_HTML_TABLE},
        {"tr", ZP_HTML_ROW},
        {"input", ZP_HTML_FIELD},
        {"option", ZP_HTML_OPTION},
        {"a b font span o:p st1:place tabl tables", ZP_HTML_OTHER},
    };
    for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        g_auto(GStrv) names = g_strsplit(ROWS[i].names, " ", -1);
        for (char **name = names; *name; name++)
            cr_expect_eq(zp_html_tag(*name), ROWS[i].tag, "%s", *name);
    }
}

/* The first cell of a page with a style sheet, and its one loss. */
static void expect_style_limit(GString *page, const char *limit)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(page->str, page->len);
    g_autoptr(ZpDocument) document = zp_html_parser.read(bytes, NULL, NULL);
    cr_assert_eq(document->losses->len, 1u, "%s: %u losses", limit, document->losses->len);
    const ZpLoss *loss = g_ptr_array_index(document->losses, 0);
    cr_expect(strstr(loss->en, limit), "%s", loss->en);
}

Test(html, style_sheets_have_limits)
{
    g_autoptr(GString) many = g_string_new("<style>");
    for (guint i = 0; i < ZP_LIMIT_STYLE_RULES + 10; i++)
        g_string_append_printf(many, ".x%u{display:none}", i);
    g_string_append(many, "</style><table><tr><td>a<td>b</table>");
    expect_style_limit(many, "ZP_LIMIT_STYLE_RULES");

    g_autoptr(GString) large = g_string_new("<style>.x{display:none}/*");
    for (guint i = 0; i < ZP_LIMIT_STYLE_BYTES / 8; i++)
        g_string_append(large, "12345678");
    g_string_append(large, "*/</style><table><tr><td>a<td>b</table>");
    expect_style_limit(large, "ZP_LIMIT_STYLE_BYTES");

    g_autoptr(GString) dear = g_string_new("<style>");
    for (guint i = 0; i < ZP_LIMIT_STYLE_RULES / 2; i++)
        g_string_append_printf(dear, ".a .b%u .x{display:none}", i);
    g_string_append(dear, "</style><table>");
    for (guint i = 0; i < ZP_LIMIT_STYLE_STEPS / ZP_LIMIT_STYLE_RULES; i++)
        g_string_append(dear, "<tr><td class=x>a");
    g_string_append(dear, "</table>");
    expect_style_limit(dear, "ZP_LIMIT_STYLE_STEPS");
}

/* Whether a page was cut off is told by how its author writes. */
Test(html, a_page_that_breaks_off)
{
    static const struct {
        const char *input;
        guint losses;
    } ROWS[] = {
        {"<html><body><table><tr><td>a</td></tr></table>", 1},
        {"<html><body><table><tr><td>a</td></tr></table></body>", 0},
        {"<html><body><table><tr><td>a<tr><td>b</table>", 0},
        {"<html><body><table><tr><td>a<tr><td>b", 0},
        {"<table><tr><td>a</table><table><tr><td>b", 1},
        {"<table><tr><td>a</td></tr>", 1},
        {"<table><tr><td>a</td></tr></table>", 0},
        {"<table><tr><td>a</table><td cla", 1},
        {"<table><tr><td>a</table><p title=\"x>b</p>", 1},
        {"<table><tr><td>a</table><!-- b", 1},
        {"<table><tr><td>a</table><script>b", 1},
        {"<table><tr><td>a</table>5 < 3 a<b", 0},
        {"<!--><table><tr><td>a</table><!-- b -->", 0},
        {"<script>'<table><td></td>'</script><table><tr><td>a</table>", 0},
    };
    for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++)
        cr_expect_eq(losses_of(ROWS[i].input), ROWS[i].losses, "%s: %u", ROWS[i].input,
                     losses_of(ROWS[i].input));
}

/* Elements that are never ended end where a browser ends them. */
Test(html, hidden_elements_end_with_their_cell)
{
    static const struct {
        const char *input, *grid;
    } ROWS[] = {
        {"<table><tr><td>a<span hidden>b<td>c<tr><td>d<td>e</table>", "#0.0=a;0.1=c;1.0=d;1.1=e;"},
        {"<table><tr hidden><td>a<td>b<tr><td>c<td>d</table>", "#0.0=c;0.1=d;"},
        {"<table><tr><td>a<td hidden>b<td>c</table>", "#0.0=a;0.1=c;"},
        {"<table><tr><td>a<td style='visibility:hidden'>b<td>c</table>", "#0.0=a;0.1=;0.2=c;"},
        {"<div hidden><table><tr><td>a<td>b</table></div><table><tr><td>c<td>d</table>",
         "#0.0=c;0.1=d;"},
        {"<table><tr><td>a<sup>1<td>b<td>c</table>", "#0.0=a1;0.1=b;0.2=c;"},
        {"<!--> a --><table><tr><td>b<td>c</table>", "~0.0=a -->;#0.0=b;0.1=c;"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        g_autoptr(GBytes) bytes = g_bytes_new_static(ROWS[i].input, strlen(ROWS[i].input));
        g_autoptr(ZpDocument) document = zp_html_parser.read(bytes, NULL, NULL);
        g_autofree char *grid = print_grid(document);
        cr_expect_str_eq(grid, ROWS[i].grid, "%s: got %s", ROWS[i].input, grid);
    }
}
