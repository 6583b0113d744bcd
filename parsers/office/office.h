/*
 * office.h - older office files, converted by an installed LibreOffice and then read as DOCX or XLSX.
 *
 * Only used where the user asks for it (`--office`), so it is not in the table of parsers.
 */
#pragma once

#include "parsers/parser.h"

/* Its name, "office", is the `format` of the result: it says that the file was converted.  A file's
 * note says so too. */
extern const ZpParser zp_office_parser;

/**
 * zp_office_takes: whether an office program can make a readable file of one that begins so.
 * @head: the beginning of a file, or all of it
 */
bool zp_office_takes(GBytes *head);

/**
 * zp_office_program: the LibreOffice that `--office` starts, from PATH.
 *
 * Returns: (nullable) NULL when there is none.
 */
char *zp_office_program(void);
