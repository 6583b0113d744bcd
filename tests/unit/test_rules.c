/*
 * test_rules.c - every rule passing, failing, not applicable and not evaluable, where it can be.
 *
 * A case takes one sound form, changes a few cells of it and says how one rule must end: which
 * place fails, how grave it is, by which habit, and what was expected there.
 */
#include "normalise/normalise.h"
#include "rules/check.h"
#include "table.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

typedef enum {
    PASS,   /* no place fails, none is unknown, some pass */
    FAIL,   /* the named place fails */
    ABSENT, /* no place is left, or fewer than in the sound form; none fails or is unknown */
    CANNOT, /* the named place cannot be evaluated */
} Ending;

/* A cell by its pointer, and its new text; "-" takes the cell away. */
typedef struct {
    const char *pointer, *text;
} Edit;

#define EDITS_MAX 8

typedef struct {
    ZpRule rule;
    Ending ending;
    const char *pointer; /* of FAIL and CANNOT */
    const char
        *outcome; /* of FAIL: severity, habit or variant, expected; only what is given counts */
    Edit edits[EDITS_MAX];
} Case;

static const char *const FUND_ROWS[][8] = {
    /* source, label, initial, budget, executed, weight, rate, score */
    {"total", "年度资金总额", "100", "100", "95", "10", "95%", "9.5"},
    {"fiscal", "其中：当年财政拨款", "100", "90", "85", "—", "", ""},
    {"other", "其他资金", "0", "10", "10", "—", "", ""},
};

static const char *const INDICATOR_ROWS[][7] = {
    /* level 1, level 2, level 3, target, actual, weight, score */
    {"产出指标", "数量指标", "培训次数", "≥10次", "10次", "20", "20"},
    {"产出指标", "质量指标", "合格情况", "≥90%", "95%", "20", "20"},
    {"产出指标", "时效指标", "完成情况", "=100%", "100%", "10", "10"},
    {"效益指标", "社会效益指标", "覆盖面", "≥100人", "100人", "30", "30"},
    {"满意度指标", "服务对象满意度指标", "学员满意度", "≥90%", "95%", "10", "10"},
};

static void fill_value(ZpForm *form, ZpValue *value, const char *text)
{
    *value = (ZpValue){.text = g_string_chunk_insert(form->strings, text)};
}

static void add_fund(ZpForm *form, const char *const *cells)
{
    ZpFund *fund = zp_form_add_fund(form);
    for (guint k = 0; k < ZP_SOURCE_COUNT; k++)
        if (strcmp(zp_source_name((ZpSource)k), cells[0]) == 0)
            fund->source = (ZpSource)k;
    fund->label.text = cells[1];
    for (guint k = 0; ZP_FUND_COLUMNS[k].name; k++)
        fill_value(form, zp_column_value(fund, &ZP_FUND_COLUMNS[k]), cells[2 + k]);
}

static void add_indicator(ZpForm *form, const char *const *cells)
{
    ZpIndicator *row = zp_form_add_indicator(form);
    row->level1.text = cells[0];
    row->level2.text = cells[1];
    row->level3.text = cells[2];
    row->reason.text = "";
    for (guint k = 0; ZP_INDICATOR_COLUMNS[k].name; k++)
        fill_value(form, zp_column_value(row, &ZP_INDICATOR_COLUMNS[k]), cells[3 + k]);
}

static ZpForm *sound_form(void)
{
    ZpForm *form = zp_form_new();
    form->template_id = "central";
    form->year = 2022;
    form->project.text = "技能培训";
    form->unit.text = "培训中心";
    form->currency_unit.text = "万元";
    form->blocks = ZP_BLOCK_FUNDS | ZP_BLOCK_GOALS | ZP_BLOCK_INDICATORS | ZP_BLOCK_TOTAL;
    form->has_reason_column = form->has_weight_column = form->has_score_column = true;
    fill_value(form, &form->total_weight, "100");
    fill_value(form, &form->total_score, "99.5");
    for (guint k = 0; k < G_N_ELEMENTS(FUND_ROWS); k++)
        add_fund(form, FUND_ROWS[k]);
    for (guint k = 0; k < G_N_ELEMENTS(INDICATOR_ROWS); k++)
        add_indicator(form, INDICATOR_ROWS[k]);
    return form;
}

static void edit_value(ZpForm *form, ZpValue *value, const char *text)
{
    *value = (ZpValue){0};
    if (strcmp(text, "-") != 0)
        fill_value(form, value, text);
}

static bool edit_column(ZpForm *form, gpointer row, const ZpColumn *columns, const char *name,
                        const char *text)
{
    for (const ZpColumn *column = columns; column->name; column++) {
        if (strcmp(column->name, name) != 0)
            continue;
        edit_value(form, zp_column_value(row, column), text);
        return true;
    }
    return false;
}

static const char *text_or_none(const char *text)
{
    return strcmp(text, "-") == 0 ? NULL : text;
}

static void edit_fund(ZpForm *form, ZpFund *fund, const char *name, const char *text)
{
    if (edit_column(form, fund, ZP_FUND_COLUMNS, name, text))
        return;
    if (strcmp(name, "part_of") == 0)
        fund->part_of = atoi(text);
    else if (strcmp(name, "source") == 0)
        fund->source = (ZpSource)atoi(text);
    else if (strcmp(name, "reason") == 0)
        fund->reason.text = text_or_none(text);
    else
        cr_assert_fail("no column %s", name);
}

/* A further column of the row. */
static void add_other(ZpForm *form, ZpIndicator *row, const char *label, const char *text)
{
    ZpExtra *other = zp_indicator_add_other(row);
    other->label.text = label;
    fill_value(form, &other->value, text);
}

static void edit_indicator(ZpForm *form, ZpIndicator *row, const char *name, const char *text)
{
    if (edit_column(form, row, ZP_INDICATOR_COLUMNS, name, text))
        return;
    if (strcmp(name, "level1") == 0)
        row->level1.text = text;
    else if (strcmp(name, "level2") == 0)
        row->level2.text = text;
    else if (strcmp(name, "level3") == 0)
        row->level3.text = text;
    else if (strcmp(name, "reason") == 0)
        row->reason.text = text_or_none(text);
    else if (strcmp(name, "part_of") == 0)
        row->part_of = atoi(text);
    else if (strcmp(name, "block") == 0)
        row->block = atoi(text);
    else if (strcmp(name, "empty") == 0)
        row->is_empty = true;
    else if (strcmp(name, "level1_weight") == 0)
        edit_value(form, &row->level1_weight, text);
    else if (strcmp(name, "level2_weight") == 0)
        edit_value(form, &row->level2_weight, text);
    else if (strcmp(name, "other") == 0)
        add_other(form, row, "折算得分", text);
    else if (strcmp(name, "coefficient") == 0)
        add_other(form, row, "得分系数", text);
    else
        cr_assert_fail("no column %s", name);
}

static void add_unused(ZpForm *form, const char *text)
{
    ZpUnread *unused = g_new0(ZpUnread, 1);
    unused->kind = ZP_LOSS_UNPLACED_TEXT;
    unused->text.text = text;
    g_ptr_array_add(form->unread, unused);
}

/* No budget and no execution, and yet a score. */
static void clear_money(ZpForm *form)
{
    for (guint k = 0; k < form->funds->len; k++) {
        ZpFund *fund = zp_form_fund(form, k);
        fill_value(form, &fund->initial, "0");
        fill_value(form, &fund->budget, "0");
        fill_value(form, &fund->executed, "0");
    }
}

/* All of the funds block is blank but the total row's rate and score. */
static void clear_amounts(ZpForm *form)
{
    for (guint k = 0; k < form->funds->len; k++) {
        ZpFund *fund = zp_form_fund(form, k);
        fill_value(form, &fund->initial, "");
        fill_value(form, &fund->budget, "");
        fill_value(form, &fund->executed, "");
    }
}

/* As read from a picture: the budget of the total row is in this state. */
static void set_picture(ZpForm *form, const char *state)
{
    const ZpPictured page = {.page = 1, .dpi = 200};
    const ZpOcr ocr = {.state = strcmp(state, "read") == 0 ? ZP_OCR_READ : ZP_OCR_DOUBTFUL,
                       .confidence = 40};
    g_array_append_val(form->pictured, page);
    zp_form_fund(form, 0)->budget.ocr = zp_form_keep_ocr(form, &ocr);
}

static void edit_field(ZpForm *form, const char *pointer, const char *text)
{
    if (strcmp(pointer, "/picture") == 0) {
        set_picture(form, text);
        return;
    }
    if (strcmp(pointer, "/template") == 0)
        form->template_id = text;
    else if (strcmp(pointer, "/project") == 0)
        form->project.text = text_or_none(text);
    else if (strcmp(pointer, "/unit") == 0)
        form->unit.text = text_or_none(text);
    else if (strcmp(pointer, "/year") == 0)
        form->year = atoi(text);
    else if (strcmp(pointer, "/currency_unit") == 0)
        form->currency_unit.text = text_or_none(text);
    else if (strcmp(pointer, "/missing") == 0)
        form->missing = (guint)atoi(text);
    else if (strcmp(pointer, "/blocks") == 0)
        form->blocks = (guint)atoi(text);
    else if (strcmp(pointer, "/unused") == 0)
        add_unused(form, text);
    else if (strcmp(pointer, "/unused_more") == 0)
        form->n_unread_more = (guint)atoi(text);
    else if (strcmp(pointer, "/no") == 0 && strcmp(text, "reasons") == 0)
        form->has_reason_column = false;
    else if (strcmp(pointer, "/no") == 0 && strcmp(text, "weights") == 0)
        form->has_weight_column = false;
    else if (strcmp(pointer, "/no") == 0 && strcmp(text, "scores") == 0)
        form->has_score_column = false;
    else if (strcmp(pointer, "/no") == 0 && strcmp(text, "amounts") == 0)
        clear_amounts(form);
    else if (strcmp(pointer, "/no") == 0 && strcmp(text, "money") == 0)
        clear_money(form);
    else if (strcmp(pointer, "/no") == 0 && strcmp(text, "funds") == 0)
        g_ptr_array_set_size(form->funds, 0);
    else if (strcmp(pointer, "/funds_reasons") == 0)
        form->has_funds_reason_column = true;
    else if (strcmp(pointer, "/funds_weight") == 0)
        edit_value(form, &form->funds_weight, text);
    else if (strcmp(pointer, "/total/weight") == 0)
        edit_value(form, &form->total_weight, text);
    else if (strcmp(pointer, "/total/score") == 0)
        edit_value(form, &form->total_score, text);
    else if (strcmp(pointer, "/total/grade") == 0)
        form->total_grade.text = text_or_none(text);
    else if (strcmp(pointer, "/headline") == 0)
        edit_value(form, &form->headline, text);
    else if (strcmp(pointer, "/goals/expected") == 0)
        form->goal_expected.text = text_or_none(text);
    else if (strcmp(pointer, "/goals/actual") == 0)
        form->goal_actual.text = text_or_none(text);
    else if (strcmp(pointer, "/extra") == 0)
        fill_value(form, &zp_form_add_extra(form)->value, text);
    else
        cr_assert_fail("no field %s", pointer);
}

static void edit_form(ZpForm *form, const Edit *edit)
{
    char *column = NULL;
    if (g_str_has_prefix(edit->pointer, "/funds/")) {
        guint k = (guint)strtoul(edit->pointer + strlen("/funds/"), &column, 10);
        edit_fund(form, zp_form_fund(form, k), column + 1, edit->text);
    } else if (g_str_has_prefix(edit->pointer, "/indicators/")) {
        guint k = (guint)strtoul(edit->pointer + strlen("/indicators/"), &column, 10);
        edit_indicator(form, zp_form_indicator(form, k), column + 1, edit->text);
    } else {
        edit_field(form, edit->pointer, edit->text);
    }
}

