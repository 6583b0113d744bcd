/*
 * split.c - what was found, sorted by who it concerns.
 *
 *     DIR/甲单位/report.html  audit.xlsx  letter.html  letter.docx
 *
 * A file's forms may concern several, so each gets a share of it: its own forms and findings, and those of the file
 * as a whole.  Shares wait in a temporary file (shares.h) until the run is over; of each who has any only their places
 * are in memory, and ZP_LIMIT_SPLIT_FOLDERS bounds those.
 */
#include "cli/split.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/name.h"
#include "cli/shares.h"
#include "output/letter.h"
#include "run/totals.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

typedef enum { BY_UNIT, BY_DEPARTMENT, BY_YEAR } By;

/* What a folder holds: bits, by the words of --split-parts. */
enum { PAGE = 1 << 0, WORKBOOK = 1 << 1, LETTER = 1 << 2 };
static const char *const PARTS[] = {"page", "workbook", "letter", NULL};

typedef struct {
    char *name;     /* (nullable) */
    GArray *shares; /* of guint64: their places */
} Group;

struct ZpSplit {
    By by;
    guint parts;
    const ZpArguments *arguments;
    const ZpRulebook *rulebook;
    ZpLetterWords *words;
    ZpShares *shares;
    GPtrArray *groups; /* of Group */
    GHashTable *by_name;
    bool is_over; /* too many of a report, which goes on without */
};

static void free_group(gpointer data)
{
    Group *group = data;
    g_array_unref(group->shares);
    g_free(group->name);
    g_free(group);
}

static bool find_by(const ZpArguments *arguments, By *by)
{
    static const char *const WORDS[] = {"unit", "department", "year", NULL};
    for (gsize k = 0; WORDS[k]; k++) {
        if (strcmp(arguments->split_by, WORDS[k]) == 0) {
            *by = (By)k;
            return true;
        }
    }
    g_autofree char *meant = zp_meant_text(arguments->split_by, WORDS, arguments->lang);
    zp_say(arguments->lang, "--split-by 只能是 unit、department 或 year，不是 %s%s",
           "--split-by is unit, department or year, not %s%s", arguments->split_by, meant);
    return false;
}

static bool is_free(const ZpArguments *arguments)
{
    struct stat about;
    g_autoptr(GDir) dir = g_dir_open(arguments->split_dir, 0, NULL);
    if (lstat(arguments->split_dir, &about) != 0 || (dir && !g_dir_read_name(dir)))
        return true;
    zp_say(arguments->lang, "%s 已经存在，且不是空文件夹；--split-dir 写入新的或空的文件夹",
           "%s is there and no empty folder; --split-dir writes to a new or empty one",
           arguments->split_dir);
    return false;
}

static bool find_parts(const ZpArguments *arguments, guint *parts)
{
    g_auto(GStrv) words = g_strsplit(
        arguments->split_parts ? arguments->split_parts : "page,workbook,letter", ",", -1);
    *parts = 0;
    for (char **word = words; *word; word++) {
        guint k = 0;
        while (PARTS[k] && strcmp(PARTS[k], *word) != 0)
            k++;
        if (!PARTS[k]) {
            g_autofree char *meant = zp_meant_text(*word, PARTS, arguments->lang);
            zp_say(
                arguments->lang, "--split-parts 是 page、workbook、letter，用逗号分开，不是 %s%s",
                "--split-parts is of page, workbook, letter, with commas, not %s%s", *word, meant);
            return false;
        }
        *parts |= 1u << k;
    }
    return true;
}

/* What needs files; says what is wrong. */
static bool open_split(ZpSplit *split)
{
    g_autoptr(GError) error = NULL;
    split->words = zp_letter_words_load(split->arguments->rules, "letters/unit.yaml", &error);
    split->shares = split->words ? zp_shares_new(&error) : NULL;
    if (!split->shares)
        zp_say(split->arguments->lang, "%s", "%s", zp_error_text(error, split->arguments->lang));
    return split->shares;
}

