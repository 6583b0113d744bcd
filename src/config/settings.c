/*
 * settings.c - from what a configuration says to how loud each rule is at one place.
 *
 * Grades begin as the severities of the form's profile.  The file's own choice is laid over them, then each
 * override whose path and template fit, in their order; what comes later wins.
 */
#include "config/settings.h"

#include "config/glob.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>

/* Names every rule in select and ignore. */
static const char ALL[] = "ALL";

int zp_severity_find(const char *name)
{
    for (int k = 0; k < ZP_SEVERITY_COUNT; k++) {
        if (strcmp(zp_severity_name((ZpSeverity)k), name) == 0)
            return k;
    }
    return -1;
}

bool zp_rule_is_about_input(guint rule)
{
    return ZP_RULES[rule].scope == ZP_SCOPE_FILE;
}

void zp_choice_init(ZpChoice *choice)
{
    *choice = (ZpChoice){0};
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++)
        choice->severity[rule] = -1;
}

void zp_choice_clear(ZpChoice *choice)
{
    g_clear_pointer(&choice->select, g_ptr_array_unref);
    g_clear_pointer(&choice->ignore, g_ptr_array_unref);
}

/* How closely a word names a rule: the length of its code; 0: not at all, 1: ALL. */
static gsize closeness(const char *word, guint rule)
{
    if (strcmp(word, ALL) == 0)
        return 1;
    const char *code = ZP_RULES[rule].code;
    if (strcmp(word, ZP_RULES[rule].name) == 0)
        return strlen(code) + 1;
    return g_ascii_strncasecmp(code, word, strlen(word)) == 0 ? strlen(word) + 1 : 0;
}

static gsize closest(const GPtrArray *words, guint rule)
{
    gsize best = 0;
    for (guint k = 0; words && k < words->len; k++)
        best = MAX(best, closeness(g_ptr_array_index(words, k), rule));
    return best;
}

bool zp_choice_is_code(const char *word)
{
    for (guint rule = 0; rule < ZP_RULE_COUNT && *word; rule++) {
        if (closeness(word, rule) > 0)
            return true;
    }
    return false;
}

/* What a selected rule says: what it said before, or something where it was silent. */
static ZpSeverity severity_of_selected(guint rule, ZpSeverity before, bool is_named)
{
    ZpSeverity own = ZP_RULES[rule].severity;
    if (before != ZP_SEVERITY_OFF)
        return before;
    return own == ZP_SEVERITY_OFF && is_named ? ZP_SEVERITY_NOTE : own;
}

static void apply_to_rule(const ZpChoice *choice, const char *file, guint rule, ZpRuleGrade *grade)
{
    gsize named = strlen(ZP_RULES[rule].code) + 1;
    gsize selected = closest(choice->select, rule), ignored = closest(choice->ignore, rule);
    if (choice->select) {
        *grade = (ZpRuleGrade){selected > 0
                                   ? severity_of_selected(rule, grade->severity, selected == named)
                                   : ZP_SEVERITY_OFF,
                               {file, choice->select_line}};
    }
    if (ignored > 0 && ignored >= selected)
        *grade = (ZpRuleGrade){ZP_SEVERITY_OFF, {file, choice->ignore_line}};
    if (choice->severity[rule] >= 0 && ignored < named)
        *grade =
            (ZpRuleGrade){(ZpSeverity)choice->severity[rule], {file, choice->severity_line[rule]}};
}

void zp_choice_apply(const ZpChoice *choice, const char *file, ZpRuleGrade *grades)
{
    for (guint rule = 0; rule < ZP_RULE_COUNT; rule++) {
        ZpRuleGrade before = grades[rule];
        apply_to_rule(choice, file, rule, &grades[rule]);
        if (zp_rule_is_about_input(rule) && grades[rule].severity == ZP_SEVERITY_OFF)
            grades[rule] = before;
    }
}

/* The path as seen from the configuration's folder; NULL when it lies outside. */
static const char *relative_to(const char *folder, const char *path)
{
    gsize length = strlen(folder);
    while (length > 0 && folder[length - 1] == '/')
        length--;
    if (strncmp(path, folder, length) != 0 || path[length] != '/')
        return NULL;
    return path + length + 1;
}

bool zp_settings_path_fits(const ZpSettings *settings, const ZpWhere *where, const char *path)
{
    if (!where->path)
        return true;
    const char *relative = settings->folder ? relative_to(settings->folder, path) : NULL;
    return zp_glob_fits(where->path, relative ? relative : path);
}

static bool override_fits(const ZpSettings *settings, const ZpWhere *where, const char *path,
                          const char *template_id)
{
    if (!zp_settings_path_fits(settings, where, path))
        return false;
    return !where->template_id || (template_id && strcmp(where->template_id, template_id) == 0);
}

static void begin_grades(const ZpSeverity *base, ZpRuleGrade *grades)
{
    for (guint rule = 0; rule < ZP_RULE_COUNT; rule++)
        grades[rule] = (ZpRuleGrade){base ? base[rule] : ZP_RULES[rule].severity, {NULL, 0}};
}

const ZpSettings *zp_settings_trusted(const ZpSettings *settings)
{
    while (!settings->is_trusted && settings->under)
        settings = settings->under;
    return settings;
}

void zp_settings_grade(const ZpSettings *settings, const char *path, const char *template_id,
                       const ZpSeverity *base, ZpRuleGrade *grades)
{
    ZpRuleGrade before[ZP_RULE_COUNT];
    begin_grades(base, grades);
    if (settings->under)
        zp_settings_grade(settings->under, path, template_id, base, grades);
    memcpy(before, grades, sizeof before);
    zp_choice_apply(&settings->choice, settings->file, grades);
    for (guint k = 0; k < settings->overrides->len; k++) {
        const ZpOverride *override = g_ptr_array_index(settings->overrides, k);
        if (override_fits(settings, &override->where, path, template_id))
            zp_choice_apply(&override->choice, settings->file, grades);
    }
    for (guint rule = 0; rule < ZP_RULE_COUNT && !settings->is_trusted; rule++) {
        if (grades[rule].severity < before[rule].severity)
            grades[rule] = before[rule];
    }
}

