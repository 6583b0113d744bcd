/*
 * config.c - which configuration holds where, and what the settings do to findings.
 *
 *     /data/.ziping.yaml          holds for /data/a.html and /data/2022/b.html
 *     /data/2023/.ziping.yaml     holds for /data/2023/c.html, alone
 *
 * Every folder that was visited has its row in a table, so that a file is looked up by its
 * folder; a folder that is not there takes its parent's row.
 */
#include "config/config.h"

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/nearest.h"
#include "config/settings.h"
#include "config/suppress.h"

#include <string.h>
#include <sys/stat.h>

/* The user's own file, below $XDG_CONFIG_HOME. */
static const char *const USER_FILES[] = {"ziping/config.yaml", "ziping/.ziping.yaml",
                                         ".ziping.yaml"};

struct ZpConfig {
    const ZpRulebook *rulebook;
    char *today;
    GHashTable *by_folder;      /* absolute folder → ZpSettings, borrowed */
    GPtrArray *read;            /* of ZpSettings: all that were read */
    ZpSettings *everywhere;     /* (nullable) of --config, --no-config: borrowed */
    ZpSettings *fallback;       /* the user's own, or the defaults: borrowed */
    ZpChoice choice;            /* of --select and --ignore */
    ZpKnown *baseline, *before; /* (nullable) borrowed */
};

/* The day that expiry dates are compared with, "2026-11-25": today, or that of SOURCE_DATE_EPOCH. */
static char *today_of(void)
{
    const char *fixed = g_getenv("SOURCE_DATE_EPOCH");
    gint64 seconds;
    g_autoptr(GDateTime) now =
        fixed && g_ascii_string_to_signed(fixed, 10, 0, G_MAXINT32, &seconds, NULL)
            ? g_date_time_new_from_unix_utc(seconds)
            : g_date_time_new_now_local();
    return g_date_time_format(now, "%Y-%m-%d");
}

static ZpSettings *keep(ZpConfig *config, ZpSettings *settings)
{
    if (settings)
        g_ptr_array_add(config->read, settings);
    return settings;
}

/* Read a file whose patterns mean paths below the working folder. */
static ZpSettings *read_for_here(ZpConfig *config, const char *path, GError **error)
{
    ZpSettings *settings =
        keep(config, zp_settings_read(path, config->rulebook, config->today, error));
    if (settings) {
        g_free(settings->folder);
        settings->folder = g_get_current_dir();
    }
    return settings;
}

static bool find_fallback(ZpConfig *config, GError **error)
{
    for (gsize k = 0; k < G_N_ELEMENTS(USER_FILES); k++) {
        g_autofree char *path = g_build_filename(g_get_user_config_dir(), USER_FILES[k], NULL);
        if (!g_file_test(path, G_FILE_TEST_EXISTS))
            continue;
        config->fallback = read_for_here(config, path, error);
        return config->fallback != NULL;
    }
    config->fallback = keep(config, zp_settings_new());
    return true;
}

/* The codes of an option; each must begin some rule. */
static bool read_codes(const char *option, const char *text, GPtrArray **codes, GError **error)
{
    if (!text)
        return true;
    g_auto(GStrv) words = g_strsplit(*text ? text : ",", ",", -1);
    *codes = g_ptr_array_new_with_free_func(g_free);
    for (char **word = words; *word; word++) {
        g_strstrip(*word);
        int rule = zp_rule_find(*word);
        if (!zp_choice_is_code(*word) || (rule >= 0 && zp_rule_is_about_input((guint)rule))) {
            zp_error_set(error, ZP_ERROR_USAGE,
                         "%s：没有以“%s”开头、可以选择的规则；“ziping rules” 列出全部规则",
                         "%s: no rule to choose begins with \"%s\"; `ziping rules` lists all",
                         option, *word);
            return zp_error_meant(error, *word, zp_rule_words());
        }
        g_ptr_array_add(*codes, g_strdup(*word));
    }
    return true;
}

