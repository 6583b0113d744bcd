/*
 * label_grammar.c - labels that no spelling lists, explained by their parts.
 *
 * Offices compose their heads: 全年|年度|本年 × 预算|执行|支出 × 数|金额|资金.  labels.yaml names such sets of words
 * once (`parts`) and puts them together in patterns (`grammar`), each with the kinds that a text it fits
 * is of; the first that fits the whole folded text decides, so the order weighs them: 预算执行率 is a rate
 * before 预算 can make it a budget.
 */
#include "rulebook/labels.h"

#include "base/error.h"
#include "rulebook/labels_private.h"

#include <string.h>

static const char *words_of(const LabelsFile *file, const char *name, gsize length)
{
    for (unsigned i = 0; i < file->parts_count; i++) {
        if (strlen(file->parts[i].name) == length && memcmp(file->parts[i].name, name, length) == 0)
            return file->parts[i].words;
    }
    return NULL;
}

/* A pattern with each {name} replaced by its words; {1,3} stays what it is in PCRE2. */
static bool expand(const LabelsFile *file, const char *pattern, const char *name, GString *out,
                   GError **error)
{
    for (const char *at = pattern; *at; at++) {
        const char *close = *at == '{' && g_ascii_isalpha(at[1]) ? strchr(at, '}') : NULL;
        if (!close) {
            g_string_append_c(out, *at);
            continue;
        }
        const char *words = words_of(file, at + 1, (gsize)(close - at - 1));
        if (!words) {
            zp_error_set(error, ZP_ERROR_DATA, "%s：grammar 用了 parts 里没有的“%.*s”",
                         "%s: the grammar names a part that parts does not have: \"%.*s\"", name,
                         (int)(close - at + 1), at);
            return false;
        }
        g_string_append_printf(out, "(?:%s)", words);
        at = close;
    }
    return true;
}

static ZpLabelEntry *entry_of(ZpLabels *labels, const GrammarRow *row)
{
    ZpLabelEntry *entry = g_new0(ZpLabelEntry, 1);
    entry->text = "";
    entry->index = labels->owned->len;
    for (unsigned i = 0; i < row->kinds_count; i++)
        entry->kinds |= ZP_LABEL_BIT(row->kinds[i]);
    entry->source = (ZpSource)row->source;
    entry->rank = row->rank;
    entry->is_weak = row->weak;
    entry->is_whole = true;
    if (row->homes_count) {
        const char **homes = g_new0(const char *, row->homes_count + 1);
        for (unsigned i = 0; i < row->homes_count; i++)
            homes[i] = row->homes[i];
        g_ptr_array_add(labels->homes, homes);
        entry->homes = homes;
    }
    g_ptr_array_add(labels->owned, entry);
    return entry;
}

bool labels_load_grammar(ZpLabels *labels, const char *name, GError **error)
{
    g_autofree char *origin = g_strdup_printf("%s: grammar", name);
    g_autoptr(GString) any = g_string_new("^(?:");
    for (unsigned i = 0; i < labels->file->grammar_count; i++) {
        const GrammarRow *row = &labels->file->grammar[i];
        g_autoptr(GString) pattern = g_string_new("^(?:");
        if (!expand(labels->file, row->pattern, name, pattern, error))
            return false;
        g_string_append_printf(any, "%s%s", i ? "|" : "", pattern->str + strlen("^(?:"));
        g_string_append(pattern, ")$");
        const Composition made = {zp_pattern_new(pattern->str, origin), entry_of(labels, row)};
        g_array_append_val(labels->grammar, made);
    }
    g_string_append(any, ")$");
    if (labels->grammar->len)
        labels->composed = zp_pattern_new(any->str, origin);
    return true;
}

const ZpLabelEntry *labels_compose(const ZpLabels *labels, const GString *folded)
{
    ZpMatch match;
    if (!labels->composed ||
        !zp_pattern_match(labels->composed, folded->str, folded->len, 0, &match))
        return NULL;
    for (guint i = 0; i < labels->grammar->len; i++) {
        const Composition *row = &g_array_index(labels->grammar, Composition, i);
        if (zp_pattern_match(row->pattern, folded->str, folded->len, 0, &match))
            return row->entry;
    }
    return NULL;
}
