/*
 * unseen.c - the characters of a page and what it draws, put side by side by their places.
 *
 *     Poppler   9   9   .   9          each takes after the code that is drawn where its middle is
 *     drawn    [9] [9] [.] [9] hidden  ─▶ left out, and one note with the text
 *
 * What nobody sees is left out.  What Poppler does not give, the text of annotations and what is drawn
 * under an /ActualText that says something else, is put in.  Two different texts in one place are left
 * out both, because nobody can read them.
 */
#include "parsers/print/page.h"
#include "parsers/print/squares.h"

#include <math.h>
#include <string.h>

/* In em: how far a character's middle may be off its code's line, and beyond its ends. */
#define OFF_LINE 0.6f
#define OFF_END  0.15f
/* The part of a page's height at its top and foot where a page break cuts cells. */
#define EDGE_PART 0.125f
/* A page is a scan when pictures take this part of it and most of its text is hidden. */
#define SCAN_PART 0.5

static void drawn_place(gconstpointer data, guint k, float *x, float *y)
{
    const DrawnGlyph *glyph = drawn_glyph(data, k);
    *x = glyph->x;
    *y = glyph->y;
}

static bool says(const DrawnGlyph *drawn, gunichar c)
{
    for (guint k = 0; k < DRAWN_CHARS && drawn->c[k]; k++) {
        if (drawn->c[k] == c)
            return true;
    }
    return false;
}

/* How far a place is off a code's own, in em; below 0: not at it. */
static float distance(const DrawnGlyph *drawn, float x, float y)
{
    float half = hypotf(drawn->ax, drawn->ay), dx = x - drawn->x, dy = y - drawn->y;
    float ux = half > 0 ? drawn->ax / half : 1, uy = half > 0 ? drawn->ay / half : 0;
    float along = fabsf(dx * ux + dy * uy), across = fabsf(dx * uy - dy * ux);
    float em = MAX(drawn->em, 0.1f);
    if (along > half + OFF_END * em || across > OFF_LINE * em)
        return -1;
    return hypotf(along, across) / em;
}

/* Better matches rank lower: the same character, seen, near. */
static float rank_of(const DrawnGlyph *drawn, gunichar c, float off)
{
    bool any = !drawn->c[0] || drawn->is_replaced;
    float class = says(drawn, c) ? 0 : any ? 20 : 40;
    return class + (drawn->why == UNSEEN_NOT ? 0 : 10) + off;
}

/* The code that a character stands for; NULL: none is drawn there. */
static DrawnGlyph *match(Grid *grid, const Drawn *drawn, const Glyph *glyph)
{
    float x = (glyph->box.x0 + glyph->box.x1) / 2, y = (glyph->box.y0 + glyph->box.y1) / 2;
    float best = G_MAXFLOAT;
    DrawnGlyph *found = NULL;
    Around around = grid_around(grid, x, y);
    GRID_FOR(grid, around, k)
    {
        DrawnGlyph *at = drawn_glyph(drawn, k);
        float off = at->is_alone ? -1 : distance(at, x, y);
        float rank = rank_of(at, glyph->c, off);
        if (off >= 0 && rank < best) {
            best = rank;
            found = at;
        }
    }
    return found;
}

/* Takes out characters that nobody sees, and tells of the others which way they run. */
static void match_all(Page *page, Grid *grid, const Drawn *drawn)
{
    guint kept = 0;
    bool follows = true;
    for (guint k = 0; k < page->glyphs->len; k++) {
        Glyph glyph = g_array_index(page->glyphs, Glyph, k);
        DrawnGlyph *at = match(grid, drawn, &glyph);
        if (at && !at->c[0])
            at->c[0] = glyph.c;
        if (at && (at->why != UNSEEN_NOT || at->is_replaced)) {
            follows = false;
            continue;
        }
        glyph.turn = at ? (Turn)at->turn : page->turn;
        glyph.follows &= follows;
        follows = true;
        g_array_index(page->glyphs, Glyph, kept++) = glyph;
    }
    g_array_set_size(page->glyphs, kept);
}

