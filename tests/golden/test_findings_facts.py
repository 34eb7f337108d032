# SPDX-License-Identifier: GPL-2.0-or-later
"""-z malflow,findings on the real captures: what is known to be in them is told, with its frames.

Digests are compared with those of what a stock tshark exports. What is known but not told yet is
marked as an expected failure.
"""
import functools
import unittest

import harness
import report

EGG, C2, SCAN, EXPLOIT = "egg download", "C&C", "outbound scan", "exploit"


def with_keys():
    return ("-o", "tls.keylog_file:%s" % harness.shared("dridex-tls.keys"))


@functools.lru_cache(maxsize=None)
def told(name, *arguments):
    return report.tell(harness.shared(name), "", *arguments)


class Facts(unittest.TestCase):
    def judged(self, name, expected, *arguments):
        """Every host with its verdict."""
        found = told(name, *arguments)
        self.assertEqual({a: host.verdict for a, host in found.hosts.items()}, expected)
        return found.hosts

    def program(self, host, frame, words, server):
        """The executable in FRAME, with WORDS in its line; its SHA-256, None: not seen whole."""
        found = host.at(report.PROGRAMS, frame)
        for word in words:
            self.assertIn(word, found.text)
        self.assertTrue(found.below[0].endswith(", from " + server), found.below)
        if found.sha() is None:
            self.assertTrue(found.below[0].startswith("not seen whole, no SHA-256"), found.below)
        return found.sha()

    def way(self, host, *expected):
        """(frame, words) each, among the steps that led to it."""
        for frame, words in expected:
            self.assertIn(words, host.at(report.WAY, frame).text)

    def signs(self, host, stage, frame, words):
        """WORDS stand in the sign of STAGE in FRAME, or below it."""
        sign = host.at(stage, frame)
        whole = "\n".join([sign.text, *sign.below])
        for word in words:
            self.assertIn(word, whole)


class Downloads(Facts):
    def test_betabot(self):
        hosts = self.judged(
            "betabot-dns-dup.pcap", {"192.168.56.101": "suspicious: egg download only"}
        )
        host = hosts["192.168.56.101"]
        self.way(host, (136, "DNS: sinomatics.ga. (85.143.172.110)"))
        self.assertEqual(host.frames(report.WAY), [136])  # one cause, not five
        sha = self.program(
            host, 147, ("PE32, 486251 byte", "GET sinomatics.ga/~zadmin/div/div.exe"),
            "85.143.172.110:80",
        )  # fmt: skip
        exported = report.objects(harness.shared("betabot-dns-dup.pcap"), "http")
        self.assertEqual(exported.get(sha), 486251)

    def test_honeynet(self):
        hosts = told("honeynet-driveby.pcap").hosts
        self.assertEqual(sorted(hosts), ["10.0.3.15", "10.0.4.15"])
        exported = report.objects(harness.shared("honeynet-driveby.pcap"), "http")
        for address, frame, times in (("10.0.3.15", 180, 2), ("10.0.4.15", 504, 3)):
            sha = self.program(
                hosts[address], frame,
                ("PE32, %d times, 12288 byte" % times, "GET sploitme.com.cn/fg/load.php?e="),
                "192.168.56.52:80",
            )  # fmt: skip
            self.assertEqual(exported.get(sha), 12288)
            self.assertIn(EGG, hosts[address].verdict)

    @unittest.expectedFailure
    def test_honeynet_exploit_kit(self):
        """That pages of an exploit kit brought the program."""
        for host in told("honeynet-driveby.pcap").hosts.values():
            self.assertIn(EXPLOIT, host.sections)

    def test_moneymany(self):
        hosts = self.judged(
            "ms-moneymany-driveby.pcap",
            {"192.168.23.129": "infected: exploit, egg download, C&C"},
        )
        host = hosts["192.168.23.129"]
        self.way(host, (4, "DNS: nrtjo.eu. (59.53.91.102)"))
        sha = self.program(
            host, 108, ("PE32, 2 times, 68096 byte", "GET nrtjo.eu//loading.php"),
            "59.53.91.102:80",
        )  # fmt: skip
        exported = report.objects(harness.shared("ms-moneymany-driveby.pcap"), "http")
        self.assertEqual(exported.get(sha), 68096)
        self.assertIn(EXPLOIT, host.sections)

    def test_disguised(self):
        hosts = self.judged("pe-as-png.pcap", {"10.9.25.101": "suspicious: egg download only"})
        sha = self.program(
            hosts["10.9.25.101"], 6, ("PE32", "disguised", "GET 185.98.87.185/tablone.png"),
            "185.98.87.185:80",
        )  # fmt: skip
        self.assertIsNone(sha)  # the capture ends inside

    def test_smb(self):
        hosts = self.judged("smb-pe.pcap", {"192.168.10.31": "suspicious: egg download only"})
        sha = self.program(
            hosts["192.168.10.31"], 23, ("PE32, 804352 byte", "mimikatz.exe"), "192.168.10.30:445"
        )
        exported = report.objects(harness.shared("smb-pe.pcap"), "smb")
        self.assertEqual(exported.get(sha), 804352)

    def test_raw_tcp(self):
        hosts = told("raw-tcp-pe.pcap").hosts
        found = {}
        for host in hosts.values():
            (entry,) = host.sections[report.PROGRAMS]
            found[entry.frame] = entry.below[0].split(", from ")[1]
            self.assertTrue(entry.text.startswith("PE32"), entry.text)
            self.assertIn(EGG, host.verdict)
        self.assertEqual(found, {5: "64.227.107.71:4444", 19: "64.227.107.71:53"})


