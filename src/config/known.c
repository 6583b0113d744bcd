/*
 * known.c - baselines: read, counted, written.
 *
 *     {"schema": "ziping/baseline/1", "version": "0.1.0", "findings": [
 *     {"code": "F04", "severity": "error", "count": 1, "fingerprint": "…", "path": …, …},
 *     …
 *     ]}
 *
 * One finding a line, sorted by code and fingerprint, so that a change of a baseline is easy to
 * review.  `path`, `project` and `field` are for the reader only.
 */
#include "config/known.h"

#include "base/error.h"
#include "base/limits.h"
#include "config/bytes.h"
#include "config/settings.h"

#include <jansson.h>
#include <string.h>

struct ZpKnown {
    GPtrArray *findings;     /* of ZpKnownFinding */
    GHashTable *by_identity; /* fingerprint → GPtrArray of ZpKnownFinding, borrowed */
};

static void free_finding(gpointer data)
{
    ZpKnownFinding *finding = data;
    g_free(finding->fingerprint);
    g_free(finding->path);
    g_free(finding->project);
    g_free(finding->field);
    g_free(finding->message);
    g_free(finding);
}

ZpKnown *zp_known_new(void)
{
    ZpKnown *known = g_new0(ZpKnown, 1);
    known->findings = g_ptr_array_new_with_free_func(free_finding);
    known->by_identity =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    return known;
}

void zp_known_free(ZpKnown *known)
{
    if (!known)
        return;
    g_hash_table_unref(known->by_identity);
    g_ptr_array_unref(known->findings);
    g_free(known);
}

const GPtrArray *zp_known_findings(const ZpKnown *known)
{
    return known->findings;
}

static void insert(ZpKnown *known, ZpKnownFinding *finding)
{
    GPtrArray *alike = g_hash_table_lookup(known->by_identity, finding->fingerprint);
    if (!alike) {
        alike = g_ptr_array_new();
        g_hash_table_insert(known->by_identity, finding->fingerprint, alike);
    }
    g_ptr_array_add(alike, finding);
    g_ptr_array_add(known->findings, finding);
}

static const ZpForm *form_of(const GPtrArray *forms, int index)
{
    return forms && index >= 0 && (guint)index < forms->len ? g_ptr_array_index(forms, index)
                                                            : NULL;
}

/* The field without the separators that only the fingerprint needs. */
static char *readable(const char *field)
{
    char *text = g_strdup(field ? field : "");
    for (char *at = text; *at; at++) {
        if (*at == '\x1f')
            *at = '/';
    }
    return text;
}

static ZpKnownFinding *find(const ZpKnown *known, const ZpFinding *finding)
{
    const GPtrArray *alike = g_hash_table_lookup(known->by_identity, finding->fingerprint);
    for (guint k = 0; alike && k < alike->len; k++) {
        ZpKnownFinding *one = g_ptr_array_index(alike, k);
        if (one->rule == finding->rule && one->severity == finding->severity)
            return one;
    }
    return NULL;
}

void zp_known_add(ZpKnown *known, const char *path, const GPtrArray *forms,
                  const ZpFinding *finding)
{
    if (zp_rule_is_about_input(finding->rule))
        return;
    ZpKnownFinding *one = find(known, finding);
    if (one) {
        one->count++;
        one->left++;
        return;
    }
    const ZpForm *form = form_of(forms, finding->form);
    one = g_new0(ZpKnownFinding, 1);
    *one = (ZpKnownFinding){.rule = (ZpRule)finding->rule,
                            .severity = finding->severity,
                            .count = 1,
                            .left = 1,
                            .fingerprint = g_strdup(finding->fingerprint),
                            .path = zp_text_valid(path, strlen(path), NULL),
                            .project = g_strdup(form ? form->project.text : NULL),
                            .field = readable(finding->field)};
    insert(known, one);
}

bool zp_known_take(ZpKnown *known, const ZpFinding *finding, bool is_strict)
{
    const GPtrArray *alike = g_hash_table_lookup(known->by_identity, finding->fingerprint);
    for (guint k = 0; alike && k < alike->len; k++) {
        ZpKnownFinding *one = g_ptr_array_index(alike, k);
        if (one->left == 0 || (is_strict && one->severity < finding->severity))
            continue;
        one->left--;
        return true;
    }
    return false;
}

