/*
 * test_rulebook.c - the data files: what is compiled in is right, and a mistake in a file of
 * --rules is told with file and line.
 */
#include "rulebook/rulebook.h"
#include "table.h"

#include "base/error.h"
#include "base/limits.h"
#include "rulebook/texts.h"
#include "rulebook/yaml.h"

#include <criterion/criterion.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static ZpRulebook *open_compiled_in(void)
{
    g_autoptr(GError) error = NULL;
    ZpRulebook *rulebook = zp_rulebook_open(NULL, &error);
    cr_assert_not_null(rulebook, "%s", error ? zp_error_text(error, ZP_LANG_EN) : "");
    return rulebook;
}

/* --- folders of --rules --- */

static char *make_folder(void)
{
    char *folder = g_dir_make_tmp("ziping-rules-XXXXXX", NULL);
    g_autofree char *profiles = g_build_filename(folder, "profiles", NULL);
    g_mkdir(profiles, 0700);
    return folder;
}

static void put_file(const char *folder, const char *name, const char *data, gsize size)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    cr_assert(g_file_set_contents(path, data, (gssize)size, NULL));
}

static void remove_folder(const char *folder)
{
    static const char *const NAMES[] = {"labels.yaml", "normalise.yaml", "catalogue.yaml",
                                        "profiles/default.yaml", "profiles"};
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        g_autofree char *path = g_build_filename(folder, NAMES[i], NULL);
        g_remove(path);
    }
    g_rmdir(folder);
}

/* The message of opening a folder with one file in it; NULL when it opened. */
static char *open_with(const char *name, const char *data, gsize size)
{
    g_autofree char *folder = make_folder();
    put_file(folder, name, data, size);
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(folder, &error);
    remove_folder(folder);
    if (rulebook)
        return NULL;
    cr_assert(g_error_matches(error, ZP_ERROR, ZP_ERROR_DATA), "%s", error->message);
    cr_assert_not_null(strstr(zp_error_text(error, ZP_LANG_ZH), name));
    const char *text = zp_error_text(error, ZP_LANG_EN);
    cr_assert(g_str_has_prefix(text, folder), "%s", text);
    return g_strdup(text + strlen(folder) + 1);
}

/* A change of a compiled-in file, and how the message begins (%u: the line of `line_of`). */
typedef struct {
    const char *file, *from, *to; /* every file has `from`; NULL: the whole file is `to` */
    const char *line_of;          /* the error is in the line that has this; NULL: line 1 */
    const char *says;
} Mistake;

static const Mistake MISTAKES[] = {
    {"normalise.yaml", NULL, "", NULL, "empty"},
    {"normalise.yaml", NULL, "# nothing\n", NULL, "empty"},
    {"normalise.yaml", NULL, "- 1\n", NULL, "key: value"},
    {"normalise.yaml", "scales:", "scalse:", "scalse:", "unknown key: scalse"},
    {"normalise.yaml", "rate_indicators:", "scales:", "scales: [预算", "scales stands twice"},
    {"normalise.yaml", "power: 8", "power: acht", "power: acht", "acht"},
    {"normalise.yaml", "power: 8", "power: 99", "power: 99", "power"},
    {"normalise.yaml", "op: gt", "op: gtt", "op: gtt", "gtt"},
    {"normalise.yaml", "is: range", "is: rnage", "is: rnage", "rnage"},
    {"normalise.yaml", "{name: number, pattern: '[-+−△▲]?", "{name: number, pattern: '[-+−△▲?",
     "{name: number", "wrong at byte"},
    {"normalise.yaml", "^(?:[^0-9年]|", "^(?:[^0-9年]|)))", "^(?:[^0-9年]|)))", "wrong at byte"},
    {"normalise.yaml", "'^{lead}{0,2}\\s?在?", "'^{laed}{0,2}\\s?在?", "{laed}", "{laed}"},
    {"normalise.yaml", "scales:\n", "scales: [\n", NULL, NULL},
    {"labels.yaml", "furniture:", "furnitures:", "furnitures:", "furnitures"},
    {"labels.yaml", "year: '(?", "year: '(((\\(?", "year: '(((", "wrong at byte"},
    {"labels.yaml", NULL, "", NULL, "empty"},
    {"profiles/default.yaml", "over_target: 1.3", "over_target: 1,3", "over_target", "1,3"},
    {"profiles/default.yaml", "weight: 50", "weight: fifty", "fifty", "fifty"},
    {"profiles/default.yaml", "execution_weight: 10", "execution_weight: -10", "-10", "-10"},
    {"profiles/default.yaml", "low_execution: 90", "low_excution: 90", "low_excution",
     "low_excution"},
    {"profiles/default.yaml", "name: 良, also: [良好], from: 80", "name: 良, from: 95", "from: 95",
     "良"},
    {"profiles/default.yaml", "{name: 差, also: [较差]}", "{name: 差, from: 1}", "{name: 差", "差"},
    {"profiles/default.yaml", "{name: 中, also: [中等, 一般], from: 60}", "{name: 中}", "{name: 中",
     "中"},
    {"profiles/default.yaml", "  - {name: 差, also: [较差]}\n", "", NULL, NULL},
    {"profiles/default.yaml", "weight_total: 100 ", "#", NULL, "weight_total"},
    {"profiles/default.yaml", NULL, "", NULL, "empty"},
    {"profiles/default.yaml", NULL, "name: a\n---\nname: b\n", NULL, NULL},
    {"catalogue.yaml", NULL, "rules: []\n", NULL, "D01"},
    {"catalogue.yaml", NULL, "", NULL, "empty"},
    {"catalogue.yaml", "code: F01", "code: F99", "F99", "\"F99\""},
    {"catalogue.yaml", "code: F02", "code: F01", NULL, "twice"},
};

