/*
 * explain.c - `ziping explain RULE`: the page of a rule, as it is in docs/rules.
 *
 * The page is Markdown and is printed as it is; on a terminal its headings are bold.
 */
#include "cli/cli.h"

#include <string.h>

static ZpExit say_unknown(const ZpArguments *arguments, const char *word)
{
    const char *names[2 * ZP_RULE_COUNT + 1] = {NULL};
    for (gsize k = 0; k < ZP_RULE_COUNT; k++) {
        names[2 * k] = ZP_RULES[k].name;
        names[2 * k + 1] = ZP_RULES[k].code;
    }
    const char *near = zp_nearest(word, names);
    if (near)
        zp_say(arguments->lang, "没有规则 %s；是不是 %s？", "no rule %s; did you mean %s?", word,
               near);
    else
        zp_say(arguments->lang, "没有规则 %s；“ziping rules” 列出全部规则",
               "no rule %s; `ziping rules` lists all", word);
    return ZP_EXIT_USAGE;
}

/* Copy the page line by line; a `#` inside a code block is no heading. */
static void append_page(GString *out, const char *page, bool colour)
{
    bool in_code = false;
    while (*page) {
        gsize length = strcspn(page, "\n");
        if (strncmp(page, "```", 3) == 0)
            in_code = !in_code;
        bool is_heading = colour && !in_code && *page == '#';
        g_string_append(out, is_heading ? "\033[1m" : "");
        g_string_append_len(out, page, (gssize)length);
        g_string_append(out, is_heading ? "\033[0m\n" : "\n");
        page += length + (page[length] == '\n' ? 1 : 0);
    }
}

ZpExit zp_command_explain(const ZpArguments *arguments)
{
    if (!arguments->rest || arguments->rest[1]) {
        zp_say(arguments->lang, "请给出一条规则，如 ziping explain F01",
               "name one rule, as in `ziping explain F01`");
        return ZP_EXIT_USAGE;
    }
    int rule = zp_rule_find(arguments->rest[0]);
    if (rule < 0)
        return say_unknown(arguments, arguments->rest[0]);
    g_autoptr(ZpRulebook) rulebook = zp_arguments_rulebook(arguments);
    if (!rulebook)
        return arguments->rules ? ZP_EXIT_USAGE : ZP_EXIT_INTERNAL;
    g_autofree char *page = zp_rulebook_page(rulebook, (ZpRule)rule, arguments->lang);
    if (!page) {
        zp_say(arguments->lang, "规则 %s 没有说明页", "rule %s has no page", ZP_RULES[rule].code);
        return ZP_EXIT_USAGE;
    }
    g_autoptr(GString) out = g_string_new(NULL);
    append_page(out, page, zp_wants_colour());
    return zp_print(out, arguments->lang);
}
