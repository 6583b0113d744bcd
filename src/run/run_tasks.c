/*
 * run_tasks.c - tasks by what a name says of its file.
 */
#include "parsers/image/image.h"
#include "parsers/pdf/pdf.h"
#include "run/run_private.h"

/* What a reader needs. */
static guint abilities_of(const ZpParser *parser)
{
    if (parser == &zp_image_parser && zp_image_is_wanted())
        return ZP_ABILITY_IMAGE;
    return parser == &zp_pdf_parser ? ZP_ABILITY_PDF : 0;
}

guint zp_run_abilities(const char *path)
{
    return abilities_of(zp_parser_by_suffix(path));
}

void zp_run_describe(ZpTask *task)
{
    const ZpParser *parser = zp_parser_by_suffix(task->path);
    task->is_found = task->is_walked && !parser;
    task->needs = abilities_of(parser);
}

bool zp_run_mark_folder(ZpRun *run, ZpTaskKind kind, const char *path, GError **error)
{
    ZpTask *task = zp_task_new(kind, path);
    task->is_done = true;
    return run->pool ? zp_pool_add(run->pool, task, error) : zp_run_here(run, task, error);
}
