# SPDX-License-Identifier: GPL-2.0-or-later
"""A live capture whose packets the test sends: Wireshark reads a pipe as it does an interface."""
import os
import struct

import harness
from widgets import wait_for

FILE_HEADER, RECORD_HEADER = 24, 16


class Live:
    """Sends the first COUNT frames of CAPTURE, a pcap file, through a pipe of its own."""

    def __init__(self, capture, count):
        data = capture.read_bytes()
        self.header, self.records, at = data[:FILE_HEADER], [], FILE_HEADER
        while len(self.records) < count:
            size = RECORD_HEADER + struct.unpack_from("<I", data, at + 8)[0]
            self.records.append(data[at : at + size])
            at += size
        self.sent = 0
        self.pipe = harness.room().home / "live"
        os.mkfifo(self.pipe)
        self.file = None

    def open(self):
        """As soon as there is a reader."""
        self.file = wait_for("a reader of the pipe", self._opened)
        os.set_blocking(self.file.fileno(), True)
        self.file.write(self.header)

    def _opened(self):
        try:
            return os.fdopen(os.open(self.pipe, os.O_WRONLY | os.O_NONBLOCK), "wb", 0)
        except OSError:
            return None

    def send(self, count):
        """Further frames, up to the one of the number COUNT."""
        self.file.write(b"".join(self.records[self.sent : count]))
        self.sent = count

    def close(self):
        """The end of the capture, if it has not come."""
        if self.file:
            self.file.close()
        self.file = None
        self.pipe.unlink(missing_ok=True)
