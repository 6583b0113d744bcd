/*
 * mark.c - annotations (GB/T 33190-2016, 15) over the cells of an OFD document.
 *
 *     Document.xml      <Annotations>Annots/Annotations.xml</Annotations>
 *     Annotations.xml   <Page PageID="1"><FileLoc>Page_0/Annotation.xml</FileLoc></Page>
 *     Annotation.xml    <Annot Type="Highlight" Creator=… LastModDate=…><Remark>…</Remark><Appearance Boundary=…>
 *
 * An annotation is a box of colour that lets the page through; its remark is what is said.  Identifiers go on from the
 * document's greatest, which is raised with them.
 */
#include "parsers/mark.h"

#include "base/error.h"
#include "parsers/ofd/document.h"
#include "parsers/ooxml/edit.h"

#include <string.h>

#define MM_PER_PT (25.4 / 72)
/* A mark for what has no box: millimetres from the page's corner, and its sides. */
#define EDGE_MM 4
#define ICON_MM 6

/* Red, green and blue of each tone. */
static const char *const COLOURS[ZP_MARK_TONE_COUNT] = {"153 198 255", "255 217 102",
                                                        "255 153 153"};

/* A document under way. */
typedef struct {
    ZpEdit *edit;
    const OfdDocument *document;
    const ZpMarks *marks;
    xmlNode *root; /* of Document.xml */
    xmlNode *list; /* of Annotations.xml */
    char *list_name;
    xmlNode *max_id;
    guint64 next_id;
} Marking;

static xmlNode *add(xmlNode *parent, const char *name, const char *text)
{
    return zp_element_add(parent, parent->ns, name, text);
}

static void set_id(Marking *marking, xmlNode *node)
{
    g_autofree char *id = g_strdup_printf("%" G_GUINT64_FORMAT, marking->next_id++);
    zp_element_set(node, NULL, "ID", id);
}

/* The greatest identifier that the document says it has, or that is seen to be. */
static void find_ids(Marking *marking)
{
    xmlNode *common = zp_element_child(marking->root, "CommonData");
    marking->max_id = common ? zp_element_child(common, "MaxUnitID") : NULL;
    xmlChar *text = marking->max_id ? xmlNodeGetContent(marking->max_id) : NULL;
    marking->next_id = (text ? g_ascii_strtoull((const char *)text, NULL, 10) : 1000000) + 1;
    xmlFree(text);
}

static void raise_ids(const Marking *marking)
{
    g_autofree char *id = g_strdup_printf("%" G_GUINT64_FORMAT, marking->next_id - 1);
    if (marking->max_id)
        xmlNodeSetContent(marking->max_id, (const xmlChar *)id);
}

/* An empty part in the document's namespace. */
static char *empty_part(const Marking *marking, const char *root)
{
    const xmlNs *space = marking->root->ns;
    return g_strdup_printf("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ofd:%s xmlns:ofd=\"%s\"/>",
                           root, space ? (const char *)space->href : "http://www.ofdspec.org/2016");
}

static char *beside(const char *part, const char *name)
{
    const char *slash = strrchr(part, '/');
    return g_strdup_printf("%.*s%s", slash ? (int)(slash + 1 - part) : 0, part, name);
}

static bool open_list(Marking *marking, GError **error)
{
    static const char *const BEHIND[] = {"CustomTags", "Attachments", "Extensions", NULL};
    const char *known = marking->document->annotations;
    g_autofree char *format = beside(marking->document->name, "annots/ziping%s.xml");
    g_autofree char *empty = empty_part(marking, "Annotations");
    marking->list_name = known ? g_strdup(known) : zp_edit_free_name(marking->edit, format);
    xmlDoc *tree = zp_edit_tree(marking->edit, marking->list_name, empty, error);
    if (!tree)
        return false;
    marking->list = xmlDocGetRootElement(tree);
    if (known)
        return true;
    g_autofree char *place = g_strconcat("/", marking->list_name, NULL);
    xmlNode *node = xmlNewDocRawNode(marking->root->doc, marking->root->ns,
                                     (const xmlChar *)"Annotations", (const xmlChar *)place);
    zp_element_place(marking->root, node, BEHIND);
    return true;
}

