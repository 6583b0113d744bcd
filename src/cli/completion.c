/*
 * completion.c - `ziping completion bash|zsh|fish`: made from the tables of commands and options, so
 * that no script falls behind them.
 *
 * All three shells are told the same: the command is the first word that is one; an option belongs
 * to it; what follows an option is one of some words, a folder or a file; `explain` takes a rule.
 */
#include "cli/cli.h"
#include "output/writer.h"
#include "parsers/parser.h"

#include <string.h>

/* --- what the tables say --- */

static char *rule_codes(void)
{
    GString *words = g_string_new(NULL);
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++)
        g_string_append_printf(words, "%s%s", rule > 0 ? " " : "", ZP_RULES[rule].code);
    return g_string_free(words, FALSE);
}

static char *command_names(void)
{
    GString *words = g_string_new(NULL);
    for (const ZpCommand *command = ZP_COMMANDS; command->name; command++)
        g_string_append_printf(words, "%s%s", words->len > 0 ? " " : "", command->name);
    return g_string_free(words, FALSE);
}

/* The words that may follow an option, separated by blanks; NULL: a file or folder. */
static char *words_of(const ZpOption *option)
{
    if (zp_option_is_list(option) && !strchr(option->value, '|'))
        return g_strdelimit(zp_writer_names((option->scopes & ZP_FOR_CHECK) != 0), "|", ' ');
    if (strcmp(option->value, "CODES") == 0)
        return rule_codes();
    if (strcmp(option->value, "FORMAT") == 0) {
        GString *words = g_string_new(NULL);
        for (const ZpParser *const *parser = ZP_PARSERS; *parser; parser++)
            g_string_append_printf(words, "%s%s", words->len > 0 ? " " : "", (*parser)->name);
        return g_string_free(words, FALSE);
    }
    if (g_ascii_islower(*option->value))
        return g_strdelimit(g_strdup(option->value), "|", ' ');
    return NULL;
}

/* What a command takes besides options; one that has no row takes files. */
typedef struct {
    const char *command, *words; /* words NULL: as `make` says */
    bool takes_files;
    char *(*make)(void);
} Taken;

static const Taken TAKEN[] = {
    {"archive",
     "add search list show query history link unlink verify recheck stats recover export import "
     "merge upgrade",
     true, NULL},
    {"baseline", "write prune", true, NULL},
    {"completion", "bash zsh fish", false, NULL},
    {"doctor", "", false, NULL},
    {"explain", NULL, false, rule_codes},
    {"formats", "", false, NULL},
    {"help", NULL, false, command_names},
    {"rules", "", false, NULL},
};

static const Taken *taken_by(const ZpCommand *command)
{
    for (gsize k = 0; k < G_N_ELEMENTS(TAKEN); k++) {
        if (strcmp(command->name, TAKEN[k].command) == 0)
            return &TAKEN[k];
    }
    return NULL;
}

static bool takes_files(const ZpCommand *command)
{
    const Taken *taken = taken_by(command);
    return !taken || taken->takes_files;
}

/* The words a command takes; "" for none. */
static char *words_of_command(const ZpCommand *command)
{
    const Taken *taken = taken_by(command);
    if (!taken)
        return g_strdup("");
    return taken->words ? g_strdup(taken->words) : taken->make();
}

static void append_options(GString *out, guint scope)
{
    for (const ZpOption *option = ZP_OPTIONS; option->name; option++) {
        if (!(option->scopes & scope))
            continue;
        g_string_append_printf(out, " --%s", option->name);
        if (option->letter)
            g_string_append_printf(out, " -%c", option->letter);
    }
}

/* --- bash --- */

static void append_bash_values(GString *out)
{
    for (const ZpOption *option = ZP_OPTIONS; option->name; option++) {
        g_autofree char *words = option->value ? words_of(option) : NULL;
        if (!option->value)
            continue;
        g_string_append_printf(out, "        --%s", option->name);
        if (option->letter)
            g_string_append_printf(out, " | -%c", option->letter);
        if (words)
            g_string_append_printf(
                out, ") mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$cur\"); return ;;\n", words);
        else
            g_string_append_printf(
                out, ") mapfile -t COMPREPLY < <(compgen -%c -- \"$cur\"); return ;;\n",
                strcmp(option->value, "DIR") == 0 ? 'd' : 'f');
    }
}

static void append_bash_commands(GString *out)
{
    for (const ZpCommand *command = ZP_COMMANDS; command->name; command++) {
        g_autofree char *words = words_of_command(command);
        g_string_append_printf(out, "        %s) options='", command->name);
        append_options(out, command->options);
        g_string_append(out, "'");
        if (*words)
            g_string_append_printf(out, " words='%s'", words);
        g_string_append(out, takes_files(command) ? "" : " files=");
        g_string_append(out, " ;;\n");
    }
}

static void append_bash(GString *out)
{
    g_string_append(out,
                    "# bash completion of ziping, made by `ziping completion bash`\n"
                    "_ziping() {\n"
                    "    local cur=${COMP_WORDS[COMP_CWORD]} prev= command= word options words= "
                    "files=yes\n"
                    "    COMPREPLY=()\n"
                    "    [ \"$COMP_CWORD\" -gt 0 ] && prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
                    "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
                    "        case $word in -*) ;; *) command=$word; break ;; esac\n"
                    "    done\n"
                    "    case $prev in\n");
    append_bash_values(out);
    g_string_append(out, "    esac\n    case $command in\n");
    append_bash_commands(out);
    g_string_append(out, "        *) options='");
    append_options(out, ZP_FOR_PROGRAM);
    g_autofree char *commands = command_names();
    g_string_append_printf(out, "' files= words='%s", commands);
    g_string_append(
        out, "' ;;\n    esac\n"
             "    case $cur in -*) words=$options files= ;; esac\n"
             "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\"; [ -z \"$files\" ] || "
             "compgen -f -- \"$cur\")\n"
             "}\n"
             "complete -o filenames -F _ziping ziping\n");
}

