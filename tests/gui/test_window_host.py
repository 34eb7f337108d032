# SPDX-License-Identifier: GPL-2.0-or-later
"""What the plugin tells the timeline window and does for it, by a stand-in for it (host_probe.c)."""
import os
import shutil
import struct

import case
import harness
from widgets import wait_for

MENU = ("Statistics", "Malflow", "Timeline")
FRAMES = 1, 26, case.HEAD
FONT = "DejaVu Sans Mono,13,-1,5,50,0,0,0,0,0"


def put_probe():
    """In the place of the window's shared object, before the desktop gives up its rights."""
    target = harness.room().plugin.parent / "malflow" / "malflow-qt.so"
    shutil.copyfile(os.environ["MALFLOW_HOST_PROBE_OBJECT"], target)
    target.chmod(0o755)


def sessions(path):
    return max(int(row[0]) for row in case.ask(path, "malflow", "malflow.session.id"))


def raw_frames(count):
    """Times in nanoseconds and bytes, in hex, of the capture that the head is of."""
    data, at, frames = harness.own("figure1").read_bytes(), 24, []
    while len(frames) < count:
        seconds, micro, length, _ = struct.unpack_from("<IIII", data, at)
        at += 16
        frames.append(((seconds * 1000000 + micro) * 1000, data[at : at + length].hex()))
        at += length
    return frames


class Host(case.Case):
    def setUp(self):
        self.log = harness.room().home / "probe.log"
        self.log.write_text("")
        case.desktop().environment["MALFLOW_HOST_PROBE"] = str(self.log)

    def ask(self, window, *commands):
        """Lines that the probe notes of COMMANDS."""
        self.log.with_name("probe.log.ask").write_text("\n".join(commands))
        self.log.write_text("")
        window.menu(*MENU)
        wait_for("the probe", lambda: self.log.read_text().endswith("done\n"))
        return self.log.read_text().splitlines()[:-1]

    def state(self, window):
        return dict(line.split(" ", 1) for line in self.ask(window, "state"))

    def test_state(self):
        window = self.open(case.head(), "-o", "gui.qt.font_name:%s" % FONT, "-t", "ud")
        window.select(26)
        state = self.state(window)
        profile = harness.room().home / ".config" / "wireshark" / "probe"
        expected = {"name": "head.pcap", "reading": "0", "selected": "26", "time_format": "1",
                    "sessions": str(sessions(case.head())), "font": FONT, "profile": str(profile)}
        self.assertEqual(state, expected)
        window.quit()
        self.assertRegex(self.log.read_text(), r"gone \d+ 0\nquit\n$")

    def test_frames(self):
        window = self.open(case.head())
        rows = raw_frames(case.HEAD)
        asked = self.ask(window, *("frame %d" % number for number in (*FRAMES, 0, case.HEAD + 1)))
        expected = ["frame %d 1 %d 1 %s" % (number, *rows[number - 1]) for number in FRAMES]
        expected += ["frame %d 0 -1 0 " % number for number in (0, case.HEAD + 1)]
        self.assertEqual(asked, expected)

    def test_main_window(self):
        window = self.open(case.head())
        self.assertEqual(self.ask(window, "go 26"), ["go 26 1"])
        window.wait_frame(26)
        self.assertEqual(self.ask(window, "apply udp"), ["filter 1"])
        window.wait_displayed(len(case.ask(case.head(), "udp", "frame.number")))
        self.assertEqual(window.filter_line.text, "udp")
        self.assertEqual(self.ask(window, "prepare tcp", "go 26"), ["filter 0", "go 26 0"])
        self.assertEqual(window.filter_line.text, "udp")

    def test_files(self):
        """The engine goes with its file, and is told of before it is freed."""
        other = harness.own("scan_three_hosts")
        first, second = str(sessions(case.head())), str(sessions(other))
        window = self.open(case.head())
        self.assertEqual(self.state(window)["sessions"], first)
        window.keys("ctrl+r")
        self.wait_gone(first)
        window.wait_loaded()
        self.assertEqual(self.state(window)["sessions"], first)
        window.open_file(other)
        self.wait_gone(first)
        state = self.state(window)
        self.assertEqual((state["sessions"], state["name"]), (second, other.name))
        window.keys("ctrl+w")
        self.wait_gone(second)
        wait_for("no packets", lambda: not window.status())
        state = self.state(window)
        self.assertEqual((state["sessions"], state["name"], state["selected"]), ("0", "-", "0"))
        self.assertEqual(self.ask(window, "frame 1", "go 1"), ["frame 1 0 -1 0 ", "go 1 0"])
        window.quit()
        self.assertTrue(self.log.read_text().endswith("done\nquit\n"))

    def wait_gone(self, count):
        wait_for("the end of the engine", lambda: "gone %s 0\n" % count in self.log.read_text())


if __name__ == "__main__":
    case.head()
    harness.own("scan_three_hosts")
    put_probe()
    harness.main()
