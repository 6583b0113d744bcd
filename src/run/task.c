/*
 * task.c - making and freeing a task.
 */
#include "run/task.h"

#include <unistd.h>

ZpTask *zp_task_new(ZpTaskKind kind, const char *path)
{
    ZpTask *task = g_new0(ZpTask, 1);
    task->kind = kind;
    task->path = g_strdup(path);
    task->fd = -1;
    task->spilled_at = task->content_at = -1;
    task->last = ZP_PART_END;
    return task;
}

ZpTask *zp_task_entry(const ZpTask *archive, const char *name, guint64 part)
{
    g_autofree char *path = g_strconcat(archive->path, "!/", name, NULL);
    ZpTask *task = zp_task_new(ZP_TASK_FILE, path);
    task->number = archive->number;
    task->part = part;
    task->stamp = archive->stamp;
    task->is_entry = true;
    task->is_walked = true;
    return task;
}

void zp_task_free(ZpTask *task)
{
    if (!task)
        return;
    if (task->fd >= 0)
        close(task->fd);
    g_clear_error(&task->error);
    g_clear_pointer(&task->record, g_bytes_unref);
    g_clear_pointer(&task->content, g_bytes_unref);
    g_free(task->kept_as);
    g_free(task->held_as);
    g_free(task->path);
    g_free(task);
}