class Bots(Facts):
    KOOBFACE = (
        (238, "go.exe", 104960), (444, "hosts2.exe", 2048), (451, "fb.84.exe", 60928),
        (558, "v2webserver.exe", 14336), (614, "fbcheck.exe", 16384),
        (681, "v2captcha.exe", 23552), (822, "v2prx.exe", 75264), (1602, "pp.14.exe", 38400),
    )  # fmt: skip

    def koobface(self):
        return told("koobface-http-pe.pcap").hosts["192.168.1.222"]

    def test_koobface(self):
        self.judged("koobface-http-pe.pcap", {"192.168.1.222": "infected: egg download, C&C"})
        host = self.koobface()
        self.way(host, (185, "DNS: keeplan.com. (64.71.33.35)"))
        self.way(host, (224, "DNS: mahjongmuseum.com. (207.217.125.50)"))
        talk = [sign.text for sign in host.sections[C2]]
        self.assertTrue(any("64.71.33.35:80 keeplan.com" in text for text in talk), talk)
        self.assertNotIn(SCAN, host.sections)

    def test_koobface_executables(self):
        host = self.koobface()
        exported = report.objects(harness.shared("koobface-http-pe.pcap"), "http")
        self.assertEqual(host.frames(report.PROGRAMS), [frame for frame, *_ in self.KOOBFACE])
        for frame, name, size in self.KOOBFACE:
            sha = self.program(
                host, frame,
                ("PE32, %d byte" % size, "GET mahjongmuseum.com/.sys/?getexe=" + name),
                "207.217.125.50:80",
            )  # fmt: skip
            self.assertEqual(exported.get(sha), size)

    def test_koobface_first_report(self):
        """The first that it said to its master, the POST of frame 191, before what gave it away."""
        below = self.koobface().at(C2, 213).below
        self.assertTrue(
            any(
                line.startswith("first contact in frame 191 [15]: HTTP: POST keeplan.com/")
                for line in below
            ),
            below,
        )

    def test_lokibot(self):
        hosts = self.judged("lokibot.pcap", {"192.168.1.101": "infected: egg download, C&C"})
        host = hosts["192.168.1.101"]
        self.way(host, (274, "DNS: posqit.net. (107.189.7.179)"))
        sha = self.program(
            host, 280, ("PE32, 871936 byte", "GET posqit.net/vcv/120131078.exe"),
            "107.189.7.179:80",
        )  # fmt: skip
        exported = report.objects(harness.shared("lokibot.pcap"), "http")
        self.assertEqual(exported.get(sha), 871936)
        (talk,) = host.sections[C2]
        self.assertGreater(talk.frame, 280)
        self.assertIn("(HTTP)", talk.text)

    def test_irc(self):
        """Orders alone are no scan and no download."""
        hosts = self.judged("irc-rbot-excerpt.pcap", {"172.16.1.10": "suspicious: C&C only"})
        host = hosts["172.16.1.10"]
        self.assertEqual(list(host.sections), [C2])
        self.signs(host, C2, 11, (
            "69.64.34.124:6667 (IRC)",
            'told in frame 11, no effect seen: "http://www.wanees.net/',
            'told in frame 11, no effect seen: "http://webacceptor.findwhatevernow.com:8091/',
            'told in frame 11, no effect seen: "http://ysbweb.com/',
            'told in frame 19, no effect seen: ".advscan dcom135 200 3 0 -r -s"',
        ))  # fmt: skip


