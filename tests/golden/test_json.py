# SPDX-License-Identifier: GPL-2.0-or-later
"""-z malflow,json: valid by its schema, and the same rows as the timeline's."""
import base64
import json
import re
import unittest

import harness
import report_json
import story

import cap_hostile  # from tests/tools, whose path harness adds

OPTIONS = "packets=all,fold=on"
# Fields that no capture here gives: bounds that take much to hit, what other outputs ask for, what
# later versions of Wireshark tell, words that the bundled rules do not use; of a beacon what a session
# of the same kind has, of a scan what few have.
UNSEEN = re.compile(
    r"malflow\.limits|file\.hash\.md5$|tls\.client\.ja4$|threat\.tactic|malflow\.hit\.family$|"
    r"^beacon: (dns|tls|email|malflow\.cause)\.|^scan: network\.protocol$"
)


class Schema(unittest.TestCase):
    def walk(self, part, path="$"):
        yield path, part
        for key in ("properties", "$defs"):
            for name, below in part.get(key, {}).items():
                yield from self.walk(below, "%s.%s" % (path, name))
        if "items" in part:
            yield from self.walk(part["items"], path + "[]")

    def test_is_valid(self):
        report_json.validator()

    def test_is_strict_and_described(self):
        for path, part in self.walk(report_json.schema()):
            with self.subTest(path):
                if "properties" in part and path != "$" and path != "$.event":
                    self.assertIs(part.get("additionalProperties"), False)
                if not path.endswith("[]"):
                    words = part.get("description") or report_json.resolve(part).get("description")
                    self.assertTrue(words)

    def test_every_kind(self):
        said = report_json.schema()["properties"]["event"]["properties"]["dataset"]["enum"]
        self.assertEqual(said, ["malflow." + kind for kind in report_json.KINDS])

    def test_refuses(self):
        """Wrong objects, so that the other tests can fail."""
        good = report_json.Report(harness.own("http_pe_image")).rows[0]
        self.assertEqual(report_json.faults(good), [])
        for change in (
            {"more": 1},
            {"@timestamp": "2008-01-01"},
            {"source": {**good["source"], "ip": "example.org"}},
            {"event": {**good["event"], "dataset": "malflow.other"}},
            {"event": {**good["event"], "dataset": "malflow.hit"}},
            {"malflow": {**good["malflow"], "row": 0}},
        ):
            self.assertNotEqual(report_json.faults({**good, **change}), [], change)

    def test_display_fields_keep_their_names(self):
        """What stands below malflow and has the name of a display field has its type."""
        listed = harness.room().run("-G", "fields").out.splitlines()
        rows = [line.split("\t") for line in listed if "\tmalflow." in line]
        types = {row[2]: row[3] for row in rows if row[0] == "F"}
        kinds = {"string": "FT_STRING", "boolean": "FT_BOOLEAN", "integer": "FT_(U?INT|FRAMENUM)",
                 "number": "FT_(DOUBLE|RELATIVE_TIME)"}  # fmt: skip
        checked = set()
        for kind in report_json.KINDS:
            part = report_json.schema()["$defs"][kind]["properties"]["malflow"]
            for path, leaf in self.leaves(part):
                name = "malflow." + path
                if name in types and "type" in leaf:
                    self.assertRegex(types[name], kinds[leaf["type"]], name)
                    checked.add(name)
        self.assertGreater(len(checked), 25)

    def leaves(self, part, before=""):
        part = report_json.resolve(part)
        if "items" in part:
            part = report_json.resolve(part["items"])
        if "properties" not in part:
            yield before, part
        for key, below in part.get("properties", {}).items():
            yield from self.leaves(below, before + "." + key if before else key)


