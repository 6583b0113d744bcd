/*
 * look.c - the cascade's winners made into one look, property by property.
 *
 * First what the element's own kind and old attributes say (<s>, <sup>, <font color>, bgcolor, hidden), as a
 * browser's own style sheet would, then the page's declarations over it.  Some looks hide all that is in them
 * (display, opacity, clips), some only until an element within says otherwise (visibility, size, colour).
 */
#include "parsers/html/look.h"

#include <string.h>

/* Smaller letters are no letters (hundredths of a pixel). */
#define FONT_MIN 300
/* An em where nothing says how large letters are. */
#define FONT_USUAL 1600
/* No deeper pile of relative sizes grows beyond. */
#define FONT_MAX 100000000
/* Less than this much of a hundred shines through. */
#define OPACITY_MIN 10
/* Two colours whose channels differ by no more are one to the eye. */
#define CHANNEL_MIN 12
/* Hundredths of a pixel that move a text off every screen; a menu slides by less. */
#define FAR (1000 * 100)
/* A box of no more is none: pages for screen readers use one pixel. */
#define BOX_MIN 100
/* Hundredths of an em by which a raised letter stands higher. */
#define RAISE_MIN 20

#define WHITE 0xFFFFFF00u
#define BLACK 0x000000FFu

ZpHtmlLook zp_html_look_root(void)
{
    return (ZpHtmlLook){
        .font = FONT_USUAL,
        .colour = BLACK,
        .ground = WHITE,
        .knows_ground = true,
        .knows_colour = true,
    };
}

/* Elements whose kind alone makes a look. */
static const struct {
    const char *name;
    guint8 property, kind;
} KINDS[] = {
    {"del", ZP_CSS_STRIKE, ZP_CSS_LINE_THROUGH},
    {"s", ZP_CSS_STRIKE, ZP_CSS_LINE_THROUGH},
    {"strike", ZP_CSS_STRIKE, ZP_CSS_LINE_THROUGH},
    {"sup", ZP_CSS_VERTICAL, ZP_CSS_SUPER},
    {"sub", ZP_CSS_VERTICAL, ZP_CSS_SUB},
    {"rt", ZP_CSS_VERTICAL, ZP_CSS_SUPER},
    {"rp", ZP_CSS_DISPLAY, ZP_CSS_NONE},
    {"datalist", ZP_CSS_DISPLAY, ZP_CSS_NONE},
    {"ins", ZP_CSS_CONTENT, ZP_CSS_OTHER},
    {"bdo", ZP_CSS_BIDI, ZP_CSS_OVERRIDE},
    {"dialog", ZP_CSS_DISPLAY, ZP_CSS_NONE},
    {"a", ZP_CSS_COLOUR, ZP_CSS_PAINTED},
    {"mark", ZP_CSS_GROUND, ZP_CSS_PAINTED},
    {"font", ZP_CSS_CONTENT, ZP_CSS_OTHER},
};

static guint kind_of(const char *name)
{
    guint i = 0;
    while (i < G_N_ELEMENTS(KINDS) &&
           (KINDS[i].name[0] != name[0] || strcmp(KINDS[i].name, name) != 0))
        i++;
    return i;
}

bool zp_html_look_says(const ZpHtmlElement *element)
{
    static const char *const SAYING[] = {"style", "hidden", "bgcolor", "background",
                                         "color", "text",   "dir",     "open"};
    if (element->tag == ZP_HTML_SILENT)
        return true;
    if (element->tag == ZP_HTML_OTHER && kind_of(element->name) < G_N_ELEMENTS(KINDS))
        return true;
    for (const char *const *at = element->attributes; at && at[0]; at += 2) {
        for (guint i = 0; i < G_N_ELEMENTS(SAYING); i++) {
            if (at[0][0] == SAYING[i][0] && strcmp(at[0], SAYING[i]) == 0)
                return true;
        }
    }
    return false;
}

static const char *attribute(const ZpHtmlElement *element, const char *name)
{
    return zp_html_attribute(element->attributes, name);
}

