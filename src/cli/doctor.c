/*
 * doctor.c - `ziping doctor`: what this machine offers, and what it means where something is missing.
 *
 * Things are tried, not looked up, where that is possible: a small PDF whose font is not
 * embedded is read, once as it is and once by a worker in its sandbox.
 */
#include "base/error.h"
#include "cli/cli.h"
#include "parsers/image/image.h"
#include "parsers/mail/letter.h"
#include "parsers/office/office.h"
#include "parsers/pdf/pdf.h"
#include "run/sandbox.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define STATE_COLUMNS 10
#define NAME_COLUMNS  24

/* Memory of the worker that tries its sandbox. */
#define PROBE_MEMORY (512u * 1024 * 1024)

/* How a thing is: an optional one that is not there weakens nothing. */
typedef enum { STATE_OK, STATE_MISSING, STATE_OPTIONAL, STATE_COUNT } State;

static const struct {
    const char *zh, *en;
} STATES[STATE_COUNT] = {{"有", "ok"}, {"缺", "missing"}, {"无", "none"}};

/* What is said, and whether something was missing. */
typedef struct {
    GString *out;
    ZpLang lang;
    bool is_weak;
} Visit;

/* One line; @detail is a path, a figure or what the lack means. */
static void tell(Visit *visit, State state, const char *zh, const char *en, const char *detail)
{
    zp_append_padded(visit->out, zp_lang_pick(visit->lang, STATES[state].zh, STATES[state].en),
                     STATE_COLUMNS);
    zp_append_padded(visit->out, zp_lang_pick(visit->lang, zh, en), NAME_COLUMNS);
    zp_text_append_visible(visit->out, detail, strlen(detail));
    g_string_append_c(visit->out, '\n');
    visit->is_weak |= state == STATE_MISSING;
}

/* --- isolation --- */

/* A layer of the sandbox: what it does, and what it needs.  Where another does the same, its lack
 * leaves one wall of two. */
static const struct {
    ZpSandboxLayer layer;
    guint stand_in;
    const char *name_zh, *name_en;
    const char *does_zh, *does_en;
    const char *needs_zh, *needs_en;
} LAYERS[] = {
    {ZP_SANDBOX_PRIVILEGES, 0, "不得提升权限", "no new privileges",
     "工作进程不能取得权限，不能被跟踪，不留内存转储",
     "a worker gains no rights, is not traced and leaves no core dump", NULL, NULL},
    {ZP_SANDBOX_RESOURCES, 0, "资源上限", "resource limits", "工作进程的内存有上限，不能写文件",
     "a worker's memory is bounded and it writes to no file", NULL, NULL},
    {ZP_SANDBOX_FILES, 0, "Landlock 文件", "Landlock files", "工作进程只能读字体和字符映射",
     "a worker reads fonts and character maps only",
     "需要 Linux 5.13，并启用 Landlock；缺它时被攻破的工作进程能读本用户的文件",
     "needs Linux 5.13 with Landlock on; without it a worker that is taken over can read the "
     "user's files"},
    {ZP_SANDBOX_NETWORK, ZP_SANDBOX_CALLS, "Landlock 网络", "Landlock network",
     "工作进程不能用 TCP", "a worker has no TCP", "需要 Linux 6.7；缺它时由 seccomp 独自挡住网络",
     "needs Linux 6.7; without it seccomp alone keeps a worker off the network"},
    {ZP_SANDBOX_SIGNALS, ZP_SANDBOX_CALLS, "Landlock 信号", "Landlock signals",
     "工作进程不能向别的进程发信号", "a worker signals no other process",
     "需要 Linux 6.12；缺它时由 seccomp 独自挡住信号",
     "needs Linux 6.12; without it seccomp alone stops a worker's signals"},
    {ZP_SANDBOX_CALLS, 0, "seccomp", "seccomp", "工作进程只有读表所需的系统调用",
     "a worker has only the system calls that reading needs",
     "需要带 seccomp 过滤器的内核；缺它时被攻破的工作进程能用网络、启动进程",
     "needs a kernel with seccomp filters; without it a worker that is taken over has the network "
     "and can start processes"},
};

static void visit_layers(Visit *visit)
{
    guint offered = zp_sandbox_offers();
    for (gsize k = 0; k < G_N_ELEMENTS(LAYERS); k++) {
        bool is_there = (offered & LAYERS[k].layer) != 0;
        State lack = offered & LAYERS[k].stand_in ? STATE_OPTIONAL : STATE_MISSING;
        const char *detail =
            is_there ? zp_lang_pick(visit->lang, LAYERS[k].does_zh, LAYERS[k].does_en)
                     : zp_lang_pick(visit->lang, LAYERS[k].needs_zh, LAYERS[k].needs_en);
        tell(visit, is_there ? STATE_OK : lack, LAYERS[k].name_zh, LAYERS[k].name_en, detail);
    }
}

static void visit_abi(Visit *visit)
{
    g_autofree char *abi = g_strdup_printf("ABI %d", zp_sandbox_landlock_abi());
    if (zp_sandbox_landlock_abi() > 0)
        tell(visit, STATE_OK, "Landlock 版本", "Landlock version", abi);
}

