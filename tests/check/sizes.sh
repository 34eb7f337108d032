#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# sizes.sh PYTHON: sizes.py on all sources.
set -euo pipefail
. tests/check/sources.sh
sources malflow '*.c' '*.h' '*.cpp' '*.py' '*.sh' | "$1" tests/check/sizes.py
