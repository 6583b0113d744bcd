/*
 * image.c - tells pictures and opens the module that reads them, where it and its model are there.
 *
 *     JPEG  ff d8 ff     PNG  89 P N G     TIFF  I I * 0, M M 0 * (its pages are the document's)
 *
 * The model and its runtime are no part of the program: scripts/ocr.sh fetches them.  They are looked for in
 * $ZIPING_OCR alone where that is set, else in the user's data folder, and where the program's modules are; without them, pictures are a kind
 * that no parser reads, and pages of pictures need text recognition (D03), as if this file were not there.
 */
#include "parsers/image/image.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/image/module.h"
#include "parsers/shared/modules.h"

#include <string.h>

#define MODULE_FILE "ziping-image.so"
#define FOLDER      "ocr"

static const char *const SUFFIXES[] = {".jpg", ".jpeg", ".png", ".tif", ".tiff", NULL};
static const char *const FILES[] = {"libonnxruntime.so", "ch_PP-OCRv4_rec_infer.onnx",
                                    "ppocr_keys_v1.txt"};

static ZpOcrMode mode = ZP_OCR_NEVER;
static bool is_there;
/* Found while files can still be looked for, which a closed sandbox refuses. */
static char *folder;
static const ZpImageModule *opened;

static bool begins(GBytes *head, const char *with, gsize length)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(head, &size);
    return size >= length && memcmp(data, with, length) == 0;
}

static int probe(GBytes *head)
{
    bool is_picture = begins(head, "\xff\xd8\xff", 3) || begins(head, "\x89PNG\r\n\x1a\n", 8) ||
                      begins(head, "II*\0", 4) || begins(head, "MM\0*", 4);
    return is_picture && zp_image_is_wanted() ? ZP_PROBE_CERTAIN : 0;
}

char *zp_image_module_path(void)
{
    return zp_module_path(MODULE_FILE);
}

/* The first file of a folder that is not there; NULL: all are. */
static const char *missing_of(const char *path)
{
    for (gsize k = 0; k < G_N_ELEMENTS(FILES); k++) {
        g_autofree char *file = g_build_filename(path, FILES[k], NULL);
        if (!g_file_test(file, G_FILE_TEST_IS_REGULAR))
            return FILES[k];
    }
    return NULL;
}

char *zp_image_folder(char **missing)
{
    const char *said = g_getenv("ZIPING_OCR");
    char *const places[] = {
        !said                      ? g_build_filename(g_get_user_data_dir(), "ziping", FOLDER, NULL)
        : g_path_is_absolute(said) ? g_strdup(said)
                                   : NULL,
        said ? NULL : zp_module_path(FOLDER),
        said ? NULL : zp_module_path(".." G_DIR_SEPARATOR_S FOLDER),
    };
    char *found = NULL;
    for (gsize k = 0; k < G_N_ELEMENTS(places); k++) {
        const char *lacks =
            places[k] && g_file_test(places[k], G_FILE_TEST_IS_DIR) ? missing_of(places[k]) : "";
        if (!found && !lacks) {
            found = places[k];
            continue;
        }
        if (lacks && *lacks && missing && !*missing)
            *missing = g_build_filename(places[k], lacks, NULL);
        g_free(places[k]);
    }
    return found;
}

bool zp_image_set_mode(ZpOcrMode wanted)
{
    mode = wanted;
    g_autofree char *module = zp_image_module_path();
    g_clear_pointer(&folder, g_free);
    folder = zp_image_folder(NULL);
    is_there = module && folder;
    return is_there || wanted == ZP_OCR_NEVER;
}

bool zp_image_is_wanted(void)
{
    return is_there && mode != ZP_OCR_NEVER;
}

ZpOcrMode zp_image_mode(void)
{
    return mode;
}

static const ZpImageModule *open_module(GError **error)
{
    const char *why = NULL;
    const ZpImageModule *image = zp_module_open(MODULE_FILE, ZP_IMAGE_MODULE_SYMBOL, &why);
    if (!image) {
        zp_error_set(error, ZP_ERROR_IO,
                     "读取图片的模块 %s 打不开（%s）；请安装完整的 ziping，以及 liblept5",
                     "the module that reads pictures, %s, cannot be opened (%s); install all of "
                     "ziping, and liblept5",
                     MODULE_FILE, why);
        return NULL;
    }
    if (strcmp(image->version, ZP_VERSION) == 0)
        return folder && image->load(folder, error) ? image : NULL;
    zp_error_set(error, ZP_ERROR_IO, "模块 %s 的版本是 %s，程序是 %s；请重新安装 ziping",
                 "the module %s is of version %s, the program of %s; install ziping again",
                 MODULE_FILE, image->version, ZP_VERSION);
    return NULL;
}

