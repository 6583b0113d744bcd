/*
 * holding.c - a queue of records behind the first form that may be a last one.
 *
 *     file     1   2   3   4   5   6   7          five full forms of one unit: 5 is held, 6 and 7 behind it
 *     unit     甲  甲  甲  甲  甲  乙  甲          7 comes, of the same unit: 5 is no last one, goes, and 6 with it
 */
#include "run/holding.h"

#include "base/error.h"
#include "run/full.h"
#include "run/queue.h"

/* What of a file that is held is not in its record's bytes. */
typedef struct {
    guint n_last; /* forms of it that may be last ones */
    bool is_alone, is_aside;
    guint64 file;
} Held;

struct ZpHolding {
    ZpWaitingTurn turn;
    gpointer data;
    ZpFull *full;
    guint64 n_files;
    GQueue held;    /* of Held, as the queue's tasks */
    ZpQueue *queue; /* of their records */
};

ZpHolding *zp_holding_new(ZpWaitingTurn turn, gpointer data)
{
    ZpHolding *holding = g_new0(ZpHolding, 1);
    holding->turn = turn;
    holding->data = data;
    holding->full = zp_full_new();
    holding->queue = zp_queue_new();
    g_queue_init(&holding->held);
    return holding;
}

void zp_holding_free(ZpHolding *holding)
{
    if (!holding)
        return;
    zp_full_free(holding->full);
    zp_queue_free(holding->queue);
    g_queue_clear_full(&holding->held, g_free);
    g_free(holding);
}

/* --- X07 --- */

static void report(const ZpForm *form, const ZpFormKeys *keys, ZpReport *report)
{
    ZpFinding *finding = zp_report_add_finding(report);
    finding->rule = ZP_RULE_X07;
    finding->severity = (ZpSeverity)keys->severity_full;
    finding->form = (int)form->index;
    finding->pointer = g_strdup("");
    finding->at = form->at;
    g_autofree char *year = g_strdup_printf("%d", form->year);
    zp_finding_argument(finding, "unit", form->unit.text ? form->unit.text : "", NULL);
    zp_finding_argument(finding, "year", year, NULL);
}

/* A form without a total score has none that could be full. */
static void judge_form(ZpFull *full, ZpFullPlace at, const ZpForm *form, bool is_alone,
                       ZpReport *out)
{
    const ZpFormKeys *keys = &g_array_index(out->keys, ZpFormKeys, at.form);
    ZpChecks *checks = &((ZpVerdict *)g_ptr_array_index(out->verdicts, at.form))->checks;
    if (keys->severity_full == ZP_SEVERITY_OFF)
        return;
    if (zp_full_is_last(full, keys, at)) {
        checks->failed++;
        report(form, keys, out);
    } else if (is_alone || !(keys->has & ZP_KEY_SCORED)) {
        checks->not_applicable++;
    } else if (!(keys->has & ZP_KEY_GROUP)) {
        checks->not_evaluable++;
        ZpUnevaluated *unevaluated = zp_report_add_unevaluated(out);
        unevaluated->rule = ZP_RULE_X07;
        unevaluated->form = (int)form->index;
        unevaluated->pointer = g_strdup("");
        unevaluated->zh = "年度或实施单位空白";
        unevaluated->en = "year or unit is blank";
    } else {
        checks->passed++;
    }
}

static void judge(ZpFull *full, guint64 file, const GPtrArray *forms, bool is_alone, ZpReport *out)
{
    for (guint k = 0; k < out->keys->len; k++)
        judge_form(full, (ZpFullPlace){file, k}, g_ptr_array_index(forms, k), is_alone, out);
    if (out->keys->len)
        zp_report_sort(out);
}

/* --- the queue --- */

/* The held file of a place. */
static Held *find_held(const ZpHolding *holding, guint64 file)
{
    const Held *first = g_queue_peek_head((GQueue *)&holding->held);
    return first && file >= first->file
               ? g_queue_peek_nth((GQueue *)&holding->held, (guint)(file - first->file))
               : NULL;
}

/* Note the forms of a file.  Returns how many of them may be last ones. */
static guint note_forms(ZpHolding *holding, guint64 file, const ZpReport *report)
{
    guint n_last = 0;
    for (guint k = 0; k < report->keys->len; k++) {
        const ZpFormKeys *keys = &g_array_index(report->keys, ZpFormKeys, k);
        ZpFullPlace before;
        bool has_before;
        if (keys->severity_full == ZP_SEVERITY_OFF)
            continue;
        n_last += zp_full_add(holding->full, keys, (ZpFullPlace){file, k}, &before, &has_before);
        Held *held = has_before ? find_held(holding, before.file) : NULL;
        if (has_before && before.file == file)
            n_last--;
        else if (held)
            held->n_last--;
    }
    return n_last;
}

static bool have_turn(ZpHolding *holding, const Held *held, const char *path, ZpRecord *record,
                      GError **error)
{
    if (!record->error)
        judge(holding->full, held->file, record->forms, held->is_alone, record->report);
    return holding->turn(path, record, held->is_alone, holding->data, error);
}

static bool let_go(ZpHolding *holding, GError **error)
{
    g_autofree Held *held = g_queue_pop_head(&holding->held);
    ZpTask *task = NULL;
    if (!zp_queue_pop(holding->queue, &task, error))
        return false;
    g_autoptr(ZpRecord) record = zp_record_read(task->record);
    bool done = record != NULL;
    if (!done)
        zp_error_set(error, ZP_ERROR_OUTPUT, "临时文件出错：读回的记录不完整",
                     "a temporary file failed: a record did not come back whole");
    if (done) {
        record->is_aside = held->is_aside;
        done = have_turn(holding, held, task->path, record, error);
    }
    zp_task_free(task);
    return done;
}

bool zp_holding_add(const char *path, ZpRecord *record, bool is_alone, gpointer data,
                    GError **error)
{
    ZpHolding *holding = data;
    guint64 file = holding->n_files++;
    guint n_last = record->error ? 0 : note_forms(holding, file, record->report);
    Held own = {n_last, is_alone, record->is_aside, file};
    const Held *first;
    if (n_last > 0 || holding->held.length > 0) {
        Held *held = g_memdup2(&own, sizeof own);
        g_autoptr(GBytes) bytes = zp_record_write(record);
        ZpTask *task = zp_task_new(ZP_TASK_FILE, path);
        g_queue_push_tail(&holding->held, held);
        zp_queue_push(holding->queue, task);
        if (!zp_queue_settle(holding->queue, task, bytes, error))
            return false;
    } else if (!have_turn(holding, &own, path, record, error)) {
        return false;
    }
    while ((first = g_queue_peek_head(&holding->held)) && first->n_last == 0) {
        if (!let_go(holding, error))
            return false;
    }
    return true;
}

bool zp_holding_end(ZpHolding *holding, GError **error)
{
    while (holding->held.length > 0) {
        if (!let_go(holding, error))
            return false;
    }
    return true;
}

void zp_holding_judge(const GPtrArray *forms, ZpReport *report)
{
    ZpHolding *holding = zp_holding_new(NULL, NULL);
    note_forms(holding, 0, report);
    judge(holding->full, 0, forms, false, report);
    zp_holding_free(holding);
}
