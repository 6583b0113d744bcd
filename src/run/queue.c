/*
 * queue.c - a list, and a spill file whose space is taken anew whenever nothing in it is wanted.
 */
#include "run/queue.h"

#include "base/error.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

struct ZpQueue {
    GQueue tasks;    /* of ZpTask */
    gsize waiting;   /* bytes of answers in memory */
    int spill;       /* the file; -1: none yet */
    goffset end;     /* of what the file holds */
    guint n_spilled; /* answers in the file that are still to come back */
};

ZpQueue *zp_queue_new(void)
{
    ZpQueue *queue = g_new0(ZpQueue, 1);
    g_queue_init(&queue->tasks);
    queue->spill = -1;
    return queue;
}

static void free_task(gpointer task)
{
    zp_task_free(task);
}

void zp_queue_free(ZpQueue *queue)
{
    if (!queue)
        return;
    g_queue_clear_full(&queue->tasks, free_task);
    if (queue->spill >= 0)
        close(queue->spill);
    g_free(queue);
}

void zp_queue_push(ZpQueue *queue, ZpTask *task)
{
    queue->waiting += task->record ? g_bytes_get_size(task->record) : 0;
    g_queue_push_tail(&queue->tasks, task);
}

guint zp_queue_length(const ZpQueue *queue)
{
    return queue->tasks.length;
}

static bool set_spill_error(GError **error)
{
    zp_error_set(error, ZP_ERROR_OUTPUT, "临时文件出错：%s；请检查 TMPDIR 所在的磁盘",
                 "a temporary file failed: %s; check the disk of TMPDIR", g_strerror(errno));
    return false;
}

/* A file without a name, which goes with the process whatever happens to it. */
static int open_spill(void)
{
    int fd = open(g_get_tmp_dir(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
        return fd;
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "ziping-XXXXXX", NULL);
    fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
        unlink(path);
    return fd;
}

static bool write_at(int fd, const guint8 *data, gsize size, goffset at)
{
    while (size > 0) {
        gssize n = pwrite(fd, data, size, at);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            data += n;
            size -= (gsize)n;
            at += n;
        }
    }
    return true;
}

static bool read_at(int fd, guint8 *data, gsize size, goffset at)
{
    while (size > 0) {
        gssize n = pread(fd, data, size, at);
        if (n == 0)
            errno = EIO;
        if (n == 0 || (n < 0 && errno != EINTR))
            return false;
        if (n > 0) {
            data += n;
            size -= (gsize)n;
            at += n;
        }
    }
    return true;
}

static bool spill(ZpQueue *queue, ZpTask *task, GBytes *record, GError **error)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(record, &size);
    if (queue->spill < 0)
        queue->spill = open_spill();
    if (queue->spill < 0 || !write_at(queue->spill, data, size, queue->end))
        return set_spill_error(error);
    task->spilled_at = queue->end;
    task->spilled_size = size;
    queue->end += (goffset)size;
    queue->n_spilled++;
    return true;
}

bool zp_queue_settle(ZpQueue *queue, ZpTask *task, GBytes *record, GError **error)
{
    task->is_done = true;
    gsize size = record ? g_bytes_get_size(record) : 0;
    /* The first one's turn is now. */
    bool is_first = task == g_queue_peek_head(&queue->tasks);
    if (!is_first && queue->waiting + size > ZP_LIMIT_WAITING_BYTES)
        return spill(queue, task, record, error);
    queue->waiting += size;
    task->record = record ? g_bytes_ref(record) : NULL;
    return true;
}

static bool fetch(ZpQueue *queue, ZpTask *task, GError **error)
{
    g_autofree guint8 *data = g_malloc(task->spilled_size);
    if (!read_at(queue->spill, data, task->spilled_size, task->spilled_at))
        return set_spill_error(error);
    task->record = g_bytes_new_take(g_steal_pointer(&data), task->spilled_size);
    task->spilled_at = -1;
    if (--queue->n_spilled > 0)
        return true;
    queue->end = 0;
    return ftruncate(queue->spill, 0) == 0 || set_spill_error(error);
}

bool zp_queue_pop(ZpQueue *queue, ZpTask **task, GError **error)
{
    ZpTask *first = g_queue_peek_head(&queue->tasks);
    *task = NULL;
    if (!first || !first->is_done)
        return true;
    if (first->spilled_at >= 0) {
        if (!fetch(queue, first, error))
            return false;
    } else if (first->record) {
        queue->waiting -= g_bytes_get_size(first->record);
    }
    *task = g_queue_pop_head(&queue->tasks);
    return true;
}
