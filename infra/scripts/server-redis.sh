# shellcheck shell=bash
# shellcheck disable=SC2154  # servers.sh sets folder and the ports
# Redis as servers.sh runs it: in the foreground, with a log of what was written, so that a restart finds it again.

prepare_redis() { command -v redis-server >/dev/null || { say "redis-server is not installed" && return 1; }; }

# The default user needs no password; guarded does, and it has every character that a URL must escape.
redis_settings() {
    printf '%s\n' "bind 127.0.0.1" "port $main" "dir $folder/data" "daemonize no" "databases 64" "appendonly yes" \
        'save ""' "maxmemory-policy noeviction" "user default on nopass ~* &* +@all" \
        "user guarded on >s:e/c@r%t ~* &* +@all"
}

launch_redis() {
    redis_settings >"$folder/redis.conf"
    beside "$folder/log/start" env "AINER_SERVER=$folder" redis-server "$folder/redis.conf"
    printf '%s\n' "$beside" >"$folder/pid"
    wait_until "$patience" redis_is_up_or_gone || return 1
    ! is_gone "$(<"$folder/pid")"
}

redis_is_up_or_gone() { [ "$(redis_says PING)" = PONG ] || is_gone "$(<"$folder/pid")"; }
redis_says() { redis-cli -h 127.0.0.1 -p "$main" "$@" 2>/dev/null; }

settle_redis() { true; }
gentle_redis() { printf TERM; }

describe_redis() {
    printf '%s\n' "pid=$(<"$folder/pid")" "port=$main" "url=redis://127.0.0.1:$main/0" \
        "guarded_url=redis://guarded:s%3Ae%2Fc%40r%25t@127.0.0.1:$main/0"
}
