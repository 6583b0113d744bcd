/*
 * page_out.h - one report page on its way to a stream: head, blocks of rows and of forms, totals, scripts.
 */
#pragma once

#include "output/page_json.h"

typedef struct {
    const char *kind;
    GString *json; /* "[…, …" */
    guint n, n_blocks;
} ZpPageBlock;

typedef struct {
    ZpWriting *writing; /* borrowed: its stream, buffer and language */
    ZpPageBlock rows, forms;
} ZpPageOut;

/** zp_page_begin: the page up to its data, into the buffer. */
void zp_page_begin(ZpPageOut *page, ZpWriting *writing);
void zp_page_clear(ZpPageOut *page);

/**
 * zp_page_add: a row, and what it draws when it is opened.
 * @row: the JSON of an object; it is told where the form stands
 * @form: (nullable) the JSON of a form
 */
bool zp_page_add(ZpPageOut *page, GString *row, const GString *form, GError **error);

/**
 * zp_page_end: the last blocks, the totals and the scripts.
 * @totals: (transfer full)
 */
bool zp_page_end(ZpPageOut *page, json_t *totals, GError **error);
