/*
 * operators.c - a content stream's operators, one function each.
 *
 * One table says which operators matter and how many numbers they take; everything else only
 * empties the operands.  Form XObjects are walked with their own matrix, box and resources.
 *
 * Source: ISO 32000-1, 8.4 to 8.5 (graphics state, paths), 8.10 (form XObjects), 9.4 (text).
 */
#include "parsers/pdf/walk.h"

#include "base/limits.h"

#include <math.h>
#include <string.h>

static void op_save(Walk *walk)
{
    painter_save(&walk->painter);
}

static void op_restore(Walk *walk)
{
    painter_restore(&walk->painter);
}

static void op_transform(Walk *walk)
{
    const double *n = walk->numbers;
    painter_transform(&walk->painter, &(Matrix){n[0], n[1], n[2], n[3], n[4], n[5]});
}

static void op_width(Walk *walk)
{
    walk->painter.state.line_width = walk->numbers[0];
}

static void op_rectangle(Walk *walk)
{
    const double *n = walk->numbers;
    painter_rectangle(&walk->painter, n[0], n[1], n[2], n[3]);
}

static void op_move(Walk *walk)
{
    painter_move(&walk->painter, walk->numbers[0], walk->numbers[1]);
}

static void op_line(Walk *walk)
{
    painter_line(&walk->painter, walk->numbers[0], walk->numbers[1]);
}

/* A curve stands for its control points: only whether it is thin is asked of it. */
static void op_curve(Walk *walk)
{
    for (guint k = 0; k + 1 < walk->n_numbers; k += 2)
        painter_curve(&walk->painter, walk->numbers[k], walk->numbers[k + 1]);
}

static void op_close(Walk *walk)
{
    painter_close(&walk->painter);
}

static void op_clip(Walk *walk)
{
    painter_clip(&walk->painter);
}

static void op_end(Walk *walk)
{
    painter_end_path(&walk->painter);
}

static void op_fill(Walk *walk)
{
    painter_fill(&walk->painter, false);
    painter_end_path(&walk->painter);
}

static void op_fill_even_odd(Walk *walk)
{
    painter_fill(&walk->painter, true);
    painter_end_path(&walk->painter);
}

static void op_stroke(Walk *walk)
{
    painter_stroke(&walk->painter);
    painter_end_path(&walk->painter);
}

static void op_close_stroke(Walk *walk)
{
    painter_close(&walk->painter);
    op_stroke(walk);
}

static void op_fill_stroke(Walk *walk)
{
    painter_fill(&walk->painter, false);
    op_stroke(walk);
}

static void op_fill_stroke_even_odd(Walk *walk)
{
    painter_fill(&walk->painter, true);
    op_stroke(walk);
}

static void op_close_fill_stroke(Walk *walk)
{
    painter_close(&walk->painter);
    op_fill_stroke(walk);
}

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

static void op_fill_colour(Walk *walk)
{
    walk->painter.state.ink_fill = false;
    walk->painter.state.white_fill = is_white(walk, false);
}

static void op_stroke_colour(Walk *walk)
{
    walk->painter.state.ink_stroke = false;
    walk->painter.state.white_stroke = is_white(walk, false);
}

static void op_fill_components(Walk *walk)
{
    walk->painter.state.white_fill = is_white(walk, walk->painter.state.ink_fill);
}

static void op_stroke_components(Walk *walk)
{
    walk->painter.state.white_stroke = is_white(walk, walk->painter.state.ink_stroke);
}

static qpdf_oh resource(const Walk *walk, const char *kind, const char *name)
{
    qpdf_oh dictionary = qpdf_oh_get_key(walk->qpdf, walk->resources, kind);
    if (!qpdf_oh_is_dictionary(walk->qpdf, dictionary))
        return qpdf_oh_new_null(walk->qpdf);
    return qpdf_oh_get_key(walk->qpdf, dictionary, name);
}

/* Whether a colour space counts ink: separations, and tables of colours, whose 1 may be any. */
static bool counts_ink(const Walk *walk)
{
    static const char *const KINDS[] = {"/Separation", "/DeviceN", "/Indexed"};
    qpdf_oh space = resource(walk, "/ColorSpace", walk->name);
    if (!qpdf_oh_is_array(walk->qpdf, space))
        return false;
    qpdf_oh kind = qpdf_oh_get_array_item(walk->qpdf, space, 0);
    for (guint k = 0; k < G_N_ELEMENTS(KINDS); k++) {
        if (qpdf_oh_is_name_and_equals(walk->qpdf, kind, KINDS[k]))
            return true;
    }
    return false;
}