/* The winning declaration of each property. */
typedef struct {
    const ZpCssValue *of[ZP_CSS_PROPERTIES];
    ZpCssValue own[ZP_CSS_PROPERTIES]; /* what the element itself says */
} Winners;

static void say(Winners *winners, ZpCssProperty property, ZpCssKind kind, guint32 colour)
{
    winners->own[property] =
        (ZpCssValue){.property = (guint8)property, .kind = (guint8)kind, .colour = colour};
    winners->of[property] = &winners->own[property];
}

static void say_colour(Winners *winners, const ZpHtmlElement *element, const char *name,
                       ZpCssProperty property)
{
    const char *text = attribute(element, name);
    guint32 colour;
    if (text && zp_css_colour(text, strlen(text), true, &colour))
        say(winners, property, ZP_CSS_PAINTED, colour);
}

/* What a browser's own style sheet and the attributes of old say. */
static void say_own(Winners *winners, const ZpHtmlElement *element)
{
    const char *name = element->name, *dir = attribute(element, "dir");
    guint kind = element->tag == ZP_HTML_OTHER ? kind_of(name) : G_N_ELEMENTS(KINDS);
    bool is_known = kind < G_N_ELEMENTS(KINDS);
    if (is_known && KINDS[kind].property != ZP_CSS_CONTENT)
        say(winners, KINDS[kind].property, KINDS[kind].kind, 0);
    if (is_known && strcmp(name, "a") == 0) {
        bool is_link = attribute(element, "href") != NULL;
        say(winners, ZP_CSS_COLOUR, is_link ? ZP_CSS_PAINTED : ZP_CSS_INHERIT, 0x0000EEFF);
    } else if (is_known && strcmp(name, "mark") == 0) {
        say(winners, ZP_CSS_GROUND, ZP_CSS_PAINTED, 0xFFFF00FF);
        say(winners, ZP_CSS_COLOUR, ZP_CSS_PAINTED, BLACK);
    } else if (is_known && strcmp(name, "dialog") == 0 && attribute(element, "open")) {
        winners->of[ZP_CSS_DISPLAY] = NULL;
    } else if (element->tag == ZP_HTML_FIELD || element->tag == ZP_HTML_SELECT) {
        say(winners, ZP_CSS_GROUND, ZP_CSS_PAINTED, WHITE | 0xFF);
        say(winners, ZP_CSS_COLOUR, ZP_CSS_PAINTED, BLACK);
    }
    if (!element->attributes)
        return;
    if (attribute(element, "hidden"))
        say(winners, ZP_CSS_DISPLAY, ZP_CSS_NONE, 1);
    say_colour(winners, element, "bgcolor", ZP_CSS_GROUND);
    if (strcmp(name, "font") == 0)
        say_colour(winners, element, "color", ZP_CSS_COLOUR);
    if (strcmp(name, "body") == 0)
        say_colour(winners, element, "text", ZP_CSS_COLOUR);
    if (attribute(element, "background"))
        say(winners, ZP_CSS_PICTURE, ZP_CSS_OTHER, 0);
    if (dir)
        say(winners, ZP_CSS_DIRECTION,
            g_ascii_strcasecmp(dir, "rtl") == 0 ? ZP_CSS_RTL : ZP_CSS_OTHER, 0);
}

/* A length in hundredths of a pixel; false where there is none or it is relative to a box. */
static bool length_of(const ZpCssValue *value, gint32 font, gint32 *out)
{
    if (!value || (value->kind != ZP_CSS_PX && value->kind != ZP_CSS_EM))
        return false;
    gint64 length = value->number;
    if (value->kind == ZP_CSS_EM)
        length = length * font / 100;
    *out = (gint32)CLAMP(length, -FONT_MAX, FONT_MAX);
    return true;
}

static bool is_kind(const ZpCssValue *value, ZpCssKind kind)
{
    return value && value->kind == kind;
}

