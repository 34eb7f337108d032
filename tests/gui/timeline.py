# SPDX-License-Identifier: GPL-2.0-or-later
"""The timeline window, as a user has it: rows and cells out; keys, clicks and menus in."""
import re
import shutil

import case
import harness
from widgets import wait_for

TITLE = "Malflow Timeline"
MENU = ("Statistics", "Malflow", "Timeline")
COLUMNS = (
    "Time Session Duration Source Destination Protocol Summary Sent Received Hits Cause Life"
).split()


def install():
    """The window's shared object into the room, before the desktop gives up its rights; skips the
    test, visibly, where it was not built."""
    if not case.window_object():
        print("skipped: built without the timeline window")
        raise SystemExit(harness.SKIPPED)
    target = harness.room().plugin.parent / "malflow" / "malflow-qt.so"
    shutil.copyfile(case.window_object(), target)
    target.chmod(0o755)


def told(path, *options):
    """What tshark tells of what stands at the top of the window."""
    output = ",".join(["malflow,timeline", "packets=none", "requests=off", *options])
    result = harness.room().run("-q", "-r", path, "-z", output, **harness.checks_for(path))
    return result.out.splitlines()


def session(row):
    """Its number, of a row that tshark told."""
    return re.match(r"\[ *(\d+) ", row).group(1)


class Timeline:
    """A window newly opened from the menu of MAIN, as soon as its status line says UNTIL."""

    def __init__(self, main, until="frames$"):
        self.main, self.desktop = main, main.desktop
        before = [w.accessible for w in self._frames()]
        main.menu(*MENU)
        self.frame = wait_for("a timeline with the keyboard", lambda: self._opened(before))
        self.table = self.frame.find("tree", "Timeline")
        self.status_bar = self.frame.find("status bar")
        self.wait_status(until)

    def _frames(self):
        return [w for w in self.main.others() if w.role == "frame" and TITLE in w.name]

    def _opened(self, before):
        """The one that was not among BEFORE, if it has the keyboard now."""
        new = [w for w in self._frames() if w.accessible not in before]
        return next((w for w in new if w.active), None)

    # --- what it shows

    def status(self):
        return " ".join(w.name for w in self.status_bar.all("label"))

    def wait_status(self, pattern):
        """A match of PATTERN in the status line, as soon as there is one."""
        return wait_for("status %r" % pattern, lambda: re.search(pattern, self.status()))

    def wait_rows(self, count):
        """Until so many top rows are chosen."""
        self.wait_status("^%d of " % count)

    def shown(self):
        """How many rows stand in the table, those below opened ones too."""
        return self.table.count() // len(COLUMNS) - 1

    def cell(self, row, title):
        """The cell at ROW of all that stand in the table (from 0)."""
        return self.table.child((row + 1) * len(COLUMNS) + COLUMNS.index(title))

    def column(self, title):
        return [self.cell(row, title).name for row in range(self.shown())]

    def find(self, title, text):
        """The first row whose cell of TITLE is TEXT."""
        return self.column(title).index(text)

    def wait_details(self, expected):
        """Until what is told in full of the selected row is EXPECTED."""
        details = self.frame.find("text", "Row")
        wait_for("details %r" % expected, lambda: details.text.splitlines() == expected)

    # --- doing

    def keys(self, *names):
        wait_for("the keyboard", lambda: self.frame.active)
        self.desktop.keys(*names)

    def activate(self):
        """Brings it to the front, as far as it is not there."""
        if not self.frame.active:
            self.desktop.raise_window(self.frame.name)
            wait_for("the keyboard", lambda: self.frame.active)

    def select(self, row):
        """Clicks on it."""
        self.desktop.click(*self.cell(row, "Summary").left)
        wait_for("the selected row", lambda: self.cell(row, "Summary").selected)

    def selected(self):
        """Sessions of the selected rows."""
        cells = [self.cell(row, "Session") for row in range(self.shown())]
        return [cell.name for cell in cells if cell.selected]

    def open_row(self, row):
        """Opens the selected ROW; says how many rows came."""
        before = self.shown()
        self.keys("Right")
        wait_for("rows below row %d" % row, lambda: self.shown() > before)
        return self.shown() - before

    def menu(self, *path):
        found = self.frame.find("menu bar")
        for name in path:
            found = next(w for w in found.all("menu item") if w.name.startswith(name))
        found.press()

    def toggle(self, name):
        self.frame.find("check box", name).press()

    def save(self, name):
        """What is shown, as the file NAME; returns what it holds."""
        return self.answer_save(self.ask_save(name)[1])

    def ask_save(self, name):
        """The dialogue that asks for a name, and the path that NAME shall have."""
        self.keys("ctrl+s")
        dialogue = self.main.dialogue("Save timeline as displayed")
        wait_for("the keyboard", lambda: dialogue.active)
        return dialogue, harness.room().home / name

    def answer_save(self, path):
        """Returns what was saved."""
        self.desktop.keys("ctrl+a")
        self.desktop.type(str(path))
        self.desktop.keys("Return")
        wait_for("the file %s" % path.name, path.exists)
        wait_for("the end of the dialogue", lambda: self.frame.active)
        return path.read_text("utf-8")

    def picture(self, name):
        """Kept as output of the test."""
        self.desktop.picture(case.failures() / ("timeline-%s.png" % name))
