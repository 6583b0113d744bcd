/*
 * letters.c - rules/letters/unit.yaml: each text in both languages, and advice by rule.
 */
#include "rulebook/letters.h"

#include "base/error.h"
#include "rulebook/yaml.h"

#include <string.h>

typedef struct {
    char *code, *zh, *en;
} Advice;

typedef struct {
    ZpBoth texts[ZP_LETTER_TEXT_COUNT];
    Advice *advice;
    unsigned advice_count;
} LettersFile;

struct ZpLetterWords {
    LettersFile *file;
};

static const ZpField ADVICE_FIELDS[] = {
    ZP_FIELD(Advice, code, "code", TEXT, ZP_MUST),
    ZP_FIELD(Advice, zh, "zh", TEXT, ZP_MUST),
    ZP_FIELD(Advice, en, "en", TEXT, ZP_MUST),
    ZP_FIELDS_END,
};
static const ZpMould ADVICE_MOULD = {sizeof(Advice), ADVICE_FIELDS};

#define TEXT_ROW(number, key)                                                                      \
    ZP_FIELD(LettersFile, texts[number], key, ROW, ZP_MUST, .row = &ZP_BOTH_MOULD)
static const ZpField FILE_FIELDS[] = {
    TEXT_ROW(ZP_LETTER_TITLE, "title"),
    TEXT_ROW(ZP_LETTER_GREETING, "greeting"),
    TEXT_ROW(ZP_LETTER_OPENING, "opening"),
    TEXT_ROW(ZP_LETTER_CLEAN, "clean"),
    TEXT_ROW(ZP_LETTER_FORM, "form"),
    TEXT_ROW(ZP_LETTER_YEAR, "year"),
    TEXT_ROW(ZP_LETTER_FILE, "file"),
    TEXT_ROW(ZP_LETTER_PLACE, "place"),
    TEXT_ROW(ZP_LETTER_PRINTED, "printed"),
    TEXT_ROW(ZP_LETTER_FOLLOWS, "follows"),
    TEXT_ROW(ZP_LETTER_TODO, "todo"),
    TEXT_ROW(ZP_LETTER_CLOSING, "closing"),
    TEXT_ROW(ZP_LETTER_SIGNATURE, "signature"),
    TEXT_ROW(ZP_LETTER_UNNAMED, "unnamed"),
    TEXT_ROW(ZP_LETTER_MORE, "more"),
    ZP_LIST(LettersFile, advice, "advice", ROWS, ZP_LEAST(1), .row = &ADVICE_MOULD),
    ZP_FIELDS_END,
};
static const ZpMould FILE_MOULD = {sizeof(LettersFile), FILE_FIELDS};

/* The longest beginning of a rule's code that there is advice for. */
static const Advice *find_advice(const LettersFile *file, const char *code)
{
    const Advice *found = NULL;
    for (unsigned k = 0; k < file->advice_count; k++) {
        const Advice *advice = &file->advice[k];
        if (g_str_has_prefix(code, advice->code) &&
            (!found || strlen(advice->code) > strlen(found->code)))
            found = advice;
    }
    return found;
}

ZpLetterWords *zp_letter_words_load(const char *directory, const char *name, GError **error)
{
    g_autofree char *path = directory ? g_build_filename(directory, name, NULL) : NULL;
    bool is_there = path && g_file_test(path, G_FILE_TEST_EXISTS);
    g_autoptr(GBytes) bytes = zp_rulebook_bytes(is_there ? directory : NULL, name, error);
    LettersFile *file =
        bytes ? zp_yaml_load(bytes, is_there ? path : name, &FILE_MOULD, error) : NULL;
    if (!file)
        return NULL;
    ZpLetterWords *words = g_new0(ZpLetterWords, 1);
    words->file = file;
    for (int rule = 0; rule < ZP_RULE_COUNT; rule++) {
        const char *code = ZP_RULES[rule].code;
        if (code[0] == 'R' || find_advice(file, code))
            continue;
        zp_error_set(error, ZP_ERROR_DATA, "%s: 没有写明规则 %s 的问题怎么办",
                     "%s: there is no advice for findings of rule %s", name, code);
        zp_letter_words_free(words);
        return NULL;
    }
    return words;
}

void zp_letter_words_free(ZpLetterWords *words)
{
    if (!words)
        return;
    zp_yaml_free(words->file);
    g_free(words);
}

const char *zp_letter_words(const ZpLetterWords *words, ZpLetterText text, ZpLang lang)
{
    const ZpBoth *both = &words->file->texts[text];
    return zp_lang_pick(lang, both->zh, both->en);
}

const char *zp_letter_advice(const ZpLetterWords *words, ZpRule rule, ZpLang lang)
{
    const Advice *advice = find_advice(words->file, ZP_RULES[rule].code);
    return advice ? zp_lang_pick(lang, advice->zh, advice->en) : "";
}
