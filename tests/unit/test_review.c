/*
 * test_review.c - doubtful figures: the sheet, what comes back of it, what the form's own sums bear out.
 *
 * The form is one of the samples, taken as if it had been read from a picture, so no model is asked.
 */
#include "base/error.h"
#include "base/limits.h"
#include "base/png.h"
#include "normalise/normalise.h"
#include "output/page_json.h"
#include "output/sheet.h"
#include "output/writer.h"
#include "parsers/text/text.h"
#include "recognise/recognise.h"
#include "rules/check.h"
#include "rules/verify.h"
#include "run/corrections.h"
#include "run/record.h"
#include "table.h"

#include <criterion/criterion.h>
#include <string.h>

#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define OTHER  "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"

/* One grey pixel. */
static const guint8 PIXEL[] = {0x89, 'P', 'N',  'G',  '\r', '\n', 0x1a, '\n', 0,    0, 0, 13,
                               'I',  'H', 'D',  'R',  0,    0,    0,    1,    0,    0, 0, 1,
                               8,    0,   0,    0,    0,    0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0,
                               10,   'I', 'D',  'A',  'T',  0x78, 0x9c, 0x63, 0x68, 0, 0, 0,
                               0x82, 0,   0x81, 0x77, 0xcd, 0x72, 0xb6, 0,    0,    0, 0, 'I',
                               'E',  'N', 'D',  0xae, 0x42, 0x60, 0x82};

static ZpRulebook *rulebook(void)
{
    g_autoptr(GError) error = NULL;
    ZpRulebook *book = zp_rulebook_open(NULL, &error);
    cr_assert(book);
    return book;
}

typedef struct {
    ZpForm *form;
    ZpOcrState state;
} Reading;

static void read_value(ZpValue *value, const char *pointer, ZpValueKind kind, gpointer data)
{
    const Reading *reading = data;
    const ZpOcr ocr = {.state = reading->state, .confidence = 90, .others = {"8<"}, .n_others = 1};
    (void)pointer;
    (void)kind;
    if (value->text && *value->text)
        value->ocr = zp_form_keep_ocr(reading->form, &ocr);
}

/* The forms of the sample, every figure read from a picture. */
static GPtrArray *pictured_forms(const ZpRulebook *book, ZpOcrState state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    gsize size = 0;
    const ZpPictured page = {.page = 1, .dpi = 200};
    const ZpReadOptions options = {0};
    cr_assert(g_file_get_contents(ZP_SOURCE_DIR "/samples/seed-2022.txt", &text, &size, NULL));
    g_autoptr(GBytes) bytes = g_bytes_new(text, size);
    g_autoptr(ZpDocument) document = zp_text_parser.read(bytes, &options, &error);
    GPtrArray *forms = zp_recognise(book, document, &error);
    cr_assert(forms && forms->len == 7);
    for (guint k = 0; k < forms->len; k++) {
        Reading reading = {g_ptr_array_index(forms, k), state};
        g_array_append_val(reading.form->pictured, page);
        reading.form->engine = "test";
        zp_form_each_value(reading.form, read_value, &reading);
    }
    return forms;
}

static void normalise(const ZpRulebook *book, ZpForm *form)
{
    zp_normalise_form(book, form);
    zp_rulebook_choose_profile(book, form);
}

/* --- a PNG that passes through --- */

Test(review, a_png_is_whole)
{
    guint32 width = 0, height = 0;
    g_autoptr(GBytes) whole = g_bytes_new_static(PIXEL, sizeof PIXEL);
    cr_assert(zp_png_look(whole, 10, &width, &height));
    cr_assert(width == 1 && height == 1);
    cr_assert(!zp_png_look(whole, 0, &width, &height));
    for (gsize size = 0; size < sizeof PIXEL; size++) {
        g_autoptr(GBytes) cut = g_bytes_new_static(PIXEL, size);
        cr_assert(!zp_png_look(cut, 10, &width, &height), "%zu bytes", size);
    }
    guint8 more[sizeof PIXEL + 1] = {0};
    memcpy(more, PIXEL, sizeof PIXEL);
    g_autoptr(GBytes) behind = g_bytes_new_static(more, sizeof more);
    cr_assert(!zp_png_look(behind, 10, &width, &height));
    memset(more + 33, 0xff, 4); /* a chunk that is longer than the file */
    g_autoptr(GBytes) longer = g_bytes_new_static(more, sizeof PIXEL);
    cr_assert(!zp_png_look(longer, 10, &width, &height));
}

