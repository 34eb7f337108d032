# SPDX-License-Identifier: GPL-2.0-or-later
"""The analyst's profile (plugin/profile), as ./malflow profile installs it: Wireshark takes each of
its files without a word, and shows what they say."""
import re
import time

import case
import harness
from widgets import wait_for

SOURCE = harness.REPO / "plugin" / "profile"
COLUMNS = "No. Time Session Source Destination Protocol Hit Cause Evidence Summary Info".split()
BUTTONS = "basic basic+ basic+dns hits scans stages chains causes".split()
PE_FRAME = 26
NOISE = "nl80211 not found.\n"  # of Wireshark, where there is no wireless network


def wireshark_folder():
    """Where Wireshark's own list of colours is."""
    out = harness.room().run("-G", "folders").out
    return harness.Path(re.search(r"^Global configuration:\s*(.+)$", out, re.M).group(1))


def install():
    folder = harness.room().home / ".config" / "wireshark" / "profiles" / "malflow"
    folder.mkdir(parents=True, exist_ok=True)
    for path in SOURCE.iterdir():
        text = path.read_text()
        if path.name == "colorfilters":
            text += (wireshark_folder() / "colorfilters").read_text()
        (folder / path.name).write_text(text)
    return folder


def buttons():
    """What stands behind the buttons, by their names."""
    rows = re.findall(r'^"TRUE","([^"]+)","([^"]+)"', (SOURCE / "dfilter_buttons").read_text(), re.M)
    return {name: text.replace(r"\x22", '"') for name, text in rows}


class Profile(case.OneWindow):
    arguments = ("-C", "malflow")

    @classmethod
    def setUpClass(cls):
        cls.folder = install()
        super().setUpClass()

    def test_no_complaint(self):
        said = [line for line in self.window.said().splitlines(True) if line != NOISE]
        self.assertEqual(said, [])
        self.assertEqual(self.window.others(), [])

    def test_columns(self):
        window = self.window
        self.assertEqual([window.cell(-1, i) for i in range(len(COLUMNS))], COLUMNS)
        row = dict(zip(COLUMNS, (window.cell(PE_FRAME - 1, i) for i in range(len(COLUMNS)))))
        self.assertEqual(row["Session"], "7")
        self.assertEqual(row["Hit"], "Detect Windows Executable File")
        self.assertEqual((row["Cause"], row["Evidence"]), ("13", "http://ntkrnlpa.cn/wr.jpg"))
        self.assertTrue(row["Summary"].startswith("HTTP: GET ntkrnlpa.cn/wr.jpg (200"), row)

    def test_widths(self):
        """The first ten columns fit on the screen, none of them narrower than its title."""
        lefts = [self.window.packet_list.child(i).left[0] for i in range(len(COLUMNS))]
        self.assertEqual(lefts, sorted(set(lefts)))
        self.assertLess(lefts[-1], 1280)
        self.assertGreater(min(b - a for a, b in zip(lefts, lefts[1:])), 40)

    def test_buttons(self):
        """Each is there, and shows what tshark shows for its filter."""
        found = {w.name: w for w in self.window.filter_bar.all("push button")}
        self.assertEqual([name for name in found if name in BUTTONS], BUTTONS)
        for name, text in buttons().items():
            frames = len(case.ask(case.head(), text, "frame.number"))
            self.assertTrue(0 < frames < case.HEAD, name)
            found[name].press()
            self.window.wait_filter(text)
            self.window.wait_displayed(frames)

    def test_colours(self):
        for number, rule in ((PE_FRAME, "malflow: hit of priority 1"),
                             (100, "malflow: scan"),
                             (18, "malflow: stage of an infection"),
                             (1, "ARP")):  # fmt: skip
            self.window.select(number)
            self.window.expand("Frame")
            self.window.detail("[Coloring Rule Name: %s]" % rule)

    def test_picture(self):
        self.window.select(PE_FRAME)
        time.sleep(1)
        picture = case.failures() / "profile.png"
        self.window.desktop.picture(picture)
        wait_for("the picture", lambda: picture.exists() and picture.stat().st_size)


if __name__ == "__main__":
    case.head()
    harness.main()
