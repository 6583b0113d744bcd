/*
 * sandbox_layers.h - the two layers of the sandbox that have a file of their own.
 *
 * For sandbox.c only.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/**
 * zp_landlock_close: allow reading below @folders only, and nothing else that Landlock knows of.
 * @readable: paths of folders and files, ends with NULL; those that do not exist are left out
 *
 * Returns: the ZpSandboxLayer bits that are closed.  Needs no_new_privs.
 */
guint zp_landlock_close(const char *const *readable);

/** zp_landlock_layers: what zp_landlock_close would close under an ABI version. */
guint zp_landlock_layers(int abi);

/** zp_landlock_abi: 0 where the kernel has no Landlock or it is turned off. */
int zp_landlock_abi(void);

/** zp_seccomp_close: from now on only the system calls of seccomp.c.  Needs no_new_privs. */
bool zp_seccomp_close(void);

/** zp_seccomp_is_offered: whether the kernel has filters that can end the process. */
bool zp_seccomp_is_offered(void);
