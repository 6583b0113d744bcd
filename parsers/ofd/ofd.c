/*
 * ofd.c - an OFD file from bytes to tables, page by page.
 *
 *     zip ─▶ OFD.xml ─▶ Document.xml … ─▶ resources, templates, pages ─▶ print: rules, glyphs ─▶ tables
 *
 * Parts that are XML and not huge are unpacked in one go over the zip, the rest in three more at most.  A part that is missing or damaged is
 * named in a loss and the others go on; only without OFD.xml, or any Document.xml, nothing can be read.
 *
 * Source: GB/T 33190-2016.
 */
#include "parsers/ofd/ofd.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/image/image.h"
#include "parsers/kinds.h"
#include "parsers/mark.h"
#include "parsers/ofd/around.h"
#include "parsers/ofd/document.h"
#include "parsers/ofd/draw.h"
#include "parsers/print/pages.h"

#include <string.h>

#define KIND "OFD 文件", "an OFD document"
#define ROOT "OFD.xml"

/* A page's size where nothing says it: A4. */
static const double A4[4] = {0, 0, 210, 297};

typedef struct {
    ZpPackage *package;
    ZpDocument *document;
    const ZpLimits *limits;
    Pages pages;
    guint number; /* of the page under way, from 1 */
    OfdResources *resources;
    GHashTable *templates; /* of OfdContent, by id */
} Reading;

static void lose_part(const Reading *reading, const char *name, bool is_there)
{
    g_autofree char *quoted = page_quote(name);
    g_autofree char *zh = g_strdup_printf("部件 %s %s，它的内容没有读入；请重新导出", quoted,
                                          is_there ? "已损坏" : "不在文件里");
    g_autofree char *en = g_strdup_printf(
        "the part %s is %s, so what it holds was not read; export the document again", quoted,
        is_there ? "damaged" : "not in the file");
    guint page = reading->number;
    const ZpPlace at = {.page = page};
    zp_document_add_loss(reading->document, ZP_LOSS_LOST_CONTENT, &at, zh, en);
}

/* Only a limit ends the reading of the file; a part that is no XML is lost by itself. */
static bool settle(const Reading *reading, const char *name, GError *own, GError **error)
{
    if (!own)
        return true;
    if (g_error_matches(own, ZP_ERROR, ZP_ERROR_LIMIT)) {
        g_propagate_error(error, own);
        return false;
    }
    g_error_free(own);
    lose_part(reading, name, true);
    return true;
}

static bool read_resource(Reading *reading, const char *name, GError **error)
{
    GError *own = NULL;
    GBytes *part = zp_package_part(reading->package, name);
    if (!part) {
        lose_part(reading, name, false);
        return true;
    }
    ofd_resources_read(reading->resources, part, name, reading->limits, &own);
    return settle(reading, name, own, error);
}

/* A part that draws; NULL with @error past a limit, empty where it is missing or damaged. */
static OfdContent *read_content(const Reading *reading, const char *name, GError **error)
{
    g_autoptr(OfdContent) content = ofd_content_new();
    GBytes *part = zp_package_part(reading->package, name);
    GError *own = NULL;
    if (!part)
        lose_part(reading, name, false);
    else
        ofd_content_read(content, part, name, reading->limits, &own);
    return settle(reading, name, own, error) ? g_steal_pointer(&content) : NULL;
}

static const OfdPage *find_template(const OfdDocument *document, guint id)
{
    for (guint k = 0; k < document->templates->len; k++) {
        const OfdPage *page = &g_array_index(document->templates, OfdPage, k);
        if (page->id == id)
            return page;
    }
    return NULL;
}

/* A template's content, read once. */
static const OfdContent *template_of(Reading *reading, const OfdDocument *document, guint id,
                                     GError **error)
{
    const OfdPage *page = find_template(document, id);
    OfdContent *content = g_hash_table_lookup(reading->templates, GUINT_TO_POINTER(id));
    if (content)
        return content;
    content = page ? read_content(reading, page->part, error) : ofd_content_new();
    if (content)
        g_hash_table_insert(reading->templates, GUINT_TO_POINTER(id), content);
    return content;
}

