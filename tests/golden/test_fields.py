# SPDX-License-Identifier: GPL-2.0-or-later
"""The display fields: their names and types, and their use in filters, columns and exports."""
import json
import unittest

import harness
import story

FIELDS = {  # name: type, as tshark -G fields prints it
    "malflow.session.id": "FT_UINT32",
    "malflow.session.orig": "FT_STRING",
    "malflow.session.resp": "FT_STRING",
    "malflow.session.app": "FT_STRING",
    "malflow.session.state": "FT_STRING",
    "malflow.session.start": None,
    "malflow.session.duration": None,
    "malflow.session.orig_bytes": "FT_UINT64",
    "malflow.session.resp_bytes": "FT_UINT64",
    "malflow.session.orig_pkts": None,
    "malflow.session.resp_pkts": None,
    "malflow.session.orig_wire_bytes": "FT_UINT64",
    "malflow.session.resp_wire_bytes": "FT_UINT64",
    "malflow.session.summary": "FT_STRING",
    "malflow.session.first_frame": "FT_FRAMENUM",
    "malflow.direction": None,
    "malflow.payload": "FT_STRING",
    "malflow.scan.id": "FT_UINT32",
    "malflow.scan.type": "FT_STRING",
    "malflow.scan.source": "FT_STRING",
    "malflow.scan.target": "FT_STRING",
    "malflow.scan.port": None,
    "malflow.scan.count": None,
    "malflow.scan.answered": None,
    "malflow.beacon.id": "FT_UINT32",
    "malflow.beacon.period": "FT_RELATIVE_TIME",
    "malflow.beacon.jitter": "FT_DOUBLE",
    "malflow.beacon.count": "FT_UINT32",
    "malflow.beacon.target": "FT_STRING",
    "malflow.stage": "FT_STRING",
    "malflow.hit.sid": "FT_UINT32",
    "malflow.hit.rev": "FT_UINT32",
    "malflow.hit.msg": "FT_STRING",
    "malflow.hit.count": None,
    "malflow.file.type": "FT_STRING",
    "malflow.file.name": "FT_STRING",
    "malflow.file.size": "FT_UINT64",
    "malflow.file.mismatch": "FT_BOOLEAN",
}
# What holds a value in each capture, in the final state.
SEEN = {
    "http_pe_image": [
        name
        for name in FIELDS
        if not name.startswith(("malflow.scan", "malflow.beacon", "malflow.payload"))
    ],
    "scan_at": [n for n in FIELDS if n.startswith("malflow.scan") and not n.endswith(".target")],
    "scan_ports": ["malflow.scan.target"],
    "beacon_at": [n for n in FIELDS if n.startswith("malflow.beacon")],
    "odd_ports": ["malflow.payload"],
}


def count(path, display_filter, *arguments):
    run = harness.room().run(
        "-r", path, "-Y", display_filter, "-T", "fields", "-e", "frame.number", *arguments
    )
    return len(run.out.split())


class Registered(unittest.TestCase):
    def test_names_and_types(self):
        listed = {}
        for line in harness.room().run("-G", "fields").out.splitlines():
            parts = line.split("\t")
            if parts[0] == "F" and parts[2].startswith("malflow."):
                listed[parts[2]] = parts[3]
        self.assertEqual(sorted(set(FIELDS) - set(listed)), [])
        for name, kind in FIELDS.items():
            if kind:
                self.assertEqual(listed[name], kind, name)

    def test_preferences(self):
        shown = harness.room().run("-G", "currentprefs").out
        for name in ("packet_protocols: irc", "payload_bytes: 512", "aggregate: TRUE",
                     "beacons: TRUE", "fold: FALSE",
                     "spread_scan_hosts: 10", "port_scan_ports: 10", "scan_window: 60",
                     "udp_timeout: 60", "tcp_timeout: 300", "signatures:"):  # fmt: skip
            self.assertIn("malflow." + name, shown)


class Filters(unittest.TestCase):
    def test_every_field_holds_a_value(self):
        for capture, names in SEEN.items():
            for name in names:
                with self.subTest(field=name):
                    self.assertGreater(count(harness.own(capture), name, "-2"), 0)

    def test_values(self):
        path = harness.own("odd_ports")
        self.assertEqual(
            count(path, 'malflow.session.app == "IRC"', "-2"), count(path, "tcp.port == 7777")
        )
        self.assertEqual(count(path, "malflow.session.id == 3"), count(path, "tcp.port == 2121"))
        self.assertEqual(count(path, 'malflow.payload contains "sysinfo"'), 1)
        # 2 of 6: two frames of a session begin before it has a name
        self.assertGreater(count(path, 'malflow.session.app == "IRC"'), 4)

    def test_final_state_on_the_first_frame(self):
        """With -2 a field holds the end of the story already on its first packet."""
        path = harness.own("http_pe_image")
        states = [
            r["malflow.session.state"][0] for r in story.frames(path, ["malflow.session.state"])
        ]
        self.assertEqual(set(states), {"SF"})
        now = story.frames(path, ["malflow.session.state"], one_pass=True)
        self.assertEqual([r["malflow.session.state"][0] for r in now[:3]], ["S0", "S1", "S1"])

    def test_direction(self):
        path = harness.own("http_pe_image")
        kinds = story.frames(path, ["malflow.direction", "ip.src"])
        self.assertEqual(len({(r["malflow.direction"][0], r["ip.src"][0]) for r in kinds}), 2)

    def test_first_frame_links(self):
        """A frame number that a double-click follows: every frame knows where its session began."""
        rows = story.frames(
            harness.own("http_keepalive"), ["frame.number", "malflow.session.first_frame"]
        )
        firsts = [row["malflow.session.first_frame"] for row in rows]
        self.assertEqual(firsts, [["1"]] * 2 + [["3"]] * (len(rows) - 2))

    def test_hits_are_expert_information(self):
        path = harness.own("http_pe_image")
        self.assertEqual(count(path, "_ws.expert && malflow.hit.sid == 9000001"), 1)
        out = harness.room().run("-q", "-r", path, "-z", "expert").out
        self.assertIn(story.PE, out)


class Exports(unittest.TestCase):
    def test_columns(self):
        path = harness.own("odd_ports")
        columns = 'gui.column.format:"No.","%m","Id","%Cus:malflow.session.id:0:R"'
        out = harness.room().run("-r", path, "-o", columns).out.split()
        self.assertEqual(out[:2], ["1", "1"])
        self.assertEqual(out[-1], "6")

    def test_json(self):
        path = harness.own("http_pe_image")
        packets = json.loads(harness.room().run("-2", "-r", path, "-T", "json").out)
        self.assertTrue(all("malflow" in packet["_source"]["layers"] for packet in packets))

    def test_ek(self):
        out = harness.room().run("-2", "-r", harness.own("http_pe_image"), "-T", "ek").out
        packets = [json.loads(line) for line in out.splitlines() if '"layers"' in line]
        self.assertTrue(packets)
        self.assertTrue(all("malflow" in packet["layers"] for packet in packets))

    def test_tree(self):
        out = (
            harness.room().run("-2", "-r", harness.own("http_pe_image"), "-V", "-O", "malflow").out
        )
        self.assertIn(story.PE, out)

    def test_disabled_protocol(self):
        """Switched off, it adds nothing and disturbs nothing."""
        path = harness.own("http_pe_image")
        out = harness.room().run("-r", path, "-T", "fields", "-e", "malflow.session.id",
                                 "--disable-protocol", "malflow").out  # fmt: skip
        self.assertEqual(out.strip(), "")


if __name__ == "__main__":
    harness.main()
