/*
 * test_kinds.c - foreign kinds by their first bytes, and the choice of a parser.
 */
#include "base/error.h"
#include "parsers/kinds.h"
#include "parsers/parser.h"
#include "table.h"

#include <criterion/criterion.h>
#include <string.h>

#define BYTES(literal) literal, sizeof(literal) - 1
/* A local file header of a zip: magic, 26 bytes that do not matter, the part's name. */
#define ZIP(name)                                                                                  \
    "PK\3\4"                                                                                       \
    "abcdefghijklmnopqrstuvwxyz" name

static const struct {
    const char *bytes;
    gsize length;
    const char *id; /* NULL: no kind */
} KINDS[] = {
    {BYTES("\x89PNG\r\n\x1a\n...."), "png"},
    {BYTES("\xff\xd8\xff\xe0"), "jpeg"},
    {BYTES("GIF89a"), "gif"},
    {BYTES("GIF87a"), "gif"},
    {BYTES("BM\1\2\3\4\0\0\0\0"), "bmp"},
    {BYTES("BMW 车辆购置项目"), NULL},
    {BYTES("II*\0...."), "tiff"},
    {BYTES("MM\0*...."), "tiff"},
    {BYTES("RIFF\1\2\3\4WEBPVP8 "), "webp"},
    {BYTES("RIFF\1\2\3\4WAVEfmt "), "wav"},
    {BYTES("RIFF 项目名称"), NULL},
    {BYTES("....ftypheic"), "heic"},
    {BYTES("....ftypisom"), "mp4"},
    {BYTES("%PDF-1.7\n"), "pdf"},
    {BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "ole2"},
    {BYTES("{\\rtf1\\ansi"), "rtf"},
    {BYTES("\x1f\x8b\x08"), "gzip"},
    {BYTES("BZh91AY&SY"), "bzip2"},
    {BYTES("BZh 项目"), NULL},
    {BYTES("\xfd"
           "7zXZ\0\0"),
     "xz"},
    {BYTES("7z\xbc\xaf\x27\x1c"), "7z"},
    {BYTES("Rar!\x1a\x07\0"), "rar"},
    {BYTES("\x7f"
           "ELF\2"),
     "elf"},
    {BYTES("SQLite format 3\0"), "sqlite"},
    {BYTES("ID3\4"), "mp3"},
    {BYTES("ID3 算法"), NULL},
    {BYTES(ZIP("OFD.xml")), "ofd"},
    {BYTES(ZIP("[Content_Types].xml") ZIP("word/document.xml")), "docx"},
    {BYTES(ZIP("[Content_Types].xml") ZIP("xl/workbook.xml")), "xlsx"},
    {BYTES(ZIP("ppt/presentation.xml")), "pptx"},
    {BYTES(ZIP("mimetypeapplication/vnd.oasis.opendocument.text")), "odt"},
    {BYTES(ZIP("mimetypeapplication/vnd.oasis.opendocument.spreadsheet")), "ods"},
    {BYTES(ZIP("a.txt")), "zip"},
    {BYTES(ZIP("a.xml") ZIP("_rels\\.rels")), "ooxml"},
    {BYTES(ZIP("_rels/.rels") ZIP("xl\\workbook.xml")), "xlsx"},
    {BYTES(ZIP("_rels/.rels") ZIP("xl/workbook.bin")), "xlsb"},
    {BYTES("MIME-Version: 1.0\r\n\r\n<html>"), "mht"},
    {BYTES("<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook>"),
     "xml-sheet"},
    {BYTES("<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:x>"), "xml-word"},
    {BYTES("<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><pkg:package>"),
     "xml-package"},
    {BYTES("PK\3\4"), "zip"},
    {BYTES("PK\5\6"), "zip"},
    {BYTES("PK 项目"), NULL},
    {BYTES("<!DOCTYPE html>\n<p>"), "html"},
    {BYTES("\xef\xbb\xbf \r\n\t<HTML lang=zh>"), "html"},
    {BYTES("<!-- a --> <!-- b -->\n<table>"), "html"},
    {BYTES("<?xml version='1.0'?>\n<!-- x --><html>"), "html"},
    {BYTES("<head>"), "html"},
    {BYTES("<header>"), NULL},
    {BYTES("<body>"), "html"},
    {BYTES("<?xml version='1.0'?>\n<form/>"), "xml"},
    {BYTES("<!-- never closed <html>"), NULL},
    {BYTES("<p>项目支出绩效自评表</p>\t"), NULL},
    {BYTES("项目名称\t机关服务费"), NULL},
    {BYTES(""), NULL},
};

