/*
 * labels.c - loads the spellings and patterns of labels.yaml and answers by them.
 *
 * Spellings are folded and hashed when loaded; how a printed text is compared with them is in
 * label_match.c.
 */
#include "rulebook/labels.h"

#include "base/error.h"
#include "rulebook/labels_private.h"

#include <string.h>

static void template_clear(gpointer data)
{
    Template *row = data;
    zp_pattern_free(row->title);
    g_array_unref(row->has);
    g_array_unref(row->lacks);
}

static void composition_clear(gpointer data)
{
    zp_pattern_free(((Composition *)data)->pattern);
}

static ZpLabels *labels_new(LabelsFile *file)
{
    ZpLabels *labels = g_new0(ZpLabels, 1);
    labels->file = file;
    labels->entries = g_hash_table_new(g_str_hash, g_str_equal);
    labels->owned = g_ptr_array_new_with_free_func(g_free);
    labels->pieces = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    labels->homes = g_ptr_array_new_with_free_func(g_free);
    GPtrArray **lists[] = {&labels->titles, &labels->furniture, &labels->headings,
                           &labels->placeholders, &labels->sources};
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
        *lists[i] = g_ptr_array_new_with_free_func((GDestroyNotify)zp_pattern_free);
    labels->grades = g_hash_table_new(g_str_hash, g_str_equal);
    labels->templates = g_array_new(FALSE, TRUE, sizeof(Template));
    g_array_set_clear_func(labels->templates, template_clear);
    labels->grammar = g_array_new(FALSE, FALSE, sizeof(Composition));
    g_array_set_clear_func(labels->grammar, composition_clear);
    labels->strings = g_string_chunk_new(4096);
    labels->scratch = g_string_sized_new(2 * LABEL_BYTES_MAX);
    return labels;
}

void zp_labels_free(ZpLabels *labels)
{
    if (!labels)
        return;
    zp_yaml_free(labels->file);
    g_hash_table_unref(labels->entries);
    g_ptr_array_unref(labels->owned);
    g_hash_table_unref(labels->pieces);
    g_ptr_array_unref(labels->homes);
    g_ptr_array_unref(labels->titles);
    g_ptr_array_unref(labels->furniture);
    g_ptr_array_unref(labels->headings);
    g_ptr_array_unref(labels->placeholders);
    g_ptr_array_unref(labels->sources);
    zp_pattern_free(labels->year);
    zp_pattern_free(labels->weight);
    zp_pattern_free(labels->markup);
    zp_pattern_free(labels->composed);
    g_array_unref(labels->grammar);
    g_hash_table_unref(labels->grades);
    g_array_unref(labels->templates);
    g_string_chunk_free(labels->strings);
    g_string_free(labels->scratch, TRUE);
    g_free(labels);
}

static const char *fold_kept(ZpLabels *labels, const char *text)
{
    g_autoptr(GString) folded = g_string_new(NULL);
    zp_text_append_folded(folded, text, strlen(text));
    return g_string_chunk_insert_const(labels->strings, folded->str);
}

static ZpLabelEntry *entry_for(ZpLabels *labels, const char *spelling)
{
    const char *folded = fold_kept(labels, spelling);
    ZpLabelEntry *entry = g_hash_table_lookup(labels->entries, folded);
    if (entry)
        return entry;
    entry = g_new0(ZpLabelEntry, 1);
    entry->text = folded;
    entry->index = labels->owned->len;
    g_ptr_array_add(labels->owned, entry);
    g_hash_table_insert(labels->entries, (gpointer)folded, entry);
    return entry;
}

static void add_label_row(ZpLabels *labels, const LabelRow *row)
{
    const char **homes = g_new0(const char *, row->homes_count + 1);
    for (unsigned i = 0; i < row->homes_count; i++)
        homes[i] = row->homes[i];
    g_ptr_array_add(labels->homes, homes);
    guint64 kinds = 0;
    for (unsigned i = 0; i < row->kinds_count; i++)
        kinds |= ZP_LABEL_BIT(row->kinds[i]);
    for (unsigned i = 0; i < row->spellings_count; i++) {
        ZpLabelEntry *entry = entry_for(labels, row->spellings[i]);
        entry->is_whole = row->whole && (entry->is_whole || !entry->kinds);
        entry->kinds |= kinds;
        if (kinds & ZP_LABEL_BIT(ZP_LABEL_FUND_ROW))
            entry->source = (ZpSource)row->source;
        if (row->rank)
            entry->rank = row->rank;
        if (row->level1)
            entry->level1 = row->level1;
        if (row->homes_count)
            entry->homes = homes;
    }
}

