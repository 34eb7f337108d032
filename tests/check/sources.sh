# SPDX-License-Identifier: GPL-2.0-or-later
# Read by the other checks: the files of this project, without what git ignores.
# shellcheck shell=bash

# Prints the names of the files that match one of the shell PATTERNS (where a * takes / too).
# Works in a copy without git as well.
sources()
{
    local file pattern
    { git ls-files --cached --others --exclude-standard 2>/dev/null ||
        find . -type f ! -path './build*' ! -path './.git/*' ! -name '*.pyc' -printf '%P\n'; } |
        sort | while read -r file; do
        [ -f "$file" ] || continue
        for pattern in "$@"; do
            # shellcheck disable=SC2053 # a pattern is meant
            [[ $file != $pattern ]] || echo "$file"
        done
    done
}

failures=0

# Counts a failure: `set -e` alone would stop at the first.
fail()
{
    printf 'FAILED: %s\n' "$*"
    failures=$((failures + 1))
}
