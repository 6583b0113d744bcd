/*
 * profile.c - rules/profiles/default.yaml as exact decimals.
 *
 * A row of `templates` stands for all its ids; they share its figures.  The strings of a
 * ZpProfile belong to the loaded file, which lives as long.
 */
#include "rulebook/profile.h"

#include "base/error.h"
#include "rulebook/yaml.h"

#include <string.h>

#define GRADES G_N_ELEMENTS(((ZpProfile *)0)->grade_names)

typedef struct {
    char *name, *from;
} GradeRow;

typedef struct {
    char *level1, *weight;
} SectionRow;

typedef struct {
    SectionRow *sections;
    unsigned sections_count;
} SchemeRow;

typedef struct {
    char **ids;
    unsigned ids_count;
    char *execution_weight; /* (nullable) */
    SchemeRow *schemes;
    unsigned schemes_count;
} TemplateRow;

typedef struct {
    char *name, *over_target, *low_execution, *weight_total;
    GradeRow grades[GRADES];
    TemplateRow *templates;
    unsigned templates_count;
} ProfileFile;

/* `profile` comes first, so that the public pointer leads back to the file. */
typedef struct {
    ZpProfile profile;
    ProfileFile *file;
    GPtrArray *owned; /* of what g_free takes: schemes and their weights */
} Loaded;

static const cyaml_schema_value_t STRING_VALUE = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED),
};

#define STRING(key, flags, type, member, least)                                                    \
    CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (flags), type, member, least, CYAML_UNLIMITED)

static const cyaml_schema_field_t GRADE_FIELDS[] = {
    STRING("name", 0, GradeRow, name, 1),
    STRING("from", CYAML_FLAG_OPTIONAL, GradeRow, from, 1),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t GRADE_VALUE = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, GradeRow, GRADE_FIELDS),
};
static const cyaml_schema_field_t SECTION_FIELDS[] = {
    STRING("level1", 0, SectionRow, level1, 0),
    STRING("weight", 0, SectionRow, weight, 1),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t SECTION_VALUE = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, SectionRow, SECTION_FIELDS),
};
static const cyaml_schema_field_t SCHEME_FIELDS[] = {
    CYAML_FIELD_SEQUENCE("sections", CYAML_FLAG_POINTER, SchemeRow, sections, &SECTION_VALUE, 1,
                         CYAML_UNLIMITED),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t SCHEME_VALUE = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, SchemeRow, SCHEME_FIELDS),
};
static const cyaml_schema_field_t TEMPLATE_FIELDS[] = {
    CYAML_FIELD_SEQUENCE("ids", CYAML_FLAG_POINTER, TemplateRow, ids, &STRING_VALUE, 1,
                         CYAML_UNLIMITED),
    STRING("execution_weight", CYAML_FLAG_OPTIONAL, TemplateRow, execution_weight, 1),
    CYAML_FIELD_SEQUENCE("schemes", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, TemplateRow, schemes,
                         &SCHEME_VALUE, 0, CYAML_UNLIMITED),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t TEMPLATE_VALUE = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, TemplateRow, TEMPLATE_FIELDS),
};
static const cyaml_schema_field_t PROFILE_FIELDS[] = {
    STRING("name", 0, ProfileFile, name, 1),
    STRING("over_target", 0, ProfileFile, over_target, 1),
    STRING("low_execution", 0, ProfileFile, low_execution, 1),
    STRING("weight_total", 0, ProfileFile, weight_total, 1),
    CYAML_FIELD_SEQUENCE_FIXED("grades", CYAML_FLAG_DEFAULT, ProfileFile, grades, &GRADE_VALUE,
                               GRADES),
    CYAML_FIELD_SEQUENCE("templates", CYAML_FLAG_POINTER, ProfileFile, templates, &TEMPLATE_VALUE,
                         0, CYAML_UNLIMITED),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t PROFILE_SCHEMA = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, ProfileFile, PROFILE_FIELDS),
};

static bool read_figure(const char *text, const char *name, const char *key, ZpDecimal *out,
                        GError **error)
{
    if (zp_decimal_parse(text, strlen(text), out) && zp_decimal_sign(*out) >= 0)
        return true;
    zp_error_set(error, ZP_ERROR_DATA, "%s: %s 的值 \"%s\" 不是数", "%s: %s: \"%s\" is no figure",
                 name, key, text);
    return false;
}

