/*
 * page.c - what `check` found as one web page that needs nothing else: --format html.
 *
 *     head     a policy (CSP) that lets only the page's own scripts and style run, by their hashes; style
 *     body     the empty page (page/report.html)
 *     blocks   <script type="text/plain" class="forms">base64 of gzip of JSON</script>, as the run goes
 *     scripts  jQuery, DataTables, Chart.js (of Debian, built in), page/report.js
 *
 * Nothing of a document is ever mark-up: it is JSON, compressed and in base64, and the script writes it as
 * text.  `rows` blocks hold what the list needs of each form, `forms` blocks the forms; one of these is unpacked
 * when a form in it is opened.  Blocks leave as they fill, so a run of any length needs little memory.
 *
 * Where the page has a place for further pages (ZpPagesPlace), forms wait in a temporary file until the end says
 * how many there are: past ZP_LIMIT_REPORT_FORMS the page is an index, whose rows are units, and the forms stand in
 * pages of departments and units (page_plan.h).
 */
#include "output/by_form.h"
#include "output/link.h"
#include "output/page_out.h"
#include "output/page_plan.h"

#include "base/ending.h"
#include "base/error.h"
#include "base/limits.h"

#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <stdio.h>

/* Points of the index's plot. */
#define MOST_POINTS 5000u

/* Of no unit: a row of a file. */
#define NO_UNIT G_MAXUINT32

/* A form in the temporary file: its tally, its row, what is drawn. */
typedef struct {
    guint64 at;
    guint32 row, form; /* bytes; form 0: nothing is drawn */
    guint32 unit;      /* of the plan; at the end: its page */
    guint32 file;      /* the how manieth */
} Waiting;

typedef struct {
    ZpPageOut page;
    guint64 n_forms, n_left_out;
    FILE *spool; /* (nullable) forms leave at once */
    guint64 spooled;
    GArray *waiting; /* of Waiting */
    ZpPagePlan *plan;
    GHashTable *stated; /* a stated total → how often */
    json_t *points;
    bool is_said[ZP_RULE_COUNT]; /* the rules that the page speaks of */
} State;

static void free_state(gpointer data)
{
    State *state = data;
    zp_page_clear(&state->page);
    if (state->spool)
        fclose(state->spool);
    g_clear_pointer(&state->waiting, g_array_unref);
    g_clear_pointer(&state->stated, g_hash_table_unref);
    zp_page_plan_free(state->plan);
    json_decref(state->points);
    g_free(state);
}

static guint most_forms(const ZpWriting *writing)
{
    guint most = writing->options.report_forms;
    return most ? most : ZP_LIMIT_REPORT_FORMS;
}

/* --- the temporary file --- */

static bool set_spool_error(GError **error)
{
    zp_error_set(error, ZP_ERROR_OUTPUT, "报告的临时文件无法读写",
                 "the temporary file of the report cannot be used");
    return false;
}

/* Without a name: it goes with the program. */
static bool open_spool(State *state, GError **error)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "ziping-XXXXXX", NULL);
    int fd = zp_aside_open(path, O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        return set_spool_error(error);
    zp_aside_drop(path);
    state->spool = fdopen(fd, "w+");
    state->waiting = g_array_new(FALSE, FALSE, sizeof(Waiting));
    state->plan = zp_page_plan_new();
    state->stated = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    state->points = json_array();
    return state->spool || set_spool_error(error);
}

static void note_score(State *state, const ZpResult *result, guint index)
{
    const ZpForm *form = g_ptr_array_index(result->forms, index);
    const ZpVerdict *verdict = g_ptr_array_index(result->report->verdicts, index);
    char number[ZP_DECIMAL_TEXT_MAX];
    if (!form->total_score.has_value)
        return;
    const char *text = zp_decimal_print(form->total_score.value, number);
    guint often = GPOINTER_TO_UINT(g_hash_table_lookup(state->stated, text));
    g_hash_table_insert(state->stated, g_strdup(text), GUINT_TO_POINTER(often + 1));
    if (verdict->recomputed.total && json_array_size(state->points) < MOST_POINTS)
        json_array_append_new(state->points, json_pack("[s, s]", verdict->recomputed.total, text));
}

static bool spool(State *state, const ZpPageTally *tally, const GString *row, const GString *form,
                  Waiting one, GError **error)
{
    one.at = state->spooled;
    one.row = (guint32)row->len;
    one.form = (guint32)form->len;
    g_array_append_val(state->waiting, one);
    state->spooled += sizeof *tally + row->len + form->len;
    return (fwrite(tally, sizeof *tally, 1, state->spool) == 1 &&
            fwrite(row->str, 1, row->len, state->spool) == row->len &&
            fwrite(form->str, 1, form->len, state->spool) == form->len) ||
           set_spool_error(error);
}

