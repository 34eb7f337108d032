# SPDX-License-Identifier: GPL-2.0-or-later
"""Captures about where a session begins, which way round it is, and what carries it."""
import flows
import pcapgen as pg
import protocols as proto
from cap_scans import unreachable

CLIENT, SERVER = ("10.1.1.5", 1050), ("198.51.100.7", 80)


def hello(link):
    """One small HTTP exchange on an open connection."""
    link.send(0, proto.http_request("www.example.org", "/index.html"))
    return link.send(1, proto.http_response(b"<html>hello</html>", "text/html"))


def one_connection(encap, ends=(CLIENT, SERVER)):
    capture = pg.Capture()
    hello(flows.Tcp(capture, ends, 0.0, encap=encap).open()).close()
    return capture


def port_reuse():
    """One 5-tuple, three connections: closed and used again, then a new SYN on the live one."""
    capture = pg.Capture()
    hello(flows.Tcp(capture, (CLIENT, SERVER), 0.0).open()).close()
    hello(flows.Tcp(capture, (CLIENT, SERVER), 5.0, isn=(900000, 77)).open())
    hello(flows.Tcp(capture, (CLIENT, SERVER), 9.0, isn=(123, 4000000)).open()).close()
    return capture


def syn_retransmitted():
    """Three SYNs of one connection: one session."""
    capture = pg.Capture()
    link = flows.Tcp(capture, (CLIENT, SERVER), 0.0)
    for delay in (3, 6):
        link.syn()
        link.wait(delay)
    hello(link.open()).close()
    return capture


def udp_idle():
    """One tuple: gaps of 59 and of 61 seconds, the default time-out between them."""
    capture = pg.Capture()
    ends = (("10.1.1.5", 4000), ("198.51.100.7", 9999))
    for time in (0.0, 59.0, 120.0):
        flows.datagram(capture, time, ends, b"ping")
        flows.datagram(capture, time + 0.5, ends[::-1], b"pong")
    return capture


def dns_transactions():
    """One socket: a retransmitted query, duplicate and late answers, NXDOMAIN, and silence."""
    capture = pg.Capture()
    ends = (("10.1.1.5", 1030), ("10.1.1.1", 53))

    def ask(time, ident, name):
        flows.datagram(capture, time, ends, proto.dns_query(ident, name))

    def tell(time, *answer, **options):
        flows.datagram(capture, time, ends[::-1], proto.dns_answer(*answer, **options))

    ask(0.0, 1, "one.example.org")
    ask(1.0, 1, "one.example.org")
    tell(1.1, 1, "one.example.org", ["192.0.2.1"])
    tell(1.2, 1, "one.example.org", ["192.0.2.1"])
    ask(2.0, 2, "late.example.org")
    ask(2.5, 3, "three.example.org")
    tell(2.6, 3, "three.example.org", ["192.0.2.3", "192.0.2.33"])
    tell(2.9, 2, "late.example.org", ["192.0.2.2"])
    ask(4.0, 4, "gone.example.org")
    tell(4.1, 4, "gone.example.org", rcode=3)
    ask(5.0, 5, "silent.example.org")
    return capture


def midstream():
    """Two connections whose beginning is missing; the second is first seen from its server."""
    capture = pg.Capture()
    first = flows.Tcp(capture, (CLIENT, SERVER), 0.0)
    first.send(0, b"GET /a HTTP/1.1\r\nHost: a.example.org\r\n\r\n").send(
        1, b"HTTP/1.1 204 No\r\n\r\n"
    )
    second = flows.Tcp(capture, (("10.1.1.5", 1051), SERVER), 1.0)
    second.send(1, b"tail of an answer").send(0, b"GET /b HTTP/1.1\r\nHost: b.example.org\r\n\r\n")
    return capture


def vlan():
    """One 802.1Q tag."""
    return one_connection(lambda p: pg.ether(pg.vlan(p, pg.IPV4, 7), pg.VLAN))


def qinq():
    """Two tags."""
    return one_connection(lambda p: pg.ether(pg.vlan(pg.vlan(p, pg.IPV4, 7), pg.VLAN, 9), pg.QINQ))


def _outer(packet, protocol):
    return pg.frame(pg.ip4("203.0.113.1", "203.0.113.2", protocol, packet))


def gre():
    """GRE: the inner addresses are the session's."""
    return one_connection(lambda p: _outer(pg.gre(p), pg.GRE))


def ipip():
    """IPv4 in IPv4."""
    return one_connection(lambda p: _outer(p, pg.IPIP))


def vxlan():
    """Ethernet in UDP port 4789."""

    def encap(packet):
        ends = (("203.0.113.1", 50000), ("203.0.113.2", 4789))
        return _outer(pg.udp(*ends, pg.vxlan(pg.frame(packet), 42)), pg.UDP)

    return one_connection(encap)


def ipv6():
    """IPv6 addresses, whose text has colons of its own; DNS with AAAA; echo."""
    ends = (("2001:db8::5", 1050), ("2001:db8:1::7", 80))
    capture = one_connection(pg.frame, ends)
    dns = (("2001:db8::5", 1030), ("2001:db8::1", 53))
    flows.datagram(capture, 2.0, dns, proto.dns_query(9, "six.example.org", 28))
    answer = proto.dns_answer(9, "six.example.org", ["2001:db8:1::7"], 28)
    flows.datagram(capture, 2.1, dns[::-1], answer)
    pair = ("2001:db8::5", "2001:db8:1::7")
    for kind, way, time in ((128, pair, 3.0), (129, pair[::-1], 3.1)):
        message = pg.icmp6(way, kind, 0x0300 << 16 | 1, b"abcdefgh")
        capture.add(time, pg.frame(pg.ip6(*way, pg.ICMPV6, message)))
    return capture


