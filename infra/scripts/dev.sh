#!/usr/bin/env bash
# The whole farm on one machine: private servers, every service in a process of its own, two of those that decide. All that it
# writes lies under .dev/; `down` takes it away.
set -euo pipefail
# Settings and logs of the farm hold its secrets.
umask 077

house=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
# shellcheck source=infra/scripts/say.sh
source "$house/infra/scripts/say.sh"
# shellcheck source=infra/scripts/needs.sh
source "$house/infra/scripts/needs.sh"
# shellcheck source=infra/scripts/build.sh
source "$house/infra/scripts/build.sh"

usage="usage: ./ainer dev up                 starts what does not run: servers, then services
       ./ainer dev status              what runs, and whether it is well
       ./ainer dev logs [NAME] [-f]
       ./ainer dev kill NAME           as a power cut would
       ./ainer dev restart NAME        gently; starts what was killed, too
       ./ainer dev down                ends everything and takes its data away"

dev=${AINER_DEV:-$house/.dev}
servers=(rabbit postgres16 redis moto)
services=(gateway orchestrator-1 orchestrator-2 worker-hub-1 worker-hub-2 worker-video worker-audio worker-llm worker-lipsync composer observer)
products=(ainer ainer-voice gateway orchestrator worker-hub worker-video worker-audio worker-llm worker-lipsync composer observer)

is_service() { [[ " ${services[*]} " == *" $1 "* ]]; }
is_server() { [[ " ${servers[*]} " == *" $1 "* ]]; }
is_up() { [ -e "$dev/keeper" ] && is_alive keeper; }

# program_of NAME: a replica is called after its program.
program_of() { printf '%s' "${1%-[0-9]}"; }

# MARK: processes

# life_of PID: when it began, in ticks since the boot; a number that comes again later has another beginning.
life_of() {
    local line fields
    { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
    read -r -a fields <<<"${line##*) }"
    [[ ${fields[0]} != [ZX] ]] || return 1
    printf '%s' "${fields[19]}"
}

session_of() { { cut -d ')' -f 2- "/proc/$1/stat" | cut -d ' ' -f 5; } 2>/dev/null || true; }

# is_alive NAME: the process that was started under this name, and no other with its number.
is_alive() {
    local file="$dev/run/$1.pid" pid since
    [ "$1" != keeper ] || file="$dev/keeper"
    [ -e "$file" ] || return 1
    read -r pid since <"$file" || return 1
    [ "$(life_of "$pid")" = "$since" ]
}

pid_of() { cut -d ' ' -f 1 "$dev/run/$1.pid"; }

# beside FILE LOG COMMAND...: in a session of its own; its number and its beginning go into the file.
beside() {
    local file=$1 log=$2
    shift 2
    setsid "$@" </dev/null >>"$log" 2>&1 9>&- &
    printf '%s %s\n' "$!" "$(life_of "$!")" >"$file"
    # Before it is out of our group it would end with whoever called us.
    until [ "$(session_of "$!")" = "$!" ] || ! life_of "$!" >/dev/null; do sleep 0.01; done
    disown
}

start_service() {
    local name=$1 words=()
    mapfile -t words <"$dev/run/$name.env"
    beside "$dev/run/$name.pid" "$dev/log/$name.log" env -i "${words[@]}" "$house/.build/release/$(program_of "$name")"
}

# end_services SECONDS NAME...: gently, together; what has not ended in time is killed.
end_services() {
    local until=$((SECONDS + $1)) name left
    shift
    for name in "$@"; do ! is_alive "$name" || kill -TERM "$(pid_of "$name")" 2>/dev/null || true; done
    while [ "$SECONDS" -lt "$until" ]; do
        left=0
        for name in "$@"; do ! is_alive "$name" || left=1; done
        [ "$left" = 1 ] || return 0
        sleep 0.1
    done
    for name in "$@"; do ! is_alive "$name" || kill -KILL "$(pid_of "$name")" 2>/dev/null || true; done
}

# MARK: settings

free_port() {
    local port highest
    read -r highest _ </proc/sys/net/ipv4/ip_local_port_range
    [ "$highest" -gt 12000 ] || highest=32768
    while true; do
        port=$((10000 + (RANDOM * 32768 + RANDOM) % (highest - 10000)))
        ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && printf '%s' "$port" && return
    done
}

secret() { head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
fact() { sed -n "s/^$2=//p" "$dev/servers/$1/about"; }

# What does not change while the farm stands: ports and secrets.
choose_facts() {
    local name
    [ ! -e "$dev/facts" ] || return 0
    {
        for name in "${services[@]}"; do printf 'health_%s=%s\n' "${name//-/_}" "$(free_port)"; done
        for name in orchestrator_1 orchestrator_2 worker_hub_1 worker_hub_2; do printf 'inside_%s=%s\n' "$name" "$(free_port)"; done
        printf 'api=%s\n' "${AINER_PORT:-$(free_port)}"
        printf 'service_token=%s\nauth_secret=%s\n' "$(secret)" "$(secret)"
    } >"$dev/facts.new"
    (umask 077 && printf 'ak_dev_%s\n' "$(secret)" >"$dev/token")
    mv "$dev/facts.new" "$dev/facts"
}

chosen() { sed -n "s/^$1=//p" "$dev/facts"; }
health_of() { chosen "health_${1//-/_}"; }

# write_settings NAME: what its process is told, a line each.
write_settings() {
    local name=$1 word=${1//-/_} inside="http://127.0.0.1"
    {
        printf '%s\n' "PATH=$PATH" "HOME=${HOME:-/}" "TMPDIR=${TMPDIR:-/tmp}" "AINER_DATA=$dev/data/$name" \
            "AINER_HEALTH_PORT=$(health_of "$name")" "AINER_LOG=${AINER_LOG:-notice}" "AINER_BROKER=$(fact rabbit url)%2F"
        case $name in
        gateway | orchestrator-* | worker-hub-*)
            printf '%s\n' "AINER_DATABASE=$(fact postgres16 url)" "AINER_SERVICE_TOKEN=$(chosen service_token)" \
                "AINER_OBJECTS=s3://dev:dev-secret@127.0.0.1:$(fact moto port)/ainer?tls=no" \
                "AINER_HUB_URL=$inside:$(chosen inside_worker_hub_1),$inside:$(chosen inside_worker_hub_2)"
            ;;
        esac
        case $name in
        gateway)
            printf '%s\n' "AINER_PORT=$(chosen api)" "AINER_COORDINATION=$(fact redis url)" "AINER_WEBHOOK_PRIVATE=yes" \
                "AINER_AUTH_SECRET=$(chosen auth_secret)" "AINER_OWNER_KEY=$(<"$dev/token")" \
                "AINER_ORCHESTRATOR_URL=$inside:$(chosen inside_orchestrator_1),$inside:$(chosen inside_orchestrator_2)"
            ;;
        orchestrator-* | worker-hub-*) printf '%s\n' "AINER_INTERNAL_PORT=$(chosen "inside_$word")" ;;
        esac
    } >"$dev/run/$name.env"
}

