# SPDX-License-Identifier: GPL-2.0-or-later
"""What is known to be in the real captures: names, downloads and executables.

Each frame and size here was read with a stock tshark, without our plugin.
"""
import unittest

import harness
import story
from facts import known


class Koobface(unittest.TestCase):
    # GET frame, file, bytes of its body, frame where the body begins
    FILES = (
        (230, "go.exe", 104960, 238),
        (440, "hosts2.exe", 2048, 444),
        (448, "fb.84.exe", 60928, 451),
        (555, "v2webserver.exe", 14336, 558),
        (586, "fbcheck.exe", 16384, 614),
        (656, "v2captcha.exe", 23552, 681),
        (785, "v2prx.exe", 75264, 822),
        (1597, "pp.14.exe", 38400, 1602),
    )

    def setUp(self):
        self.known = known("koobface-http-pe.pcap")

    def test_names(self):
        self.assertIn("DNS: mahjongmuseum.com. (207.217.125.50)", self.known.row_of(224).text)
        self.assertIn("DNS: keeplan.com. (64.71.33.35)", self.known.row_of(185).text)

    def test_download_connection(self):
        session = self.known.starts(225)
        self.assertEqual(session["orig"], "192.168.1.222:1043")
        self.assertEqual(session["resp"], "207.217.125.50:80")
        self.assertEqual({self.known.owner[get] for get, *_ in self.FILES}, {int(session["id"])})

    def test_eight_requests(self):
        told = self.known.requests(self.known.owner[230])
        self.assertEqual(len(told), 8, told)
        for text, (_, name, size, _) in zip(told, self.FILES):
            self.assertTrue(
                text.startswith("HTTP: GET mahjongmuseum.com/.sys/?getexe=" + name), text
            )
            self.assertIn("%d byte)" % size, text)

    def test_eight_executables(self):
        self.assertEqual(self.known.pe_frames(), [begin for *_, begin in self.FILES])
        self.assertEqual(self.known.row_of(230).hits[story.PE], 8)
        sizes = [self.known.files[begin][1][0] for *_, begin in self.FILES]
        self.assertEqual(sizes, [size for _, _, size, _ in self.FILES])

    def test_command_and_control(self):
        self.assertIn("HTTP: POST keeplan.com/.sys/?action=ldgen", self.known.row_of(191).text)

    def test_fifteen_answered_peers_are_no_scan(self):
        self.assertEqual(self.known.told.of_kind("scan"), [])
        web = [s for s in self.known.sessions.values() if s["resp"].endswith(":80")]
        self.assertEqual(len({s["resp"] for s in web}), 15)

    def test_the_break_is_named(self):
        """The capture ends inside a record: tshark says so, and all of the above is still told."""
        checks = {"code": None, "err": "cut short"}
        result = harness.room().run("-q", "-r", self.known.path, "-z", "malflow,timeline", **checks)
        plain = harness.stock().run("-q", "-r", self.known.path, "-z", "io,stat,0", **checks)
        self.assertEqual(result.code, plain.code)


class Honeynet(unittest.TestCase):
    BODIES = {
        180: "10.0.3.15",
        196: "10.0.3.15",
        504: "10.0.4.15",
        520: "10.0.4.15",
        624: "10.0.4.15",
    }

    def test_five_times_the_same(self):
        known_ = known("honeynet-driveby.pcap")
        self.assertEqual(known_.pe_frames(), list(self.BODIES))
        for frame, client in self.BODIES.items():
            session = known_.sessions[known_.owner[frame]]
            self.assertEqual(session["resp"], "192.168.56.52:80")
            self.assertTrue(session["orig"].startswith(client + ":"))
            self.assertEqual(known_.files[frame][1], [12288])
        loads = [
            row for row in known_.told.rows if "GET sploitme.com.cn/fg/load.php?e=" in row.line
        ]
        self.assertEqual(len([row for row in loads if "12288 byte" in row.line]), 5)

    def test_no_scan(self):
        self.assertEqual(known("honeynet-driveby.pcap").told.of_kind("scan"), [])


