/*
 * run.c - one input from bytes to a result, and the totals.
 *
 *     read ─▶ sha256 ─▶ choose a parser ─▶ parse ─▶ recognise ─▶ normalise ─▶ check ─▶ across ─▶ writer
 *
 * Whatever stops on the way becomes the file's error and its D01 or D02; the next input is
 * not touched by it.  All that belongs to a file lives in one Job and dies with it.
 */
#include "run/run.h"

#include "base/error.h"
#include "base/limits.h"
#include "normalise/normalise.h"
#include "parsers/office.h"
#include "recognise/recognise.h"
#include "rules/check.h"
#include "run/across.h"
#include "run/input.h"
#include "run/walk.h"

#include <string.h>
#include <sys/stat.h>

struct ZpRun {
    const ZpRulebook *rulebook;
    ZpRunOptions options;
    ZpSummary summary;
    ZpWriting *writing; /* of the zp_run_add under way */
    ZpAcross *across;   /* what the rules between forms remember */
};

/* One input under way. */
typedef struct {
    char *sha256;
    const ZpParser *parser;
    ZpDocument *document;
    GPtrArray *forms;
    ZpReport *report;
    GError *error;
    ZpRule rule; /* D01 or D02 when there is an error */
} Job;

static void clear_job(Job *job)
{
    g_free(job->sha256);
    zp_document_free(job->document);
    g_clear_pointer(&job->forms, g_ptr_array_unref);
    zp_report_free(job->report);
    g_clear_error(&job->error);
}

ZpRun *zp_run_new(const ZpRulebook *rulebook, const ZpRunOptions *options)
{
    ZpRun *run = g_new0(ZpRun, 1);
    run->rulebook = rulebook;
    run->options = *options;
    run->across = zp_across_new();
    return run;
}

void zp_run_free(ZpRun *run)
{
    if (!run)
        return;
    zp_across_free(run->across);
    g_free(run);
}

const ZpSummary *zp_run_summary(const ZpRun *run)
{
    return &run->summary;
}

void zp_run_set_notes(ZpRun *run, const ZpRunNotes *notes)
{
    run->summary.has_baseline = notes->has_baseline;
    run->summary.has_diff = notes->has_diff;
    run->summary.gone = notes->gone;
    run->summary.notices = notes->notices;
}

static bool is_blank_document(const ZpDocument *document)
{
    for (guint t = 0; t < document->tables->len; t++) {
        const ZpTable *table = g_ptr_array_index(document->tables, t);
        for (guint k = 0; k < table->cells->len; k++) {
            const ZpCell *cell = &g_array_index(table->cells, ZpCell, k);
            if (!zp_text_is_blank(cell->text, cell->length))
                return false;
        }
    }
    return true;
}

/* The first loss of a kind; NULL: there is none. */
static const ZpLoss *find_loss(const ZpDocument *document, ZpLossKind kind)
{
    for (guint k = 0; k < document->losses->len; k++) {
        const ZpLoss *loss = g_ptr_array_index(document->losses, k);
        if (loss->kind == kind)
            return loss;
    }
    return NULL;
}

/* A document without a character may have lost them all: then that is what is wrong with it. */
static bool set_lost(Job *job)
{
    const ZpLoss *lost = find_loss(job->document, ZP_LOSS_TEXT);
    const ZpLoss *scanned = find_loss(job->document, ZP_LOSS_NO_TEXT_LAYER);
    const ZpLoss *why = scanned ? scanned : lost;
    if (!why)
        return false;
    job->rule = scanned ? ZP_RULE_D03 : ZP_RULE_D01;
    zp_error_set(&job->error, ZP_ERROR_KIND, "%s%.0s", "%.0s%s", why->zh, why->en);
    return true;
}

static void set_no_form(Job *job)
{
    job->rule = ZP_RULE_D02;
    bool is_blank = is_blank_document(job->document);
    if (is_blank && set_lost(job))
        return;
    if (is_blank)
        zp_error_set(&job->error, ZP_ERROR_KIND, "文件是空的，或只有空白；请检查是否选对了文件",
                     "the file is empty or blank; check whether it is the right one");
    else
        zp_error_set(&job->error, ZP_ERROR_KIND,
                     "文件可以读取，但里面没有项目支出绩效自评表；请检查是否选对了文件",
                     "readable, but no self-evaluation form in it; check whether it is the right "
                     "file");
}

