/*
 * kinds.c - the table of foreign kinds.
 *
 * A kind is known by one or two magic strings at fixed places, as file(1) does it:
 *
 *     RIFF....WEBP      "RIFF" at 0 and "WEBP" at 8
 *     BM......\0\0\0\0  two letters alone would also fit a text, so the second string counts
 *
 * Zip packages share one magic; which kind they are follows from the names of their parts,
 * which stand uncompressed in the local file headers.  HTML and XML have no magic: they are
 * known by their first tag behind a byte order mark, white space, comments and processing
 * instructions, so a text that merely holds a `<p>` stays a text.
 */
#include "parsers/kinds.h"

#include "base/limits.h"
#include "parsers/own.h"

#include <stdbool.h>
#include <string.h>
#include <uchar.h>

/* What to do, shared by kinds of one sort, and what an Office program can make of them. */
#define ADVICE_PICTURE                                                                             \
    "请先用文字识别（OCR）软件转成文本，再交给本程序",                                             \
        "run text recognition (OCR) on it and give the resulting text", NULL
#define ADVICE_EXPORT                                                                              \
    "请用原来的软件打开，把表格复制到电子表格后另存为 .xlsx",                                      \
        "open it, copy the table into a spreadsheet and save that as .xlsx", NULL
#define ADVICE_SHEET                                                                               \
    "请在 Excel 或 WPS 中另存为制表符分隔的文本（.txt）",                                          \
        "save it as tab-separated text (.txt) in a spreadsheet program", NULL
#define ADVICE_PAGE                                                                                \
    "请在浏览器中打开，把表格复制到电子表格后另存为制表符分隔的文本（.txt）",                      \
        "open it in a browser, copy the table into a spreadsheet and save that as tab-separated "  \
        "text (.txt)",                                                                             \
        NULL
#define ADVICE_PDF                                                                                 \
    "请用 PDF 表格工具或 OCR 转成以制表符或 | 分列的文本",                                         \
        "convert it into text with columns split by tabs or | (by a PDF table tool or OCR)", NULL
#define ADVICE_OFFICE(to)                                                                          \
    "可加 --office 读取（需要装有 LibreOffice），或用原来的软件另存为 .docx 或 .xlsx",             \
        "add --office to read it with LibreOffice, or save it as .docx or .xlsx", to
#define ADVICE_UNPACK "请先解压，再检查里面的文件", "unpack it and give the files inside", NULL
#define ADVICE_RENAME                                                                              \
    "请把文件名的结尾改为 .mht 再检查", "let its name end in .mht and check that", NULL
#define ADVICE_NOT_A_FORM                                                                          \
    "里面没有自评表，请检查文件是否选错", "it holds no form; check the file name", NULL

/* One or two magic strings and the kind they mean. */
typedef struct {
    guint offset;
    const char *magic;
    guint length;
    guint offset2;
    const char *magic2; /* (nullable) */
    guint length2;
    ZpKind kind;
} Signature;

#define AT(offset, magic)    offset, magic, sizeof(magic) - 1
#define ONLY(offset, magic)  AT(offset, magic), 0, NULL, 0
#define BOTH(o1, m1, o2, m2) AT(o1, m1), AT(o2, m2)