static ZpBox box_of(const DrawnGlyph *drawn)
{
    bool is_level = fabsf(drawn->ax) >= fabsf(drawn->ay);
    float w = is_level ? fabsf(drawn->ax) : drawn->em / 2;
    float h = is_level ? drawn->em / 2 : fabsf(drawn->ay);
    return (ZpBox){drawn->x - w, drawn->y - h, drawn->x + w, drawn->y + h};
}

/* Puts in what Poppler does not give. */
static void add_drawn(Page *page, const Drawn *drawn)
{
    for (guint k = 0; k < drawn->glyphs->len; k++) {
        const DrawnGlyph *at = drawn_glyph(drawn, k);
        if (at->why != UNSEEN_NOT || !(at->is_alone || at->is_replaced))
            continue;
        for (guint i = 0; i < DRAWN_CHARS && at->c[i]; i++) {
            Glyph glyph = {.box = box_of(at),
                           .c = g_unichar_validate(at->c[i]) ? at->c[i] : 0xFFFD,
                           .em = at->em,
                           .follows = !at->is_new,
                           .turn = (Turn)at->turn,
                           .table = -1};
            page->n_unmapped += glyph_is_unmapped(glyph.c) ? 1 : 0;
            g_array_append_val(page->glyphs, glyph);
        }
    }
}

static const struct {
    const char *zh, *en;
} WHYS[UNSEEN_COUNT] = {
    [UNSEEN_INVISIBLE] = {"不显示的文字", "text that is drawn invisibly"},
    [UNSEEN_COLOUR] = {"与底色同色的文字", "text of its ground's colour"},
    [UNSEEN_COVERED] = {"被遮盖的文字", "text that is covered"},
    [UNSEEN_PICTURE] = {"被图片遮盖的文字", "text that a picture covers"},
    [UNSEEN_CLIPPED] = {"被裁去的文字", "text that is clipped away"},
    [UNSEEN_TINY] = {"小得看不见的文字", "text too small to be read"},
    [UNSEEN_OUTSIDE] = {"页面以外的文字", "text outside of the page"},
    [UNSEEN_LAYER] = {"关闭的图层中的文字", "text of a layer that is off"},
};

static void say_unseen(ZpDocument *document, guint32 page, Unseen why, const char *text,
                       const ZpBox *box)
{
    const ZpPlace at = {.page = page, .box = *box};
    g_autofree char *quoted = page_quote(text);
    g_autofree char *zh =
        g_strdup_printf("第 %u 页有%s，看不见，未读入：“%s”", page, WHYS[why].zh, quoted);
    g_autofree char *en = g_strdup_printf("page %u has %s, which nobody sees; left out: \"%s\"",
                                          page, WHYS[why].en, quoted);
    zp_document_add_note(document, ZP_LOSS_UNSEEN_TEXT, &at, zh, en);
}

/* What is cut away at the top or the foot of a page waits for the page behind. */
static void note_unseen(Page *page, Unseen why, const char *text, const ZpBox *box)
{
    float edge = page->height * EDGE_PART;
    if (why == UNSEEN_CLIPPED && (box->y0 < edge || box->y1 > page->height - edge)) {
        const CutText cut = {page->number, g_strdup(text), *box};
        g_array_append_val(page->cut, cut);
        return;
    }
    say_unseen(page->document, page->number, why, text, box);
}

void cut_clear(gpointer cut)
{
    g_free(((CutText *)cut)->text);
}

void cut_drop_seen(GArray *cut, const GArray *glyphs)
{
    g_autoptr(GString) seen = g_string_new(NULL);
    if (!cut->len || !glyphs)
        return;
    for (guint k = 0; k < glyphs->len; k++)
        g_string_append_unichar(seen, g_array_index(glyphs, Glyph, k).c);
    for (guint k = cut->len; k > 0; k--) {
        if (strstr(seen->str, g_array_index(cut, CutText, k - 1).text))
            g_array_remove_index(cut, k - 1);
    }
}

