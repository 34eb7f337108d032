# SPDX-License-Identifier: GPL-2.0-or-later
"""What is known to be in the real captures: scans, and what looks like one but is none."""
import unittest

import harness
from facts import known


class PortScan(unittest.TestCase):
    def test_thousand_ports(self):
        """Each silent port was tried from two source ports, one from a third: 1994 sessions."""
        told = known("synscan.pcapng").told
        self.assertEqual(len(told.rows), 1, told.text)
        scan = told.rows[0]
        self.assertEqual((scan.kind, scan.scan_kind, scan.session), ("scan", "port", 1))
        self.assertEqual(scan.source.split(":")[0], "172.16.0.8")
        self.assertEqual(scan.target.split(":")[0], "64.13.134.52")
        self.assertEqual(scan.scan_details, "1000 ports, 3 answered: 22, 53, 80")
        self.assertEqual(scan.scan_sessions, 1994)
        self.assertEqual(scan.span, "0:23.09")


class IotSpread(unittest.TestCase):
    NAME = "iot-spread-scan.pcap"

    def scans(self):
        rows = known(self.NAME).told.of_kind("scan")
        return {int(row.target.rpartition(":")[2]): row for row in rows}

    def test_three_scans(self):
        for port, targets in ((23, 54), (8080, 40), (2323, 27)):
            row = self.scans()[port]
            self.assertEqual((row.scan_kind, row.l4), ("spread", "TCP"))
            self.assertTrue(row.source.startswith("192.168.2.16:"))
            self.assertEqual(row.scan_details, "%d targets, 0 answered" % targets)

    def test_first_frames(self):
        known_ = known(self.NAME)
        starts = [int(known_.sessions[row.session]["first_frame"]) for row in self.scans().values()]
        self.assertIn(1085, starts)
        self.assertIn(1095, starts)

    def test_port_9527(self):
        """Ten silent addresses within the window: as many as open a group, and no more."""
        row = self.scans()[9527]
        self.assertEqual(row.scan_details, "10 targets, 0 answered")

    def test_noise_is_no_scan(self):
        """SSH, NTP and DHCP around it stay what they are."""
        self.assertEqual(set(self.scans()), {23, 2323, 8080, 9527})
        apps = {row.app for row in known(self.NAME).told.of_kind("session")}
        self.assertLessEqual({"SSH", "NTP", "DHCP"}, apps)


class UdpSpread(unittest.TestCase):
    NAME = "zeroaccess-udp-spread.pcap"

    def test_one_udp_scan(self):
        rows = known(self.NAME).told.of_kind("scan")
        self.assertEqual(len(rows), 1, [row.line for row in rows])
        self.assertEqual((rows[0].scan_kind, rows[0].l4), ("spread", "UDP"))
        self.assertTrue(rows[0].source.startswith("192.168.106.131:"))
        self.assertTrue(rows[0].target.endswith(":16464"))

    def test_every_address_is_told(self):
        """269 addresses: in the group, or with a row of their own for what they answered."""
        known_ = known(self.NAME)
        peers = [s for s in known_.sessions.values()
                 if s["orig"].startswith("192.168.106.131:") and s["resp"].endswith(":16464")]  # fmt: skip
        self.assertEqual(len({s["resp"] for s in peers}), 269)
        scan = known_.told.of_kind("scan")[0]
        self.assertGreater(int(scan.scan_details.split()[0]), 269 - 188)

    def test_answered_web_peers_are_no_scan(self):
        known_ = known(self.NAME)
        web = [s for s in known_.sessions.values() if s["resp"].endswith(":80")]
        self.assertEqual(len({s["resp"] for s in web}), 24)
        self.assertNotIn("TCP", {row.l4 for row in known_.told.of_kind("scan")})


if __name__ == "__main__":
    harness.main()