static bool spool_form(ZpWriting *writing, const ZpResult *result, guint index, const GString *row,
                       const GString *form, GError **error)
{
    State *state = writing->state;
    const ZpPageTally tally = zp_page_tally(result, index);
    const Waiting one = {
        .unit = zp_page_plan_add(state->plan, g_ptr_array_index(result->forms, index), &tally),
        .file = (guint32)writing->n_files};
    note_score(state, result, index);
    return spool(state, &tally, row, form, one, error);
}

static bool add_file(State *state, GString *row, GError **error)
{
    const ZpPageTally none = {0};
    g_autoptr(GString) nothing = g_string_new(NULL);
    return state->spool ? spool(state, &none, row, nothing, (Waiting){.unit = NO_UNIT}, error)
                        : zp_page_add(&state->page, row, NULL, error);
}

static bool read_text(FILE *spool, GString *text, gsize n)
{
    g_string_set_size(text, n);
    return fread(text->str, 1, n, spool) == n;
}

/* Forms that wait go onto a page. */
static bool add_waiting(const State *state, const Waiting *one, ZpPageOut *page, ZpPageTally *sum,
                        GError **error)
{
    g_autoptr(GString) row = g_string_new(NULL), form = g_string_new(NULL);
    ZpPageTally tally;
    if (fseeko(state->spool, (off_t)one->at, SEEK_SET) != 0 ||
        fread(&tally, sizeof tally, 1, state->spool) != 1 ||
        !read_text(state->spool, row, one->row) || !read_text(state->spool, form, one->form))
        return set_spool_error(error);
    zp_page_tally_add(sum, &tally);
    return zp_page_add(page, row, one->form ? form : NULL, error);
}

/* Those of a page, or all. */
static bool add_all_waiting(const State *state, guint32 unit, bool all, ZpPageOut *page,
                            GError **error)
{
    ZpPageTally sum = {0};
    bool done = true;
    for (guint k = 0; done && k < state->waiting->len; k++) {
        const Waiting *one = &g_array_index(state->waiting, Waiting, k);
        done = (!all && one->unit != unit) || add_waiting(state, one, page, &sum, error);
    }
    return done;
}

/* --- rows as the run goes --- */

static bool begin_page(ZpWriting *writing, GError **error)
{
    State *state = g_new0(State, 1);
    writing->state = state;
    writing->free_state = free_state;
    zp_page_begin(&state->page, writing);
    return !writing->options.pages || open_spool(state, error);
}

static bool write_form(ZpWriting *writing, const ZpResult *result, guint index,
                       const ZpPageLinks *links, GError **error)
{
    State *state = writing->state;
    g_autoptr(GString) row = g_string_new(NULL), form = g_string_new(NULL);
    bool is_drawn = state->spool || state->n_forms < most_forms(writing);
    zp_page_row(row, result, index, links);
    if (is_drawn)
        zp_page_form(form, writing->rulebook, result, index);
    state->n_forms++;
    state->n_left_out += !is_drawn; /* counted and listed, not drawn */
    return state->spool ? spool_form(writing, result, index, row, form, error)
                        : zp_page_add(&state->page, row, is_drawn ? form : NULL, error);
}

static void note_rules(State *state, const ZpReport *report)
{
    for (guint k = 0; k < report->findings->len; k++)
        state->is_said[((const ZpFinding *)report->findings->pdata[k])->rule] = true;
    for (guint k = 0; k < report->unevaluated->len; k++)
        state->is_said[((const ZpUnevaluated *)report->unevaluated->pdata[k])->rule] = true;
}

static bool write_page_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    State *state = writing->state;
    g_autoptr(GString) link = g_string_new(NULL);
    g_autoptr(GString) marked = g_string_new(NULL);
    bool has_link = zp_link_append(link, writing->options.folder, result->path);
    bool has_copy =
        result->marked && zp_link_append_file(marked, writing->options.folder, result->marked);
    const ZpPageLinks links = {has_link ? link->str : NULL, has_copy ? marked->str : NULL};
    g_autoptr(ZpByForm) by_form = zp_by_form_new(result);
    g_autoptr(GString) row = g_string_new(NULL);
    note_rules(state, result->report);
    if (zp_page_file(row, writing->rulebook, zp_by_form_result(by_form, -1), &links) &&
        !add_file(state, row, error))
        return false;
    for (guint k = 0; result->forms && k < result->forms->len; k++) {
        if (!write_form(writing, zp_by_form_result(by_form, (int)k), k, &links, error))
            return false;
    }
    return true;
}

