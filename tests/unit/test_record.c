/* A record goes through the wire unchanged, and bytes that are none are refused. */
#include "base/error.h"
#include "base/limits.h"
#include "run/record.h"
#include "run/wire.h"
#include "table.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <malloc.h>
#include <string.h>

static ZpValue value_of(const char *text, const char *number)
{
    ZpValue value = {.text = text,
                     .at = {.table = 1, .row = 2, .col = 3, .box = {.x1 = 4.5F, .y1 = 1}},
                     .has_value = true,
                     .op = ZP_OP_GE,
                     .date = {2022, 11, 30},
                     .unit = "次"};
    zp_decimal_parse(number, strlen(number), &value.value);
    return value;
}

static void add_form(ZpRecord *record)
{
    ZpForm *form = zp_form_new();
    form->project = (ZpText){.text = "机关服务费"};
    form->year = 2022;
    ZpFund *fund = zp_form_add_fund(form);
    fund->label.text = "年度资金总额";
    fund->budget = value_of("-558822.60", "-558822.60");
    ZpIndicator *row = zp_form_add_indicator(form);
    row->target = value_of("≥300次", "300");
    row->level3.text = "次数";
    zp_indicator_add_other(row)->label.text = "复核分";
    const ZpJoin join = {.text = row->level3.text};
    g_array_append_val(form->joins, join);
    ZpUnread *doubtful = g_new0(ZpUnread, 1);
    *doubtful =
        (ZpUnread){.kind = ZP_LOSS_DOUBTFUL_PLACE, .text = {.text = "提升"}, .nearest = "上升"};
    g_ptr_array_add(form->unread, doubtful);
    form->n_unread_more = 3;
    g_ptr_array_add(record->forms, form);
}

static ZpRecord *make_record(void)
{
    ZpRecord *record = zp_record_new();
    record->format = "html";
    record->is_partial = true;
    add_form(record);
    ZpFinding *finding = zp_report_add_finding(record->report);
    finding->rule = ZP_RULE_F01;
    finding->severity = ZP_SEVERITY_ERROR;
    finding->form = 0;
    finding->pointer = g_strdup("/funds/0/rate");
    zp_finding_argument(finding, "budget", "560000", NULL);
    ZpVerdict *verdict = zp_report_add_verdict(record->report);
    verdict->checks.passed = 90;
    g_ptr_array_add(verdict->recomputed.indicators, NULL);
    const ZpFormKeys keys = {.has = ZP_KEY_PROJECT};
    g_array_append_val(record->report->keys, keys);
    return record;
}

static GBytes *write_record(void)
{
    g_autoptr(ZpRecord) record = make_record();
    return zp_record_write(record);
}

Test(record, carries_a_ledger)
{
    g_autoptr(ZpRecord) record = make_record();
    record->ledger = zp_ledger_new();
    record->ledger->year = 2022;
    record->ledger->budget_unit = "万元";
    ZpLedgerRow *row = zp_ledger_add_row(record->ledger);
    row->project = value_of("机关服务费", "0");
    row->score = value_of("98.32", "98.32");
    g_autoptr(GBytes) bytes = zp_record_write(record);
    g_autoptr(ZpRecord) back = zp_record_read(bytes);
    cr_assert(ne(ptr, back, NULL));
    cr_assert(eq(u32, back->ledger->rows->len, 1));
    cr_assert(eq(str, (char *)back->ledger->budget_unit, "万元"));
    cr_assert(eq(str, (char *)zp_ledger_row(back->ledger, 0)->score.text, "98.32"));
    g_autoptr(GBytes) again = zp_record_write(back);
    cr_assert(g_bytes_equal(bytes, again));
}

