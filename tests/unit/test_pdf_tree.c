/*
 * test_pdf_tree.c - PDFs whose page trees lead back to themselves, go deep or count wrongly, and streams that
 * unpack to more than they may.
 */
#include "base/error.h"
#include "base/limits.h"
#include "grid_text.h"
#include "parsers/pdf/module.h"
#include "table.h"

#include <criterion/criterion.h>
#include <string.h>
#include <zlib.h>

/* A file under way: objects from 1 on, in order. */
typedef struct {
    GString *bytes;
    GArray *places; /* of gsize */
} Pdf;

static Pdf begin_pdf(void)
{
    return (Pdf){g_string_new("%PDF-1.4\n"), g_array_new(FALSE, FALSE, sizeof(gsize))};
}

G_GNUC_PRINTF(2, 3) static void add(Pdf *pdf, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    g_array_append_val(pdf->places, pdf->bytes->len);
    g_string_append_printf(pdf->bytes, "%u 0 obj\n", pdf->places->len);
    g_string_append_vprintf(pdf->bytes, format, values);
    g_string_append(pdf->bytes, "\nendobj\n");
    va_end(values);
}

static void add_stream(Pdf *pdf, const char *keys, const void *data, gsize size)
{
    g_array_append_val(pdf->places, pdf->bytes->len);
    g_string_append_printf(pdf->bytes, "%u 0 obj\n<<%s/Length %zu>>\nstream\n", pdf->places->len,
                           keys, size);
    g_string_append_len(pdf->bytes, data, (gssize)size);
    g_string_append(pdf->bytes, "\nendstream\nendobj\n");
}

static GBytes *end_pdf(Pdf *pdf)
{
    gsize table = pdf->bytes->len;
    g_string_append_printf(pdf->bytes, "xref\n0 %u\n0000000000 65535 f \n", pdf->places->len + 1);
    for (guint k = 0; k < pdf->places->len; k++)
        g_string_append_printf(pdf->bytes, "%010zu 00000 n \n",
                               g_array_index(pdf->places, gsize, k));
    g_string_append_printf(pdf->bytes,
                           "trailer\n<</Root 1 0 R/Size %u>>\nstartxref\n%zu\n%%%%EOF\n",
                           pdf->places->len + 1, table);
    g_array_unref(pdf->places);
    return g_string_free_to_bytes(pdf->bytes);
}

#define FONT     "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
#define PAGE(n)  "<</Type/Page/Parent 2 0 R/Contents " #n " 0 R>>"
#define TEXT(w)  "BT /F1 12 Tf 10 700 Td (" w ") Tj ET"
#define DRAWN(w) add_stream(&pdf, "", TEXT(w), strlen(TEXT(w)))

/* Two pages, "one" and "two", below the node 2, whose keys are given; so are objects behind. */
static GBytes *two_pages(const char *node, const char *inner)
{
    Pdf pdf = begin_pdf();
    add(&pdf, "<</Type/Catalog/Pages 2 0 R>>");
    add(&pdf, "<</Type/Pages/MediaBox[0 0 600 800]/Resources<</Font<</F1 7 0 R>>>>%s>>", node);
    add(&pdf, PAGE(5));
    add(&pdf, PAGE(6));
    DRAWN("one");
    DRAWN("two");
    add(&pdf, FONT);
    add(&pdf, "%s", inner);
    return end_pdf(&pdf);
}

static ZpDocument *read_pdf(GBytes *bytes, GError **error)
{
    const ZpReadOptions options = {0};
    return zp_pdf_module.read(bytes, &options, error);
}

static const struct {
    const char *name, *node, *inner, *grid, *loss;
} TREES[] = {
    {"sound", "/Kids[3 0 R 4 0 R]/Count 2", "null", "~0.0=one;~0.0=two;", NULL},
    {"the node itself", "/Kids[2 0 R 3 0 R]/Count 1", "null", "~0.0=one;", "leads back to itself"},
    {"the node itself behind a page", "/Kids[3 0 R 2 0 R 4 0 R]/Count 2", "null",
     "~0.0=one;~0.0=two;", "leads back to itself"},
    {"a node below that holds the one above", "/Kids[3 0 R 8 0 R 4 0 R]/Count 2",
     "<</Type/Pages/Kids[2 0 R 8 0 R]/Count 9>>", "~0.0=one;~0.0=two;", "leads back to itself"},
    {"a page below a node below", "/Kids[3 0 R 8 0 R]/Count 2",
     "<</Type/Pages/Parent 2 0 R/Kids[4 0 R]/Count 1>>", "~0.0=one;~0.0=two;", NULL},
    {"counted too few", "/Kids[3 0 R 4 0 R]/Count 1", "null", "~0.0=one;", "and there are 2"},
    {"counted too many", "/Kids[3 0 R 4 0 R]/Count 5", "null", "~0.0=one;~0.0=two;",
     "there are only 2"},
    {"not counted", "/Kids[3 0 R 4 0 R]", "null", "", "and there are 2"},
    {"counted below zero", "/Kids[3 0 R 4 0 R]/Count -1", "null", "", "and there are 2"},
    {"a kid that is no page", "/Kids[7 0 R 99 0 R 3 0 R]/Count 2", "null", "~0.0=one;", NULL},
    {"a page twice", "/Kids[3 0 R 3 0 R]/Count 2", "null", "~0.0=one;~0.0=one;", NULL},
};

