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

products=(ainer ainer-voice ainer-bench)
# The suites near threads and C: what a sanitizer can find something in.
near_c='SharedTests|MediaTests|OrchestratorTests|WorkerHubTests|GatewayTests|ContractsTests'

usage="usage: ./ainer test [--long | --sanitize thread|address | --filter NAME]"
long=0 sanitizer='' filter=''
while [ $# -gt 0 ]; do
    case $1 in
    --long) long=1 ;;
    --sanitize)
        shift
        sanitizer=${1:-}
        [[ $sanitizer == thread || $sanitizer == address ]] || stop 2 "--sanitize takes thread or address" "$usage"
        ;;
    --filter)
        shift
        filter=${1:-}
        [ -n "$filter" ] || stop 2 "--filter takes a name" "$usage"
        ;;
    *) stop 2 "\"$1\" is not an option of test" "$usage" ;;
    esac
    shift
done

# step NAME COMMAND...: one line with its seconds. A step that fails does not keep the others from being told.
failed=()
step() {
    local name=$1 began=${EPOCHREALTIME/[.,]/} status=0 took
    shift
    "$@" || status=$?
    took=$(((${EPOCHREALTIME/[.,]/} - began) / 100000))
    live_over
    if [ "$status" -eq 0 ]; then
        say_done "$(printf '%-12s %5d.%d s' "$name" $((took / 10)) $((took % 10)))"
    else
        say_fault "$(printf '%-12s %5d.%d s' "$name" $((took / 10)) $((took % 10)))"
        failed+=("$name")
    fi
    return "$status"
}

# One build for everything; the launcher need not build again after it.
build_all() {
    local now product
    now=$(source_stamp)
    build_logged "everything" --build-tests || return 1
    for product in "${products[@]}"; do printf '%s\n' "$now" >".build/stamp-$product"; done
}

check_format() {
    live "checking the format"
    swift format lint --strict --recursive --parallel Package.swift Contracts Shared Services Tests >&2
}

check_scripts() {
    live "checking the scripts"
    shellcheck --external-sources ainer infra/scripts/*.sh .ci/run >&2
}

# run_tests FLAGS...: the whole log is kept; what failed and the last word are shown.
run_tests() {
    local log="$house/.build/ainer-test.log" status=0
    passed=0
    AINER_TEST_LONG=$long swift test "$@" </dev/null 2>&1 | tee "$log" | ticking show_tests || status=$?
    live_over
    if [ "$status" -ne 0 ]; then
        grep -E -A 4 'recorded an issue|error:|Fatal|crash|SUMMARY: |WARNING: ThreadSanitizer' "$log" |
            grep -v -E '^(◇|✔)| passed after | started\.$|prohibited flag' | head -n 80 >&2 || tail -n 20 "$log" >&2
        say "  the whole log: $log"
    fi
    grep -o -E 'Test run with .*' "$log" | sed 's/^/  /' >&2 || true
    return "$status"
}

passed=0
show_tests() {
    [[ $1 != *" passed after "* ]] || passed=$((passed + 1))
    live "testing: $passed passed, $SECONDS s"
}

run_sanitized() {
    local flags=(--sanitize "$sanitizer" --scratch-path ".build/sanitize-$sanitizer" --disable-xctest)
    run_tests "${flags[@]}" --filter "${filter:-$near_c}"
}

run_all() {
    local flags=("${build_flags[@]}" --skip-build --disable-xctest)
    [ -z "$filter" ] || flags+=(--filter "$filter")
    run_tests "${flags[@]}"
}

run_benches() {
    live "measuring"
    .build/release/ainer-bench all --seconds 1
}

cd "$house"
find_swift
need_packages "${make_packages[@]}" "${test_packages[@]}"
check_swift_version
if [ -n "$sanitizer" ]; then
    step "$sanitizer" run_sanitized || true
else
    step "format" check_format || true
    step "scripts" check_scripts || true
    if step "build" build_all; then
        step "tests" run_all || true
        [ "$long" -eq 0 ] || step "benches" run_benches || true
    fi
fi
[ ${#failed[@]} -eq 0 ] || stop 1 "failed: ${failed[*]}"
say_done "all of it in $SECONDS s"
