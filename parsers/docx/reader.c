/*
 * reader.c - Word documents: which parts of the package are read.
 *
 *     _rels/.rels → word/document.xml (officeDocument) → word/styles.xml (styles)
 *                                                      → word/numbering.xml (numbering)
 *                                                      → word/theme/theme1.xml (theme)
 *
 * The text is body.c's, its tables table.c's, what stands in a line run.c's,
 * field.c's and beside.c's, what of it is seen seen.c's and look.c's, styles and symbols
 * styles.c's, the numbers of lists list.c's.  Headers, footers, notes and comments are said
 * (ooxml/beside.c).
 */
#include "parsers/docx/docx.h"
#include "parsers/docx/private.h"
#include "parsers/ooxml/beside.h"

#define KIND "Word 文档（.docx）", "a Word document (.docx)"

/* Parts beside the text, which a document need not have. */
enum { STYLES, NUMBERING, THEME, N_BESIDE };

static const char *const BESIDE[N_BESIDE] = {"styles", "numbering", "theme"};

/* What a person sees around the text, and is not read. */
static const ZpBesideKind AROUND[] = {
    {"header", "页眉", "a page header"}, {"footer", "页脚", "a page footer"},
    {"footnotes", "脚注", "a footnote"}, {"endnotes", "尾注", "an endnote"},
    {"comments", "批注", "a comment"},   {0},
};

static GBytes *part_of(const ZpPackage *package, const char *name)
{
    return name ? zp_package_part(package, name) : NULL;
}

static ZpDocument *read_text(const ZpPackage *package, const char *name, const char *const *beside,
                             const ZpReadOptions *options, GError **error)
{
    GBytes *part = zp_package_require(package, name, error);
    if (!part)
        return NULL;
    g_autoptr(ZpDocxStyles) styles =
        zp_docx_styles_new(part_of(package, beside[STYLES]), beside[STYLES],
                           part_of(package, beside[THEME]), beside[THEME], error);
    g_autoptr(ZpDocxLists) lists =
        styles ? zp_docx_lists_new(part_of(package, beside[NUMBERING]), beside[NUMBERING], error)
               : NULL;
    if (!lists)
        return NULL;
    g_autoptr(ZpDocument) document = zp_document_new_within(options ? options->limits : NULL);
    if (options && options->traces)
        document->origins = g_array_new(FALSE, FALSE, sizeof(ZpCellOrigin));
    bool done = zp_docx_body(document, styles, lists, part, name, error);
    return done ? g_steal_pointer(&document) : NULL;
}

static ZpDocument *read_parts(ZpPackage *package, const ZpReadOptions *options, GError **error)
{
    const char *name = zp_package_related(package, "", "officeDocument");
    const char *beside[N_BESIDE] = {NULL};
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    if (name)
        g_ptr_array_add(names, (gpointer)name);
    for (guint k = 0; name && k < N_BESIDE; k++) {
        beside[k] = zp_package_related(package, name, BESIDE[k]);
        if (beside[k])
            g_ptr_array_add(names, (gpointer)beside[k]);
    }
    if (!zp_package_load(package, names, error))
        return NULL;
    ZpDocument *document = read_text(package, name, beside, options, error);
    if (document)
        zp_beside_parts(package, name, AROUND, &(ZpPlace){0}, document);
    return document;
}

ZpDocument *zp_docx_read(GBytes *input, const ZpReadOptions *options, GError **error)
{
    g_autoptr(GError) own = NULL; /* the events need one to look at */
    g_autoptr(ZpPackage) package = zp_package_open(input, KIND, &own);
    ZpDocument *document = package ? read_parts(package, options, &own) : NULL;
    if (own)
        g_propagate_error(error, g_steal_pointer(&own));
    return document;
}
