/*
 * options.c - the table of options; GOption does the parsing.
 *
 * One row an option: which commands take it, where its value goes and what help says in both
 * languages.  Values are file names to GOption even where they are words, because those alone
 * are taken as the bytes they are.
 */
#include "cli/cli.h"

#include "base/error.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define FILES (ZP_FOR_CONVERT | ZP_FOR_CHECK)
#define ALL   (FILES | ZP_FOR_EXPLAIN | ZP_FOR_RULES)
/* Columns of the left half of a help line. */
#define HELP_COLUMNS 28

typedef struct {
    guint scopes; /* ZpFor bits */
    const char *name;
    char letter;
    size_t offset;     /* in ZpArguments */
    const char *value; /* (nullable) what stands for the value in help; NULL: a switch */
    const char *zh, *en;
} Option;

#define VALUE(field) offsetof(ZpArguments, field)

static const Option OPTIONS[] = {
    {ZP_FOR_CONVERT, "to", 0, VALUE(to), "json|ndjson|csv", "输出格式，默认 json",
     "output format, json by default"},
    {ZP_FOR_CHECK, "format", 0, VALUE(format), "text|json|ndjson", "输出格式，默认 text",
     "output format, text by default"},
    {FILES, "output", 'o', VALUE(output), "PATH", "写入文件（写完才替换），不写到标准输出",
     "write to a file, replaced only when complete"},
    {FILES, "from", 0, VALUE(from), "FORMAT",
     "输入格式（text、html、markdown、pdf、docx、xlsx），不按内容判断",
     "input format (text, html, markdown, pdf, docx, xlsx) instead of finding it out"},
    {FILES, "password-file", 0, VALUE(password_file), "FILE", "加密的 PDF 用这个文件第一行作密码",
     "open encrypted PDFs with the first line of this file"},
    {FILES, "office", 0, VALUE(office), NULL,
     "用 LibreOffice 读 .doc、.xls、.wps、.et、.rtf、.odt、.ods",
     "read .doc .xls .wps .et .rtf .odt .ods with LibreOffice"},
    {ZP_FOR_CHECK, "fail-on", 0, VALUE(fail_on), "error|warning|note|never",
     "从哪一级问题起退出码为 1，默认 error", "lowest severity that exits 1, error by default"},
    {ZP_FOR_CHECK, "all", 0, VALUE(all), NULL, "逐条列出提示，不按单位合并舍入习惯",
     "list every note; do not fold a unit's rounding habit into one line"},
    {ZP_FOR_CHECK, "repairs", 0, VALUE(repairs), NULL, "把修复（R01–R05）也列为提示",
     "list repairs (R01-R05) as notes too"},
    {ZP_FOR_CONVERT, "raw", 0, VALUE(raw), NULL, "CSV：像公式的单元格前不加 '",
     "csv: no ' before cells that look like formulas"},
    {ZP_FOR_CONVERT, "excel", 0, VALUE(excel), NULL, "CSV：加 BOM，便于 Excel 打开",
     "csv: byte order mark, for Excel"},
    {FILES, "quiet", 'q', VALUE(quiet), NULL, "不输出汇总和进度", "no summary, no progress"},
    {ALL, "rules", 0, VALUE(rules), "DIR", "用这个文件夹里的规则数据",
     "use the rule data of this folder"},
    {FILES, "profile", 0, VALUE(profile), "NAME|FILE",
     "用这套评分规则，不按表选（见 rules/profiles）",
     "judge by this profile instead of the form's own (rules/profiles)"},
    {ALL | ZP_FOR_PROGRAM, "lang", 0, VALUE(language), "zh|en", "信息的语言，默认按系统设置",
     "language of messages, by default the system's"},
    {ALL | ZP_FOR_PROGRAM, "help", 'h', VALUE(help), NULL, "显示帮助", "show help"},
    {ZP_FOR_PROGRAM, "version", 'V', VALUE(version), NULL, "显示版本", "show the version"},
};

static void add_entries(GArray *entries, ZpArguments *arguments, ZpFor scope)
{
    for (gsize k = 0; k < G_N_ELEMENTS(OPTIONS); k++) {
        const Option *option = &OPTIONS[k];
        if (!(option->scopes & scope))
            continue;
        GOptionArg kind = option->value ? G_OPTION_ARG_FILENAME : G_OPTION_ARG_NONE;
        GOptionEntry entry = {
            option->name, option->letter, 0, kind, (char *)arguments + option->offset, NULL, NULL};
        g_array_append_val(entries, entry);
    }
    GOptionEntry rest = {G_OPTION_REMAINING, 0,    0,   G_OPTION_ARG_FILENAME_ARRAY,
                         &arguments->rest,   NULL, NULL};
    if (scope != ZP_FOR_PROGRAM)
        g_array_append_val(entries, rest);
}

