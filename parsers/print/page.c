/*
 * page.c - one page from its characters and marks to the document's tables.
 *
 *     glyphs ─▶ turn upright ─▶ rules ─▶ lattices ─▶ glyphs into cells ─▶ tables, text between them
 */
#include "parsers/print/page.h"

#include "base/error.h"
#include "base/limits.h"

/* Half-ruled tables: how many rules, and how much of the page's width or height each covers. */
#define LONE_RULES 3
#define LONE_REACH 0.3f

static void turn_marks(Page *page, GArray *boxes, float width, float height)
{
    for (guint k = 0; k < boxes->len; k++) {
        ZpBox *box = &g_array_index(boxes, ZpBox, k);
        *box = box_turn(box, page->turn, width, height);
    }
}

/* Turns everything so that the text runs from left to right; the page's size changes with it. */
static void turn_upright(Page *page, const PageDrawing *drawing)
{
    float width = page->width, height = page->height;
    if (page->turn == TURN_0)
        return;
    for (guint k = 0; k < page->glyphs->len; k++) {
        Glyph *glyph = &g_array_index(page->glyphs, Glyph, k);
        if (glyph->turn != TURN_ASKEW)
            glyph->turn = (glyph->turn + TURN_COUNT - page->turn) % TURN_COUNT;
        glyph->box = box_turn(&glyph->box, page->turn, width, height);
    }
    if (drawing) {
        turn_marks(page, drawing->marks->rules, width, height);
        turn_marks(page, drawing->marks->areas, width, height);
    }
}

/* Rules of groups that enclose nothing: long ones of one direction rule a table by half. */
static void keep_lone_rules(Page *page, const RuleGroup *group)
{
    bool is_level = group->upright->len == 0;
    if (!is_level && group->level->len)
        return;
    const GArray *rules = is_level ? group->level : group->upright;
    float whole = is_level ? page->width : page->height;
    for (guint k = 0; k < rules->len; k++) {
        const Rule *rule = &g_array_index(rules, Rule, k);
        if (rule->to - rule->from >= LONE_REACH * whole)
            g_array_append_val(is_level ? page->level : page->upright, rule->at);
    }
}

static gint by_float(gconstpointer a, gconstpointer b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

/* Rising, each place once; nothing when they are too few to rule a table. */
static void settle_lone_rules(GArray *places)
{
    guint kept = 0;
    g_array_sort(places, by_float);
    for (guint k = 0; k < places->len; k++) {
        float at = g_array_index(places, float, k);
        if (!kept || at > g_array_index(places, float, kept - 1) + 3.6f)
            g_array_index(places, float, kept++) = at;
    }
    g_array_set_size(places, kept >= LONE_RULES ? kept : 0);
}

static bool find_lattices(Page *page, const Marks *marks)
{
    g_autoptr(GPtrArray) groups = rules_group(marks);
    if (!groups)
        return false;
    for (guint k = 0; k < groups->len; k++) {
        const RuleGroup *group = g_ptr_array_index(groups, k);
        Lattice *lattice = lattice_new(group);
        if (lattice)
            g_ptr_array_add(page->lattices, lattice);
        else
            keep_lone_rules(page, group);
    }
    settle_lone_rules(page->level);
    settle_lone_rules(page->upright);
    return true;
}

void page_lose_drawing(const Page *page)
{
    ZpPlace at = page_place(page);
    zp_document_add_loss(
        page->document, ZP_LOSS_LOST_CONTENT, &at,
        "页面的线条不能全部读出（ZP_LIMIT_PAGE_RULES 等上限，或页面损坏），表格可能不完整",
        "the page's drawing could not be read completely (ZP_LIMIT_PAGE_RULES or "
        "another limit, or a damaged page), so its tables may be incomplete");
}

static float lattice_top(const Lattice *lattice)
{
    return g_array_index(lattice->y, float, 0);
}

void page_clear(Page *page)
{
    g_clear_pointer(&page->glyphs, g_array_unref);
    g_clear_pointer(&page->lattices, g_ptr_array_unref);
    g_clear_pointer(&page->level, g_array_unref);
    g_clear_pointer(&page->upright, g_array_unref);
    g_clear_pointer(&page->cut, g_array_unref);
}

bool page_init(Page *page, ZpDocument *document, guint32 number, float width, float height,
               GArray *glyphs, GError **error)
{
    *page = (Page){
        .document = document,
        .number = number,
        .width = width,
        .height = height,
        .glyphs = glyphs,
        .lattices = g_ptr_array_new_with_free_func((GDestroyNotify)lattice_free),
        .level = g_array_new(FALSE, FALSE, sizeof(float)),
        .upright = g_array_new(FALSE, FALSE, sizeof(float)),
        .cut = g_array_new(FALSE, FALSE, sizeof(CutText)),
    };
    g_array_set_clear_func(page->cut, cut_clear);
    if (page->glyphs)
        return true;
    zp_error_set(error, ZP_ERROR_LIMIT, "第 %u 页字符太多：超过 ZP_LIMIT_PAGE_GLYPHS（%u 个）",
                 "too many characters on page %u: over ZP_LIMIT_PAGE_GLYPHS (%u)", number,
                 ZP_LIMIT_PAGE_GLYPHS);
    return false;
}

bool page_read(Page *page, const PageDrawing *drawing, GError **error)
{
    if (page->n_unmapped) {
        guint n = page->n_unmapped;
        ZpPlace at = page_place(page);
        g_autofree char *zh =
            g_strdup_printf("第 %u 页有 %u 个字符没有可用的字符映射", page->number, n);
        g_autofree char *en = g_strdup_printf(
            "%u characters of page %u have no usable character map", n, page->number);
        zp_document_add_loss(page->document, ZP_LOSS_UNMAPPED_GLYPHS, &at, zh, en);
    }
    turn_upright(page, drawing);
    /* The rules of a page; where there are none, the edges of its shaded boxes. */
    bool is_whole = drawing && !drawing->is_cut && !drawing->marks->is_over && !page->is_doubtful;
    if (drawing) {
        is_whole &= find_lattices(page, drawing->marks);
        if (!page->lattices->len && !page->level->len && drawing->marks->areas->len > 1) {
            rules_of_areas(drawing->marks);
            is_whole &= find_lattices(page, drawing->marks);
        }
    }
    if (!is_whole)
        page_lose_drawing(page);
    page_fill(page);
    /* Tables and the text between them, from top to bottom. */
    float from = -G_MAXFLOAT;
    for (guint k = 0; k < page->lattices->len; k++) {
        float top = lattice_top(g_ptr_array_index(page->lattices, k));
        if (!page_add_flow(page, from, top, error))
            return false;
        page->was_runs = false;
        if (!page_add_lattice(page, k, error))
            return false;
        from = MAX(from, top);
    }
    return page_add_flow(page, from, G_MAXFLOAT, error) && page_add_turned(page, error);
}
