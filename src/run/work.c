/*
 * work.c - all that belongs to one input lives in one Job and dies with it.
 */
#include "run/work.h"

#include "base/error.h"
#include "base/sha256.h"
#include "normalise/normalise.h"
#include "parsers/image/image.h"
#include "parsers/office/office.h"
#include "parsers/own.h"
#include "parsers/pdf/pdf.h"
#include "parsers/unpack/unpack.h"
#include "parsers/xls/xls.h"
#include "recognise/recognise.h"
#include "rules/check.h"
#include "rules/verify.h"
#include "run/input.h"

#include <string.h>

/* One input under way. */
typedef struct {
    const ZpWork *work;
    const char *path;
    guint abilities;
    ZpLimits limits;
    const ZpParser *parser;
    ZpDocument *document;
    ZpRecord *record;
} Job;

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

/* The first page of pictures, or else the first text lost; NULL: there is none. */
static const ZpLoss *find_loss(const ZpDocument *document, bool of_picture)
{
    for (guint k = 0; k < document->losses->len; k++) {
        const ZpLoss *loss = g_ptr_array_index(document->losses, k);
        if ((loss->kind == ZP_LOSS_NO_TEXT_LAYER) == of_picture)
            return loss;
    }
    return NULL;
}

/* A document without a character may have lost them all: then that is what is wrong with it. */
static bool set_lost(Job *job)
{
    const ZpLoss *lost = find_loss(job->document, false);
    const ZpLoss *scanned = find_loss(job->document, true);
    const ZpLoss *why = scanned ? scanned : lost;
    if (!why)
        return false;
    job->record->rule = scanned ? ZP_RULE_D03 : ZP_RULE_D01;
    zp_error_set(&job->record->error, ZP_ERROR_KIND, "%s%.0s", "%.0s%s", why->zh, why->en);
    return true;
}

/* The first text that was left out because nobody sees it; NULL: there is none. */
static const ZpLoss *find_unseen(const ZpDocument *document)
{
    for (guint k = 0; k < document->notes->len; k++) {
        const ZpLoss *loss = g_ptr_array_index(document->notes, k);
        if (loss->kind == ZP_LOSS_UNSEEN_TEXT)
            return loss;
    }
    for (guint k = 0; k < document->asides->len; k++) {
        const ZpAside *aside = g_ptr_array_index(document->asides, k);
        if (aside->loss.kind == ZP_LOSS_UNSEEN_TEXT)
            return &aside->loss;
    }
    return NULL;
}

/* Asked only where there is no form, so it may cost a second look. */
static bool has_ledger(const Job *job)
{
    g_autoptr(ZpLedger) ledger = zp_recognise_ledger(job->work->rulebook, job->document, NULL);
    return ledger && ledger->rows->len > 0;
}

static void set_no_form(Job *job, GBytes *bytes)
{
    GError **error = &job->record->error;
    job->record->rule = ZP_RULE_D02;
    job->record->kind = zp_own_report(bytes, job->parser->name);
    if (job->record->kind) {
        zp_error_set(error, ZP_ERROR_KIND, "这是 ziping 自己写的报告，不是自评表",
                     "this is a report of ziping and no self-evaluation form");
        return;
    }
    const ZpLoss *unseen = find_unseen(job->document);
    bool is_blank = is_blank_document(job->document);
    if (is_blank && set_lost(job))
        return;
    if (unseen) {
        zp_error_set(error, ZP_ERROR_KIND, "看得见的内容里没有项目支出绩效自评表；%s%.0s",
                     "no self-evaluation form in what is seen; %.0s%s", unseen->zh, unseen->en);
        return;
    }
    if (is_blank)
        zp_error_set(error, ZP_ERROR_KIND, "文件是空的，或只有空白；请检查是否选对了文件",
                     "the file is empty or blank; check whether it is the right one");
    else if (has_ledger(job))
        zp_error_set(
            error, ZP_ERROR_KIND,
            "这是汇总表（一行一个项目），不是项目支出绩效自评表；用 --ledger "
            "给出它，自评表就与它核对",
            "this is a ledger (汇总表, a row a project) and no self-evaluation form; give it "
            "by --ledger, and forms are compared with it");
    else
        zp_error_set(error, ZP_ERROR_KIND,
                     "文件可以读取，但里面没有项目支出绩效自评表；请检查是否选对了文件",
                     "readable, but no self-evaluation form in it; check whether it is the right "
                     "file");
}

