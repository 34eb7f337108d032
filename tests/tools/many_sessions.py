#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""many_sessions.py FILE [COUNT]: a capture of COUNT (1,000,000) short sessions, all of them answered.

For measurements: no two rows can be folded into one, and every row of a timeline is a session. Each
is an echo over UDP, so that two small frames make a session. Written as a stream: lists of a million
frames, as pcapgen.py has them, would take minutes.
"""
import struct
import sys

EPOCH = 1700000000
CLIENTS, PORTS = 200, 50000  # together more than sessions that there can be
GAP = 3000  # microseconds between sessions
DATA = 12


def checksum(header):
    total = sum(struct.unpack("!10H", header))
    total = (total & 0xFFFF) + (total >> 16)
    return ~(total + (total >> 16)) & 0xFFFF


def ip_header(source, destination):
    header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 28 + DATA, 0, 0, 64, 17, 0, source, destination)
    return header[:10] + struct.pack("!H", checksum(header)) + header[12:]


def frames(count):
    """Pairs of (microseconds, frame)."""
    server = bytes((10, 2, 0, 1))
    macs = (b"\2\0\0\0\0\2\2\0\0\0\0\1\x08\0", b"\2\0\0\0\0\1\2\0\0\0\0\2\x08\0")
    clients = [bytes((10, 1, 0, 1 + n)) for n in range(CLIENTS)]
    there = [macs[0] + ip_header(client, server) for client in clients]
    back = [macs[1] + ip_header(server, client) for client in clients]
    for number in range(count):
        client, port = number % CLIENTS, 10000 + number // CLIENTS % PORTS
        data = b"echo%08d" % number
        yield number * GAP, there[client] + struct.pack("!HHHH", port, 7, 8 + DATA, 0) + data
        yield number * GAP + 500, back[client] + struct.pack("!HHHH", 7, port, 8 + DATA, 0) + data


def write(path, count):
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for time, frame in frames(count):
            seconds, micro = divmod(time, 1000000)
            out.write(struct.pack("<IIII", EPOCH + seconds, micro, len(frame), len(frame)) + frame)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    write(sys.argv[1], int(sys.argv[2]) if len(sys.argv) == 3 else 1000000)