TableRows(pdf_tree, trees)
{
    static size_t indexes[G_N_ELEMENTS(TREES)];
    for (size_t k = 0; k < G_N_ELEMENTS(TREES); k++)
        indexes[k] = k;
    return cr_make_param_array(size_t, indexes, G_N_ELEMENTS(TREES));
}

TableTest(size_t *index, pdf_tree, trees)
{
    const char *name = TREES[*index].name, *loss = TREES[*index].loss;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = two_pages(TREES[*index].node, TREES[*index].inner);
    g_autoptr(ZpDocument) document = read_pdf(bytes, &error);
    cr_assert(document, "%s: %s", name, error ? error->message : "");
    g_autofree char *grid = print_grid(document);
    cr_expect_str_eq(grid, TREES[*index].grid, "%s: got %s", name, grid);
    cr_assert_eq(document->losses->len, loss != NULL, "%s: %u losses", name, document->losses->len);
    if (loss) {
        const ZpLoss *first = g_ptr_array_index(document->losses, 0);
        cr_expect(strstr(first->en, loss), "%s: %s", name, first->en);
    }
}

static void expect_limit(GBytes *bytes, const char *limit)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpDocument) document = read_pdf(bytes, &error);
    cr_assert_null(document, "%s", limit);
    cr_expect(strstr(error->message, limit), "%s", error->message);
}

/* A node inside a node inside a node … */
static GBytes *deep_tree(guint depth)
{
    Pdf pdf = begin_pdf();
    add(&pdf, "<</Type/Catalog/Pages 2 0 R>>");
    for (guint k = 0; k < depth; k++)
        add(&pdf, "<</Type/Pages/Count 1/Kids[%u 0 R]>>", k + 3);
    add(&pdf, "<</Type/Page/Parent %u 0 R/MediaBox[0 0 9 9]>>", depth + 1);
    return end_pdf(&pdf);
}

/* Nodes that hold the next one eight times: as many ways as there are atoms, and no page. */
static GBytes *woven_tree(void)
{
    Pdf pdf = begin_pdf();
    add(&pdf, "<</Type/Catalog/Pages 2 0 R>>");
    for (guint k = 3; k < 63; k++)
        add(&pdf, "<</Type/Pages/Count 1/Kids[%u 0 R %u 0 R %u 0 R %u 0 R]>>", k, k, k, k);
    add(&pdf, "<</Type/Pages/Count 0/Kids[]>>");
    return end_pdf(&pdf);
}

static GBytes *many_pages(guint n)
{
    Pdf pdf = begin_pdf();
    g_autoptr(GString) kids = g_string_new(NULL);
    for (guint k = 0; k < n; k++)
        g_string_append(kids, "3 0 R ");
    add(&pdf, "<</Type/Catalog/Pages 2 0 R>>");
    add(&pdf, "<</Type/Pages/Count 1/Kids[%s]>>", kids->str);
    add(&pdf, "<</Type/Page/MediaBox[0 0 9 9]>>");
    return end_pdf(&pdf);
}

Test(pdf_tree, limits)
{
    g_autoptr(GBytes) deepest = deep_tree(ZP_LIMIT_PDF_TREE), deep = deep_tree(100000);
    g_autoptr(GBytes) woven = woven_tree(), many = many_pages(ZP_LIMIT_PAGES + 1);
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpDocument) document = read_pdf(deepest, &error);
    cr_expect(document, "%s", error ? error->message : "");
    expect_limit(deep, "ZP_LIMIT_PDF_TREE");
    expect_limit(woven, "ZP_LIMIT_PDF_NODES");
    expect_limit(many, "ZP_LIMIT_PAGES");
}

