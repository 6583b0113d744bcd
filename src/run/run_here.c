/*
 * run_here.c - a run without workers: this process reads, one input after the other.
 *
 * For a program that links the library and wants no further process.  Nothing stands between it and what a stranger
 * wrote: no sandbox, no limit on time or memory, and a crash is the program's.  What only a process of its own can do, to
 * take archives apart and to start an office program, is not done, and said.
 */
#include "run/run_private.h"

#include "base/error.h"
#include "parsers/pdf/pdf.h"

#include <unistd.h>

/* The module is loaded for the first PDF; where it cannot be, reading says why. */
static ZpRecord *read_input(const ZpRun *run, const ZpTask *task)
{
    ZpAsked asked = {.path = task->path,
                     .fd = task->fd,
                     .is_found = task->is_found,
                     .is_entry = task->is_ledger,
                     .abilities = task->needs};
    if (asked.abilities & ZP_ABILITY_PDF)
        zp_pdf_load(NULL);
    ZpRecord *record = zp_work_file(&run->work, &asked);
    if (record->outcome != ZP_OUTCOME_NEEDS_PDF)
        return record;
    zp_record_free(record);
    zp_pdf_load(NULL);
    lseek(task->fd, 0, SEEK_SET);
    asked.abilities |= ZP_ABILITY_PDF;
    return zp_work_file(&run->work, &asked);
}

static void set_needs_worker(ZpTask *task, ZpOutcome outcome)
{
    if (outcome == ZP_OUTCOME_ARCHIVE)
        zp_error_set(&task->error, ZP_ERROR_KIND,
                     "压缩包和邮件要由工作进程拆开，而这里没有工作进程；请让它用工作进程，或先解压",
                     "archives and mails are taken apart by worker processes, and there are none "
                     "here; ask for workers, or unpack it");
    else if (outcome != ZP_OUTCOME_READ && outcome != ZP_OUTCOME_SKIPPED)
        zp_error_set(&task->error, ZP_ERROR_KIND,
                     "这种文件只有工作进程能读，而这里没有工作进程；请让它用工作进程",
                     "only worker processes read such a file, and there are none here; ask for "
                     "workers");
}

bool zp_run_here(ZpRun *run, ZpTask *task, GError **error)
{
    g_autoptr(ZpTask) own = task;
    if (own->error && own->error->code == ZP_ERROR_STARVED) {
        g_propagate_error(error, g_steal_pointer(&own->error));
        return false;
    }
    if (own->kind == ZP_TASK_FILE && !own->error && !own->record) {
        g_autoptr(ZpRecord) record = read_input(run, own);
        set_needs_worker(own, record->outcome);
        own->record = own->error ? NULL : zp_record_write(record);
    }
    return zp_run_deliver(own, run, error);
}
