/*
 * test_output.c - the writers, over forms and findings made by hand.
 */
#include "base/error.h"
#include "base/limits.h"
#include "output/label.h"
#include "output/model_json.h"
#include "output/page_plan.h"
#include "output/unjudged.h"
#include "output/writer.h"
#include "table.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static ZpValue value_of(const char *text, ZpOp op, const char *number, const char *unit)
{
    ZpValue value = {.text = text, .op = op, .unit = unit, .at = {.table = 1, .row = 3, .col = 2}};
    if (number)
        value.has_value = zp_decimal_parse(number, strlen(number), &value.value);
    return value;
}

static void add_row(ZpForm *form, const char *level3, const char *target, const char *number)
{
    ZpIndicator *row = zp_form_add_indicator(form);
    row->level1 = (ZpText){.text = "产出指标"};
    row->level2 = (ZpText){.text = "数量指标"};
    row->level3 = (ZpText){.text = level3};
    row->target = value_of(target, ZP_OP_GE, number, "次");
    row->actual = value_of("", ZP_OP_NONE, NULL, NULL);
    row->weight = value_of("-5", ZP_OP_NONE, "-5", NULL);
    row->reason = (ZpText){.text = "a \"b\", c"};
    row->part_of = -1;
}

static ZpForm *make_form(void)
{
    ZpForm *form = zp_form_new();
    form->template_id = "central";
    form->profile = "default";
    form->title = (ZpText){.text = "项目支出绩效自评表"};
    form->project = (ZpText){.text = "机关\033[31m服务费\xe2\x80\xae"};
    form->unit = (ZpText){.text = "某局"};
    form->year = 2022;
    form->blocks = ZP_BLOCK_INDICATORS | ZP_BLOCK_FUNDS;
    ZpFund *fund = zp_form_add_fund(form);
    fund->source = ZP_SOURCE_TOTAL;
    fund->label = (ZpText){.text = "年度资金总额"};
    fund->rate = value_of("88.82%", ZP_OP_NONE, "88.82", "%");
    add_row(form, "=1+1", "≥300次", "300");
    add_row(form, "调研次数", "≥20次", "20");
    return form;
}

typedef struct {
    GPtrArray *forms;
    ZpReport *report;
    ZpRulebook *rulebook;
    ZpResult result;
    ZpSummary summary;
} Fixture;

static Fixture set_up(void)
{
    Fixture fixture = {.forms = g_ptr_array_new_with_free_func((GDestroyNotify)zp_form_free),
                       .report = zp_report_new()};
    g_autoptr(GError) error = NULL;
    fixture.rulebook = zp_rulebook_open(NULL, &error);
    cr_assert_not_null(fixture.rulebook, "%s", error ? error->message : "");
    g_ptr_array_add(fixture.forms, make_form());
    ZpVerdict *verdict = zp_report_add_verdict(fixture.report);
    verdict->checks = (ZpChecks){3, 1, 2, 1};
    ZpFinding *finding = zp_report_add_finding(fixture.report);
    finding->rule = ZP_RULE_F01;
    finding->severity = ZP_SEVERITY_NOTE;
    finding->form = 0;
    finding->pointer = g_strdup("/funds/0/rate");
    finding->at = (ZpPlace){.line = 6, .table = 1, .row = 6, .col = 8};
    finding->stated = g_strdup("88.82%");
    finding->expected = g_strdup("88.81%");
    finding->habit = "up";
    finding->message = "default";
    fixture.result = (ZpResult){.path = "a.txt",
                                .sha256 = "00",
                                .format = "text",
                                .forms = fixture.forms,
                                .report = fixture.report};
    fixture.summary = (ZpSummary){.files = 1, .forms = 1};
    fixture.summary.by_severity[ZP_SEVERITY_NOTE] = 1;
    return fixture;
}

static void tear_down(Fixture *fixture)
{
    g_ptr_array_unref(fixture->forms);
    zp_report_free(fixture->report);
    zp_rulebook_free(fixture->rulebook);
}

