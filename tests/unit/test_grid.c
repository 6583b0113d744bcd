/*
 * test_grid.c - documents and their limits, the walk over rows, forms and reports.
 */
#include "base/error.h"
#include "base/limits.h"
#include "model/finding.h"
#include "model/form.h"
#include "model/grid.h"
#include "table.h"

#include <criterion/criterion.h>
#include <string.h>

#define ROWS_OF(table, name)                                                                       \
    TableRows(grid, name)                                                                          \
    {                                                                                              \
        static size_t rows[G_N_ELEMENTS(table)];                                                   \
        for (size_t k = 0; k < G_N_ELEMENTS(table); k++)                                           \
            rows[k] = k;                                                                           \
        return cr_make_param_array(size_t, rows, G_N_ELEMENTS(table));                             \
    }                                                                                              \
    TableTest(size_t *row, grid, name)

#define CELLS_MAX 8
#define SHOWN_MAX 6

/* A table by its cells, and what the walk must show in each row: the cells' letters. */
static const struct {
    struct {
        const char *text; /* NULL: no more */
        guint32 row, col;
        guint16 row_span, col_span;
    } cells[CELLS_MAX];
    const char *shown[SHOWN_MAX]; /* NULL: no more rows */
    guint32 n_cols;
} WALKS[] = {
    {{{NULL, 0, 0, 0, 0}}, {NULL}, 0},
    {{{"a", 0, 0, 1, 1}, {"b", 0, 1, 1, 1}, {"c", 1, 0, 1, 1}}, {"ab", "c"}, 2},
    /* b reaches down and stays right of what begins below. */
    {{{"a", 0, 0, 1, 2}, {"b", 0, 2, 2, 1}, {"c", 1, 0, 1, 1}, {"d", 1, 1, 1, 1}},
     {"ab", "cdb"},
     3},
    /* The first column reaches down, as level-1 labels do. */
    {{{"a", 0, 0, 3, 1},
      {"b", 0, 1, 2, 1},
      {"c", 0, 2, 1, 1},
      {"d", 1, 2, 1, 1},
      {"e", 2, 1, 1, 1},
      {"f", 3, 0, 1, 3}},
     {"abc", "abd", "ae", "f"},
     3},
    /* Rows in which nothing begins, at the start and between. */
    {{{"a", 1, 0, 1, 1}, {"b", 3, 0, 1, 1}}, {"", "a", "", "b"}, 1},
    /* A span past the last row that begins anything. */
    {{{"a", 0, 0, 1, 1}, {"b", 0, 1, 4, 1}}, {"ab", "b", "b", "b"}, 2},
    /* Spans of different ends: the earliest must not be missed. */
    {{{"a", 0, 0, 4, 1}, {"b", 0, 1, 2, 1}, {"c", 1, 2, 3, 1}}, {"ab", "abc", "ac", "ac"}, 3},
    {{{"a", 0, 0, 1, 1}, {"b", 0, 1, 2, 1}, {"c", 0, 2, 3, 1}}, {"abc", "bc", "c"}, 3},
    /* No span said counts as one. */
    {{{"a", 0, 0, 0, 0}, {"b", 1, 0, 0, 0}}, {"a", "b"}, 1},
};

static ZpTable *build(ZpDocument *document, size_t row)
{
    ZpTable *table = zp_document_add_table(document, ZP_TABLE_CELLS);
    for (size_t k = 0; k < CELLS_MAX && WALKS[row].cells[k].text; k++) {
        ZpCell cell = {
            .text = WALKS[row].cells[k].text,
            .length = (guint32)strlen(WALKS[row].cells[k].text),
            .row = WALKS[row].cells[k].row,
            .col = WALKS[row].cells[k].col,
            .row_span = WALKS[row].cells[k].row_span,
            .col_span = WALKS[row].cells[k].col_span,
        };
        cr_assert(zp_document_add_cell(document, table, &cell, NULL));
    }
    return table;
}

ROWS_OF(WALKS, walk)
{
    g_autoptr(ZpDocument) document = zp_document_new_within(NULL);
    ZpTable *table = build(document, *row);
    ZpRowWalk walk;
    zp_row_walk_start(&walk, table);
    guint n_rows = 0;
    for (; n_rows < SHOWN_MAX && WALKS[*row].shown[n_rows]; n_rows++) {
        cr_assert(zp_row_walk_next(&walk), "row %u is missing", n_rows);
        cr_assert_eq(walk.row, n_rows);
        g_autoptr(GString) shown = g_string_new(NULL);
        for (guint k = 0; k < walk.open->len; k++)
            g_string_append(shown, ((const ZpCell *)walk.open->pdata[k])->text);
        cr_assert_str_eq(shown->str, WALKS[*row].shown[n_rows], "row %u", n_rows);
    }
    cr_assert_not(zp_row_walk_next(&walk), "a row too many");
    cr_assert_not(zp_row_walk_next(&walk), "past the end it stays at the end");
    zp_row_walk_clear(&walk);
    cr_assert_eq(table->n_rows, n_rows);
    cr_assert_eq(table->n_cols, WALKS[*row].n_cols);
}