Test(record, comes_back_as_it_was)
{
    g_autoptr(GBytes) bytes = write_record();
    g_autoptr(ZpRecord) record = zp_record_read(bytes);
    cr_assert(ne(ptr, record, NULL));
    const ZpForm *form = g_ptr_array_index(record->forms, 0);
    char text[ZP_DECIMAL_TEXT_MAX];
    cr_assert(eq(str, (char *)form->project.text, "机关服务费"));
    cr_assert(eq(str, zp_decimal_print(zp_form_fund(form, 0)->budget.value, text), "-558822.60"));
    const ZpIndicator *row = zp_form_indicator(form, 0);
    cr_assert(eq(int, row->target.op, ZP_OP_GE));
    cr_assert(eq(int, row->target.date.day, 30));
    cr_assert(eq(u32, row->target.at.col, 3));
    cr_assert(eq(int, row->part_of, -1));
    cr_assert(
        eq(ptr, (void *)g_array_index(form->joins, ZpJoin, 0).text, (void *)row->level3.text));
    const ZpFinding *finding = g_ptr_array_index(record->report->findings, 0);
    cr_assert(eq(u32, finding->rule, ZP_RULE_F01));
    cr_assert(eq(str, finding->pointer, "/funds/0/rate"));
    const ZpVerdict *verdict = g_ptr_array_index(record->report->verdicts, 0);
    cr_assert(eq(u32, verdict->checks.passed, 90));
    g_autoptr(GBytes) again = zp_record_write(record);
    cr_assert(g_bytes_equal(bytes, again));
}

/* --- what no worker says --- */

#define FORM(record)    ((ZpForm *)g_ptr_array_index((record)->forms, 0))
#define FINDING(record) ((ZpFinding *)g_ptr_array_index((record)->report->findings, 0))
#define VERDICT(record) ((ZpVerdict *)g_ptr_array_index((record)->report->verdicts, 0))
#define FORGED(name, statement)                                                                    \
    static void forge_##name(ZpRecord *record)                                                     \
    {                                                                                              \
        statement;                                                                                 \
    }

static void set_text(char **text, const char *to)
{
    g_free(*text);
    *text = g_strdup(to);
}

static void add_repair(ZpRecord *record, const char *code, const char *name, const char *pointer)
{
    ZpRepair *repair = g_new0(ZpRepair, 1);
    *repair = (ZpRepair){code, name, g_strdup(pointer), {0}, g_strdup("甲"), g_strdup("a")};
    g_ptr_array_add(FORM(record)->repairs, repair);
}

FORGED(nothing, (void)record)
FORGED(repair, add_repair(record, "R02", "split-cell", "/indicators/7/level3"))
FORGED(no_verdict, g_ptr_array_set_size(record->report->verdicts, 0))
FORGED(no_keys, g_array_set_size(record->report->keys, 0))
FORGED(no_form, g_ptr_array_set_size(record->forms, 0);
       g_ptr_array_set_size(record->report->verdicts, 0); g_array_set_size(record->report->keys, 0);
       g_ptr_array_set_size(record->report->findings, 0))
FORGED(other_outcome, record->outcome = ZP_OUTCOME_NEEDS_PDF)
FORGED(skipped, record->outcome = ZP_OUTCOME_SKIPPED)
FORGED(format, record->format = "\033[2J")
FORGED(no_format, record->format = NULL)
FORGED(sha256, record->sha256 = "\033[2J")
FORGED(rule_of_file, record->rule = ZP_RULE_F01)
FORGED(template, FORM(record)->template_id = "\033[2J")
FORGED(profile, FORM(record)->profile = "\033[2J")
FORGED(half_a_reason, FORM(record)->profile_zh = "因为")
FORGED(blocks, FORM(record)->blocks = 16)
FORGED(part_of_itself, zp_form_fund(FORM(record), 0)->part_of = 0)
FORGED(upper_alone,
       zp_form_fund(FORM(record), 0)->rate = ((ZpValue){.text = "1", .has_upper = true}))
