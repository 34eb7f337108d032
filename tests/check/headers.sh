#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# headers.sh CC: each header of the core compiles alone, twice in a row.
set -euo pipefail
. tests/check/sources.sh
flags=(-std=c11 -Wall -Wextra -Wstrict-prototypes -Werror -fsyntax-only -Iplugin)
read -ra glib < <(pkg-config --cflags glib-2.0)

while read -r header; do
    printf '#include "%s"\n#include "%s"\n' "$header" "$header" |
        "$1" "${flags[@]}" "${glib[@]}" -I. -x c - || fail "$header does not stand alone"
done < <(sources 'plugin/core/*.h')
exit $((failures > 0))
