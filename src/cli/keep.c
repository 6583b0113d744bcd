/*
 * keep.c - a run's key, and the files that carry it.
 *
 * The key is a digest of all that decides what a record holds: the program, the rules, the settings,
 * and the options that readers and rules ask.  Records of another key are of no use.
 */
#include "cli/keep.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/image/image.h"
#include "run/record.h"

#include <stddef.h>
#include <string.h>

static void add_word(GChecksum *sum, const char *word)
{
    g_checksum_update(sum, (const guint8 *)(word ? word : ""), word ? (gssize)strlen(word) : 0);
    g_checksum_update(sum, (const guint8 *)"", 1);
}

static char *make_key(const ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    const char *const words[] = {ZP_VERSION,
                                 zp_rulebook_digest(session->rulebook),
                                 arguments->from,
                                 arguments->profile,
                                 arguments->select,
                                 arguments->ignore,
                                 session->password,
                                 session->corrections ? zp_corrections_digest(session->corrections)
                                                      : NULL,
                                 arguments->office ? "office" : NULL,
                                 arguments->repairs ? "repairs" : NULL};
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *format =
        g_strdup_printf("%d %d %d", ZP_RECORD_VERSION, zp_session_judges(session),
                        zp_image_is_wanted() ? (int)zp_image_mode() : ZP_OCR_NEVER);
    /* A shard's and a cache's records serve any format; others lack what none of the formats prints. */
    bool is_full =
        session->shards || session->arguments.cache || zp_targets_want_digests(&session->targets);
    add_word(sum, format);
    add_word(sum, is_full ? "full" : NULL);
    for (gsize k = 0; k < G_N_ELEMENTS(words); k++)
        add_word(sum, words[k]);
    for (gsize k = 0; k < ZP_BOUND_COUNT; k++)
        add_word(sum, session->arguments.limits[k]);
    zp_config_digest(session->config, sum);
    return g_strdup(g_checksum_get_string(sum));
}

/* What must be the same where records are put together as where they were made. */
static const size_t RECALLED[] = {offsetof(ZpArguments, config), offsetof(ZpArguments, select),
                                  offsetof(ZpArguments, ignore), offsetof(ZpArguments, profile),
                                  offsetof(ZpArguments, rules)};
static const char NO_CONFIG[] = "no-config";

static char **word_of(const ZpArguments *arguments, gsize k)
{
    return (char **)((char *)arguments + RECALLED[k]);
}

void zp_keep_recall(const ZpTapeHead *head, ZpArguments *arguments)
{
    if (head->words->len != G_N_ELEMENTS(RECALLED) + 1)
        return;
    for (gsize k = 0; k < G_N_ELEMENTS(RECALLED); k++) {
        char *word = g_ptr_array_index(head->words, k), **own = word_of(arguments, k);
        if (!*own && *word)
            *own = word;
    }
    if (*(const char *)g_ptr_array_index(head->words, G_N_ELEMENTS(RECALLED)))
        arguments->no_config = TRUE;
}

char *zp_keep_program(const ZpRulebook *rulebook)
{
    return g_strdup_printf("%s %s", ZP_VERSION, zp_rulebook_digest(rulebook));
}

/* Shards of other plans have other inputs. */
static char *key_of_plan(char *key, const ZpPlan *plan)
{
    g_autofree char *own = key;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    add_word(sum, own);
    add_word(sum, plan->digest);
    return g_strdup(g_checksum_get_string(sum));
}

ZpTapeHead *zp_keep_head(const ZpSession *session)
{
    ZpTapeHead *head = zp_tape_head_new();
    head->key = make_key(session);
    if (session->plan)
        head->key = key_of_plan(head->key, session->plan);
    head->program = zp_keep_program(session->rulebook);
    for (gsize k = 0; k < G_N_ELEMENTS(RECALLED); k++) {
        const char *word = *word_of(&session->arguments, k);
        g_ptr_array_add(head->words, g_strdup(word ? word : ""));
    }
    g_ptr_array_add(head->words, g_strdup(session->arguments.no_config ? NO_CONFIG : ""));
    head->check = zp_session_judges(session);
    head->shard = session->shard;
    head->of = session->shards;
    for (guint k = 0; k < session->inputs->len; k++)
        g_ptr_array_add(head->inputs, g_strdup(g_ptr_array_index(session->inputs, k)));
    return head;
}

static bool say_error(const ZpSession *session, const GError *error)
{
    zp_say(session->arguments.lang, "%s", "%s", zp_error_text(error, session->arguments.lang));
    return false;
}

static bool open_journal(ZpSession *session)
{
    g_autoptr(GError) error = NULL;
    if (!session->arguments.journal)
        return true;
    g_autoptr(ZpTapeHead) head = zp_keep_head(session);
    session->journal =
        zp_journal_open(session->arguments.journal, head, session->arguments.resume, &error);
    return session->journal || say_error(session, error);
}

bool zp_keep_open(ZpSession *session)
{
    if (!open_journal(session))
        return false;
    g_autoptr(GError) error = NULL;
    if (!session->arguments.cache)
        return true;
    g_autofree char *key = make_key(session);
    bool by_path = zp_config_has_files(session->config);
    session->cache = zp_cache_open(session->arguments.cache, key, by_path, &error);
    return session->cache || say_error(session, error);
}