static const Signature SIGNATURES[] = {
    {ONLY(0, "\x89PNG\r\n\x1a\n"), {"png", "PNG 图片", "a PNG picture", ADVICE_PICTURE}},
    {ONLY(0, "\xff\xd8\xff"), {"jpeg", "JPEG 图片", "a JPEG picture", ADVICE_PICTURE}},
    {ONLY(0, "GIF87a"), {"gif", "GIF 图片", "a GIF picture", ADVICE_PICTURE}},
    {ONLY(0, "GIF89a"), {"gif", "GIF 图片", "a GIF picture", ADVICE_PICTURE}},
    {BOTH(0, "BM", 6, "\0\0\0\0"), {"bmp", "BMP 图片", "a BMP picture", ADVICE_PICTURE}},
    {ONLY(0, "II*\0"), {"tiff", "TIFF 图片", "a TIFF picture", ADVICE_PICTURE}},
    {ONLY(0, "MM\0*"), {"tiff", "TIFF 图片", "a TIFF picture", ADVICE_PICTURE}},
    {BOTH(0, "RIFF", 8, "WEBP"), {"webp", "WebP 图片", "a WebP picture", ADVICE_PICTURE}},
    {ONLY(4, "ftypheic"), {"heic", "HEIC 图片", "a HEIC picture", ADVICE_PICTURE}},
    {ONLY(4, "ftypmif1"), {"heic", "HEIC 图片", "a HEIC picture", ADVICE_PICTURE}},
    {ONLY(0, "%PDF-"), {"pdf", "PDF 文件", "a PDF document", ADVICE_PDF}},
    {ONLY(0, "%!PS"), {"postscript", "PostScript 文件", "a PostScript document", ADVICE_PDF}},
    {ONLY(0, "Founder CEB"), {"ceb", "方正 CEB 文件", "a Founder CEB document", ADVICE_EXPORT}},
    {ONLY(0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
     {"ole2", "老版 Office 文件（.doc、.xls、.wps、.et）或加密的 Office 文件",
      "an old Office document (.doc, .xls, .ppt) or an encrypted one", ADVICE_OFFICE("docx")}},
    {ONLY(0, "{\\rtf"), {"rtf", "RTF 文档", "an RTF document", ADVICE_OFFICE("docx")}},
    {ONLY(0, "MIME-Version: 1.0"),
     {"mht", "单个文件网页（.mht）", "a single-file web page (.mht)", ADVICE_RENAME}},
    {ONLY(0, "\x1f\x8b"), {"gzip", "gzip 压缩文件", "a gzip archive", ADVICE_UNPACK}},
    {BOTH(0, "BZh", 4, "1AY&SY"), {"bzip2", "bzip2 压缩文件", "a bzip2 archive", ADVICE_UNPACK}},
    {ONLY(0, "\xfd"
             "7zXZ\0"),
     {"xz", "xz 压缩文件", "an xz archive", ADVICE_UNPACK}},
    {ONLY(0, "\x28\xb5\x2f\xfd"), {"zstd", "zstd 压缩文件", "a zstd archive", ADVICE_UNPACK}},
    {ONLY(0, "7z\xbc\xaf\x27\x1c"), {"7z", "7z 压缩文件", "a 7z archive", ADVICE_UNPACK}},
    {ONLY(0, "Rar!\x1a\x07"), {"rar", "RAR 压缩文件", "a RAR archive", ADVICE_UNPACK}},
    {ONLY(257, "ustar"), {"tar", "tar 归档文件", "a tar archive", ADVICE_UNPACK}},
    {ONLY(0, "\x7f"
             "ELF"),
     {"elf", "可执行文件", "a program (ELF)", ADVICE_NOT_A_FORM}},
    {ONLY(0, "SQLite format 3\0"), {"sqlite", "SQLite 数据库", "a SQLite database", ADVICE_SHEET}},
    {ONLY(0, "ID3\2"), {"mp3", "MP3 音频", "an MP3 recording", ADVICE_NOT_A_FORM}},
    {ONLY(0, "ID3\3"), {"mp3", "MP3 音频", "an MP3 recording", ADVICE_NOT_A_FORM}},
    {ONLY(0, "ID3\4"), {"mp3", "MP3 音频", "an MP3 recording", ADVICE_NOT_A_FORM}},
    {ONLY(0, "\xff\xfb"), {"mp3", "MP3 音频", "an MP3 recording", ADVICE_NOT_A_FORM}},
    {ONLY(4, "ftyp"), {"mp4", "MP4 视频", "an MP4 video", ADVICE_NOT_A_FORM}},
    {BOTH(0, "RIFF", 8, "WAVE"), {"wav", "WAV 音频", "a WAV recording", ADVICE_NOT_A_FORM}},
    {BOTH(0, "RIFF", 8, "AVI "), {"avi", "AVI 视频", "an AVI video", ADVICE_NOT_A_FORM}},
};

#define DOCX "docx", "Word 文档（.docx）", "a Word document (.docx)", ADVICE_EXPORT
#define XLSX "xlsx", "Excel 工作簿（.xlsx）", "an Excel workbook (.xlsx)", ADVICE_EXPORT
#define XLSB                                                                                       \
    "xlsb", "Excel 二进制工作簿（.xlsb）", "a binary Excel workbook (.xlsb)", ADVICE_OFFICE("xlsx")
#define OOXML                                                                                      \
    "ooxml", "Office 文件（.docx、.xlsx 等）", "an Office file (.docx, .xlsx and the like)",       \
        ADVICE_EXPORT

/* A zip package by the name of a part: the first part that says anything decides, because what is
 * packed inside comes later.  The last three rows take what is left: an Office package whose parts
 * come late or have names of their own, and any other zip.  Some writers put `\\` for `/`. */
static const struct {
    const char *part;
    ZpKind kind;
} PACKAGES[] = {
    {"OFD.xml", {"ofd", "OFD 版式文件", "an OFD document", ADVICE_EXPORT}},
    {"xl/workbook.bin", {XLSB}},
    {"xl/_rels/workbook.bin", {XLSB}},
    {"word/", {DOCX}},
    {"word\\", {DOCX}},
    {"xl/", {XLSX}},
    {"xl\\", {XLSX}},
    {"ppt/", {"pptx", "演示文稿（.pptx）", "a presentation (.pptx)", ADVICE_EXPORT}},
    {"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
     {"ods", "OpenDocument 表格（.ods）", "an OpenDocument spreadsheet (.ods)",
      ADVICE_OFFICE("xlsx")}},
    {"mimetypeapplication/vnd.oasis.opendocument.text",
     {"odt", "OpenDocument 文字文档（.odt）", "an OpenDocument text (.odt)",
      ADVICE_OFFICE("docx")}},
    {"mimetypeapplication/vnd.oasis.opendocument",
     {"odf", "OpenDocument 文档（.odt 等）", "an OpenDocument file (.odt and the like)",
      ADVICE_OFFICE("docx")}},
    {"mimetypeapplication/epub", {"epub", "EPUB 电子书", "an EPUB book", ADVICE_EXPORT}},
    {"[Content_Types].xml", {OOXML}},
    {"_rels", {OOXML}},
    {"", {"zip", "zip 压缩文件", "a zip archive", ADVICE_UNPACK}},
};

/* The first tag of a mark-up file; the last row takes any other start behind `<?xml`. */
static const ZpKind HTML_KIND = {"html", "网页（HTML）", "a web page (HTML)", ADVICE_PAGE};
static const ZpKind XML_KIND = {"xml", "XML 文件", "an XML file", ADVICE_EXPORT};
/* What Office programs write as plain XML, told by an instruction in front of it. */
static const struct {
    const char *start;
    ZpKind kind;
} OFFICE_XML[] = {
    {"<?mso-application progid=\"Excel",
     {"xml-sheet", "XML 格式的 Excel 工作簿", "an Excel workbook in XML", ADVICE_OFFICE("xlsx")}},
    {"<?mso-application progid=\"Word",
     {"xml-word", "XML 格式的 Word 文档", "a Word document in XML", ADVICE_OFFICE("docx")}},
};
/* A Word package in one XML file, which no other program reads. */
static const ZpKind FLAT_KIND = {"xml-package", "XML 格式的 Word 文档", "a Word document in XML",
                                 ADVICE_EXPORT};
static const char *const HTML_STARTS[] = {"<!doctype html", "<html", "<head", "<body", "<table"};

static bool holds_at(const char *data, gsize size, guint offset, const char *magic, guint length)
{
    return offset + (gsize)length <= size && memcmp(data + offset, magic, length) == 0;
}

static bool matches(const Signature *signature, const char *data, gsize size)
{
    return holds_at(data, size, signature->offset, signature->magic, signature->length) &&
           (!signature->magic2 ||
            holds_at(data, size, signature->offset2, signature->magic2, signature->length2));
}

/* Rows of PACKAGES that any part of their name decides. */
#define DECIDING (G_N_ELEMENTS(PACKAGES) - 3)

/* The first row from @from to @to whose part a local file header of the zip names; NULL: none. */
static const ZpKind *kind_by_part(const char *data, gsize size, gsize from, gsize to)
{
    static const guint NAME_OFFSET = 30; /* of the name in a local file header */
    const char *end = data + size;
    for (const char *at = data; (at = memmem(at, (gsize)(end - at), "PK\3\4", 4)); at++) {
        for (gsize k = from; k < to; k++) {
            gsize length = strlen(PACKAGES[k].part);
            if ((gsize)(end - at) >= NAME_OFFSET + length &&
                memcmp(at + NAME_OFFSET, PACKAGES[k].part, length) == 0)
                return &PACKAGES[k].kind;
        }
    }
    return NULL;
}

static const ZpKind *package_kind(const char *data, gsize size)
{
    if (!holds_at(data, size, 0, "PK\3\4", 4) && !holds_at(data, size, 0, "PK\5\6", 4))
        return NULL;
    const ZpKind *kind = kind_by_part(data, size, 0, DECIDING);
    if (!kind)
        kind = kind_by_part(data, size, DECIDING, G_N_ELEMENTS(PACKAGES) - 1);
    return kind ? kind : &PACKAGES[G_N_ELEMENTS(PACKAGES) - 1].kind;
}

/* The bytes behind one comment or processing instruction; NULL when it has no end. */
static const char *behind(const char *at, const char *end, const char *closing)
{
    gsize length = strlen(closing);
    const char *found = memmem(at, (gsize)(end - at), closing, length);
    return found ? found + length : NULL;
}

static bool begins_with(const char *at, const char *end, const char *start)
{
    gsize length = strlen(start);
    return (gsize)(end - at) >= length && g_ascii_strncasecmp(at, start, length) == 0;
}

/* Like begins_with, and the tag's name ends there: `<head` is not `<header`. */
static bool begins_with_tag(const char *at, const char *end, const char *start)
{
    const char *next = at + strlen(start);
    return begins_with(at, end, start) && (next == end || !g_ascii_isalnum(*next));
}

static const ZpKind *office_xml_kind(const char *at, const char *end, const ZpKind *otherwise)
{
    for (gsize k = 0; k < G_N_ELEMENTS(OFFICE_XML); k++) {
        if (begins_with(at, end, OFFICE_XML[k].start))
            return &OFFICE_XML[k].kind;
    }
    return otherwise;
}

static const ZpKind *markup_kind(const char *data, gsize size)
{
    const char *at = data, *end = data + size;
    const ZpKind *otherwise = NULL;
    if (holds_at(data, size, 0, "\xef\xbb\xbf", 3))
        at += 3;
    while (at && at < end) {
        if (g_ascii_isspace(*at)) {
            at++;
        } else if (begins_with(at, end, "<!--")) {
            at = behind(at, end, "-->");
        } else if (begins_with(at, end, "<?xml")) {
            otherwise = &XML_KIND;
            at = behind(at, end, "?>");
        } else if (begins_with(at, end, "<?mso")) {
            otherwise = office_xml_kind(at, end, otherwise);
            at = behind(at, end, "?>");
        } else {
            break;
        }
    }
    if (at && begins_with(at, end, "<pkg:package"))
        return &FLAT_KIND;
    for (gsize k = 0; at && k < G_N_ELEMENTS(HTML_STARTS); k++) {
        if (begins_with_tag(at, end, HTML_STARTS[k]))
            return &HTML_KIND;
    }
    return otherwise;
}

const ZpKind *zp_kind_of(GBytes *head)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(head, &size);
    if (!data)
        return NULL;
    for (gsize k = 0; k < G_N_ELEMENTS(SIGNATURES); k++) {
        if (matches(&SIGNATURES[k], data, size))
            return &SIGNATURES[k].kind;
    }
    const ZpKind *package = package_kind(data, size);
    return package ? package : markup_kind(data, size);
}

