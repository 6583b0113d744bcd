/*
 * mark.c - comments (ECMA-376 part 1, 18.7) at the cells of a workbook.
 *
 *     xl/worksheets/sheet1.xml   <legacyDrawing r:id="rIdZiping1"/>
 *     xl/comments1.xml           <comment ref="D6" authorId="0"><text><r><t>…</t></r></text></comment>
 *     xl/drawings/vmlDrawing1.vml   <v:shape …><x:ClientData ObjectType="Note"><x:Row>5</x:Row><x:Column>3</x:Column>
 *
 * Excel wants a shape of VML for each comment.  What a cell's comment said before stays, ours goes behind it.
 * Such drawings are no sound XML now and then, so shapes are put into the text of one that is there.
 */
#include "parsers/mark.h"
#include "parsers/ooxml/edit.h"
#include "parsers/xlsx/private.h"

#include <string.h>

#define COMMENTS "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
#define DRAWING  "application/vnd.openxmlformats-officedocument.vmlDrawing"
#define SHAPES   "urn:schemas-microsoft-com:vml"
#define OFFICE   "urn:schemas-microsoft-com:office:office"
#define EXCEL    "urn:schemas-microsoft-com:office:excel"
/* Each shape says its namespaces itself, whatever a drawing that it is put into calls them. */
#define SPACES "xmlns:v=\"" SHAPES "\" xmlns:o=\"" OFFICE "\" xmlns:x=\"" EXCEL "\""

/* One sheet under way. */
typedef struct {
    ZpEdit *edit;
    const ZpMarks *marks;
    const char *part; /* its name */
    bool is_strict;
    xmlNode *comments; /* root of its comments */
    guint author;
    GString *shapes;
} Sheet;

/* Row and column from 0 → "D6". */
static char *reference(guint row, guint col)
{
    char letters[8];
    gsize at = sizeof letters - 1;
    letters[at] = '\0';
    for (guint left = col + 1; left > 0 && at > 0; left = (left - 1) / 26)
        letters[--at] = (char)('A' + (left - 1) % 26);
    return g_strdup_printf("%s%u", letters + at, row + 1);
}

static void add_run(xmlNode *text, const char *words)
{
    xmlNode *run = zp_element_add(text, text->ns, "r", NULL);
    xmlNodeSetSpacePreserve(zp_element_add(run, text->ns, "t", words), 1);
}

static xmlNode *find_comment(const xmlNode *list, const char *ref)
{
    for (xmlNode *node = list->children; node; node = node->next) {
        g_autofree char *own = zp_element_is(node, "comment") ? zp_element_get(node, "ref") : NULL;
        if (own && strcmp(own, ref) == 0)
            return node;
    }
    return NULL;
}

/* A text without runs becomes one run, so that another can follow. */
static void make_runs(xmlNode *text)
{
    xmlNode *words = zp_element_child(text, "t");
    if (!words)
        return;
    xmlNode *run = xmlNewNode(text->ns, (const xmlChar *)"r");
    xmlAddPrevSibling(words, run);
    xmlUnlinkNode(words);
    xmlAddChild(run, words);
}

static xmlNode *child_of(xmlNode *parent, const char *name)
{
    xmlNode *child = zp_element_child(parent, name);
    return child ? child : zp_element_add(parent, parent->ns, name, NULL);
}

static void add_shape(Sheet *sheet, guint row, guint col)
{
    g_string_append_printf(
        sheet->shapes,
        "<v:shape " SPACES " id=\"ziping_%u_%u\" type=\"#_x0000_t202\" style=\"position:absolute;"
        "margin-left:80pt;margin-top:5pt;width:240pt;height:90pt;z-index:1;visibility:hidden\" "
        "fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/>"
        "<v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>"
        "<v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div>"
        "</v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>"
        "<x:Anchor>%u, 15, %u, 2, %u, 15, %u, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
        "<x:Row>%u</x:Row><x:Column>%u</x:Column></x:ClientData></v:shape>",
        row, col, col + 1, row, col + 5, row + 6, row, col);
}