# MARK: verbs

begin_servers() {
    local name starting=() index
    for name in "${servers[@]}"; do
        if [ -e "$dev/servers/$name/about" ]; then
            [ -n "$(server_pid "$name")" ] || infra/scripts/servers.sh launch "$dev/servers/$name/" >/dev/null 2>>"$dev/log/$name.log"
            continue
        fi
        infra/scripts/servers.sh start "$name" "$(readlink -f "$dev/servers")/$name" "$(cut -d ' ' -f 1 "$dev/keeper")" \
            >/dev/null 2>"$dev/log/$name.log" &
        starting+=("$! $name")
    done
    live "starting ${servers[*]}"
    for index in "${!starting[@]}"; do
        wait "${starting[$index]%% *}" || { cat "$dev/log/${starting[$index]#* }.log" >&2 && stop 1 "a server did not start"; }
    done
    curl -sf -X PUT "$(fact moto url)/ainer" >/dev/null || stop 1 "the bucket could not be made"
    live_over
}

# server_pid NAME: nothing when it does not run.
server_pid() {
    local pid
    pid=$(fact "$1" pid 2>/dev/null) || return 0
    ! life_of "$pid" >/dev/null || printf '%s' "$pid"
}

# forget: what is left of a farm whose keeper is gone. A folder that never was one is nobody's to empty.
forget() {
    [ -e "$dev" ] || return 0
    [ -z "$(ls -A "$dev")" ] || [ -e "$dev/keeper" ] || stop 2 "$dev is not the folder of a farm: it is left as it is"
    end_services 35 "${services[@]}"
    rm -rf "$(readlink -f "$dev/servers" 2>/dev/null || printf '%s' "$dev/servers")" "$dev"
}

up() {
    local name
    need_packages "${make_packages[@]}" "${test_packages[@]}"
    build_when_changed "${products[@]}"
    if ! is_up; then
        forget
        mkdir -p "$dev/run" "$dev/log" "$dev/data"
        # A server that runs as another user must get through, which it may not where root's checkout lies.
        if [ "$(id -u)" = 0 ]; then
            ln -s "$(mktemp -d "${TMPDIR:-/tmp}/ainer-dev-XXXXXX")" "$dev/servers"
            chmod 711 "$(readlink -f "$dev/servers")"
        else
            mkdir "$dev/servers"
        fi
        # The servers are this one's: when it ends, they do.
        beside "$dev/keeper" /dev/null sleep infinity
    fi
    begin_servers
    choose_facts
    for name in "${services[@]}"; do
        is_alive "$name" && continue
        write_settings "$name"
        start_service "$name"
    done
    await_all
    say_done "the farm stands: http://127.0.0.1:$(chosen api)"
    say "  export AINER_SERVER=http://127.0.0.1:$(chosen api) AINER_TOKEN_FILE=$dev/token"
    say "  ./ainer submit examples/lighthouse.md --wait    ./ainer status    ./ainer dev status"
}

