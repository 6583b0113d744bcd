/*
 * xlsx_remarks.c - what is said of a sheet beside its cells: hidden places, and what is not there to read.
 */
#include "parsers/xlsx_private.h"

#include <string.h>

/* Bytes of a text that a note quotes. */
#define QUOTE_BYTES 300

void zp_xlsx_list_add(ZpXlsxList *list, guint32 row, guint32 col)
{
    if (list->count < ZP_XLSX_LISTED_MAX) {
        list->places[list->count].row = row;
        list->places[list->count].col = col;
    }
    list->count++;
    list->last_row = row;
}

static void append_row(GString *out, guint32 row, guint32 col)
{
    (void)col;
    g_string_append_printf(out, "%u", row + 1);
}

static void append_column(GString *out, guint32 row, guint32 col)
{
    char letters[8], *p = letters + sizeof letters - 1;
    (void)row;
    *p = '\0';
    for (guint32 rest = col + 1; rest; rest = (rest - 1) / 26)
        *--p = (char)('A' + (rest - 1) % 26);
    g_string_append(out, p);
}

static void append_place(GString *out, guint32 row, guint32 col)
{
    append_column(out, row, col);
    append_row(out, row, col);
}

/* "C, D" of a list of places; "…" for more than can be listed. */
static char *listed(const ZpXlsxList *list, void (*append)(GString *out, guint32 row, guint32 col))
{
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < MIN(list->count, ZP_XLSX_LISTED_MAX); i++) {
        if (i)
            g_string_append(out, ", ");
        append(out, list->places[i].row, list->places[i].col);
    }
    if (list->count > ZP_XLSX_LISTED_MAX)
        g_string_append(out, ", …");
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* One sentence in each language: the sheet's name, then the places. */
typedef struct {
    void (*say)(ZpDocument *document, ZpLossKind kind, const ZpPlace *at, const char *zh,
                const char *en);
    ZpLossKind kind;
    void (*append)(GString *out, guint32 row, guint32 col);
    const char *before_zh, *after_zh, *before_en, *after_en;
} Remark;

static const Remark HIDDEN_ROWS = {zp_document_add_note,
                                   ZP_LOSS_UNSEEN_TEXT,
                                   append_row,
                                   "有隐藏的行：",
                                   "，里面的文字也读入了",
                                   "has hidden rows: ",
                                   "; what they hold was read too"};
static const Remark HIDDEN_COLS = {zp_document_add_note,
                                   ZP_LOSS_UNSEEN_TEXT,
                                   append_column,
                                   "有隐藏的列：",
                                   "，里面的文字也读入了",
                                   "has hidden columns: ",
                                   "; what they hold was read too"};
static const Remark MASKED = {
    zp_document_add_note,
    ZP_LOSS_UNSEEN_TEXT,
    append_place,
    "有数字格式不显示的内容，没有读入：",
    "",
    "holds what its number formats do not show; it was left out: ",
    "",
};
static const Remark UNCOMPUTED = {
    zp_document_add_loss,
    ZP_LOSS_LOST_CONTENT,
    append_place,
    "的公式没有存着结果，读作空白：",
    "；请用 Excel、WPS 或 LibreOffice 打开后另存",
    "has formulas without a stored result, which were read as blank: ",
    "; open and save it in a spreadsheet program",
};
static const Remark ASTRAY = {
    zp_document_add_loss,
    ZP_LOSS_LOST_CONTENT,
    append_place,
    "的单元格所指的文字不在文件里，读作空白：",
    "；请用原来的软件打开后另存",
    "refers to texts that are not in the file, read as blank: ",
    "; open and save it anew with the program it is from",
};

static const Remark MISPLACED = {
    zp_document_add_loss,
    ZP_LOSS_LOST_CONTENT,
    append_place,
    "的行与单元格没有按次序一个接一个，下列位置的没有读入：",
    "；请用原来的软件打开后另存",
    "has rows or cells that stand inside each other or nowhere, which were not read, at: ",
    "; open and save it anew with the program it is from",
};

static ZpPlace sheet_place(const ZpWorkbook *workbook)
{
    return (ZpPlace){.table = workbook->document->n_tables};
}

static void say(const ZpWorkbook *workbook, const char *title, const Remark *remark,
                const ZpXlsxList *list)
{
    if (!list->count)
        return;
    ZpPlace at = sheet_place(workbook);
    if (remark->append == append_place) {
        at.row = list->places[0].row + 1;
        at.col = list->places[0].col + 1;
    }
    g_autofree char *places = listed(list, remark->append);
    g_autofree char *zh =
        g_strdup_printf("工作表“%s”%s%s%s", title, remark->before_zh, places, remark->after_zh);
    g_autofree char *en = g_strdup_printf("the sheet \"%s\" %s%s%s", title, remark->before_en,
                                          places, remark->after_en);
    remark->say(workbook->document, remark->kind, &at, zh, en);
}

static void say_hidden(const ZpWorkbook *workbook, const char *title)
{
    ZpPlace at = sheet_place(workbook);
    g_autofree char *zh = g_strdup_printf("工作表“%s”是隐藏的，里面的文字也读入了", title);
    g_autofree char *en =
        g_strdup_printf("the sheet \"%s\" is hidden; what it holds was read too", title);
    zp_document_add_note(workbook->document, ZP_LOSS_UNSEEN_TEXT, &at, zh, en);
}

static void say_computed_anew(const ZpWorkbook *workbook, const char *title, guint formulas)
{
    ZpPlace at = sheet_place(workbook);
    g_autofree char *zh =
        g_strdup_printf("文件要求打开时重算公式；工作表“%s”的 %u 个公式读的是存着的结果，"
                        "可能已过时",
                        title, formulas);
    g_autofree char *en =
        g_strdup_printf("the file asks for its formulas to be computed anew when it is opened; of "
                        "the sheet \"%s\" the stored results of %u were read, which may be stale",
                        title, formulas);
    zp_document_add_note(workbook->document, ZP_LOSS_CHANGED_TEXT, &at, zh, en);
}

void zp_xlsx_remark(const ZpWorkbook *workbook, const char *title, const ZpXlsxRemarks *remarks)
{
    if (remarks->is_hidden)
        say_hidden(workbook, title);
    say(workbook, title, &HIDDEN_ROWS, &remarks->hidden_rows);
    say(workbook, title, &HIDDEN_COLS, &remarks->hidden_cols);
    say(workbook, title, &MASKED, &remarks->masked);
    say(workbook, title, &UNCOMPUTED, &remarks->uncomputed);
    say(workbook, title, &ASTRAY, &remarks->astray);
    say(workbook, title, &MISPLACED, &remarks->misplaced);
    if (workbook->is_computed_anew && remarks->formulas)
        say_computed_anew(workbook, title, remarks->formulas);
}

void zp_xlsx_remark_covered(const ZpWorkbook *workbook, const char *title, guint32 row, guint32 col,
                            const char *text)
{
    ZpPlace at = {.table = workbook->document->n_tables, .row = row + 1, .col = col + 1};
    g_autoptr(GString) quote = g_string_new(NULL);
    zp_text_append_quote(quote, text, strlen(text), QUOTE_BYTES);
    g_autofree char *zh = g_strdup_printf(
        "工作表“%s”的合并单元格下面压着看不见的文字，没有读入：“%s”", title, quote->str);
    g_autofree char *en = g_strdup_printf("text under a merged cell of the sheet \"%s\" is not "
                                          "shown and was left out: \"%s\"",
                                          title, quote->str);
    zp_document_add_note(workbook->document, ZP_LOSS_UNSEEN_TEXT, &at, zh, en);
}