/* The parser, or an office program's; on failure the record holds the error. */
static const ZpParser *choose_parser(Job *job, GBytes *bytes)
{
    const ZpWork *work = job->work;
    GError **error = &job->record->error;
    const ZpParser *parser =
        work->from ? zp_parser_by_name(work->from) : zp_parser_probe(bytes, job->path, error);
    bool is_read = parser && !(parser == &zp_xls_parser && zp_xls_needs_office(bytes));
    if (is_read || !work->office || !zp_office_takes(bytes))
        return parser;
    g_clear_error(error);
    return &zp_office_parser;
}

/* What this process would need to use the parser, and has not. */
static ZpOutcome wanting(const Job *job)
{
    if (job->parser == &zp_pdf_parser && !(job->abilities & ZP_ABILITY_PDF))
        return ZP_OUTCOME_NEEDS_PDF;
    if (job->parser == &zp_image_parser && !(job->abilities & ZP_ABILITY_IMAGE))
        return ZP_OUTCOME_NEEDS_IMAGE;
    if (job->parser == &zp_office_parser && !(job->abilities & ZP_ABILITY_OFFICE))
        return ZP_OUTCOME_NEEDS_OFFICE;
    return ZP_OUTCOME_READ;
}

static void use(bool *used, guint32 n_tables, const ZpPlace *at)
{
    if (at->table <= n_tables)
        used[at->table] = true;
}

/* The tables that forms were read from: what a page hides or shows elsewhere is no matter of theirs. */
static void settle_asides(ZpDocument *document, const GPtrArray *forms)
{
    if (!document->asides->len)
        return;
    g_autofree bool *used = g_new0(bool, document->n_tables + 1u);
    for (guint k = 0; k < forms->len; k++) {
        const ZpForm *form = g_ptr_array_index(forms, k);
        use(used, document->n_tables, &form->at);
        use(used, document->n_tables, &form->project.at);
        use(used, document->n_tables, &form->total_score.at);
        for (guint i = 0; i < form->funds->len; i++)
            use(used, document->n_tables, &zp_form_fund(form, i)->label.at);
        for (guint i = 0; i < form->indicators->len; i++) {
            use(used, document->n_tables, &zp_form_indicator(form, i)->level3.at);
            use(used, document->n_tables, &zp_form_indicator(form, i)->target.at);
        }
        for (guint i = 0; i < form->extra->len; i++)
            use(used, document->n_tables,
                &((ZpExtra *)g_ptr_array_index(form->extra, i))->label.at);
    }
    used[0] = true;
    zp_document_settle_asides(document, used);
}

/* Pages of a document that are pictures, and which of them a form has a text of. */
typedef struct {
    ZpForm *form;
    const guint8 *is_picture;
    guint8 *is_used;
    guint32 n;
} Pictures;

/* A text of a picture that came here without a word on how it was read (put together of words without rules between) is in
 * doubt: no witness stands for it. */
static void see(const Pictures *pictures, const char *text, const ZpPlace *at, ZpOcr **ocr)
{
    const ZpOcr doubtful = {.state = ZP_OCR_DOUBTFUL};
    if (!text || !*text || at->page >= pictures->n || !pictures->is_picture[at->page])
        return;
    pictures->is_used[at->page] = 1;
    if (!*ocr)
        *ocr = zp_form_keep_ocr(pictures->form, &doubtful);
}

static void see_value(ZpValue *value, G_GNUC_UNUSED const char *pointer,
                      G_GNUC_UNUSED ZpValueKind kind, gpointer data)
{
    see(data, value->text, &value->at, &value->ocr);
}

static void see_text(ZpText *text, G_GNUC_UNUSED const char *pointer, gpointer data)
{
    see(data, text->text, &text->at, &text->ocr);
}

/* Which pages of each form were read from pictures. */
static void note_pictures(const ZpDocument *document, const GPtrArray *forms)
{
    guint n = document->pictured->len;
    guint32 last = n ? g_array_index(document->pictured, ZpPictured, n - 1).page : 0;
    g_autofree guint8 *is_picture = g_malloc0((gsize)last + 1);
    for (guint i = 0; i < n; i++)
        is_picture[g_array_index(document->pictured, ZpPictured, i).page] = 1;
    for (guint k = 0; n && k < forms->len; k++) {
        ZpForm *form = g_ptr_array_index(forms, k);
        g_autofree guint8 *is_used = g_malloc0((gsize)last + 1);
        Pictures pictures = {form, is_picture, is_used, last + 1};
        zp_form_each_value(form, see_value, &pictures);
        zp_form_each_text(form, see_text, &pictures);
        for (guint i = 0; i < n; i++) {
            const ZpPictured *page = &g_array_index(document->pictured, ZpPictured, i);
            if (is_used[page->page])
                g_array_append_vals(form->pictured, page, 1);
        }
        if (form->pictured->len)
            form->engine = g_string_chunk_insert(form->strings, document->engine);
    }
}

