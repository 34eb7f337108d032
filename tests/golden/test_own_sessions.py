# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a session begins, which way round it is, what carries it; captures of our own."""
import unittest

import harness
import story

CLIENT, SERVER = "10.1.1.5:1050", "198.51.100.7:80"


def ends(told):
    return [(row.source, row.target) for row in told.of_kind("session")]


class Beginnings(unittest.TestCase):
    def test_port_reuse(self):
        """Closed and used again, then a SYN that cannot belong to the live one: three sessions."""
        path = harness.own("port_reuse")
        told = story.tell(path)
        self.assertEqual(ends(told), [(CLIENT, SERVER)] * 3)
        self.assertEqual([row.time for row in told.rows], ["0.000", "5.000", "9.000"])
        states = [s["state"] for s in story.sessions(path).values()]
        self.assertEqual(states, ["SF", "S1", "SF"])

    def test_syn_retransmitted(self):
        told = story.tell(harness.own("syn_retransmitted"))
        self.assertEqual(ends(told), [(CLIENT, SERVER)])

    def test_udp_idle(self):
        """59 s idle: the same session; 61 s: a new one. The time-out is a preference."""
        path = harness.own("udp_idle")
        self.assertEqual([row.time for row in story.tell(path).rows], ["0.000", "120.000"])
        told = story.tell(path, "", "-o", "malflow.udp_timeout:50")
        self.assertEqual(len(told.rows), 3)
        told = story.tell(path, "", "-o", "malflow.udp_timeout:100")
        self.assertEqual(len(told.rows), 1)

    def test_dns_transactions(self):
        rows = story.tell(harness.own("dns_transactions")).rows
        self.assertEqual(
            [(row.time, row.details) for row in rows],
            [
                ("0.000", "DNS: one.example.org. (192.0.2.1)"),
                ("2.000", "DNS: late.example.org. (192.0.2.2)"),
                ("2.500", "DNS: three.example.org. (192.0.2.3, 192.0.2.33)"),
                ("4.000", "DNS: gone.example.org. (NXDOMAIN)"),
                ("5.000", "DNS: silent.example.org. (no response)"),
            ],
        )
        self.assertEqual(
            [row.span for row in rows], ["0:01.20", "0:00.90"] + ["0:00.10"] * 2 + ["0:00.00"]
        )

    def test_dns_counts(self):
        """Retransmissions and duplicate answers belong to their transaction."""
        first = story.sessions(harness.own("dns_transactions"))[1]
        self.assertEqual((first["orig_pkts"], first["resp_pkts"]), ("2", "2"))


class Orientation(unittest.TestCase):
    def test_midstream(self):
        """The side that faces port 80 is the originator, whoever is seen first."""
        path = harness.own("midstream")
        self.assertEqual(ends(story.tell(path)), [(CLIENT, SERVER), ("10.1.1.5:1051", SERVER)])
        states = {s["state"] for s in story.sessions(path).values()}
        self.assertEqual(states, {"OTH"})


class Carriers(unittest.TestCase):
    def test_innermost_addresses(self):
        for name in ("vlan", "qinq", "gre", "ipip", "vxlan"):
            with self.subTest(name):
                rows = story.tell(harness.own(name)).rows
                self.assertEqual(len(rows), 1, [row.line for row in rows])
                self.assertEqual(
                    (rows[0].source, rows[0].target, rows[0].app), (CLIENT, SERVER, "HTTP")
                )
                said = "HTTP: GET www.example.org/index.html (200 text/html, 18 byte)"
                self.assertTrue(rows[0].details.startswith(said), rows[0].line)

    def test_ipv6(self):
        rows = story.tell(harness.own("ipv6")).rows
        self.assertEqual([row.l4 for row in rows], ["TCP", "UDP", "ICMPv6"])
        self.assertIn("2001:db8::5", rows[0].source)
        self.assertIn("2001:db8:1::7", rows[0].target)
        self.assertTrue(rows[0].source.endswith(":1050"))
        self.assertIn("DNS: six.example.org. ", rows[1].details)
        self.assertIn("2001:db8:1::7", rows[1].details)
        self.assertEqual((rows[2].source, rows[2].target), ("2001:db8::5", "2001:db8:1::7"))

    def test_icmp_unreachable(self):
        """It is about the UDP session, and a session of its own, but no packet of the UDP one."""
        sessions = story.sessions(harness.own("icmp_unreachable"))
        udp = sessions[1]
        self.assertEqual((udp["orig_pkts"], udp["resp_pkts"]), ("1", "0"))
        rows = story.tell(harness.own("icmp_unreachable")).rows
        self.assertEqual([row.l4 for row in rows], ["UDP", "ICMP"])

    def test_fragments(self):
        """A datagram in three fragments is one packet with all its bytes."""
        sessions = story.sessions(harness.own("ip_fragments"))
        udp = [s for s in sessions.values() if s["resp"] == "198.51.100.7:9999"]
        self.assertEqual(len(udp), 1, sessions)
        self.assertEqual((udp[0]["orig_bytes"], udp[0]["resp_bytes"]), ("3000", "2"))


class Counts(unittest.TestCase):
    def only(self, name):
        found = story.sessions(harness.own(name))
        self.assertEqual(list(found), [1])
        return found[1]

    def test_disorder(self):
        """Each of 1,000 payload bytes once, every packet, the other side's four bytes."""
        only = self.only("disorder")
        self.assertEqual((only["orig_bytes"], only["resp_bytes"]), ("1000", "4"))
        self.assertEqual((only["orig_pkts"], only["resp_pkts"]), ("19", "4"))
        self.assertEqual(only["state"], "SF")

    def test_sequence_numbers_wrap(self):
        self.assertGreater(int(self.only("seq_wrap")["resp_bytes"]), 20000)
        self.assertLess(int(self.only("seq_wrap")["resp_bytes"]), 20400)

    def test_cut_frames(self):
        """Payload is counted by what the headers say, not by what was captured."""
        self.assertGreater(int(self.only("snaplen")["resp_bytes"]), 5000)
        self.assertLess(int(self.only("snaplen")["resp_bytes"]), 5400)


class OddPorts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rows = story.tell(harness.own("odd_ports"), "packets=none").of_kind("session")

    def test_names(self):
        ports = [row.target.rpartition(":")[2] for row in self.rows]
        self.assertEqual(ports, ["7777", "31337", "2121", "2525", "1110", "9876"])
        apps = [row.app for row in self.rows]
        self.assertEqual(apps, ["IRC", "HTTP", "FTP", "SMTP", "POP3", "SHELL"])

    def test_summaries(self):
        wanted = [
            ("zombie", "#herd"),
            ("HTTP: POST c2.example.org/gate.php (200 text/plain, 8 byte)",),
            ("anonymous", "notes.txt"),
            ("spam@example.com", "Cheap pills"),
            (),
            (),
        ]
        for row, words in zip(self.rows, wanted):
            for word in words:
                self.assertIn(word, row.details)


if __name__ == "__main__":
    harness.main()
