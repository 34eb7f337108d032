# SPDX-License-Identifier: GPL-2.0-or-later
"""Conversations on top of pcapgen: a TCP connection that keeps its own sequence numbers and clock."""
import pcapgen as pg

CLIENT, SERVER = 0, 1


class Tcp:
    """One connection. ENDS are (client, server), each (address, port). Each call emits frames at
    self.now and moves it on by STEP, so a script reads as the capture will."""

    def __init__(self, capture, ends, time, **options):
        self.capture = capture
        self.ends = ends
        self.now = time
        self.step = options.get("step", 0.01)
        self.mss = options.get("mss", 1460)
        self.encap = options.get("encap", pg.frame)
        self.seq = list(options.get("isn", (1000, 500000)))
        self.acks = options.get("acks", True)

    def segment(self, side, flags, payload=b"", seq=None):
        """One frame as it stands; the clock moves, the sequence numbers do not."""
        src, dst = self.ends[side], self.ends[1 - side]
        seq = self.seq[side] if seq is None else seq
        ack = self.seq[1 - side] if flags & pg.ACK else 0
        data = pg.tcp(src, dst, seq, ack, flags, payload)
        packet = pg.ip(src[0], dst[0], pg.TCP, data, flags=0x4000)
        self.capture.add(self.now, self.encap(packet))
        self.now += self.step

    def syn(self):
        self.segment(CLIENT, pg.SYN)

    def open(self):
        self.syn()
        self.seq[CLIENT] += 1
        self.segment(SERVER, pg.SYN | pg.ACK)
        self.seq[SERVER] += 1
        self.segment(CLIENT, pg.ACK)
        return self

    def send(self, side, data):
        """DATA in segments of at most mss bytes, each acknowledged (unless acks is off)."""
        for offset in range(0, len(data), self.mss):
            part = data[offset : offset + self.mss]
            self.segment(side, pg.ACK | pg.PSH, part)
            self.seq[side] += len(part)
            if self.acks:
                self.segment(1 - side, pg.ACK)
        return self

    def send_reordered(self, side, parts, order):
        """PARTS in the order of sending given by indices (an index twice is a retransmission)."""
        starts = [self.seq[side] + sum(map(len, parts[:i])) for i in range(len(parts))]
        for index in order:
            self.segment(side, pg.ACK | pg.PSH, parts[index], starts[index])
        self.seq[side] += sum(map(len, parts))
        return self

    def wait(self, seconds):
        self.now += seconds
        return self

    def fin(self, side):
        self.segment(side, pg.FIN | pg.ACK)
        self.seq[side] += 1
        self.segment(1 - side, pg.ACK)
        return self

    def close(self, first=CLIENT):
        return self.fin(first).fin(1 - first)

    def rst(self, side):
        self.segment(side, pg.RST | pg.ACK)
        return self

    def refuse(self):
        """The answer of a closed port to the SYN that was sent before."""
        self.seq[CLIENT] += 1
        self.segment(SERVER, pg.RST | pg.ACK, seq=0)
        return self


def datagram(capture, time, ends, payload, encap=pg.frame):
    """One UDP datagram; ENDS are (source, destination), each (address, port)."""
    src, dst = ends
    capture.add(time, encap(pg.ip(src[0], dst[0], pg.UDP, pg.udp(src, dst, payload))))


def dialogue(connection, lines):
    """LINES: (side, bytes) one after the other."""
    for side, data in lines:
        connection.send(side, data)
    return connection
