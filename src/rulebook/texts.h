/*
 * texts.h - what the rules say (catalogue.yaml): a sentence and message templates a rule.
 */
#pragma once

#include "rulebook/catalogue.h"

typedef struct ZpTexts ZpTexts;

/**
 * zp_texts_load, _free: read catalogue.yaml; every rule of the catalogue must be there, once, with
 * a message "default".
 * @name: how the file is called in messages
 * @error: ZP_ERROR_DATA with file and, where there is one, line
 */
ZpTexts *zp_texts_load(GBytes *bytes, const char *name, GError **error);
void zp_texts_free(ZpTexts *texts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpTexts, zp_texts_free)

/** zp_texts_sentence: what the rule says, in one sentence. */
const char *zp_texts_sentence(const ZpTexts *texts, ZpRule rule, ZpLang lang);

/**
 * zp_texts_template: one of its message templates.
 * @message: (nullable) which; the "default" one when there is none of that name
 */
const char *zp_texts_template(const ZpTexts *texts, ZpRule rule, const char *message, ZpLang lang);
