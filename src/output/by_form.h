/*
 * by_form.h - what was found in a file, form by form: who writes each form with its findings would else look through all of a
 * file's for each, and a file may have ZP_LIMIT_FORMS.
 */
#pragma once

#include "output/writer.h"

/** zp_result_number: which form of its file one is, from 1. */
static inline guint zp_result_number(const ZpResult *result, guint form)
{
    return result->numbers ? result->numbers[form] : form + 1;
}

typedef struct ZpByForm ZpByForm;

/**
 * zp_by_form_new: sort a file's findings and unjudged checks by form; they stay in their order.
 * @result: (transfer none) outlives it
 */
ZpByForm *zp_by_form_new(const ZpResult *result);
void zp_by_form_free(ZpByForm *by_form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpByForm, zp_by_form_free)

/**
 * zp_by_form_result: the file with all its forms, but only what was found in one of them.
 * @form: -1: what is said of the file itself
 *
 * Returns: (transfer none) good until the next one
 */
const ZpResult *zp_by_form_result(ZpByForm *by_form, int form);