/* --- zsh --- */

/* Text inside the single quotes and brackets of an _arguments specification. */
static void append_zsh_text(GString *out, const char *text)
{
    for (; *text; text++) {
        if (strchr("[]:\\", *text))
            g_string_append_c(out, '\\');
        g_string_append(out, *text == '\'' ? "'\\''" : (char[]){*text, '\0'});
    }
}

static void append_zsh_option(GString *out, const ZpOption *option, bool is_long)
{
    g_autofree char *words = option->value ? words_of(option) : NULL;
    g_string_append(out, zp_option_is_list(option) ? "            '*" : "            '");
    if (is_long)
        g_string_append_printf(out, "--%s%s", option->name, option->value ? "=" : "");
    else
        g_string_append_printf(out, "-%c", option->letter);
    g_string_append_c(out, '[');
    append_zsh_text(out, option->en);
    g_string_append_c(out, ']');
    if (words)
        g_string_append_printf(out, ":value:(%s)", words);
    else if (option->value)
        g_string_append(out,
                        strcmp(option->value, "DIR") == 0 ? ":folder:_files -/" : ":file:_files");
    g_string_append(out, "' \\\n");
}

static void append_zsh_command(GString *out, const ZpCommand *command)
{
    g_autofree char *words = words_of_command(command);
    g_string_append_printf(out, "        %s) _arguments \\\n", command->name);
    for (const ZpOption *option = ZP_OPTIONS; option->name; option++) {
        if (!(option->scopes & command->options))
            continue;
        append_zsh_option(out, option, true);
        if (option->letter)
            append_zsh_option(out, option, false);
    }
    if (*words)
        g_string_append_printf(out, "            '1:word:(%s)' \\\n", words);
    g_string_append(out,
                    takes_files(command) ? "            '*:file:_files' ;;\n" : "            ;;\n");
}

static void append_zsh(GString *out)
{
    g_string_append(out, "#compdef ziping\n"
                         "# zsh completion of ziping, made by `ziping completion zsh`\n"
                         "_ziping() {\n"
                         "    local -a commands\n"
                         "    commands=(\n");
    for (const ZpCommand *command = ZP_COMMANDS; command->name; command++) {
        g_string_append_printf(out, "        '%s:", command->name);
        append_zsh_text(out, command->en);
        g_string_append(out, "'\n");
    }
    g_string_append(out, "    )\n"
                         "    if (( CURRENT == 2 )); then\n"
                         "        _describe command commands\n"
                         "        return\n"
                         "    fi\n"
                         "    local command=$words[2]\n"
                         "    shift words\n"
                         "    (( CURRENT-- ))\n"
                         "    case $command in\n");
    for (const ZpCommand *command = ZP_COMMANDS; command->name; command++)
        append_zsh_command(out, command);
    g_string_append(out, "    esac\n"
                         "}\n"
                         "compdef _ziping ziping\n");
}

/* --- fish --- */

static void append_fish_text(GString *out, const char *text)
{
    g_string_append_c(out, '\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            g_string_append_c(out, '\\');
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '\'');
}

static void append_fish_option(GString *out, const ZpCommand *command, const ZpOption *option)
{
    g_autofree char *words = option->value ? words_of(option) : NULL;
    g_string_append_printf(out, "complete -c ziping -n '__fish_seen_subcommand_from %s' -l %s",
                           command->name, option->name);
    if (option->letter)
        g_string_append_printf(out, " -s %c", option->letter);
    if (words)
        g_string_append_printf(out, " -x -a '%s'", words);
    else if (option->value)
        g_string_append(out, " -r -F");
    g_string_append(out, " -d ");
    append_fish_text(out, option->en);
    g_string_append_c(out, '\n');
}

static void append_fish(GString *out)
{
    g_string_append(out, "# fish completion of ziping, made by `ziping completion fish`\n");
    for (const ZpCommand *command = ZP_COMMANDS; command->name; command++) {
        g_autofree char *words = words_of_command(command);
        g_string_append_printf(out, "complete -c ziping -n __fish_use_subcommand -f -a %s -d ",
                               command->name);
        append_fish_text(out, command->en);
        g_string_append_c(out, '\n');
        if (*words)
            g_string_append_printf(
                out, "complete -c ziping -n '__fish_seen_subcommand_from %s'%s -a '%s'\n",
                command->name, takes_files(command) ? "" : " -f", words);
        for (const ZpOption *option = ZP_OPTIONS; option->name; option++) {
            if (option->scopes & command->options)
                append_fish_option(out, command, option);
        }
    }
}

ZpExit zp_command_completion(const ZpArguments *arguments)
{
    static const struct {
        const char *shell;
        void (*append)(GString *out);
    } SHELLS[] = {{"bash", append_bash}, {"zsh", append_zsh}, {"fish", append_fish}};
    g_autoptr(GString) out = g_string_new(NULL);
    const char *shell = arguments->rest && !arguments->rest[1] ? arguments->rest[0] : "";
    for (gsize k = 0; k < G_N_ELEMENTS(SHELLS); k++) {
        if (strcmp(SHELLS[k].shell, shell) == 0)
            SHELLS[k].append(out);
    }
    if (out->len > 0)
        return zp_print(out, arguments->lang);
    zp_say(arguments->lang, "completion 后面要写一个：bash、zsh 或 fish",
           "completion: name one of bash, zsh and fish");
    return ZP_EXIT_USAGE;
}
