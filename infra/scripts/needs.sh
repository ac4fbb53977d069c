# shellcheck shell=bash
# What AINER needs from the system, and how it gets there.

make_packages=(
    build-essential pkg-config libcairo2-dev libpango1.0-dev libsqlite3-dev libespeak-ng-dev espeak-ng-data ffmpeg
    fonts-dejavu-core fonts-noto-cjk
)
# shellcheck disable=SC2034  # test.sh reads it
test_packages=(shellcheck)

# Puts swift on the PATH, or says how to get it.
need_swift() {
    command -v swift >/dev/null 2>&1 && return
    local folder
    for folder in /opt/swift/usr/bin /usr/local/swift/usr/bin "$HOME/.local/share/swiftly/bin" "$HOME/swift/usr/bin"; do
        if [ -x "$folder/swift" ]; then
            export PATH="$folder:$PATH"
            return
        fi
    done
    stop 69 "Swift 6.2 or later is not on the PATH." \
        "Get it from https://www.swift.org/install and put its usr/bin folder on the PATH, then call ./ainer again."
}

# Prints those of the given packages that are not installed.
missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf '%s\n' "$package"
    done
}

# Installs what is missing. Never starts or enables a service.
need_packages() {
    local mark
    mark="${house:?}/.build/needs-$(printf '%s ' "$@" | cksum | tr -dc '0-9')"
    # Installed once is looked up again only when the system's package list has changed since.
    [ -e "$mark" ] && [ "$mark" -nt /var/lib/dpkg/status ] && return
    if ! command -v apt-get >/dev/null 2>&1; then
        stop 69 "this system has no apt-get, so AINER cannot install what it needs." \
            "Install the equivalents of these Debian packages, then touch $mark:" "$*"
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    if [ ${#missing[@]} -gt 0 ]; then
        install_packages "${missing[@]}"
    fi
    mkdir -p "$(dirname "$mark")"
    touch "$mark"
}

install_packages() {
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null 2>&1 || { [ ! -t 0 ] && ! sudo -n true 2>/dev/null; }; then
            stop 69 "these packages are missing and need root to install:" "  apt-get install --no-install-recommends $*"
        fi
        root=(sudo)
    fi
    say "installing ${#} packages AINER needs: $*"
    # RUNLEVEL=1 keeps package scripts from starting services.
    if ! "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2; then
        say "  the package list could not be refreshed; trying with the old one"
    fi
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get install -y -qq --no-install-recommends "$@" >&2 ||
        stop 69 "apt-get could not install: $*" "look at its message above, mend it, and call ./ainer again"
    say_done "installed"
}

need_for_making() {
    need_packages "${make_packages[@]}"
    need_swift
}
