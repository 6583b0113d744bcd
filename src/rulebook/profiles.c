/*
 * profiles.c - the files of rules/profiles and the choice among them.
 *
 * The default is what most forms are judged by, so the others are read only when a form is not
 * of one of its templates.  A profile may extend another one; going round in a circle is an
 * error, found by a mark on the file that is being read.
 */
#include "rulebook/profiles.h"

#include "base/error.h"
#include "base/nearest.h"
#include "resources.h"
#include "rulebook/yaml.h"

#include <gio/gio.h>
#include <string.h>

#define FOLDER "profiles"
#define SUFFIX ".yaml"

/* A file, read or not. */
typedef struct {
    char *name;  /* "hubei" */
    char *shown; /* how messages call the file */
    GBytes *bytes;
    ZpProfile *profile; /* (nullable) not read yet */
    bool is_under_way;
} Source;

struct ZpProfiles {
    GPtrArray *sources; /* of Source, by name */
    const ZpProfile *forced;
};

static void source_free(gpointer data)
{
    Source *source = data;
    g_free(source->name);
    g_free(source->shown);
    g_clear_pointer(&source->bytes, g_bytes_unref);
    zp_profile_free(source->profile);
    g_free(source);
}

static Source *find_source(const ZpProfiles *profiles, const char *name)
{
    for (guint k = 0; k < profiles->sources->len; k++) {
        Source *source = g_ptr_array_index(profiles->sources, k);
        if (strcmp(source->name, name) == 0)
            return source;
    }
    return NULL;
}

/* A new file, or one that takes the place of another of its name. */
static bool add_source(ZpProfiles *profiles, const char *directory, const char *file,
                       GError **error)
{
    g_autofree char *path = g_strconcat(FOLDER "/", file, NULL);
    GBytes *bytes = zp_rulebook_bytes(directory, path, error);
    if (!bytes)
        return false;
    g_autofree char *name = g_strndup(file, strlen(file) - strlen(SUFFIX));
    Source *source = find_source(profiles, name);
    if (!source) {
        source = g_new0(Source, 1);
        source->name = g_steal_pointer(&name);
        g_ptr_array_add(profiles->sources, source);
    }
    g_clear_pointer(&source->bytes, g_bytes_unref);
    g_free(source->shown);
    source->bytes = bytes;
    g_autofree char *whole = directory ? g_build_filename(directory, path, NULL) : g_strdup(path);
    source->shown = g_filename_display_name(whole);
    return true;
}

static bool add_compiled_in(ZpProfiles *profiles, GError **error)
{
    g_auto(GStrv) files =
        g_resource_enumerate_children(zp_rulebook_get_resource(), "/ziping/rules/" FOLDER, 0, NULL);
    for (guint k = 0; files && files[k]; k++) {
        if (!add_source(profiles, NULL, files[k], error))
            return false;
    }
    return true;
}

/* A folder without profiles/ keeps the compiled-in ones. */
static bool add_folder(ZpProfiles *profiles, const char *directory, bool *is_foreign,
                       GError **error)
{
    g_autofree char *path = g_build_filename(directory, FOLDER, NULL);
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    for (const char *file; folder && (file = g_dir_read_name(folder));) {
        if (!g_str_has_suffix(file, SUFFIX))
            continue;
        *is_foreign = true;
        if (!add_source(profiles, directory, file, error))
            return false;
    }
    return true;
}

bool zp_profiles_forces(const ZpProfiles *profiles, const char *name)
{
    return profiles->forced && strcmp(profiles->forced->name, name) == 0;
}

static gint compare_sources(gconstpointer a, gconstpointer b)
{
    const Source *one = *(Source *const *)a, *other = *(Source *const *)b;
    return strcmp(one->name, other->name);
}

static const ZpProfile *find_for_extends(const char *name, gpointer data, GError **error)
{
    return zp_profiles_find(data, name, error);
}

