# SPDX-License-Identifier: GPL-2.0-or-later
"""Beacons: contacts of one destination at regular intervals are one row."""
import unittest

import harness
import story


class Rows(unittest.TestCase):
    def test_five_are_none(self):
        told = story.tell(harness.own("beacon_below"))
        self.assertEqual([row.kind for row in told.rows], ["session"] * 5)

    def test_six_are_one(self):
        told = story.tell(harness.own("beacon_at"))
        self.assertEqual([row.kind for row in told.rows], ["beacon"], told.text)
        row = told.rows[0]
        self.assertEqual((row.source, row.target, row.app),
                         ("10.1.1.5:2000", "203.0.113.66:80", "HTTP"))  # fmt: skip
        self.assertEqual((row.beacon_sessions, row.span), (6, "5:01.90"))
        self.assertRegex(
            row.beacon_details,
            r"^every 60\.9 s, jitter 0 %, \d+ <-> \d+ byte HTTP: GET home\.example/gate\.php\?n=1000",
        )

    def test_what_says_more_keeps_its_row(self):
        told = story.tell(harness.own("beacon_orders"))
        (row,) = told.of_kind("beacon")
        self.assertEqual(row.beacon_sessions, 40)
        others = [r for r in told.of_kind("session") if r.source.startswith("10.1.1.5:")]
        self.assertEqual([r.source.split(":")[1] for r in others], ["2010", "2020", "2030"])
        self.assertIn("orders.php", others[0].details)
        self.assertEqual(others[1].hits.get(story.PE), 1)

    def test_browsing_is_none(self):
        told = story.tell(harness.own("beacon_orders"))
        self.assertEqual(len([r for r in told.rows if r.source.startswith("10.1.1.6:")]), 10)

    def test_a_dead_home(self):
        told = story.tell(harness.own("beacon_dead"))
        self.assertEqual([row.kind for row in told.rows], ["beacon"])
        self.assertEqual(told.rows[0].beacon_details, "every 30.0 s, jitter 0 %, no answer")

    def test_ordinary_operation(self):
        self.assertEqual(story.tell(harness.own("beacon_none")).of_kind("beacon"), [])


class Switches(unittest.TestCase):
    def rows(self, options, *arguments):
        return len(story.tell(harness.own("beacon_at"), options, *arguments).rows)

    def test_options(self):
        self.assertEqual(self.rows("beacons=on"), 1)
        self.assertEqual(self.rows("beacons=off"), 6)
        self.assertEqual(self.rows("aggregate=off"), 6)

    def test_preference(self):
        setting = ("-o", "malflow.beacons:FALSE")
        self.assertEqual(self.rows("", *setting), 6)
        self.assertEqual(self.rows("beacons=on", *setting), 1)

    def test_scans_are_not_beacons(self):
        told = story.tell(harness.own("scan_three_hosts"), "beacons=off")
        self.assertEqual([row.kind for row in told.rows], ["scan"] * 3)


class Fields(unittest.TestCase):
    NAMES = ["malflow.beacon." + n for n in ("id", "period", "jitter", "count", "target")]

    def test_every_member(self):
        rows = story.frames(harness.own("beacon_at"), self.NAMES)
        for row in rows:
            self.assertEqual(row["malflow.beacon.id"], ["1"])
            self.assertEqual(row["malflow.beacon.count"], ["6"])
            self.assertEqual(row["malflow.beacon.target"], ["203.0.113.66:80"])
            self.assertAlmostEqual(float(row["malflow.beacon.period"][0]), 60.9, 3)
            self.assertLess(float(row["malflow.beacon.jitter"][0]), 0.05)

    def test_others_have_none(self):
        rows = story.frames(harness.own("beacon_orders"), self.NAMES, "-Y", "ip.addr == 10.1.1.6")
        self.assertTrue(rows)
        self.assertFalse(any(row["malflow.beacon.id"] for row in rows))

    def test_statistics(self):
        run = harness.room().run("-q", "-r", harness.own("beacon_at"), "-z", "malflow,stats")
        self.assertRegex(run.out, r"beacons: +1\n")


if __name__ == "__main__":
    harness.main()
