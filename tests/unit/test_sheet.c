/*
 * test_sheet.c - figures, links and pages of a workbook, read back by the house's own parser.
 */
#include "base/limits.h"
#include "output/link.h"
#include "output/sheet.h"
#include "output/sheet_figure.h"
#include "parsers/parser.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

static const struct {
    const char *text;
    const char *value, *unit; /* (nullable) how it was read; NULL: nobody read it */
    ZpSheetKind kind;
    const char *number, *format;
} FIGURES[] = {
    {"1,263.00", NULL, NULL, ZP_SHEET_NUMBER, "1263.00", "#,##0.00"},
    {"88.82%", NULL, NULL, ZP_SHEET_NUMBER, "0.8882", "0.00%"},
    {"１００％", NULL, NULL, ZP_SHEET_NUMBER, "1.00", "0%"},
    {"-0.5", NULL, NULL, ZP_SHEET_NUMBER, "-0.5", "0.0"},
    {"10分", NULL, NULL, ZP_SHEET_NUMBER, "10", "0\"分\""},
    {"0", NULL, NULL, ZP_SHEET_NUMBER, "0", "0"},
    {"(1)", "-1", NULL, ZP_SHEET_NUMBER, "-1", "0;(0)"},
    {"△1.0", "-1.0", NULL, ZP_SHEET_NUMBER, "-1.0", "0.0"},
    /* A zero that leads, commas that part no thousands, prose, a comparator. */
    {"007", NULL, NULL, ZP_SHEET_TEXT, NULL, NULL},
    {"1,23", NULL, NULL, ZP_SHEET_TEXT, NULL, NULL},
    {",123", NULL, NULL, ZP_SHEET_TEXT, NULL, NULL},
    {"0,123", NULL, NULL, ZP_SHEET_TEXT, NULL, NULL},
    {"1.234,567", NULL, NULL, ZP_SHEET_TEXT, NULL, NULL},
    {"=100%", NULL, NULL, ZP_SHEET_TEXT, NULL, NULL},
    {"+1", NULL, NULL, ZP_SHEET_TEXT, NULL, NULL},
    {"一", NULL, NULL, ZP_SHEET_TEXT, NULL, NULL},
    /* 3万 is no 3, wherever it stands. */
    {"3万", "3", "万", ZP_SHEET_TEXT, NULL, NULL},
    /* 15 digits come back, more do not. */
    {"123456789012.345", NULL, NULL, ZP_SHEET_NUMBER, "123456789012.345", "0.000"},
    {"1000000000000000000.00", NULL, NULL, ZP_SHEET_NUMBER, "1000000000000000000.00", "0.00"},
    {"1234567890123.456", NULL, NULL, ZP_SHEET_TOO_LONG, NULL, NULL},
    {"9007199254740993", "9007199254740993", NULL, ZP_SHEET_TOO_LONG, NULL, NULL},
};

ParameterizedTestParameters(sheet, figures)
{
    static size_t rows[G_N_ELEMENTS(FIGURES)];
    for (size_t k = 0; k < G_N_ELEMENTS(rows); k++)
        rows[k] = k;
    return cr_make_param_array(size_t, rows, G_N_ELEMENTS(rows));
}

ParameterizedTest(size_t *k, sheet, figures)
{
    const char *text = FIGURES[*k].text, *value = FIGURES[*k].value;
    ZpValue read = {.text = text, .unit = FIGURES[*k].unit};
    read.has_value = value && zp_decimal_parse(value, strlen(value), &read.value);
    ZpSheetFigure figure;
    ZpSheetKind kind = zp_sheet_figure(text, value ? &read : NULL, &figure);
    cr_assert_eq(kind, FIGURES[*k].kind, "%s: %d", text, kind);
    if (kind != ZP_SHEET_NUMBER)
        return;
    cr_assert_str_eq(figure.number, FIGURES[*k].number, "%s: %s", text, figure.number);
    cr_assert_str_eq(figure.format, FIGURES[*k].format, "%s: %s", text, figure.format);
}