bool zp_kind_is(GBytes *head, const char *id)
{
    const ZpKind *kind = zp_kind_of(head);
    return kind && strcmp(kind->id, id) == 0;
}

/* The streams of an OLE2 file by their names, in UTF-16LE as its directory has them. */
#define WIDE(name) (const char *)u##name, sizeof(u##name) - sizeof(char16_t)
static const struct {
    const char *name;
    gsize length;
    ZpKind kind;
} STREAMS[] = {
    {WIDE("EncryptedPackage"),
     {"encrypted", "加密的 Office 文件", "an encrypted Office file",
      "需要密码；请在原来的软件中去掉密码后另存", "it needs a password; save it without one",
      NULL}},
    {WIDE("WordDocument"),
     {"doc", "老版 Word 或 WPS 文字文档（.doc、.wps）", "an old Word document (.doc, .wps)",
      ADVICE_OFFICE("docx")}},
    {WIDE("Workbook"),
     {"xls", "老版 Excel 或 WPS 表格（.xls、.et）", "an old Excel workbook (.xls, .et)",
      ADVICE_OFFICE("xlsx")}},
    {WIDE("Book"),
     {"xls", "老版 Excel 或 WPS 表格（.xls、.et）", "an old Excel workbook (.xls, .et)",
      ADVICE_OFFICE("xlsx")}},
    {WIDE("PowerPoint Document"),
     {"ppt", "老版演示文稿（.ppt）", "an old presentation (.ppt)", ADVICE_EXPORT}},
};

