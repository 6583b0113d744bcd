/*
 * test_markdown.c - Markdown into grids: rows, marks, drawn tables, HTML inside, what nothing may lose.
 */
#include "base/error.h"
#include "base/limits.h"
#include "grid_text.h"
#include "parsers/markdown/markdown.h"
#include "table.h"

#include <criterion/criterion.h>
#include <string.h>

typedef struct {
    const char *name, *input, *grid;
} Case;

static const Case CASES[] = {
    {"a pipe table", "| a | b |\n|---|:-:|\n| c | d |\n", "#0.0=a;0.1=b;1.0=c;1.1=d;"},
    {"blank cells", "| a | |\n|---|---|\n| | d |\n", "#0.0=a;1.1=d;"},
    {"more cells than the header", "|a|\n|-|\n|1|2|3|\n", "#0.0=a;1.0=1;1.1=2;1.2=3;"},
    {"a header that is one cell off", "|a|b|\n|-|-|-|\n|1|2|\n", "#0.0=a;0.1=b;1.0=1;1.1=2;"},
    {"no outer bars", "a | b\n--|--\nc | d", "#0.0=a;0.1=b;1.0=c;1.1=d;"},
    {"a blank first cell below a delimiter row", "|a|b|\n|-|-|\n| |d|\n", "#0.0=a;0.1=b;1.1=d;"},
    {"no delimiter row", "a | b\n | d\n", "#0.0=a;0.1=b;1.1=d;"},
    {"one line with a bar is a text", "说明 | 不是表\n\n乙\n", "~0.0=说明 | 不是表;~0.0=乙;"},
    {"a row of dashes", "|a|b|\n|-|-|\n|-|-|\n|c|-|", "#0.0=a;0.1=b;1.0=-;1.1=-;2.0=c;2.1=-;"},
    {"a text right behind a table", "|a|\n|-|\n注：b\n", "#0.0=a;~0.0=注：b;"},
    {"escaped bars", "|a\\|b|`c\\|d`|e\\\\|\n|-|-|-|\n", "#0.0=a|b;0.1=c|d;0.2=e\\;"},
    {"a bar in code splits", "|`a|b`|\n|-|-|\n", "#0.0=`a;0.1=b`;"},
    {"tabs", "a\tb\n\tc\n", "#0.0=a;0.1=b;~0.0=c;"},
    {"a row after a blank row of tabs", "a\tb\n\tc\td\n", "#0.0=a;0.1=b;1.1=c;1.2=d;"},
    {"breaks", "|a<br>b<BR/>c|<p>d</p>|\n|-|-|\n", "#0.0=a b c;0.1=d;"},
    {"emphasis", "|**甲**|*乙*_丙_|~~丁~~|***戊***|\n|-|-|-|-|\n", "#0.0=甲;0.1=乙丙;0.3=戊;"},
    {"emphasis that ends in punctuation", "|**注：**说明|a**b|\n|-|-|\n",
     "#0.0=注：说明;0.1=a**b;"},
    {"what is no mark stays", "|20分*执行率|5~10次|≥5_6|a*b|\n|-|-|-|-|\n",
     "#0.0=20分*执行率;0.1=5~10次;0.2=≥5_6;0.3=a*b;"},
    {"code, links, pictures", "|`95%`|[甲](x \"y\")|![乙](z)|<http://a.b>|\n|-|-|-|-|\n",
     "#0.0=95%;0.1=甲;0.3=http://a.b;"},
    {"pictures inside the text", "|甲![章](data:image/png;base64,AA==)乙|[c](data:x\n|-|-|\n",
     "#0.0=甲乙;0.1=[c](;"},
    {"entities", "|&ge;5|&lt;5|&nbsp;|&#27425;|&x|\n|-|-|-|-|-|\n",
     "#0.0=≥5;0.1=<5;0.3=次;0.4=&x;"},
    {"what HTML does not know stays",
     "|<5次|a<b及|<单位>|<abc>|<b>甲</b>|<!-- x -->|\n|-|-|-|-|-|-|\n",
     "#0.0=<5次;0.1=a<b及;0.2=<单位>;0.3=<abc>;0.4=甲;"},
    {"what begins a block elsewhere", "|- 1|1. 2|# 3|> 4|    5|---|=|\n|-|-|-|-|-|-|-|\n",
     "#0.0=- 1;0.1=1. 2;0.2=# 3;0.3=> 4;0.4=5;0.5=---;0.6==;"},
    {"lines around", "---\ntitle: 甲\n---\n\n# 乙 #\n丙\n===\n\n- 丁\n* * *\n[戊]: 己\n",
     "~0.0=title:甲;~0.0=乙;1.0=丙;~0.0=丁;~0.0=[戊]:己;"},
    {"a quote", "> |a|b|\n> |-|-|\n>> |c|d|\n", "#0.0=a;0.1=b;1.0=c;1.1=d;"},
    {"a fence", "```\n|a|b|\n|-|-|\n```\n乙", "#0.0=a;0.1=b;~0.0=乙;"},
    {"all line ends", "|a|b|\r\n|-|-|\r\n|c|d|\r|e|f|", "#0.0=a;0.1=b;1.0=c;1.1=d;2.0=e;2.1=f;"},
    {"HTML with blank lines and indentation",
     "甲\n<table>\n\n  <tr>\n\n    <td colspan=2>a\n\n  "
     "<tr><td>b</td>\n\n<td>c</td></tr>\n</table>\n|d|\n|-|\n",
     "~0.0=甲;#0.0+1.2=a;1.0=b;1.1=c;#0.0=d;"},
    {"tables in a table", "<table><tr><td><table><tr><td>a<td>b</table>\n\nc</table>\n\n|d|\n|-|\n",
     "#0.0=;#0.0=a;0.1=b;~0.0=c;#0.0=d;"},
    {"a table that never ends", "<table><tr><td>a\n\n|b|\n", "#0.0=a |b|;"},
    {"a word about tables", "`<table>` 甲\n\n|a|\n|-|\n", "~0.0=<table> 甲;#0.0=a;"},
    {"silent stretches", "<style>\n\ntd { }\n</style>\n<!-- 甲\n\n乙 -->\n丙\n", "~0.0=丙;"},
    {"a grid", "+---+----+\n| a | b  |\n|   | c  |\n+===+====+\n| d |    |\n+---+----+\n乙",
     "#0.0=a;0.1=b c;1.0=d;~0.0=乙;"},
    {"a grid with merged rows and columns",
     "+---+---+---+\n| a | b     |\n|   +---+---+\n|   | c | d |\n+---+---+---+\n",
     "#0.0+2.1=a;0.1+1.2=b;1.1=c;1.2=d;"},
    {"a grid of wide characters",
     "+------+------+\n| 项目 | 名   |\n|      +--+---+\n|      |a | b |\n+------+--+---+\n",
     "#0.0+2.1=项目;0.1+1.2=名;1.1=a;1.2=b;"},
    {"a grid of characters that only some fonts print wide",
     "+------+------+\n| “甲” | …    |\n|      +--+---+\n|      |≥ | b |\n+------+--+---+\n",
     "#0.0+2.1=“甲”;0.1+1.2=…;1.1=≥;1.2=b;"},
    {"a grid whose tool took every character for one column",
     "+----+------+\n| 项目 | 名    |\n|    +--+---+\n|    |甲 | b |\n+----+--+---+\n",
     "#0.0+2.1=项目;0.1+1.2=名;1.1=甲;1.2=b;"},
    {"a grid whose marks go on over lines",
     "+------+---+\n| **a  | b\\|\n| c**  | c |\n+------+---+\n", "#0.0=a c;0.1=b c;"},
    {"two rulers are no grid", "+---+\n+---+\n", "~0.0=+---+;1.0=+---+;"},
    {"a simple table", "  a    b\n----- ---\n 1    2\n项目   3\n\n乙\n",
     "#0.0=a;0.1=b;1.0=1;1.1=2;2.0=项目;2.1=3;~0.0=乙;"},
    {"a simple table without header", "--- ---\na   b\n    c\n--- ---\n乙",
     "#0.0=a;0.1=b;1.1=c;~0.0=乙;"},
    {"a text that fills the next column, too", "-- -- --\n中中中a b\n-- -- --\n\n后文\n",
     "#0.0=中中中a;0.1=b;~0.0=后文;"},
    {"a text over all columns", "-- -- --\n中中中中中a b c\n-- -- --\n\n后文\n",
     "#0.0=中中中中中a;0.2=b c;~0.0=后文;"},
    {"a wide character across the corner of a grid", "+-++-+\n|中|a|\n+-++-+\n\n后文\n",
     "#0.0=中;0.2=a;~0.0=后文;"},
    {"a multiline table",
     "---------\n a   b\n     c\n---- ----\nd    e\n     f\n\ng    h\n---------\n乙",
     "#0.0=a;0.1=b c;1.0=d;1.1=e f;2.0=g;2.1=h;~0.0=乙;"},
    {"a multiline table of one row", "---------\n a   b\n---- ----\nd    e\n     f\n---------\n",
     "#0.0=a;0.1=b;1.0=d;1.1=e f;"},
    {"rows between bars", "---------\n a   b\n---- ----\nd    e\nf    g\n---------\n",
     "#0.0=a;0.1=b;1.0=d;1.1=e;2.0=f;2.1=g;"},
    {"a text over an edge", "---- ----\n甲乙丙 b\n---- ----\n", "#0.0=甲乙丙;0.1=b;"},
    {"rulers alone", "---- ----\n", ""},
    {"a bad byte loses nothing behind it", "|a\xFF|项目名称|\n|-|-|\n",
     "#0.0=a\xEF\xBF\xBD;0.1=项目名称;"},
};

