/*
 * places.c - inputs, files found in folders, lists, passwords, settings, baselines, records, rules against
 * outputs, journal and cache.
 *
 * An output replaces what is at its place, so an input there would be gone; whoever mistypes an option must
 * not lose a document.  A place where nothing is yet can only be written twice.
 */
#include "cli/places.h"

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "parsers/office/office.h"
#include "parsers/parser.h"
#include "run/tape.h"
#include "run/walk.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Something to be written, where a regular file is already. */
typedef struct {
    const char *path, *option;
    dev_t device;
    ino_t inode;
} Written;

typedef struct {
    const ZpSession *session;
    GArray *written;    /* of Written */
    const char *option; /* what is looked at now; NULL: inputs */
    bool is_apart;
} Places;

/* The beginning of a regular file, as much as probes look at. */
static GBytes *read_head(const char *path)
{
    int fd = zp_file_open(path, O_RDONLY | O_CLOEXEC, 0, NULL);
    if (fd < 0)
        return NULL;
    guint8 *head = g_malloc(ZP_LIMIT_PROBE_BYTES);
    gssize n = pread(fd, head, ZP_LIMIT_PROBE_BYTES, 0);
    close(fd);
    return g_bytes_new_take(head, n > 0 ? (gsize)n : 0);
}

/* An SQLite database is what no run reads, and the archive that is added to passes over itself. */
static bool is_database(GBytes *head)
{
    gsize size = 0;
    gconstpointer data = g_bytes_get_data(head, &size);
    return size >= 16 && memcmp(data, "SQLite format 3", 16) == 0;
}

/* A report of an earlier run: by its suffix, and what a run passes over because of its content. */
static bool is_report(const char *path)
{
    static const char *const SUFFIXES[] = {".json", ".ndjson", ".sarif", ".csv", ".xml", NULL};
    const char *suffix = strrchr(path, '.');
    g_autoptr(GBytes) head = read_head(path);
    if (head && is_database(head))
        return true;
    if (!suffix || !g_strv_contains(SUFFIXES, suffix))
        return false;
    return head && !zp_parser_is_sure(head) && !zp_office_takes(head);
}

/* Whether it is one of those to be written: no other needs to be opened. */
static const Written *find_written(const Places *places, const char *path)
{
    struct stat about;
    if (!path || stat(path, &about) != 0 || !S_ISREG(about.st_mode))
        return NULL;
    for (guint k = 0; k < places->written->len; k++) {
        const Written *written = &g_array_index(places->written, Written, k);
        if (written->device == about.st_dev && written->inode == about.st_ino)
            return written;
    }
    return NULL;
}

/* A file that is read. */
static void look_at(Places *places, const char *path)
{
    const Written *written = places->is_apart ? find_written(places, path) : NULL;
    if (!written)
        return;
    /* The option that names it, where there is one: an input has none. */
    ZpLang lang = places->session->arguments.lang;
    if (places->option)
        zp_say(lang, "%s 既要读取（%s）又要写入（%s）",
               "%s is to be read (%s) and to be written (%s)", written->path, places->option,
               written->option);
    else
        zp_say(lang, "%s 既是输入又是输出", "%s is both input and output", written->path);
    places->is_apart = false;
}

/* What a folder holds by the name of a document is known when it is read: a report may be written anew, a form stops the
 * run (zp_targets_find_at).  Who watches reads only what changes, so there it is known now or never. */
static bool take_found(const char *path, bool is_found, gpointer data, GError **error)
{
    Places *places = data;
    (void)error;
    bool is_read = strcmp(places->session->job->command, "watch") != 0;
    bool is_told_later = is_read && !places->option && !is_found &&
                         zp_targets_find_at(path, (gpointer)&places->session->targets);
    if (places->option ||
        (!is_told_later && find_written(places, path) && !(is_found && is_report(path))))
        look_at(places, path);
    return places->is_apart;
}

/* What cannot be walked is said when it is read. */
static bool pass_failed(const char *path, const GError *why, gpointer data, GError **error)
{
    (void)path;
    (void)why;
    (void)data;
    (void)error;
    return true;
}

/* Hidden files are not read, but for settings. */
static void take_hidden(const char *path, bool is_link, gpointer data)
{
    (void)is_link;
    if (g_str_has_suffix(path, "/" ZP_CONFIG_NAME))
        look_at(data, path);
}

static void look_below(Places *places, const char *path)
{
    const ZpWalk walk = {take_found, pass_failed, take_hidden, NULL, ZP_LIMIT_FOLDER_DEPTH, places};
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
        zp_walk_folder(path, &walk, NULL);
    else
        look_at(places, path);
}

static bool take_setting(const char *path, gpointer data)
{
    look_at(data, path);
    return true;
}

static void add_written(Places *places, const char *path, const char *option)
{
    struct stat about;
    if (!path || strcmp(path, "-") == 0 || stat(path, &about) != 0 || !S_ISREG(about.st_mode))
        return;
    const Written written = {path, option, about.st_dev, about.st_ino};
    g_array_append_val(places->written, written);
}

static void add_all_written(Places *places)
{
    const ZpSession *session = places->session;
    add_written(places, session->arguments.output, "-o");
    add_written(places, session->job->writes, session->job->command);
    for (guint k = 0; session->targets.items && k < session->targets.items->len; k++) {
        const ZpTarget *target = g_ptr_array_index(session->targets.items, k);
        add_written(places, target->path, session->job->format_option);
    }
    /* It is read before it is written. */
    places->option = "--journal";
    look_at(places, session->arguments.journal);
    add_written(places, session->arguments.journal, "--journal");
}

