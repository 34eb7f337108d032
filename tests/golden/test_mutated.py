# SPDX-License-Identifier: GPL-2.0-or-later
"""Captures with errors in two of a hundred bytes crash nothing, under sanitizers.

editcap -E with 50 fixed seeds, over all our own captures (without the large one) and all real ones.
"""
import re
import subprocess
import unittest

import harness

SEEDS = 50
CRASH = re.compile(
    r"AddressSanitizer|runtime error|Assertion|ERROR \*\*|CRITICAL|malflow.*[Dd]issector bug"
)
RUNS = (
    ("-q", "-z", "malflow,timeline,packets=all"),
    ("-2", "-q", "-z", "malflow,timeline,aggregate=off,packets=all", "-z", "expert"),
    (
        "-Y",
        "malflow.hit.msg || malflow.scan.id == 1",
        "-T",
        "fields",
        "-e",
        "malflow.session.summary",
    ),
)


def merged(room, name, paths):
    """All PATHS in one capture, each repaired first: mergecap stops at one that is cut short."""
    parts = []
    for path in paths:
        whole = room.inputs / ("whole-%s" % path.name)
        subprocess.run(["editcap", path, whole], capture_output=True, check=False)
        parts.append(whole)
    out = room.inputs / name
    subprocess.run(["mergecap", "-F", "pcapng", "-w", out, *parts], capture_output=True, check=True)
    return out


class Mutated(unittest.TestCase):
    def setUp(self):
        self.room = harness.asan_room()
        if not self.room:
            self.skipTest("no plugin with sanitizers: MALFLOW_PLUGIN_ASAN is not set")

    def check(self, path):
        for seed in range(1, SEEDS + 1):
            broken = self.room.inputs / "mutated.pcapng"
            command = ["editcap", "-E", "0.02", "--seed", str(seed), path, broken]
            subprocess.run(command, capture_output=True, check=True)
            broken.chmod(0o644)
            run = self.room.run("-r", broken, *RUNS[seed % len(RUNS)], code=None, err=None)
            with self.subTest(seed=seed):
                self.assertEqual(run.code, 0, run.err[-4000:])
                self.assertTrue(run.out, "nothing was told")
                self.assertIsNone(CRASH.search(run.err), run.err[-4000:])

    def test_own(self):
        left_out = ("empty", "everything", "figure1")
        paths = [harness.own(name) for name in harness.own_names() if name not in left_out]
        self.check(merged(self.room, "own.pcapng", paths))

    def test_shared(self):
        self.check(merged(self.room, "shared.pcapng", harness.every_shared()))


if __name__ == "__main__":
    harness.main()
