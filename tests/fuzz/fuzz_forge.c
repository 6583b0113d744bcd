/*
 * fuzz_forge.c - records built by their structure: the wire is right, what they say need not be.
 *
 * The bytes are choices: how many rows a list has, which of the texts below stands in a field, which figure in
 * a number.  So every field soon holds what no worker would put there, in a record whose lengths and counts are
 * those of a true one; byte by byte (fuzz_record.c) hardly any change gets so far.
 */
#include "base/error.h"
#include "fuzz_writers.h"

#define ROWS_MOST 6

/* NULL, what is right in some field, and what is right in none. */
static const char *const TEXTS[] = {
    NULL,      "",
    "机关",    "12.5",
    "central", "unknown",
    "default", "up",
    "cut",     "rounded",
    "lost",    "label",
    "R02",     "split-cell",
    "html",    "/funds/0/score",
    "/title",  "/indicators/1/other/复核分",
    "%",       "/indicators/4294967295",
    "\x1b[2J", "</a>\n::error::x",
    "{label}", "\xe2\x80\xae\xef\xbf\xbf\x01",
    "/",       "0123456789abcdef0123456789abcdef",
    "=1+1",    "99999999999999999999999999999999999999",
};

typedef struct {
    const uint8_t *next, *end;
} Choices;

static guint choose(Choices *choices, guint count)
{
    guint chosen = choices->next < choices->end ? *choices->next++ : 0;
    return count ? chosen % count : chosen;
}

static const char *text_of(Choices *choices)
{
    return TEXTS[choose(choices, G_N_ELEMENTS(TEXTS))];
}

/* One that a record cannot be written without. */
static const char *needed_of(Choices *choices)
{
    const char *text = text_of(choices);
    return text ? text : "";
}

static int number_of(Choices *choices)
{
    static const int NUMBERS[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 31, 100, 2022, 9999, 70000};
    return NUMBERS[choose(choices, G_N_ELEMENTS(NUMBERS))];
}

static void fill_text(Choices *choices, ZpText *text)
{
    text->text = text_of(choices);
    text->at.line = choose(choices, 0);
    text->at.box.x1 = (float)choose(choices, 0) * 1e30F;
}

static void fill_value(Choices *choices, ZpValue *value)
{
    guint flags = choose(choices, 0);
    *value = (ZpValue){.text = text_of(choices),
                       .has_value = flags & 1,
                       .has_upper = flags & 2,
                       .is_malformed = flags & 4,
                       .op = choose(choices, ZP_OP_COUNT + 1),
                       .approx = choose(choices, ZP_APPROX_ABOUT + 1),
                       .unit = text_of(choices)};
    value->date = (ZpDate){flags & 8 ? number_of(choices) : 0, flags >> 4, number_of(choices)};
    value->value.coefficient = number_of(choices) - 50;
    value->upper.scale = flags & 3;
}

static void fill_columns(Choices *choices, const ZpColumn *columns, void *row)
{
    for (; columns->name; columns++)
        fill_value(choices, zp_column_value(row, columns));
}

static void fill_rows(Choices *choices, ZpForm *form)
{
    for (guint k = choose(choices, ROWS_MOST); k > 0; k--) {
        ZpFund *fund = zp_form_add_fund(form);
        fund->source = choose(choices, ZP_SOURCE_COUNT + 1);
        fund->part_of = (int)choose(choices, ROWS_MOST) - 1;
        fill_text(choices, &fund->label);
        fill_columns(choices, ZP_FUND_COLUMNS, fund);
    }
    for (guint k = choose(choices, ROWS_MOST); k > 0; k--) {
        ZpIndicator *row = zp_form_add_indicator(form);
        fill_text(choices, &row->level1);
        fill_text(choices, &row->level3);
        fill_columns(choices, ZP_INDICATOR_COLUMNS, row);
        fill_value(choices, &row->level1_weight);
        row->part_of = (int)choose(choices, ROWS_MOST) - 1;
        row->block = number_of(choices);
        row->is_empty = choose(choices, 2);
        for (guint i = choose(choices, 3); i > 0; i--)
            fill_text(choices, &zp_indicator_add_other(row)->label);
    }
}

static void fill_notes(Choices *choices, ZpForm *form)
{
    for (guint k = choose(choices, 3); k > 0; k--) {
        ZpExtra *extra = zp_form_add_extra(form);
        fill_text(choices, &extra->label);
        fill_value(choices, &extra->value);
    }
    for (guint k = choose(choices, 3); k > 0; k--) {
        ZpRepair *repair = g_new0(ZpRepair, 1);
        *repair = (ZpRepair){.code = needed_of(choices),
                             .name = needed_of(choices),
                             .pointer = g_strdup(needed_of(choices)),
                             .zh = g_strdup(needed_of(choices)),
                             .en = g_strdup(needed_of(choices))};
        g_ptr_array_add(form->repairs, repair);
    }
    for (guint k = choose(choices, 3); k > 0; k--) {
        ZpUnread *unread = g_new0(ZpUnread, 1);
        unread->kind = choose(choices, ZP_LOSS_DOUBTFUL_PLACE + 2);
        fill_text(choices, &unread->text);
        unread->nearest = text_of(choices);
        g_ptr_array_add(form->unread, unread);
    }
    for (guint k = choose(choices, 3); k > 0; k--) {
        const ZpJoin join = {.text = k == 1 ? form->project.text : text_of(choices)};
        g_array_append_val(form->joins, join);
    }
}

