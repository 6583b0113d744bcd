/*
 * without.c - run a program as if on a kernel that lacks system calls.
 *
 *     without CALL… -- PROGRAM ARGUMENT…
 *
 * Each CALL (landlock_create_ruleset, seccomp, …) answers ENOSYS from then on, also for what the program
 * starts: as on an old kernel, in a container or under gVisor.  It needs a kernel with seccomp.
 */
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int k = 1;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    for (; k < argc && strcmp(argv[k], "--") != 0; k++) {
        int call = seccomp_syscall_resolve_name(argv[k]);
        if (!filter || call == __NR_SCMP_ERROR ||
            seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), call, 0) != 0)
            return 125;
    }
    if (k + 1 >= argc || seccomp_load(filter) != 0)
        return 125;
    execvp(argv[k + 1], argv + k + 1);
    perror(argv[k + 1]);
    return 127;
}
