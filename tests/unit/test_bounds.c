/*
 * test_bounds.c - the limits that a user may set: their figures as text, and which of them holds.
 */
#include "base/bounds.h"
#include "base/limits.h"
#include "table.h"

#include <criterion/criterion.h>
#include <string.h>

#define ROWS_OF(table, name)                                                                       \
    TableRows(bounds, name)                                                                        \
    {                                                                                              \
        static size_t rows[G_N_ELEMENTS(table)];                                                   \
        for (size_t k = 0; k < G_N_ELEMENTS(table); k++)                                           \
            rows[k] = k;                                                                           \
        return cr_make_param_array(size_t, rows, G_N_ELEMENTS(table));                             \
    }                                                                                              \
    TableTest(size_t *row, bounds, name)

#define WRONG 0
#define MIB   (G_GUINT64_CONSTANT(1) << 20)

/* What an option says, and what it means. */
static const struct {
    ZpBound bound;
    const char *text;
    guint64 value; /* WRONG: it is refused */
} TEXTS[] = {
    {ZP_BOUND_TIME, "1", 1},
    {ZP_BOUND_TIME, "86400", 86400},
    {ZP_BOUND_TIME, "86401", WRONG},
    {ZP_BOUND_TIME, "0", WRONG},
    {ZP_BOUND_TIME, "-1", WRONG},
    {ZP_BOUND_TIME, "+1", WRONG},
    {ZP_BOUND_TIME, " 1", WRONG},
    {ZP_BOUND_TIME, "1.5", WRONG},
    {ZP_BOUND_TIME, "1K", WRONG},
    {ZP_BOUND_TIME, "", WRONG},
    {ZP_BOUND_MEMORY, "512M", 512 * MIB},
    {ZP_BOUND_MEMORY, "2g", 2048 * MIB},
    {ZP_BOUND_MEMORY, "1024G", MIB *MIB},
    {ZP_BOUND_MEMORY, "1025G", WRONG},
    {ZP_BOUND_MEMORY, "17179869184G", WRONG}, /* 2^64 and more */
    {ZP_BOUND_MEMORY, "M", WRONG},
    {ZP_BOUND_MEMORY, "0M", WRONG},
    {ZP_BOUND_MEMORY, "1MB", WRONG},
    {ZP_BOUND_MEMORY, "1T", WRONG},
    {ZP_BOUND_PAGES, "1000000", 1000000},
    {ZP_BOUND_PAGES, "1000001", WRONG},
    {ZP_BOUND_CELLS, "16000000", 16000000},
    {ZP_BOUND_CELLS, "16000001", WRONG},
    {ZP_BOUND_DEPTH, "1024", ZP_LIMIT_DEPTH},
    {ZP_BOUND_DEPTH, "1025", WRONG},
    {ZP_BOUND_INPUT, "1K", 1024},
    {ZP_BOUND_INPUT, "1G", 1024 * MIB},
    {ZP_BOUND_INPUT, "1073741825", WRONG},
    {ZP_BOUND_OUTPUT, "7", 7},
    {ZP_BOUND_OUTPUT, "2G", WRONG},
};

ROWS_OF(TEXTS, parse)
{
    guint64 value = WRONG;
    bool is_taken = zp_bound_parse(TEXTS[*row].bound, TEXTS[*row].text, &value);
    cr_expect_eq(is_taken, TEXTS[*row].value != WRONG, "%s", TEXTS[*row].text);
    cr_expect_eq(value, TEXTS[*row].value, "%s", TEXTS[*row].text);
}

static const struct {
    ZpBound bound;
    guint64 value;
    const char *text;
} SHOWN[] = {
    {ZP_BOUND_TIME, 1024, "1024"},          {ZP_BOUND_MEMORY, 1024 * MIB, "1G"},
    {ZP_BOUND_MEMORY, 1536 * MIB, "1536M"}, {ZP_BOUND_INPUT, 1024, "1K"},
    {ZP_BOUND_INPUT, 1025, "1025"},
};

ROWS_OF(SHOWN, format)
{
    g_autofree char *text = zp_bound_format(SHOWN[*row].bound, SHOWN[*row].value);
    cr_expect_str_eq(text, SHOWN[*row].text);
}

Test(bounds, defaults)
{
    const ZpLimits some = {.most = {[ZP_BOUND_PAGES] = 3}};
    cr_expect_eq(zp_limits_get(NULL, ZP_BOUND_TIME), ZP_LIMIT_FILE_SECONDS);
    cr_expect_eq(zp_limits_get(NULL, ZP_BOUND_MEMORY), ZP_LIMIT_WORKER_BYTES);
    cr_expect_eq(zp_limits_get(&some, ZP_BOUND_OUTPUT), ZP_LIMIT_RECORD_BYTES);
    cr_expect_eq(zp_limits_get(&some, ZP_BOUND_PAGES), 3);
    for (guint bound = 0; bound < ZP_BOUND_COUNT; bound++) {
        cr_expect(ZP_BOUNDS[bound].otherwise <= ZP_BOUNDS[bound].most, "%s",
                  ZP_BOUNDS[bound].option);
        cr_expect(strncmp(ZP_BOUNDS[bound].name, "ZP_LIMIT_", 9) == 0, "%s", ZP_BOUNDS[bound].name);
    }
}

/* It may lower the limit of a format, never raise it. */
Test(bounds, depth)
{
    const ZpLimits low = {.most = {[ZP_BOUND_DEPTH] = 5}};
    cr_expect_eq(zp_limits_depth(NULL, 64), 64);
    cr_expect_eq(zp_limits_depth(NULL, ZP_LIMIT_DEPTH + 1), ZP_LIMIT_DEPTH);
    cr_expect_eq(zp_limits_depth(&low, 64), 5);
    cr_expect_eq(zp_limits_depth(&low, 2), 2);
}
