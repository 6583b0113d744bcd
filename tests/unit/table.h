/* table.h - a test over the rows of a table, all of them in one process.
 *
 * Criterion's own parameterised tests start a process a row; with the sanitizers built in that is
 * a third of a second each, whatever the row does. A table stops at its first row that fails, so
 * every assertion names the row that it is about. */
#ifndef ZP_TEST_TABLE_H
#define ZP_TEST_TABLE_H

#include <criterion/criterion.h>
#include <criterion/parameterized.h>

/** The rows of a table: a function that returns what cr_make_param_array makes of them. */
#define TableRows(suite, name) static struct criterion_test_params suite##_##name##_rows(void)

/** What is done with one row, which `row` declares: a pointer to an element of that array. */
#define TableTest(row, suite, name)                                                                \
    static void suite##_##name##_row(row);                                                         \
    Test(suite, name)                                                                              \
    {                                                                                              \
        struct criterion_test_params rows = suite##_##name##_rows();                               \
        for (size_t k = 0; k < rows.length; k++)                                                   \
            suite##_##name##_row((void *)((char *)rows.params + k * rows.size));                   \
        if (rows.cleanup)                                                                          \
            rows.cleanup(&rows);                                                                   \
    }                                                                                              \
    static void suite##_##name##_row(row)

#endif
