/*
 * folder.c - a folder of one's own with a guard: a process that does nothing but wait for the end of a pipe, and then ends a group of
 * processes and removes the folder, however the process that holds the pipe ended.
 */
#include "parsers/office/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Folders that the clean-up may hold open. */
#define OPEN_FOLDERS_MAX 16
/* How often to remove a folder in which something may still be written, and how long to wait in between. */
#define REMOVALS   100
#define REMOVAL_US (50 * 1000)

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *walk)
{
    (void)about, (void)type, (void)walk;
    return remove(path);
}

static void remove_folder(const char *folder)
{
    nftw(folder, remove_one, OPEN_FOLDERS_MAX, FTW_DEPTH | FTW_PHYS);
}

/* In the guard: until the pipe ends, by whatever end of the process that holds it. */
static _Noreturn void watch_over(const char *folder, int pipe)
{
    pid_t group = 0;
    gssize n;
    for (int number = 1; number < NSIG; number++)
        signal(number,
               number == SIGHUP || number == SIGINT || number == SIGTERM || number == SIGQUIT
                   ? SIG_IGN
                   : SIG_DFL);
    /* Whoever waits for the end of a descriptor that was inherited shall not wait for the guard. */
    if (pipe > 0)
        close_range(0, (guint)pipe - 1, 0);
    close_range((guint)pipe + 1, G_MAXUINT, 0);
    do
        n = read(pipe, &group, sizeof group);
    while (n > 0 || (n < 0 && errno == EINTR));
    if (group > 0)
        kill(-group, SIGKILL);
    /* What was ended may still put a file there. */
    for (guint tries = 0; tries < REMOVALS && access(folder, F_OK) == 0; tries++) {
        if (tries)
            g_usleep(REMOVAL_US);
        remove_folder(folder);
    }
    _exit(EXIT_SUCCESS);
}

bool zp_office_folder_open(ZpOfficeFolder *folder)
{
    int ends[2];
    folder->path = g_dir_make_tmp("ziping-XXXXXX", NULL);
    if (!folder->path)
        return false;
    if (pipe2(ends, O_CLOEXEC) == 0) {
        folder->guard = fork();
        if (folder->guard == 0) {
            close(ends[1]);
            watch_over(folder->path, ends[0]);
        }
        close(ends[0]);
        folder->pipe = ends[1];
        if (folder->guard > 0)
            return true;
        close(folder->pipe);
    }
    remove_folder(folder->path);
    return false;
}

void zp_office_folder_close(ZpOfficeFolder *folder)
{
    if (folder->guard > 0) {
        close(folder->pipe);
        while (waitpid(folder->guard, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    g_free(folder->path);
    *folder = (ZpOfficeFolder){0};
}

void zp_office_folder_guard(const ZpOfficeFolder *folder, pid_t group)
{
    while (write(folder->pipe, &group, sizeof group) < 0 && errno == EINTR)
        continue;
}