class Downloads(unittest.TestCase):
    """One name, one connection, one executable."""

    def check(self, capture, dns, syn, gets, bodies):
        """DNS: (answer frame, text); SYN: (frame, responder); GETS: {frame: text};
        BODIES: {frame where it begins: bytes}."""
        known_ = known(capture)
        if dns:
            self.assertIn(dns[1], known_.row_of(dns[0]).text)
        self.assertEqual(known_.starts(syn[0])["resp"], syn[1])
        for frame, text in gets.items():
            self.assertIn(text, known_.row_of(frame).text)
        self.assertEqual(known_.pe_frames(), list(bodies))
        for frame, size in bodies.items():
            if size:  # None: the capture ends before the transfer does
                self.assertEqual(known_.files[frame][1], [size])
        self.assertEqual(known_.told.of_kind("scan"), [])
        return known_

    def test_moneymany(self):
        known_ = self.check(
            "ms-moneymany-driveby.pcap",
            (4, "DNS: nrtjo.eu. (59.53.91.102)"),
            (5, "59.53.91.102:80"),
            {
                105: "GET nrtjo.eu//loading.php?spl=javadnw",
                115: "GET nrtjo.eu//loading.php?spl=javad0",
            },
            {108: 68096, 128: 68096},
        )
        self.assertNotEqual(known_.owner[108], known_.owner[128])

    def test_pe_as_png(self):
        known_ = self.check(
            "pe-as-png.pcap",
            None,
            (1, "185.98.87.185:80"),
            {4: "HTTP: GET 185.98.87.185/tablone.png"},
            {6: None},
        )
        mismatch = story.frames(
            known_.path, ["frame.number"], "-Y", "malflow.file.mismatch == 1 && frame.number == 6"
        )
        self.assertEqual(len(mismatch), 1)

    def test_lokibot(self):
        known_ = self.check(
            "lokibot.pcap",
            (274, "DNS: posqit.net. (107.189.7.179)"),
            (275, "107.189.7.179:80"),
            {278: "HTTP: GET posqit.net/vcv/120131078.exe (200"},
            {280: 871936},
        )
        posts = known_.told.find("HTTP: POST bibpap.com/amb/pin.php")
        self.assertEqual(len(posts), 4)

    def test_betabot(self):
        known_ = self.check(
            "betabot-dns-dup.pcap",
            (136, "DNS: sinomatics.ga. (85.143.172.110)"),
            (141, "85.143.172.110:80"),
            {145: "HTTP: GET sinomatics.ga/~zadmin/div/div.exe (200"},
            {147: 486251},
        )
        # one transaction for each of the two servers asked, not one for each of the five answers
        owners = {known_.owner[frame] for frame in range(136, 141)}
        self.assertEqual(len(owners), 2)
        self.assertEqual(len(known_.told.find("DNS: sinomatics.ga. (85.143.172.110)")), 2)


class Smb(unittest.TestCase):
    def test_executable_from_a_share(self):
        known_ = known("smb-pe.pcap")
        self.assertEqual(len(known_.sessions), 1)
        row = known_.row_of(23)
        self.assertEqual(row.target, "192.168.10.30:445")
        self.assertTrue(row.source.startswith("192.168.10.31:"))
        self.assertEqual(row.app, "SMB2")
        self.assertIn("mimikatz.exe", row.details)
        self.assertEqual(known_.pe_frames(), [23, 35])


class RawTcp(unittest.TestCase):
    def test_four_bytes_into_the_stream(self):
        known_ = known("raw-tcp-pe.pcap")
        self.assertEqual(known_.pe_frames(), [5, 19])
        self.assertEqual(known_.starts(1)["resp"], "64.227.107.71:4444")
        second = known_.starts(16)  # its SYN is missing: the SYN-ACK tells who opened it
        self.assertEqual(second["resp"], "64.227.107.71:53")
        self.assertEqual(second["orig"], "172.16.99.10:49652")
        self.assertEqual(len(known_.told.find(story.PE)), 2)


