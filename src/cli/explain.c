/*
 * explain.c - `ziping explain RULE`: the page of a rule, as it is in docs/rules.
 *
 * The page is Markdown and is printed as it is; on a terminal it is set (page.c).  A rule may be named by
 * its code, its name, or a word that its title or sentence has.
 */
#include "cli/cli.h"
#include "cli/page.h"

#include <string.h>
#include <unistd.h>

static ZpExit say_unknown(const ZpArguments *arguments, const char *word)
{
    const char *near = zp_nearest(word, zp_rule_words());
    if (near)
        zp_say(arguments->lang, "没有规则 %s；是不是 %s？", "no rule %s; did you mean %s?", word,
               near);
    else
        zp_say(arguments->lang, "没有规则 %s；“ziping rules” 列出全部规则",
               "no rule %s; `ziping rules` lists all", word);
    return ZP_EXIT_USAGE;
}

/* What a page calls its rule in Chinese: "# F01 execution-rate 执行率". */
static char *title_of(const ZpRulebook *rulebook, ZpRule rule)
{
    g_autofree char *page = zp_rulebook_page(rulebook, rule, ZP_LANG_ZH);
    g_autofree char *head = page ? g_strndup(page, strcspn(page, "\n")) : g_strdup("");
    g_auto(GStrv) words = g_strsplit(head, " ", 4);
    return g_strdup(g_strv_length(words) == 4 ? words[3] : "");
}

static bool speaks_of(const ZpRulebook *rulebook, ZpRule rule, const char *title, const char *word)
{
    return strstr(title, word) || strstr(zp_rulebook_sentence(rulebook, rule, ZP_LANG_ZH), word) ||
           strstr(zp_rulebook_sentence(rulebook, rule, ZP_LANG_EN), word);
}

/* The rules that a word is in: the one whose title it is, the only one, or all of them as a list. */
static int find_by_word(const ZpRulebook *rulebook, const char *word, ZpLang lang, GString *list)
{
    int only = -1;
    guint n = 0;
    for (int rule = 0; rule < ZP_RULE_COUNT && *word; rule++) {
        g_autofree char *title = title_of(rulebook, (ZpRule)rule);
        if (strcmp(title, word) == 0)
            return rule;
        if (!speaks_of(rulebook, (ZpRule)rule, title, word))
            continue;
        n++;
        only = rule;
        g_string_append_printf(list, "%s  %s  %s\n", ZP_RULES[rule].code,
                               zp_lang_pick(lang, title, ZP_RULES[rule].name),
                               zp_rulebook_sentence(rulebook, (ZpRule)rule, lang));
    }
    return n == 1 ? only : -1;
}

ZpExit zp_command_explain(const ZpArguments *arguments)
{
    if (!arguments->rest || arguments->rest[1]) {
        zp_say(arguments->lang, "请给出一条规则，如 ziping explain F01",
               "name one rule, as in `ziping explain F01`");
        return ZP_EXIT_USAGE;
    }
    const char *word = arguments->rest[0];
    int rule = zp_rule_find(word);
    g_autoptr(ZpRulebook) rulebook = zp_arguments_rulebook(arguments);
    g_autoptr(GString) list = g_string_new(NULL);
    if (!rulebook)
        return arguments->rules ? ZP_EXIT_USAGE : ZP_EXIT_INTERNAL;
    if (rule < 0)
        rule = find_by_word(rulebook, word, arguments->lang, list);
    if (rule < 0 && list->len > 0)
        return zp_print(list, arguments->lang);
    if (rule < 0)
        return say_unknown(arguments, word);
    g_autofree char *page = zp_rulebook_page(rulebook, (ZpRule)rule, arguments->lang);
    if (!page) {
        zp_say(arguments->lang, "规则 %s 没有说明页", "rule %s has no page", ZP_RULES[rule].code);
        return ZP_EXIT_USAGE;
    }
    g_autoptr(GString) out = g_string_new(NULL);
    guint width = zp_terminal_columns(STDOUT_FILENO);
    if (!width || !zp_wants_colour()) {
        g_string_append_printf(out, "%s%s", page, g_str_has_suffix(page, "\n") ? "" : "\n");
        return zp_print(out, arguments->lang);
    }
    zp_page_set(out, page, width);
    return zp_page_show(out) ? ZP_EXIT_CLEAN : zp_print(out, arguments->lang);
}