/* The annotations of a page: the part that the list names, or a new one. */
static xmlNode *page_annotations(Marking *marking, guint id, GError **error)
{
    g_autofree char *number = g_strdup_printf("%u", id);
    g_autofree char *empty = empty_part(marking, "PageAnnot");
    g_autofree char *name = NULL;
    for (xmlNode *node = marking->list->children; node && !name; node = node->next) {
        g_autofree char *own = zp_element_is(node, "Page") ? zp_element_get(node, "PageID") : NULL;
        const xmlNode *place =
            own && strcmp(own, number) == 0 ? zp_element_child(node, "FileLoc") : NULL;
        xmlChar *text = place ? xmlNodeGetContent(place) : NULL;
        name = text ? ofd_part(marking->list_name, (const char *)text) : NULL;
        xmlFree(text);
    }
    if (!name) {
        g_autofree char *file = g_strdup_printf("annots/page_%u_ziping%%s.xml", id);
        g_autofree char *format = beside(marking->document->name, file);
        name = zp_edit_free_name(marking->edit, format);
        g_autofree char *place = g_strconcat("/", name, NULL);
        xmlNode *page = add(marking->list, "Page", NULL);
        zp_element_set(page, NULL, "PageID", number);
        add(page, "FileLoc", place);
    }
    xmlDoc *tree = zp_edit_tree(marking->edit, name, empty, error);
    return tree ? xmlDocGetRootElement(tree) : NULL;
}

/* "12.5 30 40.25 6": tenths of thousandths are enough for any print. */
static char *numbers(double a, double b, double c, double d)
{
    const double all[] = {a, b, c, d};
    GString *out = g_string_new(NULL);
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
        g_string_append_printf(out, "%s%s", k ? " " : "",
                               g_ascii_formatd(text, sizeof text, "%.3f", all[k]));
    return g_string_free(out, FALSE);
}

static void add_annotation(Marking *marking, xmlNode *annotations, const ZpMark *mark,
                           const double *corner, guint *n_edge)
{
    const ZpBox *at = &mark->at.box;
    bool has_box = at->x1 > at->x0 && at->y1 > at->y0;
    double x = corner[0] + (has_box ? at->x0 * MM_PER_PT : EDGE_MM + ICON_MM * 1.5 * (*n_edge)++);
    double y = corner[1] + (has_box ? at->y0 * MM_PER_PT : EDGE_MM);
    double w = has_box ? (at->x1 - at->x0) * MM_PER_PT : ICON_MM;
    double h = has_box ? (at->y1 - at->y0) * MM_PER_PT : ICON_MM;
    g_autofree char *place = numbers(x, y, w, h), *inner = numbers(0, 0, w, h);
    g_auto(GStrv) sides = g_strsplit(inner, " ", -1);
    g_autofree char *outline =
        g_strdup_printf("M 0 0 L %s 0 L %s %s L 0 %s C", sides[2], sides[2], sides[3], sides[3]);
    g_autofree char *words = g_strdup_printf("%s\n%s", mark->where, mark->text);
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(marking->marks->time);
    g_autofree char *date = g_date_time_format(time, "%Y-%m-%d");
    xmlNode *annotation = add(annotations, "Annot", NULL);
    set_id(marking, annotation);
    zp_element_set(annotation, NULL, "Type", "Highlight");
    zp_element_set(annotation, NULL, "Creator", marking->marks->author);
    zp_element_set(annotation, NULL, "LastModDate", date);
    add(annotation, "Remark", words);
    xmlNode *appearance = add(annotation, "Appearance", NULL);
    zp_element_set(appearance, NULL, "Boundary", place);
    xmlNode *path = add(appearance, "PathObject", NULL);
    set_id(marking, path);
    zp_element_set(path, NULL, "Boundary", inner);
    zp_element_set(path, NULL, "Stroke", "false");
    zp_element_set(path, NULL, "Fill", "true");
    zp_element_set(path, NULL, "Alpha", "110");
    zp_element_set(add(path, "FillColor", NULL), NULL, "Value", COLOURS[mark->tone]);
    add(path, "AbbreviatedData", outline);
}

