/*
 * text.c - TextCode: characters, each at its step from the one before.
 *
 *     X Y   DeltaX="g 3 4 63.5"
 *     项 4 目 4 名 4 称 63.5 网 …      one TextCode may hold a row of a table, or a column
 *
 * No font is loaded.  A glyph is one em wide where it is East Asian, else half, never wider than the step to
 * the next one of its line; it stands from 0.86 em above its baseline to 0.14 below.
 *
 * Source: GB/T 33190-2016, 11.
 */
#include "parsers/ofd/draw.h"
#include "parsers/ofd/numbers.h"
#include "parsers/print/shown.h"

#include "base/limits.h"

#include <math.h>
#include <string.h>

/* In em: from the baseline to the middle of a glyph. */
#define MIDDLE 0.36
/* In em: a glyph so far off the line begins another string, and so does one behind such a gap. */
#define OFF_LINE 0.25
#define FAR_GAP  1.0

/* A place in the object's space. */
typedef struct {
    double x, y;
} Point;

/* What an object's texts have in common. */
typedef struct {
    OfdDraw *draw;
    const OfdContent *content;
    const OfdObject *object;
    Point along, up;        /* the way a glyph's line runs, and where its head is */
    double em_along, em_up; /* on the page */
    Turn turn;
    guint8 why;
    Inked inked;
    Point pen;      /* the origin of the next glyph */
    guint position; /* of the next character, over all TextCodes */
    guint first;    /* glyph of the string under way */
    bool begins;    /* the next glyph begins a string */
} Shown;

static void take_spaces(const char **start, const char **end)
{
    const char *from = *start, *to = *end;
    while (from < to && g_ascii_isspace(*from))
        from++;
    while (to > from && g_ascii_isspace(to[-1]))
        to--;
    /* a line break and the indentation around the characters are mark-up; spaces alone are text */
    if (memchr(*start, '\n', (gsize)(from - *start)) ||
        memchr(*start, '\r', (gsize)(from - *start)))
        *start = from;
    if (memchr(to, '\n', (gsize)(*end - to)) || memchr(to, '\r', (gsize)(*end - to)))
        *end = to;
}

/* `\` and four hex digits: a character that XML cannot hold. */
static gunichar take_char(const char **at)
{
    const char *here = *at;
    if (*here == '\\') {
        gunichar c = 0;
        guint k = 1;
        for (; k <= 4 && g_ascii_isxdigit(here[k]); k++)
            c = c * 16 + (gunichar)g_ascii_xdigit_value(here[k]);
        if (k == 5 && g_unichar_validate(c)) {
            *at = here + k;
            return c;
        }
    }
    *at = g_utf8_next_char(here);
    return g_utf8_get_char(here);
}

/* The characters of a TextCode. */
static GArray *chars_of(const OfdCode *code)
{
    GArray *chars = g_array_new(FALSE, FALSE, sizeof(gunichar));
    const char *at = code->text, *end = at + strlen(at);
    take_spaces(&at, &end);
    while (at < end) {
        gunichar c = take_char(&at);
        if (c == 0xA4) /* a glyph without a character stands here */
            c = 0xFFFD;
        g_array_append_val(chars, c);
    }
    return chars;
}

void ofd_text_append(GString *out, const OfdContent *content, const OfdObject *object)
{
    for (guint k = 0; k < object->n_codes; k++) {
        g_autoptr(GArray) chars =
            chars_of(&g_array_index(content->codes, OfdCode, object->first_code + k));
        for (guint i = 0; i < chars->len; i++) {
            gunichar c = g_array_index(chars, gunichar, i);
            if (g_unichar_validate(c) && c)
                g_string_append_unichar(out, c);
        }
    }
}

/* East Asian fonts draw these as wide as a character, too. */
static bool is_wide(gunichar c)
{
    static const gunichar ALSO[] = {0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0xD7};
    for (guint k = 0; k < G_N_ELEMENTS(ALSO); k++) {
        if (c == ALSO[k])
            return true;
    }
    return g_unichar_iswide(c);
}

static double em_width(gunichar c)
{
    return is_wide(c) ? 1 : 0.5;
}

static double dot(Point a, Point b)
{
    return a.x * b.x + a.y * b.y;
}

/* The quarters that glyphs are turned by, clockwise. */
static Point turned(guint quarters, double x, double y)
{
    const Point all[] = {{x, y}, {-y, x}, {-x, -y}, {y, -x}};
    return all[quarters % 4];
}

static Point on_paper(const Matrix *m, Point p)
{
    return (Point){m->a * p.x + m->c * p.y, m->b * p.x + m->d * p.y};
}

static Shown begin_text(OfdDraw *draw, const OfdContent *content, const OfdObject *object)
{
    const PaintState *state = &draw->painter.state;
    Shown shown = {.draw = draw, .content = content, .object = object, .begins = true};
    shown.along = turned(object->char_turn, 1, 0);
    shown.up = turned(object->char_turn, 0, -1);
    Point along = on_paper(&state->matrix, shown.along);
    Point up = on_paper(&state->matrix, shown.up);
    shown.em_along = hypot(along.x, along.y) * fabs(object->size * object->h_scale);
    shown.em_up = hypot(up.x, up.y) * fabs(object->size);
    shown.turn = turn_of(along.x, along.y);
    shown.inked = (Inked){.fills = object->fills != 0, .strokes = object->strokes == 1};
    shown.first = draw->drawing->drawn->glyphs->len;
    if (draw->painter.n_off || shown_is_invisible(state, shown.inked))
        shown.why = UNSEEN_INVISIBLE;
    else if (shown_is_tiny(draw->drawing->drawn, MIN(shown.em_along, shown.em_up)))
        shown.why = UNSEEN_TINY;
    return shown;
}