TableRows(markdown, grid)
{
    static size_t indexes[G_N_ELEMENTS(CASES)];
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
        indexes[i] = i;
    return cr_make_param_array(size_t, indexes, G_N_ELEMENTS(CASES));
}

static ZpDocument *read_text(const char *text, gsize length)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, length);
    g_autoptr(GError) error = NULL;
    ZpDocument *document = zp_markdown_parser.read(bytes, NULL, &error);
    cr_assert_not_null(document, "%s", error ? error->message : "");
    return document;
}

TableTest(size_t *index, markdown, grid)
{
    const Case *row = &CASES[*index];
    g_autoptr(ZpDocument) document = read_text(row->input, strlen(row->input));
    g_autofree char *grid = print_grid(document);
    cr_expect_str_eq(grid, row->grid, "%s: got %s", row->name, grid);
}

Test(markdown, cells_say_their_lines_and_bytes)
{
    static const char INPUT[] = "\xEF\xBB\xBF甲\n\n| a | **乙** |\n|---|---|\n| c | d\\|e "
                                "|\n\n<table>\n<tr><td> f </td></tr></table>\n";
    static const struct {
        guint table, cell;
        guint32 line;
        const char *bytes;
    } ROWS[] = {
        {0, 0, 1, "甲"}, {1, 1, 3, "**乙**"}, {1, 2, 5, "c"}, {1, 3, 5, "d\\|e"}, {2, 0, 8, "f"}};
    g_autoptr(ZpDocument) document = read_text(INPUT, strlen(INPUT));
    for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        const ZpTable *table = g_ptr_array_index(document->tables, ROWS[i].table);
        const ZpCell *cell = &g_array_index(table->cells, ZpCell, ROWS[i].cell);
        g_autofree char *got =
            g_strndup(INPUT + cell->byte_start, cell->byte_end - cell->byte_start);
        cr_expect_eq(cell->line, ROWS[i].line, "row %u: line %u", i, cell->line);
        cr_expect_str_eq(got, ROWS[i].bytes, "row %u: %s", i, got);
    }
}

