/*
 * text.c - the text operators: which codes are drawn where, and which of them nobody sees.
 *
 * The codes of a string advance by the widths of their font.  What can be said when a string is shown is
 * said at once (print/shown.c): invisible, tiny, outside of the page, clipped away, of its ground's colour.
 *
 * Source: ISO 32000-1, 9.3 and 9.4.
 */
#include "parsers/pdf/walk.h"

#include "base/limits.h"
#include "parsers/print/shown.h"

#include <math.h>

G_STATIC_ASSERT(FONT_CHARS == DRAWN_CHARS);

/* Characters stand so much above their baseline in the middle, in em. */
#define MIDDLE 0.35
/* Text that runs back by so many em within a string begins another one. */
#define BACKWARDS 0.3

/* What a string has in common. */
typedef struct {
    Matrix matrix; /* from text space to the page */
    Turn turn;
    float em; /* on the page */
    guint8 why;
    guint first;
} Shown;

void text_begin(Walk *walk)
{
    walk->text = walk->line = (Matrix){1, 0, 0, 1, 0, 0};
}

/* A font by its object; one that is written in place gets no number and is read again each time. */
static const Font *find_font(Walk *walk, qpdf_oh dictionary)
{
    GHashTable *fonts = walk->file->fonts;
    if (!qpdf_oh_is_dictionary(walk->qpdf, dictionary))
        return NULL;
    int id = qpdf_oh_get_object_id(walk->qpdf, dictionary);
    gpointer key = GINT_TO_POINTER(id ? id : -1 - (int)g_hash_table_size(fonts));
    Font *font = g_hash_table_lookup(fonts, key);
    if (font || g_hash_table_size(fonts) >= ZP_LIMIT_PDF_FONTS)
        return font;
    walk->n_operators += 500; /* as much as a form: its widths and characters must be read */
    font = font_read(walk->qpdf, dictionary, walk->file->fitting);
    g_hash_table_insert(fonts, key, font);
    return font;
}

void text_set_font(Walk *walk, qpdf_oh font, double size)
{
    walk->painter.state.font = find_font(walk, font);
    walk->painter.state.size = isfinite(size) ? CLAMP(size, -1e6, 1e6) : 0;
}

void text_font(Walk *walk)
{
    text_set_font(walk, walk_resource(walk, "/Font", walk->name), walk->numbers[0]);
}

void text_matrix(Walk *walk)
{
    const double *n = walk->numbers;
    walk->text = walk->line = (Matrix){n[0], n[1], n[2], n[3], n[4], n[5]};
}

static void move_line(Walk *walk, double x, double y)
{
    walk->line = matrix_multiply(&(Matrix){1, 0, 0, 1, x, y}, &walk->line);
    walk->text = walk->line;
}

void text_move(Walk *walk)
{
    move_line(walk, walk->numbers[0], walk->numbers[1]);
}

void text_move_leading(Walk *walk)
{
    walk->painter.state.leading = -walk->numbers[1];
    text_move(walk);
}

void text_next_line(Walk *walk)
{
    move_line(walk, 0, -walk->painter.state.leading);
}

/* What paints text of a mode. */
static Inked inked_of(const PaintState *state)
{
    bool fills = state->mode % 4 == 0 || state->mode % 4 == 2;
    bool strokes = state->mode % 4 == 1 || state->mode % 4 == 2;
    /* drawings heed no mode */
    return (Inked){.fills = fills || font_is_type3(state->font), .strokes = strokes};
}

static bool is_tiny(const Walk *walk, const Matrix *matrix)
{
    const PaintState *state = &walk->painter.state;
    double up = hypot(matrix->c, matrix->d) * fabs(state->size * font_em(state->font));
    double along = hypot(matrix->a, matrix->b) * fabs(state->size * state->scale);
    if (font_is_type3(state->font))
        along = up;
    return shown_is_tiny(walk->drawing->drawn, MIN(up, along));
}

static Unseen why_of_state(const Walk *walk, const Matrix *matrix)
{
    if (walk->painter.n_off)
        return UNSEEN_LAYER;
    if (shown_is_invisible(&walk->painter.state, inked_of(&walk->painter.state)))
        return UNSEEN_INVISIBLE;
    return is_tiny(walk, matrix) ? UNSEEN_TINY : UNSEEN_NOT;
}

/* The glyphs since the last string become one. */
static void end_run(Walk *walk, Shown *shown)
{
    Drawn *drawn = walk->drawing->drawn;
    shown_end(&walk->painter, drawn, inked_of(&walk->painter.state), shown->first);
    shown->first = drawn->glyphs->len;
}