/* One file through a writer; the whole output. */
static char *write_all(const Fixture *fixture, const char *name, const ZpWriteOptions *options)
{
    g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable();
    g_autoptr(GError) error = NULL;
    ZpWriting writing;
    const ZpWriter *writer = zp_writer_by_name(name, options->check);
    cr_assert_not_null(writer);
    cr_assert(zp_writing_start(&writing, writer, fixture->rulebook, options, stream, &error));
    cr_assert(zp_writing_file(&writing, &fixture->result, &error));
    cr_assert(zp_writing_end(&writing, &fixture->summary, &error));
    zp_writing_clear(&writing);
    GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM(stream);
    gsize size = g_memory_output_stream_get_data_size(memory);
    return size > 0 ? g_strndup(g_memory_output_stream_get_data(memory), size) : g_strdup("");
}

static json_t *parse(const char *text)
{
    json_error_t error;
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    cr_assert_not_null(json, "%s at %d: %s", error.text, error.position, text);
    return json;
}

/* Steps down objects by key and arrays by number: "files/0/forms". */
static json_t *at(json_t *json, const char *path)
{
    g_auto(GStrv) steps = g_strsplit(path, "/", -1);
    for (char **step = steps; json && *step; step++)
        json = json_is_array(json) ? json_array_get(json, (gsize)atoi(*step))
                                   : json_object_get(json, *step);
    return json;
}

static char *keys_of(json_t *object)
{
    GString *keys = g_string_new(NULL);
    const char *key;
    json_t *member;
    json_object_foreach(object, key, member)
    {
        g_string_append_printf(keys, "%s%s", keys->len ? " " : "", key);
    }
    return g_string_free(keys, FALSE);
}

static void expect_keys(json_t *json, const char *path, const char *keys)
{
    g_autofree char *have = keys_of(at(json, path));
    cr_assert_str_eq(have, keys, "%s: %s", path, have);
}

static void expect_text(json_t *json, const char *path, const char *text)
{
    json_t *member = at(json, path);
    cr_assert_not_null(member, "%s is not there", path);
    cr_assert(text ? json_is_string(member) : json_is_null(member), "%s has another type", path);
    if (text)
        cr_assert_str_eq(json_string_value(member), text, "%s: %s", path,
                         json_string_value(member));
}

Test(json, emitted_as_jansson_prints)
{
    static const char *const TEXTS[] = {"", "a\"b\\c/d", "\b\f\n\r\t\x01\x1f\x7f",
                                        "\xe9\xa2\x84\xe7\xae\x97\xe2\x80\xa8", "\xff\xfe"};
    static const gint64 NUMBERS[] = {0, 7, -1, 1234567890123, G_MAXINT64, G_MININT64};
    for (int is_compact = 0; is_compact < 2; is_compact++) {
        g_autoptr(GString) own = g_string_new(NULL);
        ZpEmitter emitter = {.out = own, .is_compact = is_compact};
        json_t *tree = json_object(), *list = json_array();
        zp_emit_open(&emitter, NULL, '{');
        zp_emit_open(&emitter, "list", '[');
        for (gsize k = 0; k < G_N_ELEMENTS(TEXTS); k++) {
            zp_emit_text(&emitter, NULL, TEXTS[k]);
            json_array_append_new(list, zp_json_text(TEXTS[k]));
        }
        for (gsize k = 0; k < G_N_ELEMENTS(NUMBERS); k++) {
            zp_emit_number(&emitter, NULL, NUMBERS[k]);
            json_array_append_new(list, json_integer(NUMBERS[k]));
        }
        zp_emit_close(&emitter, ']');
        zp_emit_open(&emitter, "empty \"", '{');
        zp_emit_close(&emitter, '}');
        zp_emit_text(&emitter, "none", NULL);
        zp_emit_close(&emitter, '}');
        zp_json_put(tree, "list", list);
        zp_json_put(tree, "empty \"", json_object());
        zp_json_put(tree, "none", json_null());
        char *expected = json_dumps(tree, is_compact ? JSON_COMPACT : 0);
        cr_expect_str_eq(own->str, expected);
        free(expected);
        json_decref(tree);
    }
}

