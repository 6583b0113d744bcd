/*
 * test_span.c - pieces that would end before they begin or reach past the whole: never longer than they may be.
 */
#include "base/span.h"

#include <criterion/criterion.h>
#include <signal.h>

Test(span, within)
{
    const char *text = "一二三";
    ZpSpan span = zp_span(2, 5, 9);
    cr_expect(span.from == 2 && span.to == 5 && zp_span_length(span) == 3);
    span = zp_span_between(text, text + 9, text + 3, text + 9);
    cr_expect(span.from == 3 && span.to == 9);
    span = zp_span_between(text, text + 9, text + 9, text + 9);
    cr_expect_eq(zp_span_length(span), 0);
}

#ifdef ZP_SPAN_IS_STRICT
#define SLIP(name) Test(span, name, .signal = SIGABRT)
#else
#define SLIP(name) Test(span, name)
#endif

SLIP(ends_before_it_begins)
{
    cr_expect_eq(zp_span_length(zp_span(5, 2, 9)), 0);
}

SLIP(reaches_past_the_whole)
{
    ZpSpan span = zp_span(5, G_MAXSIZE, 9);
    cr_expect(span.from == 5 && span.to == 9);
}

SLIP(ends_before_it_begins_in_a_text)
{
    const char *text = "abcdef";
    cr_expect_eq(zp_span_length(zp_span_between(text, text + 6, text + 4, text + 2)), 0);
}

SLIP(begins_before_the_text)
{
    const char *text = "abcdef";
    ZpSpan span = zp_span_between(text + 2, text + 6, text, text + 3);
    cr_expect(span.from == 0 && span.to == 1);
}
