#!/usr/bin/env bash
# Takes the pictures of docs/pictures anew: the real report page of samples/, in Chromium.
# usage: scripts/pictures.sh
# Needs chromium and npm (playwright-core, as tests/page has it); a picture is kept below 150 KB.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"
npm_home=build/npm-page
mkdir -p "$npm_home" docs/pictures
cp tests/page/package.json "$npm_home"
[ -d "$npm_home/node_modules/playwright-core" ] ||
    npm install --prefix "$npm_home" --no-audit --no-fund --no-package-lock >/dev/null
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
for lang in zh en; do
    scripts/run.sh check samples --lang "$lang" --quiet --fail-on never --skip-unread --format "html=$made/$lang.html"
    (cd "$npm_home" && HOME=$made node "$top/scripts/pictures.cjs" "$made/$lang.html" "$top/docs/pictures" "$lang")
done
for picture in docs/pictures/*.png; do
    [ "$(stat -c %s "$picture")" -lt 150000 ] || { echo "$picture is too large"; exit 1; }
done
