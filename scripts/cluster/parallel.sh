#!/usr/bin/env bash
# parallel.sh - a run over many documents by GNU parallel, on this machine or on others that see the same files.
#
# usage: parallel.sh --work DIR --shard-size N [--jobs J] [--sshlogin HOST,…] [--time SECONDS] [--memfree SIZE] [--retries R]
#                    check|convert|archive PATH…|--files-from FILE [-- OPTIONS OF check, convert, archive add] [-- OPTIONS OF merge]
#
# Plans, does the shards (two jobs a core make no sense: ziping has a worker a core itself, so give --jobs 1 or `-- --jobs 1`), and merges; the
# report is what one run would have written. Given again after an interruption it does only what is missing. A shard that takes longer than
# --time is ended and tried again, --retries times (3) in all; no further one starts while less than --memfree is free.
# Ends as `ziping merge` does: 0, 1, 3; 2: wrong usage; 4: shards are missing, which it names.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck disable=SC2034
known="work shard-size jobs sshlogin time memfree retries"
# shellcheck source=scripts/cluster/cluster.sh
. "$here/cluster.sh"
parse_words "$@" || exit
prepare || exit
count=$(count_shards)
own=(--joblog "$work/joblog" --resume-failed --retries "${option[retries]:-3}" --workdir "$PWD" --env ZIPING)
[ -z "${option[jobs]:-}" ] || own+=(--jobs "${option[jobs]}")
[ -z "${option[sshlogin]:-}" ] || own+=(--sshlogin "${option[sshlogin]}")
[ -z "${option[time]:-}" ] || own+=(--timeout "${option[time]}")
[ -z "${option[memfree]:-}" ] || own+=(--memfree "${option[memfree]}")
ZIPING=$(command -v "$ziping") || { complain "there is no $ziping"; exit 4; }
export ZIPING
# A joblog of records that are gone would skip them.
left=$(missing "$count")
if [ -n "$left" ] && [ -e "$work/joblog" ]; then
    awk -v left="$left" 'BEGIN { n = split(left, lost, "\n"); for (k = 1; k <= n; k++) is_lost[lost[k]] = 1 } NR == 1 || !($1 in is_lost)' "$work/joblog" >"$work/joblog.part" &&
        mv "$work/joblog.part" "$work/joblog"
fi
seq "$count" | parallel --will-cite "${own[@]}" "$here/shard.sh" "$work" >&2
left=$(missing "$count")
if [ -n "$left" ]; then
    complain "these shards are missing; give the same command again: $(echo "$left" | tr '\n' ' ')"
    exit 4
fi
merge_all "$count"