/* --- what unpacks to more than it may --- */

/* Blanks, deflated, twice where asked. */
static GBytes *deflated(gsize size, bool twice)
{
    g_autofree char *blanks = g_malloc(size);
    memset(blanks, ' ', size);
    uLongf length = compressBound(size);
    guint8 *once = g_malloc(length);
    cr_assert_eq(compress2(once, &length, (const Bytef *)blanks, size, 9), Z_OK);
    if (!twice)
        return g_bytes_new_take(once, length);
    uLongf again = compressBound(length);
    guint8 *more = g_malloc(again);
    cr_assert_eq(compress2(more, &again, once, length, 9), Z_OK);
    g_free(once);
    return g_bytes_new_take(more, again);
}

/* Where the stream stands that is too long. */
typedef enum { IN_CONTENT, IN_FORM, IN_UNICODE, IN_FONT_FILE, IN_PICTURE, PLACES } Place;

/* A page that shows "one" and has the stream at a place, and one that shows "two". */
static GBytes *with_stream(Place place, const char *filter, GBytes *stream)
{
    Pdf pdf = begin_pdf();
    g_autofree char *keys = g_strdup_printf("/Filter%s", filter);
    g_autofree char *form = g_strdup_printf(
        "/Type/XObject/Subtype/%s/BBox[0 0 9 9]/Width 1/Height 1/BitsPerComponent 8/ColorSpace/"
        "DeviceGray%s",
        place == IN_PICTURE ? "Image" : "Form", keys);
    gsize size = g_bytes_get_size(stream);
    const void *data = g_bytes_get_data(stream, NULL);
    add(&pdf, "<</Type/Catalog/Pages 2 0 R>>");
    add(&pdf, "<</Type/Pages/MediaBox[0 0 600 800]/Kids[3 0 R 4 0 R]/Count 2>>");
    add(&pdf,
        "<</Type/Page/Contents[5 0 R%s]/Resources<</Font<</F1 7 0 R/F2 9 0 R>>/XObject<<%s>>>>>>",
        place == IN_CONTENT ? " 8 0 R" : "",
        place == IN_FORM || place == IN_PICTURE ? "/X 8 0 R" : "");
    add(&pdf, "<</Type/Page/Contents 6 0 R/Resources<</Font<</F1 7 0 R>>>>>>");
    DRAWN("one");
    DRAWN("two");
    add(&pdf, FONT);
    add_stream(&pdf, place == IN_FORM || place == IN_PICTURE ? form : keys, data, size);
    add(&pdf,
        "<</Type/Font/Subtype/TrueType/BaseFont/A%s/FontDescriptor<</Type/FontDescriptor"
        "/FontName/A/Flags 4%s>>>>",
        place == IN_UNICODE ? "/ToUnicode 8 0 R" : "",
        place == IN_FONT_FILE ? "/FontFile2 8 0 R" : "");
    return end_pdf(&pdf);
}

static void expect_unread(Place place, const char *filter, GBytes *stream, bool is_unread)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = with_stream(place, filter, stream);
    g_autoptr(ZpDocument) document = read_pdf(bytes, &error);
    cr_assert(document, "%s", error ? error->message : "");
    g_autofree char *grid = print_grid(document);
    cr_expect_str_eq(grid, is_unread ? "~0.0=two;" : "~0.0=one;~0.0=two;", "%d: %s", place, grid);
    cr_assert_eq(document->losses->len, is_unread, "%d", place);
    if (is_unread) {
        const ZpLoss *loss = g_ptr_array_index(document->losses, 0);
        cr_expect(strstr(loss->en, "ZP_LIMIT_PDF_CONTENT_BYTES") && loss->at.page == 1);
    }
}

Test(pdf_tree, streams_that_unpack_to_too_much)
{
    g_autoptr(GBytes) large = deflated((gsize)ZP_LIMIT_PDF_CONTENT_BYTES + 1, false);
    g_autoptr(GBytes) twice = deflated((gsize)ZP_LIMIT_PDF_CONTENT_BYTES + 1, true);
    g_autoptr(GBytes) fair = deflated(1000 * 1000, false);
    for (Place place = IN_CONTENT; place < PLACES; place++)
        expect_unread(place, "/FlateDecode", large, place != IN_PICTURE);
    expect_unread(IN_CONTENT, "[/FlateDecode/FlateDecode]", twice, true);
    expect_unread(IN_CONTENT, "[/FlateDecode]", fair, false);
}
