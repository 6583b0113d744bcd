/* A record goes through the wire unchanged, and bytes that are none are refused. */
#include "base/error.h"
#include "run/record.h"
#include "run/wire.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/parameterized.h>
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
    const ZpJoin join = {.before = "次", .text = row->level3.text};
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
    return record;
}

static GBytes *write_record(void)
{
    g_autoptr(ZpRecord) record = make_record();
    return zp_record_write(record);
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

ParameterizedTestParameters(wire, refuses_text)
{
    static int rows[G_N_ELEMENTS(BAD_TEXTS)];
    for (gsize k = 0; k < G_N_ELEMENTS(rows); k++)
        rows[k] = (int)k;
    return cr_make_param_array(int, rows, G_N_ELEMENTS(rows));
}

ParameterizedTest(int *row, wire, refuses_text)
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
