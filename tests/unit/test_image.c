/*
 * test_image.c - what reading pictures is made of and needs no model: figures by grammar, paths by shares,
 * shapes beside a reading, rows of ink into lines, and files that lie about their size.
 */
#include "base/limits.h"
#include "base/png.h"
#include "parsers/image/ctc.h"
#include "parsers/image/figure.h"
#include "parsers/image/module.h"
#include "parsers/image/ruling.h"
#include "parsers/image/shapes.h"
#include "rules/check.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

Test(image, figures_by_grammar)
{
    static const char *const SOUND[] = {
        "0",  "0.5",    "10",         "1,263,685",  "558,822.6", "560000.00", "≥300",    "=100%",
        "-1", "99.79%", "2022.12.31", "2022-12-31", "90%-95%",   "≥",         "100.00%", ">=364"};
    static const char *const UNSOUND[] = {
        "",     "00",    "010",       "1,26,685", "1263,685",         "0,123", "1.", ".5",
        "1..2", "100%5", "1.2345678", "--1",      "1234567890123456", "1,2"};
    for (gsize k = 0; k < G_N_ELEMENTS(SOUND); k++)
        cr_assert(figure_is_sound(SOUND[k]), "%s", SOUND[k]);
    for (gsize k = 0; k < G_N_ELEMENTS(UNSOUND); k++)
        cr_assert_not(figure_is_sound(UNSOUND[k]), "%s", UNSOUND[k]);
}

/* A small alphabet: blank, 1, 0, O, comma, a Han character, space. */
static void open_alphabet(Alphabet *alphabet)
{
    const char *keys = "1\n0\nO\n,\n一\n";
    *alphabet = (Alphabet){0};
    cr_assert(alphabet_read(alphabet, keys, strlen(keys)));
    cr_assert_eq(alphabet->n, 7);
}

Test(image, the_free_path_joins_equal_neighbours)
{
    Alphabet alphabet;
    open_alphabet(&alphabet);
    const guint path[] = {1, 1, 0, 1, 3, 0};
    float shares[G_N_ELEMENTS(path) * 7] = {0};
    for (guint t = 0; t < G_N_ELEMENTS(path); t++)
        shares[t * 7 + path[t]] = 0.9f;
    g_autoptr(GArray) chars = ctc_free(&alphabet, shares, G_N_ELEMENTS(path));
    cr_assert_eq(chars->len, 3);
    cr_assert_eq(g_array_index(chars, CtcChar, 0).c, '1');
    cr_assert_eq(g_array_index(chars, CtcChar, 0).end, 2);
    cr_assert_eq(g_array_index(chars, CtcChar, 2).c, 'O');
    alphabet_clear(&alphabet);
}

/* What is likelier as O than as 0 is a 0 in a figure, and all the ways to a text count together. */
Test(image, a_lone_letter_is_a_digit_in_a_figure)
{
    Alphabet alphabet;
    open_alphabet(&alphabet);
    float shares[3 * 7] = {0};
    shares[1 * 7 + 3] = 0.6f;
    shares[1 * 7 + 2] = 0.3f;
    shares[0] = shares[2 * 7] = 0.9f;
    shares[1 * 7] = 0.1f;
    CtcFigure found[4];
    guint n = ctc_figures(&alphabet, shares, 3, found, 4);
    cr_assert_geq(n, 2);
    cr_assert_str_eq(found[0].text, "0");
    cr_assert_gt(found[0].share, 0.8f);
    alphabet_clear(&alphabet);
    cr_assert_not(alphabet_read(&alphabet, "1\n\n2\n", 5));
}

/* Shapes of a figure as drawn in letters: T tall, S as wide, W two digits that touch, P point, C comma, B bar, E two bars. */
static GArray *draw(const char *letters)
{
    GArray *shapes = g_array_new(FALSE, FALSE, sizeof(Shape));
    float x = 0;
    for (const char *p = letters; *p; p++) {
        Shape shape = {{x, 0, x + 12, 20}, 1};
        if (*p == 'W')
            shape.box.x1 = x + 27;
        if (*p == 'S')
            shape.box.x1 = x + 18;
        if (*p == 'P')
            shape.box = (ZpBox){x, 17, x + 3, 20};
        if (*p == 'C')
            shape.box = (ZpBox){x, 17, x + 3, 24};
        if (*p == 'B')
            shape.box = (ZpBox){x, 9, x + 12, 11};
        if (*p == 'E')
            shape = (Shape){{x, 6, x + 12, 14}, 2};
        g_array_append_val(shapes, shape);
        x = shape.box.x1 + 3;
    }
    return shapes;
}

