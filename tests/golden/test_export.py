# SPDX-License-Identifier: GPL-2.0-or-later
"""Files that were found, exported with their bytes: tshark --export-objects malflow,FOLDER."""
import hashlib
import shutil
import unittest

import harness
import story

import cap_export  # from tests/tools, whose path harness adds
import cap_files
import protocols as proto

BROKEN = ".broken-off"
BINARY = "application/octet-stream"


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
    found = [file for row in rows for file in zip(*(row[name] for name in names))]
    return sorted((name, int(size), digest) for name, size, digest in found)


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

    def check_broken(self, capture, **files):
        """Exactly FILES: name to (the whole file, how many of its bytes came)."""
        files = {name.replace("__", ".") + BROKEN: data for name, data in files.items()}
        for passes in ((), ("-2",)):
            found = export(harness.own(capture), *passes)
            self.assertEqual(sorted(found), sorted(files))
            for name, (whole, length) in files.items():
                self.assertEqual(len(found[name]), length, name)
                self.assertEqual(found[name], whole[:length], name)

    def test_broken_off_late(self):
        """Far more than rules look at of a body that is not whole."""
        whole = proto.pe(cap_export.LARGE)
        head = len(proto.http_response(whole, BINARY)) - len(whole)
        came = 150 * 1460 - head
        files = {"1050__exe": (whole, came), "1051__exe": (whole, 216729), "1052__exe": (whole, 3000)}
        self.check_broken("export_broken", **files)

    def test_broken_off_stream(self):
        """By a reset, and by a hole."""
        part = (proto.pe(cap_export.LARGE), 10 * 1460)
        self.check_broken("export_broken_ftp", object4__PE32=part, object28__PE32=part)

    def test_broken_off_in_pieces(self):
        closed, lost = proto.pe(20000, 49200), proto.pe(20000, 49201)
        files = {"closed__exe": (closed, 16384), "lost__exe": (lost, 16384)}
        self.check_broken("export_broken_smb", **files)
        self.check_broken("export_broken_tftp", half__exe=(proto.pe(5000), 5 * 512))

    def test_mail(self):
        """Each attachment by its own name and with its own bytes; what is no program is none."""
        one, two = proto.pe(3000, 1), proto.pe(4000, 2)
        self.check("export_mail", one__exe=one, two__exe=two)
        hashes = [("one.exe", 3000, sha256(one)), ("two.exe", 4000, sha256(two))]
        self.assertEqual(told(harness.own("export_mail")), hashes)

    def test_twice(self):
        """The same file thrice; and one of two bodies in one segment."""
        same = proto.pe(5000)
        names = ("same__exe", "same(1)__exe", "same(2)__exe")
        self.check("export_twice", b__exe=proto.pe(800, 3), **{name: same for name in names})

    def test_nested(self):
        """What begins inside of another file begins there, too."""
        outer, inner = proto.pe(3000, 1), proto.pe(2000, 2)
        self.check("export_nested", object4__PE32=outer + inner, object8__PE32=inner)

    def test_ftp(self):
        self.check("ftp_pe", bot__exe=proto.pe(5000))

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


class Names(unittest.TestCase):
    """What a server calls its files is what it likes."""

    def test_harmless(self):
        room = harness.room()
        before = {each for each in room.home.iterdir() if each.name != "exported"}
        found = export(harness.own("export_names"))
        self.assertEqual({each for each in room.home.iterdir() if each.name != "exported"}, before)
        self.assertEqual(
            sorted(map(sha256, found.values())),
            sorted(sha256(proto.pe(1024 + i, i + 1)) for i in range(len(cap_export.NAMES))),
        )
        for name in found:
            self.assertTrue(name.isprintable() and len(name.encode()) <= 255, repr(name))
            self.assertNotIn(name.strip(". "), ("",))
        self.assertIn("passwd", found)

    def test_folder_that_cannot_be_made(self):
        arguments = ("--export-objects", "malflow,/proc/nothing/here")
        path = harness.own("http_pe_image")
        harness.room().run("-q", "-r", path, *arguments, err="Failed to create", code=None)


class Outputs(unittest.TestCase):
    def test_beside_others(self):
        """In one run with outputs of ours, in any order, all say what they say alone."""
        path = harness.own("export_broken")
        alone = harness.room().run("-q", "-r", path, "-z", "malflow,timeline").out
        folder = harness.room().home / "exported"
        shutil.rmtree(folder, ignore_errors=True)
        words = [("-z", "malflow,timeline"), ("--export-objects", "malflow,%s" % folder)]
        for order in (words, words[::-1]):
            arguments = [word for pair in order for word in pair]
            self.assertEqual(harness.room().run("-q", "-r", path, *arguments).out, alone)
        self.assertEqual(len(list(folder.iterdir())), 6)

    def test_first_frames(self):
        """The capture may end anywhere: what came until then is broken off."""
        found = export(harness.own("http_pe_image"), "-c", "8")
        self.assertEqual(list(found), ["tablone.png" + BROKEN])
        came = found["tablone.png" + BROKEN]
        self.assertEqual(came, proto.pe(5000)[: len(came)])

    def test_without_frames(self):
        self.assertEqual(export(harness.own("empty"), err=None), {})


REAL = {  # sizes of the executables in them
    "koobface-http-pe.pcap": [104960, 2048, 60928, 14336, 16384, 23552, 75264, 38400],
    "honeynet-driveby.pcap": [12288] * 5,
    "ms-moneymany-driveby.pcap": [68096] * 2,
    "lokibot.pcap": [871936],
    "betabot-dns-dup.pcap": [486251],
    "smb-pe.pcap": [804352],
    "raw-tcp-pe.pcap": [11304, 11304],
    "benign-irc-skype.cap": [],
}


class Real(unittest.TestCase):
    def check(self, name):
        path = harness.shared(name)
        found = export(path)
        programs = [data for data in found.values() if data[:2] == b"MZ"]
        self.assertEqual(sorted(map(len, programs)), sorted(REAL[name]))
        whole = [data for name, data in found.items() if not name.endswith(BROKEN)]
        hashes = [digest for _, _, digest in told(path)]
        self.assertEqual(set(map(sha256, whole)), set(hashes))

    def test_tls(self):
        """Inside of it, where the keys are there; else nothing."""
        path, keys = harness.shared("dridex-tls.pcap"), harness.shared("dridex-tls.keys")
        self.assertEqual(export(path), {})
        given = ("-o", "tls.keylog_file:%s" % keys)
        found = export(path, *given)
        self.assertEqual(list(found), ["invest_20.dll"])
        self.assertEqual(found["invest_20.dll"][:2], b"MZ")
        digest = sha256(found["invest_20.dll"])
        self.assertEqual(told(path, *given), [("invest_20.dll", len(found["invest_20.dll"]), digest)])


def add_real(name):
    setattr(Real, "test_" + name.split(".")[0].replace("-", "_"), lambda self: self.check(name))


for each in REAL:
    add_real(each)


if __name__ == "__main__":
    harness.main()
