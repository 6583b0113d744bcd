/*
 * review_book.c - the sheet as a workbook: a picture a row, three columns to fill in.
 */
#include "output/label.h"
#include "output/review.h"
#include "output/sheet.h"

#include "base/limits.h"
#include "base/png.h"

static const ZpSheetColumn COLUMNS[] = {
    [ZP_REVIEW_FILE] = {"文件", "File", 24, ZP_LOOK_WRAPPED},
    [ZP_REVIEW_FORM] = {"表", "Form", 5, ZP_LOOK_PLAIN},
    [ZP_REVIEW_PROJECT] = {"项目", "Project", 24, ZP_LOOK_WRAPPED},
    [ZP_REVIEW_PLACE] = {"位置", "Place", 34, ZP_LOOK_WRAPPED},
    [ZP_REVIEW_PAGE] = {"页", "Page", 5, ZP_LOOK_PLAIN},
    [ZP_REVIEW_PICTURE] = {"图片", "Picture", 44, ZP_LOOK_PLAIN},
    [ZP_REVIEW_READ] = {"读作", "Read as", 20, ZP_LOOK_WRAPPED},
    [ZP_REVIEW_OTHERS] = {"也可能是", "Or", 24, ZP_LOOK_WRAPPED},
    [ZP_REVIEW_TEXT] = {"应为", "Should be", 20, ZP_LOOK_REVIEW},
    [ZP_REVIEW_WHO] = {"核对人", "Checked by", 12, ZP_LOOK_REVIEW},
    [ZP_REVIEW_WHEN] = {"日期", "Date", 12, ZP_LOOK_REVIEW},
    [ZP_REVIEW_SHA256] = {"SHA-256", "SHA-256", 12, ZP_LOOK_PLAIN},
    [ZP_REVIEW_POINTER] = {"字段", "JSON Pointer", 24, ZP_LOOK_PLAIN},
    [ZP_REVIEW_COLUMNS] = {NULL, NULL, 0, ZP_LOOK_PLAIN},
};
static const ZpSheetPlan PLAN = {"核对", "Review", COLUMNS};

static const ZpSheetColumn HOW_COLUMNS[] = {{"填法", "How", 100, ZP_LOOK_WRAPPED},
                                            {NULL, NULL, 0, ZP_LOOK_PLAIN}};
static const ZpSheetPlan HOW_PLAN = {"填法", "How", HOW_COLUMNS};
static const char *const HOW[][ZP_LANG_COUNT] = {
    {"Compare each row's picture with the original and fill in what is printed under \"Should "
     "be\": "
     "√ where it was read right, 空 where nothing is printed there; leave it empty where you do "
     "not know.",
     "拿每一行的图片与原件核对，在“应为”里填上印出的字；读对了填 √，那里什么都没印填 "
     "空，说不准就不填。"},
    {"Say who checked it and when; what is empty is taken from the row above.",
     "填上核对人和日期；不填的与上一行相同。"},
    {"Then: ziping check FILE --corrections THIS.xlsx",
     "填好以后：ziping check 文件 --corrections 这个表.xlsx"},
};

typedef struct {
    ZpBook *book;
    ZpSheet *sheet;
    ZpLang lang;
} Review;

static void free_review(gpointer data)
{
    zp_book_free(((Review *)data)->book);
    g_free(data);
}

static bool begin(ZpWriting *writing, GError **error)
{
    const ZpBookOptions options = {writing->options.lang, 0, 0};
    Review *review = g_new0(Review, 1);
    writing->state = review;
    writing->free_state = free_review;
    review->lang = writing->options.lang;
    review->book = zp_book_new(&options, error);
    if (review->book)
        review->sheet = zp_book_add(review->book, &PLAN);
    return review->book != NULL;
}

static void write_row(const ZpReviewRow *row, gpointer data)
{
    const Review *review = data;
    ZpSheet *sheet = review->sheet;
    guint32 width = 0, height = 0;
    bool has_picture =
        row->ocr->crop && zp_png_look(row->ocr->crop, ZP_LIMIT_CROP_SIDE, &width, &height);
    g_autoptr(GString) label = g_string_new(NULL);
    g_autofree char *others = zp_review_others(row);
    g_autofree char *path = g_utf8_make_valid(row->result->path, -1);
    zp_label_append(label, row->form, row->pointer, review->lang);
    zp_sheet_row(sheet);
    zp_sheet_text(sheet, path);
    zp_sheet_place(sheet, row->index + 1);
    zp_sheet_text(sheet, row->form->project.text);
    zp_sheet_text(sheet, label->str);
    zp_sheet_place(sheet, row->at->page);
    zp_sheet_picture(sheet, has_picture ? row->ocr->crop : NULL, width, height);
    zp_sheet_text(sheet, row->text);
    zp_sheet_text(sheet, others);
    for (guint k = ZP_REVIEW_TEXT; k <= ZP_REVIEW_WHEN; k++)
        zp_sheet_skip(sheet);
    zp_sheet_text(sheet, row->result->sha256);
    zp_sheet_text(sheet, row->pointer);
}

static bool write_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    (void)error;
    zp_review_each(result, write_row, writing->state);
    return true;
}

static bool end(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    Review *review = writing->state;
    ZpSheet *how = zp_book_add(review->book, &HOW_PLAN);
    (void)summary;
    for (gsize k = 0; k < G_N_ELEMENTS(HOW); k++) {
        zp_sheet_row(how);
        zp_sheet_text(how, HOW[k][review->lang]);
    }
    return zp_book_finish(review->book, writing->stream, error);
}

const ZpWriter zp_review_book_writer = {
    .name = "xlsx",
    .zh = "核对表，Excel 工作簿",
    .en = "the sheet of doubtful figures, a workbook",
    .for_review = true,
    .is_binary = true,
    .begin = begin,
    .file = write_file,
    .end = end,
};
