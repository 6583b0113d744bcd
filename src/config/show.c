/*
 * show.c - `--show-config`: the settings that hold, as a configuration that could be used again.
 *
 *     # a.html: /data/.ziping.yaml
 *     fail_on: error          # default
 *     rules:
 *       F01: warning          # /data/.ziping.yaml:3
 */
#include "config/config.h"

#include "base/limits.h"

#include <string.h>

/* Where the comment with the origin begins. */
#define ORIGIN_COLUMN 32

static void append_origin(GString *out, gsize line_start, const ZpOrigin *origin)
{
    gsize width = out->len - line_start;
    g_string_append_printf(out, "%*s# ", (int)(width < ORIGIN_COLUMN ? ORIGIN_COLUMN - width : 1),
                           "");
    if (!origin->file)
        g_string_append(out, "default");
    else if (origin->line == 0)
        g_string_append(out, origin->file);
    else
        g_string_append_printf(out, "%s:%u", origin->file, origin->line);
    g_string_append_c(out, '\n');
}

static void append_setting(GString *out, const ZpSettings *settings, const char *key,
                           const ZpSetting *setting, const char *otherwise)
{
    gsize start = out->len;
    const ZpOrigin origin = {setting->text ? settings->file : NULL, setting->line};
    g_string_append_printf(out, "%s: %s", key, setting->text ? setting->text : otherwise);
    append_origin(out, start, &origin);
}

/* A setting that an option may replace. */
static void append_given(GString *out, const ZpSettings *settings, const char *key,
                         const ZpSetting *setting, const char *otherwise, const char *given,
                         const char *option)
{
    gsize start = out->len;
    const ZpOrigin origin = {option, 0};
    if (!given) {
        append_setting(out, settings, key, setting, otherwise);
        return;
    }
    g_string_append_printf(out, "%s: %s", key, given);
    append_origin(out, start, &origin);
}

static void append_limit(GString *out, const ZpSettings *settings, const char *key,
                         const ZpSetting *setting, guint otherwise)
{
    g_autofree char *name = g_strconcat("  ", key, NULL);
    g_autofree char *figure = g_strdup_printf("%u", otherwise);
    append_setting(out, settings, name, setting, figure);
}

/* In bytes and plain figures, as a configuration has them; one that was raised it would not take. */
static void append_bound(GString *out, const ZpSettings *settings, ZpBound bound,
                         const ZpLimits *given)
{
    g_autofree char *key = g_strconcat("  ", ZP_BOUNDS[bound].key, NULL);
    g_autofree char *option = g_strconcat("--", ZP_BOUNDS[bound].option, NULL);
    g_autofree char *otherwise = g_strdup_printf("%" G_GUINT64_FORMAT, ZP_BOUNDS[bound].otherwise);
    g_autofree char *figure = g_strdup_printf("%" G_GUINT64_FORMAT, given->most[bound]);
    append_given(out, settings, key, &settings->limits[bound], otherwise,
                 given->most[bound] ? figure : NULL, option);
}

static void append_rules(GString *out, const ZpRuleGrade *grades)
{
    g_string_append(out, "rules:\n");
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++) {
        gsize start = out->len;
        g_string_append_printf(out, "  %s: %s", ZP_RULES[rule].code,
                               zp_severity_name(grades[rule].severity));
        append_origin(out, start, &grades[rule].origin);
    }
}

/* A text in double quotes, as YAML and JSON both read it. */
static void append_quoted(GString *out, const char *key, const char *text)
{
    if (!text)
        return;
    g_autofree char *valid = zp_text_valid(text, strlen(text), NULL);
    g_string_append_printf(out, "    %s: \"", key);
    for (const char *at = valid; *at; at++) {
        if (*at == '"' || *at == '\\')
            g_string_append_printf(out, "\\%c", *at);
        else if ((guchar)*at < ' ')
            g_string_append_printf(out, "\\x%02x", (guchar)*at);
        else
            g_string_append_c(out, *at);
    }
    g_string_append(out, "\"\n");
}

static void append_suppressions(GString *out, const ZpSettings *settings)
{
    if (settings->suppressions->len > 0)
        g_string_append(out, "suppressions:\n");
    for (guint k = 0; k < settings->suppressions->len; k++) {
        const ZpSuppression *one = g_ptr_array_index(settings->suppressions, k);
        gsize start = out->len;
        const ZpOrigin origin = {settings->file, one->line};
        g_string_append_printf(out, "  - rule: %s", ZP_RULES[one->rule].code);
        append_origin(out, start, &origin);
        append_quoted(out, "path", one->where.path);
        append_quoted(out, "project", one->where.project);
        append_quoted(out, "indicator", one->where.indicator);
        append_quoted(out, "reason", one->reason);
        append_quoted(out, "until", one->until);
    }
}

void zp_config_show(GString *out, const ZpConfig *config, const char *input, const ZpGiven *given)
{
    const ZpSettings *settings = zp_config_for(config, input);
    ZpRuleGrade grades[ZP_RULE_COUNT];
    zp_config_grades(config, input, NULL, grades);
    g_string_append(out, "# ");
    zp_text_append_visible(out, input, strlen(input));
    g_string_append_printf(out, ": %s\n", settings->file ? settings->file : "default");
    append_given(out, settings, "lang", &settings->lang,
                 zp_lang_from_environment() == ZP_LANG_ZH ? "zh" : "en", given->lang, "--lang");
    if (given->profile || settings->profile.text)
        append_given(out, settings, "profile", &settings->profile, "", given->profile, "--profile");
    else /* no word for it: each form's own */
        g_string_append(out, "# profile: by the form's template  # default\n");
    append_given(out, settings, "fail_on", &settings->fail_on, "error", given->fail_on,
                 "--fail-on");
    append_given(out, settings, "show", &settings->show, "note", given->show, "--show");
    append_setting(out, settings, "require_sandbox", &settings->require_sandbox, "false");
    append_setting(out, settings, "skip_unread", &settings->skip_unread, "false");
    g_string_append(out, "limits:\n");
    for (guint bound = 0; bound < ZP_BOUND_COUNT; bound++)
        append_bound(out, settings, (ZpBound)bound, given->limits);
    append_limit(out, settings, "folder_depth", &settings->folder_depth, ZP_LIMIT_FOLDER_DEPTH);
    append_limit(out, settings, "sarif_results", &settings->sarif_results, ZP_LIMIT_SARIF_RESULTS);
    append_rules(out, grades);
    append_suppressions(out, settings);
    /* Overrides by template are not laid over the rules above, as no form is known yet. */
    for (guint k = 0; k < settings->overrides->len; k++) {
        const ZpOverride *one = g_ptr_array_index(settings->overrides, k);
        if (one->where.template_id)
            g_string_append_printf(out, "# %s:%u: an override for the template %s\n",
                                   settings->file, one->line, one->where.template_id);
    }
}
