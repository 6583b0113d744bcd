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
    GList *found;    /* (nullable) the task that was inserted before last: it will be again */
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

void zp_queue_insert(ZpQueue *queue, const ZpTask *before, ZpTask *task)
{
    if (!queue->found || queue->found->data != before)
        queue->found = g_queue_find(&queue->tasks, before);
    queue->waiting += task->record ? g_bytes_get_size(task->record) : 0;
    g_queue_insert_before_link(&queue->tasks, queue->found, g_list_prepend(NULL, task));
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

/* Where it is now; -1 with an error. */
static goffset spill_bytes(ZpQueue *queue, const guint8 *data, gsize size, GError **error)
{
    goffset at = queue->end;
    if (queue->spill < 0)
        queue->spill = open_spill();
    if (queue->spill < 0 || !write_at(queue->spill, data, size, at)) {
        set_spill_error(error);
        return -1;
    }
    queue->end += (goffset)size;
    queue->n_spilled++;
    return at;
}

static bool spill(ZpQueue *queue, ZpTask *task, GBytes *record, GError **error)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(record, &size);
    task->spilled_at = spill_bytes(queue, data, size, error);
    task->spilled_size = size;
    return task->spilled_at >= 0;
}

bool zp_queue_keep(ZpQueue *queue, ZpTask *task, GError **error)
{
    g_autofree guint8 *data = g_malloc(task->size + 1);
    if (!read_at(task->fd, data, task->size, 0))
        return set_spill_error(error);
    close(task->fd);
    task->fd = -1;
    if (task == g_queue_peek_head(&queue->tasks)) {
        task->content = g_bytes_new_take(g_steal_pointer(&data), task->size);
        return true;
    }
    task->content_at = spill_bytes(queue, data, task->size, error);
    return task->content_at >= 0;
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

/* What was spilled, back in memory; the file begins anew when nothing in it is wanted. */
static GBytes *fetch(ZpQueue *queue, goffset at, gsize size, GError **error)
{
    g_autofree guint8 *data = g_malloc(size + 1);
    if (!read_at(queue->spill, data, size, at)) {
        set_spill_error(error);
        return NULL;
    }
    if (--queue->n_spilled == 0) {
        queue->end = 0;
        if (ftruncate(queue->spill, 0) != 0) {
            set_spill_error(error);
            return NULL;
        }
    }
    return g_bytes_new_take(g_steal_pointer(&data), size);
}

bool zp_queue_pop(ZpQueue *queue, ZpTask **task, GError **error)
{
    ZpTask *first = g_queue_peek_head(&queue->tasks);
    *task = NULL;
    if (!first || !first->is_done)
        return true;
    if (first->content_at >= 0) {
        first->content = fetch(queue, first->content_at, first->size, error);
        first->content_at = -1;
        if (!first->content)
            return false;
    }
    if (first->spilled_at >= 0) {
        first->record = fetch(queue, first->spilled_at, first->spilled_size, error);
        first->spilled_at = -1;
        if (!first->record)
            return false;
    } else if (first->record) {
        queue->waiting -= g_bytes_get_size(first->record);
    }
    if (queue->found == queue->tasks.head)
        queue->found = NULL;
    *task = g_queue_pop_head(&queue->tasks);
    return true;
}
