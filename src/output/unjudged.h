/*
 * unjudged.h - the checks that could not be made, as every report tells them.
 *
 * What was skipped is not passed.  Formats for programs list every place; where people read, the
 * places of a form are grouped by the reason.
 */
#pragma once

#include "output/writer.h"

/* The severity of a row in formats that have one: below every severity of a finding. */
#define ZP_UNJUDGED "unjudged"

/** zp_unjudged_name: "未判断" or "unjudged". */
const char *zp_unjudged_name(ZpLang lang);

/**
 * zp_unjudged_count: the checks of a form, or with @form -1 of the file itself, that could not be made.
 */
guint zp_unjudged_count(const ZpReport *report, int form);

/* The checks of a form that one reason forbids. */
typedef struct {
    const char *reason; /* of the report */
    guint count;        /* places */
    char *rules;        /* "S05、S06", in the order of the catalogue */
} ZpUnjudgedGroup;

/**
 * zp_unjudged_groups: all groups of a form, in the order of their first place.
 *
 * Returns: (transfer full) of ZpUnjudgedGroup; not to outlive @report
 */
GArray *zp_unjudged_groups(const ZpReport *report, int form, ZpLang lang);

/**
 * zp_unjudged_sentence: one line for a form: "form 1: 2 checks could not be made (not counted as passed): the
 * form is not whole (D04): W01, S01 (2)".
 *
 * Returns: (transfer full)
 */
char *zp_unjudged_sentence(const ZpReport *report, int form, ZpLang lang);

/** zp_unjudged_form: the form that an unevaluated check is of; NULL: the file itself. */
const ZpForm *zp_unjudged_form(const ZpResult *result, const ZpUnevaluated *unevaluated);

/** zp_unjudged_reason: why it could not be made. */
const char *zp_unjudged_reason(const ZpUnevaluated *unevaluated, ZpLang lang);

/* Reasons over a whole run, and how often each. */
typedef struct ZpReasons ZpReasons;

ZpReasons *zp_reasons_new(void);
void zp_reasons_free(ZpReasons *reasons);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpReasons, zp_reasons_free)

/**
 * zp_reasons_add: count the reasons of a file.  Past ZP_LIMIT_REASONS different ones, a new one is
 * counted among the others.
 */
void zp_reasons_add(ZpReasons *reasons, const ZpReport *report, ZpLang lang);

/** zp_reasons_append: the most frequent reasons, a line each, and how many checks have others. */
void zp_reasons_append(GString *out, const ZpReasons *reasons, ZpLang lang);

/** zp_reasons_hang: the column that the reasons begin at, for lines that are broken. */
guint zp_reasons_hang(ZpLang lang);