/* A binary number gives 15 digits back, whichever they are: what sheet_figure.c builds on. */
Test(sheet, fifteen_digits_come_back)
{
    guint64 seed = 7;
    for (int k = 0; k < 20000; k++) {
        seed = seed * G_GUINT64_CONSTANT(6364136223846793005) + 1442695040888963407u;
        g_autofree char *text = g_strdup_printf("%u.%06u", (guint)(seed >> 34) % 1000000000,
                                                (guint)(seed >> 20) % 1000000);
        char printed[64], again[64];
        g_snprintf(printed, sizeof printed, "%.16G", g_ascii_strtod(text, NULL));
        g_snprintf(again, sizeof again, "%.6f", g_ascii_strtod(printed, NULL));
        cr_assert_str_eq(again, text, "%s is %s", text, printed);
    }
}

static const struct {
    const char *folder, *path, *link; /* link NULL: none */
} LINKS[] = {
    {"/out", "/out/a.pdf", "a.pdf"},
    {"/out/x", "/out/in/甲 单位/a#1.pdf", "../in/甲%20单位/a%231.pdf"},
    {"/", "/a.pdf", "a.pdf"},
    {"/out", "/other/javascript:alert(1)", "../other/javascript%3Aalert%281%29"},
    {"/o", "/out/\"a\".pdf", "../out/%22a%22.pdf"},
    {"/out", "-", NULL},
    {"/out", "/out/a\xff.pdf", NULL},
    {"/out", "/out/a\xe2\x80\xae.pdf", NULL},
};

ParameterizedTestParameters(sheet, links)
{
    static size_t rows[G_N_ELEMENTS(LINKS)];
    for (size_t k = 0; k < G_N_ELEMENTS(rows); k++)
        rows[k] = k;
    return cr_make_param_array(size_t, rows, G_N_ELEMENTS(rows));
}

ParameterizedTest(size_t *k, sheet, links)
{
    g_autoptr(GString) link = g_string_new(NULL);
    bool is_made = zp_link_append(link, LINKS[*k].folder, LINKS[*k].path);
    cr_assert_eq(is_made, LINKS[*k].link != NULL);
    cr_assert_str_eq(link->str, LINKS[*k].link ? LINKS[*k].link : "");
}

static const ZpSheetColumn COLUMNS[] = {
    {"文件", "file", 20, ZP_LOOK_PLAIN},        {"数", "figure", 10, ZP_LOOK_NONZERO},
    {"级别", "severity", 10, ZP_LOOK_SEVERITY}, {"说明", "remarks", 20, ZP_LOOK_WRAPPED},
    {"复核意见", "review", 20, ZP_LOOK_REVIEW}, {NULL, NULL, 0, ZP_LOOK_PLAIN},
};
static const ZpSheetPlan PLAN = {"问题", "Findings", COLUMNS};

static GBytes *finish(ZpBook *book)
{
    g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable();
    g_autoptr(GError) error = NULL;
    cr_assert(zp_book_finish(book, stream, &error), "%s", error ? error->message : "");
    cr_assert(g_output_stream_close(stream, NULL, NULL));
    return g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(stream));
}

static ZpDocument *read_back(GBytes *bytes)
{
    g_autoptr(GError) error = NULL;
    ZpDocument *document = zp_parser_by_name("xlsx")->read(bytes, &(ZpReadOptions){0}, &error);
    cr_assert_not_null(document, "%s", error ? error->message : "");
    return document;
}

static const char *cell_of(const ZpDocument *document, guint table, guint row, guint col)
{
    const ZpTable *one = g_ptr_array_index(document->tables, table);
    for (guint k = 0; k < one->cells->len; k++) {
        const ZpCell *cell = &g_array_index(one->cells, ZpCell, k);
        if (cell->row == row && cell->col == col)
            return cell->text;
    }
    return "";
}

static bool holds(GBytes *bytes, const char *text)
{
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    return memmem(data, size, text, strlen(text)) != NULL;
}

