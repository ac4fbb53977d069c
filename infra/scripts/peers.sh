#!/usr/bin/env bash
# Makes the programs our bus is measured against, in a folder that may be thrown away afterwards. Prints one line for
# each: NAME=COMMAND, or NAME: and why it is not there. A peer that is not there is no failure.
set -euo pipefail

house=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
# shellcheck source=infra/scripts/say.sh
source "$house/infra/scripts/say.sh"

[ $# -eq 1 ] || stop 2 "usage: peers.sh FOLDER"
mkdir -p "$1"
folder=$(cd "$1" && pwd)
sources=$house/Services/AinerBench/Peers

make_c() {
    read -r -a flags <<<"$(pkg-config --cflags --libs librabbitmq 2>/dev/null)"
    if cc -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror "$sources/rabbit_peer.c" -o "$folder/rabbit_peer" \
        "${flags[@]}" 2>"$folder/cc.log"; then
        printf 'librabbitmq=%s\n' "$folder/rabbit_peer"
    else
        printf 'librabbitmq: it does not compile: %s\n' "$(head -n 1 "$folder/cc.log")"
    fi
}

make_python() {
    if [ -x "$folder/venv/bin/python" ] || python3 -m venv "$folder/venv" >"$folder/venv.log" 2>&1 &&
        "$folder/venv/bin/python" -m pip install --quiet aio-pika >>"$folder/venv.log" 2>&1; then
        printf 'aio-pika=%s %s\n' "$folder/venv/bin/python" "$sources/aio_pika_peer.py"
    else
        printf 'aio-pika: it cannot be had: %s\n' "$(tail -n 1 "$folder/venv.log")"
    fi
}

make_c
make_python
