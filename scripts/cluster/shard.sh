#!/usr/bin/env bash
# shard.sh - one shard of a run; what every job of submit.sh and parallel.sh does.
#
# usage: shard.sh WORK K
#
# Ends with 0 when the shard's records are there: at once where they were. A journal lets a task that was killed go on where it
# was; an archive is built on the node's own disk, closed, copied and renamed. Whatever ziping says of documents (exit 1 and 3) is for the merge to say; 2, 4 and signals fail the task.
set -u
work=$1 k=$2
ziping=${ZIPING:-ziping}
[ ! -e "$work/records/$k.rec" ] || exit 0
mapfile -d '' -t words <"$work/command"

# archive: shard K as an archive.
archive() {
    local node status
    node=$(mktemp -d) || return 4
    "$ziping" "${words[@]}" --shard-of "$work/plan:$k" --db "$node/$k.db" --quiet --no-progress
    status=$?
    case $status in
    0 | 3) cp "$node/$k.db" "$work/records/$k.part" && mv "$work/records/$k.part" "$work/records/$k.rec" || status=4 ;;
    esac
    rm -rf "$node"
    return $status
}
# run: shard K from its journal, or from the beginning.
run() { "$ziping" "${words[@]}" --shard-of "$work/plan:$k" -o "$work/records/$k.rec" --journal "$work/journals/$k.log" --resume --quiet --no-progress; }
if [ "${words[0]}" = archive ]; then archive; else run; fi
status=$?
# A journal that was cut in its first bytes, or is of another version, helps nobody.
if [ $status -eq 2 ] && [ -e "$work/journals/$k.log" ]; then
    rm -f "$work/journals/$k.log"
    run
    status=$?
fi
case $status in
0 | 1 | 3)
    rm -f "$work/journals/$k.log"
    exit 0
    ;;
esac
echo "ziping cluster: shard $k: exit $status" >&2
exit $status
