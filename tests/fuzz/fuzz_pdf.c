/*
 * fuzz_pdf.c - any bytes as what a page of a PDF draws: our reading of rules, boxes and characters.
 *
 * The file around the bytes is sound, so that it is our walk over the drawing that is tried and not how Poppler
 * and qpdf mend files, which have harnesses of their own (tests/damage/damage.py damages whole files).
 */
#include "fuzz_grid.h"
#include "parsers/pdf/module.h"
#include "recognise/recognise.h"

#include <string.h>

/* Objects before the one that holds the bytes: catalogue, pages, page, a font of the standard ones. */
static const char *const OBJECTS[] = {
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
    "/Resources << /Font << /F1 4 0 R >> /XObject << /X1 6 0 R >> >> >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
};
#define CONTENT_NUMBER (G_N_ELEMENTS(OBJECTS) + 1)
#define FORM_NUMBER    (CONTENT_NUMBER + 1)

static void begin_object(GString *file, GArray *places, guint number)
{
    gsize place = file->len;
    g_array_append_val(places, place);
    g_string_append_printf(file, "%u 0 obj\n", number);
}

static void add_stream(GString *file, GArray *places, guint number, const char *keys,
                       const uint8_t *data, size_t size)
{
    begin_object(file, places, number);
    g_string_append_printf(file, "<< %s /Length %zu >>\nstream\n", keys, size);
    g_string_append_len(file, (const char *)data, (gssize)size);
    g_string_append(file, "\nendstream\nendobj\n");
}

static void end_file(GString *file, const GArray *places)
{
    gsize table = file->len;
    g_string_append_printf(file, "xref\n0 %u\n0000000000 65535 f \n", places->len + 1);
    for (guint k = 0; k < places->len; k++)
        g_string_append_printf(file, "%010zu 00000 n \n", g_array_index(places, gsize, k));
    g_string_append_printf(file, "trailer << /Root 1 0 R /Size %u >>\nstartxref\n%zu\n%%%%EOF\n",
                           places->len + 1, table);
}

/* The first half is the page's, the rest a form's that the page may draw. */
static GBytes *file_of(const uint8_t *data, size_t size)
{
    GString *file = g_string_new("%PDF-1.4\n");
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (guint k = 0; k < G_N_ELEMENTS(OBJECTS); k++) {
        begin_object(file, places, k + 1);
        g_string_append_printf(file, "%s\nendobj\n", OBJECTS[k]);
    }
    size_t half = size / 2;
    add_stream(file, places, CONTENT_NUMBER, "", data, half);
    add_stream(file, places, FORM_NUMBER, "/Type /XObject /Subtype /Form /BBox [0 0 595 842]",
               data + half, size - half);
    end_file(file, places);
    return g_string_free_to_bytes(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ZpRulebook *rulebook;
    if (!rulebook)
        rulebook = zp_rulebook_open(NULL, NULL);
    const ZpReadOptions options = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = file_of(data, size);
    g_autoptr(ZpDocument) document = zp_pdf_module.read(bytes, &options, &error);
    if (!document)
        return 0;
    expect_sound_document(document, 0);
    g_autoptr(GPtrArray) forms = zp_recognise(rulebook, document, NULL);
    return 0;
}