/* What a page is made of: its own content, and the templates that it uses. */
typedef struct {
    const OfdContent *content;
    gint8 order;
} Sheet;

/* The page's size: its own, its first template's that has one, the document's. */
static const double *area_of(const OfdDocument *document, const OfdContent *content,
                             const GArray *sheets)
{
    if (content->has_area)
        return content->area;
    for (guint k = 0; k < sheets->len; k++) {
        const OfdContent *sheet = g_array_index(sheets, Sheet, k).content;
        if (sheet->has_area)
            return sheet->area;
    }
    return document->has_area ? document->area : A4;
}

static GArray *sheets_of(Reading *reading, const OfdDocument *document, const OfdContent *content,
                         GError **error)
{
    g_autoptr(GArray) sheets = g_array_new(FALSE, FALSE, sizeof(Sheet));
    for (guint k = 0; k < content->templates->len; k++) {
        const OfdTemplateUse *use = &g_array_index(content->templates, OfdTemplateUse, k);
        const OfdPage *page = find_template(document, use->id);
        Sheet sheet = {.content = template_of(reading, document, use->id, error)};
        if (!sheet.content)
            return NULL;
        sheet.order = use->order >= 0 ? use->order : page ? page->order : OFD_BACKGROUND;
        g_array_append_val(sheets, sheet);
    }
    return g_steal_pointer(&sheets);
}

/* The part of a page that its picture takes. */
#define WHOLE 0.5

/* The bytes of the page's picture; NULL: it has none that is the page. */
static GBytes *picture_of(ZpPackage *package, const OfdDraw *draw)
{
    const OfdScan *scan = &draw->scan;
    double whole = (double)draw->drawing->width * draw->drawing->height;
    char *name = g_hash_table_lookup(draw->resources->media, GUINT_TO_POINTER(scan->resource));
    if (!name || scan->area < WHOLE * whole)
        return NULL;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_ptr_array_add(names, name);
    return zp_package_load(package, names, NULL) ? zp_package_part(package, name) : NULL;
}

/*
 * A scanner's OFD is one picture a page: its file is read as a picture where that is wanted and can be, and its places
 * are moved to where the page has it.  Pictures in strips, turned ones and those of formats that Leptonica does not
 * read (JBIG2 alone) stay lost.
 */
static bool read_scan(ZpPackage *package, const OfdDraw *draw, ZpDocument *document, guint number,
                      bool has_loss, GError **error)
{
    GBytes *picture = zp_image_is_wanted() ? picture_of(package, draw) : NULL;
    if (!picture)
        return true;
    if (!zp_image_is_loaded()) {
        document->needs_pictures = true;
        return true;
    }
    if (has_loss)
        zp_document_drop_loss(document);
    return zp_image_read_part(document, number, picture, &draw->scan.at, error);
}

static bool add_page(Reading *reading, OfdDraw *draw, PageDrawing *drawing, GError **error)
{
    __attribute__((cleanup(page_clear))) Page page = {0};
    GArray *glyphs = draw->has_many_glyphs ? NULL : g_array_new(FALSE, FALSE, sizeof(Glyph));
    if (draw->is_spread) {
        const ZpPlace at = {.page = reading->number};
        zp_document_add_note(
            reading->document, ZP_LOSS_DOUBTFUL_PLACE, &at, "有的文字没有字间距，按字的宽度排开了",
            "some text has no steps between its characters; they were set apart by "
            "their widths");
    }
    if (!page_init(&page, reading->document, reading->number, drawing->width, drawing->height,
                   glyphs, error))
        return false;
    guint n_losses = reading->document->losses->len;
    if (!pages_add(&reading->pages, &page, drawing, error))
        return false;
    bool has_loss = reading->document->losses->len > n_losses;
    return !page.needs_picture ||
           read_scan(reading->package, draw, reading->document, reading->number, has_loss, error);
}

