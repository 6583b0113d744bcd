/*
 * end.c - why a worker has not answered, in words.
 */
#include "run/end.h"

#include "base/error.h"

static const struct {
    ZpEnd end;
    const char *zh, *en;
} ENDS[] = {
    {ZP_END_TIME, "读取超过时间上限（ZP_LIMIT_FILE_SECONDS，--max-time）而中止",
     "reading it took longer than the limit (ZP_LIMIT_FILE_SECONDS, --max-time) and was ended"},
    {ZP_END_MEMORY, "读取需要的内存超过上限（ZP_LIMIT_WORKER_BYTES，--max-memory）",
     "reading it takes more memory than the limit (ZP_LIMIT_WORKER_BYTES, --max-memory)"},
    {ZP_END_OUTPUT, "读取结果超过大小上限（ZP_LIMIT_RECORD_BYTES，--max-output）",
     "what was read of it is larger than the limit (ZP_LIMIT_RECORD_BYTES, --max-output)"},
    {ZP_END_PROTOCOL, "读取它的工作进程回答有误，结果没有采用；请报告这个文件",
     "the worker that read it gave an unsound answer, which was not used; please report the file"},
};

void zp_end_set_error(ZpEnd end, int number, GError **error)
{
    for (gsize k = 0; k < G_N_ELEMENTS(ENDS); k++) {
        if (ENDS[k].end == end) {
            zp_error_set(error, ZP_ERROR_LIMIT, "%s%.0s", "%.0s%s", ENDS[k].zh, ENDS[k].en);
            return;
        }
    }
    /* A library that gives up ends its process without a signal. */
    g_autofree char *zh = number ? g_strdup_printf("（信号 %d）", number) : g_strdup("");
    g_autofree char *en = number ? g_strdup_printf(" (signal %d)", number) : g_strdup("");
    zp_error_set(
        error, ZP_ERROR_DAMAGED, "读取它的工作进程意外结束%s%.0s，重试一次也是如此；请报告这个文件",
        "the worker that read it ended unexpectedly%.0s%s, twice; please report the file", zh, en);
}
