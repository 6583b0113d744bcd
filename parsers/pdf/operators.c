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
#include "parsers/pdf/unpack.h"

#include <stdlib.h>
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
    painter_clip(&walk->painter, false);
}

static void op_clip_even_odd(Walk *walk)
{
    painter_clip(&walk->painter, true);
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

void walk_stream(Walk *walk, qpdf_oh stream)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    QPDF_BOOL is_filtered;
    if (walk->n_bytes > ZP_LIMIT_PDF_CONTENT_BYTES ||
        !unpack_fits(walk->qpdf, stream, walk->file->fitting)) {
        walk->drawing->is_cut = true;
        return;
    }
    walk_forget_errors(walk->qpdf);
    int code = qpdf_oh_get_stream_data(walk->qpdf, stream, qpdf_dl_generalized, &is_filtered,
                                       &bytes, &length);
    if (code || !is_filtered)
        walk_lose(walk);
    if (!(code & QPDF_ERRORS) && is_filtered)
        walk_bytes(walk, (const char *)bytes, length);
    walk->n_bytes += length;
    free(bytes);
    walk_forget_errors(walk->qpdf);
}

/* What drawing a form counts for: qpdf takes long to look one up, and forms that draw each other multiply. */
#define FORM_OPERATORS 500

/* A transparency group is put on the page as a whole: by the alpha around it, which begins anew inside. */
static void begin_group(Walk *walk, qpdf_oh dictionary)
{
    PaintState *state = &walk->painter.state;
    if (!qpdf_oh_is_dictionary(walk->qpdf, qpdf_oh_get_key(walk->qpdf, dictionary, "/Group")))
        return;
    state->group_alpha *= state->fill_alpha;
    state->fill_alpha = state->stroke_alpha = 1;
}

void walk_form(Walk *walk, qpdf_oh form)
{
    qpdf_oh dictionary = qpdf_oh_get_dict(walk->qpdf, form), outer = walk->resources;
    double m[6], box[4];
    guint depth = walk->painter.stack->len;
    const Matrix text = walk->text, line = walk->line;
    painter_save(&walk->painter);
    if (walk_read_numbers(walk->qpdf, qpdf_oh_get_key(walk->qpdf, dictionary, "/Matrix"), 6, m))
        painter_transform(&walk->painter, &(Matrix){m[0], m[1], m[2], m[3], m[4], m[5]});
    if (walk_read_numbers(walk->qpdf, qpdf_oh_get_key(walk->qpdf, dictionary, "/BBox"), 4, box)) {
        painter_end_path(&walk->painter);
        painter_rectangle(&walk->painter, box[0], box[1], box[2] - box[0], box[3] - box[1]);
        painter_clip(&walk->painter, false);
        painter_end_path(&walk->painter);
    }
    begin_group(walk, dictionary);
    qpdf_oh resources = qpdf_oh_get_key(walk->qpdf, dictionary, "/Resources");
    if (qpdf_oh_is_dictionary(walk->qpdf, resources))
        walk->resources = resources;
    walk->depth++;
    walk->n_operators += FORM_OPERATORS;
    walk_stream(walk, form);
    walk->depth--;
    walk->resources = outer;
    walk->text = text;
    walk->line = line;
    while (walk->painter.stack->len > depth)
        painter_restore(&walk->painter);
}

/* Whether a picture hides all that is under it. */
static bool is_opaque(const Walk *walk, qpdf_oh dictionary)
{
    static const char *const MASKS[] = {"/SMask", "/Mask", "/ImageMask", "/SMaskInData"};
    for (guint k = 0; k < G_N_ELEMENTS(MASKS); k++) {
        qpdf_oh mask = qpdf_oh_get_key(walk->qpdf, dictionary, MASKS[k]);
        if (!qpdf_oh_is_null(walk->qpdf, mask) &&
            !(qpdf_oh_is_bool(walk->qpdf, mask) && !qpdf_oh_get_bool_value(walk->qpdf, mask)))
            return false;
    }
    return true;
}

static void add_picture(Walk *walk, bool opaque)
{
    const ZpBox *page = &walk->drawing->drawn->page;
    double whole = (double)MAX(page->x1, 1) * MAX(page->y1, 1);
    walk->drawing->drawn->picture += painter_picture(&walk->painter, opaque) / whole;
    walk->drawing->has_picture |= !walk->painter.is_annotation;
}

