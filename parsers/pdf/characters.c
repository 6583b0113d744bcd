/*
 * characters.c - Poppler's characters.
 *
 * Poppler gives a page's text and a box for each of its characters in one pass.  Its order and its
 * spaces are only used to see which characters follow each other; lines are made anew for every
 * cell, because Poppler reads across cells.
 */
#include "parsers/pdf/characters.h"

#include "base/limits.h"

#include <math.h>

/* A narrow character's em by its width: a digit is half an em wide, a stop less. */
#define NARROW 2.2f
/* In em: a higher box is the font's, not the character's. */
#define HEIGHT_MAX 1.5f

/* A place that is no number stands at the page's edge, so that the character is not lost. */
static float place_of(double value)
{
    return isfinite(value) ? (float)value : 0;
}

static ZpBox box_of(const PopplerRectangle *rectangle)
{
    float x1 = place_of(rectangle->x1), x2 = place_of(rectangle->x2);
    float y1 = place_of(rectangle->y1), y2 = place_of(rectangle->y2);
    return (ZpBox){MIN(x1, x2), MIN(y1, y2), MAX(x1, x2), MAX(y1, y2)};
}

/*
 * A font's box may be more than twice as high as its characters (Chromium's Type 3 fonts), and lines
 * would overlap; what is above and below the middle by too much is cut off.
 */
static void fit_box(Glyph *glyph)
{
    ZpBox *box = &glyph->box;
    float width = box->x1 - box->x0, height = box->y1 - box->y0;
    float em = g_unichar_iswide(glyph->c) ? width : NARROW * width;
    glyph->em = MIN(em, height);
    if (height <= HEIGHT_MAX * em)
        return;
    float middle = (box->y0 + box->y1) / 2;
    box->y0 = middle - HEIGHT_MAX * em / 2;
    box->y1 = middle + HEIGHT_MAX * em / 2;
}

GArray *characters_read(PopplerPage *page, guint *n_unmapped)
{
    g_autofree char *text = poppler_page_get_text(page);
    g_autofree PopplerRectangle *boxes = NULL;
    guint n = 0;
    *n_unmapped = 0;
    if (!text || !poppler_page_get_text_layout(page, &boxes, &n))
        return g_array_new(FALSE, FALSE, sizeof(Glyph));
    if (n > ZP_LIMIT_PAGE_GLYPHS)
        return NULL;
    GArray *glyphs = g_array_sized_new(FALSE, FALSE, sizeof(Glyph), n);
    Glyph *next = (Glyph *)(void *)glyphs->data;
    bool follows = false;
    const char *at = text;
    for (guint k = 0; k < n && *at; k++, at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        bool follows_more = !zp_char_is_space(c);
        if (follows_more) {
            *next = (Glyph){.box = box_of(&boxes[k]), .c = c, .follows = follows, .table = -1};
            fit_box(next++);
            *n_unmapped += glyph_is_unmapped(c) ? 1 : 0;
        }
        follows = follows_more;
    }
    return g_array_set_size(glyphs, (guint)(next - (Glyph *)(void *)glyphs->data));
}
