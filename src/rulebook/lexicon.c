/*
 * lexicon.c - rules/normalise.yaml as patterns and word lists.
 *
 * A shape's pattern is put together once, when the file is read: {before} becomes the
 * alternation of all comparators, {suffix} the part of that name, and so on.  It is compiled
 * when a cell first gets as far as this shape.  A word that a group took (不低于, 余) is then
 * looked up in the list it came from; so a spelling is one word in one list.
 */
#include "rulebook/lexicon.h"

#include "base/error.h"
#include "rulebook/lexicon_private.h"
#include "rulebook/parts.h"

#include <string.h>

/* 10^12 is more than any unit scales by. */
#define SCALE_POWER_MAX 12

struct ZpShape {
    ZpShapeKind kind;
    guint kinds; /* bits: 1 << ZpValueKind */
    ZpPattern *pattern;
    bool has_numbers; /* `numbers` is filled */
    int numbers[ZP_GROUP_COUNT];
};

/* A spelling and what it means: ZpOp or ZpApprox. */
typedef struct {
    const char *text;
    gsize length;
    int means;
} Word;

static const char *const GROUP_NAMES[ZP_GROUP_COUNT] = {
    [ZP_GROUP_BEFORE] = "before",     [ZP_GROUP_ABOUT] = "about",
    [ZP_GROUP_VALUE] = "value",       [ZP_GROUP_UPPER] = "upper",
    [ZP_GROUP_FIRST] = "first",       [ZP_GROUP_PERCENT] = "percent",
    [ZP_GROUP_SCALE] = "scale",       [ZP_GROUP_MORE] = "more",
    [ZP_GROUP_UNIT] = "unit",         [ZP_GROUP_AROUND] = "around",
    [ZP_GROUP_AFTER] = "after",       [ZP_GROUP_YEAR] = "year",
    [ZP_GROUP_MONTH] = "month",       [ZP_GROUP_DAY] = "day",
    [ZP_GROUP_MONTHEND] = "monthend", [ZP_GROUP_YEAREND] = "yearend",
    [ZP_GROUP_DEADLINE] = "deadline", [ZP_GROUP_NEGATIVE] = "negative",
};

static void shape_clear(gpointer data)
{
    ZpShape *shape = data;
    zp_pattern_free(shape->pattern);
}

static ZpLexicon *lexicon_new(LexiconFile *file, GBytes *bytes, const char *name)
{
    ZpLexicon *lexicon = g_new0(ZpLexicon, 1);
    lexicon->file = file;
    lexicon->bytes = g_bytes_ref(bytes);
    lexicon->name = g_strdup(name);
    lexicon->ops = g_array_new(FALSE, FALSE, sizeof(Word));
    lexicon->approximations = g_array_new(FALSE, FALSE, sizeof(Word));
    lexicon->part_patterns = g_ptr_array_new_with_free_func((GDestroyNotify)zp_pattern_free);
    lexicon->shapes = g_array_new(FALSE, TRUE, sizeof(ZpShape));
    g_array_set_clear_func(lexicon->shapes, shape_clear);
    lexicon->blank_reasons = g_hash_table_new(g_str_hash, g_str_equal);
    lexicon->rate_indicators = g_hash_table_new(g_str_hash, g_str_equal);
    lexicon->weighted_scores = g_hash_table_new(g_str_hash, g_str_equal);
    lexicon->placeholders = g_ptr_array_new_with_free_func((GDestroyNotify)zp_pattern_free);
    lexicon->grade_limits = g_ptr_array_new_with_free_func((GDestroyNotify)zp_pattern_free);
    lexicon->strings = g_string_chunk_new(1024);
    return lexicon;
}

void zp_lexicon_free(ZpLexicon *lexicon)
{
    if (!lexicon)
        return;
    zp_yaml_free(lexicon->file);
    g_bytes_unref(lexicon->bytes);
    g_free(lexicon->name);
    g_array_unref(lexicon->ops);
    g_array_unref(lexicon->approximations);
    g_ptr_array_unref(lexicon->part_patterns);
    g_array_unref(lexicon->shapes);
    g_hash_table_unref(lexicon->blank_reasons);
    g_hash_table_unref(lexicon->rate_indicators);
    g_hash_table_unref(lexicon->weighted_scores);
    g_ptr_array_unref(lexicon->placeholders);
    g_ptr_array_unref(lexicon->grade_limits);
    g_string_chunk_free(lexicon->strings);
    g_free(lexicon);
}

/* --- patterns out of lists and parts --- */

static void add_words(GPtrArray *list, char **words, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        g_ptr_array_add(list, words[i]);
}