static const ZpProfile *read_source(ZpProfiles *profiles, Source *source, GError **error)
{
    if (source->is_under_way) {
        zp_error_set(error, ZP_ERROR_DATA, "%s: extends 绕成了圈", "%s: `extends` goes in a circle",
                     source->shown);
        return NULL;
    }
    source->is_under_way = true;
    source->profile =
        zp_profile_load(source->bytes, source->shown, find_for_extends, profiles, error);
    source->is_under_way = false;
    if (source->profile && strcmp(source->profile->name, source->name) != 0) {
        zp_error_set(error, ZP_ERROR_DATA, "%s: name 是 \"%s\"，与文件名不同",
                     "%s: its name \"%s\" is not the file's", source->shown, source->profile->name);
        g_clear_pointer(&source->profile, zp_profile_free);
    }
    return source->profile;
}

const ZpProfile *zp_profiles_find(ZpProfiles *profiles, const char *name, GError **error)
{
    Source *source = find_source(profiles, name);
    if (!source) {
        zp_error_set(error, ZP_ERROR_DATA, "没有评分规则 %s", "there is no profile %s", name);
        return NULL;
    }
    return source->profile ? source->profile : read_source(profiles, source, error);
}

const char *zp_profiles_title(ZpProfiles *profiles, const char *name)
{
    const ZpProfile *profile = zp_profiles_forces(profiles, name)
                                   ? profiles->forced
                                   : zp_profiles_find(profiles, name, NULL);
    return profile ? profile->title : name;
}

static bool read_all(ZpProfiles *profiles, GError **error)
{
    for (guint k = 0; k < profiles->sources->len; k++) {
        const Source *source = g_ptr_array_index(profiles->sources, k);
        if (!zp_profiles_find(profiles, source->name, error))
            return false;
    }
    return true;
}

ZpProfiles *zp_profiles_open(const char *directory, bool *is_foreign, GError **error)
{
    ZpProfiles *profiles = g_new0(ZpProfiles, 1);
    profiles->sources = g_ptr_array_new_with_free_func(source_free);
    bool done = add_compiled_in(profiles, error) &&
                (!directory || add_folder(profiles, directory, is_foreign, error));
    g_ptr_array_sort(profiles->sources, compare_sources);
    if (done && (directory ? read_all(profiles, error)
                           : zp_profiles_find(profiles, ZP_PROFILE_DEFAULT, error) != NULL))
        return profiles;
    zp_profiles_free(profiles);
    return NULL;
}

void zp_profiles_free(ZpProfiles *profiles)
{
    if (!profiles)
        return;
    g_ptr_array_unref(profiles->sources);
    g_free(profiles);
}

/* A file of the user's own, called by its path. */
static Source *add_file(ZpProfiles *profiles, const char *path, GError **error)
{
    g_autofree char *shown = g_filename_display_name(path);
    g_autofree char *base = g_path_get_basename(path);
    g_autofree char *folder = g_path_get_dirname(path);
    GBytes *bytes = zp_rulebook_bytes(folder, base, error);
    if (!bytes)
        return NULL;
    Source *source = g_new0(Source, 1);
    *source = (Source){.name = g_strdup(path), .shown = g_strdup(shown), .bytes = bytes};
    g_ptr_array_add(profiles->sources, source);
    source->profile = zp_profile_load(bytes, shown, find_for_extends, profiles, error);
    return source->profile ? source : NULL;
}

bool zp_profiles_meant(const ZpProfiles *profiles, const char *word, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint k = 0; k < profiles->sources->len; k++)
        g_ptr_array_add(names, ((const Source *)g_ptr_array_index(profiles->sources, k))->name);
    g_ptr_array_add(names, NULL);
    return zp_error_meant(error, word, (const char *const *)names->pdata);
}

bool zp_profiles_force(ZpProfiles *profiles, const char *name, GError **error)
{
    Source *source = find_source(profiles, name);
    if (!source && !g_file_test(name, G_FILE_TEST_EXISTS)) {
        g_autofree char *shown = g_filename_display_name(name);
        zp_error_set(error, ZP_ERROR_DATA, "没有评分规则 %s，也没有这个文件",
                     "there is no profile and no file %s", shown);
        return zp_profiles_meant(profiles, name, error);
    }
    if (source ? !zp_profiles_find(profiles, name, error)
               : !(source = add_file(profiles, name, error)))
        return false;
    source->profile->is_forced = true;
    profiles->forced = source->profile;
    return true;
}

