#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Bare TCP is read by its last item alone: whatever it stands in, that must tell what a walk through
the whole tree tells."""
import tempfile
import unittest
from pathlib import Path

import probe

import harness
import pcapgen as pg

RAW_IP = 101  # link type
A, B = ("192.0.2.1", 1025), ("198.51.100.2", 8080)
A6, B6 = ("2001:db8::1", 1025), ("2001:db8::2", 8080)


def segment(src=A, dst=B, payload=b"abcdef", flags=pg.ACK, **options):
    return pg.tcp(src, dst, 1000, 2000, flags, payload, **options)


def datagram(payload=b"abcdef", **options):
    return pg.ip4(A[0], B[0], pg.TCP, segment(payload=payload), **options)


def with_ip_options():
    bare = datagram()
    head = b"\x46" + bare[1:2] + (len(bare) + 4).to_bytes(2, "big") + bare[4:10] + b"\0\0"
    head += bare[12:20] + b"\x01\x01\x01\x00"
    return head[:10] + pg.checksum(head).to_bytes(2, "big") + head[12:] + bare[20:]


def claims_length(length):
    bare = datagram()
    return bare[:2] + length.to_bytes(2, "big") + bare[4:]


def short_tcp_header():
    tcp = segment()
    return pg.ip4(A[0], B[0], pg.TCP, tcp[:12] + b"\x40" + tcp[13:])


def in_icmp():
    return pg.ip4(B[0], A[0], pg.ICMP, pg.icmp(3, 3, 0, datagram()[:48]))


def packets():
    inner = pg.frame(datagram())
    return {
        "plain": pg.frame(datagram()),
        "acknowledgement, padded": pg.frame(datagram(b"")) + b"\0" * 6,
        "VLAN": pg.ether(pg.vlan(datagram(), pg.IPV4, 5), pg.VLAN),
        "IP options": pg.frame(with_ip_options()),
        "TCP options": pg.frame(
            pg.ip4(A[0], B[0], pg.TCP, segment(tcp_options=b"\x02\x04\x05\xb4"))
        ),
        "no length": pg.frame(claims_length(0)),
        "more than there is": pg.frame(claims_length(900)),
        "less than there is": pg.frame(claims_length(43)),
        "short TCP header": pg.frame(short_tcp_header()),
        "IPv6": pg.frame(pg.ip6(A6[0], B6[0], pg.TCP, segment(A6, B6))),
        "TCP in IP in IP": pg.frame(pg.ip4("10.0.0.1", "10.0.0.2", pg.IPIP, datagram())),
        "TCP in GRE": pg.frame(pg.ip4("10.0.0.1", "10.0.0.2", pg.GRE, pg.gre(datagram()))),
        "TCP in VXLAN": pg.frame(
            pg.ip4(
                "10.0.0.1",
                "10.0.0.2",
                pg.UDP,
                pg.udp(("10.0.0.1", 40000), ("10.0.0.2", 4789), pg.vxlan(inner, 7)),
            )
        ),
        "quoted by ICMP": pg.frame(in_icmp()),
        "a fragment": pg.frame(datagram(b"x" * 40, flags=0x2000)[:40]),
    }


def told(capture, name, **settings):
    """What the probe says of the capture, but for the field that makes it walk."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, name)
        capture.write(made)
        path = probe.room().put_bytes(name, made.read_bytes())
    return of_path(path, **settings)


def of_path(path, **settings):
    return [row for row in probe.ask(path, **settings) if row[1] != "frame.number"]


class Layers(unittest.TestCase):
    def same(self, capture, name):
        quick = told(capture, name)
        self.assertEqual(quick, told(capture, name, fields=("frame.number",)))
        return quick

    def test_each_alone(self):
        for name, frame in packets().items():
            with self.subTest(name):
                capture = pg.Capture()
                capture.add(0, frame)
                self.assertTrue(self.same(capture, "one.pcap"))

    def test_what_is_said(self):
        capture = pg.Capture()
        for number, frame in enumerate(packets().values()):
            capture.add(number, frame)
        rows = self.same(capture, "all.pcapng")
        ends = "192.0.2.1:1025 198.51.100.2:8080 seq 1000 ack 2000 flags 0x10 window 64240"
        self.assertIn(("1", "@tcp", ends + " payload 6 of 6 at 54"), rows)
        self.assertIn(("2", "@tcp", ends + " payload 0 of 0 at 0"), rows)
        self.assertIn(("3", "@tcp", ends + " payload 6 of 6 at 58"), rows)
        self.assertIn(("12", "@tcp", ends + " payload 6 of 6 at 78"), rows)

    def test_reassembled_datagram(self):
        capture = pg.Capture()
        parts = pg.fragments(A[0], B[0], pg.TCP, segment(payload=b"y" * 100), size=64)
        for number, packet in enumerate(parts):
            capture.add(number, pg.frame(packet))
        self.assertIn("payload 100 of 100 at 0", str(self.same(capture, "fragments.pcap")))

    def test_cut(self):
        for snaplen in (20, 30, 40, 53, 54, 57):
            with self.subTest(snaplen):
                capture = pg.Capture(snaplen=snaplen)
                capture.add(0, pg.frame(datagram()))
                self.same(capture, "cut.pcap")

    def test_without_ethernet(self):
        capture = pg.Capture(link_type=RAW_IP)
        capture.add(0, datagram())
        self.assertIn("payload 6 of 6 at 40", str(self.same(capture, "raw.pcap")))


class Captures(unittest.TestCase):
    def same(self, path):
        self.assertEqual(of_path(path), of_path(path, fields=("frame.number",)))

    def test_own(self):
        self.same(harness.own("everything"))

    def test_real(self):
        for path in harness.every_shared():
            with self.subTest(path.name):
                self.same(path)


if __name__ == "__main__":
    harness.main()
