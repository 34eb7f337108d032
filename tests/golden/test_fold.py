# SPDX-License-Identifier: GPL-2.0-or-later
"""fold=on: ordinary operation stands on few rows, and nothing that was found is lost by it."""
import unittest

import harness
import story


class Real(unittest.TestCase):
    """Capture: arguments, frames whose sessions (requests) must keep their rows, whether it halves."""

    NAMED = {
        "koobface-http-pe.pcap": (
            (185, 191, 224, 225, 230, 440, 448, 555, 586, 656, 785, 1597), True),
        "honeynet-driveby.pcap": ((180, 196, 504, 520, 624), False),
        "ms-moneymany-driveby.pcap": ((4, 5, 105, 108, 115, 128), False),
        "pe-as-png.pcap": ((4, 6), False),
        "lokibot.pcap": ((274, 275, 278, 280), True),
        "betabot-dns-dup.pcap": ((136, 137, 138, 139, 140, 141, 145, 147), True),
        "smb-pe.pcap": ((23, 35), False),
        "raw-tcp-pe.pcap": ((5, 19), False),
        "dridex-tls.pcap": (
            (152, 157, 165, 632, 1232, 1236, 1244, 1328, 1336, 1420, 1428), True),
        "irc-rbot-excerpt.pcap": ((4, 6, 11, 15, 19), False),
        "synscan.pcapng": ((1,), False),
    }  # fmt: skip

    def check(self, name, *arguments):
        frames, halves = self.NAMED[name]
        path = harness.shared(name)
        plain = story.tell(path, "packets=none", *arguments)
        folded = story.tell(path, "packets=none,fold=on", *arguments)
        if halves:
            self.assertLessEqual(2 * len(folded.rows), len(plain.rows), folded.text)
        known = story.frames(path, ["frame.number", "malflow.session.id"], "-Y",
                             "frame.number in {%s}" % ",".join(map(str, frames)), *arguments)  # fmt: skip
        self.assertEqual([int(row["frame.number"][0]) for row in known], list(frames))
        standing = {row.session for row in folded.rows if row.kind in ("session", "scan")}
        for row in known:
            self.assertIn(int(row["malflow.session.id"][0]), standing, row)
        self.assertEqual(
            [row.line for row in folded.rows if row.hits], [r.line for r in plain.rows if r.hits]
        )
        return folded

    def test_all(self):
        for name in self.NAMED:
            with self.subTest(name):
                self.check(name)

    def test_dridex_with_keys(self):
        keys = "tls.keylog_file:%s" % harness.shared("dridex-tls.keys")
        self.check("dridex-tls.pcap", "-o", keys)

    def test_every_session_is_told_of(self):
        """Members of the rows and rows of their own make up all sessions."""
        path = harness.shared("koobface-http-pe.pcap")
        folded = story.tell(path, "packets=none,fold=on")
        plain = story.tell(path, "packets=none")
        alone = len(folded.of_kind("session"))
        members = sum(row.fold_sessions for row in folded.of_kind("fold"))
        self.assertEqual(alone + members, len(plain.of_kind("session")))


class Own(unittest.TestCase):
    def test_row(self):
        told = story.tell(harness.own("beacon_none"), "fold=on")
        self.assertEqual([row.kind for row in told.rows], ["fold", "fold"], told.text)
        names, clock = told.rows
        self.assertEqual((names.source, names.fold_sessions), ("10.1.1.5", 20))
        self.assertEqual(names.fold_purpose, "name look-ups")
        self.assertEqual(names.fold_details, "1 name: mail.example")
        self.assertEqual((clock.fold_sessions, clock.fold_purpose), (20, "clock"))

    def test_off_by_default(self):
        self.assertEqual(len(story.tell(harness.own("beacon_none")).rows), 40)

    def test_preference(self):
        setting = ("-o", "malflow.fold:TRUE")
        path = harness.own("beacon_none")
        self.assertEqual(len(story.tell(path, "", *setting).rows), 2)
        self.assertEqual(len(story.tell(path, "fold=off", *setting).rows), 40)

    def test_filter(self):
        told = story.tell(harness.own("beacon_none"), "fold=on,udp.port == 123")
        self.assertEqual([row.fold_purpose for row in told.rows], ["clock"])


if __name__ == "__main__":
    harness.main()
