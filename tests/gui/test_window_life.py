# SPDX-License-Identifier: GPL-2.0-or-later
"""The timeline window while packets come, when they are dissected anew, and until all is closed."""
import subprocess

import case
import harness
import live
import profiles
import timeline
from widgets import wait_for

WEB, SCAN = "7", "9"
PARTS = 50, 120, case.HEAD  # frames: within the scan, and all
OTHER = "everything"
MANY = 200  # more addresses than the scan of the capture's beginning has


def part(count):
    """The first COUNT frames, as a capture of their own."""
    path = harness.room().inputs / ("part-%d.pcap" % count)
    if not path.exists():
        subprocess.run(["editcap", "-r", harness.own("figure1"), path, "1-%d" % count], check=True)
        path.chmod(0o644)
    return path


def sessions(path):
    return max(int(row[0]) for row in case.ask(path, "malflow", "malflow.session.id"))


def web_hits(path):
    """How many rows stand below the session, while more packets may come."""
    wanted = "malflow.session.id == %s && malflow.hit.sid" % WEB
    fields = ("-T", "fields", "-e", "malflow.hit.sid")
    return len(harness.room().run("-r", path, "-Y", wanted, *fields).out.split())


class Life(case.Case):
    def start_live(self):
        """A capture that has begun, with its timeline."""
        case.desktop()
        self.source = live.Live(harness.own("figure1"), case.HEAD)
        self.addCleanup(self.source.close)
        self.window = self.open(None, "-k", "-i", self.source.pipe)
        self.source.open()
        self.source.send(PARTS[0])
        self.window.wait_displayed(PARTS[0])
        self.view = timeline.Timeline(self.window, "frames")
        self.wait_part(PARTS[0])

    def wait_part(self, count, below=0):
        """Until the first COUNT frames are told, and BELOW further rows of what is open."""
        path = part(count)
        self.view.wait_status("%d sessions, %d frames" % (sessions(path), count))
        self.wait_rows(len(timeline.told(path)), below)

    def wait_rows(self, count, below):
        self.view.wait_rows(count)
        wait_for("%d rows below" % below, lambda: self.view.shown() == count + below)

    def open_web(self):
        """The session's row; how many stand below."""
        row = self.view.find("Session", WEB)
        self.view.select(row)
        return self.view.open_row(row)

    def is_at_web(self, below):
        """Where the user was before: at the open row."""
        self.assertEqual(self.view.selected(), [WEB])
        self.assertEqual(self.view.column("Session").count(WEB), 1 + below)

    def test_live(self):
        """Rows come, also below an open one, a scan's row grows; the user is left where he is."""
        self.start_live()
        self.view.wait_status("reading")
        below, scans = [self.open_web()], []
        self.assertEqual(below, [web_hits(part(PARTS[0]))])
        for count in PARTS[1:]:
            self.source.send(count)
            below.append(web_hits(part(count)))
            self.wait_part(count, below[-1])
            self.is_at_web(below[-1])
            scans.append(self.view.cell(self.view.find("Session", SCAN), "Summary").name)
        self.assertGreater(below[1], below[0])
        self.assertNotEqual(*scans)
        self.source.close()
        self.view.wait_status("frames$")
        self.is_at_web(below[-1])
        self.view.keys("Left")
        self.assertEqual(self.view.save("live.txt").splitlines(), timeline.told(part(case.HEAD)))
        self.window.to_front()
        self.window.quit()

    def test_live_dialogue(self):
        """Packets come while it is asked where to save: what is there in the end is saved."""
        self.start_live()
        dialogue, path = self.view.ask_save("dialogue.txt")
        self.source.send(case.HEAD)
        self.view.wait_status("%d frames" % case.HEAD)
        self.assertTrue(dialogue.showing)
        saved = self.view.answer_save(path)
        self.assertEqual(len(saved.splitlines()), len(timeline.told(part(case.HEAD))))
        self.window.to_front()
        self.window.quit()  # while it captures

    def test_live_then_file(self):
        """The capture is stopped, and another file opened, unsaved as it is."""
        self.start_live()
        other = harness.own(OTHER)
        self.window.to_front()
        self.window.menu("Capture", "Stop")
        self.view.wait_status("frames$")
        self.window.open_file(other)
        self.view.wait_rows(len(timeline.told(other)))
        self.window.to_front()
        self.window.quit()

    def test_profile(self):
        """Packets are dissected anew, by other preferences and back; what was open stays so."""
        profiles.make("other", "malflow.spread_scan_hosts: %d" % MANY)
        self.window = self.open(case.head())
        self.view = timeline.Timeline(self.window)
        below = self.open_web()
        grouped, single = len(timeline.told(case.head())), sessions(case.head())
        self.assertNotEqual(grouped, single)
        for name, rows in (("other", single), ("Default", grouped)):
            self.window.to_front()
            profiles.choose(self.window, name)
            self.wait_rows(rows, below)
            self.is_at_web(below)
        self.window.to_front()
        self.window.quit()

    def test_windows(self):
        """Two of them go with the file, each its own way, and with Wireshark."""
        other = harness.own(OTHER)
        self.window = self.open(case.head())
        views = [timeline.Timeline(self.window) for _ in range(2)]
        views[1].toggle("Hits Only")
        for path in (case.head(), other, case.head()):
            self.window.to_front()
            self.window.open_file(path)
            rows = [len(timeline.told(path)), len(timeline.told(path, "hits=only"))]
            for view, count in zip(views, rows):
                view.wait_rows(count)
        self.window.to_front()
        self.window.quit()


if __name__ == "__main__":
    case.head()
    for frames in PARTS:
        part(frames)
    harness.own(OTHER)
    timeline.install()
    harness.main()
