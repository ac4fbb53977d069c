#!/usr/bin/env bash
# Private servers for tests and benches: on free loopback ports, with everything they write in one folder. Whoever asks
# names the process they are for; when it is gone, however it died, its servers and their folders go too.
set -euo pipefail
# PostgreSQL may run as another user, who must be able to read what is put before it.
umask 022

house=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
# shellcheck source=infra/scripts/say.sh
source "$house/infra/scripts/say.sh"
# shellcheck source=infra/scripts/server-rabbit.sh
source "$house/infra/scripts/server-rabbit.sh"
# shellcheck source=infra/scripts/server-postgres.sh
source "$house/infra/scripts/server-postgres.sh"
# shellcheck source=infra/scripts/server-moto.sh
source "$house/infra/scripts/server-moto.sh"
# shellcheck source=infra/scripts/server-redis.sh
source "$house/infra/scripts/server-redis.sh"

usage="usage: servers.sh start rabbit|postgres15|postgres16|moto|redis FOLDER OWNER   starts one; prints FOLDER/about
       servers.sh halt|kill FOLDER        ends it gently, or as a power cut would; its data stay
       servers.sh launch FOLDER           starts it again with its data, on its ports
       servers.sh stop FOLDER             ends it and takes the folder away
       servers.sh ctl FOLDER WORD...      rabbitmqctl WORD..."

# Seconds a server may take to start, on a machine that is busy building.
patience=120

# MARK: one server and its folder

# start KIND FOLDER OWNER: the folder must be new, or empty.
start() {
    local owner=$3 since attempt
    since=$(life_of "$owner") || stop 2 "there is no process $owner to start a server for"
    take_folder "$2"
    kind=$1
    printf '%s\n' "$kind" >"$folder/kind"
    # The last number tells this server from a later one in the same folder.
    printf '%s\n' "$owner $since $$" >"$folder/owner"
    beside "$folder/log/watch" env -C / "$house/infra/scripts/servers.sh" watch "$folder" "$owner $since $$"
    "prepare_${kind%%[0-9]*}" || fail "could not be prepared"
    for attempt in 1 2 3; do
        choose_ports
        "launch_${kind%%[0-9]*}" && break
        # Another program took a port between our look and the server's own: then other ports will do.
        if [ "$attempt" -eq 3 ] || ! is_port_lost; then fail "did not start"; fi
        end_members
    done
    "settle_${kind%%[0-9]*}" || fail "does not do what it is told"
    # The watch may have come by in between: then nobody would end what was started after it.
    [ -e "$folder/owner" ] || { end_members && stop 1 "process $owner is gone"; }
    describe
}

# launch FOLDER: after halt or kill.
launch() {
    open_folder "$1"
    read_ports
    [ -z "$(members)" ] || stop 2 "the server in $folder runs already"
    "launch_${kind%%[0-9]*}" || fail "did not start again"
    describe
}

halt() {
    open_folder "$1"
    local pid
    pid=$(about pid)
    # The gentle word to the server itself; what it started ends with it. The number may be a stranger's by now.
    if members | grep -x "$pid" >/dev/null; then
        kill -"$(gentle_"${kind%%[0-9]*}")" "$pid" 2>/dev/null || true
        wait_until 60 is_gone "$pid" || true
    fi
    end_members
}

cut_power() {
    open_folder "$1"
    end_members
}

stop_server() {
    open_folder "$1"
    rm -f "$folder/owner"
    end_members
    rm -rf "$folder"
}

# watch FOLDER OWNED: lives beside the server until its owner is gone, or somebody else ended it.
watch() {
    local owner since
    folder=$1
    read -r owner since _ <<<"$2"
    while [ "$(cat "$folder/owner" 2>/dev/null)" = "$2" ]; do
        if [ "$(life_of "$owner")" != "$since" ]; then
            rm -f "$folder/owner"
            end_members
            rm -rf "$folder"
            # A start that was under way finds no folder now, but may have begun something a moment before.
            sleep 2
            end_members
            return
        fi
        sleep 0.5
    done
    # Whoever took only the folder away left the server behind.
    [ -d "$folder" ] || end_members
}

# take_folder FOLDER: ours from now on, so only one that holds nothing.
take_folder() {
    [[ $1 =~ ^/[A-Za-z0-9/._-]+$ ]] || stop 2 "\"$1\" must be a full path of letters, digits, and / . _ -"
    mkdir -p "$1"
    folder=$(readlink -f "$1")
    [ -z "$(ls -A "$folder")" ] || stop 2 "$folder is not empty"
    # PostgreSQL as root runs as another user, who must get through.
    chmod 711 "$folder"
    mkdir "$folder/log" "$folder/data"
}

open_folder() {
    folder=$(readlink -f "$1")
    [ -e "$folder/kind" ] || stop 2 "$1 is not the folder of a server"
    kind=$(<"$folder/kind")
}

# describe: what the others need to know, as KEY=VALUE lines.
describe() {
    {
        printf 'kind=%s\nfolder=%s\n' "$kind" "$folder"
        "describe_${kind%%[0-9]*}"
    } >"$folder/about.new"
    mv "$folder/about.new" "$folder/about"
    cat "$folder/about"
}