/* --- pages of departments and units --- */

/* The way from the folder of @from to @to, both in the page's folder; null: it cannot be said in a link. */
static json_t *way(const ZpWriting *writing, const char *from, const char *below, const char *name)
{
    const char *folder = writing->options.folder ? writing->options.folder : ".";
    g_autofree char *start = from ? g_build_filename(folder, from, NULL) : g_strdup(folder);
    g_autofree char *end =
        below ? g_build_filename(folder, below, name, NULL) : g_build_filename(folder, name, NULL);
    g_autoptr(GString) link = g_string_new(NULL);
    return zp_link_append_file(link, start, end) ? zp_json_text(link->str) : json_null();
}

static void put_whose(json_t *object, const ZpPageSheet *sheet)
{
    zp_json_put(object, "department", zp_json_text(sheet->department));
    zp_json_put(object, "unit", zp_json_text(sheet->unit));
    zp_json_put(object, "whole", json_boolean(sheet->is_whole));
    zp_json_put(object, "shared", json_boolean(sheet->is_shared));
    zp_json_put(object, "part", json_integer(sheet->part));
}

static void put_tally(json_t *object, const ZpPageTally *tally)
{
    json_t *counts = json_array(), *rates = json_array(), *codes = json_array();
    for (int k = ZP_SEVERITY_ERROR; k >= ZP_SEVERITY_NOTE; k--)
        json_array_append_new(counts, json_integer(tally->by_severity[k]));
    for (gsize k = 0; k < G_N_ELEMENTS(tally->rates); k++)
        json_array_append_new(rates, json_integer(tally->rates[k]));
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++) {
        if (tally->by_rule[rule])
            json_array_append_new(codes, json_string(ZP_RULES[rule].code));
    }
    zp_json_put(object, "forms", json_integer(tally->forms));
    zp_json_put(object, "counts", counts);
    zp_json_put(object, "codes", codes);
    zp_json_put(object, "rates", rates);
    zp_json_put(object, "lost", json_integer(tally->lost));
    zp_json_put(object, "unjudged", json_integer(tally->unjudged));
    zp_json_put(object, "repairs", json_integer(tally->repairs));
}

static ZpSummary summary_of(const ZpPageTally *tally, guint64 n_files)
{
    ZpSummary summary = {.files = n_files,
                         .forms = tally->forms,
                         .unjudged = tally->unjudged,
                         .known = tally->known,
                         .has_baseline = tally->known > 0,
                         .suppressed = tally->suppressed};
    for (int k = 0; k < ZP_SEVERITY_COUNT; k++)
        summary.by_severity[k] = tally->by_severity[k];
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++)
        summary.by_rule[rule] = tally->by_rule[rule];
    return summary;
}

/* A page of some of the forms that wait. */
static bool fill_sheet(ZpWriting *own, const State *state, guint place, ZpPageTally *sum,
                       GError **error)
{
    const ZpPagesPlace *pages = own->options.pages;
    const ZpPageSheet *sheet = g_ptr_array_index(state->plan->sheets, place);
    ZpPageOut page;
    guint64 n_files = 0, last = G_MAXUINT64;
    bool done = true;
    zp_page_begin(&page, own);
    for (guint k = 0; done && k < state->waiting->len; k++) {
        const Waiting *one = &g_array_index(state->waiting, Waiting, k);
        if (one->unit != place)
            continue;
        n_files += one->file != last;
        last = one->file;
        done = add_waiting(state, one, &page, sum, error);
    }
    const ZpSummary summary = summary_of(sum, n_files);
    json_t *totals = zp_page_totals(own->rulebook, &summary, state->is_said, own->options.lang);
    json_t *whose = json_object();
    put_whose(whose, sheet);
    zp_json_put(totals, "whose", whose);
    zp_json_put(totals, "up", json_string("../")); /* links of rows start at the index */
    zp_json_put(totals, "index", way(own, pages->name, NULL, pages->index));
    if (done)
        done = zp_page_end(&page, totals, error) && zp_writing_flush(own, 0, error);
    else
        json_decref(totals);
    zp_page_clear(&page);
    return done;
}

