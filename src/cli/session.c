/*
 * session.c - from words to decisions: inputs, rulebook, configuration, baselines, outputs.
 */
#include "cli/session.h"

#include "base/error.h"
#include "base/limits.h"
#include "cli/keep.h"
#include "cli/places.h"
#include "parsers/parser.h"
#include "run/descriptors.h"
#include "run/input.h"

#include <string.h>

static const struct {
    const char *name;
    ZpSeverity severity;
} LEVELS[] = {
    {"error", ZP_SEVERITY_ERROR}, {"warning", ZP_SEVERITY_WARNING}, {"note", ZP_SEVERITY_NOTE},
    {"never", ZP_SEVERITY_COUNT}, {"unjudged", ZP_SEVERITY_OFF}, /* of --fail-on alone */
};

/* A level of an option, of which the last ones of the table may not be; says what is wrong. */
static bool find_level(ZpLang lang, const char *option, const char *name, gsize n_levels,
                       ZpSeverity *severity)
{
    for (gsize k = 0; k < n_levels; k++) {
        if (strcmp(LEVELS[k].name, name) == 0) {
            *severity = LEVELS[k].severity;
            return true;
        }
    }
    bool is_all = n_levels == G_N_ELEMENTS(LEVELS);
    const char *names[G_N_ELEMENTS(LEVELS) + 1] = {NULL};
    for (gsize k = 0; k < n_levels; k++)
        names[k] = LEVELS[k].name;
    g_autofree char *meant = zp_meant_text(name, names, lang);
    zp_say(lang, "%s 只能是 error、warning、note%s 或 never，不能是 %s%s",
           "%s is error, warning, note%s or never, not %s%s", option,
           !is_all ? "" : zp_lang_pick(lang, "、unjudged", ", unjudged"), name, meant);
    return false;
}

static bool find_fail_on(ZpLang lang, const char *name, ZpSeverity *severity)
{
    return find_level(lang, "--fail-on", name, G_N_ELEMENTS(LEVELS), severity);
}

static bool find_show(ZpLang lang, const char *name, ZpSeverity *severity)
{
    return find_level(lang, "--show", name, G_N_ELEMENTS(LEVELS) - 1, severity);
}

static bool know_parser(const ZpArguments *arguments)
{
    if (!arguments->from || zp_parser_by_name(arguments->from))
        return true;
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (const ZpParser *const *parser = ZP_PARSERS; *parser; parser++)
        g_ptr_array_add(words, (gpointer)(*parser)->name);
    g_ptr_array_add(words, NULL);
    g_autofree char *names = g_strjoinv(", ", (char **)words->pdata);
    g_autofree char *meant =
        zp_meant_text(arguments->from, (const char *const *)words->pdata, arguments->lang);
    zp_say(arguments->lang, "--from 没有格式 %s%s；有：%s", "--from: no format %s%s; there is: %s",
           arguments->from, meant, names);
    return false;
}

static bool say_error(const ZpSession *session, const GError *error)
{
    zp_say(session->arguments.lang, "%s", "%s", zp_error_text(error, session->arguments.lang));
    return false;
}

static bool open_config(ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    const ZpConfigOptions options = {.file = arguments->config,
                                     .none = arguments->no_config,
                                     .select = arguments->select,
                                     .ignore = arguments->ignore};
    g_autoptr(GError) error = NULL;
    if (arguments->config && arguments->no_config) {
        zp_say(arguments->lang, "--config 和 --no-config 不能同时用",
               "--config and --no-config exclude each other");
        return false;
    }
    session->config = zp_config_new(session->rulebook, &options, &error);
    if (!session->config)
        return say_error(session, error);
    for (guint k = 0; k < session->inputs->len; k++) {
        if (!zp_config_visit(session->config, g_ptr_array_index(session->inputs, k), &error))
            return say_error(session, error);
    }
    return true;
}

/* What concerns the run as a whole is said by an option, else by the first input's settings. */
static bool take_settings(ZpSession *session)
{
    ZpArguments *arguments = &session->arguments;
    const ZpSettings *settings =
        zp_config_for(session->config, g_ptr_array_index(session->inputs, 0));
    const char *fail_on = arguments->fail_on ? arguments->fail_on : settings->fail_on.text;
    const char *show = arguments->show ? arguments->show : settings->show.text;
    if (!arguments->has_language && settings->lang.text)
        arguments->lang = strcmp(settings->lang.text, "zh") == 0 ? ZP_LANG_ZH : ZP_LANG_EN;
    if (!arguments->profile && settings->profile.text)
        zp_rulebook_force_profile(session->rulebook, settings->profile.text, NULL);
    session->skips_unread =
        arguments->skip_unread || g_strcmp0(settings->skip_unread.text, "true") == 0;
    session->sarif_results = zp_setting_figure(&settings->sarif_results, ZP_LIMIT_SARIF_RESULTS);
    return find_fail_on(arguments->lang, fail_on ? fail_on : "error", &session->fail_on) &&
           find_show(arguments->lang, show ? show : "note", &session->show);
}

