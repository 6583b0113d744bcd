/*
 * drawn_book.c - convert --to xlsx: every form drawn again on a sheet of its own.
 *
 * A text of a document is a text whatever it looks like; a figure is a number where a workbook's number shows it
 * just as it is printed (sheet_figure.h).  Sheets stay in memory until the end, so their number is bounded.
 */
#include "output/drawn.h"
#include "output/escape.h"
#include "output/sheet_figure.h"
#include "output/writer.h"

#include "base/ending.h"
#include "base/error.h"
#include "base/limits.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

typedef struct {
    lxw_workbook *book;
    char *path;
    lxw_format *title, *head, *text;
    GHashTable *numbers; /* format code → lxw_format */
    guint n_sheets;
} State;

static void free_state(gpointer data)
{
    State *state = data;
    if (state->book)
        lxw_workbook_free(state->book);
    g_hash_table_unref(state->numbers);
    zp_aside_drop(state->path);
    g_free(state->path);
    g_free(state);
}

static bool set_error(GError **error, const char *why)
{
    zp_error_set(error, ZP_ERROR_OUTPUT, "工作簿无法写出：%s", "cannot write the workbook: %s",
                 why);
    return false;
}

static lxw_format *make_format(lxw_workbook *book)
{
    lxw_format *format = workbook_add_format(book);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    format_set_border(format, LXW_BORDER_THIN);
    format_set_text_wrap(format);
    return format;
}

static bool begin_book(ZpWriting *writing, GError **error)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "ziping-XXXXXX", NULL);
    int fd = zp_aside_open(path, O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0)
        return set_error(error, g_get_tmp_dir());
    close(fd);
    State *state = g_new0(State, 1);
    writing->state = state;
    writing->free_state = free_state;
    state->path = g_steal_pointer(&path);
    state->numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    state->book = workbook_new(state->path);
    lxw_doc_properties properties = {.created = 315532800}; /* 1980: the same bytes every time */
    workbook_set_properties(state->book, &properties);
    state->title = make_format(state->book);
    state->head = make_format(state->book);
    state->text = make_format(state->book);
    format_set_bold(state->title);
    format_set_align(state->title, LXW_ALIGN_CENTER);
    format_set_bold(state->head);
    format_set_bg_color(state->head, 0xEEF2F7);
    lxw_format *const texts[] = {state->title, state->head, state->text};
    for (gsize k = 0; k < G_N_ELEMENTS(texts); k++)
        format_set_num_format_index(texts[k], 49); /* "@": who edits "=1+1" keeps a text */
    return true;
}

/* The format of a number; NULL when a workbook bears no further one. */
static lxw_format *number_format(State *state, const char *code)
{
    lxw_format *format = g_hash_table_lookup(state->numbers, code);
    if (format || g_hash_table_size(state->numbers) >= ZP_LIMIT_SHEET_FORMATS)
        return format;
    format = make_format(state->book);
    format_set_num_format(format, code);
    g_hash_table_insert(state->numbers, g_strdup(code), format);
    return format;
}

static bool write_text(const State *state, lxw_worksheet *sheet, guint row, guint col,
                       const char *text, lxw_format *format, GError **error)
{
    g_autoptr(GString) escaped = g_string_new(NULL);
    (void)state;
    zp_escape_sheet(escaped, text);
    if (escaped->len > ZP_LIMIT_SHEET_CELL) {
        zp_error_set(error, ZP_ERROR_LIMIT,
                     "有一格超过 ZP_LIMIT_SHEET_CELL（%u 字节），工作簿放不下；请用 --to html",
                     "a cell is over ZP_LIMIT_SHEET_CELL (%u bytes), more than a workbook holds; "
                     "use --to html",
                     ZP_LIMIT_SHEET_CELL);
        return false;
    }
    worksheet_write_string(sheet, row, (lxw_col_t)col, escaped->str, format);
    return true;
}

/* Whether a number's format shows a text character by character as it is printed: not so △1, １％, 25（满分）. */
static bool is_plain(const char *text)
{
    return *text && strspn(text, "0123456789.,%-") == strlen(text);
}

