/*
 * conditional.h - the conditional formats of a sheet: what they make of the way in which a cell is shown.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/xlsx/number.h"
#include "parsers/xlsx/private.h"

/* The conditional formats of a sheet. */
typedef struct ZpXlsxConditions ZpXlsxConditions;

/* What they make of one cell. */
typedef struct {
    const ZpNumberFormat *format; /* (nullable) instead of its own */
    ZpXlsxSight sight;            /* of its own look and theirs */
    bool may_format, may_hide;    /* by a condition that is not worked out */
} ZpXlsxCondition;

/* How a cell's number is compared. */
typedef enum {
    ZP_XLSX_LESS,
    ZP_XLSX_AT_MOST,
    ZP_XLSX_EQUAL,
    ZP_XLSX_UNEQUAL,
    ZP_XLSX_AT_LEAST,
    ZP_XLSX_MORE,
    ZP_XLSX_BETWEEN,
    ZP_XLSX_OUTSIDE,
    ZP_XLSX_UNKNOWN, /* by a condition that is not worked out */
} ZpXlsxRelation;

/**
 * zp_xlsx_conditions_new: none yet.
 */
ZpXlsxConditions *zp_xlsx_conditions_new(ZpXlsxStyles *styles);

/**
 * zp_xlsx_conditions_add: one more, behind those that are there; the first that holds is the only one.
 * @ranges: of ZpXlsxRange
 * @limits: what numbers are compared with; of one comparison only the first
 * @change: its format is theirs from now on
 */
void zp_xlsx_conditions_add(ZpXlsxConditions *conditions, const GArray *ranges,
                            ZpXlsxRelation relation, const ZpXlsxNumber limits[2],
                            ZpXlsxChange *change);

/**
 * zp_xlsx_conditions_read: the conditional formats of a sheet's part.
 *
 * Returns: (nullable) NULL: there are none that matter.
 */
ZpXlsxConditions *zp_xlsx_conditions_read(const ZpWorkbook *workbook, GBytes *part,
                                          const char *name);
void zp_xlsx_conditions_free(ZpXlsxConditions *conditions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpXlsxConditions, zp_xlsx_conditions_free)

/**
 * zp_xlsx_conditions_find: what they make of a cell.
 * @text, @length: its stored number; what is none is a text
 * @style: its own
 */
ZpXlsxCondition zp_xlsx_conditions_find(const ZpXlsxConditions *conditions, guint32 row,
                                        guint32 col, const char *text, gsize length,
                                        const ZpXlsxStyle *style);