/* As many cells as a large file has: a walk that is not linear would not end in time. */
Test(grid, walk_is_linear, .timeout = 60)
{
    enum { N_ROWS = 100000, N_COLS = 10 };
    g_autoptr(ZpDocument) document = zp_document_new_within(NULL);
    ZpTable *table = zp_document_add_table(document, ZP_TABLE_CELLS);
    for (guint32 row = 0; row < N_ROWS; row++) {
        for (guint32 col = 0; col < N_COLS; col++) {
            bool is_tall = col == 0;
            if (is_tall && row % 50000 != 0)
                continue;
            ZpCell cell = {.text = "", .row = row, .col = col, .row_span = is_tall ? 50000 : 1};
            zp_document_add_cell(document, table, &cell, NULL);
        }
    }
    gsize shown = 0;
    ZpRowWalk walk;
    zp_row_walk_start(&walk, table);
    while (zp_row_walk_next(&walk))
        shown += walk.open->len;
    zp_row_walk_clear(&walk);
    cr_assert_eq(shown, (gsize)N_ROWS * N_COLS);
}

static const struct {
    guint32 n_cells, col, col_span, length;
    const char *limit; /* NULL: let in */
} LIMITS[] = {
    {ZP_LIMIT_CELLS - 1, 0, 1, 0, NULL},
    {ZP_LIMIT_CELLS, 0, 1, 0, "ZP_LIMIT_CELLS"},
    {0, ZP_LIMIT_COLUMNS - 1, 1, 0, NULL},
    {0, ZP_LIMIT_COLUMNS, 1, 0, "ZP_LIMIT_COLUMNS"},
    {0, G_MAXUINT32, 1, 0, "ZP_LIMIT_COLUMNS"},
    {0, ZP_LIMIT_COLUMNS - 2, 2, 0, NULL},
    {0, ZP_LIMIT_COLUMNS - 1, 2, 0, "ZP_LIMIT_COLUMNS"},
    {0, 0, 0, ZP_LIMIT_CELL_BYTES, NULL},
    {0, 0, 0, ZP_LIMIT_CELL_BYTES + 1, "ZP_LIMIT_CELL_BYTES"},
};

ROWS_OF(LIMITS, limits)
{
    g_autofree char *text = g_strnfill(LIMITS[*row].length, 'x');
    g_autoptr(ZpDocument) document = zp_document_new_within(NULL);
    ZpTable *table = zp_document_add_table(document, ZP_TABLE_CELLS);
    document->n_cells = LIMITS[*row].n_cells;
    ZpCell cell = {.text = text,
                   .length = LIMITS[*row].length,
                   .col = LIMITS[*row].col,
                   .row_span = 1,
                   .col_span = (guint16)LIMITS[*row].col_span};
    g_autoptr(GError) error = NULL;
    bool ok = zp_document_add_cell(document, table, &cell, &error);
    const char *limit = LIMITS[*row].limit;
    cr_assert_eq(ok, limit == NULL);
    cr_assert_eq(table->cells->len, ok ? 1 : 0);
    cr_assert_eq(document->n_cells, LIMITS[*row].n_cells + ok);
    if (ok)
        return;
    cr_assert(g_error_matches(error, ZP_ERROR, ZP_ERROR_LIMIT));
    cr_assert(strstr(zp_error_text(error, ZP_LANG_EN), limit), "%s", error->message);
    cr_assert(strstr(zp_error_text(error, ZP_LANG_ZH), limit));
    cr_assert_str_neq(zp_error_text(error, ZP_LANG_ZH), error->message);
}