static guint32 little_endian(const char *data, gsize size, gsize offset, guint bytes)
{
    guint32 number = 0;
    for (guint k = bytes; k > 0 && offset + k <= size; k--)
        number = number << 8 | (guint8)data[offset + k - 1];
    return number;
}

const ZpKind *zp_kind_look_inside(const ZpKind *kind, GBytes *input)
{
    static const gsize SHIFT_AT = 30, DIRECTORY_AT = 48, WINDOW = 4096;
    gsize size = 0;
    const char *data = g_bytes_get_data(input, &size);
    if (strcmp(kind->id, "ole2") != 0)
        return kind;
    guint shift = MIN(little_endian(data, size, SHIFT_AT, 2), 16);
    guint64 start = ((guint64)little_endian(data, size, DIRECTORY_AT, 4) + 1) << shift;
    gsize from = (gsize)MIN(start, size), length = MIN(WINDOW, size - from);
    for (gsize k = 0; k < G_N_ELEMENTS(STREAMS); k++) {
        if (memmem(data + from, length, STREAMS[k].name, STREAMS[k].length))
            return &STREAMS[k].kind;
    }
    return kind;
}

/* A mail begins like any text. */
static const ZpKind MAIL_KIND = {"eml",
                                 "邮件（.eml）",
                                 "a mail (.eml)",
                                 "请把附件另存出来再检查",
                                 "save what is attached and give that",
                                 NULL};

