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
#include "parsers/pdf/page.h"

#include <string.h>

/* A scan's page may show a space or two as text. */
#define PICTURE_CODES 16

/* What reading all pages found out. */
typedef struct {
    ZpDocument *document;
    PopplerDocument *poppler;
    DrawingFile *drawing; /* (nullable) */
    bool was_runs;
} Reading;

static void set_locked_error(const char *password, GError **error)
{
    if (password)
        zp_error_set(error, ZP_ERROR_ENCRYPTED, "PDF 有打开密码，给出的密码不对；请核对密码文件",
                     "the PDF needs a password to be opened, and the one given is not it");
    else
        zp_error_set(error, ZP_ERROR_ENCRYPTED,
                     "PDF 有打开密码；请用 --password-file 给出密码，或去掉密码后重试",
                     "the PDF needs a password to be opened; give it with --password-file, or "
                     "remove it");
}

static PopplerDocument *open_text(GBytes *input, const char *password, GError **error)
{
    g_autoptr(GError) why = NULL;
    PopplerDocument *poppler = poppler_document_new_from_bytes(input, password, &why);
    if (poppler)
        return poppler;
    if (g_error_matches(why, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
        set_locked_error(password, error);
    else
        zp_error_set(error, ZP_ERROR_DAMAGED, "PDF 文件损坏，无法打开；请重新导出或重新下载",
                     "the PDF is damaged and cannot be opened; export or download it again");
    return NULL;
}

static void lose(Reading *reading, guint page, ZpLossKind kind, const char *zh, const char *en)
{
    const ZpPlace at = {.page = page};
    zp_document_add_loss(reading->document, kind, &at, zh, en);
}

/* A page without a character: blank, a picture, or text in fonts that say nothing. */
static void judge_empty_page(Reading *reading, guint page, const PageDrawing *drawing)
{
    if (drawing->n_codes > (drawing->has_picture ? PICTURE_CODES : 0)) {
        g_autofree char *zh = g_strdup_printf(
            "第 %u 页的字体没有可用的字符映射，文字读不出来；请安装 poppler-data，或重新导出",
            page);
        g_autofree char *en = g_strdup_printf("the fonts of page %u have no usable character map, "
                                              "so its text cannot be read; install poppler-data, "
                                              "or export the document again",
                                              page);
        lose(reading, page, ZP_LOSS_UNMAPPED_GLYPHS, zh, en);
    } else if (drawing->has_picture) {
        g_autofree char *zh =
            g_strdup_printf("第 %u 页没有文字层（扫描件或图片）；请先做文字识别", page);
        g_autofree char *en = g_strdup_printf("page %u has no text layer (a scan or a picture); "
                                              "run text recognition first",
                                              page);
        lose(reading, page, ZP_LOSS_NO_TEXT_LAYER, zh, en);
    }
}

static void drawing_clear(PageDrawing *drawing)
{
    marks_free(drawing->marks);
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
    if (!page_init(&page, reading->document, k + 1, poppler, error))
        return false;
    if (!page.glyphs->len) {
        judge_empty_page(reading, k + 1, &drawing);
        return true;
    }
    page.was_runs = reading->was_runs;
    bool ok = page_read(&page, has_drawing ? &drawing : NULL, error);
    reading->was_runs = page.was_runs;
    return ok;
}

static bool read_pages(Reading *reading, GError **error)
{
    int n = poppler_document_get_n_pages(reading->poppler);
    guint most = (guint)zp_limits_get(&reading->document->limits, ZP_BOUND_PAGES);
    if (n > (int)most) {
        zp_error_set(error, ZP_ERROR_LIMIT,
                     "页数超过 ZP_LIMIT_PDF_PAGES（--max-pages，%u 页）；请拆成几个文件",
                     "over ZP_LIMIT_PDF_PAGES (--max-pages, %u pages); split the file", most);
        return false;
    }
    for (int k = 0; k < n; k++) {
        if (!read_page(reading, (guint)k, error))
            return false;
    }
    return true;
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
    g_autoptr(DrawingFile) drawing = drawing_open(input, options->password, &is_locked);
    if (is_locked) {
        set_locked_error(options->password, error);
        return NULL;
    }
    /* Poppler 22.12 crashes on a wrong password, so it gets one only when qpdf took it. */
    __attribute__((cleanup(release_document))) PopplerDocument *poppler =
        open_text(input, drawing ? options->password : NULL, error);
    if (!poppler)
        return NULL;
    g_autoptr(ZpDocument) document = zp_document_new_within(options->limits);
    if (drawing)
        drawing->depth_max = zp_limits_depth(options->limits, drawing->depth_max);
    Reading reading = {.document = document, .poppler = poppler, .drawing = drawing};
    if (!check_readable(&reading, error) || !read_pages(&reading, error))
        return NULL;
    return g_steal_pointer(&document);
}

const ZpPdfModule zp_pdf_module = {ZP_VERSION, read_pdf};
