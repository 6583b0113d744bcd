/*
 * job.c - the inputs of the command line through one run into one output.
 *
 * Everything that can be wrong with the command line is said before the first input is read,
 * so exit 2 means that nothing was done.
 */
#include "cli/job.h"

#include "base/error.h"
#include "run/input.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A run shorter than this shows no progress; then a line at most so often. */
#define PROGRESS_AFTER_US (1000 * 1000)
#define PROGRESS_EVERY_US (200 * 1000)

/* What the run's calls back need. */
typedef struct {
    const ZpArguments *arguments;
    bool check;
    bool shows_progress;
    bool has_line; /* a progress line stands on the terminal */
    gint64 next;   /* when to show the next, monotonic */
} Watch;

static void clear_progress(Watch *watch)
{
    if (watch->has_line)
        fputs("\r\033[K", stderr);
    watch->has_line = false;
}

static void show_progress(Watch *watch, const ZpSummary *summary)
{
    gint64 now = watch->shows_progress ? g_get_monotonic_time() : 0;
    if (!watch->shows_progress || now < watch->next)
        return;
    watch->next = now + PROGRESS_EVERY_US;
    watch->has_line = true;
    bool zh = watch->arguments->lang == ZP_LANG_ZH;
    fprintf(stderr, "\r\033[K%" G_GUINT64_FORMAT " %s, %" G_GUINT64_FORMAT " %s", summary->files,
            zh ? "个文件" : "files", summary->forms, zh ? "张表" : "forms");
    fflush(stderr);
}

/* convert's output need not say why a file failed (csv does not), so standard error does. */
static void on_file(const ZpResult *result, const ZpSummary *summary, gpointer data)
{
    Watch *watch = data;
    if (result->error && !watch->check) {
        clear_progress(watch);
        zp_say(watch->arguments->lang, "%s：%s %s", "%s: %s %s", result->path, result->error_code,
               zp_error_text(result->error, watch->arguments->lang));
    }
    show_progress(watch, summary);
}

static void on_empty_folder(const char *path, gpointer data)
{
    Watch *watch = data;
    clear_progress(watch);
    zp_say(watch->arguments->lang, "%s：文件夹里没有认得的文件", "%s: no known file in the folder",
           path);
}

static bool know_format(const ZpArguments *arguments, const ZpJob *job)
{
    if (zp_writer_by_name(job->format, job->check))
        return true;
    zp_say(arguments->lang, "%s 没有格式 %s；见 ziping %s --help",
           "%s: no format %s; see `ziping %s --help`", job->format_option, job->format,
           job->command);
    return false;
}

static bool know_parser(const ZpArguments *arguments)
{
    if (!arguments->from || zp_parser_by_name(arguments->from))
        return true;
    g_autoptr(GString) names = g_string_new(NULL);
    for (const ZpParser *const *parser = ZP_PARSERS; *parser; parser++)
        g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", (*parser)->name);
    zp_say(arguments->lang, "--from 没有格式 %s；有：%s", "--from: no format %s; there is: %s",
           arguments->from, names->str);
    return false;
}

/* An output that is also an input would be replaced by what was made of it. */
static bool keeps_inputs(const ZpArguments *arguments)
{
    struct stat output, input;
    if (!arguments->output || stat(arguments->output, &output) != 0 || !S_ISREG(output.st_mode))
        return true;
    for (char **path = arguments->rest; *path; path++) {
        if (stat(*path, &input) == 0 && input.st_dev == output.st_dev &&
            input.st_ino == output.st_ino) {
            zp_say(arguments->lang, "%s 既是输入又是输出", "%s is both input and output", *path);
            return false;
        }
    }
    return true;
}

static bool is_sound(const ZpArguments *arguments, const ZpJob *job)
{
    if (!arguments->rest) {
        zp_say(arguments->lang, "没有给出文件或文件夹；见 ziping %s --help",
               "no file or folder given; see `ziping %s --help`", job->command);
        return false;
    }
    return know_format(arguments, job) && know_parser(arguments) && keeps_inputs(arguments);
}

static ZpExit exit_of(const ZpSummary *summary, const ZpJob *job)
{
    if (summary->files == 0)
        return ZP_EXIT_USAGE;
    if (summary->unreadable > 0)
        return ZP_EXIT_UNREADABLE;
    for (int k = job->fail_on; k < ZP_SEVERITY_COUNT; k++) {
        if (job->check && summary->by_severity[k] > 0)
            return ZP_EXIT_FINDINGS;
    }
    return ZP_EXIT_CLEAN;
}

static void say_skipped(const ZpArguments *arguments, const ZpJob *job, const ZpSummary *summary)
{
    if (job->check || arguments->quiet || summary->skipped == 0)
        return;
    zp_say(arguments->lang, "跳过 %" G_GUINT64_FORMAT " 个文件（隐藏的，或不认得的类型）",
           "%" G_GUINT64_FORMAT " files skipped (hidden or of an unknown kind)", summary->skipped);
}

