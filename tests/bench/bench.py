#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What the plugin costs: CPU time of tshark with it against without it, and its memory.

Medians of paired runs that alternate, so that a busy machine burdens both sides alike. Nothing is
asserted. Environment as for the golden tests: MALFLOW_PLUGIN (a release build), MALFLOW_SIGNATURES,
MALFLOW_SHARED.

usage: bench.py [--pairs N] [--copies N] [CAPTURE...]
"""
import argparse
import os
import statistics
import subprocess
import sys
import time
import typing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "golden"))

import harness  # noqa: E402

COUNT = ("-z", "io,stat,0")
STORY = ("-z", "malflow,timeline")
MEMORY = ("-z", "malflow,stats")


class Cost(typing.NamedTuple):
    """Of one run: seconds of processor and by the clock, largest resident size."""

    cpu: float
    wall: float
    kilobytes: int


def cost(room, path, arguments, **environment):
    """Of tshark on PATH, by wait4 on the process itself."""
    began = time.monotonic()
    with open(os.devnull, "wb") as nothing:
        process = subprocess.Popen(
            room.command(("-q", "-r", path, *arguments)),
            env={**room.environment(), **environment},
            stdout=nothing,
            stderr=nothing,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, "%s: exit code %d" % (process.args, process.returncode)
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss)


def paired(path, runs, pairs):
    """RUNS: (room, arguments). Medians of their processor times, and of the ratios of each to the
    first of its round."""
    for room, arguments in runs:  # once for the file cache and the signature cache
        cost(room, path, arguments)
    rows = [[cost(room, path, arguments).cpu for room, arguments in runs] for _ in range(pairs)]
    times = [statistics.median(column) for column in zip(*rows)]
    ratios = [statistics.median(row[i] / row[0] for row in rows) for i in range(len(runs))]
    return times, ratios


def compare(path, pairs):
    """Without, with, with the timeline."""
    runs = ((harness.stock(), COUNT), (harness.room(), COUNT), (harness.room(), COUNT + STORY))
    return paired(path, runs, pairs)


def report(name, path, pairs):
    times, ratios = compare(path, pairs)
    print("%s: %.1f MB, %d pairs" % (name, path.stat().st_size / 1e6, pairs))
    print("  without          %7.3f s" % times[0])
    print("  with the plugin  %7.3f s   x %.3f" % (times[1], ratios[1]))
    print("  and -z timeline  %7.3f s   x %.3f" % (times[2], ratios[2]))
    for line in memory(path):
        print("  " + line)
    print("  largest resident: %d kB without, %d kB with" % tuple(
        cost(room, path, COUNT).kilobytes for room in (harness.stock(), harness.room())))  # fmt: skip
    sys.stdout.flush()


def memory(path):
    """Lines in which the plugin tells what it holds per session and per frame."""
    run = harness.room().run("-q", "-r", path, *MEMORY, code=None, err=None)
    return [line for line in run.out.splitlines() if line.startswith("memory")]


GAP = 600  # seconds between two captures: longer than any time-out
BEGIN = 1201824000


def span(path):
    """Seconds that the capture lasts, and its first time."""
    command = ["capinfos", "-T", "-r", "-S", "-u", "-a", path]
    out = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    _, lasts, first = out.strip().splitlines()[-1].split("\t")
    return float(lasts), float(first)


def chained(paths, begin, out):
    """Writes PATHS to OUT, shifted in time so that one follows the other from BEGIN on; gives the
    time after the last."""
    folder, parts = harness.room().path, []
    for number, path in enumerate(paths):
        part = folder / ("%s-part-%d" % (out.name, number))
        lasts, first = span(path)
        # no check: editcap complains of one that is cut short, and repairs it
        shift = ["editcap", "-F", "pcapng", "-t", "%.6f" % (begin - first), path, part]
        subprocess.run(shift, capture_output=True, check=False)
        parts.append(part)
        begin += lasts + GAP
    subprocess.run(["mergecap", "-a", "-F", "pcapng", "-w", out, *parts], check=True)
    for part in parts:
        part.unlink()
    return begin


def merged_copies(copies):
    """All real captures one after the other, COPIES times."""
    once = harness.room().path / "once.pcapng"
    out = harness.room().inputs / "real.pcapng"
    chained([harness.shared(name) for name in harness.shared_names()], BEGIN, once)
    chained([once] * copies, BEGIN, out)
    once.unlink()
    out.chmod(0o644)
    return out


def main():
    parser = argparse.ArgumentParser(description="Measure what the plugin costs.")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--copies", type=int, default=20, help="of the real captures")
    parser.add_argument(
        "captures", nargs="*", type=Path, help="default: Figure 1, the real captures"
    )
    chosen = parser.parse_args()
    for path in chosen.captures:
        report(path.name, harness.room().put(path), chosen.pairs)
    if chosen.captures:
        return
    report("Figure 1", harness.own("figure1"), chosen.pairs)
    if harness.shared_names():
        name = "the real captures, %d times" % chosen.copies
        report(name, merged_copies(chosen.copies), chosen.pairs)
    else:
        print("the real captures are absent: " + str(harness.SHARED))


if __name__ == "__main__":
    main()
