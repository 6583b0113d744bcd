/*
 * sheet.c - workbooks by libxlsxwriter, which writes ECMA-376 (SpreadsheetML).
 *
 * In its constant-memory mode a row goes to the sheet's temporary file when the next one begins, so rows
 * are written once, downwards, and texts stand in their cells.  What Excel bounds is bounded here, since the
 * library would warn on standard error: rows and links of a sheet, characters of a cell, number formats of
 * a workbook.  Past the links of a sheet, HYPERLINK formulas go on: they hold a reference of our own making
 * and the name, both escaped, and nothing else of a document is ever a formula.
 */
#include "output/sheet.h"

#include "base/ending.h"
#include "base/error.h"
#include "base/limits.h"
#include "output/escape.h"
#include "output/sheet_figure.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

/* What Excel takes: bytes of a reference in a cell, and of a text inside a formula. */
#define LINK_BYTES    2000
#define FORMULA_CHARS 255

struct ZpSheet {
    ZpBook *book;
    const ZpSheetPlan *plan;
    lxw_worksheet *page;
    guint n_pages;
    guint n_columns;
    lxw_row_t row; /* of the page; 0 is its head */
    lxw_col_t col; /* the next cell */
    guint n_links; /* of the page */
    GString *remarks;
};

typedef struct {
    lxw_format *head, *text, *wrapped, *link, *review, *cell_colours[4];
} Formats;

struct ZpBook {
    ZpLang lang;
    guint most_rows, most_links;
    lxw_workbook *book;
    char *path;
    Formats formats;
    GHashTable *numbers; /* format code → lxw_format */
    GPtrArray *sheets;   /* of ZpSheet */
    guint64 n_long, n_cut;
};

/* The words of the severities and the colour behind them. */
static const struct {
    const char *zh, *en;
    lxw_color_t ink, ground;
} COLOURS[] = {
    {"错误", "error", 0x9C0006, 0xFFC7CE},
    {"警告", "warning", 0x7F6000, 0xFFEB9C},
    {"提示", "note", 0x1F4E79, 0xDDEBF7},
    {"未判断", "unjudged", 0x3F3F76, 0xE4DFEC},
};
G_STATIC_ASSERT(G_N_ELEMENTS(COLOURS) == G_N_ELEMENTS(((Formats *)0)->cell_colours));

static void make_formats(ZpBook *book)
{
    Formats *formats = &book->formats;
    lxw_format **const all[] = {&formats->head, &formats->text, &formats->wrapped, &formats->link,
                                &formats->review};
    for (gsize k = 0; k < G_N_ELEMENTS(all); k++) {
        *all[k] = workbook_add_format(book->book);
        format_set_align(*all[k], LXW_ALIGN_VERTICAL_TOP);
        format_set_num_format_index(*all[k], 49); /* "@": who edits "=1+1" keeps a text */
    }
    format_set_bold(formats->head);
    format_set_bg_color(formats->head, 0xD9E1F2);
    format_set_bottom(formats->head, LXW_BORDER_THIN);
    format_set_text_wrap(formats->head);
    format_set_text_wrap(formats->wrapped);
    format_set_font_color(formats->link, 0x0563C1);
    format_set_underline(formats->link, LXW_UNDERLINE_SINGLE);
    format_set_bg_color(formats->review, 0xFFF9E5);
    format_set_text_wrap(formats->review);
    format_set_border(formats->review, LXW_BORDER_HAIR);
    for (gsize k = 0; k < G_N_ELEMENTS(COLOURS); k++) {
        formats->cell_colours[k] = workbook_add_format(book->book);
        format_set_font_color(formats->cell_colours[k], COLOURS[k].ink);
        format_set_bg_color(formats->cell_colours[k], COLOURS[k].ground);
    }
}

ZpBook *zp_book_new(const ZpBookOptions *options, GError **error)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "ziping-XXXXXX", NULL);
    int fd = zp_aside_open(path, O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) {
        zp_error_set(error, ZP_ERROR_OUTPUT, "无法写入 %s", "cannot write %s", g_get_tmp_dir());
        return NULL;
    }
    close(fd);
    ZpBook *book = g_new0(ZpBook, 1);
    book->path = g_steal_pointer(&path);
    book->lang = options->lang;
    book->most_rows = options->rows ? options->rows : ZP_LIMIT_SHEET_ROWS;
    book->most_links = options->links ? options->links : ZP_LIMIT_SHEET_LINKS;
    book->numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    book->sheets = g_ptr_array_new();
    lxw_workbook_options own = {.constant_memory = LXW_TRUE, .tmpdir = (char *)g_get_tmp_dir()};
    book->book = workbook_new_opt(book->path, &own);
    /* 1980: the same bytes every time; by its author parsers/own.c knows it. */
    lxw_doc_properties properties = {.author = (char *)"ziping", .created = 315532800};
    workbook_set_properties(book->book, &properties);
    make_formats(book);
    return book;
}

