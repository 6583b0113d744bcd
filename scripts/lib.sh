# shellcheck shell=bash
# lib.sh - what run.sh, test.sh and bench/ share: packages, configure, build.
#
# Sourced, never run. Nothing is printed unless something is wrong or packages are installed.
# When nothing changed, ensure_packages costs one dpkg-query and build_preset one no-op ninja.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# The contract's exit code for "we could not do our job".
readonly EXIT_INTERNAL=4

complain() { printf 'ziping: %s\n' "$*" >&2; }

# packages_for NEED…: the packages of scripts/packages.txt that any NEED asks for.
packages_for() {
    local package need wanted
    while read -r package need _; do
        for wanted in "$@"; do
            if [ "$need" = "$wanted" ]; then echo "$package"; fi
        done
    done < <(grep -v '^#' "$root/scripts/packages.txt")
}

# missing_packages NEED…: those of them that are not installed.
missing_packages() {
    packages_for "$@" | sort -u | comm -23 - <(
        # shellcheck disable=SC2046
        dpkg-query -W -f '${db:Status-Status} ${Package}\n' $(packages_for "$@") 2>/dev/null |
            sed -n 's/^installed //p' | sort -u)
}

# install_packages PACKAGE…: by apt-get, as root or by a sudo that asks nothing.
install_packages() {
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! sudo -n true 2>/dev/null; then
            complain "these packages are missing and installing them needs root. Please run:"
            complain "  sudo apt-get update && sudo apt-get install --no-install-recommends $*"
            return 1
        fi
        as_root=(sudo -n)
    fi
    complain "installing packages: $*"
    "${as_root[@]}" apt-get update -qq >&2 &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -qq -y --no-install-recommends "$@" >&2
}

# ensure_packages NEED…: install what is missing; elsewhere than on Debian, leave it to CMake to say so.
ensure_packages() {
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || return 0
    local missing
    missing=$(missing_packages "$@")
    [ -z "$missing" ] && return 0
    # shellcheck disable=SC2086
    install_packages $missing || { complain "could not install: $missing"; return "$EXIT_INTERNAL"; }
}

# forget_moved_build DIR: a build folder copied from elsewhere is of no use to CMake.
forget_moved_build() {
    local cache=$1/CMakeCache.txt
    [ -f "$cache" ] || return 0
    grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache" || rm -rf "$1"
}

# configure_and_build PRESET TARGET…
configure_and_build() {
    local preset=$1 dir=$root/build/$1
    shift
    forget_moved_build "$dir"
    if [ ! -f "$dir/build.ninja" ] || [ "$root/CMakePresets.json" -nt "$dir/build.ninja" ]; then
        (cd "$root" && cmake --preset "$preset") || return
    fi
    ninja -C "$dir" "$@"
}

# build_preset PRESET TARGET…: silent unless it fails; two at once wait for each other.
build_preset() {
    local preset=$1 log=$root/build/$1.log
    mkdir -p "$root/build" || return "$EXIT_INTERNAL"
    (
        flock 9
        configure_and_build "$@" >"$log" 2>&1 9>&-
    ) 9>"$root/build/$preset.lock" && return 0
    cat "$log" >&2
    complain "the $preset build failed (see above; kept in build/$preset.log)"
    return "$EXIT_INTERNAL"
}

# count_instructions COMMAND…: those of one run under callgrind, of all its processes together.
count_instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
        awk '/Collected :/ { sum += $NF } END { printf "%.0f", sum }'
}

# What makes `check` countable: one worker, which valgrind can follow and slows down.
# shellcheck disable=SC2034
countable=(--jobs 1 --no-sandbox --no-progress --max-time 86400)