class Compare(unittest.TestCase):
    """The timeline and the JSON of one run, line by line."""

    def check(self, report):
        self.assertEqual([one["malflow"]["row"] for one in report.rows],
                         list(range(1, len(report.told.rows) + 1)))  # fmt: skip
        zero = report_json.seconds(report.capture["@timestamp"]) if report.rows else 0
        for row, one in zip(report.told.rows, report.rows):
            said = self.said(one, zero)
            wanted = self.wanted(row, len(one["malflow"].get("payload", "")))
            if said != wanted:
                self.fail("%s\n%s\n%s\n%s" % (row.line, json.dumps(one), said, wanted))
            self.check_rest(row, one)

    @staticmethod
    def said(one, zero):
        """What both must tell of every row, from the JSON."""
        kind = report_json.kind_of(one)
        since = report_json.seconds(one["@timestamp"]) - zero
        own = one["malflow"]
        return {
            "kind": kind,
            "session": own["session"]["id"],
            "time": "%.3f" % (((since + 500000) // 1000000) / 1000),
            "hits": report_json.messages(one),
            "causes": [(c["session"], c["frame"], c["kind"]) for c in own.get("cause", ())
                       if c["kind"] != "exec"],
        }  # fmt: skip

    @staticmethod
    def wanted(row, payload):
        """The same from the text, where only behind the PAYLOAD a hit is one."""
        hits = row.hits if row.kind != "payload" else story.HIT.findall(row.details[payload:])
        return {
            "kind": row.kind,
            "session": row.session,
            "time": row.time,
            "hits": {message: int(count or 1) for message, count in dict(hits).items()},
            "causes": [cause for cause in row.causes if cause[2] != "exec"],
        }

    def check_rest(self, row, one):
        after = [(c["session"], c["frame"]) for c in one["malflow"].get("cause", ())
                 if c["kind"] == "exec"]  # fmt: skip
        self.assertLessEqual({c[:2] for c in row.causes if c[2] == "exec"}, set(after))
        getattr(self, "check_" + row.kind)(row, one)

    @staticmethod
    def endpoint(end):
        address = end.get("ip", "")
        if "port" not in end:
            return address
        return ("[%s]:%d" if ":" in address else "%s:%d") % (address, end["port"])

    def check_ends(self, row, one):
        self.assertEqual(self.endpoint(one["source"]), row.source, row.line)
        self.assertEqual(self.endpoint(one["destination"]), row.target, row.line)
        app = one["malflow"]["session"]["app"]
        self.assertEqual(app, row.app or row.l4, row.line)

    def check_session(self, row, one):
        self.check_ends(row, one)
        ends = (one["source"], one["destination"])
        counts = tuple(end[key] for end in ends for key in ("bytes", "packets"))
        if row.counts:
            self.assertEqual(counts, row.counts)
        self.assertIn(one["malflow"]["session"].get("summary", ""), row.details)

    def check_scan(self, row, one):
        self.check_ends(row, one)
        scan = one["malflow"]["scan"]
        self.assertEqual((scan["count"], scan["type"]), (row.scan_sessions, row.scan_kind))
        word = "targets" if scan["type"] == "spread" else "ports"
        said = "%d %s, %d answered" % (scan["targets"], word, scan["answered"])
        self.assertTrue(row.scan_details.startswith(said), row.line)

    def check_beacon(self, row, one):
        self.check_ends(row, one)
        beacon = one["malflow"]["beacon"]
        self.assertEqual(beacon["count"], row.beacon_sessions)
        self.assertIn("every %.1f s" % (int(beacon["period"] * 10) / 10), row.beacon_details)

    def check_fold(self, row, one):
        fold = one["malflow"]["fold"]
        self.assertEqual(
            (one["source"]["ip"], fold["count"], fold["purpose"]),
            (row.source, row.fold_sessions, row.fold_purpose),
        )
        self.assertIn(", ".join(fold.get("name", ())), row.fold_details)

    def check_request(self, row, one):
        self.assertTrue(row.text.startswith(one["malflow"]["request"]["summary"]), row.line)
        self.assertIn(one.get("url", {}).get("original", ""), row.text)

    def check_payload(self, row, one):
        own = one["malflow"]
        self.assertEqual(own["session"]["app"], row.app)
        self.assertEqual(own["direction"], "orig" if row.way == "To >>" else "resp")
        self.assertTrue(row.details.startswith(own["payload"]), row.line)
        data = base64.b64decode(own["payload_base64"], validate=True)
        text = "".join(chr(b) if 0x20 <= b <= 0x7E else "." for b in data)
        self.assertTrue(text.startswith(own["payload"]))


class Options(Compare):
    def test_all(self):
        """Each of those that say which rows there are."""
        path = harness.own("everything")
        for options in ("", "aggregate=off", "beacons=off,requests=off", "hits=only", "priority=1",
                        "payload=7", "tcp.port == 80", "fold=on,ip.addr == 10.1.1.5"):  # fmt: skip
            with self.subTest(options):
                report = report_json.Report(path, options)
                self.assertTrue(report.rows)
                self.check(report)


class Whole(Compare):
    """Every capture: valid, and the same rows."""

    def setUp(self):
        self.seen = {}

    def take(self, path):
        report = report_json.Report(path, OPTIONS)
        self.check(report)
        for one in report.objects:
            self.assertEqual(report_json.faults(one), [], json.dumps(one)[:2000])
            self.seen.setdefault(report_json.kind_of(one), set()).update(report_json.paths(one))
        self.check_counts(report)

    def check_counts(self, report):
        counts = report.capture["malflow"]["capture"]
        self.assertEqual([report_json.kind_of(report.objects[0])], ["capture"])
        for kind in ("hit", "link", "host", "file"):
            self.assertEqual(counts[kind + "s"], len(report.of_kind(kind)), kind)
        self.assertEqual(counts["rows"], len(report.rows))
        order = [report_json.KINDS.index(report_json.kind_of(one)) for one in report.objects]
        rows = [0 if k in (1, 2, 3, 4, 5, 6) else k for k in order[1:]]
        self.assertEqual(rows, sorted(rows))

    def test_every(self):
        for name in harness.own_names():
            self.take(harness.own(name))
        if harness.shared_names():
            for path in harness.every_shared():
                self.take(path)
            self.check_seen()

    def check_seen(self):
        """No field of the schema is idle talk."""
        idle = {
            "%s: %s" % (kind, path)
            for kind in report_json.KINDS
            for path in set(report_json.declared(report_json.schema()["$defs"][kind]))
            - self.seen[kind]
        }
        self.assertEqual({path for path in idle if not UNSEEN.search(path)}, set())


class Figure1(unittest.TestCase):
    def test_counts(self):
        report = report_json.Report(harness.own("figure1"))
        scan = report.of_kind("scan")[0]
        self.assertEqual(scan["malflow"]["scan"]["count"], 168426)
        self.assertEqual(report.capture["malflow"]["capture"]["frames"], 168801)


class Hostile(unittest.TestCase):
    def setUp(self):
        self.report = report_json.Report(harness.own("control_bytes"), "packets=all")

    def test_one_line_is_one_object(self):
        self.assertEqual(self.report.bytes.count(b"\n"), len(self.report.objects))

    def test_no_control_character(self):
        text = self.report.bytes.decode("utf-8")  # strict
        bad = {c for c in text if c != "\n" and (ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0)}
        self.assertEqual(bad, set())

    def test_payload_is_whole(self):
        said = [base64.b64decode(one["malflow"]["payload_base64"])
                for one in self.report.of_kind("payload")
                if one["malflow"]["direction"] == "resp"
                and one["malflow"]["session"]["app"] == "IRC"]  # fmt: skip
        self.assertEqual(said, [b":boss!b@c " + line for line in cap_hostile.HOSTILE])

    def test_payload_option_cuts_the_text_alone(self):
        whole = [one["malflow"]["payload_base64"] for one in self.report.of_kind("payload")]
        cut = report_json.Report(harness.own("control_bytes"), "packets=all,payload=3")
        self.assertEqual([one["malflow"]["payload_base64"] for one in cut.of_kind("payload")], whole)
        self.assertTrue(all(len(o["malflow"]["payload"]) <= 3 for o in cut.of_kind("payload")))


class CommunityId(unittest.TestCase):
    """Against Wireshark's own."""

    def compare(self, path):
        arguments = ("-r", path, "--enable-protocol", "communityid", "-T", "fields",
                     "-e", "frame.number", "-e", "communityid")  # fmt: skip
        out = harness.stock().run(*arguments, **harness.checks_for(path)).out
        wanted = dict(line.split("\t") for line in out.splitlines())
        checked = 0
        for one in report_json.Report(path, "aggregate=off").of_kind("session"):
            said = one["network"].get("community_id")
            if said is not None:
                self.assertIn(said, wanted[str(one["malflow"]["frame"])].split(","), one)
                checked += 1
        return checked

    def test_own(self):
        self.assertGreater(self.compare(harness.own("everything")), 300)

    def test_shared(self):
        self.assertGreater(sum(self.compare(path) for path in harness.every_shared()), 300)


class Ek(unittest.TestCase):
    """The malflow fields of tshark -T ek, regrouped as README says, are those of the report."""

    def regroup(self, layer):
        out = {}
        for name, value in layer.items():
            parts = name.replace("malflow_malflow_", "", 1).split("_", 1)
            if name.startswith("malflow_malflow_") and len(parts) == 2:
                out.setdefault(parts[0], {})[parts[1]] = value
        return out

    def test_session(self):
        path = harness.own("odd_ports")
        run = harness.room().run("-2", "-r", path, "-T", "ek", "-J", "malflow")
        packets = [json.loads(line) for line in run.out.splitlines()]
        layers = [p["layers"]["malflow"] for p in packets if "malflow" in p.get("layers", {})]
        packets = {int(s["id"]): s for s in (self.regroup(layer)["session"] for layer in layers)}
        told = [one["malflow"]["session"] for one in report_json.Report(path).of_kind("session")]
        self.assertGreater(len(told), 3)
        for session in told:
            same = packets[session["id"]]
            self.assertEqual({k: str(v) for k, v in session.items()},
                             {k: same[k] for k in session})  # fmt: skip


class Output(unittest.TestCase):
    def run_json(self, name, **checks):
        return harness.room().run("-q", "-r", harness.own("vlan"), "-z", "malflow,json" + name,
                                  **checks)  # fmt: skip

    def test_standard_output(self):
        lines = self.run_json(",-").out.splitlines()
        self.assertEqual(report_json.kind_of(json.loads(lines[0])), "capture")
        self.assertGreater(len(lines), 1)

    def test_no_file(self):
        self.run_json("", code=1, err="expected the name of a file")

    def test_cannot_be_written(self):
        """Said before the capture is read."""
        run = self.run_json(",/nonexistent/x.json", code=1, err="cannot write \"/nonexistent/x.json\"")
        self.assertEqual(run.out, "")

    def test_full(self):
        self.run_json(",/dev/full", err="could not be written whole to /dev/full")

    def test_wrong_option(self):
        self.run_json(",-,nonsense=1", code=1, err="nonsense=1: no such option")

    def test_twice_the_same(self):
        path = harness.own("everything")
        first, second = (report_json.Report(path, OPTIONS).bytes for _ in range(2))
        self.assertEqual(first, second)


if __name__ == "__main__":
    harness.main()
