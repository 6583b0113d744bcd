/*
 * searchable.h - `convert FILE --to pdf-text -o COPY`.
 */
#pragma once

#include "cli/cli.h"

/**
 * zp_searchable_is_asked: whether one of the formats is pdf-text; then the command is zp_searchable_command.
 */
bool zp_searchable_is_asked(const ZpArguments *arguments);
ZpExit zp_searchable_command(const ZpArguments *arguments);
