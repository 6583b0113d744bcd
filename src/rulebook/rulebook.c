/*
 * rulebook.c - the data files as one object.
 *
 * A small form should be checked about as fast as the program starts, so what not every run
 * needs is read when it is first asked for: the texts of the catalogue (a form without a finding
 * prints none) and the digest (only JSON shows it).  A folder of --rules is read and checked
 * whole, because its mistakes are somebody's who waits for the answer.  One run has one rulebook
 * and one thread.
 */
#include "rulebook/rulebook.h"

#include "base/error.h"
#include "resources.h"
#include "rulebook/texts.h"
#include "rulebook/yaml.h"

#include <gio/gio.h>
#include <string.h>

/* The data files, in the order of the digest. */
typedef enum {
    FILE_LABELS,
    FILE_NORMALISE,
    FILE_CATALOGUE,
    FILE_COUNT,
} File;

static const char *const FILES[FILE_COUNT] = {
    [FILE_LABELS] = "labels.yaml",
    [FILE_NORMALISE] = "normalise.yaml",
    [FILE_CATALOGUE] = "catalogue.yaml",
};

struct ZpRulebook {
    GBytes *bytes[FILE_COUNT];
    char *names[FILE_COUNT]; /* as shown in messages */
    ZpLabels *labels;
    ZpLexicon *lexicon;
    ZpProfiles *profiles;
    ZpTexts *texts; /* (nullable) until first asked for */
    char *digest;   /* (nullable) until first asked for */
};

void zp_rulebook_free(ZpRulebook *rulebook)
{
    if (!rulebook)
        return;
    for (int file = 0; file < FILE_COUNT; file++) {
        g_clear_pointer(&rulebook->bytes[file], g_bytes_unref);
        g_free(rulebook->names[file]);
    }
    zp_labels_free(rulebook->labels);
    zp_lexicon_free(rulebook->lexicon);
    zp_profiles_free(rulebook->profiles);
    zp_texts_free(rulebook->texts);
    g_free(rulebook->digest);
    g_free(rulebook);
}

/* The file of the folder, the compiled-in one when it has none. */
static bool fetch(ZpRulebook *rulebook, const char *directory, File file, bool *is_foreign,
                  GError **error)
{
    g_autofree char *path = directory ? g_build_filename(directory, FILES[file], NULL) : NULL;
    bool is_there = path && g_file_test(path, G_FILE_TEST_EXISTS);
    *is_foreign |= is_there;
    rulebook->names[file] = is_there ? g_filename_display_name(path) : g_strdup(FILES[file]);
    rulebook->bytes[file] = zp_rulebook_bytes(is_there ? directory : NULL, FILES[file], error);
    return rulebook->bytes[file] != NULL;
}

/* The files and the profiles; a folder of --rules has at least one of them. */
static bool fetch_all(ZpRulebook *rulebook, const char *directory, GError **error)
{
    bool is_foreign = false;
    for (int file = 0; file < FILE_COUNT; file++) {
        if (!fetch(rulebook, directory, (File)file, &is_foreign, error))
            return false;
    }
    rulebook->profiles = zp_profiles_open(directory, &is_foreign, error);
    if (!rulebook->profiles)
        return false;
    g_autofree char *letters = directory ? g_build_filename(directory, "letters", NULL) : NULL;
    is_foreign |=
        letters && g_file_test(letters, G_FILE_TEST_IS_DIR); /* read when one is written */
    if (!directory || is_foreign)
        return true;
    g_autofree char *shown = g_filename_display_name(directory);
    zp_error_set(error, ZP_ERROR_DATA,
                 "%s: 这个目录里没有一个规则数据文件（%s、%s、%s、profiles/*.yaml）",
                 "%s: none of the data files is in this folder (%s, %s, %s, profiles/*.yaml)",
                 shown, FILES[FILE_LABELS], FILES[FILE_NORMALISE], FILES[FILE_CATALOGUE]);
    return false;
}

static bool load_labels(ZpRulebook *rulebook, bool compile, GError **error)
{
    GBytes *bytes = rulebook->bytes[FILE_LABELS];
    const char *name = rulebook->names[FILE_LABELS];
    rulebook->labels = zp_labels_load(bytes, name, error);
    if (rulebook->labels && (!compile || zp_labels_compile(rulebook->labels, error)))
        return true;
    zp_yaml_locate(error, bytes, name);
    return false;
}