Test(json, canonical_form)
{
    Fixture fixture = set_up();
    const ZpWriteOptions options = {.lang = ZP_LANG_EN};
    g_autofree char *text = write_all(&fixture, "json", &options);
    json_t *json = parse(text);
    json_t *form = at(json, "files/0/forms/0");
    expect_text(json, "schema", "ziping/convert/1");
    g_autofree char *top = keys_of(json);
    cr_assert_str_eq(top, "schema version rulebook files");
    expect_keys(json, "files/0", "path sha256 format status error forms");
    g_autofree char *keys = keys_of(form);
    cr_assert_str_eq(keys, "index template profile title year currency_unit project department "
                           "unit funds_weight headline funds goals indicators total extra "
                           "repairs reading");
    expect_keys(form, "funds/0", "source label initial budget executed weight rate score reason");
    expect_keys(form, "indicators/0", "level1 level2 level3 target actual weight score reason");
    expect_keys(form, "indicators/0/target", "text op value upper date unit approx at");
    expect_keys(form, "indicators/0/target/at", "page table row col line bbox");
    expect_text(form, "indicators/0/target/value", "300");
    expect_text(form, "indicators/0/target/op", "ge");
    expect_text(form, "indicators/0/actual/text", "");
    expect_text(form, "indicators/0/score", NULL);
    expect_text(form, "goals", NULL);
    expect_text(form, "total", NULL);
    json_decref(json);
    tear_down(&fixture);
}

/* The keys that appear only when set, dates, ranges, boxes and a repeated further column. */
Test(json, rare_keys)
{
    Fixture fixture = set_up();
    ZpForm *form = g_ptr_array_index(fixture.forms, 0);
    ZpIndicator *row = zp_form_indicator(form, 1);
    row->part_of = 0;
    row->block = 2;
    row->is_empty = true;
    row->level1_weight = value_of("50", ZP_OP_NONE, "50", NULL);
    row->level2_weight = row->level1_weight;
    for (int k = 0; k < 2; k++) {
        ZpExtra *extra = zp_indicator_add_other(row);
        extra->label.text = "复核分";
        extra->value = value_of("9", ZP_OP_NONE, "9", NULL);
    }
    row->actual = value_of("2023年12月", ZP_OP_NONE, NULL, NULL);
    row->actual.date = (ZpDate){2023, 12, 0};
    row->actual.approx = ZP_APPROX_MORE;
    row->actual.at =
        (ZpPlace){.page = 1, .table = 1, .row = 1, .col = 1, .box = {72, 100.25f, 200.449f, 110}};
    const ZpWriteOptions options = {.lang = ZP_LANG_EN};
    g_autofree char *text = write_all(&fixture, "json", &options);
    json_t *json = parse(text);
    json_t *object = at(json, "files/0/forms/0/indicators/1");
    g_autofree char *keys = keys_of(object);
    cr_assert_str_eq(keys, "level1 level2 level3 target actual weight score reason level1_weight "
                           "level2_weight part_of block empty other");
    expect_keys(object, "other", "复核分 复核分 (2)");
    expect_text(object, "actual/date", "2023-12");
    cr_assert(json_is_true(at(object, "actual/approx")));
    cr_assert(strstr(text, "[72.0, 100.3, 200.4, 110.0]"), "boxes have one decimal");
    json_decref(json);
    tear_down(&fixture);
}

Test(json, findings)
{
    Fixture fixture = set_up();
    const ZpWriteOptions options = {.lang = ZP_LANG_EN, .check = true};
    g_autofree char *text = write_all(&fixture, "json", &options);
    json_t *json = parse(text);
    expect_text(json, "schema", "ziping/check/1");
    expect_keys(json, "files/0", "path sha256 format status error forms findings not_evaluable");
    expect_keys(json, "files/0/forms/0",
                "index project unit year template profile reading recomputed checks");
    expect_keys(json, "files/0/findings/0",
                "code name severity form pointer at stated expected "
                "habit message fingerprint");
    expect_text(json, "files/0/findings/0/habit", "up");
    expect_keys(json, "summary",
                "files skipped forms error warning note unreadable unjudged unread");
    expect_text(json, "files/0/forms/0/recomputed", NULL);
    json_decref(json);
    tear_down(&fixture);
}

