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

# report ok|bad NAME DETAIL [MEND]
report() {
    local mark=✔
    [ "$1" = ok ] || { mark=✖ faults=$((faults + 1)); }
    if [ "$json" = 1 ]; then
        printf '{"check":"%s","ok":%s,"detail":"%s","mend":"%s"}\n' "$(escape "$2")" \
            "$([ "$1" = ok ] && echo true || echo false)" "$(escape "$3")" "$(escape "${4:-}")"
        return
    fi
    printf '%s %-14s %s\n' "$mark" "$2" "$3"
    [ "$1" = ok ] || printf '  %-14s mend: %s\n' "" "$4"
}

install_hint() { printf 'apt-get install --no-install-recommends %s' "$1"; }

check_swift() {
    local version
    if ! version=$(need_swift 2>/dev/null && swift --version 2>/dev/null | grep -o 'Swift version [0-9.]*' | head -n 1); then
        report bad swift "not found" "get Swift 6.2 or later from https://www.swift.org/install"
        return
    fi
    version=${version#Swift version }
    if [ "$(printf '%s\n6.2\n' "$version" | sort -V | head -n 1)" = 6.2 ]; then
        report ok swift "$version"
    else
        report bad swift "$version is too old" "get Swift 6.2 or later from https://www.swift.org/install"
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
    for data in /usr/lib/*/espeak-ng-data /usr/share/espeak-ng-data; do
        if [ -d "$data" ]; then
            report ok "speech data" "$data"
            return
        fi
    done
    report bad "speech data" "espeak-ng-data not found" "$(install_hint espeak-ng-data)"
}

check_font() { # NAME FILE PACKAGE
    if [ -e "$2" ] || find /usr/share/fonts "$HOME/.local/share/fonts" -name "$(basename "$2")" 2>/dev/null | grep -q .; then
        report ok font "$1"
    else
        report bad font "$1 not found" "$(install_hint "$3")"
    fi
}

check_disk() { # NAME FOLDER MEGABYTES MEND
    local folder=$2 free
    while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
    free=$(df -Pm "$folder" | awk 'NR == 2 { print $4 }')
    if [ "$free" -ge "$3" ]; then
        report ok "$1" "$2, $((free / 1024)) GiB free"
    else
        report bad "$1" "$2 has $free MiB free, $3 are needed" "$4"
    fi
}

check_data_folder() {
    local data=${AINER_DATA:-$HOME/.ainer} folder
    check_disk "data folder" "$data" 1024 "free some space, or set AINER_DATA to a folder on another disk"
    folder=$data
    while [ ! -e "$folder" ]; do folder=$(dirname "$folder"); done
    [ -w "$folder" ] || report bad "data folder" "$folder cannot be written" "set AINER_DATA to a folder of yours"
    if [ -e "$data/host.lock" ] && ! flock -n "$data/host.lock" true 2>/dev/null; then
        report bad "data folder" "held by another ainer $(cat "$data/host.lock")" "wait for it, or set AINER_DATA to another folder"
    fi
}

check_port() {
    local port=${AINER_PORT:-8080}
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        report bad port "$port is in use" "set AINER_PORT to a free port, or stop the program on $port"
    else
        report ok port "$port is free"
    fi
}

check_swift
check_library cairo cairo libcairo2-dev
check_library pango pangocairo libpango1.0-dev
check_library sqlite sqlite3 libsqlite3-dev
check_library espeak-ng espeak-ng libespeak-ng-dev
check_speech
check_ffmpeg
check_font "DejaVu Sans" /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf fonts-dejavu-core
check_font "Noto Sans CJK" /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc fonts-noto-cjk
check_disk "checkout" "$house" 3072 "free some space for the build"
check_data_folder
check_port
report ok machine "$(nproc) cores, $(($(awk '/MemTotal/ { print $2 }' /proc/meminfo) / 1048576)) GiB memory"

if [ "$json" = 0 ]; then
    if [ "$faults" -eq 0 ]; then
        say_done "everything AINER needs is here"
    else
        say "✖ $faults to mend; ./ainer make installs packages by itself"
    fi
fi
[ "$faults" -eq 0 ]
