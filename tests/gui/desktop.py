# SPDX-License-Identifier: GPL-2.0-or-later
"""A desktop of its own for each test: a screen (Xvfb), a window manager and the accessibility bus.

What a window shows is read from that bus (AT-SPI) as a screen reader does, so that tests compare
text and not pixels; keys and clicks go through the X server, as those of a user do. The desktop
belongs to the unprivileged user of the golden tests, whose room and captures are used here too.
"""
import atexit
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "golden"))

import harness  # noqa: E402  (needs the path above)

TOOLS = ("wireshark", "Xvfb", "openbox", "xdotool", "dbus-daemon", "import", "setpriv")
BUS_SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
SCREEN = (1280, 900)
OPENBOX_RULES = Path("/etc/xdg/openbox/rc.xml")


def skip(reason):
    print("skipped: %s" % reason)
    sys.exit(harness.SKIPPED)


def load_accessibility():
    """The bindings of AT-SPI, which only the system's own Python may have."""
    try:
        import gi

        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi
    except (ImportError, ValueError):
        system = "/usr/bin/python3"
        if os.environ.get("MALFLOW_GUI_PYTHON") or not os.access(system, os.X_OK):
            skip("needs python3-gi, gir1.2-atspi-2.0 and at-spi2-core")
        os.environ["MALFLOW_GUI_PYTHON"] = system
        os.execv(system, [system, *sys.argv])
    return Atspi


for tool in TOOLS:
    if not shutil.which(tool):
        skip("needs %s" % tool)
if not BUS_SERVICE.exists():
    skip("needs at-spi2-core")
Atspi = load_accessibility()


def give(path):
    """To the unprivileged user, with all that is below."""
    for each in [path, *path.rglob("*")]:
        os.chown(each, harness.NOBODY, harness.NOBODY)


def drop_privileges():
    """For good: the buses serve their own user alone, and libdbus refuses a changed effective user."""
    if os.geteuid() != 0:
        return
    sockets = Path("/tmp/.X11-unix")
    if not sockets.exists():
        sockets.mkdir()
        sockets.chmod(0o1777)
    give(harness.room().path)
    os.setgroups([])
    os.setresgid(harness.NOBODY, harness.NOBODY, harness.NOBODY)
    os.setresuid(harness.NOBODY, harness.NOBODY, harness.NOBODY)


class Desktop:
    """Made once per test, after all captures were put into the room: from then on nothing is root's."""

    def __init__(self):
        room = harness.room()
        drop_privileges()
        runtime = room.path / "runtime"
        runtime.mkdir(mode=0o700)
        plain = {k: v for k, v in room.environment().items() if k not in room.sanitizer()}
        self.environment = {
            **plain,
            "XDG_RUNTIME_DIR": str(runtime),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_STYLE_OVERRIDE": "fusion",
        }
        self.environment["DISPLAY"] = self._start_screen()
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._start_bus()
        self._lay_rules(room.home)
        self.start("openbox", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.environ.update(self.environment)
        if Atspi.init() > 1:
            raise AssertionError("no accessibility bus")
        self.root = Atspi.get_desktop(0)

    def start(self, *command, **options):
        """Runs COMMAND until it ends or the test does."""
        options = {"env": self.environment, **options}
        tied = ("setpriv", "--pdeathsig", "TERM")  # should the test be killed
        process = subprocess.Popen([*tied, *map(str, command)], **options)
        atexit.register(process.wait)
        atexit.register(process.terminate)
        return process

    def _start_screen(self):
        size = "%dx%dx24" % SCREEN
        reading, writing = os.pipe()
        self.start(
            *("Xvfb", "-displayfd", writing, "-screen", "0", size, "-nolisten", "tcp", "-noreset"),
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as display:
            return ":" + display.readline().strip()

    @staticmethod
    def _lay_rules(home):
        """Those of openbox as it comes, but for a single desktop: a wheel beside all windows would
        go to the next one."""
        if OPENBOX_RULES.exists():
            own = home / ".config" / "openbox" / "rc.xml"
            own.parent.mkdir(parents=True)
            one = re.sub(r"<number>\d+</number>", "<number>1</number>", OPENBOX_RULES.read_text())
            own.write_text(one)

    def _start_bus(self):
        bus = self.start(
            *("dbus-daemon", "--session", "--nofork", "--print-address=1"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return bus.stdout.readline().decode().strip()

    def _xdotool(self, *arguments):
        subprocess.run(["xdotool", *map(str, arguments)], env=self.environment, check=True)

    def keys(self, *names):
        self._xdotool("key", "--delay", 30, *names)

    def type(self, text):
        self._xdotool("type", "--delay", 5, text)

    def click(self, x, y, repeat=1):
        self._xdotool("mousemove", x, y, "click", "--repeat", repeat, "--delay", 60, 1)

    def hover(self, x, y):
        """Moves there in two steps: menus do not take a first jump for an intention."""
        self._xdotool("mousemove", x - 5, y, "sleep", 0.3, "mousemove", x, y)

    def drag(self, start, end):
        self._xdotool("mousemove", *start, "mousedown", 1, "mousemove", *end, "mouseup", 1)

    def raise_window(self, name):
        """To the front, with the keyboard: the one whose title is NAME."""
        title = "^%s$" % re.escape(name)
        self._xdotool("search", "--limit", 1, "--name", title, "windowactivate")

    def picture(self, path, *arguments):
        subprocess.run(
            ["import", "-window", "root", *arguments, str(path)], env=self.environment, check=True
        )
