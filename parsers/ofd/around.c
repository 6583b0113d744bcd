/*
 * around.c - the parts beside the pages, named but not read as content.
 *
 *     Annotations.xml ─ Page(PageID)/FileLoc ─▶ Annot(Type)/Appearance: objects of their own
 *
 * Source: GB/T 33190-2016, 15, 17, 18, 20.
 */
#include "parsers/ofd/around.h"

#include "parsers/ofd/draw.h"
#include "parsers/print/page.h"

#include <string.h>

/* Annotations and attachments that one note names. */
#define NAMED 8

typedef struct {
    guint page; /* its ID */
    char *part;
} AnnotFile;

typedef struct {
    const OfdDocument *document;
    GArray *files; /* of AnnotFile */
    guint page;
    GString *text;
    bool is_taking;
} Listing;

static bool start(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    Listing *listing = data;
    if (token == OFD_E_PAGE)
        listing->page = ofd_id(attributes, "PageID");
    listing->is_taking = token == OFD_E_FILE_LOC;
    if (listing->is_taking)
        g_string_truncate(listing->text, 0);
    return true;
}

static void end(gpointer data, guint token)
{
    Listing *listing = data;
    if (token != OFD_E_FILE_LOC)
        return;
    AnnotFile file = {listing->page, ofd_part(listing->document->annotations, listing->text->str)};
    g_array_append_val(listing->files, file);
    listing->is_taking = false;
}

static void text(gpointer data, const char *text, gsize length)
{
    Listing *listing = data;
    if (listing->is_taking)
        g_string_append_len(listing->text, text, (gssize)length);
}

static void file_clear(gpointer file)
{
    g_free(((AnnotFile *)file)->part);
}

/* Which part has the annotations of which page. */
static GArray *files_of(const ZpPackage *package, const OfdDocument *document)
{
    static const ZpXmlHandler HANDLER = {
        .names = OFD_NAMES, .start = start, .end = end, .text = text};
    GArray *files = g_array_new(FALSE, FALSE, sizeof(AnnotFile));
    g_array_set_clear_func(files, file_clear);
    GBytes *part = document->annotations ? zp_package_part(package, document->annotations) : NULL;
    if (!part)
        return files;
    g_autoptr(GString) taken = g_string_new(NULL);
    Listing listing = {.document = document, .files = files, .text = taken};
    zp_xml_parse(part, document->annotations, &HANDLER, &listing, NULL);
    return files;
}

void around_want(const ZpPackage *package, const OfdDocument *document, GPtrArray *names)
{
    g_autoptr(GArray) files = files_of(package, document);
    for (guint k = 0; k < files->len; k++)
        g_ptr_array_add(names, g_strdup(g_array_index(files, AnnotFile, k).part));
}

/* A list of names in a sentence; the rest is counted. */
static void append_name(GString *out, guint n, const char *name)
{
    if (n < NAMED)
        g_string_append_printf(out, "%s%s", n ? "、" : "", name);
    else if (n == NAMED)
        g_string_append(out, "、…");
}

/* An annotation as a note quotes it: its type and its text; NULL: it shows nothing of its own. */
static char *annot_text(const OfdContent *content, const OfdAnnot *annot)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint k = annot->first; k < MIN(annot->end, content->objects->len); k++) {
        const OfdObject *object = ofd_object(content, k);
        if (object->kind == OFD_TEXT && object->is_visible)
            ofd_text_append(text, content, object);
    }
    bool is_seal = strcmp(annot->type, "Stamp") == 0 || strcmp(annot->type, "Watermark") == 0;
    if (!annot->is_visible || (!is_seal && zp_text_is_blank(text->str, text->len)))
        return NULL;
    g_autofree char *type = page_quote(annot->type), *quoted = page_quote(text->str);
    return *quoted ? g_strdup_printf("%s “%s”", type, quoted) : g_strdup(type);
}

