# SPDX-License-Identifier: GPL-2.0-or-later
"""What somebody at a terminal sees, and that programs never do: colours, width, progress."""
import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import time
import unittest

import harness

OUTPUT = ("-q", "-z", "malflow,timeline,packets=all")
COLUMNS = 100
SGR = re.compile(r"\033\[[0-9;]*m")


def in_terminal(path, **environment):
    """What tshark prints on a terminal of COLUMNS columns, without the terminal's own CR."""
    room = harness.room()
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    process = subprocess.Popen(
        room.command(["-r", path, *OUTPUT]),
        stdin=subprocess.DEVNULL,
        stdout=its,
        stderr=subprocess.DEVNULL,
        env={**room.environment(), "TERM": "xterm", **environment},
    )
    os.close(its)
    told = b""
    try:
        while True:
            told += os.read(ours, 65536)
    except OSError:  # EIO: nobody has the terminal open
        os.close(ours)
    process.wait(60)
    return told.decode("ascii").replace("\r\n", "\n")


def plain(path):
    return harness.room().run("-r", path, *OUTPUT).out


def joined(text):
    """Rows again, of lines that were broken for width; every blank counts as one."""
    return [" ".join(row.split()) for row in re.sub(r"\n +", " ", text).splitlines()]


def has_terminals():
    """A machine without /dev/pts has none."""
    try:
        for end in pty.openpty():
            os.close(end)
    except OSError:
        return False
    return True


@unittest.skipUnless(has_terminals(), "needs pseudo terminals (/dev/pts)")
class Terminal(unittest.TestCase):
    def setUp(self):
        self.path = harness.own("http_keepalive")

    def test_colours_and_width(self):
        told = in_terminal(self.path)
        self.assertRegex(told, r"\033\[1;31m \*\*\* ")  # a hit
        self.assertNotIn("\033", plain(self.path))
        text = SGR.sub("", told)
        self.assertLessEqual(max(map(len, text.splitlines())), COLUMNS)
        self.assertGreater(len(text.splitlines()), len(plain(self.path).splitlines()))

    def test_same_rows(self):
        told = SGR.sub("", in_terminal(self.path))
        glued = ["".join(row.split()) for row in joined(told)]
        self.assertEqual(glued, ["".join(row.split()) for row in plain(self.path).splitlines()])

    def test_no_color(self):
        for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            self.assertNotIn("\033", in_terminal(self.path, **environment))

    def test_pager(self):
        """A pipe that is said to end in a terminal."""
        room = harness.room()
        environment = {"TERM": "xterm", "CLICOLOR_FORCE": "1", "COLUMNS": str(COLUMNS)}
        told = subprocess.run(
            room.command(["-r", self.path, *OUTPUT]),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            env={**room.environment(), **environment},
            check=True,
        )
        self.assertEqual(told.stdout.decode("ascii"), in_terminal(self.path))


class Progress(unittest.TestCase):
    """Of a capture that comes slowly; nothing is said in the first second."""

    HEAD = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
    FRAMES = 3000

    def told(self, size):
        room, frame = harness.room(), struct.pack("<IIII", 0, 0, 14, 14) + bytes(14)
        process = subprocess.Popen(
            room.command(["-r", "-", *OUTPUT]),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**room.environment(), "MALFLOW_PROGRESS": "2:%d" % size},
        )
        process.stdin.write(self.HEAD + frame * self.FRAMES)
        process.stdin.flush()
        time.sleep(2)
        process.stdin.write(frame * self.FRAMES)
        return process.communicate(timeout=60)[1].decode()

    def test_share(self):
        size = len(self.HEAD) + 2 * self.FRAMES * 30
        self.assertRegex(self.told(size), r"malflow: +(6[0-9]|7[0-9]|100) %, 4096 packets\r")

    def test_unknown_size(self):
        told = self.told(0)
        self.assertIn("malflow: 4096 packets\r", told)
        self.assertIn("\033[K", told)


if __name__ == "__main__":
    harness.own("http_keepalive")
    harness.main()
