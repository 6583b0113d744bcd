/*
 * mend_proof.c - what forms say, so that a copy can be held against what was meant.
 *
 *     0/indicators/3/score  9.44
 *
 * Fields that no mend touches are in it too: a mend that changed how another cell is read is a wrong one.
 */
#include "mend/mend_private.h"
#include "mend/mend_text.h"

#include <string.h>

typedef struct {
    const ZpRulebook *rulebook;
    const GPtrArray *mends; /* (nullable) */
    guint form;
    GString *out;
} Proof;

/* What the field says after the mends; the first of them holds all of a text that was put together. */
static const char *text_after(const Proof *proof, const ZpMendField *field)
{
    for (guint k = 0; proof->mends && k < proof->mends->len; k++) {
        const ZpMend *mend = g_ptr_array_index(proof->mends, k);
        if (mend->form == proof->form && *mend->meant && strcmp(mend->pointer, field->pointer) == 0)
            return mend->meant;
    }
    return field->text ? field->text : "";
}

static void add_field(const ZpMendField *field, gpointer data)
{
    const Proof *proof = data;
    g_autofree char *usual = zp_mend_comparator(text_after(proof, field));
    g_string_append_printf(proof->out, "%u%s\t", proof->form, field->pointer);
    zp_mend_core(proof->out, proof->rulebook, usual);
    g_string_append_c(proof->out, '\n');
}

char *zp_mend_meaning(const ZpRulebook *rulebook, const GPtrArray *forms, const GPtrArray *mends)
{
    Proof proof = {rulebook, mends, 0, g_string_new(NULL)};
    for (; proof.form < forms->len; proof.form++)
        zp_mend_each(g_ptr_array_index(forms, proof.form), add_field, &proof);
    return g_string_free(proof.out, FALSE);
}
