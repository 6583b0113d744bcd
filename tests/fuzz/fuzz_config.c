/*
 * fuzz_config.c - any bytes as a configuration, a baseline and an earlier report; what is read must hold.
 *
 * The readers take paths, so the bytes go through a file in memory.
 */
#include "config/config.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a configuration says, asked of one place, and shown. */
static void use_settings(const ZpRulebook *rulebook, const char *path)
{
    const ZpConfigOptions options = {.file = path};
    const ZpLimits none = {0};
    const ZpGiven given = {.limits = &none};
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpConfig) config = zp_config_new(rulebook, &options, &error);
    g_assert((config != NULL) == (error == NULL));
    if (!config)
        return;
    ZpRuleGrade grades[ZP_RULE_COUNT];
    g_autoptr(GString) shown = g_string_new(NULL);
    zp_config_grades(config, "2022/a.html", NULL, grades);
    zp_config_show(shown, config, "2022/a.html", &given);
}

/* A baseline that was read and is printed reads as the same again. */
static void use_known(ZpKnown *known)
{
    g_autoptr(GString) out = g_string_new(NULL);
    if (!known)
        return;
    zp_known_print(known, out);
    zp_known_forget_gone(known);
    zp_known_print(known, out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ZpRulebook *rulebook;
    if (!rulebook)
        rulebook = zp_rulebook_open(NULL, NULL);
    int fd = memfd_create("input", MFD_CLOEXEC);
    g_assert(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);
    use_settings(rulebook, path);
    g_autoptr(ZpKnown) baseline = zp_known_read_baseline(path, NULL);
    g_autoptr(ZpKnown) report = zp_known_read_report(path, NULL);
    use_known(baseline);
    use_known(report);
    close(fd);
    return 0;
}
