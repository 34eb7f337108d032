# SPDX-License-Identifier: GPL-2.0-or-later
"""Scan groups: what is one, what is none, and what their rows say; captures of our own."""
import unittest

import harness
import story


def scans(name, *options):
    return story.tell(harness.own(name), *options).of_kind("scan")


class Spread(unittest.TestCase):
    def test_three_hosts_are_three_groups(self):
        told = story.tell(harness.own("scan_three_hosts"))
        rows = told.of_kind("scan")
        self.assertEqual(
            [(r.session, r.source, r.target, r.scan_sessions, r.scan_kind) for r in rows],
            [
                (1, "10.1.1.5:1100", "198.51.100.1:23", 30, "spread"),
                (2, "10.1.1.6:1100", "198.51.100.1:445", 30, "spread"),
                (3, "10.1.1.7:1100", "198.51.100.1:139", 30, "spread"),
            ],
        )
        self.assertEqual(len(told.rows), 3, told.text)
        self.assertEqual(rows[0].scan_details, "30 targets, 0 answered")
        self.assertEqual(rows[1].scan_details, "30 targets, 2 answered")

    def test_threshold(self):
        """Nine silent targets are nine sessions, ten are a scan."""
        below = story.tell(harness.own("scan_below"))
        self.assertEqual([row.kind for row in below.rows], ["session"] * 9)
        self.assertEqual([row.scan_sessions for row in scans("scan_at")], [10])

    def test_threshold_is_a_preference(self):
        told = story.tell(harness.own("scan_below"), "", "-o", "malflow.spread_scan_hosts:9")
        self.assertEqual([row.kind for row in told.rows], ["scan"])
        told = story.tell(harness.own("scan_at"), "", "-o", "malflow.spread_scan_hosts:11")
        self.assertEqual([row.kind for row in told.rows], ["session"] * 10)

    def test_window(self):
        """Targets further apart than the window are no scan, unless the window is widened."""
        self.assertEqual(scans("scan_slow"), [])
        told = story.tell(harness.own("scan_slow"), "", "-o", "malflow.scan_window:62")
        self.assertEqual([row.scan_sessions for row in told.of_kind("scan")], [12])

    def test_member_with_payload_keeps_its_row(self):
        told = story.tell(harness.own("scan_with_payload"))
        self.assertEqual([row.scan_kind for row in told.of_kind("scan")], ["spread"])
        kept = told.of_kind("session")
        self.assertEqual([row.target for row in kept], ["203.0.113.77:23"])

    def test_udp(self):
        rows = scans("scan_udp")
        self.assertEqual(len(rows), 1)
        self.assertEqual((rows[0].l4, rows[0].scan_sessions), ("UDP", 25))
        self.assertTrue(rows[0].scan_details.startswith("25 targets"), rows[0].line)

    def test_icmp(self):
        """One that answered before the group opened is no evidence, but comes along."""
        rows = scans("scan_icmp")
        self.assertEqual(len(rows), 1)
        self.assertEqual((rows[0].l4, rows[0].source, rows[0].target),
                         ("ICMP", "10.1.1.5", "10.1.2.1"))  # fmt: skip
        self.assertEqual(rows[0].scan_details, "40 targets, 2 answered")

    def test_arp(self):
        rows = scans("scan_arp")
        self.assertEqual(len(rows), 1)
        self.assertEqual((rows[0].l4, rows[0].source, rows[0].target),
                         ("ARP", "10.1.1.5", "10.1.1.100"))  # fmt: skip
        self.assertEqual(rows[0].scan_details, "40 targets, 3 answered")


class Ports(unittest.TestCase):
    def test_port_scan(self):
        told = story.tell(harness.own("scan_ports"))
        rows = told.of_kind("scan")
        self.assertEqual(len(told.rows), 1, told.text)
        self.assertEqual(rows[0].scan_kind, "port")
        self.assertEqual(rows[0].scan_sessions, 100)
        self.assertEqual(rows[0].scan_details, "100 ports, 3 answered: 22, 53, 80")

    def test_threshold_is_a_preference(self):
        told = story.tell(harness.own("scan_ports"), "", "-o", "malflow.port_scan_ports:101")
        self.assertEqual(told.of_kind("scan"), [])
        self.assertEqual(len(told.rows), 100)


class NoScan(unittest.TestCase):
    def test_browsing(self):
        told = story.tell(harness.own("web_peers"))
        self.assertEqual(told.of_kind("scan"), [])
        self.assertEqual([row.app for row in told.of_kind("session")], ["HTTP"] * 30)


class Fields(unittest.TestCase):
    NAMES = [
        "malflow.scan." + n for n in ("id", "type", "source", "target", "port", "count", "answered")
    ]

    def last(self, name):
        rows = story.frames(harness.own(name), self.NAMES, "-Y", "malflow.scan.id")
        return {key.split(".")[-1]: values[-1:] for key, values in rows[-1].items()}

    def test_spread(self):
        last = self.last("scan_at")
        self.assertEqual((last["id"], last["source"], last["port"]), (["1"], ["10.1.1.5"], ["23"]))
        self.assertEqual((last["count"], last["answered"]), (["10"], ["0"]))
        self.assertIn("spread", last["type"][0].lower())

    def test_port(self):
        last = self.last("scan_ports")
        self.assertEqual((last["target"], last["count"], last["answered"]),
                         (["192.0.2.9"], ["100"], ["3"]))  # fmt: skip
        self.assertIn("port", last["type"][0].lower())

    def test_every_member_is_in_the_group(self):
        """Also those that led to it, in the final state."""
        found = story.frames(harness.own("scan_at"), ["malflow.scan.id"], "-Y", "tcp")
        self.assertEqual([row["malflow.scan.id"] for row in found], [["1"]] * 10)


if __name__ == "__main__":
    harness.main()
