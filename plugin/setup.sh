#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Installs what is missing, builds and installs: set_up() and install(), for ../malflow alone, which
# has here (the checkout), cache (a folder), me (the user's number), gui_asked and build_needs.
# shellcheck disable=SC2154 # those are set there

# --- packages -------------------------------------------------------------------------------------

have()
{
    local kind=${1%%:*} name=${1#*:}
    case $kind in
    cmd) type -P "$name" ;;
    lib) pkg-config --exists "$name" ;;
    file) compgen -G "$name" ;;
    esac >/dev/null 2>&1
}

# Two packages carry the same library; Debian 12 for the PC has the mature one under this name.
libhs_package()
{
    local order=(libvectorscan-dev libhyperscan-dev) package
    grep -qs '^VERSION_ID="12"' /etc/os-release && order=(libhyperscan-dev libvectorscan-dev)
    for package in "${order[@]}"; do
        if apt-cache show "$package" >/dev/null 2>&1; then
            break
        fi
        package=${order[0]}
    done
    echo "$package"
}

# Prints the packages that are missing for the given needs.
missing_packages()
{
    local need package
    for need in "$@"; do
        have "${need%%=*}" && continue
        package=${need#*=}
        [ "$package" != libhs ] || package=$(libhs_package)
        echo "$package"
    done | sort -u
}

# The timeline window is for those who have Wireshark itself, or ask for it: who has tshark alone is
# not to get Qt for it. It must be the Qt that this Wireshark runs on. Sets window_needs.
find_window_needs()
{
    window_needs=(cmd:wireshark=wireshark 'cmd:g++=g++' lib:Qt6Widgets=qt6-base-dev)
    if { have cmd:wireshark && ldd "$(type -P wireshark)" 2>/dev/null | grep -q libQt5Core; } ||
        { ! have cmd:wireshark && grep -qs '^VERSION_ID="12"' /etc/os-release; }; then
        window_needs[2]=lib:Qt5Widgets=qtbase5-dev
    fi
}

wants_window()
{
    [ -n "$gui_asked" ] || have cmd:wireshark
}

# Installs PACKAGES; what apt-get says goes into LOG.
apt_install()
{
    local log=$1
    shift
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=120 \
        -o Dpkg::Use-Pty=0 install --no-install-recommends "$@" >>"$log" 2>&1 </dev/null
}

# Makes sure that all NEEDS are there.
require()
{
    local packages log
    mapfile -t packages < <(missing_packages "$@")
    [ ${#packages[@]} -gt 0 ] || return 0
    type -P apt-get >/dev/null ||
        die "there is no apt-get here; please install what these Debian packages hold: ${packages[*]}"
    as_root=()
    if [ "$me" != 0 ]; then
        as_root=(sudo)
        type -P sudo >/dev/null || ask_administrator "packages are missing, and there is no sudo"
    fi
    say "installing with apt-get, which may take some minutes: ${packages[*]}"
    log=$(mktemp)
    if ! apt_install "$log" "${packages[@]}" && ! apt_install_anew "$log" "$@"; then
        grep -E '^(E:|W:|Err|sudo:)|sudoers' "$log" >&2 || tail -n 15 "$log" >&2
        rm -f "$log"
        ask_administrator "apt-get failed"
    fi
    rm -f "$log"
}

# What a build needs, all at once, so that nobody is asked twice. Without the window all else works.
require_for_build()
{
    if wants_window; then
        find_window_needs
        if [ -n "$(missing_packages "${window_needs[@]}")" ] && [ -z "${window_refused-}" ]; then
            (require "${build_needs[@]}" "${window_needs[@]}") || {
                window_refused=yes
                say "going on without the timeline window"
            }
        fi
    fi
    require "${build_needs[@]}"
}

# An empty or old package list is the usual reason for apt-get to fail, so it is fetched only then. If
# the failure in LOG is not apt-get's own, but sudo's, once is enough.
apt_install_anew()
{
    local log=$1
    shift
    grep -q '^E:' "$log" || return 1
    say "fetching the list of packages"
    "${as_root[@]}" apt-get -qq update >"$log" 2>&1 </dev/null || true
    mapfile -t packages < <(missing_packages "$@")
    apt_install "$log" "${packages[@]}"
}

# Gives up on the PACKAGES of require().
ask_administrator()
{
    die "$1; please have an administrator run:  apt-get update && apt-get install --no-install-recommends ${packages[*]}"
}

# --- build and install ----------------------------------------------------------------------------

# Prints where to build: in the checkout, or in the cache where the checkout cannot be written.
build_root()
{
    if mkdir -p "$here/build" 2>/dev/null && [ -w "$here/build" ]; then
        echo "$here/build"
    else
        echo "$cache/build-$(printf '%s' "$here" | cksum | cut -d' ' -f1)"
    fi
}

# Runs the rest of the arguments with their output in LOG, which is shown if they fail.
quietly()
{
    local log=$1 what=$2
    shift 2
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 60 "$log" >&2
        die "$what failed; all of it: $log"
    fi
}

# compile DIR PRESET [-D...]: configures and builds.
compile()
{
    local dir=$1 preset=$2 generator=()
    shift 2
    mkdir -p "$dir"
    # A folder that was copied from elsewhere would build that other place.
    grep -qsxF "CMAKE_HOME_DIRECTORY:INTERNAL=$here" "$dir/CMakeCache.txt" ||
        rm -rf "$dir/CMakeCache.txt" "$dir/CMakeFiles"
    [ -f "$dir/CMakeCache.txt" ] || generator=(-G Ninja)
    quietly "$dir/configure.log" "configuring" \
        cmake -S "$here" -B "$dir" --preset "$preset" "${generator[@]}" "$@"
    quietly "$dir/build.log" "building" cmake --build "$dir" --parallel "$(nproc)"
}

# The folders that tshark reads: plugin_folder Global|Personal
plugin_folder()
{
    tshark -G folders 2>/dev/null </dev/null | sed -n "s/^$1 Plugins:[[:space:]]*//p"
}

# What the stamp holds if the plugin in DEST is still the one that it speaks of.
stamp_text()
{
    local owner=$1 global=$2 dest=$3
    printf '%s\n' "$owner" "$global" "$dest"
    stat -L -c '%n %s %Y' "$(type -P tshark)" "$dest"/epan/malflow{.so,/malflow-qt.so} 2>/dev/null || true
}

# Whether there is nothing to be gained for the window by building in DIR for DEST anew: it is there,
# or the last build went without it for the same reason.
window_is_ready()
{
    local dir=$1 dest=$2
    [ ! -e "$dest/epan/malflow/malflow-qt.so" ] || return 0
    find_window_needs
    [ "$(cat "$dir/.malflow-no-window" 2>/dev/null)" = "lacks $(missing_packages "${window_needs[@]}")" ]
}

# Whether the stamp in build folder DIR says that all is set up, for this user too, and still true.
is_ready()
{
    local stamp=$1/.malflow-ready owner global dest
    { read -r owner && read -r global && read -r dest; } 2>/dev/null <"$stamp" || return 1
    [ "$owner" = "$me" ] || [ "$owner" = 0 ] || return 1
    # Two plugins of one name, for all users and for this one, are not ready.
    [ "$me" = 0 ] || [ ! -e "$global/epan/malflow.so" ] ||
        [ ! -e ~/".local/lib/wireshark/plugins/${global##*/}/epan/malflow.so" ] || return 1
    [ "$(<"$stamp")" = "$(stamp_text "$owner" "$global" "$dest")" ] || return 1
    [ -z "$gui_asked" ] || [ "$owner" != "$me" ] || window_is_ready "$1" "$dest" || return 1
    [ -z "$(find "$here"/{plugin,signatures,malflow,CMakeLists.txt,CMakePresets.json} \
        -newer "$stamp" -print -quit 2>/dev/null)" ]
}

check_versions()
{
    local program library
    program=$(tshark --version 2>/dev/null </dev/null | sed -n '1s/^[^0-9]*\([0-9]*\.[0-9]*\).*/\1/p')
    library=$(pkg-config --modversion wireshark | cut -d. -f1,2)
    [ "$program" = "$library" ] ||
        die "tshark is $program, the development files are of Wireshark $library; a plugin must match"
}

build_plugin()
{
    local dir=$1 dest=$2
    require_for_build
    check_versions
    say "building in $dir"
    # What CMake remembers of another Wireshark would be wrong now.
    [ ! -f "$dir/.malflow-ready" ] || rm -f "$dir/.malflow-ready" "$dir/CMakeCache.txt"
    compile "$dir" release "-DMALFLOW_PLUGIN_DIR=$dest"
    quietly "$dir/install.log" "installing" cmake --install "$dir"
    say "installed $dest/epan/malflow.so"
    rm -f "$dir/.malflow-no-window"
    if wants_window && [ ! -e "$dest/epan/malflow/malflow-qt.so" ]; then
        find_window_needs
        echo "lacks $(missing_packages "${window_needs[@]}")" >"$dir/.malflow-no-window"
    fi
}

# Wireshark would warn of two plugins of one name, and take the one for all users.
yield_to_global_plugin()
{
    local personal=$1 global=$2
    say "using $global/epan/malflow.so, there for all users; ./malflow install as root renews it"
    [ ! -e "$personal/epan/malflow.so" ] || say "removing the other one, $personal/epan/malflow.so"
    rm -rf "$personal/epan/malflow.so" "$personal/epan/malflow"
}

install()
{
    local dir global dest
    dir=$(build_root)
    mkdir -p "$dir" 2>/dev/null || die "cannot write $dir"
    touch "$dir/.malflow-begun"
    have cmd:tshark || require_for_build
    global=$(plugin_folder Global)
    dest=$global
    [ "$me" = 0 ] || dest=$(plugin_folder Personal)
    if [ "$dest" != "$global" ] && [ -e "$global/epan/malflow.so" ]; then
        yield_to_global_plugin "$dest" "$global"
        dest=$global
    else
        build_plugin "$dir" "$dest"
    fi
    stamp_text "$me" "$global" "$dest" >"$dir/.malflow-ready"
    touch -r "$dir/.malflow-begun" "$dir/.malflow-ready"
}

set_up()
{
    local dir
    for dir in "$here/build" "$(build_root)"; do
        ! is_ready "$dir" || return 0
    done
    install
}
