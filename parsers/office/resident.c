/*
 * resident.c - LibreOffice kept for many files: starting it takes seconds, converting a file tenths of one.
 *
 *     this process   input in TMP/input, "docx" down the pipe      TMP/input.docx taken, answer read
 *     its child      LibreOffice's library: load, save, answer     … until the pipe ends
 *
 * The library is opened in a child of its own group, in a folder with a guard (folder.h), with a fresh profile.  Whatever goes wrong in it,
 * a crash or a file that takes too long, ends the child; that file has its error, and the next one a new child.  Where the library is
 * not there (`soffice` is something else), each file has a program of its own (office.c).
 *
 * Source: LibreOfficeKit.h of LibreOffice; its package cannot be a dependency, because it brings the whole office along.
 */
#include "parsers/office/resident.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/office/folder.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* As LibreOfficeKit.h has them, as far as they are used: each begins with its size, and only ever grows. */
typedef struct OfficeDocument OfficeDocument;
struct OfficeDocument {
    struct {
        size_t size;
        void (*destroy)(OfficeDocument *document);
        int (*save_as)(OfficeDocument *document, const char *url, const char *format,
                       const char *options);
    } * calls;
};
typedef struct Office Office;
struct Office {
    struct {
        size_t size;
        void (*destroy)(Office *office);
        OfficeDocument *(*load)(Office *office, const char *url);
    } * calls;
};
typedef Office *(*OfficeHook)(const char *folder, const char *profile);

/* What the child is asked: a format.  What it answers: one of these. */
typedef char Request[8];
enum { UNUSABLE = 'u', READY = 'r', CONVERTED = 'c', FAILED = 'f' };

/* The child that this process keeps; 0: none. */
static struct {
    pid_t pid;
    int socket;
    ZpOfficeFolder folder;
    bool is_unusable;
} kept;

void zp_office_set_late(GError **error)
{
    zp_error_set(
        error, ZP_ERROR_LIMIT,
        "LibreOffice 在 %u 秒（ZP_LIMIT_OFFICE_SECONDS）内没有转换完；请另存为 .docx 或 .xlsx",
        "LibreOffice did not convert the file within %u seconds (ZP_LIMIT_OFFICE_SECONDS); "
        "save it as .docx or .xlsx",
        ZP_LIMIT_OFFICE_SECONDS);
}

void zp_office_set_failed(GError **error)
{
    zp_error_set(
        error, ZP_ERROR_DAMAGED, "LibreOffice 没有能转换这个文件；请检查文件是否损坏或加密",
        "LibreOffice could not convert the file; check whether it is damaged or encrypted");
}

/* ------------------------------------------------------------------ in the child */

static Office *open_office(const char *library, const char *folder)
{
    g_autofree char *profile = g_strconcat("file://", folder, "/profile", NULL);
    g_autofree char *install = g_path_get_dirname(library);
    static void *handle; /* until the child ends */
    handle = dlopen(library, RTLD_LAZY);
    void *symbol = handle ? dlsym(handle, "libreofficekit_hook_2") : NULL;
    OfficeHook hook;
    memcpy(&hook, &symbol, sizeof hook);
    return hook ? hook(install, profile) : NULL;
}

static bool convert_one(Office *office, const char *folder, const char *to)
{
    g_autofree char *from = g_strconcat("file://", folder, "/input", NULL);
    g_autofree char *into = g_strconcat("file://", folder, "/input.", to, NULL);
    OfficeDocument *document = office->calls->load(office, from);
    if (!document)
        return false;
    bool done = document->calls->save_as(document, into, to, NULL);
    document->calls->destroy(document);
    return done;
}

static void answer(int socket, char what)
{
    while (send(socket, &what, 1, MSG_NOSIGNAL) < 0 && errno == EINTR)
        continue;
}

static void shut_in_folder(const char *folder)
{
    const struct rlimit size = {ZP_LIMIT_INPUT_BYTES, ZP_LIMIT_INPUT_BYTES}, none = {0, 0};
    int nothing = open("/dev/null", O_RDWR);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setrlimit(RLIMIT_FSIZE, &size);
    setrlimit(RLIMIT_CORE, &none);
    for (int fd = 0; fd <= 2; fd++)
        dup2(nothing, fd);
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    g_setenv("HOME", folder, TRUE);
    g_setenv("SAL_USE_VCLPLUGIN", "svp", TRUE); /* no window */
}

