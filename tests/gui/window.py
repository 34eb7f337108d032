# SPDX-License-Identifier: GPL-2.0-or-later
"""Wireshark's main window, as a user has it: keys, clicks and menus in, visible text out."""
import contextlib
import os
import re
import shutil
import subprocess

import harness
from desktop import SCREEN
from widgets import Gone, Missing, Widget, wait_for

# The window fills the screen, its three panes lie above each other, nothing is asked on closing.
GEOMETRY = {
    "gui.geometry_main_x": 0,
    "gui.geometry_main_y": 0,
    "gui.geometry_main_width": SCREEN[0],
    "gui.geometry_main_height": SCREEN[1],
    "gui.geometry_main_maximized": "TRUE",
}
PRELOAD_ONCE = "preload_once.so"
COMPLAINT = r"(?i)assert|critical|\*\* ERROR|dissector bug|runtime error"
PREFERENCES = ("gui.layout_type:1", "gui.ask_unsaved:FALSE", "gui.update.enabled:FALSE")


def write_profile(name, text):
    """A file of the user's profile, as `colorfilters`."""
    folder = harness.room().home / ".config" / "wireshark"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


def sanitizer():
    """The room's, for Wireshark alone, and lenient with how it compares what -o names."""
    options = harness.room().sanitizer()
    if options:
        options["ASAN_OPTIONS"] += ":strict_memcmp=0"
        options["LD_PRELOAD"] += ":%s" % (harness.room().path / PRELOAD_ONCE)
    return options


def use_sanitized():
    """Programs of the sanitizer build, from now on. Before the desktop gives up its rights."""
    harness.use_sanitized()
    target = harness.room().path / PRELOAD_ONCE
    shutil.copyfile(os.environ["MALFLOW_PRELOAD_ONCE"], target)
    target.chmod(0o755)


