# SPDX-License-Identifier: GPL-2.0-or-later
"""Captures of scans, and of traffic that looks a little like one but is none."""
import flows
import pcapgen as pg
import protocols as proto

OPEN_PORTS = (22, 53, 80)


def attempt(capture, ends, time, outcome="silent"):
    """One SYN and what becomes of it: "silent", "refused" or "empty" (accepted, closed unused)."""
    link = flows.Tcp(capture, ends, time, step=0.002)
    link.syn()
    if outcome == "refused":
        link.refuse()
    elif outcome == "empty":
        link.seq[0] += 1
        link.segment(1, pg.SYN | pg.ACK)
        link.seq[1] += 1
        link.segment(0, pg.ACK)
        link.rst(0)


def spread(capture, source, port, count, **options):
    """COUNT targets of one port. Options: start, pace, net, outcomes ({index: outcome})."""
    outcomes = options.get("outcomes", {})
    for i in range(count):
        ends = ((source, 1100 + i), ("%s.%d" % (options.get("net", "198.51.100"), i + 1), port))
        time = options.get("start", 0.0) + i * options.get("pace", 0.3)
        attempt(capture, ends, time, outcomes.get(i, "silent"))


def scan_three_hosts():
    """Three infected hosts, 30 targets each, frame by frame between each other."""
    capture = pg.Capture()
    spread(capture, "10.1.1.5", 23, 30, start=0.0)
    spread(capture, "10.1.1.6", 445, 30, start=0.1, outcomes={3: "empty", 9: "empty"})
    spread(capture, "10.1.1.7", 139, 30, start=0.2, outcomes={i: "refused" for i in range(30)})
    return capture


def scan_ports():
    """100 ports of one host: three accept, two are silent, the rest refuse."""
    capture = pg.Capture()
    for i, port in enumerate(range(1, 101)):
        outcome = "empty" if port in OPEN_PORTS else "refused"
        if port in (7, 9):
            outcome = "silent"
        attempt(capture, (("10.1.1.5", 40000), ("192.0.2.9", port)), i * 0.05, outcome)
    return capture


def scan_icmp():
    """Echo requests to 40 addresses, two of which answer."""
    capture = pg.Capture()
    for i in range(40):
        echo(capture, ("10.1.1.5", "10.1.2.%d" % (i + 1)), i * 0.2, i in (4, 20))
    return capture


def echo(capture, pair, time, answered):
    source, target = pair
    for kind, ends, delay in ((8, pair, 0.0), (0, (target, source), 0.01)):
        if kind == 8 or answered:
            message = pg.icmp(kind, 0, 0x0200 << 16 | 1, b"abcdefgh")
            capture.add(time + delay, pg.frame(pg.ip4(*ends, pg.ICMP, message)))


def scan_arp():
    """Who has 40 addresses; three are there."""
    capture = pg.Capture()
    for i in range(40):
        target = "10.1.1.%d" % (i + 100)
        capture.add(i * 0.1, pg.arp(1, "10.1.1.5", target))
        if i in (1, 2, 30):
            capture.add(i * 0.1 + 0.001, pg.arp(2, target, "10.1.1.5"))
    return capture


def scan_udp():
    """One datagram to each of 25 addresses; one answers with an ICMP unreachable."""
    capture = pg.Capture()
    for i in range(25):
        ends = (("10.1.1.5", 1200), ("203.0.113.%d" % (i + 1), 1434))
        flows.datagram(capture, i * 0.1, ends, b"\x04" + b"A" * 60)
        if i == 11:
            unreachable(capture, i * 0.1 + 0.02, ends, b"\x04" + b"A" * 60)
    return capture


def unreachable(capture, time, ends, payload):
    """Port unreachable from the destination, about the datagram of ENDS."""
    src, dst = ends
    quoted = pg.ip4(src[0], dst[0], pg.UDP, pg.udp(src, dst, payload))[:28]
    packet = pg.ip4(dst[0], src[0], pg.ICMP, pg.icmp(3, 3, 0, quoted))
    capture.add(time, pg.frame(packet))


def scan_below():
    """Nine silent targets: one short of a spread scan."""
    capture = pg.Capture()
    spread(capture, "10.1.1.5", 23, 9)
    return capture


def scan_at():
    """Ten silent targets: a spread scan."""
    capture = pg.Capture()
    spread(capture, "10.1.1.5", 23, 10)
    return capture


def scan_slow():
    """Twelve silent targets, 61 seconds apart: no scan within the window."""
    capture = pg.Capture()
    spread(capture, "10.1.1.5", 23, 12, pace=61.0)
    return capture


def scan_with_payload():
    """20 targets on one port, of which one speaks and keeps its own row."""
    capture = pg.Capture()
    spread(capture, "10.1.1.5", 23, 20)
    link = flows.Tcp(capture, (("10.1.1.5", 1300), ("203.0.113.77", 23)), 4.01).open()
    link.send(1, b"login: ").send(0, b"root\r\n").close()
    return capture


def web_peers():
    """30 web servers, all of which answer: browsing, not scanning."""
    capture = pg.Capture()
    for i in range(30):
        ends = (("10.1.1.5", 1100 + i), ("198.51.100.%d" % (i + 1), 80))
        link = flows.Tcp(capture, ends, i * 0.2).open()
        link.send(0, proto.http_request("www%d.example.org" % i, "/"))
        link.send(1, proto.http_response(b"<html></html>", "text/html")).close()
    return capture


CAPTURES = {
    function.__name__: function
    for function in (
        scan_three_hosts,
        scan_ports,
        scan_icmp,
        scan_arp,
        scan_udp,
        scan_below,
        scan_at,
        scan_slow,
        scan_with_payload,
        web_peers,
    )
}
