/*
 * seen.c - a stack of elements with their looks.
 *
 *     <tr class="x">            .x { visibility: hidden }: the row is there, its texts are not
 *       <td>95</td>             → left out, said
 *       <td style="visibility: visible">8<sup>1</sup></td>     → 8, and a note mark
 *
 * Tables, rows and cells are kept always: their beginnings end what an author forgot to end, as in a browser
 * (a <span hidden> that is never closed ends with its cell).  Others are kept where they may look different or,
 * where the page has a style sheet, always, since selectors ask for them.
 */
#include "parsers/html/seen_private.h"

#include <string.h>

/* A style attribute that stands on many cells is read once; so many different ones are kept. */
#define STYLES_MAX 500

static void free_values(gpointer values)
{
    g_array_unref(values);
}

/* html and body are there in every page, whether it says so or not. */
static void push_root(ZpHtmlSeen *seen, const char *name)
{
    ZpHtmlNode node = {.name = name, .look = zp_html_look_root(), .tag = ZP_HTML_BLOCK};
    ZpHtmlKin kin = {.who = {.name = name, .number = 1}, .brother = {.name = ""}};
    node.last.name = "";
    if (seen->sheet && zp_html_sheet_is_unsure(seen->sheet))
        node.look.knows_ground = false;
    g_array_append_val(seen->nodes, node);
    if (seen->kin)
        g_array_append_val(seen->kin, kin);
}

#define N_ROOTS 2

void zp_html_seen_init(ZpHtmlSeen *seen, ZpHtmlPage *page, ZpHtmlSheet *sheet)
{
    *seen = (ZpHtmlSeen){.page = page, .sheet = sheet};
    seen->nodes = g_array_sized_new(FALSE, FALSE, sizeof(ZpHtmlNode), 32);
    seen->kin = sheet ? g_array_new(FALSE, FALSE, sizeof(ZpHtmlKin)) : NULL;
    push_root(seen, "html");
    push_root(seen, "body");
}

void zp_html_seen_clear(ZpHtmlSeen *seen)
{
    zp_html_seen_end(seen, 1);
    g_array_unref(seen->nodes);
    g_clear_pointer(&seen->kin, g_array_unref);
    for (guint i = 0; i < G_N_ELEMENTS(seen->texts); i++) {
        if (seen->texts[i])
            g_string_free(seen->texts[i], TRUE);
    }
    if (seen->inserted)
        g_string_free(seen->inserted, TRUE);
    if (seen->choice)
        g_string_free(seen->choice, TRUE);
    for (guint i = 0; i < G_N_ELEMENTS(seen->ruled); i++)
        g_clear_pointer(&seen->ruled[i], g_array_unref);
    g_clear_pointer(&seen->styles, g_hash_table_unref);
    g_clear_pointer(&seen->strings, g_string_chunk_free);
}

ZpWay zp_html_seen_way(const ZpHtmlSeen *seen)
{
    return zp_seen_top(seen)->way;
}

bool zp_html_seen_is_gone(const ZpHtmlSeen *seen)
{
    return zp_seen_top(seen)->look.is_gone;
}

/* A text of the way that the look says. */
static ZpWay way_of(const ZpHtmlLook *look)
{
    ZpUnseen why = zp_html_look_unseen(look);
    if (why != ZP_UNSEEN_NOT)
        return why == ZP_UNSEEN_SILENT ? ZP_WAY_SILENT : ZP_WAY_UNSEEN;
    if (look->is_struck)
        return ZP_WAY_DELETED;
    return look->raised ? ZP_WAY_RAISED : ZP_WAY_SHOWN;
}

void zp_html_seen_text(ZpHtmlSeen *seen, const char *text, gsize length)
{
    const ZpHtmlNode *top = zp_seen_top(seen);
    zp_seen_give(seen, &top->look, top->way, text, length);
}

