#!/usr/bin/env bash
# Everything that must hold: the build, the format, the scripts, the tests.
set -euo pipefail

house=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
# shellcheck source=infra/scripts/say.sh
source "$house/infra/scripts/say.sh"
# shellcheck source=infra/scripts/needs.sh
source "$house/infra/scripts/needs.sh"
# shellcheck source=infra/scripts/build.sh
source "$house/infra/scripts/build.sh"

long=0
sanitizer=
filter=
while [ $# -gt 0 ]; do
    case $1 in
    --long) long=1 ;;
    --sanitize)
        shift
        sanitizer=${1:-}
        [[ $sanitizer == thread || $sanitizer == address ]] || stop 2 "--sanitize takes thread or address"
        ;;
    --filter)
        shift
        filter=${1:-}
        [ -n "$filter" ] || stop 2 "--filter takes a name"
        ;;
    *) stop 2 "\"$1\" is not an option of test" "usage: ./ainer test [--long | --sanitize thread|address | --filter NAME]" ;;
    esac
    shift
done

# step NAME COMMAND...: one line with its seconds; the first failure ends everything.
step() {
    local name=$1 began=$SECONDS
    shift
    say "· $name"
    "$@" || stop 1 "$name failed"
    say_done "$name, $((SECONDS - began)) s"
}

check_format() {
    swift format lint --strict --recursive --parallel Package.swift Contracts Shared Services Tests
}

check_scripts() {
    shellcheck --external-sources ainer infra/scripts/*.sh .ci/run
}

run_tests() {
    local flags=("${build_flags[@]}" --skip-build --parallel)
    [ -z "$filter" ] || flags+=(--filter "$filter")
    AINER_TEST_LONG=$long AINER_TEST_PROGRAMS="$house/.build/release" quiet swift test "${flags[@]}"
}

# The reduced product near C, in a build of its own.
run_sanitized() {
    local flags=(--sanitize "$sanitizer" --scratch-path ".build/sanitize-$sanitizer")
    quiet swift test "${flags[@]}" --filter "${filter:-SharedTests|OrchestratorTests|WorkerHubTests|GatewayTests|ContractsTests}"
}

# Shows only what went wrong and the last word; keeps everything.
quiet() {
    local log="$house/.build/ainer-test.log"
    if "$@" >"$log" 2>&1; then
        grep -E 'Test run with|Executed [0-9]+ tests' "$log" | tail -n 2 >&2
    else
        grep -E '✘|error:|Fatal|Test run with' "$log" | grep -v 'started' | head -n 60 >&2
        say "the whole log: $log"
        return 1
    fi
}

cd "$house"
need_packages "${make_packages[@]}" "${test_packages[@]}"
need_swift
began=$SECONDS
if [ -n "$sanitizer" ]; then
    step "tests under the $sanitizer sanitizer" run_sanitized
else
    step "build" build_logged "everything" --build-tests
    step "format" check_format
    step "scripts" check_scripts
    step "tests" run_tests
fi
say_done "all in $((SECONDS - began)) s"
