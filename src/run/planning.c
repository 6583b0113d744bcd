/*
 * planning.c - the walk of a run without its reading; archives go through the pool, whose workers here only list.
 */
#include "run/planning.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/parser.h"
#include "parsers/unpack/unpack.h"
#include "run/input.h"
#include "run/pool.h"
#include "run/unpack_work.h"
#include "run/walk.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* An input: its number in the run is its place in the list. */
typedef struct {
    const char *path; /* in the chunk */
    GError *error;    /* (nullable) */
    guint64 size;
    bool is_walked;
} Input;

/* A document. */
typedef struct {
    guint64 part; /* of an archive's entry; 0: the whole input */
    guint64 cost;
    guint input;
} Unit;

struct ZpPlanning {
    ZpPlanningOptions options;
    GStringChunk *paths;
    GArray *inputs;     /* of Input */
    GArray *units;      /* of Unit, those of an archive before it is done without their input */
    GHashTable *listed; /* of input's number + 1: GArray of Unit */
    guint64 skipped;
    ZpPool *pool;
};

static void clear_input(gpointer data)
{
    Input *input = data;
    g_clear_error(&input->error);
}

static void free_units(gpointer data)
{
    g_array_unref(data);
}

/* --- the worker --- */

static void prepare(guint abilities, gpointer data)
{
    (void)abilities;
    (void)data;
    zp_unpack_prepare();
}

static GBytes *unpack(const ZpAsked *asked, ZpTelling *telling, gpointer data)
{
    (void)data;
    return zp_unpack_list(asked, telling);
}

/* --- what it says --- */

static void open_task(ZpTask *task, gpointer data)
{
    const ZpPlanning *planning = data;
    ZpLimits limits;
    zp_config_limits(planning->options.config, task->path, &planning->options.limits, &limits);
    task->fd = zp_input_open(task->path, (guint)limits.most[ZP_BOUND_INPUT], task->is_walked,
                             &task->size, &task->error);
}

/* Of names that say nothing, which are mostly looked at and passed over, and of what nobody measured. */
#define OTHER_US 130
#define OTHER_NS 1

/*
 * Microseconds of one processor, as the parser of the name says.  What a byte means differs within a format (a scanned
 * page, a form in columns of spaces takes twenty times as long), so shards take about as long, not exactly.
 */
static guint64 cost_of(const char *path, guint64 bytes)
{
    const ZpParser *parser = zp_parser_by_suffix(path);
    if (!parser || !parser->cost.us)
        return OTHER_US + bytes / 1000 * OTHER_NS;
    return parser->cost.us + bytes / 1000 * parser->cost.ns;
}

static void take_entry(const ZpTask *archive, const char *name, const ZpAnswerPart *part,
                       gpointer data)
{
    const ZpPlanning *planning = data;
    gpointer key = GUINT_TO_POINTER((guint)archive->number + 1);
    GArray *units = g_hash_table_lookup(planning->listed, key);
    const Unit unit = {part->part, cost_of(name, part->size), (guint)archive->number};
    if (!units) {
        units = g_array_new(FALSE, FALSE, sizeof(Unit));
        g_hash_table_insert(planning->listed, key, units);
    }
    g_array_append_val(units, unit);
}

static bool is_listed(const ZpTask *task)
{
    g_autoptr(ZpRecord) record = task->record ? zp_record_read(task->record) : NULL;
    return record && record->outcome == ZP_OUTCOME_UNPACKED;
}

/* In its turn: its entries, or the file as one. */
static bool deliver(ZpTask *task, gpointer data, GError **error)
{
    const ZpPlanning *planning = data;
    guint number = (guint)task->number;
    const Input *input = &g_array_index(planning->inputs, Input, number);
    gpointer key = GUINT_TO_POINTER(number + 1);
    const GArray *units = g_hash_table_lookup(planning->listed, key);
    (void)error;
    if (units && is_listed(task)) {
        g_array_append_vals(planning->units, units->data, units->len);
    } else {
        const Unit unit = {0, cost_of(input->path, input->size), number};
        g_array_append_val(planning->units, unit);
    }
    g_hash_table_remove(planning->listed, key);
    if (task->error && planning->options.on_failed)
        planning->options.on_failed(input->path, task->error, planning->options.data);
    return true;
}

