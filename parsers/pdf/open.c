/*
 * open.c - whether a document may be opened: its password, its page tree; qpdf is asked before Poppler.
 */
#include "parsers/pdf/open.h"

#include "base/error.h"
#include "base/limits.h"

void pdf_set_locked_error(const char *password, GError **error)
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

PopplerDocument *pdf_open_text(GBytes *input, const char *password, GError **error)
{
    g_autoptr(GError) why = NULL;
    PopplerDocument *poppler = poppler_document_new_from_bytes(input, password, &why);
    if (poppler)
        return poppler;
    if (g_error_matches(why, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
        pdf_set_locked_error(password, error);
    else
        zp_error_set(error, ZP_ERROR_DAMAGED, "PDF 文件损坏，无法打开；请重新导出或重新下载",
                     "the PDF is damaged and cannot be opened; export or download it again");
    return NULL;
}

bool pdf_set_many_pages(const ZpLimits *limits, GError **error)
{
    zp_error_set(
        error, ZP_ERROR_LIMIT, "页数超过 ZP_LIMIT_PAGES（--max-pages，%u 页）；请拆成几个文件",
        "over ZP_LIMIT_PAGES (--max-pages, %u pages); split the file", page_tree_pages(limits));
    return false;
}

/* A page tree that was not walked to its end: Poppler would take every way through it. */
bool pdf_check_tree(const DrawingFile *drawing, const ZpLimits *limits, GError **error)
{
    switch (drawing ? drawing->tree.state : PAGE_TREE_SOUND) {
    case PAGE_TREE_MANY_PAGES:
        return pdf_set_many_pages(limits, error);
    case PAGE_TREE_TOO_DEEP:
        zp_error_set(error, ZP_ERROR_LIMIT,
                     "页面树的嵌套超过 ZP_LIMIT_PDF_TREE（--max-depth，%u 层）；请重新导出",
                     "the page tree is nested deeper than ZP_LIMIT_PDF_TREE (--max-depth, %u "
                     "nodes); export the document again",
                     page_tree_depth(limits));
        return false;
    case PAGE_TREE_TOO_LARGE:
        zp_error_set(error, ZP_ERROR_LIMIT,
                     "页面树的节点超过 ZP_LIMIT_PDF_NODES（%u 个）；请重新导出",
                     "the page tree has more than ZP_LIMIT_PDF_NODES (%u) nodes; export the "
                     "document again",
                     ZP_LIMIT_PDF_NODES);
        return false;
    default:
        return true;
    }
}

PopplerDocument *pdf_open(GBytes *input, const ZpReadOptions *options, GError **error)
{
    bool is_locked = false;
    g_autoptr(DrawingFile) drawing =
        drawing_open(input, options->password, options->limits, &is_locked);
    if (is_locked) {
        pdf_set_locked_error(options->password, error);
        return NULL;
    }
    g_autoptr(ZpDocument) document = zp_document_new_within(options->limits);
    if (!pdf_check_tree(drawing, &document->limits, error))
        return NULL;
    return pdf_open_text(input, drawing ? options->password : NULL, error);
}