#define I0 "/indicators/0/"
#define I1 "/indicators/1/"
#define I2 "/indicators/2/"
#define I3 "/indicators/3/"
#define I4 "/indicators/4/"

#define R(code) ZP_RULE_##code

/* One digit more than is computed exactly. */
#define LONG_NUMBER "1234567890123456789012345678901234567"

static const Case CASES[] = {
    {R(D04), PASS, NULL, NULL, {{0}}},
    {R(D04), FAIL, "/total", "warning", {{"/missing", "8"}}},
    {R(D04), FAIL, "/indicators", "warning", {{"/missing", "4"}}},
    {R(D04), ABSENT, NULL, NULL, {{"/blocks", "7"}}},
    {R(D05), PASS, NULL, NULL, {{0}}},
    {R(D05), FAIL, "", "warning", {{"/unused", "散落的文字"}}},
    {R(D05), FAIL, "", "more", {{"/unused_more", "7"}}},

    {R(D06), ABSENT, NULL, NULL, {{0}}},
    {R(D06), PASS, NULL, NULL, {{"/picture", "read"}}},
    {R(D06), FAIL, "/funds/0/budget", "warning", {{"/picture", "doubtful"}}},

    {R(F01), PASS, NULL, NULL, {{0}}},
    {R(F01), PASS, NULL, NULL, {{"/funds/0/rate", "95.00%"}}},
    {R(F01), FAIL, "/funds/0/rate", "error 95%", {{"/funds/0/rate", "96%"}}},
    {R(F01),
     FAIL,
     "/funds/1/rate",
     "error 94.44%",
     {{"/funds/1/rate", "94.45%"}, {"/funds/1/executed", "84.996"}, {"/funds/1/budget", "90"}}},
    {R(F01), FAIL, "/funds/1/rate", "note up 94.44%", {{"/funds/1/rate", "94.45%"}}},
    {R(F01),
     FAIL,
     "/funds/1/rate",
     "note cut 88.89%",
     {{"/funds/1/rate", "88.88%"}, {"/funds/1/executed", "80"}}},
    {R(F01), FAIL, "/funds/0/rate", "note ratio 95.00%", {{"/funds/0/rate", "0.95"}}},
    {R(F01),
     FAIL,
     "/funds/0/rate",
     "note ratio 100%",
     {{"/funds/0/rate", "1"}, {"/funds/0/executed", "100"}}},
    {R(F01), FAIL, "/funds/0/rate", "error 95.00%", {{"/funds/0/rate", "0.95%"}}},
    {R(F01),
     FAIL,
     "/funds/0/rate",
     "note rounded-figures 95.24%",
     {{"/funds/0/rate", "94.90%"}, {"/funds/0/executed", "12.0"}, {"/funds/0/budget", "12.6"}}},
    {R(F01), FAIL, "/funds/0/rate", "error 95.00%", {{"/funds/0/rate", "94.90%"}}},
    {R(F01), PASS, NULL, NULL, {{"/funds/0/executed", "95万元"}, {"/funds/0/budget", "1000000元"}}},
    {R(F01), ABSENT, NULL, NULL, {{"/funds/0/rate", "—"}}},
    {R(F01), ABSENT, NULL, NULL, {{"/funds/0/budget", "0"}}},
    {R(F01), CANNOT, "/funds/0/rate", NULL, {{"/funds/0/budget", "7,00.0,77"}}},
    {R(F01), CANNOT, "/funds/0/rate", NULL, {{"/funds/0/rate", "9,5.5,0%"}}},

    {R(F01),
     FAIL,
     "/funds/0/rate",
     "note rounded-figures 95.24%",
     {{"/funds/0/rate", "94.47%"}, {"/funds/0/executed", "12.0"}, {"/funds/0/budget", "12.6"}}},
    {R(F01),
     FAIL,
     "/funds/0/rate",
     "error 95.24%",
     {{"/funds/0/rate", "94.46%"}, {"/funds/0/executed", "12.0"}, {"/funds/0/budget", "12.6"}}},
    {R(F01),
     FAIL,
     "/funds/0/rate",
     "note rounded-figures 95.24%",
     {{"/funds/0/rate", "96.02%"}, {"/funds/0/executed", "12.0"}, {"/funds/0/budget", "12.6"}}},
    {R(F01),
     FAIL,
     "/funds/0/rate",
     "error 95.24%",
     {{"/funds/0/rate", "96.03%"}, {"/funds/0/executed", "12.0"}, {"/funds/0/budget", "12.6"}}},
    {R(F02), PASS, NULL, NULL, {{0}}},
    {R(F02), PASS, NULL, NULL, {{"/funds/0/executed", "110"}, {"/funds/0/score", "10"}}},
    {R(F02),
     PASS,
     NULL,
     NULL,
     {{"/template", "hubei"},
      {"/funds/0/weight", "-"},
      {"/funds_weight", "20分"},
      {"/funds/0/score", "19"}}},
    {R(F02), FAIL, "/funds/0/score", "error 9.50", {{"/funds/0/score", "9.8"}}},
    {R(F02),
     FAIL,
     "/funds/0/score",
     "note from-stated-rate 9.99",
     {{"/funds/0/score", "10"},
      {"/funds/0/rate", "99.95%"},
      {"/funds/0/budget", "1900"},
      {"/funds/0/executed", "1899"}}},
    {R(F02),
     FAIL,
     "/funds/0/score",
     "error 9.50",
     {{"/funds/0/score", "9.6"}, {"/funds/0/rate", "96%"}}},
    {R(F02),
     FAIL,
     "/funds/0/score",
     "note up 9.44",
     {{"/funds/0/score", "9.45"},
      {"/funds/0/rate", ""},
      {"/funds/0/budget", "90"},
      {"/funds/0/executed", "85"}}},
    {R(F02),
     FAIL,
     "/funds/0/score",
     "note cut 8.89",
     {{"/funds/0/score", "8.88"},
      {"/funds/0/rate", ""},
      {"/funds/0/budget", "90"},
      {"/funds/0/executed", "80"}}},
    {R(F02),
     FAIL,
     "/funds/0/score",
     "note one-decimal 9.44",
     {{"/funds/0/score", "9.4"},
      {"/funds/0/rate", ""},
      {"/funds/0/budget", "90"},
      {"/funds/0/executed", "85"}}},
    {R(F02),
     FAIL,
     "/funds/0/score",
     "note whole 9.44",
     {{"/funds/0/score", "9"},
      {"/funds/0/rate", ""},
      {"/funds/0/budget", "90"},
      {"/funds/0/executed", "85"}}},
    {R(F02),
     FAIL,
     "/funds/0/score",
     "note rounded-figures 9.52",
     {{"/funds/0/score", "9.49"},
      {"/funds/0/rate", ""},
      {"/funds/0/budget", "12.6"},
      {"/funds/0/executed", "12.0"}}},
    {R(F02), ABSENT, NULL, NULL, {{"/funds/0/score", "-"}}},
    {R(F02), ABSENT, NULL, NULL, {{"/funds/0/score", "—"}}},
    {R(F02), CANNOT, "/funds/0/score", NULL, {{"/funds/0/score", ""}}},
    {R(F02), CANNOT, "/funds/0/score", NULL, {{"/funds/0/weight", "20"}, {"/funds/0/score", "19"}}},
    {R(F02), CANNOT, "/funds/0/score", NULL, {{"/funds/0/budget", "0"}}},
    {R(F02), CANNOT, "/funds/0/score", NULL, {{"/funds/0/executed", "9,5.0,0"}}},

    {R(F02),
     FAIL,
     "/funds/0/score",
     "note whole 9.97",
     {{"/funds/0/score", "10"},
      {"/funds/0/rate", ""},
      {"/funds/0/budget", "300"},
      {"/funds/0/executed", "299"}}},
    {R(F03), PASS, NULL, NULL, {{0}}},
    {R(F03), FAIL, "/funds/0/budget", "error", {{"/funds/0/budget", "0"}}},
    {R(F03),
     FAIL,
     "/funds/0/budget",
     "error blank",
     {{"/funds/0/budget", ""}, {"/funds/0/executed", ""}}},
    {R(F03), ABSENT, NULL, NULL, {{"/no", "funds"}}},
    {R(F03), ABSENT, NULL, NULL, {{"/funds/0/budget", "-"}}},
    {R(F03), CANNOT, "/funds/0/budget", NULL, {{"/funds/0/budget", "7,00.0,77"}}},

    {R(F04), PASS, NULL, NULL, {{0}}},
    {R(F04), PASS, NULL, NULL, {{"/funds/2/initial", ""}}},
    {R(F04), PASS, NULL, NULL, {{"/funds/0/budget", "100.0"}, {"/funds/1/budget", "90.1"}}},
    {R(F04),
     FAIL,
     "/funds/0/budget",
     "error 100.16",
     {{"/funds/0/budget", "100.0"}, {"/funds/1/budget", "90.16"}}},
    {R(F04), FAIL, "/funds/0/initial", "error 101", {{"/funds/1/initial", "101"}}},
    {R(F04), FAIL, "/funds/0/executed", "error 94", {{"/funds/1/executed", "84"}}},
    {R(F04),
     FAIL,
     "/funds/0/budget",
     "note no-remainder-row 99",
     {{"/funds/1/budget", "89"}, {"/funds/2/source", "4"}}},
    {R(F04),
     PASS,
     NULL,
     NULL,
     {{"/funds/2/part_of", "1"},
      {"/funds/1/initial", "100"},
      {"/funds/1/budget", "100"},
      {"/funds/1/executed", "95"}}},
    {R(F04), FAIL, "/funds/0/budget", "error 90", {{"/funds/2/part_of", "1"}}},
    {R(F04), PASS, NULL, NULL, {{"/funds/1/budget", "900000元"}}},
    {R(F04), ABSENT, NULL, NULL, {{"/funds/1/initial", ""}, {"/funds/2/initial", "—"}}},
    {R(F04), CANNOT, "/funds/0/budget", NULL, {{"/funds/1/budget", "9,0.0,0"}}},
    {R(F04), CANNOT, "/funds/0/initial", NULL, {{"/funds/0/initial", ""}}},

    {R(F05), PASS, NULL, NULL, {{0}}},
    {R(F05), FAIL, "/funds/0/executed", "warning", {{"/funds/0/executed", "101"}}},
    {R(F05), FAIL, "/funds/2/executed", "warning", {{"/funds/2/budget", "0"}}},
    {R(F05), ABSENT, NULL, NULL, {{"/funds/2/executed", ""}}},
    {R(F05), CANNOT, "/funds/0/executed", NULL, {{"/funds/0/executed", "9,5.0,0"}}},

    {R(F06), PASS, NULL, NULL, {{0}}},
    {R(F06), FAIL, "/funds/0/weight", "error 10", {{"/funds/0/weight", "20"}}},
    {R(F06), FAIL, "/funds/0/weight", "error 20", {{"/template", "hubei"}}},
    {R(F06), ABSENT, NULL, NULL, {{"/template", "unknown"}, {"/funds/0/weight", "20"}}},
    {R(F06), ABSENT, NULL, NULL, {{"/template", "transfer"}}},
    {R(F06), CANNOT, "/funds/0/weight", NULL, {{"/funds/0/weight", ""}}},

    {R(F07), PASS, NULL, NULL, {{0}}},
    {R(F07), FAIL, "/funds/1", "note", {{"/funds/1/weight", "10"}}},
    {R(F07), FAIL, "/funds/2", "note", {{"/funds/2/score", "9.5"}}},
    {R(F07), ABSENT, NULL, NULL, {{"/funds/1/weight", "-"}, {"/funds/1/score", "-"}}},
    {R(F07), CANNOT, "/funds/1", NULL, {{"/funds/1/weight", "1,0.0,0"}}},

    {R(F08), PASS, NULL, NULL, {{0}}},
    {R(F08), FAIL, "/currency_unit", "warning", {{"/funds/0/budget", "1000000"}}},
    {R(F08), FAIL, "/currency_unit", "warning", {{"/currency_unit", "元"}}},
    {R(F08), PASS, NULL, NULL, {{"/funds/0/budget", "999999.99"}}},
    {R(F08), FAIL, "/currency_unit", "warning mixed", {{"/funds/0/initial", "1000000"}}},
    {R(F08), PASS, NULL, NULL, {{"/currency_unit", "元"}, {"/funds/0/budget", "100万元"}}},
    {R(F08), ABSENT, NULL, NULL, {{"/currency_unit", "-"}}},
    {R(F08), CANNOT, "/currency_unit", NULL, {{"/funds/0/budget", "1,00.0,0"}}},

    {R(F09), PASS, NULL, NULL, {{0}}},
    {R(F09), FAIL, "/funds/1/executed", "error", {{"/funds/1/executed", "7,00.0,77"}}},
    {R(F09), FAIL, "/indicators/0/score", "error", {{I0 "score", "2,0.0,0"}}},
    {R(F09), FAIL, "/indicators/0/actual", "error", {{I0 "actual", "1,00,0次"}}},
    {R(F09), FAIL, "/total/score", "error", {{"/total/score", "9.9.5"}}},
    {R(F09), PASS, NULL, NULL, {{I0 "score", "2,0.0,0"}, {I0 "empty", "1"}}},
    {R(F09), ABSENT, NULL, NULL, {{"/funds/1/executed", ""}}},

    {R(F10), PASS, NULL, NULL, {{0}}},
    {R(F10), PASS, NULL, NULL, {{"/funds/0/executed", "90"}}},
    {R(F10), FAIL, "/funds/0/rate", "note", {{"/funds/0/executed", "89.99"}}},
    {R(F10),
     FAIL,
     "/funds/0/rate",
     "warning asked",
     {{"/funds/0/executed", "80"}, {"/funds_reasons", ""}, {"/funds/0/reason", "无"}}},
    {R(F10),
     PASS,
     NULL,
     NULL,
     {{"/funds/0/executed", "80"}, {"/funds_reasons", ""}, {"/funds/0/reason", "年底才下达"}}},
    {R(F10), ABSENT, NULL, NULL, {{"/no", "funds"}}},
    {R(F10), CANNOT, "/funds/0/rate", NULL, {{"/funds/0/executed", ""}}},

    {R(F11), PASS, NULL, NULL, {{I2 "level3", "预算执行率"}, {I2 "actual", "95%"}}},
    {R(F11),
     PASS,
     NULL,
     NULL,
     {{I2 "level3", "预算执行率"}, {I2 "actual", "94.5%"}, {"/funds/0/executed", "94.46"}}},
    {R(F11),
     FAIL,
     "/indicators/2/actual",
     "error 95%",
     {{I2 "level3", "预算执行率"}, {I2 "actual", "92%"}}},
    {R(F11), ABSENT, NULL, NULL, {{0}}},
    {R(F11),
     CANNOT,
     "/indicators/2/actual",
     NULL,
     {{I2 "level3", "预算执行率"}, {I2 "actual", "已完成"}}},
    {R(F11), CANNOT, "/indicators/2/actual", NULL, {{I2 "level3", "预算执行率"}, {"/no", "funds"}}},

    {R(W01), PASS, NULL, NULL, {{0}}},
    {R(W01), FAIL, "/total/weight", "error total-row 95", {{I0 "weight", "15"}}},
    {R(W01), FAIL, "/total/weight", "error 100", {{I0 "weight", "15"}, {"/total/weight", "95"}}},
    {R(W01),
     FAIL,
     "/indicators",
     "error 100",
     {{I0 "weight", "15"}, {"/total/weight", "-"}, {"/blocks", "7"}}},
    {R(W01), PASS, NULL, NULL, {{I0 "part_of", "1"}, {I1 "weight", "40"}}},
    {R(W01), PASS, NULL, NULL, {{I0 "empty", "1"}, {I1 "weight", "40"}}},
    {R(W01), ABSENT, NULL, NULL, {{"/no", "weights"}}},
    {R(W01), CANNOT, "/total/weight", NULL, {{I0 "weight", ""}}},
    {R(W01), CANNOT, "/total/weight", NULL, {{I0 "weight", "2,0.0,0"}}},
    {R(W01), CANNOT, "/total/weight", NULL, {{"/missing", "2"}}},

    {R(W02), PASS, NULL, NULL, {{I0 "level1_weight", "50分"}, {I0 "level2_weight", "20"}}},
    {R(W02), FAIL, "/indicators/0/level1_weight", "error 50", {{I0 "level1_weight", "60"}}},
    {R(W02), FAIL, "/indicators/1/level2_weight", "error 20", {{I1 "level2_weight", "10"}}},
    {R(W02), PASS, NULL, NULL, {{I0 "level1_weight", "50"}, {I2 "level1_weight", "50"}}},
    {R(W02),
     CANNOT,
     "/indicators/0/level1_weight",
     NULL,
     {{I0 "level1_weight", "50"}, {I1 "weight", ""}}},
    {R(W02),
     CANNOT,
     "/indicators/0/level1_weight",
     NULL,
     {{I0 "level1_weight", "60"}, {"/missing", "8"}}},

    {R(W03), PASS, NULL, NULL, {{0}}},
    {R(W03),
     PASS,
     NULL,
     NULL,
     {{I0 "level1", "成本指标"}, {I1 "weight", "30"}, {I3 "weight", "20"}}},
    {R(W03), FAIL, "/total/weight", "note", {{I0 "weight", "30"}, {I3 "weight", "20"}}},
    {R(W03),
     FAIL,
     "/indicators",
     "note",
     {{I0 "weight", "30"}, {I3 "weight", "20"}, {"/total/weight", "-"}, {"/blocks", "7"}}},
    {R(W03), ABSENT, NULL, NULL, {{"/template", "unknown"}}},
    {R(W03), ABSENT, NULL, NULL, {{"/template", "hubei"}}},
    {R(W03), CANNOT, "/total/weight", NULL, {{I0 "weight", ""}}},

    {R(W04), PASS, NULL, NULL, {{0}}},
    {R(W04), FAIL, "/indicators/0/weight", "error", {{I0 "weight", ""}}},
    {R(W04), FAIL, "/indicators/0/weight", "error zero", {{I0 "weight", "0"}}},
    {R(W04), ABSENT, NULL, NULL, {{I0 "weight", "—"}, {I0 "score", "—"}}},
    {R(W04), ABSENT, NULL, NULL, {{I0 "weight", ""}, {I0 "part_of", "1"}}},
    {R(W04), CANNOT, "/indicators/0/weight", NULL, {{I0 "weight", "2,0.0,0"}}},

    {R(S01), PASS, NULL, NULL, {{0}}},
    {R(S01), FAIL, "/total/score", "error 99.5", {{"/total/score", "97.5"}}},
    {R(S01),
     FAIL,
     "/total/score",
     "note rounded 99.55",
     {{"/funds/0/score", "9.55"}, {"/total/score", "99.6"}}},
    {R(S01), PASS, NULL, NULL, {{I0 "part_of", "1"}, {"/total/score", "79.5"}}},
    {R(S01), PASS, NULL, NULL, {{"/no", "weights"}}},
    {R(S01), ABSENT, NULL, NULL, {{"/no", "scores"}}},
    {R(S01), CANNOT, "/total/score", NULL, {{I0 "score", ""}}},
    {R(S01), CANNOT, "/total/score", NULL, {{"/missing", "8"}, {"/total/score", "-"}}},
    {R(S01), CANNOT, "/total/score", NULL, {{"/total/score", ""}}},

    {R(S04), PASS, NULL, NULL, {{0}}},
    {R(S04), FAIL, "/indicators/0/score", "error", {{I0 "score", "20.01"}}},
    {R(S04), ABSENT, NULL, NULL, {{I0 "part_of", "1"}, {I0 "score", "30"}}},
    {R(S04), CANNOT, "/indicators/0/score", NULL, {{I0 "weight", ""}, {I0 "score", "30"}}},

    {R(S05), PASS, NULL, NULL, {{0}}},
    {R(S05), FAIL, "/indicators/0/score", "error no-reason 20", {{I0 "score", "19"}}},
    {R(S05),
     FAIL,
     "/indicators/0/score",
     "error no-reason 20",
     {{I0 "score", "19"}, {I0 "reason", "暂无"}}},
    {R(S05),
     FAIL,
     "/indicators/0/score",
     "warning 20",
     {{I0 "score", "19"}, {I0 "reason", "设备老化"}}},
    {R(S05),
     FAIL,
     "/indicators/0/score",
     "warning no-column 20",
     {{I0 "score", "19"}, {"/no", "reasons"}}},
    {R(S05),
     ABSENT,
     NULL,
     NULL,
     {{I0 "score", "19"}, {I0 "target", "达成年度指标"}, {I0 "actual", "达成年度指标"}}},
    {R(S05), PASS, NULL, NULL, {{I1 "score", "19"}}},
    {R(S05), CANNOT, "/indicators/0/score", NULL, {{I0 "score", "19"}, {I0 "actual", "10人"}}},
    {R(S05), CANNOT, "/indicators/0/score", NULL, {{I0 "score", ""}}},

    {R(S06), PASS, NULL, NULL, {{0}}},
    {R(S06), FAIL, "/indicators/0/score", "error 18.00", {{I0 "actual", "9次"}}},
    /* full only because scores are printed without decimals: a warning, a note where a reason stands */
    {R(S06),
     FAIL,
     "/indicators/0/score",
     "warning whole 20.00",
     {{I0 "target", "≥100000次"}, {I0 "actual", "99999次"}}},
    {R(S06),
     FAIL,
     "/indicators/0/score",
     "note whole 19.60",
     {{I0 "target", "≥50次"}, {I0 "actual", "49次"}, {I0 "reason", "天气所限"}}},
    {R(S06),
     FAIL,
     "/indicators/0/score",
     "warning whole 19.60",
     {{I0 "target", "≥50次"}, {I0 "actual", "49次"}, {I0 "reason", "无"}}},
    {R(S06),
     FAIL,
     "/indicators/0/score",
     "error 19.40",
     {{I0 "target", "≥100次"}, {I0 "actual", "97次"}}},
    {R(S06),
     FAIL,
     "/indicators/0/score",
     "error 19.60",
     {{I0 "target", "≥50次"}, {I0 "actual", "49次"}, {I0 "score", "20.00"}}},
    /* either curve: W*T/A is 19.61, W*(1-(A-T)/T) 19.60; with 100 against 50 only W*T/A is 10 */
    {R(S06),
     FAIL,
     "/indicators/0/score",
     "warning whole 19.60",
     {{I0 "target", "≤50次"}, {I0 "actual", "51次"}, {"/template", "hubei"}}},
    /* a bare share: 0.85 is 85% where both readings miss; 0.95 may have reached 90% */
    {R(S06), FAIL, "/indicators/1/score", "error 18.89", {{I1 "actual", "0.85"}}},
    {R(S06), CANNOT, "/indicators/1/score", NULL, {{I1 "actual", "0.95"}}},
    {R(S06), PASS, NULL, NULL, {{I1 "target", "≤5%"}, {I1 "actual", "0.03"}}},
    /* a later date and a value outside its range are missed */
    {R(S06),
     FAIL,
     "/indicators/0/score",
     "error no-figure",
     {{I0 "target", "2022年11月底前"}, {I0 "actual", "2022年12月5日"}}},
    {R(S06), PASS, NULL, NULL, {{I0 "target", "不早于2022年11月"}, {I0 "actual", "2022年12月5日"}}},
    {R(S06),
     FAIL,
     "/indicators/0/score",
     "error no-figure",
     {{I0 "target", "-5℃"}, {I0 "actual", "-6℃"}}},
    {R(S06),
     FAIL,
     "/indicators/0/score",
     "error reverse 18.00",
     {{I0 "target", "≤10次"}, {I0 "actual", "11次"}}},
    {R(S06),
     FAIL,
     "/indicators/0/score",
     "error zero-target 0.00",
     {{I0 "target", "0次"}, {I0 "actual", "1次"}}},
    {R(S06), ABSENT, NULL, NULL, {{"/no", "scores"}}},
    {R(S06),
     CANNOT,
     "/indicators/0/score",
     NULL,
     {{I0 "target", "有效"}, {I0 "actual", "基本有效"}}},
    {R(S06),
     FAIL,
     "/indicators/0/score",
     "error no-figure",
     {{I0 "target", "10-12次"}, {I0 "actual", "9次"}}},
    {R(S07),
     CANNOT,
     "/indicators/0/score",
     NULL,
     {{I0 "target", "10-12次"}, {I0 "actual", "9次"}, {I0 "score", "18"}}},
    {R(S08),
     FAIL,
     "/indicators/0/reason",
     "error",
     {{I0 "target", "10-12次"}, {I0 "actual", "9次"}, {I0 "score", "18"}}},

    {R(S07), PASS, NULL, NULL, {{0}}},
    {R(S07),
     FAIL,
     "/indicators/0/score",
     "warning 18.00",
     {{I0 "actual", "9次"}, {I0 "score", "17"}}},
    {R(S07), PASS, NULL, NULL, {{I0 "actual", "9次"}, {I0 "score", "18"}}},
    {R(S07), PASS, NULL, NULL, {{I1 "actual", "85%"}, {I1 "score", "18.88"}}},
    {R(S07), PASS, NULL, NULL, {{I1 "actual", "85%"}, {I1 "score", "18.9"}}},
    {R(S07), PASS, NULL, NULL, {{I1 "actual", "85%"}, {I1 "score", "19"}}},
    {R(S07),
     FAIL,
     "/indicators/1/score",
     "warning 18.89",
     {{I1 "actual", "85%"}, {I1 "score", "18.8"}}},
    {R(S07), PASS, NULL, NULL, {{I0 "target", "≤10次"}, {I0 "actual", "12次"}, {I0 "score", "16"}}},
    {R(S07),
     PASS,
     NULL,
     NULL,
     {{I0 "target", "≤10次"}, {I0 "actual", "12次"}, {I0 "score", "16.67"}}},
    {R(S07), PASS, NULL, NULL, {{I0 "target", "≤10次"}, {I0 "actual", "25次"}, {I0 "score", "0"}}},
    {R(S07),
     FAIL,
     "/indicators/0/score",
     "warning reverse 16.00",
     {{I0 "target", "≤10次"}, {I0 "actual", "12次"}, {I0 "score", "15"}}},
    {R(S07), CANNOT, "/indicators/0/score", NULL, {{I0 "score", "—"}}},
    {R(S07), ABSENT, NULL, NULL, {{I0 "score", "—"}, {I0 "weight", "—"}}},
    {R(S07), CANNOT, "/indicators/0/score", NULL, {{I0 "actual", ""}, {I0 "score", "15"}}},
    {R(S07),
     CANNOT,
     "/indicators/0/score",
     NULL,
     {{I0 "target", "2022年6月"}, {I0 "actual", "2022年7月"}, {I0 "score", "15"}}},

    {R(S08), PASS, NULL, NULL, {{0}}},
    {R(S08), PASS, NULL, NULL, {{I0 "actual", "9次"}, {I0 "score", "18"}, {I0 "reason", "疫情"}}},
    {R(S08), FAIL, "/indicators/0/reason", "error", {{I0 "actual", "9次"}, {I0 "score", "18"}}},
    {R(S08),
     FAIL,
     "/indicators/0/reason",
     "error unsaid",
     {{I0 "actual", "基本完成"}, {I0 "score", "18"}}},
    {R(S08), ABSENT, NULL, NULL, {{"/no", "reasons"}}},
    {R(S08), CANNOT, "/indicators/0/score", NULL, {{I0 "score", "1,8.0,0"}}},

    {R(S08), PASS, NULL, NULL, {{I0 "score", "18"}}},
    {R(S09), PASS, NULL, NULL, {{0}}},
    {R(S09), FAIL, "/indicators/0/actual", "warning", {{I0 "actual", "13次"}}},
    {R(S09), PASS, NULL, NULL, {{I0 "actual", "12.99次"}}},
    {R(S09), PASS, NULL, NULL, {{I0 "actual", "13次"}, {I0 "reason", "增加场次"}}},
    {R(S09), ABSENT, NULL, NULL, {{I0 "target", "≤10次"}, {I0 "actual", "13次"}}},
    {R(S09), ABSENT, NULL, NULL, {{I0 "target", "有效"}, {I0 "actual", "13次"}}},
    {R(S09), CANNOT, "/indicators/0/actual", NULL, {{I0 "actual", "13人"}}},
    {R(S09),
     CANNOT,
     "/indicators/0/actual",
     NULL,
     {{I0 "level2", "成本指标"}, {I0 "target", "10万元"}, {I0 "actual", "13万元"}}},

    {R(S11), PASS, NULL, NULL, {{0}}},
    {R(S11), FAIL, "/indicators/1/score", "error 20", {{I1 "score", "19"}}},
    {R(S11), PASS, NULL, NULL, {{I1 "score", "18"}}},
    {R(S11), PASS, NULL, NULL, {{I2 "actual", "95%"}, {I2 "score", "9.5"}}},
    {R(S11), ABSENT, NULL, NULL, {{"/no", "weights"}}},
    {R(S11), CANNOT, "/indicators/1/score", NULL, {{I1 "score", "19"}, {I1 "target", "合格"}}},

    {R(C01), PASS, NULL, NULL, {{0}}},
    /* each blank cell of a row is one finding, a row with a weight alone one at its actual value */
    {R(C01), FAIL, "/indicators/0/target", "error indicator", {{I0 "target", ""}}},
    {R(C01), FAIL, "/indicators/0/score", "error indicator-dash", {{I0 "score", "—"}}},
    {R(C01), FAIL, "/indicators/0/score", "error indicator-dash", {{I0 "score", "－"}}},
    {R(C01), ABSENT, NULL, NULL, {{I0 "score", "—"}, {I0 "weight", "—"}}},
    {R(C01), ABSENT, NULL, NULL, {{I0 "score", ""}, {I0 "weight", "/"}}},
    {R(C01), PASS, NULL, NULL, {{I0 "actual", "—"}}},
    {R(C01),
     FAIL,
     "/indicators/0/actual",
     "error indicator",
     {{I0 "target", ""}, {I0 "actual", ""}, {I0 "score", ""}}},
    {R(C01), FAIL, "/total/score", "error dash", {{"/total/score", "—"}}},
    {R(C01), FAIL, "/funds/0/budget", "error funds", {{"/no", "amounts"}}},
    {R(C01), FAIL, "/funds/0/executed", "error funds", {{"/funds/0/executed", ""}}},
    {R(C01),
     ABSENT,
     NULL,
     NULL,
     {{"/funds/0/executed", ""}, {"/funds/0/rate", ""}, {"/funds/0/score", "—"}}},
    {R(C01), PASS, NULL, NULL, {{"/funds/0/executed", "—"}}},
    /* parts that carry the parent's weight are asked for their scores, and the parent is not */
    {R(C01),
     FAIL,
     "/indicators/1/score",
     "error indicator",
     {{I1 "part_of", "0"}, {I1 "score", ""}}},
    {R(C01), ABSENT, NULL, NULL, {{I1 "part_of", "0"}, {I0 "score", ""}}},
    {R(C01), FAIL, "/project", "error", {{"/project", ""}}},
    {R(C01), FAIL, "/unit", "error", {{"/unit", ""}}},
    {R(C01), FAIL, "/unit", "error", {{"/unit", "-"}}},
    {R(C01), FAIL, "/year", "error", {{"/year", "0"}}},
    {R(C01), FAIL, "/total/score", "error", {{"/total/score", ""}}},
    {R(C01), FAIL, "/total/weight", "error", {{"/total/weight", ""}}},
    {R(C01), FAIL, "/indicators/0/actual", "error indicator", {{I0 "actual", ""}}},
    {R(C01), FAIL, "/indicators/0/score", "error indicator", {{I0 "score", ""}}},
    {R(C01),
     PASS,
     NULL,
     NULL,
     {{I0 "target", ""}, {I0 "actual", ""}, {I0 "weight", ""}, {I0 "score", ""}}},
    {R(C01), ABSENT, NULL, NULL, {{I0 "score", "-"}}},
    {R(C01), ABSENT, NULL, NULL, {{I0 "score", ""}, {I0 "part_of", "1"}}},
    {R(C01), ABSENT, NULL, NULL, {{"/unit", "-"}, {"/template", "unknown"}}},
    {R(C01), ABSENT, NULL, NULL, {{"/total/score", ""}, {"/missing", "8"}}},
    {R(C01), ABSENT, NULL, NULL, {{I0 "score", ""}, {"/missing", "4"}}},

    {R(C04), PASS, NULL, NULL, {{0}}},
    {R(C04), PASS, NULL, NULL, {{I1 "target", "≥90百分比"}}},
    {R(C04), PASS, NULL, NULL, {{I3 "target", "≥1万人"}}},
    {R(C04), FAIL, "/indicators/0/actual", "warning", {{I0 "actual", "10人"}}},
    {R(C04), ABSENT, NULL, NULL, {{I0 "actual", "10"}}},
    {R(C04), CANNOT, "/indicators/0/actual", NULL, {{I0 "actual", "1,00,0人"}}},

    {R(C06), PASS, NULL, NULL, {{0}}},
    {R(C06), FAIL, "/indicators/0/actual", "note", {{I0 "actual", "≥10次"}}},
    {R(C06), FAIL, "/indicators/0/actual", "note", {{I0 "actual", "=10次"}}},
    {R(C06), ABSENT, NULL, NULL, {{I0 "actual", "已完成"}}},
    {R(C06), CANNOT, "/indicators/0/actual", NULL, {{I0 "actual", "=1,00,0次"}}},

    {R(C08), PASS, NULL, NULL, {{0}}},
    {R(C08), FAIL, "/indicators/0/level2", "note 数量指标", {{I0 "level2", "质量指标"}}},
    {R(C08),
     FAIL,
     "/indicators/4/level2",
     "note",
     {{I4 "level1", "产出指标"}, {I4 "level2", "质量指标"}}},
    {R(C08), ABSENT, NULL, NULL, {{I0 "level3", ""}}},

    {R(C10), PASS, NULL, NULL, {{0}}},
    {R(C10),
     FAIL,
     "/indicators/1/level3",
     "warning",
     {{I1 "level2", "数量指标"}, {I1 "level3", "培训次数"}}},
    {R(C10), PASS, NULL, NULL, {{I1 "level3", "培训次数"}}},
    {R(C10),
     PASS,
     NULL,
     NULL,
     {{I1 "level2", "数量指标"}, {I1 "level3", "培训次数"}, {I1 "block", "2"}}},
    {R(C10),
     PASS,
     NULL,
     NULL,
     {{I1 "level2", "数量指标"}, {I1 "level3", "培训次数"}, {I1 "part_of", "0"}}},
    {R(C10), ABSENT, NULL, NULL, {{I0 "level3", ""}}},

    {R(C11), PASS, NULL, NULL, {{0}}},
    {R(C11), FAIL, "/indicators/0/actual", "note", {{I0 "actual", "10余次"}}},
    {R(C11), FAIL, "/indicators/0/actual", "note", {{I0 "actual", "约12次"}}},
    {R(C11), ABSENT, NULL, NULL, {{I0 "actual", "若干"}}},
    {R(C11), CANNOT, "/indicators/0/actual", NULL, {{I0 "actual", "1,00,0次"}}},

    {R(C13), PASS, NULL, NULL, {{0}}},
    {R(C13), FAIL, "/indicators/0/reason", "note", {{I0 "reason", "组织有力"}}},
    {R(C13), PASS, NULL, NULL, {{I0 "reason", "组织有力"}, {I0 "actual", "13次"}}},
    {R(C13), PASS, NULL, NULL, {{I0 "reason", "组织有力"}, {I0 "score", "19"}}},
    {R(C13), PASS, NULL, NULL, {{I0 "reason", "不涉及"}}},
    {R(C13), ABSENT, NULL, NULL, {{"/no", "reasons"}}},
    {R(C13),
     CANNOT,
     "/indicators/0/reason",
     NULL,
     {{I0 "reason", "组织有力"}, {I0 "actual", "完成"}}},

    {R(C14), PASS, NULL, NULL, {{0}}},
    {R(C14), FAIL, "/indicators/0/actual", "warning", {{I0 "actual", "已完成"}}},
    {R(C14), FAIL, "/indicators/0/actual", "warning", {{I0 "actual", "无"}}},
    {R(C14), ABSENT, NULL, NULL, {{I0 "target", "有效"}}},
    {R(C14), ABSENT, NULL, NULL, {{I0 "actual", ""}}},
    {R(C14), CANNOT, "/indicators/0/actual", NULL, {{I0 "actual", "7×24次"}}},
    /* --- further sentences of the catalogue --- */
    /* 亿元 is scaled, too; the total row may stand last. */
    {R(F01), PASS, NULL, NULL, {{"/funds/0/budget", "1亿元"}, {"/funds/0/executed", "9500万元"}}},
    {R(F01),
     FAIL,
     "/funds/2/rate",
     "error 100%",
     {{"/funds/0/source", "1"}, {"/funds/2/source", "0"}, {"/funds/2/rate", "90%"}}},
    {R(F02),
     FAIL,
     "/funds/2/score",
     "error 5.00",
     {{"/funds/0/source", "1"},
      {"/funds/2/source", "0"},
      {"/funds/2/executed", "5"},
      {"/funds/2/weight", "10"},
      {"/funds/2/score", "6"}}},
    {R(F02),
     FAIL,
     "/funds/0/score",
     "error capped 10",
     {{"/funds/0/executed", "110"}, {"/funds/0/score", "11"}}},
    /* the order of the habits: from-stated-rate before up, cut before one-decimal, up before ratio */
    {R(F02),
     FAIL,
     "/funds/0/score",
     "note from-stated-rate 9.44",
     {{"/funds/0/score", "9.45"},
      {"/funds/0/rate", "94.45%"},
      {"/funds/0/budget", "90"},
      {"/funds/0/executed", "85"}}},
    {R(F02),
     FAIL,
     "/funds/0/score",
     "note cut 9.41",
     {{"/funds/0/score", "9.4"},
      {"/funds/0/rate", ""},
      {"/funds/0/budget", "1000"},
      {"/funds/0/executed", "940.6"}}},
    {R(F01),
     FAIL,
     "/funds/0/rate",
     "note up 0.0%",
     {{"/funds/0/rate", "0.1"}, {"/funds/0/budget", "2500"}, {"/funds/0/executed", "1"}}},
    /* up comes before rounded-figures, which would fit as well */
    {R(F01),
     FAIL,
     "/funds/0/rate",
     "note up 95.23%",
     {{"/funds/0/rate", "95.24%"}, {"/funds/0/executed", "120.0"}, {"/funds/0/budget", "126.01"}}},
    /* one-decimal and whole only at the decimals printed */
    {R(F02),
     FAIL,
     "/funds/0/score",
     "error 9.44",
     {{"/funds/0/score", "9.40"},
      {"/funds/0/rate", ""},
      {"/funds/0/budget", "90"},
      {"/funds/0/executed", "85"}}},
    {R(F03), FAIL, "/funds/0/budget", "error", {{"/funds/0/budget", "—"}}},
    {R(F03),
     PASS,
     NULL,
     NULL,
     {{"/funds/0/budget", "0"},
      {"/funds/0/executed", "0"},
      {"/funds/1/budget", "0"},
      {"/funds/1/executed", "0"},
      {"/funds/2/budget", "0"},
      {"/funds/2/executed", ""}}},
    {R(F04), FAIL, "/funds/0/budget", "error 110", {{"/funds/1/budget", "100"}}},
    {R(F08), PASS, NULL, NULL, {{"/currency_unit", "元"}, {"/funds/0/budget", "1000"}}},
    {R(F08), PASS, NULL, NULL, {{"/currency_unit", "元"}, {"/funds/0/budget", "0"}}},
    {R(F08), FAIL, "/currency_unit", "warning mixed", {{"/funds/0/initial", "0.01"}}},
    {R(F09), FAIL, "/funds/1/executed", "long", {{"/funds/1/executed", LONG_NUMBER}}},
    {R(F09), FAIL, "/indicators/0/actual", "long", {{I0 "actual", LONG_NUMBER "次"}}},
    {R(F09), FAIL, "/indicators/0/level1_weight", "error", {{I0 "level1_weight", "5,0.0分"}}},
    {R(F09), FAIL, "/funds_weight", "error", {{"/funds_weight", "1,0.0"}}},
    {R(F09), FAIL, "/headline", "error", {{"/headline", "9.9.5"}}},
    /* a ratio in the indicator: said only where the funds block prints the same */
    {R(F11), PASS, NULL, NULL, {{I2 "level3", "预算执行率"}, {I2 "actual", "0.95"}}},
    {R(F11),
     PASS,
     NULL,
     NULL,
     {{I2 "level3", "预算执行率"}, {I2 "actual", "0.95"}, {"/funds/0/rate", "0.95"}}},
    {R(F11),
     FAIL,
     "/indicators/2/actual",
     "error 95%",
     {{I2 "level3", "预算执行率"}, {I2 "actual", "0.85"}}},
    {R(F11),
     PASS,
     NULL,
     NULL,
     {{I2 "level3", "项目资金执行率（%）"}, {I2 "actual", "95"}, {"/funds/0/rate", "0.95"}}},
    {R(F11),
     PASS,
     NULL,
     NULL,
     {{I2 "level3", "资金执行率"}, {I2 "actual", "94.4%"}, {"/funds/0/executed", "94.46"}}},

    /* D04 makes the sums unknown, whichever block is missing */
    {R(S01), CANNOT, "/total/score", NULL, {{"/missing", "2"}}},
    {R(S01), CANNOT, "/total/score", NULL, {{"/funds/0/score", "9,5.0,0"}}},
    {R(W02),
     CANNOT,
     "/indicators/0/level1_weight",
     NULL,
     {{I0 "level1_weight", "60"}, {"/missing", "2"}}},
    {R(W03), CANNOT, "/total/weight", NULL, {{"/missing", "4"}}},
    {R(W03), PASS, NULL, NULL, {{"/missing", "2"}}},
    {R(D04), FAIL, "/funds", "warning", {{"/missing", "1"}}},
    {R(D04), FAIL, "/goals", "warning", {{"/missing", "2"}}},
    /* weights of empty and 其中 rows count in no section either */
    {R(W02), PASS, NULL, NULL, {{I0 "level1_weight", "30"}, {I0 "part_of", "1"}}},
    {R(W02), PASS, NULL, NULL, {{I0 "level1_weight", "30"}, {I0 "empty", "1"}}},
    {R(W04), ABSENT, NULL, NULL, {{I0 "weight", ""}, {I0 "empty", "1"}}},
    {R(W04), ABSENT, NULL, NULL, {{"/no", "weights"}}},
    {R(W04), ABSENT, NULL, NULL, {{I0 "weight", "0"}, {I0 "score", ""}}},
    /* no score rule at 其中 rows */
    {R(S05), ABSENT, NULL, NULL, {{I0 "part_of", "1"}, {I0 "score", "1"}}},
    {R(S06), ABSENT, NULL, NULL, {{I0 "part_of", "1"}, {I0 "actual", "1次"}}},
    {R(S07), ABSENT, NULL, NULL, {{I0 "part_of", "1"}, {I0 "actual", "1次"}, {I0 "score", "1"}}},
    {R(S08), ABSENT, NULL, NULL, {{I0 "part_of", "1"}, {I0 "actual", "1次"}, {I0 "score", "1"}}},
    {R(S09), ABSENT, NULL, NULL, {{I0 "part_of", "1"}, {I0 "actual", "99次"}}},
    {R(S10), ABSENT, NULL, NULL, {{I0 "part_of", "1"}, {I0 "actual", "未达成"}}},
    {R(S11), ABSENT, NULL, NULL, {{I1 "part_of", "0"}, {I1 "weight", "5"}, {I1 "score", "4.75"}}},
    {R(S12), ABSENT, NULL, NULL, {{I0 "part_of", "1"}, {I0 "other", "4"}}},
    {R(C13), ABSENT, NULL, NULL, {{I0 "part_of", "1"}, {I0 "reason", "组织有力"}}},
    /* an empty row is judged by nothing but C02 */
    {R(C06), ABSENT, NULL, NULL, {{I0 "actual", "=10次"}, {I0 "empty", "1"}}},
    {R(C10), ABSENT, NULL, NULL, {{I0 "empty", "1"}, {I0 "level3", "指标1"}}},
    /* without a reason column no rule about reasons fires */
    {R(S09), ABSENT, NULL, NULL, {{"/no", "reasons"}, {I0 "actual", "13次"}}},
    /* malformed, missing: what depends on it cannot be said */
    {R(S06), CANNOT, "/indicators/0/score", NULL, {{I0 "actual", "1,00,0次"}}},
    {R(S07), CANNOT, "/indicators/0/score", NULL, {{I0 "weight", ""}, {I0 "actual", "9次"}}},
    {R(S09), CANNOT, "/indicators/0/actual", NULL, {{I0 "target", "≥1,00,0次"}}},
    {R(S11), CANNOT, "/indicators/1/score", NULL, {{I1 "weight", ""}, {I1 "score", "19"}}},
    {R(C13), CANNOT, "/indicators/0/reason", NULL, {{I0 "weight", ""}, {I0 "reason", "组织有力"}}},
    /* expected scores: up and cut at two decimals, half up at the decimals printed */
    {R(S07), PASS, NULL, NULL, {{I1 "actual", "85%"}, {I1 "score", "18.89"}}},
    {R(S07),
     FAIL,
     "/indicators/1/score",
     "warning 18.89",
     {{I1 "actual", "85%"}, {I1 "score", "18.90"}}},
    {R(S07),
     FAIL,
     "/indicators/0/score",
     "warning reverse-quotient 16.67",
     {{"/template", "hubei"}, {I0 "target", "≤10次"}, {I0 "actual", "12次"}, {I0 "score", "16"}}},
    {R(S06),
     FAIL,
     "/indicators/0/score",
     "error reverse-quotient 18.18",
     {{"/template", "hubei"}, {I0 "target", "≤10次"}, {I0 "actual", "11次"}}},
    {R(S06), PASS, NULL, NULL, {{I0 "target", "0次"}, {I0 "actual", "1次"}, {I0 "score", "0"}}},
    /* S04 looks at a weight above 0 only */
    {R(S04), PASS, NULL, NULL, {{I0 "score", "0"}}},
    {R(S05), PASS, NULL, NULL, {{I0 "score", "21"}}},
    /* met at the limit of a comparator copied from the target */
    {R(S06), PASS, NULL, NULL, {{I0 "target", ">10次"}, {I0 "actual", ">10次"}}},
    {R(C01), FAIL, "/indicators/0/level3", "error name", {{I0 "actual", ""}, {I0 "level3", ""}}},
    {R(C08), PASS, NULL, NULL, {{I3 "level3", "受益人数"}}},
    {R(C08), FAIL, "/indicators/3/level2", "note 数量指标", {{I3 "level3", "培训人数"}}},
    {R(C08), PASS, NULL, NULL, {{I2 "level3", "完成及时率"}}},
    {R(C08), FAIL, "/indicators/1/level2", "note 时效指标", {{I1 "level3", "响应时间"}}},
    {R(C13),
     PASS,
     NULL,
     NULL,
     {{I0 "reason", "组织有力"}, {I0 "actual", "9次"}, {I0 "score", "18"}}},
    {R(C14), FAIL, "/indicators/0/actual", "warning", {{I0 "actual", "2022年11月"}}},

    {R(S02), PASS, NULL, NULL, {{"/headline", "99.5分"}}},
    {R(S02), PASS, NULL, NULL, {{"/headline", "99.50"}}},
    {R(S02), FAIL, "/headline", "error 99.5", {{"/headline", "98"}}},
    {R(S02),
     FAIL,
     "/headline",
     "error sum 99.5",
     {{"/headline", "98"}, {"/total/score", "-"}, {"/blocks", "7"}}},
    {R(S02), PASS, NULL, NULL, {{"/headline", "99.5"}, {"/total/score", "-"}, {"/blocks", "7"}}},
    {R(S02), ABSENT, NULL, NULL, {{"/headline", "-"}, {"/total/grade", "优"}}},
    {R(S02), CANNOT, "/headline", NULL, {{"/headline", "98"}, {"/missing", "2"}}},
    {R(S02), CANNOT, "/headline", NULL, {{"/headline", "98"}, {"/total/score", ""}}},
    {R(S02), CANNOT, "/headline", NULL, {{"/headline", "9.9.5"}}},

    {R(S03), PASS, NULL, NULL, {{"/total/grade", "优"}}},
    {R(S03), PASS, NULL, NULL, {{"/total/grade", "优秀"}}},
    {R(S03), PASS, NULL, NULL, {{"/total/grade", "良"}, {"/total/score", "89.99"}}},
    {R(S03), PASS, NULL, NULL, {{"/total/grade", "中"}, {"/total/score", "60"}}},
    {R(S03), PASS, NULL, NULL, {{"/total/grade", "差"}, {"/total/score", "59.9"}}},
    {R(S03), FAIL, "/total/grade", "error 优", {{"/total/grade", "良"}}},
    {R(S03), FAIL, "/total/grade", "error 良", {{"/total/grade", "优"}, {"/total/score", "80"}}},
    {R(S03),
     PASS,
     NULL,
     NULL,
     {{"/total/grade", "优"},
      {"/total/score", "85"},
      {"/extra", "优(80分以上)、良(70-80分)、中(60-70分)、差(60分以下)"}}},
    {R(S03),
     FAIL,
     "/total/grade",
     "error printed 中",
     {{"/total/grade", "良"},
      {"/total/score", "65"},
      {"/extra", "80分（含）以上为优，70（含）-80分为良，60（含）-70分为中，60分以下为差"}}},
    {R(S03), CANNOT, "/total/grade", NULL, {{"/total/grade", "合格"}}},
    {R(S03), CANNOT, "/total/grade", NULL, {{"/total/grade", "优"}, {"/total/score", ""}}},

    {R(S10), PASS, NULL, NULL, {{I3 "actual", "达成年度指标"}}},
    {R(S10), PASS, NULL, NULL, {{I3 "actual", "达成年度指标"}, {I3 "score", "24"}}},
    {R(S10),
     FAIL,
     "/indicators/3/score",
     "warning 24–30",
     {{I3 "actual", "达成年度指标"}, {I3 "score", "23.9"}}},
    {R(S10),
     FAIL,
     "/indicators/3/score",
     "warning below 18–24",
     {{I3 "actual", "部分达成年度指标并具有一定效果"}, {I3 "score", "24"}}},
    {R(S10),
     PASS,
     NULL,
     NULL,
     {{I3 "actual", "部分达成年度指标并具有一定效果"}, {I3 "score", "18"}}},
    {R(S10),
     FAIL,
     "/indicators/3/score",
     "warning below 18–24",
     {{I3 "actual", "部分达成年度指标并具有一定效果"}, {I3 "score", "17.9"}}},
    {R(S10),
     PASS,
     NULL,
     NULL,
     {{"/template", "hubei"}, {I3 "actual", "部分达成年度指标并具有一定效果"}, {I3 "score", "15"}}},
    {R(S10),
     FAIL,
     "/indicators/3/score",
     "warning below 0–18",
     {{I3 "actual", "未达成年度指标且效果较差"}, {I3 "score", "18"}}},
    {R(S10), PASS, NULL, NULL, {{I3 "actual", "未达成年度指标且效果较差"}, {I3 "score", "0"}}},
    {R(S10), ABSENT, NULL, NULL, {{I3 "actual", "达成率95%"}, {I1 "part_of", "0"}}},
    {R(S10), CANNOT, "/indicators/3/score", NULL, {{I3 "actual", "达成"}, {I3 "weight", ""}}},

    {R(S12), PASS, NULL, NULL, {{I0 "other", "20"}}},
    {R(S12), FAIL, "/indicators/0/other", "error 20", {{I0 "other", "4"}}},
    {R(S12), FAIL, "/indicators/0/other", "error 20", {{I0 "other", "4.00"}}},
    {R(S12), PASS, NULL, NULL, {{I0 "other", "20"}, {I0 "score", "100"}}},
    {R(S12), PASS, NULL, NULL, {{I0 "other", "0"}, {I0 "score", "0"}}},
    {R(S12), ABSENT, NULL, NULL, {{I0 "other", ""}, {I1 "part_of", "0"}}},
    {R(S12), CANNOT, "/indicators/0/score", NULL, {{I0 "other", "4"}, {I0 "score", ""}}},

    /* scores out of 100 are judged by what they come to */
    {R(S04), PASS, NULL, NULL, {{I0 "score", "100"}, {I0 "other", "20"}}},
    {R(S04),
     FAIL,
     "/indicators/0/score",
     "error",
     {{I0 "score", "21"}, {I0 "other", "21"}, {I1 "other", "20"}}},
    {R(S04), FAIL, "/indicators/0/score", "error", {{I0 "score", "110"}, {I0 "other", "22"}}},
    {R(S06),
     FAIL,
     "/indicators/0/score",
     "error 18.00",
     {{I0 "score", "100"}, {I0 "other", "20"}, {I0 "actual", "9次"}}},
    {R(S07), PASS, NULL, NULL, {{I0 "score", "90"}, {I0 "other", "18"}, {I0 "actual", "9次"}}},
    {R(S01), PASS, NULL, NULL, {{I0 "score", "100"}, {I0 "other", "20"}}},

    {R(C02), PASS, NULL, NULL, {{0}}},
    {R(C02), FAIL, "/indicators/0/level3", "note", {{I0 "level3", "指标1"}}},
    {R(C02), PASS, NULL, NULL, {{I0 "level3", "指标1：培训次数"}}},
    {R(C02), FAIL, "/indicators/3", "note", {{I3 "level3", "……"}, {I3 "empty", "1"}}},
    {R(C02), PASS, NULL, NULL, {{I3 "level3", ""}, {I3 "empty", "1"}}},
    {R(C02), FAIL, "/indicators/0/reason", "note", {{I0 "reason", "（100字以内）"}}},
    {R(C02), FAIL, "/indicators/0/target", "note", {{I0 "target", "≥XX次"}}},
    {R(C02), PASS, NULL, NULL, {{I0 "level3", "XXGL2022系统培训次数"}}},
    {R(C02), PASS, NULL, NULL, {{I0 "level3", "填报及时率"}}},
    {R(C02), FAIL, "/indicators/0/reason", "note", {{I0 "reason", "（请填写原因）"}}},
    {R(C02), FAIL, "/project", "note", {{"/project", "XX项目"}}},
    {R(C02), FAIL, "/goals/actual", "note", {{"/goals/actual", "××工作已完成"}}},

    {R(C03), PASS, NULL, NULL, {{"/no", "weights"}}},
    {R(C03),
     FAIL,
     "/indicators",
     "warning",
     {{"/no", "weights"},
      {I0 "target", "20"},
      {I1 "target", "20"},
      {I2 "target", "10"},
      {I3 "target", "30"},
      {I4 "target", "10"}}},
    {R(C03),
     PASS,
     NULL,
     NULL,
     {{"/no", "weights"},
      {I0 "target", "20"},
      {I1 "target", "20"},
      {I2 "target", "10"},
      {I3 "target", "30"},
      {I4 "target", "11"}}},
    {R(C03),
     PASS,
     NULL,
     NULL,
     {{"/no", "weights"},
      {I0 "target", "20"},
      {I1 "target", "20"},
      {I2 "target", "10"},
      {I3 "target", "30"},
      {I4 "target", "10%"}}},

    {R(C05),
     PASS,
     NULL,
     NULL,
     {{"/goals/expected", "举办培训十次提高技能"}, {"/goals/actual", "举办培训十二次"}}},
    {R(C05),
     FAIL,
     "/goals/actual",
     "note",
     {{"/goals/expected", "举办培训十次提高技能"}, {"/goals/actual", "举办培训 十次提高技能"}}},
    {R(C05),
     PASS,
     NULL,
     NULL,
     {{"/goals/expected", "举办培训十次提高技"}, {"/goals/actual", "举办培训十次提高技"}}},
    {R(C05), ABSENT, NULL, NULL, {{"/goals/expected", "举办培训"}, {"/goals/actual", ""}}},

    {R(C09), PASS, NULL, NULL, {{0}}},
    {R(C09), FAIL, "/indicators/0/level2", "note 效益指标", {{I0 "level2", "社会效益指标"}}},
    {R(C09), FAIL, "/indicators/4/level2", "note 产出指标", {{I4 "level2", "产出数量"}}},
    {R(C09), PASS, NULL, NULL, {{I0 "level2", "产出数量指标(10分)"}}},
    {R(C09), PASS, NULL, NULL, {{I4 "level2", "服务对象满意度指标等"}}},
    {R(C09), FAIL, "/indicators/3/level2", "note 满意度指标", {{I3 "level2", "满意度指标"}}},
    {R(C09), PASS, NULL, NULL, {{I3 "level2", "满意度指标"}, {"/template", "hubei"}}},
    {R(C09), ABSENT, NULL, NULL, {{I0 "level2", "社会效益指标"}, {"/template", "unknown"}}},
    {R(C09), ABSENT, NULL, NULL, {{I0 "level2", "综合指标"}}},
    {R(C09), ABSENT, NULL, NULL, {{I0 "level1", "项目管理"}}},

    /* a figure that is none, wherever one belongs */
    {R(F09), FAIL, "/indicators/0/score", "error words", {{I0 "score", "满分"}}},
    {R(F09), FAIL, "/indicators/0/score", "error words", {{I0 "score", "⑩"}}},
    {R(F09), FAIL, "/indicators/0/weight", "error words", {{I0 "weight", "优"}}},
    {R(F09), FAIL, "/funds/0/rate", "error words", {{"/funds/0/rate", "八成"}}},
    {R(F09), FAIL, "/funds/0/score", "error words", {{"/funds/0/score", "见附件"}}},
    {R(F09), FAIL, "/funds/1/budget", "error words", {{"/funds/1/budget", "见附件"}}},
    {R(F09), FAIL, "/total/score", "error words", {{"/total/score", "优秀"}}},
    {R(F09), FAIL, "/headline", "error other", {{"/headline", "99/100"}}},
    {R(F09), FAIL, "/indicators/0/score", "error other", {{I0 "score", "10（5）"}}},
    {R(F09), PASS, NULL, NULL, {{I0 "score", "20（见附件）"}}},
    {R(F09), PASS, NULL, NULL, {{"/funds/1/weight", "无"}, {"/funds/1/score", "不涉及"}}},
    {R(F09), PASS, NULL, NULL, {{I0 "score", "－"}, {I0 "weight", "／"}}},
    {R(S04), PASS, NULL, NULL, {{I0 "score", "20（见附件）"}}},
    {R(S01), PASS, NULL, NULL, {{I0 "score", "20（见附件）"}}},
    {R(S01), CANNOT, "/total/score", NULL, {{I0 "score", "满分"}}},
    {R(S06), CANNOT, "/indicators/0/score", NULL, {{I0 "score", "满分"}, {I0 "actual", "5次"}}},
    {R(S08), CANNOT, "/indicators/0/reason", NULL, {{I0 "score", "15"}, {I0 "actual", "1,00,0次"}}},
    {R(S08), CANNOT, "/indicators/0/reason", NULL, {{I0 "score", "15"}, {I0 "actual", ""}}},
    {R(S08), FAIL, "/indicators/0/reason", "error", {{I0 "score", "15"}, {I0 "actual", "已完成"}}},
    {R(S08), FAIL, "/indicators/0/reason", "error", {{I0 "score", "15"}, {I0 "actual", "10人"}}},

    {R(F12), PASS, NULL, NULL, {{0}}},
    {R(F12), FAIL, "/funds/0/executed", "error", {{"/funds/0/executed", "-95"}}},
    {R(F12), FAIL, "/funds/1/initial", "error", {{"/funds/1/initial", "△100"}}},
    {R(F12), FAIL, "/funds/0/budget", "error", {{"/funds/0/budget", "(100)"}}},
    {R(F12), FAIL, "/indicators/0/score", "error", {{I0 "score", "－1"}}},
    {R(F12), FAIL, "/indicators/0/weight", "error", {{I0 "weight", "-20"}}},
    {R(F12), FAIL, "/total/score", "error", {{"/total/score", "-99.5"}}},
    {R(F12), FAIL, "/headline", "error", {{"/headline", "-99.5"}}},
    {R(F12), PASS, NULL, NULL, {{I0 "actual", "-5次"}, {"/funds/0/rate", "-95%"}}},
    /* one wrong sign is one finding: what follows from it is not evaluable */
    {R(F01), CANNOT, "/funds/0/rate", NULL, {{"/funds/0/executed", "-95"}}},
    {R(F02), CANNOT, "/funds/0/score", NULL, {{"/funds/0/executed", "-95"}}},
    {R(F04), CANNOT, "/funds/0/executed", NULL, {{"/funds/0/executed", "-95"}}},
    {R(F05), CANNOT, "/funds/0/executed", NULL, {{"/funds/0/executed", "-95"}}},
    {R(F03), CANNOT, "/funds/0/budget", NULL, {{"/funds/0/budget", "-100"}}},
    {R(F08), CANNOT, "/currency_unit", NULL, {{"/funds/0/budget", "-100"}}},
    {R(F10), CANNOT, "/funds/0/rate", NULL, {{"/funds/0/executed", "-95"}}},
    {R(F11),
     CANNOT,
     "/indicators/2/actual",
     NULL,
     {{I2 "level3", "预算执行率"}, {"/funds/0/executed", "-95"}}},
    {R(S04), CANNOT, "/indicators/0/score", NULL, {{I0 "score", "-1"}}},
    {R(S01), CANNOT, "/total/score", NULL, {{I0 "score", "-1"}}},
    {R(W01), CANNOT, "/total/weight", NULL, {{I0 "weight", "-20"}}},
    {R(F07), CANNOT, "/funds/1", NULL, {{"/funds/1/weight", "-10"}}},

    {R(F13), PASS, NULL, NULL, {{0}}},
    {R(F13), FAIL, "/funds/0/score", "note", {{"/no", "money"}}},
    {R(F13), ABSENT, NULL, NULL, {{"/no", "money"}, {"/funds/0/score", "—"}}},
    {R(F13), PASS, NULL, NULL, {{"/no", "money"}, {"/funds/0/score", "0"}}},
    {R(F13), PASS, NULL, NULL, {{"/funds/0/budget", "0"}}},
    {R(F13), FAIL, "/funds/0/score", "note", {{"/no", "money"}, {"/funds/0/executed", ""}}},
    {R(C01), ABSENT, NULL, NULL, {{"/no", "money"}, {"/funds/0/executed", ""}}},

    {R(F15), PASS, NULL, NULL, {{0}}},
    {R(F15), FAIL, "/funds/0/rate", "note", {{I0 "actual", "0次"}}},
    {R(F15), PASS, NULL, NULL, {{I0 "actual", "1次"}}},
    {R(F15), PASS, NULL, NULL, {{I0 "actual", "0次"}, {"/funds/0/executed", "94.99"}}},
    {R(F15), FAIL, "/funds/0/rate", "note little-spent", {{"/funds/0/executed", "49.99"}}},
    {R(F15), PASS, NULL, NULL, {{"/funds/0/executed", "50"}}},
    {R(F15), PASS, NULL, NULL, {{"/funds/0/executed", "40"}, {I0 "actual", "9次"}}},
    {R(F15), CANNOT, "/funds/0/rate", NULL, {{"/funds/0/executed", "40"}, {I0 "actual", "有效"}}},
    {R(F15), CANNOT, "/funds/0/rate", NULL, {{"/funds/0/executed", "-95"}}},
    {R(F15),
     ABSENT,
     NULL,
     NULL,
     {{I0 "level1", "项目决策"}, {I1 "level1", "项目决策"}, {I2 "level1", "项目决策"}}},

    {R(S13), FAIL, "/indicators/0/score", "error 18.00", {{I0 "coefficient", "0.9"}}},
    {R(S13), FAIL, "/indicators/0/score", "error 18.00", {{I0 "coefficient", "90%"}}},
    {R(S13), FAIL, "/indicators/0/score", "error 18.00", {{I0 "coefficient", "90"}}},
    {R(S13), PASS, NULL, NULL, {{I0 "coefficient", "1"}}},
    {R(S13), PASS, NULL, NULL, {{I0 "coefficient", "100"}}},
    {R(S13), PASS, NULL, NULL, {{I0 "coefficient", "0.98"}}},
    {R(S13), ABSENT, NULL, NULL, {{I0 "coefficient", "—"}, {I0 "weight", "—"}}},
    {R(S13), CANNOT, "/indicators/0/score", NULL, {{I0 "coefficient", "1"}, {I0 "score", "满分"}}},

    {R(C15), PASS, NULL, NULL, {{I1 "level3", "合格率"}}},
    {R(C15), PASS, NULL, NULL, {{I1 "level3", "合格率"}, {I1 "actual", "100.0%"}}},
    {R(C15),
     FAIL,
     "/indicators/1/actual",
     "warning",
     {{I1 "level3", "合格率"}, {I1 "actual", "100.1%"}}},
    {R(C15), FAIL, "/indicators/4/actual", "warning", {{I4 "actual", "105"}}},
    {R(C15),
     FAIL,
     "/indicators/4/actual",
     "warning",
     {{I4 "level3", "满意度（%）"}, {I4 "actual", "105"}}},
    {R(C15), PASS, NULL, NULL, {{I4 "target", "≥110%"}, {I4 "actual", "120%"}}},
    {R(C15), PASS, NULL, NULL, {{I1 "level3", "增长率"}, {I1 "actual", "120%"}}},
    {R(C15), PASS, NULL, NULL, {{I1 "level3", "任务完成率"}, {I1 "actual", "120%"}}},
    {R(C15), CANNOT, "/indicators/4/actual", NULL, {{I4 "actual", "1,00,5%"}}},

    {R(C16),
     FAIL,
     "/indicators/0/actual",
     "note",
     {{I0 "target", "显著提升"}, {I0 "actual", "有所提升"}}},
    {R(C16),
     FAIL,
     "/indicators/0/actual",
     "note",
     {{I0 "target", "显著提升"}, {I0 "actual", "较显著提升"}}},
    {R(C16),
     FAIL,
     "/indicators/0/actual",
     "note",
     {{I0 "target", "达到要求"}, {I0 "actual", "基本达到要求"}}},
    {R(C16), PASS, NULL, NULL, {{I0 "target", "显著提升"}, {I0 "actual", "提升"}}},
    {R(C16), PASS, NULL, NULL, {{I0 "target", "有所提升"}, {I0 "actual", "有所提升"}}},
    {R(C16),
     PASS,
     NULL,
     NULL,
     {{I0 "target", "显著提升"},
      {I0 "actual", "有所提升"},
      {I0 "score", "18"},
      {I0 "reason", "略"}}},
    {R(C16),
     ABSENT,
     NULL,
     NULL,
     {{I0 "target", "达成年度指标"}, {I0 "actual", "部分达成年度指标"}}},
    {R(C16),
     CANNOT,
     "/indicators/0/actual",
     NULL,
     {{I0 "target", "显著提升"}, {I0 "actual", "有所提升"}, {I0 "score", "满分"}}},

    {R(C17), PASS, NULL, NULL, {{0}}},
    {R(C17), PASS, NULL, NULL, {{I0 "target", "提高"}, {I1 "target", "改善"}}},
    {R(C17),
     FAIL,
     "/indicators",
     "note",
     {{I0 "target", "提高"}, {I1 "target", "改善"}, {I2 "target", "—"}}},
    {R(C17),
     PASS,
     NULL,
     NULL,
     {{I0 "target", "提高"}, {I1 "target", "改善"}, {I2 "target", "2022年12月底前"}}},
    {R(C17),
     ABSENT,
     NULL,
     NULL,
     {{I0 "target", "提高"},
      {I1 "target", "改善"},
      {I2 "empty", ""},
      {I3 "empty", ""},
      {I4 "empty", ""}}},
    {R(C17),
     CANNOT,
     "/indicators",
     NULL,
     {{I0 "target", "提高"}, {I1 "target", "改善"}, {I2 "target", "—"}, {"/missing", "4"}}},

    /* weights: what is not scored needs none */
    {R(W04), FAIL, "/indicators/0/weight", "error dash", {{I0 "weight", "—"}}},
    {R(W04), ABSENT, NULL, NULL, {{I0 "weight", "—"}, {I0 "score", "—"}}},
    {R(W04), FAIL, "/indicators/0/weight", "error", {{I0 "weight", ""}, {I0 "score", "优"}}},
    /* parts whose weights make up the parent's count in its stead */
    {R(S01), PASS, NULL, NULL, {{I1 "part_of", "0"}, {I0 "score", "7"}, {"/total/score", "79.5"}}},
    {R(W01), FAIL, "/total/weight", "error 80", {{I1 "part_of", "0"}, {"/total/weight", "100"}}},
    {R(S04), FAIL, "/indicators/1/score", "error", {{I1 "part_of", "0"}, {I1 "score", "21"}}},
    {R(F04),
     PASS,
     NULL,
     NULL,
     {{"/funds/1/budget", "0.009亿"},
      {"/funds/0/budget", "0.01亿"},
      {"/funds/2/budget", "0.001亿"},
      {"/funds/0/executed", "95"}}},
    {R(S09), FAIL, "/indicators/0/actual", "warning", {{I0 "actual", "20次"}, {I0 "reason", "无"}}},
    {R(F10),
     FAIL,
     "/funds/0/rate",
     "warning asked",
     {{"/funds/0/executed", "80"}, {"/funds_reasons", ""}, {"/funds/0/reason", "无"}}},
    {R(C02), FAIL, "/indicators/0/actual", "note", {{I0 "actual", "**"}}},
    {R(C02), PASS, NULL, NULL, {{I0 "reason", "张**经办"}}},
    {R(S06), CANNOT, "/indicators/0/score", NULL, {{I0 "target", "—"}, {I0 "actual", "—"}}},
};

