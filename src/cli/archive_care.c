/*
 * archive_care.c - `archive verify`, `recheck`, `recover`: is it still what it was, what do today's rules say of it,
 * what of a damaged one can be saved.
 */
#include "cli/archive.h"

#include "archive/again.h"
#include "archive/verify.h"
#include "archive/years.h"
#include "base/error.h"
#include "cli/job.h"

/* The originals of a batch through the workers. */
static ZpExit run_batch(const ZpArguments *arguments, ZpAgain *again)
{
    const ZpJob job = {.command = "archive", .check = true, .take = zp_again_take, .taker = again};
    __attribute__((cleanup(zp_session_clear))) ZpSession session;
    ZpArguments own = *arguments;
    g_ptr_array_add(again->paths, NULL);
    own.rest = (char **)again->paths->pdata;
    own.no_config = TRUE;
    own.quiet = TRUE;
    own.db = own.output = own.layout = NULL;
    ZpExit status = zp_session_open(&session, &own, &job);
    g_ptr_array_set_size(again->paths, (int)again->paths->len - 1);
    if (status != ZP_EXIT_CLEAN)
        return status;
    session.fail_on = ZP_SEVERITY_COUNT;
    again->rulebook = session.rulebook;
    return zp_job_run_session(&session, NULL, NULL);
}

/* All documents, a batch after the other; a batch that replaces is a transaction. */
static ZpExit run_all(const ZpArguments *arguments, ZpAgain *again, GError **error)
{
    gint64 after = 0;
    bool has_more = true;
    while (zp_again_fill(again, &after, &has_more, error) && has_more) {
        if (again->paths->len == 0)
            continue;
        ZpArchive *written = again->own ? again->own : again->archive;
        if (!zp_archive_begin(written, error))
            return ZP_EXIT_INTERNAL;
        ZpExit status = run_batch(arguments, again);
        if (status != ZP_EXIT_CLEAN && status != ZP_EXIT_UNREADABLE) {
            zp_archive_rollback(written);
            return status;
        }
        if (!zp_archive_commit(written, error))
            return ZP_EXIT_INTERNAL;
    }
    return error && *error ? ZP_EXIT_INTERNAL : ZP_EXIT_CLEAN;
}

static void say_documents(const ZpArguments *arguments, const GArray *ids, const char *zh,
                          const char *en)
{
    for (guint k = 0; k < ids->len; k++)
        zp_say(arguments->lang, "第 %" G_GINT64_FORMAT " 份文件：%s%.0s",
               "document %" G_GINT64_FORMAT ": %.0s%s", g_array_index(ids, gint64, k), zh, en);
}

/* The rules over years, which ask of all documents. */
static ZpExit compare_years(const ZpArguments *arguments, ZpArchive *archive)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpRulebook) rulebook = zp_arguments_rulebook(arguments);
    if (!rulebook)
        return arguments->rules || arguments->profile ? ZP_EXIT_USAGE : ZP_EXIT_INTERNAL;
    if (zp_archive_begin(archive, &error) && zp_years_refresh(archive, rulebook, NULL, 0, &error) &&
        zp_archive_commit(archive, &error))
        return ZP_EXIT_CLEAN;
    zp_archive_rollback(archive);
    return zp_archive_say(arguments, error);
}

/* --- recheck --- */

ZpExit zp_archive_recheck(const ZpArguments *arguments)
{
    ZpExit status = ZP_EXIT_CLEAN;
    g_autoptr(GError) error = NULL;
    if (arguments->rest || arguments->layout || arguments->output) {
        zp_say(arguments->lang, "用法：ziping archive recheck --db 档案库",
               "usage: ziping archive recheck --db ARCHIVE");
        return ZP_EXIT_USAGE;
    }
    g_autoptr(ZpArchive) archive = zp_archive_arguments(arguments, ZP_ARCHIVE_WRITE, &status);
    ZpAgain again = {.archive = archive};
    if (!archive)
        return status;
    if (zp_again_open(&again, &error))
        status = run_all(arguments, &again, &error);
    if (!error && status == ZP_EXIT_CLEAN)
        status = compare_years(arguments, archive);
    if (error)
        status = zp_archive_say(arguments, error);
    say_documents(arguments, again.failed, "现在读不出，结果没有改动",
                  "it cannot be read now, and is left as it was");
    if (!arguments->quiet)
        zp_say(arguments->lang,
               "重新检查 %" G_GUINT64_FORMAT " 份文件，%u 份的结果有变；%" G_GUINT64_FORMAT
               " 份没有完好的原件，没有检查",
               "%" G_GUINT64_FORMAT
               " documents checked again, %u with another result; %" G_GUINT64_FORMAT
               " without a sound original were not",
               again.n_done, again.different->len, again.n_without);
    if (status == ZP_EXIT_CLEAN && (again.failed->len > 0 || again.n_without > 0))
        status = ZP_EXIT_UNREADABLE;
    zp_again_close(&again);
    return status;
}

/* --- recover --- */

