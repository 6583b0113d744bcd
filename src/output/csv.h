/*
 * csv.h - what the CSV tables have in common.
 */
#pragma once

#include "output/writer.h"

/** zp_csv_mark: the byte order mark, where Excel is to open the table. */
void zp_csv_mark(ZpWriting *writing);

/**
 * zp_csv_is_chinese: whether heads and severities are words for people: with --excel in Chinese; else they are names
 * for programs in every language.
 */
bool zp_csv_is_chinese(const ZpWriting *writing);
