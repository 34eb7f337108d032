# SPDX-License-Identifier: GPL-2.0-or-later
"""Someone who does anything to the timeline window, by a seed.

All that is done is drawn beforehand, so that a seed and a list say everything about a run. An
action does not wait for what comes of it: the next one may find the window in the middle of
something, with a menu open or a dialogue before it. Only every so often the user comes to rest, and
then Wireshark must answer.
"""
import random
import re
import subprocess

import harness
import preferences
import profiles
import timeline
from widgets import Gone, Missing, wait_for

ROWS = "Up Down Home End Prior Next Left Right plus minus asterisk space Return shift+Down".split()
SHORTCUTS = (
    "ctrl+Return ctrl+c ctrl+shift+c ctrl+m ctrl+alt+m ctrl+shift+n ctrl+shift+b ctrl+Up alt+Left "
    "ctrl+l ctrl+shift+a ctrl+shift+Right ctrl+shift+Left ctrl+shift+Home alt+shift+Left "
    "alt+shift+Right ctrl+a ctrl+Left F4 F5 F6 shift+F6 F8 Tab shift+Tab Escape"
).split()
SWITCHES = "alt+s alt+a alt+u alt+i".split()
MENUS = "alt+f alt+v alt+g alt+r".split()
WORDS = "irc http 10.0 ntkrnlpa 80 scan HIT . ( zzz 0".split()
ENDINGS = "txt csv json html".split()
FILTERS = "malflow.session.id==4", "tcp", "malflow.hit.sid", "frame.number<3"
PROFILES = "Default", "other"
PATIENCE = 240  # seconds: sanitizers are slow, and so are machines with much to do
CALM_EVERY = 5
NOT_DONE = " (could not be done)"
MOST_SAID = 20000  # of the end of what Wireshark said

# What there is to do, and how often of all. Each name is a method of RandomUser, and of draw().
WEIGHTS = {
    "rows": 24,
    "shortcut": 20,
    "click": 14,
    "double_click": 6,
    "drag": 6,
    "wheel": 8,
    "row_menu": 14,
    "any_menu": 14,
    "search": 10,
    "switch": 10,
    "resize": 5,
    "minimize": 2,
    "save": 4,
    "close": 4,
    "another": 2,
    "packet": 5,
    "reload": 3,
    "filter": 3,
    "times": 3,
    "file": 3,
    "no_file": 1,
    "preference": 2,
    "profile": 2,
}


def _place(dice):
    """In the window, as parts of its width and height."""
    return round(dice.random(), 3), round(dice.random(), 3)


def _steps(dice, most):
    """Keys that go to an entry of an open menu and choose it, or that leave it."""
    keys = ["Down"] * dice.randint(0, most)
    if dice.random() < 0.4:
        keys += ["Right", *["Down"] * dice.randint(0, 4)]
    return keys + [dice.choice(("Return", "Return", "Return", "Escape"))]


_DRAW = {
    "rows": lambda dice: [dice.choice(ROWS) for _ in range(dice.randint(1, 5))],
    "shortcut": lambda dice: [dice.choice(SHORTCUTS)],
    "click": lambda dice: [*_place(dice), dice.choice((1, 1, 1, 2, 3))],
    "double_click": _place,
    "drag": lambda dice: [*_place(dice), *_place(dice)],
    "wheel": lambda dice: [
        *_place(dice),
        dice.choice((4, 5)),
        dice.randint(1, 8),
        dice.choice(("", "ctrl", "shift")),
    ],
    "row_menu": lambda dice: [dice.choice(("Menu", "shift+F10")), *_steps(dice, 12)],
    "any_menu": lambda dice: [dice.choice(MENUS), *_steps(dice, 12)],
    "search": lambda dice: [
        dice.choice(("ctrl+f", "ctrl+h")),
        dice.choice(WORDS),
        dice.choice(("Return", "Escape", "Down", "BackSpace", "F6")),
    ],
    "switch": lambda dice: [dice.choice(SWITCHES) for _ in range(dice.randint(1, 2))],
    "resize": lambda dice: [dice.randint(1, 1400), dice.randint(1, 1000)],
    "save": lambda dice: ["random.%s" % dice.choice(ENDINGS)],
    "packet": lambda dice: [dice.choice(("Down", "Up", "Home", "End", "Next"))],
    "filter": lambda dice: [dice.choice(FILTERS)],
    "times": lambda dice: [dice.choice(("ctrl+alt+2", "ctrl+alt+7", "ctrl+alt+4"))],
    "file": lambda dice: [dice.randint(0, 3)],
    "profile": lambda dice: [dice.choice(PROFILES)],
    "preference": lambda dice: [dice.choice(("3", "10", "200"))],
}


