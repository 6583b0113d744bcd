/*
 * progress.c - the line, and when it is due.
 */
#include "cli/progress.h"

#include "cli/cli.h"

#include "base/defuse.h"
#include "base/wrap.h"
#include "run/walk.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A run shorter than this shows nothing on a terminal; then a line at most so often. */
#define TERMINAL_AFTER_US (1000 * 1000)
#define TERMINAL_EVERY_US (200 * 1000)
/* Elsewhere. */
#define PLAIN_EVERY_US (10 * 1000 * 1000)

static bool count_file(const char *path, bool is_found, gpointer data, GError **error)
{
    (void)path;
    (void)is_found;
    (void)error;
    ++*(guint64 *)data;
    return true;
}

static bool count_failure(const char *path, const GError *why, gpointer data, GError **error)
{
    (void)why;
    return count_file(path, false, data, error);
}

static void pass_over(const char *path, bool is_link, gpointer data)
{
    (void)path;
    (void)is_link;
    (void)data;
}

static guint64 count_files(const GPtrArray *inputs, guint depth)
{
    guint64 total = 0;
    const ZpWalk walk = {count_file, count_failure, pass_over, NULL, depth, &total};
    for (guint k = 0; inputs && k < inputs->len; k++) {
        struct stat about;
        const char *path = g_ptr_array_index(inputs, k);
        if (strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISDIR(about.st_mode))
            zp_walk_folder(path, &walk, NULL);
        else
            total++;
    }
    return total;
}

void zp_progress_start(ZpProgress *progress, ZpLang lang, bool is_wanted, const GPtrArray *inputs,
                       guint depth)
{
    bool is_terminal = isatty(STDERR_FILENO);
    *progress = (ZpProgress){.lang = lang,
                             .is_shown = is_wanted,
                             .is_terminal = is_terminal,
                             .total = is_wanted ? count_files(inputs, depth) : 0,
                             .began = g_get_monotonic_time()};
    progress->next = progress->began + (is_terminal ? TERMINAL_AFTER_US : PLAIN_EVERY_US);
}

void zp_progress_clear(ZpProgress *progress)
{
    if (progress->has_line)
        fputs("\r\033[K", stderr);
    progress->has_line = false;
}

static guint64 count_findings(const ZpSummary *summary)
{
    guint64 sum = 0;
    for (guint k = 0; k < ZP_SEVERITY_COUNT; k++)
        sum += summary->by_severity[k];
    return sum;
}

static void append_slowest(GString *line, const ZpSlowest *slowest, bool zh)
{
    if (!slowest->path)
        return;
    g_autofree char *path = g_filename_display_name(slowest->path);
    g_string_append(line, zh ? "；最慢的：" : "; slowest: ");
    zp_text_append_visible(line, path, strlen(path));
    zp_text_defuse(line, 0);
    g_string_append_printf(line, zh ? "（%d.%d 秒）" : " (%d.%d s)",
                           (int)(slowest->us / G_USEC_PER_SEC),
                           (int)(slowest->us / (G_USEC_PER_SEC / 10) % 10));
}

static char *format_line(const ZpProgress *progress, const ZpSummary *summary,
                         const ZpSlowest *slowest, gint64 seconds)
{
    bool zh = progress->lang == ZP_LANG_ZH;
    guint64 done = summary->files + summary->skipped;
    GString *line = g_string_new(NULL);
    g_string_append_printf(line, "%" G_GUINT64_FORMAT, done);
    if (progress->total > 0)
        g_string_append_printf(line, "/%" G_GUINT64_FORMAT, MAX(progress->total, done));
    g_string_append(line, zh ? " 个文件" : " files");
    guint64 rate = done / (guint64)MAX(seconds, 1);
    if (rate > 0 || done == 0)
        g_string_append_printf(
            line, zh ? "（每秒 %" G_GUINT64_FORMAT " 个" : " (%" G_GUINT64_FORMAT "/s", rate);
    else /* "0/s" would say nothing */
        g_string_append_printf(
            line, zh ? "（每个 %" G_GUINT64_FORMAT " 秒" : " (%" G_GUINT64_FORMAT " s a file",
            ((guint64)seconds + done / 2) / done);
    if (progress->total > done && done > 0)
        g_string_append_printf(
            line, zh ? "，还需 %" G_GUINT64_FORMAT " 秒" : ", %" G_GUINT64_FORMAT " s left",
            (progress->total - done) * (guint64)seconds / done);
    g_string_append(line, zh ? "）" : ")");
    g_string_append_printf(
        line, zh ? "，%" G_GUINT64_FORMAT " 处问题" : ", %" G_GUINT64_FORMAT " findings",
        count_findings(summary));
    append_slowest(line, slowest, zh);
    return g_string_free(line, FALSE);
}

void zp_progress_show(ZpProgress *progress, const ZpRun *run)
{
    gint64 now = progress->is_shown ? g_get_monotonic_time() : 0;
    if (!progress->is_shown || now < progress->next)
        return;
    progress->next = now + (progress->is_terminal ? TERMINAL_EVERY_US : PLAIN_EVERY_US);
    g_autofree char *line = format_line(progress, zp_run_summary(run), zp_run_slowest(run),
                                        (now - progress->began) / G_USEC_PER_SEC);
    g_autoptr(GString) cut = g_string_new(line);
    guint columns = progress->is_terminal ? zp_terminal_columns(STDERR_FILENO) : 0;
    if (columns > 1) /* in the last column some terminals begin a new line */
        zp_text_clip(cut, 0, columns - 1);
    if (progress->is_terminal)
        fprintf(stderr, "\r\033[K%s", cut->str);
    else
        fprintf(stderr, "ziping: %s\n", line);
    progress->has_line = progress->is_terminal;
    fflush(stderr);
}
