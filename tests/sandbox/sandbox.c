/*
 * sandbox.c - a worker tries to get out of its sandbox, and to do its work in it.
 *
 * usage: sandbox FILE…      what the parsers must read inside as outside
 *
 * Every attempt runs in a process of its own, below another that stands for the parent of the worker: some
 * are ended, and one ends its parent.  Each is tried with no layer closed first, where it must succeed (else
 * it tries nothing), then with all layers that this kernel offers, then as on a kernel without
 * Landlock and on one without seccomp.  An attempt that no closed layer is to stop is skipped and says so.
 */
#include "run/sandbox.h"
#include "base/text.h"
#include "normalise/normalise.h"
#include "parsers/parser.h"
#include "parsers/pdf/pdf.h"
#include "recognise/recognise.h"
#include "rules/check.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define MEMORY   (G_GUINT64_CONSTANT(256) << 20)
#define LANDLOCK (ZP_SANDBOX_FILES | ZP_SANDBOX_NETWORK | ZP_SANDBOX_SIGNALS)

#ifdef __SANITIZE_ADDRESS__
#define LIMITS_MEMORY 0
#else
#define LIMITS_MEMORY ZP_SANDBOX_RESOURCES
#endif

/* What is there before the sandbox closes. */
static struct {
    char scratch[64];            /* a folder of this test's own */
    struct sockaddr_in listener; /* somebody listens there */
    struct sockaddr_un abstract; /* somebody takes datagrams there */
    socklen_t abstract_length;
    /* opened in the worker: */
    int kept;          /* a file of the folder, for writing */
    int tcp, datagram; /* sockets that are not connected */
    int pair[2];       /* a pool's: what one end sends the other gets */
} stage;

/* --- what must fail; each returns whether it succeeded --- */

static bool can_open(const char *path, int flags)
{
    return open(path, flags | O_CLOEXEC, 0600) >= 0;
}

static bool read_passwords(void)
{
    return can_open("/etc/passwd", O_RDONLY);
}

static bool read_by_way_of_fonts(void)
{
    return can_open("/usr/share/poppler/../../../etc/passwd", O_RDONLY);
}

static bool list_root(void)
{
    return can_open("/", O_RDONLY | O_DIRECTORY);
}

static bool read_own_memory_map(void)
{
    return can_open("/proc/self/maps", O_RDONLY);
}

static char *in_scratch(const char *name)
{
    return g_build_filename(stage.scratch, name, NULL);
}

static bool make_file(void)
{
    g_autofree char *path = in_scratch("new");
    return can_open(path, O_WRONLY | O_CREAT | O_TRUNC);
}

static bool make_unnamed_file(void)
{
    return can_open(stage.scratch, O_WRONLY | O_TMPFILE);
}

static bool write_kept_file(void)
{
    return write(stage.kept, "x", 1) == 1;
}

static bool remove_file(void)
{
    g_autofree char *path = in_scratch("kept");
    return unlink(path) == 0;
}

static bool rename_file(void)
{
    g_autofree char *from = in_scratch("kept"), *to = in_scratch("moved");
    return rename(from, to) == 0;
}

static bool change_mode(void)
{
    g_autofree char *path = in_scratch("kept");
    return chmod(path, 0644) == 0;
}

static bool make_folder(void)
{
    g_autofree char *path = in_scratch("folder");
    return mkdir(path, 0700) == 0;
}