/* A severity's colours, or what is not 0, in one column. */
static void colour_column(const ZpSheet *sheet, lxw_col_t col, ZpLook look)
{
    const ZpBook *book = sheet->book;
    lxw_row_t last = MAX(sheet->row, 1);
    for (gsize k = 0; look == ZP_LOOK_SEVERITY && k < G_N_ELEMENTS(COLOURS); k++) {
        const char *word = zp_lang_pick(book->lang, COLOURS[k].zh, COLOURS[k].en);
        g_autofree char *quoted = g_strdup_printf("\"%s\"", word);
        lxw_conditional_format rule = {.type = LXW_CONDITIONAL_TYPE_CELL,
                                       .criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO,
                                       .value_string = quoted,
                                       .format = book->formats.cell_colours[k]};
        worksheet_conditional_format_range(sheet->page, 1, col, last, col, &rule);
    }
    if (look != ZP_LOOK_NONZERO)
        return;
    lxw_conditional_format rule = {.type = LXW_CONDITIONAL_TYPE_CELL,
                                   .criteria = LXW_CONDITIONAL_CRITERIA_NOT_EQUAL_TO,
                                   .value = 0,
                                   .format = book->formats.cell_colours[0]};
    worksheet_conditional_format_range(sheet->page, 1, col, last, col, &rule);
}

/* What can only be said when the last row is known. */
static void end_page(const ZpSheet *sheet)
{
    const ZpSheetColumn *columns = sheet->plan->columns;
    worksheet_autofilter(sheet->page, 0, 0, MAX(sheet->row, 1), (lxw_col_t)(sheet->n_columns - 1));
    for (lxw_col_t col = 0; col < sheet->n_columns; col++)
        colour_column(sheet, col, columns[col].look);
}

static lxw_format *format_of(const ZpBook *book, ZpLook look)
{
    if (look == ZP_LOOK_REVIEW)
        return book->formats.review;
    return look == ZP_LOOK_WRAPPED ? book->formats.wrapped : book->formats.text;
}

static void begin_page(ZpSheet *sheet)
{
    ZpBook *book = sheet->book;
    const ZpSheetPlan *plan = sheet->plan;
    g_autoptr(GString) name = g_string_new(zp_lang_pick(book->lang, plan->zh, plan->en));
    if (++sheet->n_pages > 1)
        g_string_append_printf(name, " %u", sheet->n_pages);
    sheet->page = workbook_add_worksheet(book->book, name->str);
    sheet->row = 0;
    sheet->n_links = 0;
    worksheet_freeze_panes(sheet->page, 1, 0);
    worksheet_set_landscape(sheet->page);
    worksheet_fit_to_pages(sheet->page, 1, 0);
    worksheet_repeat_rows(sheet->page, 0, 0);
    for (lxw_col_t col = 0; col < sheet->n_columns; col++) {
        const ZpSheetColumn *column = &plan->columns[col];
        worksheet_set_column(sheet->page, col, col, column->width,
                             column->look == ZP_LOOK_REVIEW ? book->formats.review : NULL);
        worksheet_write_string(sheet->page, 0, col,
                               zp_lang_pick(book->lang, column->zh, column->en),
                               book->formats.head);
    }
}

ZpSheet *zp_book_add(ZpBook *book, const ZpSheetPlan *plan)
{
    ZpSheet *sheet = g_new0(ZpSheet, 1);
    sheet->book = book;
    sheet->plan = plan;
    sheet->remarks = g_string_new(NULL);
    while (plan->columns[sheet->n_columns].zh)
        sheet->n_columns++;
    g_ptr_array_add(book->sheets, sheet);
    begin_page(sheet);
    return sheet;
}

void zp_sheet_row(ZpSheet *sheet)
{
    if (sheet->row + 1 >= sheet->book->most_rows) {
        end_page(sheet);
        begin_page(sheet);
    }
    sheet->row++;
    sheet->col = 0;
    g_string_truncate(sheet->remarks, 0);
}

void zp_sheet_skip(ZpSheet *sheet)
{
    sheet->col++;
}

