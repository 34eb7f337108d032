# SPDX-License-Identifier: GPL-2.0-or-later
"""Between the timeline window and the packets: jumps, filters, causes, following."""
import case
import harness
import timeline
from widgets import wait_for

WEB, IRC = "7", "4"
WEB_FRAME, PE_FRAME, IRC_FRAME = 18, 26, 13


class Moves(case.Case):
    def test_moves(self):
        self.window = self.open(case.head())
        self.view, self.told = timeline.Timeline(self.window), timeline.told(case.head())
        self.jumps()
        self.causes()
        self.filters()
        self.follows()
        self.view.activate()
        self.view.keys("ctrl+w")
        wait_for("the end of the timeline", lambda: not self.window.others())
        self.window.quit()

    def jumps(self):
        """By Enter and by a double-click, to the session's first packet and to a hit's."""
        row = self.view.find("Session", WEB)
        self.view.select(row)
        self.view.keys("Return")
        self.window.wait_frame(WEB_FRAME)
        self.view.open_row(row)
        hit = self.view.find("Duration", "HIT")
        self.view.desktop.click(*self.view.cell(hit, "Summary").left, repeat=2)
        self.window.wait_frame(PE_FRAME)
        self.view.picture("jump")
        self.view.select(row)
        self.view.keys("Left")

    def causes(self):
        """The web session was ordered on IRC; back; then only what comes of the same root."""
        self.view.keys("ctrl+Up")
        wait_for("the cause", lambda: self.view.selected() == [IRC])
        self.view.keys("Return")
        self.window.wait_frame(IRC_FRAME)
        self.view.keys("alt+Left")
        wait_for("the way back", lambda: self.view.selected() == [WEB])
        root = case.ask(case.head(), "frame.number == %d" % WEB_FRAME, "malflow.root.session")[0][0]
        self.view.keys("ctrl+l")
        rows = case.ask(case.head(), "malflow.root.session == %s" % root, "malflow.session.id")
        of_root = {row[0] for row in rows}
        self.view.wait_rows(sum(timeline.session(row) in of_root for row in self.told))
        self.view.picture("chain")
        self.view.keys("ctrl+shift+a")
        self.view.wait_rows(len(self.told))

    def filters(self):
        """From the row's own menu, by its keys; on a keyboard without a menu key too."""
        self.view.select(self.view.find("Session", WEB))
        wanted = "malflow.session.id == %s" % WEB
        self.choose("Menu", "y", wanted)
        self.window.wait_displayed(len(case.ask(case.head(), wanted, "frame.number")))
        self.window.desktop.raise_window(self.window.frame.name)
        self.window.filter("", case.HEAD)
        self.view.activate()
        self.choose("shift+F10", "e", wanted)
        self.assertEqual(self.window.displayed(), case.HEAD)
        self.window.filter("", case.HEAD)
        self.view.activate()

    def choose(self, menu_key, key, filter_text):
        self.view.keys(menu_key)
        self.view.desktop.keys(key, "1")
        self.window.wait_filter(filter_text)

    def follows(self):
        """The row of the packet that is selected in the main window."""
        self.view.keys("F8")
        self.window.desktop.raise_window(self.window.frame.name)
        for frame, session in ((PE_FRAME, WEB), (IRC_FRAME, IRC)):
            self.window.select(frame)
            wait_for("session %s" % session, lambda: self.view.selected() == [session])


if __name__ == "__main__":
    case.head()
    timeline.install()
    harness.main()
