# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes captures by hand: capture files, and one builder per header, with right checksums.

Times are seconds (float or int) since the capture's epoch and kept as whole microseconds. Addresses
are text; a builder takes the payload above it and returns bytes, so encapsulations nest freely.
"""
import ipaddress
import struct
from functools import lru_cache

EPOCH = 1201824000  # 2008-02-01 00:00:00 UTC
ETHERNET = 1

IPV4, ARP, IPV6, VLAN, QINQ = 0x0800, 0x0806, 0x86DD, 0x8100, 0x88A8
ICMP, IPIP, TCP, UDP, GRE, ICMPV6 = 1, 4, 6, 17, 47, 58
FIN, SYN, RST, PSH, ACK = 0x01, 0x02, 0x04, 0x08, 0x10


class Capture:
    """Frames in any order of time; written in order of (time, order of adding)."""

    def __init__(self, link_type=ETHERNET, snaplen=262144):
        self.link_type = link_type
        self.snaplen = snaplen
        self.frames = []

    def add(self, time, frame):
        self.frames.append((round(time * 1000000), frame))

    def sorted(self):
        return sorted(self.frames, key=lambda entry: entry[0])

    def pcap(self):
        parts = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, self.snaplen, self.link_type)]
        for time, frame in self.sorted():
            cut = frame[: self.snaplen]
            seconds, micro = divmod(time, 1000000)
            parts.append(struct.pack("<IIII", EPOCH + seconds, micro, len(cut), len(frame)))
            parts.append(cut)
        return b"".join(parts)

    def pcapng(self):
        section = struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)
        interface = struct.pack("<HHI", self.link_type, 0, self.snaplen)
        parts = [_block(0x0A0D0D0A, section), _block(1, interface)]
        for time, frame in self.sorted():
            cut = frame[: self.snaplen]
            stamp = EPOCH * 1000000 + time
            head = struct.pack("<IIIII", 0, stamp >> 32, stamp & 0xFFFFFFFF, len(cut), len(frame))
            parts.append(_block(6, head + _pad4(cut)))
        return b"".join(parts)

    def write(self, path):
        data = self.pcapng() if str(path).endswith(".pcapng") else self.pcap()
        with open(path, "wb") as out:
            out.write(data)


def _pad4(data):
    return data + b"\0" * (-len(data) % 4)


def _block(kind, body):
    length = struct.pack("<I", len(body) + 12)
    return struct.pack("<I", kind) + length + body + length


def checksum(data):
    """The Internet checksum (RFC 1071)."""
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


@lru_cache(maxsize=65536)
def packed(address):
    return ipaddress.ip_address(address).packed


@lru_cache(maxsize=65536)
def mac(address):
    """A locally administered unicast MAC that is a function of the address."""
    raw = packed(address)
    if address == "255.255.255.255":
        return b"\xff" * 6
    return b"\x02\x00" + raw[-4:]


def ether(payload, ethertype, src=b"\x02\0\0\0\0\1", dst=b"\x02\0\0\0\0\2"):
    return dst + src + struct.pack("!H", ethertype) + payload


def vlan(payload, ethertype, vid):
    """The 802.1Q tag that stands between the ethertype VLAN or QINQ and PAYLOAD."""
    return struct.pack("!HH", vid, ethertype) + payload


def ip4(src, dst, protocol, payload, **options):
    """Options: ttl, ident, flags (0x4000 don't fragment, 0x2000 more fragments | offset / 8)."""
    head = struct.pack(
        "!BBHHHBBH4s4s",
        0x45,
        0,
        20 + len(payload),
        options.get("ident", 0),
        options.get("flags", 0),
        options.get("ttl", 128),
        protocol,
        0,
        packed(src),
        packed(dst),
    )
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + payload


def ip6(src, dst, protocol, payload, hop_limit=64):
    head = struct.pack("!IHBB", 6 << 28, len(payload), protocol, hop_limit)
    return head + packed(src) + packed(dst) + payload


def ip(src, dst, protocol, payload, **options):
    """An IPv4 or IPv6 packet, as the addresses say."""
    if ":" in src:
        return ip6(src, dst, protocol, payload)
    return ip4(src, dst, protocol, payload, **options)


def ethertype_of(packet):
    return IPV6 if packet[0] >> 4 == 6 else IPV4


def frame(packet):
    """The Ethernet frame around an IPv4 or IPv6 packet."""
    if packet[0] >> 4 == 6:
        src, dst = b"\x02\x06" + packet[20:24], b"\x02\x06" + packet[36:40]
    else:
        src, dst = b"\x02\0" + packet[12:16], b"\x02\0" + packet[16:20]
    return ether(packet, ethertype_of(packet), src, dst)


def _pseudo(src, dst, protocol, length):
    if ":" in src:
        return packed(src) + packed(dst) + struct.pack("!IxxxB", length, protocol)
    return packed(src) + packed(dst) + struct.pack("!BBH", 0, protocol, length)


def _with_checksum(ends, protocol, segment, at):
    value = checksum(_pseudo(ends[0], ends[1], protocol, len(segment)) + segment)
    if protocol == UDP and value == 0:
        value = 0xFFFF
    return segment[:at] + struct.pack("!H", value) + segment[at + 2 :]


def tcp(src, dst, seq, ack, flags, payload=b"", **options):
    """SRC and DST are (address, port). Options: window, tcp_options (bytes, padded to 4)."""
    extra = _pad4(options.get("tcp_options", b""))
    head = struct.pack(
        "!HHIIBBHHH",
        src[1],
        dst[1],
        seq & 0xFFFFFFFF,
        ack & 0xFFFFFFFF,
        (20 + len(extra)) // 4 << 4,
        flags,
        options.get("window", 64240),
        0,
        0,
    )
    return _with_checksum((src[0], dst[0]), TCP, head + extra + payload, 16)


def udp(src, dst, payload):
    """SRC and DST are (address, port)."""
    head = struct.pack("!HHHH", src[1], dst[1], 8 + len(payload), 0)
    return _with_checksum((src[0], dst[0]), UDP, head + payload, 6)


def icmp(kind, code, rest, payload=b""):
    """REST: the four bytes after the checksum, as a number (echo: id << 16 | sequence)."""
    message = struct.pack("!BBHI", kind, code, 0, rest) + payload
    return message[:2] + struct.pack("!H", checksum(message)) + message[4:]


def icmp6(ends, kind, rest, payload=b""):
    message = struct.pack("!BBHI", kind, 0, 0, rest) + payload
    return _with_checksum(ends, ICMPV6, message, 2)


def arp(opcode, sender, target, reply_mac=None):
    """A whole frame: opcode 1 asks who has TARGET, opcode 2 tells TARGET that SENDER is here."""
    target_mac = reply_mac or (b"\0" * 6 if opcode == 1 else mac(target))
    body = struct.pack("!HHBBH", 1, IPV4, 6, 4, opcode)
    body += mac(sender) + packed(sender) + target_mac + packed(target)
    to = b"\xff" * 6 if opcode == 1 else mac(target)
    return ether(body + b"\0" * 18, ARP, mac(sender), to)


def gre(payload):
    return struct.pack("!HH", 0, ethertype_of(payload)) + payload


def vxlan(inner_frame, vni):
    return struct.pack("!II", 0x08000000, vni << 8) + inner_frame


def fragments(src, dst, protocol, payload, **options):
    """IPv4 packets of at most options["size"] payload bytes each (a multiple of 8)."""
    size = options["size"]
    out = []
    for offset in range(0, len(payload), size):
        more = 0x2000 if offset + size < len(payload) else 0
        part = payload[offset : offset + size]
        flags = more | offset // 8
        out.append(ip4(src, dst, protocol, part, ident=options.get("ident", 1), flags=flags))
    return out
