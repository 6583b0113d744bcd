/*
 * opener.c - what the worker of an archive says, each message a row of TAKERS.
 *
 * Its numbers of entries only grow, so whatever a worker that was taken over may say comes to an end.
 */
#include "run/opener.h"

#include "base/error.h"
#include "base/limits.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Bytes of files that may wait for a worker, beside the one that waits first. */
#define WAITING_BYTES (32u * 1024 * 1024)
/* Workers that an entry, or the archive, may have; one that took too long is not tried again. */
#define TRIES 2

void zp_opener_init(ZpOpener *opener, const ZpPoolOptions *options, ZpQueue *queue)
{
    *opener = (ZpOpener){.options = options, .queue = queue, .fd = -1};
    g_queue_init(&opener->waiting);
    g_queue_init(&opener->files);
}

static void forget_entry(ZpOpener *opener)
{
    g_clear_pointer(&opener->name, g_free);
    if (opener->fd >= 0)
        close(opener->fd);
    opener->fd = -1;
    opener->size = 0;
}

void zp_opener_clear(ZpOpener *opener)
{
    int ignored;
    if (opener->worker)
        kill(opener->worker->process.pid, SIGKILL);
    zp_opener_finish(opener, &ignored);
    forget_entry(opener);
    g_queue_clear(&opener->waiting);
    g_queue_clear(&opener->files);
}

void zp_opener_add(ZpOpener *opener, ZpTask *task)
{
    if (!task->is_archive) {
        ZpTask *mark = zp_task_new(ZP_TASK_FOLDER_BEGINS, task->path);
        mark->is_done = true;
        zp_queue_insert(opener->queue, task, mark);
    }
    task->is_archive = true;
    task->part = ZP_PART_END;
    task->tries = 0;
    g_clear_pointer(&task->kept_as, g_free);
    g_queue_push_tail(&opener->waiting, task);
}

ZpTask *zp_opener_next(const ZpOpener *opener)
{
    return g_queue_peek_head((GQueue *)&opener->files);
}

ZpTask *zp_opener_pop(ZpOpener *opener)
{
    ZpTask *task = g_queue_pop_head(&opener->files);
    opener->bytes -= task->size;
    return task;
}

static bool has_room(const ZpOpener *opener)
{
    return opener->files.length == 0 ||
           (opener->files.length <= opener->options->jobs && opener->bytes < WAITING_BYTES);
}

static void watch_anew(ZpOpener *opener, gint64 waited)
{
    zp_stopwatch_start(&opener->worker->stopwatch, opener->worker->process.pid, waited);
}

/* The archive that waits longest, to a worker that is there or a new one. */
static bool start_next(ZpOpener *opener, gint64 waited, bool is_busy, GError **error)
{
    g_autoptr(GError) why = NULL;
    if (!opener->worker) {
        ZpService service = opener->options->service;
        service.abilities = ZP_ABILITY_UNPACK | opener->abilities;
        opener->worker = zp_staffer_start(&service, &why);
    }
    if (!opener->worker) {
        if (!is_busy)
            g_propagate_error(error, g_steal_pointer(&why));
        return is_busy;
    }
    opener->archive = g_queue_pop_head(&opener->waiting);
    opener->n_entries = 0;
    watch_anew(opener, waited);
    /* One that is gone is found out when its answers end. */
    zp_worker_send(&opener->worker->process, opener->archive);
    return true;
}

/* --- what its worker says --- */

typedef struct {
    const guint8 *data;
    gsize size;
} Said;

/* Of an entry: its part, which must grow, and its name. */
static char *read_name(ZpOpener *opener, const Said *said, ZpAnswerPart *part)
{
    if (said->size <= sizeof *part || said->size > sizeof *part + ZP_LIMIT_ENTRY_PATH)
        return NULL;
    memcpy(part, said->data, sizeof *part);
    gsize length = said->size - sizeof *part;
    const char *name = (const char *)said->data + sizeof *part;
    bool is_sound = part->part > opener->archive->after && part->part > opener->part &&
                    part->part < ZP_PART_END && !memchr(name, '\0', length) &&
                    ++opener->n_entries <= 2 * ZP_LIMIT_ARCHIVE_ENTRIES;
    return is_sound ? g_strndup(name, length) : NULL;
}

/* An entry whose name is known: a task in the queue. */
static ZpTask *end_entry(ZpOpener *opener)
{
    ZpTask *task = zp_task_entry(opener->archive, opener->name, opener->part);
    task->passed = opener->archive->passed;
    opener->archive->passed = 0;
    opener->archive->after = opener->part;
    opener->tries = 0;
    zp_queue_insert(opener->queue, opener->archive, task);
    return task;
}

/* Each taker says whether the message made sense; what the system does not give is set as starved, or as an error. */