/* From the best grade down, each limit below the one before; the last grade has none. */
static bool read_grades(ZpProfile *profile, const ProfileFile *file, const char *name,
                        GError **error)
{
    for (guint i = 0; i < GRADES; i++) {
        const GradeRow *row = &file->grades[i];
        bool is_last = i + 1 == GRADES;
        profile->grade_names[i] = row->name;
        if (is_last != !row->from) {
            zp_error_set(error, ZP_ERROR_DATA, "%s: 等级 \"%s\"：只有最后一级没有 from",
                         "%s: grade \"%s\": only the last one has no `from`", name, row->name);
            return false;
        }
        if (!is_last && !read_figure(row->from, name, "grades", &profile->grade_limits[i], error))
            return false;
        if (i && !is_last &&
            zp_decimal_compare(profile->grade_limits[i - 1], profile->grade_limits[i]) <= 0) {
            zp_error_set(error, ZP_ERROR_DATA, "%s: 等级 \"%s\" 的下限不低于上一级",
                         "%s: grade \"%s\" does not begin below the one before", name, row->name);
            return false;
        }
    }
    return true;
}

static gpointer own(Loaded *loaded, gpointer block)
{
    g_ptr_array_add(loaded->owned, block);
    return block;
}

static bool read_scheme(Loaded *loaded, const SchemeRow *row, const char *name, ZpScheme *scheme,
                        GError **error)
{
    scheme->n_weights = row->sections_count;
    scheme->weights = own(loaded, g_new0(ZpSchemeWeight, row->sections_count));
    for (unsigned i = 0; i < row->sections_count; i++) {
        scheme->weights[i].level1 = row->sections[i].level1;
        if (!read_figure(row->sections[i].weight, name, "schemes", &scheme->weights[i].weight,
                         error))
            return false;
    }
    return true;
}

/* What all ids of the row share. */
static bool read_template(Loaded *loaded, const TemplateRow *row, const char *name,
                          ZpTemplateWeights *shared, GError **error)
{
    *shared = (ZpTemplateWeights){.n_schemes = row->schemes_count};
    shared->has_execution_weight = row->execution_weight != NULL;
    if (row->execution_weight && !read_figure(row->execution_weight, name, "execution_weight",
                                              &shared->execution_weight, error))
        return false;
    shared->schemes = own(loaded, g_new0(ZpScheme, MAX(row->schemes_count, 1)));
    for (unsigned i = 0; i < row->schemes_count; i++) {
        if (!read_scheme(loaded, &row->schemes[i], name, &shared->schemes[i], error))
            return false;
    }
    return true;
}

static bool read_templates(Loaded *loaded, const char *name, GError **error)
{
    const ProfileFile *file = loaded->file;
    ZpProfile *profile = &loaded->profile;
    guint count = 0;
    for (unsigned i = 0; i < file->templates_count; i++)
        count += file->templates[i].ids_count;
    profile->templates = own(loaded, g_new0(ZpTemplateWeights, MAX(count, 1)));
    for (unsigned i = 0; i < file->templates_count; i++) {
        const TemplateRow *row = &file->templates[i];
        ZpTemplateWeights shared;
        if (!read_template(loaded, row, name, &shared, error))
            return false;
        for (unsigned k = 0; k < row->ids_count; k++) {
            shared.id = row->ids[k];
            profile->templates[profile->n_templates++] = shared;
        }
    }
    return true;
}

static bool read_profile(Loaded *loaded, const char *name, GError **error)
{
    const ProfileFile *file = loaded->file;
    ZpProfile *profile = &loaded->profile;
    profile->name = file->name;
    return read_figure(file->over_target, name, "over_target", &profile->over_target, error) &&
           read_figure(file->low_execution, name, "low_execution", &profile->low_execution,
                       error) &&
           read_figure(file->weight_total, name, "weight_total", &profile->weight_total, error) &&
           read_grades(profile, file, name, error) && read_templates(loaded, name, error);
}

ZpProfile *zp_profile_load(GBytes *bytes, const char *name, GError **error)
{
    ProfileFile *file = zp_yaml_load(bytes, name, &PROFILE_SCHEMA, error);
    if (!file)
        return NULL;
    Loaded *loaded = g_new0(Loaded, 1);
    g_autoptr(ZpProfile) profile = &loaded->profile;
    loaded->file = file;
    loaded->owned = g_ptr_array_new_with_free_func(g_free);
    if (!read_profile(loaded, name, error)) {
        zp_yaml_locate(error, bytes, name);
        return NULL;
    }
    return g_steal_pointer(&profile);
}

void zp_profile_free(ZpProfile *profile)
{
    if (!profile)
        return;
    Loaded *loaded = (Loaded *)profile;
    zp_yaml_free(loaded->file, &PROFILE_SCHEMA);
    g_ptr_array_unref(loaded->owned);
    g_free(loaded);
}

const ZpTemplateWeights *zp_profile_template(const ZpProfile *profile, const char *id)
{
    for (guint i = 0; i < profile->n_templates; i++) {
        if (strcmp(profile->templates[i].id, id) == 0)
            return &profile->templates[i];
    }
    return NULL;
}
