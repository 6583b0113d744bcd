#!/usr/bin/env bash
# Every C file has the layout of .clang-format.
set -eu
cd "$(dirname "$0")/../.." || exit 1
find src parsers rules tests -name '*.[ch]' -print0 | xargs -0 clang-format --dry-run -Werror
