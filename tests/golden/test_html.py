# SPDX-License-Identifier: GPL-2.0-or-later
"""-z malflow,html: the same rows as the timeline's and the JSON's, and nothing that could do harm."""
import base64
import unittest

import harness
import report_html
import report_json

ROOM = 300 * 1000  # bytes that a report may have beyond three times its timeline
REAL = ("honeynet-driveby.pcap", "irc-rbot-excerpt.pcap", "koobface-http-pe.pcap")


class Compare(unittest.TestCase):
    def take(self, path, options=""):
        report = report_html.Report(path, options)
        self.check_document(report)
        self.check_rows(report)
        return report

    def check_document(self, report):
        parsed = report.parsed
        self.assertEqual(parsed.faults, [])
        self.assertEqual(len(parsed.ids), len(set(parsed.ids)))
        targets = {"#" + name for name in parsed.ids}
        self.assertEqual({link for link in parsed.links if link not in targets}, set())
        for part in ("default-src 'none'", "base-uri 'none'", "form-action 'none'",
                     "script-src " + report_html.policy_hash(parsed.script),
                     "style-src " + report_html.policy_hash(parsed.style)):  # fmt: skip
            self.assertIn(part, parsed.policy.split("; "))
        self.assertNotIn("unsafe", parsed.policy)
        self.assertLessEqual(len(report.bytes), 3 * len(report.told.text) + ROOM)

    def check_rows(self, report):
        """Text, HTML and JSON tell the same rows."""
        told = [row.line for row in report.told.rows]
        self.assertEqual(
            [report_html.squeezed(row.line) for row in report.rows],
            [report_html.squeezed(line) for line in told],
        )
        self.assertEqual([row.id for row in report.rows], ["r%d" % (i + 1) for i in range(len(told))])
        self.assertEqual([one["malflow"]["row"] for one in report.json_rows],
                         list(range(1, len(told) + 1)))  # fmt: skip
        for row, text, one in zip(report.rows, report.told.rows, report.json_rows):
            self.assertEqual(report_json.kind_of(one), text.kind)
            self.assertEqual(one["malflow"]["session"]["id"], int(row.cells[1]))
            hits = text.hits if text.kind != "payload" else report_json.messages(one)
            self.assertEqual(report_json.messages(one), hits)
            self.assertEqual([int(c) for c in row.attributes.get("data-g") or ""], self.stages(one))
            self.check_payload(row, one)

    @staticmethod
    def stages(one):
        names = ("inbound scan", "exploit", "egg download", "C&C", "outbound scan", "spam", "exfiltration")
        return [names.index(name) for name in one["malflow"].get("stage", ())]

    def check_payload(self, row, one):
        """The same bytes, as far as the text goes."""
        if row.payload is None:
            self.assertNotIn("payload", one["malflow"])
            return
        whole = base64.b64decode(one["malflow"]["payload_base64"])
        data = base64.b64decode(row.payload, validate=True)
        self.assertEqual(data, whole[: len(one["malflow"]["payload"])])


class Own(Compare):
    def test_figure1(self):
        report = self.take(harness.own("figure1"))
        self.assertGreater(len(report.rows), 100)
        scan = next(row for row in report.rows if "Spread Scan" in row.cells[-1])
        self.assertEqual(scan.members, 13)  # twelve, and how many more
        self.assertEqual(scan.links, ["#r%d" % self.row_of(report, 84)])
        text = "".join(report.parsed.text)
        for words in ("1 host infected", "168,435", "lab-xp", "and 168414 more sessions"):
            self.assertIn(words, text)

    @staticmethod
    def row_of(report, frame):
        return next(one["malflow"]["row"] for one in report.json_rows if one["malflow"]["frame"] == frame)

    def test_options(self):
        """The same options, the same rows."""
        path = harness.own("everything")
        for options in ("", "packets=all,fold=on", "aggregate=off", "beacons=off,requests=off", "hits=only",
                        "priority=1", "payload=7,packets=all", "utc", "tcp.port == 80",
                        "fold=on,ip.addr == 10.1.1.5"):  # fmt: skip
            with self.subTest(options):
                self.assertTrue(self.take(path, options).rows)

    def test_every(self):
        for name in harness.own_names():
            with self.subTest(name):
                self.take(harness.own(name), "packets=all,fold=on")

    def test_empty(self):
        report = self.take(harness.own("empty"))
        self.assertEqual(report.rows, [])
        self.assertIn("Nothing was found", "".join(report.parsed.text))


class Real(Compare):
    def test_three(self):
        if not harness.shared_names():
            self.skipTest("no real captures here")
        paths = {path.name: path for path in harness.every_shared()}
        for name in REAL:
            with self.subTest(name):
                for options in ("", "packets=all"):
                    self.assertTrue(self.take(paths[name], options).rows)

    def test_tells_what_was_not_read(self):
        told = "".join(self.take(harness.shared("dridex-tls.pcap")).parsed.text)
        self.assertRegex(told, r"Not read: what \d+ TLS or QUIC sessions? carried")


class Hostile(Compare):
    def test_inert(self):
        report = self.take(harness.own("control_bytes"), "packets=all")
        text = report.text.replace(report.parsed.script, "").replace(report.parsed.style, "")
        bad = {c for c in text if c != "\n" and not " " <= c <= "~"}
        self.assertEqual(bad, set())

    def test_title_is_text(self):
        target = harness.room().home / "t.html"
        words = "</title><script>alert(1)</script>\u202e"
        harness.room().run("-q", "-r", harness.own("vlan"), "-z",
                           "malflow,html,%s,title=%s" % (target, words))  # fmt: skip
        parsed = report_html.Parser(target.read_text(encoding="utf-8"))
        self.assertEqual(parsed.faults, [])
        self.assertTrue(parsed.title.startswith(words[:-1] + "\\u{202e}"), parsed.title)


class Output(unittest.TestCase):
    def test_standard_output(self):
        run = harness.room().run("-q", "-r", harness.own("vlan"), "-z", "malflow,html,-")
        self.assertTrue(run.out.startswith("<!DOCTYPE html>\n"))
        self.assertTrue(run.out.endswith("</html>\n"))

    def test_same_bytes(self):
        runs = [harness.room().run("-q", "-r", harness.own("everything"), "-z", "malflow,html,-").out_bytes
                for _ in range(2)]  # fmt: skip
        self.assertEqual(runs[0], runs[1])


if __name__ == "__main__":
    harness.main()
