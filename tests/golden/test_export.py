# SPDX-License-Identifier: GPL-2.0-or-later
"""Files that were found, exported with their bytes: tshark --export-objects malflow,FOLDER."""
import hashlib
import shutil
import unittest

import harness
import story

import cap_files  # from tests/tools, whose path harness adds
import protocols as proto

BROKEN = ".broken-off"


def export(path, *arguments, room=None, **checks):
    """Name to bytes of what is exported from the capture PATH."""
    room = room or harness.room()
    folder = room.home / "exported"
    shutil.rmtree(folder, ignore_errors=True)
    checks = {**harness.checks_for(path), **checks}
    room.run("-q", "-r", path, "--export-objects", "malflow,%s" % folder, *arguments, **checks)
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir())}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def told(path, *arguments):
    """(name, size, SHA-256) of each file that the fields tell of."""
    names = ("malflow.file.name", "malflow.file.size", "malflow.file.sha256")
    rows = story.frames(path, names, "-Y", "malflow.file.sha256", *arguments)
    return sorted((row[names[0]][0], int(row[names[1]][0]), row[names[2]][0]) for row in rows)


class Own(unittest.TestCase):
    """Captures of our own, of which we know what was sent."""

    def check(self, capture, **files):
        """Exactly FILES (name to bytes, without dots), in one pass and in two."""
        files = {name.replace("__", "."): data for name, data in files.items()}
        for passes in ((), ("-2",)):
            found = export(harness.own(capture), *passes)
            self.assertEqual(sorted(found), sorted(files))
            for name, data in files.items():
                self.assertEqual(sha256(found[name]), sha256(data), name)

    def test_http(self):
        whole = proto.pe(5000)
        self.check("http_pe_image", tablone__png=whole)
        self.check("http_pe_chunked", c__bin=whole)
        self.check("http_pe_gzip", z__bin=whole)
        self.check("http_pe_gzip_chunked", cz__bin=whole)

    def test_several_on_one_connection(self):
        files = {
            uri.strip("/"): proto.pe(size, seed + 1)
            for seed, (uri, size) in enumerate(cap_files.KEEPALIVE)
        }
        self.check("http_keepalive", **files)

    def test_nothing(self):
        self.check("http_no_pe")

    def test_broken_off(self):
        """What came of it, by a name that says so."""
        found = export(harness.own("http_pe_broken"))
        self.assertEqual(list(found), ["a.exe" + BROKEN])
        came = found["a.exe" + BROKEN]
        self.assertTrue(1000 < len(came) < 1460)
        self.assertEqual(came, proto.pe(50000)[: len(came)])

    def test_ftp(self):
        self.check("ftp_pe", object29__PE32=proto.pe(5000))

    def test_smb(self):
        self.check("smb2_pe", tool__exe=proto.pe(20000))

    def test_tftp(self):
        self.check("tftp_pe", eraseme__exe=proto.pe(5000))

    def test_raw_tcp(self):
        """From where the file begins, however it was cut."""
        self.check("raw_tcp_pe", object4__PE32=proto.pe(9000))
        self.check("raw_tcp_pe_cut", object274__PE32=proto.pe(9000))

    def test_raw_udp(self):
        self.check("raw_udp_pe", object2__PE32=proto.pe(1024))


if __name__ == "__main__":
    harness.main()
