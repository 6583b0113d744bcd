/*
 * pages.c - what is seen of a page, what an empty one is, and texts that a page break cuts.
 */
#include "parsers/print/pages.h"

/* The part of a page that pictures take of one that is read from them. */
#define PICTURE_PART 0.5
/* A scan's page may show a space or two as text. */
#define PICTURE_CODES 16

Pages pages_begin(ZpDocument *document)
{
    return (Pages){.document = document, .cut = g_array_new(FALSE, FALSE, sizeof(CutText))};
}

void pages_clear(Pages *pages)
{
    g_clear_pointer(&pages->before, g_array_unref);
    g_clear_pointer(&pages->cut, g_array_unref);
}

static void lose(Pages *pages, guint page, ZpLossKind kind, const char *zh, const char *en)
{
    const ZpPlace at = {.page = page};
    zp_document_add_loss(pages->document, kind, &at, zh, en);
}

/* A page without a character: blank, a picture, or text in fonts that say nothing. */
static void judge_empty_page(Pages *pages, Page *page, const PageDrawing *drawing)
{
    if (drawing->n_codes > (drawing->has_picture ? PICTURE_CODES : 0)) {
        g_autofree char *zh = g_strdup_printf(
            "第 %u 页的字体没有可用的字符映射，文字读不出来；请安装 poppler-data，或重新导出",
            page->number);
        g_autofree char *en = g_strdup_printf("the fonts of page %u have no usable character map, "
                                              "so its text cannot be read; install poppler-data, "
                                              "or export the document again",
                                              page->number);
        lose(pages, page->number, ZP_LOSS_UNMAPPED_GLYPHS, zh, en);
    } else if (drawing->has_picture) {
        g_autofree char *zh =
            g_strdup_printf("第 %u 页没有文字层（扫描件或图片）；请先做文字识别", page->number);
        g_autofree char *en = g_strdup_printf("page %u has no text layer (a scan or a picture); "
                                              "run text recognition first",
                                              page->number);
        lose(pages, page->number, ZP_LOSS_NO_TEXT_LAYER, zh, en);
        page->needs_picture = true;
    }
}

bool pages_add(Pages *pages, Page *page, PageDrawing *drawing, GError **error)
{
    if (drawing && pages->is_all_pictures && drawing->drawn->picture >= PICTURE_PART) {
        page->needs_picture = true;
        return true;
    }
    if (drawing) {
        /* Leaves out what nobody sees.  A text that a page break cuts away is seen on the page before or after. */
        page_see(page, drawing);
        cut_drop_seen(pages->cut, page->glyphs);
        cut_note(pages->cut, pages->document);
        cut_drop_seen(page->cut, pages->before);
        g_clear_pointer(&pages->before, g_array_unref);
        pages->before = g_array_ref(page->glyphs);
        g_array_unref(pages->cut);
        pages->cut = g_steal_pointer(&page->cut);
    }
    if (!page->glyphs->len) {
        bool has_unseen = drawing && drawing->drawn->n_unseen;
        if (drawing && drawing->is_cut)
            page_lose_drawing(page);
        else if (drawing && !drawing->is_lost && !page->is_scan && !has_unseen)
            judge_empty_page(pages, page, drawing);
        return true;
    }
    page->was_runs = pages->was_runs;
    bool ok = page_read(page, drawing, error);
    pages->was_runs = page->was_runs;
    return ok;
}

void pages_end(Pages *pages)
{
    cut_note(pages->cut, pages->document);
}
