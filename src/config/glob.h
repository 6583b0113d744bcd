/*
 * glob.h - path patterns as people know them from ignore files.
 */
#pragma once

#include <stdbool.h>

/**
 * zp_glob_fits: whether a path fits a pattern.
 * @path: relative, parts separated by /; any bytes
 * @pattern: within a part `*`, `?` (one byte) and `[…]`; `**` as a part stands for any number of parts, none
 * too; a pattern without / is about the last part or any folder above it, one that ends in / or names a folder
 * is about all in it
 */
bool zp_glob_fits(const char *pattern, const char *path);