static void op_fill_space(Walk *walk)
{
    walk->painter.state.ink_fill = counts_ink(walk);
    walk->painter.state.white_fill = false;
}

static void op_stroke_space(Walk *walk)
{
    walk->painter.state.ink_stroke = counts_ink(walk);
    walk->painter.state.white_stroke = false;
}

/* What drawing a form counts for: qpdf takes long to look one up, and forms that draw each other multiply. */
#define FORM_OPERATORS 500

/* Walks a form XObject in a state of its own. */
static void walk_form(Walk *walk, qpdf_oh form)
{
    qpdf_oh dictionary = qpdf_oh_get_dict(walk->qpdf, form), outer = walk->resources;
    double m[6], box[4];
    guint depth = walk->painter.stack->len;
    painter_save(&walk->painter);
    if (walk_read_numbers(walk->qpdf, qpdf_oh_get_key(walk->qpdf, dictionary, "/Matrix"), 6, m))
        painter_transform(&walk->painter, &(Matrix){m[0], m[1], m[2], m[3], m[4], m[5]});
    if (walk_read_numbers(walk->qpdf, qpdf_oh_get_key(walk->qpdf, dictionary, "/BBox"), 4, box)) {
        painter_end_path(&walk->painter);
        painter_rectangle(&walk->painter, box[0], box[1], box[2] - box[0], box[3] - box[1]);
        painter_clip(&walk->painter);
        painter_end_path(&walk->painter);
    }
    qpdf_oh resources = qpdf_oh_get_key(walk->qpdf, dictionary, "/Resources");
    if (qpdf_oh_is_dictionary(walk->qpdf, resources))
        walk->resources = resources;
    walk->depth++;
    walk->n_operators += FORM_OPERATORS;
    walk_stream(walk, form);
    walk->depth--;
    walk->resources = outer;
    while (walk->painter.stack->len > depth)
        painter_restore(&walk->painter);
}

static void op_object(Walk *walk)
{
    qpdf_oh object = resource(walk, "/XObject", walk->name);
    if (!qpdf_oh_is_stream(walk->qpdf, object))
        return;
    qpdf_oh subtype = qpdf_oh_get_key(walk->qpdf, qpdf_oh_get_dict(walk->qpdf, object), "/Subtype");
    if (qpdf_oh_is_name_and_equals(walk->qpdf, subtype, "/Image"))
        walk->drawing->has_picture = true;
    else if (walk->depth >= walk->depth_max)
        walk->drawing->is_cut = true;
    else if (qpdf_oh_is_name_and_equals(walk->qpdf, subtype, "/Form"))
        walk_form(walk, object);
}

static void op_image(Walk *walk)
{
    walk->drawing->has_picture = true;
    content_skip_image(walk->lexer);
}

static void op_begin_text(Walk *walk)
{
    walk->text_x = 1;
    walk->text_y = 0;
}

/* Of the text matrix only the way it sends the line matters. */
static void op_text_matrix(Walk *walk)
{
    walk->text_x = walk->numbers[0];
    walk->text_y = walk->numbers[1];
}

static void op_text(Walk *walk)
{
    const Matrix *m = &walk->painter.state.matrix;
    double x = walk->text_x * m->a + walk->text_y * m->c;
    double y = walk->text_x * m->b + walk->text_y * m->d;
    Turn turn = fabs(x) >= fabs(y) ? (x >= 0 ? TURN_0 : TURN_180) : y > 0 ? TURN_90 : TURN_270;
    walk->drawing->codes_by_turn[turn] += walk->string_bytes;
    walk->drawing->n_codes += walk->string_bytes;
}

/* An operator's name of up to three characters as a number, so that names compare at once. */
#define NAME(a, b, c) ((guint32)(a) << 24 | (guint32)(b) << 16 | (guint32)(c) << 8)

