/*
 * numbers.h - numbers as OFD writes them: apart by white space or commas, and steps that repeat.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/**
 * ofd_number: take the next number from a text.
 * @at: (inout) stays where there is none
 *
 * Returns: false when no number stands there; what is too large for a page is cut to 1e9.
 */
bool ofd_number(const char **at, double *number);

/**
 * ofd_numbers: up to @n numbers of a text.
 * @text: (nullable)
 *
 * Returns: how many there were.
 */
guint ofd_numbers(const char *text, double *numbers, guint n);

/* A list of steps under way: "g 4 6.53 6.54" is four times 6.53, then 6.54. */
typedef struct {
    const char *at;
    guint left; /* how often `value` still comes */
    double value;
    bool has_any;
} OfdSteps;

/**
 * ofd_steps: a list of steps before its first one.
 * @text: (nullable)
 */
OfdSteps ofd_steps(const char *text);

/**
 * ofd_step: the next step.  Behind the end of the list its last one goes on; of no list it is 0.
 */
double ofd_step(OfdSteps *steps);