static void end_string(Shown *shown)
{
    Drawn *drawn = shown->draw->drawing->drawn;
    shown_end(&shown->draw->painter, drawn, shown->inked, shown->first);
    shown->first = drawn->glyphs->len;
    shown->begins = true;
}

static void add_glyph(Shown *shown, gunichar c, double width)
{
    const Matrix *m = &shown->draw->painter.state.matrix;
    PageDrawing *drawing = shown->draw->drawing;
    double size = shown->object->size;
    const Point half = {shown->along.x * width / 2, shown->along.y * width / 2};
    const Point middle = {shown->pen.x + half.x + shown->up.x * MIDDLE * size,
                          shown->pen.y + half.y + shown->up.y * MIDDLE * size};
    if (drawing->drawn->glyphs->len >= ZP_LIMIT_PAGE_GLYPHS) {
        shown->draw->has_many_glyphs = true;
        return;
    }
    Point on_page_middle = on_paper(m, middle), on_page_half = on_paper(m, half);
    DrawnGlyph glyph = {
        .x = on_page(on_page_middle.x + m->e),
        .y = on_page(on_page_middle.y + m->f),
        .ax = on_page(on_page_half.x),
        .ay = on_page(on_page_half.y),
        .em = on_page(shown->em_up),
        .c = {c ? c : 0xFFFD},
        .why = shown->why,
        .turn = (guint8)shown->turn,
        .is_alone = true,
    };
    g_array_append_val(drawing->drawn->glyphs, glyph);
    drawing->n_codes++;
    drawing->codes_by_turn[shown->turn]++;
    shown->begins = false;
}

/* Shows a character whose step leads so far; @is_last: nothing comes behind it. */
static void show_char(Shown *shown, gunichar c, Point step, bool is_last)
{
    const OfdObject *object = shown->object;
    double along = dot(step, shown->along), off = fabs(dot(step, shown->up));
    double size = fabs(object->size), width = em_width(c) * size * fabs(object->h_scale);
    bool in_line = off < OFF_LINE * size && along > 0;
    if (!is_last && in_line)
        width = MIN(width, along);
    if (zp_char_is_space(c))
        end_string(shown);
    else
        add_glyph(shown, c, width);
    if (!is_last && (!in_line || along > width + FAR_GAP * size))
        end_string(shown);
    shown->pen.x += step.x;
    shown->pen.y += step.y;
}

/* The change that begins with the next character, if any. */
static const OfdChange *find_change(const Shown *shown, guint *next)
{
    const OfdObject *object = shown->object;
    for (; *next < object->n_changes; ++*next) {
        const OfdChange *change =
            &g_array_index(shown->content->changes, OfdChange, object->first_change + *next);
        if (change->position > shown->position)
            return NULL;
        if (change->position == shown->position)
            return change;
    }
    return NULL;
}

/* Steps of a text that states none: as wide as its characters are. */
static Point own_step(const Shown *shown, gunichar c)
{
    double size = shown->object->size * em_width(c);
    if (shown->object->is_down)
        return (Point){0, shown->object->size};
    return (Point){size * shown->object->h_scale, 0};
}

static void show_code(Shown *shown, const OfdCode *code, guint *next_change)
{
    g_autoptr(GArray) chars = chars_of(code);
    OfdSteps dx = ofd_steps(code->dx), dy = ofd_steps(code->dy);
    bool is_spread = !dx.has_any && !dy.has_any;
    shown->draw->is_spread |= is_spread && chars->len > 1;
    for (guint k = 0; k < chars->len;) {
        const OfdChange *change = find_change(shown, next_change);
        guint n = change ? MIN(change->n_codes, chars->len - k) : 1;
        guint n_glyphs = change ? change->n_glyphs : 1;
        Point step = {0, 0};
        for (guint i = 0; i < n_glyphs; i++) {
            Point own = is_spread ? own_step(shown, g_array_index(chars, gunichar, k))
                                  : (Point){ofd_step(&dx), ofd_step(&dy)};
            step.x += own.x;
            step.y += own.y;
        }
        step.x /= n;
        step.y /= n;
        for (guint end = k + n; k < end; k++, shown->position++)
            show_char(shown, g_array_index(chars, gunichar, k), step,
                      k + 1 == chars->len && n == 1);
    }
    end_string(shown);
}

void ofd_draw_text(OfdDraw *draw, const OfdContent *content, const OfdObject *object)
{
    Shown shown = begin_text(draw, content, object);
    Point origin = {0, 0};
    guint next_change = 0;
    for (guint k = 0; k < object->n_codes; k++) {
        const OfdCode *code = &g_array_index(content->codes, OfdCode, object->first_code + k);
        if (code->has_x)
            origin.x = code->x;
        if (code->has_y)
            origin.y = code->y;
        shown.pen = origin;
        show_code(&shown, code, &next_change);
    }
}
