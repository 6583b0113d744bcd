/*
 * markup.h - what a page or a part is asked before libxml2 reads it.
 *
 * libxml2 compares every attribute of an element with all before it, so that one tag may take minutes.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef enum { ZP_MARKUP_HTML, ZP_MARKUP_XML } ZpMarkupKind;

/**
 * zp_markup_check: whether no element has more attributes than ZP_LIMIT_ATTRIBUTES.
 * @text: bytes of any kind
 * @error: ZP_ERROR_LIMIT naming ZP_LIMIT_ATTRIBUTES
 */
bool zp_markup_check(ZpMarkupKind kind, const char *text, gsize length, GError **error);

/** zp_markup_append: text as the content of an element. */
void zp_markup_append(GString *out, const char *text);
