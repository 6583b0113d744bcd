/*
 * read.c - a configuration file into settings, by tables of keys.
 *
 *     rules: {F01: warning, C06: off}
 *     overrides:
 *       - path: archive/
 *         rules: {F10: off}
 *     suppressions:
 *       - rule: F04
 *         project: 网络安全和信息化工作
 *         reason: confirmed by the finance bureau
 *         until: 2026-12-31
 *
 * docs/ziping.schema.json says the same for editors; a test keeps the two together.
 */
#include "base/error.h"
#include "base/limits.h"
#include "base/nearest.h"
#include "base/tree.h"
#include "config/bytes.h"
#include "config/settings.h"

#include "rulebook/rulebook.h"

#include <stdio.h>
#include <string.h>

/* What the readers of values fill; `scope` is the part of the settings the key stands in. */
typedef struct {
    ZpSettings *settings;
    const ZpRulebook *rulebook;
    const char *today;
    void *scope;
} Reader;

static void *member(const Reader *reader, const ZpTreeKey *key)
{
    return (char *)reader->scope + key->offset;
}

/* Go over a mapping whose keys fill @scope. */
static bool read_map(const ZpTree *tree, const ZpNode *node, const ZpTreeKey *keys, Reader *reader,
                     void *scope, GError **error)
{
    void *outer = reader->scope;
    reader->scope = scope;
    bool done = zp_tree_map(tree, node, keys, reader, error);
    reader->scope = outer;
    return done;
}

/* --- words --- */

static bool read_text(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                      gpointer target, GError **error)
{
    const char *text = zp_tree_text(tree, value, error);
    if (text)
        *(char **)member(target, key) = g_strdup(text);
    return text != NULL;
}

static bool read_setting(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                         gpointer target, GError **error)
{
    ZpSetting *setting = member(target, key);
    const char *text = zp_tree_text(tree, value, error);
    setting->text = g_strdup(text);
    setting->line = value->line;
    return text != NULL;
}

static bool is_one_of(const char *word, const char *const *words)
{
    return g_strv_contains(words, word);
}

static bool read_lang(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                      gpointer target, GError **error)
{
    static const char *const LANGUAGES[] = {"zh", "en", NULL};
    if (!read_setting(tree, key, value, target, error))
        return false;
    const ZpSetting *setting = member(target, key);
    return is_one_of(setting->text, LANGUAGES) ||
           zp_tree_fail(tree, value, error, "lang 只能是 zh 或 en，不能是 %s",
                        "lang is zh or en, not %s", setting->text) ||
           zp_error_meant(error, setting->text, LANGUAGES);
}

static bool read_fail_on(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                         gpointer target, GError **error)
{
    static const char *const LEVELS[] = {"error", "warning", "note", "unjudged", "never", NULL};
    if (!read_setting(tree, key, value, target, error))
        return false;
    const ZpSetting *setting = member(target, key);
    return is_one_of(setting->text, LEVELS) ||
           zp_tree_fail(
               tree, value, error, "%s 只能是 error、warning、note、unjudged 或 never，不能是 %s",
               "%s is error, warning, note, unjudged or never, not %s", key->name, setting->text) ||
           zp_error_meant(error, setting->text, LEVELS);
}

static bool read_show(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                      gpointer target, GError **error)
{
    static const char *const LEVELS[] = {"error", "warning", "note", "never", NULL};
    if (!read_setting(tree, key, value, target, error))
        return false;
    const ZpSetting *setting = member(target, key);
    return is_one_of(setting->text, LEVELS) ||
           zp_tree_fail(tree, value, error, "%s 只能是 error、warning、note 或 never，不能是 %s",
                        "%s is error, warning, note or never, not %s", key->name, setting->text) ||
           zp_error_meant(error, setting->text, LEVELS);
}

static bool read_flag(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                      gpointer target, GError **error)
{
    static const char *const FLAGS[] = {"true", "false", NULL};
    if (!read_setting(tree, key, value, target, error))
        return false;
    const ZpSetting *setting = member(target, key);
    return is_one_of(setting->text, FLAGS) ||
           zp_tree_fail(tree, value, error, "%s 只能是 true 或 false，不能是 %s",
                        "%s is true or false, not %s", key->name, setting->text) ||
           zp_error_meant(error, setting->text, FLAGS);
}