/* Adds a glyph that begins at a place of text space and is so wide there. */
static void add_glyph(Walk *walk, const Shown *shown, const FontCode *code, double width)
{
    const PaintState *state = &walk->painter.state;
    const Matrix *m = &shown->matrix;
    Drawn *drawn = walk->drawing->drawn;
    bool is_vertical = font_is_vertical(state->font);
    double em = state->size * font_em(state->font);
    double along_x = is_vertical ? 0 : width / 2, along_y = is_vertical ? width / 2 : 0;
    double x = along_x, y = is_vertical ? along_y : state->rise + MIDDLE * em;
    if (code->c[0] && zp_char_is_space(code->c[0]))
        return;
    if (drawn->glyphs->len >= ZP_LIMIT_PAGE_GLYPHS) {
        drawn->is_over = true;
        return;
    }
    DrawnGlyph glyph = {
        .x = on_page(m->a * x + m->c * y + m->e),
        .y = on_page(m->b * x + m->d * y + m->f),
        .ax = on_page(m->a * along_x + m->c * along_y),
        .ay = on_page(m->b * along_x + m->d * along_y),
        .em = shown->em,
        .c = {code->c[0], code->c[1], code->c[2]},
        .why = shown->why,
        .turn = (guint8)shown->turn,
        .is_alone = walk->painter.is_annotation,
    };
    g_array_append_val(drawn->glyphs, glyph);
}

/* Goes on along the line by so much of text space. */
static void advance(Walk *walk, Shown *shown, double distance)
{
    bool is_vertical = font_is_vertical(walk->painter.state.font);
    const Matrix step = {1, 0, 0, 1, is_vertical ? 0 : distance, is_vertical ? distance : 0};
    walk->text = matrix_multiply(&step, &walk->text);
    shown->matrix = matrix_multiply(&walk->text, &walk->painter.state.matrix);
}

static void show_string(Walk *walk, Shown *shown, const TextItem *item)
{
    const PaintState *state = &walk->painter.state;
    const ContentLexer token = {.text = item->text, .length = item->length, .is_hex = item->is_hex};
    double scale = font_is_vertical(state->font) ? -1 : state->scale;
    g_byte_array_set_size(walk->string, 0);
    content_append_string(walk->string, &token);
    const guint8 *at = walk->string->data, *end = at + walk->string->len;
    walk->drawing->codes_by_turn[shown->turn] += walk->string->len;
    walk->drawing->n_codes += walk->string->len;
    FontCode code;
    while (font_next(state->font, &at, end, &code)) {
        double width = code.width * state->size * scale;
        add_glyph(walk, shown, &code, width);
        double space = state->char_space + (code.is_space ? state->word_space : 0);
        advance(walk, shown, width + space * scale);
    }
}

void text_show(Walk *walk)
{
    const PaintState *state = &walk->painter.state;
    Shown shown = {.matrix = matrix_multiply(&walk->text, &state->matrix),
                   .first = walk->drawing->drawn->glyphs->len};
    shown.turn = turn_of(shown.matrix.a, shown.matrix.b);
    shown.em =
        on_page(hypot(shown.matrix.c, shown.matrix.d) * fabs(state->size * font_em(state->font)));
    shown.why = why_of_state(walk, &shown.matrix);
    for (guint k = 0; k < walk->items->len; k++) {
        const TextItem *item = &g_array_index(walk->items, TextItem, k);
        if (item->text) {
            show_string(walk, &shown, item);
            continue;
        }
        if (item->number / 1000 > BACKWARDS)
            end_run(walk, &shown);
        bool is_vertical = font_is_vertical(state->font);
        advance(walk, &shown,
                -item->number / 1000 * state->size * (is_vertical ? 1 : state->scale));
    }
    end_run(walk, &shown);
}

void text_show_next(Walk *walk)
{
    text_next_line(walk);
    text_show(walk);
}

void text_show_spaced(Walk *walk)
{
    if (walk->n_numbers >= 2) {
        walk->painter.state.word_space = walk->numbers[0];
        walk->painter.state.char_space = walk->numbers[1];
    }
    text_show_next(walk);
}

void text_append_utf8(GString *out, const guint8 *bytes, gsize length)
{
    g_autofree char *text = NULL;
    if (length >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF)
        text = g_convert((const char *)bytes + 2, (gssize)length - 2, "UTF-8", "UTF-16BE", NULL,
                         NULL, NULL);
    else if (length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF)
        text = g_utf8_make_valid((const char *)bytes + 3, (gssize)length - 3);
    else if (length)
        text =
            g_convert((const char *)bytes, (gssize)length, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
    if (text)
        g_string_append(out, text);
}
