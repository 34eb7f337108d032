# SPDX-License-Identifier: GPL-2.0-or-later
"""-z malflow,iocs: what of a capture can be looked for elsewhere, and in which part it played."""
import csv
import functools
import io
import json
import re
import unittest

import harness
import stix

ROW = re.compile(r"^(?P<type>[A-Za-z0-9 &-]{12}) (?P<value>.*)$")
BELOW = re.compile(
    r"^ {13}(?:(?P<apart>private|well-known service); )?(?P<suspected>suspected: )?"
    r"(?P<role>[^;]*); first in frame (?P<frame>\d+) \[(?P<session>\d+)\], [\d.]+ s: (?P<why>.*)$"
)


FORMS = ("table", "csv", "stix", "misp")


@functools.lru_cache(maxsize=None)
def told(path, *arguments, filtered=""):
    """Form to its text, by one run for all of them."""
    wanted = [word for form in FORMS for word in ("-z", "malflow,iocs,%s%s" % (form, filtered))]
    checks = harness.checks_for(path)
    run = harness.room().run("-q", "-r", path, *wanted, *arguments, **checks)
    parts = re.split(r"(?m)^(?=malflow indicators: |type,value,|\{)", run.out)[1:]
    starts = ("malflow", "type,", '{"type":"bundle"', '{"Event"')
    return {
        form: part for form, start in zip(FORMS, starts) for part in parts if part.startswith(start)
    }


def rows(path, *arguments, **choice):
    """Those of the CSV, as dicts."""
    return list(csv.DictReader(io.StringIO(told(path, *arguments, **choice)["csv"], newline="")))


def of(indicators, kind, apart=""):
    """Value to its roles."""
    return {
        row["value"]: row["role"].split(", ")
        for row in indicators
        if row["type"] == kind and row["kept_apart"] == apart
    }


class Forms(unittest.TestCase):
    """All forms tell the same of each of our own captures, and keep to their standards."""

    def each(self, check):
        for name in harness.own_names():
            with self.subTest(name):
                path = harness.own(name)
                check(rows(path), told(path))

    def check_table(self, wanted, texts):
        lines = texts["table"].splitlines()
        apart = sum(row["kept_apart"] != "" for row in wanted)
        head = ", and %d kept apart" % apart if apart else ""
        self.assertEqual(lines[0], "malflow indicators: %d%s" % (len(wanted) - apart, head))
        lines = [line for line in lines[1:] if not line.startswith(("kept apart", "not listed"))]
        self.assertEqual(len(lines), 2 * len(wanted))
        for row, first, below in zip(wanted, lines[::2], lines[1::2]):
            head, found = ROW.match(first), BELOW.match(below)
            self.assertTrue(head and found, (first, below))
            self.assertEqual((head["type"].strip(), head["value"]), (row["type"], row["value"]))
            self.assertEqual((found["role"], found["frame"]), (row["role"], row["frame"]))
            self.assertEqual(found["apart"] or "", row["kept_apart"])

    def test_table(self):
        self.each(self.check_table)

    def check_stix(self, wanted, texts):
        bundle = json.loads(texts["stix"])
        stix.check(self, bundle)
        self.assertEqual(
            [x["name"] for x in bundle["objects"] if x["type"] == "indicator"],
            ["%s %s" % (row["type"], row["value"]) for row in wanted if not row["kept_apart"]],
        )

    def test_stix(self):
        self.each(self.check_stix)

    def check_misp(self, wanted, texts):
        event = json.loads(texts["misp"])
        stix.check_misp(self, event)
        self.assertEqual(
            [(a["value"], a["to_ids"]) for a in event["Event"]["Attribute"]],
            [
                (row["value"], not row["kept_apart"] and row["certainty"] == "found")
                for row in wanted
            ],
        )

    def test_misp(self):
        self.each(self.check_misp)

    def test_same_bytes(self):
        path = harness.own(harness.own_names()[0])
        self.assertEqual(told(path), told.__wrapped__(path))

    def test_unknown(self):
        run = harness.room().run(
            "-q", "-r", harness.own("figure1"), "-z", "malflow,iocs,form=xml", code=1, err=None
        )
        self.assertIn("there are table, csv, stix, misp", run.err)

    def test_filter(self):
        """Only what is evidence in the sessions of the filter."""
        path = harness.own("figure1")
        chosen = rows(path, filtered=",malflow.session.id == 7")
        self.assertLess(len(chosen), len(rows(path)))
        self.assertIn("ntkrnlpa.cn", of(chosen, "domain"))
        self.assertNotIn("63.173.172.98", of(chosen, "address"))


