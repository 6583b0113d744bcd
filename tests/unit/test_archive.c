/*
 * test_archive.c - what of an archive no command reaches: network file systems, folded texts, packed bytes.
 */
#include "archive/db.h"
#include "archive/pack.h"
#include "archive/texts.h"

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

Test(archive, texts_are_the_forms_own)
{
    json_t *form = json_loads("{\"template\": \"shanghai\", \"project\": \"\xef\xbc\xa1 B\", "
                              "\"year\": 2022, \"indicators\": "
                              "[{\"target\": {\"text\": \"3%\", \"op\": null, \"unit\": \"%\"}, "
                              "\"other\": {\"X\": null}}], "
                              "\"extra\": [{\"label\": \"3%\", \"text\": \"\"}]}",
                              0, NULL);
    g_autofree char *lines = zp_texts_folded(form);
    cr_expect_str_eq(lines, "ab\n3%\nx");
    json_decref(form);
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
