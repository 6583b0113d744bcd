/*
 * main.c - the table of commands and the choice among them.
 *
 * No setlocale(): file names are bytes, figures must not change with the locale, and the
 * language of messages follows --lang or the environment by the program's own rule.
 */
#include "cli/main.h"

#include "base/ending.h"
#include "base/error.h"
#include "cli/cli.h"
#include "parsers/image/image.h"
#include "parsers/ooxml/package.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

const ZpCommand ZP_COMMANDS[] = {
    {"convert", ZP_FOR_CONVERT, zp_command_convert, "文件|文件夹… [选项]", "FILE|DIR… [OPTIONS]",
     "读出文件中的每张自评表，写成规范的数据", "write every form in the files in canonical shape"},
    {"check", ZP_FOR_CHECK, zp_command_check, "文件|文件夹… [选项]", "FILE|DIR… [OPTIONS]",
     "检查每张自评表，列出问题", "check every form and print what is wrong"},
    {"baseline", ZP_FOR_BASELINE, zp_command_baseline,
     "write 文件|文件夹… -o 基线 | prune 基线 文件…",
     "write FILE|DIR… -o BASELINE | prune BASELINE FILE|DIR…",
     "记下现有的问题，以后只看新的（check --baseline）；prune 去掉已不存在的",
     "put down what is found now, so that only new findings count; prune what is gone"},
    {"fix", ZP_FOR_FIX, zp_command_fix, "文件 -o 副本 | 文件|文件夹… -o 文件夹 [选项]",
     "FILE -o COPY | FILE|DIR… -o DIR [OPTIONS]",
     "写出改好的副本（空白、标记、拆开的单元格、比较符），并显示差别；不动原件",
     "write a corrected copy (white space, mark-up, split cells, comparators) and show the "
     "difference"},
    {"annotate", ZP_FOR_ANNOTATE, zp_command_annotate, "文件 -o 副本 [选项]",
     "FILE -o COPY [OPTIONS]",
     "写出一份副本，问题标注在原处（PDF、Word、Excel、OFD、网页、文本）；不动原件",
     "write a copy with the findings marked where they are (PDF, Word, Excel, OFD, HTML, text)"},
    {"review", ZP_FOR_REVIEW, zp_command_review, "文件|文件夹… [选项]", "FILE|DIR… [OPTIONS]",
     "写出核对表：扫描件中拿不准的数和它们的图片，填好后用 check --corrections 带回",
     "write a sheet of what of scans is in doubt, with its pictures; filled in, check "
     "--corrections "
     "takes it back"},
    {"watch", ZP_FOR_WATCH, zp_command_watch, "文件夹… [选项]", "DIR… [OPTIONS]",
     "检查文件夹里新来或改动的文件，直到中断",
     "check what arrives or changes in folders, until interrupted"},
    {"plan", ZP_FOR_PLAN, zp_command_plan, "文件|文件夹… --shard-size N -o 计划 [选项]",
     "FILE|DIR… --shard-size N -o PLAN [OPTIONS]",
     "把一次运行切成用时相近的若干份，各份由 check|convert --shard-of 在任何一台机器上做",
     "cut a run into shards that take about as long, for check|convert --shard-of on any machine"},
    {"merge", ZP_FOR_MERGE, zp_command_merge, "记录… [选项]", "RECORDS… [OPTIONS]",
     "把 --shard、--shard-of 各份写下的记录合成一次运行的结果",
     "put together what the shards of a run (--shard, --shard-of) wrote"},
    {"archive", ZP_FOR_ARCHIVE, zp_command_archive,
     "add|search|list|show|query|verify|recheck|stats|recover|merge … --db 档案库 [选项]",
     "add|search|list|show|query|verify|recheck|stats|recover|merge … --db ARCHIVE [OPTIONS]",
     "把历年的表存进一个档案库，查找、查看、用 SQL 提问、核对",
     "keep the forms of many years in one archive, search, show, ask it in SQL, verify it"},
    {"explain", ZP_FOR_EXPLAIN, zp_command_explain, "规则", "RULE",
     "说明一条规则：查什么、怎样算、依据、例子、怎样改",
     "what a rule checks, its formula, basis, examples and how to mend"},
    {"rules", ZP_FOR_RULES, zp_command_rules, "[选项]", "[OPTIONS]", "列出全部规则，一行一条",
     "list all rules, a line each"},
    {"formats", ZP_FOR_RULES, zp_command_formats, "[选项]", "[OPTIONS]", "列出读入和写出的格式",
     "list the formats that are read and written"},
    {"doctor", ZP_FOR_OTHER, zp_command_doctor, "[选项]", "[OPTIONS]",
     "检查本机：隔离层、PDF 模块、字符映射、字体、LibreOffice",
     "what this machine offers: isolation, PDF module, character maps, fonts, LibreOffice"},
    {"completion", ZP_FOR_OTHER, zp_command_completion, "bash|zsh|fish", "bash|zsh|fish",
     "输出命令行补全脚本", "print a completion script for a shell"},
    {"help", ZP_FOR_OTHER, zp_command_help, "[命令]", "[COMMAND]", "显示帮助，或一个命令的帮助",
     "show help, or that of a command"},
    {NULL, 0, NULL, NULL, NULL, NULL, NULL},
};