bool zp_image_load(GError **error)
{
    if (!opened)
        opened = open_module(error);
    return opened != NULL;
}

bool zp_image_is_loaded(void)
{
    return opened != NULL;
}

static void lose(ZpDocument *document, guint32 number, const char *zh, const char *en)
{
    const ZpPlace at = {.page = number};
    g_autofree char *all_zh = g_strdup_printf("第 %u 页%s", number, zh);
    g_autofree char *all_en = g_strdup_printf("page %u %s", number, en);
    zp_document_add_loss(document, ZP_LOSS_NO_TEXT_LAYER, &at, all_zh, all_en);
}

/* What a page that could not be read needs. */
static void lose_unread(ZpDocument *document, guint32 number, ImageState state)
{
    switch (state) {
    case IMAGE_COARSE:
        lose(document, number, "的图片太粗或太脏，认不出字；请用 300 dpi 重新扫描",
             "is too coarse or too dirty to be read; scan it again at 300 dpi");
        break;
    case IMAGE_LARGE:
        lose(document, number,
             "的图片超过 ZP_LIMIT_IMAGE_PIXELS 或 ZP_LIMIT_IMAGE_SIDE，没有读入；请用 300 dpi 扫描",
             "has a picture over ZP_LIMIT_IMAGE_PIXELS or ZP_LIMIT_IMAGE_SIDE and was not read; "
             "scan it at 300 dpi");
        break;
    case IMAGE_DAMAGED:
        lose(document, number, "的图片损坏，读不出来；请重新扫描",
             "has a damaged picture that cannot be read; scan it again");
        break;
    default:
        break;
    }
}

/* The lines of a page, by their glyphs, which stand in their order. */
static void keep_lines(ZpDocument *document, guint32 number, const ImagePage *read)
{
    for (guint k = 0; k < read->glyphs->len;) {
        const Glyph *first = &g_array_index(read->glyphs, Glyph, k);
        ZpBox box = first->box;
        for (; k < read->glyphs->len; k++) {
            const Glyph *glyph = &g_array_index(read->glyphs, Glyph, k);
            if (glyph->reading != first->reading)
                break;
            box = (ZpBox){MIN(box.x0, glyph->box.x0), MIN(box.y0, glyph->box.y0),
                          MAX(box.x1, glyph->box.x1), MAX(box.y1, glyph->box.y1)};
        }
        const PageReading *reading = g_ptr_array_index(read->readings, first->reading - 1);
        ZpSeenLine line = {.page = number,
                           .text = g_string_chunk_insert(document->strings, reading->text)};
        line.foot = (ZpBox){box.x0, box.y1, box.x1, box.y1};
        line.rise = (ZpBox){box.x0, box.y1, box.x0, box.y0};
        opened->place(read, &line.foot.x0, &line.foot.y0);
        opened->place(read, &line.foot.x1, &line.foot.y1);
        opened->place(read, &line.rise.x0, &line.rise.y0);
        opened->place(read, &line.rise.x1, &line.rise.y1);
        g_array_append_val(document->lines, line);
    }
}

static bool add_page(ZpDocument *document, guint32 number, ImagePage *read, bool *was_runs,
                     GError **error)
{
    __attribute__((cleanup(page_clear))) Page page = {0};
    const PageDrawing drawing = {
        .marks = read->marks, .width = read->width, .height = read->height};
    if (!document->engine)
        document->engine = g_string_chunk_insert(document->strings, opened->engine());
    if (document->lines)
        keep_lines(document, number, read);
    read->pictured.page = number;
    g_array_append_val(document->pictured, read->pictured);
    if (!page_init(&page, document, number, read->width, read->height,
                   g_steal_pointer(&read->glyphs), error))
        return false;
    page.readings = read->readings;
    page.place = opened->place;
    page.crop = opened->crop;
    page.picture = read;
    page.was_runs = *was_runs;
    bool done = page_read(&page, &drawing, error);
    *was_runs = page.was_runs;
    return done;
}