/* Every input, then the end of the output; nothing is written when nothing was read. */
static bool run_inputs(ZpRun *run, const ZpArguments *arguments, ZpWriting *writing, GError **error)
{
    for (char **path = arguments->rest; *path; path++) {
        if (!zp_run_add(run, *path, writing, error))
            return false;
    }
    const ZpSummary *summary = zp_run_summary(run);
    return summary->files == 0 || zp_writing_end(writing, summary, error);
}

/* One output from first to last byte; @is_closed is set when its reader has gone. */
static bool write_results(ZpRun *run, const ZpArguments *arguments, const ZpJob *job,
                          const ZpRulebook *rulebook, ZpOutput *output, bool *is_closed,
                          GError **error)
{
    const ZpWriteOptions options = {.lang = arguments->lang,
                                    .colour = !arguments->output && zp_wants_colour(),
                                    .quiet = arguments->quiet,
                                    .all = arguments->all,
                                    .raw = arguments->raw,
                                    .excel = arguments->excel,
                                    .check = job->check};
    const ZpWriter *writer = zp_writer_by_name(job->format, job->check);
    ZpWriting writing = {0};
    bool done = zp_writing_start(&writing, writer, rulebook, &options, output->stream, error) &&
                run_inputs(run, arguments, &writing, error);
    *is_closed = writing.is_closed;
    zp_writing_clear(&writing);
    return done;
}

static Watch watch_of(const ZpArguments *arguments, const ZpJob *job, const ZpOutput *output)
{
    bool output_is_elsewhere = output->aside || !isatty(STDOUT_FILENO);
    return (Watch){.arguments = arguments,
                   .check = job->check,
                   .shows_progress =
                       !arguments->quiet && isatty(STDERR_FILENO) && output_is_elsewhere,
                   .next = g_get_monotonic_time() + PROGRESS_AFTER_US};
}

/* The first line of --password-file; false when the file cannot be read. */
static bool read_password(const ZpArguments *arguments, char **password)
{
    g_autoptr(GError) error = NULL;
    if (!arguments->password_file)
        return true;
    g_autoptr(GBytes) bytes = zp_input_read(arguments->password_file, &error);
    if (!bytes) {
        zp_say(arguments->lang, "%s：%s", "%s: %s", arguments->password_file,
               zp_error_text(error, arguments->lang));
        return false;
    }
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);
    *password = g_strndup(data ? data : "", size);
    (*password)[strcspn(*password, "\r\n")] = '\0';
    return true;
}

static ZpExit run_into(const ZpArguments *arguments, const ZpJob *job, const ZpRulebook *rulebook,
                       const char *password, ZpOutput *output)
{
    Watch watch = watch_of(arguments, job, output);
    const ZpRunOptions options = {.from = arguments->from,
                                  .password = password,
                                  .check = job->check,
                                  .office = arguments->office,
                                  .repairs = arguments->repairs,
                                  .lang = arguments->lang,
                                  .on_file = on_file,
                                  .on_empty_folder = on_empty_folder,
                                  .data = &watch};
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpRun) run = zp_run_new(rulebook, &options);
    bool is_closed = false;
    bool done = write_results(run, arguments, job, rulebook, output, &is_closed, &error);
    const ZpSummary *summary = zp_run_summary(run);
    clear_progress(&watch);
    if (!zp_output_close(output, done && summary->files > 0, error ? NULL : &error))
        done = false;
    if (error && !is_closed)
        zp_say(arguments->lang, "%s", "%s", zp_error_text(error, arguments->lang));
    if (!done)
        return ZP_EXIT_INTERNAL;
    say_skipped(arguments, job, summary);
    return exit_of(summary, job);
}

ZpExit zp_job_run(const ZpArguments *arguments, const ZpJob *job)
{
    if (!is_sound(arguments, job))
        return ZP_EXIT_USAGE;
    g_autoptr(ZpRulebook) rulebook = zp_arguments_rulebook(arguments);
    if (!rulebook)
        return arguments->rules || arguments->profile ? ZP_EXIT_USAGE : ZP_EXIT_INTERNAL;
    g_autoptr(GError) error = NULL;
    g_autofree char *password = NULL;
    ZpOutput output;
    if (!read_password(arguments, &password))
        return ZP_EXIT_USAGE;
    if (!zp_output_open(&output, arguments->output, &error)) {
        zp_say(arguments->lang, "%s", "%s", zp_error_text(error, arguments->lang));
        return ZP_EXIT_INTERNAL;
    }
    return run_into(arguments, job, rulebook, password, &output);
}
