#!/usr/bin/env bash
# Installs the packages in a bare Debian 12 and tries them there: `doctor` ends 0, the samples check as they do here, and an
# upgrade keeps what a user has set.  As root, with debootstrap and a mirror; else it ends with 77.  Takes some minutes.
#
# usage: chroot.sh FOLDER ZIPING [MIRROR] [SUITE]     FOLDER holds ziping_….deb, libziping1_….deb, libziping-dev_….deb
set -eu
debs=$(realpath "$1")
ziping=$(realpath "$2")
mirror=${3:-http://deb.debian.org/debian}
suite=${4:-bookworm}
project=$(realpath "$(dirname "$0")/../..")
if [ "$(id -u)" -ne 0 ] || ! command -v debootstrap >/dev/null; then
    echo "needs root and debootstrap"
    exit 77
fi
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
# A machine that keeps the archive of an earlier run (CHROOT_BASE) need not fetch it again.
if [ -n "${CHROOT_BASE:-}" ]; then
    cp -a "$CHROOT_BASE/." "$root"
else
    debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$root.log" 2>&1 || {
        tail -n 3 "$root.log"
        exit 77
    }
fi

# shellcheck disable=SC2016 # the inner shell's
# inside COMMAND…: in the chroot, with a /proc that ends with the command.
inside() {
    unshare --mount sh -c 'mount -t proc proc "$1/proc" && root=$1 && shift && exec chroot "$root" env -i HOME=/srv PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"' \
        sh "$root" "$@"
}
fail() {
    echo "FAILED: $*"
    exit 1
}
# install_packages FOLDER: all that are in it.
install_packages() {
    rm -rf "$root/srv/debs"
    mkdir "$root/srv/debs"
    cp "$1"/*.deb "$root/srv/debs"
    inside sh -c 'apt-get install -y -qq --no-install-recommends /srv/debs/*.deb' >"$root/srv/apt.log" 2>&1 || {
        tail -n 5 "$root/srv/apt.log"
        fail "apt-get install $1"
    }
}
checks() { # PROGRAM…: the samples as JSON, whatever the exit code
    "$@" check --no-config --format json samples || [ $? -le 3 ]
}

inside apt-get update -qq >/dev/null 2>&1 || exit 77
install_packages "$debs"
inside ziping doctor >"$root/srv/doctor.txt" || {
    cat "$root/srv/doctor.txt"
    fail "doctor"
}
cp -r "$project/samples" "$root/srv/samples"
(cd "$project" && checks "$ziping") >"$root/srv/here.json"
checks inside sh -c 'cd /srv && exec ziping "$@"' ziping >"$root/srv/there.json"
cmp "$root/srv/here.json" "$root/srv/there.json" || fail "the samples check otherwise in the chroot"
for file in man/man1/ziping.1.gz bash-completion/completions/ziping doc/ziping/changelog.gz doc/ziping/docs/rules/F01.md man/man3/ziping_new.3.gz; do
    [ -s "$root/usr/share/$file" ] || fail "no $file"
done
# The library, as a program of somebody's has it: workers and their sandbox.
cp "$project/examples/check.c" "$root/srv/check.c"
inside apt-get install -y -qq --no-install-recommends gcc libc6-dev pkg-config libjansson-dev >/dev/null 2>&1 || exit 77
# shellcheck disable=SC2016 # the inner shell's
inside sh -c 'cd /srv && cc check.c $(pkg-config --cflags --libs ziping jansson) -o check && ./check samples/seed-2022.txt' | grep -q 'F04 ' || fail "an example of the library"

# A later version, and what somebody has set.
mkdir -p "$root/srv/.config/ziping"
printf 'rules: {F01: off}\n' >"$root/srv/.config/ziping/config.yaml"
mkdir "$root/srv/next"
for deb in "$debs"/*.deb; do
    dpkg-deb -R "$deb" "$root/srv/unpacked"
    sed -i -e 's/^Version: .*/&.1/' -e '/^Depends:/s/\(libziping1 (= [^)]*\))/\1.1)/' "$root/srv/unpacked/DEBIAN/control"
    dpkg-deb -b "$root/srv/unpacked" "$root/srv/next/$(basename "$deb")" >/dev/null
    rm -rf "$root/srv/unpacked"
done
install_packages "$root/srv/next"
# shellcheck disable=SC2016 # dpkg's
inside dpkg-query -W -f '${Version}\n' ziping | grep -q '\.1$' || fail "no upgrade"
inside ziping check --show-config /srv/samples/seed-2022.txt | grep -q 'F01: off' || fail "an upgrade lost the settings"
inside apt-get purge -y -qq ziping libziping1 libziping-dev >/dev/null 2>&1 || fail "purge"
grep -q 'F01: off' "$root/srv/.config/ziping/config.yaml" || fail "purge took a user's settings"
for file in bin/ziping lib/ziping lib/libziping.so.1 include/ziping.h share/doc/ziping share/doc/libziping1; do
    [ ! -e "$root/usr/$file" ] || fail "purge left $file"
done
echo "installed, checked, upgraded and purged in a bare $suite"
