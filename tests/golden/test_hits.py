# SPDX-License-Identifier: GPL-2.0-or-later
"""-z malflow,hits: one row per signature that fired, with the counts of the final state."""
import re
import unittest

import harness
import story

RULES = (
    'alert tcp any any -> any any (msg:"Asks"; flow:to_server; content:"GET /"; sid:300; rev:4; '
    "classtype:web-application-activity; priority:3;)\n"
    'alert tcp any any -> any any (msg:"Answers"; flow:to_client; content:"HTTP/1.1 200"; sid:100; '
    "priority:1; metadata:signature_severity Major;)\n"
    'alert udp any any -> any any (msg:"Looks up"; content:"example"; sid:200; priority:2;)\n'
    'alert tcp any any -> any any (msg:"Unheard of"; content:"no such bytes"; sid:400;)\n'
)
ROW = re.compile(
    r"^ *(?P<frame>\d+) +(?P<session>\d+) +(?P<hits>\d+) +(?P<sessions>\d+) +(?P<priority>\d+) "
    r"(?P<severity>\S+) +(?P<sid>\d+):(?P<rev>\d+)  (?P<message>.*?)(?: \[(?P<kind>[^\]]*)\])?$"
)


def rules():
    return "malflow.signatures:%s" % harness.room().put_bytes("hits.rules", RULES.encode())


def table(path, options="", *arguments, **checks):
    """The rows of -z malflow,hits[,OPTIONS] as dicts, with RULES."""
    name = "malflow,hits" + ("," + options if options else "")
    run = harness.room().run("-q", "-r", path, "-o", rules(), "-z", name, *arguments, **checks)
    rows = [ROW.match(line) for line in run.out.splitlines()]
    return [row.groupdict() for row in rows if row]


def sids(rows):
    return [int(row["sid"]) for row in rows]


class Table(unittest.TestCase):
    def test_rows(self):
        """Each signature once, in order of the first frame; those that did not fire are absent."""
        rows = table(harness.own("http_keepalive"))
        self.assertEqual(sids(rows), [200, 300, 100])
        self.assertEqual(
            rows[1],
            {"frame": "6", "session": "2", "hits": "8", "sessions": "1", "priority": "3",
             "severity": "-", "sid": "300", "rev": "4", "message": "Asks",
             "kind": "web-application-activity"},
        )  # fmt: skip
        self.assertEqual((rows[2]["hits"], rows[2]["severity"]), ("8", "Major"))

    def test_agrees_with_the_fields(self):
        """Counts are those of malflow.hit.sid on the frames."""
        path = harness.own("http_keepalive")
        names = ("frame.number", "malflow.hit.sid")
        found = story.frames(path, names, "-Y", "malflow.hit.sid", "-o", rules())
        for row in table(path):
            frames = [int(f["frame.number"][0]) for f in found
                      for sid in f["malflow.hit.sid"] if sid == row["sid"]]  # fmt: skip
            self.assertEqual((len(frames), frames[0]), (int(row["hits"]), int(row["frame"])))

    def test_no_hit(self):
        self.assertEqual(table(harness.own("scan_at")), [])

    def test_two_passes(self):
        path = harness.own("http_keepalive")
        self.assertEqual(table(path), table(path, "", "-2"))

    def test_what_waits_for_the_end(self):
        """A rule that only the end of the capture decides is in the table, and in the fields of a
        second pass."""
        rule = (
            'alert tcp any any -> any any (msg:"Waits"; flow:to_client; content:"200 OK"; '
            'content:!"no such bytes"; distance:0; sid:1;)\n'
        )
        path = harness.own("http_pe_broken")
        setting = "malflow.signatures:%s" % harness.room().put_bytes("wait.rules", rule.encode())
        run = harness.room().run("-q", "-r", path, "-o", setting, "-z", "malflow,hits")
        self.assertIn("1:0  Waits", run.out)
        found = story.hits(path, "-o", setting)
        self.assertEqual([message for _, _, message in found], ["Waits"])