static _Noreturn void serve(int socket, const char *library, const char *folder)
{
    Request request;
    shut_in_folder(folder);
    close_range(3, (guint)socket - 1, 0);
    close_range((guint)socket + 1, G_MAXUINT, 0);
    Office *office = chdir(folder) == 0 ? open_office(library, folder) : NULL;
    answer(socket, office ? READY : UNUSABLE);
    while (office && recv(socket, request, sizeof request, 0) == sizeof request)
        answer(socket, convert_one(office, folder, request) ? CONVERTED : FAILED);
    _exit(EXIT_SUCCESS);
}

/* ------------------------------------------------------------------ in this process */

static void dismiss(void)
{
    if (!kept.pid)
        return;
    kill(-kept.pid, SIGKILL);
    kill(kept.pid, SIGKILL); /* it may not be the head of its group yet */
    while (waitpid(kept.pid, NULL, 0) < 0 && errno == EINTR)
        continue;
    close(kept.socket);
    zp_office_folder_close(&kept.folder);
    kept.pid = 0;
}

/* What the child says, within the limit; 0: it is gone; -1: it takes too long. */
static int listen_for(void)
{
    gint64 end = g_get_monotonic_time() + (gint64)ZP_LIMIT_OFFICE_SECONDS * G_USEC_PER_SEC;
    struct pollfd wait = {.fd = kept.socket, .events = POLLIN};
    for (gint64 left; (left = end - g_get_monotonic_time()) > 0;) {
        char what = 0;
        int n = poll(&wait, 1, (int)(left / 1000) + 1);
        if (n > 0)
            return recv(kept.socket, &what, 1, 0) == 1 ? what : 0;
    }
    return -1;
}

/* Beside the program, wherever its name leads. */
static char *find_library(const char *program)
{
    static const char *const NAMES[] = {"libsofficeapp.so", "libmergedlo.so"};
    g_autofree char *real = realpath(program, NULL);
    g_autofree char *folder = real ? g_path_get_dirname(real) : NULL;
    for (guint k = 0; folder && k < G_N_ELEMENTS(NAMES); k++) {
        char *library = g_build_filename(folder, NAMES[k], NULL);
        if (g_file_test(library, G_FILE_TEST_IS_REGULAR))
            return library;
        g_free(library);
    }
    return NULL;
}

/* What the program itself sets before it goes on as LibreOffice is not set here, so only a library that says it is ready is used. */
static bool start(const char *program)
{
    int ends[2];
    g_autofree char *library = kept.is_unusable ? NULL : find_library(program);
    kept.is_unusable = true;
    if (!library || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    kept.pid = zp_office_folder_open(&kept.folder) ? fork() : -1;
    if (kept.pid == 0)
        serve(ends[1], library, kept.folder.path);
    close(ends[1]);
    kept.socket = ends[0];
    if (kept.pid < 0) {
        close(ends[0]);
        kept.pid = 0;
        return false;
    }
    setpgid(kept.pid, kept.pid);
    zp_office_folder_guard(&kept.folder, kept.pid);
    kept.is_unusable = listen_for() != READY;
    if (kept.is_unusable)
        dismiss();
    return !kept.is_unusable;
}

static GBytes *take(const char *to)
{
    g_autofree char *name = g_strconcat("input.", to, NULL);
    g_autofree char *path = g_build_filename(kept.folder.path, name, NULL);
    char *bytes;
    gsize length;
    bool is_there = g_file_get_contents(path, &bytes, &length, NULL);
    unlink(path);
    return is_there ? g_bytes_new_take(bytes, length) : NULL;
}

bool zp_office_resident_convert(const char *program, GBytes *input, const char *to,
                                GBytes **converted, GError **error)
{
    gsize size;
    const char *bytes = g_bytes_get_data(input, &size);
    Request request = {0};
    *converted = NULL;
    if (!kept.pid && !start(program))
        return false;
    g_autofree char *path = g_build_filename(kept.folder.path, "input", NULL);
    g_strlcpy(request, to, sizeof request);
    if (!g_file_set_contents(path, bytes, (gssize)size, NULL))
        return false;
    int said = send(kept.socket, request, sizeof request, MSG_NOSIGNAL) < 0 ? 0 : listen_for();
    *converted = said == CONVERTED ? take(to) : NULL;
    if (said == -1)
        zp_office_set_late(error);
    else if (!*converted)
        zp_office_set_failed(error);
    if (said <= 0)
        dismiss();
    return true;
}