static bool load_lexicon(ZpRulebook *rulebook, bool compile, GError **error)
{
    rulebook->lexicon =
        zp_lexicon_load(rulebook->bytes[FILE_NORMALISE], rulebook->names[FILE_NORMALISE], error);
    return rulebook->lexicon && (!compile || zp_lexicon_compile(rulebook->lexicon, error));
}

static bool load_texts(ZpRulebook *rulebook, GError **error)
{
    rulebook->texts =
        zp_texts_load(rulebook->bytes[FILE_CATALOGUE], rulebook->names[FILE_CATALOGUE], error);
    return rulebook->texts != NULL;
}

ZpRulebook *zp_rulebook_open(const char *directory, GError **error)
{
    bool is_foreign = directory != NULL;
    g_autoptr(ZpRulebook) rulebook = g_new0(ZpRulebook, 1);
    if (!fetch_all(rulebook, directory, error) || !load_labels(rulebook, is_foreign, error) ||
        !load_lexicon(rulebook, is_foreign, error) || (is_foreign && !load_texts(rulebook, error)))
        return NULL;
    return g_steal_pointer(&rulebook);
}

const ZpLabels *zp_rulebook_labels(const ZpRulebook *rulebook)
{
    return rulebook->labels;
}

const ZpLexicon *zp_rulebook_lexicon(const ZpRulebook *rulebook)
{
    return rulebook->lexicon;
}

const ZpProfile *zp_rulebook_profile(const ZpRulebook *rulebook, const ZpForm *form)
{
    return zp_profiles_pick(rulebook->profiles, form);
}

void zp_rulebook_choose_profile(const ZpRulebook *rulebook, ZpForm *form)
{
    zp_profiles_choose(rulebook->profiles, form);
}

bool zp_rulebook_force_profile(ZpRulebook *rulebook, const char *name, GError **error)
{
    return zp_profiles_force(rulebook->profiles, name, error);
}

bool zp_rulebook_has_profile(const ZpRulebook *rulebook, const char *name)
{
    return zp_profiles_forces(rulebook->profiles, name) ||
           zp_profiles_find(rulebook->profiles, name, NULL) != NULL;
}

bool zp_rulebook_profile_meant(const ZpRulebook *rulebook, const char *word, GError **error)
{
    return zp_profiles_meant(rulebook->profiles, word, error);
}

const char *zp_rulebook_profile_title(const ZpRulebook *rulebook, const char *name, ZpLang lang)
{
    return lang == ZP_LANG_ZH ? zp_profiles_title(rulebook->profiles, name) : name;
}

const char *zp_rulebook_template_title(const ZpRulebook *rulebook, const char *id, ZpLang lang)
{
    return lang == ZP_LANG_ZH ? zp_labels_template_name(rulebook->labels, id) : id;
}

/* Name and length before the bytes, so that no two sets of files run together alike. */
static void digest_file(GChecksum *sum, const char *name, GBytes *bytes)
{
    gsize size;
    const guchar *data = g_bytes_get_data(bytes, &size);
    g_autofree char *head = g_strdup_printf("%s %" G_GSIZE_FORMAT "\n", name, size);
    g_checksum_update(sum, (const guchar *)head, -1);
    g_checksum_update(sum, data, (gssize)size);
}

static char *make_digest(const ZpRulebook *rulebook)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (int file = 0; file < FILE_COUNT; file++)
        digest_file(sum, FILES[file], rulebook->bytes[file]);
    zp_profiles_digest(rulebook->profiles, sum);
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++) {
        const ZpRuleRow *row = &ZP_RULES[rule];
        g_autofree char *line = g_strdup_printf("%s %s %s %d\n", row->code, row->name,
                                                zp_severity_name(row->severity), row->scope);
        g_checksum_update(sum, (const guchar *)line, -1);
    }
    return g_strconcat("sha256:", g_checksum_get_string(sum), NULL);
}

const char *zp_rulebook_digest(const ZpRulebook *rulebook)
{
    ZpRulebook *self = (ZpRulebook *)rulebook;
    if (!self->digest)
        self->digest = make_digest(rulebook);
    return self->digest;
}

