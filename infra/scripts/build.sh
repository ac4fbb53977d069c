# shellcheck shell=bash
# Builds in release, and only when a source changed: the stamp says so without asking the build tool.

# shellcheck source=infra/scripts/llhttp.sh
source "${house:?}/infra/scripts/llhttp.sh"

# The flags every release build shares, so that running and testing use one set of objects.
build_flags=(-c release --explicit-target-dependency-import-check error)

# Changes when any source, its size or its time does, and when the compiler is another one.
source_stamp() {
    {
        stat -L -c '%n %s %Y' "$(command -v swift)"
        cd "${house:?}" && find Package.swift Contracts Shared Services -type f -printf '%p %s %T@\n' | sort
    } | cksum
}

# is_built PRODUCT STAMP: no source changed since it was built.
is_built() {
    [ -x "${house:?}/.build/release/$1" ] && [ "$(cat "$house/.build/stamp-$1" 2>/dev/null)" = "$2" ]
}

# build_when_changed PRODUCT...: nothing to do takes some milliseconds. A second launcher waits for the first.
build_when_changed() {
    local now product
    now=$(source_stamp)
    are_built "$now" "$@" && return
    check_swift_version
    mkdir -p "$house/.build"
    exec 9>"$house/.build/launcher.lock"
    if ! flock -n 9; then
        live "another ./ainer is building; waiting for it"
        flock 9
        live_over
    fi
    now=$(source_stamp)
    # Many programs are planned and linked together, which is quicker than one after the other.
    if [ $# -gt 3 ]; then
        build_logged "everything" || exit 70
    else
        for product in "$@"; do is_built "$product" "$now" || build_logged "$product" --product "$product" || exit 70; done
    fi
    for product in "$@"; do printf '%s\n' "$now" >"$house/.build/stamp-$product"; done
    exec 9>&-
}

are_built() {
    local now=$1 product
    shift
    for product in "$@"; do is_built "$product" "$now" || return 1; done
}

# build_logged NAME FLAGS...: shows how far it is, keeps the whole log, shows what went wrong.
build_logged() {
    local name=$1 log="${house:?}/.build/ainer-build.log" began=$SECONDS
    shift
    [ -d "$house/.build/release" ] || say "building for the first time: it takes some minutes, once"
    live "building $name"
    mkdir -p "$house/.build"
    forget_moved_build
    need_llhttp
    # Descriptor 9 is the launcher's lock: the build tool's helpers must not keep it.
    if ! build_with "${build_flags[@]}" "$@" 2>&1 9>&- | tee "$log" | ticking show_build; then
        live_over
        show_build_faults "$log"
        say_fault "the build of $name failed (the whole log: $log)"
        return 1
    fi
    live_over
    say_done "built $name in $((SECONDS - began)) s"
}

# What was compiled elsewhere cannot be used here: the compiler's caches name their own folder.
forget_moved_build() {
    local here="${house:?}/.build/stamp-place"
    if [ -e "$here" ] && [ "$(cat "$here")" != "$house" ]; then
        find "$house/.build" -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
    fi
    printf '%s\n' "$house" >"$here"
}

build_with() { swift build --package-path "${house:?}" "$@" </dev/null; }

# show_build LINE: "[34/78] Compiling Planning Stage.swift" becomes the live line.
step_of='' step_name=''
show_build() {
    if [[ $1 =~ ^\[([0-9]+)/([0-9]+)\]\ (Compiling|Linking|Emitting)?\ *([A-Za-z-]*) ]]; then
        step_of="${BASH_REMATCH[1]} of ${BASH_REMATCH[2]} steps"
        step_name=${BASH_REMATCH[4]}
    fi
    live "building: ${step_of:-planning}, $SECONDS s  $step_name"
}

# The compiler's words about what is wrong, without its progress and its own command lines.
show_build_faults() {
    local words
    words=$(grep -v -e '^\[[0-9]*/[0-9]*\]' -e 'prohibited flag' -e 'swift-frontend -frontend' -e '^Building for' "$1")
    { grep -n -m 1 -A 60 'error:' <<<"$words" || tail -n 40 <<<"$words"; } | sed 's/^[0-9]*[:-]//' >&2
}
