# SPDX-License-Identifier: GPL-2.0-or-later
"""-z malflow,findings: one screen that says what happened, on our own captures."""
import hashlib
import unittest

import harness
import protocols as proto
import report
import story

EGG, C2, SCAN = "egg download", "C&C", "outbound scan"


def program(host, frame):
    return host.at(report.PROGRAMS, frame)


class Figure1(unittest.TestCase):
    """The paper's example, by the times and ids that its figure tells."""

    @classmethod
    def setUpClass(cls):
        cls.path = harness.own("figure1")
        cls.told = report.tell(cls.path)
        cls.host = cls.told.hosts["192.168.0.101"]

    def test_verdict(self):
        self.assertEqual(self.told.judged, {"infected": 1})
        self.assertEqual(self.host.verdict, "infected: egg download, C&C, outbound scan")

    def test_way(self):
        way = [(e.session, e.time, e.text) for e in self.host.sections[report.WAY]]
        for session, time, words in (
            (3, "0.120", "DNS: proxim.ircgalaxy.pl. (115.126.2.121)"),
            (4, "1.607", "!get http://ntkrnlpa.cn/wr.jpg"),
            (5, "2.375", "DNS: ntkrnlpa.cn. (115.126.2.120)"),
            (6, "3.940", "xvv asn139 150 0 -b -r -s"),
        ):
            found = [text for s, t, text in way if (s, t) == (session, time)]
            self.assertEqual([words in text for text in found], [True], way)
        self.assertEqual(way, sorted(way, key=lambda step: float(step[1])))

    def test_executable(self):
        (found,) = self.host.sections[report.PROGRAMS]
        self.assertEqual(found.session, 7)
        for words in ("PE32, 37974 byte, disguised", "GET ntkrnlpa.cn/wr.jpg"):
            self.assertIn(words, found.text)
        self.assertIn("from 115.126.2.120:80", found.below[0])
        exported = report.objects(self.path, "http", "-c", "2000")
        self.assertEqual(exported.get(found.sha()), 37974)

    def test_orders(self):
        get, scan = self.host.sections[C2]
        self.assertEqual((get.session, get.time), (4, "1.607"))
        self.assertIn("115.126.2.121:65520 proxim.ircgalaxy.pl (IRC)", get.text)
        self.assertIn('order that brought an executable: "http://ntkrnlpa.cn/wr.jpg"', get.below)
        self.assertEqual((scan.session, scan.time), (6, "3.940"))
        self.assertIn("63.173.172.98:6668", scan.text)
        self.assertIn('order that started a scan: "xvv asn139 150 0 -b -r -s"', scan.below)

    def test_scan(self):
        (scan,) = self.host.sections[SCAN]
        self.assertEqual((scan.session, scan.time), (9, "4.039"))
        self.assertEqual(scan.text, "spread scan (TCP port 139): 168426 targets, 3 answered")
        order = self.host.sections[C2][1]
        self.assertEqual(
            scan.below,
            ['ordered by frame %d [6]: "xvv asn139 150 0 -b -r -s"' % order.frame],
        )


class Verdicts(unittest.TestCase):
    """Of each host of the captures that are made for it (see cap_findings.py)."""

    def verdicts(self, name):
        self.told = report.tell(harness.own(name))
        return {address: host.verdict for address, host in self.told.hosts.items()}

    def test_browsing(self):
        """Programs that a page offers are no list of a bot; posts to known sites no reports."""
        self.assertEqual(
            self.verdicts("findings_browsing"), {"10.1.1.5": "suspicious: egg download only"}
        )
        host = self.told.hosts["10.1.1.5"]
        texts = [entry.text for entry in host.sections[report.PROGRAMS]]
        for text, name in zip(texts, ("a", "b")):
            self.assertEqual(text, "PE32, 2048 byte, GET files.example.org/%s.exe" % name)
        self.assertEqual(len(texts), 2)
        way = [entry.text for entry in host.sections[report.WAY]]
        self.assertTrue(way[-1].startswith("HTTP: GET files.example.org/page.html (200"), way)

    def test_list(self):
        self.assertEqual(
            self.verdicts("findings_list"), {"10.1.1.5": "infected: egg download, C&C"}
        )
        (talk,) = self.told.hosts["10.1.1.5"].sections[C2]
        self.assertIn("203.0.113.66:80 home.example (HTTP)", talk.text)
        self.assertEqual(
            talk.below,
            ["list of 2 executables that were fetched next: GET home.example/work?id=7"],
        )

    def test_posts(self):
        """Twice to somebody new is suspected, once is not."""
        self.assertEqual(
            self.verdicts("findings_posts"),
            {
                "10.1.1.5": "suspicious: egg download, suspected C&C",
                "10.1.1.6": "suspicious: egg download only",
            },
        )
        (talk,) = self.told.hosts["10.1.1.5"].sections[C2]
        self.assertTrue(talk.text.startswith("suspected: 203.0.113.66:80"), talk.text)
        self.assertIn("2 POSTs to home.example", talk.below[0])

    def test_spam(self):
        """Four servers are too few (.6); who takes mail itself (.8) may have to send it."""
        self.assertEqual(
            self.verdicts("findings_spam"),
            {
                "10.1.1.5": "suspicious: spam only",
                "10.1.1.7": "suspicious: spam only",
                "10.1.1.8": "of note: suspected spam only",
            },
        )
        self.assertEqual(self.told.judged, {"suspicious": 2, "of note": 1})
        for address, words in (
            ("10.1.1.5", "mails: 5, recipients: 5, servers: 5"),
            ("10.1.1.7", "mails: 1, recipients: 50, servers: 1"),
        ):
            self.assertEqual(self.told.hosts[address].sections["spam"][0].below, [words])

    def test_digest(self):
        """Of the file as it was served."""
        for name, address, seeds in (
            ("findings_browsing", "10.1.1.5", (1, 2)),
            ("findings_posts", "10.1.1.6", (1,)),
        ):
            found = report.tell(harness.own(name)).hosts[address].sections[report.PROGRAMS]
            expected = [hashlib.sha256(proto.pe(2048, seed)).hexdigest() for seed in seeds]
            self.assertEqual([entry.sha() for entry in found], expected)

    def test_scanned(self):
        """Who does nothing but scan is suspicious."""
        told = report.tell(harness.own("scan_at"))
        self.assertTrue(told.hosts)
        for host in told.hosts.values():
            self.assertEqual((host.judged, list(host.sections)), ("suspicious", [SCAN]))


