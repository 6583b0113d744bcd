/*
 * folder.h - a temporary folder that goes, with what was started in it, however its owner ends.
 *
 * Layer: parsers.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

/* A folder that its guard removes with all it holds. */
typedef struct {
    char *path;
    pid_t guard;
    int pipe; /* to the guard: which group it shall end; then its end */
} ZpOfficeFolder;

bool zp_office_folder_open(ZpOfficeFolder *folder);

/**
 * zp_office_folder_guard: which group of processes is to end with it.
 */
void zp_office_folder_guard(const ZpOfficeFolder *folder, pid_t group);

/**
 * zp_office_folder_close: end the group, remove the folder, wait for both; of one that is not open nothing.
 */
void zp_office_folder_close(ZpOfficeFolder *folder);
