/*
 * pages.c - written aside and renamed, as a whole folder.
 */
#include "cli/pages.h"

#include "base/error.h"
#include "cli/listed.h"
#include "run/walk.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool is_there(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0;
}

static bool set_error(GError **error, const char *folder, int number)
{
    zp_error_set(error, ZP_ERROR_OUTPUT, "无法写入 %s：%s", "cannot write %s: %s", folder,
                 g_strerror(number));
    return false;
}

static bool is_known(const char *path, const char *name, gpointer data)
{
    return strcmp(name, ZP_REPORT_MARK) == 0 || zp_listed_has(data, path, name);
}

/* An earlier report's, and nobody has changed it or put something in. */
static bool is_ours(const char *folder)
{
    struct stat about;
    if (lstat(folder, &about) != 0 || !S_ISDIR(about.st_mode))
        return false;
    g_autoptr(GHashTable) known = zp_listed_read(folder);
    return known && zp_listed_each(folder, NULL, is_known, known);
}

static bool is_free(const char *folder, GError **error)
{
    if (!is_there(folder) || is_ours(folder))
        return true;
    zp_error_set(
        error, ZP_ERROR_OUTPUT, "%s 已经存在，不是以前的报告，或在写出之后有改动；请先把它移走",
        "%s is there, and is no earlier report or was changed since; move it away first", folder);
    return false;
}

/* What an ended run left has our mark from its first moment. */
static bool make(ZpPagesPlace *place, GError **error)
{
    ZpPages *pages = (ZpPages *)place;
    g_autoptr(GString) head = g_string_new(ZP_REPORT_HEAD);
    g_autoptr(GHashTable) left = zp_listed_read(pages->stage);
    if (!is_free(pages->folder, error))
        return false;
    if (left)
        zp_listed_remove(pages->stage);
    if (g_mkdir(pages->stage, 0777) != 0)
        return set_error(error, pages->stage, errno);
    pages->is_made = true;
    return zp_listed_write(pages->stage, head, error);
}

ZpPages *zp_pages_new(const char *path)
{
    ZpPages *pages = g_new0(ZpPages, 1);
    g_autofree char *folder = g_path_get_dirname(path);
    pages->index = g_path_get_basename(path);
    const char *ending = strrchr(pages->index, '.');
    int stem =
        ending && ending != pages->index ? (int)(ending - pages->index) : (int)strlen(pages->index);
    pages->name = g_strdup_printf("%.*s-pages", stem, pages->index);
    g_autofree char *hidden = g_strconcat(".new-", pages->name, NULL);
    pages->folder = g_build_filename(folder, pages->name, NULL);
    pages->stage = g_build_filename(folder, hidden, NULL);
    pages->place = (ZpPagesPlace){
        .stage = pages->stage, .name = pages->name, .index = pages->index, .make = make};
    return pages;
}

void zp_pages_free(ZpPages *pages)
{
    if (!pages)
        return;
    g_free(pages->name);
    g_free(pages->index);
    g_free(pages->stage);
    g_free(pages->folder);
    g_free(pages);
}

static bool append(const char *path, const char *name, gpointer data)
{
    return strcmp(name, ZP_REPORT_MARK) == 0 || zp_listed_append(path, name, data);
}

static bool take_place(const ZpPages *pages, GError **error)
{
    g_autoptr(GString) text = g_string_new(ZP_REPORT_HEAD);
    zp_listed_each(pages->stage, NULL, append, text);
    if (!zp_listed_write(pages->stage, text, error) || !is_free(pages->folder, error))
        return false;
    if (is_there(pages->folder))
        zp_listed_remove(pages->folder);
    return rename(pages->stage, pages->folder) == 0 || set_error(error, pages->folder, errno);
}

bool zp_pages_close(const ZpPages *pages, bool keep, GError **error)
{
    bool done = !keep || !pages->is_made || take_place(pages, error);
    if (pages->is_made && !(keep && done))
        zp_listed_remove(pages->stage);
    if (keep && !pages->is_made && is_ours(pages->folder))
        zp_listed_remove(pages->folder); /* of more forms than there are now */
    return done;
}