ZpPlanning *zp_planning_new(const ZpPlanningOptions *options)
{
    ZpPlanning *planning = g_new0(ZpPlanning, 1);
    planning->options = *options;
    planning->paths = g_string_chunk_new(64 * 1024);
    planning->inputs = g_array_new(FALSE, TRUE, sizeof(Input));
    g_array_set_clear_func(planning->inputs, clear_input);
    planning->units = g_array_new(FALSE, FALSE, sizeof(Unit));
    planning->listed = g_hash_table_new_full(NULL, NULL, NULL, free_units);
    guint seconds = (guint)zp_limits_get(&options->limits, ZP_BOUND_TIME);
    const ZpPoolOptions pool = {
        .jobs = 1,
        .files = ZP_LIMIT_WORKER_FILES,
        .cpu_seconds = seconds,
        .seconds = seconds * ZP_LIMIT_FILE_PATIENCE,
        .ahead = ZP_LIMIT_TASKS_AHEAD,
        .service = {.is_shut_in = !options->no_sandbox,
                    .memory_bytes = zp_limits_get(&options->limits, ZP_BOUND_MEMORY),
                    .record_bytes = zp_limits_get(&options->limits, ZP_BOUND_OUTPUT),
                    .prepare = prepare,
                    .unpack = unpack,
                    .data = planning},
        .open = open_task,
        .passed = take_entry,
        .deliver = deliver,
        .data = planning,
    };
    planning->pool = zp_pool_new(&pool);
    return planning;
}

void zp_planning_free(ZpPlanning *planning)
{
    if (!planning)
        return;
    zp_pool_free(planning->pool);
    g_hash_table_unref(planning->listed);
    g_array_unref(planning->units);
    g_array_unref(planning->inputs);
    g_string_chunk_free(planning->paths);
    g_free(planning);
}

/* --- the walk --- */

/* Only what is called like nothing else can be an archive whose entries are read apart. */
static bool may_be_archive(const char *path, const struct stat *about)
{
    return S_ISREG(about->st_mode) && about->st_size > 0 && !zp_parser_by_suffix(path);
}

static bool add_input(ZpPlanning *planning, const char *path, bool is_walked, const GError *why,
                      GError **error)
{
    struct stat about = {0};
    bool is_there = !why && stat(path, &about) == 0;
    const Input input = {.path = g_string_chunk_insert(planning->paths, path),
                         .error = why ? g_error_copy(why) : NULL,
                         .size = is_there ? (guint64)about.st_size : 0,
                         .is_walked = is_walked};
    if (planning->inputs->len == G_MAXINT) {
        zp_error_set(error, ZP_ERROR_LIMIT, "文件太多", "too many files");
        return false;
    }
    ZpTask *task = zp_task_new(ZP_TASK_FILE, path);
    task->number = planning->inputs->len;
    task->is_walked = is_walked;
    task->is_archive = is_there && may_be_archive(path, &about);
    task->is_done = !task->is_archive;
    if (why)
        task->error = g_error_copy(why);
    else if (task->is_done && !is_walked && access(path, R_OK) != 0)
        zp_error_set(&task->error, ZP_ERROR_IO, "无法读取：%s", "cannot be read: %s",
                     g_strerror(errno));
    g_array_append_val(planning->inputs, input);
    return zp_pool_add(planning->pool, task, error);
}

static bool take_file(const char *path, bool is_found, gpointer data, GError **error)
{
    (void)is_found;
    return add_input(data, path, true, NULL, error);
}

static bool take_failed(const char *path, const GError *why, gpointer data, GError **error)
{
    return add_input(data, path, false, why, error);
}