Test(json, path_of_any_bytes)
{
    Fixture fixture = set_up();
    fixture.result.path = "a\xff.txt";
    const ZpWriteOptions options = {.lang = ZP_LANG_EN};
    g_autofree char *text = write_all(&fixture, "json", &options);
    json_t *json = parse(text);
    expect_text(json, "files/0/path", "a\xef\xbf\xbd.txt");
    expect_text(json, "files/0/path_bytes", "61ff2e747874");
    json_decref(json);
    tear_down(&fixture);
}

Test(json, failed_file)
{
    Fixture fixture = set_up();
    g_autoptr(GError) error = NULL;
    zp_error_set(&error, ZP_ERROR_IO, "没有", "gone");
    fixture.result = (ZpResult){.path = "b.txt", .error = error, .error_code = "D01"};
    const ZpWriteOptions options = {.lang = ZP_LANG_ZH};
    for (int k = 0; k < 2; k++) {
        g_autofree char *text = write_all(&fixture, k ? "ndjson" : "json", &options);
        json_t *json = parse(text);
        json_t *file = k ? json : at(json, "files/0");
        expect_text(file, "status", "failed");
        expect_text(file, "sha256", NULL);
        expect_text(file, "error/message", "没有");
        cr_assert_eq(json_array_size(at(file, "forms")), 0);
        json_decref(json);
    }
    tear_down(&fixture);
}

Test(ndjson, a_line_a_form)
{
    Fixture fixture = set_up();
    g_ptr_array_add(fixture.forms, make_form());
    const ZpWriteOptions options = {.lang = ZP_LANG_EN};
    g_autofree char *text = write_all(&fixture, "ndjson", &options);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    cr_assert_eq(g_strv_length(lines), 3);
    json_t *json = parse(lines[1]);
    expect_text(json, "path", "a.txt");
    expect_text(json, "project", "机关\033[31m服务费\xe2\x80\xae");
    json_decref(json);
    tear_down(&fixture);
}

Test(ndjson, check_ends_with_the_summary)
{
    Fixture fixture = set_up();
    const ZpWriteOptions options = {.lang = ZP_LANG_EN, .check = true};
    g_autofree char *text = write_all(&fixture, "ndjson", &options);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    cr_assert_eq(g_strv_length(lines), 3);
    json_t *json = parse(lines[1]);
    cr_assert_eq(json_integer_value(at(json, "summary/note")), 1);
    json_decref(json);
    tear_down(&fixture);
}

Test(csv, rows)
{
    Fixture fixture = set_up();
    const ZpWriteOptions options = {.lang = ZP_LANG_EN};
    g_autofree char *text = write_all(&fixture, "csv", &options);
    g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
    cr_assert_eq(g_strv_length(lines), 4);
    cr_assert_str_eq(lines[0], "path,form,year,project,unit,level1,level2,level3,target_text,"
                               "target_op,target_value,target_unit,actual_text,actual_op,"
                               "actual_value,actual_unit,weight_text,weight_op,weight_value,"
                               "weight_unit,score_text,score_op,score_value,score_unit,reason");
    cr_assert(g_str_has_suffix(lines[1], ",产出指标,数量指标,'=1+1,≥300次,ge,300,次,,,,,'-5,,-5,,"
                                         ",,,,\"a \"\"b\"\", c\""),
              "%s", lines[1]);
    tear_down(&fixture);
}

