/*
 * fuzz_corrections.c - any bytes as a file of corrections; what is taken must be what a form may be given.
 */
#include "base/limits.h"
#include "run/corrections.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL, refused = NULL;
    g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
    g_autoptr(GPtrArray) list = zp_corrections_parse(bytes, &error);
    g_assert((list != NULL) == (error == NULL));
    if (!list)
        return 0;
    g_assert(list->len <= ZP_LIMIT_CORRECTIONS);
    g_autoptr(ZpCorrections) corrections = zp_corrections_new(list, "", &refused);
    g_assert((corrections != NULL) == (refused == NULL));
    for (guint k = 0; corrections && k < list->len; k++) {
        const ZpCorrection *one = g_ptr_array_index(list, k);
        g_assert(strlen(one->text) <= ZP_LIMIT_CORRECTION_BYTES && *one->who && *one->when);
        g_assert(one->pointer[0] == '/' && strlen(one->sha256) == 64);
    }
    return 0;
}