/* --- what comes back --- */

typedef struct {
    const char *name, *text;
    guint n;           /* corrections; 0 with @wrong */
    const char *wrong; /* (nullable) in the English message */
} File;

#define ROW_HEAD   "SHA-256,Form,JSON Pointer,Should be,Checked by,Date\n"
#define JSON(rows) "{\"schema\": \"ziping/corrections/1\", \"corrections\": [" rows "]}"

static const File FILES[] = {
    {"csv", ROW_HEAD DIGEST ",1,/funds/0/budget,\"1,263.00\",A,2026-11-30\n", 1, NULL},
    {"who and when go on",
     ROW_HEAD DIGEST ",1,/funds/0/budget,1,A,2026-11-30\n" DIGEST ",2,/unit,甲,,\n", 2, NULL},
    {"empty is none", ROW_HEAD DIGEST ",1,/funds/0/budget,,A,2026-11-30\n", 0, NULL},
    {"Chinese heads, another order, an apostrophe",
     "表,应为,核对人,日期,SHA-256,JSON Pointer\r\n1,'=100%,甲,2026,\"" DIGEST
     "\",/indicators/0/target\r\n",
     1, NULL},
    {"the same twice", ROW_HEAD DIGEST ",1,/unit,甲,A,B\n" DIGEST ",1,/unit,甲,A,B\n", 2, NULL},
    {"json",
     JSON("{\"sha256\": \"" DIGEST "\", \"form\": 0, \"pointer\": \"/unit\", \"text\": \"甲\", "
          "\"by\": \"A\", \"when\": \"B\"}"),
     1, NULL},
    {"two things of one place", ROW_HEAD DIGEST ",1,/unit,甲,A,B\n" DIGEST ",1,/unit,乙,A,B\n", 0,
     "something else"},
    {"nobody", ROW_HEAD DIGEST ",1,/unit,甲,,2026\n", 0, "who checked it"},
    {"never",
     JSON("{\"sha256\": \"" DIGEST "\", \"form\": 0, \"pointer\": \"/unit\", \"text\": \"甲\", "
          "\"by\": \"A\"}"),
     0, "and when"},
    {"no digest", ROW_HEAD "12,1,/unit,甲,A,B\n", 0, "no SHA-256"},
    {"no pointer", ROW_HEAD DIGEST ",1,unit,甲,A,B\n", 0, "no field"},
    {"a pointer that never ends", ROW_HEAD DIGEST ",1,/a/a/a/a/a/a/a,甲,A,B\n", 0, "no field"},
    {"control characters", ROW_HEAD DIGEST ",1,/unit,\"a\x1b[2Jb\",A,B\n", 0, "control"},
    {"form 0", ROW_HEAD DIGEST ",0,/unit,甲,A,B\n", 0, "number of the form"},
    {"a form below 0",
     JSON("{\"sha256\": \"" DIGEST "\", \"form\": -1, \"pointer\": \"/unit\", \"text\": \"甲\"}"),
     0, "no corrections"},
    {"another file", "a,b\n1,2\n", 0, "no corrections"},
    {"nothing", "", 0, "no corrections"},
    {"broken JSON", "{\"schema\": \"ziping/corrections/1\"", 0, "no corrections"},
    {"JSON of something else", "{\"schema\": \"ziping/check/1\", \"corrections\": []}", 0,
     "no corrections"},
    {"JSON of no rows", JSON("1, null"), 0, "no corrections"},
    {"half a zip", "PK\x03\x04 and no more", 0, ""},
};

static ZpCorrections *take(GBytes *bytes, GError **error)
{
    g_autoptr(GPtrArray) list = zp_corrections_parse(bytes, error);
    return list ? zp_corrections_new(list, "digest", error) : NULL;
}

TableRows(review, files)
{
    return cr_make_param_array(File, (File *)FILES, G_N_ELEMENTS(FILES));
}

TableTest(File *file, review, files)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = g_bytes_new_static(file->text, strlen(file->text));
    g_autoptr(ZpCorrections) corrections = take(bytes, &error);
    guint n = 0;
    cr_assert_eq(corrections == NULL, file->wrong != NULL, "%s: %s", file->name,
                 error ? error->message : "taken");
    if (file->wrong)
        cr_assert(strstr(error->message, file->wrong), "%s: %s", file->name, error->message);
    else
        cr_assert(zp_corrections_left(corrections, &n) == file->n && n == file->n, "%s: %u",
                  file->name, n);
}

