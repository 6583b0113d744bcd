/*
 * plan.c - `ziping plan`: a run cut into shards, for as many machines as there are.
 *
 * Inputs, settings and outputs are those of a check, so what a shard would refuse is refused here, once.
 */
#include "cli/cli.h"

#include "base/error.h"
#include "base/limits.h"
#include "cli/session.h"
#include "cli/walls.h"
#include "output/model_json.h"
#include "run/planning.h"

#include <string.h>

/* What is said while the inputs are gone through. */
typedef struct {
    const ZpArguments *arguments;
    guint64 n_failed, n_links;
    char *first_link; /* (nullable) */
} Saying;

static void say_failed(const char *path, const GError *why, gpointer data)
{
    Saying *saying = data;
    saying->n_failed++;
    zp_say(saying->arguments->lang, "%s：%s", "%s: %s", path,
           zp_error_text(why, saying->arguments->lang));
}

static void count_link(const char *path, gpointer data)
{
    Saying *saying = data;
    if (saying->n_links++ == 0)
        saying->first_link = g_strdup(path);
}

static void say_links(Saying *saying)
{
    if (saying->n_links > 0 && !saying->arguments->quiet)
        zp_say_links(saying->arguments->lang, saying->n_links, saying->first_link);
    g_clear_pointer(&saying->first_link, g_free);
}

/* What only the words decide. */
static bool are_words_sound(const ZpArguments *arguments, guint64 *size)
{
    bool is_json = false; /* asked again when it is printed */
    ZpLang lang = arguments->lang;
    if (!arguments->shard_size ||
        !g_ascii_string_to_unsigned(arguments->shard_size, 10, 1, G_MAXUINT, size, NULL))
        zp_say(lang, "plan 要 --shard-size N：每份大约多少个文件，1 ≤ N ≤ %u",
               "plan needs --shard-size N, about so many documents a shard, 1 <= N <= %u",
               G_MAXUINT);
    else if (!arguments->output || strcmp(arguments->output, "-") == 0)
        zp_say(lang, "plan 要 -o 文件", "plan needs -o FILE");
    else
        return zp_arguments_want_json(arguments, &is_json);
    return false;
}

/* Settings and limits hold by folder, so of the files of one folder the first says all that a shard asks the words. */
static void list_words(const GPtrArray *inputs, ZpPlan *plan, bool *is_any_there)
{
    g_autoptr(GHashTable) folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint k = 0; k < inputs->len; k++) {
        const char *input = g_ptr_array_index(inputs, k);
        bool is_folder = g_file_test(input, G_FILE_TEST_IS_DIR);
        *is_any_there |= is_folder || g_file_test(input, G_FILE_TEST_EXISTS);
        if (is_folder || g_hash_table_add(folders, g_path_get_dirname(input)))
            g_ptr_array_add(plan->inputs, g_strdup(input));
    }
}

static guint64 find_documents(const ZpSession *session, ZpPlanning *planning, GError **error)
{
    for (guint k = 0; k < session->inputs->len; k++) {
        const char *input = g_ptr_array_index(session->inputs, k);
        if (strcmp(input, "-") == 0) {
            zp_error_set(error, ZP_ERROR_USAGE, "plan 不能读标准输入",
                         "plan cannot read standard input");
            return 0;
        }
        if (!zp_planning_add(planning, input, error))
            return 0;
    }
    guint64 documents = zp_planning_end(planning, error);
    if (!documents && !*error)
        zp_error_set(error, ZP_ERROR_USAGE, "没有可检查的文件", "there is nothing to check");
    return documents;
}

static guint count_shards(guint64 documents, guint64 size, GError **error)
{
    guint64 shards = (documents + size - 1) / size;
    if (shards <= ZP_LIMIT_SHARDS)
        return (guint)shards;
    zp_error_set(error, ZP_ERROR_USAGE,
                 "会有 %" G_GUINT64_FORMAT
                 " 份，超过 %u 份的上限（ZP_LIMIT_SHARDS）；--shard-size 至少要 %" G_GUINT64_FORMAT,
                 "that would be %" G_GUINT64_FORMAT
                 " shards, over the limit of %u (ZP_LIMIT_SHARDS); --shard-size must be at least "
                 "%" G_GUINT64_FORMAT,
                 shards, ZP_LIMIT_SHARDS, (documents + ZP_LIMIT_SHARDS - 1) / ZP_LIMIT_SHARDS);
    return 0;
}

static bool write_plan(const ZpArguments *arguments, const ZpPlanning *planning, guint shards,
                       ZpPlan *plan, GError **error)
{
    ZpOutput output;
    if (!zp_output_open(&output, arguments->output, error))
        return false;
    bool done = zp_planning_write(planning, shards, plan, output.stream, error);
    return zp_output_close(&output, done, done ? error : NULL) && done;
}

static const ZpPlanShard *shard_at(const ZpPlan *plan, guint k)
{
    return &g_array_index(plan->shards, ZpPlanShard, k);
}