/* The text of a compiled-in file with the change made; a change that does not apply fails. */
static char *with_mistake(const Mistake *mistake, gsize *size)
{
    g_autoptr(GBytes) bytes = zp_rulebook_bytes(NULL, mistake->file, NULL);
    const char *data = g_bytes_get_data(bytes, size);
    g_autofree char *text = g_strndup(data, *size);
    if (!mistake->from) {
        *size = strlen(mistake->to);
        return g_strdup(mistake->to);
    }
    char *at = strstr(text, mistake->from);
    cr_assert_not_null(at, "%s has no %s", mistake->file, mistake->from);
    g_autofree char *head = g_strndup(text, (gsize)(at - text));
    char *changed = g_strconcat(head, mistake->to, at + strlen(mistake->from), NULL);
    *size = strlen(changed);
    return changed;
}

static guint line_with(const char *text, const char *needle)
{
    const char *found = strstr(text, needle);
    cr_assert_not_null(found, "%s", needle);
    guint line = 1;
    for (const char *at = text; at < found; at++)
        line += *at == '\n';
    return line;
}

TableRows(rulebook, mistakes)
{
    static int indexes[G_N_ELEMENTS(MISTAKES)];
    for (guint i = 0; i < G_N_ELEMENTS(MISTAKES); i++)
        indexes[i] = (int)i;
    return cr_make_param_array(int, indexes, G_N_ELEMENTS(MISTAKES));
}

TableTest(int *index, rulebook, mistakes)
{
    const Mistake *mistake = &MISTAKES[*index];
    gsize size;
    g_autofree char *text = with_mistake(mistake, &size);
    g_autofree char *message = open_with(mistake->file, text, size);
    cr_assert_not_null(message, "%s: opened in spite of %s", mistake->file, mistake->to);
    cr_assert(g_str_has_prefix(message, mistake->file), "%s", message);
    if (mistake->says)
        cr_assert_not_null(strstr(message, mistake->says), "%s", message);
    if (!mistake->line_of)
        return;
    g_autofree char *place =
        g_strdup_printf("%s:%u: ", mistake->file, line_with(text, mistake->line_of));
    cr_assert(g_str_has_prefix(message, place), "expected %s: %s", place, message);
}

Test(rulebook, bad_utf8_has_its_line)
{
    static const char DATA[] = "name: a\nover_target: \"\xff\"\n";
    g_autofree char *message = open_with("profiles/default.yaml", DATA, sizeof DATA - 1);
    cr_assert(g_str_has_prefix(message, "profiles/default.yaml:2: "), "%s", message);
}

