/*
 * marking.c - one task for a pool of one worker.
 *
 *     answer   | 1 | the copy |        or    | 0 | code | why in Chinese | 0 | in English | 0 |
 */
#include "run/marking.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "parsers/mark.h"
#include "parsers/pdf/pdf.h"
#include "run/end.h"
#include "run/input.h"
#include "run/pool.h"

#include <string.h>
#include <sys/mman.h>

typedef struct {
    const ZpMarkingOptions *options;
    GBytes *answer;
    ZpEnd end;
    int signal;
    GError *error; /* (nullable) the input cannot be opened */
} Marking;

static GBytes *failed(const GError *error)
{
    GByteArray *bytes = g_byte_array_new();
    const guint8 head[] = {0, (guint8)error->code};
    const char *zh = zp_error_text(error, ZP_LANG_ZH), *en = zp_error_text(error, ZP_LANG_EN);
    g_byte_array_append(bytes, head, sizeof head);
    g_byte_array_append(bytes, (const guint8 *)zh, (guint)strlen(zh) + 1);
    g_byte_array_append(bytes, (const guint8 *)en, (guint)strlen(en) + 1);
    return g_byte_array_free_to_bytes(bytes);
}

static GBytes *succeeded(GBytes *copy)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(copy, &size);
    GByteArray *bytes = g_byte_array_sized_new((guint)size + 1);
    const guint8 head = 1;
    g_byte_array_append(bytes, &head, 1);
    g_byte_array_append(bytes, data, (guint)size);
    return g_byte_array_free_to_bytes(bytes);
}

static bool is_as_read(GBytes *input, const char *sha256, GError **error)
{
    g_autofree char *now = zp_sha256_of_bytes(input);
    if (!sha256 || strcmp(now, sha256) == 0)
        return true;
    zp_error_set(error, ZP_ERROR_IO, "文件在检查之后有改动，没有标注",
                 "the file has changed since it was checked, so it was not marked");
    return false;
}

/* In the worker: the input to the copy. */
static ZpOutcome answer(const ZpAsked *asked, GBytes **record, gpointer data)
{
    const Marking *marking = data;
    const ZpMarkingOptions *options = marking->options;
    const ZpReadOptions reading = {.password = options->password, .limits = &options->limits};
    g_autoptr(GError) error = NULL;
    guint limit = (guint)zp_limits_get(&options->limits, ZP_BOUND_INPUT);
    g_autoptr(GBytes) input = zp_input_read_open(asked->fd, limit, &error);
    g_autoptr(GBytes) copy = NULL;
    if (input && is_as_read(input, options->marks->sha256, &error))
        copy = zp_mark(options->format, input, options->marks, &reading, &error);
    *record = copy ? succeeded(copy) : failed(error);
    return ZP_OUTCOME_READ;
}

/* In the worker, before it is shut in: what it may write to, and what cannot be loaded later. */
static void prepare(guint abilities, gpointer data)
{
    const Marking *marking = data;
    if (!(abilities & ZP_ABILITY_PDF))
        return;
    zp_pdf_load(NULL);
    marking->options->marks->scratch = memfd_create("ziping", MFD_CLOEXEC);
}

static void open_input(ZpTask *task, gpointer data)
{
    const Marking *marking = data;
    guint limit = (guint)zp_limits_get(&marking->options->limits, ZP_BOUND_INPUT);
    if (marking->options->content)
        task->fd = zp_input_hold(marking->options->content, &task->error);
    else
        task->fd = zp_input_open(task->path, limit, false, &task->size, &task->error);
}

static bool deliver(ZpTask *task, gpointer data, GError **error)
{
    Marking *marking = data;
    (void)error;
    marking->answer = task->record ? g_bytes_ref(task->record) : NULL;
    marking->end = task->end;
    marking->signal = task->signal;
    marking->error = task->error ? g_error_copy(task->error) : NULL;
    return true;
}

/* What the worker says, which may have been taken over by what it read. */
static GBytes *read_answer(const Marking *marking, GError **error)
{
    gsize size = 0;
    const char *data = marking->answer ? g_bytes_get_data(marking->answer, &size) : NULL;
    if (size > 1 && data[0] == 1)
        return g_bytes_new_from_bytes(marking->answer, 1, size - 1);
    const char *zh = size > 4 ? data + 2 : NULL;
    const char *en = zh ? memchr(zh, '\0', size - 2) : NULL;
    bool is_sound = en && data[size - 1] == '\0' && en + 1 < data + size &&
                    g_utf8_validate(zh, -1, NULL) && g_utf8_validate(en + 1, -1, NULL);
    if (is_sound)
        zp_error_set(error, (ZpErrorCode)MIN((guint8)data[1], ZP_ERROR_STARVED), "%s%.0s", "%.0s%s",
                     zh, en + 1);
    else
        zp_end_set_error(marking->answer ? ZP_END_PROTOCOL : marking->end, marking->signal, error);
    return NULL;
}

GBytes *zp_marking_run(const ZpMarkingOptions *options, GError **error)
{
    Marking marking = {.options = options};
    guint seconds = (guint)zp_limits_get(&options->limits, ZP_BOUND_TIME);
    guint64 most = zp_limits_get(&options->limits, ZP_BOUND_OUTPUT);
    const ZpPoolOptions pool_options = {
        .jobs = 1,
        .files = 1,
        .cpu_seconds = seconds,
        .seconds = seconds * ZP_LIMIT_FILE_PATIENCE,
        .ahead = 1,
        .service = {.is_shut_in = !options->no_sandbox,
                    .memory_bytes = zp_limits_get(&options->limits, ZP_BOUND_MEMORY),
                    .write_bytes = most,
                    .record_bytes = most,
                    .prepare = prepare,
                    .answer = answer,
                    .data = &marking},
        .open = open_input,
        .deliver = deliver,
        .data = &marking,
    };
    g_autoptr(ZpPool) pool = zp_pool_new(&pool_options);
    ZpTask *task = zp_task_new(ZP_TASK_FILE, options->path);
    task->needs = zp_parser_by_name(options->format) == &zp_pdf_parser ? ZP_ABILITY_PDF : 0;
    bool done =
        zp_pool_add(pool, task, error) && zp_pool_drain(pool, error) && zp_pool_finish(pool, error);
    GBytes *copy = NULL;
    if (done && marking.error)
        g_propagate_error(error, g_steal_pointer(&marking.error));
    else if (done)
        copy = read_answer(&marking, error);
    g_clear_pointer(&marking.answer, g_bytes_unref);
    g_clear_error(&marking.error);
    return copy;
}
