/*
 * annots.c - annotations: what they show over the page, what fields hold and typed notes say.
 *
 * An annotation's appearance is a form XObject that is fitted into its rectangle.  Text that it draws is
 * text of the page, and what it paints hides what is below.  A field or a note without an appearance, or
 * whose fonts do not say what they draw, is seen by its value.
 *
 * Source: ISO 32000-1, 12.5 (annotations) and 12.7 (forms).
 */
#include "parsers/pdf/walk.h"

#include "base/limits.h"

#include <string.h>

enum {
    FLAG_HIDDEN = 1 << 1,
    FLAG_NO_VIEW = 1 << 5,
    FIELD_MULTILINE = 1 << 12,
    FIELD_PASSWORD = 1 << 13,
};

/* Fields inside each other, from which a widget takes what it does not say itself. */
#define PARENTS 16
/* The size of a value's text where nothing says it, in points and of the height of its box. */
#define VALUE_SIZE  10.0
#define VALUE_PART  0.75
#define VALUE_LEAD  1.2
#define VALUE_CHARS 10000

static qpdf_oh key(const Walk *walk, qpdf_oh dictionary, const char *name)
{
    return qpdf_oh_get_key(walk->qpdf, dictionary, name);
}

static int integer(const Walk *walk, qpdf_oh value)
{
    return qpdf_oh_is_integer(walk->qpdf, value) ? qpdf_oh_get_int_value_as_int(walk->qpdf, value)
                                                 : 0;
}

static bool is_name(const Walk *walk, qpdf_oh value, const char *name)
{
    return qpdf_oh_is_name_and_equals(walk->qpdf, value, name);
}

bool annots_are_redrawn(qpdf_data qpdf)
{
    qpdf_oh root = qpdf_get_root(qpdf);
    if (!qpdf_oh_is_dictionary(qpdf, root))
        return false;
    qpdf_oh form = qpdf_oh_get_key(qpdf, root, "/AcroForm");
    if (!qpdf_oh_is_dictionary(qpdf, form))
        return false;
    qpdf_oh needs = qpdf_oh_get_key(qpdf, form, "/NeedAppearances");
    return qpdf_oh_is_bool(qpdf, needs) && qpdf_oh_get_bool_value(qpdf, needs);
}

/* A key of a field, its own or of the fields around it. */
static qpdf_oh inherited(const Walk *walk, qpdf_oh field, const char *name)
{
    for (guint k = 0; k < PARENTS && qpdf_oh_is_dictionary(walk->qpdf, field); k++) {
        if (qpdf_oh_has_key(walk->qpdf, field, name))
            return key(walk, field, name);
        field = key(walk, field, "/Parent");
    }
    return qpdf_oh_new_null(walk->qpdf);
}

/* The normal appearance, by the state where there are several. */
static qpdf_oh appearance(const Walk *walk, qpdf_oh annot)
{
    qpdf_oh all = key(walk, annot, "/AP");
    if (!qpdf_oh_is_dictionary(walk->qpdf, all))
        return qpdf_oh_new_null(walk->qpdf);
    qpdf_oh normal = key(walk, all, "/N"), state = key(walk, annot, "/AS");
    if (qpdf_oh_is_stream(walk->qpdf, normal) || !qpdf_oh_is_dictionary(walk->qpdf, normal) ||
        !qpdf_oh_is_name(walk->qpdf, state))
        return normal;
    return key(walk, normal, qpdf_oh_get_name(walk->qpdf, state));
}

static bool read_rect(const Walk *walk, qpdf_oh array, double *rect)
{
    double n[4];
    if (!walk_read_numbers(walk->qpdf, array, 4, n))
        return false;
    rect[0] = MIN(n[0], n[2]);
    rect[1] = MIN(n[1], n[3]);
    rect[2] = MAX(n[0], n[2]);
    rect[3] = MAX(n[1], n[3]);
    return true;
}

/* The box around a box's corners after a matrix. */
static void bounds(const Matrix *m, const double *box, double *out)
{
    for (guint k = 0; k < 4; k++) {
        double x = box[k & 1 ? 2 : 0], y = box[k & 2 ? 3 : 1];
        double px = m->a * x + m->c * y + m->e, py = m->b * x + m->d * y + m->f;
        out[0] = k ? MIN(out[0], px) : px;
        out[1] = k ? MIN(out[1], py) : py;
        out[2] = k ? MAX(out[2], px) : px;
        out[3] = k ? MAX(out[3], py) : py;
    }
}

