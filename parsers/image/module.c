/*
 * module.c - a page of a picture from pixels to glyphs and rules.
 *
 *     pixels ─▶ level, ink ─▶ rules out ─▶ dirt out ─▶ lattices ─▶ lines of each cell and of the rest
 *            ─▶ each line read ─▶ glyphs at their places
 *
 * Which way up a page lies is told by reading some of its lines: only upright ones are read well.
 */
#include "parsers/image/module.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/image/picture_pdf.h"
#include "parsers/image/reading.h"
#include "parsers/image/ruling.h"

#include <gmodule.h>
#include <math.h>
#include <string.h>

#define LIBRARY_FILE "libonnxruntime.so"
#define MODEL_FILE   "ch_PP-OCRv4_rec_infer.onnx"
#define KEYS_FILE    "ppocr_keys_v1.txt"
#define ENGINE       "ppocr-v4/ort-"

/* Lines that are read to find out which way up a page lies, and the share that is well. */
#define TRIED       10
#define TRIED_LEAST 4
#define UPRIGHT     0.88f
#define SURE        0.95f
/* In em: a line that tells which way up it is. */
#define TELLING_LEAST 2.5f
#define TELLING_MOST  24.0f
#define TELLING_HIGH  1.8f
/* A page with fewer of them, of all lines, lies on its side. */
#define SIDEWAYS 0.3f
/* Below this median share of its lines a page is too coarse or dirty. */
#define READABLE 0.7f
/* In em: what is higher or wider is no character; pixels that a cell's rule may still be thick. */
#define CELL_INSET 1
/* Points around what a crop shows; more at its sides, where a character may have been lost. */
#define CROP_MARGIN 3
#define CROP_SIDES  10

static Recogniser recogniser;
static char *engine;

static bool load(const char *folder, GError **error)
{
    if (recogniser.runtime)
        return true;
    g_autofree char *library = g_build_filename(folder, LIBRARY_FILE, NULL);
    g_autofree char *model = g_build_filename(folder, MODEL_FILE, NULL);
    g_autofree char *keys = g_build_filename(folder, KEYS_FILE, NULL);
    g_autofree char *text = NULL;
    gsize length = 0;
    if (!g_file_get_contents(keys, &text, &length, NULL) ||
        !alphabet_read(&recogniser.alphabet, text, length)) {
        zp_error_set(
            error, ZP_ERROR_IO, "文字识别的字表 %s 读不出来；请重新运行 scripts/ocr.sh",
            "the characters of text recognition, %s, cannot be read; run scripts/ocr.sh again",
            keys);
        return false;
    }
    recogniser.runtime = runtime_open(library, model, error);
    if (!recogniser.runtime) {
        alphabet_clear(&recogniser.alphabet);
        return false;
    }
    engine = g_strconcat(ENGINE, runtime_version(recogniser.runtime), NULL);
    return true;
}

static const char *get_engine(void)
{
    return engine;
}

static guint count(GBytes *bytes)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    return picture_count(data, size);
}

static void page_reading_free(gpointer data)
{
    PageReading *reading = data;
    g_ptr_array_unref(reading->others);
    g_free(reading->text);
    g_free(reading);
}

static void clear(ImagePage *page)
{
    g_clear_pointer(&page->glyphs, g_array_unref);
    g_clear_pointer(&page->readings, g_ptr_array_unref);
    g_clear_pointer(&page->marks, marks_free);
    pixDestroy(&page->picture);
}

/* A page under way. */
typedef struct {
    Picture picture;
    Marks *marks;
    GArray *lines; /* of LineBox */
    GArray *alone; /* of bool, by line: all that its cell holds */
} Sheet;

static void sheet_clear(Sheet *sheet)
{
    picture_clear(&sheet->picture);
    g_clear_pointer(&sheet->marks, marks_free);
    g_clear_pointer(&sheet->lines, g_array_unref);
    g_clear_pointer(&sheet->alone, g_array_unref);
}

