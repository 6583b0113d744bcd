/*
 * options.c - the table of options; GOption does the parsing.
 *
 * One row an option: which commands take it, where its value goes and what help says in both
 * languages.  Values are file names to GOption even where they are words, because those alone
 * are taken as the bytes they are.
 */
#include "cli/cli.h"

#include "base/error.h"
#include "output/writer.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define FILES                                                                                      \
    (ZP_FOR_CONVERT | ZP_FOR_CHECK | ZP_FOR_BASELINE | ZP_FOR_FIX | ZP_FOR_ANNOTATE |              \
     ZP_FOR_WATCH | ZP_FOR_REVIEW)
/* What reading documents takes, also into an archive, where no settings count. */
#define READS   (FILES | ZP_FOR_ARCHIVE)
#define REPORTS (ZP_FOR_CHECK | ZP_FOR_WATCH | ZP_FOR_MERGE)
#define RUNS    (ZP_FOR_CONVERT | ZP_FOR_CHECK)
#define CHECKS  (REPORTS | ZP_FOR_BASELINE | ZP_FOR_ANNOTATE)
#define ALL     (READS | ZP_FOR_PLAN | ZP_FOR_MERGE | ZP_FOR_EXPLAIN | ZP_FOR_RULES | ZP_FOR_OTHER)

#define VALUE(field) offsetof(ZpArguments, field)

