/*
 * test_markup.c - elements with more attributes than there may be, and what only looks like them.
 */
#include "parsers/shared/markup.h"

#include "base/limits.h"
#include "parsers/docx/private.h"
#include "parsers/html/html.h"

#include <criterion/criterion.h>
#include <string.h>

/* @before, then @piece as often as said with its number in it, then @after. */
static GString *repeated(const char *before, const char *piece, guint n, const char *after)
{
    GString *out = g_string_new(before);
    for (guint k = 0; k < n; k++) {
        g_autofree char *number = g_strdup_printf("%u", k);
        g_autoptr(GString) one = g_string_new(piece);
        g_string_replace(one, "#", number, 0);
        g_string_append(out, one->str);
    }
    g_string_append(out, after);
    return out;
}

static const struct {
    ZpMarkupKind kind;
    const char *before, *piece, *after;
    bool counts;
} CASES[] = {
    {ZP_MARKUP_HTML, "<td", " a#=1", ">", true},
    {ZP_MARKUP_HTML, "<td", " a#", ">", true},
    {ZP_MARKUP_HTML, "<td", "\na# = '>'", "", true},
    {ZP_MARKUP_HTML, "<td", " a#=\"<b>\"", ">", true},
    {ZP_MARKUP_HTML, "<td", "/a#", ">", true},
    {ZP_MARKUP_HTML, "<!-- x --!><td", " a#", ">", true},
    {ZP_MARKUP_HTML, "<scripture", " a#", ">", true},
    {ZP_MARKUP_HTML, "<script", " a#", "></script>", true},
    {ZP_MARKUP_HTML, "<script></SCRIPT ><td", " a#", ">", true},
    {ZP_MARKUP_HTML, "<![CDATA[<td", " a#", ">", true},
    {ZP_MARKUP_HTML, "<td><", " a#", ">", false},
    {ZP_MARKUP_HTML, "</td", " a#", ">", false},
    {ZP_MARKUP_HTML, "<td title=\"", " a#=1", "\">", false},
    {ZP_MARKUP_HTML, "<!-- <td", " a#", "> -->", false},
    {ZP_MARKUP_HTML, "<script>i<n;", " a#=1", "</script>", false},
    {ZP_MARKUP_HTML, "<table>", "<td a#=1>", "", false},
    {ZP_MARKUP_XML, "<w:p", " a#=\"1\"", "/>", true},
    {ZP_MARKUP_XML, "<w:p", " a#='>'", "/>", true},
    {ZP_MARKUP_XML, "<w:p", " xmlns:a#='x'", "/>", true},
    {ZP_MARKUP_XML, "<script><w:p", " a#='>'", "/></script>", true},
    {ZP_MARKUP_XML, "<p a='", " b#=\"1\"", "'/>", false},
    {ZP_MARKUP_XML, "<!-- <p", " b#=\"1\"", "/> -->", false},
    {ZP_MARKUP_XML, "<p>", "a# = b#", "</p>", false},
    {ZP_MARKUP_XML, "<![CDATA[<p", " b#=\"1\"", "/>]]>", false},
};

Test(markup, attributes)
{
    for (guint k = 0; k < G_N_ELEMENTS(CASES); k++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GString) most =
            repeated(CASES[k].before, CASES[k].piece, ZP_LIMIT_ATTRIBUTES, CASES[k].after);
        g_autoptr(GString) over =
            repeated(CASES[k].before, CASES[k].piece, ZP_LIMIT_ATTRIBUTES + 1, CASES[k].after);
        cr_expect(zp_markup_check(CASES[k].kind, most->str, most->len, NULL), "%s",
                  CASES[k].before);
        cr_expect_neq(zp_markup_check(CASES[k].kind, over->str, over->len, &error), CASES[k].counts,
                      "%s%s", CASES[k].before, CASES[k].piece);
        cr_expect(!error == !CASES[k].counts);
    }
}

/* Many things that never end take no longer than one. */
Test(markup, takes_one_walk)
{
    static const char *const PIECES[] = {"<!--", "<script", "<td a='", "<![CDATA[", "<?", "<"};
    for (guint k = 0; k < G_N_ELEMENTS(PIECES); k++) {
        g_autoptr(GString) text = repeated("", PIECES[k], 200000, "");
        zp_markup_check(ZP_MARKUP_HTML, text->str, text->len, NULL);
        zp_markup_check(ZP_MARKUP_XML, text->str, text->len, NULL);
    }
}

Test(markup, pages_and_parts_are_asked)
{
    g_autoptr(GError) page = NULL, part = NULL;
    g_autoptr(GString) tag =
        repeated("<table><tr><td", " a#=\"1\"", 200000, ">x</td></tr></table>");
    g_autoptr(GBytes) bytes = g_bytes_new_static(tag->str, tag->len);
    cr_expect_null(zp_html_parser.read(bytes, NULL, &page));
    cr_expect(strstr(page->message, "ZP_LIMIT_ATTRIBUTES"), "%s", page->message);
    cr_expect_null(zp_docx_styles_new(bytes, "styles", NULL, "theme", &part));
    cr_expect(strstr(part->message, "ZP_LIMIT_ATTRIBUTES"), "%s", part->message);
}
