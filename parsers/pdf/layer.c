/*
 * layer.c - lines of a picture as text in render mode 3 (ISO 32000-1, 9.3.6), by qpdf.
 *
 *     page      /Contents [ q | the page as it was | Q and the lines ]   /Resources /Font /ZipingSeen
 *     a line    a b c d e f Tm <0031002E> Tj        one em along a b, its height along c d
 *
 * The font has no glyphs: its codes are Unicode's own (UTF-16, which its ToUnicode says), a Latin character is half
 * as wide as a Chinese one, and each line's matrix stretches its text over the line.
 */
#include "parsers/pdf/layer.h"

#include "base/error.h"
#include "base/limits.h"

#include <qpdf/qpdf-c.h>
#include <string.h>

#define FONT "/ZipingSeen"
/* Of a line's height: how far its characters stand above its lower edge. */
#define BASE 0.15

static const char TO_UNICODE[] =
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    "1 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange\n"
    "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";

/* Widths: printable ASCII half of the rest. */
static const char FONT_TEXT[] =
    "<< /Type /Font /Subtype /Type0 /BaseFont /ZipingSeen /Encoding /Identity-H /DescendantFonts [ "
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ZipingSeen /CIDToGIDMap /Identity /DW 1000 "
    "/W [ 32 126 500 ] /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
    "/FontDescriptor << /Type /FontDescriptor /FontName /ZipingSeen /Flags 4 /FontBBox [ 0 -200 "
    "1000 800 ] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 800 /StemV 80 >> >> ] >>";

/* A page's way from points of its shown upper left corner to its own. */
typedef struct {
    double left, bottom, right, top;
    int turn; /* 0, 90, 180, 270 clockwise */
} PageFrame;

static void to_page(const PageFrame *frame, float u, float v, double *x, double *y)
{
    switch (frame->turn) {
    case 90:
        *x = frame->left + (double)v;
        *y = frame->bottom + (double)u;
        break;
    case 180:
        *x = frame->right - (double)u;
        *y = frame->bottom + (double)v;
        break;
    case 270:
        *x = frame->right - (double)v;
        *y = frame->top - (double)u;
        break;
    default:
        *x = frame->left + (double)u;
        *y = frame->top - (double)v;
        break;
    }
}

/* A key of the page or of the nodes above it. */
static qpdf_oh inherited(qpdf_data qpdf, qpdf_oh page, const char *key)
{
    for (guint k = 0; k < ZP_LIMIT_PDF_TREE && qpdf_oh_is_dictionary(qpdf, page); k++) {
        if (qpdf_oh_has_key(qpdf, page, key))
            return qpdf_oh_get_key(qpdf, page, key);
        page = qpdf_oh_get_key(qpdf, page, "/Parent");
    }
    return qpdf_oh_new_null(qpdf);
}

static bool read_box(qpdf_data qpdf, qpdf_oh box, PageFrame *frame)
{
    double sides[4];
    if (!qpdf_oh_is_array(qpdf, box) || qpdf_oh_get_array_n_items(qpdf, box) != 4)
        return false;
    for (int k = 0; k < 4; k++) {
        qpdf_oh side = qpdf_oh_get_array_item(qpdf, box, k);
        if (!qpdf_oh_is_number(qpdf, side))
            return false;
        sides[k] = qpdf_oh_get_numeric_value(qpdf, side);
    }
    frame->left = MIN(sides[0], sides[2]);
    frame->right = MAX(sides[0], sides[2]);
    frame->bottom = MIN(sides[1], sides[3]);
    frame->top = MAX(sides[1], sides[3]);
    return true;
}

static PageFrame frame_of(qpdf_data qpdf, qpdf_oh page)
{
    PageFrame frame = {0, 0, 612, 792, 0}, crop;
    qpdf_oh turn = inherited(qpdf, page, "/Rotate");
    read_box(qpdf, inherited(qpdf, page, "/MediaBox"), &frame);
    if (read_box(qpdf, inherited(qpdf, page, "/CropBox"), &crop)) {
        /* What is shown of a page is what both boxes hold. */
        crop.left = MAX(crop.left, frame.left);
        crop.bottom = MAX(crop.bottom, frame.bottom);
        crop.right = MIN(crop.right, frame.right);
        crop.top = MIN(crop.top, frame.top);
        if (crop.left < crop.right && crop.bottom < crop.top)
            frame = crop;
    }
    frame.turn = qpdf_oh_is_integer(qpdf, turn)
                     ? ((qpdf_oh_get_int_value_as_int(qpdf, turn) % 360) + 360) % 360
                     : 0;
    return frame;
}

/* Its codes, and how many ems they are; characters beyond UTF-16's first plane have none. */
static double append_codes(GString *out, const char *text)
{
    guint halves = 0;
    g_string_append_c(out, '<');
    for (; *text; text = g_utf8_next_char(text)) {
        gunichar c = g_utf8_get_char(text);
        if (c > 0xFFFF)
            continue;
        g_string_append_printf(out, "%04X", c);
        halves += c >= 32 && c <= 126 ? 1 : 2;
    }
    g_string_append_c(out, '>');
    return halves / 2.0;
}

static void append_number(GString *out, double number)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append(out, g_ascii_formatd(text, sizeof text, "%.4f", number));
    g_string_append_c(out, ' ');
}