static void take_skipped(const char *path, bool is_link, gpointer data)
{
    ZpPlanning *planning = data;
    planning->skipped++;
    if (is_link && planning->options.on_link)
        planning->options.on_link(path, planning->options.data);
}

/* A report of our own is one thing that was passed over, whatever is in it. */
static void take_report(const char *path, gpointer data)
{
    take_skipped(path, false, data);
}

bool zp_planning_add(ZpPlanning *planning, const char *path, GError **error)
{
    struct stat about;
    if (stat(path, &about) != 0 || !S_ISDIR(about.st_mode))
        return add_input(planning, path, false, NULL, error);
    guint depth = zp_config_folder_depth(planning->options.config, path);
    const ZpWalk walk = {take_file, take_failed, take_skipped, take_report, depth, planning};
    return zp_walk_folder(path, &walk, error);
}

guint64 zp_planning_end(ZpPlanning *planning, GError **error)
{
    return zp_pool_drain(planning->pool, error) && zp_pool_finish(planning->pool, error)
               ? planning->units->len
               : 0;
}

/* --- the cut --- */

static const Unit *unit_at(const ZpPlanning *planning, guint k)
{
    return k < planning->units->len ? &g_array_index(planning->units, Unit, k) : NULL;
}

/* Where a shard ends: at the unit whose middle lies behind its share of the whole, and so that it has a
 * unit, and each shard behind it. */
static guint end_of(const ZpPlanning *planning, guint begin, guint64 *spent, guint64 share,
                    guint shards_left)
{
    guint most = planning->units->len - shards_left;
    guint end = begin;
    while (end < most) {
        guint64 cost = unit_at(planning, end)->cost;
        if (end > begin && *spent + cost / 2 >= share)
            break;
        *spent += cost;
        end++;
    }
    return end;
}

static void free_entry(gpointer entry)
{
    zp_plan_entry_free(entry);
}

/* Units of one input are one entry, from the first part to the one before the next unit's. */
static GPtrArray *entries_of(const ZpPlanning *planning, guint begin, guint end)
{
    GPtrArray *entries = g_ptr_array_new_with_free_func(free_entry);
    for (guint k = begin; k < end;) {
        const Unit *unit = unit_at(planning, k), *before = k > 0 ? unit_at(planning, k - 1) : NULL;
        const Input *input = &g_array_index(planning->inputs, Input, unit->input);
        ZpPlanEntry *entry = g_new0(ZpPlanEntry, 1);
        while (k < end && unit_at(planning, k)->input == unit->input)
            k++;
        const Unit *next = unit_at(planning, k);
        *entry =
            (ZpPlanEntry){.number = unit->input,
                          .first = before && before->input == unit->input ? unit->part : 0,
                          .last = next && next->input == unit->input ? next->part - 1 : ZP_PART_END,
                          .is_walked = input->is_walked,
                          .error = input->error ? g_error_copy(input->error) : NULL,
                          .path = g_strdup(input->path)};
        g_ptr_array_add(entries, entry);
    }
    return entries;
}

bool zp_planning_write(const ZpPlanning *planning, guint shards, ZpPlan *plan,
                       GOutputStream *stream, GError **error)
{
    guint64 total = 0, spent = 0;
    for (guint k = 0; k < planning->units->len; k++)
        total += unit_at(planning, k)->cost;
    plan->skipped = planning->skipped;
    if (!zp_plan_begin(stream, error))
        return false;
    for (guint shard = 0, begin = 0; shard < shards; shard++) {
        guint64 before = spent;
        guint64 share = (guint64)((unsigned __int128)total * (shard + 1) / shards);
        guint end = end_of(planning, begin, &spent, share, shards - shard - 1);
        if (shard + 1 == shards) /* whatever rounding left */
            for (; end < planning->units->len; end++)
                spent += unit_at(planning, end)->cost;
        g_autoptr(GPtrArray) entries = entries_of(planning, begin, end);
        if (!zp_plan_write(plan, entries, end - begin, spent - before, stream, error))
            return false;
        begin = end;
    }
    return zp_plan_end(plan, stream, error);
}
