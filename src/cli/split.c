/*
 * split.c - what was found, sorted by who it concerns.
 *
 *     DIR/甲单位/report.html  audit.xlsx  letter.html  letter.docx
 *
 * Records are kept until the run is over, because a unit's forms may lie in any file; ZP_LIMIT_SPLIT_FORMS bounds
 * them.  A file's forms may concern several, so each gets a part of it: its own forms and findings, and those of
 * the file as a whole.
 */
#include "cli/split.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/name.h"
#include "output/letter.h"
#include "run/totals.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

typedef enum { BY_UNIT, BY_DEPARTMENT, BY_YEAR } By;

/* A file that has forms. */
typedef struct {
    char *path;
    ZpRecord *record;
} Kept;

/* Forms of one file that concern one. */
typedef struct {
    const Kept *kept;
    GArray *forms; /* of guint */
} Share;

typedef struct {
    char *name;        /* (nullable) */
    GPtrArray *shares; /* of Share */
} Group;

struct ZpSplit {
    By by;
    const ZpArguments *arguments;
    const ZpRulebook *rulebook;
    ZpLetterWords *words;
    GPtrArray *kept;   /* of Kept */
    GPtrArray *groups; /* of Group */
    GHashTable *by_name;
    guint n_forms;
    bool is_over; /* too many of a report, which goes on without */
};

static void free_kept(gpointer data)
{
    Kept *kept = data;
    zp_record_free(kept->record);
    g_free(kept->path);
    g_free(kept);
}

static void free_share(gpointer data)
{
    g_array_unref(((Share *)data)->forms);
    g_free(data);
}

