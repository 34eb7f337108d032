#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What one more copy of the real captures costs, counted by valgrind's callgrind instead of timed:
the same in each run, also on a machine whose times vary by half.

Counts instructions, and what a simulated processor (two first-level caches of 32 KiB, a second
level of 1 MiB, branch prediction) misses. Start-up is no part of it: three copies less one, halved.
Nothing is asserted. Takes some minutes for each set of arguments. Needs valgrind. Environment
as for bench.py.

usage: bench_counts.py [--functions N] [--with TSHARK-ARGUMENTS]...
"""
import argparse
import collections
import re
import shlex
import subprocess

import bench  # its folder stands first on the path
import harness

CACHES = ("--I1=32768,8,64", "--D1=32768,8,64", "--LL=1048576,8,64")
# What counts, and cycles that each is taken for in the estimate: round figures for a processor of
# these years, which agree with times on a quiet machine.
COUNTED = {
    "instructions": (("Ir",), 0.25),
    "code misses": (("I1mr",), 10),
    "data misses": (("D1mr", "D1mw"), 6),
    "misses beyond": (("ILmr", "DLmr", "DLmw"), 35),
    "branches": (("Bcm", "Bim"), 15),
}
# A name is written out where its number comes first, also that of what is called.
NAME = re.compile(r"(c?)(fn|ob)=\((\d+)\)(?: (.*))?$")


def counts_of(path):
    """Of a file of callgrind's: (object, function) -> Counter by event, its own alone."""
    known, here, events = {}, {"ob": None, "fn": None}, []
    out = collections.defaultdict(collections.Counter)
    of_call = False
    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in map(str.rstrip, lines):
            match = NAME.match(line)
            if match:
                callee, kind, number, text = match.groups()
                name = known.setdefault((kind, number), text)
                if not callee:
                    here[kind] = name
            elif line.startswith("events:"):
                events = line.split()[1:]
            elif line.startswith("calls="):
                of_call = True  # the next line is what was spent there
            elif line[:1] in "0123456789+-*" and line:
                if not of_call:
                    for event, n in zip(events, line.split()[1:]):
                        out[here["ob"], here["fn"]][event] += int(n)
                of_call = False
    return out


def under_valgrind(room, path, arguments, *options):
    command = room.command(("-q", "-r", path, *arguments, *bench.COUNT))
    at = command.index("tshark")
    command[at:at] = ["valgrind", "-q", *options]
    return subprocess.Popen(
        command, env=room.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def counted(room, path, arguments, out):
    out.touch(mode=0o666)
    out.chmod(0o666)
    options = ("--tool=callgrind", "--cache-sim=yes", "--branch-sim=yes", *CACHES)
    return under_valgrind(room, path, arguments, *options, "--callgrind-out-file=%s" % out)


def finish(process):
    assert process.wait() == 0, "%s: exit code %d" % (process.args, process.returncode)


def per_copy(room, paths, arguments):
    """(object, function) -> what one more copy takes, by kind of count, in millions."""
    # For the signature cache: the processor that valgrind shows has databases of its own.
    finish(under_valgrind(room, paths[0], arguments, "--tool=none"))
    files = [room.path / ("callgrind.%d" % i) for i in range(len(paths))]
    runs = [counted(room, path, arguments, out) for path, out in zip(paths, files)]
    for process in runs:
        finish(process)
    one, three = (counts_of(out) for out in files)
    return {
        place: {
            kind: sum(counter[e] - one[place][e] for e in events) / 2e6
            for kind, (events, _) in COUNTED.items()
        }
        for place, counter in list(three.items())
    }


def total(places):
    return {kind: sum(counts[kind] for counts in places.values()) for kind in COUNTED}


def estimate(counts):
    return sum(counts[kind] * cycles for kind, (_, cycles) in COUNTED.items())


def show(name, counts, base=None):
    cells = list(counts.items()) + [("estimate", estimate(counts))]
    bases = {**base, "estimate": estimate(base)} if base else {}
    print(name)
    for kind, count in cells:
        ratio = "   x %.3f" % (count / bases[kind]) if bases.get(kind) else ""
        print("  %-14s %9.2f M%s" % (kind, count, ratio))


def show_functions(places, base, n):
    more = {
        place: estimate(counts) - estimate(base.get(place, dict.fromkeys(COUNTED, 0)))
        for place, counts in places.items()
    }
    for place in sorted(more, key=more.get, reverse=True)[:n]:
        print("  %+9.2f M  %s: %s" % (more[place], str(place[0]).rsplit("/", 1)[-1], place[1]))


def main():
    parser = argparse.ArgumentParser(description="Count what the plugin costs.")
    parser.add_argument("--functions", type=int, default=0, help="show the N that cost most")
    parser.add_argument("--with", dest="also", action="append", default=[], metavar="ARGUMENTS")
    chosen = parser.parse_args()
    paths = []
    for copies in (1, 3):
        path = bench.merged_copies(copies)
        paths.append(path.rename(path.with_name("copies-%d.pcapng" % copies)))
    base = per_copy(harness.stock(), [harness.stock().put(path) for path in paths], ())
    show("without", total(base))
    for words in ["", *chosen.also]:
        places = per_copy(harness.room(), paths, shlex.split(words))
        show(("with the plugin " + words).strip(), total(places), total(base))
        show_functions(places, base, chosen.functions)


if __name__ == "__main__":
    main()
