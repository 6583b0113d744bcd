/*
 * fold_table.h - the unified character of each radical, the simplified one of each traditional one.
 *
 * Private to src/base: text.c is the only reader.  It says which character a radical looks
 * like; that two spellings mean the same label is for src/rulebook.
 */
#pragma once

#include <glib.h>

#define ZP_RADICAL_FIRST 0x2E80u /* CJK Radicals Supplement begins */
#define ZP_RADICAL_LAST  0x2FD5u /* the last Kangxi radical */

/* By c - ZP_RADICAL_FIRST; 0: the character stays as it is. */
extern const guint32 ZP_RADICALS[ZP_RADICAL_LAST - ZP_RADICAL_FIRST + 1];

/* Groups of characters whose UTF-8 has the same first two bytes, from E4 80 to E9 BF. */
#define ZP_TRADITIONAL_LEAD   0xE4u
#define ZP_TRADITIONAL_GROUPS (6 * 64)

/* Pairs of a traditional and a simplified character, three bytes of UTF-8 each, in order. */
extern const char ZP_TRADITIONAL[];
/* The first pair of each group, and the count of all. */
extern const guint16 ZP_TRADITIONAL_START[ZP_TRADITIONAL_GROUPS + 1];