class Fields(unittest.TestCase):
    RULE = (
        'alert http any any -> any any (msg:"Fetches"; flow:to_server; http.method; content:"GET"; '
        "classtype:trojan-activity; priority:2; reference:url,www.example.org/a; "
        "reference:cve,2008-4250; metadata:malware_family Sality, signature_severity Critical, "
        "mitre_technique_id T1105; sid:7; rev:9;)\n"
    )
    VALUES = {
        "sid": "7", "rev": "9", "msg": "Fetches", "classtype": "trojan-activity", "priority": "2",
        "severity": "Critical", "mitre": "T1105", "family": "Sality",
        "reference": "url,www.example.org/a cve,2008-4250", "count": "8",
    }  # fmt: skip

    @classmethod
    def setUpClass(cls):
        path = harness.room().put_bytes("fields.rules", cls.RULE.encode())
        cls.setting = ("-o", "malflow.signatures:%s" % path)
        cls.path = harness.own("http_keepalive")

    def test_values(self):
        names = ["malflow.hit." + name for name in self.VALUES]
        found = story.frames(self.path, names, "-Y", "malflow.hit.sid == 7", *self.setting)
        self.assertEqual(len(found), 8)
        for frame in found:
            got = {name: frame["malflow.hit." + name] for name in self.VALUES}
            self.assertEqual(got, {name: [value] for name, value in self.VALUES.items()})

    def test_one_pass_counts_up(self):
        found = story.frames(self.path, ["malflow.hit.count"], "-Y", "malflow.hit.sid",
                             *self.setting, one_pass=True)  # fmt: skip
        counts = [frame["malflow.hit.count"][0] for frame in found]
        self.assertEqual(counts, [str(count) for count in range(1, 9)])

    def test_sessions_of_a_signature(self):
        """Every packet of a session in which it fired, and no other."""
        names = ["frame.number", "malflow.session.id"]
        found = story.frames(self.path, names, "-Y", "malflow.session.sid == 7", *self.setting)
        whole = story.frames(self.path, names, "-Y", "malflow.session.id == 2", *self.setting)
        self.assertEqual(found, whole)
        self.assertGreater(len(whole), 16)

    def test_expert(self):
        out = harness.room().run("-q", "-r", self.path, "-z", "expert", *self.setting).out
        self.assertRegex(out, r"Warns.*\n(.*\n)*? +8 +Security +Malflow +Fetches")


class Options(unittest.TestCase):
    def test_order(self):
        path = harness.own("http_keepalive")
        for order, expected in (
            ("frame", [200, 300, 100]),
            ("sid", [100, 200, 300]),
            ("priority", [100, 200, 300]),
        ):
            with self.subTest(order):
                self.assertEqual(sids(table(path, "sort=" + order)), expected)
        counts = [int(row["hits"]) for row in table(path, "sort=count")]
        self.assertEqual(counts, sorted(counts, reverse=True))

    def test_priority(self):
        self.assertEqual(sids(table(harness.own("http_keepalive"), "priority=1")), [100])

    def test_filter(self):
        """Sessions of which a frame passes, whole."""
        path = harness.own("http_keepalive")
        self.assertEqual(sids(table(path, "udp")), [200])
        one = table(path, "sort=sid,frame.number == 3")  # no hit stands on it, but on its session
        self.assertEqual([(row["sid"], row["hits"]) for row in one], [("100", "8"), ("300", "8")])
        self.assertEqual(table(path, "icmp"), [])

    def test_wrong(self):
        path = harness.own("http_keepalive")
        for options, words in (
            ("sort=size", "sort=size: expected frame, count, priority or sid"),
            ("priority=0", "priority=0: expected a number"),
            ("first=3", "first=3: no such option"),
            ("tcp.prot == 1", "tcp.prot"),
        ):
            with self.subTest(options):
                run = harness.room().run(
                    "-q", "-r", path, "-z", "malflow,hits," + options, code=1, err=words
                )
                self.assertEqual(run.out, "")

    def test_beside_the_timeline(self):
        path = harness.own("http_keepalive")
        run = harness.room().run(
            "-q", "-r", path, "-z", "malflow,timeline", "-z", "malflow,hits", "-z", "malflow,stats"
        )
        self.assertIn("malflow hits: 8, signatures: 1, sessions: 1", run.out)
        self.assertIn("*** %s *** x8" % story.PE, run.out)


if __name__ == "__main__":
    harness.main()
