/*
 * profile.c - rules/profiles/NAME.yaml as exact decimals.
 *
 * A profile begins as a copy of the one it extends and then takes what its own file states; a
 * list replaces the other's as a whole, and `free` lists what it leaves free though the other
 * fixes it.  Its strings belong to the loaded file, which lives as long.
 */
#include "rulebook/profile.h"

#include "base/error.h"
#include "rulebook/yaml.h"

#include <string.h>

/* The shape of the file.  All but the name may be left out: it is then the extended profile's. */
typedef struct {
    char *name, *from; /* from: (nullable) */
    char **also;
    unsigned also_count;
} GradeRow;

typedef struct {
    char *level1, *weight;
} SectionRow;

typedef struct {
    SectionRow *sections;
    unsigned sections_count;
} SchemeRow;

typedef struct {
    char *level1;
    char **level2;
    unsigned level2_count;
} PairsRow;

typedef struct {
    char *reached, *partly;
} BandsRow;

typedef struct {
    char *rule;
    int severity;
} SeverityRow;

/* What is left to whoever fills the form in, though the extended profile fixes it. */
typedef enum {
    FREE_EXECUTION_WEIGHT,
    FREE_SCHEMES,
    FREE_PAIRS,
} FreeThing;

typedef struct {
    char *name, *title, *extends, *over_target, *low_execution, *weight_total, *execution_weight,
        *sign;
    char *budget_adjusted, *money_spent, *money_unspent, *unmeasurable;
    char **templates, **habits;
    unsigned templates_count, habits_count;
    int *reverse; /* (nullable) ZpReverse */
    BandsRow *bands;
    GradeRow *grades;
    unsigned grades_count;
    SchemeRow *schemes;
    unsigned schemes_count;
    PairsRow *pairs;
    unsigned pairs_count;
    int *free;
    unsigned free_count;
    SeverityRow *severities;
    unsigned severities_count;
} ProfileFile;

static const ZpWord REVERSE_NAMES[] = {
    {"both", ZP_REVERSE_BOTH},
    {"linear", ZP_REVERSE_LINEAR},
    {"quotient", ZP_REVERSE_QUOTIENT},
    {NULL, 0},
};
static const ZpWord SEVERITY_NAMES[] = {
    {"off", ZP_SEVERITY_OFF},
    {"note", ZP_SEVERITY_NOTE},
    {"warning", ZP_SEVERITY_WARNING},
    {"error", ZP_SEVERITY_ERROR},
    {NULL, 0},
};
static const ZpWord FREE_NAMES[] = {
    {"execution_weight", FREE_EXECUTION_WEIGHT},
    {"schemes", FREE_SCHEMES},
    {"pairs", FREE_PAIRS},
    {NULL, 0},
};

static const ZpField GRADE_FIELDS[] = {
    ZP_FIELD(GradeRow, name, "name", TEXT, ZP_MUST),
    ZP_FIELD(GradeRow, from, "from", TEXT, ZP_MAY),
    ZP_LIST(GradeRow, also, "also", TEXTS, ZP_MAY, ZP_LEAST(1)),
    ZP_FIELDS_END,
};
static const ZpMould GRADE_MOULD = {sizeof(GradeRow), GRADE_FIELDS};

static const ZpField SECTION_FIELDS[] = {
    ZP_FIELD(SectionRow, level1, "level1", ANY, ZP_MUST),
    ZP_FIELD(SectionRow, weight, "weight", TEXT, ZP_MUST),
    ZP_FIELDS_END,
};
static const ZpMould SECTION_MOULD = {sizeof(SectionRow), SECTION_FIELDS};

static const ZpField SCHEME_FIELDS[] = {
    ZP_LIST(SchemeRow, sections, "sections", ROWS, ZP_LEAST(1), .row = &SECTION_MOULD),
    ZP_FIELDS_END,
};
static const ZpMould SCHEME_MOULD = {sizeof(SchemeRow), SCHEME_FIELDS};

static const ZpField PAIRS_FIELDS[] = {
    ZP_FIELD(PairsRow, level1, "level1", TEXT, ZP_MUST),
    ZP_LIST(PairsRow, level2, "level2", TEXTS, ZP_MAY, ZP_LEAST(1)),
    ZP_FIELDS_END,
};
static const ZpMould PAIRS_MOULD = {sizeof(PairsRow), PAIRS_FIELDS};

