/*
 * report.c - a folder with the page, the workbook, the data, the marked copies and the letters of one run.
 *
 *     DIR/report.html  report-pages/…  audit.xlsx  report.json  marked/…  单位/甲单位/…  .ziping-report
 *
 * The files are outputs as any, written aside and renamed.  Copies and letters are written to `.new-…` beside their
 * place (so that links from there are right afterwards) and take it when the run is over.  `.ziping-report` makes a
 * folder ours and lists what we wrote, as sha256sum does: a review that somebody filled in is theirs from then on,
 * and is never written over.
 */
#include "cli/report.h"

#include "base/error.h"
#include "cli/listed.h"
#include "cli/places.h"
#include "run/walk.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define STAGE ".new-"

/* The page stands first: it is what one opens. */
static const struct {
    const char *format, *name;
} FILES[] = {{"html", "report.html"}, {"xlsx", "audit.xlsx"}, {"json", "report.json"}};

/* The last is the page's own (cli/pages.h), which puts it there. */
static const char *const FOLDERS[] = {"marked", "单位", "主管部门", "年度", "report-pages"};
#define MARKED 0u
#define STAGED (G_N_ELEMENTS(FOLDERS) - 1)

/* --- what the run is asked for --- */

static char *stage_of(const ZpReportFolder *folder, const char *name)
{
    return g_strdup_printf("%s/" STAGE "%s", folder->path, name);
}

/* One that --split-by does not know is refused later. */
static const char *folder_by(const char *split_by)
{
    return g_strcmp0(split_by, "department") == 0 ? "主管部门"
           : g_strcmp0(split_by, "year") == 0     ? "年度"
                                                  : "单位";
}

static char **formats_of(const ZpReportFolder *folder, const ZpArguments *arguments)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (char **format = arguments->formats; format && *format; format++)
        g_ptr_array_add(words, g_strdup(*format));
    if (arguments->output && !arguments->formats)
        g_ptr_array_add(words, g_strdup("text"));
    for (gsize k = 0; k < G_N_ELEMENTS(FILES); k++)
        g_ptr_array_add(words,
                        g_strdup_printf("%s=%s/%s", FILES[k].format, folder->path, FILES[k].name));
    g_ptr_array_add(words, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&words), FALSE);
}

ZpReportFolder *zp_report_folder_new(ZpArguments *arguments)
{
    ZpReportFolder *folder = g_new0(ZpReportFolder, 1);
    folder->path = g_strdup(arguments->report);
    for (gsize n = strlen(folder->path); n > 1 && folder->path[n - 1] == '/'; n--)
        folder->path[n - 1] = '\0';
    arguments->formats = folder->formats = formats_of(folder, arguments);
    if (!arguments->annotate_dir)
        arguments->annotate_dir = folder->marked = stage_of(folder, FOLDERS[MARKED]);
    if (folder->marked)
        arguments->annotate_place = folder->place =
            g_build_filename(folder->path, FOLDERS[MARKED], NULL);
    if (!arguments->split_dir) {
        arguments->split_dir = folder->split = stage_of(folder, folder_by(arguments->split_by));
        if (!arguments->split_by)
            arguments->split_by = (char *)"unit";
    }
    return folder;
}

void zp_report_folder_free(ZpReportFolder *folder)
{
    if (!folder)
        return;
    g_free(folder->path);
    g_free(folder->marked);
    g_free(folder->place);
    g_free(folder->split);
    g_strfreev(folder->formats);
    g_free(folder);
}

/* --- what is there --- */

/* All that a report may have written. */
static bool each_file(const ZpReportFolder *folder, ZpOnListed on_file, gpointer data)
{
    bool goes_on = true;
    for (gsize k = 0; goes_on && k < G_N_ELEMENTS(FILES); k++)
        goes_on = zp_listed_each(folder->path, FILES[k].name, on_file, data);
    for (gsize k = 0; goes_on && k < G_N_ELEMENTS(FOLDERS); k++)
        goes_on = zp_listed_each(folder->path, FOLDERS[k], on_file, data);
    return goes_on;
}

static bool write_list(const ZpReportFolder *folder, GError **error)
{
    g_autoptr(GString) text = g_string_new(ZP_REPORT_HEAD);
    each_file(folder, zp_listed_append, text);
    return zp_listed_write(folder->path, text, error);
}

/* --- the folder --- */

typedef struct {
    const ZpSession *session;
    GHashTable *known;
} Earlier;

static bool is_ours(const char *path, const char *name, gpointer data)
{
    const Earlier *earlier = data;
    if (zp_listed_has(earlier->known, path, name))
        return true;
    zp_say(earlier->session->arguments.lang,
           "--report：%s 在写出报告之后有改动，或不是报告写的；请换一个文件夹，或先把它移走",
           "--report: %s was changed since the report, or is none of it; take another folder, or "
           "move it away first",
           path);
    return false;
}

static bool is_empty(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    return dir && !g_dir_read_name(dir);
}

