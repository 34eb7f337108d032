# SPDX-License-Identifier: GPL-2.0-or-later
"""What the timeline window can be told to show, and that it remembers."""
import case
import harness
import timeline
from widgets import wait_for

WORD, HOST = "ntkrnlpa", "10.0.0.2"
WEB = "7"


UTC_TIMES = "UTC Date and Time of Day (1970-01-01 01:02:03.123456)"  # of Wireshark's menu


class Controls(case.Case):
    def test_controls(self):
        self.window = self.open(case.head())
        self.view, self.told = timeline.Timeline(self.window), timeline.told(case.head())
        self.searches()
        self.switches()
        self.times()
        self.packets()
        self.remembers()
        self.window.kill()

    def searches(self):
        """As one types, in small letters or capitals; Escape shows all again."""
        for key, text in (("ctrl+f", WORD.upper()), ("ctrl+h", HOST)):
            self.view.keys(key, "ctrl+a")
            self.view.desktop.type(text)
            self.view.wait_rows(sum(text.lower() in row.lower() for row in self.told))
            self.view.keys("Escape")
            self.view.wait_rows(len(self.told))
            self.view.keys("Escape")

    def switches(self):
        for name, option in (("Hits Only", "hits=only"), ("Group Scans", "aggregate=off")):
            self.view.toggle(name)
            self.view.wait_rows(len(timeline.told(case.head(), option)))
            self.view.picture(option.replace("=", "-"))
            self.view.toggle(name)
            self.view.wait_rows(len(self.told))

    def times(self):
        relative = self.view.column("Time")
        self.view.menu("View", "Time", "UTC")
        wait_for("dates", lambda: self.view.column("Time")[0].startswith("2008-02-01 00:00:00"))
        self.view.menu("View", "Time", "Local")  # the same here: the room's zone is UTC
        wait_for("dates", lambda: self.view.column("Time")[0].startswith("2008-02-01 00:00:00"))
        self.view.menu("View", "Time", "As in")
        wait_for("seconds", lambda: self.view.column("Time") == relative)
        self.window.menu("View", "Time Display Format", UTC_TIMES)
        wait_for("Wireshark's", lambda: self.view.column("Time")[0].startswith("2008-02-01 00:00:00"))
        self.view.menu("View", "Time", "Relative")
        wait_for("seconds", lambda: self.view.column("Time") == relative)

    def packets(self):
        """Payload rows of one more protocol."""
        self.view.menu("View", "Payload Rows", "HTTP")
        wait_for("sessions that open", lambda: self.opened() > 1)

    def opened(self):
        self.view.select(self.view.find("Session", WEB))
        before = self.view.shown()
        self.view.keys("Right", "Right")
        after = self.view.shown()
        self.view.select(self.view.find("Session", WEB))
        self.view.keys("Left")
        return after - before

    def remembers(self):
        """What a window was told, for the next one."""
        self.view.toggle("Hits Only")
        few = len(timeline.told(case.head(), "hits=only"))
        self.view.wait_rows(few)
        self.view.keys("ctrl+w")
        wait_for("the end of the timeline", lambda: not self.window.others())
        self.view = timeline.Timeline(self.window)
        self.view.wait_rows(few)


if __name__ == "__main__":
    case.head()
    timeline.install()
    harness.main()
