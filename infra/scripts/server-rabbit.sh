# shellcheck shell=bash
# shellcheck disable=SC2154  # servers.sh sets folder and the ports
# RabbitMQ as servers.sh runs it: Debian's package without its wrapper, which would change the user and write elsewhere,
# and with a name service (epmd) of its own.

rabbit_home=/usr/lib/rabbitmq/bin
# How many empty vhosts it starts with; a test takes one for itself.
rabbit_vhosts=40

prepare_rabbit() {
    [ -x "$rabbit_home/rabbitmq-server" ] || { say "rabbitmq-server is not installed" && return 1; }
    mkdir "$folder/home"
    make_certificates || return 1
    printf '[].\n' >"$folder/plugins"
    rabbit_definitions >"$folder/definitions.json"
}

# Two users may do everything: guest, and guarded, whose password has every character that a URL must escape.
rabbit_definitions() {
    local number
    printf '{"users":[{"name":"guest","password":"guest","tags":"administrator"},'
    printf '{"name":"guarded","password":"s:e/c@r%%t","tags":""}],\n"vhosts":[{"name":"/"}'
    for ((number = 1; number <= rabbit_vhosts; number++)); do printf ',{"name":"test-%d"}' "$number"; done
    printf '],\n"permissions":[%s' "$(rabbit_permission guest /),$(rabbit_permission guarded /)"
    for ((number = 1; number <= rabbit_vhosts; number++)); do
        printf ',\n%s,%s' "$(rabbit_permission guest "test-$number")" "$(rabbit_permission guarded "test-$number")"
    done
    printf ']}\n'
}

rabbit_permission() {
    printf '{"user":"%s","vhost":"%s","configure":".*","write":".*","read":".*"}' "$1" "$2"
}

# A machine that builds and tests at once may take longer over a handshake than the usual five seconds.
rabbit_settings() {
    printf '%s\n' "listeners.tcp.default = 127.0.0.1:$main" "listeners.ssl.default = 127.0.0.1:$tls" \
        "ssl_options.cacertfile = $folder/tls/authority.pem" "ssl_options.certfile = $folder/tls/server.pem" \
        "ssl_options.keyfile = $folder/tls/server.key" "ssl_options.verify = verify_none" \
        "ssl_options.fail_if_no_peer_cert = false" "handshake_timeout = 60000" "ssl_handshake_timeout = 60000" \
        "loopback_users = none" "disk_free_limit.absolute = 50MB" \
        "vm_memory_high_watermark.relative = 0.6" "log.console = false" "log.file = rabbit" "log.file.level = warning" \
        "definitions.import_backend = local_filesystem" "definitions.local.path = $folder/definitions.json" \
        "definitions.skip_if_unchanged = true"
}

# rabbit_tool PROGRAM WORD...: a program of RabbitMQ in this server's own world.
rabbit_tool() {
    local program=$1
    shift
    rabbit_world
    env "${rabbit_world[@]}" "$rabbit_home/$program" "$@"
}

rabbit_world() {
    rabbit_world=(
        "AINER_SERVER=$folder" "HOME=$folder/home" RABBITMQ_NODENAME=ainer@localhost
        "RABBITMQ_MNESIA_BASE=$folder/data" "RABBITMQ_LOG_BASE=$folder/log" "RABBITMQ_PID_FILE=$folder/pid"
        RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 "RABBITMQ_NODE_PORT=$main" "RABBITMQ_DIST_PORT=$nodes"
        "RABBITMQ_CONFIG_FILE=$folder/rabbitmq" "RABBITMQ_ENABLED_PLUGINS_FILE=$folder/plugins"
        RABBITMQ_CONF_ENV_FILE=/dev/null
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1}"
        "ERL_EPMD_PORT=$epmd" ERL_EPMD_ADDRESS=127.0.0.1 ERL_CRASH_DUMP_SECONDS=0
    )
}

launch_rabbit() {
    rabbit_settings >"$folder/rabbitmq.conf"
    rm -f "$folder/pid"
    rabbit_world
    # In front, not as a demon: so it is ours to end.
    beside "$folder/log/epmd" env "${rabbit_world[@]}" epmd -address 127.0.0.1 -port "$epmd"
    wait_until 20 is_taken "$epmd" || return 1
    beside "$folder/log/start" env "${rabbit_world[@]}" "$rabbit_home/rabbitmq-server"
    local script=$beside
    # The ports open last, the one with TLS behind the other.
    wait_until "$patience" rabbit_is_up_or_gone "$script" || return 1
    ! is_gone "$script"
}

rabbit_is_up_or_gone() { is_taken "$tls" || is_gone "$1"; }

settle_rabbit() { true; }
gentle_rabbit() { printf TERM; }

describe_rabbit() {
    printf '%s\n' "pid=$(<"$folder/pid")" "port=$main" "tls_port=$tls" "vhosts=$rabbit_vhosts" \
        "url=amqp://guest:guest@127.0.0.1:$main/" "guarded_url=amqp://guarded:s%3Ae%2Fc%40r%25t@127.0.0.1:$main/" \
        "tls_url=amqps://guest:guest@localhost:$tls/" "authority=$folder/tls/authority.pem"
}
