# SPDX-License-Identifier: GPL-2.0-or-later
"""Bad input: a clear message, everything found still printed, exit codes as tshark's own."""
import unittest

import harness
import story

GOOD_RULE = 'alert tcp any any -> any any (msg:"Says hello"; content:"hello"; sid:1; rev:1;)\n'
BROKEN_RULES = (
    GOOD_RULE + 'alert tcp any any -> any any (msg:"no end; content:"x"; sid:2;)\nnonsense\n'
)


def wrong(arguments, words):
    """Runs with a wrong argument: exit code as tshark's for a wrong -z, WORDS on stderr."""
    path = harness.own("http_pe_image")
    plain = harness.stock().run("-q", "-r", path, "-z", "io,phs,not a filter", code=None, err=None)
    return harness.room().run("-q", "-r", path, *arguments, code=plain.code, err=words)


def warned(path, arguments, words):
    """Runs with something that only costs a warning: exit code 0, WORDS on stderr, and the story."""
    run = harness.room().run("-q", "-r", path, "-z", "malflow,timeline", *arguments, err=words)
    return run, story.Timeline(run.out)


class Options(unittest.TestCase):
    def test_wrong_value_is_named_with_what_is_allowed(self):
        for option, words in (
            ("aggregate=maybe", r"aggregate.*maybe.*on.*off"),
            ("hits=some", r"hits.*some.*only"),
            ("packets=i/rc", r"packets.*i/rc"),
            ("payload_bytes=many", r"payload_bytes.*many"),
        ):
            with self.subTest(option):
                run = wrong(("-z", "malflow,timeline," + option), words)
                self.assertEqual(run.out, "")

    def test_unknown_option_is_named(self):
        wrong(("-z", "malflow,timeline,colour=red"), "colour")

    def test_wrong_filter_is_named(self):
        wrong(("-z", "malflow,timeline,tcp.prot == 1"), "tcp.prot")

    def test_unknown_view(self):
        wrong(("-z", "malflow,timelines"), "timeline")


class Preferences(unittest.TestCase):
    def test_out_of_range(self):
        """Named, set to the nearest allowed value, and the story is told."""
        path = harness.own("scan_at")
        for name in ("spread_scan_hosts", "port_scan_ports", "scan_window"):
            with self.subTest(name):
                _, told = warned(path, ("-o", "malflow.%s:0" % name), name)
                self.assertTrue(told.rows)

    def test_nonsense_protocols(self):
        _, told = warned(harness.own("odd_ports"), ("-o", "malflow.packet_protocols:i/rc"), "i/rc")
        self.assertTrue(told.rows)

    def test_what_tshark_itself_refuses(self):
        for setting in (
            "malflow.scan_window:soon",
            "malflow.nosuch:1",
        ):
            with self.subTest(setting):
                path = harness.own("scan_at")
                run = harness.room().run("-q", "-r", path, "-o", setting, code=1, err="malflow")
                self.assertEqual(run.out, "")


class Signatures(unittest.TestCase):
    def test_absent_folder(self):
        """Named; the sessions are told, without hits."""
        path = harness.own("http_pe_image")
        _, told = warned(path, ("-o", "malflow.signatures:/nonexistent"), "/nonexistent")
        self.assertEqual([row.hits for row in told.rows], [{}])

    def test_broken_rules(self):
        """Each is named once with file and line; the good one works."""
        rules = harness.room().put_bytes("broken.rules", BROKEN_RULES.encode())
        path = harness.own("vlan")
        run, told = warned(
            path, ("-o", "malflow.signatures:%s" % rules), r"broken\.rules:2(:\d+)?:"
        )
        self.assertRegex(run.err, r"broken\.rules:3(:\d+)?:")
        self.assertNotRegex(run.err, r"broken\.rules:1:")
        self.assertEqual(run.err.count("broken.rules:2:"), 1)
        self.assertIn("Says hello", told.rows[0].hits)

    def test_beside_the_bundled(self):
        """+ stands for the bundled ones."""
        rules = harness.room().put_bytes("good.rules", GOOD_RULE.encode())
        path = harness.own("http_pe_image")
        told = story.tell(path, "", "-o", "malflow.signatures:+:%s" % rules)
        self.assertEqual(told.rows[0].hits.get(story.PE), 1)

    def test_empty_rule_file(self):
        rules = harness.room().put_bytes("empty.rules", b"# nothing\n\n")
        told = story.tell(harness.own("vlan"), "", "-o", "malflow.signatures:%s" % rules)
        self.assertEqual([row.hits for row in told.rows], [{}])


class Captures(unittest.TestCase):
    def test_truncated(self):
        path = harness.own("truncated")
        checks = {"code": None, "err": "cut short"}
        plain = harness.stock().run("-q", "-r", path, "-z", "io,stat,0", **checks)
        run = harness.room().run("-q", "-r", path, "-z", "malflow,timeline", **checks)
        self.assertEqual(run.code, plain.code)
        self.assertEqual(len(story.Timeline(run.out).rows), 1)

    def test_empty(self):
        run, _ = warned(harness.own("empty"), (), "no packets")
        self.assertEqual(run.out, "")

    def test_without_ip(self):
        run, _ = warned(harness.own("no_ip"), (), r"none of the 6 frames")
        self.assertEqual(run.out, "")

    def test_filter_that_nothing_passes(self):
        path = harness.own("vlan")
        run = harness.room().run("-q", "-r", path, "-z", "malflow,timeline,udp", err="no session")
        self.assertEqual(run.out, "")

    def test_absent_file(self):
        path = harness.room().inputs / "absent.pcap"
        plain = harness.stock().run("-q", "-r", path, "-z", "io,stat,0", code=None, err="absent")
        harness.room().run(
            "-q", "-r", path, "-z", "malflow,timeline", code=plain.code, err="absent"
        )

    def test_no_capture_at_all(self):
        path = harness.room().put_bytes("text.pcap", b"this is no capture\n" * 9)
        plain = harness.stock().run("-q", "-r", path, "-z", "io,stat,0", code=None, err="text.pcap")
        harness.room().run(
            "-q", "-r", path, "-z", "malflow,timeline", code=plain.code, err="text.pcap"
        )


if __name__ == "__main__":
    harness.main()