/* What the cell before could not hold, by the head of its column. */
static void remark(ZpSheet *sheet, lxw_col_t col, const char *zh, const char *en)
{
    ZpLang lang = sheet->book->lang;
    const ZpSheetColumn *column = &sheet->plan->columns[col];
    if (sheet->remarks->len > 0)
        g_string_append(sheet->remarks, zp_lang_pick(lang, "；", "; "));
    g_string_append_printf(sheet->remarks, "%s%s%s", zp_lang_pick(lang, column->zh, column->en),
                           zp_lang_pick(lang, "：", ": "), zp_lang_pick(lang, zh, en));
}

/* A text as a cell takes it, cut where Excel would refuse it. */
static char *cell_text(ZpSheet *sheet, const char *text)
{
    GString *escaped = g_string_new(NULL);
    zp_escape_sheet(escaped, text);
    if (escaped->len > ZP_LIMIT_SHEET_CELL) {
        g_string_truncate(escaped, zp_text_cut(escaped->str, escaped->len, ZP_LIMIT_SHEET_CELL));
        g_string_append(escaped, "…");
        sheet->book->n_cut++;
        remark(sheet, sheet->col, "过长，已截短", "too long for a cell, cut");
    }
    return g_string_free(escaped, FALSE);
}

void zp_sheet_text(ZpSheet *sheet, const char *text)
{
    if (text && *text) {
        g_autofree char *cell = cell_text(sheet, text);
        worksheet_write_string(sheet->page, sheet->row, sheet->col, cell,
                               format_of(sheet->book, sheet->plan->columns[sheet->col].look));
    }
    sheet->col++;
}

/* The format of a code; NULL when a workbook bears no further one. */
static lxw_format *number_format(ZpBook *book, const char *code)
{
    lxw_format *format = g_hash_table_lookup(book->numbers, code);
    if (format || g_hash_table_size(book->numbers) >= ZP_LIMIT_SHEET_FORMATS)
        return format;
    format = workbook_add_format(book->book);
    format_set_num_format(format, code);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    g_hash_table_insert(book->numbers, g_strdup(code), format);
    return format;
}

/* The one place where a figure is a binary number: 15 digits, which it gives back unchanged. */
static void write_number(ZpSheet *sheet, const char *number, lxw_format *format)
{
    worksheet_write_number(sheet->page, sheet->row, sheet->col, g_ascii_strtod(number, NULL),
                           format);
    sheet->col++;
}

void zp_sheet_count(ZpSheet *sheet, guint64 count)
{
    g_autofree char *number = g_strdup_printf("%" G_GUINT64_FORMAT, count);
    write_number(sheet, number, number_format(sheet->book, "0"));
}

void zp_sheet_place(ZpSheet *sheet, guint place)
{
    if (place > 0)
        zp_sheet_count(sheet, place);
    else
        zp_sheet_skip(sheet);
}

void zp_sheet_figure_cell(ZpSheet *sheet, const char *text, const ZpValue *value)
{
    ZpSheetFigure figure;
    ZpSheetKind kind = text && *text ? zp_sheet_figure(text, value, &figure) : ZP_SHEET_TEXT;
    lxw_format *format = kind == ZP_SHEET_NUMBER ? number_format(sheet->book, figure.format) : NULL;
    if (format) {
        write_number(sheet, figure.number, format);
        return;
    }
    zp_sheet_text(sheet, text);
    if (kind == ZP_SHEET_TEXT)
        return;
    sheet->book->n_long++;
    remark(sheet, sheet->col - 1, "这个数放进表格会变样，按文本保存",
           "kept as text: a workbook's number would change it");
}

