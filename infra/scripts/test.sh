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

products=(ainer ainer-voice ainer-bench gateway orchestrator worker-hub worker-video worker-audio worker-llm worker-lipsync composer observer)
# What a sanitizer can find something in: suites with threads, suites that lend memory to C.
near_threads='SharedTests|DoorTests|OrchestratorTests|WorkerHubTests|GatewayTests'
near_memory='SharedTests|DoorTests|MediaTests\.RasterTests|ContractsTests'

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
running=''
step() {
    local name=$1 began=${EPOCHREALTIME/[.,]/} status=0 took
    running=$name
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

# run_tests FOLDER FLAGS...: the program of all tests in a folder of what was built. The whole log is kept; what failed
# and the last word are shown. It is run by our own hand: `swift test` between us may wait for a child that has ended.
run_tests() {
    local program log="$house/.build/ainer-test-$running.log" status=0
    program=$(find -H "$1" -maxdepth 1 -name '*.xctest' -print -quit)
    shift
    passed=0 heard=$SECONDS
    [ "$long" -eq 0 ] || patience=3600
    # The display must not look for it before it is there.
    : >"$log"
    # Many tests at once starve the servers they wait for, and take longer than ten at a time.
    SWIFT_BACKTRACE=enable=yes,threads=all,interactive=no AINER_TEST_LONG=$long \
        "$program" --testing-library swift-testing --experimental-maximum-parallelization-width 10 "$@" </dev/null >"$log" 2>&1 &
    tests_pid=$!
    # Not through a pipe: whatever a test leaves behind would keep it open.
    tail -n +1 -f --pid="$tests_pid" "$log" | ticking show_tests
    wait "$tests_pid" || status=$?
    tests_pid=''
    live_over
    if [ "$status" -ne 0 ]; then
        grep -E -A 4 'recorded an issue|error:|Fatal|crash|SUMMARY: |WARNING: ThreadSanitizer' "$log" |
            grep -v -E '^(◇|✔)| passed after | started\.$|prohibited flag' | head -n 80 >&2 || tail -n 20 "$log" >&2
        say "  the whole log: $log"
        tell_servers
    fi
    grep -o -E 'Test run with .*' "$log" | sed 's/^/  /' >&2 || true
    return "$status"
}

# The servers the tests speak to start beside the build and end with us, however we end. With a filter the tests start
# those they need themselves.
servers=(rabbit postgres15 postgres16 moto redis)
servers_folder='' starting=()
begin_servers() {
    local name
    servers_folder=$(mktemp -d "${TMPDIR:-/tmp}/ainer-servers-XXXXXX")
    chmod 711 "$servers_folder"
    for name in "${servers[@]}"; do
        infra/scripts/servers.sh start "$name" "$servers_folder/$name" $$ >/dev/null 2>"$servers_folder/$name.log" &
        starting+=($!)
    done
}

# A test finds the folder of its server in a variable, and everything else in the folder.
await_servers() {
    local index name status=0
    live "waiting for the servers"
    for index in "${!servers[@]}"; do
        name=${servers[$index]}
        if wait "${starting[$index]}"; then
            export "AINER_TEST_${name^^}=$servers_folder/$name"
        else
            cat "$servers_folder/$name.log" >&2
            status=1
        fi
    done
    return "$status"
}

# What the servers said last: a test that fails may have only met a server in trouble.
tell_servers() {
    local name
    [ -n "$servers_folder" ] || return 0
    for name in "${servers[@]}"; do
        say "  $name said last:"
        find "$servers_folder/$name/log" -type f -size +0 -exec tail -q -n 5 {} + 2>/dev/null | cut -c 1-200 | sed 's/^/    /' >&2 || true
    done
}

end_servers() {
    local name
    [ -n "$servers_folder" ] || return 0
    for name in "${servers[@]}"; do
        [ ! -e "$servers_folder/$name/kind" ] || infra/scripts/servers.sh stop "$servers_folder/$name" || true
    done
    wait
    rm -rf "$servers_folder"
}

# However we end, nobody works on for us.
tests_pid=''
clean_up() {
    [ -z "$tests_pid" ] || kill "$tests_pid" 2>/dev/null || true
    end_servers
}

# A test that never ends would keep whoever waits for us: after so long without a word of any test, the run is over.
patience=300
passed=0 heard=0 stuck=0
declare -A begun=()
show_tests() {
    local named='(Test|Suite) (".*"|[^ ]+\([^ ]*\)) (started\.|passed after|failed after)'
    if [ -n "$1" ]; then
        heard=$SECONDS
        if [[ $1 =~ $named ]]; then
            case ${BASH_REMATCH[3]} in
            started.) begun[${BASH_REMATCH[2]}]=$SECONDS ;;
            *) begun[${BASH_REMATCH[2]}]='' ;;
            esac
        fi
    fi
    [[ $1 != *" passed after "* ]] || passed=$((passed + 1))
    live "testing: $passed passed, $SECONDS s"
    [ "$stuck" -eq 1 ] || [ $((SECONDS - heard)) -lt "$patience" ] || give_up
}

