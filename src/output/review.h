/*
 * review.h - the sheet that a person fills in: what of a picture is in doubt, beside its picture.
 *
 * A row is a doubtful text; what is filled in comes back by --corrections (run/corrections.h), which knows the heads
 * of its columns and nothing else of the sheet.
 */
#pragma once

#include "output/writer.h"

/* The columns, in the sheet's order. */
typedef enum {
    ZP_REVIEW_FILE,
    ZP_REVIEW_FORM,
    ZP_REVIEW_PROJECT,
    ZP_REVIEW_PLACE,
    ZP_REVIEW_PAGE,
    ZP_REVIEW_PICTURE,
    ZP_REVIEW_READ,
    ZP_REVIEW_OTHERS,
    ZP_REVIEW_TEXT,
    ZP_REVIEW_WHO,
    ZP_REVIEW_WHEN,
    ZP_REVIEW_SHA256,
    ZP_REVIEW_POINTER,
    ZP_REVIEW_COLUMNS,
} ZpReviewColumn;

/* A row. */
typedef struct {
    const ZpResult *result;
    const ZpForm *form;
    guint index; /* of the form, from 0 */
    const char *pointer, *text;
    const ZpPlace *at;
    const ZpOcr *ocr;
} ZpReviewRow;

/**
 * zp_review_each: the doubtful figures of a file's forms, and behind each form's its doubtful texts.
 */
typedef void (*ZpReviewVisit)(const ZpReviewRow *row, gpointer data);
void zp_review_each(const ZpResult *result, ZpReviewVisit visit, gpointer data);

/**
 * zp_review_others: the further readings in one text.
 *
 * Returns: (transfer full)
 */
char *zp_review_others(const ZpReviewRow *row);