Test(image, shapes_are_a_second_witness)
{
    static const struct {
        const char *shapes, *text;
        ShapesSay say;
    } CASES[] = {
        {"TTT", "940", SHAPES_AGREE},      {"TTTT", "940", SHAPES_DIFFER},
        {"TT", "940", SHAPES_DIFFER},      {"TTPTT", "97.96", SHAPES_AGREE},
        {"TTTT", "97.96", SHAPES_DIFFER},  {"TTPTT", "9796", SHAPES_DIFFER},
        {"TCTTT", "1,263", SHAPES_AGREE},  {"TPTTT", "1,263", SHAPES_DIFFER},
        {"TCTTT", "1.263", SHAPES_DIFFER}, {"TW", "100", SHAPES_UNSURE},
        {"TW", "10", SHAPES_DIFFER},       {"ETTT", "=100", SHAPES_AGREE},
        {"BTTT", "=100", SHAPES_DIFFER},   {"BT", "-1", SHAPES_AGREE},
        {"TTTT", "≥940", SHAPES_AGREE},    {"TTT", "≥940", SHAPES_DIFFER},
        {"TTTTT", "100%", SHAPES_AGREE},   {"TTT", "100%", SHAPES_DIFFER},
        {"TTS", "150", SHAPES_UNSURE},     {"TTT", "150", SHAPES_AGREE},
    };
    for (gsize k = 0; k < G_N_ELEMENTS(CASES); k++) {
        g_autoptr(GArray) shapes = draw(CASES[k].shapes);
        guint places[64];
        const ShapeRun run = {.shapes = shapes, .end = shapes->len};
        cr_assert_eq(shapes_say(&run, CASES[k].text, places), CASES[k].say, "%s as %s",
                     CASES[k].shapes, CASES[k].text);
    }
}

Test(image, a_dash_is_one_low_wide_stroke)
{
    g_autoptr(GArray) dash = draw("B"), equal = draw("E"), digit = draw("T"), two = draw("BB");
    cr_assert(shape_is_dash(dash, 25));
    cr_assert_not(shape_is_dash(equal, 25));
    cr_assert_not(shape_is_dash(digit, 25));
    cr_assert_not(shape_is_dash(two, 25));
}

/* A chevron that points right, of 20 × 20 pixels, with or without its bar. */
static PIX *draw_chevron(bool has_bar)
{
    PIX *pix = pixCreate(24, 32, 1);
    for (int k = 0; k < 20; k++) {
        pixSetPixel(pix, 2 + k, 2 + k / 2, 1);
        pixSetPixel(pix, 2 + k, 3 + k / 2, 1);
        pixSetPixel(pix, 2 + k, 21 - k / 2, 1);
        pixSetPixel(pix, 2 + k, 22 - k / 2, 1);
    }
    for (int x = 2; x < 22 && has_bar; x++) {
        pixSetPixel(pix, x, 26, 1);
        pixSetPixel(pix, x, 27, 1);
    }
    return pix;
}

Test(image, the_bar_under_a_sign_is_seen)
{
    PIX *strict = draw_chevron(false), *equal = draw_chevron(true);
    cr_assert_eq(shape_bar(strict, &(ZpBox){2, 2, 22, 23}, true), BAR_NONE);
    cr_assert_eq(shape_bar(equal, &(ZpBox){2, 2, 22, 28}, true), BAR_ONE);
    pixDestroy(&strict);
    pixDestroy(&equal);
}

Test(image, rows_of_ink_are_cut_into_lines)
{
    static const struct {
        const char *rows; /* a letter a row of ink, by how much: . none, a little, z much */
        guint n;
    } CASES[] = {
        {"zzzzzzzzzz", 1},                /* a line of one em */
        {"zzzzzzzzzz....zzzzzzzzzz", 2},  /* two */
        {"zz.zzzzzzzz", 1},               /* the top stroke of a character */
        {"zzzzzzzzzzzzbzzzzzzzzzzzz", 2}, /* two that touch */
        {"", 0},
    };
    for (gsize k = 0; k < G_N_ELEMENTS(CASES); k++) {
        g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(LineBox));
        guint counts[64] = {0}, n = (guint)strlen(CASES[k].rows);
        for (guint y = 0; y < n; y++)
            counts[y] = CASES[k].rows[y] == '.' ? 0 : (guint)(CASES[k].rows[y] - 'a') + 1;
        lines_cut(counts, n, 10, lines);
        cr_assert_eq(lines->len, CASES[k].n, "%s: %u", CASES[k].rows, lines->len);
    }
}

