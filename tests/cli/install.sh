#!/usr/bin/env bash
# The manual page and the completions know every command and option that the program has.
# shellcheck source=tests/cli/common.bash
. "$(dirname "$0")/common.bash" "$1"
page=$(realpath "$here/../../docs/ziping.1")

mandoc -T lint -W warning "$page" >lint.txt || fail "the manual page: $(head -n 3 lint.txt)"
# The sections of the Chinese page have Chinese names, which is all that may be said of it.
mandoc -T lint -W warning "${page%.1}.zh-CN.1" | grep -vE 'first section is not "NAME"|description line outside NAME' >lint.txt && fail "the Chinese manual page: $(head -n 3 lint.txt)"
mandoc -T utf8 "$page" | col -b >page.txt
expect 0 --help
sed -n '/^Commands:/,/^$/p' out | sed -n 's/^  \([a-z]*\) .*/\1/p' >commands.txt
[ "$(wc -l <commands.txt)" -ge 6 ] || fail "the commands of --help: $(cat commands.txt)"
while read -r command; do
    grep -q "^     $command\b" page.txt || fail "the manual page lacks the command $command"
    expect 0 "$command" --help
    grep -o -- '--[a-z-]*' out >>options.txt
done <commands.txt
sort -u options.txt | while read -r option; do
    grep -qF -- "$option" page.txt || echo "$option"
done >lacking.txt
[ ! -s lacking.txt ] || fail "the manual page lacks: $(tr '\n' ' ' <lacking.txt)"

# bash: asked as it asks.
expect 0 completion bash
cp out ziping.bash
complete_bash() { # WORD…: the last one is being typed
    bash -c '. ./ziping.bash; shift 0; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ziping; printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}
offers() { # WANTED WORD…
    local wanted=$1
    shift
    complete_bash "$@" | grep -qxF -- "$wanted" || fail "completion of '$*' lacks $wanted: $(complete_bash "$@" | tr '\n' ' ')"
}
touch 'a form.txt'
mkdir folder
while read -r command; do offers "$command" ziping ""; done <commands.txt
offers --fail-on ziping check --fa
offers never ziping check --fail-on ""
offers sarif ziping check --format s
offers F01 ziping explain F
offers S07 ziping check --select S0
offers 'a form.txt' ziping check 'a'
offers prune ziping baseline p
offers folder ziping check --rules f
offers zsh ziping completion ""
! complete_bash ziping rules "" | grep -q form || fail "rules takes no file"
! complete_bash ziping convert --fa | grep -q fail || fail "convert has no --fail-on"

# zsh and fish read theirs; fish also answers.
for shell in zsh fish; do
    expect 0 completion $shell
    cp out ziping.$shell
    if ! command -v $shell >/dev/null; then
        echo "SKIPPED: no $shell to read its completion"
        continue
    fi
    $shell -n ziping.$shell || fail "$shell cannot read its completion"
done
if command -v fish >/dev/null; then
    HOME=$work fish -c 'source ziping.fish; complete -C "ziping check --fail-on "' | grep -q '^never' || fail "fish: --fail-on"
    HOME=$work fish -c 'source ziping.fish; complete -C "ziping b"' | grep -q '^baseline' || fail "fish: commands"
fi
expect 2 completion tcsh
expect 2 completion
expect 2 completion bash zsh
finish
