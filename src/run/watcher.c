/*
 * watcher.c - inotify over a tree of folders.
 *
 * Each folder has a watch of its own (inotify does not descend).  A file counts as arrived when it
 * was closed after writing or moved in, never while it is being written.  Between the moment a
 * folder appears and the moment it is watched, files may come into it unseen, so a new folder is
 * handed out as a whole; after an overflow of the kernel's queue every folder is.  Files of settings
 * are told as such, also when they go; in a folder that is watched for them only, nothing else counts.
 */
#include "run/watcher.h"

#include "base/ending.h"
#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "run/walk.h"

#include <errno.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#define EVENTS (IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR | IN_DONT_FOLLOW | GONE)
#define GONE   (IN_DELETE | IN_MOVED_FROM)
/* The same of a folder that is watched for a file of settings: links to folders lead there, too. */
#define SETTING_EVENTS (IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR | IN_MASK_ADD | GONE)
/* Bytes of events taken at once. */
#define EVENT_BYTES (64u * 1024)

struct ZpWatcher {
    int events, signals;  /* file descriptors; -1: none */
    GHashTable *folders;  /* watch descriptor → path */
    GPtrArray *roots;     /* of char *: the folders that were asked for */
    GQueue ready;         /* of Ready: to hand out */
    char *setting_name;   /* (nullable) of files of settings in every folder */
    GHashTable *settings; /* of char *: further files of settings, by their path */
    GHashTable *asides;   /* watch descriptor → folder that is watched for settings only */
};

typedef struct {
    char *path;
    bool is_setting;
} Ready;

static bool fail(GError **error, const char *path, int number)
{
    if (number == ENOSPC)
        zp_error_set(
            error, ZP_ERROR_IO, "%s：系统不让监视更多文件夹；请调高 fs.inotify.max_user_watches",
            "%s: the system watches no more folders; raise fs.inotify.max_user_watches", path);
    else
        zp_error_set(error, ZP_ERROR_IO, "%s：无法监视：%s", "%s: cannot be watched: %s", path,
                     g_strerror(number));
    return false;
}

static void push(ZpWatcher *watcher, const char *path, bool is_setting)
{
    Ready *ready = g_new(Ready, 1);
    *ready = (Ready){g_strdup(path), is_setting};
    g_queue_push_tail(&watcher->ready, ready);
}

static void ready_free(gpointer data)
{
    Ready *ready = data;
    g_free(ready->path);
    g_free(ready);
}

ZpWatcher *zp_watcher_new(GError **error)
{
    g_autoptr(ZpWatcher) watcher = g_new0(ZpWatcher, 1);
    watcher->signals = zp_ending_ask();
    watcher->events = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    watcher->folders = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    watcher->asides = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    watcher->settings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    watcher->roots = g_ptr_array_new_with_free_func(g_free);
    g_queue_init(&watcher->ready);
    if (watcher->signals >= 0 && watcher->events >= 0)
        return g_steal_pointer(&watcher);
    fail(error, "inotify", errno);
    return NULL;
}

void zp_watcher_free(ZpWatcher *watcher)
{
    if (!watcher)
        return;
    if (watcher->events >= 0)
        close(watcher->events);
    if (watcher->signals >= 0)
        close(watcher->signals);
    g_hash_table_unref(watcher->folders);
    g_hash_table_unref(watcher->asides);
    g_hash_table_unref(watcher->settings);
    g_free(watcher->setting_name);
    g_ptr_array_unref(watcher->roots);
    g_queue_clear_full(&watcher->ready, ready_free);
    g_free(watcher);
}

guint zp_watcher_count(const ZpWatcher *watcher)
{
    return g_hash_table_size(watcher->folders);
}

static bool watch_level(ZpWatcher *watcher, const char *folder, guint depth, GError **error);

static bool watch_level(ZpWatcher *watcher, const char *folder, guint depth, GError **error)
{
    if (depth > ZP_LIMIT_FOLDER_DEPTH || (depth > 0 && zp_walk_is_report(folder)))
        return true;
    int id = inotify_add_watch(watcher->events, folder, EVENTS);
    if (id < 0)
        return errno == ENOENT && depth > 0 ? true : fail(error, folder, errno);
    g_hash_table_insert(watcher->folders, GINT_TO_POINTER(id), g_strdup(folder));
    /* The folders in a folder, one level down. */
    g_autoptr(GPtrArray) names = zp_folder_names(folder);
    bool done = true;
    for (guint k = 0; names && k < names->len && done; k++) { /* none: gone again, or not for us */
        struct stat about;
        const char *name = g_ptr_array_index(names, k);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (name[0] != '.' && lstat(path, &about) == 0 && S_ISDIR(about.st_mode))
            done = watch_level(watcher, path, depth + 1, error);
    }
    return done;
}

