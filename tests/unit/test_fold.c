/*
 * test_fold.c - which notes of a rounding habit become one line, and what is shown then.
 */
#include "output/fold.h"

#include "rulebook/catalogue.h"

#include <criterion/criterion.h>
#include <string.h>

static void add(ZpFold *fold, ZpPiece piece, const char *unit, const char *text)
{
    g_autoptr(GString) string = g_string_new(text);
    cr_assert(zp_fold_add(fold, piece, unit, string, NULL));
}

static void count(ZpFold *fold, const char *unit, guint n, guint n_up, guint n_cut)
{
    const ZpRateCounts rates = {n, n_up, n_cut};
    zp_fold_count(fold, unit, &rates);
}

static bool append(G_GNUC_UNUSED ZpPiece piece, const char *text, gsize length, gpointer data,
                   G_GNUC_UNUSED GError **error)
{
    g_string_append_len(data, text, (gssize)length);
    return true;
}

static char *shown(ZpFold *fold)
{
    GString *out = g_string_new(NULL);
    ZpFolded folded;
    guint position = 0;
    cr_assert(zp_fold_show(fold, append, out, NULL));
    while (zp_fold_next(fold, &position, &folded))
        g_string_append_printf(out, "|%s %s %u/%u", folded.unit, folded.habit, folded.n_notes,
                               folded.n_rates);
    return g_string_free(out, FALSE);
}

/* Two forms of a unit, a note each; the heads go with the notes when nothing else is there. */
static ZpFold *two_notes(const char *unit, ZpPiece piece)
{
    ZpFold *fold = zp_fold_new();
    add(fold, ZP_PIECE_FILE, NULL, "f");
    add(fold, ZP_PIECE_FORM, NULL, "1");
    add(fold, piece, unit, "a");
    add(fold, ZP_PIECE_FINDING, NULL, "x");
    add(fold, ZP_PIECE_FORM, NULL, "2");
    add(fold, piece, unit, "b");
    add(fold, ZP_PIECE_FILE, NULL, "g");
    add(fold, ZP_PIECE_FORM, NULL, "3");
    add(fold, ZP_PIECE_FINDING, NULL, "y");
    return fold;
}

Test(fold, all_rates_fit)
{
    g_autoptr(ZpFold) fold = two_notes("甲", ZP_PIECE_UP);
    count(fold, "甲", 1, 1, 0);
    count(fold, "甲", 2, 2, 1); /* one of them is even: every rounding gives it */
    g_autofree char *text = shown(fold);
    cr_expect_str_eq(text, "f1xg3y|甲 up 2/3");
}

Test(fold, cut_and_other_units)
{
    g_autoptr(ZpFold) fold = two_notes("甲", ZP_PIECE_CUT);
    count(fold, "乙", 1, 0, 0);
    count(fold, "甲", 2, 0, 2);
    g_autofree char *text = shown(fold);
    cr_expect_str_eq(text, "f1xg3y|甲 cut 2/2");
}

Test(fold, one_rate_does_not_fit)
{
    g_autoptr(ZpFold) fold = two_notes("甲", ZP_PIECE_UP);
    count(fold, "甲", 2, 2, 0);
    count(fold, "甲", 1, 0, 1);
    g_autofree char *text = shown(fold);
    cr_expect_str_eq(text, "f1ax2bg3y");
}

Test(fold, nobodys_notes)
{
    g_autoptr(ZpFold) fold = two_notes("", ZP_PIECE_UP);
    count(fold, "", 2, 2, 0);
    g_autofree char *text = shown(fold);
    cr_expect_str_eq(text, "f1ax2bg3y");
}

Test(fold, a_single_note_stays)
{
    g_autoptr(ZpFold) fold = zp_fold_new();
    add(fold, ZP_PIECE_FILE, NULL, "f");
    add(fold, ZP_PIECE_UP, "甲", "a");
    count(fold, "甲", 1, 1, 0);
    g_autofree char *text = shown(fold);
    cr_expect_str_eq(text, "fa");
}

/* More than waits in memory comes back whole and in order, from a file. */
Test(fold, longer_than_memory)
{
    enum { PIECES = 20, BYTES = 512 * 1024 };
    g_autoptr(ZpFold) fold = zp_fold_new();
    g_autoptr(GString) wanted = g_string_new(NULL);
    for (int k = 0; k < PIECES; k++) {
        g_autofree char *text = g_strnfill(BYTES, (char)('a' + k));
        add(fold, ZP_PIECE_FINDING, NULL, text);
        g_string_append(wanted, text);
    }
    add(fold, ZP_PIECE_UP, "甲", "1");
    add(fold, ZP_PIECE_UP, "甲", "2");
    count(fold, "甲", 2, 2, 0);
    g_string_append(wanted, "|甲 up 2/2");
    g_autofree char *text = shown(fold);
    cr_expect(strcmp(text, wanted->str) == 0);
}

Test(fold, what_a_finding_is)
{
    const ZpFinding up = {.rule = ZP_RULE_F01, .habit = "up"};
    const ZpFinding cut = {.rule = ZP_RULE_F01, .habit = "cut"};
    const ZpFinding score = {.rule = ZP_RULE_F02, .habit = "up"};
    const ZpFinding ratio = {.rule = ZP_RULE_F01, .habit = "ratio"};
    const ZpFinding plain = {.rule = ZP_RULE_F01};
    cr_expect(zp_fold_piece(&up) == ZP_PIECE_UP && zp_fold_piece(&cut) == ZP_PIECE_CUT);
    cr_expect(zp_fold_piece(&score) == ZP_PIECE_FINDING);
    cr_expect(zp_fold_piece(&ratio) == ZP_PIECE_FINDING);
    cr_expect(zp_fold_piece(&plain) == ZP_PIECE_FINDING);
}