Test(rulebook, huge_file)
{
    gsize size = ZP_LIMIT_DATA_BYTES + 1;
    g_autofree char *data = g_strnfill(size, '#');
    g_autofree char *message = open_with("labels.yaml", data, size);
    cr_assert_not_null(strstr(message, "ZP_LIMIT_DATA_BYTES"), "%s", message);
}

Test(rulebook, folder_without_files)
{
    g_autofree char *folder = make_folder();
    g_autoptr(GError) error = NULL;
    cr_assert_null(zp_rulebook_open(folder, &error));
    cr_assert(g_error_matches(error, ZP_ERROR, ZP_ERROR_DATA));
    remove_folder(folder);
    g_clear_error(&error);
    cr_assert_null(zp_rulebook_open("/nonexistent/folder", &error));
    cr_assert(g_error_matches(error, ZP_ERROR, ZP_ERROR_DATA));
}

static const ZpProfile *any_profile(const ZpRulebook *rulebook)
{
    g_autoptr(ZpForm) form = zp_form_new();
    form->template_id = "unknown";
    return zp_rulebook_profile(rulebook, form);
}

/* One file of a folder replaces its compiled-in one; the others stay. */
Test(rulebook, one_file_replaced)
{
    static const Mistake CHANGE = {"profiles/default.yaml", "over_target: 1.3", "over_target: 2",
                                   NULL, NULL};
    gsize size;
    g_autofree char *text = with_mistake(&CHANGE, &size);
    g_autofree char *folder = make_folder();
    put_file(folder, CHANGE.file, text, size);
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpRulebook) changed = zp_rulebook_open(folder, &error);
    remove_folder(folder);
    cr_assert_not_null(changed, "%s", error ? error->message : "");
    cr_assert_eq(any_profile(changed)->over_target.coefficient, 2);
    g_autoptr(ZpRulebook) own = open_compiled_in();
    cr_assert_str_neq(zp_rulebook_digest(own), zp_rulebook_digest(changed));
}

/* The compiled-in files, read as a foreign folder: every pattern compiles, no line is wrong. */
Test(rulebook, compiled_in_is_right)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpRulebook) foreign = zp_rulebook_open(ZP_SOURCE_DIR "/rules", &error);
    cr_assert_not_null(foreign, "%s", error ? zp_error_text(error, ZP_LANG_EN) : "");
    g_autoptr(ZpRulebook) own = open_compiled_in();
    cr_assert_str_eq(zp_rulebook_digest(own), zp_rulebook_digest(foreign));
    cr_assert(g_str_has_prefix(zp_rulebook_digest(own), "sha256:"));
    cr_assert_eq(strlen(zp_rulebook_digest(own)), strlen("sha256:") + 64);
}

/* --- profile --- */

static void assert_figure(ZpDecimal figure, const char *expected)
{
    char text[ZP_DECIMAL_TEXT_MAX];
    cr_assert_str_eq(zp_decimal_print(figure, text), expected);
}

/* What a form of a template is judged by. */
static const ZpProfile *profile_of(const ZpRulebook *rulebook, const char *template_id)
{
    g_autoptr(ZpForm) form = zp_form_new();
    form->template_id = template_id;
    return zp_rulebook_profile(rulebook, form);
}

Test(rulebook, profile)
{
    g_autoptr(ZpRulebook) rulebook = open_compiled_in();
    const ZpProfile *profile = profile_of(rulebook, "central");
    cr_assert_str_eq(profile->name, "default");
    assert_figure(profile->over_target, "1.3");
    assert_figure(profile->low_execution, "90");
    assert_figure(profile->weight_total, "100");
    assert_figure(profile->execution_weight, "10");
    assert_figure(profile->grades[0].from, "90");
    assert_figure(profile->grades[2].from, "60");
    cr_assert_str_eq(profile->grades[0].name, "优");
    cr_assert_str_eq(profile->grades[3].name, "差");
    cr_assert_eq(profile->n_schemes, 2);
    cr_assert_eq(profile->reverse, ZP_REVERSE_BOTH);
    cr_assert_eq(profile->n_habits, 0);
    cr_assert_eq(profile->severities[ZP_RULE_F01], ZP_SEVERITY_ERROR);
}

