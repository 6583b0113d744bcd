/*
 * fix.c - `ziping fix FILE -o COPY`, `ziping fix FILE|DIR… -o DIR`: corrected copies, and the difference.
 *
 * An original is never written to, and below a folder nothing that is there already is.  A copy is made in a
 * process of its own, as an original is read in one, and read again before it is put in its place: unless it
 * says, field by field, what was meant, there is no copy.
 */
#include "cli/fix_work.h"
#include "cli/job.h"
#include "cli/places.h"

#include "base/defuse.h"
#include "base/error.h"
#include "base/file.h"
#include "run/apart.h"
#include "run/input.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    ZpSession *session;
    ZpLang lang;
    const char
        *folder;   /* (nullable) where copies go by their names; NULL: the only one has a place */
    ZpExit status; /* the worst so far */
} Fix;

/* --- where a copy goes --- */

/* The name of a file below the folder of copies: as it stands below the input that it was found in. */
static char *name_below(const ZpSession *session, const char *path)
{
    for (guint k = 0; k < session->inputs->len; k++) {
        const char *input = g_ptr_array_index(session->inputs, k);
        gsize length = strlen(input);
        while (length > 1 && input[length - 1] == '/')
            length--;
        if (strcmp(input, path) != 0 && strncmp(input, path, length) == 0 && path[length] == '/')
            return g_strdup(path + length + strspn(path + length, "/"));
    }
    return g_path_get_basename(path);
}

/* The place of a copy, with the folders above it; NULL after saying why there is none. */
static char *place_of(Fix *fix, const char *path)
{
    const char *output = fix->session->arguments.output;
    struct stat about;
    if (!fix->folder)
        return g_strdup(output);
    g_autofree char *name = name_below(fix->session, path);
    g_autofree char *place = g_build_filename(fix->folder, name, NULL);
    g_autofree char *above = g_path_get_dirname(place);
    if (g_mkdir_with_parents(above, 0777) != 0) {
        zp_say(fix->lang, "无法建立文件夹 %s：%s", "cannot make the folder %s: %s", above,
               g_strerror(errno));
        return NULL;
    }
    if (lstat(place, &about) == 0) {
        zp_say(fix->lang, "%s 已经有了，没有覆盖", "%s is there already and was not written over",
               place);
        return NULL;
    }
    return g_steal_pointer(&place);
}

/* --- the proof --- */

typedef struct {
    const ZpRulebook *rulebook;
    char *meaning; /* (nullable) of what was read */
} Reading;

static void on_copy(const ZpResult *result, gpointer data)
{
    Reading *reading = data;
    if (!result->error)
        reading->meaning = zp_mend_meaning(reading->rulebook, result->forms, NULL);
}

/* A file in memory that holds the copy; -1: there is no room. */
static int hold_copy(GBytes *copy)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(copy, &size);
    int fd = memfd_create("ziping-copy", MFD_CLOEXEC);
    for (gsize at = 0; fd >= 0 && at < size;) {
        gssize n = write(fd, data + at, size - at);
        if (n < 0 && errno != EINTR) {
            close(fd);
            return -1;
        }
        at += (gsize)MAX(n, 0);
    }
    return fd >= 0 && lseek(fd, 0, SEEK_SET) == 0 ? fd : -1;
}

/* What the copy says, read as any file is: as standard input, which needs no name (and no /proc). */
static char *read_again(const Fix *fix, GBytes *copy, const char *format)
{
    const ZpSession *session = fix->session;
    Reading reading = {session->rulebook, NULL};
    const ZpRunOptions options = {.from = format,
                                  .password = session->password,
                                  .lang = fix->lang,
                                  .jobs = 1,
                                  .no_sandbox = session->arguments.no_sandbox,
                                  .limits = session->limits,
                                  .no_across = true,
                                  .on_file = on_copy,
                                  .data = &reading};
    int held = hold_copy(copy), input = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    g_autoptr(ZpRun) run = zp_run_new(session->rulebook, &options);
    if (held >= 0 && dup2(held, STDIN_FILENO) == STDIN_FILENO && zp_run_add(run, "-", NULL, NULL))
        zp_run_end(run, NULL);
    if (input >= 0)
        dup2(input, STDIN_FILENO);
    if (held >= 0)
        close(held);
    if (input >= 0)
        close(input);
    return reading.meaning;
}

/* The first field that differs, for the message. */
static char *first_difference(const char *meant, const char *read)
{
    gsize line = 0;
    for (gsize k = 0; meant[k] && meant[k] == read[k]; k++)
        line = meant[k] == '\n' ? k + 1 : line;
    return g_strndup(meant + line, strcspn(meant + line, "\n"));
}

