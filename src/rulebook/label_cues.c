/*
 * label_cues.c - by which labels a template is known, for whoever prints a form of it again.
 */
#include "rulebook/labels_private.h"

#include <string.h>

/* The @variant-th row of the templates with an id; NULL past the last. */
static const Template *row_of(const ZpLabels *labels, const char *id, guint variant)
{
    for (guint i = 0; i < labels->templates->len; i++) {
        const Template *row = &g_array_index(labels->templates, Template, i);
        if (strcmp(row->id, id) == 0 && variant-- == 0)
            return row;
    }
    return NULL;
}

bool zp_labels_has_variant(const ZpLabels *labels, const char *id, guint variant)
{
    return row_of(labels, id, variant) != NULL;
}

const ZpLabelEntry *zp_labels_cue(const ZpLabels *labels, const char *id, guint variant, bool lacks,
                                  guint k)
{
    const Template *row = row_of(labels, id, variant);
    const GArray *indexes = !row ? NULL : lacks ? row->lacks : row->has;
    return indexes && k < indexes->len
               ? g_ptr_array_index(labels->owned, g_array_index(indexes, guint, k))
               : NULL;
}

bool zp_labels_is_cue(const ZpLabels *labels, const ZpLabelEntry *entry)
{
    for (guint i = 0; i < labels->templates->len; i++) {
        const GArray *has = g_array_index(labels->templates, Template, i).has;
        for (guint k = 0; k < has->len; k++) {
            if (g_array_index(has, guint, k) == entry->index)
                return true;
        }
    }
    return false;
}