static const ZpFinding *find_finding(const ZpReport *report, guint rule, const char *pointer)
{
    for (guint k = 0; k < report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(report->findings, k);
        if (finding->rule == rule && strcmp(finding->pointer, pointer) == 0)
            return finding;
    }
    return NULL;
}

static bool is_unevaluated(const ZpReport *report, guint rule, const char *pointer)
{
    for (guint k = 0; k < report->unevaluated->len; k++) {
        const ZpUnevaluated *row = g_ptr_array_index(report->unevaluated, k);
        if (row->rule == rule && strcmp(row->pointer, pointer) == 0)
            return row->zh && row->en;
    }
    return false;
}

/* Every word of the outcome is the severity, the habit or message, or the expected figure. */
static bool has_outcome(const ZpFinding *finding, const char *outcome)
{
    g_auto(GStrv) words = g_strsplit(outcome, " ", -1);
    for (guint k = 0; words[k]; k++) {
        bool fits = strcmp(words[k], zp_severity_name(finding->severity)) == 0 ||
                    g_strcmp0(words[k], finding->habit) == 0 ||
                    strcmp(words[k], finding->message) == 0 ||
                    g_strcmp0(words[k], finding->expected) == 0;
        if (!fits)
            return false;
    }
    bool has_habit = finding->habit != NULL;
    return !has_habit || strstr(outcome, finding->habit);
}

