/*
 * fold_table.h - the unified character of each radical, for folding.
 *
 * Private to src/base: text.c is the only reader.  It says which character a radical looks
 * like; that two spellings mean the same label is for src/rulebook.
 *
 * Layer: base.
 */
#pragma once

#include <glib.h>

#define ZP_RADICAL_FIRST 0x2E80u /* CJK Radicals Supplement begins */
#define ZP_RADICAL_LAST  0x2FD5u /* the last Kangxi radical */

/* By c - ZP_RADICAL_FIRST; 0: the character stays as it is. */
extern const guint32 ZP_RADICALS[ZP_RADICAL_LAST - ZP_RADICAL_FIRST + 1];