void zp_html_seen_break(ZpHtmlSeen *seen)
{
    ZpWay way = zp_html_seen_way(seen);
    GString *sink = seen->texts[way];
    if (sink && sink->len && sink->len < LEFT_OUT_MAX)
        g_string_append_c(sink, ' ');
}

void zp_html_seen_field(ZpHtmlSeen *seen, const char *text)
{
    if (text)
        zp_html_seen_text(seen, text, strlen(text));
}

static void pop(ZpHtmlSeen *seen)
{
    ZpHtmlNode node = *zp_seen_top(seen);
    if (node.behind)
        zp_seen_give(seen, &node.behind_look, way_of(&node.behind_look), node.behind,
                     strlen(node.behind));
    zp_seen_flush(seen, &node, zp_seen_top(seen) - 1);
    seen->n_tables -= node.tag == ZP_HTML_TABLE;
    if (node.has_table && node.tag == ZP_HTML_TABLE)
        zp_html_page_end_table(seen->page);
    else if (node.has_table && node.tag == ZP_HTML_GROUP)
        zp_html_page_end_group(seen->page);
    else if (node.has_table)
        zp_html_page_end_cell(seen->page);
    if (node.tag == ZP_HTML_CELL || node.tag == ZP_HTML_TABLE)
        seen->is_after_gap = false;
    seen->nodes->len--; /* nothing to clear or move: as g_array_set_size, of every element */
    if (seen->kin)
        seen->kin->len--;
}

void zp_html_seen_end(ZpHtmlSeen *seen, guint depth)
{
    while (seen->nodes->len > N_ROOTS && zp_seen_top(seen)->depth >= depth)
        pop(seen);
}

static bool is_in_table(ZpHtmlTag tag, ZpHtmlTag outer)
{
    return outer == ZP_HTML_TABLE || (outer == ZP_HTML_GROUP && tag != ZP_HTML_GROUP) ||
           (outer == ZP_HTML_ROW && tag == ZP_HTML_CELL);
}

static ZpHtmlNode *push(ZpHtmlSeen *seen, const ZpHtmlElement *element, guint depth)
{
    ZpHtmlNode *top = zp_seen_top(seen);
    ZpHtmlNode node = {
        .name = element->name, .depth = depth, .tag = (guint8)element->tag, .last = {.name = ""}};
    node.look = top->look;
    if (top->is_closed && strcmp(element->name, "summary") == 0 &&
        top > (ZpHtmlNode *)seen->nodes->data)
        node.look = top[-1].look;
    if (seen->kin) {
        ZpHtmlKin kin = {.who = {.name = element->name, .number = ++top->children},
                         .brother = top->last};
        kin.who.id = zp_html_sheet_keep(seen->sheet, zp_html_attribute(element->attributes, "id"));
        kin.who.classes =
            zp_html_sheet_keep(seen->sheet, zp_html_attribute(element->attributes, "class"));
        top->last = kin.who;
        g_array_append_val(seen->kin, kin);
    }
    seen->n_tables += element->tag == ZP_HTML_TABLE;
    g_array_append_val(seen->nodes, node);
    return zp_seen_top(seen);
}

/* The declarations of a style attribute. */
static const GArray *style_of(ZpHtmlSeen *seen, const char *style)
{
    if (!seen->styles) {
        seen->styles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_values);
        seen->strings = g_string_chunk_new(256);
    }
    GArray *values = g_hash_table_lookup(seen->styles, style);
    if (values)
        return values;
    if (g_hash_table_size(seen->styles) >= STYLES_MAX)
        g_hash_table_remove_all(seen->styles);
    values = g_array_new(FALSE, FALSE, sizeof(ZpCssValue));
    zp_css_parse_block(style, strlen(style), seen->strings, values);
    g_hash_table_insert(seen->styles, g_strdup(style), values);
    return values;
}

