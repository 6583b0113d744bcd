/*
 * test_level.c - how a page lies in its picture: askew, seen aslant, bent, on a desk; no model is needed.
 */
#include "parsers/image/level.h"
#include "parsers/image/page.h"
#include "parsers/image/ruling.h"
#include "parsers/image/shapes.h"
#include "parsers/image/surround.h"

#include <criterion/criterion.h>
#include <math.h>

#define WIDTH  1200
#define HEIGHT 900
#define EM     24.0f

/* How a made page lies: turned by so many degrees, far points drawn together, bent down at its left side. */
typedef struct {
    double turned, fan_x, fan_y, bent;
} Lie;

/* From a point of the page that was drawn to one of its picture. */
static void lay(const Lie *lie, double x, double y, double *to_x, double *to_y)
{
    double a = lie->turned * G_PI / 180, half = WIDTH / 2.0;
    double u = (x - half) / half, v = (y - HEIGHT / 2.0) / half;
    v += lie->bent * exp(-2.5 * (u + 1));
    double s = u * cos(a) - v * sin(a), t = u * sin(a) + v * cos(a);
    double w = 1 + lie->fan_x * s + lie->fan_y * t;
    *to_x = half + half * s / w;
    *to_y = HEIGHT / 2.0 + half * t / w;
}

static void draw_point(PIX *ink, const Lie *lie, double x, double y)
{
    double to_x, to_y;
    lay(lie, x, y, &to_x, &to_y);
    for (int k = 0; k < 9; k++)
        pixSetPixel(ink, (l_int32)lround(to_x) + k % 3 - 1, (l_int32)lround(to_y) + k / 3 - 1, 1);
}

/* A table of 6 × 5 cells. */
static PIX *draw_table(const Lie *lie)
{
    PIX *ink = pixCreate(WIDTH, HEIGHT, 1);
    for (int row = 0; row <= 6; row++)
        for (double x = 150; x <= 1050; x += 0.5)
            draw_point(ink, lie, x, 150 + 100 * row);
    for (int column = 0; column <= 5; column++)
        for (double y = 150; y <= 750; y += 0.5)
            draw_point(ink, lie, 150 + 180 * column, y);
    return ink;
}

/* On the level page the rules are straight and level again, wherever they lay. */
Test(level, a_table_is_made_level)
{
    static const Lie LIES[] = {{0, 0, 0, 0},      {2, 0, 0, 0},      {-4, 0, 0, 0},
                               {0.5, 0.06, 0, 0}, {0, 0, 0.08, 0},   {1, -0.04, 0.05, 0},
                               {0, 0, 0, 0.03},   {0.4, 0, 0, 0.035}};
    for (gsize k = 0; k < G_N_ELEMENTS(LIES); k++) {
        const Lie *lie = &LIES[k];
        PIX *ink = draw_table(lie);
        Level level;
        bool moves = level_find(ink, EM, &level);
        cr_assert_eq(moves, k > 0, "%zu", k);
        if (!moves)
            level_keep(&level, WIDTH, HEIGHT);
        cr_assert_eq(level.is_bent, lie->bent > 0, "%zu", k);
        PIX *grey = pixConvertTo8(ink, FALSE);
        PIX *flat = level_apply(grey, &level);
        /* Each rule's ink lies in so few rows that they are level: five pixels of seven and a blur. */
        NUMA *rows = NULL;
        PIX *again = pixThresholdToBinary(flat, 128);
        rows = pixCountPixelsByRow(again, NULL);
        int n_full = 0, n_rules = 0;
        for (l_int32 y = 0, last = -9; y < numaGetCount(rows); y++) {
            l_int32 n = 0;
            numaGetIValue(rows, y, &n);
            if (n < 0.75 * 880)
                continue;
            n_full++;
            n_rules += y - last > 5;
            last = y;
        }
        cr_assert_eq(n_rules, 7, "%zu: %d rules", k, n_rules);
        cr_assert_leq(n_full, 7 * 5, "%zu: %d rows", k, n_full);
        numaDestroy(&rows);
        pixDestroy(&again);
        pixDestroy(&flat);
        pixDestroy(&grey);
        pixDestroy(&ink);
    }
}

/* A place on the level page leads back to where it is in the file, whichever way up that lies. */
Test(level, places_lead_back)
{
    SheetPlace place = {.dpi = 144, .file_dpi = 72, .width = 400, .height = 200};
    static const float AT[4][2] = {{10, 20}, {20, 190}, {390, 180}, {380, 10}};
    for (int turned = 0; turned < 4; turned++) {
        float x = 10, y = 20; /* points of 1/72 inch; the level page is twice as fine as the file */
        bool is_upright = turned % 2 == 0;
        level_keep(&place.level, is_upright ? 400 : 200, is_upright ? 200 : 400);
        level_shrink(&place.level, 2);
        cr_assert_eq(place.level.width, is_upright ? 800 : 400);
        place.turned = turned;
        sheet_place(&place, &x, &y);
        cr_assert_float_eq(x, AT[turned][0], 0.01f, "%d: %f", turned, x);
        cr_assert_float_eq(y, AT[turned][1], 0.01f, "%d: %f", turned, y);
    }
}

