/*
 * nearest.h - "did you mean": what somebody who mistyped a word wanted to say.
 */
#pragma once

#include "base/error.h"

/**
 * zp_nearest: the candidate that a mistyped word is nearest to, by edit distance.
 * @names: ends with NULL
 *
 * Returns: (nullable) (transfer none) NULL when none is near.
 */
const char *zp_nearest(const char *word, const char *const *names);

/**
 * zp_meant: the same for the values of an option, which people also shorten (warn, jso), call by their program (Excel)
 * or say in Chinese (警告).
 */
const char *zp_meant(const char *word, const char *const *names);

/** zp_meant_text: "; did you mean X?", to stand behind a message; "" where nothing is near. */
char *zp_meant_text(const char *word, const char *const *names, ZpLang lang);

/**
 * zp_error_meant: put it behind the message of an error, in both languages.
 *
 * Returns: false, so that who sets an error can return at once.
 */
bool zp_error_meant(GError **error, const char *word, const char *const *names);
