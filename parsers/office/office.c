/*
 * office.c - LibreOffice as a converter: one file in, one file out, in a folder of its own.
 *
 *     TMP/input            the bytes of the file; its name is never used
 *     TMP/profile          a fresh profile: no macros, no settings and no lock of the user's
 *     TMP/input.docx       what came out
 *
 * The program gets a process group of its own, so that all of it can be ended when
 * ZP_LIMIT_OFFICE_SECONDS are over, and a bound on what it writes.
 *
 * Nothing is left behind, however this process ends (its parent may have to end it by SIGKILL): a guard, a
 * process that does nothing but wait for the end of a pipe, then ends the group and removes the folder.
 */
#include "parsers/office/office.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/docx/docx.h"
#include "parsers/kinds.h"
#include "parsers/office/folder.h"
#include "parsers/office/resident.h"
#include "parsers/xlsx/xlsx.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* How long to sleep between two looks at the program. */
#define POLL_US (20 * 1000)

static const ZpKind *kind_of(GBytes *bytes)
{
    gsize size = MIN(g_bytes_get_size(bytes), (gsize)ZP_LIMIT_PROBE_BYTES);
    g_autoptr(GBytes) head = g_bytes_new_from_bytes(bytes, 0, size);
    const ZpKind *kind = zp_kind_of(head);
    return kind ? zp_kind_look_inside(kind, bytes) : NULL;
}

bool zp_office_takes(GBytes *head)
{
    const ZpKind *kind = kind_of(head);
    return kind && kind->office_to;
}

static void prepare_child(gpointer data)
{
    const struct rlimit size = {ZP_LIMIT_INPUT_BYTES, ZP_LIMIT_INPUT_BYTES}, none = {0, 0};
    (void)data;
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* until the guard knows its group */
    setrlimit(RLIMIT_FSIZE, &size);
    setrlimit(RLIMIT_CORE, &none);
}

char *zp_office_program(void)
{
    char *path = g_find_program_in_path("soffice");
    return path ? path : g_find_program_in_path("libreoffice");
}

static char *find_office(GError **error)
{
    char *path = zp_office_program();
    if (!path)
        zp_error_set(
            error, ZP_ERROR_KIND,
            "--office 要用 LibreOffice，但没有找到；请安装 LibreOffice，或另存为 .docx 或 .xlsx",
            "--office needs LibreOffice, which was not found; install it, or save the file as "
            ".docx or .xlsx");
    return path;
}

/* Wait until the program ends; past the limit its whole group is ended. */
static bool wait_for(GPid pid, GError **error)
{
    gint64 end = g_get_monotonic_time() + (gint64)ZP_LIMIT_OFFICE_SECONDS * G_USEC_PER_SEC;
    int status = 0;
    pid_t done;
    while ((done = waitpid(pid, &status, WNOHANG)) == 0 && g_get_monotonic_time() < end)
        g_usleep(POLL_US);
    kill(-pid, SIGKILL); /* also what the program itself started and left */
    if (done == pid)
        return true;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    zp_office_set_late(error);
    return false;
}

static bool run_office(const char *program, const ZpOfficeFolder *own, const char *to,
                       GError **error)
{
    const char *folder = own->path;
    g_autofree char *profile =
        g_strconcat("-env:UserInstallation=file://", folder, "/profile", NULL);
    g_autofree char *input = g_build_filename(folder, "input", NULL);
    const char *const argv[] = {program,         profile,        "--headless", "--norestore",
                                "--nolockcheck", "--convert-to", to,           "--outdir",
                                folder,          input,          NULL};
    g_auto(GStrv) environment = g_environ_setenv(g_get_environ(), "HOME", folder, TRUE);
    g_autoptr(GError) cause = NULL;
    GPid pid;
    if (!g_spawn_async(folder, (char **)argv, environment,
                       G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
                           G_SPAWN_STDERR_TO_DEV_NULL,
                       prepare_child, NULL, &pid, &cause)) {
        zp_error_set(error, ZP_ERROR_KIND, "LibreOffice 无法启动：%s",
                     "LibreOffice could not be started: %s", cause->message);
        return false;
    }
    zp_office_folder_guard(own, pid);
    return wait_for(pid, error);
}

static GBytes *take_output(const char *folder, const char *to, GError **error)
{
    g_autofree char *name = g_strconcat("input.", to, NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    char *bytes;
    gsize length;
    if (g_file_get_contents(path, &bytes, &length, NULL))
        return g_bytes_new_take(bytes, length);
    zp_office_set_failed(error);
    return NULL;
}

/* By a program of its own. */
static GBytes *convert_apart(const char *program, GBytes *input, const char *to, GError **error)
{
    __attribute__((cleanup(zp_office_folder_close))) ZpOfficeFolder folder = {0};
    g_autofree char *path =
        zp_office_folder_open(&folder) ? g_build_filename(folder.path, "input", NULL) : NULL;
    gsize size;
    const char *bytes = g_bytes_get_data(input, &size);
    if (!path || !g_file_set_contents(path, bytes, (gssize)size, NULL)) {
        zp_error_set(error, ZP_ERROR_IO, "临时文件夹不能写；请检查 TMPDIR",
                     "the temporary folder cannot be written; check TMPDIR");
        return NULL;
    }
    return run_office(program, &folder, to, error) ? take_output(folder.path, to, error) : NULL;
}

/* One that is kept for many files is asked first; what it cannot be used for is converted apart. */
static GBytes *convert(GBytes *input, const char *to, GError **error)
{
    g_autofree char *program = find_office(error);
    GBytes *converted = NULL;
    if (!program)
        return NULL;
    if (zp_office_resident_convert(program, input, to, &converted, error))
        return converted;
    return convert_apart(program, input, to, error);
}

static ZpDocument *read_office(GBytes *input, const ZpReadOptions *options, GError **error)
{
    const ZpKind *kind = kind_of(input);
    const char *to = kind && kind->office_to ? kind->office_to : "docx";
    g_autoptr(GBytes) converted = convert(input, to, error);
    if (!converted)
        return NULL;
    const ZpParser *parser = strcmp(to, "xlsx") == 0 ? &zp_xlsx_parser : &zp_docx_parser;
    ZpDocument *document = parser->read(converted, options, error);
    g_autofree char *zh =
        g_strdup_printf("由 LibreOffice 转成 %s 后读取；位置是转换后文件的位置", to);
    g_autofree char *en = g_strdup_printf("read after LibreOffice converted it to %s; places are "
                                          "those of the converted file",
                                          to);
    if (document)
        zp_document_add_note(document, ZP_LOSS_CHANGED_TEXT, &(ZpPlace){0}, zh, en);
    return document;
}

/* Never asked: the file is given to it only where `--office` says so. */
static int probe_office(GBytes *head)
{
    return zp_office_takes(head) ? 1 : 0;
}

static const char *const SUFFIXES[] = {NULL};

const ZpParser zp_office_parser = {
    .name = "office",
    .suffixes = SUFFIXES,
    .probe = probe_office,
    .read = read_office,
};
