/*
 * content.c - documents, pages and their streams.
 *
 * The page's matrix turns user space into points from the top left corner of the crop box as
 * shown, /Rotate included, which is where Poppler gives its characters.
 *
 * Source: ISO 32000-1, 7.7.3.3.
 */
#include "parsers/pdf/content.h"

#include "base/limits.h"
#include "parsers/pdf/unpack.h"
#include "parsers/pdf/walk.h"

#include <string.h>

/* A page's box, its corners in order; false when it has none of that name. */
static bool read_box(const DrawingFile *file, guint page, const char *name, double *box)
{
    double n[4];
    if (!walk_read_numbers(file->qpdf, page_tree_key(&file->tree, file->qpdf, page, name), 4, n))
        return false;
    box[0] = MIN(n[0], n[2]);
    box[1] = MIN(n[1], n[3]);
    box[2] = MAX(n[0], n[2]);
    box[3] = MAX(n[1], n[3]);
    return box[2] > box[0] && box[3] > box[1];
}

/* The crop box inside the media box; US Letter where a page says nothing, as Poppler takes it. */
static void page_box(const DrawingFile *file, guint page, double *box)
{
    double media[4] = {0, 0, 612, 792}, crop[4];
    read_box(file, page, "/MediaBox", media);
    memcpy(box, media, sizeof media);
    if (!read_box(file, page, "/CropBox", crop))
        return;
    for (guint k = 0; k < 4; k++)
        box[k] = CLAMP(crop[k], media[k % 2], media[k % 2 + 2]);
}

static int page_rotation(const DrawingFile *file, guint page)
{
    qpdf_data qpdf = file->qpdf;
    qpdf_oh rotate = page_tree_key(&file->tree, qpdf, page, "/Rotate");
    int degrees = qpdf_oh_is_integer(qpdf, rotate) ? qpdf_oh_get_int_value_as_int(qpdf, rotate) : 0;
    return ((degrees % 360) + 360) % 360;
}

static Matrix page_matrix(const DrawingFile *file, guint page, PageDrawing *drawing)
{
    double box[4];
    page_box(file, page, box);
    double width = box[2] - box[0], height = box[3] - box[1];
    int degrees = page_rotation(file, page);
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
    if (qpdf_oh_is_null(walk->qpdf, contents) && qpdf_oh_is_indirect(walk->qpdf, contents))
        walk_lose(walk);
    int n = qpdf_oh_is_array(walk->qpdf, contents) ? qpdf_oh_get_array_n_items(walk->qpdf, contents)
                                                   : 0;
    for (int k = 0; k < n && !walk->drawing->is_cut; k++) {
        qpdf_oh stream = qpdf_oh_get_array_item(walk->qpdf, contents, k);
        if (qpdf_oh_is_stream(walk->qpdf, stream))
            walk_stream(walk, stream);
        else
            walk_lose(walk);
    }
}

/* A page's streams, one or an array of them, together. */
static bool contents_fit(const DrawingFile *file, qpdf_oh contents)
{
    qpdf_data qpdf = file->qpdf;
    bool is_list = qpdf_oh_is_array(qpdf, contents);
    int n = is_list ? qpdf_oh_get_array_n_items(qpdf, contents) : 1;
    for (int k = 0; k < n; k++) {
        qpdf_oh stream = is_list ? qpdf_oh_get_array_item(qpdf, contents, k) : contents;
        if (!unpack_fits(qpdf, stream, file->fitting))
            return false;
    }
    return true;
}

static void walk_begin(Walk *walk, const Matrix *matrix, const ZpBox *all)
{
    /* Fonts stay for the next page, within the limit. */
    if (g_hash_table_size(walk->file->fonts) >= ZP_LIMIT_PDF_FONTS)
        g_hash_table_remove_all(walk->file->fonts);
    ground_init(&walk->ground, walk->drawing->height);
    painter_init(&walk->painter, walk->drawing->marks, &walk->ground, matrix, all);
    walk->items = g_array_new(FALSE, FALSE, sizeof(TextItem));
    walk->string = g_byte_array_new();
    walk->marked = g_array_new(FALSE, TRUE, sizeof(Marked));
    g_array_set_clear_func(walk->marked, marked_clear);
    text_begin(walk);
}

