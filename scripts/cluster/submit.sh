#!/usr/bin/env bash
# submit.sh - a run over many documents as a Slurm job array and a dependent merge.
#
# usage: submit.sh --work DIR --shard-size N [--time T] [--mem SIZE] [--cpus C] [--partition P] [--retries R] [--wait yes]
#                  check|convert|archive PATH…|--files-from FILE [-- OPTIONS OF check, convert, archive add] [-- OPTIONS OF merge]
#
# Plans here, then submits an array of the shards that have no records yet, with the limits given, and a job that waits for it: that
# one submits again what failed, --retries times (2), then merges. DIR must be on the file system that all nodes share.
# DIR/exit has the exit code of the merge, or 4 with the missing shards named in DIR/missing; --wait yes waits for it and ends so.
# Given again it submits only what is missing. `submit.sh --finish DIR RETRIES` is the dependent job.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck disable=SC2034
known="work shard-size time mem cpus partition retries wait"
# shellcheck source=scripts/cluster/cluster.sh
. "$here/cluster.sh"

# submit_array LIMIT SHARD…: as many arrays as their numbers take; prints their jobs, a colon between.
submit_array() {
    local limit=$1 block k numbers=() jobs=() last=-1
    shift
    for k in "$@" end; do
        block=$([ "$k" = end ] && echo -2 || echo $(((k - 1) / limit)))
        if [ ${#numbers[@]} -gt 0 ] && [ "$block" -ne "$last" ]; then
            jobs+=("$(sbatch --parsable --array="$(IFS=,; echo "${numbers[*]}")" --output="$work/slurm/%A_%a.out" "${limits[@]+"${limits[@]}"}" \
                "$here/array.sbatch" "$here" "$work" $((last * limit + 1)))") || return
            numbers=()
        fi
        [ "$k" = end ] || numbers+=($(((k - 1) % limit)))
        last=$block
    done
    (IFS=:; echo "${jobs[*]%%;*}")
}

# submit RETRIES: what is missing, and the job behind it.
submit() {
    local retries=$1 limit jobs left
    mapfile -t left < <(missing "$(count_shards)")
    mapfile -d '' -t limits <"$work/limits"
    limit=$(scontrol show config | awk '$1 == "MaxArraySize" { print $3 }')
    mkdir -p "$work/slurm"
    local depends=()
    if [ ${#left[@]} -gt 0 ]; then
        jobs=$(submit_array "${limit:-1001}" "${left[@]}") || return 4
        depends=(--dependency="afterany:$jobs")
    fi
    sbatch --parsable --job-name=ziping-merge --output="$work/slurm/merge-%j.out" "${limits[@]+"${limits[@]}"}" "${depends[@]+"${depends[@]}"}" \
        --wrap "$(printf '%q ' "$here/submit.sh" --finish "$work" "$retries")" >/dev/null || return 4
}

# finish RETRIES: again what failed, or the merge.
finish() {
    local count left
    count=$(count_shards)
    left=$(missing "$count")
    if [ -z "$left" ]; then
        merge_all "$count"
        return
    fi
    if [ "$1" -gt 0 ]; then
        submit $(($1 - 1))
        return
    fi
    echo "$left" >"$work/missing"
    complain "these shards are missing after all retries: $(echo "$left" | tr '\n' ' ')"
    echo 4 >"$work/exit"
    return 4
}

if [ "${1:-}" = --finish ]; then
    work=$2
    finish "$3"
    exit
fi
parse_words "$@" || exit
prepare || exit
limits=()
[ -z "${option[time]:-}" ] || limits+=(--time="${option[time]}")
[ -z "${option[mem]:-}" ] || limits+=(--mem="${option[mem]}")
[ -z "${option[cpus]:-}" ] || limits+=(--cpus-per-task="${option[cpus]}")
[ -z "${option[partition]:-}" ] || limits+=(--partition="${option[partition]}")
: >"$work/limits"
[ ${#limits[@]} -eq 0 ] || printf '%s\0' "${limits[@]}" >"$work/limits"
rm -f "$work/missing"
ZIPING=$(command -v "$ziping") || { complain "there is no $ziping"; exit 4; }
export ZIPING
submit "${option[retries]:-2}" || { complain "cannot submit"; exit 4; }
[ -n "${option[wait]:-}" ] || exit 0
until [ -e "$work/exit" ]; do sleep 2; done
exit "$(cat "$work/exit")"
