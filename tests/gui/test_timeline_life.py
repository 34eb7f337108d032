# SPDX-License-Identifier: GPL-2.0-or-later
"""The timeline window lives on while capture files come and go, and ends with Wireshark."""
import case
import harness
import preferences
import timeline
from widgets import wait_for

WEB = "7"


class Life(case.Case):
    def test_files(self):
        other = harness.own("scan_three_hosts")
        self.window = self.open(case.head())
        self.view = timeline.Timeline(self.window)
        self.view.select(self.view.find("Session", WEB))
        self.reload()
        self.second_window()
        self.to_main()
        self.window.open_file(other)
        self.view.wait_rows(len(timeline.told(other)))
        wait_for("the file's name", lambda: self.view.frame.name.startswith(other.name))
        self.to_main("ctrl+w")
        self.view.wait_status("No capture file")
        self.assertEqual(self.view.shown(), 0)
        self.view.picture("closed")
        self.to_main()
        self.window.open_file(case.head())
        self.view.wait_rows(len(timeline.told(case.head())))
        self.to_main()
        self.window.quit()  # with the timeline on the screen

    def to_main(self, *keys):
        self.window.desktop.raise_window(self.window.frame.name)
        if keys:
            self.window.keys(*keys)

    def reload(self):
        """The selected row stays."""
        self.to_main("ctrl+r")
        self.window.wait_loaded()
        wait_for("the selected row", lambda: self.view.selected() == [WEB])
        self.view.wait_rows(len(timeline.told(case.head())))

    def second_window(self):
        second = timeline.Timeline(self.window)
        second.wait_rows(len(timeline.told(case.head())))
        second.keys("ctrl+w")
        wait_for("one timeline", lambda: len(self.window.others()) == 1)

    def test_preferences(self):
        """Packets are dissected anew."""
        value = "200"  # more than the scan of the capture's beginning has
        window = self.open(case.head())
        view = timeline.Timeline(window)
        window.desktop.raise_window(window.frame.name)
        preferences.change(window, preferences.SPREAD, value)
        sessions = max(int(row[0]) for row in case.ask(case.head(), "malflow", "malflow.session.id"))
        view.wait_rows(sessions)
        window.quit()


if __name__ == "__main__":
    case.head()
    harness.own("scan_three_hosts")
    timeline.install()
    harness.main()