static void check_texts(const ZpRulebook *rulebook, const ZpFinding *finding)
{
    g_autofree char *zh = zp_rulebook_message(rulebook, finding, ZP_LANG_ZH);
    g_autofree char *en = zp_rulebook_message(rulebook, finding, ZP_LANG_EN);
    cr_expect(*zh && !strpbrk(zh, "{}"), "%s", zh);
    cr_expect(*en && !strpbrk(en, "{}"), "%s", en);
}

static ZpChecks check_case(const ZpRulebook *rulebook, const Edit *edits, guint rule,
                           ZpReport *report)
{
    g_autoptr(ZpForm) form = sound_form();
    ZpChecks tally[ZP_RULE_COUNT] = {0};
    for (guint k = 0; edits && k < EDITS_MAX && edits[k].pointer; k++)
        edit_form(form, &edits[k]);
    zp_normalise_form(rulebook, form);
    zp_check_form(rulebook, form, report, tally);
    return tally[rule];
}

TableRows(rules, outcome)
{
    static guint indexes[G_N_ELEMENTS(CASES)];
    for (guint k = 0; k < G_N_ELEMENTS(CASES); k++)
        indexes[k] = k;
    return cr_make_param_array(guint, indexes, G_N_ELEMENTS(CASES));
}

TableTest(guint *index, rules, outcome)
{
    const Case *row = &CASES[*index];
    const char *code = ZP_RULES[row->rule].code;
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, &error);
    cr_assert(rulebook, "%s", error ? error->message : "no rulebook");
    g_autoptr(ZpReport) sound = zp_report_new();
    g_autoptr(ZpReport) report = zp_report_new();
    ZpChecks before = check_case(rulebook, NULL, row->rule, sound);
    ZpChecks after = check_case(rulebook, row->edits, row->rule, report);
    cr_expect(sound->findings->len == 0, "%s: the sound form has findings", code);
    bool is_quiet = !after.failed && !after.not_evaluable;
    const ZpFinding *finding = NULL;
    switch (row->ending) {
    case PASS:
        cr_expect(is_quiet && after.passed, "%s case %u: does not pass", code, *index);
        break;
    case ABSENT:
        cr_expect(is_quiet && after.not_applicable > (after.passed ? before.not_applicable : 0),
                  "%s case %u: is applicable", code, *index);
        break;
    case CANNOT:
        cr_expect(!after.failed && is_unevaluated(report, row->rule, row->pointer),
                  "%s case %u: is evaluable", code, *index);
        break;
    case FAIL:
        finding = find_finding(report, row->rule, row->pointer);
        cr_assert(finding, "%s case %u: does not fire", code, *index);
        cr_expect(has_outcome(finding, row->outcome), "%s case %u: %s %s %s %s, not %s", code,
                  *index, zp_severity_name(finding->severity), finding->message,
                  finding->habit ? finding->habit : "", finding->expected ? finding->expected : "",
                  row->outcome);
        check_texts(rulebook, finding);
        break;
    }
}