/* Of a further profile only what differs is stated. */
Test(rulebook, profile_extends_the_default)
{
    g_autoptr(ZpRulebook) rulebook = open_compiled_in();
    const ZpProfile *hubei = profile_of(rulebook, "hubei");
    cr_assert_str_eq(hubei->name, "hubei");
    assert_figure(hubei->execution_weight, "20");
    assert_figure(hubei->band_partly, "0.5");
    assert_figure(hubei->over_target, "1.3");
    cr_assert_eq(hubei->n_schemes, 0);
    cr_assert_eq(hubei->reverse, ZP_REVERSE_QUOTIENT);
    cr_assert_str_eq(hubei->grades[1].name, "良");
    const ZpProfile *ningxia = profile_of(rulebook, "ningxia");
    cr_assert(!ningxia->has_execution_weight);
    cr_assert_eq(ningxia->n_schemes, 1);
}

/* Every scheme spreads the whole. */
Test(rulebook, schemes_sum_to_the_whole)
{
    static const char *const TEMPLATES[] = {"central", "hubei", "sichuan", "ningxia", "yinchuan"};
    g_autoptr(ZpRulebook) rulebook = open_compiled_in();
    for (guint i = 0; i < G_N_ELEMENTS(TEMPLATES); i++) {
        const ZpProfile *profile = profile_of(rulebook, TEMPLATES[i]);
        cr_assert(zp_profile_fixes(profile, TEMPLATES[i]), "%s", TEMPLATES[i]);
        for (guint k = 0; k < profile->n_schemes; k++) {
            ZpDecimal sum = zp_decimal_from_int(0);
            for (guint n = 0; n < profile->schemes[k].n_weights; n++)
                zp_decimal_add(sum, profile->schemes[k].weights[n].weight, &sum);
            cr_assert_eq(zp_decimal_compare(sum, profile->weight_total), 0, "%s", TEMPLATES[i]);
        }
    }
}

/* --- catalogue, messages, pages --- */

Test(rulebook, rules_by_code_and_name)
{
    cr_assert_eq(zp_rule_find("F01"), ZP_RULE_F01);
    cr_assert_eq(zp_rule_find("f01"), ZP_RULE_F01);
    cr_assert_eq(zp_rule_find("execution-rate"), ZP_RULE_F01);
    cr_assert_eq(zp_rule_find("F99"), -1);
    cr_assert_eq(zp_rule_find(""), -1);
}

Test(rulebook, every_rule_speaks)
{
    g_autoptr(ZpRulebook) rulebook = open_compiled_in();
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++) {
        for (int lang = 0; lang < ZP_LANG_COUNT; lang++) {
            const char *sentence = zp_rulebook_sentence(rulebook, (ZpRule)rule, (ZpLang)lang);
            cr_assert(*sentence && !g_str_equal(sentence, ZP_RULES[rule].name), "%s",
                      ZP_RULES[rule].code);
            g_autofree char *page = zp_rulebook_page(rulebook, (ZpRule)rule, (ZpLang)lang);
            cr_assert_not_null(page, "%s", ZP_RULES[rule].code);
        }
    }
}

/* The whole catalogue.yaml of a test: every rule says `zh` and `en`. */
static ZpTexts *texts_saying(const char *zh, const char *en)
{
    g_autoptr(GString) yaml = g_string_new("rules:\n");
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++)
        g_string_append_printf(yaml,
                               "  - code: %s\n    sentence: {zh: 句, en: sentence}\n"
                               "    messages:\n      - {when: default, zh: '%s', en: '%s'}\n"
                               "      - {when: up, zh: 进, en: up}\n",
                               ZP_RULES[rule].code, zh, en);
    g_autoptr(GBytes) bytes = g_bytes_new(yaml->str, yaml->len);
    g_autoptr(GError) error = NULL;
    ZpTexts *texts = zp_texts_load(bytes, "catalogue.yaml", &error);
    cr_assert_not_null(texts, "%s", error ? error->message : "");
    return texts;
}

