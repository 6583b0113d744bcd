/*
 * plain_page.h - the head of a web page that runs nothing and loads nothing.
 */
#pragma once

#include <glib.h>

/**
 * zp_plain_page_begin: up to the beginning of the body; a policy allows this style alone, by its hash.
 * @language: of the page: "zh-CN"
 * @style: trusted
 */
void zp_plain_page_begin(GString *out, const char *language, const char *title, const char *style);

/**
 * zp_plain_page_begin_with: the same of a page that does more.
 * @policy: what it may do beside its style: "; img-src data:"
 */
void zp_plain_page_begin_with(GString *out, const char *language, const char *title,
                              const char *style, const char *policy);

/**
 * zp_plain_page_hash: what a policy names a script or a style by: base64 of its SHA-256.
 *
 * Returns: (transfer full)
 */
char *zp_plain_page_hash(const char *text);

/**
 * zp_plain_page_style: the style of the report page, and more behind it.
 *
 * Returns: (transfer full)
 */
char *zp_plain_page_style(const char *more);
