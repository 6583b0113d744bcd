/*
 * archive.c - `ziping archive …`: which part, and `add`.
 *
 * An archive must come out the same whoever adds a document from wherever, so no .ziping.yaml counts here: what is
 * stored is what the rules say by themselves.
 */
#include "cli/archive.h"

#include "archive/intake.h"
#include "cli/job.h"

#include <string.h>

static const ZpArchivePart PARTS[] = {
    {"add", zp_archive_add},         {"search", zp_archive_search}, {"list", zp_archive_list},
    {"show", zp_archive_show},       {"query", zp_archive_query},   {"verify", zp_archive_verify},
    {"recheck", zp_archive_recheck}, {"stats", zp_archive_stats},   {"recover", zp_archive_recover},
    {"history", zp_archive_history}, {"link", zp_archive_link},     {"unlink", zp_archive_unlink},
    {"upgrade", zp_archive_upgrade}, {"export", zp_archive_export}, {"import", zp_archive_import},
    {"merge", zp_archive_merge},
};

/* --- add --- */

static void say_added(const ZpArguments *arguments, const ZpIntakeCounts *counts)
{
    if (arguments->quiet)
        return;
    zp_say(arguments->lang,
           "收入 %" G_GUINT64_FORMAT " 份文件（%" G_GUINT64_FORMAT
           " 张表）；另有 %" G_GUINT64_FORMAT " 份是已有内容的新名称，%" G_GUINT64_FORMAT
           " 份已在档案库中，%" G_GUINT64_FORMAT " 份没有收入",
           "%" G_GUINT64_FORMAT " documents (%" G_GUINT64_FORMAT " forms) added; %" G_GUINT64_FORMAT
           " more are new names of known content, %" G_GUINT64_FORMAT
           " were there already, %" G_GUINT64_FORMAT " were not added",
           counts->n_new, counts->n_forms, counts->n_named, counts->n_known, counts->n_unread);
    if (counts->n_encrypted > 0)
        zp_say(arguments->lang,
               "其中 %" G_GUINT64_FORMAT
               " 份加密：原件仍加密保存，不保存密码，但读出的内容没有加密",
               "%" G_GUINT64_FORMAT " of them are encrypted: the originals are kept so and the "
               "password is not kept, but what was read of them is stored in clear",
               counts->n_encrypted);
}

/* What is committed stays, also when the run stops. */
static ZpExit end_intake(const ZpArguments *arguments, ZpIntake *intake, ZpExit status)
{
    g_autoptr(GError) error = NULL;
    if (!zp_intake_end(intake, &error))
        return zp_archive_say(arguments, error);
    say_added(arguments, &intake->committed);
    return status;
}

static ZpExit add_all(const ZpArguments *arguments, ZpIntake *intake)
{
    const ZpJob job = {.command = "archive add",
                       .check = true,
                       .writes = arguments->db,
                       .is_own = zp_intake_is_own,
                       .hold = zp_intake_hold,
                       .on_held = zp_intake_on_held,
                       .take = zp_intake_take,
                       .taker = intake};
    __attribute__((cleanup(zp_session_clear))) ZpSession session;
    ZpExit status = zp_session_open(&session, arguments, &job);
    if (status != ZP_EXIT_CLEAN)
        return status;
    session.fail_on = ZP_SEVERITY_COUNT;
    intake->archive = zp_archive_arguments(arguments, ZP_ARCHIVE_CREATE, &status);
    if (!intake->archive)
        return status;
    intake->rulebook = session.rulebook;
    intake->has_password = session.password != NULL;
    status = zp_job_run_session(&session, NULL, NULL);
    return end_intake(arguments, intake, status);
}

static bool reads_standard_input(const ZpArguments *arguments)
{
    return arguments->rest && g_strv_contains((const char *const *)arguments->rest, "-");
}

ZpExit zp_archive_add(const ZpArguments *arguments)
{
    ZpArguments own = *arguments;
    own.no_config = TRUE;
    if (arguments->output || arguments->layout || reads_standard_input(arguments)) {
        zp_say(arguments->lang, "archive add 收的是文件和文件夹，不用 -o、--format，也不读标准输入",
               "archive add takes files and folders, no -o, no --format, and not standard input");
        return ZP_EXIT_USAGE;
    }
    ZpIntake intake = {.path = arguments->db,
                       .keeps_originals = !arguments->no_originals,
                       .added = g_array_new(FALSE, FALSE, sizeof(gint64))};
    ZpExit status = add_all(&own, &intake);
    zp_archive_close(intake.archive);
    g_array_unref(intake.added);
    return status;
}

/* --- which part --- */

ZpExit zp_command_archive(const ZpArguments *arguments)
{
    ZpArguments inner = *arguments;
    for (gsize k = 0; k < G_N_ELEMENTS(PARTS) && arguments->rest; k++) {
        if (strcmp(arguments->rest[0], PARTS[k].word) != 0)
            continue;
        inner.rest = arguments->rest[1] ? arguments->rest + 1 : NULL;
        if (arguments->db)
            return PARTS[k].run(&inner);
        zp_say(arguments->lang, "archive 要用 --db 指明档案库文件", "archive needs --db FILE");
        return ZP_EXIT_USAGE;
    }
    g_autoptr(GString) words = g_string_new(NULL);
    for (gsize k = 0; k < G_N_ELEMENTS(PARTS); k++)
        g_string_append_printf(words, "%s%s", k > 0 ? ", " : "", PARTS[k].word);
    zp_say(arguments->lang, "archive 后面要写一个：%s", "archive: say one of %s", words->str);
    return ZP_EXIT_USAGE;
}
