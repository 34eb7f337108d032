# SPDX-License-Identifier: GPL-2.0-or-later
"""With the Emerging Threats rules malflow says of the real captures what Suricata says of them.

Compared is the set of (capture, sid). Each difference stands in alerts.known with its reason: "CAPTURE
-SID" for what only Suricata says, "CAPTURE +SID" for what only malflow says.
"""
import functools
import unittest
from pathlib import Path

import alerts
import harness

KNOWN = Path(__file__).with_name("alerts.known")
FOUND_AT_LEAST, EXTRA_AT_MOST = 0.95, 0.05


def suricatas():
    """(capture, sid) that Suricata says."""
    out = set()
    for path in sorted(harness.SHARED.glob("*.alerts")):
        for line in path.read_text(errors="replace").splitlines():
            out.add((path.stem, int(line.split("\t")[0])))
    return out


def found_in(name):
    return {(name, sid) for sid in alerts.alerts(harness.shared(name), alerts.et_open()).counts}


@functools.lru_cache(maxsize=None)
def malflows():
    """(capture, sid) that malflow says."""
    names = sorted(path.stem for path in harness.SHARED.glob("*.alerts"))
    first, *others = names
    return set().union(found_in(first), *alerts.in_parallel(found_in, others))


@unittest.skipUnless(alerts.et_open(), "no Emerging Threats rules: %s" % alerts.SHARED)
class Alerts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.theirs, cls.ours = suricatas(), malflows()
        cls.missing, cls.extra = cls.theirs - cls.ours, cls.ours - cls.theirs
        print("%d of %d rows found, %d missing, %d extra" % (
            len(cls.theirs & cls.ours), len(cls.theirs), len(cls.missing), len(cls.extra)))  # fmt: skip

    def test_found(self):
        self.assertGreater(len(self.theirs), 40)
        found = len(self.theirs & self.ours) / len(self.theirs)
        self.assertGreaterEqual(found, FOUND_AT_LEAST, sorted(self.missing))

    def test_extra(self):
        self.assertLessEqual(len(self.extra) / len(self.theirs), EXTRA_AT_MOST, sorted(self.extra))

    def test_every_difference_is_explained(self):
        differences = {"%s -%d" % row for row in self.missing}
        differences |= {"%s +%d" % row for row in self.extra}
        self.assertEqual(sorted(differences), sorted(alerts.reasons(KNOWN)))


if __name__ == "__main__":
    harness.main()
