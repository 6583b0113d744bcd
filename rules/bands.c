/*
 * bands.c - S10, S12 and S13: scores that follow no proportion.
 *
 * S10: a qualitative indicator is answered with one of three phrases, and each phrase earns a
 * share of the weight between two limits of the profile.  S12: a form may have a column with
 * score times weight beside the score; where the scores are points of their weights already,
 * that column weighs them twice.  S13: a column may print the share of the weight that was earned.
 */
#include "rules/scored.h"

/* From low to high; the upper end belongs to the best band only. */
typedef struct {
    ZpDecimal low, high;
} Share;

static bool share_of(const ZpContext *context, const ZpScored *scored, ZpBand band, Share *share)
{
    const ZpProfile *profile = context->facts->profile;
    ZpDecimal reached, partly;
    if (!zp_decimal_multiply(scored->weight, profile->band_reached, &reached) ||
        !zp_decimal_multiply(scored->weight, profile->band_partly, &partly))
        return false;
    if (band == ZP_BAND_REACHED)
        *share = (Share){reached, scored->weight};
    else if (band == ZP_BAND_PARTLY)
        *share = (Share){partly, reached};
    else
        *share = (Share){zp_decimal_from_int(0), partly};
    return true;
}

static bool is_inside(const ZpScored *scored, ZpBand band, const Share *share)
{
    int high = zp_decimal_compare(scored->score, share->high);
    return zp_decimal_compare(scored->score, share->low) >= 0 &&
           (high < 0 || (high == 0 && band == ZP_BAND_REACHED));
}

/* 8.0 as 8: limits are products and carry idle zeros. */
static char *short_text(ZpDecimal figure)
{
    char text[ZP_DECIMAL_TEXT_MAX];
    while (figure.scale > 0 && figure.coefficient % 10 == 0) {
        figure.coefficient /= 10;
        figure.scale--;
    }
    return g_strdup(zp_decimal_print(figure, text));
}

static void report_band(ZpContext *context, const ZpScored *scored, ZpBand band, const Share *share)
{
    g_autofree char *low = short_text(share->low);
    g_autofree char *high = short_text(share->high);
    g_autofree char *expected = g_strconcat(low, "–", high, NULL);
    ZpFinding *finding = zp_scored_fail(context, scored, ZP_SEVERITY_WARNING, expected);
    if (band != ZP_BAND_REACHED)
        finding->message = "below";
    zp_finding_text(finding, "high", high);
}

void zp_check_qualitative_band(ZpContext *context)
{
    ZpScored scored = zp_scored_row(context);
    ZpBand band = zp_band_of(&scored.indicator->actual);
    Share share;
    if (band == ZP_BAND_NONE) {
        zp_answer_not_applicable(context);
        return;
    }
    if (!zp_scored_is_ready(context, &scored))
        return;
    if (!share_of(context, &scored, band, &share))
        zp_answer_cannot(context, scored.spot, &ZP_WHY_OVERFLOW);
    else if (is_inside(&scored, band, &share))
        zp_answer_pass(context);
    else
        report_band(context, &scored, band, &share);
}

/* The cell is score times weight percent; a whole weight of 100 changes nothing. */
static ZpAnswer is_weighted_again(const ZpScored *scored, ZpDecimal printed)
{
    ZpDecimal hundred = zp_decimal_from_int(100);
    ZpFraction part = {.under = hundred};
    if (zp_decimal_sign(scored->score) == 0 || zp_decimal_compare(scored->weight, hundred) >= 0)
        return ZP_ANSWER_NO;
    if (!zp_decimal_multiply(scored->score, scored->weight, &part.over))
        return ZP_ANSWER_OVERFLOW;
    return zp_fraction_is_score(part, printed);
}