static void set_font(ZpHtmlLook *look, const ZpCssValue *value)
{
    gint32 font;
    if (!value)
        return;
    if (length_of(value, look->font, &font))
        look->font = font;
    else if (value->kind == ZP_CSS_PERCENT)
        look->font = (gint32)CLAMP((gint64)look->font * value->number / 10000, 0, FONT_MAX);
    else if (value->kind == ZP_CSS_OTHER)
        look->font = FONT_USUAL;
}

/* Colour over ground, channel by channel. */
static guint32 blend(guint32 over, guint32 under)
{
    guint32 cover = over & 0xFF, mixed = 0;
    for (guint shift = 8; shift < 32; shift += 8) {
        guint32 a = over >> shift & 0xFF, b = under >> shift & 0xFF;
        mixed |= ((a * cover + b * (255 - cover) + 127) / 255) << shift;
    }
    return mixed;
}

static void set_colours(ZpHtmlLook *look, const Winners *winners)
{
    const ZpCssValue *colour = winners->of[ZP_CSS_COLOUR], *ground = winners->of[ZP_CSS_GROUND];
    if (winners->of[ZP_CSS_FILL])
        colour = winners->of[ZP_CSS_FILL];
    if (colour && colour->kind != ZP_CSS_INHERIT) {
        look->knows_colour = colour->kind == ZP_CSS_PAINTED;
        look->colour = colour->colour;
    }
    if (is_kind(ground, ZP_CSS_PAINTED)) {
        look->ground = blend(ground->colour, look->ground);
        look->knows_ground |= (ground->colour & 0xFF) == 0xFF;
    } else if (is_kind(ground, ZP_CSS_OTHER)) {
        look->knows_ground = false;
    }
    if (is_kind(winners->of[ZP_CSS_PICTURE], ZP_CSS_OTHER))
        look->knows_ground = false;
}

static bool is_table_part(ZpHtmlTag tag)
{
    return tag == ZP_HTML_TABLE || tag == ZP_HTML_GROUP || tag == ZP_HTML_ROW ||
           tag == ZP_HTML_CELL;
}

/* Whether a width and a height count, and where its text begins a line. */
static bool has_box(const ZpHtmlElement *element, const Winners *winners)
{
    const ZpCssValue *display = winners->of[ZP_CSS_DISPLAY];
    if (is_kind(winners->of[ZP_CSS_POSITION], ZP_CSS_AWAY) || is_kind(display, ZP_CSS_BOX))
        return true;
    return element->tag == ZP_HTML_BLOCK && !is_kind(display, ZP_CSS_INLINE);
}

static bool is_far(const ZpCssValue *value, gint32 font, bool both)
{
    gint32 length;
    return length_of(value, font, &length) && (length <= -FAR || (both && length >= FAR * 9));
}

static bool is_moved_out(const ZpHtmlLook *look, const Winners *winners)
{
    const ZpCssValue *const *of = winners->of;
    if (is_kind(of[ZP_CSS_TRANSFORM], ZP_CSS_AWAY) ||
        is_far(of[ZP_CSS_MARGIN_LEFT], look->font, false) ||
        is_far(of[ZP_CSS_MARGIN_TOP], look->font, false))
        return true;
    const ZpCssValue *position = of[ZP_CSS_POSITION];
    if (!is_kind(position, ZP_CSS_AWAY) && !is_kind(position, ZP_CSS_MOVED))
        return false;
    return is_far(of[ZP_CSS_LEFT], look->font, true) || is_far(of[ZP_CSS_TOP], look->font, false) ||
           is_far(of[ZP_CSS_RIGHT], look->font, true) ||
           is_far(of[ZP_CSS_BOTTOM], look->font, false);
}

static bool is_small(const ZpCssValue *value, gint32 font)
{
    gint32 length;
    return (length_of(value, font, &length) && length <= BOX_MIN) ||
           (is_kind(value, ZP_CSS_PERCENT) && value->number == 0);
}