/* ZP_LIMIT_CORRECTIONS, ZP_LIMIT_CORRECTION_BYTES, ZP_LIMIT_CORRECTION_NAME */
Test(review, corrections_are_bounded)
{
    g_autoptr(GString) many = g_string_new(ROW_HEAD);
    for (guint k = 0; k <= ZP_LIMIT_CORRECTIONS; k++)
        g_string_append(many, "a,1,/unit,b,A,B\n");
    g_autofree char *text = g_strnfill(ZP_LIMIT_CORRECTION_BYTES + 1, 'x');
    g_autofree char *name = g_strnfill(ZP_LIMIT_CORRECTION_NAME + 1, 'x');
    g_autofree char *longest = g_strconcat(ROW_HEAD DIGEST ",1,/unit,", text, ",A,B\n", NULL);
    g_autofree char *whose = g_strconcat(ROW_HEAD DIGEST ",1,/unit,b,", name, ",B\n", NULL);
    const struct {
        const char *text, *wrong;
    } files[] = {
        {many->str, "ZP_LIMIT_CORRECTIONS"}, {longest, "too long"}, {whose, "who checked"}};
    for (gsize k = 0; k < G_N_ELEMENTS(files); k++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) bytes = g_bytes_new_static(files[k].text, strlen(files[k].text));
        g_autoptr(ZpCorrections) corrections = take(bytes, &error);
        cr_assert(!corrections && strstr(error->message, files[k].wrong), "%zu", k);
    }
}

/* --- into a form --- */

static ZpCorrections *correct(const char *rows)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strconcat(ROW_HEAD, rows, NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    ZpCorrections *corrections = take(bytes, &error);
    cr_assert(corrections, "%s", error ? error->message : "");
    return corrections;
}

Test(review, a_correction_is_read_again)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpRulebook) book = rulebook();
    g_autoptr(GPtrArray) forms = pictured_forms(book, ZP_OCR_DOUBTFUL);
    g_autoptr(ZpCorrections) corrections =
        correct(DIGEST ",1,/funds/0/executed,\"1,234.50\",甲,2026-11-30\n" DIGEST
                       ",1,/funds/0/budget,√,,\n" DIGEST ",1,/funds/0/rate,空,,\n" OTHER
                       ",1,/funds/0/score,9,,\n");
    ZpForm *form = g_ptr_array_index(forms, 0);
    ZpFund *fund = zp_form_fund(form, 0);
    g_autofree char *was = g_strdup(fund->executed.text), *same = g_strdup(fund->budget.text);
    guint all = 0;
    cr_assert(zp_corrections_apply(corrections, DIGEST, forms, &error));
    normalise(book, form);
    char number[ZP_DECIMAL_TEXT_MAX];
    cr_assert_str_eq(zp_decimal_print(fund->executed.value, number), "1234.50");
    cr_assert_eq(fund->executed.ocr->state, ZP_OCR_CORRECTED);
    cr_assert_str_eq(fund->executed.ocr->was, was);
    cr_assert_str_eq(fund->executed.ocr->who, "甲");
    cr_assert_str_eq(fund->budget.ocr->when, "2026-11-30"); /* as in the row above */
    cr_assert_str_eq(fund->budget.text, same);
    cr_assert_eq(fund->budget.ocr->state, ZP_OCR_CORRECTED);
    cr_assert_str_eq(fund->rate.text, "");
    cr_assert_eq(fund->score.ocr->state, ZP_OCR_DOUBTFUL); /* another document's */
    zp_corrections_note(corrections, DIGEST);
    cr_assert_eq(zp_corrections_left(corrections, &all), 1);
    cr_assert_eq(all, 4);
    zp_corrections_note(corrections, OTHER);
    cr_assert_eq(zp_corrections_left(corrections, &all), 0);
}

Test(review, a_correction_needs_its_place)
{
    g_autoptr(ZpRulebook) book = rulebook();
    g_autoptr(GPtrArray) forms = pictured_forms(book, ZP_OCR_READ);
    const struct {
        const char *rows, *wrong;
    } wrong[] = {{DIGEST ",1,/funds/99/budget,1,A,B\n", "no field"},
                 {DIGEST ",8,/funds/0/budget,1,A,B\n", "no field"},
                 {DIGEST ",1,/no/such/thing,1,A,B\n", "no field"},
                 {DIGEST ",1,/project,1,A,B\n", "not read from a picture"}};
    for (gsize k = 0; k < G_N_ELEMENTS(wrong); k++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(ZpCorrections) corrections = correct(wrong[k].rows);
        cr_assert(!zp_corrections_apply(corrections, DIGEST, forms, &error), "%zu", k);
        cr_assert(strstr(error->message, wrong[k].wrong), "%zu: %s", k, error->message);
        cr_assert(zp_corrections_apply(corrections, OTHER, forms, NULL));
        cr_assert(zp_corrections_apply(corrections, NULL, forms, NULL));
    }
}