ZpConfig *zp_config_new(const ZpRulebook *rulebook, const ZpConfigOptions *options, GError **error)
{
    g_autoptr(ZpConfig) config = g_new0(ZpConfig, 1);
    config->rulebook = rulebook;
    config->today = today_of();
    config->by_folder = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    config->read = g_ptr_array_new_with_free_func((GDestroyNotify)zp_settings_free);
    zp_choice_init(&config->choice);
    if (!read_codes("--select", options->select, &config->choice.select, error) ||
        !read_codes("--ignore", options->ignore, &config->choice.ignore, error))
        return NULL;
    if (options->file)
        config->everywhere = read_for_here(config, options->file, error);
    else if (options->none)
        config->everywhere = keep(config, zp_settings_new());
    bool is_done =
        options->file || options->none ? config->everywhere != NULL : find_fallback(config, error);
    return is_done ? g_steal_pointer(&config) : NULL;
}

void zp_config_free(ZpConfig *config)
{
    if (!config)
        return;
    g_free(config->today);
    g_hash_table_unref(config->by_folder);
    g_ptr_array_unref(config->read);
    zp_choice_clear(&config->choice);
    g_free(config);
}

/* What was read and chosen; what is known stays. */
static void swap_read(ZpConfig *one, ZpConfig *other)
{
    ZpConfig kept = *one;
    *one = *other;
    *other = kept;
    one->baseline = kept.baseline;
    one->before = kept.before;
}

bool zp_config_reload(ZpConfig *config, const ZpConfigOptions *options, const GPtrArray *inputs,
                      GError **error)
{
    g_autoptr(ZpConfig) fresh = zp_config_new(config->rulebook, options, error);
    if (!fresh)
        return false;
    for (guint k = 0; k < inputs->len; k++) {
        if (!zp_config_visit(fresh, g_ptr_array_index(inputs, k), error))
            return false;
    }
    swap_read(config, fresh);
    return true;
}

bool zp_config_each_file(const ZpConfigOptions *options, const char *input,
                         bool (*call)(const char *path, gpointer data), gpointer data)
{
    g_autofree char *own = options->file ? g_canonicalize_filename(options->file, NULL) : NULL;
    if (own || options->none)
        return !own || call(own, data);
    bool go_on = true;
    for (gsize k = 0; go_on && k < G_N_ELEMENTS(USER_FILES); k++) {
        g_autofree char *path = g_build_filename(g_get_user_config_dir(), USER_FILES[k], NULL);
        go_on = call(path, data);
    }
    g_autofree char *folder = g_canonicalize_filename(input, NULL);
    for (bool is_root = false; go_on && !is_root;) {
        g_autofree char *path = g_build_filename(folder, ZP_CONFIG_NAME, NULL);
        char *parent = g_path_get_dirname(folder);
        is_root = strcmp(parent, folder) == 0;
        g_free(folder);
        folder = parent;
        go_on = call(path, data);
    }
    return go_on;
}

bool zp_config_has_files(const ZpConfig *config)
{
    for (guint k = 0; k < config->read->len; k++) {
        const ZpSettings *settings = g_ptr_array_index(config->read, k);
        if (settings->file)
            return true;
    }
    return false;
}

void zp_config_digest(const ZpConfig *config, GChecksum *sum)
{
    for (guint k = 0; k < config->read->len; k++) {
        const ZpSettings *settings = g_ptr_array_index(config->read, k);
        if (!settings->file)
            continue;
        g_checksum_update(sum, (const guint8 *)settings->digest, -1);
        g_checksum_update(sum, (const guint8 *)settings->folder, -1);
        g_checksum_update(sum, (const guint8 *)(settings->is_trusted ? "1" : "0"), 1);
    }
}

void zp_config_set_known(ZpConfig *config, ZpKnown *baseline, ZpKnown *before)
{
    config->baseline = baseline;
    config->before = before;
}

