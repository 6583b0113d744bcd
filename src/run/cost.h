/*
 * cost.h - what a document is likely to take, by its name and its bytes: so that shards take about as long.
 *
 * Layer: run.
 */
#pragma once

#include <glib.h>

/**
 * zp_cost_of: microseconds of one processor.
 * @path: for its suffix; any bytes
 * @bytes: of the file, or as an archive says of an entry
 */
guint64 zp_cost_of(const char *path, guint64 bytes);