static const Option *find_option(const char *name, gsize length, ZpFor scope)
{
    for (gsize k = 0; k < G_N_ELEMENTS(OPTIONS); k++) {
        if ((OPTIONS[k].scopes & scope) && strlen(OPTIONS[k].name) == length &&
            strncmp(OPTIONS[k].name, name, length) == 0)
            return &OPTIONS[k];
    }
    return NULL;
}

static const Option *find_letter(char letter, ZpFor scope)
{
    for (gsize k = 0; k < G_N_ELEMENTS(OPTIONS); k++) {
        if ((OPTIONS[k].scopes & scope) && OPTIONS[k].letter && OPTIONS[k].letter == letter)
            return &OPTIONS[k];
    }
    return NULL;
}

/* The first word that looks like an option and is none of @scope. */
static const char *unknown_option(char **argv, ZpFor scope)
{
    for (char **word = argv + 1; *word && strcmp(*word, "--") != 0; word++) {
        if ((*word)[0] != '-' || (*word)[1] == '\0')
            continue;
        bool is_long = (*word)[1] == '-';
        const Option *option = is_long ? find_option(*word + 2, strcspn(*word + 2, "="), scope)
                                       : find_letter((*word)[1], scope);
        if (!option)
            return *word;
        bool value_follows = option->value && (is_long ? !strchr(*word, '=') : !(*word)[2]);
        if (value_follows && word[1])
            word++;
    }
    return NULL;
}

static void set_unknown_error(GError **error, const char *word, ZpFor scope)
{
    const char *names[G_N_ELEMENTS(OPTIONS) + 1] = {NULL};
    gsize n = 0;
    for (gsize k = 0; k < G_N_ELEMENTS(OPTIONS); k++) {
        if (OPTIONS[k].scopes & scope)
            names[n++] = OPTIONS[k].name;
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

static bool follow_language(ZpArguments *arguments, GError **error)
{
    if (!arguments->language)
        return true;
    g_autofree char *language = g_steal_pointer(&arguments->language);
    bool is_zh = strcmp(language, "zh") == 0;
    if (!is_zh && strcmp(language, "en") != 0) {
        zp_error_set(error, ZP_ERROR_USAGE, "--lang 只能是 zh 或 en，不能是 %s",
                     "--lang is zh or en, not %s", language);
        return false;
    }
    arguments->lang = is_zh ? ZP_LANG_ZH : ZP_LANG_EN;
    return true;
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
    const char *unknown = scope == ZP_FOR_PROGRAM ? NULL : unknown_option(*argv, scope);
    if (unknown) {
        set_unknown_error(error, unknown, scope);
        return false;
    }
    if (!g_option_context_parse(context, argc, argv, &cause)) {
        unknown = unknown_option(*argv, scope);
        if (unknown)
            set_unknown_error(error, unknown, scope);
        else
            zp_error_set(error, ZP_ERROR_USAGE, "选项有误：%s", "wrong option: %s", cause->message);
        return false;
    }
    return follow_language(arguments, error);
}

void zp_arguments_clear(ZpArguments *arguments)
{
    for (gsize k = 0; k < G_N_ELEMENTS(OPTIONS); k++) {
        if (OPTIONS[k].value)
            g_free(*(char **)((char *)arguments + OPTIONS[k].offset));
    }
    g_strfreev(arguments->rest);
    *arguments = (ZpArguments){0};
}

void zp_options_print(FILE *stream, ZpFor scope, ZpLang lang)
{
    for (gsize k = 0; k < G_N_ELEMENTS(OPTIONS); k++) {
        const Option *option = &OPTIONS[k];
        if (!(option->scopes & scope))
            continue;
        g_autoptr(GString) left = g_string_new(NULL);
        if (option->letter)
            g_string_append_printf(left, "-%c, ", option->letter);
        g_string_append_printf(left, "--%s", option->name);
        if (option->value)
            g_string_append_printf(left, " %s", option->value);
        if (left->len >= HELP_COLUMNS)
            g_string_append_printf(left, "\n  %*s", HELP_COLUMNS, "");
        fprintf(stream, "  %-*s%s\n", HELP_COLUMNS, left->str,
                zp_lang_pick(lang, option->zh, option->en));
    }
}
