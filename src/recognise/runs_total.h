/*
 * runs_total.h - which lines the total row has.
 *
 *           10   92.0
 *     总分                 its label may stand in its middle
 *            0      4
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/runs.h"

/**
 * run_total_first: its first line.
 * @least: the first line that may be
 * @label: the line that begins with its label
 */
guint run_total_first(const Runs *runs, guint least, guint label);

/**
 * run_total_end: the line behind it.
 * @first: its first line
 * @line: the first line that may not be its own
 * @end: behind the last one that may
 */
guint run_total_end(const Runs *runs, guint first, guint line, guint end);
