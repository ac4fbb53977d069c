#!/usr/bin/env bash
# Checks everything AINER needs and prints the mending command for what is missing. Needs nothing built or installed.
set -euo pipefail

house=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
# shellcheck source=infra/scripts/say.sh
source "$house/infra/scripts/say.sh"
# shellcheck source=infra/scripts/needs.sh
source "$house/infra/scripts/needs.sh"

json=0
case "${1:-}" in
"") ;;
--json) json=1 ;;
*) stop 2 "\"$1\" is not an option of doctor" "usage: ./ainer doctor [--json]" ;;
esac

faults=0

escape() { printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g'; }

# The marks follow standard output: that is where the report goes.
good='✔' bad='✖'
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then good=$'\033[32m✔\033[0m' bad=$'\033[31m✖\033[0m'; fi

# report ok|bad NAME DETAIL [MEND]
report() {
    [ "$1" = ok ] || faults=$((faults + 1))
    if [ "$json" = 1 ]; then
        printf '{"check":"%s","ok":%s,"detail":"%s","mend":"%s"}\n' "$(escape "$2")" \
            "$([ "$1" = ok ] && echo true || echo false)" "$(escape "$3")" "$(escape "${4:-}")"
    elif [ "$1" = ok ]; then
        printf '%s %-12s %s\n' "$good" "$2" "$3"
    else
        printf '%s %-12s %s\n  %-12s mend: %s\n' "$bad" "$2" "$3" "" "$4"
    fi
}

install_hint() { printf 'apt-get install --no-install-recommends %s' "$1"; }

check_packages() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    local missing
    missing=$(missing_packages "${make_packages[@]}" | tr '\n' ' ')
    if [ -z "$missing" ]; then
        report ok packages "${#make_packages[@]} of ${#make_packages[@]} installed"
    else
        report bad packages "missing: ${missing% }" "$(install_hint "${missing% }")"
    fi
}

check_swift() {
    local hint="get Swift 6.2 or later from https://www.swift.org/install/linux" version
    # Looking for it in a subshell first: where it is not found, the search ends its shell.
    (find_swift 2>/dev/null) || {
        report bad swift "not found" "$hint"
        return
    }
    find_swift
    version=$(swift_version)
    if [ -z "$version" ]; then
        report bad swift "$(command -v swift) does not start: $( (swift --version || true) 2>&1 | head -n 1)" \
            "$(install_hint "${swift_packages[*]}")"
    elif is_new_enough "$version"; then
        report ok swift "$version at $(command -v swift)"
    else
        report bad swift "$version is too old" "$hint"
    fi
}

check_library() { # NAME MODULE PACKAGE
    local version
    if version=$(pkg-config --modversion "$2" 2>/dev/null); then
        report ok "$1" "$version"
    else
        report bad "$1" "$2 not found by pkg-config" "$(install_hint "pkg-config $3")"
    fi
}

check_ffmpeg() {
    local ffmpeg=${AINER_FFMPEG:-ffmpeg} ffprobe=${AINER_FFPROBE:-ffprobe} name
    if ! command -v "$ffmpeg" >/dev/null 2>&1; then
        report bad ffmpeg "$ffmpeg not found" "$(install_hint ffmpeg)"
        return
    fi
    report ok ffmpeg "$("$ffmpeg" -hide_banner -version 2>/dev/null | head -n 1 | cut -d ' ' -f 3)"
    local encoders filters
    encoders=$("$ffmpeg" -hide_banner -encoders 2>/dev/null)
    filters=$("$ffmpeg" -hide_banner -filters 2>/dev/null)
    for name in libx264 aac mov_text; do
        if grep -qw "$name" <<<"$encoders"; then
            report ok "encoder" "$name"
        else
            report bad "encoder" "$ffmpeg has no $name" "$(install_hint ffmpeg), or point AINER_FFMPEG at a build with it"
        fi
    done
    for name in equalizer acompressor aresample ebur128; do
        grep -qw "$name" <<<"$filters" ||
            report bad "filter" "$ffmpeg has no $name" "$(install_hint ffmpeg), or point AINER_FFMPEG at a build with it"
    done
    if command -v "$ffprobe" >/dev/null 2>&1; then
        report ok ffprobe "$(command -v "$ffprobe")"
    else
        report bad ffprobe "$ffprobe not found" "$(install_hint ffmpeg)"
    fi
}