static guint limit_of(const ZpRun *run, const char *path)
{
    return run->options.config ? zp_config_input_bytes(run->options.config, path)
                               : ZP_LIMIT_INPUT_BYTES;
}

/* From bytes to forms; on failure the job holds the error. */
static bool read_forms(const ZpRun *run, const char *path, Job *job)
{
    const ZpReadOptions options = {.password = run->options.password};
    g_autoptr(GBytes) bytes = zp_input_read(path, limit_of(run, path), &job->error);
    if (!bytes)
        return false;
    if (zp_writing_wants_digests(run->writing))
        job->sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    job->parser = run->options.from ? zp_parser_by_name(run->options.from)
                                    : zp_parser_probe(bytes, path, &job->error);
    if (!job->parser && run->options.office && zp_office_takes(bytes)) {
        g_clear_error(&job->error);
        job->parser = &zp_office_parser;
    }
    if (!job->parser)
        return false;
    job->document = job->parser->read(bytes, &options, &job->error);
    if (!job->document)
        return false;
    job->forms = zp_recognise(run->rulebook, job->document, &job->error);
    if (job->forms && job->forms->len == 0)
        set_no_form(job);
    return !job->error;
}

/* The rules that settings turn off for a form: those are not asked, so they count as nothing. */
static void fill_silent(const ZpConfig *config, const char *path, const ZpForm *form, bool *silent)
{
    ZpRuleGrade grades[ZP_RULE_COUNT];
    zp_config_grades(config, path, form, grades);
    for (guint rule = 0; rule < ZP_RULE_COUNT; rule++)
        silent[rule] = grades[rule].severity == ZP_SEVERITY_OFF;
}

static void check_forms(const ZpRun *run, const char *path, Job *job)
{
    const ZpConfig *config = run->options.config;
    bool silent[ZP_RULE_COUNT];
    zp_check_losses(job->document, job->report);
    for (guint k = 0; k < job->forms->len; k++) {
        const ZpForm *form = g_ptr_array_index(job->forms, k);
        if (config)
            fill_silent(config, path, form, silent);
        zp_check_form_but(run->rulebook, form, config ? silent : NULL, job->report, NULL);
        if (run->options.repairs)
            zp_check_repairs(form, job->report);
    }
    zp_across_add(run->across, path, job->forms, job->report);
}

static void check_failure(const ZpRun *run, Job *job)
{
    if (!job->forms)
        job->forms = g_ptr_array_new();
    /* Of pages without a text layer each has its own finding. */
    if (job->rule != ZP_RULE_D03)
        zp_check_file(run->rulebook, job->rule, zp_error_text(job->error, ZP_LANG_ZH),
                      zp_error_text(job->error, ZP_LANG_EN), job->report);
    if (job->document)
        zp_check_losses(job->document, job->report);
}

/* What D04 and D05 say, known without running the rules, so that convert agrees with check. */
static bool lost_something(const Job *job)
{
    if (job->document->losses->len > 0)
        return true;
    for (guint k = 0; k < job->forms->len; k++) {
        const ZpForm *form = g_ptr_array_index(job->forms, k);
        if (form->missing || form->unused->len > 0)
            return true;
    }
    return false;
}

static void count(ZpSummary *summary, const Job *job)
{
    summary->files++;
    bool has_scans = job->document && find_loss(job->document, ZP_LOSS_NO_TEXT_LAYER);
    summary->unreadable += job->error || has_scans ? 1 : 0;
    summary->forms += job->error ? 0 : job->forms->len;
    guint64 counted = 0;
    for (guint k = 0; k < job->report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(job->report->findings, k);
        summary->n_new += finding->diff == ZP_AGE_NEW;
        summary->n_unchanged += finding->diff == ZP_AGE_UNCHANGED;
        summary->suppressed += finding->suppressed != NULL;
        summary->known += !finding->suppressed && finding->baseline == ZP_AGE_UNCHANGED;
        if (!zp_finding_counts(finding))
            continue;
        summary->by_severity[finding->severity]++;
        summary->by_rule[finding->rule]++;
        counted++;
    }
    summary->clean += counted == 0;
}