static bool write_cell(State *state, lxw_worksheet *sheet, guint row, guint col,
                       const ZpDrawnCell *cell, GError **error)
{
    ZpSheetFigure figure;
    lxw_format *format = cell->kind == ZP_DRAWN_CELL ? state->text : state->head;
    bool is_number = cell->value && is_plain(cell->text) &&
                     zp_sheet_figure(cell->text, cell->value, &figure) == ZP_SHEET_NUMBER;
    lxw_format *shown = is_number ? number_format(state, figure.format) : NULL;
    if (cell->rows > 1 || cell->cols > 1)
        worksheet_merge_range(sheet, row, (lxw_col_t)col, row + cell->rows - 1,
                              (lxw_col_t)(col + cell->cols - 1), "", shown ? shown : format);
    if (!shown)
        return write_text(state, sheet, row, col, cell->text, format, error);
    worksheet_write_number(sheet, row, (lxw_col_t)col, g_ascii_strtod(figure.number, NULL), shown);
    return true;
}

static bool write_line(State *state, lxw_worksheet *sheet, guint row, guint n_cols,
                       const char *text, GError **error)
{
    if (n_cols > 1)
        worksheet_merge_range(sheet, row, 0, row, (lxw_col_t)(n_cols - 1), "", state->title);
    return write_text(state, sheet, row, 0, text, state->title, error);
}

static bool write_drawn(State *state, lxw_worksheet *sheet, const ZpDrawn *drawn, GError **error)
{
    guint row = 0;
    const char *const lines[] = {drawn->title, drawn->year};
    for (gsize k = 0; k < G_N_ELEMENTS(lines); k++) {
        if (lines[k] && !write_line(state, sheet, row++, drawn->n_cols, lines[k], error))
            return false;
    }
    for (guint i = 0; i < drawn->rows->len; i++, row++) {
        const GArray *cells = drawn->rows->pdata[i];
        guint col = 0;
        for (guint k = 0; k < cells->len; k++) {
            const ZpDrawnCell *cell = &g_array_index(cells, ZpDrawnCell, k);
            if (!cell->is_covered && !write_cell(state, sheet, row, col, cell, error))
                return false;
            col += cell->cols;
        }
    }
    return true;
}

static bool write_book_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    State *state = writing->state;
    for (guint f = 0; result->forms && f < result->forms->len; f++) {
        if (state->n_sheets >= ZP_LIMIT_DRAWN_SHEETS) {
            zp_error_set(
                error, ZP_ERROR_LIMIT,
                "表超过 ZP_LIMIT_DRAWN_SHEETS（%u 张），一个工作簿放不下；请分批转换",
                "over ZP_LIMIT_DRAWN_SHEETS (%u) forms: too many for one workbook; convert "
                "them in parts",
                ZP_LIMIT_DRAWN_SHEETS);
            return false;
        }
        g_autoptr(ZpDrawn) drawn =
            zp_drawn_new(result->forms->pdata[f], zp_rulebook_labels(writing->rulebook));
        g_autofree char *name = g_strdup_printf("表%u", ++state->n_sheets);
        lxw_worksheet *sheet = workbook_add_worksheet(state->book, name);
        worksheet_set_column(sheet, 0, (lxw_col_t)MAX(drawn->n_cols, 1u) - 1, 16, NULL);
        worksheet_set_landscape(sheet);
        worksheet_fit_to_pages(sheet, 1, 0);
        if (!write_drawn(state, sheet, drawn, error))
            return false;
    }
    return true;
}

static bool end_book(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    State *state = writing->state;
    (void)summary;
    if (state->n_sheets == 0)
        workbook_add_worksheet(state->book, "表");
    lxw_error failed = workbook_close(state->book); /* frees it, too */
    state->book = NULL;
    if (failed)
        return set_error(error, lxw_strerror(failed));
    g_autoptr(GError) cause = NULL;
    g_autoptr(GFile) file = g_file_new_for_path(state->path);
    g_autoptr(GFileInputStream) from = g_file_read(file, NULL, &cause);
    return (from && g_output_stream_splice(writing->stream, G_INPUT_STREAM(from),
                                           G_OUTPUT_STREAM_SPLICE_NONE, NULL, &cause) >= 0) ||
           set_error(error, cause->message);
}

const ZpWriter zp_drawn_book_writer = {
    .name = "xlsx",
    .zh = "重新画的表，Excel 工作簿",
    .en = "the forms drawn again, a workbook",
    .for_convert = true,
    .is_binary = true,
    .begin = begin_book,
    .file = write_book_file,
    .end = end_book,
};