static ZpPattern *pattern_of(const char *source, const char *name, const char *key)
{
    g_autofree char *origin = g_strdup_printf("%s: %s", name, key);
    return zp_pattern_new(source, origin);
}

static void add_patterns(GPtrArray *list, char **sources, unsigned count, const char *name,
                         const char *key)
{
    for (unsigned i = 0; i < count; i++)
        g_ptr_array_add(list, pattern_of(sources[i], name, key));
}

/* The entries of a template's cues; a cue that is no label is a mistake in the file. */
static GArray *cue_indexes(ZpLabels *labels, char **cues, unsigned count, const char *name,
                           GError **error)
{
    g_autoptr(GArray) indexes = g_array_new(FALSE, FALSE, sizeof(guint));
    for (unsigned i = 0; i < count; i++) {
        const ZpLabelEntry *entry =
            g_hash_table_lookup(labels->entries, fold_kept(labels, cues[i]));
        if (!entry) {
            zp_error_set(error, ZP_ERROR_DATA, "%s：templates 用了 labels 里没有的标签“%s”",
                         "%s: templates use a label that labels does not list: \"%s\"", name,
                         cues[i]);
            return NULL;
        }
        g_array_append_val(indexes, entry->index);
    }
    return g_steal_pointer(&indexes);
}

static bool add_template(ZpLabels *labels, const TemplateRow *row, const char *name, GError **error)
{
    g_autoptr(GArray) has = cue_indexes(labels, row->has, row->has_count, name, error);
    if (!has)
        return false;
    g_autoptr(GArray) lacks = cue_indexes(labels, row->lacks, row->lacks_count, name, error);
    if (!lacks)
        return false;
    Template made = {
        .id = row->id,
        .title = row->title ? pattern_of(row->title, name, "templates") : NULL,
        .currency = row->currency,
        .has = g_steal_pointer(&has),
        .lacks = g_steal_pointer(&lacks),
        .blocks = row->blocks,
    };
    g_array_append_val(labels->templates, made);
    return true;
}

ZpLabels *zp_labels_load(GBytes *bytes, const char *name, GError **error)
{
    LabelsFile *file = zp_yaml_load(bytes, name, &FILE_MOULD, error);
    if (!file)
        return NULL;
    g_autoptr(ZpLabels) labels = labels_new(file);
    for (unsigned i = 0; i < file->labels_count; i++)
        add_label_row(labels, &file->labels[i]);
    add_patterns(labels->titles, file->titles, file->titles_count, name, "titles");
    add_patterns(labels->furniture, file->furniture, file->furniture_count, name, "furniture");
    add_patterns(labels->headings, file->headings, file->headings_count, name, "headings");
    add_patterns(labels->placeholders, file->placeholders, file->placeholders_count, name,
                 "placeholders");
    for (unsigned i = 0; i < file->sources_count; i++)
        add_patterns(labels->sources, &file->sources[i].pattern, 1, name, "sources");
    labels->year = pattern_of(file->year, name, "year");
    labels->weight = pattern_of(file->weight, name, "weight");
    labels->markup = pattern_of(file->markup, name, "markup");
    if (!labels_load_grammar(labels, name, error))
        return NULL;
    for (unsigned i = 0; i < file->grades_count; i++)
        g_hash_table_add(labels->grades, (gpointer)fold_kept(labels, file->grades[i]));
    for (unsigned i = 0; i < file->templates_count; i++) {
        if (!add_template(labels, &file->templates[i], name, error))
            return NULL;
    }
    return g_steal_pointer(&labels);
}

static bool compile_all(const GPtrArray *list, GError **error)
{
    for (guint i = 0; i < list->len; i++) {
        if (!zp_pattern_compile(g_ptr_array_index(list, i), error))
            return false;
    }
    return true;
}

bool zp_labels_compile(ZpLabels *labels, GError **error)
{
    const GPtrArray *lists[] = {labels->titles, labels->furniture, labels->headings,
                                labels->placeholders, labels->sources};
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        if (!compile_all(lists[i], error))
            return false;
    }
    for (guint i = 0; i < labels->templates->len; i++) {
        const Template *row = &g_array_index(labels->templates, Template, i);
        if (row->title && !zp_pattern_compile(row->title, error))
            return false;
    }
    for (guint i = 0; i < labels->grammar->len; i++) {
        if (!zp_pattern_compile(g_array_index(labels->grammar, Composition, i).pattern, error))
            return false;
    }
    return zp_pattern_compile(labels->year, error) && zp_pattern_compile(labels->weight, error) &&
           zp_pattern_compile(labels->markup, error);
}

static bool matches_any(const GPtrArray *list, const char *folded, gsize length)
{
    ZpMatch match;
    for (guint i = 0; i < list->len; i++) {
        if (zp_pattern_match(g_ptr_array_index(list, i), folded, length, 0, &match))
            return true;
    }
    return false;
}