static const ZpField BANDS_FIELDS[] = {
    ZP_FIELD(BandsRow, reached, "reached", TEXT, ZP_MUST),
    ZP_FIELD(BandsRow, partly, "partly", TEXT, ZP_MUST),
    ZP_FIELDS_END,
};
static const ZpMould BANDS_MOULD = {sizeof(BandsRow), BANDS_FIELDS};

static const ZpField SEVERITY_FIELDS[] = {
    ZP_FIELD(SeverityRow, rule, "rule", TEXT, ZP_MUST),
    ZP_FIELD(SeverityRow, severity, "severity", WORD, ZP_MUST, .words = SEVERITY_NAMES),
    ZP_FIELDS_END,
};
static const ZpMould SEVERITY_MOULD = {sizeof(SeverityRow), SEVERITY_FIELDS};

#define FIGURE(member) ZP_FIELD(ProfileFile, member, #member, TEXT, ZP_MAY)

static const ZpField PROFILE_FIELDS[] = {
    ZP_FIELD(ProfileFile, name, "name", TEXT, ZP_MUST),
    ZP_FIELD(ProfileFile, title, "title", TEXT, ZP_MAY),
    ZP_FIELD(ProfileFile, extends, "extends", TEXT, ZP_MAY),
    ZP_LIST(ProfileFile, templates, "templates", TEXTS, ZP_MAY),
    FIGURE(over_target),
    FIGURE(low_execution),
    FIGURE(budget_adjusted),
    FIGURE(money_spent),
    FIGURE(money_unspent),
    FIGURE(unmeasurable),
    FIGURE(weight_total),
    FIGURE(execution_weight),
    ZP_FIELD(ProfileFile, sign, "shown_by_execution_weight", TEXT, ZP_MAY),
    ZP_FIELD(ProfileFile, reverse, "reverse", WORD_P, ZP_MAY, .words = REVERSE_NAMES),
    ZP_FIELD(ProfileFile, bands, "bands", ROW_P, ZP_MAY, .row = &BANDS_MOULD),
    ZP_LIST(ProfileFile, grades, "grades", ROWS, ZP_MAY, ZP_LEAST(ZP_GRADE_COUNT),
            .row = &GRADE_MOULD),
    ZP_LIST(ProfileFile, schemes, "schemes", ROWS, ZP_MAY, ZP_LEAST(1), .row = &SCHEME_MOULD),
    ZP_LIST(ProfileFile, pairs, "pairs", ROWS, ZP_MAY, ZP_LEAST(1), .row = &PAIRS_MOULD),
    ZP_LIST(ProfileFile, habits, "habits", TEXTS, ZP_MAY),
    ZP_LIST(ProfileFile, free, "free", WORDS, ZP_MAY, .words = FREE_NAMES),
    ZP_LIST(ProfileFile, severities, "severities", ROWS, ZP_MAY, .row = &SEVERITY_MOULD),
    ZP_FIELDS_END,
};
static const ZpMould PROFILE_MOULD = {sizeof(ProfileFile), PROFILE_FIELDS};

/* `profile` comes first, so that the public pointer leads back to the file. */
typedef struct {
    ZpProfile profile;
    ProfileFile *file;
    const char *name; /* of the file in messages, while it is read */
    GPtrArray *owned; /* of what g_free takes: schemes and pairs */
} Loaded;

/* A figure of the file, if it states it; not below 0. */
static bool read_figure(const Loaded *loaded, const char *text, const char *key, ZpDecimal *out,
                        GError **error)
{
    if (!text || (zp_decimal_parse(text, strlen(text), out) && zp_decimal_sign(*out) >= 0))
        return true;
    zp_error_set(error, ZP_ERROR_DATA, "%s: %s 的值 \"%s\" 不是数", "%s: %s: \"%s\" is no figure",
                 loaded->name, key, text);
    return false;
}

/* A grade's lower limit; the last grade has none. */
static bool read_limit(const Loaded *loaded, const GradeRow *row, bool is_last, ZpGrade *grade,
                       GError **error)
{
    if (is_last == !row->from)
        return read_figure(loaded, row->from, "grades", &grade->from, error);
    zp_error_set(error, ZP_ERROR_DATA, "%s: 等级 \"%s\"：只有最后一级没有 from",
                 "%s: grade \"%s\": only the last one has no `from`", loaded->name, row->name);
    return false;
}