static bool read_page(Reading *reading, const OfdDocument *document, const OfdPage *at,
                      GError **error)
{
    __attribute__((cleanup(drawing_clear))) PageDrawing drawing = {0};
    g_autoptr(OfdContent) content = read_content(reading, at->part, error);
    g_autoptr(GArray) sheets = content ? sheets_of(reading, document, content, error) : NULL;
    if (!sheets)
        return false;
    for (guint k = 0; k < content->resources->len; k++) {
        g_autofree char *name = ofd_part(document->name, g_ptr_array_index(content->resources, k));
        if (!read_resource(reading, name, error))
            return false;
    }
    OfdDraw draw = {
        .resources = reading->resources,
        .depth_max = zp_limits_depth(reading->limits, ZP_LIMIT_OFD_DEPTH),
    };
    ofd_draw_begin(&draw, area_of(document, content, sheets), &drawing);
    drawing.is_cut |= reading->resources->is_over;
    for (gint8 order = OFD_BACKGROUND; order < OFD_ORDERS; order++) {
        for (guint k = 0; k < sheets->len; k++) {
            const Sheet *sheet = &g_array_index(sheets, Sheet, k);
            if (sheet->order == order)
                ofd_draw_layers(&draw, sheet->content, OFD_ORDERS);
        }
        ofd_draw_layers(&draw, content, (OfdOrder)order);
    }
    ofd_draw_end(&draw);
    return add_page(reading, &draw, &drawing, error);
}

static bool set_many_pages(const Reading *reading, GError **error)
{
    zp_error_set(error, ZP_ERROR_LIMIT,
                 "页数超过 ZP_LIMIT_PAGES（--max-pages，%u 页）；请拆成几个文件",
                 "over ZP_LIMIT_PAGES (--max-pages, %u pages); split the file",
                 (guint)zp_limits_get(reading->limits, ZP_BOUND_PAGES));
    return false;
}

static bool read_pages(Reading *reading, const OfdDocument *document, GError **error)
{
    reading->resources = ofd_resources_new();
    reading->templates = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)ofd_content_free);
    bool done = true;
    guint before = reading->number;
    reading->number = 0; /* what is lost with them is no page's */
    for (guint k = 0; done && k < document->resources->len; k++)
        done = read_resource(reading, g_ptr_array_index(document->resources, k), error);
    reading->number = before;
    for (guint k = 0; done && k < document->pages->len; k++) {
        if (reading->number >= zp_limits_get(reading->limits, ZP_BOUND_PAGES)) {
            done = set_many_pages(reading, error);
            break;
        }
        reading->number++;
        done = read_page(reading, document, &g_array_index(document->pages, OfdPage, k), error);
    }
    ofd_resources_free(reading->resources);
    g_hash_table_unref(reading->templates);
    return done;
}

/* Resources that a page names: known only once it is read, so it is read for them first, if its bytes name any. */
static void want_page_resources(const Reading *reading, const OfdDocument *document,
                                GPtrArray *names)
{
    for (guint k = 0; k < document->pages->len; k++) {
        const char *part = g_array_index(document->pages, OfdPage, k).part;
        GBytes *bytes = zp_package_part(reading->package, part);
        gsize size = 0;
        const char *data = bytes ? g_bytes_get_data(bytes, &size) : NULL;
        if (!data || !memmem(data, size, "PageRes", 7))
            continue;
        g_autoptr(GPtrArray) places = ofd_list(bytes, part, OFD_E_PAGE_RES, NULL);
        for (guint i = 0; i < places->len; i++)
            g_ptr_array_add(names, ofd_part(document->name, g_ptr_array_index(places, i)));
    }
}

