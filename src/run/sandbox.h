/*
 * sandbox.h - what a worker process gives up before it reads its first file.
 *
 * The parser of a hostile file may be taken over; what it can then still do is decided here.
 * A worker needs memory, the descriptors that it was handed, and a few folders to read: fonts,
 * Poppler's character maps, the converters of iconv.  It never needs another process, a
 * network, a new file or a program, so those are closed in layers, each of which a kernel may
 * lack: a missing layer is left out and told, never an error.
 *
 * A sanitizer build leaves out ZP_SANDBOX_FILES and all below it in the enum, and RLIMIT_AS and
 * RLIMIT_NPROC: its checks at the end need /proc and a process of their own.  valgrind 3.19 knows
 * neither Landlock nor seccomp and offers none of them.  --no-sandbox is how other tools (gdb, strace
 * -f with a filter, profilers) get at a worker.
 *
 * Not for --office: that starts LibreOffice, which no closed worker can.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The layers, as bits: what zp_sandbox_close closed and zp_sandbox_offers found. */
typedef enum {
    ZP_SANDBOX_PRIVILEGES = 1 << 0, /* no new privileges, no core dump, not to be traced */
    ZP_SANDBOX_RESOURCES = 1 << 1,  /* limits on memory, processes, descriptors, files written */
    ZP_SANDBOX_FILES = 1 << 2,      /* Landlock: reads a few folders, writes nothing */
    ZP_SANDBOX_NETWORK = 1 << 3,    /* Landlock ABI 4: no TCP */
    ZP_SANDBOX_SIGNALS = 1 << 4,    /* Landlock ABI 6: no signal or abstract socket to outside */
    ZP_SANDBOX_CALLS = 1 << 5,      /* seccomp: only the system calls that reading needs */
} ZpSandboxLayer;

#define ZP_SANDBOX_ALL ((1u << 6) - 1)

typedef struct {
    guint64 memory_bytes; /* what may be mapped beyond what is mapped now; 0: no limit */
    guint64 write_bytes;  /* size of a file that is open for writing: one in memory */
    guint without;        /* layers left open, so that a test has a kernel that lacks them */
} ZpSandboxOptions;

/**
 * zp_sandbox_close: close every layer that this kernel and build offer, for good.
 *
 * To be called in the worker, with one thread, after the PDF module is loaded and before the
 * first byte of a file is read; takes about half a millisecond.  Files are then opened only for reading below the
 * folders of sandbox.c.  A forbidden act fails, or ends the process by SIGSYS where nothing harmless does
 * it (exec, fork, socket, ptrace, mount, …).  Memory over the limit makes GLib abort (SIGTRAP or SIGABRT) or C++ throw.
 * SIGXFSZ is ignored from then on: a message to a standard error that is a regular file is lost.
 *
 * Returns: the bits of the layers that are closed; compare with zp_sandbox_offers().
 */
guint zp_sandbox_close(const ZpSandboxOptions *options);

/** zp_sandbox_offers: the layers that this kernel and build offer; changes nothing. */
guint zp_sandbox_offers(void);

/**
 * zp_sandbox_lacks: of the two layers that nothing else stands in for, ZP_SANDBOX_FILES and ZP_SANDBOX_CALLS,
 * those that this kernel or build does not offer.
 */
guint zp_sandbox_lacks(void);

/** zp_sandbox_is_sanitized: a sanitizer build, which leaves layers out on any kernel. */
bool zp_sandbox_is_sanitized(void);

/** zp_sandbox_landlock_abi: the version of the kernel's Landlock; 0: it has none, or it is off. */
int zp_sandbox_landlock_abi(void);