/* The corner that a page's places count from: its own area's, or the document's. */
static void find_corner(const Marking *marking, const OfdPage *page, const ZpLimits *limits,
                        double *corner)
{
    g_autoptr(OfdContent) content = ofd_content_new();
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_ptr_array_add(names, page->part);
    GBytes *part = zp_package_load(marking->edit->package, names, NULL)
                       ? zp_package_part(marking->edit->package, page->part)
                       : NULL;
    const double *area = marking->document->has_area ? marking->document->area : NULL;
    if (part && ofd_content_read(content, part, page->part, limits, NULL) && content->has_area)
        area = content->area;
    corner[0] = area ? area[0] : 0;
    corner[1] = area ? area[1] : 0;
}

static bool mark_page(Marking *marking, const OfdPage *page, guint number, const ZpLimits *limits,
                      GError **error)
{
    xmlNode *annotations = NULL;
    double corner[2];
    guint n_edge = 0;
    for (guint k = 0; k < marking->marks->marks->len; k++) {
        const ZpMark *mark = g_ptr_array_index(marking->marks->marks, k);
        if (MAX(mark->at.page, 1u) != number)
            continue;
        if (!annotations) {
            annotations = page_annotations(marking, page->id, error);
            find_corner(marking, page, limits, corner);
        }
        if (!annotations)
            return false;
        add_annotation(marking, annotations, mark, corner, &n_edge);
    }
    return true;
}

static bool has_marks(const ZpMarks *marks, guint first, guint n)
{
    for (guint k = 0; k < marks->marks->len; k++) {
        guint page = MAX(((const ZpMark *)marks->marks->pdata[k])->at.page, 1u);
        if (page >= first && page < first + n)
            return true;
    }
    return false;
}

/* @first: the number of its first page */
static bool mark_document(ZpEdit *edit, const OfdDocument *document, const ZpMarks *marks,
                          guint first, const ZpLimits *limits, GError **error)
{
    if (!has_marks(marks, first, document->pages->len))
        return true;
    xmlDoc *tree = zp_edit_tree(edit, document->name, NULL, error);
    if (!tree)
        return false;
    Marking marking = {
        .edit = edit, .document = document, .marks = marks, .root = xmlDocGetRootElement(tree)};
    find_ids(&marking);
    bool done = open_list(&marking, error);
    for (guint k = 0; done && k < document->pages->len; k++)
        done = mark_page(&marking, &g_array_index(document->pages, OfdPage, k), first + k, limits,
                         error);
    raise_ids(&marking);
    g_free(marking.list_name);
    return done;
}

GBytes *zp_mark_ofd(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options,
                    GError **error)
{
    g_autoptr(ZpPackage) package =
        zp_package_open_written(input, "OFD 文件", "an OFD document", error);
    g_autoptr(OfdFile) file = ofd_file_new();
    guint number = 1;
    if (!package || !ofd_file_open(package, file, options->limits, error))
        return NULL;
    if (file->signatures->len > 0 && !marks->force)
        return zp_mark_set_signed(error);
    g_autoptr(ZpEdit) edit = zp_edit_new(package);
    for (guint k = 0; k < file->documents->len; k++) {
        const OfdDocument *document = g_ptr_array_index(file->documents, k);
        if (!mark_document(edit, document, marks, number, options->limits, error))
            return NULL;
        number += document->pages->len;
    }
    return zp_edit_finish(edit, error);
}
