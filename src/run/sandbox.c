/*
 * sandbox.c - the layers of the sandbox in the order in which they can be closed.
 *
 * First what the others need (no new privileges), then limits, then Landlock, which opens the
 * folders that stay readable, and seccomp last, which would refuse all of that.
 */
#include "run/sandbox.h"

#include "run/sandbox_layers.h"

#include <glob.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED true
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED false
#endif

/* Descriptors: the ones of the pool, an input, a font, a character map, and room. */
#define DESCRIPTORS 64

/* What stays readable: fonts and how they are chosen, Poppler's character maps, iconv. */
static const char *const READABLE[] = {
    "/etc/fonts",         "/usr/share/fonts",     "/usr/local/share/fonts", "/usr/share/fontconfig",
    "/usr/share/poppler", "/var/cache/fontconfig"};

/* The same, below the user's folders. */
static const char *const READABLE_DATA = "fonts", *READABLE_CACHE = "fontconfig",
                         *READABLE_CONFIG = "fontconfig", *READABLE_HOME = ".fonts";

/* Where libc keeps iconv's converters, by distribution. */
static const char *const CONVERTERS[] = {"/usr/lib/*/gconv", "/usr/lib64/gconv", "/usr/lib/gconv"};

static void add_matches(GPtrArray *paths, const char *pattern)
{
    glob_t found = {0};
    if (glob(pattern, GLOB_NOSORT, NULL, &found) == 0) {
        for (size_t k = 0; k < found.gl_pathc; k++)
            g_ptr_array_add(paths, g_strdup(found.gl_pathv[k]));
    }
    globfree(&found);
}

static GPtrArray *list_readable(void)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    for (gsize k = 0; k < G_N_ELEMENTS(READABLE); k++)
        g_ptr_array_add(paths, g_strdup(READABLE[k]));
    g_ptr_array_add(paths, g_build_filename(g_get_user_data_dir(), READABLE_DATA, NULL));
    g_ptr_array_add(paths, g_build_filename(g_get_user_cache_dir(), READABLE_CACHE, NULL));
    g_ptr_array_add(paths, g_build_filename(g_get_user_config_dir(), READABLE_CONFIG, NULL));
    g_ptr_array_add(paths, g_build_filename(g_get_home_dir(), READABLE_HOME, NULL));
    for (gsize k = 0; k < G_N_ELEMENTS(CONVERTERS); k++)
        add_matches(paths, CONVERTERS[k]);
    g_ptr_array_add(paths, NULL);
    return paths;
}

static bool close_privileges(void)
{
    const struct rlimit none = {0, 0};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
           setrlimit(RLIMIT_CORE, &none) == 0;
}

/* Never above what is set already: raising would need privileges. */
static bool set_limit(int resource, rlim_t most)
{
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0)
        return false;
    limit.rlim_max = MIN(limit.rlim_max, most);
    limit.rlim_cur = MIN(limit.rlim_cur, limit.rlim_max);
    return setrlimit(resource, &limit) == 0;
}

/* Bytes that the process has mapped: mostly libraries, which a limit on a file should not count. */
static guint64 mapped_bytes(void)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents("/proc/self/statm", &text, NULL, NULL))
        return 0;
    return g_ascii_strtoull(text, NULL, 10) * (guint64)sysconf(_SC_PAGESIZE);
}

static bool close_resources(const ZpSandboxOptions *options)
{
    guint64 memory = options->memory_bytes;
    signal(SIGXFSZ, SIG_IGN);
    bool done =
        set_limit(RLIMIT_FSIZE, options->write_bytes) && set_limit(RLIMIT_NOFILE, DESCRIPTORS);
    if (IS_SANITIZED)
        return done;
    done = done && set_limit(RLIMIT_NPROC, 0);
    if (memory == 0 || memory > G_MAXINT64)
        return done;
    return done && set_limit(RLIMIT_AS, mapped_bytes() + memory);
}

guint zp_sandbox_close(const ZpSandboxOptions *options)
{
    tzset(); /* a library that asks for the time zone later finds it read */
    /* The layers that are closed of those that are wanted. */
    guint wanted = zp_sandbox_offers() & ~options->without;
    guint closed = 0;
    g_autoptr(GPtrArray) readable = list_readable();
    if ((wanted & ZP_SANDBOX_PRIVILEGES) && close_privileges())
        closed |= ZP_SANDBOX_PRIVILEGES;
    if ((wanted & ZP_SANDBOX_RESOURCES) && close_resources(options))
        closed |= ZP_SANDBOX_RESOURCES;
    if (wanted & ZP_SANDBOX_FILES)
        closed |= zp_landlock_close((const char *const *)readable->pdata);
    if ((wanted & ZP_SANDBOX_CALLS) && zp_seccomp_close())
        closed |= ZP_SANDBOX_CALLS;
    return closed;
}

guint zp_sandbox_offers(void)
{
    guint offered = ZP_SANDBOX_PRIVILEGES | ZP_SANDBOX_RESOURCES;
    if (IS_SANITIZED)
        return offered;
    return offered | zp_landlock_layers(zp_landlock_abi()) |
           (zp_seccomp_is_offered() ? ZP_SANDBOX_CALLS : 0u);
}

guint zp_sandbox_lacks(void)
{
    return (ZP_SANDBOX_FILES | ZP_SANDBOX_CALLS) & ~zp_sandbox_offers();
}

bool zp_sandbox_is_sanitized(void)
{
    return IS_SANITIZED;
}

int zp_sandbox_landlock_abi(void)
{
    return zp_landlock_abi();
}
