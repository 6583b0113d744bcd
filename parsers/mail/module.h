/*
 * module.h - what the program asks of the mail module.
 *
 * GMime brings GnuPG's and other libraries along, so it is linked to a module that is opened for the first letter.
 */
#pragma once

#include <glib.h>

/* The symbol that the module exports. */
#define ZP_MAIL_MODULE_SYMBOL "zp_mail_module"

/* What of a letter a part is. */
typedef enum {
    ZP_LETTER_FILE,  /* attached */
    ZP_LETTER_INNER, /* a letter in the letter */
    ZP_LETTER_BODY,  /* what it says itself */
    ZP_LETTER_ASIDE, /* the body over again, a signature, a picture or style of the page: nothing to read */
    ZP_LETTER_LOCKED, /* encrypted, or shut in a signature */
} ZpLetterUse;

typedef struct {
    ZpLetterUse use;
    char *name; /* as it says, in whatever characters; never empty */
    gpointer object;
} ZpLetterPart;

typedef struct {
    GPtrArray *parts; /* of ZpLetterPart, in the letter's order */
    guint too_deep; /* parts inside each other beyond ZP_LIMIT_LETTER_DEPTH, which are not listed */
    gpointer message;
} ZpLetter;

typedef struct {
    const char *version; /* of the program it was built with; others do not fit */
    ZpLetter *(*open)(GBytes *bytes);
    GBytes *(*unpack)(const ZpLetterPart *part);
    void (*close)(ZpLetter *letter);
} ZpMailModule;

extern const ZpMailModule zp_mail_module;
