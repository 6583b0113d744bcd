/*
 * letter.h - a letter to whoever filled in forms: which form, which place, what is printed, what follows, what to do.
 *
 * The wording is data (rules/letters); a letter has no date and no sender, which whoever sends it adds.
 */
#pragma once

#include "output/writer.h"
#include "rulebook/letters.h"

typedef struct ZpLetter ZpLetter;

/**
 * zp_letter_new: a letter that says nothing yet.
 * @words: (transfer none)
 * @name: (nullable) who it is to; NULL: the forms do not say
 */
ZpLetter *zp_letter_new(const ZpLetterWords *words, const ZpRulebook *rulebook, ZpLang lang,
                        const char *name);
void zp_letter_free(ZpLetter *letter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpLetter, zp_letter_free)

/** zp_letter_add: the forms of a file, and what was found in them. */
void zp_letter_add(ZpLetter *letter, const ZpResult *result);

/**
 * zp_letter_html, _docx: the letter as a page, and as a document of Word.
 * @error: ZP_ERROR_OUTPUT
 */
GBytes *zp_letter_html(const ZpLetter *letter);
GBytes *zp_letter_docx(const ZpLetter *letter, GError **error);
