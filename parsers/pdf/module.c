/*
 * module.c - a PDF document from bytes to tables, page by page.
 *
 * Poppler gives the text, qpdf the drawing; each opens the same bytes by itself.  A page that
 * cannot be read is named in a loss and the others go on; a page of pictures is named as one that
 * needs text recognition.
 */
#include "parsers/pdf/module.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/image/image.h"
#include "parsers/pdf/characters.h"
#include "parsers/pdf/content.h"
#include "parsers/pdf/layer.h"
#include "parsers/pdf/open.h"
#include "parsers/pdf/scan.h"
#include "parsers/print/pages.h"

#include <gmodule.h>

/* What reading all pages found out. */
typedef struct {
    ZpDocument *document;
    PopplerDocument *poppler;
    DrawingFile *drawing; /* (nullable) */
    Pages pages;
} Reading;

static void lose(Reading *reading, guint page, ZpLossKind kind, const char *zh, const char *en)
{
    const ZpPlace at = {.page = page};
    zp_document_add_loss(reading->document, kind, &at, zh, en);
}

static void release_page(PopplerPage **page)
{
    g_clear_object(page);
}

static void release_document(PopplerDocument **document)
{
    g_clear_object(document);
}

static void lose_page(Reading *reading, guint page)
{
    g_autofree char *zh = g_strdup_printf("第 %u 页损坏，读不出来", page);
    g_autofree char *en = g_strdup_printf("page %u is damaged and cannot be read", page);
    lose(reading, page, ZP_LOSS_LOST_CONTENT, zh, en);
}

/* Poppler would unpack it all, however long that takes. */
static void lose_large_page(Reading *reading, guint page)
{
    g_autofree char *zh =
        g_strdup_printf("第 %u 页的内容解压后超过 ZP_LIMIT_PDF_CONTENT_BYTES（%u 字节）或嵌套超过 "
                        "ZP_LIMIT_PDF_TREE，没有读入",
                        page, ZP_LIMIT_PDF_CONTENT_BYTES);
    g_autofree char *en = g_strdup_printf(
        "what page %u draws unpacks to more than ZP_LIMIT_PDF_CONTENT_BYTES (%u bytes), or is "
        "nested deeper than ZP_LIMIT_PDF_TREE; it was not read",
        page, ZP_LIMIT_PDF_CONTENT_BYTES);
    lose(reading, page, ZP_LOSS_LOST_CONTENT, zh, en);
}

/* Content that is damaged or missing: what can be read of the page is read. */
static void lose_content(Reading *reading, guint page)
{
    g_autofree char *zh = g_strdup_printf(
        "第 %u 页的内容有损坏或缺失（数据流解不开或找不到），可能有表格或文字没有读到；请重新导出",
        page);
    g_autofree char *en =
        g_strdup_printf("some content of page %u is damaged or missing (a stream that cannot be "
                        "decoded or found), so "
                        "tables or text of it may be lost; export the document again",
                        page);
    lose(reading, page, ZP_LOSS_LOST_CONTENT, zh, en);
}

/* A page that is a picture: read from it where that is wanted and can be, and else it stays a loss. */
static bool read_scan(Reading *reading, PopplerPage *poppler, guint number, bool has_loss,
                      GError **error)
{
    if (!zp_image_is_wanted())
        return true;
    if (!zp_image_is_loaded()) {
        reading->document->needs_pictures = true;
        return true;
    }
    if (has_loss)
        zp_document_drop_loss(reading->document);
    return scan_read(poppler, reading->document, number, error);
}

static bool read_page(Reading *reading, guint k, GError **error)
{
    __attribute__((cleanup(drawing_clear))) PageDrawing drawing = {0};
    __attribute__((cleanup(page_clear))) Page page = {0};
    __attribute__((cleanup(release_page))) PopplerPage *poppler =
        poppler_document_get_page(reading->poppler, (int)k);
    if (!poppler) {
        lose_page(reading, k + 1);
        return true;
    }
    bool has_drawing = reading->drawing && drawing_read_page(reading->drawing, k, &drawing);
    if (drawing.is_too_large) {
        lose_large_page(reading, k + 1);
        return true;
    }
    if (drawing.is_lost)
        lose_content(reading, k + 1);
    double width, height;
    poppler_page_get_size(poppler, &width, &height);
    guint n_unmapped = 0;
    GArray *glyphs = characters_read(poppler, &n_unmapped);
    if (!page_init(&page, reading->document, k + 1, (float)width, (float)height, glyphs, error))
        return false;
    page.n_unmapped = n_unmapped;
    guint n_losses = reading->document->losses->len;
    if (!pages_add(&reading->pages, &page, has_drawing ? &drawing : NULL, error))
        return false;
    bool has_loss = reading->document->losses->len > n_losses;
    return !page.needs_picture || read_scan(reading, poppler, k + 1, has_loss, error);
}

