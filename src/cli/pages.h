/*
 * pages.h - the folder of further pages beside a report page: NAME-pages/, for NAME.html.
 *
 * It is written as `.new-NAME-pages` and takes its place when the page does.  A folder there is replaced where it is an
 * earlier report's as it was written, and else nothing is written.
 */
#pragma once

#include "output/writer.h"

typedef struct {
    ZpPagesPlace place; /* first: what the writer gets */
    char *name, *index;
    char *stage, *folder; /* where they are written, and at last */
    bool is_made;         /* there are some */
} ZpPages;

/** zp_pages_new: for the page at a path. */
ZpPages *zp_pages_new(const char *path);
void zp_pages_free(ZpPages *pages);

/**
 * zp_pages_close: the pages take their place, or go; an earlier report's go when there are none any more.
 * @keep: false leaves what was there before
 */
bool zp_pages_close(const ZpPages *pages, bool keep, GError **error);
