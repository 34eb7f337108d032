# SPDX-License-Identifier: GPL-2.0-or-later
"""The timeline window tells what tshark tells, opens rows, and saves what it shows."""
import csv
import io
import json

import case
import harness
import timeline

SCAN, IRC, WEB = "9", "4", "7"
HIT = "Detect Windows Executable File"


def frames(display_filter):
    return len(case.ask(case.head(), display_filter, "frame.number"))


class Rows(case.Case):
    def test_rows(self):
        window = self.open(case.head())
        self.view, self.told = timeline.Timeline(window), timeline.told(case.head())
        self.view.wait_rows(len(self.told))
        ids = [timeline.session(row) for row in self.told]
        self.assertEqual(self.view.column("Session"), ids)
        self.assertIn(HIT, self.view.column("Hits")[ids.index(WEB)])
        self.tells_in_full(ids.index(WEB))
        self.view.picture("rows")
        self.saves()
        self.opens_scan()
        self.opens_session()
        window.kill()

    def tells_in_full(self, row):
        """What columns have no room for, below them."""
        self.view.select(row)
        summary, hits, cause = (self.view.cell(row, c).name for c in ("Summary", "Hits", "Cause"))
        self.assertTrue(summary and hits and cause)
        self.view.wait_details([summary, hits, "Caused by " + cause])

    def saves(self):
        self.assertEqual(self.view.save("all.txt").splitlines(), self.told)
        table = list(csv.reader(io.StringIO(self.view.save("all.csv"))))
        self.assertEqual(len(table), len(self.told) + 1)
        self.assertEqual(len(json.loads(self.view.save("all.json"))), len(self.told))
        self.assertIn(HIT, self.view.save("all.html"))

    def opens_scan(self):
        starts = "malflow.scan.id == 1 && malflow.session.first_frame == frame.number"
        row = self.view.find("Session", SCAN)
        self.view.select(row)
        self.assertEqual(self.view.open_row(row), frames(starts))
        self.view.keys("Left")

    def opens_session(self):
        """Its packets, as tshark prints them, and its hits; and what is open is saved."""
        row = self.view.find("Session", IRC)
        self.view.select(row)
        came = self.view.open_row(row)
        payloads = frames("malflow.session.id == %s && tcp.len > 0" % IRC)
        self.assertEqual(came, payloads + frames("malflow.session.id == %s && malflow.hit.sid" % IRC))
        self.view.picture("open")
        saved = self.view.save("open.txt").splitlines()
        self.assertEqual(len(saved), len(self.told) + came)
        printed = timeline.told(case.head(), "packets=irc", "malflow.session.id == %s" % IRC)
        self.assertEqual([row for row in printed if row not in saved], [])


if __name__ == "__main__":
    case.head()
    timeline.install()
    harness.main()