/* --- the sheet --- */

static GBytes *write_sheet(const ZpRulebook *book, const char *format, const GPtrArray *forms)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable();
    const ZpWriteOptions options = {.lang = ZP_LANG_ZH};
    const ZpResult result = {.path = "a<b>.png", .sha256 = DIGEST, .forms = forms};
    const ZpSummary summary = {0};
    ZpWriting writing;
    cr_assert(zp_writing_start(&writing, zp_writer_by_name(format, ZP_USE_REVIEW), book, &options,
                               memory, &error));
    cr_assert(zp_writing_file(&writing, &result, &error));
    cr_assert(zp_writing_end(&writing, &summary, &error));
    zp_writing_clear(&writing);
    g_output_stream_close(memory, NULL, NULL);
    return g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(memory));
}

Test(review, the_sheet_has_pictures_and_comes_back)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpRulebook) book = rulebook();
    g_autoptr(GPtrArray) forms = pictured_forms(book, ZP_OCR_READ);
    ZpForm *form = g_ptr_array_index(forms, 0);
    ZpValue *value = &zp_form_fund(form, 0)->executed;
    value->ocr->state = ZP_OCR_DOUBTFUL;
    value->ocr->crop = g_bytes_new_static(PIXEL, sizeof PIXEL);
    g_autoptr(GBytes) page = write_sheet(book, "html", forms);
    g_autofree char *html = g_strndup(g_bytes_get_data(page, NULL), g_bytes_get_size(page));
    cr_assert(strstr(html, "src=\"data:image/png;base64,iVBORw0KGgo"));
    cr_assert(strstr(html, "data-pointer=\"/funds/0/executed\""));
    cr_assert(strstr(html, "data-sha256=\"" DIGEST "\""));
    cr_assert(strstr(html, "8&lt;") &&
              !strstr(html, "a<b>")); /* nothing of a document is mark-up */
    cr_assert(strstr(html, "default-src 'none'") &&
              strstr(html, "img-src data:; script-src 'sha256-"));
    cr_assert(!strstr(html, "data-pointer=\"/funds/0/budget\"")); /* nothing else is in doubt */
    g_autoptr(GBytes) workbook = write_sheet(book, "xlsx", forms);
    g_autoptr(GPtrArray) list = zp_corrections_parse(workbook, &error);
    cr_assert(list && list->len == 0, "%s", error ? error->message : "filled in?");
}