bool zp_config_wants_fingerprints(const ZpConfig *config)
{
    return config->baseline || config->before;
}

/* --- which file holds where --- */

/* A FIFO of that name would keep the run waiting for ever. */
static bool is_file(const char *path, GError **error)
{
    if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
        return true;
    zp_error_set(error, ZP_ERROR_USAGE, "%s: 不是普通文件", "%s: not a regular file", path);
    return false;
}

static ZpSettings *resolve(ZpConfig *config, const char *folder, GError **error);

/* A file in a folder.  Unless that is the working folder or one above it, the file may have come with documents: it is
 * laid over what counts there without it, and a link leads who knows where. */
static ZpSettings *read_beside(ZpConfig *config, const char *path, const char *folder,
                               GError **error)
{
    g_autofree char *parent = g_path_get_dirname(folder);
    bool is_trusted = zp_trust_folder(folder);
    if (!is_trusted && g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
        zp_error_set(error, ZP_ERROR_USAGE, "%s: 是链接；文件旁边的设置不跟随链接",
                     "%s: a link; settings beside documents are not looked for behind one", path);
        return NULL;
    }
    ZpSettings *settings =
        keep(config, zp_settings_read(path, config->rulebook, config->today, error));
    if (!settings || is_trusted)
        return settings;
    settings->is_trusted = false;
    settings->under =
        strcmp(parent, folder) == 0 ? config->fallback : resolve(config, parent, error);
    return settings->under ? settings : NULL;
}

/* The settings of a folder: its own file, or its parent's settings. */
static ZpSettings *resolve(ZpConfig *config, const char *folder, GError **error)
{
    ZpSettings *settings = g_hash_table_lookup(config->by_folder, folder);
    if (settings)
        return settings;
    g_autofree char *path = g_build_filename(folder, ZP_CONFIG_NAME, NULL);
    g_autofree char *parent = g_path_get_dirname(folder);
    if (g_file_test(path, G_FILE_TEST_EXISTS) && !is_file(path, error))
        return NULL;
    if (g_file_test(path, G_FILE_TEST_EXISTS))
        settings = read_beside(config, path, folder, error);
    else if (strcmp(parent, folder) == 0)
        settings = config->fallback;
    else
        settings = resolve(config, parent, error);
    if (settings)
        g_hash_table_insert(config->by_folder, g_strdup(folder), settings);
    return settings;
}

static bool visit_below(ZpConfig *config, const char *folder, guint depth, GError **error)
{
    g_autoptr(GPtrArray) names = depth > ZP_LIMIT_FOLDER_DEPTH ? NULL : zp_folder_names(folder);
    bool done = true;
    for (guint k = 0; names && k < names->len && done; k++) { /* without them the run says so */
        struct stat about;
        const char *name = g_ptr_array_index(names, k);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (name[0] != '.' && lstat(path, &about) == 0 && S_ISDIR(about.st_mode))
            done = resolve(config, path, error) && visit_below(config, path, depth + 1, error);
    }
    return done;
}

bool zp_config_visit(ZpConfig *config, const char *input, GError **error)
{
    if (config->everywhere)
        return true;
    g_autofree char *path = g_canonicalize_filename(strcmp(input, "-") == 0 ? "./-" : input, NULL);
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
        return resolve(config, path, error) && visit_below(config, path, 0, error);
    g_autofree char *folder = g_path_get_dirname(path);
    return resolve(config, folder, error) != NULL;
}

/* Trusted or not. */
static ZpSettings *find_settings(const ZpConfig *config, const char *path)
{
    if (config->everywhere)
        return config->everywhere;
    g_autofree char *folder = g_canonicalize_filename(path, NULL);
    for (;;) {
        ZpSettings *settings = g_hash_table_lookup(config->by_folder, folder);
        if (settings)
            return settings;
        char *parent = g_path_get_dirname(folder);
        bool is_root = strcmp(parent, folder) == 0;
        g_free(folder);
        folder = parent;
        if (is_root)
            return config->fallback;
    }
}

