/*
 * error.h - why we could not do our job.
 *
 * One GError domain.  A message is made in both languages where it is first known, because
 * only there its details are; which of them is shown is decided by whoever prints it.
 * Statements about a document are findings (model/finding.h), never errors.
 */
#pragma once

#include "base/text.h"

#include <glib.h>

#define ZP_ERROR zp_error_quark()

typedef enum {
    ZP_ERROR_IO,        /* missing, unreadable, no permission */
    ZP_ERROR_LIMIT,     /* over a named limit of base/limits.h */
    ZP_ERROR_DAMAGED,   /* the bytes are not what their kind promises */
    ZP_ERROR_ENCRYPTED, /* needs a password */
    ZP_ERROR_KIND,      /* a kind of file that no parser knows */
    ZP_ERROR_USAGE,     /* wrong command line or configuration */
    ZP_ERROR_DATA,      /* a data file under rules/ is wrong */
    ZP_ERROR_OUTPUT,    /* the result could not be written */
    ZP_ERROR_STARVED,   /* too few descriptors, too little memory: not the file's fault */
} ZpErrorCode;

GQuark zp_error_quark(void);

/**
 * zp_error_set: make an error with its message in both languages.
 * @error: (nullable) where to; must hold no error yet
 * @zh, @en: printf formats that take the same arguments in the same order
 */
void zp_error_set(GError **error, ZpErrorCode code, const char *zh, const char *en, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/** zp_error_append: put something behind the message. */
void zp_error_append(GError *error, const char *zh, const char *en);

/**
 * zp_error_text: the message in one language.
 *
 * Returns: (transfer none) for a foreign GError its only message.
 */
const char *zp_error_text(const GError *error, ZpLang lang);