check_speech() {
    local data
    for data in /usr/lib/*/espeak-ng-data /usr/share/espeak-ng-data /usr/local/share/espeak-ng-data; do
        if [ -e "$data/phontab" ]; then
            report ok "speech data" "$data"
            return
        fi
    done
    report bad "speech data" "espeak-ng-data not found" "$(install_hint espeak-ng-data)"
}

check_font() { # NAME FILE PACKAGE
    if [ -e "$2" ] || find /usr/share/fonts ~/.local/share/fonts -name "${2##*/}" 2>/dev/null | grep -q .; then
        report ok font "$1"
    else
        report bad font "$1 not found" "$(install_hint "$3")"
    fi
}

# The nearest folder that exists: what a new folder would be made in.
standing() {
    local folder=$1
    while [ ! -e "$folder" ]; do folder=$(dirname "$folder"); done
    printf '%s' "$folder"
}

check_disk() { # NAME FOLDER MEGABYTES MEND
    local free
    free=$(df -Pm "$(standing "$2")" | awk 'NR == 2 { print $4 }')
    if [ "$free" -ge "$3" ]; then
        report ok "$1" "$2, $((free / 1024)) GiB free"
    else
        report bad "$1" "$2 has $free MiB free, $3 are needed" "$4"
    fi
}

check_data_folder() {
    local data=${AINER_DATA:-~/.ainer}
    check_disk "data folder" "$data" 1024 "free some space, or set AINER_DATA to a folder on another disk"
    [ -w "$(standing "$data")" ] ||
        report bad "data folder" "$(standing "$data") cannot be written" "set AINER_DATA to a folder of yours"
    [ -e "$data/host.lock" ] || return 0
    flock -n "$data/host.lock" true 2>/dev/null ||
        report bad "data folder" "held by another ainer $(cat "$data/host.lock")" \
            "wait for it, or set AINER_DATA to another folder"
}

check_port() {
    local port=${AINER_PORT:-8080}
    if [[ ! $port =~ ^[0-9]{1,5}$ ]]; then
        report bad port "AINER_PORT is \"$port\"" "set AINER_PORT to a number from 1 to 65535"
    elif is_taken "$port"; then
        report bad port "$port is in use by $(holder "$port")" "set AINER_PORT to a free port ($(free_port "$port") is one)"
    else
        report ok port "$port is free"
    fi
}

is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
    local port=$(($1 + 1))
    while is_taken "$port"; do port=$((port + 1)); done
    printf '%s' "$port"
}

# Who listens on a port, as far as we may look into other people's processes.
holder() {
    local inode link
    inode=$(awk -v port="$(printf ':%04X' "$1")" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10; exit }' \
        /proc/net/tcp /proc/net/tcp6 2>/dev/null)
    for link in /proc/[0-9]*/fd/*; do
        if [ "$(readlink "$link" 2>/dev/null)" = "socket:[${inode:-none}]" ]; then
            link=${link#/proc/}
            printf '%s (process %s)' "$(cat "/proc/${link%%/*}/comm" 2>/dev/null)" "${link%%/*}"
            return
        fi
    done
    printf 'another program'
}

check_machine() {
    local memory
    memory=$(($(awk '/MemTotal/ { print $2 }' /proc/meminfo) / 1024))
    if [ "$memory" -ge 2000 ]; then
        report ok machine "$(nproc) cores, $((memory / 1024)) GiB memory"
    else
        report bad machine "$memory MiB memory, 2000 are needed to build" "use a machine with more memory, or add swap"
    fi
}

check_packages
check_swift
check_library cairo cairo libcairo2-dev
check_library pango pangocairo libpango1.0-dev
check_library sqlite sqlite3 libsqlite3-dev
check_library postgresql libpq libpq-dev
check_library rabbitmq librabbitmq librabbitmq-dev
check_library openssl openssl libssl-dev
check_library espeak-ng espeak-ng libespeak-ng-dev
check_speech
check_ffmpeg
check_font "DejaVu Sans" /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf fonts-dejavu-core
check_font "Noto Sans CJK" /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc fonts-noto-cjk
check_disk "checkout" "$house" 3072 "free some space for the build"
check_data_folder
check_port
check_machine

if [ "$json" = 0 ]; then
    if [ "$faults" -eq 0 ]; then
        say_done "everything AINER needs is here"
    else
        say_fault "$faults to mend; ./ainer make installs packages by itself"
    fi
fi
[ "$faults" -eq 0 ]