static void add_lines(Sheet *sheet, PIX *ink, const LineBox *within, bool is_cell)
{
    guint before = sheet->lines->len;
    if (within->x1 - within->x0 < 3 || within->y1 - within->y0 < 3)
        return;
    lines_find(ink, within, sheet->picture.em, sheet->lines);
    bool is_alone = is_cell && sheet->lines->len == before + 1;
    for (guint k = before; k < sheet->lines->len; k++)
        g_array_append_val(sheet->alone, is_alone);
}

static LineBox pixels_of(const Sheet *sheet, const ZpBox *box)
{
    float scale = sheet->picture.dpi / 72;
    return (LineBox){
        (l_int32)(box->x0 * scale) + CELL_INSET, (l_int32)(box->y0 * scale) + CELL_INSET,
        (l_int32)(box->x1 * scale) - CELL_INSET, (l_int32)(box->y1 * scale) - CELL_INSET};
}

static void clear_box(PIX *ink, const LineBox *line)
{
    BOX *box = boxCreate(line->x0, line->y0, line->x1 - line->x0, line->y1 - line->y0);
    if (box)
        pixClearInRect(ink, box);
    boxDestroy(&box);
}

/* The lines of each cell of a table; its ink is taken out of @rest. */
static void read_lattice(Sheet *sheet, const Lattice *lattice, PIX *rest)
{
    for (guint k = 0; k < lattice->cells->len && sheet->lines->len < ZP_LIMIT_IMAGE_LINES; k++) {
        ZpBox box = lattice_box(lattice, lattice_cell(lattice, k));
        LineBox within = pixels_of(sheet, &box);
        add_lines(sheet, rest, &within, true);
        clear_box(rest, &within);
    }
}

static int by_area(gconstpointer a, gconstpointer b)
{
    const Lattice *x = *(Lattice *const *)a, *y = *(Lattice *const *)b;
    const LatticeCell p = {.row_span = x->y->len - 1, .col_span = x->x->len - 1};
    const LatticeCell q = {.row_span = y->y->len - 1, .col_span = y->x->len - 1};
    ZpBox v = lattice_box(x, &p), w = lattice_box(y, &q);
    float f = box_width(&v) * box_height(&v), g = box_width(&w) * box_height(&w);
    return f < g ? -1 : f > g;
}

static void find_lines(Sheet *sheet)
{
    g_autoptr(GPtrArray) lattices = g_ptr_array_new_with_free_func((GDestroyNotify)lattice_free);
    g_autoptr(GPtrArray) groups = rules_group(sheet->marks);
    PIX *rest = pixCopy(NULL, sheet->picture.ink);
    for (guint k = 0; groups && k < groups->len; k++) {
        Lattice *lattice = lattice_new(g_ptr_array_index(groups, k));
        if (lattice)
            g_ptr_array_add(lattices, lattice);
    }
    /* Tables inside others first. */
    g_ptr_array_sort(lattices, by_area);
    for (guint k = 0; rest && k < lattices->len; k++)
        read_lattice(sheet, g_ptr_array_index(lattices, k), rest);
    if (rest) {
        LineBox all = {0, 0, pixGetWidth(rest), pixGetHeight(rest)};
        add_lines(sheet, rest, &all, false);
    }
    pixDestroy(&rest);
}

/* What is too large for text: the scanner's dark edges, a picture. */
static void drop_large(Picture *picture)
{
    PIXA *pieces = NULL;
    BOXA *boxes = pixConnComp(picture->ink, &pieces, 8);
    l_int32 n = boxes && pieces ? boxaGetCount(boxes) : 0;
    for (l_int32 k = 0; k < n; k++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(boxes, k, &x, &y, &w, &h);
        bool is_edge = x <= 1 || y <= 1 || x + w >= pixGetWidth(picture->ink) - 1 ||
                       y + h >= pixGetHeight(picture->ink) - 1;
        if ((float)h <= 4 * picture->em && !(is_edge && (float)MAX(w, h) > picture->em))
            continue;
        /* Its own pixels: an edge goes all around the text. */
        PIX *piece = pixaGetPix(pieces, k, L_CLONE);
        pixRasterop(picture->ink, x, y, w, h, PIX_DST & PIX_NOT(PIX_SRC), piece, 0, 0);
        pixDestroy(&piece);
    }
    pixaDestroy(&pieces);
    boxaDestroy(&boxes);
}