static const ZpProfile *profile_of_template(ZpProfiles *profiles, const char *template_id)
{
    const ZpProfile *common = zp_profiles_find(profiles, ZP_PROFILE_DEFAULT, NULL);
    if (common && zp_profile_fixes(common, template_id))
        return common;
    for (guint k = 0; k < profiles->sources->len; k++) {
        const Source *source = g_ptr_array_index(profiles->sources, k);
        const ZpProfile *profile = zp_profiles_find(profiles, source->name, NULL);
        if (profile && zp_profile_fixes(profile, template_id))
            return profile;
    }
    return NULL;
}

/* The weight of the funds row as it is printed, there or in the head of the block. */
static const ZpDecimal *printed_execution_weight(const ZpForm *form)
{
    const ZpFund *total = zp_form_total_fund(form, NULL);
    if (total && total->weight.has_value)
        return &total->weight.value;
    return form->funds_weight.has_value ? &form->funds_weight.value : NULL;
}

static const ZpProfile *profile_by_sign(ZpProfiles *profiles, const ZpForm *form)
{
    const ZpDecimal *printed = printed_execution_weight(form);
    for (guint k = 0; printed && k < profiles->sources->len; k++) {
        const Source *source = g_ptr_array_index(profiles->sources, k);
        const ZpProfile *profile = zp_profiles_find(profiles, source->name, NULL);
        if (profile && profile->has_sign && zp_decimal_compare(profile->sign, *printed) == 0)
            return profile;
    }
    return NULL;
}

/* Why a profile was taken, beyond its template: a phrase and what it ends with. */
typedef struct {
    const char *zh, *en, *what;
    char figure[ZP_DECIMAL_TEXT_MAX];
} Why;

static const ZpProfile *pick_by_template(ZpProfiles *profiles, const ZpForm *form, Why *why)
{
    const ZpProfile *profile = profile_of_template(profiles, form->template_id);
    *why = (Why){.zh = profile ? "" : "没有专为这种表样的",
                 .en = profile ? "" : "none is for this template",
                 .what = ""};
    return profile ? profile : zp_profiles_find(profiles, ZP_PROFILE_DEFAULT, NULL);
}

static const ZpProfile *pick_by_sign(ZpProfiles *profiles, const ZpForm *form, Why *why)
{
    const ZpProfile *profile = profile_by_sign(profiles, form);
    if (!profile) {
        *why = (Why){.zh = "", .en = "", .what = ""};
        return zp_profiles_find(profiles, ZP_PROFILE_DEFAULT, NULL);
    }
    why->zh = "资金行的分值印的是 ";
    why->en = "execution weight printed as ";
    why->what = zp_decimal_print(profile->sign, why->figure);
    return profile;
}

static const ZpProfile *pick(ZpProfiles *profiles, const ZpForm *form, Why *why)
{
    if (profiles->forced) {
        *why = (Why){.zh = "由 --profile 指定", .en = "chosen by --profile", .what = ""};
        return profiles->forced;
    }
    bool is_known = strcmp(form->template_id, "unknown") != 0;
    return is_known ? pick_by_template(profiles, form, why) : pick_by_sign(profiles, form, why);
}

const ZpProfile *zp_profiles_pick(ZpProfiles *profiles, const ZpForm *form)
{
    Why why;
    return pick(profiles, form, &why);
}

void zp_profiles_choose(ZpProfiles *profiles, ZpForm *form)
{
    Why why;
    const ZpProfile *profile = pick(profiles, form, &why);
    g_autofree char *zh = g_strconcat(why.zh, why.what, NULL);
    g_autofree char *en = g_strconcat(why.en, why.what, NULL);
    form->profile = profile->name;
    form->profile_zh = g_string_chunk_insert(form->strings, zh);
    form->profile_en = g_string_chunk_insert(form->strings, en);
}

void zp_profiles_digest(const ZpProfiles *profiles, GChecksum *sum)
{
    for (guint k = 0; k < profiles->sources->len; k++) {
        const Source *source = g_ptr_array_index(profiles->sources, k);
        gsize size;
        const guchar *data = g_bytes_get_data(source->bytes, &size);
        g_autofree char *head =
            g_strdup_printf("%s/%s %" G_GSIZE_FORMAT "\n", FOLDER, source->name, size);
        g_checksum_update(sum, (const guchar *)head, -1);
        g_checksum_update(sum, data, (gssize)size);
    }
    if (profiles->forced)
        g_checksum_update(sum, (const guchar *)profiles->forced->name, -1);
}