/* The three places of a word row. */
typedef enum {
    PLACE_BEFORE,
    PLACE_BETWEEN,
    PLACE_AFTER,
} Place;

static void add_row_words(GPtrArray *list, const WordRow *row, Place place)
{
    if (place == PLACE_BEFORE)
        add_words(list, row->before, row->before_count);
    else if (place == PLACE_BETWEEN)
        add_words(list, row->between, row->between_count);
    else
        add_words(list, row->after, row->after_count);
}

static void add_place(ZpParts *parts, const char *group, const WordRow *rows, unsigned count,
                      Place place)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (unsigned i = 0; i < count; i++)
        add_row_words(words, &rows[i], place);
    zp_parts_add_words(parts, group, group, words);
}

static void add_list(ZpParts *parts, const char *name, const char *group, char **items,
                     unsigned count)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    add_words(words, items, count);
    zp_parts_add_words(parts, name, group, words);
}

/* The origin quotes the pattern as the file has it, for zp_yaml_locate. */
static ZpPattern *pattern_as_written(const ZpLexicon *lexicon, const char *expanded,
                                     const char *written)
{
    g_autofree char *origin = g_strdup_printf("%s: \"%s\"", lexicon->name, written);
    return zp_pattern_new(expanded, origin);
}

static bool add_parts(ZpLexicon *lexicon, ZpParts *parts, GError **error)
{
    const LexiconFile *file = lexicon->file;
    for (unsigned i = 0; i < file->parts_count; i++) {
        const PartRow *row = &file->parts[i];
        g_autofree char *expanded = zp_parts_expand(parts, row->pattern, error);
        if (!expanded)
            return false;
        g_ptr_array_add(lexicon->part_patterns,
                        pattern_as_written(lexicon, expanded, row->pattern));
        zp_parts_add(parts, row->name, expanded);
    }
    return true;
}

static bool add_shapes(ZpLexicon *lexicon, ZpParts *parts, GError **error)
{
    const LexiconFile *file = lexicon->file;
    for (unsigned i = 0; i < file->shapes_count; i++) {
        const ShapeRow *row = &file->shapes[i];
        g_autofree char *expanded = zp_parts_expand(parts, row->pattern, error);
        if (!expanded)
            return false;
        ZpShape shape = {
            .kind = (ZpShapeKind)row->is,
            .kinds = row->kinds,
            .pattern = pattern_as_written(lexicon, expanded, row->pattern),
        };
        g_array_append_val(lexicon->shapes, shape);
    }
    return true;
}

/* --- reading the file --- */

static void add_meanings(GArray *list, const WordRow *rows, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        g_autoptr(GPtrArray) words = g_ptr_array_new();
        for (Place place = PLACE_BEFORE; place <= PLACE_AFTER; place++)
            add_row_words(words, &rows[i], place);
        for (guint k = 0; k < words->len; k++) {
            const char *text = g_ptr_array_index(words, k);
            Word word = {.text = text, .length = strlen(text), .means = rows[i].means};
            g_array_append_val(list, word);
        }
    }
}

static void add_folded(ZpLexicon *lexicon, GHashTable *set, char **words, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        g_autoptr(GString) folded = g_string_new(NULL);
        zp_text_append_folded(folded, words[i], strlen(words[i]));
        g_hash_table_add(set, g_string_chunk_insert(lexicon->strings, folded->str));
    }
}

static void add_patterns(const ZpLexicon *lexicon, GPtrArray *list, char **sources, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        g_ptr_array_add(list, pattern_as_written(lexicon, sources[i], sources[i]));
}

static bool check_scales(const ZpLexicon *lexicon, GError **error)
{
    for (unsigned i = 0; i < lexicon->file->scales_count; i++) {
        const ScaleRow *row = &lexicon->file->scales[i];
        if (row->power >= 0 && row->power <= SCALE_POWER_MAX)
            continue;
        zp_error_set(error, ZP_ERROR_DATA, "%s: scales 里 \"%s\" 的 power 应为 0 到 %d",
                     "%s: scales: the power of \"%s\" is not between 0 and %d", lexicon->name,
                     row->word, SCALE_POWER_MAX);
        return false;
    }
    return true;
}