/* The report page has them, too, as many as ZP_LIMIT_FORM_CROPS bears. */
Test(review, the_page_has_crops)
{
    g_autoptr(ZpRulebook) book = rulebook();
    g_autoptr(ZpReport) report = zp_report_new();
    g_autoptr(GPtrArray) forms = pictured_forms(book, ZP_OCR_DOUBTFUL);
    ZpForm *form = g_ptr_array_index(forms, 0);
    const ZpResult result = {.path = "a.png", .forms = forms, .report = report};
    guint8 *large = g_malloc0(ZP_LIMIT_CROP_BYTES);
    g_autoptr(GBytes) crop = g_bytes_new_take(large, ZP_LIMIT_CROP_BYTES);
    g_ptr_array_set_size(forms, 1);
    normalise(book, form);
    for (guint k = 0; k < form->ocrs->len; k++)
        ((ZpOcr *)g_ptr_array_index(form->ocrs, k))->crop = g_bytes_ref(crop);
    zp_check_form(book, form, report, NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    zp_page_form(text, book, &result, 0);
    json_t *page = json_loads(text->str, 0, NULL);
    cr_assert_gt(form->ocrs->len, ZP_LIMIT_FORM_CROPS / ZP_LIMIT_CROP_BYTES);
    cr_assert_eq(json_object_size(json_object_get(page, "crops")),
                 ZP_LIMIT_FORM_CROPS / ZP_LIMIT_CROP_BYTES);
    json_decref(page);
}

/* A workbook as somebody filled it in. */
Test(review, a_filled_sheet_is_taken)
{
    static const ZpSheetColumn COLUMNS[] = {{"SHA-256", "SHA-256", 9, ZP_LOOK_PLAIN},
                                            {"表", "Form", 9, ZP_LOOK_PLAIN},
                                            {"JSON Pointer", "JSON Pointer", 9, ZP_LOOK_PLAIN},
                                            {"应为", "Should be", 9, ZP_LOOK_PLAIN},
                                            {"核对人", "Checked by", 9, ZP_LOOK_PLAIN},
                                            {"日期", "Date", 9, ZP_LOOK_PLAIN},
                                            {NULL, NULL, 0, ZP_LOOK_PLAIN}};
    static const ZpSheetPlan PLAN = {"核对", "Review", COLUMNS};
    g_autoptr(GError) error = NULL;
    const ZpBookOptions options = {ZP_LANG_ZH, 0, 0};
    g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable();
    ZpBook *book = zp_book_new(&options, &error);
    ZpSheet *sheet = zp_book_add(book, &PLAN);
    const char *const texts[] = {"1,263.00", "√", "", "OK"};
    for (guint k = 0; k < G_N_ELEMENTS(texts); k++) {
        zp_sheet_row(sheet);
        zp_sheet_text(sheet, DIGEST);
        zp_sheet_count(sheet, k + 1);
        zp_sheet_text(sheet, "/funds/0/budget");
        zp_sheet_text(sheet, texts[k]);
        zp_sheet_text(sheet, k == 0 ? "甲" : "");
        zp_sheet_text(sheet, k == 0 ? "2026-11-30" : "");
    }
    cr_assert(zp_book_finish(book, memory, &error));
    zp_book_free(book);
    g_output_stream_close(memory, NULL, NULL);
    g_autoptr(GBytes) bytes = g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(memory));
    g_autoptr(GPtrArray) list = zp_corrections_parse(bytes, &error);
    cr_assert(list && list->len == 3, "%s", error ? error->message : "");
    const ZpCorrection *first = g_ptr_array_index(list, 0), *last = g_ptr_array_index(list, 2);
    cr_assert(first->form == 0 && strcmp(first->text, "1,263.00") == 0);
    cr_assert(last->form == 3 && strcmp(last->text, ZP_CORRECTION_AS_READ) == 0);
    cr_assert_str_eq(last->who, "甲");
}

/* --- what the sums bear out --- */

typedef struct {
    guint all, confirmed;
} Count;

static void count_figure(ZpValue *value, G_GNUC_UNUSED const char *pointer,
                         G_GNUC_UNUSED ZpValueKind kind, gpointer data)
{
    Count *count = data;
    count->all += value->has_value;
    count->confirmed += value->has_value && value->ocr->state == ZP_OCR_CONFIRMED;
}

static bool has_code(const ZpValue *value, const char *code)
{
    for (guint k = 0; value->ocr && k < value->ocr->n_by; k++) {
        if (strcmp(value->ocr->by[k], code) == 0)
            return true;
    }
    return false;
}

/* All seven forms: how much is confirmed, and nothing that no other cell bears out. */
Test(review, sums_confirm)
{
    g_autoptr(ZpRulebook) book = rulebook();
    g_autoptr(GPtrArray) forms = pictured_forms(book, ZP_OCR_READ);
    Count count = {0};
    for (guint k = 0; k < forms->len; k++) {
        ZpForm *form = g_ptr_array_index(forms, k);
        normalise(book, form);
        zp_verify_form(book, form);
        zp_form_each_value(form, count_figure, &count);
        for (guint i = 0; i < form->indicators->len; i++) {
            const ZpIndicator *row = zp_form_indicator(form, i);
            cr_assert(!has_code(&row->target, "W01") && !has_code(&row->actual, "S01"));
        }
    }
    cr_assert_gt(100 * count.confirmed, 45 * count.all, "%u of %u", count.confirmed, count.all);
}

static void set_text(const ZpRulebook *book, ZpForm *form, ZpValue *value, const char *text)
{
    value->text = g_string_chunk_insert(form->strings, text);
    normalise(book, form);
    zp_verify_form(book, form);
}

