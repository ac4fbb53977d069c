# shellcheck shell=bash
# What AINER needs from the system, and how it gets there.

# What a bare Debian 12 lacks to start Swift and to link what it compiled.
swift_packages=(binutils-gold gcc libc6-dev libcurl4 libncurses6 libsqlite3-0 libxml2)
make_packages=(
    "${swift_packages[@]}" pkg-config libcairo2-dev libpango1.0-dev libsqlite3-dev libpq-dev
    librabbitmq-dev libssl-dev libespeak-ng-dev espeak-ng-data
    libcurl4-openssl-dev libevent-dev libhiredis-dev libwslay-dev python3-pip
    ffmpeg fonts-dejavu-core fonts-noto-cjk
)
# shellcheck disable=SC2034  # test.sh reads it
test_packages=(curl openssl postgresql python3-venv rabbitmq-server redis-server shellcheck)

# The packages that make a film, and on a machine without apt the same by what they bring.
need_for_making() {
    find_swift
    need_packages "${make_packages[@]}"
}

# Puts swift on the PATH, or says how to get it.
find_swift() {
    command -v swift >/dev/null 2>&1 && return
    local folder
    for folder in /opt/swift/usr/bin /usr/local/swift/usr/bin ~/.local/share/swiftly/bin ~/swift/usr/bin; do
        if [ -x "$folder/swift" ]; then
            export PATH="$folder:$PATH"
            return
        fi
    done
    stop 69 "Swift 6.2 or later was not found on the PATH, nor in /opt/swift, /usr/local/swift, ~/swift or swiftly's folder." \
        "Get it with swiftly, which needs no root (https://www.swift.org/install/linux):" \
        "  curl -O https://download.swift.org/swiftly/linux/swiftly-$(uname -m).tar.gz" \
        "  tar zxf swiftly-$(uname -m).tar.gz && ./swiftly init" \
        "then open a new shell and call ./ainer again."
}

# Called before a build only: it costs a tenth of a second.
check_swift_version() {
    local version
    version=$(swift_version)
    [ -n "$version" ] || stop 69 "$(command -v swift) does not start:" "$(swift --version 2>&1 | head -n 2)"
    is_new_enough "$version" || stop 69 "Swift $version is too old; AINER needs 6.2 or later." \
        "With swiftly: swiftly install latest && swiftly use latest"
}

# Nothing when it does not start: on a bare system its own libraries are missing.
swift_version() { { swift --version 2>/dev/null || true; } | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' | head -n 1; }
is_new_enough() { [ "$(printf '%s\n6.2\n' "$1" | sort -V | head -n 1)" = 6.2 ]; }

# Prints those of the given packages that are neither installed nor provided by an installed one.
missing_packages() {
    local here
    here=$(dpkg-query -W -f '${db:Status-Status}, ${Package}, ${Provides}\n' | sed -n 's/^installed, //p' |
        sed 's/ ([^)]*)//g; s/, /\n/g')
    printf '%s\n' "$@" | grep -vxF -f <(printf '%s\n' "$here") || true
}

# Installs what is missing. Looked up again only when the system's package list has changed since.
need_packages() {
    local mark missing
    mark="${house:?}/.build/needs-$(printf '%s ' "$@" | cksum | tr -dc '0-9')"
    [ "$mark" -nt /var/lib/dpkg/status ] && return
    if ! command -v apt-get >/dev/null 2>&1; then
        need_by_hand "$@"
        return
    fi
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
    mkdir -p "$(dirname "$mark")"
    touch "$mark"
}

# Without apt we cannot install, but whoever has installed the same things by hand goes on.
need_by_hand() {
    command -v ffmpeg ffprobe pkg-config >/dev/null 2>&1 &&
        pkg-config --exists pangocairo sqlite3 espeak-ng libpq librabbitmq openssl libcurl libevent_openssl hiredis && return
    stop 69 "this system has no apt-get, so AINER cannot install what it needs." \
        "Install what these packages of Debian are called here, then call ./ainer again:" "$*"
}

install_packages() {
    local log=$house/.build/ainer-install.log began=$SECONDS
    find_root "$@"
    say "installing what AINER needs: $*"
    mkdir -p "$house/.build"
    live "refreshing the package list"
    "${as_root[@]}" apt-get update -qq >"$log" 2>&1 </dev/null ||
        say "  the package list could not be refreshed; trying with the old one"
    hush_services
    if ! apt_install "$@" 2>&1 | ticking show_apt >>"$log"; then
        live_over
        grep -E '^(E|W|dpkg):' "$log" >&2 || tail -n 20 "$log" >&2
        stop 69 "apt-get could not install them (the whole log: $log)"
    fi
    unhush_services
    live_over
    say_done "installed $# packages and what they need in $((SECONDS - began)) s"
}

# Descriptor 3, where apt tells how far it is, is opened on the far side of sudo, which would close it.
apt_install() {
    "${as_root[@]}" DEBIAN_FRONTEND=noninteractive sh -c 'exec apt-get "$@" 3>&1' apt-get install -y -q \
        --no-install-recommends -o DPkg::Lock::Timeout=300 -o APT::Status-Fd=3 "$@" </dev/null
}

# show_apt LINE: keeps what apt says, and shows its status lines "dlstatus:3:41.5:…" and "pmstatus:ffmpeg:61.9:…".
show_apt() {
    local kind rest share
    case $1 in
    dlstatus:* | pmstatus:*)
        IFS=: read -r kind _ share rest <<<"$1"
        [ "$kind" = dlstatus ] && kind=fetching || kind=installing
        live "$kind, ${share%%.*} %  ${rest}"
        ;;
    ?*) printf '%s\n' "$1" ;;
    esac
}

# Finds out how to act as root: as_root is then a command that does, with VARIABLE=VALUE in front if need be.
find_root() {
    if [ "$(id -u)" -eq 0 ]; then
        as_root=(env)
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root=(sudo -n env)
    elif command -v sudo >/dev/null 2>&1 && [ -t 0 ]; then
        say "sudo may ask for your password: packages are missing"
        as_root=(sudo env)
    else
        stop 69 "packages are missing, and installing them needs root:" "apt-get install --no-install-recommends $*"
    fi
}

# While we install, no package may start a service. The file means nothing once this process is gone, even when it is
# killed before it can take the file away. A system that has such a file already decides for itself.
service_policy=/usr/sbin/policy-rc.d
hush_services() {
    [ -e "$service_policy" ] && return
    "${as_root[@]}" sh -c "printf '%s\n' '#!/bin/sh' 'kill -0 $$ 2>/dev/null && exit 101' 'exit 0' >$service_policy &&
        chmod 755 $service_policy"
    trap unhush_services EXIT
}

unhush_services() {
    [ "$(trap -p EXIT)" ] || return 0
    "${as_root[@]}" rm -f "$service_policy"
    trap - EXIT
}