static void walk_appearance(Walk *walk, qpdf_oh form, const double *rect)
{
    double box[4], m[6] = {1, 0, 0, 1, 0, 0}, all[4];
    qpdf_oh dictionary = qpdf_oh_get_dict(walk->qpdf, form);
    if (!read_rect(walk, key(walk, dictionary, "/BBox"), box))
        return;
    walk_read_numbers(walk->qpdf, key(walk, dictionary, "/Matrix"), 6, m);
    bounds(&(Matrix){m[0], m[1], m[2], m[3], m[4], m[5]}, box, all);
    double width = all[2] - all[0], height = all[3] - all[1];
    double across = width > 0 ? (rect[2] - rect[0]) / width : 1;
    double down = height > 0 ? (rect[3] - rect[1]) / height : 1;
    painter_save(&walk->painter);
    painter_transform(&walk->painter, &(Matrix){across, 0, 0, down, rect[0] - all[0] * across,
                                                rect[1] - all[1] * down});
    walk_form(walk, form);
    painter_restore(&walk->painter);
}

/* One line of a value, its characters half an em or one wide, closer where it would not fit. */
static void add_line(Walk *walk, const char *text, glong n, double x, double y, double size,
                     double width)
{
    const Matrix *m = &walk->painter.state.matrix;
    Drawn *drawn = walk->drawing->drawn;
    double needed = 0;
    const char *at = text;
    for (glong k = 0; k < n; k++, at = g_utf8_next_char(at))
        needed += g_unichar_iswide(g_utf8_get_char(at)) ? size : size / 2;
    double narrow = needed > width ? width / needed : 1;
    for (glong k = 0; k < n; k++, text = g_utf8_next_char(text)) {
        gunichar c = g_utf8_get_char(text);
        double half = (g_unichar_iswide(c) ? size : size / 2) * narrow / 2;
        x += half;
        DrawnGlyph glyph = {
            .x = (float)(m->a * x + m->c * y + m->e),
            .y = (float)(m->b * x + m->d * y + m->f),
            .ax = (float)(m->a * half),
            .ay = (float)(m->b * half),
            .em = (float)size,
            .c = {c},
            .turn = (guint8)turn_of(m->a, m->b),
            .is_alone = true,
        };
        x += half;
        if (!zp_char_is_space(c) && drawn->glyphs->len < ZP_LIMIT_PAGE_GLYPHS)
            g_array_append_val(drawn->glyphs, glyph);
    }
}

/* A value as a viewer would draw it in its box, line by line; long lines of long texts are wrapped. */
static void add_value(Walk *walk, const char *text, const double *rect, bool wraps)
{
    double width = MAX(rect[2] - rect[0] - 4, 1), height = MAX(rect[3] - rect[1], 1);
    double size = MIN(VALUE_SIZE, VALUE_PART * height);
    glong most = wraps ? MAX((glong)(width / size), 1) : VALUE_CHARS;
    double y = wraps ? rect[3] - size : (rect[1] + rect[3]) / 2;
    glong left = g_utf8_strlen(text, -1);
    guint first = walk->drawing->drawn->glyphs->len;
    walk->drawing->drawn->is_over |= left > VALUE_CHARS;
    for (left = MIN(left, VALUE_CHARS); left > 0;) {
        gsize length = strcspn(text, "\r\n");
        glong n = CLAMP(g_utf8_strlen(text, (gssize)length), 0, MIN(most, left));
        add_line(walk, text, n, rect[0] + 2, y, size, width);
        text = g_utf8_offset_to_pointer(text, n);
        bool ends = *text == '\r' || *text == '\n';
        left -= n + (ends ? 1 : 0);
        text += ends ? 1 : 0;
        y -= size * VALUE_LEAD;
    }
    drawn_add_run(walk->drawing->drawn, &walk->ground, first);
}

/* What a field or a typed note says; NULL: nothing, or it is no text. */
static char *value_of(const Walk *walk, qpdf_oh annot, bool is_field)
{
    qpdf_oh value = is_field ? inherited(walk, annot, "/V") : key(walk, annot, "/Contents");
    if (!qpdf_oh_is_string(walk->qpdf, value))
        return NULL;
    return g_utf8_make_valid(qpdf_oh_get_utf8_value(walk->qpdf, value), -1);
}

/* Whether the glyphs since @first can be read: there are some, and each has its character. */
static bool is_readable(const Walk *walk, guint first)
{
    const Drawn *drawn = walk->drawing->drawn;
    for (guint k = first; k < drawn->glyphs->len; k++) {
        if (!drawn_glyph(drawn, k)->c[0])
            return false;
    }
    return first < drawn->glyphs->len;
}

/* A value that differs from what its field shows; a field that a script formats may. */
static void compare_value(Walk *walk, qpdf_oh annot, guint first, char *value)
{
    Drawn *drawn = walk->drawing->drawn;
    DrawnSpan span = {.first = first, .end = drawn->glyphs->len, .text = value};
    qpdf_oh actions = inherited(walk, annot, "/AA");
    bool is_formatted =
        qpdf_oh_is_dictionary(walk->qpdf, actions) && qpdf_oh_has_key(walk->qpdf, actions, "/F");
    if (!is_formatted && drawn_differs(drawn, first, span.end, value))
        g_array_append_val(drawn->spans, span);
    else
        g_free(value);
}

