/*
 * test_pdf.c - the PDF module piece by piece: tokens, marks, lattices, limits, and that no character is lost.
 */
#include "base/error.h"
#include "base/limits.h"
#include "parsers/pdf/content.h"
#include "parsers/pdf/lexer.h"
#include "parsers/pdf/module.h"
#include "parsers/print/lattice.h"
#include "table.h"

#include <poppler.h>

#include <criterion/criterion.h>
#include <string.h>

/* --- a PDF of one page with a given content, made here --- */

static void add_object(GString *pdf, GArray *offsets, const char *body)
{
    g_array_append_val(offsets, pdf->len);
    g_string_append_printf(pdf, "%u 0 obj\n%s\nendobj\n", offsets->len, body);
}

static void add_stream(GString *pdf, GArray *offsets, const char *more, const char *data, gsize n)
{
    g_array_append_val(offsets, pdf->len);
    g_string_append_printf(pdf, "%u 0 obj\n<<%s/Length %zu>>\nstream\n", offsets->len, more, n);
    g_string_append_len(pdf, data, (gssize)n);
    g_string_append(pdf, "\nendstream\nendobj\n");
}

static GBytes *finish_pdf(GString *pdf, GArray *offsets)
{
    gsize at = pdf->len;
    g_string_append_printf(pdf, "xref\n0 %u\n0000000000 65535 f \n", offsets->len + 1);
    for (guint k = 0; k < offsets->len; k++)
        g_string_append_printf(pdf, "%010zu 00000 n \n", g_array_index(offsets, gsize, k));
    g_string_append_printf(pdf, "trailer\n<</Size %u/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n",
                           offsets->len + 1, at);
    g_array_unref(offsets);
    return g_string_free_to_bytes(pdf);
}

