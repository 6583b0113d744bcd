/*
 * scan.c - a scanner's OFD is one picture a page: its file is read as a picture, and its places are moved to where
 * the page has it.
 *
 * Pictures in strips, turned ones and those of formats that Leptonica does not read (JBIG2 alone) stay lost.
 */
#include "parsers/ofd/scan.h"

#include "parsers/image/image.h"

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

bool ofd_scan_read(ZpPackage *package, const OfdDraw *draw, ZpDocument *document, guint number,
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
