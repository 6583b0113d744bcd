/*
 * test_name.c - names that every file system takes.
 */
#include "base/name.h"
#include "table.h"

#include <criterion/criterion.h>
#include <string.h>

typedef struct {
    const char *text, *name;
} Row;

static const Row ROWS[] = {
    {"甲单位", "甲单位"},
    {"a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j"},
    {"  .hidden. . ", "hidden"},
    {"..", "_"},
    {"", "_"},
    {"con", "_con"},
    {"CON.txt", "_CON.txt"},
    {"nul .x", "_nul .x"},
    {"com1", "_com1"},
    {"LPT²", "_LPT²"},
    {"com10", "com10"},
    {"console", "console"},
    {"a\nb\x01", "a_b_"},
    {"a\xe2\x80\xae"
     "b",
     "a_b"},
    {"\xff甲", "\xef\xbf\xbd甲"},
};

TableRows(name, is_safe)
{
    static int rows[G_N_ELEMENTS(ROWS)];
    for (gsize k = 0; k < G_N_ELEMENTS(ROWS); k++)
        rows[k] = (int)k;
    return cr_make_param_array(int, rows, G_N_ELEMENTS(rows));
}

TableTest(const int *k, name, is_safe)
{
    const Row *row = &ROWS[*k];
    g_autofree char *name = zp_name_of(row->text, NULL);
    cr_assert_str_eq(name, row->name, "%s: %s", row->text, name);
}

/* Cut between characters, and told apart as file systems do that know no case. */
Test(name, is_short_and_its_own)
{
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GString *text = g_string_new(NULL);
    for (int k = 0; k < 200; k++)
        g_string_append(text, "单");
    const char *const same[] = {"Abc", "aBC", "abc ", "é", "e\xcc\x81"};
    const char *const names[] = {"Abc", "aBC (2)", "abc (3)", "é", "é (2)"};
    for (gsize k = 0; k < G_N_ELEMENTS(same); k++) {
        g_autofree char *name = zp_name_of(same[k], taken);
        cr_assert_str_eq(name, names[k]);
    }
    for (int k = 0; k < 12; k++) {
        g_autofree char *name = zp_name_of(text->str, taken);
        cr_assert_leq(strlen(name), ZP_NAME_BYTES);
        cr_assert(g_utf8_validate(name, -1, NULL));
    }
    cr_assert_eq(g_hash_table_size(taken), 17);
    g_string_free(text, TRUE);
}