def draw(seed, count):
    """COUNT actions: rows of a name and what it is done with."""
    dice, names = random.Random(seed), list(WEIGHTS)
    chosen = dice.choices(names, [WEIGHTS[name] for name in names], k=count)
    return [[name, *(_DRAW[name](dice) if name in _DRAW else ())] for name in chosen]


class RandomUser:
    """Of the main window MAIN, who also opens FILES."""

    def __init__(self, main, files):
        self.main, self.desktop, self.files = main, main.desktop, files
        self.done = []

    def act(self, actions):
        """All ACTIONS; an exception where Wireshark does not outlive one."""
        self.calm()
        for number, (name, *arguments) in enumerate(actions):
            self.done.append("%d %s %s" % (number, name, " ".join(map(str, arguments))))
            getattr(self, name)(*arguments)
            self.alive()
            if number % CALM_EVERY == CALM_EVERY - 1 or self.done[-1].endswith(NOT_DONE):
                self.calm()
        self.calm()

    # --- what is there

    def alive(self):
        if self.main.process.poll() is not None:
            said = self.main.said()[-MOST_SAID:]
            raise AssertionError("Wireshark ended with %s: %s" % (self.main.process.poll(), said))

    def _x(self, *arguments):
        """xdotool, which fails where a window has just gone."""
        command = ["xdotool", *map(str, arguments)]
        options = {"env": self.desktop.environment, "capture_output": True, "text": True}
        return subprocess.run(command, check=False, **options).stdout

    def active(self):
        """Title of the window that has the keyboard; "" : none."""
        return self._x("getactivewindow", "getwindowname").strip()

    def on_timeline(self):
        return timeline.TITLE in self.active()

    def on_main(self):
        return self.active() == self.main.frame.name

    def answers(self):
        """Whether Wireshark has come to an end with all that was asked of it so far."""
        self.alive()
        return self.main.frame.left and self.main.frame.left

    # --- coming to rest

    def calm(self):
        """Nothing is open but the main window and timelines, one of which has the keyboard."""
        wait_for("an answer of Wireshark", self.answers, PATIENCE)
        wait_for("no dialogue", self._leave, PATIENCE)
        if not self.on_timeline():
            self.raise_timeline()

    def _leave(self):
        """A key for leaving, whatever is open; whether nothing is."""
        self.answers()
        self._x("key", "--clearmodifiers", "Escape")
        self.answers()
        return self.on_timeline() or self.on_main()

    def raise_timeline(self):
        """One that is open, or a new one."""
        wait_for("a timeline", self._raised, PATIENCE)

    def _raised(self):
        self.answers()
        self._x("search", "--limit", 1, "--name", timeline.TITLE, "windowactivate")
        if not self._soon(self.on_timeline):
            self._leave()
            self.main.menu(*timeline.MENU)
        return self._soon(self.on_timeline)

    def to_main(self):
        """Whether it has the keyboard now: there may be a dialogue."""
        title = "^%s$" % re.escape(self.main.frame.name)
        self._x("search", "--limit", 1, "--name", title, "windowactivate")
        return self._soon(self.on_main)

    def _soon(self, check):
        """What may as well not happen."""
        try:
            return wait_for("it", check, 3)
        except Missing:
            return False

    # --- keys and mouse in the timeline

    def ours(self):
        """Whether a timeline has the keyboard: in the main window some keys would end Wireshark."""
        found = self.on_timeline()
        if not found:
            self.not_done()
        return found

    def not_done(self):
        """There was a dialogue, or the window has just gone."""
        if not self.done[-1].endswith(NOT_DONE):
            self.done[-1] += NOT_DONE

    def keys(self, *names):
        if self.ours():
            self._x("key", "--delay", 15, *names)

    def point(self, x, y):
        """Of the screen, for parts of the window that has the keyboard; None: that is not ours."""
        if not self.ours():
            return None
        told = self._x("getactivewindow", "getwindowgeometry", "--shell").split()
        box = dict(line.split("=") for line in told)
        if "HEIGHT" not in box:
            return None
        return (
            int(box["X"]) + int(x * (int(box["WIDTH"]) - 1)),
            int(box["Y"]) + int(y * (int(box["HEIGHT"]) - 1)),
        )

    def mouse(self, x, y, *what):
        place = self.point(x, y)
        if place:
            self._x("mousemove", *place, *what)

    rows = shortcut = row_menu = any_menu = switch = keys

    def click(self, x, y, button):
        self.mouse(x, y, "click", button)

    def double_click(self, x, y):
        self.mouse(x, y, "click", "--repeat", 2, "--delay", 30, 1)

    def drag(self, x, y, to_x, to_y):
        end = self.point(to_x, to_y)
        if end:
            self.mouse(x, y, "mousedown", 1, "mousemove", *end, "mouseup", 1)

    def wheel(self, x, y, button, count, modifier):
        turn = ("click", "--repeat", count, "--delay", 10, button)
        if modifier:
            turn = ("keydown", modifier, *turn, "keyup", modifier)
        self.mouse(x, y, *turn)

    def search(self, key, word, leave):
        self.keys(key, "ctrl+a")
        if self.ours():
            self._x("type", "--delay", 10, word)
        self.keys(leave)

    def resize(self, width, height):
        if self.ours():
            self._x("getactivewindow", "windowsize", width, height)

    def minimize(self):
        if self.ours():
            self._x("getactivewindow", "windowminimize")
        self.raise_timeline()

    def save(self, name):
        """The dialogue, which then has the keyboard, takes a path."""
        self.keys("ctrl+s")
        if self._soon(lambda: "Save" in self.active()):
            self._type_path(harness.room().home / name)
        else:
            self.not_done()

    def _type_path(self, path):
        self._x("key", "ctrl+a")
        self._x("type", "--delay", 5, path)
        self._x("key", "Return")

    def close(self):
        self.keys("ctrl+w")

    def another(self):
        """One more window."""
        self.calm()
        self.main.menu(*timeline.MENU)

    # --- in the main window, with the timeline behind it

    def main_keys(self, *names):
        """Returns whether they could be sent."""
        self.calm()
        able = self.to_main()
        if able:
            self._x("key", "--delay", 15, *names)
        else:
            self.not_done()
        return able

    def packet(self, key):
        """Another one is selected; the list of packets may not be what has the keyboard."""
        self.main_keys("F6", key)
        self.raise_timeline()

    def reload(self):
        self.main_keys("ctrl+r")
        self.raise_timeline()

    def times(self, key):
        self.main_keys(key)
        self.raise_timeline()

    def no_file(self):
        self.main_keys("ctrl+w")
        self.raise_timeline()

    def filter(self, text):
        if self.main_keys("ctrl+slash", "ctrl+a"):
            self._x("type", "--delay", 5, text)
            self._x("key", "Return")
        self.raise_timeline()

    def file(self, which):
        if not self.main_keys("ctrl+o"):
            return
        if self._soon(lambda: "Open Capture File" in self.active()):
            self._type_path(self.files[which % len(self.files)])
        else:
            self.not_done()
        self.calm()

    def preference(self, value):
        """All packets are dissected anew."""
        self._try(preferences.change, preferences.SPREAD, value)

    def profile(self, name):
        """The same, should another one have been chosen before."""
        self._try(profiles.choose, name)

    def _try(self, act, *arguments):
        """What expects Wireshark to do what it is told."""
        self.calm()
        try:
            wait_for("the main window", self.to_main)
            act(self.main, *arguments)
        except (AssertionError, StopIteration, Gone):
            self.not_done()
        self.calm()