Test(grid, tables_are_numbered_and_lines_are_not)
{
    g_autoptr(ZpDocument) document = zp_document_new_within(NULL);
    ZpTable *before = zp_document_add_table(document, ZP_TABLE_LINES);
    ZpTable *first = zp_document_add_table(document, ZP_TABLE_CELLS);
    ZpTable *between = zp_document_add_table(document, ZP_TABLE_LINES);
    ZpTable *second = zp_document_add_table(document, ZP_TABLE_CELLS);
    cr_assert_eq(before->number, 0);
    cr_assert_eq(first->number, 1);
    cr_assert_eq(between->number, 0);
    cr_assert_eq(second->number, 2);
    cr_assert_eq(document->n_tables, 2);

    ZpCell cell = {.text = "年度指标值",
                   .length = 6,
                   .row = 4,
                   .col = 2,
                   .line = 9,
                   .page = 3,
                   .byte_start = 70,
                   .byte_end = 76,
                   .box = {1, 2, 3, 4}};
    ZpPlace at = zp_cell_place(second, &cell);
    cr_assert(at.page == 3 && at.table == 2 && at.row == 5 && at.col == 3 && at.line == 9);
    cr_assert(at.byte_start == 70 && at.byte_end == 76 && at.box.y1 == 4);
    at = zp_cell_place(before, &cell);
    cr_assert(at.table == 0 && at.row == 0 && at.col == 0 && at.line == 9);
}

Test(grid, texts_are_copied_to_their_length)
{
    g_autoptr(ZpDocument) document = zp_document_new_within(NULL);
    ZpTable *table = zp_document_add_table(document, ZP_TABLE_CELLS);
    char text[] = "年度指标值";
    ZpCell cell = {.text = text, .length = 6};
    zp_document_add_cell(document, table, &cell, NULL);
    cell = (ZpCell){.text = NULL, .col = 1};
    zp_document_add_cell(document, table, &cell, NULL);
    memset(text, 'x', sizeof text - 1);
    cr_assert_str_eq(g_array_index(table->cells, ZpCell, 0).text, "年度");
    cr_assert_str_eq(g_array_index(table->cells, ZpCell, 1).text, "");
}

Test(grid, losses_are_kept)
{
    g_autoptr(ZpDocument) document = zp_document_new_within(NULL);
    ZpPlace at = {.line = 3};
    zp_document_add_loss(document, ZP_LOSS_UNDECODABLE, &at, "两个字节", "two bytes");
    const ZpLoss *loss = document->losses->pdata[0];
    cr_assert_eq(loss->at.line, 3);
    cr_assert_str_eq(loss->zh, "两个字节");
    cr_assert_str_eq(loss->en, "two bytes");
}

Test(grid, free_takes_null)
{
    zp_document_free(NULL);
    zp_form_free(NULL);
    zp_report_free(NULL);
}

/* Apart, so that no pointer left on the stack hides a leak from the sanitizer. */
static void add_indicator_with_others(ZpForm *form)
{
    ZpIndicator *indicator = zp_form_add_indicator(form);
    cr_assert_eq(indicator->part_of, -1);
    cr_assert_null(indicator->other);
    cr_assert_not_null(zp_indicator_add_other(indicator));
    cr_assert_not_null(zp_indicator_add_other(indicator));
    cr_assert_eq(indicator->other->len, 2);
    cr_assert_eq(zp_form_indicator(form, 0), indicator);
}

Test(form, rows_begin_empty)
{
    g_autoptr(ZpForm) form = zp_form_new();
    cr_assert_str_eq(form->template_id, "unknown");
    cr_assert_str_eq(form->profile, "default");
    cr_assert_null(zp_form_total_fund(form, NULL));
    ZpFund *part = zp_form_add_fund(form);
    part->source = ZP_SOURCE_FISCAL;
    ZpFund *total = zp_form_add_fund(form);
    total->source = ZP_SOURCE_TOTAL;
    guint index = 99;
    cr_assert_eq(zp_form_total_fund(form, &index), total);
    cr_assert_eq(index, 1);
    cr_assert_eq(part->part_of, -1);
    cr_assert_null(part->budget.text);
    add_indicator_with_others(form);
    cr_assert_eq(zp_form_add_extra(form), form->extra->pdata[0]);
}

/* What the recogniser appends itself is freed with the form (the sanitizer build watches). */
Test(form, repairs_and_unused_texts_are_owned)
{
    g_autoptr(ZpForm) form = zp_form_new();
    ZpRepair *repair = g_new0(ZpRepair, 1);
    repair->code = "R02";
    repair->pointer = g_strdup("/indicators/4/reason");
    repair->zh = g_strdup("接上");
    repair->en = g_strdup("joined");
    g_ptr_array_add(form->repairs, repair);
    ZpUnread *unread = g_new0(ZpUnread, 1);
    unread->text.text = g_string_chunk_insert(form->strings, "复核");
    g_ptr_array_add(form->unread, unread);
}

