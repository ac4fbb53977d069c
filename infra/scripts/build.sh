# shellcheck shell=bash
# Builds in release, and only when a source changed: the stamp says so without asking the build tool.

# The flags every release build shares, so that running and testing use one set of objects.
build_flags=(-c release --explicit-target-dependency-import-check error)

# Changes when any source, its size or its time does.
source_stamp() {
    (cd "${house:?}" && find Package.swift Contracts Shared Services -type f -printf '%p %s %T@\n' | sort | cksum)
}

# build_when_changed PRODUCT...: nothing to do takes some milliseconds.
build_when_changed() {
    local stamp="${house:?}/.build/stamp-$1" now product
    now=$(source_stamp)
    [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$now" ] && [ -x "$house/.build/release/$1" ] && return
    mkdir -p "$house/.build"
    exec 9>"$house/.build/launcher.lock"
    flock 9
    now=$(source_stamp)
    if [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$now" ] && [ -x "$house/.build/release/$1" ]; then
        flock -u 9
        return
    fi
    for product in "$@"; do
        build_logged "$product" --product "$product"
    done
    printf '%s\n' "$now" >"$stamp"
    flock -u 9
}

# build_logged NAME FLAGS...: shows how far it is, keeps the whole log, shows its end when the build fails.
build_logged() {
    local name=$1 log="${house:?}/.build/ainer-build.log" began=$SECONDS
    shift
    say "building $name (the log is $log)"
    # Descriptor 9 is the launcher's lock: the build tool's helpers must not keep it.
    if ! (cd "$house" && swift build "${build_flags[@]}" "$@" 2>&1 9>&-) | show_progress "$log"; then
        grep -E 'error:|fatal' "$log" | head -n 20 >&2 || tail -n 20 "$log" >&2
        stop 70 "the build of $name failed" "the whole log: $log"
    fi
    say_done "built $name in $((SECONDS - began)) s"
}

# Reads the build tool's output: all of it into the log, [n/m] as one live line on a terminal.
show_progress() {
    local log=$1 line last=0
    : >"$log"
    while IFS= read -r line; do
        printf '%s\n' "$line" >>"$log"
        [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
        if [ -t 2 ]; then
            printf '\r\033[K  %s of %s steps, %s s' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "$SECONDS" >&2
        elif [ $((SECONDS - last)) -ge 15 ]; then
            last=$SECONDS
            say "  ${BASH_REMATCH[1]} of ${BASH_REMATCH[2]} steps, $SECONDS s"
        fi
    done
    [ ! -t 2 ] || printf '\r\033[K' >&2
}
