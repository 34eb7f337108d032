# SPDX-License-Identifier: GPL-2.0-or-later
"""What the tests of this folder share: one desktop per file, windows that never outlive their test."""
import os
import subprocess
import unittest
from pathlib import Path

from desktop import Desktop  # first: it knows where harness is
import harness
from window import Window

HEAD = 200  # frames of the Figure 1 capture: all but the length of its scan
_desktop = None


def head():
    """The beginning of the Figure 1 capture, which loads at once."""
    whole, path = harness.own("figure1"), harness.room().inputs / "head.pcap"
    if not path.exists():
        subprocess.run(["editcap", "-r", whole, path, "1-%d" % HEAD], check=True)
        path.chmod(0o644)
    return path


def ask(path, display_filter, *fields):
    """What tshark says in two passes, as the window does: a row of FIELDS for each frame."""
    wanted = [word for field in fields for word in ("-e", field)]
    arguments = ("-2", "-r", path, "-Y", display_filter, "-T", "fields", *wanted)
    return [line.split("\t") for line in harness.room().run(*arguments, err=None).out.splitlines()]


def window_object():
    """The shared object of the timeline window; "" where it was not built."""
    return os.environ.get("MALFLOW_QT", "")


def desktop():
    global _desktop
    if _desktop is None:
        failures().mkdir(exist_ok=True)
        if os.geteuid() == 0:
            failures().chmod(0o777)
        _desktop = Desktop()
    return _desktop


def failures():
    """Where pictures of failed tests go."""
    return Path(os.environ.get("MALFLOW_GUI_FAILURES", harness.room().path))


class Case(unittest.TestCase):
    def open(self, path, *arguments):
        """The main window on the capture PATH, for one test."""
        window = Window(desktop(), path, *arguments)
        self.addCleanup(window.kill)
        return window

    def _callTestMethod(self, method):
        """Overrides unittest's, since only here a failure is seen while its window still stands."""
        try:
            method()
        except unittest.SkipTest:
            raise
        except Exception:
            picture = failures() / (self.id() + ".png")
            desktop().picture(picture)
            print("the screen at failure: %s" % picture)
            raise


class OneWindow(Case):
    """Tests that share a window on the beginning of Figure 1, which is then left in peace."""

    arguments = ()  # more of them for Wireshark

    @classmethod
    def setUpClass(cls):
        cls.window = Window(desktop(), head(), *cls.arguments)
        cls.addClassCleanup(cls.window.kill)

    def setUp(self):
        if self.window.filter_line.text:
            self.window.filter("", HEAD)

    @classmethod
    def tearDownClass(cls):
        cls.window.quit()
