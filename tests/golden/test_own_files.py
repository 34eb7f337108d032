# SPDX-License-Identifier: GPL-2.0-or-later
"""Executables, found by what they are, over every road; captures of our own."""
import unittest

import harness
import story

import cap_files  # from tests/tools, whose path harness adds

WEB = "10.1.1.5:1050 -> 198.51.100.7:80 (TCP:HTTP) "
BINARY = "application/octet-stream"


class Http(unittest.TestCase):
    def only_row(self, name):
        rows = story.tell(harness.own(name)).of_kind("session")
        self.assertEqual(len(rows), 1, [row.line for row in rows])
        return rows[0]

    def check(self, name, summary, frame):
        """The session's row tells SUMMARY and one executable, whose hit stands on FRAME."""
        row = self.only_row(name)
        self.assertTrue(row.text.startswith(WEB + summary), row.line)
        self.assertEqual(row.hits.get(story.PE), 1, row.line)
        self.assertEqual(story.pe_frames(harness.own(name)), [frame])

    def test_claims_to_be_a_picture(self):
        self.check("http_pe_image",
                   "HTTP: GET files.example.org/tablone.png (200 image/png, 5000 byte)", 6)  # fmt: skip

    def test_broken_off_after_the_first_segment(self):
        self.check("http_pe_broken", "HTTP: GET files.example.org/a.exe", 6)

    def test_chunked(self):
        self.check("http_pe_chunked",
                   "HTTP: GET files.example.org/c.bin (200 %s, 5000 byte)" % BINARY, 6)  # fmt: skip

    def test_gzip(self):
        """Found when Wireshark has decompressed the body: at its last segment."""
        self.check("http_pe_gzip",
                   "HTTP: GET files.example.org/z.bin (200 %s, 5000 byte)" % BINARY, 12)  # fmt: skip

    def test_gzip_and_chunked(self):
        self.check("http_pe_gzip_chunked",
                   "HTTP: GET files.example.org/cz.bin (200 text/html, 5000 byte)", 12)  # fmt: skip

    def test_no_executable(self):
        row = self.only_row("http_no_pe")
        self.assertEqual(row.hits, {})
        self.assertEqual(story.hits(harness.own("http_no_pe")), [])

    def test_numbers_wrap(self):
        """Sequence numbers that pass 2^32 in the transfer change nothing."""
        row = self.only_row("seq_wrap")
        self.assertIn("HTTP: GET www.example.org/wrap.exe (200 %s, 20000 byte)" % BINARY, row.text)
        self.assertEqual(row.hits.get(story.PE), 1)


class KeepAlive(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.story = story.tell(harness.own("http_keepalive"))

    def test_session_tells_the_first_and_the_count(self):
        row = self.story.session(2)
        uri, size = cap_files.KEEPALIVE[0]
        said = "HTTP: GET files.example.org%s (200 %s, %d byte)" % (uri, BINARY, size)
        self.assertTrue(row.details.startswith(said), row.line)
        self.assertEqual(row.hits, {story.PE: 8})
        self.assertRegex(row.details, r"\b(8 requests|7 more|\+7)\b")

    def test_each_further_request_has_its_row(self):
        rows = self.story.of_kind("request")
        self.assertEqual([row.session for row in rows], [2] * 7)
        for row, (uri, size) in zip(rows, cap_files.KEEPALIVE[1:]):
            said = "HTTP: GET files.example.org%s (200 %s, %d byte)" % (uri, BINARY, size)
            self.assertTrue(row.text.startswith(said), row.line)

    def test_each_executable_is_a_hit(self):
        found = story.hits(harness.own("http_keepalive"))
        self.assertEqual([message for _, _, message in found], [story.PE] * 8)
        self.assertEqual({session for _, session, _ in found}, {2})

    def test_files(self):
        """Name, size and type of each, in the fields of the frames where they were found."""
        names = ("malflow.file.type", "malflow.file.name", "malflow.file.size")
        rows = story.frames(harness.own("http_keepalive"), names, "-Y", "malflow.file.type")
        sizes = [int(row["malflow.file.size"][0]) for row in rows]
        self.assertEqual(sizes, [size for _, size in cap_files.KEEPALIVE])
        for row, (uri, _) in zip(rows, cap_files.KEEPALIVE):
            self.assertIn(uri.strip("/"), row["malflow.file.name"][0])


class OtherRoads(unittest.TestCase):
    def check(self, name, target, app, frame):
        """Exactly one session of capture NAME has the executable: the one to TARGET."""
        told = story.tell(harness.own(name))
        rows = [row for row in told.rows if story.PE in row.hits and row.kind == "session"]
        self.assertEqual(len(rows), 1, told.text)
        self.assertEqual(rows[0].hits[story.PE], 1)
        self.assertEqual((rows[0].target, rows[0].app), (target, app))
        self.assertEqual(story.pe_frames(harness.own(name)), [frame])
        return told

    def test_ftp(self):
        told = self.check("ftp_pe", "198.51.100.7:50000", "FTP-DATA", 29)
        control = told.session(1)
        self.assertEqual(control.app, "FTP")
        self.assertIn("bot", control.details)

    def test_smb2(self):
        told = self.check("smb2_pe", "10.1.1.30:445", "SMB2", 18)
        self.assertIn("tool.exe", told.session(1).details)

    def test_tftp(self):
        told = story.tell(harness.own("tftp_pe"))
        rows = [row for row in told.rows if story.PE in row.hits and row.kind == "session"]
        self.assertEqual(len(rows), 1, told.text)
        self.assertEqual(rows[0].app, "TFTP")
        # one block holds the whole header here
        self.assertEqual(story.pe_frames(harness.own("tftp_pe")), [2])
        self.assertIn("eraseme.exe", told.text)

    def test_raw_tcp(self):
        """Four bytes into the stream."""
        self.check("raw_tcp_pe", "198.51.100.7:4444", "PE", 4)

    def test_raw_tcp_cut_into_bytes(self):
        """Found with the byte that completes the signature of its header, at offset 0x80 + 4."""
        told = story.tell(harness.own("raw_tcp_pe_cut"))
        self.assertEqual(told.session(1).hits, {story.PE: 1})
        first_data = 4
        completing = first_data + 2 * (4 + 0x80 + 4 - 1)
        self.assertEqual(story.pe_frames(harness.own("raw_tcp_pe_cut")), [completing])

    def test_raw_udp(self):
        self.check("raw_udp_pe", "198.51.100.7:5555", "PE", 2)

    def test_truncated_capture(self):
        """What stands before the break is still found."""
        told = story.tell(harness.own("truncated"))
        self.assertEqual(told.session(1).hits.get(story.PE), 1)


if __name__ == "__main__":
    harness.main()