/* Every rule that judges forms is seen passing and failing above. */
Test(rules, every_rule_has_cases)
{
    for (guint rule = 0; rule < ZP_RULE_COUNT; rule++) {
        guint seen = 0;
        for (guint k = 0; k < G_N_ELEMENTS(CASES); k++)
            if (CASES[k].rule == rule)
                seen |= 1u << CASES[k].ending;
        ZpScope scope = ZP_RULES[rule].scope;
        bool judges =
            scope == ZP_SCOPE_FORM || scope == ZP_SCOPE_FUND || scope == ZP_SCOPE_INDICATOR;
        judges &= ZP_RULES[rule].severity != ZP_SEVERITY_OFF; /* test_profiles.c */
        guint wanted = judges ? 1u << PASS | 1u << FAIL : 0;
        cr_expect((seen & wanted) == wanted, "%s: no passing or no failing case",
                  ZP_RULES[rule].code);
    }
}

/* The counts of a form are the sums over its rules. */
Test(rules, counts_add_up)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(ZpForm) form = sound_form();
    g_autoptr(ZpReport) report = zp_report_new();
    ZpChecks tally[ZP_RULE_COUNT] = {0}, sum = {0};
    zp_normalise_form(rulebook, form);
    zp_check_form(rulebook, form, report, tally);
    for (guint rule = 0; rule < ZP_RULE_COUNT; rule++) {
        sum.passed += tally[rule].passed;
        sum.failed += tally[rule].failed;
        sum.not_applicable += tally[rule].not_applicable;
        sum.not_evaluable += tally[rule].not_evaluable;
    }
    const ZpVerdict *verdict = g_ptr_array_index(report->verdicts, 0);
    cr_expect(memcmp(&sum, &verdict->checks, sizeof sum) == 0);
}