static bool fill(ZpLexicon *lexicon, GError **error)
{
    const LexiconFile *file = lexicon->file;
    add_meanings(lexicon->ops, file->comparators, file->comparators_count);
    add_meanings(lexicon->approximations, file->approximations, file->approximations_count);
    add_folded(lexicon, lexicon->blank_reasons, file->blank_reasons, file->blank_reasons_count);
    add_folded(lexicon, lexicon->rate_indicators, file->rate_indicators,
               file->rate_indicators_count);
    add_folded(lexicon, lexicon->weighted_scores, file->weighted_scores,
               file->weighted_scores_count);
    add_patterns(lexicon, lexicon->placeholders, file->placeholders, file->placeholders_count);
    add_patterns(lexicon, lexicon->grade_limits, file->grade_limits, file->grade_limits_count);
    g_autoptr(ZpParts) parts = zp_parts_new(lexicon->name);
    /* The pieces that the lists make. */
    add_place(parts, "before", file->comparators, file->comparators_count, PLACE_BEFORE);
    add_place(parts, "after", file->comparators, file->comparators_count, PLACE_AFTER);
    add_place(parts, "about", file->approximations, file->approximations_count, PLACE_BEFORE);
    add_place(parts, "more", file->approximations, file->approximations_count, PLACE_BETWEEN);
    add_place(parts, "around", file->approximations, file->approximations_count, PLACE_AFTER);
    add_list(parts, "unit", "unit", file->units, file->units_count);
    add_list(parts, "lead", NULL, file->lead, file->lead_count);
    return check_scales(lexicon, error) && add_parts(lexicon, parts, error) &&
           add_shapes(lexicon, parts, error);
}

ZpLexicon *zp_lexicon_load(GBytes *bytes, const char *name, GError **error)
{
    LexiconFile *file = zp_yaml_load(bytes, name, &LEXICON_MOULD, error);
    if (!file)
        return NULL;
    g_autoptr(ZpLexicon) lexicon = lexicon_new(file, bytes, name);
    if (!fill(lexicon, error)) {
        zp_yaml_locate(error, bytes, name);
        return NULL;
    }
    return g_steal_pointer(&lexicon);
}

static bool compile_list(GPtrArray *patterns, GError **error)
{
    for (guint i = 0; i < patterns->len; i++) {
        if (!zp_pattern_compile(g_ptr_array_index(patterns, i), error))
            return false;
    }
    return true;
}

static bool compile_all(ZpLexicon *lexicon, GError **error)
{
    if (!compile_list(lexicon->part_patterns, error) ||
        !compile_list(lexicon->placeholders, error) || !compile_list(lexicon->grade_limits, error))
        return false;
    for (guint i = 0; i < lexicon->shapes->len; i++) {
        if (!zp_pattern_compile(g_array_index(lexicon->shapes, ZpShape, i).pattern, error))
            return false;
    }
    return true;
}

bool zp_lexicon_compile(ZpLexicon *lexicon, GError **error)
{
    if (compile_all(lexicon, error))
        return true;
    zp_yaml_locate(error, lexicon->bytes, lexicon->name);
    return false;
}

/* --- shapes --- */

ZpShape *zp_lexicon_match(const ZpLexicon *lexicon, ZpValueKind kind, const char *text,
                          gsize length, ZpMatch *match)
{
    for (guint i = 0; i < lexicon->shapes->len; i++) {
        ZpShape *shape = &g_array_index(lexicon->shapes, ZpShape, i);
        if ((shape->kinds & (1u << kind)) &&
            zp_pattern_match(shape->pattern, text, length, 0, match))
            return shape;
    }
    return NULL;
}

ZpShapeKind zp_shape_kind(const ZpShape *shape)
{
    return shape->kind;
}

static void find_numbers(ZpShape *shape)
{
    for (int group = 0; group < ZP_GROUP_COUNT; group++)
        shape->numbers[group] = zp_pattern_group(shape->pattern, GROUP_NAMES[group]);
    shape->has_numbers = true;
}

const char *zp_shape_group(ZpShape *shape, const ZpMatch *match, ZpGroup group, gsize *length)
{
    if (!shape->has_numbers)
        find_numbers(shape);
    return zp_match_group_number(match, shape->numbers[group], length);
}

static int meaning(const GArray *words, const char *text, gsize length)
{
    for (guint i = 0; i < words->len; i++) {
        const Word *word = &g_array_index(words, Word, i);
        if (word->length == length && memcmp(word->text, text, length) == 0)
            return word->means;
    }
    return 0;
}

ZpOp zp_lexicon_op(const ZpLexicon *lexicon, const char *word, gsize length)
{
    return (ZpOp)meaning(lexicon->ops, word, length);
}

ZpApprox zp_lexicon_approx(const ZpLexicon *lexicon, const char *word, gsize length)
{
    return (ZpApprox)meaning(lexicon->approximations, word, length);
}