/* Among what is checked a report is passed over; what is checked in a report would be lost. */
static bool is_apart(const ZpReportFolder *folder, const ZpSession *session)
{
    for (guint k = 0; k < session->inputs->len; k++) {
        const char *input = g_ptr_array_index(session->inputs, k);
        if (strcmp(input, "-") == 0 || !zp_place_is_below(input, folder->path))
            continue;
        zp_say(session->arguments.lang, "--report：要检查的 %s 在报告文件夹 %s 里；请换一个地方",
               "--report: %s, which is checked, is in %s; take another place", input, folder->path);
        return false;
    }
    return true;
}

/* What another option writes there would go with the earlier report. */
static bool is_kept_clear(const ZpReportFolder *folder, const ZpSession *session, const char *path)
{
    for (gsize k = 0; path && k < G_N_ELEMENTS(FOLDERS); k++) {
        g_autofree char *place = g_build_filename(folder->path, FOLDERS[k], NULL);
        g_autofree char *stage = stage_of(folder, FOLDERS[k]);
        if (!zp_place_is_below(path, place) && !zp_place_is_below(path, stage))
            continue;
        zp_say(session->arguments.lang, "--report：%s 在 %s 里，那里只由报告来写；请换一个地方",
               "--report: %s is in %s, which is the report's alone; take another place", path,
               folder->path);
        return false;
    }
    return true;
}

static bool are_others_elsewhere(const ZpReportFolder *folder, const ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    const char *const others[] = {folder->marked ? NULL : arguments->annotate_dir,
                                  folder->split ? NULL : arguments->split_dir, arguments->cache,
                                  arguments->journal};
    bool are_clear = true;
    for (gsize k = 0; are_clear && k < G_N_ELEMENTS(others); k++)
        are_clear = is_kept_clear(folder, session, others[k]);
    for (guint k = 0; are_clear && k < session->targets.items->len; k++) {
        const ZpTarget *target = g_ptr_array_index(session->targets.items, k);
        are_clear = is_kept_clear(folder, session, target->path);
    }
    return are_clear;
}

/* A folder that is there: empty, or an earlier report's as it was written. */
static bool is_free(const ZpReportFolder *folder, const ZpSession *session)
{
    struct stat about;
    bool is_folder = lstat(folder->path, &about) == 0 && S_ISDIR(about.st_mode);
    if (is_folder && is_empty(folder->path))
        return true;
    g_autoptr(GHashTable) known = is_folder ? zp_listed_read(folder->path) : NULL;
    Earlier earlier = {session, known};
    if (known)
        return each_file(folder, is_ours, &earlier);
    zp_say(session->arguments.lang, "--report：%s 已经存在，既不是空文件夹，也不是以前的报告",
           "--report: %s is there, and neither an empty folder nor an earlier report",
           folder->path);
    return false;
}

static void drop_stages(const ZpReportFolder *folder)
{
    for (gsize k = 0; k < G_N_ELEMENTS(FOLDERS); k++) {
        g_autofree char *stage = stage_of(folder, FOLDERS[k]);
        zp_listed_remove(stage);
    }
}

static bool say_error(const ZpSession *session, const GError *error)
{
    zp_say(session->arguments.lang, "--report：%s", "--report: %s",
           zp_error_text(error, session->arguments.lang));
    return false;
}

bool zp_report_folder_begin(ZpReportFolder *folder, const ZpSession *session)
{
    struct stat about;
    g_autoptr(GError) error = NULL;
    folder->is_made = lstat(folder->path, &about) != 0 && errno == ENOENT && *folder->path;
    if (!is_apart(folder, session) || !are_others_elsewhere(folder, session) ||
        (!folder->is_made && !is_free(folder, session)))
        return false;
    if (folder->is_made && g_mkdir_with_parents(folder->path, 0777) != 0) {
        zp_error_set(&error, ZP_ERROR_OUTPUT, "无法建立文件夹 %s：%s",
                     "cannot make the folder %s: %s", folder->path, g_strerror(errno));
        return say_error(session, error);
    }
    drop_stages(folder);
    return write_list(folder, &error) || say_error(session, error);
}

/* What is there is ours, as was asked before the run. */
static bool take_place(const ZpReportFolder *folder, const char *name, GError **error)
{
    g_autofree char *stage = stage_of(folder, name);
    g_autofree char *place = g_build_filename(folder->path, name, NULL);
    zp_listed_remove(place);
    if (rename(stage, place) == 0 || errno == ENOENT)
        return true;
    zp_error_set(error, ZP_ERROR_OUTPUT, "无法写入 %s：%s", "cannot write %s: %s", place,
                 g_strerror(errno));
    return false;
}

bool zp_report_folder_end(ZpReportFolder *folder, const ZpSession *session, bool is_complete)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *page = g_build_filename(folder->path, FILES[0].name, NULL);
    bool done = true;
    for (gsize k = 0; is_complete && done && k < STAGED; k++)
        done = take_place(folder, FOLDERS[k], &error);
    drop_stages(folder);
    if (folder->is_made && access(page, F_OK) != 0) {
        g_autofree char *mark = g_build_filename(folder->path, ZP_REPORT_MARK, NULL);
        remove(mark);
        rmdir(folder->path); /* stays where others have put something in it */
        return true;
    }
    done = write_list(folder, error ? NULL : &error) && done;
    if (!done)
        return say_error(session, error);
    if (is_complete && !session->arguments.quiet)
        zp_say(session->arguments.lang, "报告：%s", "report: %s", page);
    return true;
}