/* Note the rules that a choice, over @before, makes milder or silent; a code once only. */
static void note_milder(const ZpChoice *choice, const ZpRuleGrade *before, bool *off, bool *lowered)
{
    ZpRuleGrade grades[ZP_RULE_COUNT];
    memcpy(grades, before, sizeof grades);
    zp_choice_apply(choice, NULL, grades);
    for (guint rule = 0; rule < ZP_RULE_COUNT; rule++) {
        bool is_milder = grades[rule].severity < before[rule].severity;
        off[rule] |= is_milder && grades[rule].severity == ZP_SEVERITY_OFF;
        lowered[rule] |= is_milder && grades[rule].severity != ZP_SEVERITY_OFF;
    }
}

/* The keys that only trust gives. */
static void note_keys(const ZpSettings *settings, GPtrArray *keys)
{
    const struct {
        const char *key;
        bool is_set;
    } rows[] = {
        {"suppressions", settings->suppressions->len > 0},
        {"lang", settings->lang.text},
        {"profile", settings->profile.text},
        {"fail_on", settings->fail_on.text},
        {"show", settings->show.text},
        {"require_sandbox", settings->require_sandbox.text},
        {"skip_unread", settings->skip_unread.text},
        {"folder_depth", settings->folder_depth.text},
        {"sarif_results", settings->sarif_results.text},
    };
    for (gsize k = 0; k < G_N_ELEMENTS(rows); k++) {
        if (rows[k].is_set)
            g_ptr_array_add(keys, (char *)rows[k].key);
    }
    for (guint bound = 0; bound < ZP_BOUND_COUNT; bound++) {
        if (settings->limits[bound].text)
            g_ptr_array_add(keys, (char *)ZP_BOUNDS[bound].key);
    }
}

ZpHeld *zp_settings_tell(const ZpSettings *settings)
{
    ZpHeld *held = zp_held_new(settings->file, settings->is_trusted);
    ZpRuleGrade grades[ZP_RULE_COUNT];
    bool off[ZP_RULE_COUNT] = {false}, lowered[ZP_RULE_COUNT] = {false};
    begin_grades(NULL, grades);
    note_milder(&settings->choice, grades, off, lowered);
    for (guint k = 0; k < settings->overrides->len; k++) {
        const ZpOverride *override = g_ptr_array_index(settings->overrides, k);
        note_milder(&override->choice, grades, off, lowered);
    }
    for (guint rule = 0; rule < ZP_RULE_COUNT; rule++) {
        GPtrArray *list = off[rule] ? held->off : lowered[rule] ? held->lowered : NULL;
        if (list)
            g_ptr_array_add(settings->is_trusted ? list : held->held_back,
                            (char *)ZP_RULES[rule].code);
    }
    if (!settings->is_trusted)
        note_keys(settings, held->held_back);
    held->suppressed = settings->n_suppressed;
    return held;
}

static void clear_where(ZpWhere *where)
{
    g_free(where->path);
    g_free(where->template_id);
    g_free(where->project);
    g_free(where->indicator);
}

static void free_override(gpointer data)
{
    ZpOverride *override = data;
    clear_where(&override->where);
    zp_choice_clear(&override->choice);
    g_free(override);
}

static void free_suppression(gpointer data)
{
    ZpSuppression *suppression = data;
    clear_where(&suppression->where);
    g_free(suppression->reason);
    g_free(suppression->until);
    g_free(suppression);
}

ZpSettings *zp_settings_new(void)
{
    ZpSettings *settings = g_new0(ZpSettings, 1);
    settings->is_trusted = true;
    zp_choice_init(&settings->choice);
    settings->overrides = g_ptr_array_new_with_free_func(free_override);
    settings->suppressions = g_ptr_array_new_with_free_func(free_suppression);
    return settings;
}

void zp_settings_free(ZpSettings *settings)
{
    if (!settings)
        return;
    ZpSetting *const own[] = {&settings->lang,
                              &settings->profile,
                              &settings->fail_on,
                              &settings->show,
                              &settings->folder_depth,
                              &settings->sarif_results,
                              &settings->require_sandbox,
                              &settings->skip_unread};
    for (gsize k = 0; k < G_N_ELEMENTS(own); k++)
        g_free(own[k]->text);
    for (guint bound = 0; bound < ZP_BOUND_COUNT; bound++)
        g_free(settings->limits[bound].text);
    zp_choice_clear(&settings->choice);
    g_ptr_array_unref(settings->overrides);
    g_ptr_array_unref(settings->suppressions);
    g_free(settings->file);
    g_free(settings->digest);
    g_free(settings->folder);
    g_free(settings);
}

static bool is_same(const struct stat *one, const struct stat *other)
{
    return one->st_dev == other->st_dev && one->st_ino == other->st_ino;
}

bool zp_trust_folder(const char *folder)
{
    struct stat wanted, here, above;
    g_autoptr(GString) path = g_string_new(".");
    if (stat(folder, &wanted) != 0 || stat(path->str, &here) != 0)
        return false;
    while (!is_same(&wanted, &here)) {
        g_string_append(path, "/..");
        if (path->len >= PATH_MAX || stat(path->str, &above) != 0 || is_same(&above, &here))
            return false;
        here = above;
    }
    return true;
}
