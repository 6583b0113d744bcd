/*
 * bounds.h - the limits of one file that a user may set: how much time, memory, pages, …
 *
 * limits.h has the figures that hold when nobody sets anything, and the limits that nobody can set.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef enum {
#define ZP_BOUND(bound, option, value, size, key, otherwise, most, zh, en) ZP_BOUND_##bound,
#include "base/bounds.def"
#undef ZP_BOUND
    ZP_BOUND_COUNT,
} ZpBound;

/* A row of the table. */
typedef struct {
    const char *option; /* "max-time" */
    const char *key;    /* of `limits:` in a configuration */
    const char *name;   /* ZP_LIMIT_…: what messages print */
    bool is_size;       /* in bytes; an option may say 512M */
    guint64 otherwise;  /* when it is not set */
    guint64 most;       /* what an option may set it to */
} ZpBoundRow;

extern const ZpBoundRow ZP_BOUNDS[ZP_BOUND_COUNT];

typedef struct {
    guint64 most[ZP_BOUND_COUNT]; /* 0: not set */
} ZpLimits;

/**
 * zp_limits_get: what holds for a bound.
 * @limits: (nullable) NULL: nothing is set
 */
guint64 zp_limits_get(const ZpLimits *limits, ZpBound bound);

/**
 * zp_limits_depth: how deep things of one kind may be inside each other.
 * @own: the limit of that kind, which ZP_BOUND_DEPTH may only lower
 */
guint zp_limits_depth(const ZpLimits *limits, guint own);

/**
 * zp_bound_parse: the value of an option: a figure from 1 to the bound's most; of a size also with
 * K, M or G behind it (of 1024).
 */
bool zp_bound_parse(ZpBound bound, const char *text, guint64 *value);

/** zp_bound_format: a figure as an option would have it: "60", "512M". */
char *zp_bound_format(ZpBound bound, guint64 value);