guint zp_known_forget_gone(ZpKnown *known)
{
    guint forgotten = 0;
    for (guint k = 0; k < known->findings->len; k++) {
        ZpKnownFinding *one = g_ptr_array_index(known->findings, k);
        forgotten += one->left;
        one->count -= one->left;
        one->left = 0;
    }
    return forgotten;
}

/* --- writing --- */

static int compare(gconstpointer a, gconstpointer b)
{
    const ZpKnownFinding *first = *(const ZpKnownFinding *const *)a;
    const ZpKnownFinding *second = *(const ZpKnownFinding *const *)b;
    int order = strcmp(ZP_RULES[first->rule].code, ZP_RULES[second->rule].code);
    if (order == 0)
        order = strcmp(first->fingerprint, second->fingerprint);
    return order != 0 ? order : (int)second->severity - (int)first->severity;
}

static void put_text(json_t *object, const char *key, const char *text)
{
    g_autofree char *valid = text ? zp_text_valid(text, strlen(text), NULL) : NULL;
    json_object_set_new(object, key, valid ? json_string(valid) : json_null());
}

void zp_known_print(const ZpKnown *known, GString *out)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    for (guint k = 0; k < known->findings->len; k++)
        g_ptr_array_add(sorted, g_ptr_array_index(known->findings, k));
    g_ptr_array_sort(sorted, compare);
    guint n = 0;
    g_string_append_printf(
        out, "{\"schema\": \"ziping/baseline/1\", \"version\": \"%s\", \"findings\": [",
        ZP_VERSION);
    for (guint k = 0; k < sorted->len; k++) {
        const ZpKnownFinding *one = g_ptr_array_index(sorted, k);
        if (one->count == 0)
            continue;
        g_string_append(out, n++ > 0 ? ",\n" : "\n");
        json_t *object = json_object();
        put_text(object, "code", ZP_RULES[one->rule].code);
        put_text(object, "severity", zp_severity_name(one->severity));
        json_object_set_new(object, "count", json_integer((json_int_t)one->count));
        put_text(object, "fingerprint", one->fingerprint);
        put_text(object, "path", one->path);
        put_text(object, "project", one->project);
        put_text(object, "field", one->field);
        char *line = json_dumps(object, 0);
        g_string_append(out, line ? line : "{}");
        free(line);
        json_decref(object);
    }
    g_string_append(out, "\n]}\n");
}

/* --- reading --- */

/* A JSON file of ours: its top object, with the schema it should have. */
static json_t *read_json(const char *path, const char *schema, GError **error)
{
    g_autofree char *shown = g_filename_display_name(path);
    g_autoptr(GBytes) bytes =
        zp_config_bytes(path, ZP_LIMIT_INPUT_BYTES, "ZP_LIMIT_INPUT_BYTES", error);
    if (!bytes)
        return NULL;
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);
    json_error_t wrong;
    json_t *top = json_loadb(data ? data : "", size, JSON_REJECT_DUPLICATES, &wrong);
    if (!top) {
        zp_error_set(error, ZP_ERROR_USAGE, "%s:%d: JSON 有误：%s", "%s:%d: wrong JSON: %s", shown,
                     MAX(wrong.line, 1), wrong.text);
        return NULL;
    }
    const char *found = json_string_value(json_object_get(top, "schema"));
    if (found && strcmp(found, schema) == 0)
        return top;
    json_decref(top);
    zp_error_set(error, ZP_ERROR_USAGE, "%s:1: 应为 %s 的文件，不是 %s",
                 "%s:1: expected a file of %s, not of %s", shown, schema, found ? found : "?");
    return NULL;
}

static char *text_of(const json_t *object, const char *key)
{
    return g_strdup(json_string_value(json_object_get(object, key)));
}

/* The rule, severity and fingerprint of an entry; false when one is missing or wrong. */
static bool read_identity(const json_t *entry, ZpKnownFinding *one)
{
    const char *code = json_string_value(json_object_get(entry, "code"));
    const char *severity = json_string_value(json_object_get(entry, "severity"));
    const char *fingerprint = json_string_value(json_object_get(entry, "fingerprint"));
    int rule = code ? zp_rule_find(code) : -1;
    int level = severity ? zp_severity_find(severity) : -1;
    if (rule < 0 || level < 0 || level == ZP_SEVERITY_OFF || !fingerprint)
        return false;
    one->rule = (ZpRule)rule;
    one->severity = (ZpSeverity)level;
    one->fingerprint = g_strdup(fingerprint);
    return true;
}

