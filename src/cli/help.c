/*
 * help.c - help texts, said from the tables of commands and options.
 */
#include "cli/cli.h"

#include "base/wrap.h"
#include "output/writer.h"

#include <stdio.h>
#include <string.h>

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

/* Columns of the left half of a help line. */
#define HELP_COLUMNS 30

/* What options are about; one that no row names is among the last. */
static const struct {
    const char *zh, *en;
    const char *names; /* between blanks; "max-" stands for all that begin so */
} GROUPS[] = {
    {"输入", "Input", " from files-from password-file ocr corrections office skip-unread "},
    {"输出", "Output",
     " to format output report annotate-dir split-by split-dir split-parts force all verbose show "
     "statistics "
     "raw "
     "excel "
     "quiet no-progress lang "},
    {"检查什么", "Selection",
     " fail-on select ignore baseline diff-from repairs profile rules unsafe ledger "},
    {"配置", "Configuration", " config no-config show-config "},
    {"限制", "Limits", " max- "},
    {"运行", "Running",
     " jobs journal resume cache shard shard-of shard-size no-sandbox require-sandbox "},
    {"其他", "Other", ""},
};

/* A line or two a command. */
static const struct {
    const char *command, *lines;
} EXAMPLES[] = {
    {"convert", "  ziping convert a.pdf b.docx -o forms.json\n"
                "  ziping convert in/ --to csv --excel -o forms.csv\n"},
    {"check", "  ziping check in/\n"
              "  ziping check in.zip --report report/\n"
              "  ziping check in/ --format text --format sarif=out.sarif --fail-on warning\n"
              "  pdftotext -layout a.pdf - | ziping check -\n"},
    {"baseline", "  ziping baseline write in/ -o known.json\n"
                 "  ziping check in/ --baseline known.json\n"},
    {"annotate", "  ziping annotate a.pdf -o marked.pdf\n"},
    {"fix", "  ziping fix a.docx -o b.docx\n  ziping fix in/ -o mended/ --unsafe\n"},
    {"review", "  ziping review scan.pdf --format xlsx=review.xlsx\n"
               "  ziping check scan.pdf --corrections review.xlsx\n"},
    {"watch", "  ziping watch in/ --format text --format json=report.json\n"},
    {"plan", "  ziping plan in/ --shard-size 500 -o in.plan\n"
             "  ziping check --shard-of in.plan:1 -o 1.rec\n"},
    {"merge", "  ziping check in/ --shard 1/2 -o 1.rec; ziping check in/ --shard 2/2 -o 2.rec\n"
              "  ziping merge 1.rec 2.rec\n"},
    {"explain", "  ziping explain F01\n  ziping explain 执行率\n"},
    {"formats", "  ziping formats\n  ziping formats --format json\n"},
    {"rules", "  ziping rules\n  ziping rules --format json\n"},
    {"help", "  ziping help check\n"},
};

static gsize group_of(const ZpOption *option)
{
    g_autofree char *word = g_str_has_prefix(option->name, "max-")
                                ? g_strdup(" max- ")
                                : g_strdup_printf(" %s ", option->name);
    for (gsize k = 0; k + 1 < G_N_ELEMENTS(GROUPS); k++) {
        if (strstr(GROUPS[k].names, word))
            return k;
    }
    return G_N_ELEMENTS(GROUPS) - 1;
}

/* "-j, --jobs N", then what it does, from HELP_COLUMNS on. */
static void append_option(GString *out, const ZpOption *option, guint width, ZpLang lang)
{
    gsize from = out->len;
    g_autoptr(GString) left = g_string_new("  ");
    if (option->letter)
        g_string_append_printf(left, "-%c, ", option->letter);
    g_string_append_printf(left, "--%s", option->name);
    if (option->value)
        g_string_append_printf(left, " %s", option->value);
    if (left->len >= HELP_COLUMNS)
        g_string_append_printf(left, "\n%*s", HELP_COLUMNS, "");
    g_autofree char *formats = zp_option_is_list(option) && !strchr(option->value, '|')
                                   ? zp_writer_names((option->scopes & ZP_FOR_CHECK) != 0)
                                   : NULL;
    g_auto(GStrv) names = formats ? g_strsplit(formats, "|", -1) : NULL;
    g_autofree char *list = names ? g_strjoinv(zp_lang_pick(lang, "、", ", "), names) : NULL;
    zp_append_padded(out, left->str, HELP_COLUMNS);
    g_string_append_printf(out, "%s%s\n", zp_lang_pick(lang, option->zh, option->en),
                           list ? list : "");
    zp_text_wrap(out, from, width, HELP_COLUMNS);
}

static void append_options(GString *out, ZpFor scope, guint width, ZpLang lang)
{
    for (gsize group = 0; group < G_N_ELEMENTS(GROUPS); group++) {
        bool has_head = false;
        for (const ZpOption *option = ZP_OPTIONS; option->name; option++) {
            if (!(option->scopes & scope) || group_of(option) != group)
                continue;
            if (!has_head)
                g_string_append_printf(out, lang == ZP_LANG_ZH ? "\n%s：\n" : "\n%s:\n",
                                       zp_lang_pick(lang, GROUPS[group].zh, GROUPS[group].en));
            has_head = true;
            append_option(out, option, width, lang);
        }
    }
}

static void append_program(GString *out, guint width, ZpLang lang)
{
    g_string_append(out, zp_lang_pick(lang, PROGRAM_ZH, PROGRAM_EN));
    for (const ZpCommand *command = ZP_COMMANDS; command->name; command++) {
        gsize from = out->len;
        g_string_append_printf(out, "  %-11s %s\n", command->name,
                               zp_lang_pick(lang, command->zh, command->en));
        zp_text_wrap(out, from, width, 14);
    }
    append_options(out, ZP_FOR_PROGRAM, width, lang);
    gsize from = out->len;
    g_string_append(out, zp_lang_pick(lang, EXITS_ZH, EXITS_EN));
    zp_text_wrap(out, from, width, 0);
}

static void append_command(GString *out, const ZpCommand *command, guint width, ZpLang lang)
{
    g_string_append_printf(out, "%sziping %s %s\n\n%s\n", zp_lang_pick(lang, "用法：", "Usage: "),
                           command->name, zp_lang_pick(lang, command->usage_zh, command->usage_en),
                           zp_lang_pick(lang, command->zh, command->en));
    zp_text_wrap(out, 0, width, 2);
    append_options(out, (ZpFor)command->options, width, lang);
    for (gsize k = 0; k < G_N_ELEMENTS(EXAMPLES); k++) {
        if (strcmp(EXAMPLES[k].command, command->name) == 0)
            g_string_append_printf(out, "%s%s", zp_lang_pick(lang, "\n例：\n", "\nExamples:\n"),
                                   EXAMPLES[k].lines);
    }
}

void zp_help_print(FILE *stream, const ZpCommand *command, ZpLang lang)
{
    g_autoptr(GString) out = g_string_new(NULL);
    guint width = zp_terminal_columns(fileno(stream));
    if (command)
        append_command(out, command, width, lang);
    else
        append_program(out, width, lang);
    fputs(out->str, stream);
}
