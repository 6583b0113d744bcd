/*
 * rewrite.h - a package with some of its parts anew and every other byte as it was.
 */
#pragma once

#include <glib.h>

/* A part and what it is to hold. */
typedef struct {
    const char *name; /* as zp_package_name says it */
    GBytes *bytes;
} ZpNewPart;

/**
 * zp_ooxml_rewrite: the package anew.
 * @package: the whole file
 * @parts: of ZpNewPart, each name once
 * @error: ZP_ERROR_OUTPUT for what no part can be put into: an archive of several files, of more than 4 GiB, with
 * two entries of one name, or whose directory does not say where its entries are
 */
GBytes *zp_ooxml_rewrite(GBytes *package, const GArray *parts, GError **error);