/* Shows a field or a typed note: by its appearance where that can be read, else by its value. */
static void show_value(Walk *walk, qpdf_oh annot, qpdf_oh form, const double *rect, bool is_field)
{
    Drawn *drawn = walk->drawing->drawn;
    int flags = is_field ? integer(walk, inherited(walk, annot, "/Ff")) : FIELD_MULTILINE;
    guint first = drawn->glyphs->len;
    char *value = flags & FIELD_PASSWORD ? NULL : value_of(walk, annot, is_field);
    bool is_drawn = qpdf_oh_is_stream(walk->qpdf, form);
    bool is_redrawn = is_field && walk->file->needs_appearances && value;
    if (is_drawn && !is_redrawn)
        walk_appearance(walk, form, rect);
    if (!value)
        return;
    if (is_drawn && !is_redrawn && (first == drawn->glyphs->len || is_readable(walk, first))) {
        bool is_text = is_field && is_name(walk, inherited(walk, annot, "/FT"), "/Tx");
        if (is_text)
            compare_value(walk, annot, first, value);
        else
            g_free(value);
        return;
    }
    for (guint k = first; k < drawn->glyphs->len; k++)
        drawn_glyph(drawn, k)->c[0] = 0;
    add_value(walk, value, rect, (flags & FIELD_MULTILINE) != 0);
    g_free(value);
}

/* A rectangle that a viewer fills by itself. */
static void show_square(Walk *walk, qpdf_oh annot, const double *rect)
{
    qpdf_oh inside = key(walk, annot, "/IC"), alpha = key(walk, annot, "/CA");
    double n[4];
    for (guint count = 1; count <= 4; count++) {
        if (!walk_read_numbers(walk->qpdf, inside, count, n))
            continue;
        painter_save(&walk->painter);
        memcpy(walk->numbers, n, sizeof n);
        walk->n_numbers = count;
        colour_fill(walk);
        if (qpdf_oh_is_number(walk->qpdf, alpha))
            walk->painter.state.fill_alpha = (float)qpdf_oh_get_numeric_value(walk->qpdf, alpha);
        painter_rectangle(&walk->painter, rect[0], rect[1], rect[2] - rect[0], rect[3] - rect[1]);
        painter_fill(&walk->painter, false);
        painter_end_path(&walk->painter);
        painter_restore(&walk->painter);
        walk->n_numbers = 0;
    }
}

/* Kinds that hide nothing: marks through which the text is seen, and what is not drawn on the page. */
static bool is_mark(const Walk *walk, qpdf_oh subtype)
{
    static const char *const MARKS[] = {"/Highlight", "/Underline", "/StrikeOut",
                                        "/Squiggly",  "/Link",      "/Popup"};
    for (guint k = 0; k < G_N_ELEMENTS(MARKS); k++) {
        if (is_name(walk, subtype, MARKS[k]))
            return true;
    }
    return false;
}

static void walk_annot(Walk *walk, qpdf_oh annot)
{
    double rect[4];
    qpdf_oh subtype = key(walk, annot, "/Subtype");
    int flags = integer(walk, key(walk, annot, "/F"));
    if (flags & (FLAG_HIDDEN | FLAG_NO_VIEW) || is_mark(walk, subtype) ||
        !read_rect(walk, key(walk, annot, "/Rect"), rect) ||
        layer_is_off(walk, key(walk, annot, "/OC")))
        return;
    qpdf_oh form = appearance(walk, annot), kind = inherited(walk, annot, "/FT");
    bool is_field = is_name(walk, subtype, "/Widget");
    bool is_text = is_field && (is_name(walk, kind, "/Tx") || is_name(walk, kind, "/Ch"));
    walk->n_operators += 500; /* as much as a form */
    if (is_text || is_name(walk, subtype, "/FreeText"))
        show_value(walk, annot, form, rect, is_field);
    else if (qpdf_oh_is_stream(walk->qpdf, form))
        walk_appearance(walk, form, rect);
    else if (is_name(walk, subtype, "/Square"))
        show_square(walk, annot, rect);
}

void annots_walk(Walk *walk, qpdf_oh page)
{
    qpdf_oh annots = key(walk, page, "/Annots");
    int n =
        qpdf_oh_is_array(walk->qpdf, annots) ? qpdf_oh_get_array_n_items(walk->qpdf, annots) : 0;
    if (n > (int)ZP_LIMIT_PDF_ANNOTATIONS) {
        walk->drawing->is_cut = true;
        n = (int)ZP_LIMIT_PDF_ANNOTATIONS;
    }
    for (int k = 0; k < n && !walk->drawing->is_cut; k++) {
        qpdf_oh annot = qpdf_oh_get_array_item(walk->qpdf, annots, k);
        if (qpdf_oh_is_dictionary(walk->qpdf, annot))
            walk_annot(walk, annot);
    }
}
