/*
 * options.c - a row a key: what its value is, and where it goes.
 */
#include "lib/options.h"

#include "base/limits.h"
#include "base/nearest.h"
#include "parsers/parser.h"

#include <string.h>

/* What may be a value, and in which words that is said. */
typedef enum { TEXT, FLAG, NUMBER, CHOICE, FORMAT, BOUNDS } Type;

static const struct {
    const char *zh, *en;
} TYPES[] = {
    [TEXT] = {"非空的文本", "a text, not empty"},
    [FLAG] = {"true 或 false", "true or false"},
    [NUMBER] = {"0 到 256 的整数", "a whole number from 0 to 256"},
    [CHOICE] = {"一个文本", "a text"},
    [FORMAT] = {"一个文本", "a text"},
    [BOUNDS] = {"一个对象", "an object"},
};

typedef struct {
    const char *key;
    Type type;
    gsize offset;
    bool check_only;
    const char *const *choices; /* (nullable) the value's place in it goes to the offset */
} Key;

static const char *const LANGUAGES[] = {"zh", "en", NULL};
static const char *const MODES[] = {"never", "auto", "always", NULL};
static const char *const LEVELS[] = {"error", "warning", "note", "never", NULL};
static const ZpSeverity SEVERITIES[] = {ZP_SEVERITY_ERROR, ZP_SEVERITY_WARNING, ZP_SEVERITY_NOTE,
                                        ZP_SEVERITY_COUNT};

/* Places of choices, until they are what the options hold. */
typedef struct {
    ZpHandleOptions options;
    int ocr;
} Handle;

typedef struct {
    ZpCallOptions options;
    int lang, show;
} Call;

#define HANDLE(field) offsetof(Handle, options.field)
#define CALL(field)   offsetof(Call, options.field)

static const Key HANDLE_KEYS[] = {
    {"workers", NUMBER, HANDLE(workers), false, NULL},
    {"worker", TEXT, HANDLE(worker), false, NULL},
    {"require_sandbox", FLAG, HANDLE(require_sandbox), false, NULL},
    {"rules", TEXT, HANDLE(rules), false, NULL},
    {"profile", TEXT, HANDLE(profile), false, NULL},
    {"ocr", CHOICE, offsetof(Handle, ocr), false, MODES},
};

static const Key CALL_KEYS[] = {
    {"lang", CHOICE, offsetof(Call, lang), false, LANGUAGES},
    {"from", FORMAT, CALL(from), false, NULL},
    {"password", TEXT, CALL(password), false, NULL},
    {"config", TEXT, CALL(config), false, NULL},
    {"select", TEXT, CALL(select), true, NULL},
    {"ignore", TEXT, CALL(ignore), true, NULL},
    {"show", CHOICE, offsetof(Call, show), true, LEVELS},
    {"repairs", FLAG, CALL(repairs), true, NULL},
    {"statistics", FLAG, CALL(statistics), true, NULL},
    {"office", FLAG, CALL(office), false, NULL},
    {"limits", BOUNDS, CALL(limits), false, NULL},
};

/* The most keys of an object, and the formats. */
#define NAMES        32
#define ANSWER_BYTES "answer_bytes"

G_STATIC_ASSERT(G_N_ELEMENTS(CALL_KEYS) < NAMES && ZP_BOUND_COUNT + 1 < NAMES);

static bool fail_type(const char *key, Type type, GError **error)
{
    zp_error_set(error, ZP_ERROR_USAGE, "选项 %s 应是%s%.0s", "the option %s is %.0s%s", key,
                 TYPES[type].zh, TYPES[type].en);
    return false;
}

static bool fail_key(const char *key, const char *const *names, GError **error)
{
    zp_error_set(error, ZP_ERROR_USAGE, "没有选项 %s", "no option %s", key);
    return zp_error_meant(error, key, names);
}

static bool fail_choice(const char *key, const char *value, const char *const *choices,
                        GError **error)
{
    g_autofree char *zh = g_strjoinv("、", (char **)choices);
    g_autofree char *en = g_strjoinv(", ", (char **)choices);
    zp_error_set(error, ZP_ERROR_USAGE, "选项 %s 不能是 %s；有：%s%.0s",
                 "the option %s is not %s; there is: %.0s%s", key, value, zh, en);
    return zp_error_meant(error, value, choices);
}

static bool read_format(const char *key, const char *value, const char **target, GError **error)
{
    const char *names[NAMES] = {NULL};
    for (gsize k = 0; k < NAMES - 1 && ZP_PARSERS[k]; k++)
        names[k] = ZP_PARSERS[k]->name;
    *target = value;
    return zp_parser_by_name(value) || fail_choice(key, value, names, error);
}

static bool read_bound(const char *key, const json_t *value, ZpCallOptions *options, GError **error)
{
    const char *names[NAMES] = {ANSWER_BYTES};
    json_int_t figure = json_integer_value(value);
    for (guint bound = 0; bound < ZP_BOUND_COUNT; bound++) {
        names[bound + 1] = ZP_BOUNDS[bound].key;
        if (strcmp(key, ZP_BOUNDS[bound].key) != 0)
            continue;
        options->limits.most[bound] = (guint64)figure;
        if (figure > 0 && (guint64)figure <= ZP_BOUNDS[bound].most)
            return true;
        zp_error_set(error, ZP_ERROR_USAGE, "%s 应为 1 到 %" G_GUINT64_FORMAT " 的整数",
                     "%s is a whole number from 1 to %" G_GUINT64_FORMAT, key,
                     ZP_BOUNDS[bound].most);
        return false;
    }
    if (strcmp(key, ANSWER_BYTES) != 0)
        return fail_key(key, names, error);
    options->answer_bytes = (guint64)figure;
    if (figure > 0 && (guint64)figure <= ZP_LIMIT_ANSWER_BYTES)
        return true;
    zp_error_set(error, ZP_ERROR_USAGE, "%s 应为 1 到 %u 的整数",
                 "%s is a whole number from 1 to %u", key, ZP_LIMIT_ANSWER_BYTES);
    return false;
}

