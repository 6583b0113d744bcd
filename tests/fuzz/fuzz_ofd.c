/*
 * fuzz_ofd.c - any bytes as an OFD file, or as a page of one and its resources; the grid must be sound.
 *
 * A mutated zip seldom unpacks, so what is no zip goes straight to the readers of the parts, and is drawn.
 */
#include "fuzz_grid.h"
#include "parsers/ofd/draw.h"
#include "parsers/ofd/ofd.h"
#include "parsers/print/pages.h"
#include "recognise/recognise.h"

#include <string.h>

static void recognise(const ZpDocument *document)
{
    static ZpRulebook *rulebook;
    if (!rulebook)
        rulebook = zp_rulebook_open(NULL, NULL);
    expect_sound_document(document, 0);
    g_autoptr(GPtrArray) forms = zp_recognise(rulebook, document, NULL);
}

static void add_page(ZpDocument *document, PageDrawing *drawing, bool has_many_glyphs)
{
    Page page;
    Pages pages = pages_begin(document);
    g_autoptr(GError) error = NULL;
    GArray *glyphs = has_many_glyphs ? NULL : g_array_new(FALSE, FALSE, sizeof(Glyph));
    if (page_init(&page, document, 1, drawing->width, drawing->height, glyphs, &error) &&
        pages_add(&pages, &page, drawing, &error))
        pages_end(&pages);
    page_clear(&page);
    pages_clear(&pages);
}

static void draw_part(GBytes *bytes)
{
    static const double A4[4] = {0, 0, 210, 297};
    g_autoptr(ZpDocument) document = zp_document_new_within(NULL);
    g_autoptr(OfdContent) content = ofd_content_new();
    OfdResources *resources = ofd_resources_new();
    PageDrawing drawing = {0};
    OfdDraw draw = {.resources = resources, .depth_max = 8};
    ofd_resources_read(resources, bytes, "resources", NULL, NULL);
    ofd_content_read(content, bytes, "page", NULL, NULL);
    ofd_draw_begin(&draw, content->has_area ? content->area : A4, &drawing);
    ofd_draw_layers(&draw, content, OFD_ORDERS);
    ofd_draw_end(&draw);
    add_page(document, &drawing, draw.has_many_glyphs);
    recognise(document);
    drawing_clear(&drawing);
    ofd_resources_free(resources);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const ZpReadOptions options = {0};
    g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
    if (size < 2 || memcmp(data, "PK", 2) != 0) {
        draw_part(bytes);
        return 0;
    }
    g_autoptr(ZpDocument) document = zp_ofd_parser.read(bytes, &options, NULL);
    if (document)
        recognise(document);
    return 0;
}