void cut_note(GArray *cut, ZpDocument *document)
{
    for (guint k = 0; k < cut->len; k++) {
        const CutText *text = &g_array_index(cut, CutText, k);
        say_unseen(document, text->page, UNSEEN_CLIPPED, text->text, &text->box);
    }
    g_array_set_size(cut, 0);
}

/* Whether the same character is also seen at the place: a shadow, or one text printed twice. */
static bool is_echo(Grid *grid, const Drawn *drawn, const DrawnGlyph *hidden)
{
    Around around = grid_around(grid, hidden->x, hidden->y);
    GRID_FOR(grid, around, k)
    {
        const DrawnGlyph *at = drawn_glyph(drawn, k);
        float reach = ONE_PLACE * MAX(at->em, hidden->em);
        if (at->why == UNSEEN_NOT && at->c[0] == hidden->c[0] && fabsf(at->x - hidden->x) < reach &&
            fabsf(at->y - hidden->y) < reach)
            return true;
    }
    return false;
}

/* Whether hidden codes are one text: hidden alike, and close to each other. */
static bool goes_on(const DrawnGlyph *before, const DrawnGlyph *glyph)
{
    float em = MAX(before->em, glyph->em);
    return before->why == glyph->why && fabsf(before->y - glyph->y) < 2 * em &&
           (fabsf(before->x - glyph->x) < 2 * em || fabsf(before->y - glyph->y) > em / 2);
}

static void join(ZpBox *box, const ZpBox *other)
{
    *box = (ZpBox){MIN(box->x0, other->x0), MIN(box->y0, other->y0), MAX(box->x1, other->x1),
                   MAX(box->y1, other->y1)};
}

/* One note for each stretch of text that is hidden. */
static void note_all(Page *page, Grid *grid, const Drawn *drawn)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const DrawnGlyph *before = NULL;
    ZpBox around = {0};
    for (guint k = 0; k < drawn->glyphs->len; k++) {
        const DrawnGlyph *glyph = drawn_glyph(drawn, k);
        if (glyph->why == UNSEEN_NOT || !glyph->c[0] || is_echo(grid, drawn, glyph))
            continue;
        ZpBox box = box_of(glyph);
        if (before && !goes_on(before, glyph)) {
            note_unseen(page, (Unseen)before->why, text->str, &around);
            g_string_truncate(text, 0);
        }
        if (!text->len)
            around = box;
        join(&around, &box);
        drawn_text(text, drawn, k, k + 1, NULL);
        before = glyph;
    }
    if (before && text->len)
        note_unseen(page, (Unseen)before->why, text->str, &around);
}

static ZpBox box_of_span(const Drawn *drawn, const DrawnSpan *span)
{
    ZpBox box = box_of(drawn_glyph(drawn, span->first));
    for (guint k = span->first + 1; k < span->end; k++) {
        ZpBox other = box_of(drawn_glyph(drawn, k));
        join(&box, &other);
    }
    return box;
}

static bool is_askew(const DrawnGlyph *glyph)
{
    return glyph->turn == TURN_ASKEW && glyph->why == UNSEEN_NOT && glyph->c[0];
}

/* Text that runs askew is no cell's, so it is said: a text that is repeated over the page once. */
static void note_askew(const Page *page, const Drawn *drawn)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint k = 0, end; k < drawn->glyphs->len; k = end) {
        end = k + 1;
        if (!is_askew(drawn_glyph(drawn, k)))
            continue;
        while (end < drawn->glyphs->len && is_askew(drawn_glyph(drawn, end)) &&
               !drawn_glyph(drawn, end)->is_new)
            end++;
        g_string_truncate(text, 0);
        drawn_text(text, drawn, k, end, NULL);
        if (!g_hash_table_add(known, g_strdup(text->str)))
            continue;
        ZpBox box = box_of(drawn_glyph(drawn, k));
        ZpPlace at = page_place_of(page, &box);
        g_autofree char *quoted = page_quote(text->str);
        g_autofree char *zh = g_strdup_printf(
            "第 %u 页有斜排的文字（如水印），不属于任何单元格：“%s”", page->number, quoted);
        g_autofree char *en = g_strdup_printf(
            "page %u has text that runs askew (a watermark, say) and belongs to no cell: \"%s\"",
            page->number, quoted);
        zp_document_add_note(page->document, ZP_LOSS_UNPLACED_TEXT, &at, zh, en);
    }
}

