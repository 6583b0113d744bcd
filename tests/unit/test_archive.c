/*
 * test_archive.c - what of an archive no command reaches: network file systems, folded texts, packed bytes.
 */
#include "archive/db.h"
#include "archive/pack.h"
#include "archive/texts.h"
#include "base/limits.h"

#include <criterion/criterion.h>
#include <string.h>

Test(archive, network_file_systems)
{
    cr_expect(zp_archive_is_remote(0x6969)); /* NFS */
    cr_expect(zp_archive_is_remote(0xff534d42));
    cr_expect(zp_archive_is_remote(0xffffffffff534d42)); /* as a signed word gives it */
    cr_expect_not(zp_archive_is_remote(0xef53));         /* ext4 */
    cr_expect_not(zp_archive_is_remote(0x01021994));     /* tmpfs */
}

Test(archive, grams_do_not_cross_lines)
{
    g_autofree char *grams = zp_texts_grams("\xe5\xb9\xb4\xe5\xba\xa6\nab");
    cr_expect_str_eq(grams, "a ab b \xe5\xb9\xb4 \xe5\xb9\xb4\xe5\xba\xa6 \xe5\xba\xa6");
    g_autofree char *none = zp_texts_grams("");
    cr_expect_str_eq(none, "");
}

static char *folded_of(const char *json)
{
    return zp_texts_folded(json, strlen(json));
}

Test(archive, texts_are_the_forms_own)
{
    g_autofree char *lines = folded_of("{\"template\": \"shanghai\", \"project\": \"\xef\xbc\xa1 "
                                       "B\", \"year\": 2022, \"indicators\": "
                                       "[{\"target\": {\"text\": \"3%\", \"op\": null, \"unit\": "
                                       "\"%\"}, \"other\": {\"X\": null}}], "
                                       "\"extra\": [{\"label\": \"3%\", \"text\": \"\"}]}");
    cr_expect_str_eq(lines, "ab\n3%\nx");
}

Test(archive, texts_are_unescaped)
{
    g_autofree char *lines = folded_of(
        "{\"a\":\"\\\"q\\\\s\\/\\u0041\\ud842\\udfb7\",\"b\":[],\"c\":{},\"d\":[-1.5e3,true]}");
    cr_expect_str_eq(lines, "\"q\\s/a\xf0\xa0\xae\xb7");
}

/* Lists inside each other, a text in the innermost. */
static char *nested(guint depth)
{
    GString *json = g_string_new(NULL);
    for (guint k = 0; k < depth; k++)
        g_string_append_c(json, '[');
    g_string_append(json, "\"x\"");
    for (guint k = 0; k < depth; k++)
        g_string_append_c(json, ']');
    return g_string_free(json, FALSE);
}

Test(archive, what_is_no_json_has_no_texts)
{
    static const char *const DAMAGED[] = {
        "",           "{",           "{\"a\":",      "{\"a\"}",
        "{\"a\":1,}", "[1 2]",       "{\"a\":\"x",   "\"a\nb\"",
        "\"\\u00\"",  "\"\\u0000\"", "\"\\ud800\"",  "\"\\ud800\\u0041\"",
        "\"\\q\"",    "\"\xff\"",    "{\"a\":1} {}", "{\"text\":\"x\",",
        "[1]]",       "{a:1}",
    };
    for (gsize k = 0; k < G_N_ELEMENTS(DAMAGED); k++) {
        g_autofree char *lines = folded_of(DAMAGED[k]);
        cr_expect_null(lines, "%s", DAMAGED[k]);
    }
    g_autofree char *deepest = nested(ZP_LIMIT_FORM_DEPTH - 1);
    g_autofree char *deeper = nested(ZP_LIMIT_FORM_DEPTH);
    g_autofree char *lines = folded_of(deepest), *none = folded_of(deeper);
    cr_expect_str_eq(lines, "x");
    cr_expect_null(none);
}

Test(archive, packed_bytes_come_back)
{
    char text[1000];
    memset(text, 'a', sizeof text);
    g_autoptr(ZpPacker) packer = zp_packer_new();
    g_autoptr(GBytes) packed = zp_pack(packer, text, sizeof text);
    gsize size = 0;
    gconstpointer data = g_bytes_get_data(packed, &size);
    cr_assert(size < sizeof text);
    g_autoptr(GBytes) back = zp_unpack(data, size, sizeof text);
    cr_assert(back);
    cr_expect_eq(memcmp(g_bytes_get_data(back, NULL), text, sizeof text), 0);
    cr_expect_null(zp_unpack(data, size, sizeof text - 1)); /* larger than it may become */
    cr_expect_null(zp_unpack(data, size - 3, sizeof text));
    cr_expect_null(zp_pack(packer, "x", 1)); /* it would not be smaller */
}