/* --- PDF --- */

/* 自评 in a font that is not embedded: only poppler-data says which characters its codes are. */
static const char PROBE[] =
    "%PDF-1.4\n"
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F 5 "
    "0 R>>>>>>\nendobj\n"
    "4 0 obj<</Length 34>>stream\nBT/F 20 Tf 20 50 Td<D7D4C6C0>Tj ET\nendstream\nendobj\n"
    "5 0 obj<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H/DescendantFonts[6 0 "
    "R]>>\nendobj\n"
    "6 0 "
    "obj<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/"
    "Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R>>\nendobj\n"
    "7 0 obj<</Type/FontDescriptor/FontName/SimSun/Flags 6/FontBBox[0 -140 1000 860]/ItalicAngle "
    "0/Ascent 860/Descent -140/CapHeight 700/StemV 80>>\nendobj\n"
    "xref\n"
    "0 8\n"
    "0000000000 65535 f \n"
    "0000000009 00000 n \n"
    "0000000053 00000 n \n"
    "0000000103 00000 n \n"
    "0000000213 00000 n \n"
    "0000000293 00000 n \n"
    "0000000394 00000 n \n"
    "0000000542 00000 n \n"
    "trailer<</Size 8/Root 1 0 R>>\nstartxref\n692\n%%EOF\n";

static bool document_has(const ZpDocument *document, const char *text)
{
    for (guint t = 0; t < document->tables->len; t++) {
        const ZpTable *table = g_ptr_array_index(document->tables, t);
        for (guint k = 0; k < table->cells->len; k++) {
            if (strstr(g_array_index(table->cells, ZpCell, k).text, text))
                return true;
        }
    }
    return false;
}

static bool read_probe(void)
{
    const ZpReadOptions options = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = g_bytes_new_static(PROBE, sizeof PROBE - 1);
    g_autoptr(ZpDocument) document = zp_pdf_parser.read(bytes, &options, &error);
    return document && document_has(document, "自评");
}

/* The same two characters in GB18030, whose converter iconv loads. */
static bool convert_probe(void)
{
    g_autofree char *text = g_convert("\xd7\xd4\xc6\xc0", -1, "UTF-8", "GB18030", NULL, NULL, NULL);
    return text && strcmp(text, "自评") == 0;
}

typedef enum { INSIDE_READ, INSIDE_NOT_READ, INSIDE_OPEN, INSIDE_COUNT } Inside;

static const struct {
    const char *zh, *en;
} INSIDES[INSIDE_COUNT] = {
    {"PDF 和 GB18030 文本读得出", "it reads PDF and GB18030"},
    {"PDF 或 GB18030 文本读不出：字符映射不在 /usr/share/poppler，或转换器不在 /usr/lib/*/gconv",
     "it does not read PDF or GB18030: the character maps are not in /usr/share/poppler, or the "
     "converters not in /usr/lib/*/gconv"},
    {"有的隔离层没有生效（容器的限制？）",
     "not every layer could be closed (a container's rules?)"},
};

/* Both in a worker that is closed in. */
static Inside read_probe_inside(void)
{
    const ZpSandboxOptions options = {.memory_bytes = PROBE_MEMORY};
    int status = INSIDE_NOT_READ;
    guint offered = zp_sandbox_offers();
    pid_t worker = fork();
    if (worker == 0) {
        if (zp_sandbox_close(&options) != offered)
            _exit(INSIDE_OPEN);
        _exit(read_probe() && convert_probe() ? INSIDE_READ : INSIDE_NOT_READ);
    }
    bool is_told = worker > 0 && waitpid(worker, &status, 0) == worker && WIFEXITED(status) &&
                   WEXITSTATUS(status) < INSIDE_COUNT;
    return is_told ? (Inside)WEXITSTATUS(status) : INSIDE_NOT_READ;
}

static void visit_module(Visit *visit)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = zp_pdf_module_path();
    bool is_open = zp_pdf_load(&error);
    tell(visit, is_open ? STATE_OK : STATE_MISSING, "PDF 模块", "PDF module",
         is_open ? path : zp_error_text(error, visit->lang));
}

static void visit_mail(Visit *visit)
{
    g_autoptr(GError) error = NULL;
    bool is_open = zp_letter_load(&error) != NULL;
    tell(visit, is_open ? STATE_OK : STATE_MISSING, "邮件模块", "mail module",
         is_open ? zp_lang_pick(visit->lang, "读得出邮件（.eml）和网页存档（.mht）",
                                "mails (.eml) and saved web pages (.mht) are read")
                 : zp_error_text(error, visit->lang));
}

static void visit_converters(Visit *visit)
{
    bool is_read = convert_probe();
    tell(visit, is_read ? STATE_OK : STATE_MISSING, "字符集", "character sets",
         is_read
             ? zp_lang_pick(visit->lang, "GB18030 文本读得出", "GB18030 is read")
             : zp_lang_pick(visit->lang, "GB18030 文本读不出：libc 没有转换器；请安装完整的 libc",
                            "GB18030 is not read: libc has no converter for it; install all of "
                            "libc"));
}