static void expect_loss(const char *text, const char *part)
{
    g_autoptr(ZpDocument) document = read_text(text, strlen(text));
    cr_assert_eq(document->losses->len, part ? 1u : 0u, "%.60s: %u losses", text,
                 document->losses->len);
    const ZpLoss *loss = part ? g_ptr_array_index(document->losses, 0) : NULL;
    cr_assert(!part || strstr(loss->en, part), "%s", part ? loss->en : "");
}

Test(markdown, what_cannot_be_placed_is_said)
{
    expect_loss("+---+---+\n| a | b |\n+---+---+\n", NULL);
    expect_loss("+---+---+\n| a | b |\n|  +---+\n| c |\n+---+---+\n", "do not meet");
    expect_loss("---- ----\n甲乙  b\n---- ----\n", NULL);
    expect_loss("---- ----\n甲乙丙丁戊己\n---- ----\n", "edge of its column");
}

/* Beyond its limit a drawn table is read as text, and nothing of it is lost. */
Test(markdown, drawn_tables_have_a_limit)
{
    g_autoptr(GString) grid = g_string_new("+---+---+\n"), ruled = g_string_new("--- ---\n");
    for (guint i = 0; i <= ZP_LIMIT_DRAWN_LINES; i++) {
        if (i <= ZP_LIMIT_DRAWN_LINES / 2)
            g_string_append(grid, "| a | b |\n+---+---+\n");
        g_string_append(ruled, "a   b\n");
    }
    expect_loss(grid->str, "ZP_LIMIT_DRAWN_LINES");
    g_autoptr(ZpDocument) document = read_text(grid->str, grid->len);
    cr_expect_eq(document->n_cells, ZP_LIMIT_DRAWN_LINES + 2);
    g_string_append(ruled, "--- ---\n");
    expect_loss(ruled->str, "ZP_LIMIT_DRAWN_LINES");
}