static void mark_cell(Sheet *sheet, const ZpMark *mark)
{
    guint row = mark->at.row ? mark->at.row - 1 : 0, col = mark->at.col ? mark->at.col - 1 : 0;
    g_autofree char *ref = reference(row, col);
    g_autofree char *words = g_strdup_printf("%s\n%s", mark->where, mark->text);
    xmlNode *list = child_of(sheet->comments, "commentList");
    xmlNode *comment = find_comment(list, ref);
    if (comment) {
        xmlNode *text = child_of(comment, "text");
        g_autofree char *behind = g_strconcat("\n\n", words, NULL);
        make_runs(text);
        add_run(text, behind);
        return;
    }
    g_autofree char *author = g_strdup_printf("%u", sheet->author);
    comment = zp_element_add(list, list->ns, "comment", NULL);
    zp_element_set(comment, NULL, "ref", ref);
    zp_element_set(comment, NULL, "authorId", author);
    add_run(zp_element_add(comment, list->ns, "text", NULL), words);
    add_shape(sheet, row, col);
}

/* Our place in the list of authors. */
static guint author_of(const Sheet *sheet)
{
    guint n = 0;
    xmlNode *authors = zp_element_child(sheet->comments, "authors");
    if (!authors) {
        authors = xmlNewNode(sheet->comments->ns, (const xmlChar *)"authors");
        zp_element_place(sheet->comments, authors, (const char *const[]){"commentList", NULL});
    }
    for (const xmlNode *node = authors->children; node; node = node->next)
        n += zp_element_is(node, "author");
    zp_element_add(authors, authors->ns, "author", sheet->marks->author);
    return n;
}

static bool open_comments(Sheet *sheet, const xmlNode *root, GError **error)
{
    const char *known = zp_package_related(sheet->edit->package, sheet->part, "comments");
    g_autofree char *name =
        known ? g_strdup(known) : zp_edit_free_name(sheet->edit, "xl/commentsziping%s.xml");
    g_autofree char *empty = g_strdup_printf(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><comments xmlns=\"%s\"/>",
        root->ns ? (const char *)root->ns->href : "");
    xmlDoc *tree = zp_edit_tree(sheet->edit, name, known ? NULL : empty, error);
    if (!tree)
        return false;
    sheet->comments = xmlDocGetRootElement(tree);
    sheet->author = author_of(sheet);
    if (known)
        return true;
    g_autofree char *id =
        zp_edit_relate(sheet->edit, sheet->part, name, "comments", sheet->is_strict, error);
    return id && zp_edit_declare(sheet->edit, name, COMMENTS, error);
}

/* The drawing that the sheet has for its comments; NULL: none. */
static const char *drawing_of(const Sheet *sheet, const xmlNode *root)
{
    const xmlNode *node = zp_element_child(root, "legacyDrawing");
    for (const xmlAttr *own = node ? node->properties : NULL; own; own = own->next) {
        if (strcmp((const char *)own->name, "id") != 0)
            continue;
        xmlChar *id = xmlNodeListGetString(node->doc, own->children, 1);
        const char *name = id ? zp_package_target(sheet->edit->package, sheet->part,
                                                  (const char *)id, strlen((const char *)id), NULL)
                              : NULL;
        xmlFree(id);
        return name;
    }
    return NULL;
}

static const char SHAPE_TYPE[] =
    "<v:shapetype " SPACES " id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" "
    "path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>"
    "<v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";

/* The shapes into a drawing that is there, before its end. */
static bool extend_drawing(const Sheet *sheet, const char *name, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    gsize size = 0;
    g_ptr_array_add(names, (gpointer)name);
    if (!zp_package_load(sheet->edit->package, names, error))
        return false;
    GBytes *part = zp_package_part(sheet->edit->package, name);
    const char *text = part ? g_bytes_get_data(part, &size) : NULL;
    const char *end = text ? g_strrstr_len(text, (gssize)size, "</xml>") : NULL;
    if (!end)
        return true;
    GString *longer = g_string_new_len(text, end - text);
    if (!g_strstr_len(text, (gssize)size, "id=\"_x0000_t202\""))
        g_string_append(longer, SHAPE_TYPE);
    g_string_append(longer, sheet->shapes->str);
    g_string_append_len(longer, end, (gssize)(text + size - end));
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(longer);
    zp_edit_bytes(sheet->edit, name, bytes);
    return true;
}