static void note_page(ZpDocument *out, guint page, const OfdContent *content)
{
    g_autoptr(GString) names = g_string_new(NULL);
    guint n = 0;
    for (guint k = 0; k < content->annots->len; k++) {
        g_autofree char *name = annot_text(content, &g_array_index(content->annots, OfdAnnot, k));
        if (name)
            append_name(names, n++, name);
    }
    if (!n)
        return;
    const ZpPlace at = {.page = page};
    g_autofree char *zh = g_strdup_printf(
        "第 %u 页有 %u 处注释（水印、印章等），不是页面的内容，未读入：%s", page, n, names->str);
    g_autofree char *en = g_strdup_printf(
        "page %u has %u annotations (watermarks, seals and the like), which are not "
        "its content and were not read: %s",
        page, n, names->str);
    zp_document_add_note(out, ZP_LOSS_UNPLACED_TEXT, &at, zh, en);
}

/* The number of a page by its ID; 0: there is none. */
static guint number_of(const OfdDocument *document, guint id, guint first)
{
    for (guint k = 0; k < document->pages->len; k++) {
        if (g_array_index(document->pages, OfdPage, k).id == id)
            return first + k;
    }
    return 0;
}

static void note_annotations(const ZpPackage *package, const OfdDocument *document, ZpDocument *out,
                             guint first, const ZpLimits *limits)
{
    g_autoptr(GArray) files = files_of(package, document);
    for (guint k = 0; k < files->len && !out->n_notes_more; k++) {
        const AnnotFile *file = &g_array_index(files, AnnotFile, k);
        GBytes *part = zp_package_part(package, file->part);
        guint page = number_of(document, file->page, first);
        if (!part || !page)
            continue;
        g_autoptr(OfdContent) content = ofd_content_new();
        ofd_content_read(content, part, file->part, limits, NULL);
        note_page(out, page, content);
    }
}

/* What is attached, and data that repeat the content. */
static void note_attached(const ZpPackage *package, const OfdDocument *document, ZpDocument *out)
{
    GBytes *part = document->attachments ? zp_package_part(package, document->attachments) : NULL;
    g_autoptr(GPtrArray) attached =
        part ? ofd_list(part, document->attachments, OFD_E_ATTACHMENT, "Name") : NULL;
    g_autoptr(GString) names = g_string_new(NULL);
    guint n = 0;
    for (guint k = 0; attached && k < attached->len; k++) {
        g_autofree char *quoted = page_quote(g_ptr_array_index(attached, k));
        append_name(names, n++, quoted);
    }
    if (document->has_tags)
        append_name(names, n++, "CustomTags");
    if (!n)
        return;
    const ZpPlace nowhere = {0};
    g_autofree char *zh = g_strdup_printf("文件另附有附件或标引数据，未读入：%s", names->str);
    g_autofree char *en = g_strdup_printf(
        "the file also holds attachments or tagged data, which were not read: %s", names->str);
    zp_document_add_note(out, ZP_LOSS_LOST_CONTENT, &nowhere, zh, en);
}

void around_note(const ZpPackage *package, const OfdDocument *document, ZpDocument *out,
                 guint first, const ZpLimits *limits)
{
    note_annotations(package, document, out, first, limits);
    note_attached(package, document, out);
}

void around_note_signatures(const ZpPackage *package, const OfdFile *file, ZpDocument *out)
{
    guint n = 0;
    for (guint k = 0; k < file->signatures->len; k++) {
        const char *name = g_ptr_array_index(file->signatures, k);
        GBytes *part = zp_package_part(package, name);
        g_autoptr(GPtrArray) signatures = part ? ofd_list(part, name, OFD_E_SIGNATURE, NULL) : NULL;
        n += signatures ? signatures->len : 0;
    }
    if (!n)
        return;
    const ZpPlace nowhere = {0};
    g_autofree char *zh =
        g_strdup_printf("文件有 %u 个数字签名（电子印章），未验证，印章不是表格的内容", n);
    g_autofree char *en = g_strdup_printf(
        "the file has %u digital signatures (seals), which were not verified; a seal is not a "
        "table's content",
        n);
    zp_document_add_note(out, ZP_LOSS_LOST_CONTENT, &nowhere, zh, en);
}
