# SPDX-License-Identifier: GPL-2.0-or-later
"""The timeline window on whole captures: that of Figure 1, and two real ones."""
import time

import case
import harness
import timeline
from widgets import wait_for

REAL = "lokibot.pcap", "irc-rbot-excerpt.pcap"
SCAN = "9"
MEMBERS = 168000  # of the scan of Figure 1, at least
PATIENCE = 5  # seconds, of which most go into asking the accessibility bus


class Captures(case.Case):
    def test_real(self):
        for name in REAL:
            path = harness.shared(name)
            window = self.open(path)
            view, told = timeline.Timeline(window), timeline.told(path)
            self.assertEqual(view.save(name + ".txt").splitlines(), told)
            view.picture(path.stem)
            view.keys("End", "Return")
            session = view.selected()[0]
            window.detail("[Malflow, Session %s," % session)
            view.desktop.raise_window(window.frame.name)
            window.quit()

    def test_figure1(self):
        """A scan of many sessions opens at once, and its last one leads to its packet."""
        path = harness.own("figure1")
        window = self.open(path)
        view, told = timeline.Timeline(window), timeline.told(path)
        view.wait_rows(len(told))
        self.assertEqual(view.save("figure1.txt").splitlines(), told)
        row = view.find("Session", SCAN)
        view.select(row)
        before = time.monotonic()
        self.assertGreater(view.open_row(row), MEMBERS)
        self.assertLess(time.monotonic() - before, PATIENCE)
        view.keys(*["Down"] * 3, "Return")
        session = view.cell(row + 3, "Session").name
        window.detail("[Malflow, Session %s," % session)
        view.picture("figure1")
        view.desktop.raise_window(window.frame.name)
        window.quit()


if __name__ == "__main__":
    harness.own("figure1")
    for capture in REAL:
        if (harness.SHARED / capture).exists():
            harness.shared(capture)
    timeline.install()
    harness.main()