static void append_line(GString *out, const PageFrame *frame, const ZpSeenLine *line)
{
    g_autoptr(GString) codes = g_string_new(NULL);
    double x0, y0, x1, y1, x2, y2, ems = append_codes(codes, line->text);
    to_page(frame, line->foot.x0, line->foot.y0, &x0, &y0);
    to_page(frame, line->foot.x1, line->foot.y1, &x1, &y1);
    to_page(frame, line->rise.x1, line->rise.y1, &x2, &y2);
    if (ems <= 0)
        return;
    const double numbers[] = {(x1 - x0) / ems, (y1 - y0) / ems,       x2 - x0,
                              y2 - y0,         x0 + BASE * (x2 - x0), y0 + BASE * (y2 - y0)};
    for (gsize k = 0; k < G_N_ELEMENTS(numbers); k++)
        append_number(out, numbers[k]);
    g_string_append_printf(out, "Tm %s Tj\n", codes->str);
}

static qpdf_oh make_stream(qpdf_data qpdf, const char *text, gsize length)
{
    qpdf_oh stream = qpdf_oh_new_stream(qpdf), null = qpdf_oh_new_null(qpdf);
    qpdf_oh_replace_stream_data(qpdf, stream, (const unsigned char *)text, length, null, null);
    return stream;
}

/* A dictionary of its own for the page: others may share the one that it has. */
static qpdf_oh own_dictionary(qpdf_data qpdf, qpdf_oh holder, const char *key, qpdf_oh was)
{
    qpdf_oh own = qpdf_oh_new_dictionary(qpdf);
    if (qpdf_oh_is_dictionary(qpdf, was)) {
        qpdf_oh_begin_dict_key_iter(qpdf, was);
        while (qpdf_oh_dict_more_keys(qpdf)) {
            const char *name = qpdf_oh_dict_next_key(qpdf);
            qpdf_oh_replace_key(qpdf, own, name, qpdf_oh_get_key(qpdf, was, name));
        }
    }
    qpdf_oh_replace_key(qpdf, holder, key, own);
    return own;
}

static void add_page(qpdf_data qpdf, guint32 number, const GArray *lines, qpdf_oh font)
{
    qpdf_oh page = qpdf_get_page_n(qpdf, number - 1);
    PageFrame frame = frame_of(qpdf, page);
    g_autoptr(GString) text = g_string_new("\nQ\nq\nBT\n3 Tr\n" FONT " 1 Tf\n");
    for (guint k = 0; k < lines->len; k++) {
        const ZpSeenLine *line = &g_array_index(lines, ZpSeenLine, k);
        if (line->page == number)
            append_line(text, &frame, line);
    }
    g_string_append(text, "ET\nQ\n");
    /* The page's own contents between q and Q, so that no state of theirs is left; then the lines. */
    qpdf_oh was = qpdf_oh_get_key(qpdf, page, "/Contents"), all = qpdf_oh_new_array(qpdf);
    qpdf_oh_append_item(qpdf, all, make_stream(qpdf, "q\n", 2));
    if (qpdf_oh_is_array(qpdf, was)) {
        for (int k = 0; k < qpdf_oh_get_array_n_items(qpdf, was); k++)
            qpdf_oh_append_item(qpdf, all, qpdf_oh_get_array_item(qpdf, was, k));
    } else if (qpdf_oh_is_stream(qpdf, was)) {
        qpdf_oh_append_item(qpdf, all, was);
    }
    qpdf_oh_append_item(qpdf, all, make_stream(qpdf, text->str, text->len));
    qpdf_oh_replace_key(qpdf, page, "/Contents", all);
    qpdf_oh resources =
        own_dictionary(qpdf, page, "/Resources", inherited(qpdf, page, "/Resources"));
    qpdf_oh fonts =
        own_dictionary(qpdf, resources, "/Font", qpdf_oh_get_key(qpdf, resources, "/Font"));
    qpdf_oh_replace_key(qpdf, fonts, FONT, font);
}

static bool has_lines(const GArray *lines, guint32 page)
{
    for (guint k = 0; k < lines->len; k++) {
        if (g_array_index(lines, ZpSeenLine, k).page == page)
            return true;
    }
    return false;
}

static GBytes *write_copy(qpdf_data qpdf)
{
    if (qpdf_init_write_memory(qpdf) & QPDF_ERRORS)
        return NULL;
    qpdf_set_deterministic_ID(qpdf, QPDF_TRUE);
    if (qpdf_write(qpdf) & QPDF_ERRORS)
        return NULL;
    return g_bytes_new(qpdf_get_buffer(qpdf), qpdf_get_buffer_length(qpdf));
}

static bool set_error(GError **error)
{
    zp_error_set(error, ZP_ERROR_OUTPUT, "这个 PDF 加不上文字层",
                 "this PDF does not take a text layer");
    return false;
}

GBytes *pdf_add_lines(GBytes *input, const GArray *lines, const ZpReadOptions *options,
                      GError **error)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(input, &size);
    qpdf_data qpdf = qpdf_init();
    qpdf_set_suppress_warnings(qpdf, QPDF_TRUE);
    qpdf_silence_errors(qpdf);
    GBytes *copy = NULL;
    if (!(qpdf_read_memory(qpdf, "input", data, size, options ? options->password : NULL) &
          QPDF_ERRORS)) {
        qpdf_oh font = qpdf_oh_parse(qpdf, FONT_TEXT);
        qpdf_oh unicode = make_stream(qpdf, TO_UNICODE, strlen(TO_UNICODE));
        qpdf_oh_replace_key(qpdf, font, "/ToUnicode", qpdf_make_indirect_object(qpdf, unicode));
        font = qpdf_make_indirect_object(qpdf, font);
        int n = qpdf_get_num_pages(qpdf);
        for (int k = 0; k < n; k++) {
            if (has_lines(lines, (guint32)k + 1))
                add_page(qpdf, (guint32)k + 1, lines, font);
        }
        copy = write_copy(qpdf);
    }
    if (qpdf_has_error(qpdf))
        qpdf_get_error(qpdf); /* else it prints it */
    if (!copy)
        set_error(error);
    qpdf_cleanup(&qpdf);
    return copy;
}