const ZpSettings *zp_config_for(const ZpConfig *config, const char *path)
{
    return zp_settings_trusted(find_settings(config, path));
}

bool zp_config_requires_sandbox(const ZpConfig *config)
{
    for (guint k = 0; k < config->read->len; k++) {
        const ZpSettings *settings = g_ptr_array_index(config->read, k);
        if (settings->is_trusted && g_strcmp0(settings->require_sandbox.text, "true") == 0)
            return true;
    }
    return false;
}

GPtrArray *zp_config_tell(const ZpConfig *config)
{
    GPtrArray *told = g_ptr_array_new_with_free_func((GDestroyNotify)zp_held_free);
    for (guint k = 0; k < config->read->len; k++) {
        const ZpSettings *settings = g_ptr_array_index(config->read, k);
        if (settings->file && settings->is_used)
            g_ptr_array_add(told, zp_settings_tell(settings));
    }
    return told;
}

guint zp_setting_figure(const ZpSetting *setting, guint otherwise)
{
    return setting->text ? (guint)g_ascii_strtoull(setting->text, NULL, 10) : otherwise;
}

guint64 zp_settings_limit(const ZpSettings *settings, ZpBound bound)
{
    const char *text = settings->limits[bound].text;
    return text ? g_ascii_strtoull(text, NULL, 10) : ZP_BOUNDS[bound].otherwise;
}

void zp_config_limits(const ZpConfig *config, const char *path, const ZpLimits *given,
                      ZpLimits *limits)
{
    const ZpSettings *settings = config ? zp_config_for(config, path) : NULL;
    for (guint bound = 0; bound < ZP_BOUND_COUNT; bound++) {
        limits->most[bound] =
            settings ? zp_settings_limit(settings, (ZpBound)bound) : ZP_BOUNDS[bound].otherwise;
        if (given && given->most[bound])
            limits->most[bound] = given->most[bound];
    }
}

guint zp_config_folder_depth(const ZpConfig *config, const char *path)
{
    return zp_setting_figure(&zp_config_for(config, path)->folder_depth, ZP_LIMIT_FOLDER_DEPTH);
}

/* --- what the settings do --- */

/* What the severities are without any setting. */
static const ZpSeverity *base_of(const ZpConfig *config, const ZpForm *form)
{
    return form ? zp_rulebook_profile(config->rulebook, form)->severities : NULL;
}

void zp_config_grades(const ZpConfig *config, const char *path, const ZpForm *form,
                      ZpRuleGrade *grades)
{
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    zp_settings_grade(find_settings(config, path), absolute, form ? form->template_id : NULL,
                      base_of(config, form), grades);
    zp_choice_apply(&config->choice, "--select, --ignore", grades);
}

/* What a rule makes milder itself stays so; what it makes louder follows the setting. */
static ZpSeverity graded(const ZpFinding *finding, ZpSeverity base, ZpSeverity set)
{
    if (set == base)
        return finding->severity;
    return finding->severity < base ? MIN(finding->severity, set) : set;
}

/* What a rule that is off could not judge is no more asked than what it would have found. */
static void drop_unasked(const ZpConfig *config, const char *path, const GPtrArray *forms,
                         ZpReport *report)
{
    ZpRuleGrade grades[ZP_RULE_COUNT];
    int graded_form = -2;
    for (guint k = 0; k < report->unevaluated->len;) {
        const ZpUnevaluated *row = g_ptr_array_index(report->unevaluated, k);
        bool has_form = row->form >= 0 && forms && (guint)row->form < forms->len;
        if (graded_form != row->form)
            zp_config_grades(config, path, has_form ? g_ptr_array_index(forms, row->form) : NULL,
                             grades);
        graded_form = row->form;
        if (grades[row->rule].severity != ZP_SEVERITY_OFF) {
            k++;
            continue;
        }
        if (has_form && (guint)row->form < report->verdicts->len)
            ((ZpVerdict *)g_ptr_array_index(report->verdicts, row->form))->checks.not_evaluable--;
        g_ptr_array_remove_index(report->unevaluated, k);
    }
}