static bool make_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool make_unix_socket(void)
{
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool connect_out(void)
{
    return connect(stage.tcp, (const struct sockaddr *)&stage.listener, sizeof stage.listener) == 0;
}

static bool send_to_abstract(void)
{
    return sendto(stage.datagram, "x", 1, 0, (const struct sockaddr *)&stage.abstract,
                  stage.abstract_length) == 1;
}

static bool fork_shell(void)
{
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", "exit 0", (char *)NULL);
        _exit(1);
    }
    int status = 1;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static bool fork_by_clone3(void)
{
    struct {
        guint64 flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls;
    } how = {.exit_signal = SIGCHLD};
    long child = syscall(SYS_clone3, &how, sizeof how);
    if (child == 0)
        _exit(0);
    return child > 0;
}

/* Succeeds by ending this process with status 1, which is what success is told by. */
static bool become_shell(void)
{
    execl("/bin/sh", "sh", "-c", "exit 1", (char *)NULL);
    return false;
}

static int wait_for_ever(void *nothing)
{
    (void)nothing;
    return pause();
}

static bool start_thread(void)
{
    static char stack[64 * 1024];
    int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
    return clone(wait_for_ever, stack + sizeof stack, flags, NULL) > 0;
}

static bool kill_parent(void)
{
    return kill(getppid(), SIGKILL) == 0;
}

static bool kill_thread_of_parent(void)
{
    return syscall(SYS_tgkill, getppid(), getppid(), SIGKILL) == 0;
}

static bool signal_parent_by_descriptor(void)
{
    return fcntl(stage.tcp, F_SETOWN, getppid()) == 0;
}

static bool trace_parent(void)
{
    return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0;
}

static bool be_traced(void)
{
    return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0;
}

static bool take_memory(void)
{
    return mmap(NULL, 2 * MEMORY, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
           MAP_FAILED;
}

static bool open_many(void)
{
    for (int k = 0; k < 100; k++) {
        if (dup(STDIN_FILENO) < 0)
            return false;
    }
    return true;
}

static bool raise_limit(void)
{
    const struct rlimit most = {RLIM_INFINITY, RLIM_INFINITY};
    return setrlimit(RLIMIT_CPU, &most) == 0;
}

static bool leave_namespace(void)
{
    return unshare(CLONE_FS) == 0;
}

/* --- what must work; each returns whether it did --- */

static bool read_font(void)
{
    glob_t found = {0};
    bool done = true;
    if (glob("/usr/share/fonts/*/*/*.tt[fc]", 0, NULL, &found) == 0)
        done = can_open(found.gl_pathv[0], O_RDONLY) &&
               can_open("/usr/share/fonts", O_RDONLY | O_DIRECTORY);
    else
        puts("skipped: no font is installed");
    globfree(&found);
    return done;
}

static bool convert(const char *charset, const char *bytes, const char *expected)
{
    g_autofree char *text = g_convert(bytes, -1, "UTF-8", charset, NULL, NULL, NULL);
    return text && strcmp(text, expected) == 0;
}

/* Each in a converter of its own, the second with a library beside it. */
static bool use_iconv(void)
{
    return convert("GB18030", "\xd7\xd4\xc6\xc0", "自评") &&
           convert("EUC-CN", "\xd7\xd4\xc6\xc0", "自评") &&
           convert("BIG5", "\xa6\xdb\xb5\xfb", "自評");
}

static bool use_memory(void)
{
    gpointer memory = g_try_malloc0(MEMORY / 2);
    bool done = memory != NULL;
    g_free(memory);
    return done;
}

/* Descriptors come in and records go out through a socket that is there already. */
static bool send_descriptor(int socket, int fd)
{
    char byte = 'd';
    struct iovec part = {&byte, 1};
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof fd)];
    } control = {.head = {CMSG_LEN(sizeof fd), SOL_SOCKET, SCM_RIGHTS}};
    memcpy(CMSG_DATA(&control.head), &fd, sizeof fd);
    const struct msghdr message = {.msg_iov = &part,
                                   .msg_iovlen = 1,
                                   .msg_control = &control,
                                   .msg_controllen = sizeof control};
    return sendmsg(socket, &message, 0) == 1;
}

static bool read_received_file(void)
{
    char bytes[CMSG_SPACE(sizeof(int))] = "", root[5] = "";
    struct iovec part = {bytes, 1};
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    int fd = -1;
    if (recvmsg(stage.pair[1], &message, MSG_CMSG_CLOEXEC) != 1)
        return false;
    memcpy(&fd, CMSG_DATA(&control.head), sizeof fd);
    return pread(fd, root, 4, 0) == 4 && strcmp(root, "kept") == 0 &&
           send(stage.pair[1], root, 4, MSG_NOSIGNAL) == 4;
}

/* --- one act in one sandbox --- */

typedef enum { REFUSED = 0, DONE = 1, ENDED = 2, BROKEN = 3, NOT_CLOSED = 4 } Outcome;

static const char *const OUTCOMES[] = {"refused", "done", "ended by SIGSYS", "broken",
                                       "the layers did not close"};