ZpSplit *zp_split_new(const ZpArguments *arguments, const ZpRulebook *rulebook)
{
    By by = BY_UNIT;
    guint parts = 0;
    if (!arguments->split_by || !arguments->split_dir) {
        zp_say(arguments->lang, "--split-by 和 --split-dir 要一起给出",
               "--split-by and --split-dir go together");
        return NULL;
    }
    if (!find_by(arguments, &by) || !find_parts(arguments, &parts) || !is_free(arguments))
        return NULL;
    g_autoptr(ZpSplit) split = g_new0(ZpSplit, 1);
    *split = (ZpSplit){.by = by,
                       .parts = parts,
                       .arguments = arguments,
                       .rulebook = rulebook,
                       .groups = g_ptr_array_new_with_free_func(free_group),
                       .by_name = g_hash_table_new(g_str_hash, g_str_equal)};
    return open_split(split) ? g_steal_pointer(&split) : NULL;
}

void zp_split_free(ZpSplit *split)
{
    if (!split)
        return;
    g_hash_table_unref(split->by_name);
    g_ptr_array_unref(split->groups);
    zp_shares_free(split->shares);
    zp_letter_words_free(split->words);
    g_free(split);
}

/* Who a form concerns; NULL: it does not say. */
static char *name_of(const ZpSplit *split, const ZpForm *form)
{
    const char *text = split->by == BY_UNIT ? form->unit.text : form->department.text;
    if (split->by == BY_YEAR)
        return form->year ? g_strdup_printf("%d", form->year) : NULL;
    return text && *text ? g_strdup(text) : NULL;
}

static Group *group_of(ZpSplit *split, const ZpForm *form)
{
    g_autofree char *name = name_of(split, form);
    Group *group = g_hash_table_lookup(split->by_name, name ? name : "");
    if (group)
        return group;
    group = g_new0(Group, 1);
    group->shares = g_array_new(FALSE, FALSE, sizeof(guint64));
    group->name = g_steal_pointer(&name);
    g_ptr_array_add(split->groups, group);
    g_hash_table_insert(split->by_name, group->name ? group->name : (gpointer) "", group);
    return group;
}

/* --- a file in parts --- */

/* A record of some of another's forms; it borrows all of them. */
typedef struct {
    Group *group;
    ZpRecord record;
    ZpReport report;
    GArray *numbers; /* of guint: which form of its file */
} Part;

static void free_part(gpointer data)
{
    Part *part = data;
    g_ptr_array_unref(part->report.findings);
    g_ptr_array_unref(part->report.unevaluated);
    g_ptr_array_unref(part->report.verdicts);
    g_array_unref(part->report.keys);
    g_ptr_array_unref(part->record.forms);
    g_array_unref(part->numbers);
    g_free(part);
}

static Part *new_part(const ZpRecord *whole, Group *group)
{
    Part *part = g_new0(Part, 1);
    part->group = group;
    part->record = *whole;
    part->record.ledger = NULL;
    part->record.forms = g_ptr_array_new();
    part->record.report = &part->report;
    part->report = (ZpReport){.findings = g_ptr_array_new(),
                              .unevaluated = g_ptr_array_new(),
                              .verdicts = g_ptr_array_new(),
                              .keys = g_array_new(FALSE, FALSE, sizeof(ZpFormKeys)),
                              .texts = whole->report->texts,
                              .sheets = whole->report->sheets};
    part->numbers = g_array_new(FALSE, FALSE, sizeof(guint));
    return part;
}

/* Where each form of a file went. */
typedef struct {
    GPtrArray *parts; /* of Part */
    GPtrArray *of;    /* of Part, one a form */
    GArray *places;   /* of int, one a form: its place there */
} Parting;

static void part_forms(ZpSplit *split, const ZpRecord *whole, Parting *parting)
{
    g_autoptr(GHashTable) by_group = g_hash_table_new(NULL, NULL);
    for (guint k = 0; k < whole->forms->len; k++) {
        Group *group = group_of(split, g_ptr_array_index(whole->forms, k));
        Part *part = g_hash_table_lookup(by_group, group);
        if (!part) {
            part = new_part(whole, group);
            g_ptr_array_add(parting->parts, part);
            g_hash_table_insert(by_group, group, part);
        }
        const int place = (int)part->record.forms->len;
        const guint number = k + 1;
        g_ptr_array_add(part->record.forms, g_ptr_array_index(whole->forms, k));
        g_ptr_array_add(part->report.verdicts, g_ptr_array_index(whole->report->verdicts, k));
        g_array_append_val(part->numbers, number);
        g_ptr_array_add(parting->of, part);
        g_array_append_val(parting->places, place);
    }
}