Test(review, what_is_misread_is_not_confirmed)
{
    g_autoptr(ZpRulebook) book = rulebook();
    g_autoptr(GPtrArray) forms = pictured_forms(book, ZP_OCR_READ);
    ZpForm *form = g_ptr_array_index(forms, 0);
    ZpIndicator *first = zp_form_indicator(form, 0), *next = zp_form_indicator(form, 1);
    set_text(book, form, &first->weight, "99");
    cr_assert(!has_code(&first->weight, "W01") && !has_code(&next->weight, "W01"));
    cr_assert(has_code(&first->score, "S01")); /* the scores add up all the same */
    ZpForm *other = g_ptr_array_index(forms, 1);
    set_text(book, other, &zp_form_fund(other, 0)->rate, "12.34%");
    cr_assert(!has_code(&zp_form_fund(other, 0)->rate, "F01"));
    cr_assert(!has_code(&zp_form_fund(other, 0)->executed, "F01"));
    /* The right digits under another sign, or under none. */
    for (guint k = 0; k < 2; k++) {
        ZpForm *third = g_ptr_array_index(forms, 2);
        ZpValue *rate = &zp_form_fund(third, 0)->rate;
        g_autofree char *digits = g_strndup(rate->text, strspn(rate->text, "0123456789."));
        g_autofree char *text = g_strconcat(digits, k ? "" : "‰", NULL);
        set_text(book, third, rate, text);
        cr_assert(!has_code(rate, "F01"), "%s", text);
    }
}

/* One in doubt is settled by its sum, two are not; a corrected one stays a person's. */
Test(review, one_doubt_a_sum)
{
    g_autoptr(ZpRulebook) book = rulebook();
    g_autoptr(GPtrArray) forms = pictured_forms(book, ZP_OCR_READ);
    ZpForm *one = g_ptr_array_index(forms, 0), *two = g_ptr_array_index(forms, 1);
    zp_form_indicator(one, 0)->weight.ocr->state = ZP_OCR_DOUBTFUL;
    zp_form_indicator(one, 1)->weight.ocr->state = ZP_OCR_CORRECTED;
    zp_form_indicator(two, 0)->weight.ocr->state = ZP_OCR_DOUBTFUL;
    zp_form_indicator(two, 1)->weight.ocr->state = ZP_OCR_DOUBTFUL;
    normalise(book, one);
    normalise(book, two);
    zp_verify_form(book, one);
    zp_verify_form(book, two);
    cr_assert_eq(zp_form_indicator(one, 0)->weight.ocr->state, ZP_OCR_CONFIRMED);
    cr_assert_eq(zp_form_indicator(one, 1)->weight.ocr->state, ZP_OCR_CORRECTED);
    cr_assert_eq(zp_form_indicator(two, 0)->weight.ocr->state, ZP_OCR_DOUBTFUL);
    cr_assert_eq(zp_form_indicator(two, 2)->weight.ocr->state, ZP_OCR_READ);
}

/* --- through a record --- */

Test(review, a_record_keeps_a_crop_and_who_corrected)
{
    g_autoptr(ZpRecord) record = zp_record_new();
    g_autoptr(ZpForm) form = zp_form_new();
    const ZpOcr ocr = {.state = ZP_OCR_CORRECTED, .was = "1", .who = "甲", .when = "2026"};
    form->template_id = form->profile = "central";
    form->headline = (ZpValue){.text = "3", .ocr = zp_form_keep_ocr(form, &ocr)};
    form->headline.ocr->crop = g_bytes_new_static(PIXEL, sizeof PIXEL);
    g_ptr_array_add(record->forms, g_steal_pointer(&form));
    g_autoptr(GBytes) bytes = zp_record_write(record);
    g_autoptr(ZpRecord) read = zp_record_read(bytes);
    cr_assert(read && read->forms->len == 1);
    const ZpOcr *again = ((const ZpForm *)g_ptr_array_index(read->forms, 0))->headline.ocr;
    cr_assert(g_bytes_get_size(again->crop) == sizeof PIXEL);
    cr_assert_str_eq(again->was, "1");
    cr_assert_str_eq(again->who, "甲");
    cr_assert_str_eq(again->when, "2026");
    /* A worker's crop that is no PNG, or over ZP_LIMIT_CROP_BYTES, spoils its record. */
    ZpOcr *mine = ((ZpForm *)g_ptr_array_index(record->forms, 0))->headline.ocr;
    g_autofree char *large = g_strnfill(ZP_LIMIT_CROP_BYTES + 1, 'x');
    for (gsize size = 1; size <= ZP_LIMIT_CROP_BYTES + 1; size += ZP_LIMIT_CROP_BYTES) {
        g_clear_pointer(&mine->crop, g_bytes_unref);
        mine->crop = g_bytes_new(large, size);
        g_autoptr(GBytes) bad = zp_record_write(record);
        cr_assert_null(zp_record_read(bad));
    }
}
