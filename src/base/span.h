/*
 * span.h - a piece of a sequence: bytes of a line, characters of a page's line.
 *
 * Whatever cuts a line "from column to column" makes its pieces here, so that a piece never ends before it
 * begins and never reaches past the line: a length that came out below zero would take in all that follows
 * in memory.  A build with sanitizers ends at such a slip, any other makes the piece as long as it may be.
 */
#pragma once

#include <glib.h>

#if defined(__SANITIZE_ADDRESS__)
#define ZP_SPAN_IS_STRICT 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ZP_SPAN_IS_STRICT 1
#endif
#endif

/* Made by zp_span or zp_span_between alone: from <= to, and to is within the whole. */
typedef struct {
    gsize from, to;
} ZpSpan;

/**
 * zp_span: the piece from one place to another of something @whole long.
 *
 * A place past the end is the end, and a piece that would end before it begins is empty.
 */
static inline ZpSpan zp_span(gsize from, gsize to, gsize whole)
{
#ifdef ZP_SPAN_IS_STRICT
    g_assert_true(from <= to && to <= whole);
#endif
    from = MIN(from, whole);
    return (ZpSpan){from, CLAMP(to, from, whole)};
}

/** zp_span_between: the same by places in a text that begins at @text and ends at @end. */
static inline ZpSpan zp_span_between(const char *text, const char *end, const char *from,
                                     const char *to)
{
#ifdef ZP_SPAN_IS_STRICT
    g_assert_true(text <= from && from <= to && to <= end);
#endif
    from = CLAMP(from, text, end);
    to = CLAMP(to, from, end);
    return zp_span((gsize)(from - text), (gsize)(to - text), (gsize)(end - text));
}

static inline gsize zp_span_length(ZpSpan span)
{
    return span.to - span.from;
}