static void append_table(GString *out, const ZpPlan *plan, ZpLang lang)
{
    guint64 documents = 0, cost = 0;
    zp_append_padded(out, zp_lang_pick(lang, "份", "shard"), 10);
    zp_append_padded(out, zp_lang_pick(lang, "文件数", "documents"), 14);
    g_string_append(out, zp_lang_pick(lang, "估计秒数\n", "estimated seconds\n"));
    for (guint k = 0; k < plan->shards->len; k++) {
        const ZpPlanShard *row = shard_at(plan, k);
        g_autofree char *number = g_strdup_printf("%u", k + 1);
        g_autofree char *count = g_strdup_printf("%" G_GUINT64_FORMAT, row->documents);
        zp_append_padded(out, number, 10);
        zp_append_padded(out, count, 14);
        g_string_append_printf(out, "%" G_GUINT64_FORMAT ".%02u\n", row->cost / 1000000,
                               (guint)(row->cost / 10000 % 100));
        documents += row->documents;
        cost += row->cost;
    }
    guint64 seconds = cost / 1000000;
    if (lang == ZP_LANG_ZH)
        g_string_append_printf(
            out, "%" G_GUINT64_FORMAT " 个文件，%u 份，共约 %" G_GUINT64_FORMAT " 秒处理器时间\n",
            documents, plan->shards->len, seconds);
    else
        g_string_append_printf(out,
                               "%" G_GUINT64_FORMAT
                               " documents in %u shards, about %" G_GUINT64_FORMAT
                               " seconds of a processor\n",
                               documents, plan->shards->len, seconds);
}

static void append_json(GString *out, const ZpPlan *plan)
{
    json_t *whole = json_object(), *rows = json_array();
    for (guint k = 0; k < plan->shards->len; k++) {
        const ZpPlanShard *row = shard_at(plan, k);
        json_t *one = json_object();
        zp_json_put(one, "shard", json_integer(k + 1));
        zp_json_put(one, "documents", json_integer((json_int_t)row->documents));
        zp_json_put(one, "microseconds", json_integer((json_int_t)row->cost));
        json_array_append_new(rows, one);
    }
    zp_json_put(whole, "schema", json_string("ziping/plan/1"));
    zp_json_put(whole, "version", json_string(ZP_VERSION));
    zp_json_put(whole, "skipped", json_integer((json_int_t)plan->skipped));
    zp_json_put(whole, "shards", rows);
    zp_json_print(out, whole, NULL);
    g_string_append_c(out, '\n');
}

static ZpExit print_plan(const ZpSession *session, const ZpPlan *plan)
{
    g_autoptr(GString) out = g_string_new(NULL);
    bool is_json = false;
    if (session->arguments.quiet)
        return ZP_EXIT_CLEAN;
    if (zp_arguments_want_json(&session->arguments, &is_json) && is_json)
        append_json(out, plan);
    else
        append_table(out, plan, session->arguments.lang);
    return zp_print(out, session->arguments.lang);
}

static ZpExit say_error(ZpLang lang, const GError *error)
{
    zp_say(lang, "%s", "%s", zp_error_text(error, lang));
    return error->code == ZP_ERROR_USAGE ? ZP_EXIT_USAGE : ZP_EXIT_INTERNAL;
}

static ZpExit make_plan(const ZpSession *session, guint64 size)
{
    const ZpArguments *arguments = &session->arguments;
    Saying saying = {.arguments = arguments};
    const ZpPlanningOptions options = {.config = session->config,
                                       .limits = session->limits,
                                       .no_sandbox = arguments->no_sandbox,
                                       .on_link = count_link,
                                       .on_failed = say_failed,
                                       .data = &saying};
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpPlanning) planning = zp_planning_new(&options);
    g_autoptr(ZpPlan) plan = zp_plan_new();
    bool is_any_there = false;
    plan->folder = g_get_current_dir();
    list_words(session->inputs, plan, &is_any_there);
    guint64 documents = find_documents(session, planning, &error);
    say_links(&saying);
    if (documents && !is_any_there)
        return ZP_EXIT_UNREADABLE; /* each of them was said */
    guint shards = documents ? count_shards(documents, size, &error) : 0;
    if (error || !write_plan(arguments, planning, shards, plan, &error))
        return say_error(arguments->lang, error);
    ZpExit status = print_plan(session, plan);
    return status == ZP_EXIT_CLEAN && saying.n_failed > 0 ? ZP_EXIT_UNREADABLE : status;
}

ZpExit zp_command_plan(const ZpArguments *arguments)
{
    const ZpJob job = {.command = "plan", .format_option = "--format"};
    guint64 size = 0;
    if (!are_words_sound(arguments, &size))
        return ZP_EXIT_USAGE;
    ZpArguments own = *arguments;
    own.formats = NULL; /* they are of the table, not of documents */
    __attribute__((cleanup(zp_session_clear))) ZpSession session;
    ZpExit status = zp_session_open(&session, &own, &job);
    if (status != ZP_EXIT_CLEAN)
        return status;
    if (!zp_walls_stand(&session))
        return ZP_EXIT_USAGE;
    session.arguments.formats = arguments->formats;
    return make_plan(&session, size);
}
