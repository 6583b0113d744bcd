/*
 * passed_over.h - files in folders that were passed over unread, as reports for people tell them.
 */
#pragma once

#include "output/writer.h"

/** zp_passed_over_new: a row of ZpSummary.unread, with a copy of the path. */
ZpPassedOver *zp_passed_over_new(const char *path, const ZpPassedOver *kind);
void zp_passed_over_free(ZpPassedOver *unread);

/** zp_passed_over_count: those that may hold forms. */
guint zp_passed_over_count(const ZpSummary *summary);

/**
 * zp_nothing_is_wrong: whether a run may end with 没有问题: all that was there to judge was judged, and is right.
 */
bool zp_nothing_is_wrong(const ZpSummary *summary);

/**
 * zp_passed_over_each: a text for each kind, in the order of its first file: "3 files not read: an old Word
 * document (.doc, .wps); add --office …: a.doc, b.doc, c.doc"; the same advice stands once.
 * @all: name every file, else the first ones
 */
void zp_passed_over_each(const ZpSummary *summary, bool all, ZpLang lang,
                         void (*call)(const char *text, bool may_hold, gpointer data),
                         gpointer data);

/**
 * zp_passed_over_files: a text for each file that may hold forms: "not read: a RTF document; add --office …"; the
 * same advice stands only where it is first due.
 */
void zp_passed_over_files(const ZpSummary *summary, ZpLang lang,
                          void (*call)(const ZpPassedOver *unread, const char *text, gpointer data),
                          gpointer data);

/* The severity, rule and code of such a file, as reports for programs have it. */
#define ZP_UNREAD "unread"