/* What is behind the page's content begins in a state of its own. */
static void walk_restart(Walk *walk, const Matrix *matrix, const ZpBox *all)
{
    while (walk->marked->len)
        marked_end(walk);
    painter_clear(&walk->painter);
    painter_init(&walk->painter, walk->drawing->marks, &walk->ground, matrix, all);
    walk->painter.is_annotation = true;
    text_begin(walk);
}

static void walk_end(Walk *walk)
{
    g_array_unref(walk->marked);
    g_byte_array_unref(walk->string);
    g_array_unref(walk->items);
    painter_clear(&walk->painter);
    ground_clear(&walk->ground);
}

bool drawing_read_page(DrawingFile *file, guint number, PageDrawing *drawing)
{
    qpdf_data qpdf = file->qpdf;
    if (number >= file->tree.pages->len)
        return false;
    qpdf_oh page = page_tree_page(&file->tree, qpdf, number);
    walk_forget_errors(qpdf);
    if (!qpdf_oh_is_dictionary(qpdf, page))
        return false;
    qpdf_oh resources = page_tree_key(&file->tree, qpdf, number, "/Resources");
    drawing->is_too_large = !contents_fit(file, qpdf_oh_get_key(qpdf, page, "/Contents")) ||
                            !unpack_resources_fit(qpdf, resources, file->fitting);
    walk_forget_errors(qpdf);
    if (drawing->is_too_large)
        return false;
    Walk walk = {.file = file, .qpdf = qpdf, .drawing = drawing, .depth_max = file->depth_max};
    Matrix matrix = page_matrix(file, number, drawing);
    const ZpBox all = {0, 0, drawing->width, drawing->height};
    drawing->marks = marks_new();
    drawing->drawn = drawn_new(drawing->width, drawing->height);
    walk_begin(&walk, &matrix, &all);
    walk.resources = resources;
    walk_contents(&walk, qpdf_oh_get_key(qpdf, page, "/Contents"));
    marks_finish(drawing->marks);
    walk_restart(&walk, &matrix, &all);
    annots_walk(&walk, page);
    drawn_finish(drawing->drawn, &walk.ground);
    drawing->is_cut |= drawing->drawn->is_over;
    walk_end(&walk);
    walk_forget_errors(qpdf);
    qpdf_oh_release_all(qpdf);
    return true;
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

DrawingFile *drawing_open(GBytes *input, const char *password, const ZpLimits *limits,
                          bool *is_locked)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(input, &size);
    g_autoptr(DrawingFile) file = g_new0(DrawingFile, 1);
    file->fitting = g_hash_table_new(NULL, NULL);
    file->qpdf = qpdf_init();
    qpdf_set_suppress_warnings(file->qpdf, QPDF_TRUE);
    qpdf_silence_errors(file->qpdf);
    QPDF_ERROR_CODE code = qpdf_read_memory(file->qpdf, "pdf", data, size, password);
    *is_locked = is_password_error(file->qpdf);
    walk_forget_errors(file->qpdf);
    if (code & QPDF_ERRORS)
        return NULL;
    file->tree = page_tree_read(file->qpdf, limits);
    file->depth_max = zp_limits_depth(limits, ZP_LIMIT_PDF_DEPTH);
    file->is_xfa = is_dynamic_form(file->qpdf);
    file->needs_appearances = annots_are_redrawn(file->qpdf);
    file->off = layers_off(file->qpdf);
    file->fonts = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)font_free);
    walk_forget_errors(file->qpdf);
    qpdf_oh_release_all(file->qpdf);
    return g_steal_pointer(&file);
}

void drawing_close(DrawingFile *file)
{
    if (!file)
        return;
    walk_forget_errors(file->qpdf);
    page_tree_clear(&file->tree);
    g_hash_table_unref(file->fitting);
    qpdf_cleanup(&file->qpdf);
    g_clear_pointer(&file->fonts, g_hash_table_unref);
    g_clear_pointer(&file->off, g_hash_table_unref);
    g_free(file);
}
