/*
 * pattern.c - PCRE2 behind a small door.
 *
 * What holds a runaway pattern is different with and without JIT.  Under JIT only the match
 * limit and the JIT stack count; depth and heap limits count for the interpreter alone.  So
 * the match limit is always set.  JIT begins on the 32 KiB of the machine's own stack; only a
 * text that needs more gets a stack of ZP_LIMIT_JIT_STACK, once a pattern.
 *
 * A pattern is text until it is first asked for, and interpreted for its first matches: machine
 * code for a pattern with long word lists costs over 100 µs, which one small form never gets
 * back and a folder of forms does at once.
 */
#include "rulebook/pattern.h"

#include "base/error.h"
#include "base/limits.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* Bytes of PCRE2's description of a mistake. */
#define REASON_BYTES 160
/* A pattern that was asked for so often is worth machine code. */
#define MATCHES_BEFORE_JIT 64

struct ZpPattern {
    char *source, *origin;
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack; /* (nullable) only for a text that asked for it */
    guint n_matches;        /* counts up to MATCHES_BEFORE_JIT */
    bool has_jit;
    bool is_wrong; /* does not compile: matches nothing */
};

ZpPattern *zp_pattern_new(const char *source, const char *origin)
{
    ZpPattern *pattern = g_new0(ZpPattern, 1);
    pattern->source = g_strdup(source);
    pattern->origin = g_strdup(origin);
    return pattern;
}

void zp_pattern_free(ZpPattern *pattern)
{
    if (!pattern)
        return;
    pcre2_match_data_free(pattern->data);
    pcre2_match_context_free(pattern->context);
    pcre2_jit_stack_free(pattern->stack);
    pcre2_code_free(pattern->code);
    g_free(pattern->source);
    g_free(pattern->origin);
    g_free(pattern);
}

static void set_wrong(ZpPattern *pattern, int reason, gsize offset, GError **error)
{
    char text[REASON_BYTES] = "";
    pcre2_get_error_message(reason, (PCRE2_UCHAR *)text, sizeof text);
    zp_error_set(error, ZP_ERROR_DATA, "%s: 模式 \"%s\" 在第 %" G_GSIZE_FORMAT " 字节处有错：%s",
                 "%s: pattern \"%s\" is wrong at byte %" G_GSIZE_FORMAT ": %s", pattern->origin,
                 pattern->source, offset, text);
    pattern->is_wrong = true;
}

bool zp_pattern_compile(ZpPattern *pattern, GError **error)
{
    if (pattern->code)
        return true;
    int reason;
    PCRE2_SIZE offset;
    pattern->code =
        pcre2_compile((PCRE2_SPTR)pattern->source, PCRE2_ZERO_TERMINATED,
                      PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &reason, &offset, NULL);
    if (!pattern->code) {
        set_wrong(pattern, reason, offset, error);
        return false;
    }
    pattern->data = pcre2_match_data_create_from_pattern(pattern->code, NULL);
    pattern->context = pcre2_match_context_create(NULL);
    pcre2_set_match_limit(pattern->context, ZP_LIMIT_MATCH_STEPS);
    return true;
}

static int run(ZpPattern *pattern, const char *text, gsize length, gsize from)
{
    PCRE2_SPTR subject = (PCRE2_SPTR)text;
    if (pattern->has_jit)
        return pcre2_jit_match(pattern->code, subject, length, from, 0, pattern->data,
                               pattern->context);
    return pcre2_match(pattern->code, subject, length, from, PCRE2_NO_UTF_CHECK, pattern->data,
                       pattern->context);
}

bool zp_pattern_match(ZpPattern *pattern, const char *text, gsize length, gsize from,
                      ZpMatch *match)
{
    if (!pattern->code && (pattern->is_wrong || !zp_pattern_compile(pattern, NULL)))
        return false;
    /* A machine without JIT stays with the interpreter. */
    if (pattern->n_matches < MATCHES_BEFORE_JIT && ++pattern->n_matches == MATCHES_BEFORE_JIT)
        pattern->has_jit = pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE) == 0;
    int found = run(pattern, text, length, from);
    if (found == PCRE2_ERROR_JIT_STACKLIMIT) {
        /* The machine's stack was too small for this text: once more with one of our own. */
        if (!pattern->stack) {
            pattern->stack =
                pcre2_jit_stack_create(ZP_LIMIT_JIT_STACK_START, ZP_LIMIT_JIT_STACK, NULL);
            pcre2_jit_stack_assign(pattern->context, NULL, pattern->stack);
        }
        found = run(pattern, text, length, from);
    }
    if (found < 0)
        return false;
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(pattern->data);
    *match = (ZpMatch){.pattern = pattern, .text = text, .start = ends[0], .end = ends[1]};
    return true;
}

int zp_pattern_group(ZpPattern *pattern, const char *name)
{
    if (!pattern->code && (pattern->is_wrong || !zp_pattern_compile(pattern, NULL)))
        return 0;
    int number = pcre2_substring_number_from_name(pattern->code, (PCRE2_SPTR)name);
    return MAX(number, 0);
}

const char *zp_match_group_number(const ZpMatch *match, int number, gsize *length)
{
    *length = 0;
    const pcre2_match_data *data = match->pattern->data;
    if (number <= 0 || (guint32)number >= pcre2_get_ovector_count((pcre2_match_data *)data))
        return NULL;
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer((pcre2_match_data *)data) + 2 * number;
    if (ends[0] == PCRE2_UNSET)
        return NULL;
    *length = ends[1] - ends[0];
    return match->text + ends[0];
}

const char *zp_match_group(const ZpMatch *match, const char *name, gsize *length)
{
    return zp_match_group_number(match, zp_pattern_group(match->pattern, name), length);
}
