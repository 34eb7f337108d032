# SPDX-License-Identifier: GPL-2.0-or-later
# `./malflow test --wireshark VERSION`, read by malflow-test.sh alone: the same tests in a Debian
# that has that Wireshark. The Debian is made once and kept; the checkout is copied into it, so that
# nothing in there can touch the real one. All mounts live in a mount namespace of their own and end
# with it, however the run ends.
# shellcheck shell=bash disable=SC2154 # here, cache, me: of ./malflow

debian_of()
{
    case $1 in
    4.0) echo bookworm ;;
    4.4) echo trixie ;;
    4.6) echo sid ;;
    esac
}

# The Debian mirror that this machine uses.
mirror()
{
    local uri
    # shellcheck disable=SC2016 # apt-get's own
    uri=$(apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        sed -n 's/^Debian \(https\?:.*\)/\1/p' | sed -n 1p)
    echo "${uri:-http://deb.debian.org/debian}"
}

# Makes the Debian ROOT of a SUITE. It gets its name when it is whole.
make_root()
{
    local root=$1 suite=$2 new=$1.new
    [ ! -d "$root" ] || return 0
    require cmd:debootstrap=debootstrap
    mkdir -p "${root%/*}"
    rm -rf --one-file-system "$new"
    say "making a Debian $suite in $root"
    quietly "$root.log" "debootstrap" debootstrap --variant=minbase "$suite" "$new" "$(mirror)"
    mv "$new" "$root"
}

# Copies the checkout into ROOT; builds in there from earlier runs stay.
copy_checkout()
{
    local to=$1/src/malflow
    mkdir -p "$to"
    find "$to" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
    tar -C "$here" --exclude=./.git --exclude='./build*' -cf - . | tar -C "$to" --no-same-owner -xf -
}

# What runs inside the mount namespace: ROOT, the folder of shared data or '', ctest arguments.
# shellcheck disable=SC2016 # expanded in there
inside='
set -eu
root=$1 shared=$2
shift 2
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/tmp"
chmod 1777 "$root/tmp"
if [ -n "$shared" ]; then
    mkdir -p "$root/src/shared"
    mount --bind "$shared" "$root/src/shared"
fi
exec chroot "$root" /src/malflow/malflow test "$@"
'

run_tests_in_root()
{
    local version=$1 suite root shared=''
    shift
    suite=$(debian_of "$version")
    [ -n "$suite" ] || wrong_usage "no Debian has Wireshark '$version'; there are 4.0, 4.4 and 4.6"
    if [ "$me" != 0 ]; then
        type -P sudo >/dev/null ||
            die "test --wireshark makes a Debian of its own, for which it must be root, and there is no sudo"
        say "sudo, because another Debian can be made and entered only by root"
        exec sudo "$here/malflow" test --wireshark "$version" "$@"
    fi
    root=${XDG_CACHE_HOME:-/var/cache}/malflow/roots/$suite
    make_root "$root" "$suite"
    copy_checkout "$root"
    cp -L /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
    [ ! -d "$here/../shared" ] || shared=$(readlink -f "$here/../shared")
    unshare --mount --pid --fork --kill-child -- \
        env -i HOME=/root LANG=C.UTF-8 TERM="${TERM-dumb}" PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} \
        bash -c "$inside" inside "$root" "$shared" "$@"
}