static bool set_entry_error(GError **error, const char *path, gsize index)
{
    g_autofree char *shown = g_filename_display_name(path);
    zp_error_set(
        error, ZP_ERROR_USAGE,
        "%s: findings 的第 %" G_GSIZE_FORMAT " 项有误（code、severity、fingerprint、count）",
        "%s: entry %" G_GSIZE_FORMAT " of findings is wrong (code, severity, fingerprint, count)",
        shown, index + 1);
    return false;
}

static bool read_entry(ZpKnown *known, const json_t *entry, const char *path, gsize index,
                       GError **error)
{
    json_int_t count = json_integer_value(json_object_get(entry, "count"));
    ZpKnownFinding *one = g_new0(ZpKnownFinding, 1);
    if (!read_identity(entry, one) || count < 1 || count > G_MAXINT) {
        free_finding(one);
        return set_entry_error(error, path, index);
    }
    one->count = one->left = (guint)count;
    one->path = text_of(entry, "path");
    one->project = text_of(entry, "project");
    one->field = text_of(entry, "field");
    insert(known, one);
    if (!zp_rule_is_about_input(one->rule))
        return true;
    g_autofree char *shown = g_filename_display_name(path);
    zp_error_set(error, ZP_ERROR_USAGE, "%s: 第 %" G_GSIZE_FORMAT " 项：%s 不能列入基线",
                 "%s: entry %" G_GSIZE_FORMAT ": %s can never be in a baseline", shown, index + 1,
                 ZP_RULES[one->rule].code);
    return false;
}

ZpKnown *zp_known_read_baseline(const char *path, GError **error)
{
    json_t *top = read_json(path, "ziping/baseline/1", error);
    if (!top)
        return NULL;
    g_autoptr(ZpKnown) known = zp_known_new();
    const json_t *list = json_object_get(top, "findings");
    bool done = json_is_array(list) || set_entry_error(error, path, 0);
    for (gsize k = 0; done && k < json_array_size(list); k++)
        done = read_entry(known, json_array_get(list, k), path, k, error);
    json_decref(top);
    return done ? g_steal_pointer(&known) : NULL;
}

/* The project of the form that a finding of a report is about. */
static char *project_of(const json_t *file, const json_t *finding)
{
    const json_t *index = json_object_get(finding, "form");
    if (!json_is_integer(index))
        return NULL;
    const json_t *form =
        json_array_get(json_object_get(file, "forms"), (size_t)json_integer_value(index));
    return text_of(form, "project");
}

static bool read_report_file(ZpKnown *known, const json_t *file, const char *path, GError **error)
{
    const json_t *list = json_object_get(file, "findings");
    if (!json_is_array(list))
        return set_entry_error(error, path, 0);
    for (gsize k = 0; k < json_array_size(list); k++) {
        const json_t *entry = json_array_get(list, k);
        ZpKnownFinding *one = g_new0(ZpKnownFinding, 1);
        if (!read_identity(entry, one)) {
            free_finding(one);
            return set_entry_error(error, path, k);
        }
        one->count = one->left = 1;
        one->path = text_of(file, "path");
        one->project = project_of(file, entry);
        one->field = text_of(entry, "pointer");
        one->message = text_of(entry, "message");
        insert(known, one);
    }
    return true;
}

ZpKnown *zp_known_read_report(const char *path, GError **error)
{
    json_t *top = read_json(path, "ziping/check/1", error);
    if (!top)
        return NULL;
    g_autoptr(ZpKnown) known = zp_known_new();
    const json_t *files = json_object_get(top, "files");
    bool done = json_is_array(files) || set_entry_error(error, path, 0);
    for (gsize k = 0; done && k < json_array_size(files); k++)
        done = read_report_file(known, json_array_get(files, k), path, error);
    json_decref(top);
    return done ? g_steal_pointer(&known) : NULL;
}