Test(csv, raw_and_excel)
{
    Fixture fixture = set_up();
    const ZpWriteOptions options = {.lang = ZP_LANG_EN, .raw = true, .excel = true};
    g_autofree char *text = write_all(&fixture, "csv", &options);
    cr_assert(g_str_has_prefix(text, "\xef\xbb\xbfpath,"));
    cr_assert(strstr(text, ",=1+1,"));
    tear_down(&fixture);
}

Test(text, report)
{
    Fixture fixture = set_up();
    const ZpWriteOptions options = {.lang = ZP_LANG_EN, .check = true};
    g_autofree char *text = write_all(&fixture, "text", &options);
    cr_assert(
        g_str_has_prefix(text, "a.txt\n  form 1: 机关\\u{1b}[31m服务费\\u{202e} (某局, 2022)\n") ||
            g_str_has_prefix(text,
                             "a.txt\n  form 1: 机关\\u{001B}[31m服务费\\u{202E} (某局, 2022)\n"),
        "%s", text);
    cr_assert(
        strstr(text, "note     F01  年度资金总额 · 执行率  (line 6, execution-rate, habit up)"),
        "%s", text);
    cr_assert(strstr(text, "88.82%") && strstr(text, "88.81%"), "%s", text);
    cr_assert(g_str_has_suffix(text, "\n\n1 form in 1 file: 0 errors, 0 warnings, 1 note\n"), "%s",
              text);
    cr_assert_null(strchr(text, '\033'));
    tear_down(&fixture);
}

Test(text, clean_quiet_and_colour)
{
    Fixture fixture = set_up();
    ZpWriteOptions options = {.lang = ZP_LANG_EN, .check = true, .colour = true, .quiet = true};
    g_autofree char *coloured = write_all(&fixture, "text", &options);
    cr_assert(strstr(coloured, "\033[36mnote") && !strstr(coloured, "1 file"));
    zp_report_free(fixture.report);
    fixture.result.report = fixture.report = zp_report_new();
    g_autofree char *nothing = write_all(&fixture, "text", &options);
    cr_assert_str_empty(nothing);
    options = (ZpWriteOptions){.lang = ZP_LANG_ZH, .check = true};
    fixture.summary.by_severity[ZP_SEVERITY_NOTE] = 0;
    fixture.summary.clean = 1;
    g_autofree char *clean = write_all(&fixture, "text", &options);
    cr_assert_str_eq(clean, "1 个文件 1 张表：错误 0，警告 0，提示 0；没有问题\n");
    tear_down(&fixture);
}

static void add_unjudged(ZpReport *report, int form, ZpRule rule, const char *pointer,
                         const char *en)
{
    ZpUnevaluated *one = zp_report_add_unevaluated(report);
    one->rule = rule;
    one->form = form;
    one->pointer = g_strdup(pointer);
    one->zh = strstr(en, "units") ? "单位不同" : "年度空白";
    one->en = en;
}

/* Nothing is wrong, but three checks could not be made: no format may look clean. */
static Fixture set_up_unjudged(void)
{
    Fixture fixture = set_up();
    g_ptr_array_set_size(fixture.report->findings, 0);
    add_unjudged(fixture.report, 0, ZP_RULE_S06, "/indicators/1/score", "the units differ");
    add_unjudged(fixture.report, 0, ZP_RULE_S05, "/indicators/1/score", "the units differ");
    add_unjudged(fixture.report, 0, ZP_RULE_X01, "", "the year is blank");
    fixture.summary = (ZpSummary){.files = 1, .forms = 1, .unjudged = 3};
    return fixture;
}

