/*
 * core.c - settings, a run, a writer: what the command puts together of its options, here of JSON.
 */
#include "lib/core.h"

#include "base/limits.h"
#include "base/nearest.h"
#include "config/config.h"
#include "output/writer.h"
#include "run/run.h"

#include <string.h>
#include <unistd.h>

/* The JSON under way. */
typedef struct {
    GOutputStream *stream;
    guint64 most;
} Answer;

ZpRulebook *zp_core_open(const ZpHandleOptions *options, GError **error)
{
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(options->rules, error);
    if (!rulebook ||
        (options->profile && !zp_rulebook_force_profile(rulebook, options->profile, error)))
        return NULL;
    return g_steal_pointer(&rulebook);
}

/* A file of settings holds only where it is named: a library looks for none. */
static ZpConfig *open_config(const ZpRulebook *rulebook, const ZpCallOptions *options,
                             const char *name, GError **error)
{
    const ZpConfigOptions words = {.file = options->config,
                                   .none = !options->config,
                                   .select = options->select,
                                   .ignore = options->ignore};
    g_autoptr(ZpConfig) config = zp_config_new(rulebook, &words, error);
    return config && zp_config_visit(config, name, error) ? g_steal_pointer(&config) : NULL;
}

static bool is_small(const Answer *answer, GError **error)
{
    GMemoryOutputStream *stream = G_MEMORY_OUTPUT_STREAM(answer->stream);
    if (g_memory_output_stream_get_data_size(stream) <= answer->most)
        return true;
    zp_error_set(error, ZP_ERROR_LIMIT,
                 "结果超过 ZP_LIMIT_ANSWER_BYTES（%" G_GUINT64_FORMAT
                 " 字节）；请少给一些文件，或用命令 ziping",
                 "the result is over ZP_LIMIT_ANSWER_BYTES (%" G_GUINT64_FORMAT
                 " bytes); hand over fewer files, or use the command ziping",
                 answer->most);
    return false;
}

static bool on_record(const char *path, ZpRecord *record, gpointer data, GError **error)
{
    (void)path;
    (void)record;
    return is_small(data, error);
}

/* What to list stale suppressions with. */
typedef struct {
    GPtrArray *texts; /* of char * */
    ZpLang lang;
} Notices;

static void add_notice(const char *zh, const char *en, gpointer data)
{
    const Notices *notices = data;
    g_ptr_array_add(notices->texts, g_strdup(zp_lang_pick(notices->lang, zh, en)));
}

/* The end of the JSON, with what the settings did. */
static bool end_answer(ZpRun *run, ZpWriting *writing, const ZpConfig *config, GError **error)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) held = zp_config_tell(config);
    Notices notices = {texts, writing->options.lang};
    if (writing->options.check)
        zp_config_report_stale(config, add_notice, &notices);
    const ZpRunNotes notes = {.notices = texts, .held = held};
    zp_run_set_notes(run, &notes);
    bool done = zp_writing_end(writing, zp_run_summary(run), error);
    zp_run_set_notes(run, &(ZpRunNotes){0});
    return done;
}

/* @fd: (transfer full) */
static bool feed(ZpRun *run, const char *name, int fd, ZpWriting *writing, GError **error)
{
    bool done = fd >= 0 ? zp_run_add_open(run, name, fd, writing, error)
                        : zp_run_add(run, name, writing, error);
    return done && zp_run_end(run, error);
}

/* Of what concerns a run as a whole the settings count where the options say nothing. */
static ZpLimits limits_of(const ZpCallOptions *options, const ZpConfig *config, const char *name)
{
    static const ZpBound OF_THE_RUN[] = {ZP_BOUND_TIME, ZP_BOUND_MEMORY, ZP_BOUND_OUTPUT};
    ZpLimits limits = options->limits;
    for (gsize k = 0; k < G_N_ELEMENTS(OF_THE_RUN); k++) {
        if (!limits.most[OF_THE_RUN[k]])
            limits.most[OF_THE_RUN[k]] =
                zp_settings_limit(zp_config_for(config, name), OF_THE_RUN[k]);
    }
    return limits;
}

static bool write_answer(const ZpRulebook *rulebook, const ZpCall *call, int fd,
                         const ZpCallOptions *options, ZpConfig *config, Answer *answer,
                         GError **error)
{
    const ZpRunOptions asked = {.from = options->from,
                                .password = options->password,
                                .check = call->check,
                                .office = options->office,
                                .repairs = options->repairs,
                                .config = config,
                                .show = options->show,
                                .lang = options->lang,
                                .jobs = 1,
                                .here = call->here,
                                .limits = limits_of(options, config, call->name),
                                .on_record = on_record,
                                .keeper = answer};
    const ZpWriteOptions looks = {
        .lang = options->lang, .check = call->check, .statistics = options->statistics};
    ZpWriting writing;
    g_autoptr(ZpRun) run = zp_run_new(rulebook, &asked);
    bool done = zp_writing_start(&writing, zp_writer_by_name("json", call->check), rulebook, &looks,
                                 answer->stream, error) &&
                feed(run, call->name, fd, &writing, error) &&
                end_answer(run, &writing, config, error);
    zp_writing_clear(&writing);
    return done && is_small(answer, error);
}

/* What this process does not do without workers. */
static bool is_possible(const ZpCall *call, const ZpCallOptions *options, GError **error)
{
    if (call->here && options->office) {
        zp_error_set(error, ZP_ERROR_USAGE, "选项 %s 要有工作进程（workers）",
                     "the option %s needs workers", "office");
        return false;
    }
    if (call->fd >= 0 || strcmp(call->name, "-") != 0)
        return true;
    zp_error_set(error, ZP_ERROR_USAGE, "标准输入（-）不是路径；请读出内容再交进来",
                 "standard input (-) is no path; read it and hand over the bytes");
    return false;
}

static char *answer_call(const ZpRulebook *rulebook, const ZpCall *call, int *fd, GError **error)
{
    g_auto(ZpCallOptions) options = {0};
    if (!zp_call_options_read(call->options, call->check, &options, error) ||
        !is_possible(call, &options, error))
        return NULL;
    g_autoptr(ZpConfig) config = open_config(rulebook, &options, call->name, error);
    g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable();
    Answer answer = {stream, options.answer_bytes};
    int own = *fd;
    if (!config)
        return NULL;
    *fd = -1;
    if (!write_answer(rulebook, call, own, &options, config, &answer, error) ||
        !g_output_stream_write_all(stream, "", 1, NULL, NULL, error) ||
        !g_output_stream_close(stream, NULL, error))
        return NULL;
    return g_memory_output_stream_steal_data(G_MEMORY_OUTPUT_STREAM(stream));
}

char *zp_core_call(const ZpRulebook *rulebook, const ZpCall *call, GError **error)
{
    int fd = call->fd;
    char *answer = answer_call(rulebook, call, &fd, error);
    if (fd >= 0)
        close(fd);
    return answer;
}

char *zp_core_page(const ZpRulebook *rulebook, const char *rule, ZpLang lang, GError **error)
{
    int found = zp_rule_find(rule);
    char *page = found >= 0 ? zp_rulebook_page(rulebook, (ZpRule)found, lang) : NULL;
    if (page)
        return page;
    zp_error_set(error, ZP_ERROR_USAGE, "没有规则 %s", "no rule %s", rule);
    zp_error_meant(error, rule, zp_rule_words());
    return NULL;
}
