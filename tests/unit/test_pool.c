/* What the pool makes of workers that answer, die, hang, babble and lie. */
#include "base/error.h"
#include "base/limits.h"
#include "run/pool.h"
#include "run/queue.h"
#include "table.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define RECORD_BYTES 100000
#define CPU_SECONDS  1

/* Where a worker gets its requests. */
#define REQUESTS_FD 3

/* Whether a worker that was taken over finds a further request, and with it a file, while it has one. */
static bool can_take_more(void)
{
    char byte;
    g_usleep(50000);
    return recv(REQUESTS_FD, &byte, 1, MSG_DONTWAIT | MSG_PEEK) > 0;
}

static bool is_deaf;

/* Instead of the system's: a deaf worker does not hear that its requests have ended. */
ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
    ssize_t n = syscall(SYS_recvmsg, fd, message, flags);
    while (n == 0 && is_deaf)
        pause();
    return n;
}

/* The word in a path says what the worker does of it; what it answers is the path. */
static ZpOutcome answer(const ZpAsked *asked, GBytes **record, gpointer data)
{
    const char *inside = strstr(asked->path, "!/"), *path = inside ? inside : asked->path;
    if (strchr(asked->path, '+') && !asked->is_entry)
        return ZP_OUTCOME_ARCHIVE;
    if (strstr(path, "crash"))
        abort();
    if (strstr(path, "leave"))
        _exit(3);
    for (volatile int turns = 0; strstr(path, "hang");)
        turns = (turns + 1) & 0xff;
    if (strstr(path, "wait"))
        pause();
    if (strstr(path, "nap")) /* what a loaded machine makes of a sound file */
        g_usleep(G_USEC_PER_SEC * CPU_SECONDS * 3 / 2);
    if (strstr(path, "twice") && __sync_fetch_and_add((int *)data, 1) > 0)
        return ZP_OUTCOME_READ; /* it would come to an end when tried again */
    for (volatile int turns = 0; strstr(path, "twice");)
        turns = (turns + 1) & 0xff;
    if (strstr(path, "large"))
        *record = g_bytes_new_take(g_malloc0(RECORD_BYTES + 1), RECORD_BYTES + 1);
    else if (strstr(path, "long") || (strstr(path, "greedy") && can_take_more()))
        *record = g_bytes_new_take(g_strnfill(RECORD_BYTES, 'x'), RECORD_BYTES);
    else
        *record = g_bytes_new(asked->path, strlen(asked->path));
    if (strstr(path, "once") && __sync_fetch_and_add((int *)data, 1) == 0)
        raise(SIGKILL);
    if (strstr(path, "lie"))
        return ZP_OUTCOME_COUNT;
    is_deaf = strstr(path, "deaf");
    if (strstr(path, "pdf") && !(asked->abilities & ZP_ABILITY_PDF))
        return ZP_OUTCOME_NEEDS_PDF;
    return ZP_OUTCOME_READ;
}

/* The words of an archive's path are its entries; one with "bad" ends the worker whenever it begins. */
static GBytes *unpack(const ZpAsked *asked, ZpTelling *telling, gpointer data)
{
    g_auto(GStrv) names = g_strsplit(asked->path, "+", -1);
    if (strstr(asked->path, "dead"))
        abort();
    for (guint k = 1; names[k]; k++) {
        const ZpAnswerPart part = {.part = strcmp(names[k], "back") == 0 ? 1 : k};
        if (part.part <= asked->after)
            continue;
        zp_worker_tell(telling, ZP_ANSWER_BEGINS, &part, names[k], strlen(names[k]));
        if (strcmp(names[k], "bad") == 0 ||
            (strcmp(names[k], "flak") == 0 && __sync_fetch_and_add((int *)data, 1) == 0))
            abort();
        for (volatile int turns = 0; strcmp(names[k], "slow") == 0;)
            turns = (turns + 1) & 0xff;
        zp_worker_tell(telling, ZP_ANSWER_BYTES, NULL, names[k], strlen(names[k]));
        if (strcmp(names[k], "fat") == 0)
            zp_worker_tell(telling, ZP_ANSWER_BYTES, NULL, names[k], 3);
        zp_worker_tell(telling, ZP_ANSWER_FILE, NULL, NULL, 0);
    }
    return g_bytes_new(asked->path, strlen(asked->path));
}

static void passed(const ZpTask *archive, const char *name, const ZpAnswerPart *part, gpointer data)
{
    (void)archive;
    (void)name;
    (void)part;
    (void)data;
}

static void prepare(guint abilities, gpointer data)
{
    (void)abilities;
    (void)data;
}

static void open_null(ZpTask *task, gpointer data)
{
    static int n_refused;
    (void)data;
    if (strstr(task->path, "never") || (strstr(task->path, "scarce") && n_refused++ == 0))
        zp_error_set(&task->error, ZP_ERROR_STARVED, "没有了", "no more");
    else if (strstr(task->path, "missing"))
        zp_error_set(&task->error, ZP_ERROR_IO, "没有", "missing");
    else if (task->fd < 0)
        task->fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
}

