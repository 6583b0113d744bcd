/*
 * test_xml_part.c - a part of a package that is no XML: an error, and nothing printed.
 *
 * What libxml2 says of bytes that its converter cannot read (input conversion failed) reaches no handler of the parser.
 */
#include "parsers/ooxml/xml.h"

#include <criterion/criterion.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* What the parse prints on standard error. */
static char *printed_by(const char *text, gsize length, GError **error)
{
    static const ZpXmlName NAMES[] = {{0}};
    static const ZpXmlHandler HANDLER = {.names = NAMES};
    char *path = NULL, *printed = NULL;
    int fd = g_file_open_tmp("ziping-XXXXXX", &path, NULL), own = dup(STDERR_FILENO);
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, length);
    cr_assert_geq(fd, 0);
    dup2(fd, STDERR_FILENO);
    cr_assert_not(zp_xml_parse(bytes, "a.xml", &HANDLER, NULL, error));
    dup2(own, STDERR_FILENO);
    close(own);
    close(fd);
    cr_assert(g_file_get_contents(path, &printed, NULL, NULL));
    g_unlink(path);
    g_free(path);
    return printed;
}

Test(xml_part, says_nothing)
{
    static const char *const ENCODINGS[] = {"UTF-8", "GB18030", "EUC-JP", "UTF-16", "none"};
    for (gsize k = 0; k < G_N_ELEMENTS(ENCODINGS); k++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GString) text = g_string_new(NULL);
        g_string_printf(text, "<?xml version=\"1.0\" encoding=\"%s\"?><a>", ENCODINGS[k]);
        for (int line = 0; line < 2000; line++)
            g_string_append(text, "<b>text</b>");
        g_string_append(text, "\xEE\xFF</T>\xD1\"  </a>");
        g_autofree char *printed = printed_by(text->str, text->len, &error);
        cr_assert_not_null(error);
        cr_assert_str_empty(printed, "%s", printed);
    }
}