class Window:
    """The window on CAPTURE (None: on none); ARGUMENTS are further ones of wireshark."""

    def __init__(self, desktop, capture, *arguments):
        write_profile("recent_common", "".join("%s: %s\n" % row for row in GEOMETRY.items()))
        self.desktop = desktop
        self.log = harness.room().path / "wireshark.log"
        preferences = [word for row in PREFERENCES for word in ("-o", row)]
        source = ("-r", capture) if capture else ()
        with open(self.log, "wb") as log:
            self.process = desktop.start(
                *("wireshark", *preferences, *arguments, *source),
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**desktop.environment, **sanitizer()},
            )
        self.application = wait_for("Wireshark on the accessibility bus", self._application)
        self.frame = wait_for("the main window", self._main)
        self._find_parts()
        if capture:
            self.wait_loaded()

    def _application(self):
        if self.process.poll() is not None:
            raise AssertionError("Wireshark ended early: %s" % self.said())
        names = [w for w in Widget(self.desktop.root).children() if w.name == "Wireshark"]
        return names[0] if names else None

    def _main(self):
        frames = [w for w in self.application.children() if w.role == "frame"]
        return next((w for w in frames if w.find("status bar")), None)

    def _find_parts(self):
        """They live as long as the window; finding them takes a walk through all of it."""
        self.status_bar = self.frame.find("status bar")
        self.menu_bar = self.frame.find("menu bar")
        self.packet_list = self.frame.find("tree", "Packet list")
        self.packet_details = self.frame.find("tree", "Packet details")
        lines = {bar: bar.find("text") for bar in self.frame.all("tool bar")}  # later ones: nameless
        self.filter_bar = next(bar for bar, line in lines.items() if line)
        self.filter_line = lines[self.filter_bar]

    def said(self):
        return self.log.read_text("utf-8", "replace")

    # --- waiting and reading

    def status(self):
        """`Packets: ...` from the status bar, or ""."""
        labels = [w.name for w in self.status_bar.all("label")]
        return next((name for name in labels if name.startswith("Packets:")), "")

    def count(self, word):
        found = re.search(r"%s: (\d+)" % word, self.status())
        return int(found.group(1)) if found else None

    def displayed(self):
        """Later Wiresharks do not say it where all packets are."""
        number = self.count("Displayed")
        return self.count("Packets") if number is None else number

    def loading(self):
        return any(w.showing for w in self.status_bar.all("label", "Loading"))

    def wait_loaded(self):
        wait_for("the capture", lambda: self.status() and not self.loading())

    def wait_displayed(self, number):
        self.wait_display("%d packets" % number, lambda count: count == number)

    def wait_display(self, what, check):
        """Until CHECK likes the number of displayed packets."""
        wait_for(
            "%s on display" % what,
            lambda: check(self.displayed()) and not self.loading(),
        )

    def wait_filter(self, text):
        """Until the line of the display filter holds TEXT."""
        wait_for("the filter %s" % text, lambda: self.filter_line.text == text)

    def cell(self, row, column):
        """Text of the packet list at ROW of those on display (from 0) and COLUMN."""
        width = self.packet_list.count() // (self.displayed() + 1)  # the header is a row
        return self.packet_list.child((row + 1) * width + column).name

    def details(self):
        """The visible rows of the packet details, as text."""
        return [w.name for w in self._details()]

    def _details(self):
        return [w for w in self.packet_details.children() if w.role == "table cell"]

    def detail(self, start):
        """The row of the packet details that begins with START."""
        return wait_for(
            "%r in the packet details" % start,
            lambda: next((w for w in self._details() if w.name.startswith(start)), None),
        )

    # --- doing

    def keys(self, *names):
        wait_for("the keyboard", lambda: self.frame.active)
        self.desktop.keys(*names)

    def to_front(self):
        """With the keyboard."""
        wait_for("the main window in front", self._raised)

    def _raised(self):
        if not self.frame.active:
            with contextlib.suppress(subprocess.CalledProcessError):  # its name is another now
                self.desktop.raise_window(self.frame.name)
            with contextlib.suppress(Missing):
                wait_for("the keyboard", lambda: self.frame.active, 3)
        return self.frame.active

    def filter(self, text, displayed):
        """Types a display filter and waits until it leaves so many packets."""
        self.keys("ctrl+slash", "ctrl+a", "Delete")
        self.desktop.type(text)
        wait_for("the typed filter", lambda: self.filter_line.text == text)
        self.desktop.keys("Return")
        self.wait_displayed(displayed)

    def select(self, number):
        """Goes to a frame. The bar for its number closes slowly: keys that come then are lost."""
        start = "Frame %d:" % number
        self._go("ctrl+g", number)
        try:
            wait_for(start, lambda: any(w.name.startswith(start) for w in self._details()), 3)
        except Missing:
            self._go("Escape", "ctrl+g", "ctrl+a", number)
        self.wait_frame(number)

    def _go(self, *names_and_number):
        *names, number = names_and_number
        self.keys(*names)
        self.desktop.type(str(number))
        self.desktop.keys("Return")

    def wait_frame(self, number):
        self.detail("Frame %d:" % number)

    def expand(self, start):
        """Opens one of the outermost rows of the packet details and all below it, and no other."""
        self.desktop.click(*self.packet_details.left)
        self.desktop.keys("Home", "ctrl+Left")
        wait_for("closed rows", lambda: not any(w.expanded for w in self._details()))
        self.desktop.click(*self.detail(start).left)
        self.desktop.keys("shift+Right")
        wait_for("opened rows", lambda: self.detail(start).expanded)

    def menu_item(self, *path):
        return wait_for("the entry %s" % " > ".join(path), lambda: self._menu_item(path))

    def _menu_item(self, path):
        found = self.menu_bar
        for name in path:
            found = found and found.find("menu item", name)
        return found

    def menu(self, *path):
        self.menu_item(*path).press()

    def go_to_linked(self, start):
        self.desktop.click(*self.detail(start).left)
        item = self.menu_item("Go", "Go to Linked Packet")
        wait_for("a link under the cursor", lambda: item.enabled)
        item.press()

    def dialogue(self, title):
        """Another window of the application whose title contains TITLE."""
        return wait_for(
            "a window named %r" % title,
            lambda: self.named(title),
        )

    def named(self, title):
        """The same, if it is there now."""
        return next((w for w in self.others() if title in w.name), None)

    def others(self):
        """Windows on the screen besides the main one."""
        found = []
        self.application.forget()
        for index in range(self.application.count()):
            try:
                window = self.application.child(index)
                if window.showing and window.name != self.frame.name:
                    found.append(window)
            except Gone:
                pass  # closed ones stay on the bus for a while
        return found

    def message(self, words):
        """A message box that says WORDS."""
        return wait_for(
            "a message with %r" % words,
            lambda: next(
                (w for w in self.others() if any(words in x.name for x in w.walk())), None
            ),
        )

    def show_detail(self, start):
        """Goes through the packet details, which have the keyboard, down to the row."""
        for _ in range(len(self._details())):
            if any(w.selected for w in self._details() if w.name.startswith(start)):
                return
            self.keys("Down")
        raise AssertionError("no row %r to go to" % start)

    def double_click(self, start):
        self.desktop.click(*self.detail(start).left, repeat=2)

    def close(self, dialogue):
        """With Escape, as long as it has the keyboard."""
        wait_for("the keyboard", lambda: dialogue.active)
        self.desktop.keys("Escape")
        wait_for("the end of a dialogue", lambda: not self.others())

    def dismiss(self, words):
        """Answers a message that holds WORDS."""
        self.message(words).find("push button", "OK").press()
        wait_for("the end of the message", lambda: not self.others())

    def open_file(self, path):
        self.keys("ctrl+o")
        dialogue = self.dialogue("Open Capture File")
        wait_for("the keyboard", lambda: dialogue.active)
        self.desktop.keys("ctrl+a")
        self.desktop.type(str(path))
        self.desktop.keys("Return")
        wait_for("the file's name in the title", lambda: self.frame.name == path.name)
        self.wait_loaded()

    def quit(self):
        """Leaves as a user does; Wireshark must end by itself and in peace."""
        self.keys("ctrl+q")
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(120)
        code, said = self.process.poll(), self.said()
        if code != 0 or re.search(COMPLAINT, said):
            raise AssertionError("Wireshark ended with %s: %s" % (code, said))

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