static const struct {
    const char *format, *needed, *forbidden;
} UNJUDGED[] = {
    {"text",
     "    unjudged  3 checks could not be made (not counted as passed)\n"
     "                  the units differ: S05, S06 (2)\n"
     "                  the year is blank: X01 (1)\n"
     "\n1 form in 1 file: 0 errors, 0 warnings, 0 notes; 3 unjudged\n",
     "no problems"},
    {"markdown",
     "| unjudged | S06 | form 1: 产出指标 / 数量指标 / 调研次数 · 得分 | the units differ |",
     "no problems"},
    {"csv", ",unjudged,S06,missed-but-full,/indicators/1/score,,,,,,,,,the units differ,,,\r\n",
     "error"},
    {"sarif", "\"kind\": \"open\", \"level\": \"none\"", "\"kind\": \"pass\""},
    {"junit", "tests=\"3\" failures=\"0\" errors=\"0\" skipped=\"3\"", "<failure"},
    {"checkstyle", "severity=\"info\" message=\"form 1: 3 checks could not be made",
     "severity=\"error\""},
    {"github", "::notice file=a.txt,title=unjudged::form 1: 3 checks could not be made", "::error"},
    {"gitlab", "\"check_name\": \"unjudged\"", "major"},
    {"json", "\"unjudged\": 3", "\"unjudged\": 0"},
    {"ndjson", "\"unjudged\": 3", "\"unjudged\": 0"},
};

Test(unjudged, in_every_format)
{
    Fixture fixture = set_up_unjudged();
    const ZpWriteOptions options = {.lang = ZP_LANG_EN, .check = true};
    for (gsize k = 0; k < G_N_ELEMENTS(UNJUDGED); k++) {
        g_autofree char *text = write_all(&fixture, UNJUDGED[k].format, &options);
        g_autofree char *results =
            g_strdup(strstr(text, "\"results\"") ? strstr(text, "\"results\"") : text);
        cr_expect(strstr(results, UNJUDGED[k].needed), "%s: %s", UNJUDGED[k].format, results);
        cr_expect_null(strstr(results, UNJUDGED[k].forbidden), "%s: %s", UNJUDGED[k].format,
                       results);
    }
    tear_down(&fixture);
}

Test(unjudged, places_with_all_and_brief)
{
    Fixture fixture = set_up_unjudged();
    ZpWriteOptions options = {.lang = ZP_LANG_ZH, .check = true, .all = true};
    g_autofree char *all = write_all(&fixture, "text", &options);
    cr_expect(strstr(all, "               单位不同：S05、S06（2 项）\n"
                          "                 S06  产出指标 / 数量指标 / 调研次数 · 得分\n"
                          "                 S05  产出指标 / 数量指标 / 调研次数 · 得分\n"),
              "%s", all);
    options = (ZpWriteOptions){.lang = ZP_LANG_ZH, .check = true, .brief = true};
    g_autofree char *brief = write_all(&fixture, "text", &options);
    cr_expect_str_eq(brief, "1 个文件 1 张表：错误 0，警告 0，提示 0；未判断 3\n");
    tear_down(&fixture);
}

/* Past ZP_LIMIT_REASONS different reasons the rest is one number; all are counted. */
Test(unjudged, reasons_of_a_run)
{
    g_autoptr(ZpReasons) reasons = zp_reasons_new();
    g_autoptr(ZpReport) report = zp_report_new();
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint k = 0; k < ZP_LIMIT_REASONS + 20; k++) {
        g_autofree char *reason = g_strdup_printf("reason %04u", k);
        add_unjudged(report, -1, ZP_RULE_S05, "", g_string_chunk_insert(report->texts, reason));
    }
    add_unjudged(report, -1, ZP_RULE_S05, "", "reason 0007");
    zp_reasons_add(reasons, report, ZP_LANG_EN);
    zp_reasons_append(out, reasons, ZP_LANG_EN);
    cr_expect_str_eq(out->str, "       2  unjudged  reason 0007\n"
                               "       1  unjudged  reason 0000\n"
                               "       1  unjudged  reason 0001\n"
                               "       1  unjudged  reason 0002\n"
                               "       1  unjudged  reason 0003\n"
                               "    1015  unjudged  for other reasons\n");
}