static void report_weighted(ZpContext *context, const ZpScored *scored, const ZpValue *cell)
{
    const ZpIndicator *row = scored->indicator;
    ZpSpot spot = zp_spot_indicator(scored->row, "other", &cell->at);
    ZpFinding *finding =
        zp_answer_fail(context, ZP_SEVERITY_ERROR, spot, cell->text, row->score.text);
    zp_finding_name(finding, "name", row->level3.text);
    zp_finding_text(finding, "weight", row->weight.text);
    zp_finding_text(finding, "score", row->score.text);
}

void zp_check_weighted_twice(ZpContext *context)
{
    ZpScored scored = zp_scored_row(context);
    const ZpValue *cell =
        zp_weighted_cell(zp_rulebook_lexicon(context->rulebook), scored.indicator);
    if (!cell || zp_cell_state(cell) < ZP_CELL_MALFORMED) {
        zp_answer_not_applicable(context);
        return;
    }
    if (!zp_scored_is_ready(context, &scored))
        return;
    ZpSpot spot = zp_spot_indicator(scored.row, "other", &cell->at);
    ZpAnswer answer = context->facts->is_scored_by_points ? is_weighted_again(&scored, cell->value)
                                                          : ZP_ANSWER_NO;
    if (cell->is_malformed || answer == ZP_ANSWER_OVERFLOW)
        zp_answer_cannot(context, spot, cell->is_malformed ? &ZP_WHY_MALFORMED : &ZP_WHY_OVERFLOW);
    else if (answer == ZP_ANSWER_YES)
        report_weighted(context, &scored, cell);
    else
        zp_answer_pass(context);
}

/* The row's cell in a column of shares of the weight; NULL: there is none. */
static const ZpValue *coefficient_cell(const ZpLexicon *lexicon, const ZpIndicator *row)
{
    for (guint k = 0; row->other && k < row->other->len; k++) {
        const ZpExtra *other = g_ptr_array_index(row->other, k);
        if (zp_lexicon_is_coefficient(lexicon, other->label.text))
            return &other->value;
    }
    return NULL;
}

/* Weight times coefficient: up to 1 it is a share unless printed with %, above 1 a percentage. */
static bool earned_score(const ZpScored *scored, const ZpValue *cell, ZpFraction *earned)
{
    ZpDecimal one = zp_decimal_from_int(1);
    bool is_share = zp_text_is_empty(cell->unit) && zp_decimal_compare(cell->value, one) <= 0;
    earned->under = is_share ? one : zp_decimal_from_int(100);
    return zp_decimal_multiply(scored->weight, cell->value, &earned->over);
}

static void report_coefficient(ZpContext *context, const ZpScored *scored, const ZpValue *cell,
                               ZpFraction earned)
{
    char text[ZP_DECIMAL_TEXT_MAX];
    ZpDecimal rounded;
    const char *expected = NULL;
    if (zp_fraction_round(earned, 2, ZP_ROUND_HALF_UP, &rounded))
        expected = zp_decimal_print(rounded, text);
    ZpFinding *finding = zp_scored_fail(context, scored, ZP_SEVERITY_ERROR, expected);
    zp_finding_text(finding, "coefficient", cell->text);
}

void zp_check_coefficient(ZpContext *context)
{
    ZpScored scored = zp_scored_row(context);
    const ZpValue *cell =
        coefficient_cell(zp_rulebook_lexicon(context->rulebook), scored.indicator);
    ZpFraction earned;
    if (!cell || zp_cell_state(cell) != ZP_CELL_NUMBER) {
        zp_answer_not_applicable(context);
        return;
    }
    if (!zp_scored_is_ready(context, &scored))
        return;
    ZpAnswer answer = earned_score(&scored, cell, &earned)
                          ? zp_fraction_is_score(earned, scored.score)
                          : ZP_ANSWER_OVERFLOW;
    if (answer == ZP_ANSWER_OVERFLOW)
        zp_answer_cannot(context, scored.spot, &ZP_WHY_OVERFLOW);
    else if (answer == ZP_ANSWER_YES)
        zp_answer_pass(context);
    else
        report_coefficient(context, &scored, cell, earned);
}
