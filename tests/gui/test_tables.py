# SPDX-License-Identifier: GPL-2.0-or-later
"""Statistics > Malflow > Hits, Scans, Hosts, Chains: the tables of tshark's -z, in windows."""
import re

import case
import harness
from widgets import wait_for

BOT = "192.168.0.101"


class Tables(case.Case):
    """Each in a Wireshark of its own: the bus loses track of windows that take another's place."""

    def setUp(self):
        self.window = self.open(case.head())

    def table(self, name):
        """The rows of the open window, as {column: text}."""
        cells = self.window.dialogue("Malflow " + name).find("tree").children()
        header, texts = HEADERS[name], [cell.name for cell in cells]
        self.assertEqual([text.strip() for text in texts[: len(header)]], header)
        rows = [texts[at : at + len(header)] for at in range(len(header), len(texts), len(header))]
        return [dict(zip(header, row)) for row in rows if any(row)]

    def show(self, name):
        self.window.menu("Statistics", "Malflow", name)
        rows = wait_for("rows of %s" % name, lambda: self.table(name))
        self.window.desktop.picture(case.failures() / ("table-%s.png" % name.lower()))
        return rows

    def leave(self):
        for window in self.window.others():
            window.find("push button", "Close").press()
        wait_for("the end of the window", lambda: not self.window.others())
        self.window.quit()

    def filter(self, name, text):
        line = self.window.dialogue("Malflow " + name).find("text")
        self.window.desktop.click(*line.left)
        self.window.desktop.type(text)
        wait_for("the typed filter", lambda: line.text == text)
        self.window.dialogue("Malflow " + name).find("push button", "Apply").press()

    def check_menu(self):
        menu = self.window.menu_item("Statistics", "Malflow")
        names = [item.name for item in menu.all("menu item") if item.name]
        self.assertEqual(names[-4:], ["Hits", "Scans", "Hosts", "Chains"])
        every = [item.name for item in self.window.menu_item("Statistics").all("menu item")]
        self.assertEqual([name for name in every if "alflow" in name], ["Malflow"])

    def test_hits(self):
        self.check_menu()
        rows = self.show("Hits")
        self.assertEqual(
            [(row["First frame"], row["Signature"]) for row in rows],
            [("13", "9000502"), ("26", "9000001"), ("82", "9000400"), ("84", "9000501")],
        )
        self.assertEqual(rows[1]["Message"], "Detect Windows Executable File")
        self.leave()

    def test_scans(self):
        (row,) = self.show("Scans")
        ((told,),) = (re.findall(r"^ +1 spread.*$", tshark("scans"), re.M),)
        words = told.split()
        self.assertEqual(row["First frame"], words[2])
        self.assertEqual([row["Sessions"], row["Targets"], row["Answered"]], words[6:9])
        self.assertEqual(
            (row["Kind"], row["Source"], row["Target"]), ("spread", BOT, "TCP port 139")
        )
        self.assertAlmostEqual(float(row["Time"]), 4.039, 3)
        self.assertEqual(row["Cause"], '[6] frame 84 command "xvv asn139 150 0 -b -r -s"')
        self.leave()

    def test_hosts(self):
        rows = self.show("Hosts")
        self.assertEqual(
            [row["Where"] for row in rows], ["inside"] * 3 + ["outside"] * 3 + ["scanned"]
        )
        bot = rows[0]
        self.assertEqual((bot["Address"], bot["Names"]), (BOT, "lab-xp"))
        self.assertEqual(bot["Verdict"], "infected: egg download, C&C, outbound scan")
        told = next(line for line in tshark("hosts").splitlines() if BOT in line).split()
        numbers = ("First frame", "Sessions", "Peers", "Bytes sent", "Bytes received", "Hits")
        self.assertEqual([bot[name] for name in numbers], [told[0], *told[3:8]])
        self.assertEqual(rows[5]["Names"], "ntkrnlpa.cn")
        silent = re.search(r"^and (\d+) targets of scans", tshark("hosts"), re.M).group(1)
        self.assertEqual(rows[-1]["Address"], "%s more" % silent)
        self.filter("Hosts", "dns")
        wait_for(
            "the chosen hosts",
            lambda: [row["Address"] for row in self.table("Hosts")] == [BOT, "10.0.0.2"],
        )
        told = [line.split()[3] for line in tshark("hosts,dns").splitlines() if "inside  " in line]
        self.assertEqual([row["Sessions"] for row in self.table("Hosts")], told)
        self.leave()

    def test_chains(self):
        """A tree is whole as soon as one of its sessions passes the filter."""
        rows = self.show("Chains")
        self.assertEqual(
            [(row["Number"], row["Root"], row["Session"], row["Kind"]) for row in rows],
            [
                ("1", "4", "4", "session"),
                ("2", "4", "3", "look-up"),
                ("3", "4", "5", "session"),
                ("4", "4", "7", "session"),
                ("5", "4", "7", "file"),
                ("6", "6", "6", "session"),
                ("7", "6", "9", "scan"),
            ],
        )
        self.assertEqual((rows[3]["Cause"], rows[3]["Cause frame"]), ("url", "13"))
        self.assertEqual(rows[3]["Evidence"], "http://ntkrnlpa.cn/wr.jpg")
        self.assertTrue(rows[4]["What happened"].startswith("        PE32 wr.jpg"), rows[4])
        self.filter("Chains", "malflow.scan.id")
        wait_for(
            "the chosen tree",
            lambda: [row["Number"] for row in self.table("Chains")] == ["6", "7"],
        )
        self.leave()


HEADERS = {
    "Hits": ["First frame", "First session", "Hits", "Sessions", "Priority", "Message", "Severity",
             "Class", "Signature", "Rev"],
    "Scans": ["First frame", "Time", "Duration", "Scan", "Kind", "Source", "Target", "Targets",
              "Answered", "Sessions", "First session", "Cause"],
    "Hosts": ["Where", "Address", "Names", "Verdict", "Hits", "Sessions", "Peers", "Bytes sent",
              "Bytes received", "First frame", "Time"],
    "Chains": ["Number", "Root", "Session", "Frame", "Time", "Kind", "What happened", "Cause",
               "Cause frame", "Evidence"],
}  # fmt: skip


def tshark(name):
    return harness.room().run("-q", "-r", case.head(), "-z", "malflow," + name).out


if __name__ == "__main__":
    case.head()
    harness.main()
