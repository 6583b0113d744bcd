#!/usr/bin/env bash
# ofd.sh - what `check` of an OFD file costs against unpacking its parts with libarchive and parsing them with libxml2.
#
# usage: bench/ofd.sh [FILE…]      default: samples/ofd
#
# As bench/office.sh counts and says it: "tree" is the figure that may be three at most. Prints figures, asserts nothing.
set -u
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
[ $# -gt 0 ] || set -- "$root"/samples/ofd/*.ofd
exec "$root/bench/office.sh" "$@"
