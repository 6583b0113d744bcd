/*
 * kinds.h - kinds of file that no parser reads, known by their first bytes.
 *
 * A picture, an archive or an Office file gets a D01 that names the kind and says what to do,
 * instead of a complaint about strange bytes.  A parser that is sure of its own format is
 * asked first, so a row here needs no change when its parser arrives.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct {
    const char *id;                    /* "png": for tests */
    const char *name_zh, *name_en;     /* "PNG 图片", "a PNG picture" */
    const char *advice_zh, *advice_en; /* what to do with it, a clause */
    const char *office_to; /* (nullable) what an Office program can make of it: "docx", "xlsx" */
} ZpKind;

/**
 * zp_kind_of: the foreign kind that the bytes begin like.
 * @head: the beginning of a file, ZP_LIMIT_PROBE_BYTES at most
 *
 * Returns: (nullable) (transfer none) NULL when they begin like no kind of the table.
 */
const ZpKind *zp_kind_of(GBytes *head);

/**
 * zp_kind_by_id: the kind of an id.
 *
 * Returns: (nullable)
 */
const ZpKind *zp_kind_by_id(const char *id);

/**
 * zp_kind_passed_over: the kind of a file that no parser takes: by its content, else by the suffix of
 * a kind without one (a mail).
 * @input: the whole file
 *
 * Returns: (nullable)
 */
const ZpKind *zp_kind_passed_over(GBytes *input, const char *path);

/**
 * zp_kind_may_hold_forms: whether it is one that forms are sent in, so that not reading it must be said.
 */
bool zp_kind_may_hold_forms(const ZpKind *kind);

/** zp_kind_is: whether the bytes begin like the kind of that id. */
bool zp_kind_is(GBytes *head, const char *id);

/**
 * zp_kind_look_inside: what an OLE2 file holds by the names of its streams.
 * @kind: as zp_kind_of says
 * @input: the whole file
 *
 * Returns: (transfer none) a Word, Excel or PowerPoint document, or an encrypted one (its id is
 * "encrypted"); @kind itself when the streams say nothing, or for any other kind.
 */
const ZpKind *zp_kind_look_inside(const ZpKind *kind, GBytes *input);