def icmp_unreachable():
    """A UDP session that a port unreachable ends; the ICMP message is about it, not a peer of it."""
    capture = pg.Capture()
    ends = (("10.1.1.5", 4000), ("198.51.100.7", 9999))
    flows.datagram(capture, 0.0, ends, b"anyone?")
    unreachable(capture, 0.1, ends, b"anyone?")
    return capture


def odd_ports():
    """IRC, HTTP, FTP, SMTP, POP3 and a command shell where no table expects them."""
    capture = pg.Capture()
    for index, (port, lines) in enumerate(ODD.items()):
        ends = (("10.1.1.5", 1050 + index), ("198.51.100.7", port))
        flows.dialogue(flows.Tcp(capture, ends, index * 1.0).open(), lines).close()
    return capture


ODD = {
    7777: [  # IRC
        (0, b"NICK zombie\r\nUSER z 0 * :z\r\n"),
        (1, b":irc.example.org 001 zombie :Welcome\r\n"),
        (0, b"JOIN #herd\r\n"),
        (1, b":boss!b@example.org PRIVMSG #herd :.sysinfo\r\n"),
    ],
    31337: [  # HTTP
        (0, proto.http_request("c2.example.org", "/gate.php", "POST", b"id=1")),
        (1, proto.http_response(b"sleep 60", "text/plain")),
    ],
    2121: [  # FTP
        (1, b"220 FTP server ready\r\n"),
        (0, b"USER anonymous\r\n"),
        (1, b"331 Password please\r\n"),
        (0, b"PASS a@example.org\r\n"),
        (1, b"230 Logged in\r\n"),
        (0, b"RETR notes.txt\r\n"),
        (1, b"550 None here\r\n"),
        (0, b"QUIT\r\n"),
    ],
    2525: [  # SMTP
        (1, b"220 mx.example.org ESMTP\r\n"),
        (0, b"EHLO victim\r\n"),
        (1, b"250 mx.example.org\r\n"),
        (0, b"MAIL FROM:<spam@example.com>\r\n"),
        (1, b"250 ok\r\n"),
        (0, b"RCPT TO:<one@example.org>\r\n"),
        (1, b"250 ok\r\n"),
        (0, b"RCPT TO:<two@example.org>\r\n"),
        (1, b"250 ok\r\n"),
        (0, b"DATA\r\n"),
        (1, b"354 go on\r\n"),
        (0, b"Subject: Cheap pills\r\n\r\nBuy now.\r\n.\r\n"),
        (1, b"250 queued\r\n"),
    ],
    1110: [  # POP3
        (1, b"+OK POP3 ready\r\n"),
        (0, b"USER alice\r\n"),
        (1, b"+OK\r\n"),
        (0, b"PASS x\r\n"),
        (1, b"-ERR no\r\n"),
    ],
    9876: [  # shell
        (
            1,
            b"Microsoft Windows XP [Version 5.1.2600]\r\n"
            b"(C) Copyright 1985-2001 Microsoft Corp.\r\n\r\nC:\\WINDOWS\\system32>",
        ),
        (0, b"dir\r\n"),
    ],
}


def disorder():
    """1,000 payload bytes in ten segments: swapped, repeated and overlapping, each counted once."""
    capture = pg.Capture()
    link = flows.Tcp(capture, (CLIENT, ("198.51.100.7", 5000)), 0.0).open()
    parts = [proto.noise(100, seed + 1) for seed in range(10)]
    link.send_reordered(0, parts, (0, 2, 1, 3, 3, 6, 5, 4, 7, 0, 9, 8, 9))
    link.segment(0, pg.ACK, b"".join(parts)[300:700], link.seq[0] - 700)
    link.send(1, b"done").close()
    return capture


def seq_wrap():
    """Both sides' sequence numbers pass 2^32 in mid-transfer; the object is a PE of 20,000 bytes."""
    capture = pg.Capture()
    link = flows.Tcp(capture, (CLIENT, SERVER), 0.0, isn=(0xFFFFFFE0, 0xFFFFF000)).open()
    link.send(0, proto.http_request("www.example.org", "/wrap.exe"))
    link.send(1, proto.http_response(proto.pe(20000), "application/octet-stream")).close()
    return capture


def ip_fragments():
    """A UDP datagram of 3,000 bytes in three fragments, and a small one back."""
    capture = pg.Capture()
    src, dst = ("10.1.1.5", 4000), ("198.51.100.7", 9999)
    pieces = pg.fragments(src[0], dst[0], pg.UDP, pg.udp(src, dst, proto.noise(3000)), size=1480)
    for index, piece in enumerate(pieces):
        capture.add(index * 0.001, pg.frame(piece))
    flows.datagram(capture, 0.1, (dst, src), b"ok")
    return capture


def snaplen():
    """Frames cut at 96 bytes: lengths come from the headers."""
    capture = pg.Capture(snaplen=96)
    link = flows.Tcp(capture, (CLIENT, SERVER), 0.0).open()
    link.send(0, proto.http_request("www.example.org", "/cut.bin"))
    link.send(1, proto.http_response(proto.noise(5000), "application/octet-stream")).close()
    return capture


CAPTURES = {
    function.__name__: function
    for function in (
        port_reuse,
        syn_retransmitted,
        udp_idle,
        dns_transactions,
        midstream,
        vlan,
        qinq,
        gre,
        ipip,
        vxlan,
        ipv6,
        icmp_unreachable,
        odd_ports,
        disorder,
        seq_wrap,
        ip_fragments,
        snaplen,
    )
}