static void want_parts(const OfdDocument *document, GPtrArray *names)
{
    for (guint k = 0; k < document->pages->len; k++)
        g_ptr_array_add(names, g_strdup(g_array_index(document->pages, OfdPage, k).part));
    for (guint k = 0; k < document->templates->len; k++)
        g_ptr_array_add(names, g_strdup(g_array_index(document->templates, OfdPage, k).part));
    for (guint k = 0; k < document->resources->len; k++)
        g_ptr_array_add(names, g_strdup(g_ptr_array_index(document->resources, k)));
    if (document->annotations)
        g_ptr_array_add(names, g_strdup(document->annotations));
    if (document->attachments)
        g_ptr_array_add(names, g_strdup(document->attachments));
}

static bool load(const Reading *reading, GPtrArray *names, GError **error)
{
    return !names->len || zp_package_load(reading->package, names, error);
}

/* Everything that the documents need, in two goes. */
static bool load_parts(Reading *reading, const OfdFile *file, GError **error)
{
    g_autoptr(GPtrArray) first = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) second = g_ptr_array_new_with_free_func(g_free);
    for (guint k = 0; k < file->documents->len; k++)
        want_parts(g_ptr_array_index(file->documents, k), first);
    for (guint k = 0; k < file->signatures->len; k++)
        g_ptr_array_add(first, g_strdup(g_ptr_array_index(file->signatures, k)));
    if (!load(reading, first, error))
        return false;
    for (guint k = 0; k < file->documents->len; k++) {
        const OfdDocument *document = g_ptr_array_index(file->documents, k);
        want_page_resources(reading, document, second);
        around_want(reading->package, document, second);
    }
    return load(reading, second, error);
}

/* The Document.xml of each document; where DocBody names none, that of its current version. */
static bool load_roots(const Reading *reading, OfdFile *file, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint k = 0; k < file->documents->len; k++) {
        const OfdDocument *document = g_ptr_array_index(file->documents, k);
        g_ptr_array_add(names, document->name ? document->name
                                              : (char *)g_ptr_array_index(file->versions, k));
    }
    if (!load(reading, names, error))
        return false;
    g_ptr_array_set_size(names, 0);
    for (guint k = 0; k < file->documents->len; k++) {
        OfdDocument *document = g_ptr_array_index(file->documents, k);
        const char *version = g_ptr_array_index(file->versions, k);
        GBytes *part = document->name ? NULL : zp_package_part(reading->package, version);
        if (!part)
            continue;
        g_autoptr(GPtrArray) roots = ofd_list(part, version, OFD_E_DOC_ROOT, NULL);
        if (roots->len)
            document->name = ofd_part(version, g_ptr_array_index(roots, 0));
        if (document->name)
            g_ptr_array_add(names, document->name);
    }
    return load(reading, names, error);
}

static bool set_without(const char *part, GError **error)
{
    zp_error_set(error, ZP_ERROR_DAMAGED,
                 "这份 OFD 文件已损坏，读不出部件 %s；请用原来的软件打开后另存",
                 "this is an OFD document, but it is damaged: its part %s cannot be read; open and "
                 "save it anew",
                 part);
    return false;
}

static bool read_roots(Reading *reading, const OfdFile *file, GError **error)
{
    guint n_read = 0;
    for (guint k = 0; k < file->documents->len; k++) {
        OfdDocument *document = g_ptr_array_index(file->documents, k);
        const char *name = document->name ? document->name : "Document.xml";
        GBytes *part = document->name ? zp_package_part(reading->package, document->name) : NULL;
        GError *own = NULL;
        if (part && ofd_document_read(document, part, &own))
            n_read++;
        else if (!part)
            lose_part(reading, name, false);
        if (!settle(reading, name, own, error))
            return false;
    }
    return n_read || set_without("Document.xml", error);
}

static bool is_encrypted(const ZpPackage *package)
{
    return zp_package_has(package, "Encryptions.xml") ||
           (!zp_package_has(package, ROOT) && zp_package_has(package, "decryptseed.dat"));
}

static bool check_encryption(const ZpPackage *package, GError **error)
{
    if (!is_encrypted(package))
        return true;
    zp_error_set(error, ZP_ERROR_ENCRYPTED,
                 "OFD 文件已加密（GM/T 0099）；请在原来的软件中去掉加密后另存",
                 "the OFD document is encrypted (GM/T 0099); save it without encryption");
    return false;
}