/* A row that names its form by its place in the file, as it stands with a part; one of the file as a whole with each. */
static void part_rows(const Parting *parting, const GPtrArray *rows, gsize form_at, gsize array_at)
{
    for (guint k = 0; k < rows->len; k++) {
        char *row = g_ptr_array_index(rows, k);
        int *form = (int *)(gpointer)(row + form_at);
        for (guint i = 0; *form < 0 && i < parting->parts->len; i++) {
            Part *part = g_ptr_array_index(parting->parts, i);
            g_ptr_array_add(*(GPtrArray **)(gpointer)((char *)&part->report + array_at), row);
        }
        if (*form < 0)
            continue;
        Part *part = g_ptr_array_index(parting->of, *form);
        *form = g_array_index(parting->places, int, *form);
        g_ptr_array_add(*(GPtrArray **)(gpointer)((char *)&part->report + array_at), row);
    }
}

static bool keep_parts(ZpSplit *split, const char *path, const Parting *parting, GError **error)
{
    for (guint k = 0; k < parting->parts->len; k++) {
        Part *part = g_ptr_array_index(parting->parts, k);
        guint64 at;
        if (!zp_shares_add(split->shares, path, &part->record,
                           (const guint *)(gpointer)part->numbers->data, &at, error))
            return false;
        g_array_append_val(part->group->shares, at);
    }
    return true;
}

static GArray *forms_of(const GPtrArray *rows, gsize form_at)
{
    GArray *forms = g_array_new(FALSE, FALSE, sizeof(int));
    for (guint k = 0; k < rows->len; k++)
        g_array_append_vals(forms, (const char *)g_ptr_array_index(rows, k) + form_at, 1);
    return forms;
}

/* Findings are the whole record's again. */
static void put_back(const GPtrArray *rows, gsize form_at, const GArray *forms)
{
    for (guint k = 0; k < rows->len; k++)
        memcpy((char *)g_ptr_array_index(rows, k) + form_at, &g_array_index(forms, int, k),
               sizeof(int));
}

/* A report has its page and workbook all the same; what else was asked for is refused. */
static bool drop_all(ZpSplit *split, GError **error)
{
    split->is_over = split->arguments->report != NULL;
    g_hash_table_remove_all(split->by_name);
    g_ptr_array_set_size(split->groups, 0);
    if (split->is_over)
        return true;
    zp_error_set(error, ZP_ERROR_LIMIT,
                 "--split-by 要写的文件夹超过 ZP_LIMIT_SPLIT_FOLDERS（%u 个）；请分批检查",
                 "over ZP_LIMIT_SPLIT_FOLDERS (%u) folders for --split-by; check in parts",
                 ZP_LIMIT_SPLIT_FOLDERS);
    return false;
}

bool zp_split_keep(const char *path, ZpRecord *record, gpointer data, GError **error)
{
    const gsize finding = G_STRUCT_OFFSET(ZpFinding, form);
    const gsize unevaluated = G_STRUCT_OFFSET(ZpUnevaluated, form);
    ZpSplit *split = data;
    const ZpReport *report = record->report;
    if (record->error || record->forms->len == 0 || split->is_over)
        return true;
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(free_part);
    g_autoptr(GPtrArray) of = g_ptr_array_new();
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(int));
    g_autoptr(GArray) of_findings = forms_of(report->findings, finding);
    g_autoptr(GArray) of_unevaluated = forms_of(report->unevaluated, unevaluated);
    Parting parting = {parts, of, places};
    part_forms(split, record, &parting);
    if (split->groups->len > ZP_LIMIT_SPLIT_FOLDERS)
        return drop_all(split, error);
    part_rows(&parting, report->findings, finding, G_STRUCT_OFFSET(ZpReport, findings));
    part_rows(&parting, report->unevaluated, unevaluated, G_STRUCT_OFFSET(ZpReport, unevaluated));
    bool done = keep_parts(split, path, &parting, error);
    put_back(report->findings, finding, of_findings);
    put_back(report->unevaluated, unevaluated, of_unevaluated);
    return done;
}

/* --- a folder --- */

/* A report of a group on its way to its file. */
typedef struct {
    ZpOutput output;
    ZpWriting writing;
} Report;

