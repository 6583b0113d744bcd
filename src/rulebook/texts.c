/*
 * texts.c - catalogue.yaml, made of the heads of the rule pages or of a folder of --rules:
 *
 *     rules:
 *       - code: F01
 *         sentence: {zh: …, en: …}
 *         messages:
 *           - {when: default, zh: …, en: …}
 *           - {when: up, zh: …, en: …}
 */
#include "rulebook/texts.h"

#include "base/error.h"
#include "rulebook/yaml.h"

#include <string.h>

typedef struct {
    char *when, *zh, *en;
} Message;

typedef struct {
    char *code;
    ZpBoth sentence;
    Message *messages;
    unsigned messages_count;
} Entry;

typedef struct {
    Entry *rules;
    unsigned rules_count;
} TextsFile;

struct ZpTexts {
    TextsFile *file;
    const Entry *entries[ZP_RULE_COUNT];
};

static const ZpField MESSAGE_FIELDS[] = {
    ZP_FIELD(Message, when, "when", TEXT, ZP_MUST),
    ZP_FIELD(Message, zh, "zh", TEXT, ZP_MUST),
    ZP_FIELD(Message, en, "en", TEXT, ZP_MUST),
    ZP_FIELDS_END,
};
static const ZpMould MESSAGE_MOULD = {sizeof(Message), MESSAGE_FIELDS};
static const ZpField ENTRY_FIELDS[] = {
    ZP_FIELD(Entry, code, "code", TEXT, ZP_MUST),
    ZP_FIELD(Entry, sentence, "sentence", ROW, ZP_MUST, .row = &ZP_BOTH_MOULD),
    ZP_LIST(Entry, messages, "messages", ROWS, ZP_LEAST(1), .row = &MESSAGE_MOULD),
    ZP_FIELDS_END,
};
static const ZpMould ENTRY_MOULD = {sizeof(Entry), ENTRY_FIELDS};
static const ZpField TEXTS_FIELDS[] = {
    ZP_LIST(TextsFile, rules, "rules", ROWS, ZP_MUST, .row = &ENTRY_MOULD),
    ZP_FIELDS_END,
};
static const ZpMould TEXTS_MOULD = {sizeof(TextsFile), TEXTS_FIELDS};

/* The message of that name, NULL when there is none. */
static const Message *find_message(const Entry *entry, const char *when)
{
    for (unsigned i = 0; i < entry->messages_count; i++) {
        if (strcmp(entry->messages[i].when, when) == 0)
            return &entry->messages[i];
    }
    return NULL;
}

static bool take_entry(ZpTexts *texts, const Entry *entry, const char *name, GError **error)
{
    int rule = zp_rule_find(entry->code);
    if (rule < 0 || strcmp(ZP_RULES[rule].code, entry->code) != 0) {
        zp_error_set(error, ZP_ERROR_DATA, "%s: 没有规则 \"%s\"", "%s: there is no rule \"%s\"",
                     name, entry->code);
        return false;
    }
    if (texts->entries[rule]) {
        zp_error_set(error, ZP_ERROR_DATA, "%s: 规则 \"%s\" 出现两次",
                     "%s: rule \"%s\" stands there twice", name, entry->code);
        return false;
    }
    if (!find_message(entry, "default")) {
        zp_error_set(error, ZP_ERROR_DATA, "%s: 规则 \"%s\" 缺少 when: default 的文字",
                     "%s: rule \"%s\" has no message for default", name, entry->code);
        return false;
    }
    texts->entries[rule] = entry;
    return true;
}

static bool take_entries(ZpTexts *texts, const char *name, GError **error)
{
    for (unsigned i = 0; i < texts->file->rules_count; i++) {
        if (!take_entry(texts, &texts->file->rules[i], name, error))
            return false;
    }
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++) {
        if (texts->entries[rule])
            continue;
        zp_error_set(error, ZP_ERROR_DATA, "%s: 缺少规则 %s", "%s: rule %s is missing", name,
                     ZP_RULES[rule].code);
        return false;
    }
    return true;
}

ZpTexts *zp_texts_load(GBytes *bytes, const char *name, GError **error)
{
    TextsFile *file = zp_yaml_load(bytes, name, &TEXTS_MOULD, error);
    if (!file)
        return NULL;
    g_autoptr(ZpTexts) texts = g_new0(ZpTexts, 1);
    texts->file = file;
    if (!take_entries(texts, name, error)) {
        zp_yaml_locate(error, bytes, name);
        return NULL;
    }
    return g_steal_pointer(&texts);
}

void zp_texts_free(ZpTexts *texts)
{
    if (!texts)
        return;
    zp_yaml_free(texts->file);
    g_free(texts);
}

const char *zp_texts_sentence(const ZpTexts *texts, ZpRule rule, ZpLang lang)
{
    const ZpBoth *sentence = &texts->entries[rule]->sentence;
    return zp_lang_pick(lang, sentence->zh, sentence->en);
}

const char *zp_texts_template(const ZpTexts *texts, ZpRule rule, const char *message, ZpLang lang)
{
    const Entry *entry = texts->entries[rule];
    const Message *found = message ? find_message(entry, message) : NULL;
    if (!found)
        found = find_message(entry, "default");
    return zp_lang_pick(lang, found->zh, found->en);
}