static bool is_proved(const Fix *fix, const char *path, GBytes *copy, const char *format,
                      const char *meant)
{
    g_autofree char *read = read_again(fix, copy, format);
    if (read && strcmp(read, meant) == 0)
        return true;
    g_autofree char *field = first_difference(meant, read ? read : "");
    zp_say(fix->lang, "%s：改好的副本再读一遍，%s 与所要的不同；没有写出",
           "%s: read again, the copy does not say what it should (%s), so it was not written", path,
           field);
    return false;
}

/* --- one file --- */

/* What was left and what is to be known. */
static void say_left(const Fix *fix, const char *path, const char **left)
{
    for (; *left && !fix->session->arguments.quiet; left++) {
        if (fix->folder)
            zp_say(fix->lang, "%s：没有改：%s", "%s: not mended: %s", path, *left);
        else
            zp_say(fix->lang, "没有改：%s", "not mended: %s", *left);
    }
}

/* What the process made: the copy in its place, and the difference. */
static ZpExit take_answer(Fix *fix, const ZpFixWork *work, GVariant *answer)
{
    g_autoptr(GVariant) bytes = g_variant_get_child_value(answer, 0);
    g_autoptr(GBytes) copy = g_variant_get_data_as_bytes(bytes);
    const char *meaning, *difference, *failure;
    g_autofree const char **left = NULL;
    g_variant_get(answer, "(@ay&s&s&s^a&s)", NULL, &meaning, &difference, &failure, &left);
    if (*failure) {
        zp_say(fix->lang, "%s：%s", "%s: %s", work->path, failure);
        return ZP_EXIT_UNREADABLE;
    }
    g_autofree char *place = NULL;
    g_autoptr(GError) error = NULL;
    if (!is_proved(fix, work->path, copy, work->parser->name, meaning))
        return ZP_EXIT_INTERNAL;
    place = place_of(fix, work->result->path);
    if (place && !zp_output_write_bytes(place, copy, &error))
        zp_say(fix->lang, "%s", "%s", zp_error_text(error, fix->lang));
    if (!place || error)
        return ZP_EXIT_INTERNAL;
    say_left(fix, work->path, left);
    g_autoptr(GString) out = g_string_new(difference);
    zp_text_defuse(out, 0);
    return zp_print(out, fix->lang);
}

/* What is in an archive is not mended. */
static bool say_packed(ZpLang lang, const char *path)
{
    g_autofree char *archive = zp_file_around(path);
    if (archive)
        zp_say(lang, "%s：fix 不改压缩包里的文件；请先从 %s 里取出来，改好后再放回去",
               "%s: fix does not mend files in archives; take it out of %s first", path, archive);
    return archive != NULL;
}

/* The bytes that were read: a file that was changed meanwhile has other places. */
static GBytes *read_original(const Fix *fix, const ZpResult *result)
{
    g_autoptr(GError) error = NULL;
    if (say_packed(fix->lang, result->path))
        return NULL;
    guint limit = (guint)zp_limits_get(&fix->session->limits, ZP_BOUND_INPUT);
    bool is_named =
        g_ptr_array_find_with_equal_func(fix->session->inputs, result->path, g_str_equal, NULL);
    gsize size = 0;
    int fd = zp_input_open(result->path, limit, !is_named, &size, &error);
    g_autoptr(GBytes) bytes = fd >= 0 ? zp_input_read_open(fd, limit, &error) : NULL;
    if (!bytes) {
        zp_say(fix->lang, "%s：%s", "%s: %s", result->path, zp_error_text(error, fix->lang));
        return NULL;
    }
    g_autofree char *digest = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    if (g_strcmp0(digest, result->sha256) == 0)
        return g_steal_pointer(&bytes);
    zp_say(fix->lang, "%s：读过之后被改动了，没有改",
           "%s: it was changed while it was read, so it is "
           "not mended",
           result->path);
    return NULL;
}

static ZpExit fix_original(Fix *fix, const ZpResult *result, const ZpParser *parser)
{
    const ZpSession *session = fix->session;
    g_autoptr(GError) error = NULL;
    g_autofree char *shown = g_filename_display_name(result->path);
    g_autoptr(GBytes) original = read_original(fix, result);
    if (!original)
        return ZP_EXIT_UNREADABLE;
    ZpFixWork work = {.rulebook = session->rulebook,
                      .parser = parser,
                      .original = original,
                      .result = result,
                      .path = shown,
                      .lang = fix->lang,
                      .unsafe = session->arguments.unsafe};
    const ZpApart apart = {.work = zp_fix_work,
                           .data = &work,
                           .type = G_VARIANT_TYPE(ZP_FIX_TYPE),
                           .is_shut_in = !session->arguments.no_sandbox,
                           .memory_bytes = zp_limits_get(&session->limits, ZP_BOUND_MEMORY),
                           .seconds = (guint)zp_limits_get(&session->limits, ZP_BOUND_TIME),
                           .most = zp_limits_get(&session->limits, ZP_BOUND_OUTPUT)};
    g_autoptr(GVariant) answer = zp_apart_run(&apart, &error);
    if (answer)
        return take_answer(fix, &work, answer);
    zp_say(fix->lang, "%s：%s", "%s: %s", shown, zp_error_text(error, fix->lang));
    return ZP_EXIT_INTERNAL;
}

