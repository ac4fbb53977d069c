# shellcheck shell=bash
# How the scripts speak. Everything goes to standard error: standard output belongs to the program.

is_live=0 green='' red='' dim='' plain=''
if [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then
    is_live=1
    [ -n "${NO_COLOR:-}" ] || green=$'\033[32m' red=$'\033[31m' dim=$'\033[2m' plain=$'\033[0m'
fi

say() { printf '%s\n' "$*" >&2; }
say_done() { printf '%s✔%s %s\n' "$green" "$plain" "$*" >&2; }
say_fault() { printf '%s✖%s %s\n' "$red" "$plain" "$*" >&2; }

# stop CODE MESSAGE...: says why and what to do, then ends.
stop() {
    local code=$1
    shift
    say_fault "$1"
    shift
    [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
    exit "$code"
}

# live TEXT: how far it is. One line that is written over on a terminal, a line every ten seconds elsewhere.
last_live=-1
live() {
    if [ "$is_live" = 1 ]; then
        printf '\r\033[K  %s%.76s%s' "$dim" "$*" "$plain" >&2
    elif [ $((SECONDS / 10)) -ne "$last_live" ]; then
        [ "$last_live" -lt 0 ] || say "  $*"
        last_live=$((SECONDS / 10))
    fi
}

# Takes the live line away.
live_over() {
    [ "$is_live" = 0 ] || printf '\r\033[K' >&2
    last_live=-1
}

# ticking READER: hands each line of standard input to READER, and an empty one after a second of silence, so that a
# display goes on while a slow step is silent.
ticking() {
    local line part='' status
    while true; do
        status=0
        IFS= read -r -t 1 line || status=$?
        if [ "$status" -eq 0 ]; then
            "$1" "$part$line"
            part=''
        elif [ "$status" -gt 128 ]; then
            part+=$line
            "$1" ''
        else
            break
        fi
    done
}