void zp_config_grade(const ZpConfig *config, const char *path, const GPtrArray *forms,
                     ZpReport *report)
{
    ZpRuleGrade grades[ZP_RULE_COUNT];
    const ZpSeverity *base = NULL;
    int graded_form = -2; /* whose grades these are; -1: the file's */
    for (guint k = 0; k < report->findings->len;) {
        ZpFinding *finding = g_ptr_array_index(report->findings, k);
        bool has_form = finding->form >= 0 && forms && (guint)finding->form < forms->len;
        if (graded_form != finding->form) {
            const ZpForm *form = has_form ? g_ptr_array_index(forms, finding->form) : NULL;
            base = base_of(config, form);
            zp_config_grades(config, path, form, grades);
            graded_form = finding->form;
        }
        ZpSeverity set = grades[finding->rule].severity;
        if (set == ZP_SEVERITY_OFF) {
            g_ptr_array_remove_index(report->findings, k);
            continue;
        }
        finding->severity =
            graded(finding, base ? base[finding->rule] : ZP_RULES[finding->rule].severity, set);
        k++;
    }
    drop_unasked(config, path, forms, report);
}

void zp_config_mark(ZpConfig *config, const char *path, const GPtrArray *forms, ZpReport *report)
{
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    /* All that count for a file have been used; the trusted one of them is what suppresses. */
    ZpSettings *trusted = find_settings(config, path);
    trusted->is_used = true;
    while (!trusted->is_trusted && trusted->under) {
        trusted = (ZpSettings *)trusted->under; /* one of those that the configuration owns */
        trusted->is_used = true;
    }
    zp_suppress(trusted, absolute, forms, report);
    for (guint k = 0; k < report->findings->len; k++) {
        ZpFinding *finding = g_ptr_array_index(report->findings, k);
        trusted->n_suppressed += finding->suppressed != NULL;
        if (config->before)
            finding->diff =
                zp_known_take(config->before, finding, false) ? ZP_AGE_UNCHANGED : ZP_AGE_NEW;
        if (config->baseline && !finding->suppressed)
            finding->baseline =
                zp_known_take(config->baseline, finding, true) ? ZP_AGE_UNCHANGED : ZP_AGE_NEW;
    }
}

void zp_config_report_stale(const ZpConfig *config,
                            void (*tell)(const char *zh, const char *en, gpointer data),
                            gpointer data)
{
    for (guint k = 0; k < config->read->len; k++) {
        const ZpSettings *settings = g_ptr_array_index(config->read, k);
        for (guint i = 0; i < settings->suppressions->len; i++) {
            const ZpSuppression *one = g_ptr_array_index(settings->suppressions, i);
            const char *code = ZP_RULES[one->rule].code;
            if (!settings->is_trusted || !one->was_due || (one->has_hit && !one->expired))
                continue;
            g_autofree char *zh =
                one->expired ? g_strdup_printf("%s:%u: 对 %s 的豁免已于 %s 到期，不再起作用",
                                               settings->file, one->line, code, one->until)
                             : g_strdup_printf("%s:%u: 对 %s 的豁免什么也没有豁免掉，可以删去",
                                               settings->file, one->line, code);
            g_autofree char *en =
                one->expired
                    ? g_strdup_printf("%s:%u: the suppression of %s expired on %s and counts no "
                                      "more",
                                      settings->file, one->line, code, one->until)
                    : g_strdup_printf("%s:%u: the suppression of %s is stale: nothing was there "
                                      "to suppress; remove it",
                                      settings->file, one->line, code);
            tell(zh, en, data);
        }
    }
}
