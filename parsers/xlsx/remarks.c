/*
 * remarks.c - what is said of a sheet beside its cells: hidden places, and what is not there to read.
 */
#include "parsers/xlsx/drawing.h"

#include <string.h>

/* Bytes of a text that a note quotes. */
#define QUOTE_BYTES 300

void zp_xlsx_list_text(ZpXlsxList *list, guint32 row, guint32 col, const char *text)
{
    if (list->count < ZP_XLSX_LISTED_MAX) {
        list->places[list->count].row = row;
        list->places[list->count].col = col;
        list->places[list->count].text = text;
    }
    list->count++;
}

void zp_xlsx_list_add(ZpXlsxList *list, guint32 row, guint32 col)
{
    zp_xlsx_list_text(list, row, col, NULL);
}

static void append_column(GString *out, guint32 col)
{
    char letters[8], *p = letters + sizeof letters - 1;
    *p = '\0';
    for (guint32 rest = col + 1; rest; rest = (rest - 1) / 26)
        *--p = (char)('A' + (rest - 1) % 26);
    g_string_append(out, p);
}

/* `C5 "300", D5` of a list of places; "…" for more than can be listed. */
static char *listed(const ZpXlsxList *list)
{
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < MIN(list->count, ZP_XLSX_LISTED_MAX); i++) {
        const char *text = list->places[i].text;
        if (i)
            g_string_append(out, ", ");
        append_column(out, list->places[i].col);
        g_string_append_printf(out, "%u", list->places[i].row + 1);
        if (!text)
            continue;
        g_string_append(out, " \"");
        zp_text_append_quote(out, text, strlen(text), QUOTE_BYTES);
        g_string_append_c(out, '"');
    }
    if (list->count > ZP_XLSX_LISTED_MAX)
        g_string_append_printf(out, ", … (%u)", list->count);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* One sentence in each language: the sheet's name, then the places. */
typedef struct {
    void (*say)(ZpDocument *document, ZpLossKind kind, const ZpPlace *at, const char *zh,
                const char *en);
    ZpLossKind kind;
    const char *before_zh, *after_zh, *before_en, *after_en;
} Remark;

#define NOTE zp_document_add_note
#define LOSS zp_document_add_counted

/* What is not read because a person does not see it, or sees it as something else. */
static const Remark UNSEEN[ZP_XLSX_N_SIGHTS] = {
    [ZP_XLSX_SHEET_HIDDEN] = {NOTE, ZP_LOSS_UNSEEN_TEXT, "是隐藏的，没有读入：", "",
                              "is hidden and was left out: ", ""},
    [ZP_XLSX_ROW_HIDDEN] = {NOTE, ZP_LOSS_UNSEEN_TEXT, "有隐藏的行，没有读入：", "",
                            "has hidden rows, which were left out: ", ""},
    [ZP_XLSX_COLUMN_HIDDEN] = {NOTE, ZP_LOSS_UNSEEN_TEXT, "有隐藏的列，没有读入：", "",
                               "has hidden columns, which were left out: ", ""},
    [ZP_XLSX_STRUCK] = {NOTE, ZP_LOSS_CHANGED_TEXT, "有划去的文字，没有读入：", "",
                        "holds text that is struck out, which was left out: ", ""},
    [ZP_XLSX_PALE] =
        {NOTE, ZP_LOSS_UNSEEN_TEXT, "有与底色相同、看不见的文字，没有读入：", "",
         "holds text in the colour of its ground, which cannot be seen and was left out: ", ""},
    [ZP_XLSX_TINY] = {NOTE, ZP_LOSS_UNSEEN_TEXT, "有小得看不清的文字，没有读入：", "",
                      "holds text too small to be seen, which was left out: ", ""},
    [ZP_XLSX_MASKED] = {NOTE, ZP_LOSS_UNSEEN_TEXT, "有数字格式不显示的内容，没有读入：", "",
                        "holds what its number formats do not show; it was left out: ", ""},
    [ZP_XLSX_REVERSED] = {LOSS, ZP_LOSS_CHANGED_TEXT, "有从右到左显示的文字，没有读入：", "",
                          "holds text that is shown from right to left, which was left out: ", ""},
    [ZP_XLSX_COVERED] = {NOTE, ZP_LOSS_UNSEEN_TEXT, "的合并单元格下面压着看不见的文字，没有读入：",
                         "",
                         "holds text under a merged cell, which is not shown and was left out: ",
                         ""},
    [ZP_XLSX_MARK] = {NOTE, ZP_LOSS_CHANGED_TEXT, "的上标当作注释的标记，没有并入文字：", "",
                      "holds raised texts, which were taken for note marks and left out: ", ""},
    [ZP_XLSX_FOREIGN] = {NOTE, ZP_LOSS_UNSEEN_TEXT, "有没有软件会显示的内容，没有读入：", "",
                         "holds text in mark-up that no program shows, which was left out: ", ""},
};
static const Remark CONDITIONAL = {
    LOSS,
    ZP_LOSS_CHANGED_TEXT,
    "的条件格式没有推算，下列位置显示的可能不同：",
    "",
    "has conditional formats that are not worked out; these may be shown otherwise: ",
    "",
};
static const Remark IN_LISTS = {
    NOTE,
    ZP_LOSS_UNSEEN_TEXT,
    "的列表里有与纸同色的文字，列表的样式可能给它们底色，已读入，请对照：",
    "",
    "holds text of the paper's colour in a list whose style may shade it; it was read, compare: ",
    "",
};
static const Remark LIST_HIDES = {
    LOSS,
    ZP_LOSS_CHANGED_TEXT,
    "的列表样式可能使文字与底色相同，下列位置显示的可能不同：",
    "",
    "has a list whose style may give its text the colour of its ground; these may not be seen: ",
    "",
};
static const Remark PICTURES = {
    LOSS,
    ZP_LOSS_LOST_CONTENT,
    "的单元格里有图片，没有读取：",
    "",
    "holds pictures in cells, which were not read: ",
    "",
};
static const Remark UNCOMPUTED = {
    LOSS,
    ZP_LOSS_LOST_CONTENT,
    "的公式没有存着结果，读作空白：",
    "；请用 Excel、WPS 或 LibreOffice 打开后另存",
    "has formulas without a stored result, which were read as blank: ",
    "; open and save it in a spreadsheet program",
};
static const Remark ASTRAY = {
    LOSS,
    ZP_LOSS_LOST_CONTENT,
    "的单元格所指的文字不在文件里，读作空白：",
    "；请用原来的软件打开后另存",
    "refers to texts that are not in the file, read as blank: ",
    "; open and save it anew with the program it is from",
};
static const Remark MISPLACED = {
    LOSS,
    ZP_LOSS_LOST_CONTENT,
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
    at.row = list->places[0].row + 1;
    at.col = list->places[0].col + 1;
    g_autofree char *places = listed(list);
    g_autofree char *zh =
        g_strdup_printf("工作表“%s”%s%s%s", title, remark->before_zh, places, remark->after_zh);
    g_autofree char *en = g_strdup_printf("the sheet \"%s\" %s%s%s", title, remark->before_en,
                                          places, remark->after_en);
    remark->say(workbook->document, remark->kind, &at, zh, en);
}