# Names whoever has begun and not ended, and ends them all: where each thread stood is in the log.
give_up() {
    local name since
    stuck=1
    live_over
    say_fault "no test has said a word for $patience s; these have begun and not ended:"
    for name in "${!begun[@]}"; do
        since=${begun[$name]}
        [ -z "$since" ] || say "  $name, begun $((SECONDS - since)) s ago"
    done
    kill -ABRT "$tests_pid" 2>/dev/null || true
    # To write that down takes a while.
    (timeout 240 tail -f --pid="$tests_pid" /dev/null || kill -KILL "$tests_pid") </dev/null >/dev/null 2>&1 &
}

# Leaks are not looked for: Pango and fontconfig keep their caches to the end.
run_sanitized() {
    local scratch=".build/sanitize-$sanitizer" flags=() suites=$near_memory
    build_logged "everything for the $sanitizer sanitizer" -c debug --build-tests --sanitize "$sanitizer" --scratch-path "$scratch" || return 1
    [ "$sanitizer" = address ] || suites=$near_threads
    local told=$house/infra/scripts
    # What kills processes or waits for programs of other people counts the time and looks into no memory, and so does
    # what carries megabytes against it.
    [ -n "$filter" ] || flags+=(--skip 'DeliveryCrashTests|WebStrangerTests|GatewayStrangerTests|SigV4PeerTests|ServerStreamTests/upload|WebMannersTests/speed')
    TSAN_OPTIONS="suppressions=$told/thread-sanitizer.txt" \
        ASAN_OPTIONS="detect_leaks=0:suppressions=$told/address-sanitizer.txt" \
        run_tests "$scratch/debug" "${flags[@]}" --filter "${filter:-$suites}"
}

# run_some FLAGS...: of the release build.
run_some() { run_tests .build/release "$@"; }

# Suites that must not starve one another, one after the other: those that work a core hard, those that wait for servers
# and count the time, those that make films.
run_all() {
    if [ -n "$filter" ]; then
        step "tests" run_some --filter "$filter" || true
        return
    fi
    step "rooms" run_some --skip '^(SharedTests|DoorTests|GatewayTests|JourneyTests)\.' || true
    step "drivers" run_some --filter '^(SharedTests|DoorTests|GatewayTests)\.' || true
    step "journeys" run_some --filter '^JourneyTests\.' || true
}

run_benches() {
    live "measuring"
    .build/release/ainer-bench all --seconds 1
}

cd "$house"
trap clean_up EXIT
find_swift
need_packages "${make_packages[@]}" "${test_packages[@]}"
check_swift_version
need_llhttp
[ -n "$filter" ] || begin_servers
if [ -n "$sanitizer" ]; then
    [ -n "$filter" ] || step "servers" await_servers || true
    step "$sanitizer" run_sanitized || true
else
    step "format" check_format || true
    step "scripts" check_scripts || true
    if step "build" build_all; then
        [ -n "$filter" ] || step "servers" await_servers || true
        run_all
        [ "$long" -eq 0 ] || step "benches" run_benches || true
    fi
fi
[ ${#failed[@]} -eq 0 ] || stop 1 "failed: ${failed[*]}"
say_done "all of it in $SECONDS s"
