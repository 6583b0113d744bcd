/*
 * letters.h - the wording of letters (the files of rules/letters).
 */
#pragma once

#include "rulebook/catalogue.h"

typedef enum {
    ZP_LETTER_TITLE,
    ZP_LETTER_GREETING,
    ZP_LETTER_OPENING,
    ZP_LETTER_CLEAN,
    ZP_LETTER_FORM,
    ZP_LETTER_YEAR,
    ZP_LETTER_FILE,
    ZP_LETTER_PLACE,
    ZP_LETTER_PRINTED,
    ZP_LETTER_FOLLOWS,
    ZP_LETTER_TODO,
    ZP_LETTER_CLOSING,
    ZP_LETTER_SIGNATURE,
    ZP_LETTER_UNNAMED,
    ZP_LETTER_MORE,
    ZP_LETTER_TEXT_COUNT,
} ZpLetterText;

typedef struct ZpLetterWords ZpLetterWords;

/**
 * zp_letter_words_load, _free: read a file of wording.
 * @directory: (nullable) of --rules
 * @error: ZP_ERROR_DATA with file and line
 */
ZpLetterWords *zp_letter_words_load(const char *directory, const char *name, GError **error);
void zp_letter_words_free(ZpLetterWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpLetterWords, zp_letter_words_free)

/** zp_letter_words: one of the texts, its braces still in it. */
const char *zp_letter_words(const ZpLetterWords *words, ZpLetterText text, ZpLang lang);

/** zp_letter_advice: what to do about a finding of a rule. */
const char *zp_letter_advice(const ZpLetterWords *words, ZpRule rule, ZpLang lang);