static bool read_known(ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    g_autoptr(GError) error = NULL;
    if (arguments->baseline)
        session->baseline = zp_known_read_baseline(arguments->baseline, &error);
    if (!error && arguments->diff_from)
        session->before = zp_known_read_report(arguments->diff_from, &error);
    if (error)
        return say_error(session, error);
    zp_config_set_known(session->config, session->baseline, session->before);
    return true;
}

/* The first line of --password-file. */
static bool read_password(ZpSession *session)
{
    const char *path = session->arguments.password_file;
    g_autoptr(GError) error = NULL;
    if (!path)
        return true;
    g_autoptr(GBytes) bytes = zp_input_read_file(path, ZP_LIMIT_INPUT_BYTES, &error);
    if (!bytes) {
        zp_say(session->arguments.lang, "%s：%s", "%s: %s", path,
               zp_error_text(error, session->arguments.lang));
        return false;
    }
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);
    session->password = g_strndup(data ? data : "", size);
    session->password[strcspn(session->password, "\r\n")] = '\0';
    return true;
}

static bool read_corrections(ZpSession *session)
{
    const char *path = session->arguments.corrections;
    g_autoptr(GError) error = NULL;
    if (!path)
        return true;
    session->corrections = zp_corrections_read(path, !session->arguments.no_sandbox, &error);
    if (session->corrections)
        return true;
    zp_say(session->arguments.lang, "--corrections：%s：%s", "--corrections: %s: %s", path,
           zp_error_text(error, session->arguments.lang));
    return false;
}

static bool find_jobs(ZpSession *session)
{
    const char *text = session->arguments.jobs;
    guint64 jobs = 0;
    if (!text || g_ascii_string_to_unsigned(text, 10, 1, ZP_LIMIT_JOBS, &jobs, NULL)) {
        session->jobs = (guint)jobs;
        return true;
    }
    zp_say(session->arguments.lang, "--jobs 是 1 到 %u 的整数，不能是 %s",
           "--jobs is a number from 1 to %u, not %s", ZP_LIMIT_JOBS, text);
    return false;
}

static bool find_limits(ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    for (guint bound = 0; bound < ZP_BOUND_COUNT; bound++) {
        const char *text = arguments->limits[bound];
        if (!text || zp_bound_parse((ZpBound)bound, text, &session->limits.most[bound]))
            continue;
        g_autofree char *most = zp_bound_format((ZpBound)bound, ZP_BOUNDS[bound].most);
        bool is_size = ZP_BOUNDS[bound].is_size;
        zp_say(arguments->lang, "--%s 是 1 到 %s 的整数%s，不能是 %s",
               "--%s is a number from 1 to %s%s, not %s", ZP_BOUNDS[bound].option, most,
               !is_size ? ""
                        : zp_lang_pick(arguments->lang, "（字节，或带 K、M、G）",
                                       " (bytes, or with K, M or G)"),
               text);
        return false;
    }
    return true;
}

/* Of a check it stands beside the inputs; of a conversion it is the only one. */
static bool is_ledger_sound(const ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    const char *zh = NULL, *en = NULL;
    if (!arguments->ledger)
        return true;
    if (strcmp(arguments->ledger, "-") == 0) {
        zh = "--ledger 要一个文件，不能是 -";
        en = "--ledger needs a file, not -";
    } else if (session->shards) {
        zh = "--ledger 不能和 --shard 一起用：少了的表要看过所有的表才知道";
        en = "--ledger and --shard exclude each other: what is missing is known when all is read";
    } else if (!session->job->check && (arguments->rest || arguments->files_from)) {
        zh = "convert --ledger 只读汇总表一个文件";
        en = "convert --ledger reads the ledger alone, and no other file";
    } else {
        return true;
    }
    zp_say(arguments->lang, "%s%.0s", "%.0s%s", zh, en);
    return false;
}

/* Others say of a file in an archive that they cannot do it. */
static bool collect_entries(ZpSession *session)
{
    static const char *const COMMANDS[] = {"check", "convert", NULL};
    const ZpArguments *arguments = &session->arguments;
    if (!g_strv_contains(COMMANDS, session->job->command))
        return true;
    session->entries = zp_entries_collect(session->inputs);
    if (!session->entries || !(arguments->journal || arguments->shard))
        return true;
    zp_say(arguments->lang,
           "压缩包里单个文件的名字不能与 --journal、--shard 同用；请给出整个压缩包",
           "a file named in an archive goes with neither --journal nor --shard; name the archive");
    return false;
}

