# SPDX-License-Identifier: GPL-2.0-or-later
"""Our sessions, added up per address and port pair, against Wireshark's own conversations.

ICMP errors quote packets of others; tshark counts those for the quoted conversation, we do not: the
filter leaves them out on both sides.
"""
import collections
import re
import unittest

import harness
import story

PROTOCOLS = ("tcp", "udp")
NOT_QUOTED = "not icmp and not icmpv6"
CONVERSATION = re.compile(r"^(\S+) +<-> (\S+) +(\d+) +\S+ \S+ +(\d+) +\S+ \S+ +(\d+) ")
ADDRESSES = ["ip.src", "ipv6.src", "ip.dst", "ipv6.dst"]
PORTS = ["tcp.srcport", "tcp.dstport", "udp.srcport", "udp.dstport"]
# An outer UDP packet is no session (the addresses that count are the innermost), and tshark counts
# a datagram in fragments as one frame, of the last fragment's size.
NO_UDP = {"vxlan.pcap", "ip_fragments.pcap"}

# From 4.2 on Wireshark begins a second conversation at the SYN-ACK when a stray acknowledgement came
# before it, so that a SYN stands in one and its answer in the other. For us that is one session.
SPLITS_AT_SYN_ACK = harness.tshark_is(4, 2)


class Sums:
    """Of one protocol: frames and bytes per pair of ends, and the number of conversations."""

    def __init__(self):
        self.frames, self.bytes = collections.Counter(), collections.Counter()
        self.count = 0


def pair(one, two):
    return frozenset(end.replace("[", "").replace("]", "") for end in (one, two))


def conversations(path):
    """Protocol to Sums, as a tshark without our plugin gives them: frames by -z conv, bytes added
    up from single frames (conv rounds them to kB)."""
    listeners = []
    for protocol in reversed(PROTOCOLS):  # the one registered last is printed first
        listeners += ["-z", "conv,%s,%s" % (protocol, NOT_QUOTED)]
    sums = {protocol: Sums() for protocol in PROTOCOLS}
    protocol = None
    for row in story.frames(path, ["frame.len", "frame.protocols", *ADDRESSES, *PORTS], *listeners,
                            room=harness.stock(), one_pass=True, others=True):  # fmt: skip
        if isinstance(row, dict):
            _add_frame(sums, row)
        elif row.endswith(" Conversations"):
            protocol = row.split()[0].lower()
        else:
            _add_conversation(sums[protocol] if protocol else None, row)
    return sums


def _add_frame(sums, row):
    layers = row["frame.protocols"][0].split(":")
    protocol = next((p for p in PROTOCOLS if p in layers), None)
    if not protocol or "icmp" in layers or "icmpv6" in layers:
        return
    source = (row["ipv6.src"] or row["ip.src"])[-1]
    target = (row["ipv6.dst"] or row["ip.dst"])[-1]
    ports = row[protocol + ".srcport"][-1], row[protocol + ".dstport"][-1]
    key = pair("%s:%s" % (source, ports[0]), "%s:%s" % (target, ports[1]))
    sums[protocol].bytes[key] += int(row["frame.len"][0])


def _add_conversation(sums, line):
    found = CONVERSATION.match(line)
    if found:
        one, two, back, forth, total = found.groups()
        assert int(back) + int(forth) == int(total), line
        sums.frames[pair(one, two)] += int(total)
        sums.count += 1


def told(path):
    """Protocol to Sums, as our session fields give them."""
    sums = {protocol: Sums() for protocol in PROTOCOLS}
    names = ("tcp.stream", "udp.stream")
    arguments = ("-Y", "malflow.session.id and (tcp or udp) and " + NOT_QUOTED)
    for session in story.sessions(path, *arguments, extra=names).values():
        into = sums["tcp" if session["tcp.stream"] else "udp"]
        key = pair(session["orig"], session["resp"])
        into.count += 1
        for side in ("orig", "resp"):
            into.frames[key] += int(session[side + "_pkts"])
            into.bytes[key] += int(session[side + "_wire_bytes"])
    return sums


class Oracle(unittest.TestCase):
    def check(self, path):
        ours, theirs = told(path), conversations(path)
        for protocol in PROTOCOLS:
            if protocol == "udp" and path.name in NO_UDP:
                continue
            our, their = ours[protocol], theirs[protocol]
            self.assertEqual(differences(our.frames, their.frames), {}, protocol + " frames")
            self.assertEqual(differences(our.bytes, their.bytes), {}, protocol + " bytes")
            if protocol == "tcp" and not SPLITS_AT_SYN_ACK:
                self.assertEqual(our.count, their.count, "sessions")
            elif protocol == "tcp":
                self.assertLessEqual(our.count, their.count, "sessions")
            else:  # one conversation holds many DNS transactions
                self.assertGreaterEqual(our.count, their.count, "sessions")

    def test_own(self):
        for name in harness.own_names():
            if name == "everything":  # holds what the others hold
                continue
            with self.subTest(name):
                self.check(harness.own(name))

    def test_shared(self):
        for path in harness.every_shared():
            with self.subTest(path.name):
                self.check(path)


def differences(ours, theirs):
    """The first few pairs on which the two disagree: (ours, theirs)."""
    keys = [key for key in {*ours, *theirs} if ours[key] != theirs[key]]
    return {tuple(sorted(key)): (ours[key], theirs[key]) for key in keys[:5]}


if __name__ == "__main__":
    harness.main()