/* The desk becomes paper; a dark thing inside of the sheet stays. */
Test(level, a_desk_is_no_ink)
{
    PIX *grey = pixCreate(1600, 1200, 8);
    pixSetAllArbitrary(grey, 60);
    BOX *sheet = boxCreate(150, 120, 1300, 960), *seal = boxCreate(700, 500, 60, 60);
    pixSetInRectArbitrary(grey, sheet, 200);
    pixSetInRectArbitrary(grey, seal, 30);
    surround_clear(grey);
    l_uint32 desk = 0, paper = 0, ink = 0;
    pixGetPixel(grey, 20, 600, &desk);
    pixGetPixel(grey, 400, 600, &paper);
    pixGetPixel(grey, 730, 530, &ink);
    cr_assert_gt(desk, 180, "%u", desk);
    cr_assert_eq(paper, 200);
    cr_assert_eq(ink, 30);
    boxDestroy(&sheet);
    boxDestroy(&seal);
    pixDestroy(&grey);
}

/* # is ink. */
static PIX *draw_rows(const char *const *rows, int n, int scale)
{
    PIX *pix = pixCreate(20 * scale, n * scale, 1);
    for (int y = 0; y < n; y++)
        for (int x = 0; rows[y][x]; x++)
            for (int k = 0; rows[y][x] == '#' && k < scale * scale; k++)
                pixSetPixel(pix, x * scale + k % scale, y * scale + k / scale, 1);
    return pix;
}

Test(level, signs_are_told_from_letters)
{
    static const struct {
        const char *rows[8];
        ShapeForm form, mirrored;
    } CASES[] = {
        {{"##......", "..###...", "....####", ".....###", "..####..", "###.....", "........",
          "########"},
         FORM_RIGHT,
         FORM_LEFT},
        {{"##....##", "###...##", "####..##", "##.##.##", "##..####", "##...###", "##....##",
          "##....##"},
         FORM_OTHER,
         FORM_OTHER}, /* N */
        {{"########", "......##", ".....##.", "....##..", "...##...", "..##....", ".##.....",
          "########"},
         FORM_OTHER,
         FORM_OTHER}, /* Z */
        {{".....#..", "....##..", "....#...", "...##...", "...#....", "..##....", "..#.....",
          ".##....."},
         FORM_SLASH,
         FORM_OTHER},
        {{"..##....", ".###....", "..##....", "..##....", "..##....", "..##....", "..##....",
          ".####..."},
         FORM_OTHER,
         FORM_OTHER}, /* 1 */
    };
    for (gsize k = 0; k < G_N_ELEMENTS(CASES); k++) {
        PIX *pix = draw_rows(CASES[k].rows, 8, 3), *part = NULL;
        BOX *box = NULL;
        l_int32 w, h;
        cr_assert_eq(pixClipToForeground(pix, &part, &box), 0);
        pixGetDimensions(part, &w, &h, NULL);
        const ZpBox all = {0, 0, (float)w, (float)h};
        cr_assert_eq(shape_form(part, &all), CASES[k].form, "%zu", k);
        pixFlipLR(part, part);
        cr_assert_eq(shape_form(part, &all), CASES[k].mirrored, "%zu mirrored", k);
        boxDestroy(&box);
        pixDestroy(&part);
        pixDestroy(&pix);
    }
}

/* Text whose strokes reach from rule to rule, in line with a column of other rows, makes no rule of its row. */
Test(level, a_column_ends_where_text_goes_on)
{
    Picture picture = {.dpi = 200, .em = 24};
    picture.ink = pixCreate(700, 300, 1);
    picture.grey = pixCreate(700, 300, 8);
    pixSetAllArbitrary(picture.grey, 255);
    for (int row = 0; row <= 6; row++)
        pixRenderLine(picture.ink, 20, 21 + 36 * row, 680, 21 + 36 * row, 2, L_SET_PIXELS);
    pixRenderLine(picture.ink, 20, 21, 20, 237, 2, L_SET_PIXELS);
    pixRenderLine(picture.ink, 680, 21, 680, 237, 2, L_SET_PIXELS);
    pixRenderLine(picture.ink, 340, 21, 340, 93, 2, L_SET_PIXELS);
    pixRenderLine(picture.ink, 340, 129, 340, 237, 2, L_SET_PIXELS);
    for (int x = 232; x < 450; x += 9) /* the third row is one cell, full of strokes */
        pixRenderLine(picture.ink, x, 98, x, 124, 3, L_SET_PIXELS);
    g_autoptr(Marks) marks = ruling_find(&picture);
    for (guint k = 0; k < marks->rules->len; k++) {
        const ZpBox *box = &g_array_index(marks->rules, ZpBox, k);
        float x = box->x0 * 200 / 72, from = box->y0 * 200 / 72, end = box->y1 * 200 / 72;
        cr_assert(end - from < 20 || x < 100 || x > 600 || end < 100 || from > 115, "%f: %f…%f", x,
                  from, end);
    }
    picture_clear(&picture);
}