bool zp_watcher_add(ZpWatcher *watcher, const char *folder, GError **error)
{
    g_ptr_array_add(watcher->roots, g_strdup(folder));
    return watch_level(watcher, folder, 0, error);
}

void zp_watcher_set_setting_name(ZpWatcher *watcher, const char *name)
{
    g_free(watcher->setting_name);
    watcher->setting_name = g_strdup(name);
}

bool zp_watcher_add_setting(ZpWatcher *watcher, const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    int id = inotify_add_watch(watcher->events, folder, SETTING_EVENTS);
    if (id < 0)
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? true
                                                                      : fail(error, folder, errno);
    g_hash_table_add(watcher->settings, g_strdup(path));
    g_hash_table_insert(watcher->asides, GINT_TO_POINTER(id), g_strdup(folder));
    return true;
}

/* Whether it was one of a file of settings; then that is handed out. */
static bool take_setting(ZpWatcher *watcher, const struct inotify_event *event)
{
    const char *folder = g_hash_table_lookup(watcher->folders, GINT_TO_POINTER(event->wd));
    const char *aside = g_hash_table_lookup(watcher->asides, GINT_TO_POINTER(event->wd));
    g_autofree char *path = aside ? g_build_filename(aside, event->name, NULL) : NULL;
    bool is_named = folder && g_strcmp0(event->name, watcher->setting_name) == 0;
    if (!is_named && !(path && g_hash_table_contains(watcher->settings, path)))
        return false;
    if (event->mask & (IN_CLOSE_WRITE | IN_MOVED_TO | GONE))
        push(watcher, event->name, true);
    return true;
}

static bool take_event(ZpWatcher *watcher, const struct inotify_event *event, GError **error)
{
    const char *folder = g_hash_table_lookup(watcher->folders, GINT_TO_POINTER(event->wd));
    if (event->mask & IN_Q_OVERFLOW) {
        /* Everything may have been missed: look at all. */
        for (guint k = 0; k < watcher->roots->len; k++)
            push(watcher, g_ptr_array_index(watcher->roots, k), false);
    }
    if (event->mask & IN_IGNORED) { /* the folder is gone */
        g_hash_table_remove(watcher->folders, GINT_TO_POINTER(event->wd));
        g_hash_table_remove(watcher->asides, GINT_TO_POINTER(event->wd));
        return true;
    }
    if (event->len == 0 || take_setting(watcher, event) || !folder ||
        zp_walk_passes_over(event->name) || zp_walk_is_report(folder))
        return true;
    g_autofree char *path = g_build_filename(folder, event->name, NULL);
    if (event->mask & GONE)
        return true;
    if (event->mask & IN_ISDIR) {
        push(watcher, path, false);
        return watch_level(watcher, path, 1, error);
    }
    if (event->mask & (IN_CLOSE_WRITE | IN_MOVED_TO))
        push(watcher, path, false);
    return true;
}

static bool take_events(ZpWatcher *watcher, GError **error)
{
    _Alignas(struct inotify_event) char buffer[EVENT_BYTES];
    gssize size = read(watcher->events, buffer, sizeof buffer);
    if (size < 0)
        return errno == EAGAIN || errno == EINTR ? true : fail(error, "inotify", errno);
    for (const char *at = buffer; at < buffer + size;) {
        const struct inotify_event *event = (const void *)at;
        if (!take_event(watcher, event, error))
            return false;
        at += sizeof *event + event->len;
    }
    return true;
}

/* Wait for a signal or an event. */
static bool await(ZpWatcher *watcher, bool *is_ended, GError **error)
{
    struct pollfd both[] = {{watcher->signals, POLLIN, 0}, {watcher->events, POLLIN, 0}};
    bool has_ready = !g_queue_is_empty(&watcher->ready);
    if (poll(both, G_N_ELEMENTS(both), has_ready ? 0 : -1) < 0 && errno != EINTR)
        return fail(error, "poll", errno);
    *is_ended = both[0].revents != 0;
    return true;
}

ZpWatched zp_watcher_next(ZpWatcher *watcher, char **path, GError **error)
{
    bool is_ended = false;
    *path = NULL;
    for (;;) {
        if (!await(watcher, &is_ended, error) || is_ended)
            return ZP_WATCHED_NOTHING;
        Ready *ready = g_queue_pop_head(&watcher->ready);
        if (ready) {
            ZpWatched watched = ready->is_setting ? ZP_WATCHED_SETTING : ZP_WATCHED_INPUT;
            *path = g_steal_pointer(&ready->path);
            ready_free(ready);
            return watched;
        }
        if (!take_events(watcher, error))
            return ZP_WATCHED_NOTHING;
    }
}