static ImageState prepare(Sheet *sheet, PIX *pix, float dpi, int turns)
{
    *sheet = (Sheet){.lines = g_array_new(FALSE, FALSE, sizeof(LineBox)),
                     .alone = g_array_new(FALSE, FALSE, sizeof(bool))};
    PictureState state = picture_prepare(&sheet->picture, pix, dpi, turns);
    if (state == PICTURE_BLANK)
        return IMAGE_BLANK;
    if (state == PICTURE_COARSE)
        return IMAGE_COARSE;
    if (state != PICTURE_WELL)
        return IMAGE_DAMAGED;
    sheet->marks = ruling_find(&sheet->picture);
    drop_large(&sheet->picture);
    lines_despeckle(sheet->picture.ink, sheet->picture.em);
    find_lines(sheet);
    return sheet->lines->len ? IMAGE_READ : IMAGE_BLANK;
}

static int by_float(gconstpointer a, gconstpointer b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

static float median(GArray *numbers)
{
    g_array_sort(numbers, by_float);
    return numbers->len ? g_array_index(numbers, float, numbers->len / 2) : 0;
}

/* A line that tells which way up it is: characters beside each other, not many. */
static bool is_telling(const LineBox *line, float em)
{
    float wide = (float)(line->x1 - line->x0), high = (float)(line->y1 - line->y0);
    return wide >= TELLING_LEAST * em && wide <= TELLING_MOST * em && high < TELLING_HIGH * em;
}

/* The lines of a page that lies on its side are a character wide. */
static float share_telling(const Sheet *sheet)
{
    guint n = 0;
    for (guint k = 0; k < sheet->lines->len; k++)
        n += is_telling(&g_array_index(sheet->lines, LineBox, k), sheet->picture.em);
    return sheet->lines->len ? (float)n / (float)sheet->lines->len : 0;
}

/* How well some of a page's lines are read as it lies: the median share of a line's characters; 0: it has none. */
static float try_lines(const Sheet *sheet)
{
    g_autoptr(GArray) shares = g_array_new(FALSE, FALSE, sizeof(float));
    g_autoptr(GArray) telling = g_array_new(FALSE, FALSE, sizeof(LineBox));
    float em = sheet->picture.em;
    for (guint k = 0; k < sheet->lines->len; k++) {
        if (is_telling(&g_array_index(sheet->lines, LineBox, k), em))
            g_array_append_val(telling, g_array_index(sheet->lines, LineBox, k));
    }
    guint step = MAX(telling->len / TRIED, 1), n_sure = 0;
    for (guint k = step / 2; k < telling->len && shares->len < TRIED; k += step) {
        Seen seen;
        if (!recognise_line(&recogniser, sheet->picture.grey, &g_array_index(telling, LineBox, k),
                            em, &seen))
            continue;
        g_autoptr(GArray) chars =
            ctc_free(&recogniser.alphabet, seen.output.shares, (guint)seen.output.n_steps);
        float sum = 0;
        for (guint i = 0; i < chars->len; i++)
            sum += g_array_index(chars, CtcChar, i).share;
        sum = chars->len ? sum / (float)chars->len : 0;
        g_array_append_val(shares, sum);
        recognise_clear(&recogniser, &seen);
        n_sure += sum >= SURE;
        /* The first few settle it where all of them are read well. */
        if (n_sure == TRIED_LEAST && shares->len == TRIED_LEAST)
            break;
    }
    return shares->len >= TRIED_LEAST ? median(shares) : 0;
}

/* The page as it can be read: as it lies, or turned, what is likelier first. */
static ImageState prepare_upright(Sheet *sheet, PIX *pix, float dpi)
{
    static const int ON_ITS_SIDE[] = {1, 3, 2}, HEAD_DOWN[] = {2, 1, 3};
    ImageState state = prepare(sheet, pix, dpi, 0);
    float best = state == IMAGE_READ ? try_lines(sheet) : 0;
    float telling = state == IMAGE_READ ? share_telling(sheet) : 0;
    const int *turns = telling < SIDEWAYS ? ON_ITS_SIDE : HEAD_DOWN;
    for (guint k = 0; k < G_N_ELEMENTS(HEAD_DOWN) && best < UPRIGHT && state != IMAGE_DAMAGED;
         k++) {
        Sheet other;
        ImageState its = prepare(&other, pix, dpi, turns[k]);
        float share = its == IMAGE_READ ? try_lines(&other) : 0;
        if (share > best + 0.05f) {
            Sheet swap = *sheet;
            *sheet = other;
            other = swap;
            best = share;
            state = its;
        }
        sheet_clear(&other);
    }
    return state;
}

static void add_glyphs(ImagePage *page, const Sheet *sheet, const LineReading *line)
{
    float scale = 72 / sheet->picture.dpi, em = sheet->picture.em * scale;
    float high = (float)(line->box.y1 - line->box.y0) * scale;
    PageReading *reading = g_new0(PageReading, 1);
    g_autoptr(GString) text = g_string_new(NULL);
    reading->share = line->share;
    reading->is_doubtful = line->is_doubtful;
    reading->others = g_ptr_array_ref(line->others);
    g_ptr_array_add(page->readings, reading);
    for (guint k = 0; k < line->chars->len; k++) {
        const ReadChar *one = &g_array_index(line->chars, ReadChar, k);
        Glyph glyph = {
            .box = {one->x0 * scale, (float)line->box.y0 * scale, one->x1 * scale,
                    (float)line->box.y1 * scale},
            .c = one->c,
            .em = high > 1.4f * em ? high : em,
            .table = -1,
            .cell = -1,
            .reading = page->readings->len,
        };
        g_array_append_val(page->glyphs, glyph);
        g_string_append_unichar(text, one->c);
    }
    reading->text = g_strdup(text->str);
}

static ImageState read_lines(const Sheet *sheet, ImagePage *page)
{
    const Picture *picture = &sheet->picture;
    g_autoptr(GArray) shares = g_array_new(FALSE, FALSE, sizeof(float));
    for (guint k = 0; k < sheet->lines->len; k++) {
        LineReading *line = line_read(&recogniser, picture->grey, picture->ink,
                                      &g_array_index(sheet->lines, LineBox, k), picture->em,
                                      g_array_index(sheet->alone, bool, k));
        if (!line)
            continue;
        add_glyphs(page, sheet, line);
        if (line->chars->len > 1)
            g_array_append_val(shares, line->share);
        line_reading_free(line);
    }
    if (!page->glyphs->len)
        return IMAGE_BLANK;
    return shares->len >= TRIED_LEAST && median(shares) < READABLE ? IMAGE_COARSE : IMAGE_READ;
}

static ImageState read_pix(PIX *pix, float dpi, ImagePage *page)
{
    Sheet sheet;
    *page = (ImagePage){0};
    ImageState state = prepare_upright(&sheet, pix, dpi);
    if (state == IMAGE_READ) {
        const Picture *picture = &sheet.picture;
        page->width = (float)pixGetWidth(picture->grey) * 72 / picture->dpi;
        page->height = (float)pixGetHeight(picture->grey) * 72 / picture->dpi;
        page->glyphs = g_array_new(FALSE, FALSE, sizeof(Glyph));
        page->readings = g_ptr_array_new_with_free_func(page_reading_free);
        page->pictured =
            (ZpPictured){0, (guint32)lroundf(picture->dpi), (guint32)picture->turned * 90,
                         (gint32)lroundf(picture->level.skew * 100)};
        picture_to_file(picture, &page->place);
        state = read_lines(&sheet, page);
        page->marks = g_steal_pointer(&sheet.marks);
        page->dpi = picture->dpi;
        page->picture = g_steal_pointer(&sheet.picture.grey);
    }
    sheet_clear(&sheet);
    if (state != IMAGE_READ)
        clear(page);
    return state;
}

static ImageState read_bytes(GBytes *bytes, guint number, float width, ImagePage *page)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    PIX *pix = NULL;
    float dpi = 0;
    PictureState state = picture_decode(data, size, number, &pix, &dpi);
    if (state != PICTURE_WELL)
        return state == PICTURE_LARGE ? IMAGE_LARGE : IMAGE_DAMAGED;
    if (width > 0)
        dpi = (float)pixGetWidth(pix) * 72 / width;
    ImageState read = read_pix(pix, dpi, page);
    pixDestroy(&pix);
    return read;
}