static const struct {
    const char *pointer, *label;
} LABELS[] = {
    {"", "the form"},
    {"/currency_unit", "金额单位"},
    {"/total/score", "总分 · 得分"},
    {"/goals/actual", "年度总体目标 · 实际完成情况"},
    {"/funds/0", "年度资金总额"},
    {"/funds/0/rate", "年度资金总额 · 执行率"},
    {"/funds/7/rate", "/funds/7/rate"},
    {"/indicators/1/score", "产出指标 / 数量指标 / 调研次数 · 得分"},
    {"/indicators/1/other/折算得分", "产出指标 / 数量指标 / 调研次数 · 折算得分"},
    {"/indicators/99999999999999999999/score", "/indicators/99999999999999999999/score"},
    {"/indicators/-1/score", "/indicators/-1/score"},
    {"/indicators", "绩效指标"},
    {"/nowhere", "/nowhere"},
};

TableRows(label, of_pointer)
{
    static int rows[G_N_ELEMENTS(LABELS)];
    for (gsize k = 0; k < G_N_ELEMENTS(LABELS); k++)
        rows[k] = (int)k;
    return cr_make_param_array(int, rows, G_N_ELEMENTS(LABELS));
}

TableTest(int *row, label, of_pointer)
{
    g_autoptr(ZpForm) form = make_form();
    g_autoptr(GString) out = g_string_new(NULL);
    zp_label_append(out, form, LABELS[*row].pointer, ZP_LANG_EN);
    cr_assert_str_eq(out->str, LABELS[*row].label, "%s: %s", LABELS[*row].pointer, out->str);
}

Test(writers, unknown_and_unfit)
{
    cr_assert_null(zp_writer_by_name("sarif", false));
    cr_assert_null(zp_writer_by_name("text", false));
    cr_assert_not_null(zp_writer_by_name("json", true));
}

/* The first block of a kind of the report page, unpacked. */
static json_t *block_of(const char *page, const char *kind)
{
    g_autofree char *head = g_strdup_printf("<script type=\"text/plain\" class=\"%s\">", kind);
    const char *start = strstr(page, head);
    cr_assert_not_null(start, "no block of %s", kind);
    start += strlen(head);
    g_autofree char *text = g_strndup(start, strcspn(start, "<"));
    gsize size = 0;
    g_autofree guchar *bytes = g_base64_decode(text, &size);
    g_autoptr(GZlibDecompressor) gunzip = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP);
    g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable();
    g_autoptr(GOutputStream) stream = g_converter_output_stream_new(memory, G_CONVERTER(gunzip));
    cr_assert(g_output_stream_write_all(stream, bytes, size, NULL, NULL, NULL));
    cr_assert(g_output_stream_close(stream, NULL, NULL));
    GMemoryOutputStream *out = G_MEMORY_OUTPUT_STREAM(memory);
    g_autofree char *json =
        g_strndup(g_memory_output_stream_get_data(out), g_memory_output_stream_get_data_size(out));
    return parse(json);
}

/* ZP_LIMIT_REPORT_FORMS: what is past it is listed and not drawn, and the page's totals say how much that is. */
Test(page, draws_so_many_forms)
{
    Fixture fixture = set_up();
    g_ptr_array_add(fixture.forms, make_form());
    ((ZpForm *)g_ptr_array_index(fixture.forms, 1))->index = 1;
    zp_report_add_verdict(fixture.report);
    const ZpWriteOptions options = {.lang = ZP_LANG_ZH, .check = true, .report_forms = 1};
    g_autofree char *page = write_all(&fixture, "html", &options);
    json_t *rows = block_of(page, "rows"), *forms = block_of(page, "forms");
    json_t *totals = block_of(page, "totals");
    cr_assert_eq(json_array_size(rows), 2);
    cr_assert_eq(json_array_size(forms), 1);
    cr_assert_not_null(at(rows, "0/block"));
    cr_assert_null(at(rows, "1/block"));
    cr_assert_eq(json_integer_value(at(totals, "left_out")), 1);
    expect_text(forms, "0/findings/0/expected", "88.81%");
    cr_assert_null(strstr(page, "机关"), "a document's text stands in the page itself");
    json_decref(rows);
    json_decref(forms);
    json_decref(totals);
    tear_down(&fixture);
}

