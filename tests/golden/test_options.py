# SPDX-License-Identifier: GPL-2.0-or-later
"""The options of -z malflow,timeline, and how they override preferences."""
import unittest

import harness
import story


class Packets(unittest.TestCase):
    def payload_apps(self, options, *arguments):
        told = story.tell(harness.own("odd_ports"), options, *arguments)
        return {row.app for row in told.of_kind("payload")}

    def test_default_is_irc(self):
        self.assertEqual(self.payload_apps(""), {"IRC"})

    def test_list(self):
        self.assertEqual(self.payload_apps("packets=irc+http"), {"IRC", "HTTP"})
        self.assertEqual(self.payload_apps("packets=ftp"), {"FTP"})

    def test_all(self):
        apps = self.payload_apps("packets=all")
        self.assertLessEqual({"IRC", "HTTP", "FTP", "SMTP", "POP3", "SHELL"}, apps)

    def test_none(self):
        self.assertEqual(self.payload_apps("packets=none"), set())

    def test_option_overrides_preference(self):
        setting = ("-o", "malflow.packet_protocols:smtp")
        self.assertEqual(self.payload_apps("", *setting), {"SMTP"})
        self.assertEqual(self.payload_apps("packets=pop3", *setting), {"POP3"})

    def test_a_payload_row_per_segment_with_payload(self):
        told = story.tell(harness.own("odd_ports"), "packets=all")
        counted = len([row for row in told.of_kind("payload") if row.session == 1])
        self.assertEqual(counted, 4)


class Aggregate(unittest.TestCase):
    def test_off_gives_every_session_back(self):
        told = story.tell(harness.own("scan_three_hosts"), "aggregate=off")
        self.assertEqual([row.kind for row in told.rows], ["session"] * 90)
        self.assertEqual([row.session for row in told.rows], list(range(1, 91)))

    def test_option_overrides_preference(self):
        setting = ("-o", "malflow.aggregate:FALSE")
        path = harness.own("scan_at")
        self.assertEqual(len(story.tell(path, "", *setting).rows), 10)
        self.assertEqual(len(story.tell(path, "aggregate=on", *setting).rows), 1)


class Hits(unittest.TestCase):
    def test_only(self):
        told = story.tell(harness.own("http_keepalive"), "hits=only")
        sessions = [row for row in told.rows if row.kind == "session"]
        self.assertEqual([row.session for row in sessions], [2])
        self.assertNotIn("DNS", told.text)


class Time(unittest.TestCase):
    def test_utc(self):
        told = story.tell(harness.own("http_keepalive"), "utc")
        self.assertIn("2008-02-01", told.rows[0].time)
        self.assertIn("00:00:00", told.rows[0].time)

    def test_local(self):
        told = story.tell(harness.own("http_keepalive"), "local", zone="IST-05:30")
        self.assertIn("2008-02-01 05:30:00", told.rows[0].time)

    def test_rows_are_in_order(self):
        told = story.tell(harness.own("odd_ports"), "packets=all")
        times = [float(row.time) for row in told.rows]
        self.assertEqual(times, sorted(times))


class Filter(unittest.TestCase):
    def test_only_sessions_that_pass(self):
        told = story.tell(harness.own("odd_ports"), "packets=none,tcp.port == 2525")
        self.assertEqual([row.target for row in told.rows], ["198.51.100.7:2525"])

    def test_filter_with_commas(self):
        told = story.tell(harness.own("odd_ports"), "packets=none,tcp.port in {2525, 1110}")
        self.assertEqual(len(told.rows), 2)

    def test_our_own_fields(self):
        told = story.tell(harness.own("odd_ports"), 'packets=none,malflow.session.app == "SMTP"')
        self.assertEqual([row.app for row in told.rows], ["SMTP"])


class Several(unittest.TestCase):
    def test_two_outputs_of_one_run(self):
        path = harness.own("odd_ports")
        one = story.tell(path, "packets=none").text
        two = story.tell(path, "packets=all").text
        both = (
            harness.room()
            .run(
                "-q",
                "-r",
                path,
                "-z",
                "malflow,timeline,packets=none",
                "-z",
                "malflow,timeline,packets=all",
            )
            .out
        )
        self.assertIn(one, both)
        self.assertIn(two, both)


class Wrong(unittest.TestCase):
    """Refused before the first packet."""

    def refused(self, output):
        path = harness.own("odd_ports")
        run = harness.room().run("-q", "-r", path, "-z", "malflow," + output, code=1, err=None)
        self.assertEqual(run.out, "")
        return run.err

    def test_behind_the_name(self):
        for output, expected in (
            ("timelines", "timeline: expected malflow,timeline[,OPTION...][,FILTER]"),
            ("hits!", "hits: expected malflow,hits[,OPTION...][,FILTER]"),
            ("stats,utc", "stats: expected nothing behind it"),
            ("rules,http", "rules: expected nothing behind it"),
            ("timeline,utc=1,hits=x", "timeline: utc=1: expected utc alone; hits=x: expected only or all"),
        ):
            with self.subTest(output):
                self.assertEqual(self.refused(output), "tshark: -z malflow,%s\n" % expected)

    def test_filter(self):
        self.assertIn("tshark: -z malflow,timeline: ", self.refused("timeline,utc,tcp.prot == 1"))


class Full(unittest.TestCase):
    def test_what_cannot_be_written_is_reported(self):
        path = harness.own("odd_ports")
        with open("/dev/full", "wb") as full:
            for output in "timeline", "hits", "stats", "rules":
                with self.subTest(output):
                    harness.room().run(
                        "-q", "-r", path, "-z", "malflow," + output, stdout=full, code=None,
                        err="^tshark: -z malflow,%s: the output could not be written whole\n" % output,
                    )  # fmt: skip


if __name__ == "__main__":
    harness.main()
