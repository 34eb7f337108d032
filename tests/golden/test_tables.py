# SPDX-License-Identifier: GPL-2.0-or-later
"""-z malflow,scans and -z malflow,hosts: what tshark prints, on our captures and on real ones."""
import re
import unittest

import harness
import report
import story

SCAN = re.compile(
    r"^ *(?P<id>\d+) (?P<kind>spread|port) +(?P<frame>\d+) +(?P<session>\d+) +(?P<time>\S+(?: \S+)?)"
    r" +(?P<duration>\d+:\S+) +(?P<sessions>\d+) +(?P<targets>\d+) +(?P<answered>\d+)"
    r"  (?P<source>\S+) -> (?P<target>.*?)(?: (?:<= |after )(?P<cause>\[.*))?$"
)
HOST = re.compile(
    r"^ *(?P<frame>\d+) +(?P<time>\S+(?: \S+)?) (?P<where>inside|outside) +(?P<sessions>\d+)"
    r" +(?P<peers>\d+) +(?P<sent>\d+) +(?P<received>\d+) +(?P<hits>\d+)  (?P<host>\S+?)"
    r"(?: \((?P<names>[^)]*)\))?(?:: (?P<verdict>\D.*))?$"
)
SILENT = re.compile(r"^and (\d+) targets of scans that never answered", re.M)


def tell(path, name, options="", *arguments):
    argument = "malflow," + name + ("," + options if options else "")
    checks = harness.checks_for(path)
    return harness.room().run("-q", "-r", path, "-z", argument, *arguments, **checks).out


def rows(pattern, text):
    return [row.groupdict() for row in map(pattern.match, text.splitlines()) if row]


def scans(path, options="", *arguments):
    return rows(SCAN, tell(path, "scans", options, *arguments))


def hosts(path, options="", *arguments):
    return rows(HOST, tell(path, "hosts", options, *arguments))


def addresses(path, options=""):
    return [row["host"] for row in hosts(path, options)]


class Figure1(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.path = harness.own("figure1")
        cls.text = tell(cls.path, "hosts")

    def test_scan(self):
        (scan,) = scans(self.path)
        self.assertEqual(
            scan,
            {"id": "1", "kind": "spread", "frame": "85", "session": "9", "time": "4.039",
             "duration": "59:41.13", "sessions": "168426", "targets": "168426", "answered": "3",
             "source": "192.168.0.101", "target": "TCP port 139",
             "cause": '[6] frame 84 command "xvv asn139 150 0 -b -r -s"'},
        )  # fmt: skip

    def test_hosts(self):
        """Nine have rows: a target of the scan has one if it answered."""
        told = rows(HOST, self.text)
        self.assertEqual([row["where"] for row in told], ["inside"] * 3 + ["outside"] * 6)
        self.assertEqual(int(SILENT.search(self.text).group(1)), 168426 - 3)
        self.assertLess(len(self.text), 2000)
        bot = next(row for row in told if row["host"] == "192.168.0.101")
        self.assertEqual((bot["names"], bot["sessions"], bot["hits"]), ("lab-xp", "168435", "4"))
        self.assertEqual(bot["verdict"], "infected: egg download, C&C, outbound scan")
        names = {row["host"]: row["names"] for row in told}
        self.assertEqual(names["115.126.2.120"], "ntkrnlpa.cn")

    def test_filter(self):
        """It chooses sessions; a scan is told whole."""
        self.assertEqual(scans(self.path, "dns"), [])
        (scan,) = scans(self.path, "frame.number == 100")
        self.assertEqual(scan["targets"], "168426")
        text = tell(self.path, "hosts", "tcp.port in {65520, 6668}")
        self.assertEqual(
            [row["host"] for row in rows(HOST, text)],
            ["192.168.0.101", "115.126.2.121", "63.173.172.98"],
        )
        self.assertEqual(rows(HOST, text)[0]["sessions"], "2")
        self.assertIsNone(SILENT.search(text))


class Options(unittest.TestCase):
    def test_own_scans(self):
        """Each row is what the timeline says of the group."""
        for name in ("scan_three_hosts", "scan_ports", "scan_icmp", "scan_arp", "scan_udp"):
            path = harness.own(name)
            told = [row for row in story.tell(path).rows if row.kind == "scan"]
            self.assertEqual(
                [int(row["session"]) for row in scans(path)], [row.session for row in told]
            )

    def test_sort(self):
        path = harness.own("figure1")
        by_bytes = [int(r["sent"]) + int(r["received"]) for r in hosts(path, "sort=bytes,inside")]
        self.assertEqual(by_bytes, sorted(by_bytes, reverse=True))
        self.assertEqual(addresses(path, "sort=verdict")[0], "192.168.0.101")
        self.assertEqual(len(addresses(path, "inside")), 3)
        text = tell(path, "hosts", "max=2")
        self.assertEqual(len(rows(HOST, text)), 2)
        self.assertIn("\nand 7 more hosts\n", text)

    def test_utc(self):
        (scan,) = scans(harness.own("figure1"), "utc")
        self.assertRegex(scan["time"], r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$")

    def test_wrong(self):
        path = harness.own("scan_at")
        for argument, words in (
            ("hosts,sort=name", "expected frame, verdict, hits"),
            ("scans,max=2", "no such option; there are sort, utc"),
            ("hostsx", "expected malflow,hosts"),
        ):
            checks = {"code": 1, "err": re.escape(words)}
            harness.room().run("-q", "-r", path, "-z", "malflow," + argument, **checks)


class Real(unittest.TestCase):
    def test_verdicts_are_those_of_the_findings(self):
        for name in ("lokibot.pcap", "iot-spread-scan.pcap", "zeroaccess-udp-spread.pcap"):
            path = harness.shared(name)
            told = {r["host"]: r["verdict"] for r in hosts(path) if r["verdict"]}
            found = {a: host.verdict for a, host in report.tell(path).hosts.items()}
            self.assertEqual(told, found, name)

    def test_names(self):
        told = {row["host"]: row["names"] for row in hosts(harness.shared("lokibot.pcap"))}
        self.assertEqual(told["192.168.1.101"], "HR1-PC")
        self.assertEqual(told["107.189.7.179"], "posqit.net")

    def test_port_scan(self):
        (scan,) = scans(harness.shared("synscan.pcapng"))
        self.assertEqual(
            (scan["kind"], scan["targets"], scan["answered"], scan["target"]),
            ("port", "1000", "3", "64.13.134.52 TCP"),
        )

    def test_counts(self):
        """A host's sessions are those that the fields name it in."""
        path = harness.shared("iot-spread-scan.pcap")
        ends = {}
        for frame in story.frames(path, ("malflow.session.id", "ip.src", "ip.dst"), "-Y",
                                  "malflow.session.id && ip && !icmp"):  # fmt: skip
            for address in frame["ip.src"] + frame["ip.dst"]:
                ends.setdefault(address, set()).add(frame["malflow.session.id"][0])
        told = {row["host"]: int(row["sessions"]) for row in hosts(path, "ip && !icmp")}
        self.assertGreater(len(told), 10)
        for address, sessions in told.items():
            self.assertEqual(sessions, len(ends[address]), address)


if __name__ == "__main__":
    harness.main()
