/*
 * resident.h - an office program that is started once and converts many files.
 *
 * Layer: parsers.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/**
 * zp_office_resident_convert: one file by the program that this process keeps; it is started with the first.
 * @program: the path of `soffice`, beside whose library it is
 * @to: "docx", "xlsx"
 * @converted: (out) (nullable) NULL with @error: that file cannot be converted, or takes longer than
 * ZP_LIMIT_OFFICE_SECONDS, or ended the program, which then is started anew for the next
 *
 * Returns: false: there is no such library, or it cannot be used; nothing is set.
 *
 * The program ends with this process.
 */
bool zp_office_resident_convert(const char *program, GBytes *input, const char *to,
                                GBytes **converted, GError **error);

/** zp_office_set_late, _failed: why a file was not converted. */
void zp_office_set_late(GError **error);
void zp_office_set_failed(GError **error);
