/*
 * fingerprint.c - a name for a finding that outlives corrections elsewhere in the form.
 *
 * SHA-256, cut to 32 hex digits, of project, unit, year, rule, field and ordinal, each ended by
 * a NUL.  The field is the pointer with names for positions: /indicators/3/score becomes
 * /indicators/产出指标/数量指标/公务用车出车次数/score, each name ended by a unit separator.  Findings
 * that are equal in all of that count 1, 2, … in the order of the report.
 *
 * A finding about a file (D01, D02, a loss) has no project: the file's own name, without its folder,
 * stands in its place.  Else every unreadable file would have one fingerprint, and whoever accepts
 * one of them would accept all.
 */
#include "rules/check.h"

#include <stdlib.h>
#include <string.h>

#define FINGERPRINT_DIGITS 32
/* Of SHA-256. */
#define DIGEST_BYTES 32
/* Parts a name from the next; stands in no printed text. */
#define SEPARATOR '\x1f'

static void append_name(GString *field, const char *name)
{
    g_string_append(field, name ? name : "");
    g_string_append_c(field, SEPARATOR);
}

static void append_indicator(GString *field, const ZpForm *form, gulong k)
{
    if (k >= form->indicators->len)
        return;
    const ZpIndicator *row = zp_form_indicator(form, k);
    append_name(field, row->level1.text);
    append_name(field, row->level2.text);
    append_name(field, row->level3.text);
}

static void append_fund(GString *field, const ZpForm *form, gulong k)
{
    if (k < form->funds->len)
        append_name(field, zp_form_fund(form, k)->label.text);
}

static const struct {
    const char *prefix;
    void (*append)(GString *field, const ZpForm *form, gulong k);
} BLOCKS[] = {
    {"/indicators/", append_indicator},
    {"/funds/", append_fund},
};

/* The pointer with its row number replaced by the row's names. */
static char *name_field(const ZpForm *form, const char *pointer)
{
    for (guint k = 0; form && k < G_N_ELEMENTS(BLOCKS); k++) {
        if (!g_str_has_prefix(pointer, BLOCKS[k].prefix))
            continue;
        char *rest = NULL;
        gulong row = strtoul(pointer + strlen(BLOCKS[k].prefix), &rest, 10);
        GString *field = g_string_new(BLOCKS[k].prefix);
        BLOCKS[k].append(field, form, row);
        g_string_append(field, rest);
        return g_string_free(field, FALSE);
    }
    return g_strdup(pointer);
}

static void append_part(GString *identity, const char *part)
{
    g_string_append(identity, part ? part : "");
    g_string_append_c(identity, '\0');
}

/* @checksum: reset and used again, because making one costs more than the digest. */
static char *digest(GChecksum *checksum, const GString *identity)
{
    static const char HEX[] = "0123456789abcdef";
    guint8 bytes[DIGEST_BYTES];
    gsize length = sizeof bytes;
    g_checksum_reset(checksum);
    g_checksum_update(checksum, (const guchar *)identity->str, (gssize)identity->len);
    g_checksum_get_digest(checksum, bytes, &length);
    char *text = g_malloc(FINGERPRINT_DIGITS + 1);
    for (guint k = 0; k < FINGERPRINT_DIGITS / 2; k++) {
        text[2 * k] = HEX[bytes[k] >> 4];
        text[2 * k + 1] = HEX[bytes[k] & 15];
    }
    text[FINGERPRINT_DIGITS] = '\0';
    return text;
}

/* How often this identity was seen, this time included. */
static guint count_again(GHashTable *seen, const char *key)
{
    guint n = GPOINTER_TO_UINT(g_hash_table_lookup(seen, key)) + 1;
    g_hash_table_insert(seen, g_strdup(key), GUINT_TO_POINTER(n));
    return n;
}

void zp_check_seal(const char *path, const GPtrArray *forms, ZpReport *report)
{
    g_autofree char *file = g_path_get_basename(path);
    g_autoptr(GString) identity = g_string_new(NULL);
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint k = 0; k < report->findings->len; k++) {
        ZpFinding *finding = g_ptr_array_index(report->findings, k);
        int index = finding->form;
        bool is_known = forms && index >= 0 && (guint)index < forms->len;
        const ZpForm *form = is_known ? g_ptr_array_index(forms, index) : NULL;
        if (finding->fingerprint)
            continue;
        if (!finding->field) /* X09 says itself which project it is about */
            finding->field = name_field(form, finding->pointer);
        g_string_truncate(identity, 0);
        append_part(identity, form ? form->project.text : file);
        append_part(identity, form ? form->unit.text : NULL);
        g_string_append_printf(identity, "%d", form ? form->year : 0);
        g_string_append_c(identity, '\0');
        append_part(identity, ZP_RULES[finding->rule].code);
        append_part(identity, finding->field);
        g_autofree char *first = digest(checksum, identity);
        guint n = count_again(seen, first);
        if (n > 1)
            g_string_append_printf(identity, "%u", n);
        finding->fingerprint = n > 1 ? digest(checksum, identity) : g_steal_pointer(&first);
    }
}
