# SPDX-License-Identifier: GPL-2.0-or-later
"""Nothing that a packet holds can disturb a terminal."""
import unittest

import harness
import story

import cap_hostile  # from tests/tools, whose path harness adds


class Hostile(unittest.TestCase):
    def test_output_is_printable_ascii(self):
        """With everything shown that can be shown."""
        path = harness.own("control_bytes")
        for options in ("", "packets=all", "packets=none", "aggregate=off,packets=all,utc"):
            name = "malflow,timeline" + ("," + options if options else "")
            out = harness.room().run("-q", "-r", path, "-z", name).out_bytes
            bad = {byte for byte in out if byte != 0x0A and not 0x20 <= byte <= 0x7E}
            self.assertEqual(bad, set(), options)

    def test_payload_is_told_byte_by_byte(self):
        told = story.tell(harness.own("control_bytes"))
        said = [row.details for row in told.of_kind("payload") if row.way == "From <<"]
        wanted = [
            "".join(chr(b) if 0x20 <= b <= 0x7E else "." for b in b":boss!b@c " + line)
            for line in cap_hostile.HOSTILE
        ]
        self.assertEqual([text[: len(line)] for text, line in zip(said, wanted)], wanted)

    def test_one_row_one_line(self):
        told = story.tell(harness.own("control_bytes"), "packets=all")
        self.assertEqual([line for line in told.others if line.strip() and "byte" in line], [])


class Payload(unittest.TestCase):
    def test_payload_bytes(self):
        """The preference cuts what a payload row tells."""
        told = story.tell(harness.own("odd_ports"), "", "-o", "malflow.payload_bytes:8")
        first = told.of_kind("payload")[0]
        self.assertEqual(first.details[:8], "NICK zom")
        self.assertNotIn("USER", first.details)


if __name__ == "__main__":
    harness.main()
