/*
 * recode.h - an original in any character set and its text as UTF-8, place by place.
 *
 * Who changes an original works on its text as UTF-8, where the parsers' byte ranges are, and brings the
 * changes back: every byte of the original outside them stays.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct {
    GBytes *original;
    GBytes *plain;       /* its text as UTF-8; the original itself where it is UTF-8 */
    const char *charset; /* static: "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030" */
    gsize mark;          /* bytes of the original before its text, where that is not UTF-8 */
} ZpRecode;

/**
 * zp_recode_open: decode an original as its parser does.
 * @declared: (nullable) the character set that it says
 *
 * Returns: false when bytes of it are no characters: then no place can be told for sure.
 */
bool zp_recode_open(ZpRecode *recode, GBytes *original, const char *declared);
void zp_recode_clear(ZpRecode *recode);

/* A place in both: in the text as UTF-8, and in the original. */
typedef struct {
    gsize plain, original;
} ZpRecodePlace;

/** zp_recode_start: where the text begins in both. */
ZpRecodePlace zp_recode_start(const ZpRecode *recode);

/** zp_recode_go: on from a place to one that lies behind it in the text as UTF-8. */
void zp_recode_go(const ZpRecode *recode, ZpRecodePlace *place, gsize plain);

/**
 * zp_recode_append: text as UTF-8, in the original's character set.
 *
 * Returns: false, nothing appended, when that lacks a character.
 */
bool zp_recode_append(const ZpRecode *recode, GString *out, const char *text);