static void set_stage(void)
{
    g_autofree char *path = in_scratch("kept");
    stage.kept = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    stage.tcp = socket(AF_INET, SOCK_STREAM, 0);
    stage.datagram = socket(AF_UNIX, SOCK_DGRAM, 0);
    int sent = open(path, O_RDONLY | O_CLOEXEC);
    if (write(stage.kept, "kept", 4) != 4 || stage.tcp < 0 || stage.datagram < 0 ||
        socketpair(AF_UNIX, SOCK_STREAM, 0, stage.pair) != 0 ||
        !send_descriptor(stage.pair[0], sent))
        _exit(BROKEN);
}

static void close_sandbox(guint without)
{
    const ZpSandboxOptions options = {.memory_bytes = MEMORY, .without = without};
    guint wanted = zp_sandbox_offers() & ~without; /* asked now: afterwards nothing is offered */
    if (without != ZP_SANDBOX_ALL && zp_sandbox_close(&options) != wanted)
        _exit(NOT_CLOSED);
}

static void be_parent(guint without, bool (*act)(void))
{
    int status = 0;
    pid_t worker = fork();
    if (worker == 0) {
        set_stage();
        close_sandbox(without);
        _exit(act() ? DONE : REFUSED);
    }
    if (waitpid(worker, &status, 0) != worker)
        _exit(BROKEN);
    if (WIFSIGNALED(status))
        _exit(WTERMSIG(status) == SIGSYS ? ENDED : BROKEN);
    _exit(WEXITSTATUS(status));
}

/* A worker that ends or stops its parent has done what it tried. */
static Outcome outcome_of(guint without, bool (*act)(void))
{
    int status = 0;
    fflush(stdout);
    pid_t parent = fork();
    if (parent == 0)
        be_parent(without, act);
    if (waitpid(parent, &status, WUNTRACED) != parent)
        return BROKEN;
    if (WIFSTOPPED(status)) {
        kill(parent, SIGKILL);
        waitpid(parent, NULL, 0);
        return DONE;
    }
    return WIFSIGNALED(status) ? DONE : (Outcome)WEXITSTATUS(status);
}

/* --- the tables --- */

typedef struct {
    const char *name;
    guint stopped_by; /* any of these layers */
    bool (*act)(void);
    bool may_fail; /* some systems refuse it to anybody */
} Attempt;

static const Attempt ATTEMPTS[] = {
    {"open /etc/passwd", ZP_SANDBOX_FILES, read_passwords, false},
    {"open it by way of a readable folder", ZP_SANDBOX_FILES, read_by_way_of_fonts, false},
    {"list the root folder", ZP_SANDBOX_FILES, list_root, false},
    {"read its own memory map", ZP_SANDBOX_FILES, read_own_memory_map, false},
    {"make a file", ZP_SANDBOX_FILES | ZP_SANDBOX_CALLS, make_file, false},
    {"make a file without a name", ZP_SANDBOX_FILES | ZP_SANDBOX_CALLS, make_unnamed_file, true},
    {"write to a file that is open", ZP_SANDBOX_RESOURCES, write_kept_file, false},
    {"remove a file", ZP_SANDBOX_FILES | ZP_SANDBOX_CALLS, remove_file, false},
    {"rename a file", ZP_SANDBOX_FILES | ZP_SANDBOX_CALLS, rename_file, false},
    {"change a file's mode", ZP_SANDBOX_CALLS, change_mode, false},
    {"make a folder", ZP_SANDBOX_FILES | ZP_SANDBOX_CALLS, make_folder, false},
    {"make a socket", ZP_SANDBOX_CALLS, make_socket, false},
    {"make a local socket", ZP_SANDBOX_CALLS, make_unix_socket, false},
    {"connect to a listener", ZP_SANDBOX_NETWORK | ZP_SANDBOX_CALLS, connect_out, false},
    {"send to an abstract socket", ZP_SANDBOX_SIGNALS | ZP_SANDBOX_CALLS, send_to_abstract, false},
    {"fork a shell", ZP_SANDBOX_FILES | ZP_SANDBOX_CALLS, fork_shell, false},
    {"fork by clone3", ZP_SANDBOX_CALLS, fork_by_clone3, true},
    {"become a shell", ZP_SANDBOX_FILES | ZP_SANDBOX_CALLS, become_shell, false},
    {"start a thread", ZP_SANDBOX_CALLS, start_thread, false},
    {"kill its parent", ZP_SANDBOX_SIGNALS | ZP_SANDBOX_CALLS, kill_parent, false},
    {"kill its parent's thread", ZP_SANDBOX_SIGNALS | ZP_SANDBOX_CALLS, kill_thread_of_parent,
     false},
    {"have a descriptor signal its parent", ZP_SANDBOX_CALLS, signal_parent_by_descriptor, false},
    {"trace its parent", ZP_SANDBOX_FILES | ZP_SANDBOX_CALLS, trace_parent, true},
    {"be traced", ZP_SANDBOX_CALLS, be_traced, true},
    {"take more memory than its limit", LIMITS_MEMORY, take_memory, true},
    {"open a hundred descriptors", ZP_SANDBOX_RESOURCES, open_many, false},
    {"set a limit", ZP_SANDBOX_CALLS, raise_limit, true},
    {"leave a name space", ZP_SANDBOX_CALLS, leave_namespace, false},
};