Test(rulebook, templates_by_name)
{
    g_autoptr(ZpTexts) texts = texts_saying("默认", "default text");
    cr_assert_str_eq(zp_texts_template(texts, ZP_RULE_F01, "up", ZP_LANG_EN), "up");
    cr_assert_str_eq(zp_texts_template(texts, ZP_RULE_F01, "up", ZP_LANG_ZH), "进");
    cr_assert_str_eq(zp_texts_template(texts, ZP_RULE_F01, "cut", ZP_LANG_EN), "default text");
    cr_assert_str_eq(zp_texts_template(texts, ZP_RULE_F01, NULL, ZP_LANG_ZH), "默认");
    cr_assert_str_eq(zp_texts_sentence(texts, ZP_RULE_F01, ZP_LANG_EN), "sentence");
}

/* A finding through a folder whose catalogue holds one template; what it says. */
static char *message_of(const char *template_en, const ZpFinding *finding)
{
    g_autoptr(GString) yaml = g_string_new("rules:\n");
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++)
        g_string_append_printf(yaml,
                               "  - code: %s\n    sentence: {zh: 句, en: sentence}\n"
                               "    messages:\n      - {when: default, zh: 句, en: '%s'}\n",
                               ZP_RULES[rule].code, template_en);
    g_autofree char *folder = make_folder();
    put_file(folder, "catalogue.yaml", yaml->str, yaml->len);
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(folder, &error);
    remove_folder(folder);
    cr_assert_not_null(rulebook, "%s", error ? error->message : "");
    return zp_rulebook_message(rulebook, finding, ZP_LANG_EN);
}

static const struct {
    const char *template_text, *expected;
} MESSAGES[] = {
    {"{stated} is not {expected}", "88.82% is not 88.81%"},
    {"{habit}", "up"},
    {"of {budget}, {who}", "of 100, the unit"},
    {"{unknown} stays", "{unknown} stays"},
    {"{stated", "{stated"},
    {"{", "{"},
    {"{}", "{}"},
    {"{{stated}}", "{88.82%}"},
    {"no placeholder", "no placeholder"},
    {"{state}{statedx}", "{state}{statedx}"},
};

TableRows(rulebook, messages)
{
    static int indexes[G_N_ELEMENTS(MESSAGES)];
    for (guint i = 0; i < G_N_ELEMENTS(MESSAGES); i++)
        indexes[i] = (int)i;
    return cr_make_param_array(int, indexes, G_N_ELEMENTS(MESSAGES));
}

TableTest(int *index, rulebook, messages)
{
    g_autoptr(ZpReport) report = zp_report_new();
    ZpFinding *finding = zp_report_add_finding(report);
    finding->rule = ZP_RULE_F01;
    finding->stated = g_strdup("88.82%");
    finding->expected = g_strdup("88.81%");
    finding->habit = "up";
    zp_finding_argument(finding, "budget", "100", NULL);
    zp_finding_argument(finding, "who", "单位", "the unit");
    g_autofree char *message = message_of(MESSAGES[*index].template_text, finding);
    cr_assert_str_eq(message, MESSAGES[*index].expected);
}

/* Title, the section of the language, the examples; nothing of the other language's section. */
Test(rulebook, page_in_one_language)
{
    g_autoptr(ZpRulebook) rulebook = open_compiled_in();
    g_autofree char *zh = zp_rulebook_page(rulebook, ZP_RULE_F01, ZP_LANG_ZH);
    g_autofree char *en = zp_rulebook_page(rulebook, ZP_RULE_F01, ZP_LANG_EN);
    cr_assert(g_str_has_prefix(zh, "# F01 execution-rate"));
    cr_assert(g_str_has_prefix(en, "# F01 execution-rate"));
    cr_assert_not_null(strstr(zh, "## 公式"));
    cr_assert_null(strstr(en, "## 公式"));
    cr_assert_not_null(strstr(en, "## Formula"));
    cr_assert_null(strstr(zh, "## Formula"));
    const char *pages[] = {zh, en};
    for (guint i = 0; i < G_N_ELEMENTS(pages); i++) {
        cr_assert_not_null(strstr(pages[i], "```form pass"));
        cr_assert_null(strstr(pages[i], "<!--"));
        cr_assert_null(strstr(pages[i], "\n\n\n"));
        cr_assert(g_str_has_suffix(pages[i], "\n") && !g_str_has_suffix(pages[i], "\n\n"));
    }
}

Test(rulebook, free_takes_null)
{
    zp_rulebook_free(NULL);
    zp_lexicon_free(NULL);
    zp_profile_free(NULL);
    zp_texts_free(NULL);
}
