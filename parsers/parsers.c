/*
 * parsers.c - the table of parsers and how one is chosen.
 *
 * By content first: the parser whose probe is surest wins.  One that is sure (ZP_PROBE_SURE)
 * is taken at once; below that the table of foreign kinds (kinds.c) is asked, because a web
 * page or an RTF file is also "some text".  What is left is text, unless it holds NUL bytes.
 * The file's name only decides between equal probes.
 */
#include "parsers/parser.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/docx/docx.h"
#include "parsers/html/html.h"
#include "parsers/image/image.h"
#include "parsers/kinds.h"
#include "parsers/mark.h"
#include "parsers/markdown/markdown.h"
#include "parsers/ofd/ofd.h"
#include "parsers/ooxml/kind.h"
#include "parsers/pdf/pdf.h"
#include "parsers/shared/decode.h"
#include "parsers/text/text.h"
#include "parsers/xls/xls.h"
#include "parsers/xlsx/xlsx.h"

#include <string.h>

const ZpParser *const ZP_PARSERS[] = {
    &zp_pdf_parser,  &zp_text_parser, &zp_html_parser, &zp_markdown_parser, &zp_docx_parser,
    &zp_xlsx_parser, &zp_xls_parser,  &zp_ofd_parser,  &zp_image_parser,    NULL,
};

void zp_cell_edit_clear(gpointer data)
{
    ZpCellEdit *edit = data;
    g_free(edit->bytes);
    g_free(edit->old);
    g_free(edit->text);
    *edit = (ZpCellEdit){0};
}

const ZpParser *zp_parser_by_name(const char *name)
{
    for (const ZpParser *const *parser = ZP_PARSERS; *parser; parser++) {
        if (strcmp((*parser)->name, name) == 0)
            return *parser;
    }
    return NULL;
}

static bool has_suffix(const char *path, const char *suffix)
{
    gsize length = strlen(path), tail = strlen(suffix);
    return length > tail && g_ascii_strcasecmp(path + length - tail, suffix) == 0;
}

const ZpParser *zp_parser_by_suffix(const char *path)
{
    for (const ZpParser *const *parser = ZP_PARSERS; *parser; parser++) {
        if (*parser == &zp_image_parser && !zp_image_is_wanted())
            continue;
        for (const char *const *suffix = (*parser)->suffixes; *suffix; suffix++) {
            if (has_suffix(path, *suffix))
                return *parser;
        }
    }
    return NULL;
}

static bool has_utf16_mark(GBytes *input)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(input, &size);
    return size >= 2 && (memcmp(data, "\xff\xfe", 2) == 0 || memcmp(data, "\xfe\xff", 2) == 0);
}

/* The beginning that probes look at; UTF-16 is decoded, so that they need not know of it. */
static GBytes *head_of(GBytes *input)
{
    gsize size = MIN(g_bytes_get_size(input), (gsize)ZP_LIMIT_PROBE_BYTES);
    g_autoptr(GBytes) head = g_bytes_new_from_bytes(input, 0, size);
    ZpDecoded decoded;
    if (!has_utf16_mark(head) || !zp_decode(head, NULL, &decoded, NULL))
        return g_steal_pointer(&head);
    return g_bytes_new_take(decoded.owned, decoded.length);
}

/* What looks like mark-up to a probe and is a workbook or letter whose cells are not where they seem. */
static bool is_disguised(const ZpKind *kind)
{
    return kind && (kind->office_to || strcmp(kind->id, "mht") == 0 ||
                    strcmp(kind->id, "xml-package") == 0);
}

/* The parser with the highest probe above 0; @named wins a tie. */
static const ZpParser *surest(GBytes *head, const ZpParser *named, int *score)
{
    const ZpParser *best = NULL;
    *score = 0;
    if (is_disguised(zp_kind_of(head)))
        return NULL;
    for (const ZpParser *const *parser = ZP_PARSERS; *parser && *score < ZP_PROBE_CERTAIN;
         parser++) {
        int probe = (*parser)->probe(head);
        if (probe > *score || (probe > 0 && probe == *score && *parser == named)) {
            best = *parser;
            *score = probe;
        }
    }
    return best;
}

bool zp_parser_is_sure(GBytes *input)
{
    g_autoptr(GBytes) head = head_of(input);
    int score = 0;
    surest(head, NULL, &score);
    return score >= ZP_PROBE_SURE || zp_ofd_is(input) || zp_xls_is(input);
}

static void set_kind_error(GError **error, const ZpKind *kind)
{
    if (strcmp(kind->id, "encrypted") == 0) {
        zp_error_set(error, ZP_ERROR_ENCRYPTED, "这是%s，%s%.0s%.0s", "%.0s%.0sthis is %s; %s",
                     kind->name_zh, kind->advice_zh, kind->name_en, kind->advice_en);
        return;
    }
    /* Both formats see all four texts; `%.0s` passes over those of the other language. */
    zp_error_set(error, ZP_ERROR_KIND, "这是%s，本程序不能直接读取；%s%.0s%.0s",
                 "%.0s%.0sthis is %s, which is not read as it is; %s", kind->name_zh,
                 kind->advice_zh, kind->name_en, kind->advice_en);
}

static bool has_nul(GBytes *input)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(input, &size);
    return size > 0 && memchr(data, '\0', size);
}

const ZpParser *zp_parser_probe(GBytes *input, const char *path, GError **error)
{
    g_autoptr(GBytes) head = head_of(input);
    int score = 0;
    if (zp_ofd_is(input)) /* its end says so, wherever its parts begin */
        return &zp_ofd_parser;
    if (zp_xls_is(input)) /* which streams a container has is said anywhere in it */
        return &zp_xls_parser;
    const ZpParser *best = surest(head, zp_parser_by_suffix(path), &score);
    if (score == ZP_PROBE_SURE && zp_kind_is(head, "ooxml"))
        return zp_ooxml_is_workbook(input) ? &zp_xlsx_parser : &zp_docx_parser;
    if (score >= ZP_PROBE_SURE)
        return best;
    const ZpKind *kind = zp_kind_of(head);
    if (kind) {
        set_kind_error(error, zp_kind_look_inside(kind, input));
        return NULL;
    }
    if (has_nul(input) && !has_utf16_mark(input)) {
        zp_error_set(error, ZP_ERROR_DAMAGED,
                     "文件含有 NUL 字节，不是文本，也不是已知的文件类型；请检查文件是否损坏或选错",
                     "the file holds NUL bytes: it is no text and no known kind of file; check "
                     "whether it is damaged or the wrong file");
        return NULL;
    }
    return best ? best : &zp_text_parser;
}

GBytes *zp_mark(const char *format, GBytes *input, const ZpMarks *marks,
                const ZpReadOptions *options, GError **error)
{
    const ZpParser *parser = zp_parser_by_name(format);
    if (parser && parser->mark)
        return parser->mark(input, marks, options, error);
    zp_error_set(error, ZP_ERROR_KIND, "这种格式（%s）不能标注",
                 "a document of format %s bears no marks", format);
    return NULL;
}