static void visit_character_maps(Visit *visit)
{
    g_autoptr(GError) error = NULL;
    if (!zp_pdf_load(&error))
        return;
    bool is_read = read_probe();
    tell(visit, is_read ? STATE_OK : STATE_MISSING, "字符映射", "character maps",
         is_read ? zp_lang_pick(visit->lang, "未嵌入字体的 PDF 读得出",
                                "a PDF without embedded fonts is read")
                 : zp_lang_pick(visit->lang, "未嵌入字体的 PDF 读不出；请安装 poppler-data",
                                "a PDF without embedded fonts is not read; install poppler-data"));
    if (!is_read || !convert_probe())
        return;
    Inside inside = read_probe_inside();
    tell(visit, inside == INSIDE_READ ? STATE_OK : STATE_MISSING, "隔离的进程", "isolated worker",
         zp_lang_pick(visit->lang, INSIDES[inside].zh, INSIDES[inside].en));
}

/* --- what is optional --- */

/* The first line that fontconfig's own program prints for simplified Chinese. */
static char *find_font(void)
{
    const char *const words[] = {"fc-list", "-f", "%{file}\n", ":lang=zh-cn", NULL};
    char *printed = NULL;
    if (!g_spawn_sync(NULL, (char **)words, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                      NULL, NULL, &printed, NULL, NULL, NULL))
        return NULL;
    printed[strcspn(printed, "\n")] = '\0';
    if (*printed)
        return printed;
    g_free(printed);
    return NULL;
}

static void visit_fonts(Visit *visit)
{
    g_autofree char *font = find_font();
    tell(visit, font ? STATE_OK : STATE_OPTIONAL, "中文字体", "Chinese fonts",
         font ? font
              : zp_lang_pick(visit->lang, "没有找到；读表不用字体，看 PDF 才用",
                             "none found; reading forms needs none, looking at them does"));
}

static void visit_office(Visit *visit)
{
    g_autofree char *program = zp_office_program();
    tell(visit, program ? STATE_OK : STATE_OPTIONAL, "LibreOffice", "LibreOffice",
         program ? program
                 : zp_lang_pick(visit->lang, "没有找到；--office 要用",
                                "not found; --office needs it"));
}

/* What pictures are read with, and what of it is not there. */
static void visit_ocr(Visit *visit)
{
    g_autofree char *missing = NULL;
    g_autofree char *module = zp_image_module_path();
    g_autofree char *folder = zp_image_folder(&missing);
    g_autoptr(GError) error = NULL;
    g_autofree char *advice = NULL;
    if (!module)
        advice = g_strdup(zp_lang_pick(visit->lang, "没有模块 ziping-image.so；请安装完整的 ziping",
                                       "no module ziping-image.so; install all of ziping"));
    else if (!folder && missing)
        advice = visit->lang == ZP_LANG_ZH
                     ? g_strdup_printf("缺 %s；请重新运行 scripts/ocr.sh", missing)
                     : g_strdup_printf("%s is missing; run scripts/ocr.sh again", missing);
    else if (!folder)
        advice =
            g_strdup(zp_lang_pick(visit->lang, "没有装；读扫描件、照片要用，请运行 scripts/ocr.sh",
                                  "not installed; reading scans and photographs needs it: run "
                                  "scripts/ocr.sh"));
    else if (!zp_image_load(&error))
        advice = g_strdup(zp_error_text(error, visit->lang));
    const char *detail = advice ? advice : folder;
    tell(visit, advice ? STATE_OPTIONAL : STATE_OK, "文字识别", "text recognition",
         detail ? detail : "");
}

static void (*const VISITS[])(Visit *visit) = {
    visit_layers, visit_abi,   visit_converters, visit_module, visit_character_maps,
    visit_mail,   visit_fonts, visit_office,     visit_ocr};

ZpExit zp_command_doctor(const ZpArguments *arguments)
{
    if (arguments->rest) {
        zp_say(arguments->lang, "doctor 不要参数", "doctor takes no argument");
        return ZP_EXIT_USAGE;
    }
    g_autoptr(ZpRulebook) rulebook = zp_arguments_rulebook(arguments);
    if (!rulebook)
        return arguments->rules ? ZP_EXIT_USAGE : ZP_EXIT_INTERNAL;
    g_autoptr(GString) out = g_string_new(NULL);
    Visit visit = {.out = out, .lang = arguments->lang};
    tell(&visit, STATE_OK, "版本", "version", ZP_VERSION);
    tell(&visit, STATE_OK, "规则", "rulebook", zp_rulebook_digest(rulebook));
    for (gsize k = 0; k < G_N_ELEMENTS(VISITS); k++)
        VISITS[k](&visit);
    ZpExit printed = zp_print(out, arguments->lang);
    return printed == ZP_EXIT_CLEAN && visit.is_weak ? ZP_EXIT_FINDINGS : printed;
}
