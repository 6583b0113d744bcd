/*
 * fuzz_value.c - any text as a cell's value, both kinds; what it finds must print and parse again.
 */
#include "normalise/normalise.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect_round_trip(ZpDecimal number)
{
    char text[ZP_DECIMAL_TEXT_MAX];
    ZpDecimal again;
    zp_decimal_print(number, text);
    g_assert_true(zp_decimal_parse(text, strlen(text), &again));
    g_assert_cmpint(zp_decimal_compare(number, again), ==, 0);
    g_assert_cmpint(number.scale, ==, again.scale);
}

static void normalise(const ZpRulebook *rulebook, const char *text, ZpValueKind kind)
{
    GStringChunk *strings = g_string_chunk_new(64);
    ZpValue value = {.text = text};
    zp_normalise_value(rulebook, &value, kind, 2022, strings);
    g_assert_true(value.text == text);
    g_assert_false(value.has_value && value.is_malformed);
    if (value.has_value)
        expect_round_trip(value.value);
    if (value.has_upper)
        expect_round_trip(value.upper);
    g_string_chunk_free(strings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ZpRulebook *rulebook;
    if (!rulebook)
        rulebook = zp_rulebook_open(NULL, NULL);
    g_autofree char *valid = zp_text_valid((const char *)data, size, NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    zp_text_append_clean(text, valid, strlen(valid));
    normalise(rulebook, text->str, ZP_KIND_FIGURE);
    normalise(rulebook, text->str, ZP_KIND_TARGET);
    return 0;
}
