/*
 * stats_parts.c - pieces of mark-up in both languages.
 */
#include "archive/stats_parts.h"

#include "output/escape.h"

void stats_both(GString *out, const char *zh, const char *en)
{
    g_string_append_printf(out,
                           "<span class=\"zh\" lang=\"zh-CN\">%s</span>"
                           "<span class=\"en\" lang=\"en\">%s</span>",
                           zh, en);
}

void stats_text(GString *out, const char *open, const char *text, const char *close)
{
    g_string_append(out, open);
    zp_escape_xml(out, text ? text : "");
    g_string_append(out, close);
}

void stats_table(GString *out, StatsWord caption, const StatsWord *columns, gsize n)
{
    g_string_append(out, "<div class=\"scroll\" tabindex=\"0\"><table>\n<caption>");
    stats_both(out, caption.zh, caption.en);
    g_string_append(out, "</caption>\n<thead><tr>");
    for (gsize k = 0; k < n; k++) {
        g_string_append(out, "<th scope=\"col\">");
        stats_both(out, columns[k].zh, columns[k].en);
        g_string_append(out, "</th>");
    }
    g_string_append(out, n > 0 ? "</tr></thead>\n<tbody>\n" : "");
}

void stats_number(GString *out, sqlite3_stmt *statement, int column)
{
    g_autofree char *text = zp_archive_text(statement, column);
    stats_text(out, "<td class=\"number\">", text, "</td>");
}