class Figure(unittest.TestCase):
    def test_figure1(self):
        found = rows(harness.own("figure1"))
        self.assertEqual(
            of(found, "domain"),
            {"proxim.ircgalaxy.pl": ["led to it", "C&C"], "ntkrnlpa.cn": ["download"]},
        )
        self.assertEqual(of(found, "URL"), {"http://ntkrnlpa.cn/wr.jpg": ["download"]})
        addresses = of(found, "address")
        self.assertEqual(addresses["115.126.2.120"], ["download"])
        self.assertIn("C&C", addresses["115.126.2.121"])
        self.assertIn("C&C", addresses["63.173.172.98"])
        answered = [a for a, roles in addresses.items() if roles == ["scan target that answered"]]
        self.assertEqual(len(answered), 3)
        self.assertEqual([len(x) for x in of(found, "SHA-256")], [64])
        self.assertEqual([len(x) for x in of(found, "MD5")], [32])


class Real(unittest.TestCase):
    """What FACTS.md tells of real captures."""

    def found(self, name, *arguments):
        return rows(harness.shared(name), *arguments)

    def test_benign(self):
        self.assertEqual(self.found("benign-irc-skype.cap"), [])

    def test_koobface(self):
        found = self.found("koobface-http-pe.pcap")
        self.assertEqual(of(found, "domain")["mahjongmuseum.com"], ["download"])
        self.assertIn("C&C", of(found, "domain")["keeplan.com"])
        self.assertEqual(of(found, "address")["207.217.125.50"], ["download"])
        self.assertEqual(len(of(found, "SHA-256")), 8)
        self.assertEqual(len(of(found, "MD5")), 8)
        downloads = [url for url, roles in of(found, "URL").items() if "download" in roles]
        self.assertEqual(len(downloads), 8)
        (first,) = [r for r in found if r["value"] == "mahjongmuseum.com"]
        self.assertEqual((first["frame"], first["certainty"]), ("224", "found"))

    def test_lokibot(self):
        found = self.found("lokibot.pcap")
        self.assertEqual(of(found, "domain"), {"posqit.net": ["download"], "bibpap.com": ["C&C"]})
        self.assertEqual(of(found, "user agent")["Mozilla/4.08 (Charon; Inferno)"], ["C&C"])

    def test_dridex(self):
        keys = harness.room().put(harness.shared("dridex-tls.keys"))
        found = self.found("dridex-tls.pcap", "-o", "tls.keylog_file:%s" % keys)
        self.assertEqual(
            of(found, "URL"),
            {
                "https://foodsgoodforliver.com/invest_20.dll": ["download"],
                "https://105711.com/docs.php": ["C&C"],
            },
        )
        suspected = {r["value"] for r in found if r["certainty"] == "suspected"}
        self.assertIn("105711.com", suspected)
        self.assertNotIn("foodsgoodforliver.com", suspected)
        self.assertEqual(len(of(found, "JA3")), 2)

    def test_rules_load(self):
        """What fingerprints become are rules that run."""
        path = harness.shared("dridex-tls.pcap")
        keys = harness.room().put(harness.shared("dridex-tls.keys"))
        bundle = json.loads(told(path, "-o", "tls.keylog_file:%s" % keys)["stix"])
        rules = [x["pattern"] for x in bundle["objects"] if x.get("pattern_type") == "suricata"]
        file = harness.room().put_bytes("iocs.rules", "\n".join(rules).encode())
        signatures = "malflow.signatures:%s" % file
        run = harness.room().run("-q", "-r", path, "-o", signatures, "-z", "malflow,hits")
        kinds = 2 if harness.tshark_is(4, 2) else 1  # JA3, and JA4 since 4.2
        self.assertEqual(len(rules), 2 * kinds)
        self.assertEqual(run.out.count("TLS client seen with malware"), 2 * kinds)

    def test_honeynet(self):
        """The kit's pages led to it; its private address is kept apart."""
        found = self.found("honeynet-driveby.pcap")
        self.assertIn("download", of(found, "domain")["sploitme.com.cn"])
        self.assertEqual(of(found, "domain")["rapidshare.com.eyu32.ru"], ["led to it"])
        self.assertIn("192.168.56.52", of(found, "address", "private"))
        self.assertEqual(of(found, "address"), {})

    def test_ports(self):
        found = self.found("raw-tcp-pe.pcap")
        self.assertIn("download", of(found, "address")["64.227.107.71"])


if __name__ == "__main__":
    harness.main()