static void op_object(Walk *walk)
{
    qpdf_oh object = walk_resource(walk, "/XObject", walk->name);
    if (!qpdf_oh_is_stream(walk->qpdf, object)) {
        walk_lose(walk);
        return;
    }
    qpdf_oh dictionary = qpdf_oh_get_dict(walk->qpdf, object);
    qpdf_oh subtype = qpdf_oh_get_key(walk->qpdf, dictionary, "/Subtype");
    bool is_off = layer_is_off(walk, qpdf_oh_get_key(walk->qpdf, dictionary, "/OC"));
    walk->painter.n_off += is_off ? 1 : 0;
    if (qpdf_oh_is_name_and_equals(walk->qpdf, subtype, "/Image"))
        add_picture(walk, is_opaque(walk, dictionary));
    else if (walk->depth >= walk->depth_max)
        walk->drawing->is_cut = true;
    else if (qpdf_oh_is_name_and_equals(walk->qpdf, subtype, "/Form"))
        walk_form(walk, object);
    walk->painter.n_off -= is_off ? 1 : 0;
}

static void op_image(Walk *walk)
{
    const char *from = walk->lexer->at;
    content_skip_image(walk->lexer);
    gsize length = (gsize)(walk->lexer->at - from);
    add_picture(walk, !memmem(from, MIN(length, 200), "/IM", 3) &&
                          !memmem(from, MIN(length, 200), "/ImageMask", 10));
}

static void op_shade(Walk *walk)
{
    painter_shade(&walk->painter);
}

/* The numbers of the text state. */
static void op_leading(Walk *walk)
{
    walk->painter.state.leading = walk->numbers[0];
}

static void op_char_space(Walk *walk)
{
    walk->painter.state.char_space = walk->numbers[0];
}

static void op_word_space(Walk *walk)
{
    walk->painter.state.word_space = walk->numbers[0];
}

static void op_scale(Walk *walk)
{
    walk->painter.state.scale = walk->numbers[0] / 100;
}

static void op_rise(Walk *walk)
{
    walk->painter.state.rise = walk->numbers[0];
}

static void op_text_mode(Walk *walk)
{
    walk->painter.state.mode = (guint8)CLAMP(walk->numbers[0], 0, 7);
}

/* An operator's name of up to three characters as a number, so that names compare at once. */
#define NAME(a, b, c) ((guint32)(a) << 24 | (guint32)(b) << 16 | (guint32)(c) << 8)