/* NULL only when the compiled-in texts are wrong, which a test of the build rules out. */
static const ZpTexts *texts_of(const ZpRulebook *rulebook)
{
    ZpRulebook *self = (ZpRulebook *)rulebook;
    if (!self->texts)
        load_texts(self, NULL);
    return self->texts;
}

const char *zp_rulebook_sentence(const ZpRulebook *rulebook, ZpRule rule, ZpLang lang)
{
    const ZpTexts *texts = texts_of(rulebook);
    return texts ? zp_texts_sentence(texts, rule, lang) : ZP_RULES[rule].name;
}

/* What a {name} stands for; NULL when nothing is called so. */
static const char *argument_text(const ZpFinding *finding, const char *name, gsize length,
                                 ZpLang lang)
{
    const struct {
        const char *name, *text;
    } own[] = {
        {"stated", finding->stated}, {"expected", finding->expected}, {"habit", finding->habit}};
    for (guint i = 0; i < G_N_ELEMENTS(own); i++) {
        if (strlen(own[i].name) == length && memcmp(own[i].name, name, length) == 0)
            return own[i].text ? own[i].text : "";
    }
    for (guint i = 0; finding->arguments && i < finding->arguments->len; i++) {
        const ZpArgument *argument = &g_array_index(finding->arguments, ZpArgument, i);
        if (strlen(argument->name) == length && memcmp(argument->name, name, length) == 0)
            return zp_lang_pick(lang, argument->text, argument->en ? argument->en : argument->text);
    }
    return NULL;
}

/* Appends the placeholder at the open brace; returns the text behind it. */
static const char *append_placeholder(GString *out, const char *open, const ZpFinding *finding,
                                      ZpLang lang)
{
    const char *close = strchr(open, '}');
    const char *text =
        close ? argument_text(finding, open + 1, (gsize)(close - open - 1), lang) : NULL;
    if (!text) {
        g_string_append_c(out, '{');
        return open + 1;
    }
    g_string_append(out, text);
    return close + 1;
}

char *zp_rulebook_message(const ZpRulebook *rulebook, const ZpFinding *finding, ZpLang lang)
{
    const ZpTexts *texts = texts_of(rulebook);
    if (!texts)
        return g_strdup(ZP_RULES[finding->rule].name);
    const char *at = zp_texts_template(texts, (ZpRule)finding->rule, finding->message, lang);
    GString *out = g_string_sized_new(160);
    for (const char *open; (open = strchr(at, '{'));) {
        g_string_append_len(out, at, open - at);
        at = append_placeholder(out, open, finding, lang);
    }
    g_string_append(out, at);
    return g_string_free(out, FALSE);
}

/* --- pages --- */

/* The part behind a marker line, up to the next marker; blank lines at both ends off. */
static void append_section(GString *out, const char *page, const char *marker)
{
    const char *start = strstr(page, marker);
    if (!start)
        return;
    start += strlen(marker);
    start += strspn(start, "\n");
    const char *end = strstr(start, "\n<!-- ");
    gsize length = end ? (gsize)(end - start) : strlen(start);
    while (length && start[length - 1] == '\n')
        length--;
    if (!length)
        return;
    g_string_append_c(out, '\n');
    g_string_append_len(out, start, (gssize)length);
    g_string_append_c(out, '\n');
}

char *zp_rulebook_page(const ZpRulebook *rulebook, ZpRule rule, ZpLang lang)
{
    (void)rulebook; /* pages are always the compiled-in ones */
    g_autofree char *path = g_strdup_printf("/ziping/docs/rules/%s.md", ZP_RULES[rule].code);
    g_autoptr(GBytes) bytes = g_resource_lookup_data(zp_rulebook_get_resource(), path, 0, NULL);
    if (!bytes)
        return NULL;
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    g_autofree char *page = g_strndup(data, size);
    GString *out = g_string_new_len(page, (gssize)strcspn(page, "\n"));
    g_string_append_c(out, '\n');
    append_section(out, page, zp_lang_pick(lang, "<!-- zh -->", "<!-- en -->"));
    append_section(out, page, "<!-- examples -->");
    return g_string_free(out, FALSE);
}
