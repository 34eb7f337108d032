# SPDX-License-Identifier: GPL-2.0-or-later
"""One pass, two passes and standard input tell the same story, and the same every time."""
import unittest

import harness

OWN = ("everything", "figure1", "snaplen", "truncated", "empty", "no_ip")
STORY = ("-q", "-z", "malflow,timeline,packets=all")


class Passes(unittest.TestCase):
    def check(self, path):
        checks = harness.checks_for(path)
        room = harness.room()
        once = room.run("-r", path, *STORY, **checks)
        twice = room.run("-2", "-r", path, *STORY, **checks)
        piped = room.run("-r", "-", *STORY, stdin=path.read_bytes(), **checks)
        self.assertEqual(once.out, twice.out, "-2 differs")
        self.assertEqual(once.out, piped.out, "standard input differs")

    def test_own(self):
        for name in OWN:
            with self.subTest(name):
                self.check(harness.own(name))

    def test_shared(self):
        for path in harness.every_shared():
            with self.subTest(path.name):
                self.check(path)

    def test_with_other_listeners(self):
        """A second statistic and a printed packet list beside it change nothing."""
        path = harness.own("http_keepalive")
        alone = harness.room().run("-r", path, *STORY).out
        beside = harness.room().run("-r", path, *STORY, "-z", "io,phs").out
        self.assertIn(alone, beside)
        listed = harness.room().run("-r", path, *STORY[1:]).out
        self.assertTrue(listed.endswith(alone))


if __name__ == "__main__":
    harness.main()
