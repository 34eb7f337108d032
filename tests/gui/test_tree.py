# SPDX-License-Identifier: GPL-2.0-or-later
"""The packet tree of whole captures: the Figure 1 demonstration, and a real infection."""
import contextlib
import unittest

import case
import harness

FIGURE_FRAMES, FIGURE_SCAN = 168801, 168426
PE_SESSION = [  # the session of Figure 1 that brings an executable, as its rows show it
    "[Malflow, Session 7, HTTP]",
    "Session 7: 192.168.0.101:1033 -> 115.126.2.120:80 (HTTP)",
    "[State: SF]",
    "[Duration: 1.750000000 seconds]",
    "[Responder payload bytes: 38058]",
    "[Summary: HTTP: GET ntkrnlpa.cn/wr.jpg (200 image/jpeg, 37974 byte)]",
    "[Hits: 2]",
    "[Direction: resp]",
    "Hit: Detect Windows Executable File",
    "[Severity level: Error]",
    "[Group: Security]",
]
SCAN_GROUP = [
    "Scan group 1: Spread Scan, %d sessions" % FIGURE_SCAN,
    "[Scan type: spread]",
    "[Scan source: 192.168.0.101]",
    "[Scanned port: 139]",
    "[Scan targets that answered: 3]",
]
PE_FRAME, SCAN_FRAME = 26, 100
KOOBFACE = "koobface-http-pe.pcap"
EXECUTABLE = "malflow.hit.sid == 9000001"


class Tree(case.Case):
    def assert_shows(self, window, rows):
        shown = window.details()
        self.assertEqual([row for row in rows if row not in shown], [], shown)

    def test_figure1(self):
        window = self.open(harness.own("figure1"))
        self.assertEqual(window.count("Packets"), FIGURE_FRAMES)
        window.select(PE_FRAME)
        window.expand("[Malflow")
        self.assert_shows(window, PE_SESSION)
        window.select(SCAN_FRAME)
        window.expand("[Malflow")
        self.assert_shows(window, SCAN_GROUP)
        window.menu("Analyze", "Conversation Filter", "malflow scan group")
        window.wait_filter("malflow.scan.id == 1")
        window.wait_display("the scan", lambda count: FIGURE_SCAN <= count < FIGURE_FRAMES)
        window.quit()

    def test_real(self):
        path = harness.shared(KOOBFACE)
        first = ask_first_hit(path)
        window = self.open(path)
        window.dismiss("cut short")
        window.select(first)
        window.expand("[Malflow")
        self.assertIn("Hit: Detect Windows Executable File", window.details())
        self.assertIn("[File name: go.exe]", window.details())
        window.quit()


def ask_first_hit(path):
    arguments = ("-2", "-r", path, "-Y", EXECUTABLE, "-T", "fields", "-e", "frame.number")
    return int(harness.room().run(*arguments, code=None, err=None).out.split()[0])


if __name__ == "__main__":
    harness.own("figure1")
    with contextlib.suppress(unittest.SkipTest):
        harness.shared(KOOBFACE)
    harness.main()
