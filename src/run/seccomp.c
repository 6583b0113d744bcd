/*
 * seccomp.c - the layer of the sandbox that closes the system calls.
 *
 * A call that no row allows fails with ENOSYS, which lets libc fall back from a call that is newer than
 * this table.  What only a program that was taken over does ends the process, so that
 * the parent sees SIGSYS.  The rows are what reading forms with every parser was seen to call, what libc
 * calls in their stead on other versions and architectures, and what handing over descriptors and records needs.
 *
 * libseccomp makes the filter: https://man7.org/linux/man-pages/man3/seccomp_rule_add.3.html
 */
#include "run/sandbox_layers.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Allowed with any arguments. */
static const char *const ALLOWED[] = {
    /* descriptors that are open already, or were opened by openat below */
    "read", "readv", "pread64", "preadv", "write", "writev", "lseek", "_llseek", "close", "fstat",
    "fstat64", "fadvise64", "dup", "recvmsg", "sendmsg", "shutdown", "poll", "ppoll", "select",
    "pselect6", "getdents64", "fstatfs",
    /* what stands where: opening is Landlock's to refuse */
    "newfstatat", "fstatat64", "stat", "lstat", "statx", "statfs", "access", "faccessat",
    "faccessat2", "readlink", "readlinkat", "getcwd",
    /* memory; executable too, for PCRE2's JIT and iconv's converters */
    "mmap", "mmap2", "munmap", "mremap", "mprotect", "madvise", "brk",
    /* time, chance, who am I */
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time",
    "getrandom", "getpid", "getppid", "gettid", "getuid", "geteuid", "getgid", "getegid",
    "getrusage", "sysinfo", "uname", "sched_yield", "sched_getaffinity",
    /* signals of one's own, locks, the end */
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigreturn", "sigaltstack", "restart_syscall",
    "futex", "set_robust_list", "rseq", "exit", "exit_group", NULL};

/* End the process, whatever the arguments. */
static const char *const HOSTILE[] = {
    /* another program or process */
    "execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev",
    "kill", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal", "pidfd_getfd",
    /* a network, or a socket at all */
    "socket", "socketcall", "socketpair", "connect", "bind", "listen", "accept", "accept4",
    /* the system */
    "mount", "umount2", "move_mount", "open_tree", "fsopen", "pivot_root", "chroot", "setns",
    "unshare", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load",
    "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "keyctl", "add_key", "request_key",
    "open_by_handle_at", "reboot", "swapon", "swapoff", "iopl", "ioperm", NULL};

/* openat for anything but reading. */
#define WRITING_FLAGS ((O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | O_TMPFILE) & ~O_DIRECTORY)

/* A call that is allowed or ends the process when an argument, masked, is a value. */
typedef struct {
    uint32_t action;
    const char *name;
    unsigned int argument;
    uint64_t mask, value;
} Condition;

static bool add_row(scmp_filter_ctx filter, uint32_t action, const char *name)
{
    int call = seccomp_syscall_resolve_name(name);
    /* Not a call of this architecture, or newer than libseccomp: ENOSYS. */
    return call == __NR_SCMP_ERROR || seccomp_rule_add(filter, action, call, 0) == 0;
}

static bool add_rows(scmp_filter_ctx filter, uint32_t action, const char *const *names)
{
    for (; *names; names++) {
        if (!add_row(filter, action, *names))
            return false;
    }
    return true;
}

static bool fill(scmp_filter_ctx filter)
{
    const uint32_t allow = SCMP_ACT_ALLOW, end = SCMP_ACT_KILL_PROCESS;
    const uint64_t whole = UINT64_MAX, low = UINT32_MAX;
    const Condition conditions[] = {
        {allow, "openat", 2, WRITING_FLAGS, O_RDONLY},
        {allow, "open", 1, WRITING_FLAGS, O_RDONLY},
        {allow, "prlimit64", 2, whole, 0},             /* asks, sets nothing */
        {allow, "sendto", 4, whole, 0},                /* to the other end only */
        {allow, "recvfrom", 4, whole, 0},              /* without asking from whom */
        {allow, "tgkill", 0, low, (uint64_t)getpid()}, /* abort() */
        {allow, "ioctl", 1, low, TCGETS},              /* isatty() */
        /* no owner of a descriptor's signals */
        {allow, "fcntl", 1, low, F_GETFD},
        {allow, "fcntl", 1, low, F_SETFD},
        {allow, "fcntl", 1, low, F_GETFL},
        {allow, "fcntl", 1, low, F_SETFL},
        {allow, "fcntl", 1, low, F_DUPFD},
        {allow, "fcntl", 1, low, F_DUPFD_CLOEXEC},
        {end, "clone", 0, CLONE_THREAD, 0}, /* a process; a thread is ENOSYS */
    };
    if (seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, end) != 0 ||
        seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) != 0 ||
        !add_rows(filter, allow, ALLOWED) || !add_rows(filter, end, HOSTILE))
        return false;
    gsize n = G_N_ELEMENTS(conditions);
    for (gsize k = 0; k < n; k++) {
        const struct scmp_arg_cmp compare = SCMP_CMP64(conditions[k].argument, SCMP_CMP_MASKED_EQ,
                                                       conditions[k].mask, conditions[k].value);
        int call = seccomp_syscall_resolve_name(conditions[k].name);
        if (call == __NR_SCMP_ERROR ||
            seccomp_rule_add_array(filter, conditions[k].action, call, 1, &compare) != 0)
            return false;
    }
    return true;
}

bool zp_seccomp_close(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    if (!filter)
        return false;
    bool done = fill(filter) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return done;
}

bool zp_seccomp_is_offered(void)
{
    const uint32_t action = SECCOMP_RET_KILL_PROCESS;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}