static bool take_beginning(ZpOpener *opener, const Said *said, GError **error)
{
    ZpAnswerPart part;
    char *name = read_name(opener, said, &part);
    (void)error;
    if (!name)
        return false;
    forget_entry(opener);
    opener->name = name;
    opener->part = part.part;
    return true;
}

static bool take_passed(ZpOpener *opener, const Said *said, GError **error)
{
    ZpAnswerPart part;
    g_autofree char *name = read_name(opener, said, &part);
    (void)error;
    if (!name)
        return false;
    forget_entry(opener);
    opener->part = opener->archive->after = part.part;
    opener->archive->passed++;
    opener->options->passed(opener->archive, name, &part, opener->options->data);
    return true;
}

static bool open_file(ZpOpener *opener)
{
    if (opener->fd < 0)
        opener->fd = memfd_create("entry", MFD_CLOEXEC);
    opener->is_starved = opener->fd < 0;
    return !opener->is_starved;
}

static bool take_bytes(ZpOpener *opener, const Said *said, GError **error)
{
    if (!opener->name || said->size > ZP_ANSWER_CHUNK ||
        opener->size + said->size > opener->options->entry_bytes)
        return false;
    if (!open_file(opener))
        return true;
    for (gsize done = 0; done < said->size;) {
        gssize n = write(opener->fd, said->data + done, said->size - done);
        if (n < 0 && errno != EINTR) {
            zp_error_set(
                error, ZP_ERROR_STARVED, "压缩包里的文件解开后存不下：%s（内存、ulimit -f）",
                "a file of an archive cannot be held: %s (memory, ulimit -f)", g_strerror(errno));
            return true;
        }
        done += (gsize)MAX(n, 0);
    }
    opener->size += said->size;
    return true;
}

static bool take_file(ZpOpener *opener, const Said *said, GError **error)
{
    (void)error;
    if (!opener->name || said->size > 0)
        return false;
    if (!open_file(opener))
        return true;
    ZpTask *task = end_entry(opener);
    lseek(opener->fd, 0, SEEK_SET);
    task->fd = opener->fd;
    task->size = opener->size;
    opener->fd = -1;
    opener->bytes += task->size;
    g_queue_push_tail(&opener->files, task);
    forget_entry(opener);
    return true;
}

static bool take_failure(ZpOpener *opener, const Said *said, GError **error)
{
    if (!opener->name)
        return false;
    ZpTask *task = end_entry(opener);
    forget_entry(opener);
    g_autoptr(GBytes) record = g_bytes_new(said->data, said->size);
    zp_queue_settle(opener->queue, task, record, error);
    return true;
}

static bool settle_archive(ZpOpener *opener, GBytes *record, ZpEnd end, GError **error)
{
    ZpTask *task = g_steal_pointer(&opener->archive);
    forget_entry(opener);
    opener->part = 0;
    opener->tries = 0;
    if (task->fd >= 0)
        close(task->fd);
    task->fd = -1;
    task->end = end;
    return zp_queue_settle(opener->queue, task, record, error);
}

static bool take_end(ZpOpener *opener, const Said *said, GError **error)
{
    g_autoptr(GBytes) record = g_bytes_new(said->data, said->size);
    settle_archive(opener, record, ZP_END_NONE, error);
    if (++opener->worker->n_files >= opener->options->files)
        zp_staff_retire(opener->worker);
    return true;
}

/* Another worker goes on with what this one cannot. */
static bool take_need(ZpOpener *opener, const Said *said, GError **error)
{
    (void)error;
    if (said->size > 0 || (opener->worker->abilities & ZP_ABILITY_MAIL))
        return false;
    opener->abilities |= ZP_ABILITY_MAIL;
    forget_entry(opener);
    opener->part = 0;
    g_queue_push_head(&opener->waiting, g_steal_pointer(&opener->archive));
    zp_staff_retire(opener->worker);
    return true;
}

static const struct {
    guint outcome;
    bool (*take)(ZpOpener *opener, const Said *said, GError **error);
} TAKERS[] = {
    {ZP_ANSWER_BEGINS, take_beginning}, {ZP_ANSWER_BYTES, take_bytes},
    {ZP_ANSWER_FILE, take_file},        {ZP_ANSWER_FAILED, take_failure},
    {ZP_ANSWER_PASSED, take_passed},    {ZP_OUTCOME_UNPACKED, take_end},
    {ZP_ANSWER_NEEDS_MAIL, take_need},
};

static bool take(ZpOpener *opener, const ZpAnswerHead *head, const guint8 *data, GError **error)
{
    const Said said = {data, head->size};
    for (gsize k = 0; k < G_N_ELEMENTS(TAKERS); k++) {
        if (TAKERS[k].outcome == head->outcome)
            return TAKERS[k].take(opener, &said, error);
    }
    return false;
}

static void stop(ZpOpener *opener, ZpEnd end)
{
    opener->worker->end = end;
    kill(opener->worker->process.pid, SIGKILL);
}