/* "name=end" of each task, in the order it came. */
static bool deliver(ZpTask *task, gpointer data, GError **error)
{
    static const char *const ENDS[] = {"", "crash", "time", "memory", "output", "protocol"};
    (void)error;
    gsize size = 0;
    if (task->kind != ZP_TASK_FILE)
        return true;
    const char *text = task->record ? g_bytes_get_data(task->record, &size) : "";
    bool is_own = size == strlen(task->path) && memcmp(text, task->path, size) == 0;
    g_string_append_printf(data, "%s=%s ", task->path,
                           task->error ? "error"
                           : is_own    ? "ok"
                                       : (task->record ? "long" : ENDS[task->end]));
    return true;
}

/* A number that workers and parent see alike. */
static int *shared_counter(void)
{
    return mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

static bool add_all(ZpPool *pool, const char *const *names, GError **error)
{
    for (guint k = 0; names[k]; k++) {
        ZpTask *task = zp_task_new(ZP_TASK_FILE, names[k]);
        task->number = k;
        if (!zp_pool_add(pool, task, error))
            return false;
    }
    return zp_pool_drain(pool, error) && zp_pool_finish(pool, error);
}

/* What became of each name, in @said, also when it fails. */
static bool run_to(guint jobs, guint files, guint way_ahead, const char *const *names, char **text,
                   GError **error)
{
    GString *said = g_string_new(NULL);
    const ZpPoolOptions options = {.jobs = jobs,
                                   .files = files,
                                   .cpu_seconds = CPU_SECONDS,
                                   .seconds = CPU_SECONDS * 3, /* as ZP_LIMIT_FILE_PATIENCE */
                                   .ahead = way_ahead,
                                   .service = {.record_bytes = RECORD_BYTES,
                                               .prepare = prepare,
                                               .answer = answer,
                                               .unpack = unpack,
                                               .data = shared_counter()},
                                   .entry_bytes = 4,
                                   .open = open_null,
                                   .passed = passed,
                                   .deliver = deliver,
                                   .data = said};
    g_autoptr(ZpPool) pool = zp_pool_new(&options);
    bool done = add_all(pool, names, error);
    *text = g_string_free(said, FALSE);
    return done;
}

static char *run(guint jobs, guint files, guint way_ahead, const char *const *names)
{
    char *said = NULL;
    g_autoptr(GError) error = NULL;
    cr_assert(run_to(jobs, files, way_ahead, names, &said, &error));
    return said;
}

static const struct {
    const char *name, *given, *said;
} CASES[] = {
    {"in order", "a b c d e f", "a=ok b=ok c=ok d=ok e=ok f=ok "},
    {"a crash is one file's", "a crash b c", "a=ok crash=crash b=ok c=ok "},
    {"so is leaving", "leave a", "leave=crash a=ok "},
    {"a hang is ended", "a hang b", "a=ok hang=time b=ok "},
    {"so is waiting without end", "a wait b", "a=ok wait=time b=ok "},
    {"waiting is no working", "a nap b nap", "a=ok nap=ok b=ok nap=ok "},
    {"what took too long is not tried again", "twice a", "twice=time a=ok "},
    {"too much is refused", "large a", "large=output a=ok "},
    {"as much as may be is not", "long a", "long=long a=ok "},
    {"what makes no sense is refused", "a lie b", "a=ok lie=protocol b=ok "},
    {"for want of descriptors it waits", "nap scarce a", "nap=ok scarce=ok a=ok "},
    {"a missing file is no worker's", "missing a missing2", "missing=error a=ok missing2=error "},
    {"another kind of worker", "a pdf1 b pdf2", "a=ok pdf1=ok b=ok pdf2=ok "},
    {"killed once, it is tried again", "a once b", "a=ok once=ok b=ok "},
    {"a worker has one file at a time", "greedy1 a b greedy2 c d e f g h",
     "greedy1=ok a=ok b=ok greedy2=ok c=ok d=ok e=ok f=ok g=ok h=ok "},
    {"entries come before their archive", "a z+b+c d",
     "a=ok z+b+c!/b=ok z+b+c!/c=ok z+b+c=ok d=ok "},
    {"an entry that kills its worker costs itself", "z+b+bad+c d",
     "z+b+bad+c!/b=ok z+b+bad+c!/bad=crash z+b+bad+c!/c=ok z+b+bad+c=ok d=ok "},
    {"once is tried again", "z+flak+c", "z+flak+c!/flak=ok z+flak+c!/c=ok z+flak+c=ok "},
    {"one that takes too long", "z+slow+c", "z+slow+c!/slow=time z+slow+c!/c=ok z+slow+c=ok "},
    {"one that is too large", "z+fat+c", "z+fat+c!/fat=protocol z+fat+c!/c=ok z+fat+c=ok "},
    {"parts only grow", "z+b+back+c", "z+b+back+c!/b=ok z+b+back+c!/c=ok z+b+back+c=ok "},
    {"an archive that nobody survives", "dead+b a", "dead+b=crash a=ok "},
    {"entries are files as any", "z+pdf+lie+c y+nap+d+e+f+g",
     "z+pdf+lie+c!/pdf=ok z+pdf+lie+c!/lie=protocol z+pdf+lie+c!/c=ok z+pdf+lie+c=ok "
     "y+nap+d+e+f+g!/nap=ok y+nap+d+e+f+g!/d=ok y+nap+d+e+f+g!/e=ok y+nap+d+e+f+g!/f=ok "
     "y+nap+d+e+f+g!/g=ok y+nap+d+e+f+g=ok "},
    {"all at once", "crash hang large lie leave pdf",
     "crash=crash hang=time large=output lie=protocol leave=crash pdf=ok "},
};

TableRows(pool, answers)
{
    static int rows[G_N_ELEMENTS(CASES) * 3];
    for (gsize k = 0; k < G_N_ELEMENTS(rows); k++)
        rows[k] = (int)k;
    return cr_make_param_array(int, rows, G_N_ELEMENTS(rows));
}

/* With one worker and with three; and with workers that make way after every file, hardly ahead. */
TableTest(int *row, pool, answers)
{
    const int k = *row / 3, way = *row % 3;
    g_auto(GStrv) names = g_strsplit(CASES[k].given, " ", -1);
    g_autofree char *said = run(way == 0 ? 1 : 3, way == 2 ? 1 : ZP_LIMIT_WORKER_FILES,
                                way == 2 ? 1 : ZP_LIMIT_TASKS_AHEAD, (const char *const *)names);
    cr_assert(eq(str, said, (char *)CASES[k].said), "%s (%d)", CASES[k].name, way);
}

/* ZP_LIMIT_PARTING_SECONDS: in the way of the next one, and at the run's end. */
Test(pool, a_worker_that_does_not_leave)
{
    const char *const names[] = {"deaf1", "a", "deaf2", NULL};
    gint64 begun = g_get_monotonic_time();
    g_autofree char *said = run(1, 1, 1, names);
    cr_assert(eq(str, said, (char *)"deaf1=ok a=ok deaf2=ok "));
    cr_assert(
        ge(i64, g_get_monotonic_time() - begun, 2 * ZP_LIMIT_PARTING_SECONDS * G_TIME_SPAN_SECOND));
}

/* Where nothing is under way, waiting is no use: the run ends, and the file is not called bad. */
Test(pool, nothing_can_be_opened)
{
    const char *const names[] = {"a", "never", NULL};
    g_autofree char *said = NULL;
    g_autoptr(GError) error = NULL;
    cr_assert(not(run_to(1, ZP_LIMIT_WORKER_FILES, ZP_LIMIT_TASKS_AHEAD, names, &said, &error)));
    cr_assert(eq(int, error->code, ZP_ERROR_STARVED));
    cr_assert(zero(ptr, strstr(said, "never")));
}

/* There may be three workers, but the system gives one: it makes room for another kind, and comes back. */
Test(pool, fewer_workers_than_asked_for)
{
    const char *const names[] = {"a", "pdf1", "b", "pdf2", NULL};
    g_autofree char *said = NULL;
    g_autoptr(GError) error = NULL;
    /* A worker's four ends while it starts, of which two are closed then, and two inputs. */
    rlim_t most = 0;
    for (int n_free = 0; n_free < 6; most++)
        n_free += fcntl((int)most, F_GETFD) < 0;
    const struct rlimit few = {most, most};
    cr_assert(eq(int, setrlimit(RLIMIT_NOFILE, &few), 0));
    cr_assert(run_to(3, ZP_LIMIT_WORKER_FILES, ZP_LIMIT_TASKS_AHEAD, names, &said, &error), "%s",
              error ? error->message : "");
    cr_assert(eq(str, said, (char *)"a=ok pdf1=ok b=ok pdf2=ok "));
}

/* ZP_LIMIT_WAITING_BYTES: what is over it goes to a file and comes back whole and in order. */
Test(queue, keeps_answers_in_a_file)
{
    enum { N = 5 };
    g_autoptr(ZpQueue) queue = zp_queue_new();
    ZpTask *tasks[N];
    for (guint k = 0; k < N; k++)
        zp_queue_push(queue, tasks[k] = zp_task_new(ZP_TASK_FILE, "a"));
    for (guint k = N; k-- > 0;) {
        gsize size = ZP_LIMIT_WAITING_BYTES / 2 + k;
        g_autoptr(GBytes) bytes = g_bytes_new_take(g_strnfill(size, (char)('a' + k)), size);
        cr_assert(zp_queue_settle(queue, tasks[k], bytes, NULL));
    }
    cr_assert(ge(i64, tasks[1]->spilled_at, 0));
    for (guint k = 0; k < N; k++) {
        g_autoptr(ZpTask) task = NULL;
        cr_assert(zp_queue_pop(queue, &task, NULL));
        gsize size = 0;
        const char *data = g_bytes_get_data(task->record, &size);
        cr_assert(eq(sz, size, ZP_LIMIT_WAITING_BYTES / 2 + k));
        cr_assert(data[0] == (char)('a' + k) && data[size - 1] == (char)('a' + k));
    }
}