static const ZpCommand *find_command(const char *name)
{
    for (const ZpCommand *command = ZP_COMMANDS; command->name; command++) {
        if (strcmp(command->name, name) == 0)
            return command;
    }
    return NULL;
}

static ZpExit say_unknown_command(const char *word, ZpLang lang)
{
    const char *names[G_N_ELEMENTS(ZP_COMMANDS)];
    for (gsize k = 0; k < G_N_ELEMENTS(ZP_COMMANDS); k++)
        names[k] = ZP_COMMANDS[k].name;
    const char *near = zp_nearest(word, names);
    if (near)
        zp_say(lang, "没有命令 %s；是不是 %s？", "unknown command %s; did you mean %s?", word,
               near);
    else
        zp_say(lang, "没有命令 %s；见 ziping --help", "unknown command %s; see `ziping --help`",
               word);
    return ZP_EXIT_USAGE;
}

static ZpExit flush_output(ZpLang lang);

ZpExit zp_command_help(const ZpArguments *arguments)
{
    const char *word = arguments->rest ? arguments->rest[0] : NULL;
    const ZpCommand *command = word ? find_command(word) : NULL;
    if (word && !command && zp_rule_find(word) >= 0) {
        zp_say(arguments->lang, "%s 是一条规则；见 ziping explain %s",
               "%s is a rule; see `ziping explain %s`", word, word);
        return ZP_EXIT_USAGE;
    }
    if (word && !command)
        return say_unknown_command(word, arguments->lang);
    zp_help_print(stdout, command, arguments->lang);
    return flush_output(arguments->lang);
}

/* What was printed with stdio may still fail at the end: a full disk, a closed pipe. */
static ZpExit flush_output(ZpLang lang)
{
    g_autoptr(GString) nothing = g_string_new(NULL);
    return zp_print(nothing, lang);
}

/* Which pages are read from pictures: known before any worker starts. */
static bool set_ocr(const ZpArguments *arguments)
{
    static const char *const MODES[] = {"never", "auto", "always", NULL};
    ZpOcrMode mode = ZP_OCR_AUTO;
    bool is_known = !arguments->ocr;
    for (gsize k = 0; MODES[k] && arguments->ocr; k++) {
        if (strcmp(arguments->ocr, MODES[k]) != 0)
            continue;
        mode = (ZpOcrMode)k;
        is_known = true;
    }
    if (!is_known) {
        g_autofree char *meant = zp_meant_text(arguments->ocr, MODES, arguments->lang);
        zp_say(arguments->lang, "--ocr 只能是 never、auto 或 always，不能是 %s%s",
               "--ocr is never, auto or always, not %s%s", arguments->ocr, meant);
        return false;
    }
    if (zp_image_set_mode(mode) || mode != ZP_OCR_ALWAYS)
        return true;
    zp_say(arguments->lang, "--ocr always 要用的文字识别没有装；请运行 scripts/ocr.sh",
           "--ocr always: text recognition is not installed; run scripts/ocr.sh");
    return false;
}

static ZpExit run_command(const ZpCommand *command, ZpArguments *arguments, int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (!zp_arguments_parse(arguments, (ZpFor)command->options, &argc, &argv, &error)) {
        zp_say(arguments->lang, "%s", "%s", zp_error_text(error, arguments->lang));
        return ZP_EXIT_USAGE;
    }
    if (!arguments->help)
        return set_ocr(arguments) ? command->run(arguments) : ZP_EXIT_USAGE;
    zp_help_print(stdout, command, arguments->lang);
    return flush_output(arguments->lang);
}

static ZpExit run_program(ZpArguments *arguments, int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (!zp_arguments_parse(arguments, ZP_FOR_PROGRAM, &argc, &argv, &error)) {
        zp_say(arguments->lang, "%s", "%s", zp_error_text(error, arguments->lang));
        return ZP_EXIT_USAGE;
    }
    if (arguments->version) {
        printf("ziping %s\n", ZP_VERSION);
        return flush_output(arguments->lang);
    }
    if (arguments->help) {
        zp_help_print(stdout, argc > 1 ? find_command(argv[1]) : NULL, arguments->lang);
        return flush_output(arguments->lang);
    }
    if (argc < 2) {
        zp_help_print(stderr, NULL, arguments->lang);
        return ZP_EXIT_USAGE;
    }
    const ZpCommand *command = find_command(argv[1]);
    if (!command)
        return say_unknown_command(argv[1], arguments->lang);
    return run_command(command, arguments, argc - 1, argv + 1);
}

int zp_main(int argc, char **argv)
{
    ZpArguments arguments = {.lang = zp_lang_from_environment()};
    zp_package_prepare();
    zp_ending_prepare();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a writing error, reported by exit 4 */
    g_auto(GStrv) words = g_strdupv(argv); /* GOption moves the words about */
    g_autofree char **shuffled = g_memdup2(words, sizeof(char *) * ((gsize)argc + 1));
    ZpExit status = run_program(&arguments, argc, shuffled);
    zp_arguments_clear(&arguments);
    return status;
}
