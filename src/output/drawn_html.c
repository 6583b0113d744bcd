/*
 * drawn_html.c - convert --to html: every form drawn again as a table that people and their readers can use.
 *
 * One file of plain mark-up, no script, nothing from elsewhere: a policy allows its own style alone.  Tables have
 * captions, heads say their scope, merges are true ones.  Every text of a document is escaped.
 */
#include "output/drawn.h"
#include "output/escape.h"
#include "output/plain_page.h"
#include "output/writer.h"

static const char STYLE[] =
    "body{margin:2rem;font:16px/1.6 \"Noto Sans CJK SC\",\"Microsoft YaHei\",\"PingFang "
    "SC\",sans-serif;"
    "color:#1a1a1a;background:#fff}"
    "section{margin:0 0 3rem;overflow-x:auto}"
    "table{border-collapse:collapse;width:100%}"
    "caption{font-size:1.25rem;font-weight:700;padding:.5rem}"
    "th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    "th{background:#eef2f7;font-weight:600}"
    "@media print{section{break-after:page}body{margin:0}}"
    "@media "
    "(prefers-color-scheme:dark){body{color:#e8e8e8;background:#161616}th{background:#26313f}}";

static bool begin_html(ZpWriting *writing, GError **error)
{
    (void)error;
    zp_plain_page_begin(writing->buffer, "zh-CN", "绩效自评表", STYLE);
    return true;
}

static void append_cell(GString *out, const ZpDrawnCell *cell)
{
    static const char *const TAGS[] = {"td", "th", "th"};
    static const char *const SCOPES[] = {"", " scope=\"row\"", " scope=\"col\""};
    /* A head without a word names nothing. */
    const ZpDrawnKind kind = *cell->text ? cell->kind : ZP_DRAWN_CELL;
    g_string_append_printf(out, "<%s%s", TAGS[kind], SCOPES[kind]);
    if (cell->rows > 1)
        g_string_append_printf(out, " rowspan=\"%u\"", cell->rows);
    if (cell->cols > 1)
        g_string_append_printf(out, " colspan=\"%u\"", cell->cols);
    g_string_append_c(out, '>');
    zp_escape_xml(out, cell->text);
    g_string_append_printf(out, "</%s>", TAGS[kind]);
}

static void append_row(GString *out, const GArray *row)
{
    g_string_append(out, "<tr>");
    for (guint k = 0; k < row->len; k++) {
        const ZpDrawnCell *cell = &g_array_index(row, ZpDrawnCell, k);
        if (!cell->is_covered)
            append_cell(out, cell);
    }
    g_string_append(out, "</tr>\n");
}

static void append_caption(GString *out, const ZpDrawn *drawn)
{
    if (!drawn->title && !drawn->year)
        return;
    g_string_append(out, "<caption>");
    zp_escape_xml(out, drawn->title ? drawn->title : drawn->year);
    if (drawn->title && drawn->year)
        g_string_append_printf(out, "<br>%s", drawn->year);
    g_string_append(out, "</caption>\n");
}

static bool write_html_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    GString *out = writing->buffer;
    for (guint f = 0; result->forms && f < result->forms->len; f++) {
        const ZpForm *form = result->forms->pdata[f];
        g_autoptr(ZpDrawn) drawn = zp_drawn_new(form, zp_rulebook_labels(writing->rulebook));
        g_string_append(out, "<section aria-label=\"");
        zp_escape_xml(out, result->path);
        g_string_append_printf(out, " %u\">\n<table>\n", f + 1);
        append_caption(out, drawn);
        for (guint k = 0; k < drawn->rows->len; k++)
            append_row(out, drawn->rows->pdata[k]);
        g_string_append(out, "</table>\n</section>\n");
        if (!zp_writing_flush(writing, ZP_WRITING_BUFFER, error))
            return false;
    }
    return true;
}

static bool end_html(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    (void)summary;
    (void)error;
    g_string_append(writing->buffer, "</body>\n</html>\n");
    return true;
}

const ZpWriter zp_drawn_html_writer = {
    .name = "html",
    .zh = "重新画的表，网页",
    .en = "the forms drawn again, a page",
    .for_convert = true,
    .begin = begin_html,
    .file = write_html_file,
    .end = end_html,
};
