/*
 * archive_open.c - the archive of --db and the output of a part of `archive`: opened, closed, and what is said of them.
 */
#include "cli/archive.h"

#include "base/error.h"

#include <sys/stat.h>

ZpExit zp_archive_say(const ZpArguments *arguments, const GError *error)
{
    zp_say(arguments->lang, "%s", "%s", zp_error_text(error, arguments->lang));
    if (g_error_matches(error, ZP_ERROR, ZP_ERROR_USAGE))
        return ZP_EXIT_USAGE;
    bool is_damaged = g_error_matches(error, ZP_ERROR, ZP_ERROR_DAMAGED);
    return is_damaged ? ZP_EXIT_UNREADABLE : ZP_EXIT_INTERNAL;
}

static void on_wait(gpointer data)
{
    const ZpArguments *arguments = data;
    zp_say(arguments->lang, "%s：另一个 ziping 正在写入，等它写完…",
           "%s: another ziping is writing to it; waiting until it is done…", arguments->db);
}

ZpArchive *zp_archive_arguments(const ZpArguments *arguments, ZpArchiveMode mode, ZpExit *status)
{
    g_autoptr(GError) error = NULL;
    ZpArchive *archive = zp_archive_open(arguments->db, mode, on_wait, (gpointer)arguments, &error);
    if (!archive)
        *status = zp_archive_say(arguments, error);
    else if (zp_archive_upgraded_from(archive) > 0)
        zp_say(arguments->lang, "%s：已从版本 %" G_GINT64_FORMAT " 升级到 %d",
               "%s: upgraded from version %" G_GINT64_FORMAT " to %d", arguments->db,
               zp_archive_upgraded_from(archive), ZP_ARCHIVE_VERSION);
    return archive;
}

bool zp_archive_is_same(const char *one, const char *other)
{
    struct stat a, b;
    return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_ino == b.st_ino &&
           a.st_dev == b.st_dev;
}

bool zp_archive_output(const ZpArguments *arguments, ZpOutput *output)
{
    g_autoptr(GError) error = NULL;
    if (arguments->output && zp_archive_is_same(arguments->output, arguments->db)) {
        zp_say(arguments->lang, "%s 既要读取（--db）又要写入（-o）",
               "%s is to be read (--db) and to be written (-o)", arguments->output);
        return false;
    }
    if (zp_output_open(output, arguments->output, &error))
        return true;
    zp_archive_say(arguments, error);
    return false;
}

ZpExit zp_archive_close_output(const ZpArguments *arguments, ZpOutput *output, ZpExit status)
{
    g_autoptr(GError) error = NULL;
    bool is_good = status == ZP_EXIT_CLEAN || status == ZP_EXIT_FINDINGS;
    if (zp_output_close(output, is_good, &error) || !is_good)
        return status;
    return zp_archive_say(arguments, error);
}
