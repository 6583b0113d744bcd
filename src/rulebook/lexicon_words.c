/*
 * lexicon_words.c - the word lists of rules/normalise.yaml that rules ask about.
 *
 * Names and reasons are compared folded; a list is either of whole texts, of words that stand
 * somewhere in a name, of a name's endings, or of patterns over the folded text.
 */
#include "rulebook/lexicon_private.h"

#include <string.h>

/* A longer text is no note about grades. */
#define GRADE_TEXT_BYTES_MAX 4096

static bool holds_any(const char *text, char *const *words, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (strstr(text, words[i]))
            return true;
    }
    return false;
}

static bool ends_with_any(const char *text, char *const *words, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (g_str_has_suffix(text, words[i]))
            return true;
    }
    return false;
}

/* A name as the lists have it: folded, one bracket at its end off: 培训人数（人）. */
static void fold_name(GString *out, const char *name)
{
    gsize length = strlen(name);
    zp_text_append_folded(out, name, zp_text_cut(name, length, FOLDED_BYTES_MAX));
    const char *open = out->len && out->str[out->len - 1] == ')' ? strrchr(out->str, '(') : NULL;
    if (open && open > out->str)
        g_string_truncate(out, (gsize)(open - out->str));
}

bool zp_lexicon_is_blank_reason(const ZpLexicon *lexicon, const char *reason)
{
    gsize length = reason ? strlen(reason) : 0;
    if (length == 0)
        return true;
    if (length > FOLDED_BYTES_MAX)
        return false;
    g_autoptr(GString) folded = g_string_sized_new(FOLDED_BYTES_MAX);
    zp_text_append_folded(folded, reason, length);
    return folded->len == 0 || g_hash_table_contains(lexicon->blank_reasons, folded->str);
}

bool zp_lexicon_is_lower_better(const ZpLexicon *lexicon, const char *name)
{
    const NameRow *row = lexicon->file->lower_is_better;
    if (!name)
        return false;
    g_autoptr(GString) folded = g_string_new(NULL);
    zp_text_append_folded(folded, name, strlen(name));
    if (ends_with_any(folded->str, row->always, row->always_count))
        return true;
    return holds_any(folded->str, row->words, row->words_count) &&
           !holds_any(folded->str, row->unless, row->unless_count);
}

bool zp_lexicon_is_rate_indicator(const ZpLexicon *lexicon, const char *name)
{
    if (!name || strlen(name) > FOLDED_BYTES_MAX)
        return false;
    g_autoptr(GString) folded = g_string_sized_new(FOLDED_BYTES_MAX);
    fold_name(folded, name);
    return g_hash_table_contains(lexicon->rate_indicators, folded->str);
}

static bool is_at_home(const HomeRow *row, const char *name, const char *level1, const char *level2)
{
    if (holds_any(level1, row->under, row->under_count) ||
        holds_any(level2, row->under, row->under_count))
        return true;
    bool is_effect = holds_any(level1, row->unless_under, row->unless_under_count) ||
                     holds_any(level2, row->unless_under, row->unless_under_count);
    return is_effect && holds_any(name, row->unless, row->unless_count);
}

const char *zp_lexicon_home_of_name(const ZpLexicon *lexicon, const char *name, const char *level1,
                                    const char *level2)
{
    if (!name || !*name || strlen(name) > FOLDED_BYTES_MAX || !level2 || !*level2)
        return NULL;
    g_autoptr(GString) folded = g_string_sized_new(FOLDED_BYTES_MAX);
    g_autoptr(GString) outer = g_string_new(NULL);
    g_autoptr(GString) inner = g_string_new(NULL);
    fold_name(folded, name);
    fold_name(outer, level1 ? level1 : "");
    fold_name(inner, level2);
    for (unsigned i = 0; i < lexicon->file->homes_count; i++) {
        const HomeRow *row = &lexicon->file->homes[i];
        if (ends_with_any(folded->str, row->endings, row->endings_count))
            return is_at_home(row, folded->str, outer->str, inner->str) ? NULL : row->home;
    }
    return NULL;
}

const char *zp_lexicon_unit(const ZpLexicon *lexicon, const char *unit, int *power)
{
    *power = 0;
    if (!unit)
        return "";
    const LexiconFile *file = lexicon->file;
    for (unsigned i = 0; i < file->same_units_count; i++) {
        const SameRow *row = &file->same_units[i];
        for (unsigned k = 0; k < row->words_count; k++) {
            if (strcmp(row->words[k], unit) == 0)
                return row->unit;
        }
    }
    for (unsigned i = 0; i < file->scales_count; i++) {
        const char *word = file->scales[i].word;
        const char *simplified = strlen(unit) >= 3 ? zp_text_simplified(unit) : NULL; /* 萬, 億 */
        bool is_same = simplified && strlen(word) == 3 && memcmp(simplified, word, 3) == 0;
        if (!is_same && !g_str_has_prefix(unit, word))
            continue;
        *power = file->scales[i].power;
        return unit + strlen(word);
    }
    return unit;
}

bool zp_lexicon_is_weighted_score(const ZpLexicon *lexicon, const char *label)
{
    if (!label || strlen(label) > FOLDED_BYTES_MAX)
        return false;
    g_autoptr(GString) folded = g_string_sized_new(FOLDED_BYTES_MAX);
    fold_name(folded, label);
    return g_hash_table_contains(lexicon->weighted_scores, folded->str);
}