static void add_form(Choices *choices, ZpRecord *record)
{
    ZpForm *form = zp_form_new();
    ZpText *const texts[] = {&form->title, &form->project, &form->unit, &form->total_grade};
    ZpValue *const values[] = {&form->headline, &form->total_weight, &form->total_score};
    if (choose(choices, 4) == 1)
        form->template_id = needed_of(choices);
    if (choose(choices, 4) == 1)
        form->profile = needed_of(choices);
    form->profile_zh = form->profile_en = text_of(choices);
    form->year = number_of(choices);
    form->blocks = choose(choices, 17);
    form->missing = choose(choices, 17);
    for (guint k = 0; k < G_N_ELEMENTS(texts); k++)
        fill_text(choices, texts[k]);
    for (guint k = 0; k < G_N_ELEMENTS(values); k++)
        fill_value(choices, values[k]);
    fill_rows(choices, form);
    fill_notes(choices, form);
    g_ptr_array_add(record->forms, form);
}

static void add_finding(Choices *choices, ZpRecord *record)
{
    ZpFinding *finding = zp_report_add_finding(record->report);
    finding->rule = choose(choices, ZP_RULE_COUNT + 1);
    finding->severity = choose(choices, ZP_SEVERITY_COUNT + 1);
    finding->form = (int)choose(choices, 4) - 1;
    finding->pointer = g_strdup(needed_of(choices));
    finding->stated = g_strdup(text_of(choices));
    finding->expected = g_strdup(text_of(choices));
    finding->habit = text_of(choices);
    finding->message = needed_of(choices);
    finding->fingerprint = g_strdup(text_of(choices));
    for (guint k = choose(choices, 3); k > 0; k--)
        zp_finding_argument(finding, needed_of(choices), needed_of(choices), text_of(choices));
}

static void add_unevaluated(Choices *choices, ZpRecord *record)
{
    ZpUnevaluated *row = zp_report_add_unevaluated(record->report);
    row->rule = choose(choices, ZP_RULE_COUNT + 1);
    row->form = (int)choose(choices, 4) - 1;
    row->pointer = g_strdup(needed_of(choices));
    row->zh = needed_of(choices);
    row->en = needed_of(choices);
}

/* As many as there are forms, or none; the texts in them need not fit. */
static void add_verdict(Choices *choices, ZpRecord *record, guint n_indicators)
{
    ZpVerdict *verdict = zp_report_add_verdict(record->report);
    ZpFormKeys keys = {.has = (guint8)choose(choices, 17)};
    verdict->checks.passed = choose(choices, 0);
    verdict->rates = (ZpRateCounts){choose(choices, 4), choose(choices, 4), choose(choices, 4)};
    verdict->recomputed.has_scores = choose(choices, 2);
    verdict->recomputed.total = g_strdup(text_of(choices));
    verdict->recomputed.grade = g_strdup(text_of(choices));
    if (choose(choices, 4) == 1)
        n_indicators = choose(choices, ROWS_MOST);
    for (guint k = 0; k < n_indicators; k++)
        g_ptr_array_add(verdict->recomputed.indicators, g_strdup(text_of(choices)));
    if (choose(choices, 4) == 1)
        g_ptr_array_add(verdict->recomputed.assumed, g_strdup(text_of(choices)));
    keys.severities[0] = (guint8)choose(choices, ZP_SEVERITY_COUNT + 1);
    g_array_append_val(record->report->keys, keys);
}

static ZpRecord *forge(Choices *choices)
{
    ZpRecord *record = zp_record_new();
    guint n_forms = choose(choices, 4);
    record->outcome = choose(choices, 4) == 1 ? choose(choices, ZP_OUTCOME_COUNT + 1) : 0;
    record->format = choose(choices, 4) == 1 ? text_of(choices) : "html";
    record->is_partial = choose(choices, 2);
    if (!n_forms || choose(choices, 8) == 1)
        zp_error_set(&record->error, ZP_ERROR_DAMAGED, "%s%.0s", "%.0s%s", needed_of(choices),
                     needed_of(choices));
    for (guint k = 0; k < n_forms; k++)
        add_form(choices, record);
    if (choose(choices, 4) == 1)
        return record;
    for (guint k = 0; k < n_forms; k++)
        add_verdict(choices, record, ((ZpForm *)record->forms->pdata[k])->indicators->len);
    for (guint k = choose(choices, ROWS_MOST); k > 0; k--)
        add_finding(choices, record);
    for (guint k = choose(choices, 3); k > 0; k--)
        add_unevaluated(choices, record);
    return record;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ZpRulebook *rulebook;
    if (!rulebook)
        rulebook = zp_rulebook_open(NULL, NULL);
    Choices choices = {data, data + size};
    g_autoptr(ZpRecord) record = forge(&choices);
    g_autoptr(GBytes) bytes = zp_record_write(record);
    use_record(rulebook, bytes);
    return 0;
}