/* The column tables lead to the fields they name. */
Test(form, columns)
{
    ZpFund fund = {0};
    ZpValue *funds[] = {&fund.initial, &fund.budget, &fund.executed,
                        &fund.weight,  &fund.rate,   &fund.score};
    const char *fund_names[] = {"initial", "budget", "executed", "weight", "rate", "score"};
    for (gsize k = 0; k < G_N_ELEMENTS(funds); k++) {
        cr_assert_str_eq(ZP_FUND_COLUMNS[k].name, fund_names[k]);
        cr_assert_eq(zp_column_value(&fund, &ZP_FUND_COLUMNS[k]), funds[k]);
        cr_assert_eq(ZP_FUND_COLUMNS[k].kind, ZP_KIND_FIGURE);
    }
    cr_assert_null(ZP_FUND_COLUMNS[G_N_ELEMENTS(funds)].name);

    ZpIndicator row = {0};
    ZpValue *values[] = {&row.target, &row.actual, &row.weight, &row.score};
    const char *names[] = {"target", "actual", "weight", "score"};
    for (gsize k = 0; k < G_N_ELEMENTS(values); k++) {
        cr_assert_str_eq(ZP_INDICATOR_COLUMNS[k].name, names[k]);
        cr_assert_eq(zp_column_value(&row, &ZP_INDICATOR_COLUMNS[k]), values[k]);
        cr_assert_eq(ZP_INDICATOR_COLUMNS[k].kind, k < 2 ? ZP_KIND_TARGET : ZP_KIND_FIGURE);
    }
    cr_assert_null(ZP_INDICATOR_COLUMNS[G_N_ELEMENTS(values)].name);
}

Test(form, names)
{
    const char *ops[] = {NULL, "eq", "ge", "le", "gt", "lt", "range"};
    cr_assert_null(zp_op_name(ZP_OP_NONE));
    for (int k = 1; k < ZP_OP_COUNT; k++)
        cr_assert_str_eq(zp_op_name((ZpOp)k), ops[k]);
    const char *sources[] = {"total", "fiscal",          "carryover", "central",
                             "local", "special_account", "unit_own",  "other"};
    for (int k = 0; k < ZP_SOURCE_COUNT; k++)
        cr_assert_str_eq(zp_source_name((ZpSource)k), sources[k]);
    const char *severities[] = {"off", "note", "warning", "error"};
    for (int k = 0; k < ZP_SEVERITY_COUNT; k++)
        cr_assert_str_eq(zp_severity_name((ZpSeverity)k), severities[k]);
}

static void add_finding(ZpReport *report)
{
    ZpFinding *finding = zp_report_add_finding(report);
    cr_assert_eq(finding->form, -1);
    cr_assert_str_eq(finding->message, "default");
    cr_assert_eq(finding->arguments->len, 0);
    finding->pointer = g_strdup("/funds/0/rate");
    finding->stated = g_strdup("88.82%");
    finding->expected = g_strdup("88.81%");
    finding->field = g_strdup("rate");
    finding->fingerprint = g_strdup("00");
    char budget[] = "560000";
    zp_finding_argument(finding, "budget", budget, NULL);
    zp_finding_argument(finding, "why", "只入不舍", "always up");
    budget[0] = 'x';
    const ZpArgument *arguments = (const ZpArgument *)(void *)finding->arguments->data;
    cr_assert_str_eq(arguments[0].text, "560000");
    cr_assert_null(arguments[0].en);
    cr_assert_str_eq(arguments[1].en, "always up");
}

static void add_unevaluated(ZpReport *report)
{
    ZpUnevaluated *unevaluated = zp_report_add_unevaluated(report);
    cr_assert_eq(unevaluated->form, -1);
    unevaluated->pointer = g_strdup("/indicators/0/score");
}

static void add_verdict(ZpReport *report)
{
    ZpVerdict *verdict = zp_report_add_verdict(report);
    verdict->recomputed.execution = g_strdup("8.88");
    verdict->recomputed.total = g_strdup("98.32");
    verdict->recomputed.grade = g_strdup("优");
    g_ptr_array_add(verdict->recomputed.indicators, g_strdup("20"));
    g_ptr_array_add(verdict->recomputed.indicators, NULL);
    g_ptr_array_add(verdict->recomputed.assumed, g_strdup("/indicators/0/score"));
}

Test(report, owns_what_is_added)
{
    g_autoptr(ZpReport) report = zp_report_new();
    add_finding(report);
    add_unevaluated(report);
    add_verdict(report);
    cr_assert_eq(report->findings->len, 1);
    cr_assert_eq(report->unevaluated->len, 1);
    cr_assert_eq(report->verdicts->len, 1);
}