ZpSource zp_labels_source(const ZpLabels *labels, const char *folded, gsize length)
{
    ZpMatch match;
    for (guint i = 0; i < labels->sources->len; i++) {
        if (zp_pattern_match(g_ptr_array_index(labels->sources, i), folded, length, 0, &match))
            return (ZpSource)labels->file->sources[i].source;
    }
    return ZP_SOURCE_OTHER;
}

bool zp_labels_is_title(const ZpLabels *labels, const char *folded, gsize length)
{
    return length <= 4 * LABEL_BYTES_MAX && strstr(folded, "自评") &&
           matches_any(labels->titles, folded, length);
}

/* The number that four digits make, or four of 〇一二三四五六七八九. */
static int year_of_digits(const char *text, gsize length)
{
    static const char *const DIGITS[] = {"0〇○零o", "1一", "2二", "3三", "4四",
                                         "5五",     "6六", "7七", "8八", "9九"};
    int year = 0;
    for (const char *at = text; at < text + length; at = g_utf8_next_char(at)) {
        for (guint i = 0; i < G_N_ELEMENTS(DIGITS); i++) {
            if (g_utf8_strchr(DIGITS[i], -1, g_utf8_get_char(at)))
                year = year * 10 + (int)i;
        }
    }
    return year;
}

int zp_labels_year(const ZpLabels *labels, const char *folded, gsize length, bool *alone)
{
    ZpMatch match;
    if (alone)
        *alone = false;
    if (length > 4 * LABEL_BYTES_MAX || !zp_pattern_match(labels->year, folded, length, 0, &match))
        return 0;
    gsize year_length;
    const char *year = zp_match_group(&match, "year", &year_length);
    if (!year || g_utf8_strlen(year, (gssize)year_length) != 4)
        return 0;
    if (alone)
        *alone = match.start == 0 && match.end == length;
    return year_of_digits(year, year_length);
}

bool zp_labels_is_heading(const ZpLabels *labels, const char *folded, gsize length)
{
    return length <= LABEL_BYTES_MAX && matches_any(labels->headings, folded, length);
}

bool zp_labels_is_furniture(const ZpLabels *labels, const char *folded, gsize length)
{
    return length <= LABEL_BYTES_MAX && matches_any(labels->furniture, folded, length);
}

bool zp_labels_is_placeholder(const ZpLabels *labels, const char *folded, gsize length)
{
    return length <= LABEL_BYTES_MAX && matches_any(labels->placeholders, folded, length);
}

ZpPattern *zp_labels_markup(const ZpLabels *labels)
{
    return labels->markup;
}

bool zp_labels_is_grade(const ZpLabels *labels, const char *folded, gsize length)
{
    return length <= LABEL_BYTES_MAX && g_hash_table_contains(labels->grades, folded);
}

static bool template_fits(const Template *row, const ZpTemplateCues *cues)
{
    ZpMatch match;
    if (row->currency && g_strcmp0(row->currency, cues->currency) != 0)
        return false;
    for (guint i = 0; i < row->has->len; i++) {
        if (!cues->seen[g_array_index(row->has, guint, i)])
            return false;
    }
    for (guint i = 0; i < row->lacks->len; i++) {
        if (cues->seen[g_array_index(row->lacks, guint, i)])
            return false;
    }
    return !row->title || zp_pattern_match(row->title, cues->title, strlen(cues->title), 0, &match);
}

const char *zp_labels_template(const ZpLabels *labels, const ZpTemplateCues *cues, guint *blocks)
{
    for (guint i = 0; i < labels->templates->len; i++) {
        const Template *row = &g_array_index(labels->templates, Template, i);
        if (template_fits(row, cues)) {
            *blocks = row->blocks;
            return row->id;
        }
    }
    *blocks = ZP_BLOCK_FUNDS | ZP_BLOCK_INDICATORS;
    return "unknown";
}

bool zp_labels_has_template(const ZpLabels *labels, const char *id)
{
    for (guint i = 0; i < labels->templates->len; i++) {
        if (strcmp(g_array_index(labels->templates, Template, i).id, id) == 0)
            return true;
    }
    return strcmp(id, "unknown") == 0;
}

const char *zp_labels_template_name(const ZpLabels *labels, const char *id)
{
    const LabelsFile *file = labels->file;
    for (unsigned i = 0; i < file->names_count; i++) {
        if (strcmp(file->names[i].id, id) == 0)
            return file->names[i].zh;
    }
    return id;
}

guint zp_labels_count(const ZpLabels *labels)
{
    return labels->owned->len;
}