/* Marks are taken out of a text up to ZP_LIMIT_MARKED_BYTES; a longer one is kept as it is. */
Test(markdown, long_texts_keep_their_marks)
{
    for (guint beyond = 0; beyond < 2; beyond++) {
        g_autoptr(GString) text = g_string_new("**");
        while (text->len < ZP_LIMIT_MARKED_BYTES - 2 + beyond)
            g_string_append_c(text, 'a');
        g_string_append(text, "**");
        g_autoptr(ZpDocument) document = read_text(text->str, text->len);
        const ZpTable *table = g_ptr_array_index(document->tables, 0);
        const ZpCell *cell = &g_array_index(table->cells, ZpCell, 0);
        cr_expect_eq(cell->text[0], beyond ? '*' : 'a');
    }
}

Test(markdown, too_many_columns_are_an_error)
{
    g_autoptr(GString) text = g_string_new("|");
    for (guint i = 0; i <= ZP_LIMIT_COLUMNS; i++)
        g_string_append(text, "a|");
    g_autoptr(GBytes) bytes = g_bytes_new_static(text->str, text->len);
    g_autoptr(GError) error = NULL;
    cr_expect_null(zp_markdown_parser.read(bytes, NULL, &error));
    cr_expect(g_error_matches(error, ZP_ERROR, ZP_ERROR_LIMIT));
}

/* The format is told by content, the name deciding between equals. */
Test(markdown, probe)
{
    static const struct {
        const char *path, *text, *parser;
    } ROWS[] = {
        {"a.txt", "| a | b |\n|---|---|\n", "markdown"},
        {"a", "甲\n\na | b\n:-: | --\n", "markdown"},
        {"a.txt", "| a | b |\n| c | d |\n", "text"},
        {"a.md", "| a | b |\n| c | d |\n", "markdown"},
        {"a.markdown", "甲", "markdown"},
        {"a.txt", "+---+\n| a |\n+---+\n", "markdown"},
        {"a.txt", "a  b\n-- --\nc  d\n", "markdown"},
        {"a.txt", "甲\n-----\n乙\n", "text"},
        {"a.txt", "# 甲\n\n<table><tr><td>a</table>\n", "markdown"},
        {"a.md", "甲\n<table><tr><td>a</table>\n", "markdown"},
        {"a.txt", "甲\n<table><tr><td>a</table>\n", "html"},
        {"a.txt", "<table><tr><td>a</table>\n", "html"},
        {"a.md", "<!DOCTYPE html>\n<table><tr><td>a | b</table>\n", "html"},
        {"a.txt", "<font>甲", "text"},
        {"a.htm", "<font>甲", "html"},
        {"a.txt", "\xEF\xBB\xBF<html><body>", "html"},
        {"a", "\xFF\xFE<\0h\0t\0m\0l\0>\0", "html"},
        {"a.md", "a\tb\n", "markdown"},
        {"a.txt", "a\tb\n", "text"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        gsize length = ROWS[i].text[0] == '\xFF' ? 14 : strlen(ROWS[i].text);
        g_autoptr(GBytes) bytes = g_bytes_new_static(ROWS[i].text, length);
        const ZpParser *parser = zp_parser_probe(bytes, ROWS[i].path, NULL);
        cr_assert_not_null(parser, "row %u", i);
        cr_expect_str_eq(parser->name, ROWS[i].parser, "row %u: %s", i, parser->name);
    }
}
