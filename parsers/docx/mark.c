/*
 * mark.c - comments (ECMA-376 part 1, 17.13.4) at the cells of a Word document.
 *
 *     word/document.xml   <w:tc><w:p><w:commentRangeStart w:id="3"/>…<w:commentRangeEnd w:id="3"/>
 *                         <w:r><w:commentReference w:id="3"/></w:r></w:p></w:tc>
 *     word/comments.xml   <w:comment w:id="3" w:author=… w:date=…><w:p>…</w:p></w:comment>
 *
 * Which cell is where, the reader says: it is asked to note the number of each cell's element in the part.
 */
#include "parsers/docx/docx.h"

#include "base/error.h"
#include "model/origin.h"
#include "parsers/mark.h"
#include "parsers/ooxml/edit.h"

#include <string.h>

#define CONTENT "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"

typedef struct {
    ZpEdit *edit;
    const ZpMarks *marks;
    xmlNode *body;     /* root of the text's part */
    xmlNode *comments; /* root of the comments' part */
    xmlNs *w;          /* of the text */
    guint next_id;
} Marking;

/* By number of element in the part: the element. */
static GHashTable *nodes_of(const Marking *marking, const GArray *origins)
{
    GHashTable *nodes = g_hash_table_new(NULL, NULL);
    for (guint k = 0; k < origins->len; k++)
        g_hash_table_add(nodes, GUINT_TO_POINTER(g_array_index(origins, ZpCellOrigin, k).element));
    GHashTable *found = g_hash_table_new(NULL, NULL);
    guint number = 1;
    for (xmlNode *node = marking->body; node;
         node = zp_element_next(node, marking->body), number++) {
        if (g_hash_table_contains(nodes, GUINT_TO_POINTER(number)))
            g_hash_table_insert(found, GUINT_TO_POINTER(number), node);
    }
    g_hash_table_unref(nodes);
    return found;
}

static xmlNode *cell_of(const GArray *origins, GHashTable *nodes, const ZpPlace *at)
{
    for (guint k = 0; k < origins->len; k++) {
        const ZpCellOrigin *origin = &g_array_index(origins, ZpCellOrigin, k);
        if (origin->table == at->table && origin->row == at->row && origin->col == at->col)
            return g_hash_table_lookup(nodes, GUINT_TO_POINTER(origin->element));
    }
    return NULL;
}

static bool is_word(const Marking *marking, const xmlNode *node, const char *name)
{
    return zp_element_is(node, name) && node->ns &&
           strcmp((const char *)node->ns->href, (const char *)marking->w->href) == 0;
}

static xmlNode *first_paragraph(const Marking *marking, xmlNode *top)
{
    for (xmlNode *node = zp_element_next(top, top); node; node = zp_element_next(node, top)) {
        if (is_word(marking, node, "p"))
            return node;
    }
    return NULL;
}

static xmlNode *last_paragraph(const Marking *marking, xmlNode *cell, xmlNode *otherwise)
{
    for (xmlNode *node = cell->last; node; node = node->prev) {
        if (is_word(marking, node, "p"))
            return node;
    }
    return otherwise;
}

static void add_comment(const Marking *marking, const ZpMark *mark, const char *id)
{
    xmlNs *w = marking->comments->ns;
    xmlNode *comment = zp_element_add(marking->comments, w, "comment", NULL);
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(marking->marks->time);
    g_autofree char *date = g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
    zp_element_set(comment, w, "id", id);
    zp_element_set(comment, w, "author", marking->marks->author);
    zp_element_set(comment, w, "date", date);
    zp_element_set(comment, w, "initials", "z");
    g_autofree char *all = g_strdup_printf("%s\n%s", mark->where, mark->text);
    g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
    for (char **line = lines; *line; line++) {
        xmlNode *run = zp_element_add(zp_element_add(comment, w, "p", NULL), w, "r", NULL);
        xmlNodeSetSpacePreserve(zp_element_add(run, w, "t", *line), 1);
    }
}

