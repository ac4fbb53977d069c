# shellcheck shell=bash
# llhttp, the parser of the HTTP server, for systems that do not ship it: compiled from the sources inside a pinned
# package of Python, into .build/llhttp, where pkg-config is told to look.

llhttp_package=httptools==0.9.0
llhttp_sha256=d484ebb7e3a3f3597b0f645fbd1b85633674ca808c1f5ba11c2caf7c66f5c8b6
llhttp_version=9.4.3

# need_llhttp: nothing to do takes a millisecond.
need_llhttp() {
    local place="${house:?}/.build/llhttp"
    export PKG_CONFIG_PATH="$place${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
    [ -f "$place/libllhttp.pc" ] && return
    pkg-config --exists 'libllhttp >= 9.2' 2>/dev/null && return
    live "building llhttp $llhttp_version"
    make_llhttp "$place" || { live_over && stop 69 "llhttp could not be built (the whole log: $house/.build/llhttp.log)"; }
    live_over
}

# Every step by itself: a shell in a condition does not stop at what fails.
make_llhttp() {
    local place=$1 work status=0
    work=$(mktemp -d "${TMPDIR:-/tmp}/ainer-llhttp-XXXXXX")
    mkdir -p "$house/.build"
    (fetch_llhttp "$work" && compile_llhttp "$work/vendor/llhttp" "$place.new" && mv "$place.new" "$place") \
        >"$house/.build/llhttp.log" 2>&1 || status=$?
    rm -rf "$work" "$place.new"
    [ "$status" -eq 0 ] || tail -n 5 "$house/.build/llhttp.log" >&2
    return "$status"
}

fetch_llhttp() {
    local archive
    python3 -m pip download --quiet --no-deps --no-binary :all: --dest "$1" "$llhttp_package" &&
        archive=$(find "$1" -name '*.tar.gz') &&
        sha256sum --check --quiet <<<"$llhttp_sha256  $archive" &&
        tar -xzf "$archive" -C "$1" --wildcards --strip-components=1 '*/vendor/llhttp/*'
}

# compile_llhttp SOURCES PLACE. In the last lines pkg-config knows where its file lies, not we.
# shellcheck disable=SC2016
compile_llhttp() {
    mkdir -p "$2/include" &&
        (cd "$1" && cc -O2 -fPIC -Iinclude -c src/*.c && ar rcs "$2/libllhttp.a" ./*.o) &&
        cp "$1/include/llhttp.h" "$2/include" &&
        printf '%s\n' 'Name: libllhttp' 'Description: the parser of the HTTP server' "Version: $llhttp_version" \
            'Cflags: -I${pcfiledir}/include' 'Libs: -L${pcfiledir} -lllhttp' >"$2/libllhttp.pc"
}
