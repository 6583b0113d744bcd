/*
 * content.c - walking content streams.
 *
 * One table says which operators matter and how many numbers they take; everything else only
 * empties the operands.  Form XObjects are walked with their own matrix, box and resources.
 *
 * The page's matrix turns user space into points from the top left corner of the crop box as
 * shown, /Rotate included, which is where Poppler gives its characters.
 *
 * Source: ISO 32000-1, 7.7.3.3 (page), 8.4 to 8.5 (graphics state, paths), 8.10 (form XObjects).
 */
#include "parsers/pdf/content.h"

#include "base/limits.h"
#include "parsers/pdf/lexer.h"
#include "parsers/pdf/painter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define OPERANDS 8
/* A deflated stream unpacks to at most this many times its size. */
#define INFLATION 1032

typedef struct {
    qpdf_data qpdf;
    Painter painter;
    PageDrawing *drawing;
    qpdf_oh resources;
    guint depth;       /* of form XObjects */
    guint n_operators; /* so far, in all of them */
    gsize n_bytes;     /* of decoded content that may come of what was read so far */
    /* operands of the operator under way */
    double numbers[OPERANDS];
    guint n_numbers;
    char name[64];
    guint string_bytes;
    double text_x, text_y; /* the direction that text runs in, before the transformation */
    ContentLexer *lexer;
} Walk;

/* Errors of qpdf are kept until they are asked for, and printed if they never are. */
static void forget_errors(qpdf_data qpdf)
{
    if (qpdf_has_error(qpdf))
        qpdf_get_error(qpdf);
    while (qpdf_more_warnings(qpdf))
        qpdf_next_warning(qpdf);
}

static void walk_stream(Walk *walk, qpdf_oh stream);

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

static bool read_numbers(qpdf_data qpdf, qpdf_oh array, guint n, double *out)
{
    if (!qpdf_oh_is_array(qpdf, array) || qpdf_oh_get_array_n_items(qpdf, array) != (int)n)
        return false;
    for (guint k = 0; k < n; k++) {
        qpdf_oh item = qpdf_oh_get_array_item(qpdf, array, (int)k);
        if (!qpdf_oh_is_number(qpdf, item))
            return false;
        out[k] = qpdf_oh_get_numeric_value(qpdf, item);
    }
    return true;
}