/* Whether Poppler has a page that the tree has not. */
static bool has_page(const Reading *reading, guint k)
{
    __attribute__((cleanup(release_page))) PopplerPage *page =
        poppler_document_get_page(reading->poppler, (int)k);
    return page != NULL;
}

static bool read_pages(Reading *reading, GError **error)
{
    int n = poppler_document_get_n_pages(reading->poppler);
    guint n_counted = (guint)MAX(n, 0);
    guint n_found = reading->drawing ? reading->drawing->tree.pages->len : n_counted;
    if (n_counted > page_tree_pages(&reading->document->limits))
        return pdf_set_many_pages(&reading->document->limits, error);
    for (guint k = 0; k < n_counted; k++) {
        if (k >= n_found && !has_page(reading, k)) {
            /* Pages that are counted, and are not there. */
            g_autofree char *zh =
                g_strdup_printf("页面树的 /Count 说有 %u 页，只找到 %u 页", n_counted, n_found);
            g_autofree char *en = g_strdup_printf(
                "the page tree's /Count says %u pages, and there are only %u", n_counted, n_found);
            lose(reading, n_found + 1, ZP_LOSS_LOST_CONTENT, zh, en);
            break;
        }
        if (!read_page(reading, k, error))
            return false;
    }
    if (n_found > n_counted) {
        /* Pages that are there, but behind as many as the tree says it has: no viewer goes on so far. */
        g_autofree char *zh = g_strdup_printf(
            "页面树的 /Count 说有 %u 页，实有 %u 页；第 %u 页起没有读入，请重新导出", n_counted,
            n_found, n_counted + 1);
        g_autofree char *en = g_strdup_printf(
            "the page tree's /Count says %u pages, and there are %u; from page %u on "
            "they were not read; export the document again",
            n_counted, n_found, n_counted + 1);
        lose(reading, n_counted + 1, ZP_LOSS_LOST_CONTENT, zh, en);
    }
    if (reading->drawing && reading->drawing->tree.state == PAGE_TREE_ROUND)
        lose(reading, 0, ZP_LOSS_LOST_CONTENT, "页面树有一处指回自己，那里的内容没有读入",
             "the page tree leads back to itself; what should be there was not read");
    return true;
}

static void reading_clear(Reading *reading)
{
    pages_clear(&reading->pages);
}

static bool check_readable(const Reading *reading, GError **error)
{
    if (!reading->drawing || !reading->drawing->is_xfa)
        return true;
    zp_error_set(error, ZP_ERROR_KIND,
                 "这是动态 XFA 表单，内容不在页面里；请用 Adobe Reader 打印成 PDF",
                 "this is a dynamic XFA form, whose content is not in its pages; print it to PDF "
                 "with Adobe Reader");
    return false;
}

static ZpDocument *read_pdf(GBytes *input, const ZpReadOptions *options, GError **error)
{
    bool is_locked = false;
    g_autoptr(DrawingFile) drawing =
        drawing_open(input, options->password, options->limits, &is_locked);
    if (is_locked) {
        pdf_set_locked_error(options->password, error);
        return NULL;
    }
    g_autoptr(ZpDocument) document = zp_document_new_within(options->limits);
    if (options->wants_lines)
        document->lines = g_array_new(FALSE, FALSE, sizeof(ZpSeenLine));
    __attribute__((cleanup(reading_clear))) Reading reading = {
        .document = document,
        .drawing = drawing,
        .pages = pages_begin(document),
    };
    reading.pages.is_all_pictures = zp_image_is_wanted() && zp_image_mode() == ZP_OCR_ALWAYS;
    if (!pdf_check_tree(drawing, &document->limits, error))
        return NULL;
    /* Poppler 22.12 crashes on a wrong password, so it gets one only when qpdf took it. */
    __attribute__((cleanup(release_document))) PopplerDocument *poppler =
        pdf_open_text(input, drawing ? options->password : NULL, error);
    if (!poppler)
        return NULL;
    reading.poppler = poppler;
    if (!check_readable(&reading, error) || !read_pages(&reading, error))
        return NULL;
    pages_end(&reading.pages);
    return g_steal_pointer(&document);
}

G_MODULE_EXPORT const ZpPdfModule zp_pdf_module = {ZP_VERSION, read_pdf, pdf_mark, pdf_add_lines};