/* Within quotes of a formula, a quote stands twice. */
static void append_quoted(GString *out, const char *text)
{
    g_string_append_c(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
}

static void write_formula(ZpSheet *sheet, const char *shown, const char *link)
{
    g_autoptr(GString) formula = g_string_new("=HYPERLINK(");
    append_quoted(formula, link);
    g_string_append_c(formula, ',');
    append_quoted(formula, shown);
    g_string_append_c(formula, ')');
    worksheet_write_formula_str(sheet->page, sheet->row, sheet->col, formula->str,
                                sheet->book->formats.link, shown);
}

void zp_sheet_link(ZpSheet *sheet, const char *text, const char *link)
{
    ZpBook *book = sheet->book;
    bool is_short = link && strlen(link) <= LINK_BYTES;
    bool is_formula = is_short && sheet->n_links >= book->most_links;
    if (!is_short || (is_formula && (g_utf8_strlen(link, -1) > FORMULA_CHARS ||
                                     g_utf8_strlen(text, -1) > FORMULA_CHARS))) {
        zp_sheet_text(sheet, text);
        return;
    }
    g_autofree char *shown = cell_text(sheet, text);
    if (is_formula) {
        write_formula(sheet, shown, link);
    } else {
        g_autofree char *reference = g_strconcat("external:", link, NULL);
        worksheet_write_url_opt(sheet->page, sheet->row, sheet->col, reference, book->formats.link,
                                NULL, NULL);
        worksheet_write_string(sheet->page, sheet->row, sheet->col, shown,
                               book->formats.link); /* the library writes its slashes as \ */
        sheet->n_links++;
    }
    sheet->col++;
}

/* Pixels of a character of a column's width; pixels of the highest row that Excel bears, about. */
#define CHARACTER_PIXELS 7u
#define ROW_PIXELS       530u

void zp_sheet_picture(ZpSheet *sheet, GBytes *png, guint width, guint height)
{
    gsize size = 0;
    const guint8 *data = png ? g_bytes_get_data(png, &size) : NULL;
    guint room = (guint)sheet->plan->columns[sheet->col].width * CHARACTER_PIXELS - 6;
    if (data) {
        guint percent = MIN(100, MIN(room * 100 / width, ROW_PIXELS * 100 / height));
        lxw_image_options options = {.x_offset = 2,
                                     .y_offset = 2,
                                     .x_scale = percent / 100.0,
                                     .y_scale = percent / 100.0,
                                     .object_position = LXW_OBJECT_MOVE_DONT_SIZE};
        worksheet_set_row_pixels(sheet->page, sheet->row, height * percent / 100 + 8, NULL);
        worksheet_insert_image_buffer_opt(sheet->page, sheet->row, sheet->col, data, size,
                                          &options);
    }
    sheet->col++;
}

void zp_sheet_remarks(ZpSheet *sheet)
{
    g_autofree char *remarks = g_strdup(sheet->remarks->str);
    zp_sheet_text(sheet, remarks);
}

guint64 zp_book_long_figures(const ZpBook *book)
{
    return book->n_long;
}

guint64 zp_book_cut_texts(const ZpBook *book)
{
    return book->n_cut;
}

static bool set_error(GError **error, const char *why)
{
    zp_error_set(error, ZP_ERROR_OUTPUT, "工作簿无法写出：%s", "cannot write the workbook: %s",
                 why);
    return false;
}

/* The library does not ask whether its temporary files took the rows. */
static bool is_stored(const ZpBook *book)
{
    lxw_worksheet *page;
    STAILQ_FOREACH(page, book->book->worksheets, list_pointers)
    {
        if (page->optimize_tmpfile &&
            (fflush(page->optimize_tmpfile) != 0 || ferror(page->optimize_tmpfile)))
            return false;
    }
    return true;
}

static bool copy_file(const char *path, GOutputStream *stream, GError **error)
{
    g_autoptr(GFile) file = g_file_new_for_path(path);
    g_autoptr(GError) cause = NULL;
    g_autoptr(GFileInputStream) from = g_file_read(file, NULL, &cause);
    bool done = from && g_output_stream_splice(stream, G_INPUT_STREAM(from),
                                               G_OUTPUT_STREAM_SPLICE_NONE, NULL, &cause) >= 0;
    return done || set_error(error, cause->message);
}

bool zp_book_finish(ZpBook *book, GOutputStream *stream, GError **error)
{
    for (guint k = 0; k < book->sheets->len; k++)
        end_page(g_ptr_array_index(book->sheets, k));
    bool stored = is_stored(book);
    lxw_error failed = workbook_close(book->book); /* frees it, too */
    book->book = NULL;
    if (!stored || failed)
        return set_error(error, stored ? lxw_strerror(failed) : g_get_tmp_dir());
    return copy_file(book->path, stream, error);
}

static void free_sheet(gpointer data, gpointer unused)
{
    ZpSheet *sheet = data;
    (void)unused;
    g_string_free(sheet->remarks, TRUE);
    g_free(sheet);
}

void zp_book_free(ZpBook *book)
{
    if (!book)
        return;
    if (book->book)
        lxw_workbook_free(book->book);
    g_ptr_array_foreach(book->sheets, free_sheet, NULL);
    g_ptr_array_unref(book->sheets);
    g_hash_table_unref(book->numbers);
    zp_aside_drop(book->path);
    g_free(book->path);
    g_free(book);
}