static void draw_box(PIX *pix, int x, int y, int w, int h)
{
    BOX *box = boxCreate(x, y, w, h);
    pixSetInRect(pix, box);
    boxDestroy(&box);
}

/* A table of 2 × 2 cells with a character in each: rules are found, and the characters stay. */
Test(image, rules_are_told_from_strokes)
{
    Picture picture = {.dpi = 300, .em = 40};
    picture.ink = pixCreate(1000, 600, 1);
    picture.grey = pixCreate(1000, 600, 8);
    for (int k = 0; k < 3; k++) {
        draw_box(picture.ink, 50, 50 + 200 * k, 803, 3);
        draw_box(picture.ink, 50 + 400 * k, 50, 3, 403);
    }
    draw_box(picture.ink, 200, 130, 36, 4); /* 一 */
    g_autoptr(Marks) marks = ruling_find(&picture);
    g_autoptr(GPtrArray) groups = rules_group(marks);
    cr_assert_eq(marks->rules->len, 6);
    cr_assert_eq(groups->len, 1);
    g_autoptr(Lattice) lattice = lattice_new(g_ptr_array_index(groups, 0));
    cr_assert_eq(lattice->cells->len, 4);
    l_int32 n = 0;
    pixCountPixels(picture.ink, &n, NULL);
    cr_assert_eq(n, 36 * 4);
    picture_clear(&picture);
}

/* 8 bits of grey that claim so many pixels, as a PNG's head says it. */
static GBytes *lie(guint width, guint height)
{
    guint8 head[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0IDAT"
                    "\0\0\0\0\0\0\0\0IEND";
    guint32 sizes[2] = {GUINT32_TO_BE(width), GUINT32_TO_BE(height)};
    memcpy(head + 16, sizes, sizeof sizes);
    return g_bytes_new(head, sizeof head);
}

/* ZP_LIMIT_IMAGE_PIXELS, ZP_LIMIT_IMAGE_SIDE: said by the head, before a pixel is decoded. */
Test(image, a_head_that_says_too_much_is_not_decoded)
{
    static const struct {
        guint width, height;
        PictureState state;
    } CASES[] = {
        {ZP_LIMIT_IMAGE_SIDE + 1, 1, PICTURE_LARGE},
        {1, ZP_LIMIT_IMAGE_SIDE + 1, PICTURE_LARGE},
        {ZP_LIMIT_IMAGE_SIDE, ZP_LIMIT_IMAGE_PIXELS / ZP_LIMIT_IMAGE_SIDE + 1, PICTURE_LARGE},
        {10, 10, PICTURE_DAMAGED},
    };
    for (gsize k = 0; k < G_N_ELEMENTS(CASES); k++) {
        g_autoptr(GBytes) bytes = lie(CASES[k].width, CASES[k].height);
        gsize size = 0;
        const guint8 *data = g_bytes_get_data(bytes, &size);
        PIX *pix = NULL;
        float dpi = 0;
        cr_assert_eq(picture_decode(data, size, 0, &pix, &dpi), CASES[k].state, "%zu", k);
        cr_assert_null(pix);
    }
}

/* ZP_LIMIT_IMAGE_WIDTH: 48 pixels high and with its margins, no part of a line is wider. */
Test(image, a_long_line_is_parted)
{
    const float em = 10;
    PIX *ink = pixCreate(4000, 40, 1);
    draw_box(ink, 0, 10, 4000, 9);
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(LineBox));
    lines_find(ink, &(LineBox){0, 0, 4000, 40}, em, lines);
    cr_assert_geq(lines->len, 5);
    for (guint k = 0; k < lines->len; k++) {
        const LineBox *line = &g_array_index(lines, LineBox, k);
        cr_assert_lt((float)(line->x1 - line->x0) / (1.15f * em) * 48, ZP_LIMIT_IMAGE_WIDTH);
    }
    pixDestroy(&ink);
}

/* ZP_LIMIT_DOUBTS: of very many doubtful figures the last finding says how many more there are.
 * ZP_LIMIT_IMAGE_READINGS: as many others as a value keeps. */
