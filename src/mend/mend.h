/*
 * mend.h - which cells of an original to write anew so that its forms are printed as they are meant.
 *
 * A safe mend never changes what a cell says: what is left of the old text without white space and mark-up is, character
 * by character, what is left of the new one; only signs of comparison get their usual spelling.
 * Unsafe mends write recomputed figures.  Whether the copy says what is meant is proved by reading it again.
 *
 * Knows no format: a parser's ZpCellWriter says what a cell holds and writes it.
 */
#pragma once

#include "output/writer.h"
#include "parsers/parser.h"

/* One cell to write. */
typedef struct {
    ZpCellEdit edit;
    char *meant;   /* the text of the field then; "" for the rest of one that was put together */
    guint form;    /* index */
    char *pointer; /* into the form */
    ZpPlace at;
    bool is_unsafe; /* a recomputed figure */
} ZpMend;

typedef struct {
    const ZpRulebook *rulebook;
    const ZpCellWriter *writer;
    ZpOriginal *original;
    bool unsafe;
} ZpMender;

/**
 * zp_mend_form: append the mends of a form.
 * @mends: of ZpMend (owned, free with zp_mend_free), for several forms of a file one after another
 * @left: of char *: a line for each repair or failed check that cannot be mended, in @lang
 */
void zp_mend_form(const ZpMender *mender, const ZpForm *form, guint index, const ZpResult *result,
                  ZpLang lang, GPtrArray *mends, GPtrArray *left);
void zp_mend_free(ZpMend *mend);

/** zp_mend_sort: bring mends into the order of their places. */
void zp_mend_sort(GPtrArray *mends);

/**
 * zp_mend_save: the original with the mends made.
 * @mends: sorted
 * @error: as ZpCellWriter.save
 */
GBytes *zp_mend_save(const ZpMender *mender, const GPtrArray *mends, GError **error);

/** zp_mend_remark: what is to be known of the copy, a line each, into @left. */
void zp_mend_remark(const ZpMender *mender, const GPtrArray *mends, ZpLang lang, GPtrArray *left);

/**
 * zp_mend_meaning: a line for each field of the forms: where it is, what it says but for white space, mark-up and the
 * spelling of signs.
 * @forms: of ZpForm
 * @mends: (nullable) of ZpMend: as it is to be after them
 *
 * Returns: (transfer full) the same for an original with its mends and for the copy, when that reads as it should.
 */
char *zp_mend_meaning(const ZpRulebook *rulebook, const GPtrArray *forms, const GPtrArray *mends);
