/*
 * landlock.c - the layer of the sandbox that closes the file system, TCP and signals.
 *
 * https://docs.kernel.org/userspace-api/landlock.html.  A ruleset names the rights that it
 * handles; what it handles and no rule grants is refused.  Each ABI version of the kernel adds
 * rights, and one that it does not know is an error, so the ruleset asks for what the version
 * has.  Debian 12's header ends at ABI 2 and its libc has no wrappers, hence the numbers here.
 */
#include "run/sandbox.h"
#include "run/sandbox_layers.h"

#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* struct landlock_ruleset_attr as of ABI 6; an older kernel takes its zeroed tail for absent. */
typedef struct {
    uint64_t files, network, scopes;
} Ruleset;

/* struct landlock_path_beneath_attr, which is packed. */
typedef struct {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed)) PathBeneath;

enum { CREATE_RULESET_VERSION = 1, RULE_PATH_BENEATH = 1 };

#define READ_FILE (UINT64_C(1) << 2)
#define READ_DIR  (UINT64_C(1) << 3)

/* The rights that each ABI version can handle: the first so many bits of each word. */
static const struct {
    int files, network, scopes;
} RIGHTS[] = {
    {0, 0, 0},  /* no Landlock */
    {13, 0, 0}, /* execute, write, read, make and remove all kinds of files */
    {14, 0, 0}, /* move between folders */
    {15, 0, 0}, /* truncate */
    {15, 2, 0}, /* bind and connect TCP */
    {16, 2, 0}, /* ioctl on devices */
    {16, 2, 2}, /* abstract sockets and signals beyond the sandbox */
};

static int clamp_abi(int abi)
{
    return CLAMP(abi, 0, (int)G_N_ELEMENTS(RIGHTS) - 1);
}

static uint64_t first_bits(int n)
{
    return (UINT64_C(1) << n) - 1;
}

int zp_landlock_abi(void)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);
    return abi < 0 ? 0 : (int)abi;
}

guint zp_landlock_layers(int abi)
{
    int k = clamp_abi(abi);
    return (RIGHTS[k].files ? ZP_SANDBOX_FILES : 0) | (RIGHTS[k].network ? ZP_SANDBOX_NETWORK : 0) |
           (RIGHTS[k].scopes ? ZP_SANDBOX_SIGNALS : 0);
}

/* A path that is not there needs no rule; false: the kernel refused one. */
static bool allow_reading(int ruleset, const char *path)
{
    struct stat about;
    PathBeneath rule = {.allowed = READ_FILE, .parent = open(path, O_PATH | O_CLOEXEC)};
    if (rule.parent < 0)
        return true;
    if (fstat(rule.parent, &about) == 0 && S_ISDIR(about.st_mode))
        rule.allowed |= READ_DIR;
    bool done = syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0) == 0;
    close(rule.parent);
    return done;
}

guint zp_landlock_close(const char *const *readable)
{
    int abi = zp_landlock_abi();
    int k = clamp_abi(abi);
    const Ruleset rights = {first_bits(RIGHTS[k].files), first_bits(RIGHTS[k].network),
                            first_bits(RIGHTS[k].scopes)};
    int ruleset =
        abi > 0 ? (int)syscall(SYS_landlock_create_ruleset, &rights, sizeof rights, 0) : -1;
    if (ruleset < 0)
        return 0;
    bool done = true;
    for (; *readable && done; readable++)
        done = allow_reading(ruleset, *readable);
    done = done && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return done ? zp_landlock_layers(abi) : 0;
}