static bool read_profile(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                         gpointer target, GError **error)
{
    if (!read_setting(tree, key, value, target, error))
        return false;
    const Reader *reader = target;
    const ZpSetting *setting = member(target, key);
    return zp_rulebook_has_profile(reader->rulebook, setting->text) ||
           zp_tree_fail(tree, value, error, "没有评分规则 %s", "no profile %s", setting->text) ||
           zp_rulebook_profile_meant(reader->rulebook, setting->text, error);
}

/* --- figures --- */

/* The most that each limit may be set to; it may be lowered, never raised. */
static const struct {
    const char *key, *name;
    guint64 most;
} LIMITS[] = {
#define ZP_BOUND(bound, option, value, size, key, otherwise, most, zh, en)                         \
    {key, #otherwise, otherwise},
#include "base/bounds.def"
#undef ZP_BOUND
    {"folder_depth", "ZP_LIMIT_FOLDER_DEPTH", ZP_LIMIT_FOLDER_DEPTH},
    {"sarif_results", "ZP_LIMIT_SARIF_RESULTS", ZP_LIMIT_SARIF_RESULTS},
};

static bool read_limit(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                       gpointer target, GError **error)
{
    if (!read_setting(tree, key, value, target, error))
        return false;
    const ZpSetting *setting = member(target, key);
    for (gsize k = 0; k < G_N_ELEMENTS(LIMITS); k++) {
        guint64 figure;
        if (strcmp(LIMITS[k].key, key->name) != 0 ||
            g_ascii_string_to_unsigned(setting->text, 10, 1, LIMITS[k].most, &figure, NULL))
            continue;
        return zp_tree_fail(tree, value, error,
                            "%s 应为 1 到 %" G_GUINT64_FORMAT " 的整数（%s；只能调低），不能是 %s",
                            "%s is a whole number from 1 to %" G_GUINT64_FORMAT
                            " (%s; it can only be lowered), not %s",
                            key->name, LIMITS[k].most, LIMITS[k].name, setting->text);
    }
    return true;
}

static bool read_limits(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                        gpointer target, GError **error)
{
    static const ZpTreeKey KEYS[] = {
#define ZP_BOUND(bound, option, value, size, key, otherwise, most, zh, en)                         \
    {key, read_limit, offsetof(ZpSettings, limits[ZP_BOUND_##bound])},
#include "base/bounds.def"
#undef ZP_BOUND
        {"folder_depth", read_limit, offsetof(ZpSettings, folder_depth)},
        {"sarif_results", read_limit, offsetof(ZpSettings, sarif_results)},
        {NULL, NULL, 0},
    };
    Reader *reader = target;
    (void)key;
    return read_map(tree, value, KEYS, reader, reader->settings, error);
}

/* --- which rules, how loud --- */

static bool read_severity(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                          gpointer target, GError **error)
{
    const Reader *reader = target;
    ZpChoice *choice = reader->scope;
    ZpRule rule = (ZpRule)key->offset;
    const char *word = zp_tree_text(tree, value, error);
    if (!word)
        return false;
    int severity = zp_severity_find(word);
    static const char *const LEVELS[] = {"error", "warning", "note", "off", NULL};
    if (severity < 0)
        return zp_tree_fail(
                   tree, value, error, "%s 的级别只能是 error、warning、note 或 off，不能是 %s",
                   "%s: a severity is error, warning, note or off, not %s", key->name, word) ||
               zp_error_meant(error, word, LEVELS);
    if (severity == ZP_SEVERITY_OFF && zp_rule_is_about_input(rule))
        return zp_tree_fail(tree, value, error, "%s 不能关闭：读不了的文件总要说出来",
                            "%s cannot be turned off: what could not be read is always said",
                            key->name);
    if (choice->severity[rule] >= 0)
        return zp_tree_fail(tree, value, error, "规则 %s 写了两次", "the rule %s stands twice",
                            key->name);
    choice->severity[rule] = severity;
    choice->severity_line[rule] = value->line;
    return true;
}

static bool read_rules(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                       gpointer target, GError **error)
{
    /* Every rule by its code and by its name. */
    static const ZpTreeKey KEYS[] = {
#define ZP_RULE(code, name, severity, scope, check) {#code, read_severity, ZP_RULE_##code},
#include "rulebook/catalogue.def"
#undef ZP_RULE
#define ZP_RULE(code, name, severity, scope, check) {name, read_severity, ZP_RULE_##code},
#include "rulebook/catalogue.def"
#undef ZP_RULE
        {NULL, NULL, 0},
    };
    return read_map(tree, value, KEYS, target, member(target, key), error);
}

static bool read_code(const ZpTree *tree, const ZpNode *node, gpointer target, GError **error)
{
    const char *word = zp_tree_text(tree, node, error);
    if (!word)
        return false;
    if (!zp_choice_is_code(word))
        return zp_tree_fail(tree, node, error, "没有以 %s 开头的规则；“ziping rules” 列出全部规则",
                            "no rule begins with %s; `ziping rules` lists all", word) ||
               zp_error_meant(error, word, zp_rule_words());
    int rule = zp_rule_find(word);
    if (rule >= 0 && zp_rule_is_about_input((guint)rule))
        return zp_tree_fail(tree, node, error, "%s 总是检查，不必选择，也不能忽略",
                            "%s is always checked; it can be neither selected nor ignored", word);
    g_ptr_array_add(target, g_strdup(word));
    return true;
}

static bool read_codes(const ZpTree *tree, const ZpNode *value, GPtrArray **codes, guint *line,
                       GError **error)
{
    *codes = g_ptr_array_new_with_free_func(g_free);
    *line = value->line;
    return zp_tree_list(tree, value, read_code, *codes, error);
}

static bool read_select(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                        gpointer target, GError **error)
{
    ZpChoice *choice = member(target, key);
    return read_codes(tree, value, &choice->select, &choice->select_line, error);
}

static bool read_ignore(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                        gpointer target, GError **error)
{
    ZpChoice *choice = member(target, key);
    return read_codes(tree, value, &choice->ignore, &choice->ignore_line, error);
}

/* --- where --- */

static bool read_template(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                          gpointer target, GError **error)
{
    if (!read_text(tree, key, value, target, error))
        return false;
    const Reader *reader = target;
    const char *id = *(char **)member(target, key);
    return zp_labels_has_template(zp_rulebook_labels(reader->rulebook), id) ||
           zp_tree_fail(tree, value, error, "没有表样 %s", "no template %s", id);
}

static bool read_override(const ZpTree *tree, const ZpNode *node, gpointer target, GError **error)
{
    static const ZpTreeKey KEYS[] = {
        {"path", read_text, offsetof(ZpOverride, where.path)},
        {"template", read_template, offsetof(ZpOverride, where.template_id)},
        {"rules", read_rules, offsetof(ZpOverride, choice)},
        {"select", read_select, offsetof(ZpOverride, choice)},
        {"ignore", read_ignore, offsetof(ZpOverride, choice)},
        {NULL, NULL, 0},
    };
    Reader *reader = target;
    ZpOverride *override = g_new0(ZpOverride, 1);
    g_ptr_array_add(reader->settings->overrides, override);
    zp_choice_init(&override->choice);
    override->line = node->line;
    if (!read_map(tree, node, KEYS, reader, override, error))
        return false;
    return override->where.path || override->where.template_id ||
           zp_tree_fail(tree, node, error, "override 要有 path 或 template",
                        "an override needs a path or a template");
}

static bool read_overrides(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                           gpointer target, GError **error)
{
    (void)key;
    return zp_tree_list(tree, value, read_override, target, error);
}

/* --- suppressions --- */

static bool read_suppressed_rule(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                                 gpointer target, GError **error)
{
    const char *word = zp_tree_text(tree, value, error);
    if (!word)
        return false;
    int rule = zp_rule_find(word);
    if (rule < 0)
        return zp_tree_fail(tree, value, error, "没有规则 %s；“ziping rules” 列出全部规则",
                            "no rule %s; `ziping rules` lists all", word);
    if (zp_rule_is_about_input((guint)rule))
        return zp_tree_fail(tree, value, error, "%s 不能豁免：读不了的文件总要说出来",
                            "%s cannot be suppressed: what could not be read is always said", word);
    *(ZpRule *)member(target, key) = (ZpRule)rule;
    return true;
}

static bool read_until(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                       gpointer target, GError **error)
{
    Reader *reader = target;
    ZpSuppression *suppression = reader->scope;
    unsigned year, month, day;
    int length = 0;
    if (!read_text(tree, key, value, target, error))
        return false;
    const char *text = suppression->until;
    if (strlen(text) != strlen("2026-12-31") ||
        sscanf(text, "%4u-%2u-%2u%n", &year, &month, &day, &length) != 3 || text[length] ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return zp_tree_fail(tree, value, error, "until 应为日期，如 2026-12-31，不能是 %s",
                            "until is a date like 2026-12-31, not %s", text);
    suppression->expired = strcmp(text, reader->today) < 0;
    return true;
}

static bool read_suppression(const ZpTree *tree, const ZpNode *node, gpointer target,
                             GError **error)
{
    static const ZpTreeKey KEYS[] = {
        {"rule", read_suppressed_rule, offsetof(ZpSuppression, rule)},
        {"path", read_text, offsetof(ZpSuppression, where.path)},
        {"project", read_text, offsetof(ZpSuppression, where.project)},
        {"indicator", read_text, offsetof(ZpSuppression, where.indicator)},
        {"reason", read_text, offsetof(ZpSuppression, reason)},
        {"until", read_until, offsetof(ZpSuppression, until)},
        {NULL, NULL, 0},
    };
    Reader *reader = target;
    ZpSuppression *suppression = g_new0(ZpSuppression, 1);
    g_ptr_array_add(reader->settings->suppressions, suppression);
    suppression->rule = ZP_RULE_COUNT;
    suppression->line = node->line;
    if (!read_map(tree, node, KEYS, reader, suppression, error))
        return false;
    /* What a suppression must say. */
    const ZpWhere *where = &suppression->where;
    if (suppression->rule == ZP_RULE_COUNT)
        return zp_tree_fail(tree, node, error, "豁免要有 rule", "a suppression needs a rule");
    if (!suppression->reason || zp_text_is_blank(suppression->reason, strlen(suppression->reason)))
        return zp_tree_fail(tree, node, error, "豁免要有 reason（为什么）",
                            "a suppression needs a reason");
    if (!where->path && !where->project && !where->indicator)
        return zp_tree_fail(tree, node, error, "豁免要有 path、project 或 indicator",
                            "a suppression needs a path, a project or an indicator");
    return true;
}

static bool read_suppressions(const ZpTree *tree, const ZpTreeKey *key, const ZpNode *value,
                              gpointer target, GError **error)
{
    (void)key;
    return zp_tree_list(tree, value, read_suppression, target, error);
}

/* --- the file --- */

static const ZpTreeKey FILE_KEYS[] = {
    {"lang", read_lang, offsetof(ZpSettings, lang)},
    {"profile", read_profile, offsetof(ZpSettings, profile)},
    {"fail_on", read_fail_on, offsetof(ZpSettings, fail_on)},
    {"show", read_show, offsetof(ZpSettings, show)},
    {"require_sandbox", read_flag, offsetof(ZpSettings, require_sandbox)},
    {"skip_unread", read_flag, offsetof(ZpSettings, skip_unread)},
    {"limits", read_limits, 0},
    {"rules", read_rules, offsetof(ZpSettings, choice)},
    {"select", read_select, offsetof(ZpSettings, choice)},
    {"ignore", read_ignore, offsetof(ZpSettings, choice)},
    {"overrides", read_overrides, 0},
    {"suppressions", read_suppressions, 0},
    {NULL, NULL, 0},
};

/* A file's name from the current folder on, as reports of a project need it; elsewhere the whole of it. */
static char *relative_name(const char *absolute)
{
    g_autofree char *here = g_get_current_dir();
    g_autoptr(GString) up = g_string_new(NULL);
    for (gsize length = strlen(here); length > 1; up = g_string_append(up, "../")) {
        if (strncmp(absolute, here, length) == 0 && absolute[length] == '/') {
            g_string_append(up, absolute + length + 1);
            return g_filename_display_name(up->str);
        }
        while (length > 1 && here[--length] != '/')
            ;
    }
    return g_filename_display_name(absolute);
}

ZpSettings *zp_settings_read(const char *path, const ZpRulebook *rulebook, const char *today,
                             GError **error)
{
    g_autofree char *shown = g_filename_display_name(path);
    g_autoptr(GBytes) bytes =
        zp_config_bytes(path, ZP_LIMIT_DATA_BYTES, "ZP_LIMIT_DATA_BYTES", error);
    g_autoptr(ZpTree) tree = bytes ? zp_tree_load(bytes, shown, ZP_ERROR_USAGE, error) : NULL;
    if (!tree)
        return NULL;
    g_autoptr(ZpSettings) settings = zp_settings_new();
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    settings->file = relative_name(absolute);
    settings->digest = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
    settings->folder = g_path_get_dirname(absolute);
    Reader reader = {settings, rulebook, today, settings};
    if (zp_tree_root(tree) && !zp_tree_map(tree, zp_tree_root(tree), FILE_KEYS, &reader, error))
        return NULL;
    return g_steal_pointer(&settings);
}
