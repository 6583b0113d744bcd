#!/usr/bin/env bash
# growth.sh - how the work grows with the input: the exponent of each family of documents, by doubling.
#
# usage: bench/growth.sh [--times X] [FAMILY…]
#
# Instructions under callgrind (bench/growth.py has the families). Builds the release preset first; ends with 1
# when one grows faster than n to the 1.3.
set -u
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"
ensure_packages build test bench && build_preset release || exit "$EXIT_INTERNAL"
exec python3 "$root/bench/growth.py" "$root/build/release/ziping" "$@"
