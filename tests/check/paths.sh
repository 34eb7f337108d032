#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# No file speaks of the machine that it was written on: homes, scratch and build folders.
set -euo pipefail
. tests/check/sources.sh
pattern='/(work|root|home/[a-z]+|(var/)?tmp/(build|mf))/'
if sources '*' | xargs -d '\n' grep -InE "$pattern" -- | grep -v '^tests/check/paths.sh:'; then
    echo "FAILED: the lines above name places of one machine"
    exit 1
fi