FORGED(repair_code, add_repair(record, "R99", "split-cell", ""))
FORGED(repair_name, add_repair(record, "R02", "\033[2J", ""))
FORGED(repair_pointer, add_repair(record, "R02", "split-cell", "\033[2J"))
FORGED(side, FORM(record)->at.box.x0 = 1e30F)
FORGED(habit, FINDING(record)->habit = "\033[2J")
FORGED(message, FINDING(record)->message = "\033[2J")
FORGED(argument, g_array_index(FINDING(record)->arguments, ZpArgument, 0).name = "\033[2J")
FORGED(fingerprint, set_text(&FINDING(record)->fingerprint, "\033[2J"))
FORGED(pointer, set_text(&FINDING(record)->pointer, "\033[2J"))
FORGED(row, set_text(&FINDING(record)->pointer, "/funds/1/rate"))
FORGED(large_row, set_text(&FINDING(record)->pointer, "/indicators/18446744073709551616/score"))
FORGED(file_rule_of_form, FINDING(record)->rule = ZP_RULE_D02)
FORGED(rule_between_forms, FINDING(record)->rule = ZP_RULE_X01)
FORGED(form_rule_of_file, FINDING(record)->form = -1; set_text(&FINDING(record)->pointer, ""))
FORGED(recomputed, set_text(&VERDICT(record)->recomputed.total, "\033[2J"))
FORGED(recomputed_rows, g_ptr_array_add(VERDICT(record)->recomputed.indicators, NULL))
FORGED(assumed, g_ptr_array_add(VERDICT(record)->recomputed.assumed, NULL))
FORGED(met, set_text(&VERDICT(record)->met, "\033[2J"))
FORGED(met_rows, set_text(&VERDICT(record)->met, "yy"))
FORGED(rates, VERDICT(record)->rates.n_up = 1)
FORGED(keys, g_array_index(record->report->keys, ZpFormKeys, 0).has = 128)

/* The first two can be. */
static const struct {
    const char *name;
    void (*forge)(ZpRecord *record);
} FORGERIES[] = {
#define ROW(name)                                                                                  \
    {                                                                                              \
#name, forge_##name                                                                        \
    }
    ROW(nothing),
    ROW(repair),
    ROW(no_verdict),
    ROW(no_keys),
    ROW(no_form),
    ROW(other_outcome),
    ROW(skipped),
    ROW(format),
    ROW(no_format),
    ROW(sha256),
    ROW(rule_of_file),
    ROW(template),
    ROW(profile),
    ROW(half_a_reason),
    ROW(blocks),
    ROW(part_of_itself),
    ROW(upper_alone),
    ROW(repair_code),
    ROW(repair_name),
    ROW(repair_pointer),
    ROW(habit),
    ROW(message),
    ROW(argument),
    ROW(fingerprint),
    ROW(pointer),
    ROW(row),
    ROW(large_row),
    ROW(file_rule_of_form),
    ROW(rule_between_forms),
    ROW(form_rule_of_file),
    ROW(recomputed),
    ROW(recomputed_rows),
    ROW(assumed),
    ROW(met),
    ROW(met_rows),
    ROW(rates),
    ROW(keys),
#undef ROW
};

/* As the parent of a run of `check` does. */
static bool is_taken(const ZpRulebook *rulebook, ZpRecord *forged, bool check)
{
    g_autoptr(GBytes) bytes = zp_record_write(forged);
    g_autoptr(ZpRecord) record = zp_record_read(bytes);
    return record && zp_record_is_sound(record, rulebook, check);
}

Test(record, refuses_what_no_worker_says)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    for (gsize k = 0; k < G_N_ELEMENTS(FORGERIES); k++) {
        g_autoptr(ZpRecord) record = make_record();
        FORGERIES[k].forge(record);
        cr_expect(eq(int, is_taken(rulebook, record, true), k < 2), "%s", FORGERIES[k].name);
    }
    g_autoptr(ZpRecord) record = make_record();
    cr_expect(not(is_taken(rulebook, record, false)), "findings of a file that was only converted");
}

