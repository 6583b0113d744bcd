/*
 * give.c - a text of a page: handed on where it is seen, kept for what is said of it where it is not.
 */
#include "parsers/html/seen_private.h"

#include <string.h>

ZpPlace zp_seen_place(const ZpHtmlSeen *seen)
{
    const ZpHtmlPage *page = seen->page;
    const ZpOpenTable *table = zp_html_page_table(page);
    ZpPlace at = {.line = page->line};
    if (!table)
        return at;
    at.table = table->maker->table->number;
    if (table->in_cell && !table->is_frame) {
        at.row = table->maker->row + 1;
        at.col = zp_table_maker_col(table->maker) + 1;
    }
    return at;
}

static GString *text_of(GString **text)
{
    if (!*text)
        *text = g_string_new(NULL);
    return *text;
}

/* @way: whose text @sink is; ZP_WAY_SHOWN for `inserted` */
static void leave_out(ZpHtmlSeen *seen, ZpWay way, GString *sink, const char *text, gsize length)
{
    if (!sink->len)
        seen->at[way] = zp_seen_place(seen);
    if (sink->len < LEFT_OUT_MAX)
        g_string_append_len(sink, text, (gssize)MIN(length, LEFT_OUT_MAX));
}

/* Figures on both sides of what was left out are not one figure. */
static void show(ZpHtmlSeen *seen, const char *text, gsize length)
{
    gsize blank = 0;
    while (blank < length && g_ascii_isspace(text[blank]))
        blank++;
    if (blank == length && seen->is_after_gap) {
        zp_html_page_text(seen->page, text, length);
        return;
    }
    if (seen->is_after_gap && length && (g_ascii_isdigit(*text) || strchr(".,", *text)))
        zp_html_page_text(seen->page, " ", 1);
    seen->is_after_gap = false;
    zp_html_page_text(seen->page, text, length);
}

void zp_seen_give(ZpHtmlSeen *seen, const ZpHtmlLook *look, ZpWay way, const char *text,
                  gsize length)
{
    if (way == ZP_WAY_SHOWN && !look->is_inserted && !look->is_turned && !look->is_unstruck) {
        show(seen, text, length);
    } else if (way == ZP_WAY_SHOWN) {
        if (look->is_inserted || look->is_unstruck)
            leave_out(seen, ZP_WAY_SHOWN, text_of(&seen->inserted), text, length);
        if (look->is_turned)
            show(seen, "\xE2\x80\xAE", 3); /* U+202E */
        show(seen, text, length);
        if (look->is_turned)
            show(seen, "\xE2\x80\xAC", 3); /* U+202C */
    } else if (way != ZP_WAY_SILENT) {
        GString *sink = text_of(&seen->texts[way]);
        if (way == ZP_WAY_UNSEEN && !sink->len)
            seen->why = zp_html_look_unseen(look);
        leave_out(seen, way, sink, text, length);
    }
}