/* ZP_LIMIT_REPORT_PAGES: the largest departments, and units of too large ones, have pages; then they share. */
Test(page, plans_pages)
{
    static const struct {
        const char *department, *unit;
        guint n;
    } FORMS[] = {{"a", "x", 5},  {"a", "y", 1}, {"b", "x", 1}, {"b", NULL, 1},
                 {NULL, "z", 1}, {"c", "w", 2}, {"d", "v", 1}};
    static const char *const NAMES[] = {"a-x-1.html",     "a-x-2.html",      "a-x-3.html",
                                        "others.html",    "others (2).html", "others (3).html",
                                        "others (4).html"};
    ZpPagePlan *plan = zp_page_plan_new();
    const ZpPageTally tally = {.forms = 1};
    guint n = 0, drawn[G_N_ELEMENTS(NAMES)] = {0};
    for (gsize k = 0; k < G_N_ELEMENTS(FORMS); k++) {
        g_autoptr(ZpForm) form = zp_form_new();
        form->department.text = FORMS[k].department;
        form->unit.text = FORMS[k].unit;
        for (guint i = 0; i < FORMS[k].n; i++, n++)
            zp_page_plan_add(plan, form, &tally);
    }
    zp_page_plan_make(plan, 2, 3, ZP_LANG_EN);
    cr_assert_eq(plan->sheets->len, G_N_ELEMENTS(NAMES));
    for (guint k = 0; k < plan->units->len; k++) {
        ZpPageUnit *unit = g_ptr_array_index(plan->units, k);
        for (guint i = 0; i < unit->tally.forms; i++)
            drawn[zp_page_plan_next(unit, 2)]++;
    }
    for (guint k = 0; k < plan->sheets->len; k++) {
        const ZpPageSheet *sheet = g_ptr_array_index(plan->sheets, k);
        cr_expect_str_eq(sheet->name, NAMES[k]);
        cr_expect(sheet->n <= 2 && sheet->n == drawn[k], "%s: %u, %u drawn", sheet->name, sheet->n,
                  drawn[k]);
    }
    zp_page_plan_free(plan);
}

/* ZP_LIMIT_DRAWN_SHEETS, ZP_LIMIT_SHEET_CELL: what a workbook of convert does not hold is an error, not cut. */
Test(drawn, a_workbook_holds_so_much)
{
    const struct {
        guint n_forms, n_bytes;
        const char *limit; /* (nullable) that stops it */
    } CASES[] = {{ZP_LIMIT_DRAWN_SHEETS, 10, NULL},
                 {ZP_LIMIT_DRAWN_SHEETS + 1, 10, "ZP_LIMIT_DRAWN_SHEETS"},
                 {1, ZP_LIMIT_SHEET_CELL, NULL},
                 {1, ZP_LIMIT_SHEET_CELL + 1, "ZP_LIMIT_SHEET_CELL"}};
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, NULL);
    for (gsize k = 0; k < G_N_ELEMENTS(CASES); k++) {
        g_autofree char *text = g_strnfill(CASES[k].n_bytes, 'a');
        g_autoptr(ZpForm) form = zp_form_new();
        form->template_id = "unknown";
        form->project.text = text;
        g_autoptr(GPtrArray) forms = g_ptr_array_new();
        while (forms->len < CASES[k].n_forms)
            g_ptr_array_add(forms, form);
        const ZpResult result = {.path = "a", .forms = forms};
        const ZpSummary summary = {.files = 1};
        const ZpWriteOptions options = {.lang = ZP_LANG_EN};
        g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable();
        g_autoptr(GError) error = NULL;
        ZpWriting writing;
        bool done = zp_writing_start(&writing, zp_writer_by_name("xlsx", false), rulebook, &options,
                                     stream, &error) &&
                    zp_writing_file(&writing, &result, &error) &&
                    zp_writing_end(&writing, &summary, &error);
        cr_assert_eq(done, CASES[k].limit == NULL, "case %zu", k);
        cr_assert(done || strstr(error->message, CASES[k].limit), "case %zu", k);
        zp_writing_clear(&writing);
    }
}