/* No coordinate is beyond what a report can print, whoever wrote it. */
Test(record, keeps_coordinates_near)
{
    g_autoptr(ZpRecord) record = make_record();
    forge_side(record);
    g_autoptr(GBytes) bytes = zp_record_write(record);
    g_autoptr(ZpRecord) again = zp_record_read(bytes);
    cr_assert(le(flt, FORM(again)->at.box.x0, 1e9F));
}

/* --- memory --- */

#define ROWS 100000

static void add_extra(ZpRecord *record)
{
    zp_form_add_extra(FORM(record));
}

static void add_fund(ZpRecord *record)
{
    zp_form_add_fund(FORM(record));
}

static void add_indicator(ZpRecord *record)
{
    zp_form_add_indicator(FORM(record));
}

static void add_unused(ZpRecord *record)
{
    g_ptr_array_add(FORM(record)->unread, g_new0(ZpUnread, 1));
}

static void add_other(ZpRecord *record)
{
    zp_indicator_add_other(zp_form_indicator(FORM(record), 0));
}

static void add_empty_repair(ZpRecord *record)
{
    add_repair(record, "", "", "");
}

static void add_join(ZpRecord *record)
{
    static const ZpJoin NONE;
    g_array_append_val(FORM(record)->joins, NONE);
}

static void add_empty_finding(ZpRecord *record)
{
    zp_report_add_finding(record->report)->pointer = g_strdup("");
}

static void add_argument(ZpRecord *record)
{
    zp_finding_argument(FINDING(record), "", "", NULL);
}

static void add_empty_unevaluated(ZpRecord *record)
{
    ZpUnevaluated *row = zp_report_add_unevaluated(record->report);
    row->pointer = g_strdup("");
    row->zh = row->en = "";
}

static void add_assumed(ZpRecord *record)
{
    g_ptr_array_add(VERDICT(record)->recomputed.assumed, NULL);
}

static void (*const ADDERS[])(ZpRecord *) = {
    add_extra,        add_fund, add_indicator,     add_unused,   add_other,
    add_empty_repair, add_join, add_empty_finding, add_argument, add_empty_unevaluated,
    add_assumed};

/* ZP_LIMIT_RECORD_GROWTH: rows that take a byte or a few each are refused before they take more. */
Test(record, takes_memory_by_its_bytes)
{
    for (gsize k = 0; k < G_N_ELEMENTS(ADDERS); k++) {
        g_autoptr(ZpRecord) record = make_record();
        for (guint row = 0; row < ROWS; row++)
            ADDERS[k](record);
        g_autoptr(GBytes) bytes = zp_record_write(record);
        gsize before = mallinfo2().uordblks + mallinfo2().hblkhd;
        g_autoptr(ZpRecord) again = zp_record_read(bytes);
        gsize taken = mallinfo2().uordblks + mallinfo2().hblkhd - before;
        cr_expect(le(sz, taken, ZP_LIMIT_RECORD_GROWTH * g_bytes_get_size(bytes) + 1024 * 1024),
                  "rows of kind %zu", k);
    }
}

Test(record, carries_an_error_in_both_languages)
{
    g_autoptr(ZpRecord) record = zp_record_new();
    zp_error_set(&record->error, ZP_ERROR_LIMIT, "太大", "too large");
    g_autoptr(GBytes) bytes = zp_record_write(record);
    g_autoptr(ZpRecord) again = zp_record_read(bytes);
    cr_assert(eq(str, (char *)zp_error_text(again->error, ZP_LANG_ZH), "太大"));
    cr_assert(eq(str, (char *)zp_error_text(again->error, ZP_LANG_EN), "too large"));
}

Test(record, refuses_what_is_cut)
{
    g_autoptr(GBytes) bytes = write_record();
    for (gsize size = 0; size < g_bytes_get_size(bytes); size++) {
        g_autoptr(GBytes) cut = g_bytes_new_from_bytes(bytes, 0, size);
        cr_assert(eq(ptr, zp_record_read(cut), NULL));
    }
}

