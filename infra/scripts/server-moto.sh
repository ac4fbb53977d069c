# shellcheck shell=bash
# shellcheck disable=SC2154  # servers.sh sets folder, house, patience and the ports
# moto as servers.sh runs it: a stand-in for S3, from PyPI, in a folder of the build that all checkouts' tests share.

moto_version='5.2.5'

prepare_moto() {
    local place=$house/.build/moto-$moto_version
    mkdir -p "$house/.build"
    # Several tests may ask at once; whoever comes first gets it.
    exec {turn}>"$place.lock"
    flock "$turn"
    if [ ! -x "$place/bin/moto_server" ]; then
        rm -rf "$place"
        if ! make_moto "$place" >>"$folder/log/pip" 2>&1; then
            rm -rf "$place"
            return 1
        fi
    fi
    exec {turn}>&-
    printf '%s\n' "$place" >"$folder/programs"
}

make_moto() { python3 -m venv "$1" && "$1/bin/python" -m pip install --quiet "moto[server]==$moto_version"; }

launch_moto() {
    local place
    place=$(<"$folder/programs")
    beside "$folder/log/moto" env "AINER_SERVER=$folder" "$place/bin/python" "$place/bin/moto_server" -H 127.0.0.1 -p "$main"
    printf '%s\n' "$beside" >"$folder/pid"
    wait_until "$patience" moto_is_up_or_gone "$beside" || return 1
    ! is_gone "$beside"
}

moto_is_up_or_gone() { is_gone "$1" || is_taken "$main"; }

settle_moto() { true; }

gentle_moto() { printf TERM; }

describe_moto() {
    printf '%s\n' "pid=$(<"$folder/pid")" "port=$main" "url=http://127.0.0.1:$main" "python=$(<"$folder/programs")/bin/python"
}
