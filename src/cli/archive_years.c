/*
 * archive_years.c - `archive history`, `link`, `unlink`: one project over the years; and `upgrade`.
 */
#include "cli/archive.h"

#include "archive/years.h"
#include "base/error.h"

/* --- history --- */

static ZpExit print_history(const ZpArguments *arguments, ZpArchive *archive,
                            ZpListingFormat format)
{
    ZpOutput output;
    ZpExit status = ZP_EXIT_CLEAN;
    g_autoptr(GError) error = NULL;
    if (!zp_archive_output(arguments, &output))
        return ZP_EXIT_USAGE;
    g_autoptr(ZpListing) listing = zp_listing_new(output.stream, format, arguments->raw);
    if (!zp_years_history(archive, arguments->rest[0], arguments->unit, arguments->lang, listing,
                          &error))
        status = zp_archive_say(arguments, error);
    return zp_archive_close_output(arguments, &output, status);
}

ZpExit zp_archive_history(const ZpArguments *arguments)
{
    ZpExit status = ZP_EXIT_CLEAN;
    ZpListingFormat format = ZP_LISTING_TABLE;
    if (!arguments->rest || arguments->rest[1] ||
        (arguments->layout && !zp_listing_format(arguments->layout, &format))) {
        zp_say(arguments->lang, "用法：ziping archive history 项目名称或表的编号 --db 档案库",
               "usage: ziping archive history PROJECT|ID --db ARCHIVE");
        return ZP_EXIT_USAGE;
    }
    g_autoptr(ZpArchive) archive = zp_archive_arguments(arguments, ZP_ARCHIVE_READ, &status);
    return archive ? print_history(arguments, archive, format) : status;
}

/* --- link --- */

static ZpExit change_link(const ZpArguments *arguments, bool is_one)
{
    ZpExit status = ZP_EXIT_CLEAN;
    g_autoptr(GError) error = NULL;
    const char *word = is_one ? "link" : "unlink";
    if (!arguments->rest || !arguments->rest[1] || arguments->rest[2] || arguments->output ||
        arguments->layout) {
        zp_say(arguments->lang, "用法：ziping archive %s 表的编号 表的编号 --db 档案库",
               "usage: ziping archive %s ID ID --db ARCHIVE", word);
        return ZP_EXIT_USAGE;
    }
    g_autoptr(ZpRulebook) rulebook = zp_arguments_rulebook(arguments);
    if (!rulebook)
        return arguments->rules || arguments->profile ? ZP_EXIT_USAGE : ZP_EXIT_INTERNAL;
    g_autoptr(ZpArchive) archive = zp_archive_arguments(arguments, ZP_ARCHIVE_WRITE, &status);
    if (!archive)
        return status;
    return zp_years_link(archive, rulebook, arguments->rest[0], arguments->rest[1], is_one, &error)
               ? ZP_EXIT_CLEAN
               : zp_archive_say(arguments, error);
}

ZpExit zp_archive_link(const ZpArguments *arguments)
{
    return change_link(arguments, true);
}

ZpExit zp_archive_unlink(const ZpArguments *arguments)
{
    return change_link(arguments, false);
}

/* --- upgrade --- */

/* Opening it to write is what upgrades it. */
ZpExit zp_archive_upgrade(const ZpArguments *arguments)
{
    ZpExit status = ZP_EXIT_CLEAN;
    if (arguments->rest || arguments->output || arguments->layout) {
        zp_say(arguments->lang, "用法：ziping archive upgrade --db 档案库",
               "usage: ziping archive upgrade --db ARCHIVE");
        return ZP_EXIT_USAGE;
    }
    g_autoptr(ZpArchive) archive = zp_archive_arguments(arguments, ZP_ARCHIVE_WRITE, &status);
    if (archive && zp_archive_upgraded_from(archive) == 0 && !arguments->quiet)
        zp_say(arguments->lang, "%s 已是版本 %d", "%s is of version %d already", arguments->db,
               ZP_ARCHIVE_VERSION);
    return status;
}
