#!/usr/bin/env bash
# Every shell script parses; with shellcheck at hand it is clean there too.
set -u
cd "$(dirname "$0")/../.." || exit 1
bad=0
while read -r script; do
    bash -n "$script" || bad=1
    if command -v shellcheck >/dev/null; then shellcheck -x -S warning "$script" || bad=1; fi
done < <(find scripts tests bench -name '*.sh'; echo .ci/run)
exit $bad