Test(image, doubtful_figures_are_bounded)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, &error);
    g_autoptr(ZpForm) form = zp_form_new();
    g_autoptr(ZpReport) report = zp_report_new();
    const ZpPictured page = {.page = 1, .dpi = 300};
    const ZpOcr ocr = {.state = ZP_OCR_DOUBTFUL, .others = {"8"}, .n_others = 1};
    G_STATIC_ASSERT(ZP_LIMIT_IMAGE_READINGS == ZP_OCR_OTHERS);
    g_array_append_val(form->pictured, page);
    for (guint k = 0; k < ZP_LIMIT_DOUBTS + 3; k++)
        zp_form_add_indicator(form)->actual =
            (ZpValue){.text = "3", .ocr = zp_form_keep_ocr(form, &ocr)};
    zp_check_form(rulebook, form, report, NULL);
    guint n = 0, n_more = 0;
    for (guint k = 0; k < report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(report->findings, k);
        n += finding->rule == ZP_RULE_D06;
        n_more += finding->rule == ZP_RULE_D06 && strcmp(finding->message, "more") == 0;
    }
    cr_assert_eq(n, ZP_LIMIT_DOUBTS + 1);
    cr_assert_eq(n_more, 1);
}

/* Strokes that nearly touch the rules above and below are no rules, however often they stand over each other. */
Test(image, strokes_between_close_rules)
{
    Picture picture = {.dpi = 200, .em = 24};
    picture.ink = pixCreate(700, 300, 1);
    picture.grey = pixCreate(700, 300, 8);
    pixSetAllArbitrary(picture.grey, 255);
    for (int row = 0; row <= 6; row++)
        draw_box(picture.ink, 20, 20 + 36 * row, 660, 2);
    for (int x = 20; x <= 680; x += 220)
        draw_box(picture.ink, x, 20, 2, 218);
    for (int row = 0; row < 6; row++) {
        for (int x = 40; x < 200; x += 9) /* 28 high, four pixels from each rule */
            draw_box(picture.ink, x, 25 + 36 * row, 3, 28);
    }
    draw_box(picture.ink, 260, 66, 90, 20); /* as thick as text: no rule, and it stays */
    draw_box(picture.ink, 300, 110, 120,
             18); /* text that touches the rule below it: the rule is thin, and it stays */
    g_autoptr(Marks) marks = ruling_find(&picture);
    guint n_upright = 0;
    for (guint k = 0; k < marks->rules->len; k++) {
        const ZpBox *box = &g_array_index(marks->rules, ZpBox, k);
        n_upright += box->y1 - box->y0 > box->x1 - box->x0;
    }
    cr_assert_eq(n_upright, 4, "%u", n_upright);
    cr_assert_eq(marks->rules->len, 11, "%u", marks->rules->len);
    l_uint32 bit = 0;
    pixGetPixel(picture.ink, 41, 35, &bit);
    cr_assert_eq(bit, 1); /* and they stay in the ink */
    pixGetPixel(picture.ink, 300, 76, &bit);
    cr_assert_eq(bit, 1);
    pixGetPixel(picture.ink, 350, 116, &bit);
    cr_assert_eq(bit, 1);
    for (guint k = 0; k < marks->rules->len; k++) {
        const ZpBox *box = &g_array_index(marks->rules, ZpBox, k);
        float y = (box->y0 * 200 / 72 - 21) / 36;
        cr_assert(box->y1 > box->y0 || fabsf(y - roundf(y)) * 36 < 2, "%f", y);
    }
    picture_clear(&picture);
}

/* On a dirty page a pair of specks is no company for each other; a point beside a digit stays. */
Test(image, dirt_is_no_company_for_dirt)
{
    const float em = 24;
    l_uint32 bit = 1;
    PIX *ink = pixCreate(600, 400, 1);
    draw_box(ink, 100, 100, 12, 20);
    draw_box(ink, 115, 117, 3, 3);
    for (int k = 0; k < 12; k++) /* lone ones make the page a dirty one */
        draw_box(ink, 40 + 45 * k, 300, 3, 3);
    draw_box(ink, 400, 120, 3, 3);
    draw_box(ink, 408, 122, 3, 3);
    lines_despeckle(ink, em);
    pixGetPixel(ink, 116, 118, &bit);
    cr_assert_eq(bit, 1);
    pixGetPixel(ink, 401, 121, &bit);
    cr_assert_eq(bit, 0);
    pixGetPixel(ink, 409, 123, &bit);
    cr_assert_eq(bit, 0);
    pixDestroy(&ink);
}

static GBytes *crop_all(const void *picture, const ZpBox *box)
{
    cr_assert(box->x1 > box->x0);
    return g_bytes_ref((GBytes *)picture);
}