/* Whether most of a page's text lies hidden on its pictures, as text recognition leaves it. */
static bool is_scan(const Drawn *drawn)
{
    guint n_hidden = 0;
    if (drawn->picture < SCAN_PART)
        return false;
    for (guint k = 0; k < drawn->glyphs->len; k++) {
        Unseen why = (Unseen)drawn_glyph(drawn, k)->why;
        n_hidden += why == UNSEEN_INVISIBLE || why == UNSEEN_PICTURE ? 1 : 0;
    }
    return 2 * n_hidden > drawn->glyphs->len;
}

static void lose_scan(Page *page)
{
    ZpPlace at = page_place(page);
    g_autofree char *zh = g_strdup_printf(
        "第 %u 页是图片（扫描件），上面的文字层看不见，未读入；请核对后另存为看得见的文字",
        page->number);
    g_autofree char *en = g_strdup_printf(
        "page %u is a picture (a scan) with a text layer that nobody sees, which is "
        "not read; run text recognition that writes its text visibly",
        page->number);
    zp_document_add_loss(page->document, ZP_LOSS_NO_TEXT_LAYER, &at, zh, en);
    page->needs_picture = true;
}

void drawing_clear(PageDrawing *drawing)
{
    marks_free(drawing->marks);
    drawn_free(drawing->drawn);
}

/* Which way most of the page's text runs; what runs askew does not count. */
static Turn turn_of_page(const PageDrawing *drawing)
{
    guint64 n = drawing->n_codes - MIN(drawing->n_codes, drawing->codes_by_turn[TURN_ASKEW]);
    for (guint turn = TURN_90; turn < TURN_COUNT; turn++) {
        if (drawing->codes_by_turn[turn] * 3 > n * 2)
            return (Turn)turn;
    }
    return TURN_0;
}

void page_see(Page *page, const PageDrawing *drawing)
{
    const Drawn *drawn = drawing->drawn;
    guint n_turns = 0;
    for (guint turn = 0; turn < TURN_ALL; turn++)
        n_turns += drawing->codes_by_turn[turn] > 0 ? 1 : 0;
    page->turn = turn_of_page(drawing);
    if (drawn->n_unseen || drawn->spans->len || n_turns > 1) {
        Grid grid = grid_new(page, drawn, drawn->glyphs->len, drawn_place);
        match_all(page, &grid, drawn);
        page->is_scan = is_scan(drawn);
        if (page->is_scan)
            lose_scan(page);
        else
            note_all(page, &grid, drawn);
        for (guint k = 0; k < drawn->spans->len; k++) {
            const DrawnSpan *span = &g_array_index(drawn->spans, DrawnSpan, k);
            g_autoptr(GString) seen = g_string_new(NULL);
            ZpBox box = box_of_span(drawn, span);
            ZpPlace at = page_place_of(page, &box);
            drawn_text(seen, drawn, span->first, span->end, NULL);
            g_autofree char *said = page_quote(span->text), *shown = page_quote(seen->str);
            g_autofree char *zh = g_strdup_printf("第 %u 页印的是“%s”，文件另称为“%s”；按看到的读",
                                                  page->number, shown, said);
            g_autofree char *en = g_strdup_printf(
                "page %u shows \"%s\" where the file says \"%s\"; what is seen is read",
                page->number, shown, said);
            zp_document_add_note(page->document, ZP_LOSS_CHANGED_TEXT, &at, zh, en);
        }
        page->is_doubtful |= grid.is_over;
        grid_clear(&grid);
    } else if (page->turn != TURN_0) {
        for (guint k = 0; k < page->glyphs->len; k++)
            g_array_index(page->glyphs, Glyph, k).turn = page->turn;
    }
    add_drawn(page, drawn);
    if (drawing->codes_by_turn[TURN_ASKEW] && !page->is_scan)
        note_askew(page, drawn);
    if (drawn->is_crossed)
        page_part_crossed(page);
}
