/*
 * drawn_markdown.c - convert --to markdown: every form drawn again as a table of GitHub Flavored Markdown.
 *
 *     ## 2022年度项目支出绩效自评表
 *
 *     | 项目名称 | 机关服务费 |  |
 *     | --- | --- | --- |
 *     | 主管部门 | 某局 |  |
 *
 * Markdown has no merges: a level's name is repeated in each of its rows, a block's label stands once.
 */
#include "output/drawn.h"
#include "output/escape.h"
#include "output/writer.h"

static void append_heading(GString *out, const char *mark, const char *text)
{
    if (!text)
        return;
    g_string_append_printf(out, "%s ", mark);
    zp_escape_markdown(out, text);
    g_string_append(out, "\n\n");
}

static void append_row(GString *out, const GArray *row)
{
    g_string_append_c(out, '|');
    for (guint k = 0; k < row->len; k++) {
        const ZpDrawnCell *cell = &g_array_index(row, ZpDrawnCell, k);
        g_string_append_c(out, ' ');
        zp_escape_markdown(out, cell->text);
        g_string_append(out, " |");
        for (guint i = 1; i < cell->cols; i++)
            g_string_append(out, "  |");
    }
    g_string_append_c(out, '\n');
}

static bool write_markdown_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    GString *out = writing->buffer;
    for (guint f = 0; result->forms && f < result->forms->len; f++) {
        g_autoptr(ZpDrawn) drawn =
            zp_drawn_new(result->forms->pdata[f], zp_rulebook_labels(writing->rulebook));
        append_heading(out, "##", drawn->title);
        append_heading(out, "###", drawn->year);
        for (guint k = 0; k < drawn->rows->len; k++) {
            append_row(out, drawn->rows->pdata[k]);
            for (guint i = 0; k == 0 && i < drawn->n_cols; i++)
                g_string_append(out, i == 0 ? "| --- |" : " --- |");
            if (k == 0)
                g_string_append_c(out, '\n');
        }
        g_string_append_c(out, '\n');
        if (!zp_writing_flush(writing, ZP_WRITING_BUFFER, error))
            return false;
    }
    return true;
}

const ZpWriter zp_drawn_markdown_writer = {
    .name = "markdown",
    .zh = "重新画的表，Markdown",
    .en = "the forms drawn again, Markdown",
    .for_convert = true,
    .file = write_markdown_file,
};