/* The formats that can be mended, by the names of --from. */
static char *list_formats(void)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (const ZpParser *const *parser = ZP_PARSERS; *parser; parser++) {
        if ((*parser)->write_cell)
            g_string_append_printf(names, "%s%s", names->len ? ", " : "", (*parser)->name);
    }
    return g_string_free(g_steal_pointer(&names), FALSE);
}

static void on_result(const ZpResult *result, gpointer data)
{
    Fix *fix = data;
    const ZpParser *parser = result->format ? zp_parser_by_name(result->format) : NULL;
    if (result->error) /* the run has said why */
        return;
    if (parser && parser->write_cell) {
        ZpExit before = fix->status, status = fix_original(fix, result, parser);
        fix->status = MAX(before, status);
        return;
    }
    g_autofree char *formats = list_formats();
    zp_say(fix->lang, "%s：这种格式（%s）的原件改不了，能改的是 %s",
           "%s: originals of this format (%s) cannot be mended; these can: %s", result->path,
           result->format ? result->format : "-", formats);
    fix->status = MAX(fix->status, ZP_EXIT_UNREADABLE);
}

/* --- the command --- */

static bool is_folder(const char *path)
{
    return g_file_test(path, G_FILE_TEST_IS_DIR);
}

/* Whether copies go below a folder: several, or those of a folder's files, or the output is one. */
static bool wants_folder(const ZpSession *session)
{
    const char *output = session->arguments.output;
    return session->inputs->len > 1 || is_folder(g_ptr_array_index(session->inputs, 0)) ||
           is_folder(output) || g_str_has_suffix(output, "/");
}

static bool say_usage(ZpLang lang)
{
    zp_say(lang, "用法：ziping fix 文件 -o 副本，或 ziping fix 文件|文件夹… -o 文件夹（不能是 -）",
           "usage: ziping fix FILE -o COPY, or ziping fix FILE|DIR… -o DIR (neither can be -)");
    return false;
}

static bool is_sound(const ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    struct stat about;
    if (!arguments->output || strcmp(arguments->output, "-") == 0)
        return say_usage(arguments->lang);
    for (guint k = 0; k < session->inputs->len; k++) {
        const char *path = g_ptr_array_index(session->inputs, k);
        bool is_there = stat(path, &about) == 0;
        if (strcmp(path, "-") == 0 ||
            (is_there && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode)))
            return say_usage(arguments->lang);
        if (say_packed(arguments->lang, path))
            return false;
    }
    if (!wants_folder(session))
        return true;
    if (g_file_test(arguments->output, G_FILE_TEST_EXISTS) && !is_folder(arguments->output))
        return say_usage(arguments->lang);
    /* The folder of copies must not be among what is read: the walk would find them. */
    const char *output = session->arguments.output;
    for (guint k = 0; k < session->inputs->len; k++) {
        const char *input = g_ptr_array_index(session->inputs, k);
        if (!is_folder(input) || !zp_place_is_below(output, input))
            continue;
        zp_say(session->arguments.lang, "副本的文件夹 %s 在要读的文件夹 %s 里",
               "the folder of copies, %s, is in the folder %s, which is read", output, input);
        return false;
    }
    return true;
}

ZpExit zp_command_fix(const ZpArguments *arguments)
{
    static const ZpJob job = {.command = "fix", .check = true, .wants_digests = true};
    __attribute__((cleanup(zp_session_clear))) ZpSession session;
    ZpExit status = zp_session_open(&session, arguments, &job);
    if (status != ZP_EXIT_CLEAN)
        return status;
    if (!is_sound(&session))
        return ZP_EXIT_USAGE;
    session.show = ZP_SEVERITY_OFF;
    Fix fix = {.session = &session,
               .lang = session.arguments.lang,
               .folder = wants_folder(&session) ? session.arguments.output : NULL};
    status = zp_job_run_session(&session, on_result, &fix);
    if (status == ZP_EXIT_USAGE || status == ZP_EXIT_INTERNAL)
        return status;
    /* Findings are what is to be mended. */
    return MAX(fix.status, status == ZP_EXIT_UNREADABLE ? status : ZP_EXIT_CLEAN);
}
