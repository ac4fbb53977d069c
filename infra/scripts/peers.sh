#!/usr/bin/env bash
# Makes the programs our bus (or, with "web", our HTTP server, or, with "work", what decides) is measured against, in a folder that may be thrown away. Prints one line for
# each: NAME=COMMAND, or NAME: and why it is not there. A peer that is not there is no failure.
set -euo pipefail

house=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
# shellcheck source=infra/scripts/say.sh
source "$house/infra/scripts/say.sh"

[ $# -eq 1 ] || { [ $# -eq 2 ] && [[ $2 == web || $2 == work ]]; } || stop 2 "usage: peers.sh FOLDER [web|work]"
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

# nginx answers from its configuration: the least that a server can do.
make_nginx() {
    local port=$((12000 + RANDOM % 15000))
    command -v nginx >/dev/null 2>&1 || { printf 'nginx: it is not installed\n' && return; }
    mkdir -p "$folder/nginx"
    cat >"$folder/nginx/nginx.conf" <<TEXT
worker_processes 1;
daemon off;
pid $folder/nginx/pid;
error_log $folder/nginx/error.log;
events { worker_connections 4096; }
http {
    access_log off;
    keepalive_requests 100000000;
    default_type application/json;
    client_body_temp_path $folder/nginx/body; proxy_temp_path $folder/nginx/proxy; fastcgi_temp_path $folder/nginx/f;
    uwsgi_temp_path $folder/nginx/u; scgi_temp_path $folder/nginx/s;
    server {
        listen 127.0.0.1:$port backlog=4096;
        location / {
            if (\$request_method = POST) { return 202 '{"bytes":1024,"hash":14695981039346656037}'; }
            return 200 '{"status":"ok","padding":"$(printf 'x%.0s' {1..173})"}';
        }
    }
}
TEXT
    printf 'port=%s\nnginx=%s\n' "$port" "nginx -c $folder/nginx/nginx.conf -e $folder/nginx/error.log"
}

make_wrk() {
    command -v wrk >/dev/null 2>&1 || { printf 'wrk: it is not installed\n' && return; }
    printf 'wrk.method = "POST"\nwrk.body = string.rep("a", 1024)\nwrk.headers["Content-Type"] = "application/json"\n' \
        >"$folder/post.lua"
    printf 'wrk=wrk\n'
}

make_uvicorn() {
    if python3 -m venv "$folder/web" >"$folder/web.log" 2>&1 &&
        "$folder/web/bin/python" -m pip install --quiet uvicorn uvloop httptools fastapi \
            'psycopg[binary,pool]' >>"$folder/web.log" 2>&1; then
        printf 'uvicorn=%s %s\n' "$folder/web/bin/python" "$sources/uvicorn_peer.py"
        printf 'fastapi=%s %s\n' "$folder/web/bin/python" "$sources/fastapi_peer.py"
    else
        printf 'uvicorn: it cannot be had: %s\n' "$(tail -n 1 "$folder/web.log")"
    fi
}

make_queues() {
    if python3 -m venv "$folder/work" >"$folder/work.log" 2>&1 &&
        "$folder/work/bin/python" -m pip install --quiet celery sqlalchemy 'psycopg2-binary' dbos >>"$folder/work.log" 2>&1; then
        printf 'celery=%s %s\n' "$folder/work/bin/python" "$sources/celery_peer.py"
        printf 'dbos=%s %s\n' "$folder/work/bin/python" "$sources/dbos_peer.py"
    else
        printf 'celery: it cannot be had: %s\n' "$(tail -n 1 "$folder/work.log")"
    fi
}

if [ "${2:-}" = work ]; then
    make_queues
elif [ "${2:-}" = web ]; then
    make_nginx
    make_wrk
    make_uvicorn
else
    make_c
    make_python
fi