/* Whatever is let through is sound: it can be written again. */
Test(record, takes_no_harm_from_any_byte)
{
    g_autoptr(GBytes) bytes = write_record();
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    for (gsize at = 0; at < size; at++) {
        for (guint byte = 0; byte < 256; byte++) {
            guint8 *copy = g_memdup2(data, size);
            copy[at] = (guint8)byte;
            g_autoptr(GBytes) changed = g_bytes_new_take(copy, size);
            g_autoptr(ZpRecord) record = zp_record_read(changed);
            g_autoptr(GBytes) again = record ? zp_record_write(record) : NULL;
        }
    }
}

static const struct {
    const char *name, *bytes;
    gsize size;
} BAD_TEXTS[] = {
    {"longer than there is",
     "\x09"
     "abc",
     4},
    {"without its NUL",
     "\x04"
     "abcd",
     5},
    {"with a NUL inside",
     "\x04"
     "a\0c",
     5},
    {"not UTF-8",
     "\x03"
     "\xff\xfe",
     4},
    {"with a length of 19 bytes",
     "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 19},
};

TableRows(wire, refuses_text)
{
    static int rows[G_N_ELEMENTS(BAD_TEXTS)];
    for (gsize k = 0; k < G_N_ELEMENTS(rows); k++)
        rows[k] = (int)k;
    return cr_make_param_array(int, rows, G_N_ELEMENTS(rows));
}

TableTest(int *row, wire, refuses_text)
{
    const guint8 *data = (const guint8 *)BAD_TEXTS[*row].bytes;
    ZpWire wire = {.next = data, .end = data + BAD_TEXTS[*row].size};
    const char *text = "before";
    zp_wire_text(&wire, &text);
    cr_assert(wire.is_bad, "%s", BAD_TEXTS[*row].name);
    cr_assert(eq(ptr, (void *)text, NULL));
}

Test(wire, refuses_a_figure_that_no_decimal_holds)
{
    ZpWire out = {.out = g_string_new(NULL)};
    ZpDecimal number = {.coefficient = 1};
    for (int k = 0; k < ZP_DECIMAL_DIGITS_MAX; k++)
        number.coefficient *= 10;
    zp_wire_decimal(&out, &number);
    ZpWire in = {.next = (guint8 *)out.out->str, .end = (guint8 *)out.out->str + out.out->len};
    zp_wire_decimal(&in, &number);
    cr_assert(in.is_bad);
    cr_assert(number.coefficient == 0);
    g_string_free(out.out, TRUE);
}

Test(wire, refuses_a_count_of_more_rows_than_bytes)
{
    ZpWire out = {.out = g_string_new(NULL)};
    zp_wire_count(&out, 1000000);
    ZpWire in = {.next = (guint8 *)out.out->str, .end = (guint8 *)out.out->str + out.out->len};
    cr_assert(eq(u32, zp_wire_count(&in, 0), 0));
    cr_assert(in.is_bad);
    g_string_free(out.out, TRUE);
}

/* Records of another version would leave the harness nothing to do. */
Test(record, seeds_of_the_harness_are_records)
{
    static const char *const SEEDS[] = {"record-0", "record-1", "record-2"};
    for (size_t i = 0; i < G_N_ELEMENTS(SEEDS); i++) {
        g_autofree char *path =
            g_build_filename(ZP_SOURCE_DIR, "tests/fuzz/corpus/record", SEEDS[i], NULL);
        char *contents;
        gsize length;
        cr_assert(g_file_get_contents(path, &contents, &length, NULL), "%s", path);
        g_autoptr(GBytes) bytes = g_bytes_new_take(contents, length);
        g_autoptr(ZpRecord) record = zp_record_read(bytes);
        cr_expect(record != NULL,
                  "%s is no record of this version: take new ones by tests/fuzz/records.py", path);
    }
}
