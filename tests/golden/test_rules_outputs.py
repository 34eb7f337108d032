# SPDX-License-Identifier: GPL-2.0-or-later
"""What is said of the rules themselves: the message after loading, -z malflow,rules, preferences."""
import os
import unittest

import harness
import story

GOOD = 'alert tcp any any -> any any (msg:"Says hello"; content:"hello"; sid:%d;)\n'
BAD = 'alert tcp any any -> any any (msg:"x"; no_such_keyword; content:"x"; sid:%d;)\n'


def write(name, text):
    return str(harness.room().put_bytes(name, text.encode()))


def many(rule, first, count):
    return "".join(rule % sid for sid in range(first, first + count))


def load(signatures, *arguments, **checks):
    """Runs -z malflow,rules with the preference SIGNATURES."""
    return harness.room().run(
        "-q", "-r", harness.own("vlan"), "-o", "malflow.signatures:" + signatures, *arguments,
        "-z", "malflow,rules", **checks,
    )  # fmt: skip


class Message(unittest.TestCase):
    def test_silent_when_all_is_well(self):
        load(write("good.rules", many(GOOD, 1, 3)))  # run() asserts that stderr is empty

    def test_few_are_named(self):
        path = write("few.rules", many(GOOD, 1, 3) + many(BAD, 10, 5))
        run = load(path, err="malflow: signatures: 3 loaded, 5 not run\n")
        self.assertEqual(run.err.count("few.rules:"), 5)
        self.assertRegex(run.err, r"few\.rules:4:\d+: .*no_such_keyword")
        self.assertNotIn("lists them", run.err)

    def test_many_are_counted(self):
        path = write("many.rules", many(GOOD, 1, 3) + many(BAD, 10, 2000))
        run = load(path, err="malflow: signatures: 3 loaded, 2,000 not run ")
        self.assertIn("tshark -q -r FILE -z malflow,rules lists them", run.err)
        self.assertEqual(len(run.err.splitlines()), 1)

    def test_once_per_run(self):
        """However many outputs and passes there are."""
        path = write("few.rules", many(GOOD, 1, 3) + many(BAD, 10, 5))
        run = load(path, "-2", "-z", "malflow,timeline", "-z", "malflow,hits", err="not run")
        self.assertEqual(run.err.count("malflow: signatures:"), 1)


class Report(unittest.TestCase):
    def test_counts(self):
        path = write("a.rules", many(GOOD, 1, 3)) + ":" + write("b.rules", many(BAD, 10, 2))
        out = load(path, err="not run").out
        self.assertIn("malflow signatures: 3 loaded, 2 not run\n", out)
        self.assertRegex(out, r"\n +3 +0  \S+/a\.rules\n +0 +2  \S+/b\.rules\n")
        self.assertRegex(out, r"\n +3  reassembled streams and datagrams\n")

    def test_every_rule_and_every_reason(self):
        path = write("b.rules", many(BAD, 1, 30) + many(GOOD, 100, 1) + "nonsense\n")
        out = load(path, err="not run").out
        for line in (*range(1, 31), 32):
            self.assertRegex(out, r"\n\S+/b\.rules:%d:\d+: " % line)
        self.assertNotIn("b.rules:31:", out)
        self.assertRegex(out, r"\n  rules  reason\n +30  .*no_such_keyword.*\n +1  ")

    def test_argument(self):
        run = harness.room().run(
            "-q", "-r", harness.own("vlan"), "-z", "malflow,rules,all", code=1, err="nothing behind"
        )
        self.assertEqual(run.out, "")

    def test_bundled(self):
        """All of them are run."""
        out = load("+").out
        self.assertRegex(out, r"malflow signatures: \d+ loaded, 0 not run\n")


