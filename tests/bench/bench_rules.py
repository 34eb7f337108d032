#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What a large set of signatures costs: loading it with and without the cache, memory, and CPU time
on the real captures.

Needs ../shared (rules, captures). Nothing is asserted. Environment as for the golden tests:
MALFLOW_PLUGIN (a release build), MALFLOW_SIGNATURES, MALFLOW_SHARED.

usage: bench_rules.py [--rounds N] [--pairs N] [--copies N] [--load-only] [RULES]
"""
import argparse
import os
import shutil
import statistics
import sys
from pathlib import Path

import bench  # its folder stands first on the path
import harness

import alerts  # from tests/golden, whose path bench adds

KIND = "%-22s %7.3f s  (%.3f s by the clock, %.0f MiB resident)"


def fresh_cache(name):
    """An empty cache folder of its own for the unprivileged user."""
    folder = harness.room().path / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    if os.geteuid() == 0:
        os.chown(folder, harness.NOBODY, harness.NOBODY)
    return folder


def median_cost(path, rules, rounds, **options):
    """COLD: with an empty cache each time."""
    cold, rows = options.get("cold", False), []
    cache = fresh_cache("cache")
    arguments = ("-o", "malflow.signatures:%s" % rules, *bench.COUNT)
    if not cold:
        bench.cost(harness.room(), path, arguments, XDG_CACHE_HOME=str(cache))
    for _ in range(rounds):
        cache = fresh_cache("cache") if cold else cache
        rows.append(bench.cost(harness.room(), path, arguments, XDG_CACHE_HOME=str(cache)))
    return bench.Cost(*(statistics.median(column) for column in zip(*rows)))


def show(name, cost):
    print(KIND % (name, cost.cpu, cost.wall, cost.kilobytes / 1024))


def loading(rules, rounds):
    """On a capture of almost nothing, and what is more than with a single rule."""
    path = harness.own("midstream")
    one = harness.room().put_bytes(
        "one.rules", b'alert tcp any any -> any any (content:"never seen"; sid:1;)\n'
    )
    base = median_cost(path, one, rounds)
    cold, warm = median_cost(path, rules, rounds, cold=True), median_cost(path, rules, rounds)
    print("loading %s, %d rounds" % (rules.name, rounds))
    for name, cost in (("one rule", base), ("cold", cold), ("with the cache", warm)):
        show("  " + name, cost)
    for name, cost in (("cold", cold), ("with the cache", warm)):
        more = bench.Cost(
            cost.cpu - base.cpu, cost.wall - base.wall, cost.kilobytes - base.kilobytes
        )
        show("  more, " + name, more)
    print("  cold / with the cache: x %.1f" % ((cold.cpu - base.cpu) / (warm.cpu - base.cpu)))
    cache = harness.room().path / "cache"
    size = sum(file.stat().st_size for file in cache.rglob("*") if file.is_file())
    print("  cache: %.1f MiB" % (size / 2**20), flush=True)


def inspecting(rules, pairs, copies):
    path = bench.merged_copies(copies)
    runs = (
        (harness.stock(), bench.COUNT),
        (harness.room(), bench.COUNT),
        (harness.room(), ("-o", "malflow.signatures:%s" % rules, *bench.COUNT)),
    )
    times, ratios = bench.paired(path, runs, pairs)
    print("the real captures, %d times: %.1f MB, %d rounds" % (
        copies, path.stat().st_size / 1e6, pairs))  # fmt: skip
    names = ("without the plugin", "bundled signatures", rules.name)
    for name, seconds, ratio, (room, arguments) in zip(names, times, ratios, runs):
        peak = bench.cost(room, path, arguments).kilobytes / 1024
        print("  %-20s %7.3f s  x %.3f  %.0f MiB resident" % (name, seconds, ratio, peak))


def main():
    parser = argparse.ArgumentParser(description="Measure what many signatures cost.")
    parser.add_argument("--rounds", type=int, default=5, help="of loading")
    parser.add_argument("--pairs", type=int, default=3, help="of inspection")
    parser.add_argument("--copies", type=int, default=20, help="of the real captures")
    parser.add_argument("--load-only", action="store_true")
    parser.add_argument("rules", nargs="?", type=Path, help="default: Emerging Threats")
    chosen = parser.parse_args()
    rules = harness.room().put(chosen.rules) if chosen.rules else alerts.et_open()
    if rules is None or not harness.shared_names():
        sys.exit("the data is absent: %s" % alerts.SHARED)
    loading(rules, chosen.rounds)
    if not chosen.load_only:
        inspecting(rules, chosen.pairs, chosen.copies)


if __name__ == "__main__":
    main()