class Rbot(unittest.TestCase):
    NAME = "irc-rbot-excerpt.pcap"

    def test_one_session_and_no_scan(self):
        """A command alone is no scan."""
        known_ = known(self.NAME)
        self.assertEqual(len(known_.told.rows), 1)
        row = known_.told.rows[0]
        self.assertEqual((row.source, row.target), ("172.16.1.10:1049", "69.64.34.124:6667"))
        self.assertEqual((row.kind, row.l4, row.app), ("session", "TCP", "IRC"))

    def test_payload(self):
        path = harness.shared(self.NAME)
        rows = story.frames(path, ["frame.number", "malflow.payload"], "-Y", "malflow.payload",
                            "-o", "malflow.payload_bytes:2000")  # fmt: skip
        said = {int(row["frame.number"][0]): row["malflow.payload"][0] for row in rows}
        self.assertTrue(said[4].startswith("PASS "))
        self.assertIn("NICK damn-0262937047", said[6])
        self.assertEqual(said[11].count(".download http://"), 3)
        for host in ("www.wanees.net", "webacceptor.findwhatevernow.com:8091", "ysbweb.com"):
            self.assertIn("http://" + host, said[11])
        self.assertIn("[DOWNLOAD]: Downloading URL", said[15])
        self.assertIn(".advscan dcom135 200 3 0 -r -s", said[19])


class Dridex(unittest.TestCase):
    NAME = "dridex-tls.pcap"

    def keys(self):
        return ("-o", "tls.keylog_file:%s" % harness.shared("dridex-tls.keys"))

    def names(self, known_):
        self.assertIn("DNS: foodsgoodforliver.com. (94.103.84.245)", known_.row_of(152).text)
        self.assertIn("DNS: 105711.com. (162.255.119.253, 185.141.24.57)", known_.row_of(1232).text)
        self.assertEqual(known_.told.of_kind("scan"), [])

    def test_without_keys(self):
        """Names and certificates only."""
        known_ = known(self.NAME)
        self.names(known_)
        self.assertIn("foodsgoodforliver.com", known_.row_of(157).details)
        self.assertEqual(known_.row_of(157).app, "TLS")
        for frame in (1236, 1328, 1420):
            self.assertIn("105711.com", known_.row_of(frame).details)
        self.assertEqual(known_.pe_frames(), [])
        self.assertEqual(known_.told.find("GET foodsgoodforliver.com"), [])

    def test_with_keys(self):
        known_ = known(self.NAME, *self.keys())
        self.names(known_)
        row = known_.row_of(165)
        self.assertEqual(row.session, known_.owner[157])
        self.assertIn("HTTP: GET foodsgoodforliver.com/invest_20.dll (200 "
                      "application/octet-stream, 463872 byte)", row.details)  # fmt: skip
        self.assertEqual(row.hits.get(story.PE), 1)
        self.assertEqual(known_.pe_frames(), [632])
        self.assertEqual(known_.files[632][1], [463872])

    def test_command_and_control_with_keys(self):
        known_ = known(self.NAME, *self.keys())
        for frame, answer in ((1244, "502"), (1336, "502"), (1428, "no response")):
            said = "HTTP: POST 105711.com/docs.php (" + answer
            self.assertIn(said, known_.row_of(frame).details)
        self.assertEqual(len({known_.owner[frame] for frame in (1244, 1336, 1428)}), 3)


class Benign(unittest.TestCase):
    NAME = "benign-irc-skype.cap"

    def test_nothing_is_found(self):
        known_ = known(self.NAME)
        self.assertEqual(known_.pe_frames(), [])
        self.assertEqual(known_.told.of_kind("scan"), [])

    def test_chat(self):
        chat = [
            s for s in known(self.NAME).sessions.values() if s["resp"] == "212.204.214.114:6667"
        ]
        self.assertTrue(chat)
        self.assertEqual({s["app"] for s in chat}, {"IRC"})
        self.assertTrue(all(s["orig"].startswith("192.168.1.2:") for s in chat))

    def test_every_dns_answer_has_its_session(self):
        known_ = known(self.NAME)
        fields = ("-T", "fields", "-e", "frame.number")
        wanted = "udp.srcport == 53 && dns.flags.response == 1 && !icmp"
        plain = harness.stock().run("-r", known_.path, *fields, "-Y", wanted)
        answers = [int(line) for line in plain.out.split()]
        apps = {known_.sessions[known_.owner[frame]]["app"] for frame in answers}
        self.assertEqual(apps, {"DNS"})


if __name__ == "__main__":
    harness.main()
