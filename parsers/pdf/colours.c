/*
 * colours.c - the operators of colours, and the graphics states that text and ground depend on.
 *
 * A colour is known where it is gray, RGB or CMYK, whatever profile it is measured by.  A separation says
 * how much ink there is; only none of it is a colour that is known: the paper's.
 *
 * Source: ISO 32000-1, 8.4.5, 8.6 and 11.6.4.
 */
#include "parsers/pdf/walk.h"

/* Gray and RGB are white when all are 1, CMYK when all are 0; of an ink, none of it is. */
static bool is_white(const Walk *walk, bool counts_ink)
{
    bool is_ink = counts_ink || walk->n_numbers == 4;
    for (guint k = 0; k < walk->n_numbers; k++) {
        if (is_ink ? walk->numbers[k] > 0.01 : walk->numbers[k] < 0.99)
            return false;
    }
    return walk->n_numbers > 0;
}

static float part(double value)
{
    return (float)CLAMP(value, 0, 1);
}

/* The colour that the operands say. */
static Colour colour_of(const Walk *walk, bool counts_ink)
{
    const double *n = walk->numbers;
    if (counts_ink)
        return (Colour){1, 1, 1, is_white(walk, true)};
    if (walk->n_numbers == 1)
        return (Colour){part(n[0]), part(n[0]), part(n[0]), true};
    if (walk->n_numbers == 3)
        return (Colour){part(n[0]), part(n[1]), part(n[2]), true};
    if (walk->n_numbers == 4)
        return (Colour){part((1 - n[0]) * (1 - n[3])), part((1 - n[1]) * (1 - n[3])),
                        part((1 - n[2]) * (1 - n[3])), true};
    return (Colour){0};
}

void colour_fill(Walk *walk)
{
    walk->painter.state.ink_fill = walk->painter.state.odd_fill = false;
    walk->painter.state.white_fill = is_white(walk, false);
    walk->painter.state.fill = colour_of(walk, false);
}

void colour_stroke(Walk *walk)
{
    walk->painter.state.ink_stroke = walk->painter.state.odd_stroke = false;
    walk->painter.state.white_stroke = is_white(walk, false);
    walk->painter.state.stroke = colour_of(walk, false);
}

void colour_fill_parts(Walk *walk)
{
    walk->painter.state.white_fill = is_white(walk, walk->painter.state.ink_fill);
    walk->painter.state.fill = colour_of(walk, walk->painter.state.ink_fill);
    walk->painter.state.fill.is_known &= !walk->painter.state.odd_fill;
}

void colour_stroke_parts(Walk *walk)
{
    walk->painter.state.white_stroke = is_white(walk, walk->painter.state.ink_stroke);
    walk->painter.state.stroke = colour_of(walk, walk->painter.state.ink_stroke);
    walk->painter.state.stroke.is_known &= !walk->painter.state.odd_stroke;
}

/* Whether the space that is named is an array of one of the kinds. */
static bool is_space(const Walk *walk, const char *const *kinds, guint n)
{
    qpdf_oh space = walk_resource(walk, "/ColorSpace", walk->name);
    if (!qpdf_oh_is_array(walk->qpdf, space))
        return false;
    qpdf_oh kind = qpdf_oh_get_array_item(walk->qpdf, space, 0);
    for (guint k = 0; k < n; k++) {
        if (qpdf_oh_is_name_and_equals(walk->qpdf, kind, kinds[k]))
            return true;
    }
    return false;
}

/* Whether a colour space counts ink: separations, and tables of colours, whose 1 may be any. */
static bool counts_ink(const Walk *walk)
{
    static const char *const KINDS[] = {"/Separation", "/DeviceN", "/Indexed"};
    return is_space(walk, KINDS, G_N_ELEMENTS(KINDS));
}

/* Whether its numbers are no gray, RGB, CMYK or ink. */
static bool is_odd(const Walk *walk)
{
    static const char *const KINDS[] = {"/Indexed", "/Lab", "/Pattern"};
    return is_space(walk, KINDS, G_N_ELEMENTS(KINDS));
}

/* The colour that a space begins with: black, or all of the ink. */
static Colour first_colour(bool counts_ink, bool is_odd)
{
    return (Colour){0, 0, 0, !counts_ink && !is_odd};
}

void colour_fill_space(Walk *walk)
{
    PaintState *state = &walk->painter.state;
    state->ink_fill = counts_ink(walk);
    state->odd_fill = is_odd(walk);
    state->white_fill = false;
    state->fill = first_colour(state->ink_fill, state->odd_fill);
}

void colour_stroke_space(Walk *walk)
{
    PaintState *state = &walk->painter.state;
    state->ink_stroke = counts_ink(walk);
    state->odd_stroke = is_odd(walk);
    state->white_stroke = false;
    state->stroke = first_colour(state->ink_stroke, state->odd_stroke);
}

static void set_alpha(const Walk *walk, qpdf_oh dictionary, const char *key, float *alpha)
{
    qpdf_oh value = qpdf_oh_get_key(walk->qpdf, dictionary, key);
    if (qpdf_oh_is_number(walk->qpdf, value))
        *alpha = part(qpdf_oh_get_numeric_value(walk->qpdf, value));
}

/* Whether what is painted is mixed with its ground by a mode of its own. */
static bool is_blend(const Walk *walk, qpdf_oh mode)
{
    if (qpdf_oh_is_array(walk->qpdf, mode) && qpdf_oh_get_array_n_items(walk->qpdf, mode) > 0)
        mode = qpdf_oh_get_array_item(walk->qpdf, mode, 0);
    return qpdf_oh_is_name(walk->qpdf, mode) &&
           !qpdf_oh_is_name_and_equals(walk->qpdf, mode, "/Normal") &&
           !qpdf_oh_is_name_and_equals(walk->qpdf, mode, "/Compatible");
}

void colour_state(Walk *walk)
{
    PaintState *state = &walk->painter.state;
    qpdf_data qpdf = walk->qpdf;
    qpdf_oh dictionary = walk_resource(walk, "/ExtGState", walk->name);
    if (!qpdf_oh_is_dictionary(qpdf, dictionary))
        return;
    set_alpha(walk, dictionary, "/ca", &state->fill_alpha);
    set_alpha(walk, dictionary, "/CA", &state->stroke_alpha);
    if (qpdf_oh_has_key(qpdf, dictionary, "/BM"))
        state->blends = is_blend(walk, qpdf_oh_get_key(qpdf, dictionary, "/BM"));
    if (qpdf_oh_has_key(qpdf, dictionary, "/SMask"))
        state->is_masked = qpdf_oh_is_dictionary(qpdf, qpdf_oh_get_key(qpdf, dictionary, "/SMask"));
    qpdf_oh font = qpdf_oh_get_key(qpdf, dictionary, "/Font");
    if (qpdf_oh_is_array(qpdf, font) && qpdf_oh_get_array_n_items(qpdf, font) == 2) {
        qpdf_oh size = qpdf_oh_get_array_item(qpdf, font, 1);
        text_set_font(walk, qpdf_oh_get_array_item(qpdf, font, 0),
                      qpdf_oh_is_number(qpdf, size) ? qpdf_oh_get_numeric_value(qpdf, size) : 0);
    }
}
