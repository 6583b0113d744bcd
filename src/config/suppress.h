/*
 * suppress.h - findings that somebody has answered for in the configuration.
 */
#pragma once

#include "config/settings.h"

/**
 * zp_suppress: mark the findings of a file that a suppression of its settings is about.
 * @path: absolute
 *
 * An expired suppression marks nothing.  `has_hit` and `was_due` are set on those that had to do
 * with the file.
 */
void zp_suppress(const ZpSettings *settings, const char *path, const GPtrArray *forms,
                 ZpReport *report);
