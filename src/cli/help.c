/*
 * help.c - help texts, said from the tables of commands and options.
 */
#include "cli/cli.h"

#include <stdio.h>

static const char PROGRAM_ZH[] =
    "ziping（自评）：把项目支出绩效自评表变成数据，并指出表中自相矛盾的地方。\n"
    "\n"
    "用法：ziping [选项] 命令 …\n"
    "\n"
    "命令：\n";
static const char PROGRAM_EN[] =
    "ziping turns self-evaluation forms into data and says where they contradict themselves.\n"
    "\n"
    "Usage: ziping [OPTIONS] COMMAND …\n"
    "\n"
    "Commands:\n";
static const char EXITS_ZH[] =
    "\n"
    "退出码：0 没有达到 --fail-on 的问题；1 有；2 用法或配置有误，或没有可检查的文件；\n"
    "3 有文件读不了或没有自评表，或文件夹里有没读的文件（见 --skip-unread）；4 "
    "内部错误，或结果无法写出。\n"
    "\n"
    "“ziping 命令 --help” 显示命令的选项。\n";
static const char EXITS_EN[] =
    "\n"
    "Exit codes: 0 no finding at or above --fail-on; 1 findings; 2 wrong usage or configuration,\n"
    "or nothing to check; 3 some input could not be read or holds no form, or a folder holds "
    "files\n"
    "that were not read (--skip-unread); 4 internal failure, or the output could not be written.\n"
    "\n"
    "`ziping COMMAND --help` shows a command's options.\n";

static void print_program(FILE *stream, ZpLang lang)
{
    fputs(zp_lang_pick(lang, PROGRAM_ZH, PROGRAM_EN), stream);
    for (const ZpCommand *command = ZP_COMMANDS; command->name; command++)
        fprintf(stream, "  %-11s %s\n", command->name,
                zp_lang_pick(lang, command->zh, command->en));
    fputs(zp_lang_pick(lang, "\n选项：\n", "\nOptions:\n"), stream);
    zp_options_print(stream, ZP_FOR_PROGRAM, lang);
    fputs(zp_lang_pick(lang, EXITS_ZH, EXITS_EN), stream);
}

void zp_help_print(FILE *stream, const ZpCommand *command, ZpLang lang)
{
    if (!command) {
        print_program(stream, lang);
        return;
    }
    fprintf(stream, "%sziping %s %s\n\n%s\n\n%s\n", zp_lang_pick(lang, "用法：", "Usage: "),
            command->name, zp_lang_pick(lang, command->usage_zh, command->usage_en),
            zp_lang_pick(lang, command->zh, command->en), zp_lang_pick(lang, "选项：", "Options:"));
    zp_options_print(stream, (ZpFor)command->options, lang);
}
