/*
 * page.h - a rule's page set for a terminal.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/**
 * zp_page_set: Markdown as a person reads it on a terminal: heads bold, paragraphs to the width, tables with
 * their columns under each other.
 * @width: of the terminal
 */
void zp_page_set(GString *out, const char *page, guint width);

/**
 * zp_page_show: to standard output, through the pager ($PAGER, else less) where it is longer than the terminal is
 * high.
 *
 * Returns: false where there is no pager or no need of one: nothing was shown
 */
bool zp_page_show(const GString *text);