/* By name; `least` numbers must stand before it. */
static const struct {
    guint32 name;
    guint least;
    void (*run)(Walk *walk);
} OPERATORS[] = {
    {NAME('"', 0, 0), 0, op_text},
    {NAME('\'', 0, 0), 0, op_text},
    {NAME('B', 0, 0), 0, op_fill_stroke},
    {NAME('B', '*', 0), 0, op_fill_stroke_even_odd},
    {NAME('B', 'I', 0), 0, op_image},
    {NAME('B', 'T', 0), 0, op_begin_text},
    {NAME('C', 'S', 0), 0, op_stroke_space},
    {NAME('D', 'o', 0), 0, op_object},
    {NAME('F', 0, 0), 0, op_fill},
    {NAME('G', 0, 0), 1, op_stroke_colour},
    {NAME('K', 0, 0), 4, op_stroke_colour},
    {NAME('Q', 0, 0), 0, op_restore},
    {NAME('R', 'G', 0), 3, op_stroke_colour},
    {NAME('S', 0, 0), 0, op_stroke},
    {NAME('S', 'C', 0), 0, op_stroke_components},
    {NAME('S', 'C', 'N'), 0, op_stroke_components},
    {NAME('T', 'J', 0), 0, op_text},
    {NAME('T', 'j', 0), 0, op_text},
    {NAME('T', 'm', 0), 6, op_text_matrix},
    {NAME('W', 0, 0), 0, op_clip},
    {NAME('W', '*', 0), 0, op_clip},
    {NAME('b', 0, 0), 0, op_close_fill_stroke},
    {NAME('b', '*', 0), 0, op_close_fill_stroke},
    {NAME('c', 0, 0), 6, op_curve},
    {NAME('c', 'm', 0), 6, op_transform},
    {NAME('c', 's', 0), 0, op_fill_space},
    {NAME('f', 0, 0), 0, op_fill},
    {NAME('f', '*', 0), 0, op_fill_even_odd},
    {NAME('g', 0, 0), 1, op_fill_colour},
    {NAME('h', 0, 0), 0, op_close},
    {NAME('k', 0, 0), 4, op_fill_colour},
    {NAME('l', 0, 0), 2, op_line},
    {NAME('m', 0, 0), 2, op_move},
    {NAME('n', 0, 0), 0, op_end},
    {NAME('q', 0, 0), 0, op_save},
    {NAME('r', 'e', 0), 4, op_rectangle},
    {NAME('r', 'g', 0), 3, op_fill_colour},
    {NAME('s', 0, 0), 0, op_close_stroke},
    {NAME('s', 'c', 0), 0, op_fill_components},
    {NAME('s', 'c', 'n'), 0, op_fill_components},
    {NAME('v', 0, 0), 4, op_curve},
    {NAME('w', 0, 0), 1, op_width},
    {NAME('y', 0, 0), 4, op_curve},
};

static guint32 pack_name(const char *text, guint length)
{
    guint32 name = 0;
    for (guint k = 0; k < 3; k++)
        name = name << 8 | (k < length ? (guchar)text[k] : 0);
    return name << 8;
}

static void run_operator(Walk *walk, const char *text, guint length)
{
    guint low = 0, high = G_N_ELEMENTS(OPERATORS);
    if (length > 3)
        return;
    guint32 name = pack_name(text, length);
    while (high - low > 1) {
        guint middle = (low + high) / 2;
        if (OPERATORS[middle].name <= name)
            low = middle;
        else
            high = middle;
    }
    if (OPERATORS[low].name == name && walk->n_numbers >= OPERATORS[low].least)
        OPERATORS[low].run(walk);
}

static void keep_number(Walk *walk, double number)
{
    if (walk->n_numbers < OPERANDS) {
        walk->numbers[walk->n_numbers++] = number;
        return;
    }
    memmove(walk->numbers, walk->numbers + 1, (OPERANDS - 1) * sizeof number);
    walk->numbers[OPERANDS - 1] = number;
}

static void keep_name(Walk *walk, const ContentLexer *lexer)
{
    guint length = MIN(lexer->length, (guint)sizeof walk->name - 2);
    walk->name[0] = '/';
    memcpy(walk->name + 1, lexer->text, length);
    walk->name[length + 1] = '\0';
}

void walk_bytes(Walk *walk, const char *bytes, gsize length)
{
    if (!length)
        return;
    ContentLexer lexer = {.at = bytes, .end = bytes + length}, *outer = walk->lexer;
    ContentKind kind;
    walk->lexer = &lexer;
    while ((kind = content_next(&lexer)) != CONTENT_END) {
        if (kind == CONTENT_NUMBER) {
            keep_number(walk, lexer.number);
        } else if (kind == CONTENT_NAME) {
            keep_name(walk, &lexer);
        } else if (kind == CONTENT_STRING) {
            walk->string_bytes += lexer.length;
        } else {
            if (++walk->n_operators > ZP_LIMIT_PDF_OPERATORS) {
                walk->drawing->is_cut = true;
                break;
            }
            run_operator(walk, lexer.text, lexer.length);
            walk->n_numbers = walk->string_bytes = 0;
        }
    }
    walk->lexer = outer;
}