static void free_group(gpointer data)
{
    Group *group = data;
    g_ptr_array_unref(group->shares);
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

ZpSplit *zp_split_new(const ZpArguments *arguments, const ZpRulebook *rulebook)
{
    g_autoptr(GError) error = NULL;
    By by = BY_UNIT;
    if (!arguments->split_by || !arguments->split_dir) {
        zp_say(arguments->lang, "--split-by 和 --split-dir 要一起给出",
               "--split-by and --split-dir go together");
        return NULL;
    }
    if (!find_by(arguments, &by) || !is_free(arguments))
        return NULL;
    ZpLetterWords *words = zp_letter_words_load(arguments->rules, "letters/unit.yaml", &error);
    if (!words) {
        zp_say(arguments->lang, "%s", "%s", zp_error_text(error, arguments->lang));
        return NULL;
    }
    ZpSplit *split = g_new0(ZpSplit, 1);
    *split = (ZpSplit){.by = by,
                       .arguments = arguments,
                       .rulebook = rulebook,
                       .words = words,
                       .kept = g_ptr_array_new_with_free_func(free_kept),
                       .groups = g_ptr_array_new_with_free_func(free_group),
                       .by_name = g_hash_table_new(g_str_hash, g_str_equal)};
    return split;
}

void zp_split_free(ZpSplit *split)
{
    if (!split)
        return;
    g_hash_table_unref(split->by_name);
    g_ptr_array_unref(split->groups);
    g_ptr_array_unref(split->kept);
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
    group->shares = g_ptr_array_new_with_free_func(free_share);
    group->name = g_steal_pointer(&name);
    g_ptr_array_add(split->groups, group);
    g_hash_table_insert(split->by_name, group->name ? group->name : (gpointer) "", group);
    return group;
}

static void add_form(ZpSplit *split, const Kept *kept, guint form)
{
    Group *group = group_of(split, kept->record->forms->pdata[form]);
    Share *share = group->shares->len ? group->shares->pdata[group->shares->len - 1] : NULL;
    if (!share || share->kept != kept) {
        share = g_new0(Share, 1);
        share->kept = kept;
        share->forms = g_array_new(FALSE, FALSE, sizeof(guint));
        g_ptr_array_add(group->shares, share);
    }
    g_array_append_val(share->forms, form);
}

/* A report has its page and workbook all the same; what else was asked for is refused. */
static bool drop_all(ZpSplit *split, GError **error)
{
    split->is_over = split->arguments->report != NULL;
    g_hash_table_remove_all(split->by_name);
    g_ptr_array_set_size(split->groups, 0);
    g_ptr_array_set_size(split->kept, 0);
    if (split->is_over)
        return true;
    zp_error_set(
        error, ZP_ERROR_LIMIT,
        "表超过 ZP_LIMIT_SPLIT_FORMS（%u 张），不能用 --split-by；请分批检查",
        "over ZP_LIMIT_SPLIT_FORMS (%u) forms, too many for --split-by; check them in parts",
        ZP_LIMIT_SPLIT_FORMS);
    return false;
}

bool zp_split_keep(const char *path, ZpRecord *record, gpointer data, GError **error)
{
    ZpSplit *split = data;
    if (record->error || record->forms->len == 0 || split->is_over)
        return true;
    split->n_forms += record->forms->len;
    if (split->n_forms > ZP_LIMIT_SPLIT_FORMS)
        return drop_all(split, error);
    Kept *kept = g_new0(Kept, 1);
    kept->path = g_strdup(path);
    kept->record = zp_record_ref(record);
    g_ptr_array_add(split->kept, kept);
    for (guint k = 0; k < record->forms->len; k++)
        add_form(split, kept, k);
    return true;
}

/* --- a share as a result of its own --- */

/* A record of some of another's forms; it borrows all of them. */
typedef struct {
    ZpRecord record;
    ZpReport report;
    const Share *share;
} Part;

/* The place of a form among the share's; -1: not among them. */
static int place_in(const Share *share, int form)
{
    for (guint k = 0; k < share->forms->len; k++) {
        if ((int)g_array_index(share->forms, guint, k) == form)
            return (int)k;
    }
    return -1;
}

static void part_begin(Part *part, const Share *share)
{
    const ZpRecord *whole = share->kept->record;
    *part = (Part){.record = *whole, .share = share};
    part->report = (ZpReport){.findings = g_ptr_array_new(),
                              .unevaluated = g_ptr_array_new(),
                              .verdicts = g_ptr_array_new(),
                              .keys = whole->report->keys,
                              .texts = whole->report->texts};
    part->record.forms = g_ptr_array_new();
    part->record.report = &part->report;
    for (guint k = 0; k < share->forms->len; k++) {
        guint form = g_array_index(share->forms, guint, k);
        g_ptr_array_add(part->record.forms, whole->forms->pdata[form]);
        g_ptr_array_add(part->report.verdicts, whole->report->verdicts->pdata[form]);
    }
    for (guint k = 0; k < whole->report->findings->len; k++) {
        ZpFinding *finding = whole->report->findings->pdata[k];
        int place = place_in(share, finding->form);
        if (place < 0 && finding->form >= 0)
            continue;
        finding->form = place;
        g_ptr_array_add(part->report.findings, finding);
    }
    for (guint k = 0; k < whole->report->unevaluated->len; k++) {
        ZpUnevaluated *one = whole->report->unevaluated->pdata[k];
        int place = place_in(share, one->form);
        if (place < 0 && one->form >= 0)
            continue;
        one->form = place;
        g_ptr_array_add(part->report.unevaluated, one);
    }
}

/* Findings are the whole record's again. */
static void part_end(Part *part)
{
    for (guint k = 0; k < part->report.findings->len; k++) {
        ZpFinding *finding = part->report.findings->pdata[k];
        if (finding->form >= 0)
            finding->form = (int)g_array_index(part->share->forms, guint, finding->form);
    }
    for (guint k = 0; k < part->report.unevaluated->len; k++) {
        ZpUnevaluated *one = part->report.unevaluated->pdata[k];
        if (one->form >= 0)
            one->form = (int)g_array_index(part->share->forms, guint, one->form);
    }
    g_ptr_array_unref(part->report.findings);
    g_ptr_array_unref(part->report.unevaluated);
    g_ptr_array_unref(part->report.verdicts);
    g_ptr_array_unref(part->record.forms);
}

static ZpResult result_of(const Part *part)
{
    return zp_record_result(&part->record, part->share->kept->path);
}

/* --- a folder --- */

static bool write_bytes(const char *folder, const char *name, GBytes *bytes, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    ZpOutput output;
    gsize size;
    const void *data = g_bytes_get_data(bytes, &size);
    if (!zp_output_open(&output, path, error))
        return false;
    bool done = g_output_stream_write_all(output.stream, data, size, NULL, NULL, NULL);
    if (!done)
        zp_error_set(error, ZP_ERROR_OUTPUT, "无法写入 %s", "cannot write %s", path);
    return zp_output_close(&output, done, done ? error : NULL) && done;
}

/* One report of a group. */
static bool write_report(const ZpSplit *split, const Group *group, const char *folder,
                         const char *format, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    const ZpWriteOptions options = {
        .lang = split->arguments->lang, .check = true, .folder = folder};
    ZpSummary summary = {0};
    ZpOutput output;
    ZpWriting writing;
    if (!zp_output_open(&output, path, error))
        return false;
    bool done = zp_writing_start(&writing, zp_writer_by_name(format, true), split->rulebook,
                                 &options, output.stream, error);
    for (guint k = 0; done && k < group->shares->len; k++) {
        Part part;
        part_begin(&part, group->shares->pdata[k]);
        const ZpResult result = result_of(&part);
        zp_totals_count(&summary, &part.record);
        done = zp_writing_file(&writing, &result, error);
        part_end(&part);
    }
    done = done && zp_writing_end(&writing, &summary, error);
    zp_writing_clear(&writing);
    return zp_output_close(&output, done, done ? error : NULL) && done;
}

static bool write_letter(const ZpSplit *split, const Group *group, const char *folder,
                         GError **error)
{
    g_autoptr(ZpLetter) letter =
        zp_letter_new(split->words, split->rulebook, split->arguments->lang, group->name);
    for (guint k = 0; k < group->shares->len; k++) {
        Part part;
        part_begin(&part, group->shares->pdata[k]);
        const ZpResult result = result_of(&part);
        zp_letter_add(letter, &result);
        part_end(&part);
    }
    g_autoptr(GBytes) page = zp_letter_html(letter);
    g_autoptr(GBytes) document = zp_letter_docx(letter, error);
    return document && write_bytes(folder, "letter.html", page, error) &&
           write_bytes(folder, "letter.docx", document, error);
}

static bool write_group(const ZpSplit *split, const Group *group, const char *name, GError **error)
{
    g_autofree char *folder = g_build_filename(split->arguments->split_dir, name, NULL);
    if (g_mkdir_with_parents(folder, 0777) != 0) {
        zp_error_set(error, ZP_ERROR_OUTPUT, "无法建立文件夹 %s：%s",
                     "cannot make the folder %s: %s", folder, g_strerror(errno));
        return false;
    }
    return write_report(split, group, folder, "html", "report.html", error) &&
           write_report(split, group, folder, "xlsx", "audit.xlsx", error) &&
           write_letter(split, group, folder, error);
}

bool zp_split_write(ZpSplit *split)
{
    ZpLang lang = split->arguments->lang;
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (split->is_over)
        zp_say(
            lang, "表超过 ZP_LIMIT_SPLIT_FORMS（%u 张），没有写各单位的信函；要信函请分批检查",
            "over ZP_LIMIT_SPLIT_FORMS (%u) forms, so no letters were written; for letters check "
            "them in parts",
            ZP_LIMIT_SPLIT_FORMS);
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