static bool begin_report(const ZpSplit *split, const char *folder, const char *format,
                         const char *name, Report *report, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    const ZpWriteOptions options = {
        .lang = split->arguments->lang, .check = true, .folder = folder};
    if (!zp_output_open(&report->output, path, error))
        return false;
    return zp_writing_start(&report->writing, zp_writer_by_name(format, true), split->rulebook,
                            &options, report->output.stream, error);
}

/* Whether it is whole or not; @done: nothing has failed yet. */
static bool end_report(Report *report, const ZpSummary *summary, bool done, GError **error)
{
    if (!report->output.stream)
        return done;
    done = done && zp_writing_end(&report->writing, summary, error);
    zp_writing_clear(&report->writing);
    return zp_output_close(&report->output, done, done ? error : NULL) && done;
}

static bool write_letter(const ZpLetter *letter, const char *folder, GError **error)
{
    g_autoptr(GBytes) page = zp_letter_html(letter);
    g_autoptr(GBytes) document = zp_letter_docx(letter, error);
    g_autofree char *as_page = g_build_filename(folder, "letter.html", NULL);
    g_autofree char *as_document = g_build_filename(folder, "letter.docx", NULL);
    return document && zp_output_write_bytes(as_page, page, error) &&
           zp_output_write_bytes(as_document, document, error);
}

/* Each share is read once, for all that is made of it. */
static bool feed(const ZpSplit *split, const Group *group, Report *reports, gsize n_reports,
                 ZpLetter *letter, ZpSummary *summary, GError **error)
{
    bool done = true;
    for (guint k = 0; done && k < group->shares->len; k++) {
        g_autoptr(ZpShare) share =
            zp_shares_read(split->shares, g_array_index(group->shares, guint64, k), error);
        if (!share)
            return false;
        ZpResult result = zp_record_result(share->record, share->path);
        result.numbers = share->numbers;
        zp_totals_count(summary, share->record);
        for (gsize i = 0; done && i < n_reports; i++)
            done =
                !reports[i].output.stream || zp_writing_file(&reports[i].writing, &result, error);
        if (letter)
            zp_letter_add(letter, &result);
    }
    return done;
}

static bool write_group(const ZpSplit *split, const Group *group, const char *name, GError **error)
{
    g_autofree char *folder = g_build_filename(split->arguments->split_dir, name, NULL);
    if (g_mkdir_with_parents(folder, 0777) != 0) {
        zp_error_set(error, ZP_ERROR_OUTPUT, "无法建立文件夹 %s：%s",
                     "cannot make the folder %s: %s", folder, g_strerror(errno));
        return false;
    }
    Report reports[2] = {0};
    ZpSummary summary = {0};
    g_autoptr(ZpLetter) letter =
        split->parts & LETTER
            ? zp_letter_new(split->words, split->rulebook, split->arguments->lang, group->name)
            : NULL;
    bool done = (!(split->parts & PAGE) ||
                 begin_report(split, folder, "html", "report.html", &reports[0], error)) &&
                (!(split->parts & WORKBOOK) ||
                 begin_report(split, folder, "xlsx", "audit.xlsx", &reports[1], error)) &&
                feed(split, group, reports, G_N_ELEMENTS(reports), letter, &summary, error);
    for (gsize k = 0; k < G_N_ELEMENTS(reports); k++)
        done = end_report(&reports[k], &summary, done, error);
    return done && (!letter || write_letter(letter, folder, error));
}

bool zp_split_write(ZpSplit *split)
{
    ZpLang lang = split->arguments->lang;
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (split->is_over)
        zp_say(lang,
               "要写的文件夹超过 ZP_LIMIT_SPLIT_FOLDERS（%u 个），没有写信函；要信函请分批检查",
               "over ZP_LIMIT_SPLIT_FOLDERS (%u) folders, so no letters were written; for letters "
               "check in parts",
               ZP_LIMIT_SPLIT_FOLDERS);
    for (guint k = 0; k < split->groups->len; k++) {
        const Group *group = split->groups->pdata[k];
        g_autoptr(GError) error = NULL;
        g_autofree char *name = zp_name_of(
            group->name ? group->name : zp_lang_pick(lang, "没有写明", "not said"), taken);
        if (write_group(split, group, name, &error))
            continue;
        zp_say(lang, "%s", "%s", zp_error_text(error, lang));
        return false;
    }
    return true;
}