static bool is_clipped(const ZpHtmlLook *look, const Winners *winners)
{
    const ZpCssValue *const *of = winners->of;
    bool is_away = is_kind(of[ZP_CSS_POSITION], ZP_CSS_AWAY);
    if (is_kind(of[ZP_CSS_CLIP], ZP_CSS_HIDDEN) ||
        (is_away && is_kind(of[ZP_CSS_CLIP], ZP_CSS_AWAY)))
        return true;
    return look->is_box && is_kind(of[ZP_CSS_OVERFLOW], ZP_CSS_HIDDEN) &&
           (is_small(of[ZP_CSS_WIDTH], look->font) || is_small(of[ZP_CSS_HEIGHT], look->font) ||
            is_small(of[ZP_CSS_MAX_WIDTH], look->font) ||
            is_small(of[ZP_CSS_MAX_HEIGHT], look->font));
}

static void set_hidden(ZpHtmlLook *look, const ZpHtmlElement *element, const Winners *winners)
{
    const ZpCssValue *const *of = winners->of;
    const ZpCssValue *display = of[ZP_CSS_DISPLAY], *visibility = of[ZP_CSS_VISIBILITY];
    if (is_kind(display, ZP_CSS_NONE)) {
        look->is_gone = true;
        look->why = look->why ? look->why
                    : display == &winners->own[ZP_CSS_DISPLAY] && display->colour
                        ? ZP_UNSEEN_ATTRIBUTE
                        : ZP_UNSEEN_DISPLAY;
    }
    bool collapses = is_kind(visibility, ZP_CSS_COLLAPSE);
    if (collapses && (element->tag == ZP_HTML_ROW || element->tag == ZP_HTML_GROUP)) {
        look->is_gone = true;
        look->why = look->why ? look->why : ZP_UNSEEN_VISIBILITY;
    } else if (is_kind(visibility, ZP_CSS_HIDDEN) || collapses) {
        look->invisible = ZP_UNSEEN_VISIBILITY;
    } else if (is_kind(visibility, ZP_CSS_VISIBLE)) {
        look->invisible = ZP_UNSEEN_NOT;
    }
    if (look->why)
        return;
    if ((is_kind(of[ZP_CSS_OPACITY], ZP_CSS_PX) && of[ZP_CSS_OPACITY]->number < OPACITY_MIN) ||
        is_kind(of[ZP_CSS_CONTENT_VISIBILITY], ZP_CSS_HIDDEN))
        look->why = ZP_UNSEEN_OPACITY;
    else if (is_moved_out(look, winners))
        look->why = ZP_UNSEEN_PLACE;
    else if (!is_table_part(element->tag) && is_clipped(look, winners))
        look->why = ZP_UNSEEN_BOX;
}

/* Above or below the line: by its kind, or moved there as style sheets for <sup> do. */
static void set_raised(ZpHtmlLook *look, const ZpHtmlElement *element, const Winners *winners)
{
    const ZpCssValue *const *of = winners->of;
    gint32 length;
    if (element->tag != ZP_HTML_OTHER || look->is_box)
        return;
    if (is_kind(of[ZP_CSS_VERTICAL], ZP_CSS_SUPER))
        look->raised = 1;
    else if (is_kind(of[ZP_CSS_VERTICAL], ZP_CSS_SUB))
        look->raised = -1;
    else if (is_kind(of[ZP_CSS_VERTICAL], ZP_CSS_PERCENT) &&
             ABS(of[ZP_CSS_VERTICAL]->number) >= RAISE_MIN * 100)
        look->raised = of[ZP_CSS_VERTICAL]->number > 0 ? 1 : -1;
    else if (length_of(of[ZP_CSS_VERTICAL], look->font, &length) &&
             ABS(length) >= look->font / 100 * RAISE_MIN && length)
        look->raised = length > 0 ? 1 : -1;
    if (!is_kind(of[ZP_CSS_POSITION], ZP_CSS_MOVED))
        return;
    if (length_of(of[ZP_CSS_TOP], look->font, &length) && length &&
        ABS(length) >= look->font / 100 * RAISE_MIN)
        look->raised = length < 0 ? 1 : -1;
    else if (length_of(of[ZP_CSS_BOTTOM], look->font, &length) && length &&
             ABS(length) >= look->font / 100 * RAISE_MIN)
        look->raised = length > 0 ? 1 : -1;
}

