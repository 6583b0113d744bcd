/*
 * letter.h - mails (.eml) and saved web pages (.mht): what tells one, and the module that takes it apart.
 */
#pragma once

#include "parsers/mail/module.h"

#include <stdbool.h>

/* Bytes that tell a letter: what carried it may have put many lines in front. */
#define ZP_LETTER_HEAD 4096u

/**
 * zp_letter_is: whether a file begins as a letter does: lines `Name: value`, two of them such as only letters have.
 * @head: its first ZP_LETTER_HEAD bytes, or all of it
 */
bool zp_letter_is(GBytes *head);

/**
 * zp_letter_load: open the module.
 * @error: ZP_ERROR_IO, saying what to install
 *
 * Returns: (nullable)
 */
const ZpMailModule *zp_letter_load(GError **error);

/** zp_letter_is_tried: whether it was loaded, or cannot be. */
bool zp_letter_is_tried(void);

/** zp_letter_use: take a module that is linked in. */
void zp_letter_use(const ZpMailModule *module);