is_well() { [ "$(curl -s -o /dev/null -m 2 -w '%{http_code}' "http://127.0.0.1:$(health_of "$1")/readyz")" = 200 ]; }

# await_one NAME: false when it is not ready within moments; whatever it needs may be down.
await_one() {
    local until=$((SECONDS + 5))
    while ! is_well "$1"; do
        is_alive "$1" || { tail -n 5 "$dev/log/$1.log" >&2 && stop 1 "$1 did not stay" "./ainer dev logs $1"; }
        [ "$SECONDS" -lt "$until" ] || return 1
        sleep 0.1
    done
}

await_all() {
    local until=$((SECONDS + 60)) name waiting
    while true; do
        waiting=()
        for name in "${services[@]}"; do
            is_alive "$name" || { tail -n 5 "$dev/log/$name.log" >&2 && stop 1 "$name did not stay" "./ainer dev logs $name"; }
            is_well "$name" || waiting+=("$name")
        done
        [ ${#waiting[@]} -gt 0 ] || break
        [ "$SECONDS" -lt "$until" ] || stop 1 "not ready: ${waiting[*]}" "./ainer dev logs ${waiting[0]}"
        live "waiting for ${waiting[*]}"
        sleep 0.2
    done
    live_over
}

status() {
    local name pid word
    printf '%-16s %-8s %s\n' NAME PID STATE
    for name in "${servers[@]}"; do
        pid=$(server_pid "$name")
        printf '%-16s %-8s %s\n' "$name" "${pid:--}" "$([ -n "$pid" ] && printf runs || printf 'is down')"
    done
    for name in "${services[@]}"; do
        if ! is_alive "$name"; then
            printf '%-16s %-8s %s\n' "$name" - "is down"
            continue
        fi
        word=$(curl -s -m 2 "http://127.0.0.1:$(health_of "$name")/readyz" | grep -o '"status":"[a-z]*"\|"cause":"[^"]*"' | cut -d '"' -f 4 | tr '\n' ' ' || true)
        printf '%-16s %-8s %s\n' "$name" "$(pid_of "$name")" "${word:-does not answer}"
    done
}

logs() {
    local name=${1:-} follow=()
    [ "$name" != -f ] || { name='' follow=(-f); }
    [ "${2:-}" != -f ] || follow=(-f)
    if [ -n "$name" ]; then
        is_service "$name" || is_server "$name" || stop 2 "there is no $name here" "${servers[*]} ${services[*]}"
        exec tail -n 200 "${follow[@]}" "$dev/log/$name.log"
    fi
    exec tail -n 20 "${follow[@]}" "$dev"/log/*.log
}

kill_one() {
    if is_server "$1"; then
        infra/scripts/servers.sh kill "$dev/servers/$1/"
    else
        is_alive "$1" || stop 1 "$1 does not run"
        kill -KILL "$(pid_of "$1")"
    fi
    say_done "$1 is killed: ./ainer dev restart $1"
}

restart_one() {
    if is_server "$1"; then
        [ -z "$(server_pid "$1")" ] || infra/scripts/servers.sh halt "$dev/servers/$1/"
        infra/scripts/servers.sh launch "$dev/servers/$1/" >/dev/null 2>>"$dev/log/$1.log"
        # What it held was in its memory.
        [ "$1" != moto ] || curl -sf -X PUT "$(fact moto url)/ainer" >/dev/null
    else
        end_services 35 "$1"
        start_service "$1"
        await_one "$1" || { say_done "$1 runs again, and is not ready yet: ./ainer dev status" && return; }
    fi
    say_done "$1 runs again"
}

down() {
    local name
    [ -e "$dev/keeper" ] || stop 1 "nothing stands in $dev"
    live "ending ${services[*]}"
    end_services 35 "${services[@]}"
    for name in "${servers[@]}"; do
        [ ! -e "$dev/servers/$name/kind" ] || infra/scripts/servers.sh stop "$dev/servers/$name/" || true
    done
    ! is_alive keeper || kill "$(cut -d ' ' -f 1 "$dev/keeper")" 2>/dev/null || true
    forget
    live_over
    say_done "nothing of the farm is left"
}

cd "$house"
verb=${1:-}
[ $# -eq 0 ] || shift
case $verb in
up) up ;;
status)
    is_up || stop 1 "the farm does not stand" "./ainer dev up"
    status
    ;;
logs) logs "$@" ;;
kill | restart)
    is_up || stop 1 "the farm does not stand" "./ainer dev up"
    is_service "${1:-}" || is_server "${1:-}" || stop 2 "say which: ${servers[*]} ${services[*]}"
    "${verb}_one" "$1"
    ;;
down) down ;;
*) stop 2 "no such verb: ${verb:-none}" "$usage" ;;
esac
