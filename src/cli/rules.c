/*
 * rules.c - `ziping rules`: a line a rule, or all as JSON.
 */
#include "cli/cli.h"

#include "output/model_json.h"

/* Columns of a rule's name and its severity, with the gap behind. */
#define NAME_COLUMNS     24
#define SEVERITY_COLUMNS 9

static const char *const SEVERITY_ZH[ZP_SEVERITY_COUNT] = {
    [ZP_SEVERITY_OFF] = "关闭",
    [ZP_SEVERITY_NOTE] = "提示",
    [ZP_SEVERITY_WARNING] = "警告",
    [ZP_SEVERITY_ERROR] = "错误",
};

/* Both languages: whoever builds on it chooses. */
static void append_json(GString *out, const ZpRulebook *rulebook)
{
    json_t *list = json_array(), *whole = json_object();
    for (int k = 0; k < ZP_RULE_COUNT; k++) {
        json_t *rule = json_object();
        zp_json_put(rule, "code", json_string(ZP_RULES[k].code));
        zp_json_put(rule, "name", json_string(ZP_RULES[k].name));
        zp_json_put(rule, "severity", json_string(zp_severity_name(ZP_RULES[k].severity)));
        zp_json_put(rule, "zh", json_string(zp_rulebook_sentence(rulebook, (ZpRule)k, ZP_LANG_ZH)));
        zp_json_put(rule, "en", json_string(zp_rulebook_sentence(rulebook, (ZpRule)k, ZP_LANG_EN)));
        json_array_append_new(list, rule);
    }
    zp_json_put(whole, "schema", json_string("ziping/rules/1"));
    zp_json_put(whole, "version", json_string(ZP_VERSION));
    zp_json_put(whole, "rulebook", json_string(zp_rulebook_digest(rulebook)));
    zp_json_put(whole, "rules", list);
    zp_json_print(out, whole, NULL);
    g_string_append_c(out, '\n');
}

ZpExit zp_command_rules(const ZpArguments *arguments)
{
    if (arguments->rest) {
        zp_say(arguments->lang, "rules 不要参数；要看一条规则：ziping explain %s",
               "rules takes no argument; for one rule: `ziping explain %s`", arguments->rest[0]);
        return ZP_EXIT_USAGE;
    }
    bool is_json = false;
    if (!zp_arguments_want_json(arguments, &is_json))
        return ZP_EXIT_USAGE;
    g_autoptr(ZpRulebook) rulebook = zp_arguments_rulebook(arguments);
    if (!rulebook)
        return arguments->rules ? ZP_EXIT_USAGE : ZP_EXIT_INTERNAL;
    g_autoptr(GString) out = g_string_new(NULL);
    if (is_json) {
        append_json(out, rulebook);
        return zp_print(out, arguments->lang);
    }
    for (int k = 0; k < ZP_RULE_COUNT; k++) {
        ZpSeverity severity = ZP_RULES[k].severity;
        zp_append_padded(out, ZP_RULES[k].code, 5);
        zp_append_padded(out, ZP_RULES[k].name, NAME_COLUMNS);
        zp_append_padded(
            out, zp_lang_pick(arguments->lang, SEVERITY_ZH[severity], zp_severity_name(severity)),
            SEVERITY_COLUMNS);
        g_string_append(out, zp_rulebook_sentence(rulebook, (ZpRule)k, arguments->lang));
        g_string_append_c(out, '\n');
    }
    return zp_print(out, arguments->lang);
}
