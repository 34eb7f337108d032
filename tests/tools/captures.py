#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""captures.py NAME OUT: writes one of our own captures; captures.py alone lists them.

Each is deterministic and made of addresses for documentation; what is in it stands in the function
that builds it, what malflow must say about it in the tests of ../golden.
"""
import sys

import cap_beacons
import cap_export
import cap_files
import cap_findings
import cap_hostile
import cap_scans
import cap_sessions
import figure1
import pcapgen

GAP = 600  # seconds between two captures: longer than any time-out


def everything():
    """All the other captures but the large one and two odd ones, one after the other."""
    capture = pcapgen.Capture()
    begin = 0
    for name, function in sorted(CAPTURES.items()):
        if name in ("everything", "figure1", "markup", "truncated"):
            continue
        frames = function().sorted()
        capture.frames += [(begin + time, frame) for time, frame in frames]
        begin += (frames[-1][0] if frames else 0) + GAP * 1000000
    return capture


CAPTURES = {
    **cap_beacons.CAPTURES,
    **cap_export.CAPTURES,
    **cap_files.CAPTURES,
    **cap_findings.CAPTURES,
    **cap_scans.CAPTURES,
    **cap_sessions.CAPTURES,
    **cap_hostile.CAPTURES,
    "everything": everything,
    "figure1": figure1.build,
}


def write(name, path):
    made = CAPTURES[name]()
    if isinstance(made, bytes):
        with open(path, "wb") as out:
            out.write(made)
    else:
        made.write(path)


def main():
    if len(sys.argv) == 3 and sys.argv[1] in CAPTURES:
        write(sys.argv[1], sys.argv[2])
        return
    for name, function in sorted(CAPTURES.items()):
        print("%-20s %s" % (name, (function.__doc__ or "").strip().split("\n")[0]))
    if len(sys.argv) > 1:
        sys.exit("usage: captures.py NAME OUT")


if __name__ == "__main__":
    main()