/* What depends on a cell that is the matter of a finding says which cell and which finding. */
static const struct {
    Edit edit;
    ZpRule rule;
    const char *pointer, *zh, *en;
} CAUSES[] = {
    {{"/funds/0/budget", "见附件"},
     R(F01),
     "/funds/0/rate",
     "“年度资金总额”的全年预算数不是一个数（F09）",
     "the year's budget of 年度资金总额 is no number (F09)"},
    {{"/funds/0/executed", "-95"},
     R(F02),
     "/funds/0/score",
     "“年度资金总额”的全年执行数是负数（F12）",
     "the execution of 年度资金总额 is below 0 (F12)"},
    {{"/funds/1/budget", "7,00.0"},
     R(F04),
     "/funds/0/budget",
     "“其中：当年财政拨款”的全年预算数不是一个数（F09）",
     "the year's budget of 其中：当年财政拨款 is no number (F09)"},
    {{"/funds/0/executed", ""},
     R(F01),
     "/funds/0/rate",
     "“年度资金总额”的全年执行数没有填（C01）",
     "the execution of 年度资金总额 is missing (C01)"},
    {{I0 "score", "满分"},
     R(S01),
     "/total/score",
     "指标“培训次数”的得分不是一个数（F09）",
     "the score of the indicator 培训次数 is no number (F09)"},
    {{I0 "score", "满分"},
     R(S06),
     "/indicators/0/score",
     "指标“培训次数”的得分不是一个数（F09）",
     "the score of the indicator 培训次数 is no number (F09)"},
    {{I0 "score", "—"},
     R(S01),
     "/total/score",
     "指标“培训次数”的得分没有填（C01）",
     "the score of the indicator 培训次数 is missing (C01)"},
    {{I0 "weight", ""},
     R(W01),
     "/total/weight",
     "指标“培训次数”的分值没有填（W04）",
     "the weight of the indicator 培训次数 is missing (W04)"},
    {{I0 "target", ""},
     R(S06),
     "/indicators/0/score",
     "指标“培训次数”的目标值没有填（C01）",
     "the target of the indicator 培训次数 is missing (C01)"},
    {{I0 "actual", "1,00,0次"},
     R(C06),
     "/indicators/0/actual",
     "指标“培训次数”的实际完成值不是一个数（F09）",
     "the actual value of the indicator 培训次数 is no number (F09)"},
    {{"/total/score", "优"},
     R(S01),
     "/total/score",
     "总分不是一个数（F09）",
     "the total score is no number (F09)"},
    {{"/total/score", ""},
     R(S01),
     "/total/score",
     "总分没有填（C01）",
     "the total score is missing (C01)"},
};