/* "2/7" */
static bool parse_shard(const char *text, guint *shard, guint *of)
{
    const char *slash = strchr(text, '/');
    g_autofree char *first = g_strndup(text, slash ? (gsize)(slash - text) : 0);
    guint64 number = 0, all = 0;
    if (!slash || !g_ascii_string_to_unsigned(slash + 1, 10, 1, ZP_LIMIT_SHARDS, &all, NULL) ||
        !g_ascii_string_to_unsigned(first, 10, 1, all, &number, NULL))
        return false;
    *shard = (guint)number;
    *of = (guint)all;
    return true;
}

static bool find_shard(ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    if (!arguments->shard && !arguments->shard_of)
        return true;
    if (arguments->shard && !parse_shard(arguments->shard, &session->shard, &session->shards)) {
        zp_say(arguments->lang, "--shard 是 I/N，1 ≤ I ≤ N ≤ %u，不能是 %s",
               "--shard is I/N with 1 <= I <= N <= %u, not %s", ZP_LIMIT_SHARDS, arguments->shard);
        return false;
    }
    if (!arguments->formats)
        return true;
    zp_say(arguments->lang, "%s 写的是记录，格式由 ziping merge 选；不要给 %s",
           "%s writes records and `ziping merge` chooses the format: leave %s out",
           arguments->shard ? "--shard" : "--shard-of", session->job->format_option);
    return false;
}

/* "in.plan:7" */
static bool parse_shard_of(const char *text, char **path, guint *shard)
{
    const char *colon = strrchr(text, ':');
    guint64 number = 0;
    if (!colon || colon == text ||
        !g_ascii_string_to_unsigned(colon + 1, 10, 1, ZP_LIMIT_SHARDS, &number, NULL))
        return false;
    *path = g_strndup(text, (gsize)(colon - text));
    *shard = (guint)number;
    return true;
}

/* Whether anything is where the plan found it: relative paths begin in one folder. */
static bool is_at_place(const ZpSession *session)
{
    for (guint k = 0; k < session->inputs->len; k++) {
        if (g_file_test(g_ptr_array_index(session->inputs, k), G_FILE_TEST_EXISTS))
            return true;
    }
    zp_say(session->arguments.lang, "%s：计划里的文件一个也不在这里；请在作计划的文件夹 %s 中运行",
           "%s: nothing of what was planned is here; run it in the folder of the plan, %s",
           session->arguments.shard_of, session->plan->folder);
    return false;
}

static bool read_plan(ZpSession *session, guint shard, GError **error)
{
    const char *path = session->plan_path;
    session->plan = zp_plan_open(path, error);
    if (!session->plan)
        return false;
    if (shard > session->plan->shards->len) {
        zp_error_set(error, ZP_ERROR_USAGE, "%s 只有 %u 份，没有第 %u 份",
                     "%s has %u shards, and none with the number %u", path,
                     session->plan->shards->len, shard);
        return false;
    }
    session->planned = zp_plan_read(session->plan, shard, error);
    session->shard = shard;
    session->shards = session->job->take ? 0 : session->plan->shards->len; /* no records */
    session->inputs = g_ptr_array_ref(session->plan->inputs);
    return session->planned != NULL;
}

bool zp_keep_open_plan(ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    g_autoptr(GError) error = NULL;
    guint shard = 0;
    if (arguments->rest || arguments->files_from || arguments->shard || arguments->ledger) {
        zp_say(arguments->lang,
               "--shard-of 的输入都在计划里；不要再给文件、--files-from、--shard 或 "
               "--ledger",
               "--shard-of has its inputs in the plan: give no file, --files-from, --shard or "
               "--ledger with it");
        return false;
    }
    if (!parse_shard_of(arguments->shard_of, &session->plan_path, &shard)) {
        zp_say(arguments->lang, "--shard-of 是“计划:K”，1 ≤ K ≤ %u，不能是 %s",
               "--shard-of is PLAN:K with 1 <= K <= %u, not %s", ZP_LIMIT_SHARDS,
               arguments->shard_of);
        return false;
    }
    return read_plan(session, shard, &error) ? is_at_place(session) : say_error(session, error);
}

/* What cannot be read twice cannot be gone on with, nor be read by every shard. */
static bool reads_standard_input(const ZpSession *session)
{
    for (guint k = 0; k < session->inputs->len; k++) {
        if (strcmp(g_ptr_array_index(session->inputs, k), "-") == 0)
            return true;
    }
    return false;
}

bool zp_keep_words(ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    if (!find_shard(session))
        return false;
    if (arguments->resume && !arguments->journal) {
        zp_say(arguments->lang, "--resume 要和 --journal 一起用", "--resume needs --journal");
        return false;
    }
    if ((arguments->journal || session->shards) && reads_standard_input(session)) {
        zp_say(arguments->lang, "--journal 和 --shard 不能读标准输入",
               "--journal and --shard cannot read standard input");
        return false;
    }
    return true;
}

bool zp_keep_outputs(const ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    if (!arguments->journal ||
        (session->shards ? arguments->output != NULL
                         : !zp_targets_use_standard_output(&session->targets)))
        return true;
    zp_say(arguments->lang, "--journal 需要 -o：写到标准输出的结果不能接着写",
           "--journal needs -o: what went to standard output cannot be gone on with");
    return false;
}