/* ZP_LIMIT_CROPS: of so many doubtful texts of a document there is a picture; ZP_LIMIT_CROP_SIDE: none is wider. */
Test(image, crops_are_bounded)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) picture = g_bytes_new_static("x", 1);
    g_autoptr(ZpDocument) document = zp_document_new_within(NULL);
    g_autoptr(GPtrArray) readings = g_ptr_array_new(), glyphs = g_ptr_array_new();
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    __attribute__((cleanup(page_clear))) Page page = {0};
    PageReading doubtful = {.share = 0.5f, .is_doubtful = true, .others = others, .text = "8"};
    Glyph glyph = {.box = {1, 1, 9, 9}, .c = '8', .em = 8, .reading = 1};
    cr_assert(
        page_init(&page, document, 1, 100, 100, g_array_new(FALSE, FALSE, sizeof(Glyph)), &error));
    g_ptr_array_add(readings, &doubtful);
    g_ptr_array_add(glyphs, &glyph);
    page.readings = readings;
    page.crop = crop_all;
    page.picture = picture;
    document->n_crops = ZP_LIMIT_CROPS - 1;
    cr_assert(page_ocr(&page, glyphs, (ZpSpan){0, 1})->crop == picture);
    cr_assert_null(page_ocr(&page, glyphs, (ZpSpan){0, 1})->crop);
    doubtful.is_doubtful = false;
    document->n_crops = 0;
    cr_assert_null(page_ocr(&page, glyphs, (ZpSpan){0, 1})->crop); /* it is not in doubt */

    ImagePage read = {.dpi = 72, .picture = pixCreate(4000, 40, 8)};
    g_autoptr(GBytes) wide = zp_image_module.crop(&read, &(ZpBox){0, 0, 4000, 40});
    guint32 width = 0, height = 0;
    cr_assert(zp_png_look(wide, ZP_LIMIT_CROP_SIDE, &width, &height));
    cr_assert_gt(width, ZP_LIMIT_CROP_SIDE / 2);
    cr_assert_null(zp_image_module.crop(&read, &(ZpBox){5000, 5000, 5010, 5010}));
    zp_image_module.clear(&read);
}

/* ZP_LIMIT_IMAGE_RULES: a page of dashes has so many and no more; ZP_LIMIT_IMAGE_LINES likewise. */
Test(image, a_page_of_strokes_is_bounded)
{
    const float em = 4;
    Picture picture = {.dpi = 300, .em = em};
    picture.ink = pixCreate(2400, 1200, 1);
    picture.grey = pixCreate(2400, 1200, 8);
    for (int y = 2; y < 1190; y += 7)
        for (int x = 2; x < 2380; x += 18)
            draw_box(picture.ink, x, y, 9, 1);
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(LineBox));
    lines_find(picture.ink, &(LineBox){0, 0, 2400, 1200}, 1.5f, lines);
    cr_assert_eq(lines->len, ZP_LIMIT_IMAGE_LINES);
    g_autoptr(Marks) marks = ruling_find(&picture);
    cr_assert(marks->is_over);
    cr_assert_leq(marks->rules->len, ZP_LIMIT_IMAGE_RULES);
    picture_clear(&picture);
}

/* A picture as a page of a PDF, for a text layer to go over; the same bytes every time. */
Test(image, a_picture_goes_into_a_pdf)
{
    for (int depth = 1; depth <= 32; depth *= depth == 1 ? 8 : 4) {
        PIX *pix = pixCreate(400, 200, depth);
        l_uint8 *data = NULL;
        size_t size = 0;
        pixSetResolution(pix, 200, 200);
        cr_assert_eq(pixWriteMem(&data, &size, pix, depth == 32 ? IFF_JFIF_JPEG : IFF_PNG), 0);
        g_autoptr(GBytes) bytes = g_bytes_new(data, size);
        g_autoptr(GBytes) pdf = zp_image_module.to_pdf(bytes);
        g_autoptr(GBytes) again = zp_image_module.to_pdf(bytes);
        cr_assert(pdf && g_bytes_equal(pdf, again), "%d", depth);
        cr_assert(memcmp(g_bytes_get_data(pdf, NULL), "%PDF-", 5) == 0);
        lept_free(data);
        pixDestroy(&pix);
    }
    g_autoptr(GBytes) broken = g_bytes_new_static("\x89PNG\r\n\x1a\n", 8);
    cr_assert_null(zp_image_module.to_pdf(broken));
}
