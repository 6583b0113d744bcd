/*
 * targets.c - was a target met, and what score follows when it was missed.
 *
 * The comparator in an actual value is decoration of the reporting system, so only the
 * target's counts.  What the sign does not say is not guessed: = or no sign in a cost or time
 * indicator can mean either way, and so can no sign before a name that counts something
 * unwanted; equal figures are then met, others cannot be judged.  "Cannot be judged" is never
 * "missed".
 */
#include "rules/facts.h"

#include <string.h>

static const ZpReason WHY_BLANK = {"目标值或实际值空白", "target or actual value is blank"};
static const ZpReason WHY_TEXT = {"目标是文字，与实际值的文字不同，无法比较",
                                  "the target is prose and the actual value another text"};
static const ZpReason WHY_NO_NUMBER = {"目标值与实际值有一边没有数",
                                       "target or actual value holds no number"};
static const ZpReason WHY_UNITS = {"目标值与实际值的单位不同（C04）",
                                   "target and actual value differ in unit (C04)"};
static const ZpReason WHY_BARE_RATIO = {
    "目标是百分数而实际值是不大于 1 的裸数，按比值和按百分数结论不同",
    "the target is a percentage and the actual value a bare number up to 1, and as a share it is "
    "judged otherwise than as a percentage"};
static const ZpReason WHY_DASHES = {"目标值和实际值都只有一横",
                                    "target and actual value are dashes"};
static const ZpReason WHY_DATE = {"实际日期不够具体，看不出是否晚于目标",
                                  "the actual date is not exact enough to be compared"};
static const ZpReason WHY_DATE_SIGN = {"目标日期带比较符，看不出是不早于还是不晚于",
                                       "the sign before the target date may mean either way"};
static const ZpReason WHY_RANGE_ACTUAL = {"实际值是一个区间", "the actual value is a range"};
static const ZpReason WHY_COST = {"成本指标没有写明不高于还是不低于",
                                  "a cost indicator without a sign that says which way is better"};
static const ZpReason WHY_TIME = {"时效指标没有写明不晚于还是不少于",
                                  "a time indicator without a sign that says which way is better"};
static const ZpReason WHY_LOWER = {"名称所计的事越少越好，目标却没有比较符",
                                   "the name counts something unwanted and the target has no sign"};
static const ZpReason WHY_ABOUT = {"实际值是约数，正好等于目标",
                                   "the actual value is an approximation that equals the target"};
static const ZpReason WHY_MISSED_RANGE = {"未达到的区间没有应得分",
                                          "a missed range has no expected score"};
static const ZpReason WHY_MISSED_DATE = {"迟于目标的日期没有应得分",
                                         "a missed date has no expected score"};
static const ZpReason WHY_NEGATIVE = {"目标值或实际值小于 0，没有应得分",
                                      "a target or actual value below 0 has no expected score"};

static void cannot_say(ZpIndicatorFacts *facts, const ZpReason *why)
{
    facts->met = ZP_MET_UNSAID;
    facts->why = why;
}

static bool is_same_folded(const char *a, const char *b)
{
    if (strcmp(a, b) == 0)
        return true;
    g_autoptr(GString) one = g_string_new(NULL);
    g_autoptr(GString) other = g_string_new(NULL);
    zp_text_append_folded(one, a, strlen(a));
    zp_text_append_folded(other, b, strlen(b));
    return g_string_equal(one, other);
}

static void judge_texts(ZpIndicatorFacts *facts, const ZpValue *target, const ZpValue *actual)
{
    if (zp_text_is_empty(target->text) || zp_text_is_empty(actual->text)) {
        cannot_say(facts, &WHY_BLANK);
        return;
    }
    if (is_same_folded(target->text, actual->text)) {
        facts->met = ZP_MET_YES;
        if (zp_text_is_dash(target->text))
            cannot_say(facts, &WHY_DASHES);
        return;
    }
    bool has_figure = target->has_value || actual->has_value || target->date.year;
    cannot_say(facts, has_figure ? &WHY_NO_NUMBER : &WHY_TEXT);
}