static void say_formulas(const ZpWorkbook *workbook, const char *title, guint formulas)
{
    ZpPlace at = sheet_place(workbook);
    g_autofree char *zh = g_strdup_printf(
        "工作表“%s”显示的是公式而不是结果，读入的是 %u 个公式存着的结果", title, formulas);
    g_autofree char *en = g_strdup_printf("the sheet \"%s\" shows its formulas, not their results; "
                                          "the stored results of %u were read",
                                          title, formulas);
    zp_document_add_counted(workbook->document, ZP_LOSS_CHANGED_TEXT, &at, zh, en);
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
    for (guint k = 0; k < ZP_XLSX_N_SIGHTS; k++)
        say(workbook, title, &UNSEEN[k], &remarks->unseen[k]);
    say(workbook, title, &CONDITIONAL, &remarks->conditional);
    say(workbook, title, &IN_LISTS, &remarks->in_lists);
    say(workbook, title, &LIST_HIDES, &remarks->list_hides);
    say(workbook, title, &PICTURES, &remarks->pictures);
    say(workbook, title, &UNCOMPUTED, &remarks->uncomputed);
    say(workbook, title, &ASTRAY, &remarks->astray);
    say(workbook, title, &MISPLACED, &remarks->misplaced);
    if (workbook->is_computed_anew && remarks->formulas)
        say_computed_anew(workbook, title, remarks->formulas);
    if (remarks->shows_formulas && remarks->formulas)
        say_formulas(workbook, title, remarks->formulas);
}

/* @remark: nothing behind the places, and the sheet is not named */
static void say_drawn(const ZpXlsxDrawn *drawn, const Remark *remark, const ZpXlsxList *list)
{
    if (!list->count)
        return;
    guint32 table = drawn->sheet ? drawn->sheet->number : 0;
    ZpPlace at = {.table = table, .row = list->places[0].row + 1, .col = list->places[0].col + 1};
    g_autofree char *places = listed(list);
    g_autofree char *full_zh = g_strdup_printf("%s%s", remark->before_zh, places);
    g_autofree char *full_en = g_strdup_printf("%s%s", remark->before_en, places);
    remark->say(drawn->document, remark->kind, &at, full_zh, full_en);
}

void zp_xlsx_remark_drawn(const ZpXlsxDrawn *drawn)
{
    static const Remark OF_HIDDEN_SHEET = {NOTE,
                                           ZP_LOSS_UNSEEN_TEXT,
                                           "隐藏的工作表上有文本框，没有读入，自：",
                                           "",
                                           "text boxes of a hidden sheet were left out, from: ",
                                           ""};
    static const Remark HIDDEN_BOXES = {
        NOTE,
        ZP_LOSS_UNSEEN_TEXT,
        "有看不见的文本框（本身隐藏，或在隐藏的行、列里），没有读入，自：",
        "",
        "text boxes that are hidden, or lie in hidden rows or columns, were left out, from: ",
        ""};
    const struct {
        const ZpXlsxList *list;
        Remark remark;
    } kinds[] = {
        {&drawn->pictures,
         {LOSS, ZP_LOSS_LOST_CONTENT, "工作表上的图片没有读取，它们可能盖住单元格，自：", "",
          "pictures on the sheet were not read, and may cover cells, from: ", ""}},
        {&drawn->charts,
         {LOSS, ZP_LOSS_LOST_CONTENT, "嵌入的图表没有读取，自：", "",
          "embedded charts were not read, from: ", ""}},
        {&drawn->over,
         {LOSS, ZP_LOSS_DOUBTFUL_PLACE, "有文本框浮在有内容的单元格上，可能盖住它们，自：", "",
          "text boxes lie over cells that hold text, and may cover it, from: ", ""}},
    };
    for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
        say_drawn(drawn, &kinds[k].remark, kinds[k].list);
    say_drawn(drawn, drawn->lay->sheet_is_hidden ? &OF_HIDDEN_SHEET : &HIDDEN_BOXES,
              &drawn->unseen);
}