static bool read_bounds(json_t *object, ZpCallOptions *options, GError **error)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        if (!read_bound(key, value, options, error))
            return false;
    }
    return true;
}

/* Whether a value is of the type. */
static bool is_of(Type type, const json_t *value)
{
    json_int_t figure = json_integer_value(value);
    if (type == FLAG)
        return json_is_boolean(value);
    if (type == NUMBER)
        return json_is_integer(value) && figure >= 0 && figure <= ZP_LIMIT_JOBS;
    if (type == BOUNDS)
        return json_is_object(value);
    return json_is_string(value) && (type != TEXT || json_string_length(value) > 0);
}

static bool read_value(const Key *key, json_t *value, gpointer into, GError **error)
{
    gpointer target = (char *)into + key->offset;
    const char *text = json_string_value(value);
    if (!is_of(key->type, value))
        return fail_type(key->key, key->type, error);
    switch (key->type) {
    case TEXT:
        *(const char **)target = text;
        return true;
    case FLAG:
        *(bool *)target = json_is_true(value);
        return true;
    case NUMBER:
        *(guint *)target = (guint)json_integer_value(value);
        return true;
    case FORMAT:
        return read_format(key->key, text, target, error);
    case BOUNDS:
        return read_bounds(value, &((Call *)into)->options, error);
    case CHOICE:
        break;
    }
    for (int k = 0; key->choices[k]; k++) {
        if (strcmp(key->choices[k], text) == 0) {
            *(int *)target = k;
            return true;
        }
    }
    return fail_choice(key->key, text, key->choices, error);
}

static const Key *find_key(const Key *keys, gsize n, bool check, const char *name,
                           const char **names)
{
    const Key *found = NULL;
    gsize n_names = 0;
    for (gsize k = 0; k < n; k++) {
        if (keys[k].check_only && !check)
            continue;
        names[n_names++] = keys[k].key;
        if (strcmp(keys[k].key, name) == 0)
            found = &keys[k];
    }
    return found;
}

static json_t *parse(const char *text, GError **error)
{
    json_error_t why;
    gsize size = strlen(text);
    json_t *json =
        size <= ZP_LIMIT_DATA_BYTES ? json_loadb(text, size, JSON_REJECT_DUPLICATES, &why) : NULL;
    if (json && json_is_object(json))
        return json;
    if (size > ZP_LIMIT_DATA_BYTES)
        zp_error_set(error, ZP_ERROR_USAGE, "选项超过 ZP_LIMIT_DATA_BYTES（%u 字节）",
                     "the options are over ZP_LIMIT_DATA_BYTES (%u bytes)", ZP_LIMIT_DATA_BYTES);
    else if (json)
        zp_error_set(error, ZP_ERROR_USAGE, "选项应是一个 JSON 对象",
                     "the options are one JSON object");
    else
        zp_error_set(error, ZP_ERROR_USAGE, "选项不是 JSON（第 %d 行第 %d 列：%s）",
                     "the options are no JSON (line %d, column %d: %s)", why.line, why.column,
                     why.text);
    json_decref(json);
    return NULL;
}

static bool read_object(json_t *json, const Key *keys, gsize n, bool check, gpointer into,
                        GError **error)
{
    const char *name;
    json_t *value;
    json_object_foreach(json, name, value)
    {
        const char *names[NAMES] = {NULL};
        const Key *key = find_key(keys, n, check, name, names);
        if (!key)
            return fail_key(name, names, error);
        if (!read_value(key, value, into, error))
            return false;
    }
    return true;
}

bool zp_handle_options_read(const char *text, ZpHandleOptions *options, GError **error)
{
    Handle handle = {.ocr = -1};
    *options = (ZpHandleOptions){0};
    json_t *json = text ? parse(text, error) : NULL;
    options->json = json;
    if (text &&
        (!json || !read_object(json, HANDLE_KEYS, G_N_ELEMENTS(HANDLE_KEYS), true, &handle, error)))
        return false;
    *options = handle.options;
    options->json = json;
    options->has_ocr = handle.ocr >= 0;
    options->ocr = handle.ocr >= 0 ? (ZpOcrMode)handle.ocr : ZP_OCR_AUTO;
    /* What only workers can do. */
    const char *what = options->require_sandbox ? "require_sandbox" : options->has_ocr ? "ocr" : "";
    if (options->workers || !*what)
        return true;
    zp_error_set(error, ZP_ERROR_USAGE, "选项 %s 要有工作进程（workers）",
                 "the option %s needs workers", what);
    return false;
}

bool zp_call_options_read(const char *text, bool check, ZpCallOptions *options, GError **error)
{
    Call call = {.lang = 1, .show = 2, .options.answer_bytes = ZP_LIMIT_ANSWER_BYTES};
    *options = (ZpCallOptions){0};
    json_t *json = text ? parse(text, error) : NULL;
    options->json = json;
    if (text &&
        (!json || !read_object(json, CALL_KEYS, G_N_ELEMENTS(CALL_KEYS), check, &call, error)))
        return false;
    *options = call.options;
    options->json = json;
    options->lang = call.lang == 0 ? ZP_LANG_ZH : ZP_LANG_EN;
    options->show = SEVERITIES[call.show];
    return true;
}

void zp_handle_options_clear(ZpHandleOptions *options)
{
    json_decref(options->json);
    options->json = NULL;
}

void zp_call_options_clear(ZpCallOptions *options)
{
    json_decref(options->json);
    options->json = NULL;
}