/*
 * Whether the actual date is later (above 0) or earlier than the target; by month where one side
 * has no day.  A year alone as the target means its last day; as the actual value it says nothing
 * within that year.
 */
static bool compare_dates(ZpDate actual, ZpDate target, int *order)
{
    *order = actual.year - target.year;
    if (*order != 0 || !target.month)
        return true;
    if (!actual.month)
        return false;
    *order = actual.month - target.month;
    if (*order == 0 && actual.day && target.day)
        *order = actual.day - target.day;
    return true;
}

/* 不早于 turns a date round; what ≥ before a date means, no form says. */
static void judge_dates(ZpIndicatorFacts *facts, const ZpValue *target, const ZpValue *actual)
{
    int order;
    bool has_sign = target->op == ZP_OP_GE || target->op == ZP_OP_GT;
    bool is_turned = has_sign && strstr(target->text, "不早") != NULL;
    facts->why_expected = &WHY_MISSED_DATE;
    if (!compare_dates(actual->date, target->date, &order)) {
        cannot_say(facts, &WHY_DATE);
        return;
    }
    if (has_sign && !is_turned && order != 0) {
        cannot_say(facts, &WHY_DATE_SIGN);
        return;
    }
    bool is_missed = is_turned ? order < 0 : order > 0;
    facts->met = is_missed ? ZP_MET_NO : ZP_MET_YES;
}

static bool level_holds(const ZpText *level, const char *word)
{
    return level->text && strstr(level->text, word);
}

static bool is_percent(const ZpLexicon *lexicon, const ZpValue *value)
{
    int power;
    return value->unit && strcmp(zp_lexicon_unit(lexicon, value->unit, &power), "%") == 0;
}

/* Why = or no sign does not say which way is better; NULL: it does, more is. */
static const ZpReason *why_unsaid(const ZpLexicon *lexicon, const ZpIndicator *row)
{
    if (level_holds(&row->level1, "成本") || level_holds(&row->level2, "成本"))
        return &WHY_COST;
    bool is_time = level_holds(&row->level2, "时效") || level_holds(&row->level2, "进度指标");
    if (is_time && !is_percent(lexicon, &row->target) && !is_percent(lexicon, &row->actual))
        return &WHY_TIME;
    bool is_bare = row->target.op == ZP_OP_NONE && !zp_text_is_empty(row->level3.text);
    if (is_bare && zp_lexicon_is_lower_better(lexicon, row->level3.text))
        return &WHY_LOWER;
    return NULL;
}

static ZpDirection find_direction(const ZpLexicon *lexicon, const ZpIndicator *row,
                                  const ZpReason **why)
{
    switch (row->target.op) {
    case ZP_OP_LE:
    case ZP_OP_LT:
        return ZP_DIRECTION_REVERSE;
    case ZP_OP_GE:
    case ZP_OP_GT:
        return ZP_DIRECTION_POSITIVE;
    default:
        break;
    }
    if (zp_decimal_sign(row->target.value) == 0)
        return ZP_DIRECTION_REVERSE;
    *why = why_unsaid(lexicon, row);
    return *why ? ZP_DIRECTION_UNSAID : ZP_DIRECTION_POSITIVE;
}

/* 余 and 多 after a figure that equals a limit mean a little more: enough where more is better. */
static bool is_vague(const ZpIndicatorFacts *facts, ZpApprox approx)
{
    if (approx == ZP_APPROX_MORE)
        return facts->direction != ZP_DIRECTION_POSITIVE;
    return approx == ZP_APPROX_ABOUT;
}

static void judge_figures(ZpIndicatorFacts *facts, const ZpLexicon *lexicon, const ZpIndicator *row)
{
    const ZpReason *why = NULL;
    facts->is_comparable = true;
    facts->direction = find_direction(lexicon, row, &why);
    int order = zp_decimal_compare(facts->actual, facts->target);
    if (order == 0 && is_vague(facts, row->actual.approx)) {
        cannot_say(facts, &WHY_ABOUT);
        return;
    }
    if (order != 0 && facts->direction == ZP_DIRECTION_UNSAID) {
        cannot_say(facts, why);
        return;
    }
    bool is_positive = facts->direction == ZP_DIRECTION_POSITIVE;
    bool is_met = order == 0 || (order > 0) == is_positive;
    facts->met = is_met ? ZP_MET_YES : ZP_MET_NO;
}