TableRows(kinds, first_bytes)
{
    static int rows[G_N_ELEMENTS(KINDS)];
    for (gsize k = 0; k < G_N_ELEMENTS(KINDS); k++)
        rows[k] = (int)k;
    return cr_make_param_array(int, rows, G_N_ELEMENTS(KINDS));
}

TableTest(int *row, kinds, first_bytes)
{
    g_autoptr(GBytes) head = g_bytes_new_static(KINDS[*row].bytes, KINDS[*row].length);
    const ZpKind *kind = zp_kind_of(head);
    cr_assert(g_strcmp0(kind ? kind->id : NULL, KINDS[*row].id) == 0, "row %d: %s, expected %s",
              *row, kind ? kind->id : "none", KINDS[*row].id ? KINDS[*row].id : "none");
    cr_assert(!kind || (kind->name_zh && kind->name_en && kind->advice_zh && kind->advice_en));
}

/* Every shorter beginning of every row is looked at without reading past its end. */
Test(kinds, cut_anywhere)
{
    for (gsize k = 0; k < G_N_ELEMENTS(KINDS); k++) {
        for (gsize length = 0; length <= KINDS[k].length; length++) {
            char *exact = g_memdup2(KINDS[k].bytes, length);
            g_autoptr(GBytes) head = g_bytes_new_take(exact, length);
            zp_kind_of(head);
        }
    }
}

Test(parsers, by_name_and_suffix)
{
    cr_assert_not_null(zp_parser_by_name("text"));
    cr_assert_null(zp_parser_by_name("telex"));
    cr_assert_eq(zp_parser_by_suffix("a/b.TXT"), zp_parser_by_name("text"));
    cr_assert_null(zp_parser_by_suffix("a.txt/b"));
    cr_assert_null(zp_parser_by_suffix(".txt"), "a suffix alone is a hidden name, not a type");
}

static void expect_probe(const char *bytes, gsize length, int code, const char *part)
{
    g_autoptr(GBytes) input = g_bytes_new_static(bytes, length);
    g_autoptr(GError) error = NULL;
    const ZpParser *parser = zp_parser_probe(input, "a.txt", &error);
    if (code < 0) {
        cr_assert_not_null(parser);
        cr_assert_null(error);
        return;
    }
    cr_assert_null(parser);
    cr_assert(g_error_matches(error, ZP_ERROR, code));
    cr_assert(strstr(zp_error_text(error, ZP_LANG_EN), part), "%s",
              zp_error_text(error, ZP_LANG_EN));
}

/* Blank figures in columns of spaces are no ruler of a table in Markdown. */
Test(parsers, probe_dashes)
{
    static const struct {
        const char *text, *parser;
    } CASES[] = {
        {"资金总额   10   10\n   -    -    -   -\n", "text"},
        {"资金总额   10   10\n           --   --   --\n", "text"},
        {"一级指标   分值\n---------- ------\n产出指标   50\n", "markdown"},
        {"一级指标   分值\n--   ------\n产出指标   50\n", "markdown"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GBytes) input = g_bytes_new_static(CASES[i].text, strlen(CASES[i].text));
        g_autoptr(GError) error = NULL;
        cr_assert_eq(zp_parser_probe(input, "a.txt", &error), zp_parser_by_name(CASES[i].parser),
                     "%s", CASES[i].text);
    }
}

Test(parsers, probe)
{
    expect_probe(BYTES("项目名称\t机关服务费\n"), -1, NULL);
    expect_probe(BYTES(""), -1, NULL);
    expect_probe(BYTES("\xff\xfe"
                       "a\0b\0"),
                 -1, NULL);
    expect_probe(BYTES("\xfe\xff"
                       "\0a\0b"),
                 -1, NULL);
    expect_probe(BYTES("a\0b"), ZP_ERROR_DAMAGED, "NUL");
    expect_probe(BYTES("\x89PNG\r\n\x1a\n\0"), ZP_ERROR_KIND, "PNG");
    expect_probe(BYTES("<html><table>"), -1, NULL);
}
