# SPDX-License-Identifier: GPL-2.0-or-later
"""Hits as Suricata counts alerts: one for each rule, packet and transaction. And its data in ../shared."""
import collections
import functools
import lzma
import os
from concurrent import futures

import harness

SHARED = harness.SHARED.parent
FIELDS = ("frame.number", "malflow.hit.sid")


class Alerts:
    """What one run gave: counts (sid to number), first (sid to frame), said (stderr)."""

    def __init__(self, run):
        self.counts = collections.Counter()
        self.first = {}
        self.said = run.err
        self.code = run.code
        for line in run.out.splitlines():
            frame, sids = line.split("\t")
            for sid in map(int, sids.split(",")):
                self.counts[sid] += 1
                self.first.setdefault(sid, int(frame))


def alerts(path, rules, *arguments):
    """Runs the capture PATH with the rule file RULES in place of the bundled ones."""
    wanted = ("-2", "-Y", FIELDS[1], "-T", "fields", "-e", FIELDS[0], "-e", FIELDS[1])
    preference = "malflow.signatures:%s" % rules
    run = harness.room().run("-r", path, "-o", preference, *wanted, *arguments, code=None, err=None)
    return Alerts(run)


def in_parallel(function, items):
    """[function(item) for item in ITEMS], over all cores."""
    with futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(function, items))


@functools.lru_cache(maxsize=None)
def et_open():
    """Path of the unpacked Emerging Threats rules; None where they are absent."""
    packed = SHARED / "rules" / "et-open.rules.xz"
    if not packed.exists():
        return None
    return harness.room().put_bytes("et-open.rules", lzma.decompress(packed.read_bytes()))


def reasons(path):
    """A file of lines "KEY: REASON"; '#' comments. KEY to reason, in order."""
    out = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        key, colon, reason = line.partition(": ")
        if not colon or not reason.strip() or key in out:
            raise ValueError("%s:%d: expected KEY: REASON, each key once" % (path, number))
        out[key] = reason.strip()
    return out