/* OFD.xml, and the Document.xml of each document. */
static bool read_leads(Reading *reading, OfdFile *file, GError **error)
{
    g_autoptr(GPtrArray) root = g_ptr_array_new();
    g_ptr_array_add(root, (gpointer)ROOT);
    if (!load(reading, root, error))
        return false;
    GBytes *part = zp_package_part(reading->package, ROOT);
    if (!part)
        return set_without("OFD.xml", error);
    return ofd_file_read(file, part, "OFD.xml", error) && load_roots(reading, file, error) &&
           read_roots(reading, file, error);
}

bool ofd_file_open(ZpPackage *package, OfdFile *file, const ZpLimits *limits, GError **error)
{
    g_autoptr(ZpDocument) document = zp_document_new_within(limits);
    Reading reading = {.package = package, .document = document, .limits = limits};
    return check_encryption(package, error) && read_leads(&reading, file, error);
}

static bool read_file(Reading *reading, OfdFile *file, GError **error)
{
    if (!read_leads(reading, file, error) || !load_parts(reading, file, error))
        return false;
    for (guint k = 0; k < file->documents->len; k++) {
        const OfdDocument *document = g_ptr_array_index(file->documents, k);
        guint first = reading->number + 1;
        if (!read_pages(reading, document, error))
            return false;
        around_note(reading->package, document, reading->document, first, reading->limits);
    }
    around_note_signatures(reading->package, file, reading->document);
    /* Which of two that differ in case is read, is what the file says. */
    const GPtrArray *twins = zp_package_twins(reading->package);
    const ZpPlace nowhere = {0};
    for (guint k = 0; k < twins->len; k++) {
        g_autofree char *quoted = page_quote(g_ptr_array_index(twins, k));
        g_autofree char *zh = g_strdup_printf(
            "压缩包里另有与部件 %s 只差大小写的部件；读的是文件所指、大小写一致的这一个", quoted);
        g_autofree char *en = g_strdup_printf(
            "the package also holds a part whose name differs from %s in case only; the one that "
            "the document names, letter for letter, was read",
            quoted);
        zp_document_add_note(reading->document, ZP_LOSS_DOUBTFUL_PLACE, &nowhere, zh, en);
    }
    pages_end(&reading->pages);
    return true;
}

static ZpDocument *read_package(ZpPackage *package, const ZpLimits *limits, GError **error)
{
    g_autoptr(ZpDocument) document = zp_document_new_within(limits);
    g_autoptr(OfdFile) file = ofd_file_new();
    Reading reading = {
        .package = package,
        .document = document,
        .limits = limits,
        .pages = pages_begin(document),
    };
    reading.pages.is_all_pictures = zp_image_is_wanted() && zp_image_mode() == ZP_OCR_ALWAYS;
    bool done = read_file(&reading, file, error);
    pages_clear(&reading.pages);
    return done ? g_steal_pointer(&document) : NULL;
}

static ZpDocument *read_ofd(GBytes *input, const ZpReadOptions *options, GError **error)
{
    g_autoptr(GError) own = NULL; /* the events need one to look at */
    g_autoptr(ZpPackage) package = zp_package_open_written(input, KIND, &own);
    ZpDocument *document = NULL;
    if (package && check_encryption(package, &own))
        document = read_package(package, options ? options->limits : NULL, &own);
    if (own)
        g_propagate_error(error, g_steal_pointer(&own));
    return document;
}

static int probe_ofd(GBytes *head)
{
    return zp_kind_is(head, "ofd") ? 90 : 0;
}

static const char *const SUFFIXES[] = {".ofd", NULL};

const ZpParser zp_ofd_parser = {
    .name = "ofd",
    .zh = "OFD（GB/T 33190）",
    .en = "OFD (GB/T 33190)",
    .suffixes = SUFFIXES,
    .probe = probe_ofd,
    .read = read_ofd,
    .mark = zp_mark_ofd,
    .cost = {780, 370},
};
