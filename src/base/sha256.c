/*
 * sha256.c - FIPS 180-4 by nettle, printed.
 */
#include "base/sha256.h"

char *zp_sha256_end(struct sha256_ctx *context)
{
    static const char DIGITS[] = "0123456789abcdef";
    guint8 digest[SHA256_DIGEST_SIZE];
    char *hex = g_malloc(2 * SHA256_DIGEST_SIZE + 1);
    sha256_digest(context, sizeof digest, digest);
    for (gsize k = 0; k < sizeof digest; k++) {
        hex[2 * k] = DIGITS[digest[k] >> 4];
        hex[2 * k + 1] = DIGITS[digest[k] & 15];
    }
    hex[2 * sizeof digest] = '\0';
    return hex;
}

static char *digest_of(gconstpointer data, gsize size)
{
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, size, data);
    return zp_sha256_end(&context);
}

char *zp_sha256_of_bytes(GBytes *bytes)
{
    gsize size = 0;
    gconstpointer data = g_bytes_get_data(bytes, &size);
    return digest_of(data, size);
}
