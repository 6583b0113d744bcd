#!/usr/bin/env bash
# run.sh ARGS… - `ziping ARGS…`, built first when it needs to be.
#
# Works from any folder and keeps it: a relative path means the caller's. Ends with the
# program's exit code, or 4 when the program could not be built.
set -u
# shellcheck source=scripts/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

ensure_packages build || exit "$EXIT_INTERNAL"
build_preset release ziping || exit "$EXIT_INTERNAL"
exec "$root/build/release/ziping" "$@"
