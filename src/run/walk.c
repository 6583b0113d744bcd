/*
 * walk.c - a folder's names are read at once, sorted by bytes and visited in that order.
 *
 * Symbolic links are not followed: a folder of documents that somebody sent must not lead to files that
 * nobody named, and the walk cannot run in a circle.  ZP_LIMIT_FOLDER_DEPTH bounds what bind mounts could do.
 */
#include "run/walk.h"

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "parsers/parser.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef enum {
    ENTRY_SKIP,
    ENTRY_LINK,
    ENTRY_FILE,
    ENTRY_FOLDER,
} Entry;

/* The names in a folder, sorted; NULL with the reason. */
static GPtrArray *read_names(const char *folder, GError **why)
{
    GPtrArray *names = zp_folder_names(folder);
    bool is_starved = !names && (errno == EMFILE || errno == ENFILE || errno == ENOMEM);
    if (!names)
        zp_error_set(why, is_starved ? ZP_ERROR_STARVED : ZP_ERROR_IO,
                     "文件夹无法读取：%s；请检查权限",
                     "cannot read the folder: %s; check its permissions", g_strerror(errno));
    return names;
}

bool zp_walk_passes_over(const char *name)
{
    static const char *const LEFT[] = {"Thumbs.db", "ehthumbs.db", "desktop.ini"};
    for (gsize k = 0; k < G_N_ELEMENTS(LEFT); k++) {
        if (g_ascii_strcasecmp(name, LEFT[k]) == 0)
            return true;
    }
    return name[0] == '.' || g_str_has_prefix(name, "~$");
}

static Entry classify(const char *path, const char *name)
{
    struct stat about;
    if (zp_walk_passes_over(name) || lstat(path, &about) != 0)
        return ENTRY_SKIP;
    if (S_ISDIR(about.st_mode))
        return ENTRY_FOLDER;
    if (S_ISLNK(about.st_mode))
        return ENTRY_LINK;
    return S_ISREG(about.st_mode) ? ENTRY_FILE : ENTRY_SKIP;
}

bool zp_walk_is_report(const char *folder)
{
    char head[sizeof ZP_REPORT_HEAD - 1];
    g_autofree char *path = g_build_filename(folder, ZP_REPORT_MARK, NULL);
    struct stat about;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return false;
    bool has_head = fstat(fd, &about) == 0 && S_ISREG(about.st_mode) &&
                    read(fd, head, sizeof head) == (gssize)sizeof head &&
                    memcmp(head, ZP_REPORT_HEAD, sizeof head) == 0;
    close(fd);
    return has_head;
}

static bool walk_level(const char *folder, guint depth, const ZpWalk *walk, GError **error);

static bool visit_folder(const char *path, guint depth, const ZpWalk *walk, GError **error)
{
    if (!zp_walk_is_report(path))
        return walk_level(path, depth + 1, walk, error);
    if (walk->report)
        walk->report(path, walk->data);
    return true;
}

static bool visit(const char *path, const char *name, guint depth, const ZpWalk *walk,
                  GError **error)
{
    switch (classify(path, name)) {
    case ENTRY_FILE:
        return walk->file(path, !zp_parser_by_suffix(path), walk->data, error);
    case ENTRY_FOLDER:
        return visit_folder(path, depth, walk, error);
    case ENTRY_LINK:
        walk->skipped(path, true, walk->data);
        return true;
    case ENTRY_SKIP:
        break;
    }
    walk->skipped(path, false, walk->data);
    return true;
}

static bool walk_level(const char *folder, guint depth, const ZpWalk *walk, GError **error)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(GPtrArray) names = NULL;
    if (depth > walk->depth)
        zp_error_set(&why, ZP_ERROR_LIMIT,
                     "文件夹嵌套超过 %u 层（ZP_LIMIT_FOLDER_DEPTH）；请直接给出里面的文件夹",
                     "folders nested deeper than %u (ZP_LIMIT_FOLDER_DEPTH); name the inner "
                     "folder itself",
                     walk->depth);
    else
        names = read_names(folder, &why);
    if (why && why->code == ZP_ERROR_STARVED) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    if (!names)
        return walk->failed(folder, why, walk->data, error);
    for (guint k = 0; k < names->len; k++) {
        const char *name = g_ptr_array_index(names, k);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (!visit(path, name, depth, walk, error))
            return false;
    }
    return true;
}

bool zp_walk_folder(const char *folder, const ZpWalk *walk, GError **error)
{
    return walk_level(folder, 0, walk, error);
}