Test(rules, causes_are_named)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    for (guint k = 0; k < G_N_ELEMENTS(CAUSES); k++) {
        g_autoptr(ZpReport) report = zp_report_new();
        const Edit edits[EDITS_MAX] = {CAUSES[k].edit};
        check_case(rulebook, edits, CAUSES[k].rule, report);
        const ZpUnevaluated *found = NULL;
        for (guint i = 0; i < report->unevaluated->len && !found; i++) {
            const ZpUnevaluated *row = g_ptr_array_index(report->unevaluated, i);
            if (row->rule == CAUSES[k].rule && strcmp(row->pointer, CAUSES[k].pointer) == 0)
                found = row;
        }
        cr_assert(found, "cause %u: evaluable", k);
        cr_expect_str_eq(found->zh, CAUSES[k].zh);
        cr_expect_str_eq(found->en, CAUSES[k].en);
    }
}

/* A figure that may as well stand elsewhere: D05 says so, and what needs it is not evaluable. */
Test(rules, doubtful_places_are_causes)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    static const struct {
        ZpRule rule;
        const char *pointer;
    } EXPECTED[] = {
        {ZP_RULE_S06, "/indicators/0/score"}, {ZP_RULE_C06, "/indicators/0/actual"},
        {ZP_RULE_F01, "/funds/0/rate"},       {ZP_RULE_F02, "/funds/0/score"},
        {ZP_RULE_F04, "/funds/0/executed"},
    };
    g_autoptr(ZpReport) report = zp_report_new();
    g_autoptr(ZpForm) form = sound_form();
    zp_form_indicator(form, 0)->actual.at = (ZpPlace){.table = 1, .row = 10, .col = 6};
    zp_form_fund(form, 0)->executed.at = (ZpPlace){.table = 1, .row = 5, .col = 5};
    const ZpPlace *const places[] = {&zp_form_indicator(form, 0)->actual.at,
                                     &zp_form_fund(form, 0)->executed.at};
    for (guint k = 0; k < G_N_ELEMENTS(places); k++) {
        ZpUnread *unread = g_new0(ZpUnread, 1);
        *unread = (ZpUnread){.kind = ZP_LOSS_DOUBTFUL_PLACE, .text = {"95", *places[k]}};
        g_ptr_array_add(form->unread, unread);
    }
    zp_normalise_form(rulebook, form);
    zp_check_form(rulebook, form, report, NULL);
    for (guint k = 0; k < G_N_ELEMENTS(EXPECTED); k++)
        cr_expect(is_unevaluated(report, EXPECTED[k].rule, EXPECTED[k].pointer), "%s",
                  EXPECTED[k].pointer);
    cr_expect(report->findings->len == 2);
}

/* A wrong sign, a word and a blank are one finding each in a form that is sound but for them. */
Test(rules, one_cause_is_one_finding)
{
    static const Edit ROWS[] = {
        {"/funds/0/executed", "-95"},
        {"/funds/0/budget", "见附件"},
        {"/funds/0/score", "优"},
        {"/funds/0/rate", "八成"},
        {I0 "score", "满分"},
        {I0 "score", "-20"},
        {I0 "weight", "二十"},
        {I0 "weight", ""},
        {I0 "weight", "—"},
        {I0 "score", ""},
        {I0 "score", "—"},
        {I0 "target", ""},
        {I0 "actual", ""},
        {I0 "actual", "1,00次"},
        {"/total/score", "优"},
        {"/total/score", "-99.5"},
        {"/funds/0/executed", ""},
    };
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    for (guint k = 0; k < G_N_ELEMENTS(ROWS); k++) {
        g_autoptr(ZpReport) report = zp_report_new();
        const Edit edits[EDITS_MAX] = {ROWS[k]};
        check_case(rulebook, edits, 0, report);
        cr_expect(report->findings->len == 1, "%s = \"%s\": %u findings", ROWS[k].pointer,
                  ROWS[k].text, report->findings->len);
    }
}