/* Walks a form XObject in a state of its own. */
static void walk_form(Walk *walk, qpdf_oh form)
{
    qpdf_oh dictionary = qpdf_oh_get_dict(walk->qpdf, form), outer = walk->resources;
    double m[6], box[4];
    guint depth = walk->painter.stack->len;
    painter_save(&walk->painter);
    if (read_numbers(walk->qpdf, qpdf_oh_get_key(walk->qpdf, dictionary, "/Matrix"), 6, m))
        painter_transform(&walk->painter, &(Matrix){m[0], m[1], m[2], m[3], m[4], m[5]});
    if (read_numbers(walk->qpdf, qpdf_oh_get_key(walk->qpdf, dictionary, "/BBox"), 4, box)) {
        painter_end_path(&walk->painter);
        painter_rectangle(&walk->painter, box[0], box[1], box[2] - box[0], box[3] - box[1]);
        painter_clip(&walk->painter);
        painter_end_path(&walk->painter);
    }
    qpdf_oh resources = qpdf_oh_get_key(walk->qpdf, dictionary, "/Resources");
    if (qpdf_oh_is_dictionary(walk->qpdf, resources))
        walk->resources = resources;
    walk->depth++;
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
    else if (walk->depth >= ZP_LIMIT_PDF_DEPTH)
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

static void walk_bytes(Walk *walk, const char *bytes, gsize length)
{
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

/* How many bytes a stream may unpack to, by the size it is stored with and its filters. */
static gsize unpacked_size(Walk *walk, qpdf_oh stream)
{
    unsigned char *raw = NULL;
    size_t length = 0;
    QPDF_BOOL is_filtered;
    if (qpdf_oh_get_stream_data(walk->qpdf, stream, qpdf_dl_none, &is_filtered, &raw, &length))
        return 0;
    free(raw);
    qpdf_oh filter = qpdf_oh_get_key(walk->qpdf, qpdf_oh_get_dict(walk->qpdf, stream), "/Filter");
    gsize factor = qpdf_oh_is_null(walk->qpdf, filter) ? 1 : INFLATION;
    if (qpdf_oh_is_array(walk->qpdf, filter) && qpdf_oh_get_array_n_items(walk->qpdf, filter) > 1)
        factor = (gsize)INFLATION * INFLATION;
    return length > G_MAXSIZE / factor ? G_MAXSIZE : length * factor;
}

static void walk_stream(Walk *walk, qpdf_oh stream)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    QPDF_BOOL is_filtered;
    gsize size = unpacked_size(walk, stream);
    if (size > ZP_LIMIT_PDF_CONTENT_BYTES || walk->n_bytes > ZP_LIMIT_PDF_CONTENT_BYTES) {
        walk->drawing->is_cut = true;
        return;
    }
    if (qpdf_oh_get_stream_data(walk->qpdf, stream, qpdf_dl_generalized, &is_filtered, &bytes,
                                &length) == 0 &&
        is_filtered)
        walk_bytes(walk, (const char *)bytes, length);
    walk->n_bytes += length;
    free(bytes);
    forget_errors(walk->qpdf);
}

/* A page's box, its corners in order; false when it has none of that name. */
static bool read_box(qpdf_data qpdf, qpdf_oh page, const char *name, double *box)
{
    double n[4];
    if (!read_numbers(qpdf, qpdf_oh_get_key(qpdf, page, name), 4, n))
        return false;
    box[0] = MIN(n[0], n[2]);
    box[1] = MIN(n[1], n[3]);
    box[2] = MAX(n[0], n[2]);
    box[3] = MAX(n[1], n[3]);
    return box[2] > box[0] && box[3] > box[1];
}

/* The crop box inside the media box; US Letter where a page says nothing, as Poppler takes it. */
static void page_box(qpdf_data qpdf, qpdf_oh page, double *box)
{
    double media[4] = {0, 0, 612, 792}, crop[4];
    read_box(qpdf, page, "/MediaBox", media);
    memcpy(box, media, sizeof media);
    if (!read_box(qpdf, page, "/CropBox", crop))
        return;
    for (guint k = 0; k < 4; k++)
        box[k] = CLAMP(crop[k], media[k % 2], media[k % 2 + 2]);
}

static int page_rotation(qpdf_data qpdf, qpdf_oh page)
{
    qpdf_oh rotate = qpdf_oh_get_key(qpdf, page, "/Rotate");
    int degrees = qpdf_oh_is_integer(qpdf, rotate) ? qpdf_oh_get_int_value_as_int(qpdf, rotate) : 0;
    return ((degrees % 360) + 360) % 360;
}

static Matrix page_matrix(qpdf_data qpdf, qpdf_oh page, PageDrawing *drawing)
{
    double box[4];
    page_box(qpdf, page, box);
    double width = box[2] - box[0], height = box[3] - box[1];
    int degrees = page_rotation(qpdf, page);
    bool is_turned = degrees == 90 || degrees == 270;
    drawing->width = (float)(is_turned ? height : width);
    drawing->height = (float)(is_turned ? width : height);
    switch (degrees) {
    case 90:
        return (Matrix){0, 1, 1, 0, -box[1], -box[0]};
    case 180:
        return (Matrix){-1, 0, 0, 1, box[2], -box[1]};
    case 270:
        return (Matrix){0, -1, -1, 0, box[3], box[2]};
    default:
        return (Matrix){1, 0, 0, -1, -box[0], box[3]};
    }
}

static void walk_contents(Walk *walk, qpdf_oh contents)
{
    if (qpdf_oh_is_stream(walk->qpdf, contents)) {
        walk_stream(walk, contents);
        return;
    }
    int n = qpdf_oh_is_array(walk->qpdf, contents) ? qpdf_oh_get_array_n_items(walk->qpdf, contents)
                                                   : 0;
    for (int k = 0; k < n && !walk->drawing->is_cut; k++) {
        qpdf_oh stream = qpdf_oh_get_array_item(walk->qpdf, contents, k);
        if (qpdf_oh_is_stream(walk->qpdf, stream))
            walk_stream(walk, stream);
    }
}

bool drawing_read_page(DrawingFile *file, guint number, PageDrawing *drawing)
{
    qpdf_data qpdf = file->qpdf;
    if (number >= file->n_pages)
        return false;
    qpdf_oh page = qpdf_get_page_n(qpdf, number);
    forget_errors(qpdf);
    if (!qpdf_oh_is_dictionary(qpdf, page))
        return false;
    Walk walk = {.qpdf = qpdf, .drawing = drawing};
    Matrix matrix = page_matrix(qpdf, page, drawing);
    const ZpBox all = {0, 0, drawing->width, drawing->height};
    drawing->marks = marks_new();
    painter_init(&walk.painter, drawing->marks, &matrix, &all);
    walk.resources = qpdf_oh_get_key(qpdf, page, "/Resources");
    walk_contents(&walk, qpdf_oh_get_key(qpdf, page, "/Contents"));
    marks_finish(drawing->marks);
    painter_clear(&walk.painter);
    forget_errors(qpdf);
    qpdf_oh_release_all(qpdf);
    return true;
}

Turn drawing_turn(const PageDrawing *drawing)
{
    for (guint turn = TURN_90; turn < TURN_COUNT; turn++) {
        if (drawing->codes_by_turn[turn] * 3 > drawing->n_codes * 2)
            return (Turn)turn;
    }
    return TURN_0;
}

static bool is_dynamic_form(qpdf_data qpdf)
{
    qpdf_oh root = qpdf_get_root(qpdf);
    if (!qpdf_oh_is_dictionary(qpdf, root))
        return false;
    qpdf_oh form = qpdf_oh_get_key(qpdf, root, "/AcroForm");
    qpdf_oh needs = qpdf_oh_get_key(qpdf, root, "/NeedsRendering");
    return qpdf_oh_is_dictionary(qpdf, form) && qpdf_oh_has_key(qpdf, form, "/XFA") &&
           qpdf_oh_is_bool(qpdf, needs) && qpdf_oh_get_bool_value(qpdf, needs);
}

/* Whether reading failed for want of the password; takes the error. */
static bool is_password_error(qpdf_data qpdf)
{
    qpdf_error error = qpdf_has_error(qpdf) ? qpdf_get_error(qpdf) : NULL;
    return error && qpdf_get_error_code(qpdf, error) == qpdf_e_password;
}

DrawingFile *drawing_open(GBytes *input, const char *password, bool *is_locked)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(input, &size);
    g_autoptr(DrawingFile) file = g_new0(DrawingFile, 1);
    file->qpdf = qpdf_init();
    qpdf_set_suppress_warnings(file->qpdf, QPDF_TRUE);
    qpdf_silence_errors(file->qpdf);
    QPDF_ERROR_CODE code = qpdf_read_memory(file->qpdf, "pdf", data, size, password);
    *is_locked = is_password_error(file->qpdf);
    forget_errors(file->qpdf);
    if (code & QPDF_ERRORS)
        return NULL;
    int n_pages = qpdf_get_num_pages(file->qpdf);
    qpdf_push_inherited_attributes_to_page(file->qpdf);
    file->n_pages = (guint)MAX(n_pages, 0);
    file->is_xfa = is_dynamic_form(file->qpdf);
    forget_errors(file->qpdf);
    qpdf_oh_release_all(file->qpdf);
    return g_steal_pointer(&file);
}

void drawing_close(DrawingFile *file)
{
    if (!file)
        return;
    forget_errors(file->qpdf);
    qpdf_cleanup(&file->qpdf);
    g_free(file);
}
