/*
 * workbook_plans.h - the sheets of the workbook of `check` and their columns.
 */
#pragma once

#include "output/sheet.h"

typedef enum {
    ZP_SHEET_SUMMARY,
    ZP_SHEET_FINDINGS,
    ZP_SHEET_FORMS,
    ZP_SHEET_FUNDS,
    ZP_SHEET_INDICATORS,
    ZP_SHEET_UNREAD,
    ZP_SHEET_COUNT,
} ZpSheetId;

extern const ZpSheetPlan ZP_WORKBOOK_PLANS[ZP_SHEET_COUNT];
