/*
 * pictured.c - pages that were read from pictures: how sure a text is, and where it lies in its file.
 *
 * A cell's lines were read one by one.  It is in doubt when one of them is; its other readings are those of
 * its only line, or its text with another reading of the one line that is in doubt.
 */
#include "base/limits.h"
#include "parsers/print/page.h"

#include <math.h>

/* Lines of a figure at most: of more, other readings would be without end. */
#define FEW_LINES 3

ZpBox page_box(const Page *page, const ZpBox *box)
{
    ZpBox turned = box_turn_back(box, page->turn, page->width, page->height);
    if (!page->place)
        return turned;
    const float xs[] = {turned.x0, turned.x1}, ys[] = {turned.y0, turned.y1};
    ZpBox out = {G_MAXFLOAT, G_MAXFLOAT, -G_MAXFLOAT, -G_MAXFLOAT};
    for (guint k = 0; k < 4; k++) {
        float x = xs[k & 1], y = ys[k >> 1];
        page->place(page->picture, &x, &y);
        out = (ZpBox){MIN(out.x0, x), MIN(out.y0, y), MAX(out.x1, x), MAX(out.y1, y)};
    }
    return out;
}

static const PageReading *reading_of(const Page *page, const Glyph *glyph)
{
    if (!glyph->reading || glyph->reading > page->readings->len)
        return NULL;
    return g_ptr_array_index(page->readings, glyph->reading - 1);
}

/* A cell's text with another reading of one of its lines. */
static char *with_other(const GPtrArray *lines, const PageReading *line, const char *other)
{
    GString *text = g_string_new(NULL);
    for (guint k = 0; k < lines->len; k++) {
        const PageReading *one = g_ptr_array_index(lines, k);
        g_string_append(text, one == line ? other : one->text);
    }
    return g_string_free(text, FALSE);
}

/* Where a doubtful text stands, for whoever compares it; of a text of many lines there is none. */
static GBytes *crop_of(const Page *page, const GPtrArray *glyphs, ZpSpan some)
{
    ZpBox upright = glyphs_box(glyphs, some);
    ZpBox box = box_turn_back(&upright, page->turn, page->width, page->height);
    bool is_wanted = page->crop && page->document->n_crops < ZP_LIMIT_CROPS;
    GBytes *crop = is_wanted ? page->crop(page->picture, &box) : NULL;
    page->document->n_crops += crop != NULL;
    return crop;
}

const ZpOcr *page_ocr(Page *page, const GPtrArray *glyphs, ZpSpan some)
{
    if (!page->readings)
        return NULL;
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    for (gsize k = some.from; k < some.to; k++) {
        const PageReading *reading = reading_of(page, glyph_at(glyphs, k));
        if (reading && !g_ptr_array_find(lines, reading, NULL))
            g_ptr_array_add(lines, (gpointer)reading);
    }
    if (!lines->len)
        return NULL;
    ZpOcr ocr = {.state = ZP_OCR_READ, .confidence = 100};
    for (guint k = 0; k < lines->len; k++) {
        const PageReading *line = g_ptr_array_index(lines, k);
        if (line->is_doubtful)
            ocr.state = ZP_OCR_DOUBTFUL;
        ocr.confidence = MIN(ocr.confidence, (guint8)lroundf(100 * CLAMP(line->share, 0, 1)));
    }
    g_autoptr(GBytes) crop = NULL;
    if (lines->len <= FEW_LINES) {
        for (guint k = 0; k < lines->len; k++) {
            const PageReading *line = g_ptr_array_index(lines, k);
            for (guint i = 0; i < line->others->len && ocr.n_others < G_N_ELEMENTS(ocr.others);
                 i++) {
                g_autofree char *text = with_other(lines, line, g_ptr_array_index(line->others, i));
                ocr.others[ocr.n_others++] = g_string_chunk_insert(page->document->strings, text);
            }
        }
        crop = ocr.state == ZP_OCR_DOUBTFUL ? crop_of(page, glyphs, some) : NULL;
    }
    ocr.crop = crop;
    return zp_document_keep_ocr(page->document, &ocr);
}