/* From the best grade down, each limit below the one before. */
static bool read_grades(Loaded *loaded, GError **error)
{
    const ProfileFile *file = loaded->file;
    ZpGrade *grades = loaded->profile.grades;
    if (file->grades_count && file->grades_count != ZP_GRADE_COUNT) {
        zp_error_set(error, ZP_ERROR_DATA, "%s: grades 应有 %d 级", "%s: there are %d grades",
                     loaded->name, ZP_GRADE_COUNT);
        return false;
    }
    for (unsigned i = 0; i < file->grades_count; i++) {
        const GradeRow *row = &file->grades[i];
        bool is_last = i + 1 == ZP_GRADE_COUNT;
        grades[i] = (ZpGrade){.name = row->name, .also = row->also, .n_also = row->also_count};
        if (!read_limit(loaded, row, is_last, &grades[i], error))
            return false;
        if (i && !is_last && zp_decimal_compare(grades[i - 1].from, grades[i].from) <= 0) {
            zp_error_set(error, ZP_ERROR_DATA, "%s: 等级 \"%s\" 的下限不低于上一级",
                         "%s: grade \"%s\" does not begin below the one before", loaded->name,
                         row->name);
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

static bool read_scheme(Loaded *loaded, const SchemeRow *row, ZpScheme *scheme, GError **error)
{
    scheme->n_weights = row->sections_count;
    scheme->weights = own(loaded, g_new0(ZpSchemeWeight, row->sections_count));
    for (unsigned i = 0; i < row->sections_count; i++) {
        scheme->weights[i].level1 = row->sections[i].level1;
        if (!read_figure(loaded, row->sections[i].weight, "schemes", &scheme->weights[i].weight,
                         error))
            return false;
    }
    return true;
}

static bool read_schemes(Loaded *loaded, GError **error)
{
    const ProfileFile *file = loaded->file;
    ZpProfile *profile = &loaded->profile;
    if (!file->schemes_count)
        return true;
    profile->n_schemes = file->schemes_count;
    profile->schemes = own(loaded, g_new0(ZpScheme, file->schemes_count));
    for (unsigned i = 0; i < file->schemes_count; i++) {
        if (!read_scheme(loaded, &file->schemes[i], &profile->schemes[i], error))
            return false;
    }
    return true;
}

static void read_pairs(Loaded *loaded)
{
    const ProfileFile *file = loaded->file;
    ZpProfile *profile = &loaded->profile;
    if (!file->pairs_count)
        return;
    profile->n_pairs = file->pairs_count;
    profile->pairs = own(loaded, g_new0(ZpPairs, file->pairs_count));
    for (unsigned i = 0; i < file->pairs_count; i++)
        profile->pairs[i] =
            (ZpPairs){file->pairs[i].level1, file->pairs[i].level2, file->pairs[i].level2_count};
}

static bool read_severities(Loaded *loaded, GError **error)
{
    for (unsigned i = 0; i < loaded->file->severities_count; i++) {
        const SeverityRow *row = &loaded->file->severities[i];
        int rule = zp_rule_find(row->rule);
        if (rule < 0) {
            zp_error_set(error, ZP_ERROR_DATA, "%s: 没有规则 \"%s\"", "%s: there is no rule \"%s\"",
                         loaded->name, row->rule);
            return false;
        }
        loaded->profile.severities[rule] = (ZpSeverity)row->severity;
    }
    return true;
}

static bool read_figures(Loaded *loaded, GError **error)
{
    const ProfileFile *file = loaded->file;
    ZpProfile *profile = &loaded->profile;
    const struct {
        const char *key, *text;
        ZpDecimal *out;
    } figures[] = {
        {"over_target", file->over_target, &profile->over_target},
        {"low_execution", file->low_execution, &profile->low_execution},
        {"budget_adjusted", file->budget_adjusted, &profile->budget_adjusted},
        {"money_spent", file->money_spent, &profile->money_spent},
        {"money_unspent", file->money_unspent, &profile->money_unspent},
        {"unmeasurable", file->unmeasurable, &profile->unmeasurable},
        {"weight_total", file->weight_total, &profile->weight_total},
        {"execution_weight", file->execution_weight, &profile->execution_weight},
        {"shown_by_execution_weight", file->sign, &profile->sign},
        {"bands", file->bands ? file->bands->reached : NULL, &profile->band_reached},
        {"bands", file->bands ? file->bands->partly : NULL, &profile->band_partly},
    };
    for (guint i = 0; i < G_N_ELEMENTS(figures); i++) {
        if (!read_figure(loaded, figures[i].text, figures[i].key, figures[i].out, error))
            return false;
    }
    profile->has_execution_weight |= file->execution_weight != NULL;
    profile->has_sign = file->sign != NULL;
    if (file->reverse)
        profile->reverse = (ZpReverse)*file->reverse;
    return true;
}

/* The default states everything, as there is nothing to take it from. */
static bool is_whole(const Loaded *loaded, GError **error)
{
    const ProfileFile *file = loaded->file;
    const struct {
        const char *key;
        bool is_there;
    } keys[] = {
        {"over_target", file->over_target},
        {"low_execution", file->low_execution},
        {"budget_adjusted", file->budget_adjusted},
        {"money_spent", file->money_spent},
        {"money_unspent", file->money_unspent},
        {"unmeasurable", file->unmeasurable},
        {"weight_total", file->weight_total},
        {"bands", file->bands},
        {"grades", file->grades_count},
    };
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (keys[i].is_there)
            continue;
        zp_error_set(error, ZP_ERROR_DATA, "%s: 缺少字段：%s", "%s: %s is missing", loaded->name,
                     keys[i].key);
        return false;
    }
    return true;
}

/* Begins with what the extended profile says; false when there is none of that name. */
static bool begin(Loaded *loaded, ZpProfileFind find, gpointer data, GError **error)
{
    const ProfileFile *file = loaded->file;
    ZpProfile *profile = &loaded->profile;
    if (!file->extends && strcmp(file->name, ZP_PROFILE_DEFAULT) == 0) {
        for (guint rule = 0; rule < ZP_RULE_COUNT; rule++)
            profile->severities[rule] = ZP_RULES[rule].severity;
        return is_whole(loaded, error);
    }
    const ZpProfile *base = find(file->extends ? file->extends : ZP_PROFILE_DEFAULT, data, error);
    if (base)
        *profile = *base;
    return base != NULL;
}

static bool read_profile(Loaded *loaded, ZpProfileFind find, gpointer data, GError **error)
{
    const ProfileFile *file = loaded->file;
    ZpProfile *profile = &loaded->profile;
    if (!begin(loaded, find, data, error))
        return false;
    profile->name = file->name;
    profile->title = file->title ? file->title : file->name;
    profile->is_forced = false;
    profile->templates = file->templates;
    profile->n_templates = file->templates_count;
    if (file->habits) {
        profile->habits = file->habits;
        profile->n_habits = file->habits_count;
    }
    read_pairs(loaded);
    if (!read_figures(loaded, error) || !read_grades(loaded, error) ||
        !read_schemes(loaded, error) || !read_severities(loaded, error))
        return false;
    for (unsigned i = 0; i < file->free_count; i++) {
        switch ((FreeThing)file->free[i]) {
        case FREE_EXECUTION_WEIGHT:
            profile->has_execution_weight = false;
            break;
        case FREE_SCHEMES:
            profile->n_schemes = 0;
            break;
        case FREE_PAIRS:
            profile->n_pairs = 0;
            break;
        }
    }
    return true;
}

ZpProfile *zp_profile_load(GBytes *bytes, const char *name, ZpProfileFind find, gpointer data,
                           GError **error)
{
    ProfileFile *file = zp_yaml_load(bytes, name, &PROFILE_MOULD, error);
    if (!file)
        return NULL;
    Loaded *loaded = g_new0(Loaded, 1);
    g_autoptr(ZpProfile) profile = &loaded->profile;
    loaded->file = file;
    loaded->name = name;
    loaded->owned = g_ptr_array_new_with_free_func(g_free);
    if (!read_profile(loaded, find, data, error)) {
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
    zp_yaml_free(loaded->file);
    g_ptr_array_unref(loaded->owned);
    g_free(loaded);
}

static bool is_among(char *const *words, guint n_words, const char *word)
{
    for (guint i = 0; i < n_words; i++) {
        if (strcmp(words[i], word) == 0)
            return true;
    }
    return false;
}

bool zp_profile_fixes(const ZpProfile *profile, const char *template_id)
{
    return profile->is_forced || is_among(profile->templates, profile->n_templates, template_id);
}

bool zp_profile_grants(const ZpProfile *profile, const char *habit)
{
    return is_among(profile->habits, profile->n_habits, habit);
}