/* What stands behind legacyDrawing in a sheet. */
static const char *const BEHIND[] = {"legacyDrawingHF", "drawingHF", "picture",
                                     "oleObjects",      "controls",  "webPublishItems",
                                     "tableParts",      "extLst",    NULL};

static bool add_drawing(const Sheet *sheet, xmlNode *root, GError **error)
{
    g_autofree char *name = zp_edit_free_name(sheet->edit, "xl/drawings/vmldrawingziping%s.vml");
    g_autofree char *text =
        g_strconcat("<xml " SPACES ">", SHAPE_TYPE, sheet->shapes->str, "</xml>", NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    zp_edit_bytes(sheet->edit, name, bytes);
    g_autofree char *id =
        zp_edit_relate(sheet->edit, sheet->part, name, "vmlDrawing", sheet->is_strict, error);
    if (!id || !zp_edit_declare_suffix(sheet->edit, "vml", DRAWING, error))
        return false;
    const char *href = sheet->is_strict ? ZP_RELATIONS_STRICT : ZP_RELATIONS;
    xmlNs *relations = xmlSearchNsByHref(root->doc, root, (const xmlChar *)href);
    if (!relations)
        relations = xmlNewNs(root, (const xmlChar *)href, (const xmlChar *)"rziping");
    xmlNode *drawing = xmlNewNode(root->ns, (const xmlChar *)"legacyDrawing");
    zp_element_set(drawing, relations, "id", id);
    zp_element_place(root, drawing, BEHIND);
    return true;
}

static bool is_of(const ZpMark *mark, guint sheet)
{
    return mark->at.table == sheet || (mark->at.table == 0 && sheet == 1);
}

/* A sheet with all its marks; nothing to do where it has none. */
static bool mark_sheet(ZpEdit *edit, const ZpMarks *marks, const char *part, guint number,
                       GError **error)
{
    guint n = 0;
    for (guint k = 0; k < marks->marks->len; k++)
        n += is_of(g_ptr_array_index(marks->marks, k), number);
    if (n == 0)
        return true;
    g_autoptr(GString) shapes = g_string_new(NULL);
    Sheet sheet = {.edit = edit, .marks = marks, .part = part, .shapes = shapes};
    xmlDoc *tree = zp_edit_tree(edit, part, NULL, error);
    xmlNode *root = tree ? xmlDocGetRootElement(tree) : NULL;
    if (!root)
        return false;
    sheet.is_strict = root->ns && strstr((const char *)root->ns->href, "purl.oclc.org");
    if (!open_comments(&sheet, root, error))
        return false;
    for (guint k = 0; k < marks->marks->len; k++) {
        if (is_of(g_ptr_array_index(marks->marks, k), number))
            mark_cell(&sheet, g_ptr_array_index(marks->marks, k));
    }
    const char *drawing = drawing_of(&sheet, root);
    return shapes->len == 0 ||
           (drawing ? extend_drawing(&sheet, drawing, error) : add_drawing(&sheet, root, error));
}

static GBytes *mark_book(const ZpXlsxBook *book, const ZpMarks *marks, GError **error)
{
    g_autoptr(ZpEdit) edit = zp_edit_new(book->package);
    for (guint k = 0; k < book->sheets->len; k++) {
        const char *part = g_array_index(book->sheets, ZpXlsxSheetRow, k).part;
        if (part && !mark_sheet(edit, marks, part, k + 1, error))
            return NULL;
    }
    return zp_edit_finish(edit, error);
}

GBytes *zp_mark_xlsx(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options,
                     GError **error)
{
    (void)options;
    g_autoptr(GError) own = NULL; /* the events need one to look at */
    g_autoptr(ZpPackage) package =
        zp_package_open(input, "Excel 工作簿（.xlsx）", "an Excel workbook (.xlsx)", &own);
    ZpXlsxBook book = {0};
    GBytes *copy =
        package && zp_xlsx_book_load(package, &book, &own) ? mark_book(&book, marks, &own) : NULL;
    if (package)
        zp_xlsx_book_clear(&book);
    if (own)
        g_propagate_error(error, g_steal_pointer(&own));
    return copy;
}