/* Of 16 greys: a third of the bytes, and read as well. */
static GBytes *to_png(PIX *pix)
{
    PIX *few = pixThresholdTo4bpp(pix, 16, 0);
    l_uint8 *data = NULL;
    size_t size = 0;
    GBytes *png = NULL;
    if (few && pixWriteMem(&data, &size, few, IFF_PNG) == 0 && size <= ZP_LIMIT_CROP_BYTES)
        png = g_bytes_new(data, size);
    lept_free(data);
    pixDestroy(&few);
    return png;
}

static GBytes *crop(const void *data, const ZpBox *at)
{
    const ImagePage *page = data;
    float scale = page->dpi / 72;
    l_int32 x = (l_int32)((at->x0 - CROP_SIDES) * scale);
    l_int32 y = (l_int32)((at->y0 - CROP_MARGIN) * scale);
    l_int32 w = (l_int32)((at->x1 - at->x0 + 2 * CROP_SIDES) * scale);
    l_int32 h = (l_int32)((at->y1 - at->y0 + 2 * CROP_MARGIN) * scale);
    if (!page->picture || w < 1 || h < 1)
        return NULL;
    BOX *box = boxCreate(MAX(x, 0), MAX(y, 0), w, h);
    PIX *piece = box ? pixClipRectangle(page->picture, box, NULL) : NULL;
    l_int32 side = piece ? MAX(pixGetWidth(piece), pixGetHeight(piece)) : 0;
    float less = (float)ZP_LIMIT_CROP_SIDE / (float)MAX(side, (l_int32)ZP_LIMIT_CROP_SIDE);
    PIX *small = !piece ? NULL : less < 1 ? pixScale(piece, less, less) : pixClone(piece);
    GBytes *png = small ? to_png(small) : NULL;
    pixDestroy(&small);
    pixDestroy(&piece);
    boxDestroy(&box);
    return png;
}

