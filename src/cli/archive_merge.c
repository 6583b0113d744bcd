/*
 * archive_merge.c - `archive merge`: archives that were made apart, put together.
 */
#include "cli/archive.h"

#include "archive/merge.h"

typedef struct {
    const ZpArguments *arguments;
    const char *path; /* of the archive that is merged */
} Told;

static void say_damaged(gint64 id, const char *name, gpointer data)
{
    const Told *told = data;
    zp_say(told->arguments->lang, "%s：第 %" G_GINT64_FORMAT " 份文件（%s）已损坏，没有并入",
           "%s: document %" G_GINT64_FORMAT " (%s) is damaged and left out", told->path, id, name);
}

/* What one archive cannot give keeps no other from being merged; what this one cannot take does. */
static ZpExit merge_one(const ZpArguments *arguments, ZpArchive *archive,
                        const ZpRulebook *rulebook, const char *path, ZpMergeCounts *counts)
{
    ZpArguments other = *arguments;
    ZpExit status = ZP_EXIT_CLEAN;
    Told told = {arguments, path};
    guint64 n_damaged = counts->n_damaged;
    g_autoptr(GError) error = NULL;
    other.db = (char *)path;
    g_autoptr(ZpArchive) from = zp_archive_arguments(&other, ZP_ARCHIVE_READ, &status);
    if (!from)
        return ZP_EXIT_UNREADABLE;
    if (!zp_merge(archive, from, rulebook, say_damaged, &told, counts, &error))
        return zp_archive_say(arguments, error);
    return counts->n_damaged > n_damaged ? ZP_EXIT_UNREADABLE : ZP_EXIT_CLEAN;
}

static ZpExit merge_all(const ZpArguments *arguments, ZpArchive *archive,
                        const ZpRulebook *rulebook)
{
    ZpExit status = ZP_EXIT_CLEAN;
    ZpMergeCounts counts = {0};
    for (char **path = arguments->rest; *path && status != ZP_EXIT_INTERNAL; path++) {
        ZpExit one = merge_one(arguments, archive, rulebook, *path, &counts);
        status = MAX(status, one);
    }
    if (!arguments->quiet)
        zp_say(arguments->lang,
               "并入 %" G_GUINT64_FORMAT " 份文件（%" G_GUINT64_FORMAT
               " 张表）；另有 %" G_GUINT64_FORMAT " 份已在档案库中，%" G_GUINT64_FORMAT " 份已损坏",
               "%" G_GUINT64_FORMAT " documents (%" G_GUINT64_FORMAT
               " forms) merged; %" G_GUINT64_FORMAT " more were there already, %" G_GUINT64_FORMAT
               " are damaged",
               counts.n_new, counts.n_forms, counts.n_known, counts.n_damaged);
    return status;
}

ZpExit zp_archive_merge(const ZpArguments *arguments)
{
    ZpExit status = ZP_EXIT_CLEAN;
    if (!arguments->rest || arguments->output || arguments->layout || arguments->saved) {
        zp_say(arguments->lang, "用法：ziping archive merge 档案库… --db 合并后的档案库",
               "usage: ziping archive merge ARCHIVE… --db MERGED");
        return ZP_EXIT_USAGE;
    }
    for (char **path = arguments->rest; *path; path++) {
        if (!zp_archive_is_same(*path, arguments->db))
            continue;
        zp_say(arguments->lang, "%s 既要读取又要写入（--db）",
               "%s is to be read and to be written (--db)", *path);
        return ZP_EXIT_USAGE;
    }
    g_autoptr(ZpRulebook) rulebook = zp_arguments_rulebook(arguments);
    if (!rulebook)
        return arguments->rules || arguments->profile ? ZP_EXIT_USAGE : ZP_EXIT_INTERNAL;
    g_autoptr(ZpArchive) archive = zp_archive_arguments(arguments, ZP_ARCHIVE_CREATE, &status);
    return archive ? merge_all(arguments, archive, rulebook) : status;
}