/* Object 5 is a form XObject /F that draws `form`, with itself among its resources. */
static GBytes *pdf_of(const char *page, const char *filter, const char *content, gsize n,
                      const char *form)
{
    GString *pdf = g_string_new("%PDF-1.4\n");
    GArray *offsets = g_array_new(FALSE, FALSE, sizeof(gsize));
    g_autofree char *leaf = g_strdup_printf(
        "<</Type/Page/Parent 2 0 R%s%s/Resources<</Font<</T 6 0 R>>"
        "/XObject<</F 5 0 R>>/ColorSpace<</Ink[/Separation/Spot/DeviceGray 7 0 R]>>>>"
        "/Contents 4 0 R>>",
        strstr(page, "/MediaBox") ? "" : "/MediaBox[0 0 600 800]", page);
    add_object(pdf, offsets, "<</Type/Catalog/Pages 2 0 R>>");
    add_object(pdf, offsets, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
    add_object(pdf, offsets, leaf);
    add_stream(pdf, offsets, filter, content, n);
    add_stream(pdf, offsets,
               "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Matrix[1 0 0 1 10 0]"
               "/Resources<</XObject<</F 5 0 R>>>>",
               form, strlen(form));
    add_object(pdf, offsets, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    add_object(pdf, offsets, "<</FunctionType 2/Domain[0 1]/N 1>>");
    return finish_pdf(pdf, offsets);
}

/* What a content draws on a page of 600 x 800. */
static PageDrawing draw_page(const char *page, const char *filter, const char *content, gsize n,
                             const char *form)
{
    bool is_locked;
    PageDrawing drawing = {0};
    g_autoptr(GBytes) bytes = pdf_of(page, filter, content, n, form);
    g_autoptr(DrawingFile) file = drawing_open(bytes, NULL, NULL, &is_locked);
    cr_assert(file && !is_locked, "qpdf cannot open the test's PDF");
    cr_assert(drawing_read_page(file, 0, &drawing));
    return drawing;
}

/* --- marks --- */

static const struct {
    const char *content, *page, *form;
    guint n_rules, n_areas;
    ZpBox first; /* all zero: not compared */
} MARKS[] = {
    {"10 700 200 0.5 re f", "", "", 1, 0, {10, 99.5f, 210, 100}},
    {"10 700 m 210 700 l S", "", "", 1, 0, {10, 99.5f, 210, 100.5f}},
    {"0 w 10 700 m 210 700 l S", "", "", 1, 0, {10, 100, 210, 100}},
    {"2 w 10 700 m 10 500 l S", "", "", 1, 0, {9, 100, 11, 300}},
    {"0.5 0 0 0.5 0 400 cm 20 600 400 1 re f", "", "", 1, 0, {10, 99.5f, 210, 100}},
    /* a stroked box has four sides, a filled one is an area */
    {"10 500 100 50 re S", "", "", 4, 0, {0, 0, 0, 0}},
    {"10 500 100 50 re f", "", "", 0, 1, {0, 0, 0, 0}},
    /* white says nothing, an ink of 1 does, an ink of 0 not */
    {"1 g 10 700 200 0.5 re f", "", "", 0, 0, {0, 0, 0, 0}},
    {"1 1 1 rg 10 700 200 0.5 re f 0 g 10 600 200 0.5 re f", "", "", 1, 0, {0, 0, 0, 0}},
    {"0 0 0 0 k 10 700 200 0.5 re f", "", "", 0, 0, {0, 0, 0, 0}},
    {"/Ink cs 1 scn 10 700 200 0.5 re f", "", "", 1, 0, {0, 0, 0, 0}},
    {"/Ink cs 0 scn 10 700 200 0.5 re f", "", "", 0, 0, {0, 0, 0, 0}},
    {"1 g q 0 g Q 10 700 200 0.5 re f", "", "", 0, 0, {0, 0, 0, 0}},
    /* dots and dashes are one rule; a lone dot is none; far dashes are two */
    {"10 700 1 1 re 13 700 1 1 re 16 700 1 1 re 19 700 1 1 re f", "", "", 1, 0, {10, 99, 20, 100}},
    {"10 700 6 1 re f 19 700 6 1 re f 28 700 6 1 re f", "", "", 1, 0, {10, 99, 34, 100}},
    {"10 700 1 1 re f", "", "", 0, 0, {0, 0, 0, 0}},
    {"10 700 6 1 re f 40 700 6 1 re f", "", "", 2, 0, {0, 0, 0, 0}},
    /* a ring by the even-odd rule, and by winding */
    {"10 500 100 50 re 11 501 98 48 re f*", "", "", 4, 0, {0, 0, 0, 0}},
    {"10 500 100 50 re 11 501 m 11 549 l 109 549 l 109 501 l h f", "", "", 4, 0, {0, 0, 0, 0}},
    /* clips: outside is nothing, the clip ends with its state */
    {"0 0 100 100 re W n 10 700 200 0.5 re f", "", "", 0, 0, {0, 0, 0, 0}},
    {"q 0 0 100 800 re W n 10 700 200 0.5 re f Q", "", "", 1, 0, {10, 99.5f, 100, 100}},
    {"q 0 0 100 100 re W n Q 10 700 200 0.5 re f", "", "", 1, 0, {0, 0, 0, 0}},
    /* what is not level or upright is no rule */
    {"10 10 m 200 300 l S", "", "", 0, 0, {0, 0, 0, 0}},
    /* form XObjects bring their matrix */
    {"/F Do", "", "10 700 200 0.5 re f", 1, 0, {20, 99.5f, 220, 100}},
    /* turned and cropped pages */
    {"10 700 200 0.5 re f", "/Rotate 90", "", 1, 0, {700, 10, 700.5f, 210}},
    {"10 700 200 0.5 re f", "/Rotate 180", "", 1, 0, {390, 700, 590, 700.5f}},
    {"10 700 200 0.5 re f", "/Rotate 270", "", 1, 0, {99.5f, 390, 100, 590}},
    {"10 700 200 0.5 re f", "/CropBox[5 100 595 750]", "", 1, 0, {5, 49.5f, 205, 50}},
    /* strings, comments and pictures hide no operators */
    {"(\\) 0 0 9 1 re f) Tj % 1 1 9 1 re f\n10 700 200 0.5 re f", "", "", 1, 0, {0, 0, 0, 0}},
    {"BI /W 1 ID \x01 EI 10 700 200 0.5 re f", "", "", 1, 0, {0, 0, 0, 0}},
    {"10 700 re f Q Q l h S", "", "", 0, 0, {0, 0, 0, 0}},
};

TableRows(pdf, marks)
{
    static guint rows[G_N_ELEMENTS(MARKS)];
    for (guint k = 0; k < G_N_ELEMENTS(MARKS); k++)
        rows[k] = k;
    return cr_make_param_array(guint, rows, G_N_ELEMENTS(MARKS));
}

static bool is_near(float a, float b)
{
    return a - b < 0.01f && b - a < 0.01f;
}

TableTest(guint *row, pdf, marks)
{
    const char *content = MARKS[*row].content;
    PageDrawing drawing =
        draw_page(MARKS[*row].page, "", content, strlen(content), MARKS[*row].form);
    const Marks *marks = drawing.marks;
    cr_expect(marks->rules->len == MARKS[*row].n_rules && marks->areas->len == MARKS[*row].n_areas,
              "%s: %u rules, %u areas", content, marks->rules->len, marks->areas->len);
    const ZpBox *want = &MARKS[*row].first;
    if (want->x1 > 0 && marks->rules->len) {
        const ZpBox *got = &g_array_index(marks->rules, ZpBox, 0);
        cr_expect(is_near(got->x0, want->x0) && is_near(got->y0, want->y0) &&
                      is_near(got->x1, want->x1) && is_near(got->y1, want->y1),
                  "%s: %.2f %.2f %.2f %.2f", content, (double)got->x0, (double)got->y0,
                  (double)got->x1, (double)got->y1);
    }
    marks_free(drawing.marks);
    drawn_free(drawing.drawn);
}

/* --- lattices --- */

static const struct {
    const char *content;
    guint n_rows, n_cols, n_cells; /* all 0: no table */
    bool open_top, open_bottom;
} LATTICES[] = {
    /* two by two; the same with the first row merged; a frame alone; an underline */
    {"10 10 200 100 re S 110 10 m 110 110 l S 10 60 m 210 60 l S", 2, 2, 4, false, false},
    {"10 10 200 100 re S 110 10 m 110 60 l S 10 60 m 210 60 l S", 2, 2, 3, false, false},
    {"10 10 200 100 re S", 0, 0, 0, false, false},
    {"10 10 m 210 10 l S", 0, 0, 0, false, false},
    /* double rules are one */
    {"10 10 200 100 re S 12 12 196 96 re S 110 10 m 110 110 l S 112 10 m 112 110 l S", 1, 2, 2,
     false, false},
    /* sides that run on below the last level rule, and above the first */
    {"10 110 m 210 110 l S 10 60 m 210 60 l S 10 110 m 10 20 l S 110 110 m 110 20 l S 210 110 m "
     "210 20 l S",
     2, 2, 4, false, true},
    {"10 10 m 210 10 l S 10 60 m 210 60 l S 10 10 m 10 110 l S 110 10 m 110 110 l S 210 10 m 210 "
     "110 l S",
     2, 2, 4, true, false},
    /* no outer sides: the level rules' ends close it */
    {"10 110 m 210 110 l S 10 60 m 210 60 l S 10 10 m 210 10 l S 110 10 m 110 110 l S", 2, 2, 4,
     false, false},
    /* a column's rule drifts by 6 points between rows: one column */
    {"10 10 200 100 re S 10 60 m 210 60 l S 110 60 m 110 110 l S 116 10 m 116 60 l S", 2, 2, 4,
     false, false},
};

TableRows(pdf, lattices)
{
    static guint rows[G_N_ELEMENTS(LATTICES)];
    for (guint k = 0; k < G_N_ELEMENTS(LATTICES); k++)
        rows[k] = k;
    return cr_make_param_array(guint, rows, G_N_ELEMENTS(LATTICES));
}

TableTest(guint *row, pdf, lattices)
{
    const char *content = LATTICES[*row].content;
    PageDrawing drawing = draw_page("", "", content, strlen(content), "");
    g_autoptr(GPtrArray) groups = rules_group(drawing.marks);
    cr_assert(groups && groups->len == 1, "%s: %u groups", content, groups ? groups->len : 0);
    g_autoptr(Lattice) lattice = lattice_new(g_ptr_array_index(groups, 0));
    marks_free(drawing.marks);
    drawn_free(drawing.drawn);
    cr_assert((lattice != NULL) == (LATTICES[*row].n_cells > 0), "%s", content);
    if (!lattice)
        return;
    cr_expect(lattice->y->len - 1 == LATTICES[*row].n_rows &&
                  lattice->x->len - 1 == LATTICES[*row].n_cols &&
                  lattice->cells->len == LATTICES[*row].n_cells,
              "%s: %u rows, %u columns, %u cells", content, lattice->y->len - 1,
              lattice->x->len - 1, lattice->cells->len);
    cr_expect(lattice->open_top == LATTICES[*row].open_top &&
                  lattice->open_bottom == LATTICES[*row].open_bottom,
              "%s: open %d %d", content, lattice->open_top, lattice->open_bottom);
}

/* --- limits --- */

static char *repeat(const char *text, guint n)
{
    GString *all = g_string_sized_new(strlen(text) * n + 1);
    for (guint k = 0; k < n; k++)
        g_string_append(all, text);
    return g_string_free(all, FALSE);
}

static bool is_over(const char *content, const char *form)
{
    PageDrawing drawing = draw_page("", "", content, strlen(content), form);
    bool over = drawing.is_cut || drawing.marks->is_over;
    marks_free(drawing.marks);
    drawn_free(drawing.drawn);
    return over;
}

Test(pdf, limits_of_drawing)
{
    g_autofree char *operators = repeat("n ", ZP_LIMIT_PDF_OPERATORS + 1);
    g_autofree char *states = repeat("q ", ZP_LIMIT_PAGE_STATES + 10);
    g_autofree char *points = repeat("1 1 l ", ZP_LIMIT_PAGE_POINTS + 1);
    g_autofree char *rules =
        repeat("10 10 50 1 re f 10 90 50 1 re f ", ZP_LIMIT_PAGE_RULES / 2 + 1);
    cr_expect(is_over(operators, ""), "ZP_LIMIT_PDF_OPERATORS");
    cr_expect(!is_over(states, ""), "ZP_LIMIT_PAGE_STATES: deeper ones are not kept, no more");
    cr_expect(is_over(points, ""), "ZP_LIMIT_PAGE_POINTS");
    cr_expect(is_over(rules, ""), "ZP_LIMIT_PAGE_RULES");
    cr_expect(is_over("/F Do", "/F Do"), "ZP_LIMIT_PDF_DEPTH");
    cr_expect(!is_over("/F Do", "10 10 50 1 re f"));
}

Test(pdf, limit_of_crossings)
{
    g_autoptr(Marks) marks = marks_new();
    for (guint k = 0; (guint64)k * k <= ZP_LIMIT_PAGE_CROSSINGS; k++)
        marks_add(marks, &(ZpBox){0, (float)k * 5, 100, (float)k * 5 + 1}, true);
    marks_finish(marks);
    cr_expect(rules_group(marks) == NULL, "ZP_LIMIT_PAGE_CROSSINGS");
}

static ZpDocument *read_bytes(GBytes *bytes, GError **error)
{
    const ZpReadOptions options = {0};
    return zp_pdf_module.read(bytes, &options, error);
}

Test(pdf, limit_of_glyphs)
{
    const guint in_line = 2500;
    g_autoptr(GError) error = NULL;
    g_autofree char *line = repeat("abcd ", in_line / 5);
    GString *content = g_string_new("BT /T 8 Tf ");
    for (guint k = 0; k <= 2 * ZP_LIMIT_PAGE_GLYPHS / in_line; k++)
        g_string_append_printf(content, "1 0 0 1 10 %u Tm (%s) Tj ", 20 + 15 * k, line);
    g_string_append(content, "ET");
    g_autoptr(GBytes) bytes =
        pdf_of("/MediaBox[0 0 14400 14400]", "", content->str, content->len, "");
    g_autoptr(ZpDocument) document = read_bytes(bytes, &error);
    g_string_free(content, TRUE);
    cr_assert(!document && error);
    cr_expect(strstr(error->message, "ZP_LIMIT_PAGE_GLYPHS"), "%s", error->message);
}

Test(pdf, limit_of_pages)
{
    const guint n = ZP_LIMIT_PAGES + 1;
    g_autoptr(GError) error = NULL;
    GString *pdf = g_string_new("%PDF-1.4\n"), *pages = g_string_new("<</Type/Pages/Kids[");
    GArray *offsets = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (guint k = 0; k < n; k++)
        g_string_append_printf(pages, "%u 0 R ", k + 3);
    g_string_append_printf(pages, "]/Count %u>>", n);
    add_object(pdf, offsets, "<</Type/Catalog/Pages 2 0 R>>");
    add_object(pdf, offsets, pages->str);
    for (guint k = 0; k < n; k++)
        add_object(pdf, offsets, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>");
    g_string_free(pages, TRUE);
    g_autoptr(GBytes) bytes = finish_pdf(pdf, offsets);
    g_autoptr(ZpDocument) document = read_bytes(bytes, &error);
    cr_assert(!document && error);
    cr_expect(strstr(error->message, "ZP_LIMIT_PAGES"), "%s", error->message);
}

/* --- no character is lost --- */

static const char *const PRINTS[] = {
    "samples/pdf/chromium-all-std.pdf",
    "samples/pdf/chromium-all-wqy.pdf",
    "samples/pdf/lo-all-odt.pdf",
    "samples/pdf/weasy-all-wqy.pdf",
    "samples/traps/over.pdf",
    "samples/traps/rot90.pdf",
    "samples/traps/rot180.pdf",
    "samples/traps/box.pdf",
    "samples/traps/opac.pdf",
    "samples/traps/sym-chr.pdf",
    "tests/golden/seed-all/input.docx-flow.pdf",
    "tests/golden/seed-1/input.turned.pdf",
};

TableRows(pdf, every_character)
{
    static guint rows[G_N_ELEMENTS(PRINTS)];
    for (guint k = 0; k < G_N_ELEMENTS(PRINTS); k++)
        rows[k] = k;
    return cr_make_param_array(guint, rows, G_N_ELEMENTS(PRINTS));
}

/* Adds `weight` to the count of each character but white space. */
static void count_characters(GHashTable *counts, const char *text, int weight)
{
    for (; *text; text = g_utf8_next_char(text)) {
        gunichar c = g_utf8_get_char(text);
        if (zp_char_is_space(c))
            continue;
        int n = GPOINTER_TO_INT(g_hash_table_lookup(counts, GUINT_TO_POINTER(c)));
        g_hash_table_insert(counts, GUINT_TO_POINTER(c), GINT_TO_POINTER(n + weight));
    }
}

static void count_cells(GHashTable *counts, const ZpDocument *document)
{
    for (guint t = 0; t < document->tables->len; t++) {
        const ZpTable *table = g_ptr_array_index(document->tables, t);
        for (guint k = 0; k < table->cells->len; k++)
            count_characters(counts, g_array_index(table->cells, ZpCell, k).text, -1);
    }
}

/* pdftotext says which characters a file shows; each of them stands in a cell or in the text around. */
TableTest(guint *row, pdf, every_character)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(ZP_SOURCE_DIR, PRINTS[*row], NULL);
    g_autofree char *data = NULL, *text = NULL;
    gsize size;
    const char *const command[] = {"pdftotext", "-raw", path, "-", NULL};
    cr_assert(g_file_get_contents(path, &data, &size, &error), "%s", path);
    cr_assert(g_spawn_sync(NULL, (char **)command, NULL,
                           G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &text,
                           NULL, NULL, &error));
    g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
    g_autoptr(ZpDocument) document = read_bytes(bytes, &error);
    cr_assert(document, "%s", path);
    g_autoptr(GHashTable) counts = g_hash_table_new(NULL, NULL);
    count_characters(counts, text, 1);
    cr_assert(g_hash_table_size(counts) > 30, "%s: pdftotext says nothing", path);
    count_cells(counts, document);
    GHashTableIter iter;
    gpointer c, n;
    g_hash_table_iter_init(&iter, counts);
    while (g_hash_table_iter_next(&iter, &c, &n))
        cr_expect(GPOINTER_TO_INT(n) == 0, "%s: U+%04X %+d", PRINTS[*row], GPOINTER_TO_UINT(c),
                  GPOINTER_TO_INT(n));
}

/* --- a text layer that nobody sees --- */

static char *text_of(PopplerDocument *document, PopplerRectangle *box)
{
    PopplerPage *page = poppler_document_get_page(document, 0);
    PopplerRectangle *boxes = NULL;
    guint n = 0;
    char *text = poppler_page_get_text(page);
    cr_assert(poppler_page_get_text_layout(page, &boxes, &n) && n > 0);
    *box = boxes[0];
    for (guint k = 1; k < n; k++) {
        box->x1 = MIN(box->x1, boxes[k].x1);
        box->y1 = MIN(box->y1, boxes[k].y1);
        box->x2 = MAX(box->x2, boxes[k].x2);
        box->y2 = MAX(box->y2, boxes[k].y2);
    }
    g_free(boxes);
    g_object_unref(page);
    return text;
}

/* A recorded reading: found again in the copy, within its line, however the page lies; the page as it was stays. */
Test(pdf, a_text_layer)
{
    static const char *const PAGES[] = {"", "/Rotate 90", "/Rotate 180", "/Rotate 270",
                                        "/MediaBox[-50 -20 550 780]/CropBox[0 0 500 700]"};
    static const char CONTENT[] = "q 2 0 0 2 9 9 cm"; /* a state that is never taken back */
    for (gsize k = 0; k < G_N_ELEMENTS(PAGES); k++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) input = pdf_of(PAGES[k], "", CONTENT, sizeof CONTENT - 1, "");
        g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(ZpSeenLine));
        const ZpReadOptions options = {0};
        const ZpSeenLine line = {.page = 1,
                                 .text = "全年预算数 1,263.685\U00020000",
                                 .foot = {100, 220, 300, 220},
                                 .rise = {100, 220, 100, 200}};
        const ZpSeenLine beyond = {.page = 7, .text = "x"};
        g_array_append_val(lines, line);
        g_array_append_val(lines, beyond);
        g_autoptr(GBytes) copy = zp_pdf_module.add_lines(input, lines, &options, &error);
        cr_assert(copy, "%s: %s", PAGES[k], error ? error->message : "");
        g_autoptr(GBytes) again = zp_pdf_module.add_lines(input, lines, &options, &error);
        cr_assert(g_bytes_equal(copy, again), "%s: other bytes", PAGES[k]);
        PopplerDocument *document = poppler_document_new_from_bytes(copy, NULL, &error);
        PopplerRectangle box;
        g_autofree char *text = text_of(document, &box);
        cr_assert_str_eq(text, "全年预算数 1,263.685", "%s: %s", PAGES[k], text);
        cr_assert(box.x1 > 98 && box.x2 < 302 && box.x2 - box.x1 > 180, "%s: %f %f", PAGES[k],
                  box.x1, box.x2);
        cr_assert(box.y1 > 190 && box.y2 < 230, "%s: %f %f", PAGES[k], box.y1, box.y2);
        g_object_unref(document);
        /* Nobody sees it, so it is no text of the document. */
        g_autoptr(ZpDocument) read = zp_pdf_module.read(copy, &options, &error);
        for (guint t = 0; read && t < read->tables->len; t++)
            cr_assert_eq(((const ZpTable *)g_ptr_array_index(read->tables, t))->cells->len, 0);
    }
}

Test(pdf, no_text_layer_over_what_is_no_pdf)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) input = g_bytes_new_static("%PDF-1.4 and no more", 20);
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(ZpSeenLine));
    const ZpReadOptions options = {0};
    cr_assert_null(zp_pdf_module.add_lines(input, lines, &options, &error));
    cr_assert_not_null(error);
}
