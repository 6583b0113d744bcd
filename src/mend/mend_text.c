/*
 * mend_text.c - what of a text matters when it is written anew: its characters, not white space, not mark-up
 * that was printed as text, not which of several ways a sign is spelt.
 */
#include "mend/mend_text.h"

#include <string.h>

static void append_unspaced(GString *out, const char *text, gsize length)
{
    for (const char *at = text, *end = text + length; at < end; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (!zp_char_is_space(c))
            g_string_append_unichar(out, c);
    }
}

void zp_mend_core(GString *out, const ZpRulebook *rulebook, const char *text)
{
    ZpPattern *markup = zp_labels_markup(zp_rulebook_labels(rulebook));
    gsize length = strlen(text), from = 0;
    ZpMatch match;
    while (from < length && zp_pattern_match(markup, text, length, from, &match) &&
           match.end > from) {
        append_unspaced(out, text + from, match.start - from);
        from = match.end;
    }
    append_unspaced(out, text + from, length - from);
}

char *zp_mend_comparator(const char *text)
{
    static const struct {
        const char *printed, *usual;
    } SIGNS[] = {
        {">=", "≥"},  {"<=", "≤"}, {"＞＝", "≥"}, {"＜＝", "≤"}, {"＞=", "≥"},
        {"＜=", "≤"}, {"≧", "≥"},  {"≦", "≤"},    {"⩾", "≥"},    {"⩽", "≤"},
        {"＞", ">"},  {"＜", "<"}, {"＝", "="},
    };
    for (gsize k = 0; k < G_N_ELEMENTS(SIGNS); k++) {
        if (g_str_has_prefix(text, SIGNS[k].printed))
            return g_strconcat(SIGNS[k].usual, text + strlen(SIGNS[k].printed), NULL);
    }
    return g_strdup(text);
}