bool zp_lexicon_is_coefficient(const ZpLexicon *lexicon, const char *label)
{
    if (!label || strlen(label) > FOLDED_BYTES_MAX)
        return false;
    g_autoptr(GString) folded = g_string_sized_new(FOLDED_BYTES_MAX);
    fold_name(folded, label);
    const LexiconFile *file = lexicon->file;
    for (unsigned i = 0; i < file->score_coefficients_count; i++)
        if (strcmp(file->score_coefficients[i], folded->str) == 0)
            return true;
    return false;
}

bool zp_lexicon_is_share(const ZpLexicon *lexicon, const char *name)
{
    if (!name || strlen(name) > FOLDED_BYTES_MAX)
        return false;
    g_autoptr(GString) folded = g_string_sized_new(FOLDED_BYTES_MAX);
    fold_name(folded, name);
    return ends_with_any(folded->str, lexicon->file->shares, lexicon->file->shares_count);
}

/* A folded text with every one of the words cut out; false when none stands in it. */
static bool cut_words(GString *text, char *const *words, unsigned count)
{
    gsize before = text->len;
    g_autoptr(GString) word = g_string_new(NULL);
    for (unsigned i = 0; i < count; i++) {
        /* Folded like the text: 显著 is 显着 then. */
        g_string_truncate(word, 0);
        zp_text_append_folded(word, words[i], strlen(words[i]));
        g_string_replace(text, word->str, "", 0);
    }
    return text->len < before;
}

/* One word cut out of both ways of reading the pair: 较显著提升 and 有所提升 are weaker than 显著提升. */
static bool is_weaker_by(const LexiconFile *file, const char *target, const char *rest)
{
    if (strcmp(rest, target) == 0)
        return true;
    for (unsigned i = 0; i < file->strong_words_count; i++) {
        g_autoptr(GString) plain = g_string_new(target);
        if (cut_words(plain, &file->strong_words[i], 1) && strcmp(plain->str, rest) == 0)
            return *rest != '\0';
    }
    return false;
}

bool zp_lexicon_is_weaker(const ZpLexicon *lexicon, const char *actual, const char *target)
{
    const LexiconFile *file = lexicon->file;
    if (!actual || !target || strlen(actual) > FOLDED_BYTES_MAX ||
        strlen(target) > FOLDED_BYTES_MAX)
        return false;
    g_autoptr(GString) said = g_string_new(NULL);
    g_autoptr(GString) wanted = g_string_new(NULL);
    zp_text_append_folded(said, actual, strlen(actual));
    zp_text_append_folded(wanted, target, strlen(target));
    for (unsigned i = 0; i < file->weak_words_count; i++) {
        g_autoptr(GString) rest = g_string_new(said->str);
        if (cut_words(rest, &file->weak_words[i], 1) && is_weaker_by(file, wanted->str, rest->str))
            return true;
    }
    g_autoptr(GString) rest = g_string_new(said->str);
    return cut_words(rest, file->weak_words, file->weak_words_count) &&
           is_weaker_by(file, wanted->str, rest->str);
}

bool zp_lexicon_is_placeholder(const ZpLexicon *lexicon, const char *text)
{
    ZpMatch match;
    gsize length = text ? strlen(text) : 0;
    if (!length)
        return false;
    g_autoptr(GString) folded = g_string_sized_new(length);
    zp_text_append_folded(folded, text, length);
    for (guint i = 0; i < lexicon->placeholders->len; i++) {
        ZpPattern *pattern = g_ptr_array_index(lexicon->placeholders, i);
        if (zp_pattern_match(pattern, folded->str, folded->len, 0, &match))
            return true;
    }
    return false;
}

/* The lower one of the one or two bounds that a grade is printed with. */
static bool read_limit(const ZpMatch *match, const char *const names[2], ZpDecimal *limit)
{
    bool is_read = false;
    for (guint k = 0; k < 2; k++) {
        gsize length;
        ZpDecimal bound;
        const char *text = zp_match_group(match, names[k], &length);
        if (!text || !length || !zp_decimal_parse(text, length, &bound))
            continue;
        if (!is_read || zp_decimal_compare(bound, *limit) < 0)
            *limit = bound;
        is_read = true;
    }
    return is_read;
}

/* Each limit is there and below the one before. */
static bool read_limits(const ZpMatch *match, ZpDecimal limits[3])
{
    static const char *const NAMES[3][2] = {
        {"best", "best2"}, {"good", "good2"}, {"fair", "fair2"}};
    for (guint k = 0; k < 3; k++) {
        if (!read_limit(match, NAMES[k], &limits[k]) ||
            (k && zp_decimal_compare(limits[k], limits[k - 1]) >= 0))
            return false;
    }
    return true;
}

bool zp_lexicon_grade_limits(const ZpLexicon *lexicon, const char *text, ZpDecimal limits[3])
{
    ZpMatch match;
    ZpDecimal found[3];
    gsize length = text ? strlen(text) : 0;
    /* Cheap before the patterns: most texts name no grade. */
    if (!length || length > GRADE_TEXT_BYTES_MAX || !strstr(text, "优") || !strstr(text, "良"))
        return false;
    g_autoptr(GString) folded = g_string_sized_new(length);
    zp_text_append_folded(folded, text, length);
    for (guint i = 0; i < lexicon->grade_limits->len; i++) {
        ZpPattern *pattern = g_ptr_array_index(lexicon->grade_limits, i);
        if (!zp_pattern_match(pattern, folded->str, folded->len, 0, &match) ||
            !read_limits(&match, found))
            continue;
        memcpy(limits, found, sizeof found);
        return true;
    }
    return false;
}