/* The list of projects of the input that --ledger names. */
static bool read_ledger(Job *job)
{
    const ZpWork *work = job->work;
    if (!work->ledger || strcmp(work->ledger, job->path) != 0)
        return true;
    g_autoptr(ZpLedger) ledger =
        zp_recognise_ledger(work->rulebook, job->document, &job->record->error);
    if (!ledger)
        return false;
    zp_normalise_ledger(work->rulebook, ledger);
    if (ledger->rows->len > 0)
        job->record->ledger = g_steal_pointer(&ledger);
    return true;
}

/* From bytes to forms; on failure the record holds the error. */
static bool parse(Job *job, GBytes *bytes)
{
    const ZpWork *work = job->work;
    ZpRecord *record = job->record;
    const ZpReadOptions options = {.password = work->password, .limits = &job->limits};
    job->document = job->parser->read(bytes, &options, &record->error);
    if (!job->document)
        return false;
    if (job->document->needs_pictures && !(job->abilities & ZP_ABILITY_IMAGE)) {
        record->outcome = ZP_OUTCOME_NEEDS_IMAGE;
        return false;
    }
    g_autoptr(GPtrArray) forms = zp_recognise(work->rulebook, job->document, &record->error);
    if (!forms)
        return false;
    settle_asides(job->document, forms);
    note_pictures(job->document, forms);
    if (!read_ledger(job))
        return false;
    if (work->corrections &&
        !zp_corrections_apply(work->corrections, record->sha256, forms, &record->error))
        return false;
    if (forms->len == 0)
        set_no_form(job, bytes);
    g_ptr_array_unref(record->forms);
    record->forms = g_steal_pointer(&forms);
    for (guint k = 0; k < record->forms->len; k++) {
        zp_normalise_form(work->rulebook, g_ptr_array_index(record->forms, k));
        zp_rulebook_choose_profile(work->rulebook, g_ptr_array_index(record->forms, k));
        zp_verify_form(work->rulebook, g_ptr_array_index(record->forms, k));
    }
    return !record->error;
}

/* The rules that settings turn off for a form: those are not asked, so they count as nothing. */
static void fill_silent(const ZpConfig *config, const char *path, const ZpForm *form, bool *silent)
{
    ZpRuleGrade grades[ZP_RULE_COUNT];
    zp_config_grades(config, path, form, grades);
    for (guint rule = 0; rule < ZP_RULE_COUNT; rule++)
        silent[rule] = grades[rule].severity == ZP_SEVERITY_OFF;
}

/* A sheet is a table: what its tab says is where a reader looks. */
static void name_sheets(const ZpDocument *document, ZpReport *report)
{
    for (guint t = 0; t < document->tables->len; t++) {
        const ZpTable *table = g_ptr_array_index(document->tables, t);
        if (table->title && table->number == report->sheets->len + 1)
            g_ptr_array_add(report->sheets, g_string_chunk_insert(report->texts, table->title));
    }
}

static void check_forms(const Job *job)
{
    const ZpWork *work = job->work;
    ZpReport *report = job->record->report;
    bool silent[ZP_RULE_COUNT];
    zp_check_losses(job->document, report);
    for (guint k = 0; k < job->record->forms->len; k++) {
        const ZpForm *form = g_ptr_array_index(job->record->forms, k);
        if (work->config)
            fill_silent(work->config, job->path, form, silent);
        zp_check_form_but(work->rulebook, form, work->config ? silent : NULL, report, NULL);
        if (work->repairs)
            zp_check_repairs(form, report);
    }
}

static void report_failure(const ZpWork *work, ZpRecord *record)
{
    /* Of pages without a text layer each has its own finding. */
    if (work->check && record->rule != ZP_RULE_D03)
        zp_check_file(work->rulebook, record->rule, zp_error_text(record->error, ZP_LANG_ZH),
                      zp_error_text(record->error, ZP_LANG_EN), record->report);
}

