/*
 * test_runs.c - text in runs of XML: what it is, and another in its place.
 */
#include "parsers/ooxml/runs.h"

#include "table.h"

#include <string.h>

static const ZpRunsName NAMES[] = {
    {"p", ZP_RUNS_LINE},   {"r", ZP_RUNS_ENTER},  {"t", ZP_RUNS_TEXT},
    {"rPr", ZP_RUNS_PASS}, {"pPr", ZP_RUNS_PASS}, {NULL, ZP_RUNS_PASS},
};

#define T(text) "<w:r><w:t>" text "</w:t></w:r>"

typedef struct {
    char xml[160];
    char text[40];    /* "-": it is not written */
    char anew[40];    /* another text */
    char result[200]; /* "-": it cannot be put there */
} Row;

TableRows(runs, write)
{
    static Row rows[] = {
        {T("8"), "8", "9.44", T("9.44")},
        {T("8") T(""), "8", "9", T("9") T("")},
        {T("&gt;=") T("90%"), ">=90%", "≥90%", T("≥") T("90%")},
        {T("a&lt;b&#x2265;"), "a<b≥", "a<c&", T("a&lt;c&amp;")},
        {T("甲") T(" ") T("乙"), "甲 乙", "甲乙", T("甲") T("") T("乙")},
        {T("甲 丙") T("乙"), "甲 丙乙", "甲丙 乙",
         "<w:r><w:t xml:space=\"preserve\">甲丙 </w:t></w:r>" T("乙")},
        {T("一二") T("三四"), "一二三四", "一五四", T("一五") T("四")},
        {T("≥5") T("5"), "≥55", "≤55", T("≤5") T("5")}, /* both begin with the same two bytes */
        {"<w:r><w:t/></w:r>", "", "x", "<w:r><w:t>x</w:t></w:r>"},
        {"<w:r><w:t xml:space=\"preserve\"/></w:r>", "", " x",
         "<w:r><w:t xml:space=\"preserve\"> x</w:t></w:r>"},
        {"<t a=\"1>2\">8</t>", "8", "", "<t a=\"1>2\"></t>"},
        {"<w:p>" T("8") "</w:p><w:p/>", "8", "9", "<w:p>" T("9") "</w:p><w:p/>"},
        {"<w:pPr><w:any/></w:pPr>" T("8") "<!-- <w:t> --><?x <w:t>?>", "8", "9",
         "<w:pPr><w:any/></w:pPr>" T("9") "<!-- <w:t> --><?x <w:t>?>"},
        {"", "", "x", "-"},
        {T("8"), "8", "\x01", "-"},
        {"<w:p>" T("8") "</w:p><w:p>" T("9") "</w:p>", "-", "", ""},
        {T("8\n9"), "-", "", ""},
        {"<w:r><w:br/>" T("8") "</w:r>", "-", "", ""},
        {"<w:ins>" T("8") "</w:ins>", "-", "", ""},
        {"<w:t><![CDATA[8]]></w:t>", "-", "", ""},
        {"<w:t>&other;</w:t>", "-", "", ""},
        {"<w:t>&#x110000;</w:t>", "-", "", ""},
        {"<w:t>&#;</w:t>", "-", "", ""},
        {"<w:t>8", "-", "", ""},
        {"</w:t>", "-", "", ""},
        {"<w:t a=\"8", "-", "", ""},
        {"<w:t>\xff</w:t>", "-", "", ""},
        {"8", "-", "", ""},
        {"<", "-", "", ""},
        {"<w:t><w:t>8</w:t></w:t>", "-", "", ""},
    };
    return cr_make_param_array(Row, rows, G_N_ELEMENTS(rows));
}

TableTest(Row *row, runs, write)
{
    g_autoptr(ZpRuns) runs = zp_runs_new(row->xml, strlen(row->xml), NAMES);
    if (strcmp(row->text, "-") == 0) {
        cr_assert_null(runs, "%s", row->xml);
        return;
    }
    cr_assert_not_null(runs, "%s", row->xml);
    cr_assert_str_eq(zp_runs_text(runs), row->text, "%s", row->xml);
    g_autofree char *result = zp_runs_write(runs, row->anew);
    if (strcmp(row->result, "-") == 0) {
        cr_assert_null(result, "%s", row->xml);
        return;
    }
    cr_assert_str_eq(result, row->result, "%s", row->xml);
    g_autoptr(ZpRuns) again = zp_runs_new(result, strlen(result), NAMES);
    cr_assert_str_eq(zp_runs_text(again), row->anew, "%s", row->xml);
}
