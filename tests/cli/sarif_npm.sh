#!/usr/bin/env bash
# SARIF against the published schema, by a validator from npm (ajv).  Without npm, or where npm cannot fetch it,
# the test is skipped (exit 77, which ctest lists); reports.sh then still asks python3-jsonschema.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
schemas=$(realpath "$here/../schemas")
npm_home=$(realpath "$here/../..")/build/npm
cp "$seed" a.txt

skip() {
    echo "SKIPPED: $*"
    exit 77
}

command -v npm >/dev/null && command -v node >/dev/null || skip "no npm to fetch ajv with"
mkdir -p "$npm_home" && cp "$schemas/package.json" "$npm_home"
(
    flock 9
    [ -d "$npm_home/node_modules/ajv-draft-04" ] ||
        npm install --prefix "$npm_home" --no-audit --no-fund --no-package-lock >npm.log 2>&1
) 9>"$npm_home/lock" || skip "npm cannot install ajv: $(tail -n 1 npm.log)"

validate() { (cd "$npm_home" && node "$schemas/sarif.cjs" "$schemas/sarif-2.1.0.json" "$@"); }

printf 'suppressions:\n  - {rule: S07, path: a.txt, reason: agreed}\n  - {rule: F09, path: a.txt, reason: stale}\n' >.ziping.yaml
"$ziping" baseline write a.txt -o base.json 2>/dev/null
"$ziping" check --format json a.txt >old.json 2>/dev/null
expect 3 check a.txt missing.txt --format sarif=plain.sarif
expect 0 check a.txt --format sarif=known.sarif --baseline base.json
expect 1 check a.txt --format sarif=compared.sarif --diff-from old.json --lang zh --repairs
expect 0 check a.txt --format sarif=gone.sarif --diff-from old.json --select C
validate "$work"/{plain,known,compared,gone}.sarif || fail "SARIF by ajv"
sed 's/"level": "error"/"level": "fatal"/' plain.sarif >wrong.sarif
! validate "$work/wrong.sarif" >/dev/null || fail "ajv takes anything"
finish
