/*
 * mark.c - a PDF with highlights over the cells, each with a note: annotations (ISO 32000-1, 12.5.6), which
 * Poppler makes and saves behind the original's bytes, as an incremental update.
 *
 * What has no box of its own gets a note at the edge of its page.
 */
#include "parsers/pdf/module.h"

#include "base/error.h"
#include "parsers/mark.h"
#include "parsers/pdf/open.h"

#include <poppler.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Poppler 22.12 takes a reference to each annotation that it makes and never gives it back; the process that marks ends
 * behind the one file. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#else
#define __lsan_disable() (void)0
#define __lsan_enable()  (void)0
#endif

/* Notes at a page's edge: points from its corner and from each other. */
#define EDGE_PT         12
#define STEP_PT         24
#define ICON_PT         20
#define POPUP_WIDTH_PT  220
#define POPUP_HEIGHT_PT 120
/* White space around a value that a highlight covers, too. */
#define ROOM_PT 1

/* The red, green and blue of each tone. */
static const guint16 COLOURS[ZP_MARK_TONE_COUNT][3] = {
    {0x9900, 0xc600, 0xff00}, {0xff00, 0xd900, 0x6600}, {0xff00, 0x9900, 0x9900}};

typedef struct {
    PopplerDocument *poppler;
    const ZpMarks *marks;
    guint *n_edge;   /* notes at the edge, by page */
    GPtrArray *kept; /* pages and annotations, until the document is saved */
} Marking;

static void keep(const Marking *marking, gpointer object)
{
    g_ptr_array_add(marking->kept, object);
}

static PopplerAnnot *make_highlight(const Marking *marking, const PopplerRectangle *box)
{
    const PopplerPoint corners[] = {
        {box->x1, box->y2}, {box->x2, box->y2}, {box->x1, box->y1}, {box->x2, box->y1}};
    const PopplerQuadrilateral quad = {corners[0], corners[1], corners[2], corners[3]};
    g_autoptr(GArray) quads = g_array_new(FALSE, FALSE, sizeof(PopplerQuadrilateral));
    g_array_append_val(quads, quad);
    return poppler_annot_text_markup_new_highlight(marking->poppler, (PopplerRectangle *)box,
                                                   quads);
}

/* A note's icon at the page's edge. */
static PopplerAnnot *make_icon(const Marking *marking, guint page, double height,
                               PopplerRectangle *box)
{
    double x = EDGE_PT + STEP_PT * (double)(marking->n_edge[page]++ % 20);
    *box = (PopplerRectangle){x, height - EDGE_PT - ICON_PT, x + ICON_PT, height - EDGE_PT};
    return poppler_annot_text_new(marking->poppler, box);
}

static void say(const Marking *marking, PopplerAnnot *annot, const ZpMark *mark,
                const PopplerRectangle *box)
{
    PopplerRectangle popup = {box->x2, box->y1 - POPUP_HEIGHT_PT, box->x2 + POPUP_WIDTH_PT,
                              box->y1};
    PopplerColor colour = {COLOURS[mark->tone][0], COLOURS[mark->tone][1], COLOURS[mark->tone][2]};
    g_autofree char *text = g_strdup_printf("%s\n%s", mark->where, mark->text);
    poppler_annot_set_contents(annot, text);
    poppler_annot_set_color(annot, &colour);
    poppler_annot_set_flags(annot, POPPLER_ANNOT_FLAG_PRINT);
    poppler_annot_markup_set_label(POPPLER_ANNOT_MARKUP(annot), marking->marks->author);
    poppler_annot_markup_set_popup(POPPLER_ANNOT_MARKUP(annot), &popup);
    poppler_annot_markup_set_popup_is_open(POPPLER_ANNOT_MARKUP(annot), FALSE);
}

static bool mark_one(const Marking *marking, const ZpMark *mark)
{
    guint n = (guint)MAX(poppler_document_get_n_pages(marking->poppler), 0);
    guint page = mark->at.page > 0 && mark->at.page <= n ? mark->at.page - 1 : 0;
    PopplerPage *poppler = poppler_document_get_page(marking->poppler, (int)page);
    double width, height;
    if (!poppler)
        return false;
    keep(marking, poppler);
    poppler_page_get_size(poppler, &width, &height);
    const ZpBox *at = &mark->at.box;
    PopplerRectangle box = {at->x0 - ROOM_PT, height - at->y1 - ROOM_PT, at->x1 + ROOM_PT,
                            height - at->y0 + ROOM_PT};
    bool has_box = mark->at.page == page + 1 && at->x1 > at->x0 && at->y1 > at->y0;
    __lsan_disable();
    PopplerAnnot *annot =
        has_box ? make_highlight(marking, &box) : make_icon(marking, page, height, &box);
    keep(marking, annot);
    say(marking, annot, mark, &box);
    poppler_page_add_annot(poppler, annot);
    __lsan_enable();
    return true;
}

/* What was written to the file in memory. */
static GBytes *read_scratch(int fd)
{
    off_t size = lseek(fd, 0, SEEK_END);
    if (size <= 0 || lseek(fd, 0, SEEK_SET) != 0)
        return NULL;
    guint8 *data = g_malloc((gsize)size);
    for (gsize done = 0; done < (gsize)size;) {
        gssize n = read(fd, data + done, (gsize)size - done);
        if (n <= 0) {
            g_free(data);
            return NULL;
        }
        done += (gsize)n;
    }
    return g_bytes_new_take(data, (gsize)size);
}

static bool begins_with(GBytes *copy, GBytes *original)
{
    gsize size, begin;
    const char *data = g_bytes_get_data(copy, &size), *first = g_bytes_get_data(original, &begin);
    return size > begin && memcmp(data, first, begin) == 0;
}

static void unref_document(PopplerDocument **document)
{
    g_clear_object(document);
}

GBytes *pdf_mark(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options, GError **error)
{
    __attribute__((cleanup(unref_document))) PopplerDocument *poppler =
        pdf_open(input, options, error);
    if (!poppler)
        return NULL;
    if (poppler_document_get_n_signatures(poppler) > 0 && !marks->force)
        return zp_mark_set_signed(error);
    g_autofree guint *n_edge = g_new0(guint, (gsize)MAX(poppler_document_get_n_pages(poppler), 1));
    g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(g_object_unref);
    const Marking marking = {poppler, marks, n_edge, kept};
    for (guint k = 0; k < marks->marks->len; k++)
        mark_one(&marking, g_ptr_array_index(marks->marks, k));
    g_autoptr(GError) why = NULL;
    int fd = dup(marking.marks->scratch);
    bool done = fd >= 0 && poppler_document_save_to_fd(marking.poppler, fd, TRUE, &why) &&
                fflush(NULL) == 0; /* Poppler 22.12 leaves its stream as it is, the end unwritten */
    g_autoptr(GBytes) copy = done ? read_scratch(marking.marks->scratch) : NULL;
    if (copy && begins_with(copy, input))
        return g_steal_pointer(&copy);
    zp_error_set(error, ZP_ERROR_KIND,
                 "这份 PDF 不能在不改动原有内容的情况下加上标注；请重新导出后再试",
                 "this PDF cannot be marked without changing what is there; export it again");
    return NULL;
}
