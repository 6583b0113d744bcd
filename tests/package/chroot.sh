#!/usr/bin/env bash
# Installs the package in a bare Debian 12 and tries it there: `doctor` ends 0, the samples check as they do here, and an
# upgrade keeps what a user has set.  As root, with debootstrap and a mirror; else it ends with 77.  Takes some minutes.
#
# usage: chroot.sh PACKAGE.deb ZIPING [MIRROR] [SUITE]
set -eu
deb=$(realpath "$1")
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
install_package() {
    cp "$1" "$root/srv/ziping.deb"
    inside apt-get install -y -qq --no-install-recommends /srv/ziping.deb >"$root/srv/apt.log" 2>&1 || {
        tail -n 5 "$root/srv/apt.log"
        fail "apt-get install $1"
    }
}
checks() { # PROGRAM…: the samples as JSON, whatever the exit code
    "$@" check --no-config --format json samples || [ $? -le 3 ]
}

inside apt-get update -qq >/dev/null 2>&1 || exit 77
install_package "$deb"
inside ziping doctor >"$root/srv/doctor.txt" || {
    cat "$root/srv/doctor.txt"
    fail "doctor"
}
cp -r "$project/samples" "$root/srv/samples"
(cd "$project" && checks "$ziping") >"$root/srv/here.json"
checks inside sh -c 'cd /srv && exec ziping "$@"' ziping >"$root/srv/there.json"
cmp "$root/srv/here.json" "$root/srv/there.json" || fail "the samples check otherwise in the chroot"
for file in man/man1/ziping.1.gz bash-completion/completions/ziping doc/ziping/changelog.gz doc/ziping/docs/rules/F01.md; do
    [ -s "$root/usr/share/$file" ] || fail "no $file"
done

# A later version, and what somebody has set.
mkdir -p "$root/srv/.config/ziping"
printf 'rules: {F01: off}\n' >"$root/srv/.config/ziping/config.yaml"
dpkg-deb -R "$deb" "$root/srv/next"
sed -i 's/^Version: .*/&.1/' "$root/srv/next/DEBIAN/control"
dpkg-deb -b "$root/srv/next" "$root/srv/next.deb" >/dev/null
install_package "$root/srv/next.deb"
inside dpkg-query -W -f '${Version}\n' ziping | grep -q '\.1$' || fail "no upgrade"
inside ziping check --show-config /srv/samples/seed-2022.txt | grep -q 'F01: off' || fail "an upgrade lost the settings"
inside apt-get purge -y -qq ziping >/dev/null 2>&1 || fail "purge"
grep -q 'F01: off' "$root/srv/.config/ziping/config.yaml" || fail "purge took a user's settings"
for file in bin/ziping lib/ziping share/doc/ziping; do
    [ ! -e "$root/usr/$file" ] || fail "purge left $file"
done
echo "installed, checked, upgraded and purged in a bare $suite"
