#!/usr/bin/env bash
# run.sh ZIPING: the seed forms in every dialect of render.py must give the truth, field by field.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 "$here/render.py" "$folder"
"$here/office.py" "$folder"
python3 "$here/../accept/seed.py" "$1" "$folder"/*