/* What D04 and D05 say, known without running the rules, so that convert agrees with check. */
static bool lost_something(const Job *job)
{
    if (job->document->losses->len > 0)
        return true;
    for (guint k = 0; k < job->record->forms->len; k++) {
        const ZpForm *form = g_ptr_array_index(job->record->forms, k);
        if (form->missing || form->unread->len > 0)
            return true;
    }
    return false;
}

static void fail(const Job *job)
{
    g_ptr_array_set_size(job->record->forms, 0);
    report_failure(job->work, job->record);
    if (job->work->check && job->document)
        zp_check_losses(job->document, job->record->report);
}

static void read_bytes(Job *job, GBytes *bytes)
{
    ZpRecord *record = job->record;
    bool is_read = parse(job, bytes);
    if (record->outcome != ZP_OUTCOME_READ)
        return;
    record->is_partial = is_read && lost_something(job);
    record->has_scans = job->document && find_loss(job->document, true);
    if (job->document && job->work->check)
        name_sheets(job->document, record->report);
    if (!is_read)
        fail(job);
    else if (job->work->check)
        check_forms(job);
    if (job->work->check && job->work->wants_fingerprints)
        zp_check_seal(job->path, record->forms, record->report);
}

/* A zip under the name of a document is that document, damaged past telling, not somebody's folder; and a text may
 * begin as a letter does. */
static bool is_archive(const ZpAsked *asked)
{
    ZpPacked packed = zp_unpack_look(asked->fd);
    return packed == ZP_PACKED_SOLID ||
           (packed != ZP_PACKED_NOT && !zp_parser_by_suffix(asked->path));
}

/* An archive goes to whoever unpacks it; of another shard's input that is all there is to know. */
static bool is_for_unpacking(const ZpAsked *asked, ZpRecord *record)
{
    if (asked->is_foreign)
        record->outcome =
            zp_work_is_split(asked->fd, asked->path) ? ZP_OUTCOME_ARCHIVE : ZP_OUTCOME_SKIPPED;
    else if (!asked->is_entry && is_archive(asked))
        record->outcome = ZP_OUTCOME_ARCHIVE;
    return record->outcome != ZP_OUTCOME_READ;
}

ZpRecord *zp_work_file(const ZpWork *work, const ZpAsked *asked)
{
    g_autoptr(ZpRecord) record = zp_record_new();
    const char *path = asked->path;
    bool is_found = asked->is_found;
    Job job = {.work = work, .path = path, .abilities = asked->abilities, .record = record};
    if (is_for_unpacking(asked, record))
        return g_steal_pointer(&record);
    if (zp_entries_of(work->entries, path)) {
        zp_error_set(&record->error, ZP_ERROR_KIND,
                     "这个文件不是压缩包或邮件，里面没有文件；请直接给出它的名字",
                     "this is no archive or mail and holds no files; name the file itself");
        report_failure(work, record);
        return g_steal_pointer(&record);
    }
    zp_config_limits(work->config, path, &work->limits, &job.limits);
    g_autoptr(GBytes) bytes =
        zp_input_read_open(asked->fd, (guint)job.limits.most[ZP_BOUND_INPUT], &record->error);
    if (bytes && is_found && !zp_parser_is_sure(bytes) &&
        !(work->office && zp_office_takes(bytes))) {
        record->outcome = ZP_OUTCOME_SKIPPED;
        record->kind = zp_kind_passed_over(bytes, path);
        return g_steal_pointer(&record);
    }
    if (bytes && (work->wants_digests || work->corrections))
        zp_record_set_digest(record, zp_sha256_of_bytes(bytes));
    job.parser = bytes ? choose_parser(&job, bytes) : NULL;
    record->format = job.parser ? job.parser->name : NULL;
    record->outcome = wanting(&job);
    if (record->outcome != ZP_OUTCOME_READ)
        return g_steal_pointer(&record);
    if (job.parser)
        read_bytes(&job, bytes);
    else
        fail(&job);
    zp_document_free(job.document);
    return g_steal_pointer(&record);
}

ZpRecord *zp_work_failure(const ZpWork *work, const char *path, const GError *error)
{
    ZpRecord *record = zp_record_new();
    record->error = g_error_copy(error);
    report_failure(work, record);
    if (work->check && work->wants_fingerprints)
        zp_check_seal(path, record->forms, record->report);
    return record;
}

bool zp_work_is_split(int fd, const char *path)
{
    return !zp_parser_by_suffix(path) && zp_unpack_look(fd) == ZP_PACKED_APART;
}