class Screen(unittest.TestCase):
    """Few are told in full, many by a line each, more are counted: report.Report checks the bound
    and the sums of every report that is read."""

    @classmethod
    def setUpClass(cls):
        cls.path = harness.own("findings_many")

    def some(self, n):
        """The report of the first N hosts."""
        chosen = "ip.src >= 10.1.1.10 && ip.src <= 10.1.1.%d" % (9 + n)
        return report.tell(self.path, chosen)

    def test_hundred(self):
        told = report.tell(self.path)
        self.assertEqual(told.judged, {"infected": 60, "suspicious": 40})
        self.assertEqual({host.judged for host in told.hosts.values()}, {"infected"})
        self.assertEqual(len(told.hosts) + told.more, 100)
        self.assertGreater(told.more, 60)
        self.assertEqual(list(told.hosts)[0], "10.1.1.10")
        self.assertTrue(list(told.hosts.values())[0].sections)

    def test_growing(self):
        """As long as there is a line for each beside the worst in full, each has one."""
        for n in (1, 2, 3, 5, 10, 20, 28, 35, 36, 37, 38, 50):
            with self.subTest(n):
                told = self.some(n)
                self.assertEqual(told.judged, {"infected": n})
                self.assertEqual(len(told.hosts) + told.more, n)
                if n <= 28:
                    self.assertEqual(told.more, 0)
                self.assertTrue(list(told.hosts.values())[0].sections)
                if n <= 3:
                    for host in told.hosts.values():
                        self.assertEqual(list(host.sections), [report.WAY, report.PROGRAMS, SCAN])

    def test_many_executables(self):
        told = report.tell(harness.own("findings_programs"))
        host = told.hosts["10.1.1.5"]
        self.assertEqual(host.counts[report.PROGRAMS], 31)
        self.assertEqual(len(host.sections[report.PROGRAMS]) + host.more[report.PROGRAMS], 31)
        self.assertIn(", 2 times, ", host.sections[report.PROGRAMS][0].text)


class Options(unittest.TestCase):
    def test_filter(self):
        told = report.tell(harness.own("findings_posts"), "ip.addr == 10.1.1.6")
        self.assertEqual(list(told.hosts), ["10.1.1.6"])
        self.assertIn("2 chosen sessions", told.lines[1])

    def test_nothing_chosen(self):
        told = report.tell(harness.own("findings_posts"), "icmp")
        self.assertTrue(told.nothing)
        self.assertIn("0 chosen sessions", told.lines[1])

    def test_two_passes(self):
        for name in ("findings_posts", "findings_list", "findings_spam"):
            path = harness.own(name)
            self.assertEqual(report.tell(path).text, report.tell(path, "", "-2").text)

    def test_wrong(self):
        for options, words in (
            ("first=3", "first=3: no such option"),
            ("tcp.prot == 1", "tcp.prot"),
        ):
            run = harness.room().run(
                "-q", "-r", harness.own("findings_posts"),
                "-z", "malflow,findings," + options, code=1, err=words,
            )  # fmt: skip
            self.assertEqual(run.out, "")

    def test_no_signatures_no_hits(self):
        path = harness.room().put_bytes("none.rules", b"")
        told = report.tell(harness.own("findings_posts"), "", "-o", "malflow.signatures:%s" % path)
        self.assertIn("with 0 signatures (0 hits)", told.lines[1])


def stages(name, *arguments, **checks):
    """Session id to the stages of its packets, as a set of lists in one text."""
    names = ["malflow.session.id", "malflow.stage"]
    out = {}
    for row in story.frames(harness.own(name), names, *arguments, **checks):
        if row["malflow.session.id"]:
            told = out.setdefault(int(row["malflow.session.id"][-1]), set())
            told.add(", ".join(row["malflow.stage"]))
    return out


class Fields(unittest.TestCase):
    def test_final_state(self):
        """Every packet of the session, and of no other."""
        self.assertEqual(stages("findings_list"), {1: {""}, 2: {C2}, 3: {""}, 4: {EGG}, 5: {EGG}})
        found = stages("findings_posts")
        self.assertEqual([found[1], found[2], found[3], found[4]], [{EGG}, {EGG}, {C2}, {""}])

    def test_scan(self):
        found = stages("findings_many", "-c", "27")
        self.assertEqual(
            found, {1: {""}, 2: {EGG}, **{session: {SCAN} for session in range(3, 15)}}
        )

    def test_one_pass(self):
        """As far as it is known: from the packet on that tells of it."""
        found = stages("findings_list", one_pass=True)
        self.assertEqual([found[4], found[5]], [{"", EGG}] * 2)
        self.assertEqual(found[1], {""})

    def test_filter(self):
        found = stages("findings_list", "-Y", 'malflow.stage == "C&C"')
        self.assertEqual(found, {2: {C2}})


if __name__ == "__main__":
    harness.main()
