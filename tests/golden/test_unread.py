# SPDX-License-Identifier: GPL-2.0-or-later
"""Where nobody reads what is found in a frame, frames wait for each other: the story is the same,
and every way to read it shows it at its frame."""
import re
import unittest

import harness

OWN = ("everything", "figure1", "http_keepalive", "snaplen", "truncated", "no_ip")
STORY = ("-q", "-z", "malflow,timeline,packets=all", "-z", "malflow,hits")
READ = ("-z", "io,stat,0,malflow.hit.sid")
RULE = 'alert tcp any any -> any any (msg:"Asks"; content:"GET /"; priority:1; sid:7;)\n'


class SameStory(unittest.TestCase):
    def check(self, path):
        checks = harness.checks_for(path)
        unread = harness.room().run("-r", path, *STORY, **checks).out
        read = harness.room().run("-r", path, *STORY, *READ, **checks).out
        self.assertGreater(len(unread), 100)
        self.assertIn(unread, read)

    def test_own(self):
        for name in OWN:
            with self.subTest(name):
                self.check(harness.own(name))

    def test_shared(self):
        for path in harness.every_shared():
            with self.subTest(path.name):
                self.check(path)


class Readers(unittest.TestCase):
    """The frames that ask, as every reader tells them."""

    @classmethod
    def setUpClass(cls):
        rules = harness.room().put_bytes("unread.rules", RULE.encode())
        cls.setting = ("-o", "malflow.signatures:%s" % rules)
        cls.path = harness.own("http_keepalive")
        cls.frames = cls.numbers("-Y", 'http.request.method == "GET"')
        assert len(cls.frames) == 8

    @classmethod
    def run_with(cls, *arguments):
        return harness.room().run("-r", cls.path, *cls.setting, *arguments).out

    @classmethod
    def numbers(cls, *arguments):
        """Of the packet list, which builds no tree to be seen."""
        return [line.split()[0] for line in cls.run_with(*arguments).splitlines()]

    def test_filters(self):
        for text in ("malflow.hit.sid == 7", '_ws.expert.message == "Asks"', "malflow.hit.high"):
            for passes in ((), ("-2",)):
                with self.subTest(text, passes=passes):
                    self.assertEqual(self.numbers("-Y", text, *passes), self.frames)

    def test_first_pass_filter(self):
        self.assertEqual(self.numbers("-2", "-R", "malflow.hit.sid == 7"),
                         [str(n + 1) for n in range(8)])  # fmt: skip

    def test_expert_statistic(self):
        found = re.search(r"^ *(\d+) +Security .*Asks", self.run_with("-q", "-z", "expert"), re.M)
        self.assertEqual(found.group(1), "8")

    def test_expert_column(self):
        format_ = 'gui.column.format:"No.","%m","Expert","%a"'
        lines = self.run_with("-o", format_).splitlines()
        self.assertEqual([line.split()[0] for line in lines if "Error" in line], self.frames)

    def test_custom_column(self):
        format_ = 'gui.column.format:"No.","%m","Hit","%Cus:malflow.hit.msg:0:R"'
        lines = self.run_with("-o", format_).splitlines()
        self.assertEqual([line.split()[0] for line in lines if "Asks" in line], self.frames)

    def test_tap_filter(self):
        rows = self.run_with("-q", "-z", "io,stat,0,malflow.hit.sid")
        self.assertRegex(rows, r"<> *[\d.]+ *\| *8 ")

    def test_trees(self):
        for kind in (("-V",), ("-T", "pdml"), ("-T", "json")):
            with self.subTest(kind):
                self.assertGreaterEqual(self.run_with(*kind).count("Asks"), 8)

    def test_own_filter(self):
        """Of the outputs, those with a display filter read every frame."""
        out = self.run_with("-q", "-z", "malflow,hits,malflow.hit.sid == 7")
        self.assertIn("7:0  Asks", out)

    def test_nobody(self):
        self.assertIn("7:0  Asks", self.run_with("-q", "-z", "malflow,hits"))


if __name__ == "__main__":
    harness.main()