/* ZP_LIMIT_SHEET_ROWS and ZP_LIMIT_SHEET_LINKS: a full sheet goes on, and further links are formulas. */
Test(sheet, goes_on)
{
    const ZpBookOptions options = {.lang = ZP_LANG_ZH, .rows = 3, .links = 1};
    ZpBook *book = zp_book_new(&options, NULL);
    ZpSheet *sheet = zp_book_add(book, &PLAN);
    for (int k = 0; k < 5; k++) {
        g_autofree char *figure = g_strdup_printf("%d.5", k);
        zp_sheet_row(sheet);
        zp_sheet_link(sheet, "in/\"甲\".pdf", "in/%22甲%22.pdf");
        zp_sheet_figure_cell(sheet, figure, NULL);
        zp_sheet_text(sheet, "错误");
    }
    g_autoptr(GBytes) bytes = finish(book);
    zp_book_free(book);
    ZpDocument *document = read_back(bytes);
    cr_assert_eq(document->tables->len, 3);
    for (guint k = 0; k < 5; k++) {
        g_autofree char *figure = g_strdup_printf("%u.5", k);
        cr_assert_str_eq(cell_of(document, k / 2, 0, 0), "文件");
        cr_assert_str_eq(cell_of(document, k / 2, 1 + k % 2, 0), "in/\"甲\".pdf");
        cr_assert_str_eq(cell_of(document, k / 2, 1 + k % 2, 1), figure);
    }
    zp_document_free(document);
}

/* ZP_LIMIT_SHEET_CELL and ZP_LIMIT_SHEET_FORMATS: what is past them is said in its row. */
Test(sheet, says_what_it_cannot_hold)
{
    const ZpBookOptions options = {.lang = ZP_LANG_EN};
    ZpBook *book = zp_book_new(&options, NULL);
    ZpSheet *sheet = zp_book_add(book, &PLAN);
    g_autofree char *prose = g_strnfill(ZP_LIMIT_SHEET_CELL + 1, 'a');
    zp_sheet_row(sheet);
    zp_sheet_text(sheet, prose);
    zp_sheet_figure_cell(sheet, "1234567890123.4567", NULL);
    zp_sheet_text(sheet, "_x0041_\x01=1+1\xe2\x80\xae");
    zp_sheet_remarks(sheet);
    cr_assert_eq(zp_book_long_figures(book), 1);
    cr_assert_eq(zp_book_cut_texts(book), 1);
    for (guint k = 0; k < 31 * 6; k++) { /* formats: places times grouping and units */
        static const char *const UNITS[] = {"", "分", "元", "万元", "亿元"};
        GString *text = g_string_new(k % 6 == 5 ? "1,000." : "1.");
        for (guint place = 0; place < k / 6; place++)
            g_string_append_c(text, '0');
        if (k / 6 == 0)
            g_string_truncate(text, text->len - 1);
        g_string_append(text, k % 6 == 5 ? "" : UNITS[k % 6]);
        zp_sheet_row(sheet);
        zp_sheet_skip(sheet);
        zp_sheet_figure_cell(sheet, text->str, NULL);
        g_string_free(text, TRUE);
    }
    cr_assert_eq(zp_book_long_figures(book), 1 + 31 * 6 - ZP_LIMIT_SHEET_FORMATS);
    g_autoptr(GBytes) bytes = finish(book);
    zp_book_free(book);
    ZpDocument *document = read_back(bytes);
    cr_assert_str_eq(cell_of(document, 0, 1, 1), "1234567890123.4567");
    cr_assert_str_eq(cell_of(document, 0, 1, 2), "_x0041_\\u{0001}=1+1\\u{202E}");
    cr_assert_str_eq(
        cell_of(document, 0, 1, 3),
        "file: too long for a cell, cut; figure: kept as text: a workbook's number would "
        "change it");
    cr_assert_eq(strlen(cell_of(document, 0, 1, 0)), ZP_LIMIT_SHEET_CELL + strlen("…"));
    zp_document_free(document);
}

/* The same rows, the same bytes; a book that is not finished leaves nothing. */
Test(sheet, same_bytes)
{
    GBytes *both[2];
    for (int k = 0; k < 2; k++) {
        const ZpBookOptions options = {.lang = ZP_LANG_ZH};
        ZpBook *book = zp_book_new(&options, NULL);
        ZpSheet *sheet = zp_book_add(book, &PLAN);
        zp_sheet_row(sheet);
        zp_sheet_text(sheet, "甲");
        both[k] = finish(book);
        zp_book_free(book);
    }
    cr_assert(g_bytes_equal(both[0], both[1]));
    cr_assert(holds(both[0], "xl/worksheets/sheet1.xml"));
    g_bytes_unref(both[0]);
    g_bytes_unref(both[1]);
    ZpBook *left = zp_book_new(&(ZpBookOptions){.lang = ZP_LANG_EN}, NULL);
    zp_book_add(left, &PLAN);
    zp_book_free(left);
}
