#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The shell scripts as shellcheck wants them, where it is installed.
set -euo pipefail
. tests/check/sources.sh
type -P shellcheck >/dev/null || {
    echo "skipped: needs shellcheck"
    exit 77
}
sources malflow .ci/run '*.sh' | xargs shellcheck --external-sources --source-path=SCRIPTDIR --source-path=. --exclude=SC1091