static const struct {
    const char *name;
    bool (*act)(void);
} WORK[] = {
    {"read a font", read_font},
    {"convert GB18030, EUC-CN and Big5", use_iconv},
    {"use half of its memory", use_memory},
    {"read a file that it was handed, and answer", read_received_file},
};

static const struct {
    const char *name;
    guint without;
} KERNELS[] = {
    {"all layers", 0},
    {"without Landlock", LANDLOCK},
    {"without seccomp", ZP_SANDBOX_CALLS},
};

static int failures, skipped;

static void tell(const char *how, const char *kernel, const char *name, const char *why)
{
    failures += strcmp(how, "FAILED") == 0;
    skipped += strcmp(how, "skipped") == 0;
    printf("%s: %s: %s: %s\n", how, kernel, name, why);
}

static void try_attempt(const Attempt *attempt)
{
    Outcome free = outcome_of(ZP_SANDBOX_ALL, attempt->act);
    if (free != DONE) {
        tell(attempt->may_fail ? "skipped" : "FAILED", "no sandbox", attempt->name, OUTCOMES[free]);
        return;
    }
    for (gsize k = 0; k < G_N_ELEMENTS(KERNELS); k++) {
        if (!(attempt->stopped_by & zp_sandbox_offers() & ~KERNELS[k].without)) {
            tell("skipped", KERNELS[k].name, attempt->name, "no layer here stops it");
            continue;
        }
        Outcome outcome = outcome_of(KERNELS[k].without, attempt->act);
        tell(outcome == REFUSED || outcome == ENDED ? "ok" : "FAILED", KERNELS[k].name,
             attempt->name, OUTCOMES[outcome]);
    }
}

static void try_work(void)
{
    for (gsize w = 0; w < G_N_ELEMENTS(WORK); w++) {
        for (gsize k = 0; k < G_N_ELEMENTS(KERNELS); k++) {
            Outcome outcome = outcome_of(KERNELS[k].without, WORK[w].act);
            tell(outcome == DONE ? "ok" : "FAILED", KERNELS[k].name, WORK[w].name,
                 OUTCOMES[outcome]);
        }
    }
}

/* --- whole documents: read inside as outside --- */

static void add_text(GChecksum *sum, const char *text)
{
    g_checksum_update(sum, (const guchar *)(text ? text : ""), -1);
    g_checksum_update(sum, (const guchar *)"", 1);
}

static void add_tables(GChecksum *sum, const ZpDocument *document)
{
    for (guint t = 0; t < document->tables->len; t++) {
        const ZpTable *table = g_ptr_array_index(document->tables, t);
        for (guint k = 0; k < table->cells->len; k++)
            add_text(sum, g_array_index(table->cells, ZpCell, k).text);
    }
}

static void add_findings(GChecksum *sum, const ZpRulebook *rulebook, const GPtrArray *forms)
{
    g_autoptr(ZpReport) report = zp_report_new();
    for (guint k = 0; k < forms->len; k++) {
        zp_normalise_form(rulebook, g_ptr_array_index(forms, k));
        zp_rulebook_choose_profile(rulebook, g_ptr_array_index(forms, k));
        zp_check_form(rulebook, g_ptr_array_index(forms, k), report, NULL);
    }
    for (guint k = 0; k < report->findings->len; k++)
        add_text(sum, ((const ZpFinding *)g_ptr_array_index(report->findings, k))->pointer);
}