static void place(const void *data, float *x, float *y)
{
    const ImagePage *page = data;
    sheet_place(&page->place, x, y);
}

static PIX *pix_of(const guint8 *pixels, guint width, guint height, guint stride, guint samples)
{
    PIX *pix = pixCreate((l_int32)width, (l_int32)height, samples == 4 ? 32 : 8);
    for (guint y = 0; pix && y < height; y++) {
        const guint8 *from = pixels + (gsize)y * stride;
        l_uint32 *row = pixGetData(pix) + (gsize)y * (gsize)pixGetWpl(pix);
        for (guint x = 0; x < width; x++) {
            if (samples == 4) {
                guint32 one;
                memcpy(&one, from + 4 * (gsize)x, sizeof one);
                row[x] = one << 8; /* Leptonica has red in the highest byte */
            } else {
                SET_DATA_BYTE(row, x, from[x]);
            }
        }
    }
    return pix;
}

static ImageState read_pixels(const guint8 *pixels, guint width, guint height, guint stride,
                              guint samples, float dpi, ImagePage *page)
{
    if (!width || !height || width > ZP_LIMIT_IMAGE_SIDE || height > ZP_LIMIT_IMAGE_SIDE ||
        (guint64)width * height > ZP_LIMIT_IMAGE_PIXELS)
        return IMAGE_LARGE;
    setMsgSeverity(L_SEVERITY_NONE);
    PIX *pix = pix_of(pixels, width, height, stride, samples);
    ImageState state = pix ? read_pix(pix, dpi, page) : IMAGE_DAMAGED;
    pixDestroy(&pix);
    return state;
}

G_MODULE_EXPORT const ZpImageModule zp_image_module = {
    ZP_VERSION,  load,  get_engine, count, read_bytes,
    read_pixels, clear, crop,       place, picture_to_pdf,
};