class Dridex(Facts):
    def test_with_keys(self):
        hosts = self.judged(
            "dridex-tls.pcap",
            {"10.4.1.101": "suspicious: egg download, suspected C&C"},
            *with_keys(),
        )
        host = hosts["10.4.1.101"]
        self.way(host, (152, "DNS: foodsgoodforliver.com. (94.103.84.245)"))
        self.way(host, (1232, "DNS: 105711.com. (162.255.119.253, 185.141.24.57)"))
        sha = self.program(
            host, 632, ("PE32", "GET foodsgoodforliver.com/invest_20.dll"), "94.103.84.245:443"
        )
        size = int(host.at(report.PROGRAMS, 632).text.split(", ")[1].split(" byte")[0])
        exported = report.objects(harness.shared("dridex-tls.pcap"), "http", *with_keys())
        self.assertEqual(exported.get(sha), size)
        self.signs(host, C2, 1244, ("105711.com (TLS:HTTP)", "3 POSTs to 105711.com"))

    def test_without_keys(self):
        """Nothing can be told of what nobody can read, and that is said."""
        found = told("dridex-tls.pcap")
        self.assertTrue(found.nothing)
        self.assertEqual(found.hosts, {})
        self.assertRegex(found.text, r"not read: what \d+ TLS or QUIC sessions carried")


class Scans(Facts):
    def test_port_scan(self):
        hosts = self.judged("synscan.pcapng", {"172.16.0.8": "suspicious: outbound scan only"})
        host = hosts["172.16.0.8"]
        self.assertEqual(host.frames(SCAN), [1])
        self.signs(host, SCAN, 1, (
            "port scan (TCP) of 64.13.134.52: 1000 ports, 3 answered",))  # fmt: skip

    def test_spread_scans(self):
        hosts = self.judged(
            "iot-spread-scan.pcap", {"192.168.2.16": "suspicious: outbound scan only"}
        )
        host = hosts["192.168.2.16"]
        texts = [sign.text for sign in host.sections[SCAN]]
        for port, targets in ((23, 54), (8080, 40), (2323, 27)):
            words = "spread scan (TCP port %d): %d targets, 0 answered" % (port, targets)
            found = [sign for sign in host.sections[SCAN] if sign.text == words]
            self.assertEqual(len(found), 1, texts)
            self.assertTrue(1085 <= found[0].frame <= 1095, found)

    def test_udp(self):
        host = told("zeroaccess-udp-spread.pcap").hosts["192.168.106.131"]
        (scan,) = host.sections[SCAN]
        self.assertTrue(scan.text.startswith("spread scan (UDP port 16464): 269 targets"), scan)
        self.assertEqual(host.judged, "infected")


class Innocent(Facts):
    def test_chat(self):
        """Talk on IRC and Skype: no finding, and no packet with a stage."""
        path = harness.shared("benign-irc-skype.cap")
        found = told("benign-irc-skype.cap")
        self.assertTrue(found.nothing)
        self.assertEqual(found.hosts, {})
        for passes in ((), ("-2",)):
            run = harness.room().run("-r", path, *passes, "-Y", "malflow.stage")
            self.assertEqual(run.out, "")


class Every(Facts):
    def test_bound(self):
        """40 lines, and sums that add up: checked by whoever reads a report."""
        for path in harness.every_shared():
            with self.subTest(path.name):
                self.assertLessEqual(len(told(path.name).lines), report.LINES)


if __name__ == "__main__":
    harness.main()
