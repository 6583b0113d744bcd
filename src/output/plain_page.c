/*
 * plain_page.c - doctype, policy, style.
 */
#include "output/plain_page.h"

#include "output/escape.h"
#include "page_resources.h"

#include <string.h>

char *zp_plain_page_hash(const char *text)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[32];
    gsize length = sizeof digest;
    g_checksum_update(sum, (const guint8 *)text, (gssize)strlen(text));
    g_checksum_get_digest(sum, digest, &length);
    return g_base64_encode(digest, length);
}

void zp_plain_page_begin(GString *out, const char *language, const char *title, const char *style)
{
    zp_plain_page_begin_with(out, language, title, style, "");
}

void zp_plain_page_begin_with(GString *out, const char *language, const char *title,
                              const char *style, const char *policy)
{
    g_autofree char *hash = zp_plain_page_hash(style);
    g_string_append_printf(
        out,
        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri "
        "'none'; "
        "form-action 'none'; style-src 'sha256-%s'%s\">\n<title>",
        language, hash, policy);
    zp_escape_xml(out, title);
    g_string_append_printf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n", style);
}

char *zp_plain_page_style(const char *more)
{
    g_autoptr(GBytes) bytes = g_resource_lookup_data(
        zp_page_get_resource(), "/ziping/page/report.css", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    return g_strconcat(g_bytes_get_data(bytes, NULL), more,
                       NULL); /* NUL-terminated, and compiled in */
}