# about KEY: a line of what describe wrote.
about() { sed -n "s/^$1=//p" "$folder/about"; }

# MARK: processes

# beside LOG COMMAND...: runs it in a session of its own that keeps nothing of ours open.
beside() {
    local log=$1
    shift
    (
        for descriptor in /proc/self/fd/*; do
            descriptor=${descriptor##*/}
            [ "$descriptor" -le 2 ] || eval "exec $descriptor>&-" 2>/dev/null || true
        done
        # Here, not in the caller: what stands in the data belongs to the server.
        cd "$folder/data"
        exec setsid "$@" </dev/null >>"$log" 2>&1
    ) &
    beside=$!
    disown
}

# life_of PID: when it began, in ticks since the boot; a number that comes again later has another beginning.
life_of() {
    local line fields
    { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
    read -r -a fields <<<"${line##*) }"
    [[ ${fields[0]} != [ZX] ]] || return 1
    printf '%s' "${fields[19]}"
}

is_gone() { ! life_of "$1" >/dev/null; }

# Everything that belongs to the server in this folder: what carries its mark, and PostgreSQL's processes, which write
# their titles over the mark but stand in their data.
members() {
    {
        grep -lszxF "AINER_SERVER=$folder" /proc/[0-9]*/environ || true
        find /proc -maxdepth 2 -path '/proc/[0-9]*/cwd' -lname "$folder/data*" 2>/dev/null || true
    } | cut -d / -f 3 | sort -u
}

end_members() {
    local round pids
    for ((round = 0; round < 100; round++)); do
        mapfile -t pids < <(members)
        [ ${#pids[@]} -gt 0 ] || return 0
        kill -KILL "${pids[@]}" 2>/dev/null || true
        sleep 0.1
    done
    say_fault "these will not end: ${pids[*]}"
    return 1
}

# wait_until SECONDS COMMAND...: false when it did not come true in time.
wait_until() {
    local until=$((SECONDS + $1))
    shift
    while ! "$@"; do
        [ "$SECONDS" -lt "$until" ] || return 1
        sleep 0.05
    done
}

# fail WHAT: with the last words of everything that wrote a log.
fail() {
    local words
    # What was written last is the likeliest reason, so it stands last.
    words=$(cd "$folder/log" && find . -type f -size +0 -printf '%T@ %P\n' | sort -n | cut -d ' ' -f 2- |
        xargs -r tail -q -n 12 | cut -c 1-300 | tail -n 30)
    rm -f "$folder/owner"
    end_members || true
    rm -rf "$folder"
    stop 1 "the server $kind $1" "$words"
}

# MARK: ports

# Below what the system gives to outgoing connections, so that a server that is down finds its port free again.
choose_ports() {
    local highest name port
    read -r highest _ </proc/sys/net/ipv4/ip_local_port_range
    [ "$highest" -gt 12000 ] || highest=32768
    ports=()
    : >"$folder/ports"
    for name in main tls epmd nodes; do
        while true; do
            port=$((10000 + (RANDOM * 32768 + RANDOM) % (highest - 10000)))
            [[ " ${ports[*]} " != *" $port "* ]] && ! is_taken "$port" && break
        done
        ports+=("$port")
        printf '%s=%s\n' "$name" "$port" >>"$folder/ports"
    done
    read_ports
}

read_ports() {
    # shellcheck disable=SC2034  # the servers read them
    { main=$(port_of main) tls=$(port_of tls) epmd=$(port_of epmd) nodes=$(port_of nodes); }
}
port_of() { sed -n "s/^$1=//p" "$folder/ports"; }

is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
is_port_lost() { grep -q -i -E 'address already in use|eaddrinuse|could not bind' "$folder"/log/* 2>/dev/null; }

# MARK: certificates

# An authority of our own and a certificate for localhost from it, in $folder/tls.
make_certificates() {
    local place=$folder/tls
    mkdir "$place"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=AINER test authority" \
        -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign" \
        -keyout "$place/authority.key" -out "$place/authority.pem" >>"$folder/log/openssl" 2>&1 || return 1
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=localhost" \
        -keyout "$place/server.key" -out "$place/server.csr" >>"$folder/log/openssl" 2>&1 || return 1
    printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' >"$place/names"
    openssl x509 -req -in "$place/server.csr" -CA "$place/authority.pem" -CAkey "$place/authority.key" -CAcreateserial \
        -days 30 -extfile "$place/names" -out "$place/server.pem" >>"$folder/log/openssl" 2>&1 || return 1
    chmod 644 "$place/authority.pem" "$place/server.pem"
}

case "${1:-} $#" in
"start 4")
    [[ $2 =~ ^(rabbit|postgres1[56]|moto|redis)$ ]] || stop 2 "\"$2\" is not a server we know" "$usage"
    start "$2" "$3" "$4"
    ;;
"launch 2") launch "$2" ;;
"halt 2") halt "$2" ;;
"kill 2") cut_power "$2" ;;
"stop 2") stop_server "$2" ;;
"watch 3") watch "$2" "$3" ;;
ctl\ *)
    open_folder "${2:?}"
    read_ports
    shift 2
    rabbit_tool rabbitmqctl "$@"
    ;;
*) stop 2 "no such call: $*" "$usage" ;;
esac
