/*
 * drawn.c - what is drawn on a sheet: boxes with text, pictures, charts, comments.
 *
 *     MSODRAWING   nested boxes of the drawing's own format; a shape (0xF00A), its properties (0xF00B), its anchor (0xF010)
 *     OBJ          what it is: 06 a text box, 08 a picture, 05 a chart, 19 a comment
 *     TXO          its text follows in a record of its own
 *
 * Source: MS-XLS 2.4.181 (Obj), 2.4.329 (TxO), MS-ODRAW 2.2, 2.3.4.44 (hidden).
 */
#include "parsers/xls/private.h"

#include <string.h>

enum { CHART = 0x05, PICTURE = 0x08, COMMENT = 0x19 };

#define HEAD_BYTES   8
#define SHAPE        0xF00A
#define PROPERTIES   0xF00B
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

/* Properties are their number and a value each; the one of the group says what is hidden, where it says so at all. */
static bool is_hidden(const guint8 *properties, gsize length)
{
    enum { NUMBER = 0x03BF, HIDDEN = 0x00020002, PROPERTY_BYTES = 6 };
    for (gsize at = 0; at + PROPERTY_BYTES <= length; at += PROPERTY_BYTES) {
        if (zp_biff_16(properties + at) == NUMBER)
            return (zp_biff_32(properties + at + 2) & HIDDEN) == HIDDEN;
    }
    return false;
}

/* The last shape and anchor of a record are those of the object behind it. */
void zp_xls_drawn_anchor(ZpXlsDrawn *drawn, const ZpBiff *biff)
{
    for (gsize at = 0; at + HEAD_BYTES <= biff->length;) {
        const guint8 *head = biff->data + at;
        bool is_container = (head[0] & CONTAINER) == CONTAINER;
        gsize length = zp_biff_32(head + 4);
        at += HEAD_BYTES;
        if (is_container)
            continue;
        guint kind = zp_biff_16(head + 2);
        if (kind == SHAPE)
            drawn->at.is_hidden = false;
        else if (kind == PROPERTIES)
            drawn->at.is_hidden = is_hidden(head + HEAD_BYTES, MIN(length, biff->length - at));
        else if (kind == ANCHOR && at + ANCHOR_BYTES <= biff->length) {
            drawn->at.from[0] = zp_biff_16(head + HEAD_BYTES + 2);
            drawn->at.from[1] = zp_biff_16(head + HEAD_BYTES + 6);
            drawn->at.to[0] = zp_biff_16(head + HEAD_BYTES + 10);
            drawn->at.to[1] = zp_biff_16(head + HEAD_BYTES + 14);
            drawn->at.enters[0] = zp_biff_16(head + HEAD_BYTES + 12) != 0;
            drawn->at.enters[1] = zp_biff_16(head + HEAD_BYTES + 16) != 0;
        }
        at += length;
    }
}

void zp_xls_drawn_object(ZpXlsDrawn *drawn, const ZpBiff *biff)
{
    drawn->kind = biff->length >= 6 ? zp_biff_16(biff->data + 4) : 0;
    if (drawn->kind == PICTURE || drawn->kind == CHART) {
        ZpXlsBox box = {.at = drawn->at, .kind = drawn->kind};
        g_array_append_val(drawn->boxes, box);
    }
}

void zp_xls_drawn_text(ZpXlsDrawn *drawn, ZpBiff *biff)
{
    guint count = zp_biff_16(biff->data + 10);
    ZpBiffCursor cursor = zp_biff_cursor(biff, biff->length);
    g_autoptr(GString) text = g_string_new(NULL);
    if (!count)
        return;
    zp_biff_characters(&cursor, count, text);
    if (drawn->kind == COMMENT) {
        g_string_append_printf(drawn->comments, " %s", text->str);
        return;
    }
    ZpXlsBox box = {.at = drawn->at, .text = g_string_free(g_steal_pointer(&text), FALSE)};
    g_array_append_val(drawn->boxes, box);
}

/* A paragraph a line, as those of the newer workbooks are. */
static void emit_box(ZpXlsxDrawn *out, const ZpXlsBox *box, GError **error)
{
    out->at = box->at;
    out->is_said = false;
    if (!box->text) {
        if (zp_xlsx_drawn_is_seen(out))
            zp_xlsx_list_add(box->kind == PICTURE ? &out->pictures : &out->charts, out->at.from[1],
                             out->at.from[0]);
        return;
    }
    g_auto(GStrv) lines = g_strsplit_set(box->text, "\r\n", -1);
    for (char **line = lines; *line && !*error; line++)
        zp_xlsx_drawn_line(out, *line, strlen(*line), error);
}

void zp_xls_drawn_emit(ZpXlsDrawn *drawn, ZpDocument *document, const ZpXlsxLay *lay,
                       GError **error)
{
    ZpXlsxDrawn out = zp_xlsx_drawn_begin(document, lay);
    for (guint k = 0; k < drawn->boxes->len && !*error; k++)
        emit_box(&out, &g_array_index(drawn->boxes, ZpXlsBox, k), error);
    zp_xlsx_remark_drawn(&out);
}
