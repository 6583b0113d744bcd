/*
 * compare.h - a form beside the same project's form of the year before: X04, X05, X06.
 */
#pragma once

#include "rulebook/rulebook.h"

#include <jansson.h>

/* A form as an archive keeps it. */
typedef struct {
    json_t *form;    /* as `ziping convert` prints it */
    const char *met; /* a letter an indicator: ZP_MET_LETTERS; "" where that is not known */
    const char *path;
    gint64 id; /* in the archive */
} ZpYearForm;

/**
 * zp_compare_years: what the rules over years say of a form.
 * @earlier: the year before
 * @report: findings are added, with form 0, @earlier's path as related_path and its id as related_form
 *
 * A rule that lacks a figure, a unit or an indicator of that name says nothing.
 */
void zp_compare_years(const ZpYearForm *earlier, const ZpYearForm *later, ZpReport *report);

/** zp_compare_is_copy: whether two forms have the same indicators and figures, as printed. */
bool zp_compare_is_copy(json_t *one, json_t *other);