static GArray *empty(GArray **values)
{
    if (!*values)
        *values = g_array_new(FALSE, FALSE, sizeof(ZpCssValue));
    if ((*values)->len)
        g_array_set_size(*values, 0);
    return *values;
}

/* The text and look of ::before or ::after; NULL where it shows none. */
static const char *part_of(ZpHtmlSeen *seen, const ZpHtmlLook *look, const ZpHtmlElement *element,
                           GArray *values, ZpHtmlLook *out)
{
    static const ZpHtmlElement PART = {.name = "::", .tag = ZP_HTML_OTHER};
    const ZpCssValue *content = NULL;
    zp_html_look_strong(values);
    for (guint i = 0; i < values->len; i++) {
        const ZpCssValue *value = &g_array_index(values, ZpCssValue, i);
        if (value->property == ZP_CSS_CONTENT)
            content = value;
    }
    if (!content || content->kind == ZP_CSS_OTHER || !*content->text)
        return NULL;
    *out = zp_html_look_of(look, &PART, values);
    if (zp_html_look_unseen(out))
        return NULL;
    if (content->kind == ZP_CSS_TEXT)
        return content->text;
    return zp_html_sheet_keep(seen->sheet, zp_html_attribute(element->attributes, content->text));
}

/* A look by declarations alone is often that of the element before. */
static void set_ruled_look(ZpHtmlSeen *seen, ZpHtmlNode *node, const ZpHtmlElement *element,
                           const GArray *values)
{
    ZpHtmlLooked *last = &seen->looked;
    gsize bytes = values->len * sizeof(ZpCssValue);
    bool may_keep = values->len <= G_N_ELEMENTS(last->values) && element->tag < ZP_HTML_SILENT &&
                    !zp_html_look_says(element);
    if (may_keep && last->count == values->len && last->count && last->tag == element->tag &&
        memcmp(&last->parent, &node->look, sizeof node->look) == 0 &&
        memcmp(last->values, values->data, bytes) == 0) {
        node->look = last->look;
        return;
    }
    ZpHtmlLook parent = node->look;
    node->look = zp_html_look_of(&parent, element, values);
    if (may_keep) {
        *last = (ZpHtmlLooked){
            .parent = parent, .look = node->look, .tag = element->tag, .count = values->len};
        memcpy(last->values, values->data, bytes);
    }
}

/* What style sheets and the element's own style make of it. */
static void set_look(ZpHtmlSeen *seen, ZpHtmlNode *node, const ZpHtmlElement *element)
{
    const char *style = zp_html_attribute(element->attributes, "style");
    ZpHtmlRuled ruled = {
        .own = empty(&seen->ruled[0]),
        .before = empty(&seen->ruled[1]),
        .after = empty(&seen->ruled[2]),
    };
    if (seen->sheet)
        zp_html_sheet_match(seen->sheet, &g_array_index(seen->kin, ZpHtmlKin, 0), seen->kin->len,
                            element, &ruled);
    if (style) {
        const GArray *values = style_of(seen, style);
        g_array_append_vals(ruled.own, values->data, values->len);
    }
    if (!ruled.own->len && element->tag < ZP_HTML_SILENT && !zp_html_look_says(element)) {
        zp_html_look_plain(&node->look, element);
    } else {
        zp_html_look_strong(ruled.own);
        set_ruled_look(seen, node, element, ruled.own);
    }
    if (ruled.may_paint)
        node->look.knows_ground = node->look.knows_colour = false;
    if (ruled.may_hide)
        zp_seen_perhaps(seen, ruled.may_hide);
    if (ruled.after->len && !node->look.is_gone)
        node->behind = part_of(seen, &node->look, element, ruled.after, &node->behind_look);
}

static void begin_implied(ZpHtmlSeen *seen, const ZpHtmlElement *element)
{
    ZpHtmlNode *node = push(seen, element, zp_seen_top(seen)->depth);
    if (!node->look.is_gone)
        set_look(seen, node, element);
    node->way = way_of(&node->look);
}