/* One message that is whole; false: there is none, or no room for what it brings. */
static bool take_one(ZpOpener *opener, gsize *taken, gint64 waited, GError **error)
{
    GByteArray *in = opener->worker->in;
    ZpAnswerHead head;
    if (!opener->archive || opener->worker->end != ZP_END_NONE || !has_room(opener) ||
        in->len - *taken < sizeof head)
        return false;
    memcpy(&head, in->data + *taken, sizeof head);
    bool is_sound = head.number == opener->archive->number &&
                    head.size <= opener->options->service.record_bytes;
    if (is_sound && in->len - *taken - sizeof head < head.size)
        return false;
    if (!is_sound || !take(opener, &head, in->data + *taken + sizeof head, error)) {
        stop(opener, ZP_END_PROTOCOL);
        return false;
    }
    if (opener->is_starved || *error)
        return false;
    if (head.outcome != ZP_ANSWER_BYTES)
        watch_anew(opener, waited);
    *taken += sizeof head + head.size;
    return true;
}

static bool take_all(ZpOpener *opener, gint64 waited, GError **error)
{
    g_autoptr(GError) why = NULL;
    gsize taken = 0;
    opener->is_starved = false;
    while (take_one(opener, &taken, waited, &why))
        continue;
    if (taken > 0)
        g_byte_array_remove_range(opener->worker->in, 0, (guint)taken);
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    return !*error;
}

bool zp_opener_go(ZpOpener *opener, gint64 waited, bool is_busy, GError **error)
{
    g_autoptr(GError) why = NULL;
    bool may_wait = is_busy || opener->files.length > 0;
    if (opener->worker && opener->archive)
        take_all(opener, waited, &why);
    if (!why && !opener->archive && opener->waiting.length > 0 &&
        (!opener->worker || !opener->worker->is_retiring))
        start_next(opener, waited, may_wait, &why);
    if (!why && opener->is_starved && !may_wait)
        zp_error_set(&why, ZP_ERROR_STARVED, "压缩包里的文件打不开：%s（ulimit -n）",
                     "a file of an archive cannot be opened: %s (ulimit -n)", g_strerror(errno));
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    return !error || !*error;
}

int zp_opener_answers(const ZpOpener *opener)
{
    bool listens = opener->worker && (opener->archive ? has_room(opener) && !opener->is_starved
                                                      : opener->worker->is_retiring);
    return listens ? opener->worker->process.answers : -1;
}

/* The worker is gone: once more from where it was, without the entry that it died of, or not at all. */
static bool bury(ZpOpener *opener, GError **error)
{
    int number = 0;
    ZpEnd stopped = opener->worker->end;
    ZpEnd end = zp_opener_finish(opener, &number);
    if (stopped != ZP_END_NONE)
        end = stopped;
    if (!opener->archive)
        return true;
    if (end == ZP_END_OPEN) {
        zp_error_set(error, ZP_ERROR_IO,
                     "工作进程没能完全隔离，因此没有读取文件；“ziping doctor” 会说明原因",
                     "a worker process could not be shut in, so nothing was read; `ziping doctor` "
                     "says why");
        return false;
    }
    end = end == ZP_END_NONE ? ZP_END_CRASH : end;
    bool is_over = end == ZP_END_TIME || ++opener->tries >= TRIES;
    opener->archive->signal = number;
    if (is_over && !opener->name)
        return settle_archive(opener, NULL, end, error);
    if (is_over) {
        ZpTask *task = end_entry(opener);
        task->signal = number;
        task->end = end;
        if (!zp_queue_settle(opener->queue, task, NULL, error))
            return false;
    }
    forget_entry(opener);
    opener->part = 0;
    g_queue_push_head(&opener->waiting, g_steal_pointer(&opener->archive));
    return true;
}

bool zp_opener_hear(ZpOpener *opener, gint64 waited, GError **error)
{
    g_autoptr(GError) why = NULL;
    bool is_alive = zp_staffer_read(opener->worker);
    opener->worker->stopwatch.wall = waited;
    bool done = take_all(opener, waited, &why) && (is_alive || bury(opener, &why));
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    return done;
}

gint64 zp_opener_left(ZpOpener *opener, gint64 waited)
{
    if (zp_opener_answers(opener) < 0 || opener->worker->end != ZP_END_NONE)
        return G_MAXINT64;
    gint64 left = opener->archive
                      ? zp_stopwatch_left(&opener->worker->stopwatch, opener->options->cpu_seconds,
                                          opener->options->seconds, waited)
                      : zp_staffer_left(opener->worker, waited);
    if (left <= 0)
        stop(opener, ZP_END_TIME);
    return left;
}

ZpEnd zp_opener_finish(ZpOpener *opener, int *signal)
{
    if (!opener->worker)
        return ZP_END_NONE;
    zp_staff_retire(opener->worker);
    ZpEnd end = zp_worker_end(&opener->worker->process, signal);
    g_clear_pointer(&opener->worker, zp_staffer_free);
    return end;
}