/* What a document says, as one line: what could not be read counts too, by its message. */
static char *digest(const ZpRulebook *rulebook, GBytes *bytes, const char *path)
{
    const ZpReadOptions options = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    const ZpParser *parser = zp_parser_probe(bytes, path, &error);
    g_autoptr(ZpDocument) document = parser ? parser->read(bytes, &options, &error) : NULL;
    g_autoptr(GPtrArray) forms = document ? zp_recognise(rulebook, document, &error) : NULL;
    if (document)
        add_tables(sum, document);
    if (forms)
        add_findings(sum, rulebook, forms);
    add_text(sum, error ? error->message : "");
    return g_strdup_printf("%u forms %s", forms ? forms->len : 0, g_checksum_get_string(sum));
}

static void read_and_tell(guint without, const ZpRulebook *rulebook, const char *path, int to)
{
    g_autoptr(GError) error = NULL;
    char *bytes = NULL;
    gsize length = 0;
    if (!g_file_get_contents(path, &bytes, &length, NULL) || !zp_pdf_load(&error))
        _exit(BROKEN);
    close_sandbox(without);
    g_autoptr(GBytes) input = g_bytes_new_take(bytes, length);
    g_autofree char *line = digest(rulebook, input, path);
    _exit(write(to, line, strlen(line)) == (gssize)strlen(line) ? DONE : BROKEN);
}

/* The line of a process of its own, or how that ended. */
static char *digest_in(guint without, const ZpRulebook *rulebook, const char *path)
{
    int ends[2], status = 0;
    char line[200] = "";
    fflush(stdout);
    if (pipe(ends) != 0)
        return g_strdup("no pipe");
    pid_t worker = fork();
    if (worker == 0)
        read_and_tell(without, rulebook, path, ends[1]);
    close(ends[1]);
    gssize n = read(ends[0], line, sizeof line - 1);
    close(ends[0]);
    if (waitpid(worker, &status, 0) == worker && n > 0)
        return g_strdup(line);
    return g_strdup_printf("signal %d, status %d", WIFSIGNALED(status) ? WTERMSIG(status) : 0,
                           WEXITSTATUS(status));
}

static void try_document(const ZpRulebook *rulebook, const char *path)
{
    g_autofree char *outside = digest_in(ZP_SANDBOX_ALL, rulebook, path);
    for (gsize k = 0; k < G_N_ELEMENTS(KERNELS); k++) {
        g_autofree char *inside = digest_in(KERNELS[k].without, rulebook, path);
        bool same = strcmp(inside, outside) == 0 && strstr(outside, "forms") != NULL;
        tell(same ? "ok" : "FAILED", KERNELS[k].name, path, inside);
    }
}

/* --- the stage --- */

static bool open_stage(void)
{
    socklen_t length = sizeof stage.listener;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int receiver = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    stage.listener =
        (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    stage.abstract = (struct sockaddr_un){.sun_family = AF_UNIX};
    stage.abstract_length = sizeof stage.abstract.sun_family; /* the kernel chooses a name */
    strcpy(stage.scratch, "/tmp/ziping-sandbox-XXXXXX");
    if (!mkdtemp(stage.scratch) ||
        bind(listener, (struct sockaddr *)&stage.listener, sizeof stage.listener) != 0 ||
        listen(listener, 100) != 0 ||
        getsockname(listener, (struct sockaddr *)&stage.listener, &length) != 0 ||
        bind(receiver, (struct sockaddr *)&stage.abstract, stage.abstract_length) != 0)
        return false;
    stage.abstract_length = sizeof stage.abstract;
    return getsockname(receiver, (struct sockaddr *)&stage.abstract, &stage.abstract_length) == 0;
}

static void clear_stage(void)
{
    static const char *const NAMES[] = {"kept", "moved", "new"};
    for (gsize k = 0; k < G_N_ELEMENTS(NAMES); k++) {
        g_autofree char *path = in_scratch(NAMES[k]);
        unlink(path);
    }
    g_autofree char *folder = in_scratch("folder");
    rmdir(folder);
    rmdir(stage.scratch);
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(NULL, &error);
    if (!rulebook || !open_stage()) {
        puts("FAILED: the stage is not set");
        return 1;
    }
    printf("layers offered: 0x%x, Landlock ABI %d\n", zp_sandbox_offers(),
           zp_sandbox_landlock_abi());
    for (gsize k = 0; k < G_N_ELEMENTS(ATTEMPTS); k++)
        try_attempt(&ATTEMPTS[k]);
    try_work();
    for (int k = 1; k < argc; k++)
        try_document(rulebook, argv[k]);
    clear_stage();
    printf("%d failed, %d skipped\n", failures, skipped);
    return failures > 0;
}