/* By name; `least` numbers must stand before it. */
static const struct {
    guint32 name;
    guint least;
    void (*run)(Walk *walk);
} OPERATORS[] = {
    {NAME('"', 0, 0), 0, text_show_spaced},
    {NAME('\'', 0, 0), 0, text_show_next},
    {NAME('B', 0, 0), 0, op_fill_stroke},
    {NAME('B', '*', 0), 0, op_fill_stroke_even_odd},
    {NAME('B', 'D', 'C'), 0, marked_begin_with},
    {NAME('B', 'I', 0), 0, op_image},
    {NAME('B', 'M', 'C'), 0, marked_begin},
    {NAME('B', 'T', 0), 0, text_begin},
    {NAME('C', 'S', 0), 0, colour_stroke_space},
    {NAME('D', 'o', 0), 0, op_object},
    {NAME('E', 'M', 'C'), 0, marked_end},
    {NAME('F', 0, 0), 0, op_fill},
    {NAME('G', 0, 0), 1, colour_stroke},
    {NAME('K', 0, 0), 4, colour_stroke},
    {NAME('Q', 0, 0), 0, op_restore},
    {NAME('R', 'G', 0), 3, colour_stroke},
    {NAME('S', 0, 0), 0, op_stroke},
    {NAME('S', 'C', 0), 0, colour_stroke_parts},
    {NAME('S', 'C', 'N'), 0, colour_stroke_parts},
    {NAME('T', '*', 0), 0, text_next_line},
    {NAME('T', 'D', 0), 2, text_move_leading},
    {NAME('T', 'J', 0), 0, text_show},
    {NAME('T', 'L', 0), 1, op_leading},
    {NAME('T', 'c', 0), 1, op_char_space},
    {NAME('T', 'd', 0), 2, text_move},
    {NAME('T', 'f', 0), 1, text_font},
    {NAME('T', 'j', 0), 0, text_show},
    {NAME('T', 'm', 0), 6, text_matrix},
    {NAME('T', 'r', 0), 1, op_text_mode},
    {NAME('T', 's', 0), 1, op_rise},
    {NAME('T', 'w', 0), 1, op_word_space},
    {NAME('T', 'z', 0), 1, op_scale},
    {NAME('W', 0, 0), 0, op_clip},
    {NAME('W', '*', 0), 0, op_clip_even_odd},
    {NAME('b', 0, 0), 0, op_close_fill_stroke},
    {NAME('b', '*', 0), 0, op_close_fill_stroke},
    {NAME('c', 0, 0), 6, op_curve},
    {NAME('c', 'm', 0), 6, op_transform},
    {NAME('c', 's', 0), 0, colour_fill_space},
    {NAME('f', 0, 0), 0, op_fill},
    {NAME('f', '*', 0), 0, op_fill_even_odd},
    {NAME('g', 0, 0), 1, colour_fill},
    {NAME('g', 's', 0), 0, colour_state},
    {NAME('h', 0, 0), 0, op_close},
    {NAME('k', 0, 0), 4, colour_fill},
    {NAME('l', 0, 0), 2, op_line},
    {NAME('m', 0, 0), 2, op_move},
    {NAME('n', 0, 0), 0, op_end},
    {NAME('q', 0, 0), 0, op_save},
    {NAME('r', 'e', 0), 4, op_rectangle},
    {NAME('r', 'g', 0), 3, colour_fill},
    {NAME('s', 0, 0), 0, op_close_stroke},
    {NAME('s', 'c', 0), 0, colour_fill_parts},
    {NAME('s', 'c', 'n'), 0, colour_fill_parts},
    {NAME('s', 'h', 0), 0, op_shade},
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
    if (!walk->first_name[0] && walk->name[0])
        memcpy(walk->first_name, walk->name, sizeof walk->name);
    walk->name[0] = '/';
    memcpy(walk->name + 1, lexer->text, length);
    walk->name[length + 1] = '\0';
}

static void keep_item(Walk *walk, const ContentLexer *lexer, bool is_string)
{
    TextItem item = {.number = lexer->number};
    if (is_string)
        item = (TextItem){.text = lexer->text, .length = lexer->length, .is_hex = lexer->is_hex};
    g_array_append_val(walk->items, item);
    if (is_string && strcmp(walk->name, "/ActualText") == 0)
        walk->actual_item = walk->items->len;
}

static void forget_operands(Walk *walk)
{
    walk->n_numbers = 0;
    walk->in_array = false;
    walk->actual_item = 0;
    walk->name[0] = walk->first_name[0] = '\0';
    if (walk->items->len)
        g_array_set_size(walk->items, 0);
}

static void take_operand(Walk *walk, ContentKind kind)
{
    const ContentLexer *lexer = walk->lexer;
    if (kind == CONTENT_NUMBER && !walk->in_array)
        keep_number(walk, lexer->number);
    else if (kind == CONTENT_NUMBER || kind == CONTENT_STRING)
        keep_item(walk, lexer, kind == CONTENT_STRING);
    else if (kind == CONTENT_NAME)
        keep_name(walk, lexer);
    else
        walk->in_array = kind == CONTENT_OPEN;
}

void walk_bytes(Walk *walk, const char *bytes, gsize length)
{
    if (!length)
        return;
    ContentLexer lexer = {.at = bytes, .end = bytes + length, .brackets = true};
    ContentLexer *outer = walk->lexer;
    ContentKind kind;
    walk->lexer = &lexer;
    while ((kind = content_next(&lexer)) != CONTENT_END) {
        if (kind != CONTENT_OPERATOR) {
            take_operand(walk, kind);
            continue;
        }
        if (++walk->n_operators > ZP_LIMIT_PDF_OPERATORS) {
            walk->drawing->is_cut = true;
            break;
        }
        run_operator(walk, lexer.text, lexer.length);
        forget_operands(walk);
    }
    forget_operands(walk);
    walk->lexer = outer;
}
