/*
 * annotate.c - `ziping annotate FILE -o COPY`, `ziping check … --annotate-dir DIR`.
 *
 * The original is never written to, and nothing that is there is replaced: a copy goes to a new file.  In a folder a
 * copy is called as its input, below the folder that was named; of two with one name the later gets a number.
 */
#include "cli/annotate.h"

#include "base/error.h"
#include "base/file.h"
#include "cli/job.h"
#include "output/marks.h"
#include "run/marking.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static bool is_empty(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    return dir && !g_dir_read_name(dir);
}

bool zp_annotate_is_free(const ZpArguments *arguments, const char *folder, const char *copy)
{
    struct stat about;
    if (copy && lstat(copy, &about) == 0) {
        zp_say(arguments->lang, "%s 已经存在；标注写入新文件，不替换已有的",
               "%s is there already; marks go to a new file and replace none", copy);
        return false;
    }
    if (folder && lstat(folder, &about) == 0 && !is_empty(folder)) {
        zp_say(arguments->lang, "%s 已经存在，且不是空文件夹；标注的副本写入新的或空的文件夹",
               "%s is there and no empty folder; marked copies go to a new or empty one", folder);
        return false;
    }
    return true;
}

/* The part of a path below the input that was named, or its last name. */
static const char *name_below(const ZpSession *session, const char *path)
{
    const char *name = path;
    for (guint k = 0; k < session->inputs->len; k++) {
        const char *input = g_ptr_array_index(session->inputs, k);
        gsize length = strlen(input);
        while (length > 1 && input[length - 1] == '/')
            length--;
        if (strncmp(path, input, length) != 0)
            continue;
        if (path[length] == '/')
            return path + length + 1;
        if (g_str_has_prefix(path + length, ZP_FILE_INSIDE))
            return path + length + strlen(ZP_FILE_INSIDE);
    }
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : name;
}

/* A name in the folder that no other copy has, whatever its case. */
static char *free_name(ZpAnnotating *annotating, const char *path)
{
    const char *below = name_below(annotating->session, path);
    const char *dot = strrchr(below, '.'), *slash = strrchr(below, '/');
    gsize stem = dot && dot > (slash ? slash + 1 : below) ? (gsize)(dot - below) : strlen(below);
    for (guint n = 1;; n++) {
        g_autofree char *name =
            n == 1 ? g_strdup(below)
                   : g_strdup_printf("%.*s (%u)%s", (int)stem, below, n, below + stem);
        g_autofree char *folded =
            g_utf8_validate(name, -1, NULL) ? g_utf8_casefold(name, -1) : g_strdup(name);
        if (g_hash_table_add(annotating->taken, g_steal_pointer(&folded)))
            return g_build_filename(annotating->folder, name, NULL);
    }
}

static bool write_copy(const ZpAnnotating *annotating, const char *path, GBytes *copy,
                       GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    if (annotating->folder && g_mkdir_with_parents(folder, 0777) != 0) {
        zp_error_set(error, ZP_ERROR_OUTPUT, "无法建立文件夹 %s：%s",
                     "cannot make the folder %s: %s", folder, g_strerror(errno));
        return false;
    }
    return zp_output_write_bytes(path, copy, error);
}

static GBytes *mark(const ZpAnnotating *annotating, const ZpResult *result, GError **error)
{
    const ZpSession *session = annotating->session;
    g_autoptr(ZpMarks) marks = zp_marks_of(result, session->rulebook, session->arguments.lang,
                                           g_get_real_time() / G_USEC_PER_SEC);
    marks->force = session->arguments.force;
    g_autofree char *archive = result->content ? NULL : zp_file_around(result->path);
    if (archive) {
        zp_error_set(error, ZP_ERROR_USAGE,
                     "在压缩包里；用 check --annotate-dir 标注压缩包里的文件",
                     "it is in an archive; check --annotate-dir marks what is in archives");
        return NULL;
    }
    ZpMarkingOptions options = {.path = result->path,
                                .content = result->content,
                                .format = result->format,
                                .marks = marks,
                                .password = session->password,
                                .no_sandbox = session->arguments.no_sandbox};
    zp_config_limits(session->config, result->path, &session->limits, &options.limits);
    return zp_marking_run(&options, error);
}

/* For zp_job_run_session: mark one input; says what went wrong. */
static void annotate_result(const ZpResult *result, gpointer data)
{
    ZpAnnotating *annotating = data;
    ZpLang lang = annotating->session->arguments.lang;
    g_autoptr(GError) error = NULL;
    g_clear_pointer(&annotating->last, g_free);
    if (result->error)
        return;
    g_autoptr(GBytes) copy = mark(annotating, result, &error);
    g_autofree char *path = !copy                ? NULL
                            : annotating->folder ? free_name(annotating, result->path)
                                                 : g_strdup(annotating->copy);
    bool done = copy && write_copy(annotating, path, copy, &error);
    annotating->n_done += done;
    annotating->n_failed += !done;
    annotating->is_broken |= copy && !done;
    if (done && annotating->folder)
        annotating->last = g_strconcat(annotating->place ? annotating->place : annotating->folder,
                                       path + strlen(annotating->folder), NULL);
    if (!done)
        zp_say(lang, "%s：没有标注：%s", "%s: not marked: %s", result->path,
               zp_error_text(error, lang));
}

const char *zp_annotate_mark(const ZpResult *result, gpointer data)
{
    annotate_result(result, data);
    return ((ZpAnnotating *)data)->last;
}

/* One file that is no folder and no stream, and a place for the copy. */
static bool is_sound(const ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    struct stat about;
    const char *path = g_ptr_array_index(session->inputs, 0);
    g_autofree char *archive = zp_file_around(path);
    if (archive) {
        zp_say(arguments->lang, "%s 在压缩包里；请用 ziping check %s --annotate-dir 文件夹",
               "%s is in an archive; use ziping check %s --annotate-dir DIR", path, archive);
        return false;
    }
    if (session->inputs->len == 1 && arguments->output && strcmp(arguments->output, "-") != 0 &&
        strcmp(path, "-") != 0 && (stat(path, &about) != 0 || S_ISREG(about.st_mode)))
        return zp_annotate_is_free(arguments, NULL, arguments->output);
    zp_say(arguments->lang, "用法：ziping annotate 文件 -o 副本（一个文件；副本不能是 -）",
           "usage: ziping annotate FILE -o COPY (one file; the copy cannot be -)");
    return false;
}

ZpExit zp_command_annotate(const ZpArguments *arguments)
{
    static const ZpJob job = {.command = "annotate", .check = true, .wants_digests = true};
    __attribute__((cleanup(zp_session_clear))) ZpSession session;
    ZpExit status = zp_session_open(&session, arguments, &job);
    if (status != ZP_EXIT_CLEAN)
        return status;
    if (!is_sound(&session))
        return ZP_EXIT_USAGE;
    ZpAnnotating annotating = {.session = &session, .copy = session.arguments.output};
    status = zp_job_run_session(&session, annotate_result, &annotating);
    if (status == ZP_EXIT_USAGE || status == ZP_EXIT_INTERNAL || annotating.is_broken)
        return annotating.is_broken ? ZP_EXIT_INTERNAL : status;
    return annotating.n_done > 0 ? ZP_EXIT_CLEAN : ZP_EXIT_UNREADABLE;
}