/* A <tbody> and a <tr> that nobody wrote are there all the same: selectors ask for them. */
static void imply(ZpHtmlSeen *seen, const ZpHtmlElement *element)
{
    static const ZpHtmlElement BODY = {.name = "tbody", .tag = ZP_HTML_GROUP};
    static const ZpHtmlElement ROW = {.name = "tr", .tag = ZP_HTML_ROW};
    bool is_cell = element->tag == ZP_HTML_CELL;
    if (zp_seen_top(seen)->tag == ZP_HTML_TABLE && (is_cell || element->tag == ZP_HTML_ROW)) {
        begin_implied(seen, &BODY);
    }
    if (zp_seen_top(seen)->tag == ZP_HTML_GROUP && is_cell) {
        begin_implied(seen, &ROW);
    }
}

/* Ends what a row group, row or cell that begins cannot stand in. */
static void end_before(ZpHtmlSeen *seen, const ZpHtmlElement *element)
{
    bool is_part = element->tag == ZP_HTML_GROUP || element->tag == ZP_HTML_ROW ||
                   element->tag == ZP_HTML_CELL;
    if (!is_part || !seen->n_tables)
        return;
    while (!is_in_table(element->tag, zp_seen_top(seen)->tag))
        pop(seen);
    if (seen->kin)
        imply(seen, element);
}

/* Kinds of elements that are not shown, whatever a style says. */
static void set_kind(ZpHtmlNode *node, ZpWay around, const ZpHtmlElement *element)
{
    if (element->tag == ZP_HTML_SILENT) {
        bool is_told =
            strcmp(element->name, "template") == 0 || strcmp(element->name, "noscript") == 0;
        node->look.why = is_told ? ZP_UNSEEN_TEMPLATE : ZP_UNSEEN_SILENT;
        node->look.is_gone = true;
    }
    if (element->tag == ZP_HTML_DETAILS && !zp_html_attribute(element->attributes, "open")) {
        node->is_closed = true;
        node->look.why = node->look.why ? node->look.why : ZP_UNSEEN_CLOSED;
    }
    node->way = way_of(&node->look);
    if (node->way != ZP_WAY_SHOWN)
        return;
    if (around == ZP_WAY_CHOICE || around == ZP_WAY_PICTURE)
        node->way = around;
    else if (element->tag == ZP_HTML_SELECT || element->tag == ZP_HTML_OPTION)
        node->way = ZP_WAY_CHOICE;
    else if (element->tag == ZP_HTML_PICTURE)
        node->way = ZP_WAY_PICTURE;
}

static bool is_kept(const ZpHtmlSeen *seen, const ZpHtmlElement *element)
{
    const ZpHtmlNode *top = zp_seen_top(seen);
    if (top->look.is_gone && !top->is_closed)
        return false;
    return seen->sheet || top->is_closed || top->look.is_indented ||
           element->tag >= ZP_HTML_SILENT || zp_html_look_says(element);
}

/* The tags of html and body say more of the two that are there always. */
static bool is_root(ZpHtmlSeen *seen, const ZpHtmlElement *element)
{
    guint at = N_ROOTS;
    if (*element->name == 'h')
        at = strcmp(element->name, "html") == 0 ? 0 : N_ROOTS;
    else if (*element->name == 'b')
        at = strcmp(element->name, "body") == 0 ? 1 : N_ROOTS;
    if (at == N_ROOTS || seen->nodes->len != N_ROOTS)
        return at < N_ROOTS;
    ZpHtmlNode *nodes = (ZpHtmlNode *)seen->nodes->data, *node = &nodes[at];
    if (seen->kin) {
        ZpHtmlWho *who = &g_array_index(seen->kin, ZpHtmlKin, at).who;
        who->id = zp_html_sheet_keep(seen->sheet, zp_html_attribute(element->attributes, "id"));
        who->classes =
            zp_html_sheet_keep(seen->sheet, zp_html_attribute(element->attributes, "class"));
        who->number = at + 1;
        g_array_set_size(seen->kin, at + 1);
    }
    if (!seen->sheet && !element->attributes)
        return true;
    if (at)
        node->look = nodes[0].look;
    set_look(seen, node, element);
    node->way = way_of(&node->look);
    node->behind = NULL;
    if (!at) {
        nodes[1].look = node->look;
        nodes[1].way = node->way;
    }
    if (seen->kin && !at) {
        ZpHtmlKin body = {.who = {.name = "body", .number = 2}, .brother = {.name = ""}};
        g_array_append_val(seen->kin, body);
    }
    return true;
}

