/*
 * drawn.c - what is drawn on a sheet: boxes with text, pictures, charts, comments.
 *
 *     MSODRAWING   nested boxes of the drawing's own format; the anchor (0xF010) has the corners
 *     OBJ          what it is: 06 a text box, 08 a picture, 05 a chart, 19 a comment
 *     TXO          its text follows in a record of its own
 *
 * Source: MS-XLS 2.4.181 (Obj), 2.4.329 (TxO), MS-ODRAW 2.2.
 */
#include "parsers/xls/private.h"

#include <string.h>

enum { CHART = 0x05, PICTURE = 0x08, COMMENT = 0x19 };

#define HEAD_BYTES   8
#define ANCHOR       0xF010
#define ANCHOR_BYTES 18
#define CONTAINER    0x0F

static void box_clear(gpointer box)
{
    g_free(((ZpXlsBox *)box)->text);
}

void zp_xls_drawn_init(ZpXlsDrawn *drawn)
{
    drawn->boxes = g_array_new(FALSE, FALSE, sizeof(ZpXlsBox));
    g_array_set_clear_func(drawn->boxes, box_clear);
    drawn->comments = g_string_new(NULL);
}

void zp_xls_drawn_clear(ZpXlsDrawn *drawn)
{
    g_array_unref(drawn->boxes);
    g_string_free(drawn->comments, TRUE);
}

/* The last anchor of a record is that of the object behind it. */
void zp_xls_drawn_anchor(ZpXlsDrawn *drawn, const ZpBiff *biff)
{
    for (gsize at = 0; at + HEAD_BYTES <= biff->length;) {
        const guint8 *head = biff->data + at;
        bool is_container = (head[0] & CONTAINER) == CONTAINER;
        gsize length = zp_biff_32(head + 4);
        at += HEAD_BYTES;
        if (is_container)
            continue;
        if (zp_biff_16(head + 2) == ANCHOR && at + ANCHOR_BYTES <= biff->length) {
            drawn->drawn.from[0] = zp_biff_16(head + HEAD_BYTES + 2);
            drawn->drawn.from[1] = zp_biff_16(head + HEAD_BYTES + 6);
            drawn->drawn.to[0] = zp_biff_16(head + HEAD_BYTES + 10);
            drawn->drawn.to[1] = zp_biff_16(head + HEAD_BYTES + 14);
        }
        at += length;
    }
}

void zp_xls_drawn_object(ZpXlsDrawn *drawn, const ZpBiff *biff)
{
    guint kind = biff->length >= 6 ? zp_biff_16(biff->data + 4) : 0;
    const guint32 *from = drawn->drawn.from;
    drawn->is_comment = kind == COMMENT;
    if (kind == PICTURE)
        zp_xlsx_list_add(&drawn->drawn.pictures, from[1], from[0]);
    else if (kind == CHART)
        zp_xlsx_list_add(&drawn->drawn.charts, from[1], from[0]);
}

void zp_xls_drawn_text(ZpXlsDrawn *drawn, ZpBiff *biff)
{
    guint count = zp_biff_16(biff->data + 10);
    ZpBiffCursor cursor = zp_biff_cursor(biff, biff->length);
    g_autoptr(GString) text = g_string_new(NULL);
    if (!count)
        return;
    zp_biff_characters(&cursor, count, text);
    if (drawn->is_comment) {
        g_string_append_printf(drawn->comments, " %s", text->str);
        return;
    }
    ZpXlsBox box = {.text = g_string_free(g_steal_pointer(&text), FALSE)};
    memcpy(box.from, drawn->drawn.from, sizeof box.from);
    memcpy(box.to, drawn->drawn.to, sizeof box.to);
    g_array_append_val(drawn->boxes, box);
}

/* A paragraph a line, as those of the newer workbooks are. */
static void emit_box(ZpXlsxDrawn *out, const ZpXlsBox *box, GError **error)
{
    memcpy(out->from, box->from, sizeof out->from);
    memcpy(out->to, box->to, sizeof out->to);
    out->is_said = false;
    g_auto(GStrv) lines = g_strsplit_set(box->text, "\r\n", -1);
    for (char **line = lines; *line && !*error; line++)
        zp_xlsx_drawn_line(out, *line, strlen(*line), error);
}

void zp_xls_drawn_emit(ZpXlsDrawn *drawn, ZpDocument *document, bool is_hidden, GError **error)
{
    ZpXlsxDrawn out = zp_xlsx_drawn_begin(document, is_hidden);
    out.pictures = drawn->drawn.pictures;
    out.charts = drawn->drawn.charts;
    for (guint k = 0; k < drawn->boxes->len && !*error; k++)
        emit_box(&out, &g_array_index(drawn->boxes, ZpXlsBox, k), error);
    zp_xlsx_remark_drawn(&out);
}