static void judge_range(ZpIndicatorFacts *facts, ZpDecimal upper, ZpApprox approx)
{
    int low = zp_decimal_compare(facts->actual, facts->target);
    int high = zp_decimal_compare(facts->actual, upper);
    if (approx != ZP_APPROX_NONE && (low == 0 || high == 0)) {
        cannot_say(facts, &WHY_ABOUT);
        return;
    }
    facts->met = low >= 0 && high <= 0 ? ZP_MET_YES : ZP_MET_NO;
    facts->why_expected = &WHY_MISSED_RANGE;
}

/* Powers of ten of both units; false when what they count differs.  A missing unit is the other's. */
static bool agree_units(const ZpLexicon *lexicon, const ZpIndicator *row, int *target_power,
                        int *actual_power)
{
    const char *target = row->target.unit, *actual = row->actual.unit;
    *target_power = *actual_power = 0;
    if (zp_text_is_empty(target) || zp_text_is_empty(actual) || strcmp(target, actual) == 0)
        return true;
    const char *target_base = zp_lexicon_unit(lexicon, target, target_power);
    const char *actual_base = zp_lexicon_unit(lexicon, actual, actual_power);
    return !*target_base || !*actual_base || strcmp(target_base, actual_base) == 0;
}

static bool scale(ZpDecimal number, int power, ZpDecimal *out)
{
    static const gint64 TENS[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
    *out = number;
    return power <= 0 || zp_decimal_multiply(number, zp_decimal_from_int(TENS[MIN(power, 8)]), out);
}

/* A bare 0.95 against 100%: as it stands, or as the share that it may be. */
static bool is_bare_ratio(const ZpLexicon *lexicon, const ZpIndicator *row)
{
    return zp_text_is_empty(row->actual.unit) && is_percent(lexicon, &row->target) &&
           zp_decimal_compare(row->actual.value, zp_decimal_from_int(1)) <= 0;
}

static void judge_scaled(ZpIndicatorFacts *facts, const ZpLexicon *lexicon, const ZpIndicator *row,
                         ZpDecimal upper)
{
    if (row->target.has_upper)
        judge_range(facts, upper, row->actual.approx);
    else
        judge_figures(facts, lexicon, row);
}

/* Judged where both readings say the same, and computed with as a share then. */
static void judge_ratio(ZpIndicatorFacts *facts, const ZpLexicon *lexicon, const ZpIndicator *row,
                        ZpDecimal upper)
{
    judge_scaled(facts, lexicon, row, upper);
    ZpMet bare = facts->met;
    if (!zp_decimal_multiply(facts->actual, zp_decimal_from_int(100), &facts->actual)) {
        cannot_say(facts, &ZP_WHY_OVERFLOW);
        return;
    }
    judge_scaled(facts, lexicon, row, upper);
    facts->is_share = true;
    if (facts->met == bare && bare != ZP_MET_UNSAID)
        return;
    facts->is_comparable = false;
    cannot_say(facts, facts->met == bare ? facts->why : &WHY_BARE_RATIO);
}

static void judge_numbers(ZpIndicatorFacts *facts, const ZpLexicon *lexicon, const ZpIndicator *row)
{
    const ZpValue *target = &row->target, *actual = &row->actual;
    int target_power, actual_power;
    ZpDecimal upper = target->upper;
    if (!agree_units(lexicon, row, &target_power, &actual_power)) {
        cannot_say(facts, &WHY_UNITS);
        return;
    }
    int common = MIN(target_power, actual_power);
    if (!scale(target->value, target_power - common, &facts->target) ||
        !scale(actual->value, actual_power - common, &facts->actual) ||
        (target->has_upper && !scale(target->upper, target_power - common, &upper))) {
        cannot_say(facts, &ZP_WHY_OVERFLOW);
        return;
    }
    if (is_bare_ratio(lexicon, row))
        judge_ratio(facts, lexicon, row, upper);
    else
        judge_scaled(facts, lexicon, row, upper);
}

/* A range as the actual value is met only where it repeats the target. */
static void judge_range_actual(ZpIndicatorFacts *facts, const ZpValue *target,
                               const ZpValue *actual)
{
    judge_texts(facts, target, actual);
    if (facts->met == ZP_MET_UNSAID)
        facts->why = &WHY_RANGE_ACTUAL;
}

void zp_target_judge(ZpIndicatorFacts *facts, const ZpLexicon *lexicon, const ZpIndicator *row)
{
    const ZpValue *target = &row->target, *actual = &row->actual;
    if (target->is_malformed || actual->is_malformed)
        cannot_say(facts, &ZP_WHY_MALFORMED);
    else if (actual->has_value && actual->has_upper)
        judge_range_actual(facts, target, actual);
    else if (target->has_value && actual->has_value)
        judge_numbers(facts, lexicon, row);
    else if (target->date.year && actual->date.year)
        judge_dates(facts, target, actual);
    else
        judge_texts(facts, target, actual);
}

static bool expect_positive(ZpIndicatorFacts *facts, ZpDecimal weight)
{
    ZpFraction *only = &facts->curves[0];
    only->under = facts->target;
    if (!zp_decimal_multiply(weight, facts->actual, &only->over))
        return false;
    facts->n_curves = 1;
    return true;
}

/* Of the two curves of a missed ≤ target, in the order of `curves`. */
enum { LINEAR, QUOTIENT };

/* W·(1−(A−T)/T), which is W·(2T−A)/T, 0 from 2T on; and W·T/A. */
static bool expect_reverse(ZpIndicatorFacts *facts, ZpDecimal weight)
{
    ZpFraction *linear = &facts->curves[LINEAR], *quotient = &facts->curves[QUOTIENT];
    ZpDecimal room;
    if (!zp_decimal_add(facts->target, facts->target, &room) ||
        !zp_decimal_subtract(room, facts->actual, &room) ||
        !zp_decimal_multiply(weight, room, &linear->over) ||
        !zp_decimal_multiply(weight, facts->target, &quotient->over))
        return false;
    if (zp_decimal_sign(room) < 0)
        linear->over = zp_decimal_from_int(0);
    linear->under = facts->target;
    quotient->under = facts->actual;
    facts->n_curves = 2;
    return true;
}

/* With a target of 0 every missed score is 0 by all formulas. */
static void expect_nothing(ZpIndicatorFacts *facts)
{
    facts->curves[0] = (ZpFraction){zp_decimal_from_int(0), zp_decimal_from_int(1)};
    facts->n_curves = 1;
}

/* Of the curves, those that the profile accepts. */
static void accept(ZpIndicatorFacts *facts, ZpReverse reverse)
{
    for (guint k = 0; k < facts->n_curves; k++) {
        bool is_other = facts->n_curves > 1 &&
                        reverse == (k == LINEAR ? ZP_REVERSE_QUOTIENT : ZP_REVERSE_LINEAR);
        if (!is_other)
            facts->expected[facts->n_expected++] = facts->curves[k];
    }
}

void zp_score_expect(ZpIndicatorFacts *facts, ZpDecimal weight, ZpReverse reverse)
{
    if (!facts->is_comparable)
        return;
    bool is_reverse = facts->direction == ZP_DIRECTION_REVERSE;
    int sign = zp_decimal_sign(facts->target);
    if (sign < 0 || zp_decimal_sign(facts->actual) < 0) {
        facts->why_expected = &WHY_NEGATIVE;
        return;
    }
    bool is_known = true;
    if (sign == 0)
        expect_nothing(facts);
    else
        is_known = is_reverse ? expect_reverse(facts, weight) : expect_positive(facts, weight);
    if (is_known)
        accept(facts, reverse);
    else
        facts->why_expected = &ZP_WHY_OVERFLOW;
}
