/*
 * docx.c - Word documents: which parts of the package are read.
 *
 *     _rels/.rels → word/document.xml (officeDocument) → word/styles.xml (styles)
 *
 * The text is docx_body.c's, its tables docx_table.c's, hidden styles and symbols docx_styles.c's.
 */
#include "parsers/docx.h"

#include "parsers/docx_private.h"
#include "parsers/kinds.h"

#define KIND "Word 文档（.docx）", "a Word document (.docx)"

static ZpDocument *read_parts(ZpPackage *package, const ZpLimits *limits, GError **error)
{
    const char *name = zp_package_related(package, "", "officeDocument");
    const char *styles = name ? zp_package_related(package, name, "styles") : NULL;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    if (name)
        g_ptr_array_add(names, (gpointer)name);
    if (styles)
        g_ptr_array_add(names, (gpointer)styles);
    if (!zp_package_load(package, names, error))
        return NULL;
    GBytes *part = zp_package_require(package, name, error);
    if (!part)
        return NULL;
    g_autoptr(GHashTable) hidden =
        zp_docx_hidden_styles(styles ? zp_package_part(package, styles) : NULL, styles, error);
    if (!hidden)
        return NULL;
    g_autoptr(ZpDocument) document = zp_document_new_within(limits);
    bool done = zp_docx_body(document, hidden, part, name, error);
    return done ? g_steal_pointer(&document) : NULL;
}

static ZpDocument *read_docx(GBytes *input, const ZpReadOptions *options, GError **error)
{
    g_autoptr(GError) own = NULL; /* the events need one to look at */
    g_autoptr(ZpPackage) package = zp_package_open(input, KIND, &own);
    ZpDocument *document =
        package ? read_parts(package, options ? options->limits : NULL, &own) : NULL;
    if (own)
        g_propagate_error(error, g_steal_pointer(&own));
    return document;
}

static int probe_docx(GBytes *head)
{
    return zp_kind_is(head, "docx") ? 90 : zp_kind_is(head, "ooxml") ? ZP_PROBE_SURE : 0;
}

static const char *const SUFFIXES[] = {".docx", ".docm", ".dotx", NULL};

const ZpParser zp_docx_parser = {
    .name = "docx",
    .suffixes = SUFFIXES,
    .probe = probe_docx,
    .read = read_docx,
};
