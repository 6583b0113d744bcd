/*
 * runs_total.h - which lines the total row has.
 *
 *     总分  100.   92.0
 *              0                  narrow cells break figures
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/runs.h"

/**
 * run_total_end: the line behind it.
 * @first: its first line
 * @end: behind the last one that may be its own
 */
guint run_total_end(const Runs *runs, guint first, guint end);