/* Files that options name, and what the command reads beside its inputs. */
static void look_at_options(Places *places)
{
    const ZpArguments *arguments = &places->session->arguments;
    const struct {
        const char *option, *path;
    } rows[] = {
        {"--files-from", arguments->files_from},   {"--password-file", arguments->password_file},
        {"--baseline", arguments->baseline},       {"--diff-from", arguments->diff_from},
        {"--config", arguments->config},           {"--profile", arguments->profile},
        {"--ledger", arguments->ledger},           {"--shard-of", places->session->plan_path},
        {"--corrections", arguments->corrections},
    };
    for (gsize k = 0; k < G_N_ELEMENTS(rows); k++) {
        places->option = rows[k].option;
        look_at(places, rows[k].path);
    }
    places->option = "--rules";
    if (arguments->rules)
        look_below(places, arguments->rules);
    places->option = places->session->job->command;
    for (char **path = places->session->job->reads; path && *path; path++)
        look_at(places, *path);
}

static void look_at_inputs(Places *places)
{
    const ZpSession *session = places->session;
    const ZpConfigOptions options = {.file = session->arguments.config,
                                     .none = session->arguments.no_config};
    for (guint k = 0; k < session->inputs->len; k++) {
        const char *input = g_ptr_array_index(session->inputs, k);
        places->option = ZP_CONFIG_NAME;
        zp_config_each_file(&options, input, take_setting, places);
        places->option = NULL;
        look_below(places, input);
    }
}

/* A path without links, also of what is not there yet: some folder above it is. */
static char *real_path(const char *path)
{
    char *real = realpath(path, NULL);
    char *made = g_strdup(real);
    free(real);
    if (made)
        return made;
    g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
    g_autofree char *above = strcmp(folder, path) == 0 ? g_strdup(folder) : real_path(folder);
    return g_build_filename(above, name, NULL);
}

bool zp_place_is_below(const char *path, const char *folder)
{
    g_autofree char *inner = real_path(path), *outer = real_path(folder);
    gsize length = strlen(outer);
    return strncmp(inner, outer, length) == 0 &&
           (length == 1 || inner[length] == '/' || !inner[length]);
}

/* Whether an output goes into the cache, or over the journal. */
static bool clashes(const ZpSession *session, const char *path)
{
    const ZpArguments *arguments = &session->arguments;
    g_autofree char *own = real_path(path);
    g_autofree char *journal = arguments->journal ? real_path(arguments->journal) : NULL;
    bool is_journal = journal && path != arguments->journal && strcmp(own, journal) == 0;
    if (!is_journal && !(arguments->cache && zp_place_is_below(path, arguments->cache)))
        return false;
    zp_say(arguments->lang, "%s 已用于 %s", "%s is what %s writes", path,
           is_journal ? "--journal" : "--cache");
    return true;
}

static bool are_outputs_apart(const ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    if (!arguments->journal && !arguments->cache)
        return true;
    for (guint k = 0; session->targets.items && k < session->targets.items->len; k++) {
        const ZpTarget *target = g_ptr_array_index(session->targets.items, k);
        if (target->path && clashes(session, target->path))
            return false;
    }
    return !(arguments->output && strcmp(arguments->output, "-") != 0 &&
             clashes(session, arguments->output)) &&
           !(arguments->journal && clashes(session, arguments->journal));
}

/* A shard knows its own inputs alone, so it replaces nothing but records. */
static void look_at_planned(Places *places)
{
    const ZpSession *session = places->session;
    const char *output = session->arguments.output;
    struct stat about;
    if (!places->is_apart || !output || stat(output, &about) != 0 || !S_ISREG(about.st_mode))
        return;
    int fd = zp_file_open(output, O_RDONLY | O_CLOEXEC, 0, NULL);
    g_autoptr(ZpTape) tape = fd >= 0 ? zp_tape_open(fd, output, NULL) : NULL;
    places->is_apart = tape != NULL;
    if (!tape)
        zp_say(session->arguments.lang, "%s 已经存在，里面不是记录，因此不替换它",
               "%s exists and holds no records, so it is not replaced", output);
}

bool zp_places_are_apart(const ZpSession *session)
{
    g_autoptr(GArray) written = g_array_new(FALSE, FALSE, sizeof(Written));
    Places places = {.session = session, .written = written, .is_apart = true};
    if (!are_outputs_apart(session))
        return false;
    add_all_written(&places);
    if (written->len == 0)
        return true;
    look_at_options(&places);
    if (session->planned)
        look_at_planned(&places);
    else
        look_at_inputs(&places);
    return places.is_apart;
}

bool zp_places_has_written(const ZpSession *session)
{
    g_autoptr(GArray) written = g_array_new(FALSE, FALSE, sizeof(Written));
    Places places = {.session = session, .written = written, .is_apart = true};
    add_all_written(&places);
    return written->len > 0;
}

bool zp_places_check_read(const ZpSession *session, const char *path, GError **error)
{
    g_autoptr(GArray) written = g_array_new(FALSE, FALSE, sizeof(Written));
    Places places = {.session = session, .written = written, .is_apart = true};
    add_all_written(&places);
    if (!find_written(&places, path))
        return true;
    zp_error_set(error, ZP_ERROR_USAGE, "%s 既是输入又是输出", "%s is both input and output", path);
    return false;
}