static void set_choice(ZpHtmlSeen *seen, ZpHtmlNode *node, const ZpHtmlElement *element)
{
    if (node->way != ZP_WAY_CHOICE)
        return;
    GString *chosen = seen->texts[ZP_WAY_CHOICE];
    if (chosen && (element->tag == ZP_HTML_OPTION || element->tag == ZP_HTML_SELECT))
        g_string_truncate(chosen, 0);
    if (element->tag == ZP_HTML_OPTION)
        node->is_chosen = zp_html_attribute(element->attributes, "selected") != NULL;
    if (element->tag != ZP_HTML_SELECT)
        return;
    seen->choice_rank = 0;
    seen->is_listbox = zp_html_attribute(element->attributes, "multiple") ||
                       g_strcmp0(zp_html_attribute(element->attributes, "size"), "1") > 0;
}

ZpSeenAs zp_html_seen_start(ZpHtmlSeen *seen, const ZpHtmlElement *element, guint depth,
                            bool may_keep)
{
    end_before(seen, element);
    if (is_root(seen, element))
        return ZP_SEEN_PASSED;
    bool is_part = element->tag >= ZP_HTML_TABLE && element->tag <= ZP_HTML_CELL;
    if (!is_part && (!may_keep || !is_kept(seen, element)))
        return zp_seen_top(seen)->look.is_gone ? ZP_SEEN_LOST : ZP_SEEN_PASSED;
    bool was_gone = zp_seen_top(seen)->look.is_gone, is_table = element->tag == ZP_HTML_TABLE;
    ZpWay around = zp_html_seen_way(seen);
    ZpHtmlNode *node = push(seen, element, depth);
    if (is_table)
        node->look.raised = 0;
    if (is_table && seen->is_quirky) {
        const ZpHtmlLook *page = &g_array_index(seen->nodes, ZpHtmlNode, 1).look;
        node->look.colour = page->colour;
        node->look.knows_colour = page->knows_colour;
        node->look.font = page->font;
    }
    if (!was_gone || !node->look.is_gone) {
        if (seen->sheet || zp_html_look_says(element) || element->tag >= ZP_HTML_FIELD)
            set_look(seen, node, element);
    }
    set_kind(node, around, element);
    if (is_table && node->look.why)
        node->look.is_gone = true;
    seen->has_table |= is_table && node->look.is_gone;
    node->has_table = !node->look.is_gone && is_part;
    set_choice(seen, node, element);
    if (node->way == ZP_WAY_PICTURE && around != ZP_WAY_PICTURE)
        zp_seen_picture(seen, element);
    return node->look.is_gone ? ZP_SEEN_GONE : ZP_SEEN_KEPT;
}

void zp_html_seen_begun(ZpHtmlSeen *seen, const ZpHtmlElement *element)
{
    ZpHtmlLook look;
    const ZpHtmlNode *node = zp_seen_top(seen);
    if (!seen->ruled[1] || !seen->ruled[1]->len || node->look.is_gone)
        return;
    const char *text = part_of(seen, &node->look, element, seen->ruled[1], &look);
    g_array_set_size(seen->ruled[1], 0);
    if (text)
        zp_seen_give(seen, &look, way_of(&look), text, strlen(text));
}