/* Around the paragraphs of a cell; where there is none, the document's first paragraph. */
static void mark_one(Marking *marking, const ZpMark *mark, xmlNode *cell)
{
    g_autofree char *id = g_strdup_printf("%u", marking->next_id++);
    xmlNode *first = first_paragraph(marking, cell ? cell : marking->body);
    add_comment(marking, mark, id);
    if (!first)
        return;
    xmlNode *last = cell ? last_paragraph(marking, cell, first) : first;
    xmlNode *start = xmlNewNode(marking->w, (const xmlChar *)"commentRangeStart");
    zp_element_set(start, marking->w, "id", id);
    xmlNode *properties = zp_element_child(first, "pPr");
    if (properties)
        xmlAddNextSibling(properties, start);
    else if (first->children)
        xmlAddPrevSibling(first->children, start);
    else
        xmlAddChild(first, start);
    zp_element_set(zp_element_add(last, marking->w, "commentRangeEnd", NULL), marking->w, "id", id);
    xmlNode *run = zp_element_add(last, marking->w, "r", NULL);
    zp_element_set(zp_element_add(run, marking->w, "commentReference", NULL), marking->w, "id", id);
}

static guint free_id(const xmlNode *comments)
{
    guint next = 0;
    for (const xmlNode *node = comments->children; node; node = node->next) {
        g_autofree char *id = node->type == XML_ELEMENT_NODE ? zp_element_get(node, "id") : NULL;
        guint64 number = id ? g_ascii_strtoull(id, NULL, 10) : 0;
        if (id && number < G_MAXINT / 2)
            next = MAX(next, (guint)number + 1);
    }
    return next;
}

/* The part of comments, made where there is none; false with @error. */
static bool open_comments(Marking *marking, const char *text_name, GError **error)
{
    ZpPackage *package = marking->edit->package;
    const char *known = zp_package_related(package, text_name, "comments");
    g_autofree char *name =
        known ? g_strdup(known) : zp_edit_free_name(marking->edit, "word/comments%s.xml");
    g_autofree char *empty =
        g_strdup_printf("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
                        "<w:comments xmlns:w=\"%s\"/>",
                        (const char *)marking->w->href);
    bool is_strict = strstr((const char *)marking->w->href, "purl.oclc.org") != NULL;
    xmlDoc *tree = zp_edit_tree(marking->edit, name, known ? NULL : empty, error);
    if (!tree)
        return false;
    marking->comments = xmlDocGetRootElement(tree);
    marking->next_id = free_id(marking->comments);
    g_autofree char *id =
        known ? g_strdup("")
              : zp_edit_relate(marking->edit, text_name, name, "comments", is_strict, error);
    return id && (known || zp_edit_declare(marking->edit, name, CONTENT, error));
}

static GBytes *mark_package(ZpPackage *package, const GArray *origins, const ZpMarks *marks,
                            GError **error)
{
    const char *name = zp_package_related(package, "", "officeDocument");
    g_autoptr(ZpEdit) edit = zp_edit_new(package);
    xmlDoc *tree = name ? zp_edit_tree(edit, name, NULL, error) : NULL;
    if (!tree)
        return NULL;
    Marking marking = {.edit = edit, .marks = marks, .body = xmlDocGetRootElement(tree)};
    marking.w = marking.body->ns;
    if (!marking.w || !open_comments(&marking, name, error)) {
        if (!marking.w)
            zp_error_set(error, ZP_ERROR_DAMAGED, "部件 %s 已损坏", "the part %s is damaged", name);
        return NULL;
    }
    g_autoptr(GHashTable) nodes = nodes_of(&marking, origins);
    for (guint k = 0; k < marks->marks->len; k++) {
        const ZpMark *mark = g_ptr_array_index(marks->marks, k);
        mark_one(&marking, mark, cell_of(origins, nodes, &mark->at));
    }
    return zp_edit_finish(edit, error);
}

GBytes *zp_mark_docx(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options,
                     GError **error)
{
    ZpReadOptions tracing = *options;
    tracing.traces = true;
    g_autoptr(ZpDocument) document = zp_docx_read(input, &tracing, error);
    g_autoptr(ZpPackage) package =
        document ? zp_package_open(input, "Word 文档（.docx）", "a Word document (.docx)", error)
                 : NULL;
    return package ? mark_package(package, document->origins, marks, error) : NULL;
}
