# shellcheck shell=bash
# cluster.sh - what submit.sh and parallel.sh share: words, plan, what is missing, the merge.
#
# Sourced, never run. All of a run stands in one folder on the shared file system:
#
#     words                  what was asked for; another request needs another folder
#     plan, table            of `ziping plan`, and what it printed
#     records/K.rec          shard K, complete: written aside and renamed; of `archive` it is an archive
#     journals/K.log         shard K as far as it is, while it is under way
#     exit                   how the merge ended (an exit code of ziping), when it is over
set -u
: "${known:=}" # names of options, of whoever sources this
ziping=${ZIPING:-ziping}

complain() { printf 'ziping cluster: %s\n' "$*" >&2; }

# parse_words WORD…: options with a value until `check`, `convert` or `archive`, PATHS [-- OPTIONS [-- OPTIONS OF merge]].
# Sets option[NAME] for those that $known lists, command, paths, options and merging.
declare -A option=()
parse_words() {
    while [ $# -gt 0 ] && [[ $1 != @(check|convert|archive) ]]; do
        local name=${1#--}
        case " $known " in
        *" $name "*) ;;
        *) complain "unknown option $1"; return 2 ;;
        esac
        [ $# -gt 1 ] || { complain "$1 needs a value"; return 2; }
        option[$name]=$2
        shift 2
    done
    command=${1:-} paths=() options=() merging=()
    [ $# -gt 0 ] && shift
    while [ $# -gt 0 ] && [ "$1" != -- ]; do paths+=("$1"); shift; done
    [ $# -gt 0 ] && shift
    while [ $# -gt 0 ] && [ "$1" != -- ]; do options+=("$1"); shift; done
    [ $# -gt 0 ] && shift
    merging=("$@")
    if [ -z "$command" ] || [ ${#paths[@]} -eq 0 ] || [ -z "${option[work]:-}" ] || [ -z "${option[shard-size]:-}" ]; then
        complain "needs --work DIR, --shard-size N, check, convert or archive, and what to read"
        return 2
    fi
    if [ "$command" = archive ]; then
        [ ${#merging[@]} -gt 0 ] || merging=(--db "${option[work]}/archive.db")
        [ ${#merging[@]} -eq 2 ] && [ "${merging[0]}" = --db ] || { complain "archive is merged by --db FILE and nothing else"; return 2; }
    fi
    [ ${#merging[@]} -gt 0 ] || merging=(--format json -o "${option[work]}/report.json")
}

# settings of .ziping.yaml count for the plan as for the run.
plan_options() {
    local at
    for ((at = 0; at < ${#options[@]}; at++)); do
        case ${options[at]} in
        --config) printf '%s\0' --config "${options[at + 1]}" ;;
        --no-config | --config=* | --no-sandbox | --require-sandbox) printf '%s\0' "${options[at]}" ;;
        esac
    done
}

# prepare: the folder and the plan, once.  What was asked for is kept, so that a re-run is the same run.
prepare() {
    work=${option[work]}
    mkdir -p "$work/records" "$work/journals" || return 4
    work=$(realpath "$work")
    printf '%s\0' "$PWD" "$command" "${paths[@]}" -- "${options[@]+"${options[@]}"}" -- "${option[shard-size]}" >"$work/words.$$"
    if [ -e "$work/plan" ]; then
        if ! cmp -s "$work/words.$$" "$work/words"; then
            rm "$work/words.$$"
            complain "$work is of another run; take another folder"
            return 2
        fi
        rm "$work/words.$$"
    else
        local extra=()
        mapfile -d '' -t extra < <(plan_options)
        "$ziping" plan "${paths[@]}" "${extra[@]+"${extra[@]}"}" --shard-size "${option[shard-size]}" -o "$work/plan.part" >"$work/table"
        local status=$?
        if [ $status -ne 0 ] && [ $status -ne 3 ] || [ ! -e "$work/plan.part" ]; then
            rm -f "$work/words.$$" "$work/table"
            return $status
        fi
        mv "$work/words.$$" "$work/words" && mv "$work/plan.part" "$work/plan" || return 4
    fi
    local words=("$command")
    [ "$command" != archive ] || words+=(add)
    printf '%s\0' "${words[@]}" "${options[@]+"${options[@]}"}" >"$work/command"
    printf '%s\0' "${merging[@]}" >"$work/merging"
    rm -f "$work/exit"
}

# count_shards: how many the plan has: rows of its table, which are three figures.
count_shards() { awk 'NF == 3 && $1 ~ /^[0-9]+$/ { n = $1 } END { print n + 0 }' "$work/table"; }

# missing COUNT: the shards without records, a number a line.
missing() {
    local k
    for ((k = 1; k <= $1; k++)); do [ -e "$work/records/$k.rec" ] || echo "$k"; done
}

# merge_archives DB RECORDS…: built on this node's own disk, as SQLite asks it, then copied and renamed.  What is in DB stays in it.
merge_archives() {
    local db=$1 node status
    shift
    node=$(mktemp -d) || return 4
    [ ! -e "$db" ] || cp "$db" "$node/merged.db" || return 4
    "$ziping" archive merge "$@" --db "$node/merged.db"
    status=$?
    case $status in
    0 | 3) cp "$node/merged.db" "$db.part" && mv "$db.part" "$db" || status=4 ;;
    esac
    rm -rf "$node"
    return $status
}

# merge_all COUNT: put together, and say how it ended.
merge_all() {
    local words=() files=() k
    mapfile -d '' -t words <"$work/merging"
    for ((k = 1; k <= $1; k++)); do files+=("$work/records/$k.rec"); done
    if [ "$(head -zn 1 "$work/command" | tr -d '\0')" = archive ]; then
        merge_archives "${words[1]}" "${files[@]}"
    else
        "$ziping" merge "${files[@]}" "${words[@]}"
    fi
    local status=$?
    echo $status >"$work/exit.part" && mv "$work/exit.part" "$work/exit"
    return $status
}
