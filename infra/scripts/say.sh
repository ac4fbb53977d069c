# shellcheck shell=bash
# How the scripts speak. Everything goes to standard error: standard output belongs to the program.

say() { printf '%s\n' "$*" >&2; }
say_done() { printf '✔ %s\n' "$*" >&2; }

# stop CODE MESSAGE...: says why and what to do, then ends.
stop() {
    local code=$1
    shift
    printf '✖ %s\n' "$@" >&2
    exit "$code"
}
