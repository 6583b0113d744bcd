/*
 * ledger_compare.h - whether a figure of a form is the one of the ledger.
 */
#pragma once

#include "model/ledger.h"
#include "rulebook/lexicon.h"

typedef enum {
    ZP_AGREES,
    ZP_AGREES_ROUNDED, /* one is the other with fewer places: half up, */
    ZP_AGREES_ROUNDED_UP,
    ZP_AGREES_ROUNDED_DOWN,
    ZP_AGREES_NOT,
    ZP_AGREES_UNKNOWN, /* one side prints no unit of money, and some unit would make them agree */
} ZpAgreement;

typedef enum {
    ZP_OF_MONEY,
    ZP_OF_RATE,
    ZP_OF_SCORE,
} ZpNature;

typedef struct {
    const ZpValue *value; /* holds a number */
    const char *unit;     /* (nullable) of money, where the value prints none */
} ZpAmountOf;

/**
 * zp_ledger_compare: exact, but for the units of money and for 0.88 beside 88%.
 * Source: rules.md, X08.
 */
ZpAgreement zp_ledger_compare(const ZpLexicon *lexicon, ZpNature nature, const ZpAmountOf *stated,
                              const ZpAmountOf *listed);