void zp_html_look_plain(ZpHtmlLook *look, const ZpHtmlElement *element)
{
    look->is_box = element->tag == ZP_HTML_BLOCK;
    if (look->is_box || is_table_part(element->tag))
        look->out = look->is_indented ? ZP_UNSEEN_PLACE : ZP_UNSEEN_NOT;
}

ZpHtmlLook zp_html_look_of(const ZpHtmlLook *parent, const ZpHtmlElement *element,
                           const GArray *values)
{
    ZpHtmlLook look = *parent;
    Winners winners;
    memset(&winners, 0, sizeof winners);
    say_own(&winners, element);
    for (guint i = 0; i < values->len; i++) {
        const ZpCssValue *value = &g_array_index(values, ZpCssValue, i);
        winners.of[value->property] = value;
    }
    look.is_box = has_box(element, &winners);
    set_font(&look, winners.of[ZP_CSS_FONT_SIZE]);
    set_colours(&look, &winners);
    set_hidden(&look, element, &winners);
    const ZpCssValue *indent = winners.of[ZP_CSS_TEXT_INDENT];
    gint32 length;
    if (length_of(indent, look.font, &length))
        look.is_indented = length <= -FAR || length >= FAR * 9;
    else if (indent && indent->kind != ZP_CSS_INHERIT)
        look.is_indented = false;
    if (look.is_box || is_table_part(element->tag))
        look.out = look.is_indented ? ZP_UNSEEN_PLACE : ZP_UNSEEN_NOT;
    set_raised(&look, element, &winners);
    const ZpCssValue *strike = winners.of[ZP_CSS_STRIKE];
    bool is_own = winners.own[ZP_CSS_STRIKE].kind == ZP_CSS_LINE_THROUGH;
    look.is_struck |= is_kind(strike, ZP_CSS_LINE_THROUGH);
    look.is_unstruck |= is_own && !look.is_struck;
    look.is_inserted |= strcmp(element->name, "ins") == 0;
    if (winners.of[ZP_CSS_DIRECTION])
        look.is_rtl = winners.of[ZP_CSS_DIRECTION]->kind == ZP_CSS_RTL;
    if (winners.of[ZP_CSS_BIDI])
        look.is_turned = is_kind(winners.of[ZP_CSS_BIDI], ZP_CSS_OVERRIDE) && look.is_rtl;
    return look;
}

static bool is_alike(guint32 a, guint32 b)
{
    for (guint shift = 8; shift < 32; shift += 8) {
        gint32 x = (gint32)(a >> shift & 0xFF), y = (gint32)(b >> shift & 0xFF);
        if (ABS(x - y) > CHANNEL_MIN)
            return false;
    }
    return true;
}

ZpUnseen zp_html_look_unseen(const ZpHtmlLook *look)
{
    if (look->why || look->invisible || look->out)
        return look->why ? look->why : look->invisible ? look->invisible : look->out;
    if (look->font < FONT_MIN)
        return ZP_UNSEEN_SIZE;
    if (!look->knows_colour)
        return ZP_UNSEEN_NOT;
    guint32 cover = look->colour & 0xFF;
    if (cover * 100 < OPACITY_MIN * 255 ||
        (look->knows_ground && is_alike(blend(look->colour, look->ground), look->ground)))
        return ZP_UNSEEN_COLOUR;
    return ZP_UNSEEN_NOT;
}

void zp_html_look_strong(GArray *values)
{
    guint n = values->len, kept = 0, first = 0;
    while (first < n && !g_array_index(values, ZpCssValue, first).is_important)
        first++;
    if (first == n)
        return;
    g_autofree ZpCssValue *strong = g_new(ZpCssValue, n);
    guint n_strong = 0;
    for (guint i = 0; i < n; i++) {
        ZpCssValue value = g_array_index(values, ZpCssValue, i);
        if (value.is_important)
            strong[n_strong++] = value;
        else
            g_array_index(values, ZpCssValue, kept++) = value;
    }
    g_array_set_size(values, kept);
    g_array_append_vals(values, strong, n_strong);
}
