/*
 * crossed.c - two texts in one place.
 *
 *     87.1%  over  65.2%     nobody can read either: both words are left out, and said
 *     87.1%  over  87.1%     bold or a shadow: one text
 */
#include "parsers/print/page.h"
#include "parsers/print/squares.h"

#include <math.h>
#include <string.h>

/* Findings of two texts in one place for one page. */
#define CROSSINGS 20
/* Of its width: a character's neighbour stands further off than this. */
#define NEIGHBOUR 0.7f

static void glyph_place(gconstpointer data, guint k, float *x, float *y)
{
    const Glyph *glyph = &g_array_index((const GArray *)data, Glyph, k);
    *x = (glyph->box.x0 + glyph->box.x1) / 2;
    *y = (glyph->box.y0 + glyph->box.y1) / 2;
}

/* Whether the k-th character goes on with the one before it: close to it, in the same line. */
static bool is_inside_word(const GArray *glyphs, guint k)
{
    const Glyph *glyph = &g_array_index(glyphs, Glyph, k), *before = glyph - 1;
    float em = MAX(glyph->em, before->em);
    return glyph->follows && fabsf(glyph->box.y0 - before->box.y0) < em &&
           fabsf(glyph->box.x0 - before->box.x1) < em;
}

/* The word that a character is of, as the indices from its first to behind its last. */
static void word_of(const GArray *glyphs, guint k, guint *first, guint *end)
{
    for (*first = k; *first > 0 && is_inside_word(glyphs, *first); --*first) {
    }
    for (*end = k + 1; *end < glyphs->len && is_inside_word(glyphs, *end); ++*end) {
    }
}

static char *word_text(const GArray *glyphs, guint first, guint end)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint k = first; k < end; k++)
        g_string_append_unichar(text, g_array_index(glyphs, Glyph, k).c);
    return page_quote(text->str);
}

enum { KEPT, TWICE, CROSSED };

/* Two words in one place: both are marked, and said once. */
static void cross(Page *page, GArray *marks, guint a, guint b, guint *n_said)
{
    guint first[2], end[2];
    word_of(page->glyphs, a, &first[0], &end[0]);
    word_of(page->glyphs, b, &first[1], &end[1]);
    bool is_new = g_array_index(marks, guint8, first[0]) != CROSSED ||
                  g_array_index(marks, guint8, first[1]) != CROSSED;
    for (guint w = 0; w < 2; w++)
        memset(&g_array_index(marks, guint8, first[w]), CROSSED, end[w] - first[w]);
    if (!is_new || ++*n_said > CROSSINGS)
        return;
    ZpPlace at = page_place_of(page, &g_array_index(page->glyphs, Glyph, a).box);
    g_autofree char *one = word_text(page->glyphs, first[0], end[0]);
    g_autofree char *two = word_text(page->glyphs, first[1], end[1]);
    g_autofree char *zh = g_strdup_printf("第 %u 页有两个文字印在同一处，都不读入：“%s”、“%s”",
                                          page->number, one, two);
    g_autofree char *en =
        g_strdup_printf("page %u has two texts in one place; both are left out: \"%s\", \"%s\"",
                        page->number, one, two);
    zp_document_add_loss(page->document, ZP_LOSS_UNSEEN_TEXT, &at, zh, en);
}

/* How near the middles of two characters are in one place: never as far as neighbours of a narrow font. */
static float reach_of(float em, float side_a, float side_b)
{
    return MIN(ONE_PLACE * em, NEIGHBOUR * (side_a + side_b) / 2);
}

/* Whether two characters stand in one place, about the same size; text askew is nobody's neighbour. */
static bool share_place(const Glyph *a, const Glyph *b)
{
    float em = MIN(a->em, b->em);
    float dx = (a->box.x0 + a->box.x1 - b->box.x0 - b->box.x1) / 2;
    float dy = (a->box.y0 + a->box.y1 - b->box.y0 - b->box.y1) / 2;
    return (a->turn == TURN_ASKEW) == (b->turn == TURN_ASKEW) && MAX(a->em, b->em) < 2 * em &&
           fabsf(dx) < reach_of(em, box_width(&a->box), box_width(&b->box)) &&
           fabsf(dy) < reach_of(em, box_height(&a->box), box_height(&b->box));
}

/* Characters in one place: the same one is one text; different letters or figures are two. */
void page_part_crossed(Page *page)
{
    Grid grid = grid_new(page, page->glyphs, page->glyphs->len, glyph_place);
    g_autoptr(GArray) marks = g_array_new(FALSE, TRUE, 1);
    guint n_said = 0, kept = 0;
    g_array_set_size(marks, page->glyphs->len);
    for (guint k = 0; k < page->glyphs->len; k++) {
        const Glyph *glyph = &g_array_index(page->glyphs, Glyph, k);
        float x, y;
        glyph_place(page->glyphs, k, &x, &y);
        Around around = grid_around(&grid, x, y);
        GRID_FOR(&grid, around, other)
        {
            const Glyph *at = &g_array_index(page->glyphs, Glyph, other);
            if (other >= k || !share_place(at, glyph))
                continue;
            guint8 *mark = &g_array_index(marks, guint8, k);
            if (at->c == glyph->c && *mark == KEPT)
                *mark = TWICE;
            else if (at->c != glyph->c && g_unichar_isalnum(at->c) && g_unichar_isalnum(glyph->c))
                cross(page, marks, other, k, &n_said);
        }
    }
    for (guint k = 0; k < page->glyphs->len; k++) {
        if (g_array_index(marks, guint8, k) == KEPT)
            g_array_index(page->glyphs, Glyph, kept++) = g_array_index(page->glyphs, Glyph, k);
    }
    g_array_set_size(page->glyphs, kept);
    page->is_doubtful |= grid.is_over;
    grid_clear(&grid);
}
