/*
 * letter_parts.h - what a letter is made of, for the files that print it.
 *
 * Only letter*.c include it.
 */
#pragma once

#include "output/letter.h"

/* The columns of a form's table. */
enum { LETTER_PLACE, LETTER_PRINTED, LETTER_FOLLOWS, LETTER_TODO, LETTER_COLUMNS };

typedef struct {
    char *cells[LETTER_COLUMNS];
} LetterRow;

typedef struct {
    char *heading, *file;
    GPtrArray *rows; /* of LetterRow */
} LetterForm;

struct ZpLetter {
    const ZpLetterWords *words;
    const ZpRulebook *rulebook;
    ZpLang lang;
    char *name;       /* (nullable) */
    GPtrArray *forms; /* of LetterForm: those with findings */
    guint n_forms, n_findings, n_unjudged, n_rows;
};

/**
 * letter_text: one of the texts with what stands in braces put in.
 * @form: (nullable) of the ones about a form
 */
char *letter_text(const ZpLetter *letter, ZpLetterText text);

/* The heads of the table, in the order of its columns. */
extern const ZpLetterText LETTER_HEADS[LETTER_COLUMNS];