static bool write_sheet(const ZpWriting *writing, guint place, ZpPageTally *sum, GError **error)
{
    const State *state = writing->state;
    const ZpPageSheet *sheet = g_ptr_array_index(state->plan->sheets, place);
    g_autofree char *path = g_build_filename(writing->options.pages->stage, sheet->name, NULL);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) {
        zp_error_set(error, ZP_ERROR_OUTPUT, "无法写入 %s", "cannot write %s", path);
        return false;
    }
    g_autoptr(GOutputStream) stream = g_unix_output_stream_new(fd, TRUE);
    ZpWriting own = {.rulebook = writing->rulebook,
                     .options = writing->options,
                     .stream = stream,
                     .buffer = g_string_new(NULL)};
    bool done = fill_sheet(&own, state, place, sum, error);
    g_string_free(own.buffer, TRUE);
    if (g_output_stream_close(stream, NULL, NULL) || !done)
        return done;
    zp_error_set(error, ZP_ERROR_OUTPUT, "无法写入 %s", "cannot write %s", path);
    return false;
}

/* All pages; what the index says of each. */
static json_t *write_sheets(const ZpWriting *writing, GError **error)
{
    const State *state = writing->state;
    ZpPagesPlace *pages = writing->options.pages;
    guint most = most_forms(writing);
    zp_page_plan_make(state->plan, most, ZP_LIMIT_REPORT_PAGES, writing->options.lang);
    for (guint k = 0; k < state->waiting->len; k++) {
        Waiting *one = &g_array_index(state->waiting, Waiting, k);
        if (one->unit == NO_UNIT)
            continue;
        one->unit = zp_page_plan_next(g_ptr_array_index(state->plan->units, one->unit), most);
    }
    if (!pages->make(pages, error))
        return NULL;
    json_t *array = json_array();
    for (guint k = 0; k < state->plan->sheets->len; k++) {
        const ZpPageSheet *sheet = g_ptr_array_index(state->plan->sheets, k);
        ZpPageTally sum = {0};
        json_t *about = json_object();
        json_array_append_new(array, about);
        if (!write_sheet(writing, k, &sum, error)) {
            json_decref(array);
            return NULL;
        }
        put_whose(about, sheet);
        put_tally(about, &sum);
        zp_json_put(about, "link", way(writing, NULL, pages->name, sheet->name));
    }
    return array;
}

static bool add_unit(State *state, const ZpPageUnit *unit, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    json_t *row = json_object();
    zp_json_put(row, "department", zp_json_text(unit->department));
    zp_json_put(row, "unit", zp_json_text(unit->unit));
    zp_json_put(row, "sheet", json_integer(unit->first));
    put_tally(row, &unit->tally);
    return zp_json_print(text, row, error) && zp_page_add(&state->page, text, NULL, error);
}

static json_t *stated_of(const State *state)
{
    json_t *array = json_array();
    g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(state->stated), (GCompareFunc)strcmp);
    for (GList *at = keys; at; at = at->next)
        json_array_append_new(
            array, json_pack("[s, i]", at->data,
                             GPOINTER_TO_INT(g_hash_table_lookup(state->stated, at->data))));
    return array;
}

/* Too many forms for one page. */
static bool end_index(ZpWriting *writing, json_t *totals, GError **error)
{
    State *state = writing->state;
    json_t *sheets = write_sheets(writing, error);
    for (guint k = 0; sheets && k < state->plan->units->len; k++) {
        if (!add_unit(state, g_ptr_array_index(state->plan->units, k), error))
            g_clear_pointer(&sheets, json_decref);
    }
    if (sheets && !add_all_waiting(state, NO_UNIT, false, &state->page, error))
        g_clear_pointer(&sheets, json_decref);
    if (!sheets) {
        json_decref(totals);
        return false;
    }
    zp_json_put(totals, "sheets", sheets);
    zp_json_put(totals, "stated", stated_of(state));
    zp_json_put(totals, "points", json_incref(state->points));
    return zp_page_end(&state->page, totals, error);
}

static bool end_page(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    State *state = writing->state;
    json_t *totals =
        zp_page_totals(writing->rulebook, summary, state->is_said, writing->options.lang);
    if (state->spool && state->n_forms > most_forms(writing))
        return end_index(writing, totals, error);
    zp_json_put(totals, "left_out", json_integer((json_int_t)state->n_left_out));
    if (state->spool && !add_all_waiting(state, NO_UNIT, true, &state->page, error)) {
        json_decref(totals);
        return false;
    }
    return zp_page_end(&state->page, totals, error);
}

const ZpWriter zp_page_writer = {
    .name = "html",
    .zh = "报告网页，一个文件",
    .en = "a report page, one file",
    .for_check = true,
    .begin = begin_page,
    .file = write_page_file,
    .end = end_page,
};