/* What WPS writes is told from what Office writes by its name alone. */
static const struct {
    const char *of, *suffix;
    ZpKind kind;
} TWINS[] = {
    {"doc",
     ".wps",
     {"wps", "WPS 文字文档（.wps）", "a WPS document (.wps)", ADVICE_OFFICE("docx")}},
};

/* What a file says it is by its name, where its bytes say nothing (it may be damaged) or too little. */
static const struct {
    const char *suffix, *id;
} SUFFIXES[] = {
    {".eml", "eml"},  {".mht", "mht"},   {".mhtml", "mht"}, {".doc", "doc"},  {".wps", "wps"},
    {".rtf", "rtf"},  {".odt", "odt"},   {".ods", "ods"},   {".ofd", "ofd"},  {".ceb", "ceb"},
    {".jpg", "jpeg"}, {".jpeg", "jpeg"}, {".png", "png"},   {".tif", "tiff"}, {".tiff", "tiff"},
    {".zip", "zip"},  {".rar", "rar"},   {".7z", "7z"},
};

const ZpKind *zp_kind_by_id(const char *id)
{
#define LOOK_IN(rows)                                                                              \
    for (gsize k = 0; k < G_N_ELEMENTS(rows); k++) {                                               \
        if (strcmp(rows[k].kind.id, id) == 0)                                                      \
            return &rows[k].kind;                                                                  \
    }
    static const ZpKind *const OTHERS[] = {&HTML_KIND, &XML_KIND, &FLAT_KIND, &MAIL_KIND,
                                           &ZP_OWN_REPORT};
    LOOK_IN(SIGNATURES)
    LOOK_IN(PACKAGES)
    LOOK_IN(STREAMS)
    LOOK_IN(OFFICE_XML)
    LOOK_IN(TWINS)
#undef LOOK_IN
    for (gsize k = 0; k < G_N_ELEMENTS(OTHERS); k++) {
        if (strcmp(OTHERS[k]->id, id) == 0)
            return OTHERS[k];
    }
    return NULL;
}

static bool ends_in(const char *path, const char *suffix)
{
    gsize length = strlen(path), tail = strlen(suffix);
    return length > tail && g_ascii_strcasecmp(path + length - tail, suffix) == 0;
}

const ZpKind *zp_kind_passed_over(GBytes *input, const char *path)
{
    g_autoptr(GBytes) head =
        g_bytes_new_from_bytes(input, 0, MIN(g_bytes_get_size(input), ZP_LIMIT_PROBE_BYTES));
    const ZpKind *kind = zp_own_data(head) ? &ZP_OWN_REPORT : zp_kind_of(head);
    if (kind)
        kind = zp_kind_look_inside(kind, input);
    for (gsize k = 0; kind && k < G_N_ELEMENTS(TWINS); k++) {
        if (strcmp(kind->id, TWINS[k].of) == 0 && ends_in(path, TWINS[k].suffix))
            return &TWINS[k].kind;
    }
    for (gsize k = 0; (!kind || strcmp(kind->id, "ole2") == 0) && k < G_N_ELEMENTS(SUFFIXES); k++) {
        if (ends_in(path, SUFFIXES[k].suffix))
            return zp_kind_by_id(SUFFIXES[k].id);
    }
    return kind;
}

bool zp_kind_may_hold_forms(const ZpKind *kind)
{
    /* Programs, recordings, presentations, books and databases are no forms; all else is sent as one. */
    static const char *const OTHERS[] = {"elf",  "mp3", "mp4",  "wav", "avi",        "sqlite",
                                         "epub", "ppt", "pptx", "xml", "postscript", "report"};
    for (gsize k = 0; k < G_N_ELEMENTS(OTHERS); k++) {
        if (strcmp(kind->id, OTHERS[k]) == 0)
            return false;
    }
    return true;
}