static bool collect_inputs(ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    if (arguments->shard_of)
        return zp_keep_open_plan(session);
    if (!arguments->ledger || session->job->check) {
        session->inputs = zp_inputs_collect(arguments, session->job->command);
        return session->inputs && collect_entries(session);
    }
    session->inputs = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(session->inputs, g_strdup(arguments->ledger));
    return true;
}

/* Records that `merge` puts together were judged when they were made, or never. */
static bool are_records_judged(const ZpSession *session)
{
    if (!session->job->feed || session->job->check || !zp_session_judges(session))
        return true;
    zp_say(
        session->arguments.lang,
        "这些记录是 convert --shard 写的，没有检查过；要带问题的输出请用 check --shard 重做",
        "the records are of `convert --shard`, which does not judge; for an output with findings "
        "make them by `check --shard`");
    return false;
}

/* What only the words decide. */
static bool are_words_sound(ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    const ZpJob *job = session->job;
    ZpSeverity ignored;
    if ((arguments->fail_on && !find_fail_on(arguments->lang, arguments->fail_on, &ignored)) ||
        (arguments->show && !find_show(arguments->lang, arguments->show, &ignored)) ||
        !know_parser(arguments) || !find_jobs(session) || !find_limits(session))
        return false;
    return collect_inputs(session) && zp_keep_words(session) && is_ledger_sound(session) &&
           zp_targets_parse(&session->targets, arguments, arguments->formats,
                            session->shards ? NULL : job->format, job->format_option,
                            job->is_review ? ZP_USE_REVIEW
                            : job->check   ? ZP_USE_CHECK
                                           : ZP_USE_CONVERT) &&
           are_records_judged(session) && zp_keep_outputs(session) && zp_places_are_apart(session);
}

/* With too few nothing could be told from what cannot be read. */
static bool has_descriptors(const ZpSession *session)
{
    guint outputs = MAX(session->targets.items->len, 1) + zp_targets_extra(&session->targets);
    zp_descriptors_raise();
    if (zp_descriptors_suffice(outputs))
        return true;
    zp_say(session->arguments.lang,
           "系统允许打开的文件太少（ulimit -n），一个文件也读不了；至少要多 %u 个",
           "the system lets too few files be open (ulimit -n) to read a single one; a run needs %u "
           "beside those that are open",
           ZP_DESCRIPTORS_RESERVE + ZP_DESCRIPTORS_OF_WORKER + outputs);
    return false;
}

ZpExit zp_session_open(ZpSession *session, const ZpArguments *arguments, const ZpJob *job)
{
    *session = (ZpSession){.job = job, .arguments = *arguments};
    if (!are_words_sound(session))
        return ZP_EXIT_USAGE;
    if (!has_descriptors(session))
        return ZP_EXIT_INTERNAL;
    session->rulebook = zp_arguments_rulebook(arguments);
    if (!session->rulebook)
        return arguments->rules || arguments->profile ? ZP_EXIT_USAGE : ZP_EXIT_INTERNAL;
    bool is_sound = open_config(session) && take_settings(session) && read_known(session) &&
                    read_password(session) && read_corrections(session) && zp_keep_open(session);
    return is_sound ? ZP_EXIT_CLEAN : ZP_EXIT_USAGE;
}

ZpExit zp_session_show(const ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    const char *lang = arguments->lang == ZP_LANG_ZH ? "zh" : "en";
    const ZpGiven given = {arguments->has_language ? lang : NULL, arguments->profile,
                           arguments->fail_on, arguments->show, &session->limits};
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint k = 0; k < session->inputs->len; k++) {
        g_string_append(out, k > 0 ? "---\n" : "");
        zp_config_show(out, session->config, g_ptr_array_index(session->inputs, k), &given);
    }
    return zp_print(out, session->arguments.lang);
}

void zp_session_clear(ZpSession *session)
{
    zp_targets_clear(&session->targets);
    zp_journal_free(session->journal);
    zp_cache_free(session->cache);
    g_clear_pointer(&session->plan_path, g_free);
    zp_plan_free(session->plan);
    g_clear_pointer(&session->planned, g_ptr_array_unref);
    zp_known_free(session->baseline);
    zp_known_free(session->before);
    zp_config_free(session->config);
    zp_rulebook_free(session->rulebook);
    g_clear_pointer(&session->inputs, g_ptr_array_unref);
    g_clear_pointer(&session->entries, g_hash_table_unref);
    g_clear_pointer(&session->password, g_free);
    g_clear_pointer(&session->corrections, zp_corrections_free);
}
