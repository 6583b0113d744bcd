/*
 * kind.c - whether a package is a document or a workbook, by the root of its main part.
 *
 * Only asked where no part's name tells: the names of parts are the writer's to choose.
 */
#include "parsers/ooxml/kind.h"

#include "parsers/ooxml/package.h"
#include "parsers/ooxml/xml.h"

enum { DOCUMENT = 1, WORKBOOK };

static bool take_root(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    guint *root = data;
    (void)attributes;
    if (!*root)
        *root = token;
    return false;
}

bool zp_ooxml_is_workbook(GBytes *input)
{
    static const ZpXmlName NAMES[] = {
        {ZP_XML_WORD, "document", DOCUMENT}, {ZP_XML_SHEET, "workbook", WORKBOOK}, {0}};
    static const ZpXmlHandler HANDLER = {.names = NAMES, .start = take_root};
    g_autoptr(ZpPackage) package = zp_package_open(input, "", "", NULL);
    const char *name = package ? zp_package_related(package, "", "officeDocument") : NULL;
    if (!name)
        return false;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_ptr_array_add(names, (gpointer)name);
    GBytes *part = zp_package_load(package, names, NULL) ? zp_package_part(package, name) : NULL;
    guint root = 0;
    if (part)
        zp_xml_parse(part, name, &HANDLER, &root, NULL);
    return root == WORKBOOK;
}
