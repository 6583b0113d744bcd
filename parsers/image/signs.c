/*
 * signs.c - signs that the model takes for letters, told by their ink.
 */
#include "parsers/image/signs.h"

#include "parsers/image/ctc.h"
#include "parsers/image/shapes.h"

static const CtcChar *letter_at(const GArray *letters, guint k)
{
    return &g_array_index(letters, CtcChar, k);
}

static bool is_digit(gunichar c)
{
    return c >= '0' && c <= '9';
}

/* The one shape at a character's place; NULL: none, or several. */
static const Shape *shape_between(const GArray *shapes, float x0, float x1)
{
    const Shape *found = NULL;
    for (guint i = 0; i < shapes->len; i++) {
        const Shape *shape = &g_array_index(shapes, Shape, i);
        float middle = (shape->box.x0 + shape->box.x1) / 2;
        if (middle < x0 || middle >= x1)
            continue;
        if (found)
            return NULL;
        found = shape;
    }
    return found;
}

/*
 * Signs that the model takes for letters: ≥ in a cell of its own is an N, / a 1 or L.  What the ink looks like
 * decides; a lone letter that does not look like a sign may be one that nobody knows.
 */
bool signs_look(GArray *letters, const float *edges, const GArray *shapes, PIX *ink)
{
    guint n = letters->len;
    bool is_doubtful = false;
    for (guint k = 0; k < n; k++) {
        CtcChar *one = &g_array_index(letters, CtcChar, k);
        bool is_letter = one->c < 0x2E80 && g_unichar_isalpha(one->c);
        bool is_alone = n == 1;
        if (!is_letter && !(is_alone && (one->c == '1' || one->c == ']' || one->c == '|' ||
                                         one->c == '7' || one->c == 0x2F)))
            continue;
        /* Inside of a word it is a letter. */
        if (!is_alone && !(k + 1 < n && is_digit(letter_at(letters, k + 1)->c) &&
                           (k == 0 || !g_unichar_isalnum(letter_at(letters, k - 1)->c))))
            continue;
        const Shape *shape = shape_between(shapes, edges[k], edges[k + 1]);
        ShapeForm form = shape ? shape_form(ink, &shape->box) : FORM_OTHER;
        if (form == FORM_SLASH && is_alone) {
            one->c = '/';
        } else if (form == FORM_RIGHT || form == FORM_LEFT) {
            ShapeBar bar = shape_bar(ink, &shape->box, form == FORM_RIGHT);
            one->c = bar == BAR_NONE ? (form == FORM_RIGHT ? '>' : '<')
                                     : (form == FORM_RIGHT ? 0x2265 : 0x2264);
            is_doubtful |= bar == BAR_UNSURE;
        } else if (is_alone && is_letter && one->c != 'O' && one->c != 'o') {
            is_doubtful = true;
            continue;
        } else {
            continue;
        }
        one->share = 1;
        one->is_sign = true;
    }
    return is_doubtful;
}
