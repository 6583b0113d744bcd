/*
 * scan.c - a page of pictures is drawn as it is shown, so that pictures in strips, turned or clipped need no care,
 * at the finest resolution that one of them has; finer than 300 dpi nothing is gained.
 */
#include "parsers/pdf/scan.h"

#include "base/limits.h"
#include "parsers/image/image.h"

#include <cairo.h>
#include <math.h>

#define DPI_LEAST 72.0
#define DPI_MOST  300.0
/* Of the page's height and width: smaller pictures say nothing of the scan's resolution. */
#define LARGE 0.2

/* The resolution of one picture. */
static double dpi_of(PopplerPage *page, const PopplerImageMapping *mapping)
{
    double width = mapping->area.x2 - mapping->area.x1, page_width, page_height;
    poppler_page_get_size(page, &page_width, &page_height);
    if (fabs(width) < LARGE * page_width)
        return 0;
    cairo_surface_t *picture = poppler_page_get_image(page, mapping->image_id);
    double dpi = picture ? cairo_image_surface_get_width(picture) * 72.0 / fabs(width) : 0;
    if (picture)
        cairo_surface_destroy(picture);
    return dpi;
}

static double find_dpi(PopplerPage *page)
{
    GList *mappings = poppler_page_get_image_mapping(page);
    double dpi = 0;
    for (const GList *one = mappings; one; one = one->next)
        dpi = MAX(dpi, dpi_of(page, one->data));
    poppler_page_free_image_mapping(mappings);
    return dpi > 0 ? CLAMP(dpi, DPI_LEAST, DPI_MOST) : DPI_MOST;
}

static cairo_surface_t *draw(PopplerPage *page, int width, int height, double scale)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, scale, scale);
    poppler_page_render(page, cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    return surface;
}

bool scan_read(PopplerPage *page, ZpDocument *document, guint number, GError **error)
{
    double dpi = find_dpi(page), width, height;
    poppler_page_get_size(page, &width, &height);
    ZpPixels pixels = {.width = (guint)CLAMP(width * dpi / 72, 1, G_MAXINT16),
                       .height = (guint)CLAMP(height * dpi / 72, 1, G_MAXINT16),
                       .samples = 4,
                       .dpi = (float)dpi};
    bool is_large = pixels.width > ZP_LIMIT_IMAGE_SIDE || pixels.height > ZP_LIMIT_IMAGE_SIDE ||
                    (guint64)pixels.width * pixels.height > ZP_LIMIT_IMAGE_PIXELS;
    if (is_large) /* which says so, before anything is drawn */
        return zp_image_read_page(document, number, &pixels, error);
    cairo_surface_t *surface = draw(page, (int)pixels.width, (int)pixels.height, dpi / 72);
    pixels.bytes = cairo_image_surface_get_data(surface);
    pixels.stride = (guint)cairo_image_surface_get_stride(surface);
    bool done = zp_image_read_page(document, number, &pixels, error);
    cairo_surface_destroy(surface);
    return done;
}