static bool take_page(ZpDocument *document, guint32 number, ImageState state, ImagePage *read,
                      bool *was_runs, GError **error)
{
    if (state != IMAGE_READ) {
        lose_unread(document, number, state);
        return true;
    }
    bool done = add_page(document, number, read, was_runs, error);
    opened->clear(read);
    return done;
}

bool zp_image_read_page(ZpDocument *document, guint32 number, const ZpPixels *pixels,
                        GError **error)
{
    ImagePage read;
    bool was_runs = false;
    ImageState state = opened->read_pixels(pixels->bytes, pixels->width, pixels->height,
                                           pixels->stride, pixels->samples, pixels->dpi, &read);
    return take_page(document, number, state, &read, &was_runs, error);
}

bool zp_image_read_part(ZpDocument *document, guint32 number, GBytes *picture, const ZpBox *at,
                        GError **error)
{
    ImagePage read = {0};
    bool was_runs = false;
    ImageState state = opened->read(picture, 0, at->x1 - at->x0, &read);
    read.place.x0 = at->x0;
    read.place.y0 = at->y0;
    return take_page(document, number, state, &read, &was_runs, error);
}

static ZpDocument *read_image(GBytes *input, const ZpReadOptions *options, GError **error)
{
    if (!zp_image_load(error))
        return NULL;
    g_autoptr(ZpDocument) document = zp_document_new_within(options->limits);
    if (options->wants_lines)
        document->lines = g_array_new(FALSE, FALSE, sizeof(ZpSeenLine));
    guint n = opened->count(input);
    if (n == 0) {
        zp_error_set(error, ZP_ERROR_DAMAGED, "图片损坏，读不出来；请重新扫描或重新导出",
                     "the picture is damaged and cannot be read; scan or export it again");
        return NULL;
    }
    if (n > ZP_LIMIT_IMAGE_PAGES) {
        zp_error_set(error, ZP_ERROR_LIMIT,
                     "页数超过 ZP_LIMIT_IMAGE_PAGES（%u 页）；请拆成几个文件",
                     "over ZP_LIMIT_IMAGE_PAGES (%u pages); split the file", ZP_LIMIT_IMAGE_PAGES);
        return NULL;
    }
    bool was_runs = false;
    for (guint k = 0; k < n; k++) {
        ImagePage read;
        ImageState state = opened->read(input, k, 0, &read);
        if (n == 1 && state == IMAGE_DAMAGED) {
            zp_error_set(error, ZP_ERROR_DAMAGED, "图片损坏，读不出来；请重新扫描或重新导出",
                         "the picture is damaged and cannot be read; scan or export it again");
            return NULL;
        }
        if (n == 1 && state == IMAGE_LARGE) {
            zp_error_set(error, ZP_ERROR_LIMIT,
                         "图片超过 ZP_LIMIT_IMAGE_PIXELS（%u 像素）或 ZP_LIMIT_IMAGE_SIDE（一边 "
                         "%u）；请用 300 dpi 扫描",
                         "the picture is over ZP_LIMIT_IMAGE_PIXELS (%u pixels) or "
                         "ZP_LIMIT_IMAGE_SIDE (%u on a side); scan it at 300 dpi",
                         ZP_LIMIT_IMAGE_PIXELS, ZP_LIMIT_IMAGE_SIDE);
            return NULL;
        }
        if (!take_page(document, k + 1, state, &read, &was_runs, error))
            return NULL;
    }
    return g_steal_pointer(&document);
}

GBytes *zp_image_to_pdf(GBytes *input, GError **error)
{
    GBytes *pdf = zp_image_load(error) ? opened->to_pdf(input) : NULL;
    if (!pdf && (!error || !*error))
        zp_error_set(error, ZP_ERROR_OUTPUT, "图片不能放进 PDF",
                     "the picture does not go into a PDF");
    return pdf;
}

const ZpParser zp_image_parser = {
    .name = "image",
    .zh = "图片（JPEG、PNG、TIFF）",
    .en = "pictures (JPEG, PNG, TIFF)",
    .suffixes = SUFFIXES,
    .probe = probe,
    .read = read_image,
};