const ZpOption ZP_OPTIONS[] = {
    {ZP_FOR_CONVERT, "to", 0, VALUE(formats), "FORMAT[=PATH]", "输出格式（可以多次），默认 json：",
     "output format (repeatable), json by default: "},
    {REPORTS, "format", 0, VALUE(formats), "FORMAT[=PATH]", "输出格式（可以多次），默认 text：",
     "output format (repeatable), text by default: "},
    {ZP_FOR_REVIEW, "format", 0, VALUE(formats), "html|xlsx",
     "核对表：html（默认，在浏览器里填）、xlsx（可以多次，FORMAT=PATH）",
     "the sheet: html (default, filled in in a browser), xlsx (repeatable, FORMAT=PATH)"},
    {ZP_FOR_ARCHIVE, "db", 0, VALUE(db), "FILE", "档案库文件（SQLite）",
     "the archive, an SQLite file"},
    {ZP_FOR_ARCHIVE, "format", 0, VALUE(layout), "table|json|ndjson|csv|text|html|original",
     "list、search、query：table（默认）、json、ndjson、csv；show：text（默认）、json、html、origin"
     "al",
     "list, search, query: table (default), json, ndjson, csv; show: text (default), json, html, "
     "original"},
    {ZP_FOR_ARCHIVE, "to", 0, VALUE(saved), "FILE|FORMAT",
     "recover：写入的新档案库；export：csv、parquet-csv（文件夹）、json、ndjson、xlsx",
     "recover: the new archive; export: csv, parquet-csv (a folder), json, ndjson, xlsx"},
    {ZP_FOR_ARCHIVE, "bagit", 0, VALUE(bag), "DIR", "export：写成 BagIt 档案包（新文件夹）",
     "export: a bag (BagIt) in a new folder"},
    {ZP_FOR_ARCHIVE, "no-originals", 0, VALUE(no_originals), NULL, "不保存原件",
     "do not keep the originals"},
    {ZP_FOR_ARCHIVE, "year", 0, VALUE(year), "Y|Y-Y", "只要这一年或这几年的",
     "of this year, or these"},
    {ZP_FOR_ARCHIVE, "department", 0, VALUE(department), "TEXT", "主管部门名称中有这几个字的",
     "whose department's name has this text"},
    {ZP_FOR_ARCHIVE, "unit", 0, VALUE(unit), "TEXT", "实施单位名称中有这几个字的",
     "whose unit's name has this text"},
    {ZP_FOR_ARCHIVE, "level2", 0, VALUE(level2), "TEXT", "有这种二级指标的",
     "with an indicator of this level 2"},
    {ZP_FOR_ARCHIVE, "rule", 0, VALUE(rule), "CODES", "有这些规则的问题的",
     "with a finding of these rules"},
    {ZP_FOR_ARCHIVE, "status", 0, VALUE(status), "ok|partial|error|warning|note|clean",
     "读得完整或不完整的；最重的问题是这一级的；没有问题的",
     "read whole or in part; whose worst finding is such; without a finding"},
    {ZP_FOR_ARCHIVE, "min-amount", 0, VALUE(least), "YUAN", "全年预算数不少于（元，可写 12万元）",
     "whose budget is at least this (yuan; 12万元 is taken)"},
    {ZP_FOR_ARCHIVE, "max-amount", 0, VALUE(most), "YUAN", "全年预算数不多于",
     "whose budget is at most this"},
    {ZP_FOR_ARCHIVE, "limit", 0, VALUE(most_rows), "N", "最多列出几张表，默认 100；0：全部",
     "list at most so many forms, 100 by default; 0: all"},
    {ZP_FOR_RULES | ZP_FOR_PLAN, "format", 0, VALUE(formats), "text|json", "输出格式，默认 text",
     "output format, text by default"},
    {READS | ZP_FOR_PLAN | ZP_FOR_MERGE, "output", 'o', VALUE(output), "PATH",
     "写入文件（写完才替换），不写到标准输出", "write to a file, replaced only when complete"},
    {FILES, "from", 0, VALUE(from), "FORMAT",
     "输入格式（text、html、markdown、pdf、docx、xlsx、ofd、image），不按内容判断",
     "input format (text, html, markdown, pdf, docx, xlsx, ofd, image) instead of finding it out"},
    {READS, "password-file", 0, VALUE(password_file), "FILE", "加密的 PDF 用这个文件第一行作密码",
     "open encrypted PDFs with the first line of this file"},
    {READS, "ocr", 0, VALUE(ocr), "never|auto|always",
     "图片（扫描件、照片）：auto（默认）读没有文字层的页，always 连有文字层的也按图片读，never "
     "不读",
     "pictures (scans, photographs): auto (the default) reads pages without text, always those "
     "with text from their "
     "pictures, too, never none"},
    {RUNS | ZP_FOR_REVIEW, "corrections", 0, VALUE(corrections), "FILE",
     "扫描件的更正：填好的核对表（ziping review）：xlsx、csv 或 json",
     "corrections of scans: a sheet of `ziping review`, filled in (xlsx, csv or json)"},
    {READS, "office", 0, VALUE(office), NULL, "用 LibreOffice 读 .doc、.wps、.rtf、.odt、.ods",
     "read .doc .wps .rtf .odt .ods with LibreOffice"},
    {ZP_FOR_CHECK | ZP_FOR_MERGE, "fail-on", 0, VALUE(fail_on), "error|warning|note|unjudged|never",
     "从哪一级起退出码为 1，默认 error；unjudged：有未判断的也算",
     "lowest severity that exits 1, error by default; unjudged: what could not be judged does, "
     "too"},
    {RUNS | ZP_FOR_BASELINE | ZP_FOR_MERGE | ZP_FOR_ARCHIVE, "skip-unread", 0, VALUE(skip_unread),
     NULL, "文件夹里没有读的文件（.doc、图片等）不使退出码为 3",
     "files in folders that were not read (.doc, pictures) do not make the exit code 3"},
    {ZP_FOR_CHECK | ZP_FOR_MERGE, "all", 0, VALUE(all), NULL, "逐条列出提示和未判断的位置，不合并",
     "list every note and every place that was not judged; fold nothing"},
    {REPORTS, "verbose", 0, VALUE(verbose), NULL,
     "也显示规则、评分规则和表样的英文名（选项和配置用的）",
     "with --lang zh: also show the names of rules, profiles and templates that options take"},
    {REPORTS | ZP_FOR_ANNOTATE, "show", 0, VALUE(show), "error|warning|note|never",
     "列出哪一级及以上的问题，默认 note（全部）；不影响退出码",
     "lowest severity that is listed, note (all) by default; exit codes do not follow it"},
    {REPORTS, "statistics", 0, VALUE(statistics), NULL, "最后按规则列出问题数",
     "end with how often each rule fired"},
    {CHECKS, "select", 0, VALUE(select), "CODES", "只查这些规则：F01,S（代码或其开头，或 ALL）",
     "check only these rules: F01,S (codes, how they begin, or ALL)"},
    {CHECKS, "ignore", 0, VALUE(ignore), "CODES", "不查这些规则", "leave these rules out"},
    {REPORTS | ZP_FOR_ANNOTATE, "baseline", 0, VALUE(baseline), "FILE",
     "已知的问题（baseline write 所写）：标出，不计入退出码",
     "known findings (of `baseline write`): marked, not counted"},
    {ZP_FOR_CHECK | ZP_FOR_MERGE, "diff-from", 0, VALUE(diff_from), "REPORT.json",
     "与以前的 check --format json 结果比较", "compare with an earlier `check --format json`"},
    {RUNS | ZP_FOR_BASELINE | ZP_FOR_ARCHIVE | ZP_FOR_PLAN, "files-from", 0, VALUE(files_from),
     "FILE|-", "从文件读取文件名，一行一个，或以 NUL 分隔",
     "names from a file, a line each or NUL separated"},
    {FILES | ZP_FOR_PLAN | ZP_FOR_MERGE, "config", 0, VALUE(config), "FILE",
     "用这个配置文件，不找 .ziping.yaml", "this configuration instead of the nearest .ziping.yaml"},
    {FILES | ZP_FOR_PLAN | ZP_FOR_MERGE, "no-config", 0, VALUE(no_config), NULL, "不用任何配置文件",
     "no configuration file"},
    {ZP_FOR_CONVERT | ZP_FOR_CHECK, "show-config", 0, VALUE(show_config), NULL,
     "显示生效的配置及其来源，不检查",
     "show the settings that hold and where each is from; check nothing"},
    {ZP_FOR_CHECK, "report", 0, VALUE(report), "DIR",
     "把要带走的都写进这个文件夹：报告网页、工作簿、数据、标注的副本、各单位的信函；新的、空的，或"
     "以前的报告",
     "all to take away in one folder: page, workbook, data, marked copies, a letter a unit; a new "
     "or empty one, or that of an earlier report"},
    {ZP_FOR_CHECK, "annotate-dir", 0, VALUE(annotate_dir), "DIR",
     "在这个新文件夹里写出各文件的副本，问题标注在原处",
     "write a copy of each file into this new folder, with its findings marked where they are"},
    {ZP_FOR_CHECK, "split-by", 0, VALUE(split_by), "unit|department|year",
     "按实施单位、主管部门或年度分开：每一个有自己的报告、工作簿和信函（与 --split-dir 一起）",
     "a report, a workbook and a letter for each unit, department or year (with --split-dir)"},
    {ZP_FOR_CHECK, "split-dir", 0, VALUE(split_dir), "DIR", "--split-by 写入的新文件夹",
     "the new folder that --split-by writes to"},
    {ZP_FOR_CHECK, "split-parts", 0, VALUE(split_parts), "page,workbook,letter",
     "--split-by 只写其中几样：page 报告、workbook 工作簿、letter 信函",
     "only some of what --split-by writes: page, workbook, letter"},
    {ZP_FOR_ANNOTATE | ZP_FOR_CHECK, "force", 0, VALUE(force), NULL,
     "也标注有电子签名的文件（签名的内容不变，但副本会显示为有改动）",
     "mark signed documents too (what was signed stays, but the copy is shown as changed)"},
    {ZP_FOR_FIX, "unsafe", 0, VALUE(unsafe), NULL,
     "也写入重新算出的执行率、得分和总分，去掉实际值前的比较符",
     "also write recomputed rates, scores and totals, and actual values without a comparator"},
    {CHECKS, "repairs", 0, VALUE(repairs), NULL, "把修复（R01–R07）也列为提示",
     "list repairs (R01-R07) as notes too"},
    {RUNS | ZP_FOR_MERGE | ZP_FOR_ARCHIVE, "raw", 0, VALUE(raw), NULL,
     "CSV：像公式的单元格前不加 '", "csv: no ' before cells that look like formulas"},
    {RUNS | ZP_FOR_MERGE, "excel", 0, VALUE(excel), NULL,
     "CSV：加 BOM，便于 Excel 打开；中文时表头和级别也用中文",
     "csv: byte order mark, for Excel; with --lang zh heads and severities in Chinese"},
    {ZP_FOR_CONVERT, "table", 0, VALUE(table), ZP_TABLE_NAMES,
     "CSV：写哪一张表，默认 indicators（一行一个指标）",
     "csv: which table, by default indicators (a row an indicator)"},
    {READS, "jobs", 'j', VALUE(jobs), "N", "工作进程数，默认每个处理器核一个",
     "worker processes, by default one a core"},
    {CHECKS | ZP_FOR_CONVERT, "ledger", 0, VALUE(ledger), "FILE",
     "汇总表（一行一个项目）：check 拿自评表与它核对，convert 只读它",
     "the ledger (汇总表, a row a project): check compares the forms with it, convert reads it "
     "alone"},
    {RUNS, "journal", 0, VALUE(journal), "FILE",
     "边做边记下已完成的文件（需要 -o），中断后可以用 --resume 继续",
     "note what is done (needs -o), so that --resume can go on after an interruption"},
    {RUNS, "resume", 0, VALUE(resume), NULL, "接着 --journal 里记下的做",
     "go on from what --journal has noted"},
    {RUNS, "cache", 0, VALUE(cache), "DIR", "内容、规则和设置都没有变的文件不再重读",
     "do not read files again whose content, rules and settings are the same"},
    {RUNS, "shard", 0, VALUE(shard), "I/N",
     "只做 N 份中的第 I 份（按路径分），写下记录，供 ziping merge 合并",
     "do only part I of N (by path) and write records for `ziping merge`"},
    {RUNS | ZP_FOR_ARCHIVE, "shard-of", 0, VALUE(shard_of), "PLAN:K",
     "只做计划（ziping plan）的第 K 份，写下记录，供 ziping merge 合并；archive add 只收这一份",
     "do only shard K of a plan (`ziping plan`) and write records for `ziping merge`; `archive "
     "add` "
     "adds only those"},
    {ZP_FOR_PLAN, "shard-size", 0, VALUE(shard_size), "N", "每份大约多少个文件",
     "about so many documents a shard"},
    {READS | ZP_FOR_PLAN, "no-sandbox", 0, VALUE(no_sandbox), NULL,
     "不限制工作进程（不安全；只用于排查问题）",
     "do not shut the workers in (unsafe; for finding faults only)"},
    {READS | ZP_FOR_PLAN, "require-sandbox", 0, VALUE(require_sandbox), NULL,
     "缺少任何一道隔离（Landlock、seccomp）就什么也不读",
     "read nothing where a wall is missing (Landlock, seccomp)"},
#define ZP_BOUND(bound, option, value, size, key, otherwise, most, zh, en)                         \
    {READS, option, 0, VALUE(limits[ZP_BOUND_##bound]), value, zh, en},
#include "base/bounds.def"
#undef ZP_BOUND
    {RUNS | ZP_FOR_MERGE | ZP_FOR_ARCHIVE, "no-progress", 0, VALUE(no_progress), NULL, "不显示进度",
     "do not show how far the run is"},
    {READS | ZP_FOR_PLAN | ZP_FOR_MERGE, "quiet", 'q', VALUE(quiet), NULL, "不输出汇总和进度",
     "no summary, no progress"},
    {ALL, "rules", 0, VALUE(rules), "DIR", "用这个文件夹里的规则数据",
     "use the rule data of this folder"},
    {FILES, "profile", 0, VALUE(profile), "NAME|FILE",
     "用这套评分规则，不按表选（见 rules/profiles）",
     "judge by this profile instead of the form's own (rules/profiles)"},
    {ALL | ZP_FOR_PROGRAM, "lang", 0, VALUE(language), "zh|en", "信息的语言，默认按系统设置",
     "language of messages, by default the system's"},
    {ALL | ZP_FOR_PROGRAM, "help", 'h', VALUE(help), NULL, "显示帮助", "show help"},
    {ZP_FOR_PROGRAM, "version", 'V', VALUE(version), NULL, "显示版本", "show the version"},
    {0, NULL, 0, 0, NULL, NULL, NULL},
};
#define COUNT (G_N_ELEMENTS(ZP_OPTIONS) - 1)

bool zp_option_is_list(const ZpOption *option)
{
    return option->offset == VALUE(formats);
}

static GOptionArg kind_of(const ZpOption *option)
{
    if (!option->value)
        return G_OPTION_ARG_NONE;
    return zp_option_is_list(option) ? G_OPTION_ARG_FILENAME_ARRAY : G_OPTION_ARG_FILENAME;
}

static void add_entries(GArray *entries, ZpArguments *arguments, ZpFor scope)
{
    for (gsize k = 0; k < COUNT; k++) {
        const ZpOption *option = &ZP_OPTIONS[k];
        if (!(option->scopes & scope))
            continue;
        GOptionEntry entry = {option->name,
                              option->letter,
                              0,
                              kind_of(option),
                              (char *)arguments + option->offset,
                              NULL,
                              NULL};
        g_array_append_val(entries, entry);
    }
    GOptionEntry rest = {G_OPTION_REMAINING, 0,    0,   G_OPTION_ARG_FILENAME_ARRAY,
                         &arguments->rest,   NULL, NULL};
    if (scope != ZP_FOR_PROGRAM)
        g_array_append_val(entries, rest);
}

static const ZpOption *find_option(const char *name, gsize length, ZpFor scope)
{
    for (gsize k = 0; k < COUNT; k++) {
        if ((ZP_OPTIONS[k].scopes & scope) && strlen(ZP_OPTIONS[k].name) == length &&
            strncmp(ZP_OPTIONS[k].name, name, length) == 0)
            return &ZP_OPTIONS[k];
    }
    return NULL;
}

static const ZpOption *find_letter(char letter, ZpFor scope)
{
    for (gsize k = 0; k < COUNT; k++) {
        if ((ZP_OPTIONS[k].scopes & scope) && ZP_OPTIONS[k].letter &&
            ZP_OPTIONS[k].letter == letter)
            return &ZP_OPTIONS[k];
    }
    return NULL;
}

/* The first word that looks like an option and is none of @scope, or gives a value to one that takes none,
 * which GLib would pass over. */
static const char *wrong_option(char **argv, ZpFor scope, bool *is_unknown)
{
    for (char **word = argv + 1; *word && strcmp(*word, "--") != 0; word++) {
        bool is_option = (*word)[0] == '-' && (*word)[1] != '\0';
        if (!is_option && scope == ZP_FOR_PROGRAM) /* the command: what follows is its */
            return NULL;
        if (!is_option)
            continue;
        bool is_long = (*word)[1] == '-';
        bool has_value = is_long ? strchr(*word, '=') != NULL : (*word)[2] != '\0';
        const ZpOption *option = is_long ? find_option(*word + 2, strcspn(*word + 2, "="), scope)
                                         : find_letter((*word)[1], scope);
        *is_unknown = !option;
        if (!option || (is_long && has_value && !option->value))
            return *word;
        if (option->value && !has_value && word[1])
            word++;
    }
    return NULL;
}

static void set_unknown_error(GError **error, const char *word, ZpFor scope)
{
    const char *names[COUNT + 1] = {NULL};
    gsize n = 0;
    for (gsize k = 0; k < COUNT; k++) {
        if (ZP_OPTIONS[k].scopes & scope)
            names[n++] = ZP_OPTIONS[k].name;
    }
    g_autofree char *bare = g_strndup(word, strcspn(word, "="));
    const char *near = zp_nearest(bare + strspn(bare, "-"), names);
    if (near)
        zp_error_set(error, ZP_ERROR_USAGE, "没有选项 %s；是不是 --%s？",
                     "unknown option %s; did you mean --%s?", bare, near);
    else
        zp_error_set(error, ZP_ERROR_USAGE, "没有选项 %s；见 --help",
                     "unknown option %s; see --help", bare);
}

static bool are_words_sound(char **argv, ZpFor scope, GError **error)
{
    bool is_unknown = false;
    const char *wrong = wrong_option(argv, scope, &is_unknown);
    if (wrong && is_unknown)
        set_unknown_error(error, wrong, scope);
    else if (wrong)
        zp_error_set(error, ZP_ERROR_USAGE, "%s：这个选项没有值", "%s: this option takes no value",
                     wrong);
    return !wrong;
}

static bool follow_language(ZpArguments *arguments, GError **error)
{
    if (!arguments->language)
        return true;
    g_autofree char *language = g_steal_pointer(&arguments->language);
    bool is_zh = strcmp(language, "zh") == 0;
    if (!is_zh && strcmp(language, "en") != 0) {
        static const char *const LANGUAGES[] = {"zh", "en", NULL};
        zp_error_set(error, ZP_ERROR_USAGE, "--lang 只能是 zh 或 en，不能是 %s",
                     "--lang is zh or en, not %s", language);
        return zp_error_meant(error, language, LANGUAGES);
    }
    arguments->has_language = true;
    arguments->lang = is_zh ? ZP_LANG_ZH : ZP_LANG_EN;
    return true;
}

/* "-j4" is "-j" and "4": GOption does not take them apart. */
static char **split_letters(char **argv, ZpFor scope, int *argc)
{
    GPtrArray *words = g_ptr_array_new();
    bool is_over = false;
    for (char **word = argv; *word; word++) {
        bool is_group = !is_over && word > argv && (*word)[0] == '-' && (*word)[1] != '-';
        const ZpOption *option = is_group ? find_letter((*word)[1], scope) : NULL;
        bool is_split = option && option->value && (*word)[2];
        g_ptr_array_add(words, is_split ? g_strndup(*word, 2) : g_strdup(*word));
        if (is_split)
            g_ptr_array_add(words, g_strdup(*word + 2));
        else if (option && option->value && word[1])
            g_ptr_array_add(words, g_strdup(*++word));
        is_over |= strcmp(*word, "--") == 0;
    }
    *argc = (int)words->len;
    g_ptr_array_add(words, NULL);
    return (char **)(gpointer)g_ptr_array_free(words, FALSE);
}

bool zp_arguments_parse(ZpArguments *arguments, ZpFor scope, int *argc, char ***argv,
                        GError **error)
{
    g_autoptr(GArray) entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) cause = NULL;
    add_entries(entries, arguments, scope);
    g_option_context_add_main_entries(context, (const GOptionEntry *)(void *)entries->data, NULL);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_set_strict_posix(context, scope == ZP_FOR_PROGRAM);
    if (!are_words_sound(*argv, scope, error))
        return false;
    /* GOption copies what it keeps, and takes out of the array what it has used. */
    int n = 0;
    g_auto(GStrv) split = scope == ZP_FOR_PROGRAM ? NULL : split_letters(*argv, scope, &n);
    g_autofree char **moving = split ? g_memdup2(split, sizeof(char *) * ((gsize)n + 1)) : NULL;
    char **words = moving;
    bool done = split ? g_option_context_parse(context, &n, &words, &cause)
                      : g_option_context_parse(context, argc, argv, &cause);
    if (!done) {
        zp_error_set(error, ZP_ERROR_USAGE, "选项有误：%s", "wrong option: %s", cause->message);
        return false;
    }
    return follow_language(arguments, error);
}

void zp_arguments_clear(ZpArguments *arguments)
{
    for (gsize k = 0; k < COUNT; k++) {
        if (ZP_OPTIONS[k].value && !zp_option_is_list(&ZP_OPTIONS[k]))
            g_clear_pointer((char **)((char *)arguments + ZP_OPTIONS[k].offset), g_free);
    }
    g_strfreev(arguments->formats);
    g_strfreev(arguments->rest);
    *arguments = (ZpArguments){0};
}
