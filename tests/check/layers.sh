#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# layers.sh CC LIBRARY [FLAG]: the core needs GLib, PCRE2, libhs, zlib, libpsl and libc only, and keeps
# its hands off the outer world: it never prints, exits, or reads a clock or the environment, and has
# no state of its own.
set -euo pipefail
. tests/check/sources.sh
cc=$1 library=$2 flag=${3-}

allowed='glib\.h|glib/[a-z]+\.h|pcre2\.h|hs(/hs)?\.h|arpa/inet\.h|assert\.h|ctype\.h|errno\.h|fcntl\.h|inttypes\.h|limits\.h|math\.h|netinet/in\.h|stdalign\.h|stdarg\.h|stdatomic\.h|stdbool\.h|stddef\.h|stdint\.h|stdio\.h|stdlib\.h|string\.h|strings\.h|sys/socket\.h|sys/stat\.h|sys/types\.h|unistd\.h|utime\.h|zlib\.h|libpsl\.h'

check_includes()
{
    local file name
    while read -r file; do
        while read -r name; do
            [[ $name =~ ^\<($allowed)\>$ ]] || fail "$file includes $name"
        done < <(sed -n 's/^ *# *include *\(<[^>]*>\).*/\1/p' "$file")
        while read -r name; do
            [ -f "${file%/*}/$name" ] || fail "$file includes \"$name\", which is not of the core"
            [[ $(realpath --relative-to=. "${file%/*}/$name") == plugin/core/* ]] ||
                fail "$file includes \"$name\" from outside of the core"
        done < <(sed -n 's/^ *# *include *"\([^"]*\)".*/\1/p' "$file")
    done < <(sources 'plugin/core/*.[ch]')
}

# The whole library must link with nothing but these.
check_link()
{
    local out
    local libraries=(glib-2.0 libpcre2-8 libhs zlib libpsl)
    out=$(mktemp)
    # shellcheck disable=SC2046 # flags are words
    "$cc" ${flag:+"$flag"} -shared -o "$out" -Wl,--no-undefined -Wl,--whole-archive "$library" \
        -Wl,--no-whole-archive $(pkg-config --libs "${libraries[@]}") -lm ||
        fail "the core needs more than GLib, PCRE2, libhs, zlib, libpsl and libc"
    rm -f "$out"
}

forbidden='printf|vprintf|fprintf|vfprintf|puts|fputs|putchar|fputc|putc|perror|g_print|g_printerr|g_message|g_warning|exit|_exit|time|clock|gettimeofday|clock_gettime|g_get_real_time|g_get_monotonic_time|g_date_time_new_now|localtime|localtime_r|getenv|secure_getenv|setenv|g_getenv|g_setenv|setlocale|system|popen|fork|socket'

check_calls()
{
    local name
    while read -r name; do
        fail "the core calls $name"
    done < <(nm -A -u "$library" 2>/dev/null | awk '{ print $NF " (" $1 ")" }' | grep -E "^($forbidden) " | sort -u)
}

# Constant tables of pointers live in .data.rel.ro and are none.
check_globals()
{
    local line
    [ -z "$flag" ] || return 0
    while read -r line; do
        fail "mutable global: $line"
    done < <(objdump -t "$library" 2>/dev/null |
        awk '/file format/ { file = $1 } $(NF-2) ~ /^\.(data(\.rel(\.local)?)?|bss)(\..*)?$/ && / O / { print file " " $NF }' |
        grep -v '\.data\.rel\.ro')
}

check_includes
check_link
check_calls
check_globals
exit $((failures > 0))