/* Findings below --show are counted by now; no writer sees them. */
static void hide(ZpRun *run, ZpReport *report)
{
    for (guint k = report->findings->len; k-- > 0;) {
        const ZpFinding *finding = g_ptr_array_index(report->findings, k);
        if (finding->severity >= run->options.show)
            continue;
        run->summary.hidden += zp_finding_counts(finding);
        g_ptr_array_remove_index(report->findings, k);
    }
}

/* Count a job that is done and hand it to the writer. */
static bool deliver(ZpRun *run, const char *path, const Job *job, GError **error)
{
    const ZpResult result = {
        .path = path,
        .sha256 = job->sha256,
        .format = job->parser ? job->parser->name : NULL,
        .error = job->error,
        .error_code = job->error ? ZP_RULES[job->rule].code : NULL,
        .is_partial = !job->error && lost_something(job),
        .forms = job->error ? NULL : job->forms,
        .report = job->report,
    };
    count(&run->summary, job);
    hide(run, job->report);
    if (!zp_writing_file(run->writing, &result, error))
        return false;
    if (run->options.on_file)
        run->options.on_file(&result, &run->summary, run->options.data);
    return true;
}

/* Severities as set, fingerprints where somebody wants them, then what is known or answered for. */
static void seal(const ZpRun *run, const char *path, Job *job)
{
    ZpConfig *config = run->options.config;
    if (!run->options.check)
        return;
    if (config)
        zp_config_grade(config, path, job->forms, job->report);
    if (zp_writing_wants_digests(run->writing) || (config && zp_config_wants_fingerprints(config)))
        zp_check_seal(path, job->forms, job->report);
    if (config)
        zp_config_mark(config, path, job->forms, job->report);
}

static bool run_file(const char *path, gpointer data, GError **error)
{
    ZpRun *run = data;
    __attribute__((cleanup(clear_job))) Job job = {.report = zp_report_new(), .rule = ZP_RULE_D01};
    bool is_read = read_forms(run, path, &job);
    for (guint k = 0; is_read && k < job.forms->len; k++) {
        zp_normalise_form(run->rulebook, g_ptr_array_index(job.forms, k));
        zp_rulebook_choose_profile(run->rulebook, g_ptr_array_index(job.forms, k));
    }
    if (run->options.check && is_read)
        check_forms(run, path, &job);
    if (run->options.check && !is_read)
        check_failure(run, &job);
    seal(run, path, &job);
    return deliver(run, path, &job, error);
}

/* A folder that cannot be walked is an input that cannot be read. */
static bool fail_folder(const char *path, const GError *why, gpointer data, GError **error)
{
    ZpRun *run = data;
    __attribute__((cleanup(clear_job)))
    Job job = {.report = zp_report_new(), .rule = ZP_RULE_D01, .error = g_error_copy(why)};
    if (run->options.check)
        check_failure(run, &job);
    seal(run, path, &job);
    return deliver(run, path, &job, error);
}

static void count_skipped(gpointer data)
{
    ZpRun *run = data;
    run->summary.skipped++;
}

static bool run_folder(ZpRun *run, const char *path, GError **error)
{
    guint depth = run->options.config ? zp_config_folder_depth(run->options.config, path)
                                      : ZP_LIMIT_FOLDER_DEPTH;
    const ZpWalk walk = {run_file, fail_folder, count_skipped, depth, run->options.office, run};
    guint64 before = run->summary.files;
    if (!zp_walk_folder(path, &walk, error))
        return false;
    if (run->summary.files == before && run->options.on_empty_folder)
        run->options.on_empty_folder(path, run->options.data);
    return true;
}

bool zp_run_add(ZpRun *run, const char *path, ZpWriting *writing, GError **error)
{
    struct stat about;
    run->writing = writing;
    if (strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISDIR(about.st_mode))
        return run_folder(run, path, error);
    return run_file(path, run, error);
}