static ZpExit save_all(const ZpArguments *arguments, ZpArchive *archive, ZpArchive *own)
{
    ZpExit status = ZP_EXIT_CLEAN;
    g_autoptr(GError) error = NULL;
    ZpAgain again = {.archive = archive, .own = own, .is_saving = true};
    if (zp_again_open(&again, &error))
        status = run_all(arguments, &again, &error);
    if (!error)
        zp_again_copy_links(&again, &error);
    if (error)
        status = zp_archive_say(arguments, error);
    else if (status == ZP_EXIT_CLEAN)
        status = compare_years(arguments, own);
    say_documents(arguments, again.failed, "没有完好的原件，或读不出",
                  "it has no sound original, or cannot be read");
    if (!arguments->quiet)
        zp_say(arguments->lang, "救出 %" G_GUINT64_FORMAT " 份文件，%u 份没有",
               "%" G_GUINT64_FORMAT " documents saved, %u not", again.n_done, again.failed->len);
    if (status == ZP_EXIT_CLEAN && again.failed->len > 0)
        status = ZP_EXIT_UNREADABLE;
    zp_again_close(&again);
    return status;
}

ZpExit zp_archive_recover(const ZpArguments *arguments)
{
    ZpExit status = ZP_EXIT_CLEAN;
    ZpArguments to = *arguments;
    to.db = arguments->saved;
    if (arguments->rest || !to.db || g_file_test(to.db, G_FILE_TEST_EXISTS)) {
        zp_say(arguments->lang,
               "用法：ziping archive recover --db 档案库 --to 新文件（不能已经存在）",
               "usage: ziping archive recover --db ARCHIVE --to NEW (which must not exist)");
        return ZP_EXIT_USAGE;
    }
    g_autoptr(ZpArchive) archive = zp_archive_arguments(arguments, ZP_ARCHIVE_READ, &status);
    if (!archive)
        return status;
    g_autoptr(ZpArchive) own = zp_archive_arguments(&to, ZP_ARCHIVE_CREATE, &status);
    return own ? save_all(arguments, archive, own) : status;
}

/* --- verify --- */

/* Whether the stored data follow from the originals again, by this program and its rules. */
static ZpExit derive(const ZpArguments *arguments, ZpArchive *archive, guint *n_different)
{
    ZpExit status = ZP_EXIT_CLEAN;
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpArchive) own = zp_archive_open(NULL, ZP_ARCHIVE_MEMORY, NULL, NULL, &error);
    ZpAgain again = {.archive = archive, .own = own};
    if (!own)
        return zp_archive_say(arguments, error);
    if (zp_again_open(&again, &error))
        status = run_all(arguments, &again, &error);
    if (error)
        status = zp_archive_say(arguments, error);
    say_documents(arguments, again.failed, "现在读不出", "it cannot be read now");
    say_documents(arguments, again.different,
                  "存下的内容与现在从原件读出的不同（规则有变时用 archive recheck）",
                  "what is stored is not what its original gives now (after a change of the rules: "
                  "`archive recheck`)");
    *n_different = again.different->len + again.failed->len;
    zp_again_close(&again);
    return status;
}

static void say_verified(const ZpArguments *arguments, const ZpVerified *verified)
{
    if (verified->faults)
        zp_say(arguments->lang, "%s：SQLite 说文件的结构已损坏：\n%s",
               "%s: SQLite says that the file's structure is damaged:\n%s", arguments->db,
               verified->faults);
    if (!verified->is_index_sound)
        zp_say(
            arguments->lang,
            "%s：搜索索引已损坏，搜索可能漏掉；recover，或者导出（--bagit）再 import，会重建索引",
            "%s: a search index is damaged, and a search may miss something; recover, or export "
            "--bagit and import, makes it anew",
            arguments->db);
    if (!arguments->quiet)
        zp_say(arguments->lang,
               "核对 %" G_GUINT64_FORMAT " 份文件、%" G_GUINT64_FORMAT " 份原件：%" G_GUINT64_FORMAT
               " 份有损坏",
               "%" G_GUINT64_FORMAT " documents and %" G_GUINT64_FORMAT
               " originals verified: %" G_GUINT64_FORMAT " damaged",
               verified->n_documents, verified->n_originals, verified->n_damaged);
}

static ZpExit verify(const ZpArguments *arguments, ZpArchive *archive, ZpListingFormat format,
                     const ZpOutput *output)
{
    guint n_different = 0;
    __attribute__((cleanup(zp_verified_clear))) ZpVerified verified = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpListing) listing = zp_listing_new(output->stream, format, arguments->raw);
    if (!zp_verify(archive, listing, &verified, &error))
        return zp_archive_say(arguments, error);
    say_verified(arguments, &verified);
    ZpExit status =
        verified.n_originals > 0 ? derive(arguments, archive, &n_different) : ZP_EXIT_CLEAN;
    bool is_good =
        !verified.faults && verified.is_index_sound && verified.n_damaged == 0 && n_different == 0;
    return status == ZP_EXIT_CLEAN && !is_good ? ZP_EXIT_FINDINGS : status;
}

ZpExit zp_archive_verify(const ZpArguments *arguments)
{
    ZpExit status = ZP_EXIT_CLEAN;
    ZpListingFormat format = ZP_LISTING_TABLE;
    ZpOutput output;
    if (arguments->rest || (arguments->layout && !zp_listing_format(arguments->layout, &format))) {
        zp_say(arguments->lang, "用法：ziping archive verify --db 档案库",
               "usage: ziping archive verify --db ARCHIVE");
        return ZP_EXIT_USAGE;
    }
    g_autoptr(ZpArchive) archive = zp_archive_arguments(arguments, ZP_ARCHIVE_READ, &status);
    if (!archive)
        return status;
    if (!zp_archive_output(arguments, &output))
        return ZP_EXIT_USAGE;
    return zp_archive_close_output(arguments, &output, verify(arguments, archive, format, &output));
}