class Cache(unittest.TestCase):
    def databases(self, home, *arguments):
        room = harness.room()
        kept, room.home = room.home, home
        try:
            return load("+", *arguments).out.split("databases of literals: ")[1].splitlines()[0]
        finally:
            room.home = kept

    def home(self, name, owner):
        folder = harness.room().path / name
        folder.mkdir()
        folder.chmod(0o777)
        if os.geteuid() == 0:
            os.chown(folder, owner, owner)
        return folder

    def test_second_run_reads_it(self):
        home = self.home("cache-own", harness.NOBODY)
        first, second = self.databases(home), self.databases(home)
        self.assertRegex(first, "^0 from the cache, [1-9]")
        self.assertEqual(second, first.split()[4] + " from the cache, 0 compiled")
        self.assertEqual((home / ".cache" / "malflow").stat().st_mode & 0o777, 0o700)

    def test_nothing_is_left_in_the_home_of_another(self):
        if os.geteuid() != 0:
            self.skipTest("needs root to make a folder of another's")
        home = self.home("cache-other", 0)
        self.assertRegex(self.databases(home), "^0 from the cache")
        self.assertRegex(self.databases(home), "^0 from the cache")
        self.assertEqual(list(home.iterdir()), [])

    def test_not_from_a_folder_that_others_write(self):
        home = self.home("cache-open", harness.NOBODY)
        self.databases(home)
        (home / ".cache" / "malflow").chmod(0o777)
        self.assertRegex(self.databases(home), "^0 from the cache")


class Preferences(unittest.TestCase):
    """On a capture whose one session goes from 10.1.1.5 to 198.51.100.7."""

    def fires(self, rule, *arguments, **checks):
        setting = "malflow.signatures:" + write("pref.rules", rule)
        told = story.tell(harness.own("http_pe_image"), "", "-o", setting, *arguments, **checks)
        return bool(told.rows[0].hits)

    OUTWARD = 'alert tcp $HOME_NET any -> $EXTERNAL_NET any (msg:"out"; content:"GET"; sid:1;)\n'
    INWARD = 'alert tcp $EXTERNAL_NET any -> $HOME_NET any (msg:"in"; content:"GET"; sid:1;)\n'
    OWN = 'alert tcp $MY_NET any -> any $MY_PORTS (msg:"own"; content:"GET"; sid:1;)\n'

    def test_defaults(self):
        self.assertTrue(self.fires(self.OUTWARD))
        self.assertFalse(self.fires(self.INWARD))

    def test_home_net(self):
        home = ("-o", "malflow.home_net:198.51.100.0/24")
        self.assertFalse(self.fires(self.OUTWARD, *home))
        self.assertTrue(self.fires(self.INWARD, *home))

    def test_external_net(self):
        elsewhere = ("-o", "malflow.external_net:203.0.113.0/24")
        self.assertFalse(self.fires(self.OUTWARD, *elsewhere))
        self.assertTrue(self.fires(self.OUTWARD, "-o", "malflow.external_net:any"))

    def test_variables(self):
        lines = "MY_NET = 10.1.0.0/16\nMY_PORTS: [80,8080]\n"
        path = write("variables", lines)
        self.assertTrue(self.fires(self.OWN, "-o", "malflow.rule_variables:" + path))
        self.assertFalse(self.fires(self.OWN, err="MY_NET"))

    def test_switched_off(self):
        setting = write("off.rules", many(GOOD, 1, 30))
        out = load(setting, "-o", "malflow.disabled_sids:7, 10-19, 1000").out
        self.assertIn("19 loaded, 0 not run, 11 switched off", out)

    def test_wrong_values_are_named(self):
        for name, value in (
            ("home_net", "10.0.0.0/99"),
            ("external_net", "[1.2.3.4"),
            ("rule_variables", "/nonexistent/variables"),
            ("disabled_sids", "12x"),
        ):
            with self.subTest(name):
                words = value if name == "rule_variables" else name
                self.assertTrue(
                    self.fires(self.OUTWARD, "-o", "malflow.%s:%s" % (name, value), err=words)
                )


if __name__ == "__main__":
    harness.main()
