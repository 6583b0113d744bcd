/*
 * threads.c - the library in a program with threads, children and signals of its own, by ziping.h alone.
 *
 * usage: threads-test FILE…     ends with 0 and prints nothing when all is well
 */
#include <ziping.h>

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define THREADS 4
#define ROUNDS  3
/* The signals that have names. */
#define SIGNALS 32

static atomic_int bad;
static atomic_bool is_over;

#define CHECK(is_so, ...)                                                                          \
    do {                                                                                           \
        if (!(is_so)) {                                                                            \
            bad++;                                                                                 \
            printf("FAILED: " __VA_ARGS__);                                                        \
            printf("\n");                                                                          \
        }                                                                                          \
    } while (0)

/* What belongs to the process. */
typedef struct {
    struct sigaction signals[SIGNALS];
    sigset_t blocked;
    struct rlimit files, memory;
    char locale[256], folder[4096];
    mode_t mask;
    int new_privileges, filters, dumpable;
    size_t n_variables;
} State;

static void look(State *state)
{
    extern char **environ;
    memset(state, 0, sizeof *state);
    for (int number = 1; number < SIGNALS; number++)
        sigaction(number, NULL, &state->signals[number]);
    pthread_sigmask(SIG_SETMASK, NULL, &state->blocked);
    getrlimit(RLIMIT_NOFILE, &state->files);
    getrlimit(RLIMIT_AS, &state->memory);
    snprintf(state->locale, sizeof state->locale, "%s", setlocale(LC_ALL, NULL));
    if (!getcwd(state->folder, sizeof state->folder))
        state->folder[0] = '\0';
    state->mask = umask(022);
    umask(state->mask);
    state->new_privileges = prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
    state->filters = prctl(PR_GET_SECCOMP);
    state->dumpable = prctl(PR_GET_DUMPABLE);
    while (environ[state->n_variables])
        state->n_variables++;
}

/* The whole program may still do what a sandbox forbids. */
static void check_free(const State *before)
{
    State after;
    look(&after);
    for (int number = 1; number < SIGNALS; number++)
        CHECK(before->signals[number].sa_handler == after.signals[number].sa_handler,
              "the handler of signal %d is another", number);
    CHECK(memcmp(&before->blocked, &after.blocked, sizeof after.blocked) == 0, "blocked signals");
    CHECK(memcmp(&before->files, &after.files, sizeof after.files) == 0, "the limit on files");
    CHECK(memcmp(&before->memory, &after.memory, sizeof after.memory) == 0, "the limit on memory");
    CHECK(strcmp(before->locale, after.locale) == 0, "the locale is %s", after.locale);
    CHECK(strcmp(before->folder, after.folder) == 0, "the working folder");
    CHECK(before->mask == after.mask, "the mask of new files");
    CHECK(before->new_privileges == after.new_privileges, "no_new_privs");
    CHECK(before->filters == after.filters && after.filters == 0, "a seccomp filter");
    CHECK(before->dumpable == after.dumpable, "dumpable");
    CHECK(before->n_variables == after.n_variables, "the environment");
    int fd = open("/proc/self/status", O_RDONLY);
    CHECK(fd >= 0, "Landlock: no file can be opened");
    close(fd);
}

typedef struct {
    ziping *handle;
    char **files;
    char **expected; /* the answer to each file */
} Work;

static void *call_often(void *data)
{
    const Work *work = data;
    for (int round = 0; round < ROUNDS; round++) {
        for (int k = 0; work->files[k]; k++) {
            ziping_error *error = NULL;
            char *text = ziping_check_path(work->handle, work->files[k], NULL, &error);
            CHECK(text && !error && strcmp(text, work->expected[k]) == 0, "%s in a thread: %s",
                  work->files[k], error ? ziping_error_text(error, "en") : "another answer");
            ziping_string_free(text);
            ziping_error_free(error);
        }
    }
    return NULL;
}

/* A program that has children and waits for whichever ends, the library's among them. */
static void *have_children(void *data)
{
    while (!is_over) {
        if (fork() == 0)
            _exit(0);
        while (waitpid(-1, NULL, WNOHANG) > 0)
            continue;
        usleep(2000);
    }
    return data;
}

/* One that keeps others' memory busy. */
static void *allocate(void *data)
{
    while (!is_over) {
        void *memory = malloc(100000);
        if (memory)
            memset(memory, 1, 100000);
        free(memory);
    }
    return data;
}

static void on_user(int number)
{
    (void)number;
}

static char **read_all(ziping *handle, char **files, int n)
{
    char **answers = calloc((size_t)n + 1, sizeof *answers);
    for (int k = 0; answers && k < n; k++)
        answers[k] = ziping_check_path(handle, files[k], NULL, NULL);
    return answers;
}

static void free_all(char **answers, int n)
{
    for (int k = 0; answers && k < n; k++)
        ziping_string_free(answers[k]);
    free(answers);
}

/* Many threads on one handle, beside threads of the program's own. */
static void try_handle(const char *options, char **files, char **expected, bool has_children)
{
    pthread_t callers[THREADS], others[2];
    ziping *handle = ziping_new(options, NULL);
    CHECK(handle, "no handle");
    if (!handle)
        return;
    Work work = {handle, files, expected};
    is_over = false;
    pthread_create(&others[0], NULL, allocate, NULL);
    if (has_children)
        pthread_create(&others[1], NULL, have_children, NULL);
    for (int k = 0; k < THREADS; k++)
        pthread_create(&callers[k], NULL, call_often, &work);
    for (int k = 0; k < THREADS; k++)
        pthread_join(callers[k], NULL);
    is_over = true;
    pthread_join(others[0], NULL);
    if (has_children)
        pthread_join(others[1], NULL);
    ziping_free(handle);
}

int main(int argc, char **argv)
{
    State before;
    signal(SIGUSR1, on_user);
    signal(SIGPIPE, SIG_DFL);
    look(&before);
    ziping *here = ziping_new(NULL, NULL);
    CHECK(here, "no handle");
    ziping_error *error = NULL;
    CHECK(!ziping_check_bytes(here, NULL, 1, "a.txt", NULL, &error) &&
              ziping_error_code(error) == ZIPING_ERROR_USAGE,
          "bytes that are NULL");
    ziping_error_free(error);
    char **expected = read_all(here, argv + 1, argc - 1);
    CHECK(waitpid(-1, NULL, 0) < 0 && errno == ECHILD, "a process without workers");
    try_handle("{\"workers\": 2}", argv + 1, expected, false);
    try_handle("{\"workers\": 2}", argv + 1, expected, true);
    try_handle(NULL, argv + 1, expected, false);
    while (waitpid(-1, NULL, WNOHANG) > 0)
        continue;
    CHECK(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD,
          "a worker program outlives its handle");
    ziping_free(here);
    check_free(&before);
    free_all(expected, argc - 1);
    return bad > 0;
}
